// Every setting of the installation in one table: what it does, in both languages, its default, and where it is changed. A setting
// that is added elsewhere gets a row here; catalogue.test.ts holds the table against the keys of the configuration.
import { readRiskLevelSettings } from '../../analysis/risk-levels.ts'
import { accessSettings } from '../../access/settings.ts'
import { type Config, type ConfigKey, configKeys } from '../../config.ts'
import { defaultRiskLevelSettings } from '../../domain/adaptive/risk-level.ts'
import { defaultHoursToDecision } from '../../domain/cases/decision-clock.ts'
import { DEFAULT_CASE_SETTINGS } from '../../domain/cases/case.ts'
import { defaultEvidenceSettings, readEvidenceSettings } from '../../evidence/settings.ts'
import { ANALYTICS_SETTING } from '../../fleet/groups.ts'
import { readFeedSettings } from '../../exports/feed-settings.ts'
import { readCaseSettings, readMailSettings, readNotificationSettings } from '../../notices/settings.ts'
import { DEFAULT_PRIVACY, DEFAULT_RETENTION, privacySettings, retentionSettings } from '../../privacy/settings.ts'
import { questionSettings } from '../../questions/questions.ts'
import type { StoreReader } from '../../store/store.ts'
import { alertSettings } from '../alerts/settings.ts'

type Value = string | number | boolean
type Words = readonly [title: string, effect: string]

export interface SettingRow {
  readonly id: string
  readonly link: string
  readonly en: Words
  readonly de: Words
  /** Actions of the audit log by which it is changed; absent: it stands in a file. */
  readonly action?: string | readonly string[]
  readonly standard: Value
  readonly read: (reader: StoreReader) => Promise<Value>
}

const count = (list: readonly unknown[]): number => list.length
const hours = (all: Readonly<Record<'high' | 'medium' | 'low', number>>): string => `${all.high} / ${all.medium} / ${all.low} h`
const privacy = <K extends keyof typeof DEFAULT_PRIVACY>(key: K, en: Words, de: Words): SettingRow => ({ id: `privacy.${key}`, link: '/settings/privacy', en, de, action: 'settings.privacy_changed', standard: DEFAULT_PRIVACY[key], read: async (reader) => (await privacySettings(reader)).value[key] })
const evidence = (key: 'deviceQuotaBytes' | 'organisationQuotaBytes' | 'warnAtPercent', en: Words, de: Words): SettingRow => ({ id: `evidence.${key}`, link: '/settings/privacy', en, de, action: 'evidence.settings_changed', standard: defaultEvidenceSettings[key], read: async (reader) => (await readEvidenceSettings(reader))[key] })
const cases = <K extends keyof typeof DEFAULT_CASE_SETTINGS>(key: K, en: Words, de: Words): SettingRow => ({ id: `cases.${key}`, link: '/settings', en, de, action: 'cases.settings_changed', standard: DEFAULT_CASE_SETTINGS[key], read: async (reader) => (await readCaseSettings(reader)).value[key] })
const levels = (key: 'enabled' | 'windowDays' | 'lifeDays' | 'resetOnDismissal', en: Words, de: Words): SettingRow => ({ id: `risk_levels.${key}`, link: '/users', en, de, action: 'risk_levels.changed', standard: defaultRiskLevelSettings[key], read: async (reader) => (await readRiskLevelSettings(reader))[key] })

/** What is kept in the store. */
export const storedSettings: readonly SettingRow[] = [
  privacy('revealNeedsSecond', ['A name needs a second person', 'Somebody with the role Approver must agree before a name is shown.'], ['Namen brauchen eine zweite Person', 'Jemand mit der Rolle Approver muss zustimmen, bevor ein Name gezeigt wird.']),
  privacy('revealHours', ['How long a name stays shown', 'Hours until a name is hidden again.'], ['Wie lange ein Name sichtbar bleibt', 'Stunden, bis ein Name wieder verborgen wird.']),
  privacy('erasureNeedsSecond', ['Erasing needs a second person', 'Somebody else must agree before a person is erased.'], ['Löschen braucht eine zweite Person', 'Jemand anderes muss zustimmen, bevor eine Person gelöscht wird.']),
  privacy('requestHours', ['How long a request waits', 'Hours until a request that nobody decided on ends.'], ['Wie lange eine Anfrage wartet', 'Stunden, bis eine Anfrage endet, über die niemand entschieden hat.']),
  { id: 'retention', link: '/settings/privacy', en: ['How long things are kept', 'Days for each kind of record; what is shown is how many kinds differ from the default.'], de: ['Wie lange etwas aufbewahrt wird', 'Tage je Art; gezeigt wird, wie viele Arten von der Vorgabe abweichen.'], action: 'settings.retention_changed', standard: 0, read: async (reader) => {
    const { days } = (await retentionSettings(reader)).value
    return Object.entries(DEFAULT_RETENTION.days).filter(([cls, standard]) => days[cls as keyof typeof days] !== standard).length
  } },
  evidence('deviceQuotaBytes', ['Copies of files, one device', 'Bytes of sealed copies that one device may have here.'], ['Kopien von Dateien, ein Gerät', 'Bytes versiegelter Kopien, die ein Gerät hier haben darf.']),
  evidence('organisationQuotaBytes', ['Copies of files, all devices', 'Bytes of sealed copies of all devices together.'], ['Kopien von Dateien, alle Geräte', 'Bytes versiegelter Kopien aller Geräte zusammen.']),
  evidence('warnAtPercent', ['Warn about the space for copies', 'Per cent of a quota from which on somebody is told.'], ['Warnung zum Platz für Kopien', 'Prozent eines Kontingents, ab denen gewarnt wird.']),
  { id: 'access.requireSecondFactor', link: '/settings/access', en: ['Second factor', 'How many roles must show a second factor.'], de: ['Zweiter Faktor', 'Wie viele Rollen einen zweiten Faktor zeigen müssen.'], action: 'access.changed', standard: 0, read: async (reader) => count((await accessSettings(reader)).requireSecondFactor) },
  { id: 'access.groupRoles', link: '/settings/access', en: ['Roles from groups', 'How many groups of the identity provider give roles here.'], de: ['Rollen aus Gruppen', 'Wie viele Gruppen des Identitätsanbieters hier Rollen geben.'], action: 'access.changed', standard: 0, read: async (reader) => count((await accessSettings(reader)).groupRoles) },
  { id: 'access.oidc', link: '/settings/access', en: ['Single sign-on', 'People sign in at the identity provider (OpenID Connect).'], de: ['Anmeldung beim Identitätsanbieter', 'Personen melden sich beim Identitätsanbieter an (OpenID Connect).'], action: 'access.changed', standard: false, read: async (reader) => (await accessSettings(reader)).oidc?.enabled === true },
  { id: 'units', link: '/settings/access', en: ['Administrative units', 'A tree of departments, countries and device groups to which accounts can be limited.'], de: ['Verwaltungseinheiten', 'Ein Baum aus Abteilungen, Ländern und Gerätegruppen, auf die Konten beschränkt werden können.'], action: ['unit.created', 'unit.changed', 'unit.deleted'], standard: 0, read: async (reader) => count(await reader.units()) },
  { id: 'mail', link: '/settings', en: ['Mail server', 'Notices and notifications are sent through it.'], de: ['Mailserver', 'Darüber gehen Hinweise und Benachrichtigungen hinaus.'], action: 'mail.settings_changed', standard: false, read: async (reader) => (await readMailSettings(reader)).value !== undefined },
  { id: 'notifications.webhookOrigins', link: '/settings', en: ['Hosts for webhooks', 'How many hosts people may send their own notifications to.'], de: ['Ziele für Webhooks', 'An wie viele Rechner jemand eigene Benachrichtigungen schicken darf.'], action: 'notifications.settings_changed', standard: 0, read: async (reader) => count((await readNotificationSettings(reader)).value.webhookOrigins) },
  { id: 'exports', link: '/settings/exports', en: ['Export targets (SIEM)', 'Where alerts and cases are sent.'], de: ['Exportziele (SIEM)', 'Wohin Alarme und Fälle gesendet werden.'], action: ['export.created', 'export.changed', 'export.deleted'], standard: 0, read: async (reader) => count(await reader.exportTargets()) },
  { id: 'feed.enabled', link: '/settings/exports', en: ['Pull feed', 'Other programs may fetch alerts.'], de: ['Abruf-Feed', 'Andere Programme dürfen Alarme abrufen.'], action: 'feed.changed', standard: false, read: async (reader) => (await readFeedSettings(reader)).enabled },
  { id: 'feed.names', link: '/settings/exports', en: ['Names in the feed', 'Whoever fetches it is told names instead of pseudonyms.'], de: ['Namen im Feed', 'Wer ihn abruft, bekommt Namen statt Pseudonyme.'], action: 'feed.changed', standard: false, read: async (reader) => (await readFeedSettings(reader)).names },
  { id: 'alerts.hoursToDecision', link: '/settings', en: ['Time to the first decision', 'Hours that an alert of high, medium and low severity may wait.'], de: ['Zeit bis zur ersten Entscheidung', 'Stunden, die ein Alarm hoher, mittlerer und niedriger Schwere warten darf.'], action: 'settings.changed', standard: hours(defaultHoursToDecision), read: async (reader) => hours((await alertSettings(reader)).settings.hoursToDecision) },
  { id: 'alerts.inlineTuning', link: '/settings', en: ['Tuning from an alert', 'Thresholds may be changed on the page of an alert.'], de: ['Anpassen aus einem Alarm', 'Schwellen dürfen auf der Seite eines Alarms geändert werden.'], action: 'settings.changed', standard: false, read: async (reader) => (await alertSettings(reader)).settings.inlineTuning },
  { id: 'analytics', link: '/', en: ['Analytics', 'Everybody is looked at anonymously, without a policy, to recommend one.'], de: ['Analysen', 'Alle werden anonym und ohne Richtlinie betrachtet, um eine zu empfehlen.'], action: ['analytics.switched_on', 'analytics.switched_off'], standard: false, read: async (reader) => (await reader.setting(ANALYTICS_SETTING)) === 'on' },
  { id: 'questions.needsSecond', link: '/settings/privacy', en: ['A question to a device needs a second person', 'Somebody else must agree before a device is asked.'], de: ['Fragen an ein Gerät brauchen eine zweite Person', 'Jemand anderes muss zustimmen, bevor ein Gerät gefragt wird.'], action: 'settings.questions_changed', standard: false, read: async (reader) => (await questionSettings(reader)).needsSecond },
  cases('maxActive', ['Active cases at a time', 'Above it no case can be opened.'], ['Offene Fälle zugleich', 'Darüber kann kein Fall eröffnet werden.']),
  cases('dueDays', ['Days until a case is due', 'Zero for no date.'], ['Tage bis zur Frist eines Falls', 'Null für keine Frist.']),
  cases('trainingUrl', ['Training page', 'Where notices send people to learn.'], ['Schulungsseite', 'Wohin Hinweise zum Lernen verweisen.']),
  levels('enabled', ['Risk levels', 'People get a level, which stricter policies of devices follow.'], ['Risikostufen', 'Personen bekommen eine Stufe, der strengere Richtlinien der Geräte folgen.']),
  levels('windowDays', ['Days that count for a level', 'How far back a risk level looks.'], ['Tage, die für eine Stufe zählen', 'Wie weit eine Risikostufe zurückschaut.']),
  levels('lifeDays', ['Days that a level lasts', 'Then it ends by itself.'], ['Tage, die eine Stufe dauert', 'Danach endet sie von selbst.']),
  levels('resetOnDismissal', ['A dismissal ends the level', 'A level that rests on an alert ends when the alert is dismissed.'], ['Verwerfen beendet die Stufe', 'Eine Stufe, die auf einem Alarm beruht, endet, wenn er verworfen wird.']),
]

const GERMAN: Readonly<Record<ConfigKey, string>> = {
  'http.host': 'Adresse, auf der Konsole, API und Anmeldung von Geräten warten.', 'http.port': 'Port von Konsole und API.', 'http.publicUrl': 'Adresse, die Geräte und Personen benutzen.',
  'bus.host': 'Adresse, auf der der eigene nats-server wartet.', 'bus.port': 'Port des eigenen nats-server.', 'bus.serverPath': 'Welcher nats-server gestartet wird.', 'bus.maxBytes': 'Größte Größe des Stroms der Aktivitäten in Bytes. Ist er voll, behalten die Geräte ihre Aktivitäten.',
  'nats.servers': 'Adressen eines NATS-Clusters anstelle des eigenen Servers.', 'upgrades.maxBytesPerSec': 'Was alle Geräte zusammen in einer Sekunde an Paketen des Agenten laden dürfen, in Bytes.', names: 'DNS-Namen und Adressen, die Geräte und Personen benutzen.', 'log.level': 'Ab welcher Stufe protokolliert wird.', 'tracing.endpoint': 'Wohin Traces gehen. Leer: Es gibt keine.', 'tracing.samplePercent': 'Anteil der Anfragen und Transaktionen, die verfolgt werden, in Prozent.',
  store: 'PostgreSQL-Datenbank, in der alles gehalten wird. Leer: eine SQLite-Datei im Datenordner.',
  'backup.folder': 'Ordner für Sicherungen, die der Collector von selbst macht. Leer: keine.', 'backup.everyHours': 'Stunden zwischen zwei Sicherungen.', 'backup.keep': 'Wie viele Sicherungen bleiben.', 'backup.recipient': 'Schlüssel, für den Sicherungen versiegelt werden.',
  'backup.passphraseFile': 'Datei mit dem Kennwort, mit dem Sicherungen versiegelt werden.', 'backup.drillEveryDays': 'Tage zwischen zwei Proben, in denen die letzte Sicherung zurückgespielt wird.',
  roles: 'Was dieser Prozess tut: ingest, evaluate, http, deliver, bus. Leer: alles.',
  instance: 'Name dieses Prozesses unter denen einer Installation.',
  'probe.listen': 'Wo ein Prozess ohne Konsole gefragt wird, wie es ihm geht.',
  'bus.folder': 'Ordner des eigenen nats-server.',
  'bus.routes': 'Cluster-Adressen aller nats-server eines Clusters. Leer: Der eigene steht allein.',
  'bus.clusterPort': 'Port, auf dem der eigene nats-server auf die anderen seines Clusters wartet.',
  'bus.replicas': 'Auf wie vielen Servern eines Clusters eine Aktivität liegt, bevor ein Agent davon hört. 0: auf allen, höchstens drei.',
  'bus.connectsPerSecond': 'Wie viele neue Verbindungen von Geräten die Broker zusammen in einer Sekunde bekommen sollen.',
}

/** What stands in holdfast.yaml. Paths, hosts and keys are told as set or not. */
const SHOWN: ReadonlySet<ConfigKey> = new Set(['http.port', 'bus.port', 'bus.maxBytes', 'upgrades.maxBytesPerSec', 'bus.clusterPort', 'bus.replicas', 'bus.connectsPerSecond', 'log.level', 'backup.everyHours', 'backup.keep', 'backup.drillEveryDays'])
const plain = (key: ConfigKey, value: Config[ConfigKey]): Value => (typeof value === 'object' ? value.length : SHOWN.has(key) ? value : value !== '')
export const fileSettings = (config: Config): readonly SettingRow[] =>
  (Object.keys(configKeys) as ConfigKey[]).map((key) => ({ id: `file.${key}`, link: '', en: [key, configKeys[key].doc], de: [key, GERMAN[key]], standard: plain(key, configKeys[key].default), read: async () => plain(key, config[key]) }))
