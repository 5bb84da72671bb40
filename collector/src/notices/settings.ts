// Settings of cases, mail and notifications, as the store keeps them: JSON, with defaults for what is not there.
//
// The password of the mail server and the secrets of webhooks are sealed: what is read from the store has no plain one, and
// only who is about to send opens it. Rows from before that are sealed by `sealPlainSecrets` when the collector starts.
import type { Sealer } from '../access/seal.ts'
import { type CaseSettings, DEFAULT_CASE_SETTINGS } from '../domain/cases/case.ts'
import { CodedError } from '../errors.ts'
import type { MailSettings } from '../exports/mail.ts'
import type { Store, StoreReader, StoreWriter } from '../store/store.ts'

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

/** What `open` gives, or undefined when the secret in it cannot be read any more. */
export function unlessUnreadable<T>(open: () => T): T | undefined {
  try {
    return open()
  } catch (error) {
    if (error instanceof CodedError && error.code === 'SECRET_UNREADABLE') return undefined
    throw error
  }
}

const MAIL = 'mail'
const MAIL_PASSWORD = 'mail.password'

/** A secret as the store has it; no text, so that nobody takes it for the secret itself. */
export interface Sealed {
  readonly sealed: string
}
export type KeptMailSettings = Omit<MailSettings, 'password'> & { readonly password?: Sealed }

function sealMail(sealer: Sealer, { password, ...rest }: MailSettings): KeptMailSettings {
  return password === undefined ? rest : { ...rest, password: { sealed: sealer.seal(password, MAIL_PASSWORD) } }
}
/** Undefined while no mail server is set up. */
export const readMailSettings = (reader: StoreReader): Promise<Kept<KeptMailSettings | undefined>> => read<KeptMailSettings | undefined>(reader, MAIL, undefined)
/** Undefined takes the server away. */
export const saveMailSettings = (tx: StoreWriter, sealer: Sealer, value: MailSettings | undefined, revision: number): Promise<void> => save(tx, MAIL, value === undefined ? null : sealMail(sealer, value), revision)
/** With the password, to send with. @throws SECRET_UNREADABLE when the installation's key is another */
export function openMailSettings(sealer: Sealer, { password, ...rest }: KeptMailSettings): MailSettings {
  return password === undefined ? rest : { ...rest, password: sealer.open(password.sealed, MAIL_PASSWORD) }
}
/** To send with now; undefined while there is no server, or its password cannot be read. */
export async function usableMailSettings(reader: StoreReader, sealer: Sealer): Promise<MailSettings | undefined> {
  const { value } = await readMailSettings(reader)
  return value === undefined ? undefined : unlessUnreadable(() => openMailSettings(sealer, value))
}

/** What an account may be told of. */
export const notificationKinds = {
  high_alert: { doc: 'A new alert of high severity.', permission: 'alert.read' },
  first_alert: { doc: 'The first alert of a policy.', permission: 'policy.read' },
  assignment: { doc: 'An alert or a case is given to you.', permission: 'case.contribute' },
  policy_health: { doc: 'Once a week: policies that have something wrong.', permission: 'policy.read' },
  fleet: { doc: 'Notices on the fleet: a device fell silent or was cloned, activities are missing, a roll-out stopped.', permission: 'device.manage' },
  analytics: { doc: 'News of the analytics: a new risk, or that it was turned off.', permission: 'overview.read' },
} as const
export type NotificationKind = keyof typeof notificationKinds
export const NOTIFICATION_KINDS = Object.keys(notificationKinds) as readonly NotificationKind[]

export interface OpenWebhook {
  readonly url: string
  /** `whsec_…`, as Standard Webhooks has it. */
  readonly secret: string
}
export interface KeptWebhook {
  readonly url: string
  readonly secret: Sealed
}
const webhookPurpose = (accountId: string): string => `webhook:${accountId}`
export const sealWebhook = (sealer: Sealer, accountId: string, { url, secret }: OpenWebhook): KeptWebhook => ({ url, secret: { sealed: sealer.seal(secret, webhookPurpose(accountId)) } })
/** @throws SECRET_UNREADABLE when the installation's key is another */
export const openWebhook = (sealer: Sealer, accountId: string, { url, secret }: KeptWebhook): OpenWebhook => ({ url, secret: sealer.open(secret.sealed, webhookPurpose(accountId)) })

export interface NotificationPreferences {
  /** Empty: no mail. */
  readonly email: string
  readonly mail: readonly NotificationKind[]
  readonly webhook?: KeptWebhook
  readonly webhookFor: readonly NotificationKind[]
  /** Between two messages at least; what comes meanwhile goes into the next one. */
  readonly digestMinutes: number
}

export const DEFAULT_PREFERENCES: NotificationPreferences = { email: '', mail: ['high_alert', 'first_alert', 'assignment', 'policy_health', 'fleet', 'analytics'], webhookFor: [], digestMinutes: 15 }
const preferencesKey = (accountId: string): string => `notifications:${accountId}`
export const readPreferences = (reader: StoreReader, accountId: string): Promise<Kept<NotificationPreferences>> => read(reader, preferencesKey(accountId), DEFAULT_PREFERENCES)
export const savePreferences = (tx: StoreWriter, accountId: string, value: NotificationPreferences, revision: number): Promise<void> => save(tx, preferencesKey(accountId), value, revision)

/**
 * Seals what releases of before kept in the clear; revisions stay. To be called before anybody reads these settings.
 *
 * @returns how many secrets were sealed
 */
export function sealPlainSecrets(store: Store, sealer: Sealer): Promise<number> {
  return store.write(async (tx) => {
    let sealed = 0
    const { value: mail, revision: mailRevision } = await read<MailSettings | KeptMailSettings | undefined>(tx, MAIL, undefined)
    if (mail !== undefined && typeof mail.password === 'string') {
      await saveMailSettings(tx, sealer, { ...mail, password: mail.password }, mailRevision)
      sealed += 1
    }
    for (const { id } of await tx.accounts()) {
      const { value, revision } = await readPreferences(tx, id)
      const webhook = value.webhook as KeptWebhook | OpenWebhook | undefined
      if (webhook === undefined || typeof webhook.secret !== 'string') continue
      await savePreferences(tx, id, { ...value, webhook: sealWebhook(sealer, id, { url: webhook.url, secret: webhook.secret }) }, revision)
      sealed += 1
    }
    return sealed
  })
}

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
