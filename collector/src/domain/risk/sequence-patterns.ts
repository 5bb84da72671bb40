// The sequences: ordered steps on the same file, or, where no file can be the same, by the same user.
//
// Source: the step orders of Purview's sequence detection (download, archive or label first; then disguise; then
// exfiltration; then clean-up). The points are ours (docs/adr/0010-a-score-is-a-sum-of-named-points.md).
import type { Thresholds } from '../policies/policy.ts'
import type { IndicatorId } from './indicators.ts'

export interface SequencePattern {
  readonly id: string
  readonly label: string
  /** In order; each step is a set of indicators. */
  readonly steps: readonly (readonly IndicatorId[])[]
  /** `file`: each step touches the same file, over renames and copies. `user`: each step is by the same user. */
  readonly join: 'file' | 'user'
  /** Between the first and the last step. */
  readonly withinHours: number
  /** Files that make the sequence weak, middling or strong by itself. */
  readonly thresholds: Thresholds
  /** Added to a stronger signal. */
  readonly points: number
  /** Patterns that are a part of this one: only the longest that is found counts. */
  readonly covers: readonly string[]
}

const COLLECT: readonly IndicatorId[] = ['file_downloaded', 'copy_from_network_share']
const PACK: readonly IndicatorId[] = ['archive_created', 'files_staged']
const LOWER_LABEL: readonly IndicatorId[] = ['label_lowered', 'label_removed']
const DISGUISE: readonly IndicatorId[] = ['file_renamed', 'file_hidden', 'encrypted_archive_created', 'label_lowered', 'label_removed']
/** Before packing: that an archive takes a password is no step before itself. */
const RENAME: readonly IndicatorId[] = ['file_renamed', 'file_hidden', 'label_lowered', 'label_removed']
const LEAVE: readonly IndicatorId[] = ['copy_to_removable_media', 'copy_to_network_share', 'copy_to_cloud_sync', 'copy_to_remote_session', 'file_read_by_transfer_tool', 'browser_upload', 'transfer_to_unallowed_domain', 'file_printed']
const CLEAN_UP: readonly IndicatorId[] = ['file_deleted', 'exfiltrated_file_deleted']
const PROTECTION_OFF: readonly IndicatorId[] = ['protective_feature_disabled', 'telemetry_tampered', 'security_alert_defence_evasion']
const UNWANTED: readonly IndicatorId[] = ['unwanted_application_installed', 'security_alert_unwanted_software']

/** Half the published illustration of daily counts: the same file in several steps is rarer than any of them. */
const files: Thresholds = { low: 5, medium: 10, high: 20 }
const onFiles = { join: 'file', withinHours: 72, thresholds: files } as const
const byUser = { join: 'user', withinHours: 24, thresholds: files } as const

export const sequencePatterns = [
  { ...onFiles, id: 'download_then_exfiltration', label: 'Files were downloaded, then left', steps: [COLLECT, LEAVE], points: 10, covers: [] },
  { ...onFiles, id: 'download_disguise_exfiltration', label: 'Files were downloaded, disguised, then left', steps: [COLLECT, DISGUISE, LEAVE], points: 15, covers: ['download_then_exfiltration'] },
  { ...onFiles, id: 'download_exfiltration_clean_up', label: 'Files were downloaded, left, then were deleted', steps: [COLLECT, LEAVE, CLEAN_UP], points: 15, covers: ['download_then_exfiltration', 'exfiltration_then_clean_up'] },
  {
    ...onFiles, id: 'download_disguise_exfiltration_clean_up', label: 'Files were downloaded, disguised, left, then were deleted', steps: [COLLECT, DISGUISE, LEAVE, CLEAN_UP], points: 20,
    covers: ['download_then_exfiltration', 'download_disguise_exfiltration', 'download_exfiltration_clean_up', 'exfiltration_then_clean_up'],
  },
  { ...onFiles, id: 'archive_then_exfiltration', label: 'Files were packed, then left', steps: [PACK, LEAVE], points: 15, covers: [] },
  { ...onFiles, id: 'archive_disguise_exfiltration', label: 'Files were packed, disguised, then left', steps: [PACK, DISGUISE, LEAVE], points: 20, covers: ['archive_then_exfiltration'] },
  { ...onFiles, id: 'disguise_archive_exfiltration', label: 'Files were disguised, packed, then left', steps: [RENAME, PACK, LEAVE], points: 20, covers: ['archive_then_exfiltration'] },
  { ...onFiles, id: 'archive_exfiltration_clean_up', label: 'Files were packed, left, then were deleted', steps: [PACK, LEAVE, CLEAN_UP], points: 20, covers: ['archive_then_exfiltration', 'exfiltration_then_clean_up'] },
  {
    ...onFiles, id: 'archive_disguise_exfiltration_clean_up', label: 'Files were packed, disguised, left, then were deleted', steps: [PACK, DISGUISE, LEAVE, CLEAN_UP], points: 25,
    covers: ['archive_then_exfiltration', 'archive_disguise_exfiltration', 'archive_exfiltration_clean_up', 'exfiltration_then_clean_up'],
  },
  { ...onFiles, id: 'label_then_exfiltration', label: 'Labels were lowered, then the files left', steps: [LOWER_LABEL, LEAVE], points: 15, covers: [] },
  { ...onFiles, id: 'label_exfiltration_clean_up', label: 'Labels were lowered, the files left, then were deleted', steps: [LOWER_LABEL, LEAVE, CLEAN_UP], points: 20, covers: ['label_then_exfiltration', 'exfiltration_then_clean_up'] },
  { ...onFiles, id: 'exfiltration_then_clean_up', label: 'Files left, then were deleted', steps: [LEAVE, CLEAN_UP], points: 10, covers: [] },
  { ...byUser, id: 'protection_off_then_exfiltration', label: 'Protection was switched off, then files left', steps: [PROTECTION_OFF, LEAVE], points: 20, covers: [] },
  { ...byUser, id: 'protection_off_then_unwanted_application', label: 'Protection was switched off, then unwanted software was installed', steps: [PROTECTION_OFF, UNWANTED], points: 20, covers: [] },
] as const satisfies readonly SequencePattern[]

export type SequenceId = (typeof sequencePatterns)[number]['id']
export const SEQUENCE_IDS: readonly SequenceId[] = sequencePatterns.map((pattern) => pattern.id)
const byId = new Map<string, SequencePattern>(sequencePatterns.map((pattern) => [pattern.id, pattern]))
export const sequencePattern = (id: string): SequencePattern | undefined => byId.get(id)
