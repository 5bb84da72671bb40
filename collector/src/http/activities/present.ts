import { activityKinds } from '@holdfast/proto'
import type { MediaAllowances } from '../../domain/exclusions/allowed-media.ts'
import { type CompiledDetection, defaultDetection } from '../../domain/exclusions/compile-detection.ts'
import { explainRule } from '../../domain/exclusions/explain.ts'
import { defaultDetectionSettings, type DetectionSettings } from '../../domain/exclusions/settings.ts'
import { exceptionOf, type MediaException } from '../../domain/exclusions/media-exception.ts'
import type { User } from '../../domain/people/user.ts'
import type { Activity, FileFacts } from '../../domain/risk/activity.ts'
import { matchingIndicators } from '../../domain/risk/count.ts'
import { featureSeverity } from '../../domain/risk/security-features.ts'
import { sentenceOf } from '../../domain/risk/sentence.ts'
import { unwantedApplications, unwantedClass } from '../../domain/risk/unwanted-applications.ts'
import { hiddenNames, type Names } from '../names.ts'
import type { ActivityView } from './schema.ts'

/** Detection settings in force, as a view needs them. */
export interface DetectionInForce {
  readonly compiled: CompiledDetection
  readonly stored: { readonly settings: DetectionSettings }
  readonly allowances?: MediaAllowances
}

const untouched: DetectionInForce = { compiled: defaultDetection, stored: { settings: defaultDetectionSettings } }

/** What the other fields of a view leave out, each under its own name. */
function metadataOf(activity: Activity, mask: (text: string) => string): ActivityView['metadata'] {
  const { process, archive, application, feature, file } = activity
  const all: readonly (readonly [string, string | number | boolean | undefined])[] = [
    ['observedAt', new Date(activity.observedAtMs).toISOString()], ['attribution', activity.attribution], ['processId', process?.pid], ['executable', process?.executable], ['parentProcess', process?.parentName], ['container', process?.container], ['programClass', process?.programClass], ['mimeType', file?.mimeType],
    ['extensionChanged', activity.extensionChanged], ['archiveMembers', archive?.memberCount], ['archiveEncrypted', archive?.encrypted], ['oldVersion', application?.oldVersion], ['publisher', application?.publisher], ['applicationPath', application?.path], ['signature', application?.signature],
    ['seenBy', feature?.seenBy], ...(activity.findings ?? []).map(({ type, count, confidence }) => [`finding.${type}`, `${count} (${confidence} %)`] as const), ...Object.entries(activity.detail ?? {}),
  ]
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, typeof value === 'string' ? mask(value) : value]])))
}

function presentExceptionOf(activity: Activity, granted: readonly MediaException[], mask: (text: string) => string): Pick<ActivityView, 'exception'> {
  const found = activity.drill === undefined ? exceptionOf(activity, granted) : undefined
  return found === undefined ? {} : { exception: { id: found.id, until: new Date(found.untilMs ?? 0).toISOString(), by: found.decidedBy?.name ?? '', reason: mask(found.reason), copies: found.copies === true } }
}

export function presentActivity(activity: Activity, user: User | undefined, deviceName: string | undefined, { compiled, stored, allowances }: DetectionInForce = untouched, names: Names = hiddenNames): ActivityView {
  const mask = (text: string) => names.text(text, user)
  const file = (facts: FileFacts) => ({
    path: mask(facts.path), sizeBytes: facts.sizeBytes, location: facts.location,
    ...(facts.sha256 === undefined ? {} : { sha256: facts.sha256 }), ...(facts.fingerprint === undefined ? {} : { fingerprint: facts.fingerprint }), ...(facts.state === undefined ? {} : { state: facts.state }),
  })
  const { excluded, domainClass } = compiled.judge(activity)
  const applicationClass = activity.application === undefined ? undefined : unwantedClass(activity.application.name, activity.application.source, activity.application.path)
  const severity = activity.feature === undefined ? (applicationClass === undefined ? undefined : unwantedApplications[applicationClass].severity) : featureSeverity(activity.feature.id)
  const sentence = sentenceOf(activity)
  return {
    id: activity.id, kind: activity.kind, category: activityKinds[activity.kind].category, occurredAt: new Date(activity.occurredAtMs).toISOString(), deviceId: activity.deviceId,
    ...(deviceName === undefined ? {} : { deviceName: names.host(deviceName, user) }), user: names.ref(user, activity.userId), summary: `${mask(sentence)}.`,
    ...(activity.account === undefined ? {} : { account: mask(activity.account) }), ...(activity.process?.name === undefined ? {} : { process: activity.process.name }), sensor: activity.sensor, recovered: activity.recovered,
    ...(activity.file === undefined ? {} : { file: file(activity.file) }), ...(activity.source === undefined ? {} : { source: file(activity.source) }), ...(activity.oldPath === undefined ? {} : { oldPath: mask(activity.oldPath) }),
    ...(activity.media === undefined ? {} : { media: Object.fromEntries(Object.entries(activity.media).map(([key, value]) => [key, typeof value === 'string' ? mask(value) : value])) }),
    ...(activity.feature === undefined ? {} : { feature: { id: activity.feature.id, from: activity.feature.from, to: activity.feature.to, ...(activity.feature.fromValue === undefined ? {} : { fromValue: activity.feature.fromValue }), ...(activity.feature.toValue === undefined ? {} : { toValue: activity.feature.toValue }) } }),
    ...(activity.application === undefined ? {} : { application: { name: activity.application.name, ...(activity.application.version === undefined ? {} : { version: activity.application.version }), ...(activity.application.source === undefined ? {} : { source: activity.application.source }) } }),
    indicators: activity.drill === undefined ? [...matchingIndicators(activity, compiled)] : [], ...(activity.drill === undefined ? {} : { drill: true }), ...(excluded === undefined ? {} : { excluded: { rule: excluded.rule, why: mask(explainRule(excluded.rule, stored.settings, allowances)) } }),
    ...presentExceptionOf(activity, allowances?.exceptions ?? [], mask),
    metadata: metadataOf(activity, mask),
    ...(severity === undefined ? {} : { severity }), ...(applicationClass === undefined ? {} : { applicationClass }), ...(domainClass === undefined ? {} : { domainClass }),
  }
}
