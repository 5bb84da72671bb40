import type { Alert } from '../../domain/cases/alert.ts'
import type { User } from '../../domain/people/user.ts'
import type { Policy } from '../../domain/policies/policy.ts'
import { headline } from '../../domain/risk/evaluate.ts'
import type { ScorePart } from '../../domain/risk/score.ts'
import { dayText } from '../../domain/risk/words.ts'
import type { AlertHistoryRow } from '../../store/store.ts'
import type { ActivityView } from '../activities/schema.ts'
import { presentUserRef } from '../names.ts'
import type { AlertDetail, AlertView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export const presentAlert = (alert: Alert, policy: Policy | undefined, user: User | undefined, assigneeName?: string): AlertView => ({
  id: alert.id, policyId: alert.policyId, policy: policy?.name ?? '(deleted policy)', template: policy?.template ?? '', user: presentUserRef(user, alert.userId), status: alert.status, severity: alert.severity, score: alert.score,
  headline: headline(alert), trigger: { kind: alert.trigger.kind, at: iso(alert.trigger.atMs), reason: alert.trigger.reason },
  firstActivityAt: iso(alert.firstActivityAtMs), lastActivityAt: iso(alert.lastActivityAtMs), createdAt: iso(alert.createdAtMs), updatedAt: iso(alert.updatedAtMs),
  ...(alert.assigneeId === undefined ? {} : { assignee: { id: alert.assigneeId, name: assigneeName ?? alert.assigneeId } }), ...(alert.belowLine === undefined ? {} : { belowLine: alert.belowLine }), newData: alert.newData, revision: alert.revision,
})

export const presentPart = (part: ScorePart): AlertDetail['reasons'][number] => ({
  code: part.code, points: part.points, reason: part.reason, ...(part.indicator === undefined ? {} : { indicator: part.indicator }), ...(part.day === undefined ? {} : { day: dayText(part.day) }), evidence: [...part.evidence],
})

export const presentAlertDetail = (alert: Alert, view: AlertView, activities: readonly ActivityView[], history: readonly AlertHistoryRow[]): AlertDetail => ({
  ...view,
  reasons: alert.parts.map(presentPart),
  activities: [...activities],
  history: history.map((row) => ({ at: iso(row.atMs), actor: row.actorId, what: row.what, ...(row.from === undefined ? {} : { from: row.from }), ...(row.to === undefined ? {} : { to: row.to }), ...(row.note === undefined ? {} : { note: row.note }) })),
  ...(alert.dismissReason === undefined ? {} : { dismissReason: alert.dismissReason }), ...(alert.note === undefined ? {} : { note: alert.note }),
})
