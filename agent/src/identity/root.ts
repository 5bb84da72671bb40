// The root of trust: who may sign policies, as the holders of root keys say. Their keys are nowhere on the collector, so whoever
// steals what the collector signs with can be put out again: a later root names other keys, and a higher epoch makes every
// policy of before, whatever its version, an earlier one.
//
// Invariants
//   1. A device that has a root takes from no policy whom to trust, and goes from its root to the next one only: no version is
//      left out, none comes twice with other words, no epoch is lower than the one before.
//   2. A root is signed by as many different keys of the root before it as that one asks for, and of its own as it asks for itself.
//   3. The first one is signed by its own keys as well, and by a key that the device takes policies from: it believes whom it believed.
import { createHash } from 'node:crypto'
import { MAX_ROOT_BYTES, MAX_ROOTS, ROOT_CONTEXT, wire } from '@holdfast/proto'
import { CodedError } from '../errors.ts'
import { countSigners } from './signatures.ts'

/** As the schema of the enrolment's answer has it; more are no organisation's. */
const MOST_KEYS = 16
const PEM = /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]{100,8000}\n-----END CERTIFICATE-----\n?$/

export interface Root {
  readonly version: number
  readonly epoch: number
  /** Base64 of raw Ed25519 public keys. */
  readonly rootKeys: readonly string[]
  readonly rootThreshold: number
  readonly policyKeys: readonly string[]
  readonly policyThreshold: number
  /** PEM. */
  readonly authorities: readonly string[]
  /** Base64 of the encoded wire.SignedRoot. */
  readonly text: string
}

interface Read {
  readonly root: Root
  readonly signed: wire.SignedRoot
  readonly organisation: string
}

export const isAuthority = (pem: string): boolean => PEM.test(pem)

const refuse = (problem: string, cause?: unknown): never => {
  throw new CodedError('POLICY_ROOT_REFUSED', { problem }, cause === undefined ? {} : { cause })
}

function keysOf(raw: readonly Uint8Array[]): readonly string[] {
  const keys = [...new Set(raw.map((key) => Buffer.from(key).toString('base64')))]
  return raw.every((key) => key.length === 32) && keys.length === raw.length && keys.length > 0 && keys.length <= MOST_KEYS ? keys : refuse('its keys are not whole')
}

function read(bytes: Uint8Array): Read {
  if (bytes.length > MAX_ROOT_BYTES) refuse('it is too large')
  let signed: wire.SignedRoot
  let body: wire.TrustRoot
  try {
    signed = wire.SignedRoot.decode(bytes)
    body = wire.TrustRoot.decode(signed.body)
  } catch (error) {
    return refuse('it cannot be read', error)
  }
  const { version, policyEpoch: epoch, rootThreshold, policyThreshold, authorities } = body
  const [rootKeys, policyKeys] = [keysOf(body.rootKeys), keysOf(body.policyKeys)]
  if (version < 1 || rootThreshold < 1 || rootThreshold > rootKeys.length || policyThreshold < 1 || policyThreshold > policyKeys.length) refuse('its numbers do not fit')
  if (authorities.length === 0 || authorities.length > MOST_KEYS || !authorities.every(isAuthority)) refuse('its authorities are not whole')
  return { root: { version, epoch, rootKeys, rootThreshold, policyKeys, policyThreshold, authorities, text: Buffer.from(bytes).toString('base64') }, signed, organisation: body.organisation }
}

const enough = ({ signed }: Read, keys: readonly string[], threshold: number): boolean => countSigners(signed, keys, Buffer.from(ROOT_CONTEXT)) >= threshold

/**
 * The root that this device has kept, or that came with its enrolment over the pinned authority: checked by itself.
 *
 * @param text base64 of an encoded wire.SignedRoot
 * @throws POLICY_ROOT_REFUSED
 */
export function readRoot(text: string, organisation: string): Root {
  const found = read(Buffer.from(text, 'base64'))
  if (found.organisation !== organisation) refuse('it is for another organisation')
  if (!enough(found, found.root.rootKeys, found.root.rootThreshold)) refuse('too few of its own keys have signed it')
  return found.root
}

export interface Trusting {
  readonly organisation: string
  readonly policyKeys: readonly string[]
  /** Base64 of the root that it has. */
  readonly root?: string
}

const hashOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')

/**
 * Follows roots to the last one.
 *
 * @returns the last one when that is later than what the device has; undefined otherwise
 * @throws POLICY_ROOT_REFUSED; nothing of a chain is taken when one of it is not good
 */
export function followRoots(trusting: Trusting, roots: readonly Uint8Array[]): Root | undefined {
  if (roots.length > MAX_ROOTS) refuse('there are too many')
  const kept = trusting.root === undefined ? undefined : read(Buffer.from(trusting.root, 'base64'))
  let current = kept
  for (const bytes of roots) {
    const next = read(bytes)
    const { version, epoch, rootKeys, rootThreshold } = next.root
    if (next.organisation !== trusting.organisation) refuse('it is for another organisation')
    if (current !== undefined && version <= current.root.version) {
      if (version === current.root.version && hashOf(next.signed.body) !== hashOf(current.signed.body)) refuse(`there are two of version ${version}`)
      continue
    }
    if (version !== (current?.root.version ?? 0) + 1) refuse(`version ${(current?.root.version ?? 0) + 1} is missing`)
    if (!enough(next, rootKeys, rootThreshold)) refuse('too few of its own keys have signed it')
    if (current === undefined ? countSigners(next.signed, trusting.policyKeys, Buffer.from(ROOT_CONTEXT)) === 0 : !enough(next, current.root.rootKeys, current.root.rootThreshold)) refuse(current === undefined ? 'no key that this device takes policies from has signed the first one' : 'too few of the keys of the one before have signed it')
    if (epoch < (current?.root.epoch ?? 0)) refuse('its epoch is lower than the one before')
    current = next
  }
  return current === kept ? undefined : current?.root
}
