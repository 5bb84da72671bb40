import Type, { type Static } from 'typebox'
import { Instant } from '../primitives.ts'

const closed = { additionalProperties: false } as const
const Line = '^[^\\u0000-\\u001f\\u007f]*$'

export const MailSettingsView = Type.Object({
  isSetUp: Type.Boolean(), host: Type.String(), port: Type.Integer(), security: Type.Union([Type.Literal('tls'), Type.Literal('starttls'), Type.Literal('none')]), user: Type.String(), hasPassword: Type.Boolean({ description: 'The password itself never leaves.' }), from: Type.String(), caPem: Type.String(),
  waiting: Type.Integer({ description: 'Messages that wait to be sent.' }),
}, closed)
export type MailSettingsView = Static<typeof MailSettingsView>
export const MailSettingsRequest = Type.Object({
  host: Type.String({ maxLength: 253, pattern: '^[A-Za-z0-9.:-]*$', description: 'Empty: no mail.' }), port: Type.Integer({ minimum: 1, maximum: 65_535 }), security: MailSettingsView.properties.security,
  user: Type.String({ maxLength: 320, pattern: Line }), password: Type.Optional(Type.String({ maxLength: 1000, pattern: Line, description: 'Absent: the one that is kept.' })), from: Type.String({ maxLength: 320, pattern: Line }), caPem: Type.Optional(Type.String({ maxLength: 20_000 })),
}, closed)
export type MailSettingsRequest = Static<typeof MailSettingsRequest>
export const MailTestRequest = Type.Object({ ...MailSettingsRequest.properties, to: Type.Optional(Type.String({ maxLength: 320, description: 'Absent: only connect and sign in.' })) }, closed)
export const MailTest = Type.Object({ ok: Type.Boolean(), failure: Type.Optional(Type.String({ description: '`dns`, `refused`, `unreachable`, `timeout`, `tls`, `auth`, `sender`, `recipient`, `message`, `connection_lost`, `protocol`, or `unknown`.' })), answer: Type.String() }, closed)
export type MailTest = Static<typeof MailTest>

export const NotificationSettingsView = Type.Object({ webhookOrigins: Type.Array(Type.String({ pattern: '^https?://[A-Za-z0-9.-]+(?::\\d{1,5})?$', maxLength: 300 }), { maxItems: 50, uniqueItems: true, description: 'Webhooks go nowhere else.' }) }, closed)
export type NotificationSettingsView = Static<typeof NotificationSettingsView>

const Kind = Type.Union([Type.Literal('high_alert'), Type.Literal('first_alert'), Type.Literal('assignment'), Type.Literal('policy_health'), Type.Literal('fleet'), Type.Literal('analytics')])
const Last = Type.Object({ at: Instant, ok: Type.Boolean(), answer: Type.String() }, closed)
export const MyNotifications = Type.Object({
  email: Type.String(), mail: Type.Array(Kind), webhookUrl: Type.String(), webhookFor: Type.Array(Kind), digestMinutes: Type.Integer(),
  kinds: Type.Array(Type.Object({ kind: Kind, doc: Type.String() }, closed), { description: 'What one may be told of.' }), mailIsSetUp: Type.Boolean(), webhookOrigins: Type.Array(Type.String()),
  webhookSecret: Type.Optional(Type.String({ description: 'Of a webhook that was just set; shown once.' })), lastMail: Type.Optional(Last), lastWebhook: Type.Optional(Last),
}, closed)
export type MyNotifications = Static<typeof MyNotifications>
export const MyNotificationsRequest = Type.Object({
  email: Type.String({ maxLength: 320, pattern: Line }), mail: Type.Array(Kind, { maxItems: 5, uniqueItems: true }), webhookUrl: Type.String({ maxLength: 1000, pattern: '^(?:https?://[^\\s]+)?$' }), webhookFor: Type.Array(Kind, { maxItems: 5, uniqueItems: true }),
  digestMinutes: Type.Integer({ minimum: 1, maximum: 1440 }), newSecret: Type.Optional(Type.Boolean()),
}, closed)
export type MyNotificationsRequest = Static<typeof MyNotificationsRequest>
export const MyNotificationsTest = Type.Object({ channel: Type.Union([Type.Literal('mail'), Type.Literal('webhook')]) }, closed)
