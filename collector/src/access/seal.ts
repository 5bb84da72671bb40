// Secrets that must be read again (of one-time codes, of the identity provider) at rest: sealed with a key that is not
// in the store, so that a copy of the database opens none of them.
//
//   hfs1.<base64url of: nonce 12 · ciphertext · tag 16>, AES-256-GCM, the purpose as additional data
import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { CodedError } from '../errors.ts'

const MARK = 'hfs1.'
const NONCE = 12
const TAG = 16

export interface Sealer {
  /** @param purpose what it is for and whose; opening it for anything else fails */
  seal(text: string, purpose: string): string
  /** @throws SECRET_UNREADABLE when the key is another, or the text is not what was sealed for this purpose */
  open(sealed: string, purpose: string): string
}

/** @param key 32 bytes */
export function createSealer(key: Uint8Array): Sealer {
  return {
    seal(text, purpose) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose))
      return `${MARK}${Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')}`
    },
    open(sealed, purpose) {
      const bytes = Buffer.from(sealed.slice(MARK.length), 'base64url')
      try {
        if (!sealed.startsWith(MARK) || bytes.length < NONCE + TAG) throw new Error('not sealed')
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(bytes.length - TAG))
        return Buffer.concat([decipher.update(bytes.subarray(NONCE, bytes.length - TAG)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new CodedError('SECRET_UNREADABLE', {}, { cause })
      }
    },
  }
}

/** The key for it, from one that the installation keeps in its folder of keys. */
export const sealKeyOf = (key: KeyObject): Uint8Array => new Uint8Array(hkdfSync('sha256', key.export({ format: 'der', type: 'pkcs8' }), '', 'holdfast secrets at rest', 32))
