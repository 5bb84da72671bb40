import Type, { type Static } from 'typebox'
import { Id, Instant, Page, PageQuery } from '../primitives.ts'

export const EnrolmentCodeRequest = Type.Object({
  group: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$', default: 'default' })), uses: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
  expiresInSecs: Type.Optional(Type.Integer({ minimum: 60, maximum: 31_536_000, default: 86_400 })),
  needsApproval: Type.Optional(Type.Boolean({ default: false, description: 'What comes with it waits until somebody approves it.' })),
}, { additionalProperties: false })
export const EnrolmentCodeCreated = Type.Object({
  id: Id, code: Type.String({ description: 'Shown once. Holds the pin of the CA.' }), group: Type.String(), uses: Type.Integer(), expiresAt: Instant, needsApproval: Type.Boolean(), collectorUrl: Type.String(), installCommand: Type.String(),
}, { additionalProperties: false })
export type EnrolmentCodeCreated = Static<typeof EnrolmentCodeCreated>
export const EnrolmentCodeView = Type.Object({ id: Id, group: Type.String(), maxUses: Type.Integer(), uses: Type.Integer(), createdAt: Instant, expiresAt: Instant, createdBy: Type.String(), needsApproval: Type.Boolean(), state: Type.Union([Type.Literal('open'), Type.Literal('used_up'), Type.Literal('expired'), Type.Literal('revoked')]) }, { additionalProperties: false })
export type EnrolmentCodeView = Static<typeof EnrolmentCodeView>

const RequestState = Type.Union([Type.Literal('waiting'), Type.Literal('approved'), Type.Literal('refused'), Type.Literal('expired'), Type.Literal('enrolled')])
/** A device that asked under a code that needs approval. */
export const EnrolmentRequestView = Type.Object({
  id: Id, codeId: Id, group: Type.String(), hostname: Type.String(), os: Type.String(), agentVersion: Type.String(), address: Type.String({ description: 'Where it asked from.' }),
  fingerprint: Type.String({ description: 'The last 8 characters of its public key; the device shows the same in its status.' }),
  state: RequestState, requestedAt: Instant, expiresAt: Instant,
  knownDeviceId: Type.Optional(Id), decidedAt: Type.Optional(Instant), decidedBy: Type.Optional(Type.String()), note: Type.Optional(Type.String()), deviceId: Type.Optional(Id),
}, { additionalProperties: false })
export type EnrolmentRequestView = Static<typeof EnrolmentRequestView>
export const EnrolmentRequestQuery = Type.Object({ ...PageQuery, state: Type.Optional(RequestState), codeId: Type.Optional(Id) }, { additionalProperties: false })
export const EnrolmentRequestPage = Page(EnrolmentRequestView)
export type EnrolmentRequestPage = Static<typeof EnrolmentRequestPage>
export const EnrolmentDecisionRequest = Type.Object({ ids: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }), approve: Type.Boolean(), note: Type.Optional(Type.String({ maxLength: 500 })) }, { additionalProperties: false })
/** Each by itself: what somebody else decided meanwhile stays as it is. */
export const EnrolmentDecisionResult = Type.Object({
  items: Type.Array(Type.Object({ id: Id, outcome: Type.Union([Type.Literal('done'), Type.Literal('not_waiting'), Type.Literal('not_found')]), request: Type.Optional(EnrolmentRequestView) }, { additionalProperties: false })),
  done: Type.Integer(), waiting: Type.Integer({ description: 'How many wait now.' }),
}, { additionalProperties: false })
export type EnrolmentDecisionResult = Static<typeof EnrolmentDecisionResult>

/** POST /api/v1/enrol, from a device, with no session: the code is the authority. */
export const EnrolRequest = Type.Object({
  code: Type.String({ minLength: 8, maxLength: 200 }),
  /** NKey of kind user, made on the device. */
  publicKey: Type.String({ pattern: '^U[A-Z2-7]{55}$' }),
  hardwareId: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  hostname: Type.String({ minLength: 1, maxLength: 253 }), os: Type.String({ minLength: 1, maxLength: 64 }), agentVersion: Type.String({ maxLength: 64 }),
  /** Ed25519 signature by that key over the text of fleet/codes.ts, base64url: proof that the device holds it. */
  proof: Type.String({ maxLength: 200 }),
}, { additionalProperties: false })
export type EnrolRequest = Static<typeof EnrolRequest>
/** 202: the device has no credential yet; it asks again, with the same key. */
export const EnrolWaiting = Type.Object({ state: Type.Literal('waiting'), requestId: Id, expiresAt: Instant, askAgainSecs: Type.Integer() }, { additionalProperties: false })
export type EnrolWaiting = Static<typeof EnrolWaiting>
export const EnrolAnswer = Type.Object({
  deviceId: Id, group: Type.String(), organisation: Type.String(),
  /** User JWT for NATS. */
  jwt: Type.String(), natsServers: Type.Array(Type.String()), caPem: Type.String(),
  /** Raw Ed25519 public keys, base64, that may sign policies. */
  policyKeys: Type.Array(Type.String()),
  /** The signed root of trust, base64, where the installation has one. */
  root: Type.Optional(Type.String()),
  reEnrolled: Type.Boolean(),
}, { additionalProperties: false })
export type EnrolAnswer = Static<typeof EnrolAnswer>
