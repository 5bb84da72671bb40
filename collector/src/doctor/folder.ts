// What can be seen from the data folder alone, also when no collector starts.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { lstat, readdir, readFile, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { findServer, WANTED_VERSION } from '../bus/find-server.ts'
import { type Check, checked, fail, mib, ok, warn } from './check.ts'

const DISK_WARN_BYTES = 4 * 2 ** 30
const DISK_FAIL_BYTES = 512 * 2 ** 20
const DAY_MS = 86_400_000
const AUTHORITY_WARN_DAYS = 180
/** The collector makes it anew 60 days before; with less left, that did not work. */
const SERVER_WARN_DAYS = 45
/** Certificates are dated a day back when they are made. */
const CLOCK_SLACK_MS = DAY_MS
const FREE_PAGES_WARN = 0.5

export interface DatabaseState {
  readonly schema: number
  /** Version of SQLite, or the name and version of a server that looks after its own files. */
  readonly sqlite: string
  readonly isServer?: boolean
  readonly journal: string
  readonly bytes: number
  readonly freeBytes: number
  readonly integrity?: string
}

export interface FolderDeps {
  readonly dir: string
  /** Reads the configuration; throws what is wrong with it. */
  readonly config: () => { readonly 'bus.serverPath': string; readonly 'nats.servers': readonly string[]; readonly 'backup.folder': string }
  /** Looks at the database without a change, with a quick check of its pages. */
  readonly database: () => Promise<DatabaseState>
  readonly knownSchema: number
  readonly environment: NodeJS.ProcessEnv
  readonly nowMs: number
}

const SECRET_FOLDERS = ['keys', 'ca', 'evidence', 'bundles', 'audit', 'tls', 'run', 'nats']
/** Not secret: every device gets it. */
const PUBLIC_FILES = new Set(['ca/ca.pem', 'tls/server.pem'])

async function openTo(dir: string): Promise<readonly string[]> {
  const found: string[] = []
  const look = async (name: string, limit: number): Promise<void> => {
    const facts = await lstat(join(dir, name)).catch(() => undefined)
    if (facts !== undefined && (facts.mode & 0o777 & ~limit) !== 0) found.push(`${name === '' ? '.' : name} ${(facts.mode & 0o777).toString(8)}`)
  }
  await look('', 0o700)
  await look('holdfast.db', 0o600)
  await look('holdfast.db-wal', 0o600)
  await look('holdfast.yaml', 0o640)
  for (const folder of SECRET_FOLDERS) await look(folder, 0o700)
  for (const folder of ['keys', 'ca']) for (const name of await readdir(join(dir, folder)).catch(() => [])) if (!PUBLIC_FILES.has(`${folder}/${name}`)) await look(`${folder}/${name}`, 0o600)
  return found
}

async function checkPermissions({ dir }: FolderDeps): Promise<readonly Check[]> {
  if (process.platform === 'win32') return []
  const open = await openTo(dir)
  const { uid } = await lstat(dir)
  const me = process.getuid?.() ?? uid
  return [
    open.length === 0 ? ok('permissions', 'keys, database and copies are readable by their owner only') : fail('permissions', `others may read or change ${open.slice(0, 5).join(', ')}${open.length > 5 ? ` and ${open.length - 5} more` : ''}`, `chmod -R go-rwx ${dir}`),
    ...(uid === me || me === 0 ? [] : [fail('owner', `the folder belongs to user ${uid}, and this is user ${me}`, 'Run holdfast as the owner of the folder.')]),
  ]
}

async function checkDisk({ dir, database }: FolderDeps): Promise<readonly Check[]> {
  const { bavail, bsize, files, ffree } = await statfs(dir)
  const free = bavail * bsize
  const bytes = await database().then((facts) => facts.bytes, () => 0)
  const fix = 'Make room or enlarge the disk. When it is full, nothing is acknowledged and the devices keep their activities; nothing is lost until their spools are full, too.'
  const inodes = files > 0 && ffree / files < 0.02 ? [warn('inodes', `${ffree} of ${files} are left`, 'Remove files from the disk; each copy of a file takes one.')] : []
  const said = `${mib(free)} free, the database has ${mib(bytes)}`
  if (free < DISK_FAIL_BYTES) return [fail('disk', said, fix), ...inodes]
  if (free < DISK_WARN_BYTES || free < bytes) return [warn('disk', `${said}; a backup or an upgrade needs as much as the database`, fix), ...inodes]
  return [ok('disk', said), ...inodes]
}

async function checkDatabase({ database, knownSchema }: FolderDeps): Promise<readonly Check[]> {
  const facts = await database()
  const checks: Check[] = facts.isServer === true ? [ok('database', `${mib(facts.bytes)}, ${facts.sqlite}; its pages are its server's to check`)] : [
    facts.integrity === 'ok' ? ok('database', `${mib(facts.bytes)}, SQLite ${facts.sqlite}, pages are whole`) : fail('database', `damaged: ${facts.integrity ?? 'not checked'}`, 'Stop the collector, keep the file as it is, and restore the last backup: holdfast restore --from FILE --dir NEW.'),
    facts.journal === 'wal' ? ok('journal', 'write-ahead log') : fail('journal', `the journal is ${facts.journal} and not wal`, 'Something else opened the database. Start the collector: it sets it back, or says why it cannot.'),
  ]
  if (facts.schema > knownSchema) checks.push(fail('schema', `schema ${facts.schema} is newer than this program (${knownSchema})`, 'Use the later program, or restore the backup from before the upgrade.'))
  else if (facts.schema < knownSchema) checks.push(warn('schema', `schema ${facts.schema}; the next start brings it to ${knownSchema}`, 'Make a backup, then try it: holdfast migrate --dry-run.'))
  else checks.push(ok('schema', `${facts.schema}`))
  if (facts.freeBytes > DISK_WARN_BYTES && facts.freeBytes / facts.bytes > FREE_PAGES_WARN) checks.push(warn('free-pages', `${mib(facts.freeBytes)} of the database are empty`, 'They are used again. To give them back, restore a backup: it has none.'))
  return checks
}

const days = (ms: number): number => Math.floor(ms / DAY_MS)

/** Certificates were made by this clock: none can lie in its future. */
function checkClock(certificates: readonly X509Certificate[], nowMs: number): Check {
  const made = Math.max(...certificates.map(({ validFromDate }) => validFromDate.getTime())) + CLOCK_SLACK_MS
  return nowMs < made - 300_000 ? fail('clock', `is ${Math.round((made - nowMs) / 60_000)} min behind the moment at which a certificate was made`, 'Set the clock, and keep it with NTP: enrolment, policies and one-time codes depend on it.') : ok('clock', new Date(nowMs).toISOString())
}

async function checkCertificates({ dir, nowMs }: FolderDeps): Promise<readonly Check[]> {
  const checks: Check[] = []
  const authority = new X509Certificate(await readFile(join(dir, 'ca', 'ca.pem')))
  const matches = authority.checkPrivateKey(createPrivateKey(await readFile(join(dir, 'ca', 'ca-key.pem'))))
  if (!matches) checks.push(fail('authority', 'ca-key.pem is not the key of ca.pem', 'Put ca/ back from the backup.'))
  const left = authority.validToDate.getTime() - nowMs
  const rotate = 'Change the authority while the old one is still trusted: docs/operations/keys.md.'
  checks.push(left < 0 ? fail('authority-expiry', `ended ${days(-left)} days ago: no device can connect`, rotate) : days(left) < AUTHORITY_WARN_DAYS ? warn('authority-expiry', `ends in ${days(left)} days`, rotate) : ok('authority-expiry', `ends in ${days(left)} days`))
  const text = await readFile(join(dir, 'tls', 'server.pem')).catch(() => undefined)
  const server = text === undefined ? undefined : new X509Certificate(text)
  checks.push(checkClock([authority, ...(server === undefined ? [] : [server])], nowMs))
  if (server === undefined) return [...checks, ok('server-certificate', 'is made at the next start')]
  const serverLeft = server.validToDate.getTime() - nowMs
  const again = 'Remove tls/ of the data folder and start the collector again: both are made anew.'
  if (!server.verify(authority.publicKey)) checks.push(fail('server-certificate', 'was not made by the authority of this folder', again))
  else if (days(serverLeft) < SERVER_WARN_DAYS) checks.push(serverLeft < 0 ? fail('server-certificate', `ended ${days(-serverLeft)} days ago`, again) : warn('server-certificate', `ends in ${days(serverLeft)} days, and should have been made anew`, again))
  else checks.push(ok('server-certificate', `ends in ${days(serverLeft)} days, is made anew 60 days before`))
  return checks
}

async function checkServer({ config, environment }: FolderDeps): Promise<readonly Check[]> {
  const { 'nats.servers': external, 'bus.serverPath': path } = config()
  if (external.length > 0) return [ok('nats-server', `a cluster of ${external.length} is used`)]
  const old: string[] = []
  const found = await findServer(path, environment, (problem) => void old.push(problem))
  return [old[0] === undefined ? ok('nats-server', found.version) : warn('nats-server', old[0], `Install nats-server ${WANTED_VERSION} or later: ./scripts/get-nats-server.`)]
}

async function checkLeftovers({ dir }: FolderDeps): Promise<readonly Check[]> {
  const left = (await readdir(dir)).filter((name) => name.startsWith('.backup-') || name === 'restored.json')
  const half = left.filter((name) => name.startsWith('.backup-'))
  return [
    ...(half.length === 0 ? [] : [warn('leftovers', `${half.length} half-made backups hold the database in the clear`, `Unless a backup is being made now: rm -r ${dir}/.backup-*`)]),
    ...(left.includes('restored.json') ? [warn('restored', 'the folder was restored and was not started since', 'Start the collector; devices send again what they hold.')] : []),
  ]
}

/** Checks of the data folder, in the order in which to read them. */
export async function checkFolder(deps: FolderDeps): Promise<readonly Check[]> {
  const looks: readonly (readonly [string, () => Promise<readonly Check[]>])[] = [
    ['configuration', async () => [(deps.config(), ok('configuration', 'holdfast.yaml and the environment are good'))]],
    ['permissions', () => checkPermissions(deps)], ['disk', () => checkDisk(deps)], ['database', () => checkDatabase(deps)], ['certificates', () => checkCertificates(deps)], ['nats-server', () => checkServer(deps)], ['leftovers', () => checkLeftovers(deps)],
  ]
  const found: Check[] = []
  for (const [name, look] of looks) found.push(...(await checked(name, look)))
  return found
}
