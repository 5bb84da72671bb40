// Puts a backup into a new folder. Everything is unpacked and checked under another name beside it; the folder appears, whole,
// by one rename, or not at all.
//
// restored.json is the note for the next start. What the database forgot by going back is then dealt with once: nobody stays
// signed in, the audit log says what happened, and people who were erased since are erased again (privacy/erasure.ts). Devices
// need no note: each connection asks for the watermark, and what is above it is sent again (fleet/restored-gaps.ts).
import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, rmdir, statfs, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { appendAudit } from '../audit/chain.ts'
import { CodedError } from '../errors.ts'
import type { Store } from '../store/store.ts'
import { syncToDisk } from '../sync-to-disk.ts'
import { readArchive } from './archive.ts'
import { type Opener, readContainer, readHeader } from './container.ts'
import type { BackupManifest, SnapshotFacts } from './make.ts'

const NOTE = 'restored.json'
export const RESTORED_SETTING = 'restored'
/** What no installation is without. */
const NEEDED = ['holdfast.db', 'ca/ca.pem', 'ca/ca-key.pem', 'keys/policy.pem', 'keys/operator.nk', 'keys/account.nk']

export interface RestoreDeps {
  /** Looks at the database; integrity is told. */
  readonly inspect: (path: string) => Promise<SnapshotFacts & { readonly brokenReferences?: number }>
  /** Highest schema that this program knows. */
  readonly knownSchema: number
  readonly now: () => number
  readonly onProgress?: (progress: { readonly stage: 'files' | 'check'; readonly doneBytes: number }) => void
}

export interface RestoreNote {
  readonly id: string
  readonly backupId: string
  readonly backupMadeAt: string
  readonly restoredAt: string
  readonly version: string
  readonly schema: number
}

const refuse = (problem: string, cause?: unknown): CodedError => new CodedError('RESTORE_REFUSED', { problem }, cause === undefined ? {} : { cause })

async function assertNew(dir: string): Promise<void> {
  const entries = await readdir(dir).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return []
    throw refuse(`${dir} is no folder that can be used (${cause.code ?? 'unknown'})`, cause)
  })
  if (entries.length > 0) throw refuse(`${dir} holds files already (${entries[0] ?? ''}), and nothing is written over; choose a new folder`)
}

/** Everything of the archive, each file on disk. */
async function unpack(file: string, opener: Opener, staging: string, onBytes: (count: number) => void): Promise<BackupManifest> {
  for (const folder of ['keys', 'ca', 'audit', 'evidence', 'bundles']) await mkdir(join(staging, folder), { mode: 0o700 })
  const read = await readArchive(readContainer(file, opener), async (name) => {
    const handle = await open(join(staging, name), 'wx', name === 'ca/ca.pem' ? 0o644 : 0o600)
    return {
      write: async (chunk) => {
        await handle.writeFile(chunk)
        onBytes(chunk.length)
      },
      async done() {
        await handle.sync()
        await handle.close()
      },
    }
  })
  return read as unknown as BackupManifest
}

/** That the parts are an installation and belong together. */
async function checkParts(folder: string, manifest: BackupManifest, { inspect, knownSchema }: RestoreDeps): Promise<SnapshotFacts> {
  const missing = NEEDED.find((name) => !manifest.entries.some((entry) => entry.name === name))
  if (missing !== undefined) throw refuse(`the backup lacks ${missing}`)
  if (manifest.schema > knownSchema) throw refuse(`the backup is of a later program (schema ${manifest.schema}, this one knows ${knownSchema}); restore it with ${manifest.version} or later`)
  try {
    const certificate = new X509Certificate(await readFile(join(folder, 'ca', 'ca.pem')))
    if (!certificate.checkPrivateKey(createPrivateKey(await readFile(join(folder, 'ca', 'ca-key.pem'))))) throw refuse('the key of the authority is not that of its certificate')
    createPrivateKey(await readFile(join(folder, 'keys', 'policy.pem')))
    for (const { name } of manifest.entries) if (/^keys\/evidence.*\.pem$/.test(name)) createPrivateKey(await readFile(join(folder, name)))
  } catch (cause) {
    throw cause instanceof CodedError ? cause : refuse('a key in the backup cannot be read', cause)
  }
  const facts = await inspect(join(folder, 'holdfast.db'))
  if (facts.integrity !== 'ok') throw refuse(`the database in the backup is damaged: ${facts.integrity ?? 'not checked'}`)
  if ((facts.brokenReferences ?? 0) > 0) throw refuse(`${facts.brokenReferences ?? 0} rows of the database refer to rows that are not there`)
  if (facts.schema !== manifest.schema) throw refuse('the database has another schema than the manifest says')
  return facts
}

async function assertRoom(file: string, parent: string): Promise<void> {
  const { bavail, bsize } = await statfs(parent)
  const { size } = await stat(file).catch(() => ({ size: 0 }))
  if (bavail * bsize < size) throw new CodedError('BACKUP_NO_SPACE', { folder: parent, needMiB: Math.ceil(size / 2 ** 20), freeMiB: Math.floor((bavail * bsize) / 2 ** 20) })
}

/**
 * Restores into a folder that is not there, or is empty.
 *
 * @returns what is in it
 * @throws RESTORE_REFUSED, BACKUP_SEALED, BACKUP_DAMAGED, BACKUP_KEY_INVALID, BACKUP_NO_SPACE; the folder is then as before
 */
export async function restoreBackup(deps: RestoreDeps, request: { readonly file: string; readonly opener: Opener; readonly dir: string }): Promise<{ readonly manifest: BackupManifest; readonly facts: SnapshotFacts; readonly note: RestoreNote }> {
  const { file, opener, dir } = request
  await readHeader(file)
  await assertNew(dir)
  const parent = dirname(dir)
  await mkdir(parent, { recursive: true, mode: 0o755 })
  await assertRoom(file, parent)
  const staging = join(parent, `.restoring-${randomBytes(8).toString('hex')}`)
  await mkdir(staging, { mode: 0o700 })
  let doneBytes = 0
  try {
    const manifest = await unpack(file, opener, staging, (count) => {
      doneBytes += count
      deps.onProgress?.({ stage: 'files', doneBytes })
    })
    deps.onProgress?.({ stage: 'check', doneBytes })
    const facts = await checkParts(staging, manifest, deps)
    const note: RestoreNote = { id: `rs_${randomBytes(8).toString('hex')}`, backupId: manifest.id, backupMadeAt: manifest.madeAt, restoredAt: new Date(deps.now()).toISOString(), version: manifest.version, schema: manifest.schema }
    await writeFile(join(staging, NOTE), `${JSON.stringify(note)}\n`, { mode: 0o600, flush: true })
    for (const folder of ['keys', 'ca', 'audit', 'evidence', 'bundles', '.']) await syncToDisk(join(staging, folder))
    if (existsSync(dir)) await rmdir(dir)
    await rename(staging, dir)
    await syncToDisk(parent)
    return { manifest, facts, note }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/**
 * What the first start after a restore owes; may be called at every start.
 *
 * Sessions end: one that was signed out since would live again. A crash between the transaction and the removal of the note
 * repeats nothing, for the store knows the note's id.
 *
 * @returns the note that was dealt with, or undefined
 */
export async function settleRestore(store: Store, dir: string, nowMs: number): Promise<RestoreNote | undefined> {
  const path = join(dir, NOTE)
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const note = JSON.parse(text) as RestoreNote
  const known = await store.setting(RESTORED_SETTING)
  if (known === undefined || (JSON.parse(known) as RestoreNote).id !== note.id) {
    await store.write(async (tx) => {
      for (const { id } of await tx.accounts()) await tx.deleteSessionsOf(id)
      await tx.saveSetting(RESTORED_SETTING, JSON.stringify(note))
      await appendAudit(tx, { actor: { id: 'system', name: 'holdfast restore' }, action: 'installation.restored', targetKind: 'backup', targetId: note.backupId, detail: { backupMadeAt: note.backupMadeAt, restoredAt: note.restoredAt, schema: note.schema, sessions: 'ended' }, atMs: nowMs })
    })
  }
  await rm(path, { force: true })
  await syncToDisk(dir)
  return note
}
