// Enrolment codes.
//
//   HF1-<pin>-<secret>
//
//   pin     26 base32 characters: the first 130 bits of SHA-256 over the DER form of the installation's certificate
//           authority. The device compares it before it says anything, so a code works with one installation only.
//   secret  26 base32 characters, 130 random bits. The store holds SHA-256 of its text in hex.
//
// Base32 is RFC 4648's, upper case, without padding. The secret never travels alone: the device sends the whole code over
// a connection whose authority the pin has proved, with a signature of its key over
//
//   holdfast-enrol\n<secret>\n<public key>\n<hardware id>        (UTF-8; the signature is Ed25519, base64url)
//
// so that nobody can enrol a key that they do not hold. There is no check character: a mistyped pin is found by the
// device, a mistyped secret is a code that nobody made.
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto'
import { base32, rawPublicKey } from '../bus/nkeys.ts'

const CODE = /^HF1-([A-Z2-7]{26})-([A-Z2-7]{26})$/
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

/** @param pin see caPin */
export function makeCode(pin: string): { readonly text: string; readonly secretHash: string } {
  const secret = base32(randomBytes(17)).slice(0, 26)
  return { text: `HF1-${pin}-${secret}`, secretHash: hashSecret(secret) }
}

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** The parts of a code, or undefined when it has another form. */
export function parseCode(text: string): { readonly pin: string; readonly secret: string } | undefined {
  const parts = CODE.exec(text.trim())
  return parts === null ? undefined : { pin: parts[1] ?? '', secret: parts[2] ?? '' }
}

/** What a device signs. */
export const proofText = (secret: string, publicKey: string, hardwareId: string): string => `holdfast-enrol\n${secret}\n${publicKey}\n${hardwareId}`

/** Whether the holder of `publicKey` (an NKey of kind user) signed this enrolment. */
export function proofHolds(secret: string, input: { readonly publicKey: string; readonly hardwareId: string; readonly proof: string }): boolean {
  return signedByUser(input.publicKey, proofText(secret, input.publicKey, input.hardwareId), Buffer.from(input.proof, 'base64url'))
}

/** Whether the holder of an NKey of kind user has signed a text. */
export function signedByUser(publicKey: string, text: string, signature: Uint8Array): boolean {
  const raw = rawPublicKey('user', publicKey)
  if (raw === undefined || signature.length !== 64) return false
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text), key, signature)
}
