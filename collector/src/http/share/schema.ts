import Type, { type Static } from 'typebox'
import { Id, Instant } from '../primitives.ts'

const closed = { additionalProperties: false } as const
const AccountRef = Type.Object({ id: Id, name: Type.String() }, closed)
const Kind = Type.Union([Type.Literal('case'), Type.Literal('alert'), Type.Literal('report'), Type.Literal('user')])

export const ShareLinkView = Type.Object({
  id: Id, kind: Kind, ref: Id, url: Type.String({ description: 'Opens for the recipient, after signing in, and for nobody else.' }), pseudonym: Type.String(), by: AccountRef, to: AccountRef, note: Type.Optional(Type.String()), createdAt: Instant, expiresAt: Instant, openedAt: Type.Optional(Instant), revokedAt: Type.Optional(Instant),
  isLive: Type.Boolean(), givesAccess: Type.Boolean({ description: 'The recipient contributes to the case for as long as the link lives.' }), mayRevoke: Type.Boolean(),
}, closed)
export type ShareLinkView = Static<typeof ShareLinkView>
export const ShareLinkList = Type.Object({ items: Type.Array(ShareLinkView), recipients: Type.Array(AccountRef) }, closed)
export type ShareLinkList = Static<typeof ShareLinkList>
export const ShareLinkQuery = Type.Object({ ref: Type.Optional(Id), all: Type.Optional(Type.Boolean({ description: 'Also those that are over.' })) }, closed)
export const ShareLinkRequest = Type.Object({
  kind: Kind, ref: Id, toId: Id, days: Type.Integer({ minimum: 1, maximum: 90 }), note: Type.Optional(Type.String({ maxLength: 500 })), mail: Type.Optional(Type.Boolean({ description: 'Tell the recipient by mail, without names.' })),
  view: Type.Optional(Type.String({ maxLength: 500, pattern: '^[A-Za-z0-9_.~%=&,:+-]*$', description: 'Query of the page: tab, range, filters.' })),
}, closed)
export type ShareLinkRequest = Static<typeof ShareLinkRequest>
export const OpenedLink = Type.Object({ path: Type.String({ description: 'Page of the console.' }), note: Type.Optional(Type.String()) }, closed)
export type OpenedLink = Static<typeof OpenedLink>
