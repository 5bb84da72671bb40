import Type, { type Static } from 'typebox'
import { Id, Instant, Page, UserRef } from '../primitives.ts'

const closed = { additionalProperties: false } as const
const AccountRef = Type.Object({ id: Id, name: Type.String() }, closed)
/** Checked for being exactly one address by notices/render.ts; never a line break. */
const Address = Type.String({ minLength: 3, maxLength: 320, pattern: '^[^\\u0000-\\u001f\\u007f]+$' })
const Name = Type.String({ minLength: 1, maxLength: 120, pattern: '^[^\\u0000-\\u001f\\u007f]*\\S[^\\u0000-\\u001f\\u007f]*$' })
const Format = Type.Union([Type.Literal('text'), Type.Literal('html')])

const content = {
  from: Type.String({ maxLength: 320, pattern: '^[^\\u0000-\\u001f\\u007f]*$', description: 'Empty: the address of the mail settings.' }), cc: Type.Array(Address, { maxItems: 20 }), bcc: Type.Array(Address, { maxItems: 20 }),
  subject: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }), body: Type.String({ minLength: 1, maxLength: 50_000 }), format: Format,
}
export const NoticeContentSchema = Type.Object(content, closed)
export type NoticeContentView = Static<typeof NoticeContentSchema>

export const NoticeTemplateRequest = Type.Object({ name: Name, ...content }, closed)
export type NoticeTemplateRequest = Static<typeof NoticeTemplateRequest>
export const NoticeTemplateView = Type.Object({ id: Id, name: Type.String(), ...content, updatedAt: Instant, updatedBy: AccountRef, revision: Type.Integer() }, closed)
export type NoticeTemplateView = Static<typeof NoticeTemplateView>
export const NoticeTemplateList = Type.Object({
  items: Type.Array(NoticeTemplateView), variables: Type.Array(Type.Object({ name: Type.String(), doc: Type.String(), sample: Type.String() }, closed)), starters: Type.Array(NoticeTemplateRequest),
  mail: Type.Object({ isSetUp: Type.Boolean(), from: Type.Optional(Type.String()) }, closed),
}, closed)
export type NoticeTemplateList = Static<typeof NoticeTemplateList>

export const NoticePreviewRequest = Type.Object({ ...content, caseId: Type.Optional(Id) }, closed)
export const NoticePreview = Type.Object({ subject: Type.String(), text: Type.String(), html: Type.Optional(Type.String()), from: Type.String() }, { ...closed, description: 'With sample values, or those of the case; the name of the user stays hidden.' })
export type NoticePreview = Static<typeof NoticePreview>

export const NoticeState = Type.Union([Type.Literal('queued'), Type.Literal('sending'), Type.Literal('sent'), Type.Literal('failed'), Type.Literal('unknown')])
export const NoticeView = Type.Object({
  id: Id, caseId: Id, caseName: Type.String(), user: UserRef, template: Type.Optional(Type.String()), from: Type.String(), cc: Type.Array(Type.String()), bcc: Type.Array(Type.String()), subject: Type.String(), text: Type.String(), format: Format,
  state: NoticeState, tries: Type.Integer(), queuedAt: Instant, queuedBy: AccountRef, sentAt: Type.Optional(Instant), nextTryAt: Type.Optional(Instant), answer: Type.Optional(Type.String()), sha256: Type.Optional(Type.String()),
}, closed)
export type NoticeView = Static<typeof NoticeView>
export const NoticePage = Page(NoticeView)
export type NoticePage = Static<typeof NoticePage>
export const NoticeRequest = Type.Object({ templateId: Type.Optional(Id), ...content }, { ...closed, description: 'What is sent: the fields of a template, changed or not.' })
export const NoticeRetry = Type.Object({ acceptDuplicate: Type.Optional(Type.Boolean({ description: 'The user may get the notice twice, and that is accepted.' })) }, closed)
