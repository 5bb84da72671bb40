// Whether a signed policy is genuine and meant for this device. Nothing of the body is parsed before its signature holds.
import { createHash, createPublicKey, type KeyObject, verify as verifySignature } from 'node:crypto'
import { fromWireTimestamp, MAX_POLICY_BYTES, wire } from '@holdfast/proto'
import { CodedError } from '../errors.ts'
import type { Identity } from '../identity/contract.ts'

/** DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410); the 32 raw bytes follow. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

export interface VerifiedPolicy {
  readonly policy: wire.AgentPolicy.$Properties
  readonly version: number
  /** Hex SHA-256 of the body. */
  readonly hash: string
  readonly expiresAtMs: number
}

/** How signatures name their key: the first 16 hex digits of SHA-256 over the raw public key. */
export const policyKeyId = (raw: Uint8Array): string => createHash('sha256').update(raw).digest('hex').slice(0, 16)

function trustedKeys(policyKeys: readonly string[]): ReadonlyMap<string, KeyObject> {
  return new Map(policyKeys.flatMap((text) => {
    const raw = Buffer.from(text, 'base64')
    return raw.length === 32 ? [[policyKeyId(raw), createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' })] as const] : []
  }))
}

/** Version of a policy that was refused before its signature could be believed: for the report only. */
export function claimedVersion(signed: Uint8Array): number {
  try {
    const { version } = wire.AgentPolicy.decode(wire.SignedPolicy.decode(signed).body)
    return Number.isSafeInteger(version) && version >= 0 ? version : 0
  } catch {
    return 0
  }
}

function decodeSigned(bytes: Uint8Array): wire.SignedPolicy {
  if (bytes.length > MAX_POLICY_BYTES) throw new CodedError('POLICY_TOO_LARGE', { size: bytes.length, limit: MAX_POLICY_BYTES })
  try {
    return wire.SignedPolicy.decode(bytes)
  } catch (cause) {
    throw new CodedError('POLICY_UNREADABLE', {}, { cause })
  }
}

/**
 * @param context what the signature is over before the body; nothing for a policy
 * @throws POLICY_UNSIGNED, POLICY_WRONG_KEY
 */
export function checkSignature(signed: Pick<wire.SignedPolicy, 'body' | 'signatures'>, policyKeys: readonly string[], context: Uint8Array = new Uint8Array()): void {
  if (!signed.signatures.some(({ signature }) => (signature?.length ?? 0) > 0)) throw new CodedError('POLICY_UNSIGNED')
  const keys = trustedKeys(policyKeys)
  const genuine = signed.signatures.some(({ keyId, signature }) => {
    const key = keys.get(keyId ?? '')
    return key !== undefined && signature?.length === 64 && verifySignature(null, context.length === 0 ? signed.body : Buffer.concat([context, signed.body]), key, signature)
  })
  if (!genuine) throw new CodedError('POLICY_WRONG_KEY')
}

/**
 * Checks, in this order: size, outer form, signature, body's form, target.
 *
 * @param bytes an encoded wire.SignedPolicy
 * @throws POLICY_TOO_LARGE, POLICY_UNREADABLE, POLICY_UNSIGNED, POLICY_WRONG_KEY, POLICY_OTHER_TARGET, POLICY_INVALID (version or expiry is no number)
 */
export function verifyPolicy(bytes: Uint8Array, identity: Pick<Identity, 'deviceId' | 'organisation' | 'group' | 'policyKeys'>): VerifiedPolicy {
  const signed = decodeSigned(bytes)
  checkSignature(signed, identity.policyKeys)
  let policy: wire.AgentPolicy
  try {
    policy = wire.AgentPolicy.decode(signed.body)
  } catch (cause) {
    throw new CodedError('POLICY_UNREADABLE', {}, { cause })
  }
  if (policy.organisation !== identity.organisation || policy.group !== identity.group || (policy.device !== '' && policy.device !== identity.deviceId)) throw new CodedError('POLICY_OTHER_TARGET')
  const expiresAtMs = fromWireTimestamp(policy.expiresAt)
  if (expiresAtMs === undefined) throw new CodedError('POLICY_INVALID', { problem: 'it has no end' })
  if (!Number.isSafeInteger(policy.version) || policy.version < 1) throw new CodedError('POLICY_INVALID', { problem: 'its version is not a whole number of at least 1' })
  return { policy, version: policy.version, hash: createHash('sha256').update(signed.body).digest('hex'), expiresAtMs }
}
