import Type, { type Static } from 'typebox'
import { AlertView } from '../alerts/schema.ts'
import { Id, Instant, Page, PageQuery, Severity, UserRef } from '../primitives.ts'

const closed = { additionalProperties: false } as const
export const CaseStatus = Type.Union([Type.Literal('active'), Type.Literal('closed')])
export const CaseOutcome = Type.Union([Type.Literal('benign'), Type.Literal('confirmed_violation')])
/** One line. */
const Name = Type.String({ minLength: 1, maxLength: 120, pattern: '^[^\\u0000-\\u001f\\u007f]*\\S[^\\u0000-\\u001f\\u007f]*$' })
const Text = Type.String({ minLength: 1, maxLength: 20_000, pattern: '\\S' })
const AccountRef = Type.Object({ id: Id, name: Type.String() }, closed)

export const CaseView = Type.Object({
  id: Id, name: Type.String(), status: CaseStatus, user: UserRef, openedAt: Instant, openedBy: AccountRef, assignee: Type.Optional(AccountRef), dueAt: Type.Optional(Instant), isOverdue: Type.Boolean(),
  alertCount: Type.Integer(), updatedAt: Instant, updatedBy: AccountRef,
  resolution: Type.Optional(Type.Object({ outcome: CaseOutcome, reason: Type.String(), at: Instant, by: AccountRef }, closed)), revision: Type.Integer(),
}, closed)
export type CaseView = Static<typeof CaseView>

export const CaseDetail = Type.Object({
  ...CaseView.properties,
  riskScore: Type.Integer({ minimum: 0, maximum: 100, description: 'Of the strongest alert of the user that nobody has closed.' }), severity: Type.Optional(Severity),
  department: Type.Optional(Type.String()), title: Type.Optional(Type.String()), manager: Type.Optional(UserRef), hasAddress: Type.Boolean({ description: 'Whether a notice could reach the user; the address itself is not told.' }),
  contributors: Type.Array(Type.Object({ id: Id, name: Type.String(), roles: Type.Array(Type.String()), isGuest: Type.Boolean({ description: 'Was added; the others may work on every case.' }) }, closed)),
  /** Accounts that may be added. */
  candidates: Type.Array(AccountRef), assignees: Type.Array(AccountRef),
  alerts: Type.Array(AlertView),
  may: Type.Object({ manage: Type.Boolean(), triage: Type.Boolean(), content: Type.Boolean() }, { ...closed, description: 'What the asker may do here besides contributing.' }),
}, closed)
export type CaseDetail = Static<typeof CaseDetail>

export const CasePage = Page(CaseView)
export type CasePage = Static<typeof CasePage>

export const CaseListQuery = Type.Object({
  ...PageQuery, status: Type.Optional(Type.Array(CaseStatus)), userId: Type.Optional(Id),
  assigneeId: Type.Optional(Type.String({ minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9_.:-]+$', description: 'An account, `me`, or `none`.' })),
  due: Type.Optional(Type.Union([Type.Literal('overdue'), Type.Literal('week')])), search: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'In the name and the notes.' })),
  from: Type.Optional(Instant), to: Type.Optional(Instant),
  sort: Type.Optional(Type.Union(['-openedAt', 'openedAt', '-updatedAt', 'updatedAt', '-dueAt', 'dueAt'].map((value) => Type.Literal(value)), { default: '-updatedAt' })),
}, closed)

export const CaseStatistics = Type.Object({ active: Type.Integer(), openedIn30Days: Type.Integer(), meanAgeSecs: Type.Optional(Type.Number()), overdue: Type.Integer(), limit: Type.Integer({ description: 'Active cases at a time.' }) }, closed)
export type CaseStatistics = Static<typeof CaseStatistics>

export const CaseRequest = Type.Object({
  alertIds: Type.Array(Id, { minItems: 1, maxItems: 400, uniqueItems: true }), name: Name, note: Type.Optional(Text), contributors: Type.Optional(Type.Array(Id, { maxItems: 100, uniqueItems: true })),
}, closed)
export const CaseAlertsRequest = Type.Object({ alertIds: Type.Array(Id, { minItems: 1, maxItems: 400, uniqueItems: true }) }, closed)
/** With If-Match. */
export const CasePatch = Type.Object({
  name: Type.Optional(Name), assigneeId: Type.Optional(Type.Union([Id, Type.Null()])), dueAt: Type.Optional(Type.Union([Instant, Type.Null()])), contributors: Type.Optional(Type.Array(Id, { maxItems: 100, uniqueItems: true })),
}, { ...closed, minProperties: 1 })
export type CasePatch = Static<typeof CasePatch>
export const ResolutionRequest = Type.Object({ outcome: CaseOutcome, reason: Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' }) }, closed)
export const ReopenRequest = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' }) }, closed)

export const CaseNoteView = Type.Object({ id: Id, at: Instant, author: AccountRef, kind: Type.String(), text: Type.String({ description: 'Plain text or Markdown; names of the user are masked.' }) }, closed)
export type CaseNoteView = Static<typeof CaseNoteView>
export const CaseNotePage = Page(CaseNoteView)
export type CaseNotePage = Static<typeof CaseNotePage>
export const CaseNoteQuery = Type.Object({ ...PageQuery, search: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }, closed)
export const CaseNoteRequest = Type.Object({ text: Text }, closed)

export const CaseEventView = Type.Object({ at: Instant, actor: AccountRef, what: Type.String(), detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])) }, closed)
export type CaseEventView = Static<typeof CaseEventView>
export const CaseEventPage = Page(CaseEventView)
export type CaseEventPage = Static<typeof CaseEventPage>

export const CaseSettingsView = Type.Object({
  maxActive: Type.Integer({ minimum: 1, maximum: 1000, description: 'Active cases at a time.' }), dueDays: Type.Integer({ minimum: 0, maximum: 365, description: 'Days until a new case is due; 0 for no date.' }),
  trainingUrl: Type.String({ maxLength: 500, pattern: '^(?:https?://[^\\s<>"]+)?$', description: 'Where notices send people to learn.' }),
}, closed)
export type CaseSettingsView = Static<typeof CaseSettingsView>
