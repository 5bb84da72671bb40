// holdfast backup, restore and migrate: what is done to a data folder as a whole. These need no API: they work on the folder,
// also while a collector runs on it, and also when none can start.
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { makeRecipient, type Opener, type Seal } from '../backup/container.ts'
import { type DrillResult, drillBackup } from '../backup/drill.ts'
import { type BackupDeps, backupName, type BackupResult, makeBackup, pruneBackups, verifyBackup } from '../backup/make.ts'
import { readRecords, recordBackup, recordDrill } from '../backup/records.ts'
import { restoreBackup, type RestoreDeps } from '../backup/restore.ts'
import { caPin } from '../bus/pki.ts'
import { CodedError } from '../errors.ts'
import { inspectDatabase, type MigrationTrial, SCHEMA_VERSION, snapshotDatabase, tryMigrations } from '../store/sqlite/inspect.ts'
import { moveStore } from './migrate.ts'
import { loadConfig } from '../config.ts'
import { openStore } from '../store/open-store.ts'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { StoreWriter } from '../store/store.ts'
import { assertInitialised, pathsOf } from './installation.ts'
import { localAccount } from './local-api.ts'
import { EXIT, print, printJson, printTable, say } from './output.ts'
import { VERSION } from './version.ts'

interface Options {
  readonly dir: string
  readonly json?: boolean
}
interface KeyOptions extends Options {
  readonly passphraseFile?: string
  readonly recipient?: string
  readonly identity?: string
}

/** The passphrase is the first line. @throws CONFIG_INVALID */
export function readPassphrase(path: string): string {
  try {
    return readFileSync(path, 'utf8').split('\n')[0]?.trim() ?? ''
  } catch (cause) {
    throw new CodedError('CONFIG_INVALID', { key: 'the passphrase file', problem: `cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})` }, { cause })
  }
}

/** @throws CONFIG_INVALID when both are given */
export function sealOf(recipient: string | undefined, passphraseFile: string | undefined): Seal {
  if (recipient !== undefined && passphraseFile !== undefined) throw new CodedError('CONFIG_INVALID', { key: 'the seal of backups', problem: 'is either for a recipient or with a passphrase' })
  if (recipient !== undefined) return { kind: 'recipient', recipient }
  return passphraseFile === undefined ? { kind: 'none' } : { kind: 'passphrase', passphrase: readPassphrase(passphraseFile) }
}

export const inspectFully = (path: string) => inspectDatabase(path, 'full')
export const inspectIntegrity = (path: string) => inspectDatabase(path, 'quick')

/** What a backup of a folder needs. @throws NOT_INITIALISED; STORE_OTHER_TOOL when the store is not in the folder: what lies there may be an old file */
export function backupDepsOf(dir: string): BackupDeps {
  assertInitialised(dir)
  if (loadConfig(dir, {}, process.env).store !== '') throw new CodedError('STORE_OTHER_TOOL', { deed: 'backed up', tool: 'pg_dump, or a base backup with archived WAL' })
  const { database, caPem } = pathsOf(dir)
  return { dir, snapshot: (target) => snapshotDatabase(database, target), inspect: inspectFully, installation: caPin(readFileSync(caPem, 'utf8')), version: VERSION, now: Date.now }
}

export const restoreDeps: RestoreDeps = { inspect: inspectFully, knownSchema: SCHEMA_VERSION, now: Date.now }
export const drillDeps = { ...restoreDeps, openStore: (path: string) => openSqliteStore({ path }) }

/** Progress on a terminal's one line, elsewhere a line a stage. */
function createProgress() {
  let last = ''
  let at = 0
  return ({ stage, doneBytes, totalBytes }: { readonly stage: string; readonly doneBytes: number; readonly totalBytes?: number }): void => {
    const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`
    if (stage === last && (!process.stderr.isTTY || Date.now() - at < 200)) return
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${stage}  ${mib(doneBytes)}${totalBytes === undefined ? '' : ` of ${mib(totalBytes)}`}`)
    else say(`${stage}…`)
    last = stage
    at = Date.now()
  }
}

/** Into the store, unless that is of another release, whose schema is not this program's to touch. */
async function record(dir: string, work: (tx: StoreWriter) => Promise<void>): Promise<boolean> {
  const { database } = pathsOf(dir)
  if (!existsSync(database) || (await inspectDatabase(database, 'none')).schema !== SCHEMA_VERSION) return false
  const store = await openSqliteStore({ path: database })
  try {
    await store.write(work)
    return true
  } finally {
    await store.close()
  }
}

const ended = (): void => {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')
}

function tellBackup(result: BackupResult, removed: readonly string[]): void {
  print(result.file)
  say(`${result.id}: ${result.files} files, ${(result.contentBytes / 2 ** 20).toFixed(1)} MiB in ${(result.bytes / 2 ** 20).toFixed(1)} MiB, ${result.sealed ? 'sealed' : 'NOT sealed: it holds every key of the installation'}, ${result.verified ? 'read again and whole' : 'not read again'}${removed.length === 0 ? '' : `; removed ${removed.join(', ')}`}.`)
}

function tellDrill(result: DrillResult): void {
  printTable(['CHECK', 'OK', 'WHAT'], result.checks.map((check) => [check.name, check.ok ? 'yes' : 'NO', check.detail]))
  say(result.ok ? `The backup ${result.backupId} of ${result.backupMadeAt} can be restored (${result.seconds.toFixed(1)} s).` : 'The drill failed: this backup cannot be relied on. Make another one and run the drill on it.')
}

async function openerOf(options: KeyOptions): Promise<Opener> {
  return { ...(options.passphraseFile === undefined ? {} : { passphrase: readPassphrase(options.passphraseFile) }), ...(options.identity === undefined ? {} : { identityPem: readFileSync(options.identity, 'utf8') }) }
}

/** Adds the commands to the program. */
export function backupCommands(program: Command, { reading, fromHere }: { readonly reading: (command: Command) => Command; readonly fromHere: (path: string) => string }): void {
  const paths = <T extends KeyOptions>(options: T): T => ({ ...options, dir: fromHere(options.dir), ...(options.passphraseFile === undefined ? {} : { passphraseFile: fromHere(options.passphraseFile) }), ...(options.identity === undefined ? {} : { identity: fromHere(options.identity) }) })
  const opening = (command: Command): Command => reading(command).option('--passphrase-file <file>', 'its first line opens the backup').option('--identity <file>', 'private key of the recipient (holdfast backup key)')

  const backup = program.command('backup').description('Backups of the whole installation, and what shows that they can be restored.')
  reading(backup.command('create', { isDefault: true })).argument('[target]', 'file, or a folder in which it gets a name with its time').description('Make a backup, also while the collector runs.')
    .option('--recipient <key>', 'seal it for this key (holdfast backup key)').option('--passphrase-file <file>', 'seal it with the first line of this file').option('--verify', 'read it again and compare every byte (default)').option('--no-verify', 'do not read it again').option('--keep <count>', 'of a folder: leave so many, oldest first')
    .action(async (target: string | undefined, given: KeyOptions & { readonly verify?: boolean; readonly keep?: string }) => {
      const options = paths(given)
      if (target === undefined) throw new CodedError('CONFIG_INVALID', { key: 'target', problem: 'is missing: name a file or a folder' })
      if (options.keep !== undefined && !/^[1-9]\d{0,4}$/.test(options.keep)) throw new CodedError('CONFIG_INVALID', { key: '--keep', problem: 'must be a whole number from 1' })
      const place = fromHere(target)
      const isFolder = target.endsWith('/') || options.keep !== undefined || (existsSync(place) && !readsAsFile(place))
      const file = isFolder ? join(place, backupName(Date.now())) : place
      if (dirname(file) === options.dir || file.startsWith(`${options.dir}/`)) throw new CodedError('CONFIG_INVALID', { key: 'target', problem: 'lies in the data folder itself, and would be lost with it' })
      const deps = backupDepsOf(options.dir)
      const result = await makeBackup({ ...deps, onProgress: createProgress() }, { file, seal: sealOf(options.recipient, options.passphraseFile), verify: options.verify !== false })
      ended()
      if (!(await record(options.dir, (tx) => recordBackup(tx, localAccount(), result, false)))) say('The database is of another release; the backup is good, and is not noted in it.')
      const removed = options.keep === undefined ? [] : await pruneBackups(place, deps.installation, Number(options.keep))
      if (options.json === true) printJson({ ...result, removed })
      else tellBackup(result, removed)
    })

  opening(backup.command('verify')).argument('<file>').description('Read a backup and compare every byte with its manifest.').action(async (file: string, given: KeyOptions) => {
    const options = paths(given)
    const manifest = await verifyBackup(fromHere(file), await openerOf(options), undefined)
    if (options.json === true) printJson(manifest)
    else {
      printTable(['NAME', 'BYTES', 'SHA-256'], manifest.entries.map((entry) => [entry.name, String(entry.size), entry.sha256]))
      say(`${manifest.id} of ${manifest.madeAt}, version ${manifest.version}, schema ${manifest.schema}: whole.`)
    }
  })

  opening(backup.command('drill')).argument('[file]', 'the last backup when left out').description('Restore a backup into a temporary folder, look whether it is whole, remove it, and note the result.').option('--temporary <folder>', 'where there is room for all of it', tmpdir())
    .action(async (file: string | undefined, given: KeyOptions & { readonly temporary: string }) => {
      const options = paths(given)
      const target = file === undefined ? await lastFile(options.dir) : fromHere(file)
      const result = await drillBackup({ ...drillDeps, onProgress: createProgress() }, { file: target, opener: await openerOf(options), temporary: fromHere(options.temporary) })
      ended()
      if (existsSync(pathsOf(options.dir).database)) await record(options.dir, (tx) => recordDrill(tx, localAccount(), result))
      if (options.json === true) printJson(result)
      else tellDrill(result)
      if (!result.ok) process.exitCode = EXIT.failed
    })

  reading(backup.command('list')).description('Backups and drills that are noted.').action(async (given: Options) => {
    const records = await withRecords(fromHere(given.dir))
    if (given.json === true) printJson(records)
    else {
      printTable(['BACKUP', 'MADE', 'MIB', 'SEALED', 'READ AGAIN', 'FILE'], records.backups.map((row) => [row.id, new Date(row.madeAtMs).toISOString(), (row.bytes / 2 ** 20).toFixed(1), row.sealed ? 'yes' : 'no', row.verified ? 'yes' : 'no', row.file]))
      printTable(['DRILL OF', 'RUN', 'OK'], records.drills.map((row) => [row.backupId, new Date(row.atMs).toISOString(), row.ok ? 'yes' : 'NO']))
    }
  })

  backup.command('key').argument('<file>', 'where the private key goes').description('Make a key for backups. The private half opens them: keep it on another machine, twice.').action((file: string) => {
    const { recipient, identityPem } = makeRecipient()
    writeFileSync(fromHere(file), identityPem, { mode: 0o600, flag: 'wx', flush: true })
    print(recipient)
    say(`The private key is in ${file}. Put backup.recipient: ${recipient} into holdfast.yaml, and take the file away from this machine.`)
  })

  opening(program.command('restore')).requiredOption('--from <file>', 'the backup').description('Restore a backup into a new folder (--dir). Nothing is ever written over.').action(async (given: KeyOptions & { readonly from: string }) => {
    const options = paths(given)
    const { manifest, note } = await restoreBackup({ ...restoreDeps, onProgress: createProgress() }, { file: fromHere(options.from), opener: await openerOf(options), dir: options.dir })
    ended()
    if (options.json === true) printJson({ dir: options.dir, ...note, counts: manifest.counts })
    else {
      say(`${options.dir} holds the installation as of ${manifest.madeAt}. Start it with: holdfast serve --dir ${given.dir}`)
      say('Devices send again what they still hold; what they have trimmed since shows as a gap with the reason collector_restored.')
      say('Not known to it: devices enrolled or revoked, accounts and passwords changed since. If the old folder is left, copy its audit/erasures.jsonl over before the start, so that erased people stay erased.')
    }
  })

  reading(program.command('migrate')).description('What an upgrade of the database would do; the collector does it at its start. With --to: move the store from the SQLite file into PostgreSQL. While the collector runs, activities are copied ahead; once it is stopped, the rest follows, and everything is compared.').option('--dry-run', 'an upgrade, on a copy; the database stays as it is').option('--to <address>', 'postgres://user@host/database, empty').option('--temporary <folder>', 'where there is room for two copies', tmpdir())
    .action(async (given: Options & { readonly temporary: string; readonly dryRun?: boolean; readonly to?: string }) => {
      const dir = fromHere(given.dir)
      if ((given.dryRun === true) === (given.to !== undefined)) throw new CodedError('CONFIG_INVALID', { key: 'migrate', problem: 'takes either --dry-run or --to' })
      if (given.to !== undefined) {
        await moveStore(dir, given.to, given.json === true)
        return
      }
      assertInitialised(dir)
      const trial = await tryUpgrade(dir, fromHere(given.temporary))
      if (given.json === true) printJson(trial)
      else tellTrial(trial)
      if (trial.integrity !== 'ok' || trial.brokenReferences > 0) process.exitCode = EXIT.failed
    })
}

const readsAsFile = (path: string): boolean => {
  try {
    readFileSync(path)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EISDIR'
  }
}

async function withRecords(dir: string) {
  assertInitialised(dir)
  const store = await openStore(loadConfig(dir, {}, process.env), pathsOf(dir).database)
  try {
    return await readRecords(store)
  } finally {
    await store.close()
  }
}

async function lastFile(dir: string): Promise<string> {
  const [last] = (await withRecords(dir)).backups
  if (last === undefined) throw new CodedError('NOT_FOUND', { what: 'backup' })
  return last.file
}

/** Takes the steps on a copy. @throws STORE_NEWER, BACKUP_NO_SPACE, STORE_CORRUPT */
export async function tryUpgrade(dir: string, temporary: string): Promise<MigrationTrial> {
  const { database } = pathsOf(dir)
  const facts = await inspectDatabase(database, 'none')
  if (facts.schema > SCHEMA_VERSION) throw new CodedError('STORE_NEWER', { schema: facts.schema, known: SCHEMA_VERSION })
  const { bavail, bsize } = statfsSync(temporary)
  if (bavail * bsize < 2 * facts.bytes) throw new CodedError('BACKUP_NO_SPACE', { folder: temporary, needMiB: Math.ceil((2 * facts.bytes) / 2 ** 20), freeMiB: Math.floor((bavail * bsize) / 2 ** 20) })
  const folder = mkdtempSync(join(temporary, '.holdfast-migrate-'))
  try {
    const copy = join(folder, 'holdfast.db')
    await snapshotDatabase(database, copy)
    return await tryMigrations(copy)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function tellTrial(trial: MigrationTrial): void {
  if (trial.steps.length === 0) {
    print(`The database has schema ${trial.from} already: nothing would change.`)
    return
  }
  printTable(['STEP', 'MS', 'CHANGES'], trial.steps.map((step) => [String(step.step), String(step.millis), step.changes.join(', ')]))
  const seconds = trial.steps.reduce((sum, { millis }) => sum + millis, 0) / 1000
  say(`From schema ${trial.from} to ${trial.to} in ${seconds.toFixed(1)} s on this machine; ${(trial.bytesBefore / 2 ** 20).toFixed(1)} MiB become ${(trial.bytesAfter / 2 ** 20).toFixed(1)} MiB, and as much again is needed while it runs. Integrity: ${trial.integrity}. Make a backup first: there is no way back but to restore it.`)
}
