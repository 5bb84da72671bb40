// The keys that copies are sealed for: keys/evidence.pem is the present one, keys/evidence-*.pem are earlier ones that still open.
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface EvidenceKeys {
  /** 32 raw bytes; goes to agents in their signed policy. */
  readonly publicKey: Uint8Array
  readonly keyId: string
  /** By key id. */
  readonly privateKeys: ReadonlyMap<string, KeyObject>
}

const rawPublic = (key: KeyObject): Buffer => createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
export const evidenceKeyId = (raw: Uint8Array): string => hash('sha256', raw, 'hex').slice(0, 16)

/** Reads the keys of an installation; the present one is made where it is absent. @throws Error when a key file is damaged */
export function loadEvidenceKeys(folder: string): EvidenceKeys {
  const present = join(folder, 'evidence.pem')
  // wx: of two processes that start at once, one makes it and both read it.
  if (!existsSync(present)) {
    try {
      writeFileSync(present, generateKeyPairSync('x25519').privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx', flush: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  const read = (path: string): KeyObject => createPrivateKey(readFileSync(path, 'utf8'))
  const key = read(present)
  const earlier = readdirSync(folder).filter((name) => /^evidence-.*\.pem$/.test(name)).map((name) => read(join(folder, name)))
  const publicKey = rawPublic(key)
  return { publicKey, keyId: evidenceKeyId(publicKey), privateKeys: new Map([...earlier, key].map((one) => [evidenceKeyId(rawPublic(one)), one])) }
}
