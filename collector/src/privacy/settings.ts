// What an organisation decides about names and about how long things are kept. Every default is a number with a source.
import { RETENTION_CLASSES, type RetentionClass } from '../store/privacy.ts'
import type { StoreReader, StoreWriter } from '../store/store.ts'

export const REVEAL_REASONS = ['case_work', 'legal_request', 'hr_request', 'safety', 'check_of_detection', 'other'] as const
export const ERASURE_REASONS = ['request_of_person', 'left_organisation', 'court_order', 'other'] as const

export interface PrivacySettings {
  /** Another account with the role Approver must agree before a name is shown. */
  readonly revealNeedsSecond: boolean
  /** How long a name stays shown. 0.25 to 72. */
  readonly revealHours: number
  /** The same for erasing a person. */
  readonly erasureNeedsSecond: boolean
  /** How long a request waits. 1 to 168. */
  readonly requestHours: number
}

export const DEFAULT_PRIVACY: PrivacySettings = { revealNeedsSecond: false, revealHours: 4, erasureNeedsSecond: true, requestHours: 24 }

export interface RetentionClassRow {
  readonly days: number
  readonly least: number
  /** What it is, and what the days count from. */
  readonly doc: string
}

/** Alerts, cases and the audit log follow the published numbers of Purview; the others are ours. */
export const retentionClasses: Readonly<Record<RetentionClass, RetentionClassRow>> = {
  alerts_needing_review: { days: 120, least: 7, doc: 'Alerts that nobody decided on, from the day they were made.' },
  alerts_decided: { days: 180, least: 7, doc: 'Alerts that were confirmed, dismissed or resolved without a case, from the decision.' },
  cases_resolved: { days: 120, least: 7, doc: 'Closed cases with their alerts, notes, history and notices, from the resolution. Active cases stay for ever.' },
  activities: { days: 180, least: 7, doc: 'What devices and imports reported, from the day it arrived. Shorter than the widest look-back of a policy, and that policy sees less.' },
  insights: { days: 365, least: 120, doc: 'Daily counts of a person under an indicator. What is usual for somebody is learnt from these.' },
  triggers: { days: 365, least: 120, doc: 'Triggering events such as HR dates, from the day that they take effect.' },
  evidence: { days: 120, least: 1, doc: 'Copies of files that capture rules took, from the capture. A tombstone with the hash and the chain of custody stay.' },
  requests: { days: 180, least: 30, doc: 'Requests to see a name or to erase a person that are over. The audit log has them too.' },
  connector_runs: { days: 180, least: 7, doc: 'Imports: when, how many rows, by whom.' },
  quarantine: { days: 90, least: 1, doc: 'Messages that could not be decoded or trusted, from their arrival.' },
  sessions: { days: 30, least: 1, doc: 'Sessions of accounts, from their end.' },
  reports: { days: 120, least: 1, doc: 'User activity reports and the links to them.' },
  drills: { days: 365, least: 7, doc: 'Fire drills of devices: what was measured, without any person, from their start.' },
  fleet_notices: { days: 365, least: 7, doc: 'Notices on the fleet, such as a device that fell silent, from their end. Open ones stay.' },
  rollouts: { days: 365, least: 7, doc: 'Roll-outs that are over, with the revisions that they brought and where each device was, from their end. The latest of each group stays.' },
  media_exceptions: { days: 365, least: 30, doc: 'Requests for an exception for a removable medium, and what became of them, from the request. Those that wait or hold stay. The audit log has them too.' },
  questions: { days: 90, least: 1, doc: 'Live questions to devices and their answers, from the day they were asked. The audit log has who asked what of which device.' },
  outbox: { days: 30, least: 1, doc: 'Records of changes on their way to other systems, and those that were sent, for sending them again.' },
  audit: { days: 180, least: 90, doc: 'The audit log, from its start. A signed checkpoint stands for what is gone, so that the rest still verifies.' },
}

export const MOST_DAYS = 3650

export interface RetentionSettings {
  /** Days a class is kept; null: for ever. */
  readonly days: Readonly<Record<RetentionClass, number | null>>
}

export const DEFAULT_RETENTION: RetentionSettings = { days: Object.fromEntries(RETENTION_CLASSES.map((cls) => [cls, retentionClasses[cls].days])) as Record<RetentionClass, number> }

interface Stored<T> {
  readonly value: T
  /** Rises with every change; the ETag. */
  readonly revision: number
  readonly changedAtMs?: number
  readonly changedBy?: string
}

async function read<T extends object>(store: StoreReader, key: string, defaults: T): Promise<Stored<T>> {
  const text = await store.setting(key)
  if (text === undefined) return { value: defaults, revision: 0 }
  const stored = JSON.parse(text) as Stored<T>
  // A class that came with a newer release has its default until somebody says otherwise.
  return { ...stored, value: { ...defaults, ...stored.value } }
}

const PRIVACY_KEY = 'privacy'
const RETENTION_KEY = 'retention'

export const privacySettings = (store: StoreReader): Promise<Stored<PrivacySettings>> => read(store, PRIVACY_KEY, DEFAULT_PRIVACY)
export const savePrivacySettings = (tx: StoreWriter, stored: Stored<PrivacySettings>): Promise<void> => tx.saveSetting(PRIVACY_KEY, JSON.stringify(stored))

export async function retentionSettings(store: StoreReader): Promise<Stored<RetentionSettings>> {
  const stored = await read(store, RETENTION_KEY, DEFAULT_RETENTION)
  return { ...stored, value: { days: { ...DEFAULT_RETENTION.days, ...stored.value.days } } }
}
export const saveRetentionSettings = (tx: StoreWriter, stored: Stored<RetentionSettings>): Promise<void> => tx.saveSetting(RETENTION_KEY, JSON.stringify(stored))
