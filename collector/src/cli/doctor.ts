// holdfast doctor and holdfast support-bundle.
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import yazl from 'yazl'
import { sealKeyOf } from '../access/seal.ts'
import { type Config, loadConfig } from '../config.ts'
import { type Check, fail } from '../doctor/check.ts'
import { type DoctorDeps, examine } from '../doctor/doctor.ts'
import { checkFolder, type FolderDeps } from '../doctor/folder.ts'
import { supportFiles } from '../doctor/support-bundle.ts'
import type { BusState } from '../doctor/work.ts'
import { CodedError } from '../errors.ts'
import type { DoctorView } from '../http/contract.ts'
import { inspectDatabase, SCHEMA_VERSION } from '../store/sqlite/inspect.ts'
import { openStore } from '../store/open-store.ts'
import { type Installation, loadInstallation, ORGANISATION_SETTING, pathsOf } from './installation.ts'
import { isCollectorRunning, openLocalApi } from './local-api.ts'
import { EXIT, get, print, printJson, printTable, say } from './output.ts'
import { VERSION } from './version.ts'

interface Options {
  readonly dir: string
  readonly json?: boolean
}

/** Of the file, or of the database that the configuration names. */
async function databaseFacts(dir: string, check: 'none' | 'quick') {
  const { store } = loadConfig(dir, {}, process.env)
  if (store === '') return inspectDatabase(pathsOf(dir).database, check)
  const { inspectPostgres } = await import('../store/postgres/inspect.ts')
  const { schema, version, bytes, counts } = await inspectPostgres(store)
  return { schema, sqlite: `PostgreSQL ${version}`, isServer: true, journal: 'wal', bytes, freeBytes: 0, counts }
}

const folderDeps = (dir: string): FolderDeps => ({ dir, config: () => loadConfig(dir, {}, process.env), database: () => databaseFacts(dir, 'quick'), knownSchema: SCHEMA_VERSION, environment: process.env, nowMs: Date.now() })

/** What the checks need of an installation and its configuration. */
export function doctorDepsOf(installation: Installation, config: Config, bus?: () => BusState): DoctorDeps {
  const { dir, policyKey } = installation
  return {
    ...folderDeps(dir), anchorsPath: pathsOf(dir).anchors, policyKey, sealKey: sealKeyOf(policyKey), busMaxBytes: config['bus.maxBytes'], ...(bus === undefined ? {} : { bus }),
    backups: { folder: config['backup.folder'], everyHours: config['backup.everyHours'], drillEveryDays: config['backup.drillEveryDays'], sealedForRecipient: config['backup.recipient'] !== '' },
  }
}

/** Of the collector that runs; else of the folder, as far as it can be opened. */
async function checksOf(dir: string): Promise<readonly Check[]> {
  if (isCollectorRunning(dir)) {
    const api = await openLocalApi(dir)
    try {
      return (await get<DoctorView>(api, '/api/v1/doctor')).checks
    } catch (error) {
      return [fail('collector', `runs and does not answer: ${error instanceof Error ? error.message : String(error)}`, 'Look into its log, and start it again.'), ...(await checkFolder(folderDeps(dir)))]
    } finally {
      await api.close()
    }
  }
  const folder = await checkFolder(folderDeps(dir))
  let installation: Installation
  let config: Config
  try {
    installation = loadInstallation(dir)
    config = loadConfig(dir, {}, process.env)
    // Opening a database of an earlier release would upgrade it.
    if ((await databaseFacts(dir, 'none')).schema !== SCHEMA_VERSION) return folder
  } catch (error) {
    return [fail('installation', error instanceof CodedError ? `${error.code}: ${error.message}` : 'cannot be read', 'See the text on the left.'), ...folder]
  }
  const store = await openStore(config, pathsOf(dir).database)
  try {
    return await examine(doctorDepsOf(installation, config), store)
  } finally {
    await store.close()
  }
}

const exitOf = (checks: readonly Check[]): number => (checks.some(({ verdict }) => verdict === 'fail') ? EXIT.failed : 0)

async function metricsOf(dir: string): Promise<string | undefined> {
  if (!isCollectorRunning(dir)) return undefined
  const api = await openLocalApi(dir)
  try {
    const { status, body } = await api.request('GET', '/metrics')
    return status === 200 ? body : undefined
  } catch {
    // Doctor says that it does not answer.
    return undefined
  } finally {
    await api.close()
  }
}

/** Texts that no bundle may hold, whoever put them where. */
async function secretsOf(dir: string, organisation: string | undefined, config: Config): Promise<readonly string[]> {
  const { keyring, policyKey } = loadInstallation(dir)
  const pem = (policyKey.export({ format: 'pem', type: 'pkcs8' }) as string).split('\n').filter((line) => !line.startsWith('-'))
  return [...Object.values(keyring).flatMap(({ seed, publicKey }) => [seed, publicKey]), ...pem, ...config.names, ...config['nats.servers'], config['http.publicUrl'], config['backup.folder'], dir, ...(organisation === undefined ? [] : [organisation])]
}

async function writeZip(path: string, files: readonly { readonly name: string; readonly text: string }[]): Promise<void> {
  const handle = await open(path, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    throw new CodedError('CONFIG_INVALID', { key: 'the file', problem: cause.code === 'EEXIST' ? 'is there already' : `cannot be made (${cause.code ?? 'unknown'})` }, { cause })
  })
  const zip = new yazl.ZipFile()
  for (const { name, text } of files) zip.addBuffer(Buffer.from(text), name, { mode: 0o100600 })
  zip.end()
  await pipeline(zip.outputStream, handle.createWriteStream())
}

/** Adds the commands to the program. */
export function doctorCommands(program: Command, { reading, fromHere }: { readonly reading: (command: Command) => Command; readonly fromHere: (path: string) => string }): void {
  reading(program.command('doctor')).description('Look for what is wrong with this installation, and say how to mend it. Exit code 1 when a check fails.').action(async (given: Options) => {
    const checks = await checksOf(fromHere(given.dir))
    if (given.json === true) printJson({ checks })
    else {
      printTable(['CHECK', '', 'WHAT', 'FIX'], checks.map(({ name, verdict, detail, fix }) => [name, verdict === 'ok' ? 'ok' : verdict.toUpperCase(), detail, fix]))
      const bad = checks.filter(({ verdict }) => verdict === 'fail').length
      const doubtful = checks.filter(({ verdict }) => verdict === 'warn').length
      say(bad + doubtful === 0 ? 'Everything is well.' : `${bad} to mend, ${doubtful} to look at.`)
    }
    process.exitCode = exitOf(checks)
  })

  reading(program.command('support-bundle')).argument('<file>', 'a ZIP that is made').option('--log <file>', 'log of the collector, one JSON a line (journalctl -u holdfast -o cat); only times, levels, texts and codes of it are taken')
    .description('What somebody who helps needs to know, without names, keys or tokens; lists what is in it.').action(async (file: string, given: Options & { readonly log?: string }) => {
      const dir = fromHere(given.dir)
      const config = loadConfig(dir, {}, process.env)
      const checks = await checksOf(dir)
      const { counts, ...schema } = await databaseFacts(dir, 'none')
      if (schema.schema !== SCHEMA_VERSION) throw new CodedError('STORE_NEWER', { schema: schema.schema, known: SCHEMA_VERSION })
      const metrics = await metricsOf(dir)
      const store = await openStore(config, pathsOf(dir).database)
      try {
        const files = await supportFiles({ version: VERSION, checks, config, schema, counts, store, nowMs: Date.now(), ...(metrics === undefined ? {} : { metrics }), ...(given.log === undefined ? {} : { log: readFileSync(fromHere(given.log), 'utf8') }) }, await secretsOf(dir, await store.setting(ORGANISATION_SETTING), config))
        await writeZip(fromHere(file), files)
        if (given.json === true) print(files[0]?.text.trim() ?? '')
        else {
          printTable(['FILE', 'BYTES', 'WHAT'], files.map(({ name, about, text }) => [name, String(Buffer.byteLength(text)), about]))
          say(`${file} is made. Look through it before you send it: unzip -p ${file} contents.json`)
        }
      } finally {
        await store.close()
      }
    })
}
