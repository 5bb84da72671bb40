// holdfast init: an empty folder becomes an installation, or stays one in which init can be run again.
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseDocument } from 'yaml'
import { appendAudit } from '../audit/chain.ts'
import { base32 } from '../bus/nkeys.ts'
import { caPin } from '../bus/pki.ts'
import { type ConfigKey, configKeys, loadConfig } from '../config.ts'
import { CodedError } from '../errors.ts'
import { SETUP_SETTING, setupCodeHash } from '../http/sessions/routes.ts'
import { openStore } from '../store/open-store.ts'
import { assertInitialised, ORGANISATION_SETTING, pathsOf, writeDurably, writeSecrets } from './installation.ts'

/** May stand in the folder beforehand: a configuration that was laid down by a deployment, and what file systems put there. */
const MAY_BE_THERE = new Set(['holdfast.yaml', 'lost+found', '.initialising'])
/** What an init that was cut short may have left. */
const MADE_BY_INIT = ['keys', 'ca', 'audit', 'holdfast.db', 'holdfast.db-wal', 'holdfast.db-shm', 'holdfast.db-journal']

const isInitialised = (dir: string): boolean => {
  try {
    assertInitialised(dir)
    return true
  } catch {
    // Said by its own error code, and asked for here.
    return false
  }
}

/** Not mkdir's own recursion: Node's never ends where the system says ENOENT to the last step, as /proc does. */
function makeFolders(dir: string): void {
  if (existsSync(dir)) return
  makeFolders(dirname(dir))
  mkdirSync(dir, { mode: 0o755 })
}

function prepareFolder(dir: string): void {
  const { marker } = pathsOf(dir)
  try {
    makeFolders(dir)
    if (isInitialised(dir)) throw new CodedError('ALREADY_INITIALISED', { dir })
    const unfinished = existsSync(marker)
    const entries = readdirSync(dir)
    const foreign = entries.find((entry) => !MAY_BE_THERE.has(entry) && !(unfinished && MADE_BY_INIT.includes(entry)))
    // Keys without a database are somebody's keys: they are not thrown away here.
    if (foreign !== undefined) throw new CodedError('INIT_FOLDER_NOT_EMPTY', { dir, example: foreign })
    chmodSync(dir, 0o700)
    writeDurably(marker, `${process.pid}\n`)
    for (const entry of MADE_BY_INIT) rmSync(join(dir, entry), { recursive: true, force: true })
    for (const folder of ['keys', 'ca', 'audit']) mkdirSync(join(dir, folder), { mode: 0o700 })
  } catch (cause) {
    if (cause instanceof CodedError) throw cause
    const { code } = cause as NodeJS.ErrnoException
    throw new CodedError('DATA_FOLDER_UNUSABLE', { dir, problem: code === 'EACCES' || code === 'EPERM' ? 'this user may not write there; run it as the folder’s owner or choose another --dir' : code === 'ENOTDIR' || code === 'EEXIST' ? 'it is not a folder' : code === 'ENOENT' || code === 'EROFS' ? 'this place takes no folders' : (code ?? 'unknown') }, { cause })
  }
}

/** holdfast.yaml with every key, its default and what it does, commented out. */
export function exampleConfig(): string {
  const lines = ['# Configuration of Holdfast. Every key is shown with its default; to change one, remove the # before it and before its section.', '# A flag of serve or a HOLDFAST_… variable goes over this file. Check it with: holdfast config check']
  let section = ''
  for (const key of Object.keys(configKeys) as ConfigKey[]) {
    const row = configKeys[key]
    const [first = '', second] = key.split('.')
    if (first !== section) lines.push('', ...(second === undefined ? [] : [`#${first}:`]))
    section = first
    const indent = second === undefined ? '' : '  '
    lines.push(`${indent}# ${row.doc}`, `#${indent}${second ?? first}: ${JSON.stringify(row.default)}`)
  }
  return `${lines.join('\n')}\n`
}

function writeConfig(path: string, names: readonly string[]): void {
  if (!existsSync(path)) writeFileSync(path, exampleConfig(), { mode: 0o600 })
  if (names.length === 0) return
  const text = readFileSync(path, 'utf8')
  const document = parseDocument(text)
  if (document.contents === null) writeFileSync(path, `${text}\nnames:\n${names.map((name) => `  - ${JSON.stringify(name)}\n`).join('')}`)
  else {
    document.set('names', names)
    writeFileSync(path, document.toString())
  }
}

const DNS_NAME = /^(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\.?$/
const isName = (name: string): boolean => DNS_NAME.test(name) || /^[0-9a-fA-F:]+$/.test(name)

/**
 * Makes keys, authority and database.
 *
 * @param request.names DNS names or addresses that devices use; written to holdfast.yaml
 * @returns the set-up code, 20 base32 characters in groups, of which only a hash is kept
 * @throws ALREADY_INITIALISED, INIT_FOLDER_NOT_EMPTY, DATA_FOLDER_UNUSABLE, CONFIG_INVALID
 */
export async function initialise({ dir, organisation, names }: { readonly dir: string; readonly organisation: string; readonly names: readonly string[] }): Promise<{ readonly setupCode: string; readonly caPin: string }> {
  const name = organisation.trim()
  if (name.length < 1 || name.length > 128) throw new CodedError('CONFIG_INVALID', { key: '--organisation', problem: 'must have 1 to 128 characters' })
  const wrong = names.find((each) => !isName(each))
  if (wrong !== undefined) throw new CodedError('CONFIG_INVALID', { key: '--name', problem: `"${wrong}" is neither a DNS name nor an address; leave https:// and the port out` })
  prepareFolder(dir)
  const paths = pathsOf(dir)
  const nowMs = Date.now()
  const authority = await writeSecrets(dir, name, nowMs)
  const setupCode = (base32(randomBytes(13)).slice(0, 20).match(/.{5}/g) ?? []).join('-')
  const config = loadConfig(dir, {}, process.env)
  const store = await openStore(config, paths.database)
  try {
    // A file is in this folder and goes with it; a database elsewhere may be somebody's.
    if (config.store !== '' && (await store.setting(ORGANISATION_SETTING)) !== undefined) throw new CodedError('CONFIG_INVALID', { key: 'store', problem: 'is the database of an installation already; name an empty one' })
    await store.write(async (tx) => {
      await tx.saveSetting(ORGANISATION_SETTING, name)
      await tx.saveSetting(SETUP_SETTING, setupCodeHash(setupCode))
      await appendAudit(tx, { actor: { id: 'system', name: 'holdfast init' }, action: 'installation.created', targetKind: 'installation', targetId: caPin(authority.certificatePem), atMs: nowMs })
    })
  } finally {
    await store.close()
  }
  writeConfig(paths.config, names)
  // Last: from here on the folder is an installation.
  rmSync(paths.marker)
  return { setupCode, caPin: caPin(authority.certificatePem) }
}
