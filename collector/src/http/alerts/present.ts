import type { Alert } from '../../domain/cases/alert.ts'
import { defaultHoursToDecision, dueAtMs, type HoursToDecision, openedAtMs } from '../../domain/cases/decision-clock.ts'
import { factorOf, factorsOf } from '../../domain/cases/risk-factors.ts'
import type { User } from '../../domain/people/user.ts'
import type { Policy } from '../../domain/policies/policy.ts'
import { headline } from '../../domain/risk/evaluate.ts'
import { indicatorRow } from '../../domain/risk/indicators.ts'
import type { ScorePart } from '../../domain/risk/score.ts'
import { sequencePattern } from '../../domain/risk/sequence-patterns.ts'
import { dayText } from '../../domain/risk/words.ts'
import type { AlertHistoryRow } from '../../store/store.ts'
import type { ActivityView } from '../activities/schema.ts'
import { hiddenNames, type Names } from '../names.ts'
import type { AlertDetail, AlertView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

/** What a view of an alert needs besides it. */
export interface AlertContext {
  readonly policy: Policy | undefined
  readonly user: User | undefined
  readonly assigneeName?: string | undefined
  readonly hours?: HoursToDecision
  readonly nowMs?: number
}

export function presentAlert(alert: Alert, { policy, user, assigneeName, hours = defaultHoursToDecision, nowMs = Date.now() }: AlertContext, names: Names = hiddenNames): AlertView {
  const due = dueAtMs(alert, hours)
  return {
    id: alert.id, policyId: alert.policyId, policy: policy?.name ?? '(deleted policy)', template: policy?.template ?? '', user: names.ref(user, alert.userId), status: alert.status, severity: alert.severity, score: alert.score,
    headline: names.text(headline(alert), user), trigger: { kind: alert.trigger.kind, at: iso(alert.trigger.atMs), reason: names.text(alert.trigger.reason, user) },
    firstActivityAt: iso(alert.firstActivityAtMs), lastActivityAt: iso(alert.lastActivityAtMs), createdAt: iso(alert.createdAtMs), updatedAt: iso(alert.updatedAtMs),
    ...(alert.assigneeId === undefined ? {} : { assignee: { id: alert.assigneeId, name: assigneeName ?? alert.assigneeId } }), ...(alert.belowLine === undefined ? {} : { belowLine: alert.belowLine }), newData: alert.newData, revision: alert.revision,
    factors: [...factorsOf(alert)], openedAt: iso(openedAtMs(alert)), ...(due === undefined ? {} : { dueAt: iso(due) }), overdue: due !== undefined && due <= nowMs,
    ...(alert.dismissReason === undefined ? {} : { dismissReason: alert.dismissReason }), ...(alert.caseId === undefined ? {} : { caseId: alert.caseId }),
  }
}

export function presentPart(part: ScorePart): AlertDetail['reasons'][number] {
  const factor = factorOf(part)
  return {
    code: part.code, points: part.points, reason: part.reason, ...(part.indicator === undefined ? {} : { indicator: part.indicator }), ...(part.day === undefined ? {} : { day: dayText(part.day) }), ...(factor === undefined ? {} : { factor }),
    evidence: [...part.evidence],
  }
}

/** The steps of each sequence among the reasons, with the evidence that belongs to each. */
function presentSequences(alert: Alert, activities: readonly ActivityView[]): AlertDetail['sequences'] {
  return alert.parts.flatMap((part) => {
    const pattern = part.code.startsWith('sequence.') ? sequencePattern(part.code.slice('sequence.'.length)) : undefined
    if (pattern === undefined) return []
    const own = activities.filter((activity) => part.evidence.includes(activity.id)).toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))
    const steps = pattern.steps.map((step) => {
      const found = own.filter((activity) => activity.indicators.some((id) => (step as readonly string[]).includes(id.split('#')[0] ?? id)))
      const seen = new Set(found.flatMap((activity) => activity.indicators.map((id) => id.split('#')[0] ?? id)).filter((id) => (step as readonly string[]).includes(id)))
      const ids = seen.size === 0 ? step : [...seen]
      return { label: ids.map((id) => indicatorRow(id)?.label ?? id).join(', '), activityIds: found.map(({ id }) => id) }
    })
    return [{ id: pattern.id, label: pattern.label, points: part.points, reason: part.reason, withinHours: pattern.withinHours, steps }]
  })
}

export const presentAlertDetail = (alert: Alert, view: AlertView, activities: readonly ActivityView[], history: readonly AlertHistoryRow[], user: User | undefined, names: Names = hiddenNames): AlertDetail => ({
  ...view,
  reasons: alert.parts.map(presentPart).map((part) => ({ ...part, reason: names.text(part.reason, user) })),
  activities: [...activities],
  history: history.map((row) => ({ at: iso(row.atMs), actor: row.actorId, what: row.what, ...(row.from === undefined ? {} : { from: row.from }), ...(row.to === undefined ? {} : { to: row.to }), ...(row.note === undefined ? {} : { note: names.text(row.note, user) }) })),
  sequences: presentSequences(alert, activities),
  ...(alert.note === undefined ? {} : { note: names.text(alert.note, user) }),
})
