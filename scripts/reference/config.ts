import * as agent from '@holdfast/agent/config.ts'
import * as collector from '@holdfast/collector/config.ts'
import { code, codes, note, table } from './markdown.ts'

interface KeyRow {
  readonly type: string
  readonly default: unknown
  readonly doc: string
  readonly min?: number
  readonly max?: number
  readonly oneOf?: readonly string[]
}

function kindOf(row: KeyRow): string {
  if (row.type === 'strings') return 'list of texts'
  if (row.type === 'integer') return `whole number, ${row.min ?? ''} to ${row.max === Number.MAX_SAFE_INTEGER ? '2^53 - 1' : row.max ?? ''}`
  return row.oneOf === undefined ? 'text' : `one of ${codes(row.oneOf)}`
}

const defaultOf = (row: KeyRow): string => (Array.isArray(row.default) ? 'none' : row.default === '' ? 'empty' : code(String(row.default)))

function keyTable<K extends string>(keys: Readonly<Record<K, KeyRow>>, environmentName: (key: K) => string, flagName: (key: K) => string): string {
  return table(['key', 'type', 'default', 'what it does', 'variable', 'flag'], (Object.keys(keys) as K[]).map((key) => [code(key), kindOf(keys[key]), defaultOf(keys[key]), keys[key].doc, code(environmentName(key)), code(`--${flagName(key)}`)]))
}

export const configPage = (): string =>
  [
    note('collector/src/config.ts and agent/src/config.ts'),
    '# Configuration\n\nYAML. A flag wins over a variable, a variable over the file, the file over the default. A key may be written nested or with its dots. An unknown key is an error that names the line and the nearest key.\n\n',
    '## Collector: `holdfast.yaml` in the data folder\n\n`holdfast config show` prints what is in force, `holdfast config check` reads the file and says what is wrong with it.\n\n',
    keyTable(collector.configKeys, collector.environmentName, collector.flagName),
    `\n## Agent: ${code(agent.CONFIG_FILE)} in its folder\n\nWhat to watch is not here: it comes from the collector, signed.\n\n`,
    keyTable(agent.configKeys, agent.environmentName, agent.flagName),
  ].join('')
