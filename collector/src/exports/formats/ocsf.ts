// OCSF 1.8: alerts as Data Security Finding (2006) or, of security policies, Detection Finding (2004); cases as
// Incident Finding (2005). Numbers are those of the schema; names beside them help whoever reads a record by eye.
import { indicatorRow } from '../../domain/risk/indicators.ts'
import { techniques, type TechniqueId } from '../../domain/risk/techniques.ts'
import { type AlertFinding, type CaseFinding, type Finding, type FindingActivity, type FindingChange, headline, indicatorsOf } from '../finding.ts'

export const OCSF_VERSION = '1.8.0'

type Json = Record<string, unknown>

const activities: Readonly<Record<FindingChange, readonly [number, string]>> = { created: [1, 'Create'], updated: [2, 'Update'], closed: [3, 'Close'] }
const severities = { low: [2, 'Low'], medium: [3, 'Medium'], high: [4, 'High'] } as const
const risks = { low: [1, 'Low'], medium: [2, 'Medium'], high: [3, 'High'] } as const
const statuses = { needs_review: [1, 'New'], confirmed: [2, 'In Progress'], dismissed: [3, 'Suppressed'], resolved: [4, 'Resolved'] } as const
const verdicts = { false_detection: [1, 'False Positive'], expected_for_user: [5, 'Benign'], not_impactful: [3, 'Disregard'], too_much_activity: [3, 'Disregard'] } as const
const outcomes = { confirmed_violation: [2, 'True Positive'], benign: [5, 'Benign'] } as const
/** Desktop is the least wrong for a workstation that does not say what it is. */
const DEVICE_TYPE = [2, 'Desktop'] as const
const osTypes: Readonly<Record<string, number>> = { windows: 100, linux: 200, darwin: 300, macos: 300 }

const isSecurityPolicy = (finding: AlertFinding): boolean => finding.policy.template.startsWith('security_policy_violations')

const product = (finding: Finding): Json => ({ name: 'Holdfast', vendor_name: 'Holdfast', version: finding.productVersion })

/** ATT&CK moved some techniques: where an id has a former one, both stand there, each under the version that knows it. */
function attacksOf(ids: readonly TechniqueId[]): readonly Json[] {
  const entry = (id: string, name: string, version?: string): Json => {
    const [parent] = id.split('.')
    const known = techniques[parent as TechniqueId] as { readonly name: string } | undefined
    return { ...(version === undefined ? {} : { version }), technique: { uid: parent, ...(id.includes('.') ? (known === undefined ? {} : { name: known.name }) : { name }) }, ...(id.includes('.') ? { sub_technique: { uid: id, name } } : {}) }
  }
  return ids.flatMap((id) => {
    const row: { readonly name: string; readonly before?: string } = techniques[id]
    return [entry(id, row.name), ...(row.before === undefined ? [] : [entry(row.before, row.name, '14')])]
  })
}

const deviceOf = ({ device }: FindingActivity): Json | undefined =>
  device === undefined ? undefined : { uid: device.id, hostname: device.name, type_id: DEVICE_TYPE[0], type: DEVICE_TYPE[1], os: { name: device.os, type_id: osTypes[device.os] ?? 0 } }

const fileOf = ({ file }: FindingActivity): Json | undefined =>
  file === undefined
    ? undefined
    : {
        name: file.path.split(/[/\\]/).at(-1) || file.path, path: file.path, type_id: 1, type: 'Regular File', size: file.sizeBytes, ...(file.mimeType === undefined ? {} : { mime_type: file.mimeType }),
        ...(file.sha256 === undefined ? {} : { hashes: [{ algorithm_id: 3, algorithm: 'SHA-256', value: file.sha256 }] }),
      }

/** A process without a number of its own is none in this schema. */
const processOf = ({ process }: FindingActivity): Json | undefined => (process?.pid === undefined ? undefined : { name: process.name, pid: process.pid })

const defined = (values: Json): Json => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

const evidenceOf = (activity: FindingActivity): Json => defined({ uid: activity.id, name: activity.kind, data: { summary: activity.summary, time: activity.atMs }, device: deviceOf(activity), file: fileOf(activity), process: processOf(activity) })

const subjectOf = (finding: Finding): Json => ({
  uid: finding.user.id, name: finding.user.name, type_id: 1, type: 'User', risk_score: finding.user.riskScore, ...(finding.user.email === undefined ? {} : { email_addr: finding.user.email }),
  ...(finding.user.department === undefined ? {} : { groups: [{ name: finding.user.department, type: 'Department' }] }),
})

/** What every class has. */
function common(finding: Finding, classUid: number, className: string, profiles: readonly string[]): Json {
  const [activityId, activityName] = activities[finding.change]
  const [severityId, severity] = severities[finding.severity]
  return {
    activity_id: activityId, activity_name: activityName, category_uid: 2, category_name: 'Findings', class_uid: classUid, class_name: className, type_uid: classUid * 100 + activityId, type_name: `${className}: ${activityName}`,
    time: finding.atMs, severity_id: severityId, severity, message: headline(finding),
    metadata: { version: OCSF_VERSION, product: product(finding), uid: finding.recordId, sequence: finding.sequence, logged_time: finding.atMs, modified_time: finding.atMs, tenant_uid: finding.organisationId, ...(profiles.length === 0 ? {} : { profiles }) },
    ...(finding.assignee === undefined ? {} : { assignee: { name: finding.assignee } }),
  }
}

const findingInfo = (finding: AlertFinding): Json => ({
  uid: finding.alertId, title: `${finding.policy.name}: ${finding.user.name}`, desc: finding.parts.map((part) => part.reason).slice(0, 3).join(' '), created_time: finding.createdAtMs, modified_time: finding.atMs,
  first_seen_time: finding.firstActivityAtMs, last_seen_time: finding.lastActivityAtMs, product: product(finding), src_url: finding.url, data_sources: ['endpoint agent'],
  types: indicatorsOf(finding).map((id) => indicatorRow(id)?.label ?? id),
  analytic: { uid: finding.policy.id, name: finding.policy.name, version: String(finding.policy.version), type_id: 2, type: 'Behavioral', category: finding.policy.template },
  ...(finding.techniques.length === 0 ? {} : { attacks: attacksOf(finding.techniques) }),
  related_events: finding.activities.map((activity) => ({ uid: activity.id, type: activity.kind, desc: activity.summary, first_seen_time: activity.atMs, last_seen_time: activity.atMs })),
})

function alertToOcsf(finding: AlertFinding): Json {
  const security = isSecurityPolicy(finding)
  const [statusId, status] = statuses[finding.status]
  const [riskId, risk] = risks[finding.severity]
  const verdict = finding.dismissReason === undefined ? undefined : verdicts[finding.dismissReason]
  const [top] = finding.activities
  const policy = { uid: finding.policy.id, name: finding.policy.name, version: String(finding.policy.version), is_applied: true, type: finding.policy.template }
  return defined({
    ...common(finding, security ? 2004 : 2006, security ? 'Detection Finding' : 'Data Security Finding', ['host', 'security_control']),
    status_id: statusId, status, is_alert: true, confidence_score: undefined, start_time: finding.firstActivityAtMs, end_time: finding.lastActivityAtMs,
    finding_info: findingInfo(finding), risk_score: finding.score, risk_level_id: riskId, risk_level: risk, risk_details: finding.parts.map((part) => `${part.points >= 0 ? '+' : ''}${part.points} ${part.reason}`).join(' '),
    action_id: 3, action: 'Observed', disposition_id: 15, disposition: 'Detected', policy, src_url: finding.url,
    actor: { user: subjectOf(finding) }, device: top === undefined ? undefined : deviceOf(top),
    verdict_id: verdict?.[0], verdict: verdict?.[1],
    tickets: finding.caseId === undefined ? undefined : [{ uid: finding.caseId, type_id: 1, type: 'Internal' }],
    ...(security
      ? { evidences: finding.activities.length === 0 ? undefined : finding.activities.map(evidenceOf) }
      : { file: top === undefined ? undefined : fileOf(top), data_security: { detection_system_id: 1, detection_system: 'Endpoint', data_lifecycle_state_id: 3, data_lifecycle_state: 'Data in use', policy } }),
    unmapped: { score_parts: finding.parts, trigger: finding.trigger, alert_status: finding.status, revision: finding.revision, pseudonymous: finding.user.pseudonymous, ...(finding.dismissReason === undefined ? {} : { dismiss_reason: finding.dismissReason }) },
  })
}

function caseToOcsf(finding: CaseFinding): Json {
  const [statusId, status] = finding.status === 'active' ? ([2, 'In Progress'] as const) : ([5, 'Closed'] as const)
  const verdict = finding.outcome === undefined ? undefined : outcomes[finding.outcome]
  return defined({
    ...common(finding, 2005, 'Incident Finding', []),
    // The class asks for one of them; a case that nobody has taken belongs to all who investigate.
    ...(finding.assignee === undefined ? { assignee_group: { name: 'Investigators' } } : {}),
    status_id: statusId, status, desc: headline(finding), src_url: finding.url, start_time: finding.createdAtMs, end_time: finding.change === 'closed' ? finding.atMs : undefined,
    is_suspected_breach: finding.outcome === 'confirmed_violation', verdict_id: verdict?.[0], verdict: verdict?.[1],
    finding_info_list: finding.alerts.map((alert) => ({ uid: alert.id, title: alert.policyName, created_time: alert.createdAtMs, product: product(finding) })),
    unmapped: { case_id: finding.caseId, case_name: finding.name, user: subjectOf(finding), score: finding.score, revision: finding.revision, pseudonymous: finding.user.pseudonymous, ...(finding.dueAtMs === undefined ? {} : { due_time: finding.dueAtMs }) },
  })
}

/** One OCSF event; its class follows from the kind of finding and the policy's family. */
export const toOcsf = (finding: Finding): Json => (finding.kind === 'alert' ? alertToOcsf(finding) : caseToOcsf(finding))
