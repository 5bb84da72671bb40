// The shape in which the Office 365 Management Activity API hands out alerts of insider risk management, so that what
// reads that feed reads this one: schema "Security and Compliance Alerts", record type 40. An alert is mutable: each
// change is a record of its own with the same AlertId. Cases have no record there.
import { v5 as uuidv5 } from 'uuid'
import type { AlertStatus } from '../../domain/cases/alert.ts'
import type { AlertFinding } from '../finding.ts'

/** Namespace of the ids that are made here, so that they stay the same for ever. */
const NAMESPACE = '9e0d2f4e-6b1f-5c0e-8a5f-3f6f0c2b7d11'

const statuses: Readonly<Record<AlertStatus, string>> = { needs_review: 'Active', confirmed: 'Investigating', dismissed: 'Dismissed', resolved: 'Resolved' }
const severities = { low: 'Low', medium: 'Medium', high: 'High' } as const

/** UTC without a zone, as that API writes times. */
const utc = (ms: number): string => new Date(ms).toISOString().slice(0, 19)

/** The GUID under which something of ours is known in that feed. */
export const guidOf = (id: string): string => uuidv5(id, NAMESPACE)

/** One record of the feed. */
export function toManagementActivity(finding: AlertFinding): Readonly<Record<string, unknown>> {
  const created = finding.change === 'created'
  return {
    CreationTime: utc(finding.atMs), Id: guidOf(finding.recordId), Operation: created ? 'AlertTriggered' : 'AlertUpdated', OrganizationId: finding.organisationId, RecordType: 40, ResultStatus: 'Succeeded', UserKey: 'SecurityComplianceAlerts', UserType: 4, Version: 1,
    Workload: 'SecurityComplianceCenter', ObjectId: finding.user.id, UserId: 'SecurityComplianceAlerts',
    AlertId: guidOf(finding.alertId), AlertType: 'Custom', Category: 'InsiderRiskManagement', Comments: created ? 'New alert' : 'Alert updated', Name: finding.policy.name, PolicyId: guidOf(finding.policy.id),
    Severity: severities[finding.severity], Source: 'Office 365 Security & Compliance', Status: statuses[finding.status], EntityType: 'User', AlertEntityId: finding.user.name,
    Data: JSON.stringify({ uid: finding.user.id, upn: finding.user.email ?? finding.user.name, trig: finding.trigger.kind, ts: utc(finding.trigger.atMs), score: finding.score, alertId: finding.alertId }),
  }
}
