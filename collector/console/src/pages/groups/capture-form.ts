// The capture rule as a form holds it: lists as lines, bytes as MiB.
import type { GroupSettings } from '@holdfast/collector/contract'

type Capture = NonNullable<GroupSettings['evidence']>

export const PLACES = ['removable', 'network_share', 'cloud_sync', 'remote_session'] as const
const MIB = 1_048_576
/** Bounds in the form's own units, as the collector has them. */
const BOUNDS = { maxFileMiB: 1024, maxDayMiB: 1_048_576, perMinute: 10_000, folderMiB: 1_048_576 } as const

export interface CaptureForm {
  readonly enabled: boolean
  readonly destinations: readonly (typeof PLACES)[number][]
  readonly fileTypes: string
  readonly privatePaths: string
  readonly onlyWithFindings: boolean
  readonly maxFileMiB: number | string
  readonly maxDayMiB: number | string
  readonly perMinute: number | string
  readonly folderMiB: number | string
}

export const captureFormOf = (capture: Capture): CaptureForm => ({
  enabled: capture.enabled, destinations: capture.destinations, fileTypes: capture.fileTypes.join('\n'), privatePaths: capture.privatePaths.join('\n'), onlyWithFindings: capture.onlyWithFindings,
  maxFileMiB: capture.maxFileBytes / MIB, maxDayMiB: capture.maxDayBytes / MIB, perMinute: capture.maxFilesPerMinute, folderMiB: capture.folderMaxBytes / MIB,
})

const lines = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))]

export const captureOf = (form: CaptureForm): Capture => ({
  enabled: form.enabled, destinations: [...form.destinations], fileTypes: lines(form.fileTypes).map((type) => type.replace(/^\./, '').toLowerCase()), privatePaths: lines(form.privatePaths), onlyWithFindings: form.onlyWithFindings,
  maxFileBytes: Math.round(Number(form.maxFileMiB) * MIB), maxDayBytes: Math.round(Number(form.maxDayMiB) * MIB), maxFilesPerMinute: Number(form.perMinute), folderMaxBytes: Math.round(Number(form.folderMiB) * MIB),
})

/** Whether the collector will take it; a rule that is off may be anything that it was. */
export const captureIsValid = (form: CaptureForm): boolean =>
  !form.enabled || (form.destinations.length > 0 && lines(form.fileTypes).every((type) => /^\.?[A-Za-z0-9_-]{1,32}$/.test(type)) && Object.entries(BOUNDS).every(([field, max]) => {
    const number = Number(form[field as keyof typeof BOUNDS])
    return form[field as keyof typeof BOUNDS] !== '' && number > 0 && number <= max && (field !== 'perMinute' || Number.isInteger(number))
  }))
