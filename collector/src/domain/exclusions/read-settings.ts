// Detection settings from outside: shape first, then what the shape cannot say.
import { Compile } from 'typebox/compile'
import type { DocumentProblem } from '../policies/policy-document.ts'
import { checkSettings, completeSettings } from './check-settings.ts'
import { defaultDetectionSettings, type DetectionSettings } from './settings.ts'
import { DetectionSettingsDocument } from './settings-schema.ts'

const shape = Compile(DetectionSettingsDocument)
/** Problems that are told; a list with 500 bad entries has the same mistake 500 times. */
const PROBLEMS_TOLD = 50

export type ReadSettings = { readonly settings: DetectionSettings } | { readonly problems: readonly DocumentProblem[] }

/** Complete, checked settings of a value of any kind, or every problem with its place. Nothing is thrown. */
export function readSettings(value: unknown): ReadSettings {
  if (!shape.Check(value)) {
    const problems = [...shape.Errors(value)].flatMap(({ keyword, instancePath, message, params }) =>
      keyword === 'additionalProperties'
        ? (params as { readonly additionalProperties: readonly string[] }).additionalProperties.map((key) => ({ pointer: `${instancePath}/${key}`, detail: 'is not known' }))
        : keyword === 'anyOf' || keyword === 'boolean' ? [] : [{ pointer: instancePath === '' ? '/' : instancePath, detail: message }])
    return { problems: problems.length === 0 ? [{ pointer: '/', detail: 'does not have the right shape' }] : problems.slice(0, PROBLEMS_TOLD) }
  }
  const settings = completeSettings(value)
  const problems = checkSettings(settings)
  return problems.length === 0 ? { settings } : { problems: problems.slice(0, PROBLEMS_TOLD) }
}

/** Stored settings; those of an earlier release that cannot be read whole fall back list by list, so that a start never fails. */
export function restoreSettings(stored: unknown): DetectionSettings {
  const read = readSettings(stored)
  if ('settings' in read) return read.settings
  if (typeof stored !== 'object' || stored === null) return defaultDetectionSettings
  const good: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(stored)) if ('settings' in readSettings({ ...good, [key]: value })) good[key] = value
  const rest = readSettings(good)
  return 'settings' in rest ? rest.settings : defaultDetectionSettings
}
