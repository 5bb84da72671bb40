// Everybody's stored past, a few people at a time.
//
// Rows become objects on the event loop: pages are as many people as that takes about a blink, and between two of them
// everything else has its turn, so that ingest and requests do not wait for somebody's preview.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Alert } from '../domain/cases/alert.ts'
import type { StoredTrigger } from '../domain/people/triggering-event.ts'
import type { User } from '../domain/people/user.ts'
import type { Subject } from '../domain/risk/evaluate.ts'
import type { Day, Insight } from '../domain/risk/insight.ts'
import { membershipsOf, subjectOf } from '../evaluation/evaluation.ts'
import type { StoreReader } from '../store/store.ts'

const USERS_A_PAGE = 500
const FIRST_CHUNK = 25
const LARGEST_CHUNK = 250
/** What reading and using one chunk may keep the event loop busy. */
const CHUNK_MS = 25

export interface PastOfUser {
  readonly user: User
  readonly subject: Subject
  readonly insights: readonly Insight[]
  readonly triggers: readonly StoredTrigger[]
  readonly observedFromDay?: Day
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

/** Reads what scoring knows of some users; days inclusive. */
export async function readPast(store: StoreReader, users: readonly User[], fromDay: Day, toDay: Day): Promise<readonly PastOfUser[]> {
  const ids = users.map((user) => user.id)
  const [insights, triggers, alerts, observed, groups] = await Promise.all([store.insightsOfUsers(ids, fromDay, toDay), store.triggersOfUsers(ids), store.alertsOfUsers(ids), store.firstDays(ids), store.priorityGroups()])
  const memberships = membershipsOf(groups)
  const insightsBy = Map.groupBy(insights, (insight) => insight.userId)
  const triggersBy = Map.groupBy(triggers, (trigger) => trigger.userId)
  const alertsBy = Map.groupBy(alerts, (alert) => alert.userId)
  return users.map((user) => {
    const observedFromDay = observed.get(user.id)?.observed
    return {
      user, subject: subjectOf(user, memberships.get(user.id)), insights: insightsBy.get(user.id) ?? [], triggers: triggersBy.get(user.id) ?? [], alerts: alertsBy.get(user.id) ?? [], ...(observedFromDay === undefined ? {} : { observedFromDay }),
    }
  })
}

/** Hands everybody's past to `use`, one by one. @returns how many there were @throws what the signal was aborted with */
export async function eachPast(
  store: StoreReader, { fromDay, toDay, signal, onProgress }: { readonly fromDay: Day; readonly toDay: Day; readonly signal?: AbortSignal; readonly onProgress?: (done: number, total: number) => void }, use: (past: PastOfUser) => void,
): Promise<number> {
  let chunk = FIRST_CHUNK
  let done = 0
  for await (const { users, total } of walkUsers(store, signal)) {
    for (let at = 0; at < users.length; ) {
      signal?.throwIfAborted()
      const some = users.slice(at, at + chunk)
      at += some.length
      const past = await readPast(store, some, fromDay, toDay)
      const startedAtMs = performance.now()
      for (const one of past) use(one)
      const tookMs = performance.now() - startedAtMs
      done += some.length
      onProgress?.(done, Math.max(total, done))
      // Half of the time goes into making the rows, which cannot be measured from here.
      chunk = Math.max(1, Math.min(LARGEST_CHUNK, Math.round(tookMs === 0 ? chunk * 2 : chunk * Math.min(2, CHUNK_MS / 2 / tookMs))))
      await nextTurn()
    }
  }
  return done
}
