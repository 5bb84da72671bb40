// Settings of cases, mail and notifications, as the store keeps them: JSON, with defaults for what is not there.
import { type CaseSettings, DEFAULT_CASE_SETTINGS } from '../domain/cases/case.ts'
import type { MailSettings } from '../exports/mail.ts'
import type { StoreReader, StoreWriter } from '../store/store.ts'

export interface Kept<T> {
  readonly value: T
  /** 0 when nothing was stored; the ETag. */
  readonly revision: number
}

async function read<T>(reader: StoreReader, key: string, fallback: T): Promise<Kept<T>> {
  const text = await reader.setting(key)
  if (text === undefined) return { value: fallback, revision: 0 }
  // Written by the function below.
  const { value, revision } = JSON.parse(text) as Kept<T | null>
  return { value: value === null ? fallback : { ...fallback, ...value }, revision }
}

async function save<T>(tx: StoreWriter, key: string, value: T, revision: number): Promise<void> {
  await tx.saveSetting(key, JSON.stringify({ value, revision }))
}

const CASES = 'cases'
export const readCaseSettings = (reader: StoreReader): Promise<Kept<CaseSettings>> => read(reader, CASES, DEFAULT_CASE_SETTINGS)
export const saveCaseSettings = (tx: StoreWriter, value: CaseSettings, revision: number): Promise<void> => save(tx, CASES, value, revision)

const MAIL = 'mail'
/** Undefined while no mail server is set up. */
export const readMailSettings = (reader: StoreReader): Promise<Kept<MailSettings | undefined>> => read<MailSettings | undefined>(reader, MAIL, undefined)
/** Undefined takes the server away. */
export const saveMailSettings = (tx: StoreWriter, value: MailSettings | undefined, revision: number): Promise<void> => save(tx, MAIL, value ?? null, revision)

/** What an account may be told of. */
export const notificationKinds = {
  high_alert: { doc: 'A new alert of high severity.', permission: 'alert.read' },
  first_alert: { doc: 'The first alert of a policy.', permission: 'policy.read' },
  assignment: { doc: 'An alert or a case is given to you.', permission: 'case.contribute' },
  policy_health: { doc: 'Once a week: policies that have something wrong.', permission: 'policy.read' },
  analytics: { doc: 'News of the analytics: a new risk, or that it was turned off.', permission: 'overview.read' },
} as const
export type NotificationKind = keyof typeof notificationKinds
export const NOTIFICATION_KINDS = Object.keys(notificationKinds) as readonly NotificationKind[]

export interface NotificationPreferences {
  /** Empty: no mail. */
  readonly email: string
  readonly mail: readonly NotificationKind[]
  readonly webhook?: { readonly url: string; readonly secret: string }
  readonly webhookFor: readonly NotificationKind[]
  /** Between two messages at least; what comes meanwhile goes into the next one. */
  readonly digestMinutes: number
}

export const DEFAULT_PREFERENCES: NotificationPreferences = { email: '', mail: ['high_alert', 'first_alert', 'assignment', 'policy_health', 'analytics'], webhookFor: [], digestMinutes: 15 }
const preferencesKey = (accountId: string): string => `notifications:${accountId}`
export const readPreferences = (reader: StoreReader, accountId: string): Promise<Kept<NotificationPreferences>> => read(reader, preferencesKey(accountId), DEFAULT_PREFERENCES)
export const savePreferences = (tx: StoreWriter, accountId: string, value: NotificationPreferences, revision: number): Promise<void> => save(tx, preferencesKey(accountId), value, revision)

/** What became of the last message to an account. */
export interface NotificationState {
  readonly atMs: number
  readonly channel: 'mail' | 'webhook'
  readonly ok: boolean
  readonly answer: string
}
const stateKey = (accountId: string, channel: 'mail' | 'webhook'): string => `notification-state:${accountId}:${channel}`
export async function readNotificationState(reader: StoreReader, accountId: string, channel: 'mail' | 'webhook'): Promise<NotificationState | undefined> {
  const text = await reader.setting(stateKey(accountId, channel))
  return text === undefined ? undefined : (JSON.parse(text) as NotificationState)
}
export const saveNotificationState = (tx: StoreWriter, accountId: string, state: NotificationState): Promise<void> => tx.saveSetting(stateKey(accountId, state.channel), JSON.stringify(state))

export interface NotificationSettings {
  /** `https://hooks.example.com`: webhooks go nowhere else. */
  readonly webhookOrigins: readonly string[]
}
const NOTIFICATIONS = 'notifications'
export const readNotificationSettings = (reader: StoreReader): Promise<Kept<NotificationSettings>> => read(reader, NOTIFICATIONS, { webhookOrigins: [] })
export const saveNotificationSettings = (tx: StoreWriter, value: NotificationSettings, revision: number): Promise<void> => save(tx, NOTIFICATIONS, value, revision)
