import Type, { type Static } from 'typebox'
import { QUESTION_KINDS, QUESTION_LIMITS } from '../../domain/questions.ts'
import { Id, Instant, Page, PageQuery } from '../primitives.ts'

const closed = { additionalProperties: false }
const literals = <const T extends readonly string[]>(list: T) => Type.Unsafe<T[number]>(Type.Union(list.map((value) => Type.Literal(value))))

export const QuestionBody = Type.Object({
  kind: literals(QUESTION_KINDS), folder: Type.Optional(Type.String({ minLength: 1, maxLength: QUESTION_LIMITS.folderLength, description: 'Of file_hashes: absolute, below a watched root of the device.' })),
  name: Type.Optional(Type.String({ minLength: 1, maxLength: QUESTION_LIMITS.nameLength, description: 'Of file_hashes: name of the files in that folder; * stands for any run of characters.' })),
}, closed)
export const AskRequest = Type.Object({
  question: QuestionBody, reason: Type.String({ minLength: 3, maxLength: 500 }), deviceIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: QUESTION_LIMITS.devices })), group: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  minutes: Type.Optional(Type.Integer({ minimum: QUESTION_LIMITS.leastMinutes, maximum: QUESTION_LIMITS.mostMinutes, description: 'How long it waits for devices that are away; default 60.' })),
}, closed)
export const AskingState = literals(['waiting', 'open', 'done', 'refused', 'expired'] as const)
export const DeviceAnswerView = Type.Object({
  deviceId: Id, deviceName: Type.Optional(Type.String()), state: literals(['open', 'answered', 'refused', 'expired'] as const), answeredAt: Type.Optional(Instant), bytes: Type.Optional(Type.Integer()),
  code: Type.Optional(Type.String({ description: 'Why the device did not answer.' })), answer: Type.Optional(Type.String({ description: 'JSON as the device wrote it; only of a single question.' })),
}, closed)
export const AskingView = Type.Object({
  id: Id, question: QuestionBody, reason: Type.String(), askedBy: Type.String(), isOwn: Type.Boolean(), askedAt: Instant, expiresAt: Instant, state: AskingState, group: Type.Optional(Type.String()), decidedBy: Type.Optional(Type.String()), devices: Type.Array(DeviceAnswerView),
}, closed)
export type AskingView = Static<typeof AskingView>
export const AskingPage = Page(AskingView)
export type AskingPage = Static<typeof AskingPage>
export const AskingListQuery = Type.Object({ ...PageQuery, deviceId: Type.Optional(Id), state: Type.Optional(Type.Array(AskingState, { maxItems: 5 })) }, closed)
export const QuestionDecision = Type.Object({ grant: Type.Boolean() }, closed)
export const QuestionSettingsView = Type.Object({ needsSecond: Type.Boolean({ description: 'Somebody with the role Approver must agree to each question.' }) }, closed)
export type QuestionSettingsView = Static<typeof QuestionSettingsView>
