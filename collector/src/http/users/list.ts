// Rows of the list of users, a page at once.
import { HIGH_IMPACT_REPORTS } from '../../domain/risk/boosters.ts'
import { membershipsOf } from '../../evaluation/evaluation.ts'
import type { Alert } from '../../domain/cases/alert.ts'
import type { StoredTrigger } from '../../domain/people/triggering-event.ts'
import type { User } from '../../domain/people/user.ts'
import { severityOf } from '../../domain/risk/score.ts'
import type { StoreReader } from '../../store/store.ts'
import { hiddenNames, type Names } from '../names.ts'
import type { UserView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

/** A user's risk is that of the strongest alert that nobody has closed. */
export function presentUser(user: User, alerts: readonly Alert[], names: Names = hiddenNames): UserView {
  const open = alerts.filter((alert) => alert.status === 'needs_review' || alert.status === 'confirmed')
  const riskScore = Math.max(0, ...open.map((alert) => alert.score))
  return {
    ...names.ref(user, user.id), kind: user.kind, riskScore, ...(riskScore > 0 ? { severity: severityOf(riskScore) } : {}), openAlerts: open.length,
    ...(user.department === undefined ? {} : { department: user.department }), ...(user.title === undefined ? {} : { title: user.title }),
  }
}

export const isHighImpact = (user: User): boolean => user.privileged === true || (user.reports ?? 0) >= HIGH_IMPACT_REPORTS

/** Scoring by hand while it lasts, else the latest event. */
function triggerState(triggers: readonly StoredTrigger[], nowMs: number): Pick<UserView, 'trigger'> {
  const found = triggers.findLast((trigger) => (trigger.untilMs ?? 0) > nowMs) ?? triggers.filter((trigger) => trigger.kind !== 'manual').at(-1)
  return found === undefined ? {} : { trigger: { id: found.id, kind: found.kind, at: iso(found.atMs), ...(found.untilMs === undefined ? {} : { until: iso(found.untilMs) }) } }
}

export interface UserRows {
  readonly names: Names
  /** Sees the active case of somebody. */
  readonly seesCases: boolean
  readonly nowMs: number
}

export async function presentUserRows(store: StoreReader, users: readonly User[], { names, seesCases, nowMs }: UserRows): Promise<readonly UserView[]> {
  const ids = users.map(({ id }) => id)
  const [alerts, triggers, violations, groups, levels, cases] = await Promise.all([
    store.alertsOfUsers(ids), store.triggersOfUsers(ids), store.violationsOf(ids), store.priorityGroups(), Promise.all(ids.map((id) => store.riskLevel(id))), seesCases ? Promise.all(ids.map((id) => store.activeCaseOf(id))) : [],
  ])
  const alertsBy = Map.groupBy(alerts, (alert) => alert.userId)
  const triggersBy = Map.groupBy(triggers, (trigger) => trigger.userId)
  const members = membershipsOf(groups)
  return users.map((user, index) => {
    const level = levels[index]
    const found = cases[index]
    return {
      ...presentUser(user, alertsBy.get(user.id) ?? [], names), level: level?.level ?? 'none', ...(level?.expiresAtMs === undefined ? {} : { levelExpiresAt: iso(level.expiresAtMs) }), confirmedViolations: violations.get(user.id)?.length ?? 0,
      ...(found === undefined ? {} : { case: { id: found.id, name: names.text(found.name, user) } }), ...triggerState(triggersBy.get(user.id) ?? [], nowMs), isPriority: members.has(user.id), isHighImpact: isHighImpact(user),
    }
  })
}
