// What settings would say of an activity, a path, a domain or an application, before anything happens.
import { BadLine, readActivity } from '../../connectors/files/activity-json.ts'
import type { CompiledDetection } from '../../domain/exclusions/compile-detection.ts'
import type { MediaAllowances } from '../../domain/exclusions/allowed-media.ts'
import { explainRule } from '../../domain/exclusions/explain.ts'
import type { DetectionSettings } from '../../domain/exclusions/settings.ts'
import type { Activity } from '../../domain/risk/activity.ts'
import { matchingIndicators } from '../../domain/risk/count.ts'
import { baseIndicator } from '../../domain/risk/indicators.ts'
import { unwantedClass } from '../../domain/risk/unwanted-applications.ts'
import { InvalidRequest } from '../error-response.ts'
import type { DetectionTest, DetectionVerdict } from './schema.ts'

interface Case {
  readonly what: string
  readonly activity: Activity
}

const base = { id: 'test', deviceId: 'test', userId: 'test', occurredAtMs: 0, observedAtMs: 0, sensor: 'test', recovered: false } as const

function given(value: unknown): Case {
  try {
    const { actor: _actor, ...activity } = readActivity(typeof value === 'object' && value !== null && !('device' in value) ? { device: 'test', ...value } : value).activity
    return { what: 'the activity', activity: { ...activity, userId: 'test' } }
  } catch (error) {
    if (error instanceof BadLine) throw new InvalidRequest([{ pointer: '/activity', detail: error.message }])
    throw error
  }
}

/** The cases that a request asks about. @throws REQUEST_INVALID when it names nothing, or no activity */
export function casesOf({ activity, path, domain, application, source }: DetectionTest, nowMs: number): readonly Case[] {
  const at = { ...base, occurredAtMs: nowMs, observedAtMs: nowMs }
  const cases: Case[] = []
  if (activity !== undefined) cases.push(given(activity))
  if (path !== undefined) {
    const file = { path, sizeBytes: 1, location: 'local' as const }
    cases.push({ what: 'the file is deleted', activity: { ...at, kind: 'file_deleted', file } }, { what: 'the file is copied to removable media', activity: { ...at, kind: 'file_copied', file: { path: `/media/test/${path.split(/[\\/]/).at(-1) ?? ''}`, sizeBytes: 1, location: 'removable' }, source: file } })
  }
  if (domain !== undefined) {
    const file = { path: '/home/test/file', sizeBytes: 1, location: 'local' as const }
    cases.push({ what: 'a file is uploaded there', activity: { ...at, kind: 'file_read_by_transfer_tool', file, detail: { tool: 'firefox', destination: domain } } }, { what: 'a file is downloaded from there', activity: { ...at, kind: 'file_downloaded', file, detail: { originUrl: domain } } })
  }
  if (application !== undefined) cases.push({ what: 'the application is installed', activity: { ...at, kind: 'application_installed', application: { name: application, ...(source === undefined ? {} : { source }) } } })
  if (cases.length === 0) throw new InvalidRequest([{ pointer: '/', detail: 'names nothing to test: give an activity, a path, a domain or an application' }])
  return cases
}

/** What compiled settings say of each case. */
export const tryOut = (cases: readonly Case[], detection: CompiledDetection, settings: DetectionSettings, allowances: MediaAllowances): DetectionVerdict => ({
  cases: cases.map(({ what, activity }) => {
    const { excluded, domainClass, sensitive, priorityOf } = detection.judge(activity)
    const indicators = matchingIndicators(activity, detection)
    const applicationClass = activity.application === undefined ? undefined : unwantedClass(activity.application.name, activity.application.source, activity.application.path)
    return {
      what, indicators: [...indicators], sensitive, priorityOf: [...priorityOf], ...(excluded === undefined ? {} : { excluded: { rule: excluded.rule, why: explainRule(excluded.rule, settings, allowances) } }), ...(domainClass === undefined ? {} : { domainClass }), ...(applicationClass === undefined ? {} : { applicationClass }),
      variants: [...new Set(indicators.map(baseIndicator))].flatMap((id) => detection.variants(id) ?? []).map((variant) => {
        const verdict = variant.judge(activity)
        return { id: variant.id, counted: verdict.counted, ...(verdict.excluded === undefined ? {} : { excluded: { rule: verdict.excluded.rule, why: explainRule(verdict.excluded.rule, settings, allowances) } }) }
      }),
    }
  }),
})
