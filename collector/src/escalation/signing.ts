// Whose bundle it is: the installation signs the hash of the manifest, and the manifest holds the hash of everything else.
//
//   text that is signed = "holdfast bundle manifest/1\n" SHA-256 of manifest.json in hex
//   manifest.sig.json   = {"algorithm":"Ed25519","publicKey":"<hex>","manifestSha256":"<hex>","signature":"<hex>"} and a line feed
//
// The file has this one form, so that no byte of it can change unseen. Whoever replaces the manifest and signs it anew has
// another key: its fingerprint (SHA-256 of the 32 bytes, hex) is to be compared with the one that the console shows.
import { createPublicKey, hash, type KeyObject, sign } from 'node:crypto'

const rawOf = (key: KeyObject): Buffer => (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' }).subarray(-32)

export interface SigningKey {
  /** 32 bytes, hex. */
  readonly publicKey: string
  readonly publicKeyPem: string
  /** SHA-256 of those 32 bytes, hex. */
  readonly fingerprint: string
}

export const signingKeyOf = (key: KeyObject): SigningKey => ({
  publicKey: rawOf(key).toString('hex'), publicKeyPem: (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'pem', type: 'spki' }) as string, fingerprint: hash('sha256', rawOf(key), 'hex'),
})

/** The text of manifest.sig.json. @param key Ed25519, private */
export const signatureFile = (manifestSha256: string, key: KeyObject): string =>
  `${JSON.stringify({ algorithm: 'Ed25519', publicKey: rawOf(key).toString('hex'), manifestSha256, signature: sign(null, Buffer.from(`holdfast bundle manifest/1\n${manifestSha256}`), key).toString('hex') })}\n`
