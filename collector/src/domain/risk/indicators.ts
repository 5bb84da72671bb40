// The indicators: one row each. What a row counts is data; matching is compiled once in count.ts.
//
// Thresholds are a day's amount at which an insight scores 20 (low), 45 (medium) and 70 (high). Purview publishes no
// defaults but one illustration (10, 20, 30 events a day); the rows here start from it and name where they differ.
import type { ActivityCategory, ActivityKind } from '@holdfast/proto'
import type { Thresholds } from '../policies/policy.ts'
import type { FeatureState, LocationKind } from './activity.ts'
import type { FeatureClass } from './security-features.ts'
import type { UnwantedClass } from './unwanted-applications.ts'

export type Measure = 'events' | 'files' | 'bytes'

/** Conditions on an activity; all that are given must hold. */
export interface IndicatorWhere {
  readonly location?: readonly LocationKind[]
  readonly extensionChanged?: boolean
  readonly encrypted?: boolean
  readonly featureTo?: readonly FeatureState[]
  readonly featureClass?: readonly FeatureClass[]
  readonly application?: readonly UnwantedClass[] | 'other'
  /** Only media that were connected now, not those that were there at the agent's start. */
  readonly fresh?: boolean
}

export interface IndicatorRow {
  readonly summary: string
  /** Short name for charts and headlines. */
  readonly label: string
  readonly category: ActivityCategory
  /** ATT&CK ids, present and former. */
  readonly attack: readonly string[]
  readonly kinds: readonly ActivityKind[]
  readonly where: IndicatorWhere
  readonly measure: Measure
  readonly thresholds: Thresholds
  readonly source: string
}

const MIB = 1024 * 1024
const illustration = 'Purview’s published illustration for file events'

export const indicators = {
  copy_to_removable_media: {
    summary: 'Files copied to removable media.', label: 'Copied to removable media', category: 'exfiltration', attack: ['T1052.001'], kinds: ['file_copied'], where: { location: ['removable'] },
    measure: 'files', thresholds: { low: 10, medium: 20, high: 30 }, source: illustration,
  },
  volume_to_removable_media: {
    summary: 'Bytes copied to removable media.', label: 'Volume to removable media', category: 'exfiltration', attack: ['T1052.001'], kinds: ['file_copied'], where: { location: ['removable'] },
    measure: 'bytes', thresholds: { low: 200 * MIB, medium: 1024 * MIB, high: 4096 * MIB }, source: 'a CD, a DVD and a small stick: what a person carries out on purpose',
  },
  copy_to_network_share: {
    summary: 'Files copied to a network share.', label: 'Copied to a network share', category: 'exfiltration', attack: ['T1039', 'T1048'], kinds: ['file_copied'], where: { location: ['network_share'] },
    measure: 'files', thresholds: { low: 50, medium: 150, high: 400 }, source: 'shares are ordinary work: five times the illustration and more',
  },
  copy_to_cloud_sync: {
    summary: 'Files copied into a folder that a cloud client synchronises.', label: 'Copied to a cloud folder', category: 'exfiltration', attack: ['T1567.002'], kinds: ['file_copied'], where: { location: ['cloud_sync'] },
    measure: 'files', thresholds: { low: 10, medium: 20, high: 30 }, source: illustration,
  },
  file_read_by_transfer_tool: {
    summary: 'Files read by a program that can send them.', label: 'Read by a transfer tool', category: 'exfiltration', attack: ['T1048', 'T1567'], kinds: ['file_read_by_transfer_tool'], where: {},
    measure: 'files', thresholds: { low: 10, medium: 20, high: 30 }, source: illustration,
  },
  file_printed: {
    summary: 'Documents printed.', label: 'Printed', category: 'exfiltration', attack: ['T1052'], kinds: ['file_printed'], where: {},
    measure: 'events', thresholds: { low: 20, medium: 50, high: 100 }, source: 'printing is ordinary work: twice the illustration and more',
  },
  archive_created: {
    summary: 'Archives made.', label: 'Archives made', category: 'collection', attack: ['T1560.001'], kinds: ['archive_created'], where: {},
    measure: 'events', thresholds: { low: 5, medium: 10, high: 20 }, source: 'one archive holds many files: half the illustration',
  },
  encrypted_archive_created: {
    summary: 'Archives made with a password.', label: 'Encrypted archives', category: 'obfuscation', attack: ['T1560.001'], kinds: ['archive_created'], where: { encrypted: true },
    measure: 'events', thresholds: { low: 1, medium: 3, high: 6 }, source: 'rare in ordinary work, and it hides the content',
  },
  files_staged: {
    summary: 'Many files gathered in one folder.', label: 'Files gathered', category: 'collection', attack: ['T1074.001'], kinds: ['files_staged'], where: {},
    measure: 'events', thresholds: { low: 1, medium: 3, high: 6 }, source: 'each event already stands for many files',
  },
  file_downloaded: {
    summary: 'Files downloaded.', label: 'Downloaded', category: 'collection', attack: ['T1213'], kinds: ['file_downloaded'], where: {},
    measure: 'files', thresholds: { low: 30, medium: 60, high: 120 }, source: 'downloads are ordinary work: three times the illustration',
  },
  file_renamed_extension: {
    summary: 'Files renamed so that their type no longer shows.', label: 'Type disguised', category: 'obfuscation', attack: ['T1036.008'], kinds: ['file_renamed'], where: { extensionChanged: true },
    measure: 'files', thresholds: { low: 5, medium: 10, high: 20 }, source: 'half the illustration: a rename hides, it does not move',
  },
  file_hidden: {
    summary: 'Files hidden.', label: 'Hidden', category: 'obfuscation', attack: ['T1564.001'], kinds: ['file_hidden'], where: {},
    measure: 'files', thresholds: { low: 5, medium: 10, high: 20 }, source: 'half the illustration: hiding is rare in ordinary work',
  },
  label_lowered: {
    summary: 'Sensitivity labels lowered or removed.', label: 'Labels lowered', category: 'obfuscation', attack: ['T1565.001'], kinds: ['label_changed'], where: {},
    measure: 'files', thresholds: { low: 3, medium: 10, high: 20 }, source: 'a label is lowered on purpose',
  },
  file_deleted: {
    summary: 'Files deleted.', label: 'Deleted', category: 'deletion', attack: ['T1070.004', 'T1485'], kinds: ['file_deleted'], where: { location: ['local', 'unknown'] },
    measure: 'files', thresholds: { low: 100, medium: 300, high: 1000 }, source: 'tidying up is ordinary work: ten times the illustration and more',
  },
  removable_media_mounted: {
    summary: 'Removable media mounted.', label: 'Removable media', category: 'access', attack: ['T1091', 'T1052.001'], kinds: ['removable_media_mounted'], where: { fresh: true },
    measure: 'events', thresholds: { low: 4, medium: 10, high: 20 }, source: 'a stick in the morning and one after lunch is ordinary',
  },
  protective_feature_disabled: {
    summary: 'A firewall, audit, logging, malware or encryption feature was switched off or weakened.', label: 'Protection switched off', category: 'security', attack: ['T1562', 'T1685', 'T1562.001', 'T1562.004', 'T1686', 'T1562.012', 'T1685.004'],
    kinds: ['security_feature_changed'], where: { featureTo: ['disabled', 'weakened', 'absent'], featureClass: ['protective'] },
    measure: 'events', thresholds: { low: 1, medium: 2, high: 4 }, source: 'one is enough to look; several on a day are no accident',
  },
  hardening_disabled: {
    summary: 'A hardening setting of the system was switched off or weakened.', label: 'Hardening weakened', category: 'security', attack: ['T1562', 'T1685', 'T1548', 'T1556'],
    kinds: ['security_feature_changed'], where: { featureTo: ['disabled', 'weakened', 'absent'], featureClass: ['hardening'] },
    measure: 'events', thresholds: { low: 2, medium: 4, high: 8 }, source: 'administration changes settings now and then',
  },
  persistence_changed: {
    summary: 'A place where programs are made to start was changed.', label: 'Start-up changed', category: 'security', attack: ['T1053', 'T1543', 'T1546'],
    kinds: ['security_feature_changed'], where: { featureClass: ['persistence'] },
    measure: 'events', thresholds: { low: 3, medium: 6, high: 12 }, source: 'package installation does this too',
  },
  unwanted_application_installed: {
    summary: 'An application for remote access, anonymity, tunnelling, wiping or attack was installed.', label: 'Unwanted application', category: 'security', attack: ['T1219', 'T1090.003', 'T1572', 'T1588.002'],
    kinds: ['application_installed', 'application_run'], where: { application: ['remote_access', 'anonymity', 'tunnel', 'wiper', 'hacking_tool', 'transfer'] },
    measure: 'events', thresholds: { low: 1, medium: 2, high: 4 }, source: 'one is enough to look',
  },
  application_installed: {
    summary: 'Applications installed.', label: 'Applications installed', category: 'security', attack: ['T1072'], kinds: ['application_installed'], where: { application: 'other' },
    measure: 'events', thresholds: { low: 30, medium: 100, high: 300 }, source: 'one installation brings its dependencies: dozens of packages',
  },
  telemetry_tampered: {
    summary: 'The agent was changed or stopped, or missed notifications.', label: 'Telemetry disturbed', category: 'security', attack: ['T1562.006', 'T1685.006'], kinds: ['agent_tampered'], where: {},
    measure: 'events', thresholds: { low: 1, medium: 2, high: 4 }, source: 'one is enough to look',
  },
} as const satisfies Record<string, IndicatorRow>

export type IndicatorId = keyof typeof indicators

export const INDICATOR_IDS = Object.keys(indicators) as readonly IndicatorId[]
export const isIndicatorId = (id: string): id is IndicatorId => Object.hasOwn(indicators, id)
/** The row of an id that may carry a `#variant`. */
export const indicatorRow = (id: string): IndicatorRow | undefined => {
  const base = id.split('#')[0] ?? id
  return isIndicatorId(base) ? indicators[base] : undefined
}
