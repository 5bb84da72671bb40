// Who has signed something: Ed25519 by keys that the device knows, each counted once.
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { wire } from '@holdfast/proto'

/** DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410); the 32 raw bytes follow. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

/** How signatures name their key: the first 16 hex digits of SHA-256 over the raw public key. */
export const policyKeyId = (raw: Uint8Array): string => createHash('sha256').update(raw).digest('hex').slice(0, 16)

function trustedKeys(keys: readonly string[]): ReadonlyMap<string, KeyObject> {
  return new Map(keys.flatMap((text) => {
    const raw = Buffer.from(text, 'base64')
    return raw.length === 32 ? [[policyKeyId(raw), createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' })] as const] : []
  }))
}

/** More signatures than anybody has keys are not looked at. */
const MOST_SIGNATURES = 64

/**
 * How many of these keys have signed; one that signed twice counts once.
 *
 * @param keys base64 of raw public keys
 * @param context what the signatures are over before the body; nothing for a policy
 */
export function countSigners(signed: Pick<wire.SignedPolicy, 'body' | 'signatures'>, keys: readonly string[], context: Uint8Array = new Uint8Array()): number {
  const known = trustedKeys(keys)
  const text = context.length === 0 ? signed.body : Buffer.concat([context, signed.body])
  const signers = new Set<string>()
  for (const { keyId, signature } of signed.signatures.slice(0, MOST_SIGNATURES)) {
    const key = known.get(keyId ?? '')
    if (key !== undefined && keyId != null && !signers.has(keyId) && signature?.length === 64 && verify(null, text, key, signature)) signers.add(keyId)
  }
  return signers.size
}
