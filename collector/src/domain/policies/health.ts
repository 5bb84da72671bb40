// Whether a policy can do what it is there for: every reason why it may not, with what to do about it.
//
// The messages are those that Purview documents for the health of policies, in our words, with its limits: 7 days without
// an HR upload, more than 15 % of users who trigger again and again, 9 of 10 of a template's user cap. `warning` means
// that the policy misses something now; `recommendation` that it may.
import { indicatorRow } from '../risk/indicators.ts'
import type { TriggerKind } from '../people/triggering-event.ts'
import type { Policy } from './policy.ts'
import { templateById } from './templates.ts'
import type { HealthCheck, PolicyTemplate } from './templates/template.ts'

/** Share of a policy's users whose trigger repeats, from which it says little. */
export const REPEATING_SHARE = 0.15
/** Fewer users in scope say nothing about shares. */
const USERS_FOR_SHARES = 10
/** Of a template's cap. */
const NEAR_CAP = 0.9
/** Days after its last change in which a policy has not had its chance yet. */
const QUIET_DAYS = 7
const DAY_MS = 86_400_000

export type HealthArea = 'configuration' | 'indicators' | 'triggers' | 'volume'
export type HealthLevel = 'warning' | 'recommendation'

export interface HealthMessage {
  /** Stable. */
  readonly code: HealthCode
  readonly area: HealthArea
  readonly level: HealthLevel
  readonly text: string
  readonly fix: string
}

export interface PolicyHealth {
  readonly status: 'healthy' | 'recommendations' | 'warnings'
  /** Worst first. */
  readonly messages: readonly HealthMessage[]
}

export interface ConnectorFacts {
  /** As connectors/health.ts says. */
  readonly state: 'never' | 'working' | 'stale' | 'failing'
}

/** What the installation and the past say about one policy. */
export interface PolicyFacts {
  readonly policy: Policy
  readonly nowMs: number
  /** People known at all. */
  readonly people: number
  /** People whom the scope names. */
  readonly assigned: number
  /** Of them with a trigger in the last activation window. */
  readonly inScope: number
  /** Of those in scope, with triggers on more than one day of it. */
  readonly repeating: number
  /** Alerts that the policy ever made, and those that wait. */
  readonly alerts: { readonly all: number; readonly needsReview: number }
  /** Indicators, with variants, that were counted for anybody in the last 30 days. */
  readonly indicatorsWithData: ReadonlySet<string>
  /** Triggering events of the last 90 days, of anybody. */
  readonly triggerKindsSeen: ReadonlySet<TriggerKind>
  readonly connectors: Readonly<Record<'hr' | 'ehr' | 'securityAlerts' | 'customIndicators' | 'directory', ConnectorFacts>>
  /** Enrolled computers, and those of them that reported in the last week. */
  readonly devices: { readonly enrolled: number; readonly reporting: number; readonly seeLess: number }
  /** The policy's priority groups by the word it names them with; absent members: there is no such group. */
  readonly priorityGroups: readonly { readonly name: string; readonly members?: number }[]
  /** Any priority group that has members. */
  readonly priorityMembers: number
  /** Ids of variants and custom indicators that are defined, as `indicator#variant`. */
  readonly variants: ReadonlySet<string>
  /** People of whom the organisation knows the address, for records of patients. */
  readonly profiles: number
}

type Text = string | ((facts: PolicyFacts, template: PolicyTemplate) => string)
interface HealthRow {
  readonly area: HealthArea
  readonly level: HealthLevel
  /** Only templates that ask for it. */
  readonly check?: HealthCheck
  readonly holds: (facts: PolicyFacts, template: PolicyTemplate) => boolean
  readonly text: Text
  readonly fix: Text
}

const enabled = ({ policy }: PolicyFacts): readonly string[] => Object.entries(policy.indicators).filter(([, setting]) => setting.enabled).map(([id]) => id)
const FIRST_IMPORTED_KIND = new Set(['patient_record_accessed', 'security_alert_raised', 'physical_access', 'custom_detection'])
const imported = (id: string): boolean => indicatorRow(id)?.kinds.every((kind) => FIRST_IMPORTED_KIND.has(kind)) === true
const onDevices = (facts: PolicyFacts): boolean => enabled(facts).some((id) => !imported(id))
const waitsFor = ({ policy }: PolicyFacts, prefix: string): boolean => policy.triggerEvents.some((kind) => kind.startsWith(prefix))
const brings = (facts: PolicyFacts, kind: string): boolean => enabled(facts).some((id) => indicatorRow(id)?.kinds.some((own) => own === kind) === true)
const settled = ({ policy, nowMs }: PolicyFacts): boolean => nowMs - policy.updatedAtMs >= QUIET_DAYS * DAY_MS
const hasTrigger = ({ policy }: PolicyFacts): boolean => policy.triggers.length + policy.triggerEvents.length + policy.triggerSequences.length > 0
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
const withoutData = (facts: PolicyFacts): readonly string[] => enabled(facts).filter((id) => !facts.indicatorsWithData.has(id) && ![...facts.indicatorsWithData].some((seen) => seen.startsWith(`${id}#`)))
const CUSTOM = 'custom_detection#'
/** Variants that the policy scores or triggers by, and that nobody has defined; what another system reports under a name of its own needs no definition. */
const undefinedVariants = (facts: PolicyFacts): readonly string[] =>
  [...new Set([...enabled(facts), ...facts.policy.triggers.map(({ indicator }) => indicator)])].filter((id) => id.includes('#') && !facts.variants.has(id) && !(id.startsWith(CUSTOM) && facts.indicatorsWithData.has(id)))
const listed = (words: readonly string[]): string => (words.length <= 5 ? words.join(', ') : `${words.slice(0, 5).join(', ')} and ${words.length - 5} more`)

export const healthTable = {
  no_users: {
    area: 'configuration', level: 'warning', holds: (facts) => facts.people > 0 && facts.assigned === 0,
    text: 'Nobody is in the scope of this policy.', fix: 'Look at users, groups and exclusions of the scope: a name may be misspelt, a group may be empty or deleted.',
  },
  priority_group_none: {
    area: 'configuration', level: 'warning', check: 'priority_group_filled', holds: ({ policy, priorityMembers }) => (policy.scope.priorityGroups ?? []).length === 0 && (policy.scope.users !== 'all' || priorityMembers === 0),
    text: 'The policy is for priority users and names no priority group.', fix: 'Make a priority group (holdfast priority-group create) and name it under scope.priorityGroups.',
  },
  priority_group_missing: {
    area: 'configuration', level: 'warning', holds: ({ priorityGroups }) => priorityGroups.some((group) => group.members === undefined),
    text: ({ priorityGroups }) => `There is no priority group ${listed(priorityGroups.filter((group) => group.members === undefined).map((group) => `"${group.name}"`))} any more; the policy is idle for it.`, fix: 'Name another group in the scope, or make the group again under the same name.',
  },
  priority_group_empty: {
    area: 'configuration', level: 'warning', holds: ({ priorityGroups }) => priorityGroups.some((group) => group.members === 0),
    text: ({ priorityGroups }) => `The priority group ${listed(priorityGroups.filter((group) => group.members === 0).map((group) => `"${group.name}"`))} has no members.`, fix: 'Add members with: holdfast priority-group add NAME --user ID.',
  },
  no_devices: {
    area: 'configuration', level: 'warning', holds: (facts) => facts.devices.enrolled === 0 && onDevices(facts),
    text: 'No device is enrolled, and the policy scores what devices see.', fix: 'Make an enrolment code (holdfast enrolment-code create) and run its command on a device.',
  },
  devices_silent: {
    area: 'configuration', level: 'warning', holds: (facts) => facts.devices.enrolled > 0 && facts.devices.reporting === 0 && onDevices(facts),
    text: 'No device has reported for seven days.', fix: 'Look at the devices page: each says why it does not report.',
  },
  devices_see_less: {
    area: 'configuration', level: 'recommendation', holds: (facts) => facts.devices.seeLess > 0 && onDevices(facts),
    text: ({ devices }) => `${count(devices.seeLess, 'device')} ${devices.seeLess === 1 ? 'sees' : 'see'} less than ${devices.seeLess === 1 ? 'it' : 'they'} should.`, fix: 'Open the device: each sensor says what it lacks and how to give it.',
  },
  hr_not_configured: {
    area: 'configuration', level: 'warning', check: 'hr_connector', holds: (facts) => facts.connectors.hr.state === 'never' && waitsFor(facts, 'hr_') && !facts.policy.triggerEvents.includes('account_deleted'),
    text: 'The policy waits for HR events, and no HR file was ever imported.', fix: 'Import one with: holdfast hr import FILE, and let a daily job do it from then on.',
  },
  hr_only_deletions: {
    area: 'triggers', level: 'recommendation', check: 'hr_connector', holds: (facts) => facts.connectors.hr.state === 'never' && waitsFor(facts, 'hr_') && facts.policy.triggerEvents.includes('account_deleted'),
    text: 'No HR file was ever imported: only deleted accounts bring users into scope, and those come late.', fix: 'Import HR dates with: holdfast hr import FILE, so that the weeks before the last day are watched too.',
  },
  hr_failing: {
    area: 'configuration', level: 'warning', holds: (facts) => facts.connectors.hr.state === 'failing' && waitsFor(facts, 'hr_'),
    text: 'The last HR file was refused.', fix: 'Look at the import (holdfast connector runs hr), correct the file and send it again.',
  },
  hr_upload_old: {
    area: 'configuration', level: 'warning', holds: (facts) => facts.connectors.hr.state === 'stale' && waitsFor(facts, 'hr_'),
    text: 'No HR file was uploaded for more than 7 days: who leaves now is not seen.', fix: 'Send the newest file, and look at the job that sends it.',
  },
  employee_profiles_missing: {
    area: 'configuration', level: 'warning', check: 'employee_profiles', holds: ({ profiles }) => profiles === 0,
    text: 'No employee profiles were imported: nobody can be matched with patients of the same family, house or name.', fix: 'Import the employee profile form of the HR file, with addresses.',
  },
  patient_connector_missing: {
    area: 'configuration', level: 'warning', check: 'patient_connector', holds: ({ connectors }) => connectors.ehr.state === 'never',
    text: 'No access records of patients were ever imported.', fix: 'Import them with: holdfast import ehr FILE.',
  },
  patient_connector_failing: {
    area: 'configuration', level: 'warning', check: 'patient_connector', holds: ({ connectors }) => connectors.ehr.state === 'failing' || connectors.ehr.state === 'stale',
    text: 'Access records of patients do not arrive as they should.', fix: 'Look at the imports of the connector, correct the file and send it again.',
  },
  security_alerts_missing: {
    area: 'configuration', level: 'recommendation', holds: (facts) => facts.connectors.securityAlerts.state === 'never' && (brings(facts, 'security_alert_raised') || facts.policy.triggerEvents.includes('security_alert')) && facts.policy.template.startsWith('security'),
    text: 'No security alerts were ever imported: what protection software found is not seen.', fix: 'Import alerts of your protection software with: holdfast import security-alerts FILE.',
  },
  security_alerts_failing: {
    area: 'configuration', level: 'warning', holds: (facts) => facts.connectors.securityAlerts.state === 'failing' && brings(facts, 'security_alert_raised'),
    text: 'The last file of security alerts was refused.', fix: 'Look at the import, correct the file and send it again.',
  },
  no_indicators: {
    area: 'indicators', level: 'warning', holds: (facts) => enabled(facts).length === 0,
    text: 'No indicator is switched on: nothing can score.', fix: 'Switch indicators of the template on.',
  },
  variants_missing: {
    area: 'indicators', level: 'warning', holds: (facts) => undefinedVariants(facts).length > 0,
    text: (facts) => `${listed(undefinedVariants(facts))}: no such ${undefinedVariants(facts).length === 1 ? 'variant is' : 'variants are'} defined, so nothing is ever counted for ${undefinedVariants(facts).length === 1 ? 'it' : 'them'}.`,
    fix: 'Define the variant under this name in the detection settings (a custom indicator under its id: holdfast connector set custom-indicators -f FILE), or take it out of the indicators and triggers of the policy.',
  },
  indicators_without_data: {
    area: 'indicators', level: 'recommendation', holds: (facts) => settled(facts) && facts.devices.reporting > 0 && withoutData(facts).length > 0 && withoutData(facts).length < enabled(facts).length,
    text: (facts) => `Nothing was counted for ${count(withoutData(facts).length, 'indicator')} in 30 days: ${listed(withoutData(facts))}.`, fix: 'It may be that nobody did it. If it cannot be, look at the sensors of the devices and at the watched folders of their group.',
  },
  no_data: {
    area: 'indicators', level: 'warning', holds: (facts) => settled(facts) && enabled(facts).length > 0 && withoutData(facts).length === enabled(facts).length,
    text: 'Nothing that the policy scores was seen of anybody in 30 days.', fix: 'Look at the sensors of the devices, at the watched folders of their group, and at the exclusions of the detection settings.',
  },
  no_trigger: {
    area: 'triggers', level: 'warning', holds: (facts) => !hasTrigger(facts),
    text: 'The policy has no trigger: users come into scope only by hand.', fix: 'Choose triggering events, indicators or sequences that trigger.',
  },
  trigger_never_seen: {
    area: 'triggers', level: 'recommendation', holds: (facts) => settled(facts) && facts.policy.triggers.length + facts.policy.triggerSequences.length === 0 && facts.policy.triggerEvents.length > 0 && !facts.policy.triggerEvents.some((kind) => facts.triggerKindsSeen.has(kind)),
    text: 'None of the triggering events of this policy was seen in 90 days.', fix: 'If people left or were reviewed in that time, the connector does not bring it: look at its last imports and its column mapping.',
  },
  trigger_repeats: {
    area: 'triggers', level: 'recommendation', check: 'trigger_repeats', holds: ({ inScope, repeating }) => inScope >= USERS_FOR_SHARES && repeating > REPEATING_SHARE * inScope,
    text: ({ inScope, repeating }) => `The trigger repeats for ${Math.round((repeating / inScope) * 100)} % of the users in scope (more than 15 %): it tells little.`, fix: 'Raise the trigger thresholds; the threshold editor shows how many users each number reaches.',
  },
  trigger_unscored: {
    area: 'triggers', level: 'recommendation', holds: ({ policy }) => policy.triggers.some(({ indicator }) => policy.indicators[indicator]?.enabled !== true),
    text: ({ policy }) => `${listed(policy.triggers.filter(({ indicator }) => policy.indicators[indicator]?.enabled !== true).map(({ indicator }) => indicator))} triggers but does not score.`, fix: 'That may be meant. Otherwise switch the indicator on, or take the trigger out.',
  },
  no_scores: {
    area: 'volume', level: 'recommendation', holds: (facts) => settled(facts) && facts.assigned > 0 && facts.inScope === 0 && hasTrigger(facts),
    text: 'No risk score is given to anybody: no trigger of this policy came in its activation window.', fix: 'Preview the policy with other triggers or thresholds, or start scoring a user by hand.',
  },
  no_alerts: {
    area: 'volume', level: 'recommendation', holds: (facts) => settled(facts) && facts.inScope > 0 && facts.alerts.all === 0,
    text: ({ inScope }) => `${count(inScope, 'user')} came into scope and no alert was made yet.`, fix: 'Preview the policy with lower thresholds or more alert volume, and see whether that finds something.',
  },
  near_cap: {
    area: 'volume', level: 'warning', check: 'user_cap', holds: ({ inScope }, template) => inScope >= NEAR_CAP * template.userCap,
    text: ({ inScope }, template) => `${inScope} users are in scope; scores of this template are meant for up to ${template.userCap}.`, fix: 'Narrow the scope or raise the trigger thresholds. Nobody is left out meanwhile.',
  },
  queue_long: {
    area: 'volume', level: 'recommendation', holds: ({ alerts, assigned }) => alerts.needsReview >= 50 && alerts.needsReview > 0.05 * assigned,
    text: ({ alerts }) => `${alerts.needsReview} alerts of this policy wait for review.`, fix: 'Raise thresholds by the threshold editor, or choose a smaller alert volume: what is not looked at helps nobody.',
  },
  paused: {
    area: 'configuration', level: 'recommendation', holds: ({ policy }) => policy.status === 'paused',
    text: 'The policy is paused: nothing is scored under it.', fix: 'Switch it on with: holdfast policy resume ID.',
  },
} as const satisfies Record<string, HealthRow>

export type HealthCode = keyof typeof healthTable
export const HEALTH_CODES = Object.keys(healthTable) as readonly HealthCode[]

/** Everything that stands in the way of a policy. A policy of a template that is gone has no health. */
export function policyHealth(facts: PolicyFacts): PolicyHealth {
  const template = templateById(facts.policy.template)
  if (template === undefined) return { status: 'healthy', messages: [] }
  const say = (text: Text): string => (typeof text === 'string' ? text : text(facts, template))
  const messages = HEALTH_CODES.flatMap((code): readonly HealthMessage[] => {
    const row: HealthRow = healthTable[code]
    if ((row.check !== undefined && !template.healthChecks.includes(row.check)) || !row.holds(facts, template)) return []
    return [{ code, area: row.area, level: row.level, text: say(row.text), fix: say(row.fix) }]
  }).toSorted((a, b) => (a.level === b.level ? 0 : a.level === 'warning' ? -1 : 1))
  return { status: messages.some((message) => message.level === 'warning') ? 'warnings' : messages.length > 0 ? 'recommendations' : 'healthy', messages }
}
