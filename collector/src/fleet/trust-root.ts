// The root of trust, from the collector's side: what it says, how it is written, and whether one may follow another.
//
// The collector holds no root key. It proposes a root as a file; the holders sign it elsewhere; it takes back what is signed by
// enough of them, and from then on sends it, and all before it, with every policy. Devices check for themselves
// (agent/src/identity/root.ts), so what is checked here only spares them a root that they would refuse.
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { fromWireTimestamp, MAX_ROOT_BYTES, ROOT_CONTEXT, toWireTimestamp, wire } from '@holdfast/proto'
import { CodedError } from '../errors.ts'
import { policyKeyId, rawPolicyKey } from './agent-policy.ts'

/** DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410); the 32 raw bytes follow. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')
const MOST_KEYS = 16

export interface TrustRoot {
  readonly organisation: string
  readonly version: number
  readonly issuedAtMs: number
  /** Base64 of raw Ed25519 public keys. */
  readonly rootKeys: readonly string[]
  readonly rootThreshold: number
  readonly policyKeys: readonly string[]
  readonly policyThreshold: number
  readonly epoch: number
  /** PEM. */
  readonly authorities: readonly string[]
}

export interface Signature {
  readonly keyId: string
  readonly signature: Uint8Array
}

export interface SignedTrustRoot {
  readonly root: TrustRoot
  readonly body: Uint8Array
  readonly signatures: readonly Signature[]
}

const refuse = (problem: string): never => {
  throw new CodedError('KEY_ROTATION_REFUSED', { problem })
}

/** A raw Ed25519 public key in base64. @throws KEY_ROTATION_REFUSED */
export function parsePublicKey(text: string): string {
  const raw = Buffer.from(text.trim(), 'base64')
  return raw.length === 32 && raw.toString('base64') === text.trim() ? text.trim() : refuse(`${text.slice(0, 60)} is no public key; holdfast keys make prints one`)
}

export const idOfPublic = (text: string): string => policyKeyId(Buffer.from(text, 'base64'))

/** @throws KEY_ROTATION_REFUSED when it says what devices would refuse */
export function encodeRoot(root: TrustRoot): Uint8Array {
  for (const [what, keys, threshold] of [['root', root.rootKeys, root.rootThreshold], ['policy', root.policyKeys, root.policyThreshold]] as const) {
    if (keys.length === 0 || keys.length > MOST_KEYS || new Set(keys).size !== keys.length) refuse(`a root names 1 to ${MOST_KEYS} different ${what} keys`)
    if (!Number.isSafeInteger(threshold) || threshold < 1 || threshold > keys.length) refuse(`${threshold} of ${keys.length} ${what} keys cannot sign`)
  }
  const body = wire.TrustRoot.encode({
    organisation: root.organisation, version: root.version, issuedAt: toWireTimestamp(root.issuedAtMs), rootKeys: root.rootKeys.map((text) => Buffer.from(text, 'base64')), rootThreshold: root.rootThreshold,
    policyKeys: root.policyKeys.map((text) => Buffer.from(text, 'base64')), policyThreshold: root.policyThreshold, policyEpoch: root.epoch, authorities: [...root.authorities],
  }).finish()
  return body.length < MAX_ROOT_BYTES / 2 ? body : refuse('it is larger than devices take; name fewer authorities')
}

export function decodeRoot(body: Uint8Array): TrustRoot {
  const { organisation, version, issuedAt, rootKeys, rootThreshold, policyKeys, policyThreshold, policyEpoch, authorities } = wire.TrustRoot.decode(body)
  const texts = (keys: readonly Uint8Array[]): readonly string[] => keys.map((raw) => Buffer.from(raw).toString('base64'))
  return { organisation, version, issuedAtMs: fromWireTimestamp(issuedAt) ?? 0, rootKeys: texts(rootKeys), rootThreshold, policyKeys: texts(policyKeys), policyThreshold, epoch: policyEpoch, authorities }
}

export const encodeSignedRoot = (body: Uint8Array, signatures: readonly Signature[]): Uint8Array => wire.SignedRoot.encode({ body, signatures: signatures.map((one) => ({ ...one })) }).finish()

export function decodeSignedRoot(bytes: Uint8Array): SignedTrustRoot {
  const { body, signatures } = wire.SignedRoot.decode(bytes)
  return { root: decodeRoot(body), body, signatures: signatures.map(({ keyId, signature }) => ({ keyId: keyId ?? '', signature: signature ?? new Uint8Array() })) }
}

/** What a signature of a root, or of a policy, is over. */
export const signedText = (purpose: 'root' | 'policy', body: Uint8Array): Uint8Array => (purpose === 'root' ? Buffer.concat([Buffer.from(ROOT_CONTEXT), body]) : body)

export const signBody = (purpose: 'root' | 'policy', body: Uint8Array, key: KeyObject): Signature => ({ keyId: policyKeyId(rawPolicyKey(key)), signature: sign(null, signedText(purpose, body), key) })

/** The keys of a list that have signed, each once, as base64. */
export function signersOf(purpose: 'root' | 'policy', body: Uint8Array, signatures: readonly Signature[], keys: readonly string[]): readonly string[] {
  return keys.filter((text) => {
    const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, Buffer.from(text, 'base64')]), format: 'der', type: 'spki' })
    return signatures.some(({ keyId, signature }) => keyId === idOfPublic(text) && signature.length === 64 && verify(null, signedText(purpose, body), key, signature))
  })
}

/** What still has to happen before a root may follow the one before it, in words; empty when nothing. */
export function rootProblems({ root, body, signatures }: SignedTrustRoot, before: TrustRoot | undefined, organisation: string): readonly string[] {
  const missing = (keys: readonly string[], threshold: number, whose: string): readonly string[] => {
    const signers = signersOf('root', body, signatures, keys)
    return signers.length >= threshold ? [] : [`${threshold - signers.length} more of ${whose} must sign: ${keys.filter((key) => !signers.includes(key)).map(idOfPublic).join(', ')}`]
  }
  return [
    ...(root.organisation === organisation ? [] : ['it is for another organisation']),
    ...(root.version === (before?.version ?? 0) + 1 ? [] : [`it has version ${root.version}, and the next one is ${(before?.version ?? 0) + 1}`]),
    ...(root.epoch >= (before?.epoch ?? 0) ? [] : ['its epoch is lower than the present one']),
    ...missing(root.rootKeys, root.rootThreshold, 'its own root keys'),
    ...(before === undefined ? [] : missing(before.rootKeys, before.rootThreshold, 'the root keys of the root before it')),
  ]
}

/** For people. */
export const describeRoot = (root: TrustRoot): readonly string[] => [
  `Root of trust, version ${root.version}, for ${root.organisation}, of ${new Date(root.issuedAtMs).toISOString()}`,
  `  ${root.rootThreshold} of ${root.rootKeys.length} root keys sign the next one: ${root.rootKeys.map(idOfPublic).join(', ')}`,
  `  ${root.policyThreshold} of ${root.policyKeys.length} keys sign policies: ${root.policyKeys.map(idOfPublic).join(', ')}`,
  `  epoch of policies ${root.epoch}: every policy of a lower one is put out of force`,
  `  ${root.authorities.length} authorities vouch for the collector`,
]
