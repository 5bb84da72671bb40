// Users with new activity -> domain -> alerts, in one transaction for each group of users.
//
// The mark of a user is read before the insights and compared when it is taken away: activity that arrives in between
// leaves the user marked, and the next round sees it. So a burst costs a few evaluations, and none is missed.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Alert } from '../domain/cases/alert.ts'
import type { User } from '../domain/people/user.ts'
import { EVALUATION_DAYS, type EvaluationInput, evaluateUser, type Subject } from '../domain/risk/evaluate.ts'
import { dayOf } from '../domain/risk/insight.ts'
import type { Store } from '../store/store.ts'

const USERS_A_ROUND = 200
/** After a round the writer's lock is left to ingest for this many times as long as the round took: under load a user is evaluated once for many batches. */
const REST = 4
const LONGEST_REST_MS = 500
/** Marks made by another process are found at the latest after this. */
const POLL_MS = 2000
const RETRY_MS = 5000

export interface EvaluationDeps {
  readonly store: Store
  readonly now: () => number
  /** After the commit. */
  readonly onAlert: (alert: Alert, change: 'created' | 'updated') => void
  readonly log: { error(object: object, message: string): void }
}

export interface Evaluation {
  /** There may be marked users now. */
  wake(): void
  run(signal: AbortSignal): Promise<void>
  /** One pass over all marked users; for the command line and tests. */
  drain(): Promise<number>
  readonly counters: { evaluated: number; failed: number }
}

/** What a scope may name of a user. */
export const subjectOf = (user: User): Subject => ({
  id: user.id, names: [user.displayName, ...(user.email === undefined ? [] : [user.email]), ...user.identities.map((identity) => identity.value)], groups: [],
  ...(user.department === undefined ? {} : { department: user.department }), ...(user.country === undefined ? {} : { country: user.country }),
})

export function createEvaluation({ store, now, onAlert, log }: EvaluationDeps): Evaluation {
  const counters = { evaluated: 0, failed: 0 }
  let wakeUp: (() => void) | undefined
  let awake = true
  /** Users whose evaluation failed, and when to try again. */
  const held = new Map<string, number>()

  /** The past of the marked users as it stands now, read beside the writer. */
  const collect = async (userIds: readonly string[], nowMs: number): Promise<ReadonlyMap<string, Omit<EvaluationInput, 'alerts' | 'nowMs'>>> => {
    const today = dayOf(nowMs)
    const [policies, users, insights] = await Promise.all([store.policies(), store.usersByIds(userIds), store.insightsOfUsers(userIds, today - EVALUATION_DAYS, today + 1)])
    const byUser = Map.groupBy(insights, (insight) => insight.userId)
    return new Map(users.map((user) => [user.id, { subject: subjectOf(user), policies, insights: byUser.get(user.id) ?? [] }]))
  }

  interface Change {
    readonly alert: Alert
    readonly change: 'created' | 'updated'
    /** For the alert's history. */
    readonly what: 'created' | 'updated' | 'reopened'
  }

  const evaluateOne = (input: EvaluationInput): readonly Change[] =>
    evaluateUser(input).alerts.map((alert) => {
      const before = input.alerts.find((other) => other.id === alert.id)
      return before === undefined ? { alert, change: 'created', what: 'created' } : { alert, change: 'updated', what: alert.newData && !before.newData ? 'reopened' : 'updated' }
    })

  const round = async (): Promise<number> => {
    const nowMs = now()
    const marked = (await store.markedUsers(USERS_A_ROUND + held.size)).filter(({ userId }) => (held.get(userId) ?? 0) <= nowMs)
    if (marked.length === 0) return 0
    const userIds = marked.map(({ userId }) => userId)
    const known = await collect(userIds, nowMs)
    // Alerts are read where they are written: what a person decides meanwhile must not be overwritten.
    const changes = await store.write(async (tx) => {
      const alerts = Map.groupBy(await tx.alertsOfUsers(userIds), (alert) => alert.userId)
      const found: Change[] = []
      const done: { readonly userId: string; readonly mark: number }[] = []
      for (const { userId, mark } of marked) {
        try {
          const input = known.get(userId)
          if (input !== undefined) found.push(...evaluateOne({ ...input, alerts: alerts.get(userId) ?? [], nowMs }))
          done.push({ userId, mark })
          held.delete(userId)
          counters.evaluated += 1
        } catch (error) {
          counters.failed += 1
          held.set(userId, nowMs + RETRY_MS)
          log.error({ err: error, userId }, 'a user cannot be evaluated; the mark stays')
        }
      }
      await tx.saveAlerts(found.map(({ alert }) => alert))
      await tx.appendAlertHistory(...found.map(({ alert, what }) => ({ alertId: alert.id, atMs: nowMs, actorId: 'system', what, to: String(alert.score) })))
      await tx.clearMarks(done)
      return found
    })
    for (const { alert, change } of changes) onAlert(alert, change)
    return marked.length
  }

  return {
    counters,
    wake() {
      awake = true
      wakeUp?.()
    },
    async drain() {
      let total = 0
      for (let evaluated = await round(); evaluated > 0; evaluated = await round()) total += evaluated
      return total
    },
    async run(signal) {
      while (!signal.aborted) {
        awake = false
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
        if (awake || signal.aborted) continue
        await new Promise<void>((resolve) => {
          // Whichever comes first takes the others away: this loop turns for months.
          const done = () => {
            clearTimeout(timer)
            signal.removeEventListener('abort', done)
            wakeUp = undefined
            resolve()
          }
          const timer = setTimeout(done, POLL_MS)
          timer.unref()
          wakeUp = done
          signal.addEventListener('abort', done, { once: true })
        })
      }
    },
  }
}
