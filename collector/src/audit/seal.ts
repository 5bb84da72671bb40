// Texts in the audit log that tell of one person are sealed under a key of that person, so that the log can stay as it
// is, hash by hash, when the person is erased: the key goes, and what it sealed is noise.
//
//   "sealed": { "by": "<user id>", "box": "<base64url of 12 bytes nonce | ciphertext | 16 bytes tag>" }
//
// AES-256-GCM with the user id as additional data. The box holds a JSON object of the sealed fields.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const KEY = 32
const NONCE = 12
const TAG = 16

export interface Sealed {
  readonly by: string
  readonly box: string
}

export const makePersonKey = (): Uint8Array => randomBytes(KEY)

export function seal(fields: Readonly<Record<string, unknown>>, userId: string, key: Uint8Array): Sealed {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(userId))
  return { by: userId, box: Buffer.concat([nonce, cipher.update(JSON.stringify(fields)), cipher.final(), cipher.getAuthTag()]).toString('base64url') }
}

/** The fields, or undefined when the key does not fit. */
export function unseal({ by, box }: Sealed, key: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const bytes = Buffer.from(box, 'base64url')
  if (bytes.length < NONCE + TAG) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(Buffer.from(by)).setAuthTag(bytes.subarray(bytes.length - TAG))
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(NONCE, bytes.length - TAG)), decipher.final()]).toString()) as Record<string, unknown>
  } catch {
    return undefined
  }
}

export const isSealed = (value: unknown): value is Sealed => typeof value === 'object' && value !== null && 'by' in value && typeof value.by === 'string' && 'box' in value && typeof value.box === 'string'
