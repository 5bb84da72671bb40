// Everybody's stored past, a few people at a time.
//
// Rows become objects on the event loop: pages are as many people as that takes about a blink, and between two of them
// everything else has its turn, so that ingest and requests do not wait for somebody's preview.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Alert } from '../domain/cases/alert.ts'
import type { StoredTrigger } from '../domain/people/triggering-event.ts'
import type { User } from '../domain/people/user.ts'
import type { ScoringContext, Subject } from '../domain/risk/evaluate.ts'
import type { Day, Insight } from '../domain/risk/insight.ts'
import { membershipsOf, subjectOf } from '../evaluation/evaluation.ts'
import type { StoreReader } from '../store/store.ts'

const USERS_A_PAGE = 500
const FIRST_CHUNK = 10
const LARGEST_CHUNK = 250
/** Rows that are made into objects at once: some ten milliseconds. */
const ROWS_AT_ONCE = 2500

/** Days of a user's past that no window of insights can say. */
export type KnownDays = Pick<ScoringContext, 'observedFromDay' | 'firstMediaDay' | 'confirmedAtMs'>

export interface PastOfUser {
  readonly user: User
  readonly subject: Subject
  readonly insights: readonly Insight[]
  readonly triggers: readonly StoredTrigger[]
  readonly known: KnownDays
  readonly alerts: readonly Alert[]
}

/** Everybody, in pages, with the number of all. */
export async function* walkUsers(store: StoreReader, signal?: AbortSignal): AsyncGenerator<{ readonly users: readonly User[]; readonly total: number }> {
  let cursor: string | undefined
  let total = 0
  do {
    signal?.throwIfAborted()
    const page = await store.users({ limit: USERS_A_PAGE, ...(cursor === undefined ? {} : { cursor }) })
    total = page.total ?? total
    yield { users: page.items, total }
    cursor = page.nextCursor
    await nextTurn()
  } while (cursor !== undefined)
}

type Memberships = ReturnType<typeof membershipsOf>

/** Reads what scoring knows of some users; days inclusive. */
export async function readPast(store: StoreReader, users: readonly User[], fromDay: Day, toDay: Day): Promise<readonly PastOfUser[]> {
  return joined(store, users, await store.insightsOfUsers(users.map((user) => user.id), fromDay, toDay), membershipsOf(await store.priorityGroups()))
}

async function joined(store: StoreReader, users: readonly User[], insights: readonly Insight[], memberships: Memberships): Promise<readonly PastOfUser[]> {
  const ids = users.map((user) => user.id)
  const [triggers, alerts, firstDays, violations] = await Promise.all([store.triggersOfUsers(ids), store.alertsOfUsers(ids), store.firstDays(ids), store.violationsOf(ids)])
  const insightsBy = Map.groupBy(insights, (insight) => insight.userId)
  const triggersBy = Map.groupBy(triggers, (trigger) => trigger.userId)
  const alertsBy = Map.groupBy(alerts, (alert) => alert.userId)
  return users.map((user) => {
    const first = firstDays.get(user.id)
    return {
      user, subject: subjectOf(user, memberships.get(user.id)), insights: insightsBy.get(user.id) ?? [], triggers: triggersBy.get(user.id) ?? [], alerts: alertsBy.get(user.id) ?? [],
      known: { confirmedAtMs: violations.get(user.id) ?? [], ...(first === undefined ? {} : { observedFromDay: first.observed }), ...(first?.media === undefined ? {} : { firstMediaDay: first.media }) },
    }
  })
}

/** Chunks of people with as many rows as the loop can bear; the next is read while one is used. */
async function* chunksOf(store: StoreReader, fromDay: Day, toDay: Day, signal: AbortSignal | undefined): AsyncGenerator<{ readonly past: readonly PastOfUser[]; readonly total: number }> {
  const memberships = membershipsOf(await store.priorityGroups())
  let size = FIRST_CHUNK
  let reading: Promise<{ readonly past: readonly PastOfUser[]; readonly total: number }> | undefined
  const read = async (users: readonly User[], total: number) => {
    const insights = await store.insightsWithoutSamples(users.map((user) => user.id), fromDay, toDay)
    size = Math.max(1, Math.min(LARGEST_CHUNK, Math.round((ROWS_AT_ONCE * users.length) / Math.max(1, insights.length))))
    return { past: await joined(store, users, insights, memberships), total }
  }
  for await (const { users, total } of walkUsers(store, signal)) {
    for (let at = 0; at < users.length; ) {
      signal?.throwIfAborted()
      const some = users.slice(at, at + size)
      at += some.length
      const before = reading
      reading = read(some, total)
      // Whoever stops listening leaves it behind; its failure is told where it is awaited.
      reading.catch(() => {})
      if (before !== undefined) yield await before
    }
  }
  if (reading !== undefined) yield await reading
}

/** Hands everybody's past to `use`, one by one, without the samples of insights. @returns how many there were @throws what the signal was aborted with */
export async function eachPast(
  store: StoreReader, { fromDay, toDay, signal, onProgress }: { readonly fromDay: Day; readonly toDay: Day; readonly signal?: AbortSignal; readonly onProgress?: (done: number, total: number) => void }, use: (past: PastOfUser) => void,
): Promise<number> {
  let done = 0
  for await (const { past, total } of chunksOf(store, fromDay, toDay, signal)) {
    for (const one of past) use(one)
    done += past.length
    onProgress?.(done, Math.max(total, done))
    await nextTurn()
  }
  return done
}
