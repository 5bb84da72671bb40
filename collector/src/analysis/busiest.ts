// Everybody's busiest days, kept for as long as somebody plays with numbers over them.
import type { BusiestUser } from '../domain/analytics/analytics.ts'
import type { StoredTrigger, TriggerKind } from '../domain/people/triggering-event.ts'
import type { Subject } from '../domain/risk/evaluate.ts'
import { type Day, dayOf } from '../domain/risk/insight.ts'
import { membershipsOf, subjectOf } from '../evaluation/evaluation.ts'
import type { StoreReader } from '../store/store.ts'
import { walkUsers } from './past.ts'

const KEPT_MS = 60_000
/** What takes long to make is kept longer, so that no more than a tenth of the time goes into it. */
const KEPT_TIMES = 10
/** Above it nothing is kept between requests: a person costs about a kilobyte. */
const MOST_KEPT = 50_000
const USERS_A_READ = 250
/** A date of leaving counts from so many days before it. */
const AHEAD_DAYS = 30
const LEAVING: readonly TriggerKind[] = ['hr_resignation', 'hr_last_working_day', 'account_deleted']
const STRESS: readonly TriggerKind[] = ['hr_poor_review', 'hr_improvement_plan', 'hr_job_level_change']

export interface BusiestOfUser extends BusiestUser {
  readonly subject: Subject
  readonly triggers: readonly StoredTrigger[]
  /** It is known where the user lives. */
  readonly address: boolean
}

export interface Busiest {
  readonly users: readonly BusiestOfUser[]
  readonly fromDay: Day
  readonly toDay: Day
  /** First day on which anything of anybody was counted. */
  readonly firstDay?: Day
}

export interface BusiestDays {
  /** The last `days` whole days and today. People only; a minute old at most, or older where it takes long to make. */
  of(days: number): Promise<Busiest>
}

export function createBusiestDays({ store, now }: { readonly store: StoreReader; readonly now: () => number }): BusiestDays {
  const kept = new Map<number, { readonly atMs: number; keptMs: number; readonly busiest: Promise<Busiest> }>()

  const read = async (days: number, nowMs: number): Promise<Busiest> => {
    const toDay = dayOf(nowMs)
    const fromDay = toDay - days
    const memberships = membershipsOf(await store.priorityGroups())
    const found: BusiestOfUser[] = []
    let firstDay: Day | undefined
    for await (const { users } of walkUsers(store)) {
      for (let at = 0; at < users.length; at += USERS_A_READ) {
        const people = users.slice(at, at + USERS_A_READ).filter((user) => user.kind === 'person')
        const ids = people.map((user) => user.id)
        const [rows, triggers, observed] = await Promise.all([store.busiestDays(ids, fromDay, toDay + 1), store.triggersOfUsers(ids), store.firstDays(ids)])
        for (const { observed: day } of observed.values()) firstDay = firstDay === undefined ? day : Math.min(firstDay, day)
        const amounts = Map.groupBy(rows, (row) => row.userId)
        const triggersBy = Map.groupBy(triggers, (trigger) => trigger.userId)
        for (const user of people) {
          const own = triggersBy.get(user.id) ?? []
          const known = (kinds: readonly TriggerKind[]): boolean => own.some((trigger) => kinds.includes(trigger.kind) && dayOf(trigger.atMs) >= fromDay && dayOf(trigger.atMs) <= toDay + AHEAD_DAYS)
          const subject = subjectOf(user, memberships.get(user.id))
          found.push({ subject, triggers: own, address: user.address !== undefined, amounts: (amounts.get(user.id) ?? []).map((row) => [row.indicator, row.amount] as const), leaving: known(LEAVING), stressed: known(STRESS), priority: (subject.priorityGroups?.length ?? 0) > 0 })
        }
      }
    }
    return { users: found, fromDay, toDay, ...(firstDay === undefined ? {} : { firstDay }) }
  }

  return {
    of(days) {
      const nowMs = now()
      for (const [key, entry] of kept) if (nowMs - entry.atMs >= entry.keptMs || nowMs < entry.atMs) kept.delete(key)
      const known = kept.get(days)
      if (known !== undefined) return known.busiest
      const startedAtMs = performance.now()
      const busiest = read(days, nowMs)
      const entry = { atMs: nowMs, keptMs: Number.POSITIVE_INFINITY, busiest }
      kept.set(days, entry)
      busiest.then(({ users }) => (entry.keptMs = users.length > MOST_KEPT ? 0 : Math.max(KEPT_MS, KEPT_TIMES * (performance.now() - startedAtMs))), () => kept.delete(days))
      return busiest
    },
  }
}
