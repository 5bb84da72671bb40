// What a group's agents look for in files, as a form holds it. Types, dictionaries, exact data and labels that an
// organisation defined itself are not in the form: they are carried through as they came.
import type { GroupSettings } from '@holdfast/collector/contract'

type Inspection = NonNullable<GroupSettings['inspection']>

export const CONFIDENCES = ['65', '75', '85'] as const
const MIB = 1_048_576
/** Bounds in the form's own units, as the collector has them. */
const MOST_FILE_MIB = 128
const MOST_PER_MINUTE = 100_000

export interface InspectionForm {
  readonly enabled: boolean
  readonly minConfidence: (typeof CONFIDENCES)[number]
  readonly maxFileMiB: number | string
  readonly perMinute: number | string
  readonly kept: Inspection
}

export const inspectionFormOf = (kept: Inspection): InspectionForm => ({ enabled: kept.enabled, minConfidence: `${kept.minConfidence}`, maxFileMiB: kept.maxFileBytes / MIB, perMinute: kept.maxFilesPerMinute, kept })

export const inspectionOf = ({ enabled, minConfidence, maxFileMiB, perMinute, kept }: InspectionForm): Inspection => ({
  ...kept, enabled, minConfidence: Number(minConfidence) as Inspection['minConfidence'], maxFileBytes: Math.round(Number(maxFileMiB) * MIB), maxFilesPerMinute: Number(perMinute),
})

/** Whether the collector will take it. */
export const inspectionIsValid = ({ maxFileMiB, perMinute }: InspectionForm): boolean =>
  Number(maxFileMiB) > 0 && Number(maxFileMiB) <= MOST_FILE_MIB && Number.isInteger(Number(perMinute)) && Number(perMinute) > 0 && Number(perMinute) <= MOST_PER_MINUTE

/** How many types, dictionaries, lists of exact data and labels are the organisation's own. */
export const ownRows = ({ customTypes, dictionaries, exactData, labels }: Inspection): number => customTypes.length + dictionaries.length + exactData.length + labels.length
