// Users with new activity -> domain -> alerts, in one transaction for each group of users.
//
// The mark of a user is read before the insights and compared when it is taken away: activity that arrives in between
// leaves the user marked, and the next round sees it. So a burst costs a few evaluations, and none is missed.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Alert } from '../domain/cases/alert.ts'
import type { PriorityGroup } from '../domain/people/priority-group.ts'
import type { User } from '../domain/people/user.ts'
import { EVALUATION_DAYS, type EvaluationInput, evaluateUser, type Subject } from '../domain/risk/evaluate.ts'
import { dayOf } from '../domain/risk/insight.ts'
import type { ScorePart } from '../domain/risk/score.ts'
import type { Store } from '../store/store.ts'
import { createPopulationCache, type PopulationCache } from './population-cache.ts'
import { createWaker } from '../waker.ts'

const USERS_A_ROUND = 200
/** After a round the writer's lock is left to ingest for this many times as long as the round took: under load a user is evaluated once for many batches. */
const REST = 4
const LONGEST_REST_MS = 500
/** Marks made by another process are found at the latest after this. */
const POLL_MS = 2000
const RETRY_MS = 5000
/** A user who still waits after this was left by whoever should have scored them. */
const LEFT_MS = 5000
const DAY_MS = 86_400_000
/** Lost parts that a history entry names. */
const LOST_NAMED = 3

export interface EvaluationDeps {
  readonly store: Store
  readonly now: () => number
  /** After a round's commit: these users were scored. */
  readonly onEvaluated?: (userIds: readonly string[]) => void
  /** After the commit. */
  readonly onAlert: (alert: Alert, change: 'created' | 'updated') => void
  /** Whether a user is for this process, of the `sharers` that there are; a wish, for no user is scored twice from one mark. */
  readonly owns?: (userId: string) => boolean
  readonly sharers?: () => number
  readonly log: { error(object: object, message: string): void }
}

export interface Evaluation {
  /** What is usual among others, as scoring knows it. */
  readonly population: PopulationCache
  /** There may be marked users now. */
  wake(): void
  run(signal: AbortSignal): Promise<void>
  /** One pass over all marked users; for the command line and tests. */
  drain(): Promise<number>
  readonly counters: { evaluated: number; failed: number }
}

/** What a scope and a score may ask of a user. @param priorityGroups those that the user is in */
export const subjectOf = (user: User, priorityGroups: readonly PriorityGroup[] = []): Subject => ({
  id: user.id, names: [user.displayName, ...(user.email === undefined ? [] : [user.email]), ...user.identities.map((identity) => identity.value)], groups: user.groups,
  ...(priorityGroups.length === 0 ? {} : { priorityGroups: priorityGroups.flatMap((group) => [group.id, group.name]) }),
  ...(user.department === undefined ? {} : { department: user.department }), ...(user.country === undefined ? {} : { country: user.country }), ...(user.title === undefined ? {} : { title: user.title }),
  ...(user.jobLevel === undefined ? {} : { jobLevel: user.jobLevel }), ...(user.privileged === undefined ? {} : { privileged: user.privileged }), ...(user.reports === undefined ? {} : { reports: user.reports }),
  ...(user.lastWorkingDayMs === undefined ? {} : { lastWorkingDayMs: user.lastWorkingDayMs }),
})

export function membershipsOf(priorityGroups: readonly PriorityGroup[]): ReadonlyMap<string, readonly PriorityGroup[]> {
  const groups = new Map<string, PriorityGroup[]>()
  for (const group of priorityGroups) {
    for (const member of group.members) {
      const own = groups.get(member)
      if (own === undefined) groups.set(member, [group])
      else own.push(group)
    }
  }
  return groups
}

/** Why an alert shows less than the line of its policy: what is gone from its sum, and what was changed as far as it can be told. */
function whyBelow(before: Alert, after: Alert): string {
  const key = ({ code, indicator, day }: ScorePart): string => JSON.stringify([code, indicator, day])
  const now = new Map(after.parts.map((part) => [key(part), part.points]))
  const lost = before.parts.filter((part) => part.points > (now.get(key(part)) ?? 0))
  const what = lost.slice(0, LOST_NAMED).map((part) => `${part.reason.replace(/ \(a day: [^)]*\)/, '').replace(/\.$/, '')} (${part.points}${now.has(key(part)) ? ` -> ${now.get(key(part))}` : ''})`).join('; ')
  const cause = after.policyVersion === before.policyVersion ? 'activities were dismissed or excluded, the detection settings changed, a triggering event was withdrawn, or it is usual by now' : `the policy was changed (version ${before.policyVersion} -> ${after.policyVersion})`
  return `Below the alert line of the policy: ${cause}.${what === '' ? '' : ` No longer counted in full: ${what}${lost.length > LOST_NAMED ? `; and ${lost.length - LOST_NAMED} more` : ''}.`}`
}

export function createEvaluation({ store, now, onAlert, onEvaluated, owns = () => true, sharers = () => 1, log }: EvaluationDeps): Evaluation {
  const counters = { evaluated: 0, failed: 0 }
  const population = createPopulationCache(store)
  const waker = createWaker()
  let sweptDay = -1
  /** Users whose evaluation failed, and when to try again. */
  const held = new Map<string, number>()

  /** The past of the marked users as it stands now, read beside the writer. */
  const collect = async (userIds: readonly string[], nowMs: number): Promise<ReadonlyMap<string, Omit<EvaluationInput, 'alerts' | 'nowMs'>>> => {
    const today = dayOf(nowMs)
    const [policies, users, insights, triggers, firstDays, priorityGroups, others, violations] = await Promise.all([
      store.policies(), store.usersByIds(userIds), store.insightsOfUsers(userIds, today - EVALUATION_DAYS, today + 1), store.triggersOfUsers(userIds), store.firstDays(userIds), store.priorityGroups(), population.at(nowMs), store.violationsOf(userIds),
    ])
    const insightsBy = Map.groupBy(insights, (insight) => insight.userId)
    const memberships = membershipsOf(priorityGroups)
    const triggersBy = Map.groupBy(triggers, (trigger) => trigger.userId)
    return new Map(users.map((user) => {
      const first = firstDays.get(user.id)
      return [user.id, { subject: subjectOf(user, memberships.get(user.id)), policies, insights: insightsBy.get(user.id) ?? [], triggers: triggersBy.get(user.id) ?? [], population: others, confirmedAtMs: violations.get(user.id) ?? [], ...(first === undefined ? {} : { observedFromDay: first.observed }), ...(first?.media === undefined ? {} : { firstMediaDay: first.media }) }]
    }))
  }

  interface Change {
    readonly alert: Alert
    readonly change: 'created' | 'updated'
    /** For the alert's history. */
    readonly what: 'created' | 'updated' | 'reopened' | 'score_fell'
    readonly from?: number
    readonly note?: string
  }

  const evaluateOne = (input: EvaluationInput): { readonly changes: readonly Change[]; readonly againAtMs?: number } => {
    const { alerts, againAtMs } = evaluateUser(input)
    const changes = alerts.map((alert): Change => {
      const before = input.alerts.find((other) => other.id === alert.id)
      if (before !== undefined && alert.belowLine === true) return { alert, change: 'updated', what: 'score_fell', from: before.score, note: whyBelow(before, alert) }
      return before === undefined ? { alert, change: 'created', what: 'created' } : { alert, change: 'updated', what: alert.newData && !before.newData ? 'reopened' : 'updated' }
    })
    return { changes, ...(againAtMs === undefined ? {} : { againAtMs }) }
  }

  /** Once a day: a date that lay ahead may have come near enough to count, with no news of the user. */
  const markThoseWithDatesAhead = async (nowMs: number): Promise<void> => {
    if (dayOf(nowMs) === sweptDay) return
    const users = new Set<string>()
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await store.triggers({ limit: 500, fromMs: nowMs - 2 * DAY_MS, ...(cursor === undefined ? {} : { cursor }) })
      for (const { userId } of page.items) users.add(userId)
      cursor = page.nextCursor
    }
    if (users.size > 0) {
      await store.write(async (tx) => {
        for (const userId of users) await tx.markUser(userId)
      })
    }
    sweptDay = dayOf(nowMs)
  }

  /** Users of others that were waiting at the last look, and may have been left. */
  let waiting = new Set<string>()
  let waitingSince = -Infinity
  /** Marked users that are for this process; and those of others that they did not get to. */
  const nextUsers = async (nowMs: number) => {
    const share = sharers()
    const found = (await store.markedUsers((USERS_A_ROUND + held.size) * share, nowMs)).filter(({ userId }) => (held.get(userId) ?? 0) <= nowMs)
    if (share === 1) return found
    const left = performance.now() - waitingSince > LEFT_MS ? waiting : undefined
    if (left !== undefined) {
      waiting = new Set(found.filter(({ userId }) => !owns(userId)).map(({ userId }) => userId))
      waitingSince = performance.now()
    }
    return found.filter(({ userId }) => owns(userId) || left?.has(userId) === true).slice(0, USERS_A_ROUND)
  }

  type Marked = Awaited<ReturnType<typeof nextUsers>>
  const hold = (userId: string, error: unknown, nowMs: number): void => {
    counters.failed += 1
    held.set(userId, nowMs + RETRY_MS)
    log.error({ err: error, userId }, 'a user cannot be evaluated; the mark stays')
  }

  const evaluateMarked = async (marked: Marked, known: Awaited<ReturnType<typeof collect>>, nowMs: number): Promise<void> => {
    const userIds = marked.map(({ userId }) => userId)
    // Alerts are read where they are written: what a person decides meanwhile must not be overwritten.
    const changes = await store.write(async (tx) => {
      // Another process may have written what it saw later than this one did; whoever had news since is looked at again.
      const taken = new Set(await tx.takeMarks(marked))
      const alerts = Map.groupBy(await tx.alertsOfUsers(userIds), (alert) => alert.userId)
      const found: Change[] = []
      const done: { readonly userId: string; readonly mark: number; readonly againAtMs?: number }[] = []
      for (const { userId, mark } of marked) {
        if (!taken.has(userId)) continue
        try {
          const input = known.get(userId)
          const { changes: own, againAtMs } = input === undefined ? { changes: [] } : evaluateOne({ ...input, alerts: alerts.get(userId) ?? [], nowMs })
          found.push(...own)
          done.push({ userId, mark, ...(againAtMs === undefined ? {} : { againAtMs }) })
          held.delete(userId)
          counters.evaluated += 1
        } catch (error) {
          hold(userId, error, nowMs)
        }
      }
      await tx.saveAlerts(found.map(({ alert }) => alert))
      await tx.appendAlertHistory(...found.map(({ alert, what, from, note }) => ({ alertId: alert.id, atMs: nowMs, actorId: 'system', what, to: String(alert.score), ...(from === undefined ? {} : { from: String(from) }), ...(note === undefined ? {} : { note }) })))
      await tx.clearMarks(done)
      return found
    }, { devices: [] })
    for (const { alert, change } of changes) onAlert(alert, change)
    onEvaluated?.(userIds)
  }

  /** What cannot be written for one person holds up nobody else; what cannot be written for anybody is the database's trouble. */
  const evaluateSingly = async (marked: Marked, known: Awaited<ReturnType<typeof collect>>, nowMs: number): Promise<void> => {
    const failed: { readonly userId: string; readonly error: unknown }[] = []
    for (const one of marked) {
      try {
        await evaluateMarked([one], known, nowMs)
      } catch (error) {
        failed.push({ userId: one.userId, error })
      }
    }
    if (failed.length === marked.length) throw failed[0]?.error
    for (const { userId, error } of failed) hold(userId, error, nowMs)
  }

  const round = async (): Promise<number> => {
    const nowMs = now()
    await markThoseWithDatesAhead(nowMs)
    const marked = await nextUsers(nowMs)
    if (marked.length === 0) return 0
    const known = await collect(marked.map(({ userId }) => userId), nowMs)
    try {
      await evaluateMarked(marked, known, nowMs)
    } catch (error) {
      if (marked.length === 1) throw error
      await evaluateSingly(marked, known, nowMs)
    }
    return marked.length
  }

  return {
    counters, population,
    wake: () => waker.wake(),
    async drain() {
      let total = 0
      for (let evaluated = await round(); evaluated > 0; evaluated = await round()) total += evaluated
      return total
    },
    async run(signal) {
      while (!signal.aborted) {
        waker.begin()
        try {
          for (let evaluated = -1; !signal.aborted && evaluated !== 0; ) {
            const startedAtMs = performance.now()
            evaluated = await round()
            if (evaluated > 0) await sleep(Math.min(LONGEST_REST_MS, REST * (performance.now() - startedAtMs)), undefined, { signal }).catch(() => {})
          }
        } catch (error) {
          log.error({ err: error }, 'an evaluation round failed')
          await sleep(RETRY_MS, undefined, { signal }).catch(() => {})
        }
        await waker.rest(signal, POLL_MS)
      }
    },
  }
}
