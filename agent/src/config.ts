// The agent's configuration: one table of keys. Flags over HOLDFAST_AGENT_… variables over D/agent.yaml over defaults.
// What to watch is not here: that comes from the collector, signed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { closest } from 'fastest-levenshtein'
import type { ParsedNode } from 'yaml'
import { CodedError } from './errors.ts'

/** Name of the file in the agent's folder. */
export const CONFIG_FILE = 'agent.yaml'

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
  'log.level': text('info', 'Least severe level that is logged.', ['debug', 'info', 'warn', 'error']),
  'nats.servers': list('Addresses of the NATS servers to use instead of those that enrolment gave, such as tls://proxy.example:4222. Their certificates must come from the authority of the installation all the same.'),
  'spool.maxBytes': integer(0, 0, 1_099_511_627_776, 'Upper limit of the spool on this device in bytes, for small disks; 0 leaves it to the policy. The smaller of the two holds, and never less than 1 MiB.'),
  'heartbeat.intervalSecs': integer(0, 0, 3600, 'Seconds between two heartbeats; 0 leaves it to the policy.'),
  'disclosure.file': text('', 'File that every account of this device may read, from which what-is-collected answers them. Empty: /run/holdfast-agent/what-is-collected.json for the agent in /var/lib/holdfast-agent, none for others.'),
} as const

export type ConfigKey = keyof typeof configKeys
export type Config = { readonly [K in ConfigKey]: (typeof configKeys)[K]['default'] extends readonly string[] ? readonly string[] : (typeof configKeys)[K]['default'] extends number ? number : string }

const KEYS = Object.keys(configKeys) as ConfigKey[]
const isKey = (key: string): key is ConfigKey => Object.hasOwn(configKeys, key)
/** `spool.maxBytes` -> `HOLDFAST_AGENT_SPOOL_MAX_BYTES`. */
export const environmentName = (key: ConfigKey): string => `HOLDFAST_AGENT_${key.replaceAll('.', '_').replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}`
/** `spool.maxBytes` -> `spool-max-bytes`. */
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

async function readFile(path: string): Promise<Map<ConfigKey, unknown>> {
  // Loaded only where there is a file: most devices have none, and the agent would carry it for as long as it runs.
  const { isMap, isScalar, LineCounter, parseDocument } = await import('yaml')
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
      if (isKey(name)) found.set(name, pair.value?.toJSON() as unknown)
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
 * The configuration of an agent's folder.
 *
 * @param flags values from the command line, by key
 * @throws CONFIG_UNKNOWN_KEY with line and nearest key, CONFIG_INVALID
 */
export async function loadConfig(dir: string, flags: Readonly<Partial<Record<ConfigKey, string>>>, environment: NodeJS.ProcessEnv): Promise<Config> {
  const path = join(dir, CONFIG_FILE)
  const fromFile = existsSync(path) ? await readFile(path) : new Map<ConfigKey, unknown>()
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
