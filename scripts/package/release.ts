// What proves a release: checksums, and signatures that openssl alone can verify.
//
//   SHA256SUMS            every file of the folder; `sha256sum -c SHA256SUMS`
//   SHA256SUMS.sig        Ed25519 over SHA256SUMS, 64 bytes
//   X.tar.gz.json         {format, product, version, platform, file, sizeBytes, sha256}: what a device is told about a tarball
//   X.tar.gz.json.sig     Ed25519 over that file, 64 bytes; agent/src/upgrade/release.ts verifies it
//   release-key.pem       the public key, for who has none yet: compare it with the one that was published
//
// The device signs no archive off by its name: product, version and platform are under the signature, so an older or another
// release cannot be passed off as this one. The private key is only ever a path; it is read here and nowhere else.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Product } from './product.ts'
import { platformName } from './tarball.ts'

export interface SigningKey {
  readonly key: KeyObject
  /** SPKI, PEM. */
  readonly publicPem: string
}

/** @throws with words when the file is no Ed25519 private key in PEM */
export function readSigningKey(path: string): SigningKey {
  const key = createPrivateKey(readFileSync(path, 'utf8'))
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${path} is no Ed25519 key; make one with: openssl genpkey -algorithm ed25519 -out release.pem`)
  return { key, publicPem: createPublicKey(key).export({ format: 'pem', type: 'spki' }) as string }
}

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

function writeSigned(path: string, text: string, signer: SigningKey | undefined): void {
  writeFileSync(path, text)
  if (signer !== undefined) writeFileSync(`${path}.sig`, sign(null, Buffer.from(text), signer.key))
}

/** Writes what a device is told about a tarball. */
export function describeTarball(product: Product, version: string, tarball: string, signer: SigningKey | undefined): void {
  const facts = { format: 1, product: product.package, version, platform: platformName(), file: basename(tarball), sizeBytes: statSync(tarball).size, sha256: sha256(tarball) }
  writeSigned(`${tarball}.json`, `${JSON.stringify(facts, null, 2)}\n`, signer)
}

/** Checksums of the whole folder, signed where there is a key. */
export function writeSums(out: string, signer: SigningKey | undefined): void {
  if (signer !== undefined) writeFileSync(join(out, 'release-key.pem'), signer.publicPem)
  const files = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.startsWith('SHA256SUMS')).map(({ name }) => name).toSorted()
  writeSigned(join(out, 'SHA256SUMS'), files.map((name) => `${sha256(join(out, name))}  ${name}\n`).join(''), signer)
}

