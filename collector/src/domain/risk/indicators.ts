// The indicators: one row each. What a row counts is data; matching is compiled once in match.ts.
//
// Thresholds are a day's amount at which an insight scores 20 (low), 45 (medium) and 70 (high). Purview publishes no
// defaults but one illustration (10, 20, 30 events a day); the rows here start from it and name where they differ.
import type { ActivityCategory, ActivityKind } from '@holdfast/proto'
import type { Thresholds } from '../policies/policy.ts'
import type { FeatureState, LocationKind } from './activity.ts'
import type { AlertFamily } from './alert-families.ts'
import type { FeatureClass } from './security-features.ts'
import type { TechniqueId } from './techniques.ts'
import type { UnwantedClass } from './unwanted-applications.ts'

/** `amount` is a number that the activity itself brings (`where.amountOf`); an insight keeps its sum where it keeps bytes. */
export type Measure = 'events' | 'files' | 'bytes' | 'amount'

/** Class of the other end's domain, by the lists of the detection settings. */
export type DomainClass = 'allowed' | 'unallowed' | 'third_party'

/** Conditions on an activity; all that are given must hold. */
export interface IndicatorWhere {
  readonly location?: readonly LocationKind[]
  /** Where a copy was made from. */
  readonly sourceLocation?: readonly LocationKind[]
  readonly extensionChanged?: boolean
  readonly encrypted?: boolean
  /** The change was seen: from a known state to another, and to one of these. */
  readonly featureTo?: readonly FeatureState[]
  readonly featureClass?: readonly FeatureClass[]
  /** Any of the unwanted classes, some of them, or none. */
  readonly application?: readonly UnwantedClass[] | 'unwanted' | 'other'
  /** Only media that were connected now, not those that were there at the agent's start. */
  readonly fresh?: boolean
  readonly domain?: readonly DomainClass[]
  /** The program that read a file is a browser, or is not. */
  readonly browser?: boolean
  /** Sensitive content was found, of a type that the settings do not leave out. */
  readonly sensitive?: boolean
  /** Last part of the path, lower case. */
  readonly fileNames?: readonly string[]
  /** What became of a sensitivity label. */
  readonly label?: 'lowered' | 'removed'
  /** Fields of the rarer kinds, each with the values that hold. */
  readonly detail?: Readonly<Record<string, readonly (string | number | boolean)[]>>
  /** The place is one of the settings' priority assets. */
  readonly priorityAsset?: boolean
  readonly alertFamily?: readonly AlertFamily[]
  /** Field of the activity that holds the amount. */
  readonly amountOf?: string
  /** Field whose value makes a variant of its own: each value is counted as `indicator#value`. */
  readonly variantOf?: string
}

export interface IndicatorRow {
  readonly summary: string
  /** Short name for charts and headlines. */
  readonly label: string
  readonly category: ActivityCategory
  /** ATT&CK techniques by present id; techniques.ts has the former ids and how often insiders use them. */
  readonly attack: readonly TechniqueId[]
  readonly kinds: readonly ActivityKind[]
  readonly where: IndicatorWhere
  readonly measure: Measure
  readonly thresholds: Thresholds
  /** Why these thresholds. */
  readonly source: string
  /** One sentence for whoever decides whether to switch it on. */
  readonly doc: string
  /** Events weigh by the severity of their feature or application; the weights stand in severity.ts. Absent: each weighs one. */
  readonly weigh?: 'feature' | 'application'
  /** Only days after the person's last working day count; judged when scoring, not when counting. */
  readonly afterDeparture?: true
}

const MIB = 1024 * 1024
const illustration = 'Purview’s published illustration for file events'
const oneIsEnough = 'one is enough to look'

/** Programs that show web pages, by the name of the process without `.exe`. */
export const BROWSERS: readonly string[] = ['firefox', 'firefox-bin', 'firefox-esr', 'librewolf', 'waterfox', 'chrome', 'google chrome', 'google-chrome', 'chromium', 'chromium-browser', 'msedge', 'microsoft edge', 'microsoft-edge', 'brave', 'brave browser', 'brave-browser', 'opera', 'vivaldi', 'vivaldi-bin', 'safari', 'epiphany', 'arc']
/** Files in which shells keep what was typed. */
const HISTORIES: readonly string[] = ['.bash_history', '.zsh_history', '.zhistory', '.ash_history', '.ksh_history', '.sh_history', '.history', 'fish_history', '.python_history', '.psql_history', '.mysql_history', '.sqlite_history', '.node_repl_history', '.lesshst', '.viminfo', 'consolehost_history.txt']
const off: readonly FeatureState[] = ['disabled', 'weakened', 'absent']

export const indicators = {
  // What leaves the device.
  copy_to_removable_media: {
    summary: 'Files copied to removable media.', label: 'Copied to removable media', category: 'exfiltration', attack: ['T1052.001', 'T1052'], kinds: ['file_copied'], where: { location: ['removable'] },
    measure: 'files', thresholds: { low: 10, medium: 20, high: 30 }, source: illustration,
    doc: 'The most frequent way in which insiders take files; switch it off only where sticks cannot be used at all.',
  },
  volume_to_removable_media: {
    summary: 'Bytes copied to removable media.', label: 'Volume to removable media', category: 'exfiltration', attack: ['T1052.001', 'T1052'], kinds: ['file_copied'], where: { location: ['removable'] },
    measure: 'bytes', thresholds: { low: 200 * MIB, medium: 1024 * MIB, high: 4096 * MIB }, source: 'a CD, a DVD and a small stick: what a person carries out on purpose',
    doc: 'Finds the one large archive or disk image that the number of files does not show.',
  },
  copy_to_network_share: {
    summary: 'Files copied to a network share.', label: 'Copied to a network share', category: 'exfiltration', attack: ['T1048'], kinds: ['file_copied'], where: { location: ['network_share'] },
    measure: 'files', thresholds: { low: 100, medium: 300, high: 800 }, source: 'shares are ordinary work, and whoever hands work over fills one: ten times the illustration and more',
    doc: 'Ordinary where teams work on shares; exclude the shares of a backup by their path.',
  },
  copy_to_cloud_sync: {
    summary: 'Files copied into a folder that a cloud client synchronises.', label: 'Copied to a cloud folder', category: 'exfiltration', attack: ['T1567.002', 'T1567'], kinds: ['file_copied'], where: { location: ['cloud_sync'] },
    measure: 'files', thresholds: { low: 10, medium: 20, high: 30 }, source: illustration,
    doc: 'What lies in such a folder leaves by itself; name the organisation’s own cloud folder as an excluded path.',
  },
  copy_to_remote_session: {
    summary: 'Files copied into a drive of a remote desktop session.', label: 'Copied to a remote session', category: 'exfiltration', attack: ['T1021', 'T1048'], kinds: ['file_copied'], where: { location: ['remote_session'] },
    measure: 'files', thresholds: { low: 10, medium: 20, high: 30 }, source: illustration,
    doc: 'A redirected drive puts the file on the computer at the other end of the session.',
  },
  file_read_by_transfer_tool: {
    summary: 'Files read by a program that can send them, browsers aside.', label: 'Read by a transfer tool', category: 'exfiltration', attack: ['T1048', 'T1567'], kinds: ['file_read_by_transfer_tool'], where: { browser: false },
    measure: 'files', thresholds: { low: 10, medium: 20, high: 30 }, source: illustration,
    doc: 'Such as scp, rsync, rclone and curl; exclude the scheduled copy of a backup by its program.',
  },
  browser_upload: {
    summary: 'Files read by a browser, as for an upload.', label: 'Uploaded by a browser', category: 'exfiltration', attack: ['T1567', 'T1567.002'], kinds: ['file_read_by_transfer_tool'], where: { browser: true },
    measure: 'files', thresholds: { low: 10, medium: 20, high: 30 }, source: illustration,
    doc: 'A browser says to nobody where it sends a file, so a document that was only looked at in it counts, too. An upload whose page is known and listed as allowed is excluded.',
  },
  transfer_to_unallowed_domain: {
    summary: 'Files sent to a domain that is listed as unallowed.', label: 'Sent to an unallowed domain', category: 'exfiltration', attack: ['T1567', 'T1567.002', 'T1048'], kinds: ['file_read_by_transfer_tool'], where: { domain: ['unallowed'] },
    measure: 'files', thresholds: { low: 1, medium: 5, high: 10 }, source: 'the organisation has said that nothing may go there: one is enough to look',
    doc: 'Counts nothing until unallowed domains are listed in the detection settings.',
  },
  file_printed: {
    summary: 'Documents printed.', label: 'Printed', category: 'exfiltration', attack: ['T1052'], kinds: ['file_printed'], where: {},
    measure: 'events', thresholds: { low: 20, medium: 50, high: 100 }, source: 'printing is ordinary work: twice the illustration and more',
    doc: 'Paper carries no log; where printing is rare, lower the thresholds.',
  },
  pages_printed: {
    summary: 'Pages printed.', label: 'Pages printed', category: 'exfiltration', attack: ['T1052'], kinds: ['file_printed'], where: { amountOf: 'pages' },
    measure: 'amount', thresholds: { low: 200, medium: 500, high: 1500 }, source: 'a thick binder, a ream of paper, three reams',
    doc: 'Finds the one long list of customers that the number of documents does not show.',
  },

  person_warned: {
    summary: 'Warnings on the device that the person was shown.', label: 'Warned on the device', category: 'exfiltration', attack: ['T1048'], kinds: ['warning_shown'], where: { detail: { outcome: ['shown'] } },
    measure: 'events', thresholds: { low: 3, medium: 6, high: 12 }, source: 'once is a mistake; three notices on one day were read and passed over',
    doc: 'Counts nothing until a device group has edge rules; what leaves after a warning has a booster as well.',
  },

  // What is gathered before.
  copy_from_network_share: {
    summary: 'Files copied from a network share to the device.', label: 'Copied from a network share', category: 'collection', attack: ['T1039'], kinds: ['file_copied'], where: { sourceLocation: ['network_share'], location: ['local'] },
    measure: 'files', thresholds: { low: 50, medium: 150, high: 400 }, source: 'shares are ordinary work: five times the illustration and more',
    doc: 'Says little alone; it is the first step of a sequence that ends on a stick.',
  },
  archive_created: {
    summary: 'Archives made.', label: 'Archives made', category: 'collection', attack: ['T1560.001'], kinds: ['archive_created'], where: {},
    measure: 'events', thresholds: { low: 5, medium: 10, high: 20 }, source: 'one archive holds many files: half the illustration',
    doc: 'Says little alone; it is a step of the sequences that end outside.',
  },
  files_staged: {
    summary: 'Many files gathered in one folder.', label: 'Files gathered', category: 'collection', attack: ['T1074.001'], kinds: ['files_staged'], where: {},
    measure: 'events', thresholds: { low: 1, medium: 3, high: 6 }, source: 'the agent tells one for 20 different files that came from three folders or more into one within 15 minutes, and one more each time that they are twice as many: 20, 80 and 640 files',
    doc: 'What is carried out is often put together first.',
  },
  file_downloaded: {
    summary: 'Files downloaded.', label: 'Downloaded', category: 'collection', attack: ['T1213', 'T1105'], kinds: ['file_downloaded'], where: {},
    measure: 'files', thresholds: { low: 30, medium: 60, high: 120 }, source: 'downloads are ordinary work: three times the illustration',
    doc: 'Downloads from domains that are listed as allowed are excluded.',
  },
  download_from_third_party_domain: {
    summary: 'Files downloaded from a business site of the third-party list.', label: 'Downloaded from a third-party site', category: 'collection', attack: ['T1213'], kinds: ['file_downloaded'], where: { domain: ['third_party'] },
    measure: 'files', thresholds: { low: 10, medium: 20, high: 30 }, source: illustration,
    doc: 'Counts nothing until third-party domains, such as the customer database of a provider, are listed in the detection settings.',
  },
  download_from_unallowed_domain: {
    summary: 'Files downloaded from a domain that is listed as unallowed.', label: 'Downloaded from an unallowed domain', category: 'infiltration', attack: ['T1105'], kinds: ['file_downloaded'], where: { domain: ['unallowed'] },
    measure: 'files', thresholds: { low: 1, medium: 5, high: 10 }, source: 'the organisation has said that nothing should come from there: one is enough to look',
    doc: 'Counts nothing until unallowed domains are listed in the detection settings.',
  },
  copy_from_removable_media: {
    summary: 'Files copied from removable media to the device.', label: 'Copied from removable media', category: 'infiltration', attack: ['T1091'], kinds: ['file_copied'], where: { sourceLocation: ['removable'], location: ['local'] },
    measure: 'files', thresholds: { low: 50, medium: 150, high: 400 }, source: 'photos and handed-over work come this way: five times the illustration and more',
    doc: 'Brings in what no mail filter saw.',
  },

  // What hides it.
  encrypted_archive_created: {
    summary: 'Archives made with a password.', label: 'Encrypted archives', category: 'obfuscation', attack: ['T1560.001'], kinds: ['archive_created'], where: { encrypted: true },
    measure: 'events', thresholds: { low: 1, medium: 3, high: 6 }, source: 'rare in ordinary work, and it hides the content',
    doc: 'Nothing that inspects content sees into them.',
  },
  file_renamed: {
    summary: 'Files renamed or moved.', label: 'Renamed', category: 'obfuscation', attack: ['T1036'], kinds: ['file_renamed'], where: {},
    measure: 'files', thresholds: { low: 100, medium: 300, high: 1000 }, source: 'sorting is ordinary work: ten times the illustration and more',
    doc: 'Says nothing alone; it is a step of sequences.',
  },
  file_renamed_extension: {
    summary: 'Files renamed so that their type no longer shows.', label: 'Type disguised', category: 'obfuscation', attack: ['T1036.008'], kinds: ['file_renamed'], where: { extensionChanged: true },
    measure: 'files', thresholds: { low: 5, medium: 10, high: 20 }, source: 'half the illustration: a rename hides, it does not move',
    doc: 'A drawing that calls itself a picture passes a filter that goes by names.',
  },
  file_hidden: {
    summary: 'Files hidden.', label: 'Hidden', category: 'obfuscation', attack: ['T1564.001'], kinds: ['file_hidden'], where: {},
    measure: 'files', thresholds: { low: 5, medium: 10, high: 20 }, source: 'half the illustration: hiding is rare in ordinary work',
    doc: 'Programs hide their own settings; what they do lies under the default exclusions.',
  },
  label_lowered: {
    summary: 'Sensitivity labels of files lowered.', label: 'Labels lowered', category: 'obfuscation', attack: ['T1565.001'], kinds: ['label_changed'], where: { label: 'lowered' },
    measure: 'files', thresholds: { low: 3, medium: 10, high: 20 }, source: 'a label is lowered on purpose',
    doc: 'A lower label lets a file pass rules that a higher one would not.',
  },
  label_removed: {
    summary: 'Sensitivity labels of files removed.', label: 'Labels removed', category: 'obfuscation', attack: ['T1565.001'], kinds: ['label_changed'], where: { label: 'removed' },
    measure: 'files', thresholds: { low: 2, medium: 6, high: 15 }, source: 'a label is removed on purpose, and less often than lowered',
    doc: 'Without a label no rule knows the file.',
  },

  // What clears up behind it.
  file_deleted: {
    summary: 'Files deleted.', label: 'Deleted', category: 'deletion', attack: ['T1070.004', 'T1485'], kinds: ['file_deleted'], where: { location: ['local', 'unknown'] },
    measure: 'files', thresholds: { low: 100, medium: 300, high: 1000 }, source: 'tidying up is ordinary work: ten times the illustration and more',
    doc: 'Destruction shows in numbers; as a clean-up it is a step of sequences.',
  },
  exfiltrated_file_deleted: {
    summary: 'Files deleted that had left the device before.', label: 'Deleted after leaving', category: 'deletion', attack: ['T1070.004'], kinds: ['file_deleted'], where: { detail: { wasExfiltrated: [true] } },
    measure: 'files', thresholds: { low: 5, medium: 15, high: 30 }, source: 'half the illustration at first: the order of the two says more than the number',
    doc: 'The agent knows by the content of the file that it was on a stick, a share or in a cloud folder.',
  },
  command_history_deleted: {
    summary: 'The file was deleted in which a shell keeps what was typed.', label: 'Command history deleted', category: 'deletion', attack: ['T1070.003'], kinds: ['file_deleted'], where: { fileNames: HISTORIES },
    measure: 'events', thresholds: { low: 1, medium: 3, high: 6 }, source: oneIsEnough,
    doc: 'Tidying programs do it too; inside a sequence it says that somebody clears up.',
  },

  // Access to places, media and records.
  removable_media_mounted: {
    summary: 'Removable media mounted.', label: 'Removable media', category: 'access', attack: ['T1091', 'T1052.001', 'T1200'], kinds: ['removable_media_mounted'], where: { fresh: true },
    measure: 'events', thresholds: { low: 4, medium: 10, high: 20 }, source: 'a stick in the morning and one after lunch is ordinary',
    doc: 'Media of the allowed list are excluded.',
  },
  sensitive_file_handled: {
    summary: 'Files with sensitive content made or changed on the device.', label: 'Sensitive files handled', category: 'access', attack: ['T1005'], kinds: ['file_created', 'file_changed'], where: { sensitive: true },
    measure: 'files', thresholds: { low: 20, medium: 60, high: 150 }, source: 'twice the illustration and more: for some it is their work',
    doc: 'Needs content inspection on the agent; sensitive types that the settings leave out do not count.',
  },
  physical_access_after_departure: {
    summary: 'A badge opened a door after the person’s last working day.', label: 'Access after departure', category: 'access', attack: ['T1078'], kinds: ['physical_access'], where: { detail: { status: ['success'] } }, afterDeparture: true,
    measure: 'events', thresholds: { low: 1, medium: 2, high: 4 }, source: oneIsEnough,
    doc: 'Needs the badging connector and the HR connector; days up to the last working day never count.',
  },
  physical_access_failed_priority: {
    summary: 'A badge was refused at a priority asset.', label: 'Refused at a priority asset', category: 'access', attack: ['T1078'], kinds: ['physical_access'], where: { detail: { status: ['failed'] }, priorityAsset: true },
    measure: 'events', thresholds: { low: 2, medium: 4, high: 8 }, source: 'a badge that is read badly once is ordinary',
    doc: 'Counts nothing until priority assets are listed in the detection settings.',
  },
  physical_access_failed: {
    summary: 'A badge was refused.', label: 'Badge refused', category: 'access', attack: ['T1078'], kinds: ['physical_access'], where: { detail: { status: ['failed'] } },
    measure: 'events', thresholds: { low: 5, medium: 10, high: 20 }, source: 'worn badges and wrong doors are ordinary: half the illustration',
    doc: 'Says little alone; at priority assets another indicator asks for less.',
  },
  patient_record_of_self: {
    summary: 'The own patient record opened.', label: 'Own record', category: 'access', attack: ['T1213'], kinds: ['patient_record_accessed'], where: { detail: { relation: ['self'] } },
    measure: 'events', thresholds: { low: 1, medium: 3, high: 6 }, source: oneIsEnough,
    doc: 'Allowed in some organisations, and in most only through the patients’ portal.',
  },
  patient_record_of_family: {
    summary: 'Patient records of family members opened.', label: 'Family records', category: 'access', attack: ['T1213'], kinds: ['patient_record_accessed'], where: { detail: { relation: ['family'] } },
    measure: 'events', thresholds: { low: 1, medium: 3, high: 6 }, source: oneIsEnough,
    doc: 'Same last name and address, as the HR profile says.',
  },
  patient_record_of_neighbour: {
    summary: 'Patient records of neighbours opened.', label: 'Neighbours’ records', category: 'access', attack: ['T1213'], kinds: ['patient_record_accessed'], where: { detail: { relation: ['neighbour'] } },
    measure: 'events', thresholds: { low: 1, medium: 3, high: 6 }, source: oneIsEnough,
    doc: 'Same address and another name, as the HR profile says.',
  },
  patient_record_of_co_worker: {
    summary: 'Patient records of co-workers opened.', label: 'Co-workers’ records', category: 'access', attack: ['T1213'], kinds: ['patient_record_accessed'], where: { detail: { relation: ['co_worker'] } },
    measure: 'events', thresholds: { low: 2, medium: 4, high: 8 }, source: 'employees are patients of their own hospital now and then: one of them a day is ordinary work',
    doc: 'The patient is an employee, as the HR profile says; a works physician opens them as work.',
  },
  patient_record_restricted: {
    summary: 'Restricted patient records opened.', label: 'Restricted records', category: 'access', attack: ['T1213'], kinds: ['patient_record_accessed'], where: { detail: { relation: ['restricted'] } },
    measure: 'events', thresholds: { low: 3, medium: 6, high: 12 }, source: 'a third of the illustration: emergencies are ordinary',
    doc: 'Records behind a warning that asks for a reason.',
  },
  patient_record_volume: {
    summary: 'Patient records opened.', label: 'Records opened', category: 'access', attack: ['T1213'], kinds: ['patient_record_accessed'], where: {},
    measure: 'events', thresholds: { low: 100, medium: 200, high: 400 }, source: 'a full day of a busy ward, twice and four times as much',
    doc: 'Compare with the person’s own usual day: wards differ.',
  },

  // Protection.
  protective_feature_disabled: {
    summary: 'A firewall, audit, logging, malware or encryption feature was switched off or weakened.', label: 'Protection switched off', category: 'security', attack: ['T1685', 'T1685.004', 'T1685.006', 'T1686', 'T1690'],
    kinds: ['security_feature_changed'], where: { featureTo: off, featureClass: ['protective'] }, weigh: 'feature',
    measure: 'events', thresholds: { low: 1, medium: 2, high: 4 }, source: 'one is enough to look; several on a day are no accident',
    doc: 'Alone it scores low, malware protection and the audit log somewhat more than a firewall; before files leave it scores high.',
  },
  protective_feature_restored: {
    summary: 'A firewall, audit, logging, malware or encryption feature was switched on.', label: 'Protection switched on', category: 'security', attack: ['T1685'],
    kinds: ['security_feature_changed'], where: { featureTo: ['enabled'], featureClass: ['protective'] },
    measure: 'events', thresholds: { low: 100, medium: 200, high: 300 }, source: 'no fault; kept because a pause that ends within the hour weighs half',
    doc: 'No template scores it: it says how long protection was off.',
  },
  hardening_disabled: {
    summary: 'A hardening setting of the system was switched off or weakened.', label: 'Hardening weakened', category: 'security', attack: ['T1685', 'T1548', 'T1556'],
    kinds: ['security_feature_changed'], where: { featureTo: off, featureClass: ['hardening'] }, weigh: 'feature',
    measure: 'events', thresholds: { low: 2, medium: 4, high: 8 }, source: 'administration changes settings now and then',
    doc: 'Rights of sudo and the signatures of modules count whole, an option of sshd half, a minor setting a fifth.',
  },
  persistence_changed: {
    summary: 'A place where programs are made to start was changed.', label: 'Start-up changed', category: 'security', attack: ['T1053', 'T1543', 'T1546'],
    kinds: ['security_feature_changed'], where: { featureClass: ['persistence'] },
    measure: 'events', thresholds: { low: 3, medium: 6, high: 12 }, source: 'package installation does this too',
    doc: 'Timers, units and scheduled jobs that outlast a sign-out.',
  },
  telemetry_tampered: {
    summary: 'The agent or its files were changed.', label: 'Agent tampered with', category: 'security', attack: ['T1685'], kinds: ['agent_tampered'], where: {},
    measure: 'events', thresholds: { low: 1, medium: 2, high: 4 }, source: oneIsEnough,
    doc: 'Nobody but an update has a reason to.',
  },
  agent_killed: {
    summary: 'The agent started after it had not ended cleanly.', label: 'Agent killed', category: 'security', attack: ['T1685'], kinds: ['agent_started'], where: { detail: { unclean: [true] } },
    measure: 'events', thresholds: { low: 2, medium: 4, high: 8 }, source: 'power fails now and then; twice on a day is worth a look',
    doc: 'Killing the process looks like a power cut, once.',
  },
  agent_stopped: {
    summary: 'The agent was stopped.', label: 'Agent stopped', category: 'security', attack: ['T1685'], kinds: ['agent_stopped'], where: {},
    measure: 'events', thresholds: { low: 5, medium: 10, high: 20 }, source: 'every shutdown of the device stops it: half the illustration',
    doc: 'The sequence number goes on afterwards: what was not seen is time, not activities.',
  },
  telemetry_gap: {
    summary: 'A sensor missed notifications of the system.', label: 'Telemetry gaps', category: 'security', attack: ['T1685'], kinds: ['telemetry_gap'], where: {},
    measure: 'events', thresholds: { low: 10, medium: 30, high: 100 }, source: 'a large build or an unpacked archive floods a sensor too',
    doc: 'A flood of notifications can hide one of them; a rescan marks what it finds as recovered.',
  },
  clock_changed: {
    summary: 'The clock of the device was moved.', label: 'Clock moved', category: 'security', attack: ['T1070.006'], kinds: ['clock_changed'], where: {},
    measure: 'events', thresholds: { low: 2, medium: 4, high: 8 }, source: 'waking up and setting the time once is ordinary',
    doc: 'A moved clock puts activities on another day; what lies outside all windows counts when it arrives.',
  },

  // Software.
  unwanted_application_installed: {
    summary: 'Software for remote access, anonymity, tunnelling, wiping, attack, transfer or the like was installed or run.', label: 'Unwanted application', category: 'security', attack: ['T1219', 'T1090.003', 'T1572', 'T1588.002', 'T1567.002', 'T1070.004', 'T1561.001', 'T1056.001', 'T1555', 'T1046', 'T1133', 'T1113', 'T1564.006'],
    kinds: ['application_installed', 'application_run'], where: { application: 'unwanted' }, weigh: 'application',
    measure: 'events', thresholds: { low: 1, medium: 2, high: 4 }, source: oneIsEnough,
    doc: 'Each class has its weight; exclude what your help desk and your developers use by name, or a whole class as `class:vpn`.',
  },
  application_installed: {
    summary: 'Applications installed that are on no list.', label: 'Applications installed', category: 'security', attack: ['T1072'], kinds: ['application_installed'], where: { application: 'other' },
    measure: 'events', thresholds: { low: 30, medium: 100, high: 300 }, source: 'one installation brings its dependencies: dozens of packages',
    doc: 'For the unusual day, not for the single package.',
  },
  application_removed: {
    summary: 'Applications removed.', label: 'Applications removed', category: 'security', attack: ['T1685'], kinds: ['application_removed'], where: {},
    measure: 'events', thresholds: { low: 30, medium: 100, high: 300 }, source: 'one removal takes its dependencies along: dozens of packages',
    doc: 'Protection that is uninstalled is also seen as a feature that is absent.',
  },

  // What other systems say.
  security_alert_defence_evasion: {
    summary: 'Another security product saw a defence being evaded or switched off.', label: 'Alerts: defence evasion', category: 'security', attack: ['T1685'], kinds: ['security_alert_raised'], where: { alertFamily: ['defence_evasion'] },
    measure: 'events', thresholds: { low: 1, medium: 2, high: 4 }, source: oneIsEnough,
    doc: 'Needs the security alert connector; alerts that somebody has judged to be false do not count.',
  },
  security_alert_unwanted_software: {
    summary: 'Another security product saw unwanted or malicious software.', label: 'Alerts: unwanted software', category: 'security', attack: ['T1588.002'], kinds: ['security_alert_raised'], where: { alertFamily: ['unwanted_software'] },
    measure: 'events', thresholds: { low: 1, medium: 3, high: 6 }, source: 'one is enough to look; software that is found again and again says more',
    doc: 'Needs the security alert connector; alerts that somebody has judged to be false do not count.',
  },
  security_alert_other: {
    summary: 'Another security product raised an alert of another kind.', label: 'Other alerts', category: 'security', attack: ['T1078'], kinds: ['security_alert_raised'], where: { alertFamily: ['other'] },
    measure: 'events', thresholds: { low: 2, medium: 5, high: 10 }, source: 'half the illustration: kinds differ, and so do products',
    doc: 'Needs the security alert connector; alerts that somebody has judged to be false do not count.',
  },
  custom_detection: {
    summary: 'A detection of another system that was imported, each definition by itself.', label: 'Custom indicator', category: 'context', attack: ['T1078'], kinds: ['custom_detection'], where: { amountOf: 'amount', variantOf: 'indicator' },
    measure: 'amount', thresholds: { low: 10, medium: 20, high: 30 }, source: illustration,
    doc: 'Counted as `custom_detection#<definition>`; give each definition thresholds that suit what it counts.',
  },
} as const satisfies Record<string, IndicatorRow>

export type IndicatorId = keyof typeof indicators

export const INDICATOR_IDS = Object.keys(indicators) as readonly IndicatorId[]
export const isIndicatorId = (id: string): id is IndicatorId => Object.hasOwn(indicators, id)
/** The id without its `#variant`. */
export const baseIndicator = (id: string): string => {
  const at = id.indexOf('#')
  return at < 0 ? id : id.slice(0, at)
}
const rows = new Map<string, IndicatorRow>(Object.entries(indicators))
/** The row of an id that may carry a `#variant`. */
export const indicatorRow = (id: string): IndicatorRow | undefined => rows.get(id) ?? (id.includes('#') ? rows.get(baseIndicator(id)) : undefined)
