import { activityKinds } from '@holdfast/proto'
import { type CompiledDetection, defaultDetection } from '../../domain/exclusions/compile-detection.ts'
import { explainRule } from '../../domain/exclusions/explain.ts'
import { defaultDetectionSettings, type DetectionSettings } from '../../domain/exclusions/settings.ts'
import type { User } from '../../domain/people/user.ts'
import type { Activity, FileFacts } from '../../domain/risk/activity.ts'
import { matchingIndicators } from '../../domain/risk/count.ts'
import { featureSeverity } from '../../domain/risk/security-features.ts'
import { unwantedApplications, unwantedClass } from '../../domain/risk/unwanted-applications.ts'
import { bytesText } from '../../domain/risk/words.ts'
import { hiddenNames, type Names } from '../names.ts'
import type { ActivityView } from './schema.ts'

const base = (path: string): string => path.split(/[/\\]/).at(-1) ?? path
const size = (file: FileFacts | undefined): string => (file === undefined || file.sizeBytes === 0 ? '' : ` (${bytesText(file.sizeBytes)})`)
const medium = ({ media }: Activity): string => [media?.vendor, media?.model, media?.volumeLabel].filter((part) => part !== undefined && part !== '').join(' ') || media?.mountPoint || 'a removable volume'

const places: Readonly<Record<string, string>> = { removable: 'removable media', network_share: 'a network share', cloud_sync: 'a cloud folder', remote_session: 'a remote session', local: 'another folder', unknown: 'another place' }

/** One sentence a kind; the rest of the view has the facts. */
const sentences: Partial<Record<Activity['kind'], (activity: Activity) => string>> = {
  file_copied: (activity) => `${base(activity.file?.path ?? '')}${size(activity.file)} was copied to ${places[activity.file?.location ?? 'unknown'] ?? 'another place'}${activity.source === undefined ? '' : ` from ${activity.source.path}`}`,
  file_created: (activity) => `${base(activity.file?.path ?? '')}${size(activity.file)} was created`,
  file_changed: (activity) => `${base(activity.file?.path ?? '')}${size(activity.file)} was changed`,
  file_renamed: (activity) => `${base(activity.oldPath ?? '')} was renamed to ${base(activity.file?.path ?? '')}`,
  file_hidden: (activity) => `${base(activity.oldPath ?? '')} was hidden as ${base(activity.file?.path ?? '')}`,
  file_deleted: (activity) => `${base(activity.file?.path ?? '')} was deleted`,
  archive_created: (activity) => `The archive ${base(activity.file?.path ?? '')}${size(activity.file)} was made`,
  removable_media_connected: (activity) => `${medium(activity)} was ${activity.present === true ? 'present' : 'connected'}`,
  removable_media_mounted: (activity) => `${medium(activity)} was ${activity.present === true ? 'mounted already' : 'mounted'}`,
  removable_media_unmounted: (activity) => `${medium(activity)} was unmounted`,
  removable_media_disconnected: (activity) => `${medium(activity)} was disconnected`,
  security_feature_changed: (activity) => `${activity.feature?.id ?? 'A feature'} went from ${activity.feature?.from ?? '?'} to ${activity.feature?.to ?? '?'}`,
  application_installed: (activity) => `${activity.application?.name ?? ''} ${activity.application?.version ?? ''} was installed by ${activity.application?.source ?? '?'}`,
  application_updated: (activity) => `${activity.application?.name ?? ''} was updated from ${activity.application?.oldVersion ?? '?'} to ${activity.application?.version ?? '?'}`,
  application_removed: (activity) => `${activity.application?.name ?? ''} was removed`,
  patient_record_accessed: ({ detail }) => `A patient record was opened (${relations[String(detail?.['relation'])] ?? 'no relation known'}${detail?.['eventName'] === undefined ? '' : `, ${detail['eventName']}`})`,
  security_alert_raised: ({ detail }) => `${products[String(detail?.['source'])] ?? 'A security product'}: ${detail?.['title'] ?? 'an alert'} (${detail?.['severity'] ?? 'no severity'}, ${String(detail?.['status'] ?? 'unknown').replaceAll('_', ' ')})`,
  physical_access: ({ detail }) => `A badge was ${detail?.['status'] === 'failed' ? 'refused' : 'accepted'} at ${detail?.['assetName'] ?? detail?.['assetId'] ?? 'a door'}`,
  custom_detection: ({ detail }) => `${detail?.['indicator'] ?? 'An imported detection'}: ${detail?.['amount'] ?? 0}`,
}

const relations: Readonly<Record<string, string>> = { self: 'the person’s own', family: 'same last name and address', co_worker: 'the patient is an employee', neighbour: 'same address', restricted: 'restricted access' }
const products: Readonly<Record<string, string>> = { microsoft_graph: 'Microsoft Graph', wazuh: 'Wazuh', falco: 'Falco', osquery: 'osquery', clamav: 'ClamAV' }

/** Detection settings in force, as a view needs them. */
export interface DetectionInForce {
  readonly compiled: CompiledDetection
  readonly stored: { readonly settings: DetectionSettings }
}

const untouched: DetectionInForce = { compiled: defaultDetection, stored: { settings: defaultDetectionSettings } }

/** What the other fields of a view leave out, each under its own name. */
function metadataOf(activity: Activity, mask: (text: string) => string): ActivityView['metadata'] {
  const { process, archive, application, feature, file } = activity
  const all: readonly (readonly [string, string | number | boolean | undefined])[] = [
    ['observedAt', new Date(activity.observedAtMs).toISOString()], ['attribution', activity.attribution], ['processId', process?.pid], ['executable', process?.executable], ['parentProcess', process?.parentName], ['container', process?.container], ['mimeType', file?.mimeType],
    ['extensionChanged', activity.extensionChanged], ['archiveMembers', archive?.memberCount], ['archiveEncrypted', archive?.encrypted], ['oldVersion', application?.oldVersion], ['publisher', application?.publisher], ['applicationPath', application?.path], ['signature', application?.signature],
    ['seenBy', feature?.seenBy], ...(activity.findings ?? []).map(({ type, count, confidence }) => [`finding.${type}`, `${count} (${confidence} %)`] as const), ...Object.entries(activity.detail ?? {}),
  ]
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, typeof value === 'string' ? mask(value) : value]])))
}

export function presentActivity(activity: Activity, user: User | undefined, deviceName: string | undefined, { compiled, stored }: DetectionInForce = untouched, names: Names = hiddenNames): ActivityView {
  const mask = (text: string) => names.text(text, user)
  const file = (facts: FileFacts) => ({
    path: mask(facts.path), sizeBytes: facts.sizeBytes, location: facts.location,
    ...(facts.sha256 === undefined ? {} : { sha256: facts.sha256 }), ...(facts.fingerprint === undefined ? {} : { fingerprint: facts.fingerprint }), ...(facts.state === undefined ? {} : { state: facts.state }),
  })
  const { excluded, domainClass } = compiled.judge(activity)
  const applicationClass = activity.application === undefined ? undefined : unwantedClass(activity.application.name, activity.application.source, activity.application.path)
  const severity = activity.feature === undefined ? (applicationClass === undefined ? undefined : unwantedApplications[applicationClass].severity) : featureSeverity(activity.feature.id)
  const sentence = sentences[activity.kind]?.(activity) ?? activityKinds[activity.kind].summary.replace(/\.$/, '')
  return {
    id: activity.id, kind: activity.kind, category: activityKinds[activity.kind].category, occurredAt: new Date(activity.occurredAtMs).toISOString(), deviceId: activity.deviceId,
    ...(deviceName === undefined ? {} : { deviceName: names.host(deviceName, user) }), user: names.ref(user, activity.userId), summary: `${mask(sentence)}.`,
    ...(activity.account === undefined ? {} : { account: mask(activity.account) }), ...(activity.process?.name === undefined ? {} : { process: activity.process.name }), sensor: activity.sensor, recovered: activity.recovered,
    ...(activity.file === undefined ? {} : { file: file(activity.file) }), ...(activity.source === undefined ? {} : { source: file(activity.source) }), ...(activity.oldPath === undefined ? {} : { oldPath: mask(activity.oldPath) }),
    ...(activity.media === undefined ? {} : { media: Object.fromEntries(Object.entries(activity.media).map(([key, value]) => [key, typeof value === 'string' ? mask(value) : value])) }),
    ...(activity.feature === undefined ? {} : { feature: { id: activity.feature.id, from: activity.feature.from, to: activity.feature.to, ...(activity.feature.fromValue === undefined ? {} : { fromValue: activity.feature.fromValue }), ...(activity.feature.toValue === undefined ? {} : { toValue: activity.feature.toValue }) } }),
    ...(activity.application === undefined ? {} : { application: { name: activity.application.name, ...(activity.application.version === undefined ? {} : { version: activity.application.version }), ...(activity.application.source === undefined ? {} : { source: activity.application.source }) } }),
    indicators: [...matchingIndicators(activity, compiled)], ...(excluded === undefined ? {} : { excluded: { rule: excluded.rule, why: mask(explainRule(excluded.rule, stored.settings)) } }),
    metadata: metadataOf(activity, mask),
    ...(severity === undefined ? {} : { severity }), ...(applicationClass === undefined ? {} : { applicationClass }), ...(domainClass === undefined ? {} : { domainClass }),
  }
}
