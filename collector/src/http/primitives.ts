// Schema pieces that several resources share.
import Type, { type Static, type TSchema } from 'typebox'

export const Severity = Type.Union([Type.Literal('low'), Type.Literal('medium'), Type.Literal('high')])
export const AlertStatus = Type.Union([Type.Literal('needs_review'), Type.Literal('confirmed'), Type.Literal('dismissed'), Type.Literal('resolved')])
export const DismissReason = Type.Union([Type.Literal('expected_for_user'), Type.Literal('not_impactful'), Type.Literal('too_much_activity'), Type.Literal('false_detection')])
/** ISO 8601 with `Z`. */
export const Instant = Type.String({ format: 'date-time' })
export const Id = Type.String({ minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9_.:-]+$' })

/** A user as an account may see one: the name only after a reveal. */
export const UserRef = Type.Object({
  id: Id,
  pseudonym: Type.String(),
  displayName: Type.Optional(Type.String({ description: 'Only when the viewer may see names.' })),
}, { additionalProperties: false })
export type UserRef = Static<typeof UserRef>

export const Page = <T extends TSchema>(item: T) => Type.Object({
  items: Type.Array(item),
  nextCursor: Type.Optional(Type.String()),
  total: Type.Optional(Type.Integer()),
}, { additionalProperties: false })

export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
}

/** RFC 9457, with our stable code. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String({ description: 'The only thing to branch on; messages may change.' }),
  detail: Type.Optional(Type.String()),
  requestId: Type.String(),
  errors: Type.Optional(Type.Array(Type.Object({ pointer: Type.String(), detail: Type.String() }))),
})
export type Problem = Static<typeof Problem>
