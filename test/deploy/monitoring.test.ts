// The dashboard and the alert rules against the metrics that there are, and the rules against their run-books.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { metricTable } from '@holdfast/collector/metrics.ts'
import { deviceFaults } from '@holdfast/collector/domain/people/device-faults.ts'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const rulesFile = join(root, 'deploy/monitoring/prometheus-rules.yaml')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const PROMTOOL = process.env['PROMTOOL'] ?? 'promtool'
const hasPromtool = await run(PROMTOOL, ['--version']).then(() => true, () => false)

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook_url: string }
}
interface Panel {
  readonly title: string
  readonly type: string
  readonly targets?: readonly { readonly expr: string }[]
}

const rules = (parse(readFileSync(rulesFile, 'utf8')) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] }).groups.flatMap((group) => group.rules)
const { panels } = JSON.parse(read('deploy/monitoring/grafana-dashboard.json')) as { readonly panels: readonly Panel[] }
const expressions = [...rules.map(({ alert, expr }) => [alert, expr] as const), ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const))]

/** Of prom-client, and what Prometheus adds. */
const FOREIGN = new Set(['process_resident_memory_bytes', 'process_cpu_seconds_total', 'nodejs_heap_size_used_bytes', 'nodejs_eventloop_lag_p99_seconds', 'up'])
const table: Readonly<Record<string, { readonly type: string; readonly labels?: readonly string[] }>> = metricTable
const rowOf = (name: string) => table[name] ?? (['_bucket', '_count', '_sum'].some((end) => name.endsWith(end)) ? [table[name.replace(/_(?:bucket|count|sum)$/, '')]].find((row) => row?.type === 'histogram') : undefined)

/** Names with a selector or a range, or ours. */
const namesIn = (expr: string): readonly string[] => [...expr.replaceAll(/"[^"]*"/g, '""').matchAll(/\b((?:holdfast|process|nodejs)_[a-z0-9_]+|up)\b/g)].map(([, name = '']) => name)
const selectorsIn = (expr: string): readonly (readonly [string, string])[] => [...expr.matchAll(/\b(holdfast_[a-z_]+)\{([^}]*)\}/g)].map(([, name = '', labels = '']) => [name, labels])

describe('the dashboard and the alert rules', () => {
  it.each(expressions)('%s asks for metrics that there are: %s', (_, expr) => {
    expect(namesIn(expr).length).toBeGreaterThan(0)
    expect(namesIn(expr).filter((name) => rowOf(name) === undefined && !FOREIGN.has(name))).toEqual([])
    for (const [name, labels] of selectorsIn(expr)) {
      const known = [...(rowOf(name)?.labels ?? []), 'instance', 'job', 'le']
      expect([...labels.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label).filter((label) => !known.includes(label))).toEqual([])
    }
  })
  it('take rates of what only rises, and of nothing else', () => {
    for (const [, expr] of expressions) {
      for (const [, name = ''] of expr.matchAll(/(?:rate|increase)\((holdfast_[a-z_]+)/g)) expect([name, ['counter', 'histogram']]).toEqual([name, expect.arrayContaining([rowOf(name)?.type])])
      for (const [, name = ''] of expr.matchAll(/(?:delta|deriv|predict_linear)\((holdfast_[a-z_]+)/g)) expect([name, rowOf(name)?.type]).toEqual([name, 'gauge'])
    }
  })
  it('have brackets and quotes in pairs', () => {
    for (const [where, expr] of expressions) {
      const bare = expr.replaceAll(/"[^"]*"/g, '')
      for (const [open, close] of [['(', ')'], ['{', '}'], ['[', ']']] as const) expect([where, bare.split(open).length]).toEqual([where, bare.split(close).length])
      expect(bare).not.toContain('"')
    }
  })
  it('name faults that there are', () => {
    const named = expressions.flatMap(([, expr]) => [...expr.matchAll(/code=~?"([^"]+)"/g)].flatMap(([, codes = '']) => codes.split('|')))
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter((code) => !Object.hasOwn(deviceFaults, code))).toEqual([])
  })
  it('leave no metric unlooked at', () => {
    const seen = new Set(expressions.flatMap(([, expr]) => namesIn(expr)).map((name) => (table[name] === undefined ? name.replace(/_(?:bucket|count|sum)$/, '') : name)))
    expect(Object.keys(table).filter((name) => !seen.has(name))).toEqual([])
  })
  it.runIf(hasPromtool)('are rules by the word of Prometheus itself', async () => {
    expect((await run(PROMTOOL, ['check', 'rules', rulesFile])).stdout).toContain('SUCCESS')
  })
})

describe('the run-books', () => {
  const text = read('docs/operations/run-books.md')
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, name = '']) => name)
  it('have a section for each alert, which leads to it', () => {
    expect(rules.length).toBeGreaterThan(20)
    for (const { alert, labels, annotations } of rules) {
      expect(headings).toContain(alert)
      expect(annotations.runbook_url).toBe(`docs/operations/run-books.md#${alert.toLowerCase()}`)
      expect(['page', 'ticket']).toContain(labels.severity)
      expect(annotations.summary).not.toBe('')
    }
    expect(headings.filter((name) => name.startsWith('Holdfast') && !rules.some(({ alert }) => alert === name))).toEqual([])
  })
  it('name commands that there are', () => {
    const commands = [...text.matchAll(/`holdfast ([a-z-]+)/g)].map(([, name = '']) => name)
    const known = readFileSync(join(root, 'collector/src/cli/program.ts'), 'utf8') + ['backups', 'privacy', 'devices', 'audit', 'doctor', 'offline'].map((name) => readFileSync(join(root, `collector/src/cli/${name}.ts`), 'utf8')).join('\n')
    expect(commands.length).toBeGreaterThan(5)
    expect([...new Set(commands)].filter((name) => !new RegExp(`command\\(['"\`]${name}\\b`).test(known))).toEqual([])
  })
})
