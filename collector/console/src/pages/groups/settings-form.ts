// The watch settings as a form holds them: lists as lines, bytes as MiB.
import type { GroupSettings } from '@holdfast/collector/contract'
import { type CaptureForm, captureFormOf, captureOf } from './capture-form.ts'
import { type AllowedRow, allowedMediaOf, allowedRowsOf } from './allowed-media-form.ts'
import { type TransfersForm, transfersFormOf, transfersOf } from './transfers-form.ts'
import { type EdgeForm, edgeFormOf, edgeOf } from './edge-form.ts'
import { type InspectionForm, inspectionFormOf, inspectionOf } from './inspection-form.ts'

export const LIST_FIELDS = ['roots', 'excludes', 'removableRoots', 'networkShareRoots', 'cloudSyncRoots'] as const
export type ListField = (typeof LIST_FIELDS)[number]

/** Bounds of the numbers, in the form's own units. */
export const NUMBER_FIELDS = {
  hashLimit: { min: 0, max: 1024 },
  pollInterval: { min: 1, max: 86_400 },
  heartbeatInterval: { min: 1, max: 3600 },
  silentAfter: { min: 0, max: 1000 },
  spoolMax: { min: 1, max: 1_048_576 },
  cpuLimit: { min: 5, max: 400 },
  memoryLimit: { min: 150, max: 4096 },
} as const
export type NumberField = keyof typeof NUMBER_FIELDS

export type SettingsForm = Readonly<Record<ListField, string> & Record<NumberField, number | string>> & {
  readonly capture?: CaptureForm
  readonly inspection?: InspectionForm
  readonly edge?: EdgeForm
  readonly transfers?: TransfersForm
  readonly allowedMedia?: readonly AllowedRow[]
  /** As they came: what the form does not show is written back unchanged. */
  readonly kept: GroupSettings
}

const MIB = 1_048_576
/** What the collector takes where a group says nothing. */
const SILENT_AFTER = 3
/** What agents take where a group says nothing. */
const AGENT_LIMITS = { cpuPercent: 25, memoryMib: 360 } as const

/** Trimmed, without empty lines and doubles. */
export const linesOf = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))]

export const formOf = (settings: GroupSettings): SettingsForm => ({
  roots: settings.roots.join('\n'), excludes: settings.excludes.join('\n'), removableRoots: settings.removableRoots.join('\n'), networkShareRoots: settings.networkShareRoots.join('\n'), cloudSyncRoots: settings.cloudSyncRoots.join('\n'),
  hashLimit: settings.hashLimitBytes / MIB, pollInterval: settings.pollIntervalSecs, heartbeatInterval: settings.heartbeatIntervalSecs, silentAfter: settings.silentAfterHeartbeats ?? SILENT_AFTER, spoolMax: settings.spoolMaxBytes / MIB,
  cpuLimit: settings.cpuLimitPercent ?? AGENT_LIMITS.cpuPercent, memoryLimit: (settings.memoryLimitBytes ?? AGENT_LIMITS.memoryMib * MIB) / MIB,
  ...(settings.evidence === undefined ? {} : { capture: captureFormOf(settings.evidence) }),
  ...(settings.inspection === undefined ? {} : { inspection: inspectionFormOf(settings.inspection) }),
  ...(settings.transfers === undefined ? {} : { transfers: transfersFormOf(settings.transfers) }),
  ...(settings.allowedMedia === undefined ? {} : { allowedMedia: allowedRowsOf(settings.allowedMedia) }),
  ...(settings.edge === undefined ? {} : { edge: edgeFormOf(settings.edge) }),
  kept: settings,
})

/** Whether a number field holds what the collector will take; MiB may have a fraction, seconds may not. */
export const numberIsValid = (field: NumberField, value: number | string): boolean => {
  const number = value === '' ? Number.NaN : Number(value)
  const { min, max } = NUMBER_FIELDS[field]
  return number >= min && number <= max && (field === 'hashLimit' || field === 'spoolMax' || Number.isInteger(number))
}

export const settingsOf = (form: SettingsForm): GroupSettings => ({
  ...form.kept,
  roots: linesOf(form.roots), excludes: linesOf(form.excludes), removableRoots: linesOf(form.removableRoots), networkShareRoots: linesOf(form.networkShareRoots), cloudSyncRoots: linesOf(form.cloudSyncRoots),
  hashLimitBytes: Math.round(Number(form.hashLimit) * MIB), pollIntervalSecs: Number(form.pollInterval), heartbeatIntervalSecs: Number(form.heartbeatInterval), spoolMaxBytes: Math.round(Number(form.spoolMax) * MIB),
  ...(form.kept.silentAfterHeartbeats === undefined && Number(form.silentAfter) === SILENT_AFTER ? {} : { silentAfterHeartbeats: Number(form.silentAfter) }),
  // What nobody has changed stays the agents' own choice.
  ...(form.kept.cpuLimitPercent === undefined && Number(form.cpuLimit) === AGENT_LIMITS.cpuPercent ? {} : { cpuLimitPercent: Number(form.cpuLimit) }),
  ...(form.kept.memoryLimitBytes === undefined && Number(form.memoryLimit) === AGENT_LIMITS.memoryMib ? {} : { memoryLimitBytes: Number(form.memoryLimit) * MIB }),
  ...(form.capture === undefined ? {} : { evidence: captureOf(form.capture) }),
  ...(form.edge === undefined ? {} : { edge: edgeOf(form.edge) }),
  ...(form.inspection === undefined ? {} : { inspection: inspectionOf(form.inspection) }),
  ...(form.transfers === undefined ? {} : { transfers: transfersOf(form.transfers) }),
  ...(form.allowedMedia === undefined ? {} : { allowedMedia: allowedMediaOf(form.allowedMedia) }),
})
