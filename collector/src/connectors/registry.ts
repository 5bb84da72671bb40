// Every connector: one row. docs/reference/connectors.md says what its files look like.
import Type, { type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { readPeopleCsv } from './directory/read-people-csv.ts'
import { readPeopleLdif } from './directory/read-ldif.ts'
import { readableShapes } from '../domain/policies/shape-problems.ts'
import { CONFIRMED_AT_MOST_MS, type ScimCeilingSettings } from './directory/scim-ceiling.ts'
import { readPeopleScim } from './directory/scim-map.ts'
import type { Fact, Source } from './facts.ts'
import { parseInstant } from './files/times.ts'
import { readHr } from './hr/read-hr.ts'
import { HrSettings } from './hr/settings.ts'
import { readActivities } from './read-activities.ts'
import { readBadging } from './read-badging.ts'
import { CustomIndicatorSettings, readCustomIndicators } from './read-custom-indicators.ts'
import { readEhr } from './read-ehr.ts'
import { readSecurityAlerts } from './security-alerts/read-security-alerts.ts'

export const CONNECTOR_IDS = ['hr', 'directory', 'ehr', 'badging', 'security-alerts', 'custom-indicators', 'activities'] as const
export type ConnectorId = (typeof CONNECTOR_IDS)[number]
export const isConnectorId = (id: string): id is ConnectorId => (CONNECTOR_IDS as readonly string[]).includes(id)

export const DIRECTORY_FORMATS = ['csv', 'ldif', 'scim'] as const
export type DirectoryFormat = (typeof DIRECTORY_FORMATS)[number]

/** What one import says beside the settings. */
export interface ReadOptions {
  readonly format?: DirectoryFormat
  /** Id of a custom indicator. */
  readonly indicator?: string
  readonly nowMs: number
}

export interface ConnectorRow {
  readonly title: string
  readonly summary: string
  readonly maxBytes: number
  /** Days after which a connector that was used counts as forgotten; absent: it is used when there is something. */
  readonly expectedEveryDays?: number
  readonly settings: TSchema
  /** @param settings checked against the schema */
  read(source: Source, settings: unknown, options: ReadOptions): AsyncGenerator<readonly Fact[]>
}

const MIB = 1024 * 1024
/** The policy health message of Purview: no upload for more than 7 days. */
const WEEK = 7

const DateOrderSchema = Type.Optional(Type.Union([Type.Literal('iso'), Type.Literal('mdy'), Type.Literal('dmy')], { description: 'How 4/5/2026 is read; iso refuses it.' }))
const ColumnsSchema = Type.Optional(Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 128 }), { description: 'What a column means -> its name in the file.' }))
const DirectorySettings = Type.Object({
  columns: ColumnsSchema, privilegedGroups: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { maxItems: 500, description: 'Groups whose members hold administrative rights.' })),
  scimOffPercent: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'Share of people whose accounts SCIM may switch off within the window; 10 without it.' })),
  scimOffWindowHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168, description: 'Length of the window that slides; 24 without it.' })),
  scimOffConfirmedUntil: Type.Optional(Type.String({ maxLength: 40, description: 'Until then, at most 7 days ahead, any number may be switched off.' })),
}, { additionalProperties: false })
const EhrSettingsSchema = Type.Object({ columns: ColumnsSchema, dateOrder: DateOrderSchema, defenceEvasionEvents: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 200, description: 'Events that switch the audit off or cover tracks; beside those that are known.' })) }, { additionalProperties: false })
const SeveritySchema = Type.Union([Type.Literal('low'), Type.Literal('medium'), Type.Literal('high')])
const SecurityAlertSettingsSchema = Type.Object({ osquerySeverities: Type.Optional(Type.Record(Type.String(), SeveritySchema, { description: 'Query of osquery -> severity of what it finds.' })) }, { additionalProperties: false })
const None = Type.Object({}, { additionalProperties: false })

/** A row whose reader gets settings of its own type: they were checked by the schema beside it. */
const row = <S>(settings: TSchema, rest: Omit<ConnectorRow, 'settings' | 'read'>, read: (source: Source, settings: S, options: ReadOptions) => AsyncGenerator<readonly Fact[]>): ConnectorRow =>
  ({ ...rest, settings, read: (source, given, options) => read(source, given as S, options) })

export const connectors: Readonly<Record<ConnectorId, ConnectorRow>> = {
  hr: row<HrSettings>(HrSettings, { title: 'HR', summary: 'Resignations, reviews, improvement plans, job levels and employee profiles, as CSV.', maxBytes: 64 * MIB, expectedEveryDays: WEEK }, (source, settings) => readHr(source, settings)),
  directory: row<{ readonly columns?: Readonly<Record<string, string>> }>(DirectorySettings, { title: 'Directory', summary: 'People, groups and accounts that are gone, as CSV, LDIF or SCIM; also live over SCIM 2.0.', maxBytes: 512 * MIB, expectedEveryDays: WEEK },
    (source, settings, { format = 'csv' }) => (format === 'ldif' ? readPeopleLdif(source) : format === 'scim' ? readPeopleScim(source) : readPeopleCsv(source, settings.columns))),
  ehr: row<{ readonly columns?: Readonly<Record<string, string>>; readonly dateOrder?: 'iso' | 'mdy' | 'dmy'; readonly defenceEvasionEvents?: readonly string[] }>(EhrSettingsSchema, { title: 'Health records', summary: 'Who opened which patient record, as the audit file of Epic or another record system.', maxBytes: 3072 * MIB, expectedEveryDays: WEEK }, (source, settings) => readEhr(source, settings)),
  badging: row<object>(None, { title: 'Physical badging', summary: 'Badges at doors, as JSON.', maxBytes: 64 * MIB, expectedEveryDays: WEEK }, (source) => readBadging(source)),
  'security-alerts': row<{ readonly osquerySeverities?: Readonly<Record<string, 'low' | 'medium' | 'high'>> }>(SecurityAlertSettingsSchema, { title: 'Security alerts', summary: 'Alerts of Microsoft Graph, Wazuh, Falco, osquery and ClamAV.', maxBytes: 1024 * MIB, expectedEveryDays: WEEK }, (source, settings, { nowMs }) => readSecurityAlerts(source, settings, nowMs)),
  'custom-indicators': row<CustomIndicatorSettings>(CustomIndicatorSettings, { title: 'Custom indicators', summary: 'Detections of other systems as indicators of your own, as CSV.', maxBytes: 256 * MIB, expectedEveryDays: WEEK }, (source, settings, { indicator }) => readCustomIndicators(source, settings, indicator)),
  activities: row<object>(None, { title: 'Activities', summary: 'Activities one a line, in the form of replay.', maxBytes: 4096 * MIB }, (source) => readActivities(source)),
}

/** What is wrong with settings, by place; empty when they are good. @param nowMs what is confirmed until a time is judged against it, where given */
export function checkSettings(id: ConnectorId, value: unknown, nowMs?: number): readonly { readonly pointer: string; readonly detail: string }[] {
  const { settings } = connectors[id]
  if (Value.Check(settings, value)) {
    const { scimOffConfirmedUntil: until } = value as ScimCeilingSettings
    if (until !== undefined && parseInstant(until) === undefined) return [{ pointer: '/scimOffConfirmedUntil', detail: 'is no time such as 2026-03-02T09:14:00Z' }]
    if (until !== undefined && nowMs !== undefined && (parseInstant(until) ?? 0) > nowMs + CONFIRMED_AT_MOST_MS) return [{ pointer: '/scimOffConfirmedUntil', detail: 'lies more than 7 days ahead' }]
    if (id !== 'custom-indicators') return []
    const ids = ((value as CustomIndicatorSettings).indicators ?? []).map((indicator) => indicator.id)
    return ids.flatMap((name, index) => (ids.indexOf(name) === index ? [] : [{ pointer: `/indicators/${index}/id`, detail: 'is there twice' }]))
  }
  return readableShapes([...Value.Errors(settings, value)], Object.keys((settings as { readonly properties?: object }).properties ?? {})).slice(0, 20).map((error) => ({ pointer: error.instancePath || '/', detail: error.message }))
}
