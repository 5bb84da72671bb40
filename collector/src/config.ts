// The collector's configuration: one table of keys. Flags over HOLDFAST_… variables over D/holdfast.yaml over defaults.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { closest } from 'fastest-levenshtein'
import { isMap, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import { CodedError } from './errors.ts'

interface KeyRow<T> {
  readonly type: 'string' | 'integer' | 'strings'
  readonly default: T
  readonly doc: string
  readonly min?: number
  readonly max?: number
  readonly oneOf?: readonly string[]
}

const text = (fallback: string, doc: string, oneOf?: readonly string[]): KeyRow<string> => ({ type: 'string', default: fallback, doc, ...(oneOf === undefined ? {} : { oneOf }) })
const integer = (fallback: number, min: number, max: number, doc: string): KeyRow<number> => ({ type: 'integer', default: fallback, min, max, doc })
const list = (doc: string): KeyRow<readonly string[]> => ({ type: 'strings', default: [], doc })

/** Every key, with its type, default, bounds and what it does. docs/reference/config.md is generated from it. */
export const configKeys = {
  'roles': list('What this process does, of ingest, evaluate, http, deliver and bus. Empty: everything. Fewer than all need a PostgreSQL store (store), and there may be any number of processes of each.'),
  'instance': text('', 'Name of this process among those of an installation, for its files. Empty: the name of this machine and the roles; two processes of the same roles on one machine need names.'),
  'probe.listen': text('', 'host:port on which a process without the role http answers /livez, /readyz and /metrics in plain HTTP, such as 127.0.0.1:9090. Empty: nowhere.'),
  'http.host': text('0.0.0.0', 'Address that the console, the API and enrolment listen on. Always TLS.'),
  'http.port': integer(8443, 0, 65_535, 'Port of the console and the API; 0 takes a free one.'),
  'http.publicUrl': text('', 'Address that devices and people use, such as https://holdfast.example:8443. Empty: the first of names, else the address that is listened on, else the host name of this machine, and http.port.'),
  'bus.host': text('0.0.0.0', 'Address that the supervised nats-server listens on.'),
  'bus.port': integer(4222, 0, 65_535, 'Port of the supervised nats-server; 0 takes a free one.'),
  'bus.serverPath': text('', 'nats-server of at least 2.12. Empty: HOLDFAST_NATS_SERVER, the PATH, then the cache folder of scripts/get-nats-server.'),
  'bus.maxBytes': integer(10_737_418_240, 67_108_864, Number.MAX_SAFE_INTEGER, 'Size limit of the activity stream in bytes. When it is full, agents keep their spools.'),
  'bus.folder': text('', 'Folder of the supervised nats-server, on a disk of this machine. Empty: nats in the data folder.'),
  'bus.routes': list('host:port of the cluster ports of all nats-servers that form a cluster, three or five; devices and processes know them by nats.servers. Empty: the supervised server stands alone.'),
  'bus.clusterPort': integer(6222, 1, 65_535, 'Port on which the supervised server listens to the others of its cluster.'),
  'bus.replicas': integer(0, 0, 5, 'On how many servers of a cluster an activity is before an agent hears that it is there. 0: as many as there are, at most three.'),
  'bus.connectsPerSecond': integer(500, 1, 100_000, 'New connections of devices that the brokers together should get in a second. After an outage devices spread their return so that it stays below, as far as ten minutes allow.'),
  'upgrades.maxBytesPerSec': integer(52_428_800, 262_144, 10_737_418_240, 'What all devices together may fetch of releases a second, in bytes; the rest of the line is for activities.'),
  'nats.servers': list('Addresses of a NATS cluster to use instead of the supervised server. It must know the operator of this installation.'),
  'names': list('DNS names and addresses that devices and people use; the first one goes into new enrolment codes, all of them into the server certificate.'),
  'store': text('', 'Address of a PostgreSQL database (15 or later) to keep everything in, such as postgres://holdfast@db.example/holdfast?sslmode=verify-full; a password belongs in HOLDFAST_STORE or in a password file (PGPASSFILE). Empty: a SQLite file in the data folder.'),
  'backup.folder': text('', 'Folder for backups that the collector makes by itself, best on another disk or machine. Empty: none are made.'),
  'backup.everyHours': integer(24, 1, 744, 'Time between two of them.'),
  'backup.keep': integer(7, 1, 1000, 'How many of them stay; the oldest is taken away after a new one is whole.'),
  'backup.recipient': text('', 'Key that they are sealed for, from holdfast backup key. Its private half opens them and belongs on another machine.'),
  'backup.passphraseFile': text('', 'File with the passphrase that they are sealed with, 15 characters or more, readable by the collector only. Not together with backup.recipient.'),
  'backup.drillEveryDays': integer(7, 0, 366, 'Days between two drills, in which the last backup is restored into a temporary folder and looked at; 0: none. One that is sealed for a recipient cannot be opened here: run holdfast backup drill where its key is.'),
  'tracing.endpoint': text('', 'Where traces go, as OTLP over HTTP in its JSON form, such as http://127.0.0.1:4318. Empty: there are none.'),
  'tracing.samplePercent': integer(5, 0, 100, 'Share of requests and transactions that are traced; a request with a traceparent follows the decision in it.'),
  'log.level': text('info', 'Least severe level that is logged.', ['debug', 'info', 'warn', 'error']),
} as const

export type ConfigKey = keyof typeof configKeys
export type Config = { readonly [K in ConfigKey]: (typeof configKeys)[K]['default'] extends readonly string[] ? readonly string[] : (typeof configKeys)[K]['default'] extends number ? number : string }

const KEYS = Object.keys(configKeys) as ConfigKey[]
const isKey = (key: string): key is ConfigKey => Object.hasOwn(configKeys, key)
/** `http.publicUrl` -> `HOLDFAST_HTTP_PUBLIC_URL`. */
export const environmentName = (key: ConfigKey): string => `HOLDFAST_${key.replaceAll('.', '_').replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}`
/** `http.publicUrl` -> `http-public-url`. */
export const flagName = (key: ConfigKey): string => key.replaceAll('.', '-').replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()

function read(key: ConfigKey, value: unknown, where: string): string | number | readonly string[] {
  const row: KeyRow<unknown> = configKeys[key]
  const fail = (problem: string): never => {
    throw new CodedError('CONFIG_INVALID', { key: `${key} (${where})`, problem })
  }
  if (row.type === 'integer') {
    const number = typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) return fail('must be a whole number')
    if (number < (row.min ?? number) || number > (row.max ?? number)) return fail(`must lie between ${row.min} and ${row.max}`)
    return number
  }
  if (row.type === 'strings') {
    const items: unknown = typeof value === 'string' ? value.split(',').map((item) => item.trim()).filter((item) => item !== '') : value
    if (!Array.isArray(items) || !items.every((item) => typeof item === 'string')) return fail('must be a list of texts')
    return items
  }
  if (typeof value !== 'string') return fail('must be a text')
  if (row.oneOf !== undefined && !row.oneOf.includes(value)) return fail(`must be one of ${row.oneOf.join(', ')}`)
  return value
}

function readFile(path: string): Map<ConfigKey, unknown> {
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false })
  const [problem] = document.errors
  if (problem !== undefined) throw new CodedError('CONFIG_INVALID', { key: `line ${lines.linePos(problem.pos[0]).line}`, problem: problem.message })
  const found = new Map<ConfigKey, unknown>()
  const walk = (node: ParsedNode | null, prefix: string): void => {
    if (!isMap(node)) {
      if (node !== null && !(isScalar(node) && node.value === null)) throw new CodedError('CONFIG_INVALID', { key: prefix || 'the file', problem: 'must be a mapping of keys' })
      return
    }
    for (const pair of node.items) {
      const name = `${prefix}${prefix === '' ? '' : '.'}${String(isScalar(pair.key) ? pair.key.value : pair.key)}`
      if (isKey(name)) found.set(name, (pair.value)?.toJSON() as unknown)
      else if (KEYS.some((key) => key.startsWith(`${name}.`))) walk(pair.value, name)
      else {
        const offset = (pair.key as { readonly range?: readonly [number, number, number] }).range?.[0] ?? 0
        throw new CodedError('CONFIG_UNKNOWN_KEY', { key: name, line: lines.linePos(offset).line, nearest: closest(name, KEYS) })
      }
    }
  }
  walk(document.contents, '')
  return found
}

/**
 * The configuration of a data folder.
 *
 * @param flags values from the command line, by key
 * @throws CONFIG_UNKNOWN_KEY with line and nearest key, CONFIG_INVALID
 */
export function loadConfig(dir: string, flags: Readonly<Partial<Record<ConfigKey, string>>>, environment: NodeJS.ProcessEnv): Config {
  const path = join(dir, 'holdfast.yaml')
  const fromFile = existsSync(path) ? readFile(path) : new Map<ConfigKey, unknown>()
  // Also where a flag stands above it: what is wrong in the file would show on the day when the flag is left out.
  for (const [key, value] of fromFile) read(key, value, path)
  const values: Partial<Record<ConfigKey, unknown>> = {}
  for (const key of KEYS) {
    const flag = flags[key]
    const variable = environment[environmentName(key)]
    if (flag !== undefined) values[key] = read(key, flag, `flag --${flagName(key)}`)
    else if (variable !== undefined) values[key] = read(key, variable, environmentName(key))
    else if (fromFile.has(key)) values[key] = read(key, fromFile.get(key), path)
    else values[key] = configKeys[key].default
  }
  // Every key was read by its row just above.
  return values as Config
}
