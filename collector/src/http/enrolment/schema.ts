import Type, { type Static } from 'typebox'
import { Id, Instant } from '../primitives.ts'

export const EnrolmentCodeRequest = Type.Object({
  group: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$', default: 'default' })), uses: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
  expiresInSecs: Type.Optional(Type.Integer({ minimum: 60, maximum: 31_536_000, default: 86_400 })),
}, { additionalProperties: false })
export const EnrolmentCodeCreated = Type.Object({
  id: Id, code: Type.String({ description: 'Shown once. Holds the pin of the CA.' }), group: Type.String(), uses: Type.Integer(), expiresAt: Instant, collectorUrl: Type.String(), installCommand: Type.String(),
}, { additionalProperties: false })
export type EnrolmentCodeCreated = Static<typeof EnrolmentCodeCreated>
export const EnrolmentCodeView = Type.Object({ id: Id, group: Type.String(), maxUses: Type.Integer(), uses: Type.Integer(), createdAt: Instant, expiresAt: Instant, createdBy: Type.String(), state: Type.Union([Type.Literal('open'), Type.Literal('used_up'), Type.Literal('expired'), Type.Literal('revoked')]) }, { additionalProperties: false })
export type EnrolmentCodeView = Static<typeof EnrolmentCodeView>

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
export const EnrolAnswer = Type.Object({
  deviceId: Id, group: Type.String(), organisation: Type.String(),
  /** User JWT for NATS. */
  jwt: Type.String(), natsServers: Type.Array(Type.String()), caPem: Type.String(),
  /** Raw Ed25519 public keys, base64, that may sign policies. */
  policyKeys: Type.Array(Type.String()),
  reEnrolled: Type.Boolean(),
}, { additionalProperties: false })
export type EnrolAnswer = Static<typeof EnrolAnswer>
