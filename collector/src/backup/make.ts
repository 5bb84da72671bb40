// Makes a backup of a data folder while its collector runs and ingests.
//
// What is in it: holdfast.db, holdfast.yaml, keys/, ca/, audit/, evidence/ (whole copies), bundles/. What is not, and why:
// nats/ (what a broker holds is in the spools until the database has it), tls/ and run/ (made anew), exports/ (files that went out).
//
// The order makes the parts fit each other. Anchors before the database, for an anchor is of an entry that the database has
// by then. Copies and erasures after it, for a copy is a file before it is a row. Keys before and after, for the database
// holds secrets that they seal: where they changed in between, it begins anew.
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { finished } from 'node:stream/promises'
import { CodedError } from '../errors.ts'
import { syncToDisk } from '../sync-to-disk.ts'
import { type ArchiveSource, readArchive, writeArchive } from './archive.ts'
import { assertSeal, readContainer, readHeader, type Opener, type Seal, writeContainer } from './container.ts'

export const BACKUP_ENDING = '.hfbackup'
const STAGING = /^\.backup-[0-9a-f]{16}$/
/** Beside what the backup itself needs. */
const SPARE_BYTES = 64 * 1024 * 1024

export interface SnapshotFacts {
  readonly schema: number
  readonly sqlite: string
  readonly integrity?: string
  readonly counts: Readonly<Record<string, number>>
}

/** What is needed of the world; the database's engine is the caller's. */
export interface BackupDeps {
  readonly dir: string
  /** A consistent copy of the database, at a path where nothing is. */
  readonly snapshot: (target: string) => Promise<void>
  /** Looks at a copy without a change; integrity is told. */
  readonly inspect: (path: string) => Promise<SnapshotFacts>
  /** Pin of the authority. */
  readonly installation: string
  readonly version: string
  readonly now: () => number
  readonly onProgress?: (progress: { readonly stage: 'database' | 'files' | 'verify'; readonly doneBytes: number; readonly totalBytes: number }) => void
}

export interface BackupManifest {
  readonly id: string
  readonly madeAt: string
  readonly installation: string
  readonly version: string
  readonly node: string
  readonly schema: number
  readonly sqlite: string
  readonly counts: Readonly<Record<string, number>>
  /** Copies that were deleted while the backup was made, and are not in it. */
  readonly goneMeanwhile: number
  readonly entries: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
}

export interface BackupResult {
  readonly id: string
  readonly file: string
  readonly bytes: number
  readonly contentBytes: number
  readonly files: number
  readonly sealed: boolean
  /** The whole file was read again and compared with its manifest. */
  readonly verified: boolean
  readonly seconds: number
  readonly madeAtMs: number
  readonly schema: number
  readonly counts: Readonly<Record<string, number>>
}

const namesIn = async (folder: string): Promise<readonly string[]> => (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isFile()).map(({ name }) => name).toSorted()

async function smallFiles(dir: string, folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  for (const name of await namesIn(join(dir, folder))) files.set(`${folder}/${name}`, await readFile(join(dir, folder, name)))
  return files
}

const isSame = (a: ReadonlyMap<string, Buffer>, b: ReadonlyMap<string, Buffer>): boolean => a.size === b.size && [...a].every(([name, bytes]) => b.get(name)?.equals(bytes) === true)
const secrets = async (dir: string): Promise<Map<string, Buffer>> => new Map([...(await smallFiles(dir, 'keys')), ...(await smallFiles(dir, 'ca'))])
const sizeOf = (path: string): Promise<number> => stat(path).then(({ size }) => size, () => 0)

/** Half-written snapshots of a backup that was killed hold everything in the clear. */
async function removeLeftovers(dir: string, now: number): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!STAGING.test(name)) continue
    // Another backup may be at work: one of a day ago is not.
    if (now - (await stat(join(dir, name)).then(({ mtimeMs }) => mtimeMs, () => now)) > 86_400_000) await rm(join(dir, name), { recursive: true, force: true })
  }
}

/** @throws BACKUP_NO_SPACE */
async function assertSpace(folder: string, needBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = bavail * bsize
  if (freeBytes < needBytes + SPARE_BYTES) throw new CodedError('BACKUP_NO_SPACE', { folder, needMiB: Math.ceil((needBytes + SPARE_BYTES) / 2 ** 20), freeMiB: Math.floor(freeBytes / 2 ** 20) })
}

interface FileOnDisk {
  readonly name: string
  readonly path: string
  readonly size: number
}

async function largeFiles(dir: string): Promise<readonly FileOnDisk[]> {
  const found: FileOnDisk[] = []
  for (const folder of ['evidence', 'bundles']) {
    for (const name of await namesIn(join(dir, folder))) if (name.endsWith('.sealed')) found.push({ name: `${folder}/${name}`, path: join(dir, folder, name), size: await sizeOf(join(dir, folder, name)) })
  }
  return found
}

/** The database, and the keys that belong to it. */
async function consistentCore({ dir, snapshot }: BackupDeps, target: string): Promise<ReadonlyMap<string, Buffer>> {
  for (let tries = 0; tries < 3; tries += 1) {
    const before = await secrets(dir)
    const anchors = await smallFiles(dir, 'audit')
    await rm(target, { force: true })
    await snapshot(target)
    if (!isSame(before, await secrets(dir))) continue
    const erasures = await readFile(join(dir, 'audit', 'erasures.jsonl')).catch(() => undefined)
    return new Map([...before, ...anchors, ...(erasures === undefined ? [] : [['audit/erasures.jsonl', erasures] as const])])
  }
  throw new CodedError('BACKUP_FAILED', { problem: 'the keys changed again and again while it was made; let the rotation end and try again' })
}

/**
 * Writes one backup file. Until it is whole and on disk it has another name, and an earlier file of the same name stays.
 *
 * @param request.verify reads the file again and compares every byte with its manifest; of a file for a recipient, whose
 *   key is not here, the hashes of what was written and read are compared
 * @throws BACKUP_KEY_INVALID, BACKUP_NO_SPACE, BACKUP_FAILED, STORE_CORRUPT; nothing is left behind
 */
export async function makeBackup(deps: BackupDeps, request: { readonly file: string; readonly seal: Seal; readonly verify: boolean }): Promise<BackupResult> {
  const { dir, now, onProgress = () => {} } = deps
  const { file, seal, verify } = request
  assertSeal(seal)
  const begun = now()
  const id = `bk_${randomBytes(8).toString('hex')}`
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await removeLeftovers(dir, begun)
  const staging = join(dir, `.backup-${randomBytes(8).toString('hex')}`)
  const part = join(dirname(file), `.${basename(file)}.${id}.part`)
  const databaseBytes = await sizeOf(join(dir, 'holdfast.db'))
  await assertSpace(dir, databaseBytes)
  await mkdir(staging, { mode: 0o700 })
  try {
    onProgress({ stage: 'database', doneBytes: 0, totalBytes: databaseBytes })
    const database = join(staging, 'holdfast.db')
    const small = await consistentCore(deps, database)
    const facts = await deps.inspect(database)
    if (facts.integrity !== 'ok') throw new CodedError('STORE_CORRUPT', { detail: `the copy for the backup: ${facts.integrity ?? 'not checked'}` })
    const large = await largeFiles(dir)
    const config = await readFile(join(dir, 'holdfast.yaml')).catch(() => undefined)
    const size = await sizeOf(database)
    const totalBytes = [...small.values(), ...(config === undefined ? [] : [config])].reduce((sum, bytes) => sum + bytes.length, 0) + large.reduce((sum, one) => sum + one.size, 0) + size
    await assertSpace(dirname(file), totalBytes)

    let [doneBytes, files, gone] = [0, 0, 0]
    const counted = async function* (bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of bytes) {
        doneBytes += chunk.length
        yield chunk
      }
      files += 1
      onProgress({ stage: 'files', doneBytes, totalBytes })
    }
    const sources = async function* (): AsyncGenerator<ArchiveSource> {
      for (const [name, bytes] of small) yield { name, size: bytes.length, bytes: counted([bytes]) }
      if (config !== undefined) yield { name: 'holdfast.yaml', size: config.length, bytes: counted([config]) }
      yield { name: 'holdfast.db', size, bytes: counted(createReadStream(database, { highWaterMark: 1024 * 1024 })) }
      for (const { name, path } of large) {
        const handle = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
          if (cause.code !== 'ENOENT') throw cause
          return undefined
        })
        // Deleted since it was listed, by retention or by somebody; its row in the copy says that it was here.
        if (handle === undefined) gone += 1
        else yield { name, size: (await handle.stat()).size, bytes: counted(handle.createReadStream({ highWaterMark: 1024 * 1024 })) }
      }
    }
    const madeAt = new Date(begun).toISOString()
    const manifest = (): Omit<BackupManifest, 'entries'> => ({ id, madeAt, installation: deps.installation, version: deps.version, node: process.version, schema: facts.schema, sqlite: facts.sqlite, counts: facts.counts, goneMeanwhile: gone })
    await writeOut(part, writeContainer(writeArchive(sources(), manifest), { id, madeAt, installation: deps.installation }, seal))
    const bytes = await sizeOf(part)
    const opener: Opener | undefined = seal.kind === 'recipient' ? undefined : seal.kind === 'passphrase' ? { passphrase: seal.passphrase } : {}
    const verified = verify && opener !== undefined
    if (verified) {
      let read = 0
      await verifyBackup(part, opener, (count) => {
        read += count
        onProgress({ stage: 'verify', doneBytes: read, totalBytes })
      })
    }
    await rename(part, file)
    await syncToDisk(dirname(file))
    return { id, file, bytes, contentBytes: doneBytes, files, sealed: seal.kind !== 'none', verified, seconds: (now() - begun) / 1000, madeAtMs: begun, schema: facts.schema, counts: facts.counts }
  } catch (cause) {
    if (cause instanceof CodedError) throw cause
    const { code } = cause as NodeJS.ErrnoException
    throw code === 'ENOSPC' ? new CodedError('BACKUP_NO_SPACE', { folder: dirname(file), needMiB: Math.ceil(databaseBytes / 2 ** 20), freeMiB: 0 }, { cause }) : new CodedError('BACKUP_FAILED', { problem: code ?? (cause instanceof Error ? cause.message : 'unknown') }, { cause })
  } finally {
    await rm(part, { force: true })
    await rm(staging, { recursive: true, force: true })
  }
}

async function writeOut(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  const stream = handle.createWriteStream({ highWaterMark: 1024 * 1024, flush: true })
  try {
    for await (const chunk of bytes) if (!stream.write(chunk)) await new Promise<void>((done, failed) => {
      stream.once('drain', done)
      stream.once('error', failed)
    })
    stream.end()
    await finished(stream)
  } catch (error) {
    stream.destroy()
    throw error
  }
}

/** Reads all of a backup and compares it with its manifest. @throws BACKUP_DAMAGED, BACKUP_SEALED, BACKUP_KEY_INVALID */
export async function verifyBackup(file: string, opener: Opener, onBytes: (count: number) => void = () => {}): Promise<BackupManifest> {
  const read = await readArchive(readContainer(file, opener), async () => ({ write: async (chunk) => onBytes(chunk.length), done: async () => {} }))
  return read as unknown as BackupManifest
}

/** `holdfast-20270301T120000Z.hfbackup`: sorts by time. */
export const backupName = (nowMs: number): string => `holdfast-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')}${BACKUP_ENDING}`

/**
 * Takes the oldest backups of this installation out of a folder, so that `keep` are left. Only files that say of themselves
 * that they are ours: two installations may share a folder.
 *
 * @param keep at least 1
 * @returns names that were taken away
 */
export async function pruneBackups(folder: string, installation: string, keep: number): Promise<readonly string[]> {
  const mine: { readonly name: string; readonly madeAt: string }[] = []
  for (const name of await namesIn(folder)) {
    if (!name.endsWith(BACKUP_ENDING)) continue
    const header = await readHeader(join(folder, name)).catch(() => undefined)
    if (header?.installation === installation) mine.push({ name, madeAt: header.madeAt })
  }
  const over = mine.toSorted((a, b) => b.madeAt.localeCompare(a.madeAt)).slice(Math.max(1, keep))
  for (const { name } of over) await rm(join(folder, name), { force: true })
  return over.map(({ name }) => name)
}

