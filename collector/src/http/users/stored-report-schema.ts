import Type, { type Static } from 'typebox'
import { AlertView } from '../alerts/schema.ts'
import { Id, Instant, Page, PageQuery, UserRef } from '../primitives.ts'
import { DismissalView } from './report-schema.ts'
import { UserChart } from './schema.ts'

const Day = Type.String({ format: 'date' })
const closed = { additionalProperties: false } as const

export const ReportView = Type.Object({
  id: Id, user: UserRef, from: Day, to: Day, days: Type.Integer(), reason: Type.String(), state: Type.Union([Type.Literal('queued'), Type.Literal('running'), Type.Literal('done'), Type.Literal('failed')]), progress: Type.Integer({ description: '0 to 100.' }),
  activities: Type.Integer({ description: 'Looked at so far.' }), createdAt: Instant, createdBy: Type.String(), finishedAt: Type.Optional(Instant), keptUntil: Type.Optional(Instant), code: Type.Optional(Type.String({ description: 'Why it failed.' })),
}, closed)
export type ReportView = Static<typeof ReportView>
export const ReportPage = Page(ReportView)
export type ReportPage = Static<typeof ReportPage>
export const ReportListQuery = Type.Object({ ...PageQuery, userId: Type.Optional(Id) }, closed)
/** `YYYY-MM-DD`, both inclusive, UTC; 3 to 90 days. */
export const ReportOrder = Type.Object({ userId: Id, from: Day, to: Day, reason: Type.String({ minLength: 3, maxLength: 1000 }) }, closed)

const TallyRow = Type.Object({ name: Type.String(), events: Type.Integer(), bytes: Type.Number() }, closed)
export const ShareView = Type.Object({
  id: Id, createdAt: Instant, createdBy: Type.String(), expiresAt: Instant, state: Type.Union([Type.Literal('live'), Type.Literal('expired'), Type.Literal('revoked')]), accounts: Type.Array(Type.Object({ id: Id, name: Type.String() }, closed), { description: 'Empty: every account that may see reports.' }),
}, closed)
export type ShareView = Static<typeof ShareView>
export const ShareRequest = Type.Object({ days: Type.Integer({ minimum: 1, maximum: 30 }), accountIds: Type.Optional(Type.Array(Id, { maxItems: 50 })) }, closed)
export const ShareCreated = Type.Object({ ...ShareView.properties, token: Type.String({ description: 'Shown once.' }), path: Type.String({ description: 'Page of the console that the link opens.' }) }, closed)
export type ShareCreated = Static<typeof ShareCreated>

export const ReportDetail = Type.Object({
  ...ReportView.properties, shares: Type.Array(ShareView),
  result: Type.Optional(Type.Object({
    chart: UserChart, activities: Type.Integer(), scored: Type.Integer({ description: 'Activities that any indicator counts.' }),
    categories: Type.Array(Type.Object({ category: Type.String(), events: Type.Integer(), excludedEvents: Type.Integer(), days: Type.Integer() }, closed)),
    kinds: Type.Array(TallyRow), devices: Type.Array(Type.Object({ ...TallyRow.properties, id: Id }, closed)), programs: Type.Array(TallyRow), destinations: Type.Array(TallyRow), hours: Type.Array(Type.Integer(), { description: 'Activities in each hour of the day, UTC.' }),
    alerts: Type.Array(AlertView), dismissed: Type.Array(DismissalView),
  }, closed)),
}, closed)
export type ReportDetail = Static<typeof ReportDetail>
