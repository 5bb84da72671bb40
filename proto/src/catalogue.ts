/**
 * The catalogue of activities: one row for each arm of `Activity.detail`, in the order of the .proto file.
 *
 * It is the source of the activity reference, of `holdfast-agent what-is-collected` and of the kinds that an indicator may name.
 */

export type ActivityCategory = 'access' | 'deletion' | 'collection' | 'exfiltration' | 'infiltration' | 'obfuscation' | 'security' | 'context' | 'agent'

export interface ActivityKindRow {
  /** Field number in `Activity.detail`; also what the store keeps. */
  readonly number: number
  /** Name of the field as protobufjs spells it. */
  readonly field: string
  readonly category: ActivityCategory
  /** One plain sentence, also for the watched person. */
  readonly summary: string
}

export const activityKinds = {
  file_copied: { number: 10, field: 'fileCopied', category: 'exfiltration', summary: 'A file was copied to a removable volume, a share, a cloud-sync folder or another watched place.' },
  file_created: { number: 11, field: 'fileCreated', category: 'collection', summary: 'A file was created in a watched place.' },
  file_changed: { number: 12, field: 'fileChanged', category: 'collection', summary: 'A file in a watched place was changed.' },
  file_renamed: { number: 13, field: 'fileRenamed', category: 'obfuscation', summary: 'A file was renamed or moved.' },
  file_hidden: { number: 14, field: 'fileHidden', category: 'obfuscation', summary: 'A file was hidden.' },
  file_deleted: { number: 15, field: 'fileDeleted', category: 'deletion', summary: 'A file was deleted.' },
  archive_created: { number: 16, field: 'archiveCreated', category: 'collection', summary: 'An archive was made.' },
  file_downloaded: { number: 17, field: 'fileDownloaded', category: 'collection', summary: 'A file was downloaded.' },
  file_read_by_transfer_tool: { number: 18, field: 'fileReadByTransferTool', category: 'exfiltration', summary: 'A program that can send files read a file.' },
  file_printed: { number: 19, field: 'filePrinted', category: 'exfiltration', summary: 'A document was printed.' },
  files_staged: { number: 20, field: 'filesStaged', category: 'collection', summary: 'Many files were gathered in one folder.' },
  label_changed: { number: 21, field: 'labelChanged', category: 'obfuscation', summary: 'The sensitivity label of a file was lowered or removed.' },
  removable_media_connected: { number: 30, field: 'removableMediaConnected', category: 'access', summary: 'A removable medium was connected.' },
  removable_media_mounted: { number: 31, field: 'removableMediaMounted', category: 'access', summary: 'A volume on a removable medium was mounted.' },
  removable_media_unmounted: { number: 32, field: 'removableMediaUnmounted', category: 'access', summary: 'A volume on a removable medium was unmounted.' },
  removable_media_disconnected: { number: 33, field: 'removableMediaDisconnected', category: 'access', summary: 'A removable medium was disconnected.' },
  security_feature_changed: { number: 40, field: 'securityFeatureChanged', category: 'security', summary: 'A security feature of the device was switched on, off or changed.' },
  application_installed: { number: 50, field: 'applicationInstalled', category: 'security', summary: 'An application or package was installed.' },
  application_updated: { number: 51, field: 'applicationUpdated', category: 'security', summary: 'An application or package was updated.' },
  application_removed: { number: 52, field: 'applicationRemoved', category: 'security', summary: 'An application or package was removed.' },
  application_run: { number: 53, field: 'applicationRun', category: 'security', summary: 'An application that the policy names was run.' },
  session_started: { number: 60, field: 'sessionStarted', category: 'context', summary: 'A session began.' },
  session_ended: { number: 61, field: 'sessionEnded', category: 'context', summary: 'A session ended.' },
  agent_started: { number: 70, field: 'agentStarted', category: 'agent', summary: 'The agent started.' },
  agent_stopped: { number: 71, field: 'agentStopped', category: 'agent', summary: 'The agent stopped.' },
  agent_degraded: { number: 72, field: 'agentDegraded', category: 'agent', summary: 'A sensor of the agent sees less than it should.' },
  agent_tampered: { number: 73, field: 'agentTampered', category: 'agent', summary: 'Something changed the agent or its files.' },
  clock_changed: { number: 74, field: 'clockChanged', category: 'agent', summary: 'The clock of the device was moved.' },
  telemetry_gap: { number: 75, field: 'telemetryGap', category: 'agent', summary: 'A sensor missed notifications of the system.' },
  warning_shown: { number: 76, field: 'warningShown', category: 'agent', summary: 'The person was warned on the device, or could not be.' },
  exception_requested: { number: 77, field: 'exceptionRequested', category: 'agent', summary: 'The person asked for permission to use a removable medium.' },
  patient_record_accessed: { number: 90, field: 'patientRecordAccessed', category: 'access', summary: 'A patient record was opened.' },
  security_alert_raised: { number: 91, field: 'securityAlertRaised', category: 'security', summary: 'Another security product raised an alert or changed its status.' },
  physical_access: { number: 92, field: 'physicalAccess', category: 'access', summary: 'A badge was held to a reader.' },
  custom_detection: { number: 93, field: 'customDetection', category: 'context', summary: 'A detection of another system was imported.' },
} as const satisfies Record<string, ActivityKindRow>

export type ActivityKind = keyof typeof activityKinds

export const ACTIVITY_KINDS = Object.keys(activityKinds) as readonly ActivityKind[]

const byNumber = new Map<number, ActivityKind>(ACTIVITY_KINDS.map((kind) => [activityKinds[kind].number, kind]))
const byField = new Map<string, ActivityKind>(ACTIVITY_KINDS.map((kind) => [activityKinds[kind].field, kind]))

export const kindOfNumber = (number: number): ActivityKind | undefined => byNumber.get(number)
export const kindOfField = (field: string): ActivityKind | undefined => byField.get(field)
