// Whether a signed policy is genuine and meant for this device. Nothing of the body is parsed before its signature holds.
import { createHash } from 'node:crypto'
import { fromWireTimestamp, MAX_POLICY_BYTES, wire } from '@holdfast/proto'
import { CodedError } from '../errors.ts'
import type { Identity } from '../identity/contract.ts'
import { followRoots, readRoot, type Root } from '../identity/root.ts'
import { countSigners } from '../identity/signatures.ts'

export { policyKeyId } from '../identity/signatures.ts'

export interface VerifiedPolicy {
  readonly policy: wire.AgentPolicy.$Properties
  readonly version: number
  /** Of the root that it was made under; policies of a higher one are later. 0 where there is no root. */
  readonly epoch: number
  /** Hex SHA-256 of the body. */
  readonly hash: string
  readonly expiresAtMs: number
}

/** Whom a device believes, and for what it is meant. */
export type Target = Pick<Identity, 'deviceId' | 'organisation' | 'group' | 'policyKeys' | 'root' | 'earlierPolicyKeys'>

/** Version of a policy that was refused before its signature could be believed: for the report only. */
export function claimedVersion(signed: Uint8Array): number {
  try {
    const { version } = wire.AgentPolicy.decode(wire.SignedPolicy.decode(signed).body)
    return Number.isSafeInteger(version) && version >= 0 ? version : 0
  } catch {
    return 0
  }
}

/** @throws POLICY_TOO_LARGE, POLICY_UNREADABLE */
export function decodeSigned(bytes: Uint8Array): wire.SignedPolicy {
  if (bytes.length > MAX_POLICY_BYTES) throw new CodedError('POLICY_TOO_LARGE', { size: bytes.length, limit: MAX_POLICY_BYTES })
  try {
    return wire.SignedPolicy.decode(bytes)
  } catch (cause) {
    throw new CodedError('POLICY_UNREADABLE', {}, { cause })
  }
}

/**
 * @param context what the signature is over before the body; nothing for a policy
 * @param threshold how many different keys must have signed
 * @throws POLICY_UNSIGNED, POLICY_WRONG_KEY, POLICY_TOO_FEW_SIGNATURES
 */
export function checkSignature(signed: Pick<wire.SignedPolicy, 'body' | 'signatures'>, policyKeys: readonly string[], context: Uint8Array = new Uint8Array(), threshold = 1): void {
  if (!signed.signatures.some(({ signature }) => (signature?.length ?? 0) > 0)) throw new CodedError('POLICY_UNSIGNED')
  const count = countSigners(signed, policyKeys, context)
  if (count === 0) throw new CodedError('POLICY_WRONG_KEY')
  if (count < threshold) throw new CodedError('POLICY_TOO_FEW_SIGNATURES', { count, threshold })
}

/** The root that came with a policy, where it is later than what the device has. @throws POLICY_TOO_LARGE, POLICY_UNREADABLE, POLICY_ROOT_REFUSED */
export const rootWith = (bytes: Uint8Array, trusting: Target): Root | undefined => followRoots(trusting, decodeSigned(bytes).roots)

function checkTarget(policy: wire.AgentPolicy, { organisation, group, deviceId }: Target): void {
  if (policy.organisation !== organisation) throw new CodedError('POLICY_OTHER_FLEET')
  if (policy.group !== group) throw new CodedError('POLICY_OTHER_TARGET')
  if (policy.device !== '' && policy.device !== deviceId) throw new CodedError('POLICY_OTHER_DEVICE')
}

/** A policy says under which root it was made, so that one of before a theft is known for what it is, whoever has signed it. */
function checkEpoch({ rootVersion, epoch }: wire.AgentPolicy, root: Root | undefined): void {
  if (rootVersion > (root?.version ?? 0)) throw new CodedError('POLICY_ROOT_REFUSED', { problem: `version ${rootVersion} of it, under which the policy was made, did not come` })
  if (epoch < (root?.epoch ?? 0)) throw new CodedError('POLICY_OLDER')
  if (epoch > (root?.epoch ?? 0)) throw new CodedError('POLICY_ROOT_REFUSED', { problem: 'the policy claims another epoch' })
}

/**
 * Checks, in this order: size, outer form, signatures, body's form, target, epoch.
 *
 * @param bytes an encoded wire.SignedPolicy; roots that came with it are the caller's (rootWith)
 * @throws POLICY_TOO_LARGE, POLICY_UNREADABLE, POLICY_UNSIGNED, POLICY_WRONG_KEY, POLICY_TOO_FEW_SIGNATURES, POLICY_OTHER_FLEET, POLICY_OTHER_TARGET (group), POLICY_OTHER_DEVICE, POLICY_OLDER and POLICY_ROOT_REFUSED (epoch), POLICY_INVALID (version or expiry is no number)
 */
export function verifyPolicy(bytes: Uint8Array, target: Target): VerifiedPolicy {
  const signed = decodeSigned(bytes)
  const root = target.root === undefined ? undefined : readRoot(target.root, target.organisation)
  checkSignature(signed, target.policyKeys, undefined, root?.policyThreshold)
  const found = readBody(signed.body, target)
  checkEpoch(found.policy, root)
  return found
}

/**
 * The policy that this device has kept, which was good when it came. The root may have changed since: then the keys of before are
 * good enough for what lies in the agent's own folder, until a policy of today takes its place.
 *
 * @throws as verifyPolicy, but nothing of the epoch
 */
export function verifyKept(bytes: Uint8Array, target: Target): VerifiedPolicy {
  const earlier = target.earlierPolicyKeys ?? []
  if (earlier.length === 0) return verifyPolicy(bytes, target)
  const signed = decodeSigned(bytes)
  checkSignature(signed, [...target.policyKeys, ...earlier])
  return readBody(signed.body, target)
}

function readBody(body: Uint8Array, target: Target): VerifiedPolicy & { readonly policy: wire.AgentPolicy } {
  let policy: wire.AgentPolicy
  try {
    policy = wire.AgentPolicy.decode(body)
  } catch (cause) {
    throw new CodedError('POLICY_UNREADABLE', {}, { cause })
  }
  checkTarget(policy, target)
  const expiresAtMs = fromWireTimestamp(policy.expiresAt)
  if (expiresAtMs === undefined) throw new CodedError('POLICY_INVALID', { problem: 'it has no end' })
  if (!Number.isSafeInteger(policy.version) || policy.version < 1) throw new CodedError('POLICY_INVALID', { problem: 'its version is not a whole number of at least 1' })
  return { policy, version: policy.version, epoch: policy.epoch, hash: createHash('sha256').update(body).digest('hex'), expiresAtMs }
}
