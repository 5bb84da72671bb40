// Versions of the agent beside each other, and which one runs.
//
//   H/versions/V/…       one version: bin/node, agent/…, release-key.pem
//   H/versions/.V.new    one that is being unpacked; a crash leaves it, and the next try removes it
//   H/current            link to versions/V; replaced as one step
//
// H is /usr/lib/holdfast-agent. launch (deploy/packages/agent) starts what `current` names.
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, lstat, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract, type Header } from 'tar-stream'
import { CodedError } from '../errors.ts'
import { isVersion, MAX_RELEASE_BYTES } from './release.ts'

const MAX_ENTRIES = 50_000

export const versionFolder = (home: string, version: string): string => join(home, 'versions', version)
const isWhole = (home: string, version: string): boolean => existsSync(join(versionFolder(home, version), 'bin/node')) && existsSync(join(versionFolder(home, version), 'agent/src/main.js'))

/** The version that `current` names; undefined where there is none. */
export async function currentVersion(home: string): Promise<string | undefined> {
  const target = await readlink(join(home, 'current')).catch(() => '')
  const version = /^versions\/([^/]+)$/.exec(target)?.[1] ?? ''
  return isVersion(version) && isWhole(home, version) ? version : undefined
}

/** Versions that could run, in no order. */
export async function installedVersions(home: string): Promise<readonly string[]> {
  const names = await readdir(join(home, 'versions')).catch(() => [])
  return names.filter((name) => isVersion(name) && isWhole(home, name))
}

/** @throws UPGRADE_UNREADABLE when the version is not there as a whole */
export async function switchTo(home: string, version: string): Promise<void> {
  if (!isWhole(home, version)) throw new CodedError('UPGRADE_UNREADABLE', { problem: `version ${version} is not there as a whole` })
  const beside = join(home, 'current.next')
  await rm(beside, { force: true })
  await symlink(`versions/${version}`, beside)
  await rename(beside, join(home, 'current'))
}

/** Removes every version but these. */
export async function keepOnly(home: string, versions: readonly string[]): Promise<void> {
  for (const name of await readdir(join(home, 'versions')).catch(() => [])) if (!versions.includes(name)) await rm(join(home, 'versions', name), { recursive: true, force: true })
}

/** Folder of a release that stands for `/`. */
const TREE = 'root'

/** Where an entry goes, below the version's own folder; undefined for what is not of the version. @throws UPGRADE_UNREADABLE for what would leave the folder */
function placeOf({ name, type }: Header, version: string): string | undefined {
  const marker = `/${TREE}/usr/lib/holdfast-agent/versions/${version}/`
  const at = name.indexOf(marker)
  if (at === -1 || name.slice(0, at).includes('/')) return undefined
  const inside = name.slice(at + marker.length).replace(/\/$/, '')
  if (inside === '') return undefined
  const safe = normalize(inside) === inside && !inside.startsWith('..') && !inside.startsWith('/') && !inside.includes('\0')
  // A version holds files and folders only: no link could lead out of it.
  if (!safe || (type !== 'file' && type !== 'directory')) throw new CodedError('UPGRADE_UNREADABLE', { problem: 'the archive holds what no release holds' })
  return inside
}

/**
 * Unpacks a verified tarball's version beside the others; all of it or nothing.
 *
 * @throws UPGRADE_UNREADABLE, errors of the disk
 */
export async function unpackVersion(home: string, tarball: string, version: string): Promise<void> {
  const target = versionFolder(home, version)
  const beside = join(home, 'versions', `.${version}.new`)
  await rm(beside, { recursive: true, force: true })
  await mkdir(beside, { recursive: true, mode: 0o755 })
  try {
    let [entries, bytes] = [0, 0]
    const archive = extract()
    const reading = pipeline(createReadStream(tarball), createGunzip(), archive)
    // Awaited below; until then the loop tells what went wrong.
    reading.catch(() => undefined)
    for await (const entry of archive) {
      const { header } = entry
      const inside = placeOf(header, version)
      entries += 1
      bytes += header.size ?? 0
      if (entries > MAX_ENTRIES || bytes > MAX_RELEASE_BYTES) throw new CodedError('UPGRADE_UNREADABLE', { problem: 'the archive is too large' })
      if (inside === undefined || header.type === 'directory') {
        if (inside !== undefined) await mkdir(join(beside, inside), { recursive: true, mode: 0o755 })
        entry.resume()
        continue
      }
      await mkdir(dirname(join(beside, inside)), { recursive: true, mode: 0o755 })
      await pipeline(entry, createWriteStream(join(beside, inside), { flags: 'wx', mode: ((header.mode ?? 0) & 0o100) !== 0 ? 0o755 : 0o644, flush: true }))
    }
    await reading
    if (!existsSync(join(beside, 'bin/node')) || !existsSync(join(beside, 'agent/src/main.js'))) throw new CodedError('UPGRADE_UNREADABLE', { problem: `the archive does not hold version ${version}` })
    await openToRead(beside)
    await rm(target, { recursive: true, force: true })
    await rename(beside, target)
  } catch (cause) {
    await rm(beside, { recursive: true, force: true })
    if (cause instanceof CodedError || (cause as NodeJS.ErrnoException).code === 'ENOSPC') throw cause
    throw new CodedError('UPGRADE_UNREADABLE', { problem: 'the archive is damaged' }, { cause })
  }
}

/** The agent's umask keeps others out; its program is for every account (what-is-collected). */
async function openToRead(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    await chmod(path, entry.isDirectory() || ((await lstat(path)).mode & 0o100) !== 0 ? 0o755 : 0o644)
  }
  await chmod(folder, 0o755)
}
