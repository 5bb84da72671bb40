// Enrolment, from the device's side.
//
//   1  the code is read; a typing error ends here, before any network
//   2  GET /ca.pem, believing nobody; its pin must be the code's
//   3  from here on only that CA is believed, host name included
//   4  a key is made, and kept, on this device; its public half, the hardware's id and a proof go to POST /api/v1/enrol
//   5  the answer is checked, also that it names the pinned CA, and written as one step
//
// A failure at any step leaves an earlier identity as it was.
import { X509Certificate } from 'node:crypto'
import { fromSeed, createUser } from 'nkeys.js'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { CodedError } from '../errors.ts'
import { makePrivateFolder } from '../platform/durable-file.ts'
import type { Platform } from '../platform/platform.ts'
import { requestCollector } from './collector-http.ts'
import type { Identity } from './contract.ts'
import { parseEnrolmentCode, pinOf } from './enrolment-code.ts'
import type { Proxy } from './proxy.ts'
import { loadIdentity, pendingSeed, saveIdentity } from './identity-file.ts'
import { readRoot } from './root.ts'

const Answer = Type.Object({
  deviceId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), group: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), organisation: Type.String({ minLength: 1, maxLength: 256 }),
  jwt: Type.String({ minLength: 1, maxLength: 65_536 }), natsServers: Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), { minItems: 1, maxItems: 64 }), caPem: Type.String({ minLength: 1, maxLength: 65_536 }),
  policyKeys: Type.Array(Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' }), { minItems: 1, maxItems: 16 }), reEnrolled: Type.Boolean(),
  root: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9+/]{1,22000}={0,2}$' })),
})
const Waiting = Type.Object({ state: Type.Literal('waiting'), requestId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), expiresAt: Type.String({ maxLength: 40 }), askAgainSecs: Type.Integer({ minimum: 1, maximum: 86_400 }) })
const Refusal = Type.Object({ code: Type.String({ pattern: '^[A-Z][A-Z0-9_]{1,63}$' }), detail: Type.Optional(Type.String({ maxLength: 500 })) })

export interface EnrolRequest {
  readonly folder: string
  /** `https://host:port`, as parseCollectorUrl gives it. */
  readonly collectorUrl: string
  readonly code: string
  /** Enrol although there is an identity; the spool stays. */
  readonly force: boolean
  readonly agentVersion: string
  readonly proxy?: Proxy
  readonly platform: Pick<Platform, 'hardwareId' | 'description'>
}

/** What the device signs to prove that it holds the key that the collector is about to admit. */
export const enrolmentProofText = (secret: string, publicKey: string, hardwareId: string): string => ['holdfast-enrol', secret, publicKey, hardwareId].join('\n')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The certificate authority that the collector shows, when it is the one that the code names. */
async function pinnedAuthority(collectorUrl: string, pin: string, way: { readonly proxy?: Proxy }): Promise<string> {
  const notACollector = (cause?: unknown) => new CodedError('COLLECTOR_UNREACHABLE', { problem: `${new URL(collectorUrl).host} answers, but it is no Holdfast collector` }, { cause })
  const answer = await requestCollector(collectorUrl, '/ca.pem', 'anybody', way)
  if (answer.status !== 200) throw notACollector()
  // One certificate and nothing else: what stands behind it would be believed too.
  if ((answer.body.match(/-----BEGIN /g) ?? []).length !== 1) throw notACollector()
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(answer.body)
  } catch (cause) {
    throw notACollector(cause)
  }
  if (pinOf(certificate.raw) !== pin || !certificate.ca) throw new CodedError('ENROLMENT_PIN_MISMATCH')
  return certificate.toString()
}

async function refuseSecondIdentity(folder: string): Promise<void> {
  let existing: Identity
  try {
    existing = await loadIdentity(folder)
  } catch (error) {
    if (error instanceof CodedError && error.code === 'NOT_ENROLLED') return
    throw error
  }
  throw new CodedError('ALREADY_ENROLLED', { device: existing.deviceId })
}

/** What the root says that came over the pinned authority, where there is one. @throws POLICY_ROOT_REFUSED, ENROLMENT_PIN_MISMATCH */
function underRoot(text: string | undefined, organisation: string, caPem: string): Pick<Identity, 'caPem' | 'root'> & Partial<Pick<Identity, 'policyKeys'>> {
  if (text === undefined) return { caPem }
  const { policyKeys, authorities } = readRoot(text, organisation)
  const pinned = new X509Certificate(caPem).fingerprint256
  if (!authorities.some((pem) => new X509Certificate(pem).fingerprint256 === pinned)) throw new CodedError('ENROLMENT_PIN_MISMATCH')
  return { root: text, policyKeys, caPem: `${authorities.map((pem) => pem.trimEnd()).join('\n')}\n` }
}

/**
 * Admits this device to a collector's fleet.
 *
 * @throws ENROLMENT_CODE_INVALID, ALREADY_ENROLLED, ENROLMENT_PIN_MISMATCH, COLLECTOR_UNREACHABLE (with `seconds` when it said how long to stay away), ENROLMENT_WAITS (for approval), ENROLMENT_REFUSED with the collector's code
 */
export async function enrol(request: EnrolRequest): Promise<Identity & { readonly reEnrolled: boolean }> {
  const { folder, collectorUrl, platform } = request
  const way = request.proxy === undefined ? {} : { proxy: request.proxy }
  const code = parseEnrolmentCode(request.code)
  if (!request.force) await refuseSecondIdentity(folder)
  const caPem = await pinnedAuthority(collectorUrl, code.pin, way)

  await makePrivateFolder(folder)
  const seed = await pendingSeed(folder, () => new TextDecoder().decode(createUser().getSeed()))
  const key = fromSeed(new TextEncoder().encode(seed))
  const publicKey = key.getPublicKey()
  const [hardwareId, { hostname, os }] = await Promise.all([platform.hardwareId(), platform.description()])
  const proof = Buffer.from(key.sign(new TextEncoder().encode(enrolmentProofText(code.secret, publicKey, hardwareId)))).toString('base64url')
  const answer = await requestCollector(collectorUrl, '/api/v1/enrol', { caPem }, { ...way, method: 'POST', json: { code: code.text, publicKey, hardwareId, hostname, os, agentVersion: request.agentVersion, proof } })

  const body = parseJson(answer.body)
  if (answer.status === 202 && Value.Check(Waiting, body)) throw new CodedError('ENROLMENT_WAITS', { requestId: body.requestId, key: publicKey.slice(-8), seconds: answer.retryAfterSecs ?? body.askAgainSecs, until: body.expiresAt })
  if (answer.status !== 200) {
    const refusal = Value.Check(Refusal, body) ? body.code : `HTTP_${answer.status}`
    // 5xx and "too many" are no verdict on the code: the same command may be given again.
    if (answer.status >= 500 || answer.status === 429) throw new CodedError('COLLECTOR_UNREACHABLE', { problem: `it answers ${refusal}; try again`, ...(answer.retryAfterSecs === undefined ? {} : { seconds: answer.retryAfterSecs }) })
    throw new CodedError('ENROLMENT_REFUSED', { code: refusal })
  }
  if (!Value.Check(Answer, body)) throw new CodedError('COLLECTOR_UNREACHABLE', { problem: 'its answer to the enrolment does not have the right shape; do the versions fit?' })
  const { reEnrolled, root, ...granted } = body
  if (new X509Certificate(granted.caPem).fingerprint256 !== new X509Certificate(caPem).fingerprint256) throw new CodedError('ENROLMENT_PIN_MISMATCH')
  const identity: Identity = { ...granted, ...underRoot(root, granted.organisation, caPem), collectorUrl, seed, publicKey }
  await saveIdentity(folder, identity)
  return { ...identity, reEnrolled }
}
