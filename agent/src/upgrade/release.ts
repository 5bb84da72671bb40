// A release, as a device takes it: a tarball, and beside it what is signed about it.
//
//   X.tar.gz            root/usr/lib/holdfast-agent/versions/V/… below a folder of its own (scripts/package/tarball.ts)
//   X.tar.gz.json       {format: 1, product, version, platform, file, sizeBytes, sha256}
//   X.tar.gz.json.sig   Ed25519 over the bytes of that file, 64 bytes raw
//
// Product, version and platform are under the signature: a good tarball of another program, machine or time is refused, not
// only an altered one. Nothing is unpacked before the whole archive has the size and the sum that were signed.
import { createHash, createPublicKey, hash as hashOf, type KeyObject, verify } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { compareVersions, isVersion } from '@holdfast/proto'
import { CodedError } from '../errors.ts'

export { compareVersions, isVersion }

const PRODUCT = 'holdfast-agent'
/** Far above what one has; a descriptor that says more is nonsense. */
export const MAX_RELEASE_BYTES = 1 << 30
const MAX_DESCRIPTOR_BYTES = 65_536

export interface Release {
  readonly version: string
  readonly sizeBytes: number
  readonly sha256: string
}

/** What a release is called where it is fetched; X.json and X.json.sig stand beside it. */
export const RELEASE_FILE = 'release.tar.gz'

/** The key that a version takes later releases from. @throws UPGRADE_NO_KEY */
export async function readReleaseKey(path: string): Promise<KeyObject> {
  try {
    const key = createPublicKey(await readFile(path, 'utf8'))
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch (cause) {
    throw new CodedError('UPGRADE_NO_KEY', {}, { cause })
  }
  throw new CodedError('UPGRADE_NO_KEY')
}

/** First 16 hex digits of SHA-256 over the raw key: by which it is named in public. */
export const releaseKeyId = (key: KeyObject): string => hashOf('sha256', key.export({ format: 'der', type: 'spki' }).subarray(-32), 'hex').slice(0, 16)

/** The sum of a file, in passing. */
async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function readSmall(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).size > MAX_DESCRIPTOR_BYTES) throw new CodedError('UPGRADE_UNREADABLE', { problem: 'its descriptor is too large' })
    return await readFile(path)
  } catch (cause) {
    if (cause instanceof CodedError) throw cause
    throw new CodedError('UPGRADE_UNREADABLE', { problem: `${path} cannot be read` }, { cause })
  }
}

function parseDescriptor(bytes: Buffer, platform: string): Release {
  const unreadable = (problem: string): never => {
    throw new CodedError('UPGRADE_UNREADABLE', { problem })
  }
  let value: Readonly<Record<string, unknown>>
  try {
    value = { ...(JSON.parse(bytes.toString('utf8')) as object) }
  } catch {
    return unreadable('its descriptor is no JSON')
  }
  const { format, product, version, sizeBytes, sha256: sum } = value
  if (format !== 1) return unreadable('its descriptor has a format that this agent does not know')
  if (product !== PRODUCT || value['platform'] !== platform) throw new CodedError('UPGRADE_OTHER_TARGET', { found: `${String(product)} for ${String(value['platform'])}`, wanted: platform })
  if (typeof version !== 'string' || !isVersion(version)) return unreadable('its version is none')
  if (typeof sizeBytes !== 'number' || !Number.isSafeInteger(sizeBytes) || sizeBytes < 1 || sizeBytes > MAX_RELEASE_BYTES) return unreadable('its size is none')
  if (typeof sum !== 'string' || !/^[0-9a-f]{64}$/.test(sum)) return unreadable('its sum is none')
  return { version, sizeBytes, sha256: sum }
}

/**
 * What was signed about a release. Nothing of it is parsed before the signature holds.
 *
 * @param options.platform such as linux-x64
 * @throws UPGRADE_SIGNATURE, UPGRADE_OTHER_TARGET, UPGRADE_UNREADABLE
 */
export function verifyDescriptor(descriptor: Uint8Array, signature: Uint8Array, options: { readonly key: KeyObject; readonly platform: string }): Release {
  if (descriptor.length > MAX_DESCRIPTOR_BYTES || !verify(null, descriptor, options.key, signature)) throw new CodedError('UPGRADE_SIGNATURE')
  return parseDescriptor(Buffer.from(descriptor), options.platform)
}

/** @throws UPGRADE_SIGNATURE when the file is not what was signed, UPGRADE_UNREADABLE */
export async function compareTarball(tarball: string, release: Release): Promise<void> {
  const { size } = await stat(tarball).catch((cause: unknown) => {
    throw new CodedError('UPGRADE_UNREADABLE', { problem: `${tarball} cannot be read` }, { cause })
  })
  if (size !== release.sizeBytes || (await sha256(tarball)) !== release.sha256) throw new CodedError('UPGRADE_SIGNATURE')
}

/**
 * What is signed about a tarball, after the tarball itself was compared with it.
 *
 * @param options.platform such as linux-x64
 * @throws UPGRADE_SIGNATURE, UPGRADE_OTHER_TARGET, UPGRADE_UNREADABLE
 */
export async function verifyRelease(tarball: string, options: { readonly key: KeyObject; readonly platform: string }): Promise<Release> {
  const [descriptor, signature] = [await readSmall(`${tarball}.json`), await readSmall(`${tarball}.json.sig`)]
  const release = verifyDescriptor(descriptor, signature, options)
  await compareTarball(tarball, release)
  return release
}
