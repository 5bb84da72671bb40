// Elastic Common Schema 9.4. Everything without a field of its own goes under `labels`, whose values are keywords, so
// that no index has to learn a mapping.
import { indicatorRow } from '../../domain/risk/indicators.ts'
import { bothIds, techniques, type TechniqueId } from '../../domain/risk/techniques.ts'
import { type AlertFinding, type Finding, findingId, headline, indicatorsOf } from '../finding.ts'

export const ECS_VERSION = '9.4.0'

type Json = Record<string, unknown>

/** The numbers that Elastic's own rules use for these words. */
const severities = { low: 21, medium: 47, high: 73 } as const
const iso = (ms: number): string => new Date(ms).toISOString()
const osTypes: Readonly<Record<string, string>> = { linux: 'linux', windows: 'windows', darwin: 'macos', macos: 'macos' }
const unique = (values: readonly (string | undefined)[]): readonly string[] => [...new Set(values.filter((value) => value !== undefined))]

/** Both the present and the former ids, so that a search for either finds it. */
function threatOf(ids: readonly TechniqueId[]): Json {
  if (ids.length === 0) return {}
  const { now, before } = bothIds(ids)
  const all = unique([...now, ...before])
  const parents = unique(all.map((id) => id.split('.')[0]))
  const subs = all.filter((id) => id.includes('.'))
  const nameOf = (id: string): string | undefined => (techniques[id as TechniqueId] as { readonly name: string } | undefined)?.name
  const names = unique(parents.map(nameOf))
  const subNames = unique(subs.map(nameOf))
  return { threat: { framework: 'MITRE ATT&CK', technique: { id: parents, ...(names.length === 0 ? {} : { name: names }), ...(subs.length === 0 ? {} : { subtechnique: { id: subs, ...(subNames.length === 0 ? {} : { name: subNames }) } }) } } }
}

function evidenceOf(finding: AlertFinding): Json {
  const [top] = finding.activities
  const devices = new Map(finding.activities.flatMap(({ device }) => (device === undefined ? [] : [[device.id, device] as const])))
  const hashes = unique(finding.activities.map(({ file }) => file?.sha256))
  const device = top?.device
  const file = top?.file
  const name = file?.path.split(/[/\\]/).at(-1) ?? ''
  const extension = name.includes('.') ? name.split('.').at(-1) : undefined
  return {
    ...(device === undefined ? {} : { host: { id: device.id, name: device.name, hostname: device.name, os: { ...(osTypes[device.os] === undefined ? {} : { type: osTypes[device.os] }), platform: device.os } } }),
    ...(file === undefined ? {} : { file: { path: file.path, name, size: file.sizeBytes, ...(extension === undefined ? {} : { extension }), ...(file.mimeType === undefined ? {} : { mime_type: file.mimeType }), ...(file.sha256 === undefined ? {} : { hash: { sha256: file.sha256 } }) } }),
    ...(top?.process === undefined ? {} : { process: top.process }),
    related: { user: unique([finding.user.id, finding.user.name]), ...(devices.size === 0 ? {} : { hosts: unique([...devices.values()].flatMap((one) => [one.id, one.name])) }), ...(hashes.length === 0 ? {} : { hash: hashes }) },
  }
}

const userOf = ({ user, severity }: Finding): Json => ({
  id: user.id, name: user.name, ...(user.email === undefined ? {} : { email: user.email }), ...(user.department === undefined ? {} : { group: { name: user.department } }),
  risk: { calculated_score: user.riskScore, calculated_score_norm: user.riskScore, calculated_level: severity },
})

/** One ECS document. */
export function toEcs(finding: Finding): Json {
  const alert = finding.kind === 'alert'
  const event = {
    kind: 'alert', category: ['intrusion_detection'], type: ['info'], action: `${finding.kind}-${finding.change}`, id: finding.recordId, sequence: finding.sequence, module: 'holdfast', dataset: `holdfast.${finding.kind}`, provider: 'holdfast',
    created: iso(finding.createdAtMs), severity: severities[finding.severity], risk_score: finding.score, risk_score_norm: finding.score, url: finding.url,
    ...(alert ? { start: iso(finding.firstActivityAtMs), end: iso(finding.lastActivityAtMs), reason: finding.parts.map((part) => part.reason).join(' '), code: finding.policy.template } : { start: iso(finding.createdAtMs) }),
  }
  const labels = {
    finding_id: findingId(finding), status: finding.status, revision: String(finding.revision), pseudonymous: String(finding.user.pseudonymous), severity: finding.severity,
    ...(finding.assignee === undefined ? {} : { assignee: finding.assignee }),
    ...(alert
      ? { trigger: finding.trigger.kind, policy_template: finding.policy.template, ...(finding.dismissReason === undefined ? {} : { dismiss_reason: finding.dismissReason }), ...(finding.caseId === undefined ? {} : { case_id: finding.caseId }) }
      : { case_name: finding.name, alert_ids: finding.alerts.map((one) => one.id).join(' '), ...(finding.outcome === undefined ? {} : { outcome: finding.outcome }) }),
  }
  return {
    '@timestamp': iso(finding.atMs), ecs: { version: ECS_VERSION }, message: headline(finding), event, labels, tags: alert ? ['holdfast', ...indicatorsOf(finding).map((id) => indicatorRow(id)?.category ?? 'custom').filter((value, index, all) => all.indexOf(value) === index)] : ['holdfast'],
    observer: { vendor: 'Holdfast', product: 'Holdfast', type: 'insider-risk', version: finding.productVersion }, organization: { id: finding.organisationId, name: finding.organisation }, user: userOf(finding),
    ...(alert
      ? { rule: { id: finding.policy.id, name: finding.policy.name, version: String(finding.policy.version), ruleset: finding.policy.template, category: 'insider risk' }, ...threatOf(finding.techniques), ...evidenceOf(finding) }
      : { related: { user: unique([finding.user.id, finding.user.name]) } }),
  }
}
