// Detections of other systems as indicators of the organisation's own: delimited text, a user and a time in each row.
//
// What the columns mean is defined once and kept as a setting. A column of sources splits one file into several
// indicators. Limits are those that Purview publishes: 10 indicators, 20 fields each.
import { hash } from 'node:crypto'
import Type, { type Static } from 'typebox'
import { MAX_CUSTOM_FIELDS } from '../domain/wire/decode.ts'
import { type ActivityFact, type Fact, fatal, problem, type Source } from './facts.ts'
import { columnKey, readTable } from './files/table.ts'
import { parseInstant } from './files/times.ts'

export const MAX_CUSTOM_INDICATORS = 10
const MAX_VALUE = 500
const Column = Type.String({ minLength: 1, maxLength: 128 })

export const CustomIndicator = Type.Object({
  id: Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$', description: 'Stands in alerts and policies; never changes.' }),
  name: Type.String({ minLength: 1, maxLength: 100 }),
  description: Type.Optional(Type.String({ maxLength: 500 })),
  userColumn: Column,
  timeColumn: Column,
  thresholdColumn: Type.Optional(Type.String({ minLength: 1, maxLength: 128, description: 'Column whose number is compared with thresholds; without it a row counts as one.' })),
  sourceColumn: Type.Optional(Column),
  sourceValue: Type.Optional(Type.String({ maxLength: 128, description: 'Rows of this indicator have it in the source column.' })),
  fields: Type.Optional(Type.Array(Type.Object({ column: Column, type: Type.Union([Type.Literal('text'), Type.Literal('number'), Type.Literal('time'), Type.Literal('boolean')]) }, { additionalProperties: false }), { maxItems: MAX_CUSTOM_FIELDS, description: 'Further columns that are kept.' })),
  triggerAtLeast: Type.Optional(Type.Number({ minimum: 0, description: 'A row of at least this amount is a triggering event; absent: none is.' })),
}, { additionalProperties: false })
export type CustomIndicator = Static<typeof CustomIndicator>

export const CustomIndicatorSettings = Type.Object({ indicators: Type.Optional(Type.Array(CustomIndicator, { maxItems: MAX_CUSTOM_INDICATORS })) }, { additionalProperties: false })
export type CustomIndicatorSettings = Static<typeof CustomIndicatorSettings>

interface Compiled {
  readonly definition: CustomIndicator
  readonly user: number
  readonly time: number
  readonly threshold: number | undefined
  readonly source: number | undefined
  readonly fields: readonly { readonly at: number; readonly name: string; readonly type: 'text' | 'number' | 'time' | 'boolean' }[]
}

function compile(definition: CustomIndicator, head: readonly string[]): Compiled | string {
  const keys = head.map(columnKey)
  const wanted = [definition.userColumn, definition.timeColumn, definition.thresholdColumn, definition.sourceColumn, ...(definition.fields ?? []).map((field) => field.column)].filter((name) => name !== undefined)
  const missing = wanted.filter((name) => !keys.includes(columnKey(name)))
  if (missing.length > 0) return `the column${missing.length === 1 ? '' : 's'} ${missing.join(', ')} of the indicator ${definition.id} ${missing.length === 1 ? 'is' : 'are'} missing`
  const of = (name: string): number => keys.indexOf(columnKey(name))
  return {
    definition, user: of(definition.userColumn), time: of(definition.timeColumn), threshold: definition.thresholdColumn === undefined ? undefined : of(definition.thresholdColumn), source: definition.sourceColumn === undefined ? undefined : of(definition.sourceColumn),
    fields: (definition.fields ?? []).map((field) => ({ at: of(field.column), name: field.column, type: field.type })),
  }
}

const isOfType = (text: string, type: string): boolean =>
  text === '' || type === 'text' || (type === 'number' ? Number.isFinite(Number(text)) : type === 'time' ? parseInstant(text) !== undefined : /^(?:true|false|yes|no|0|1)$/i.test(text))

function factOf({ definition, user, time, threshold, fields }: Compiled, line: number, cells: readonly string[]): Fact {
  const who = cells[user] ?? ''
  const atMs = parseInstant(cells[time] ?? '')
  if (who === '') return problem(line, `has no ${definition.userColumn}`)
  if (atMs === undefined) return problem(line, `${definition.timeColumn} is no time such as 2026-03-02T09:14:00Z`)
  const wrong = fields.find((field) => !isOfType(cells[field.at] ?? '', field.type))
  if (wrong !== undefined) return problem(line, `${wrong.name} is no ${wrong.type}`)
  const amountText = threshold === undefined ? '1' : cells[threshold] ?? ''
  const amount = Number(amountText)
  if (amountText === '' || !Number.isFinite(amount) || amount < 0 || amount > Number.MAX_SAFE_INTEGER) return problem(line, `${definition.thresholdColumn ?? ''} is no number from 0 on`)
  const triggers = definition.triggerAtLeast !== undefined && amount >= definition.triggerAtLeast
  const key = hash('sha256', JSON.stringify([definition.id, who.toLowerCase(), atMs, amount, fields.map((field) => cells[field.at] ?? '')]))
  return {
    type: 'activity', line, who, unknown: 'make', key, kind: 'custom_detection', atMs,
    detail: { customDetection: { indicator: definition.id, amount: Math.floor(amount), fields: fields.filter((field) => (cells[field.at] ?? '') !== '').map((field) => ({ name: field.name, value: (cells[field.at] ?? '').slice(0, MAX_VALUE) })) } },
    ...(triggers ? { trigger: { kind: 'custom_indicator' as const, key, reason: `The imported indicator "${definition.name}" reached ${Math.floor(amount)}.`, detail: { indicator: definition.id, amount: Math.floor(amount) } } } : {}),
  } satisfies ActivityFact
}

interface Compilation { readonly all: readonly Compiled[]; readonly problems: readonly string[] }

function compileAll(settings: CustomIndicatorSettings, only: string | undefined, head: readonly string[]): Compilation {
  const wanted = (settings.indicators ?? []).filter((definition) => only === undefined || definition.id === only)
  if (wanted.length === 0) return { all: [], problems: [only === undefined ? 'no custom indicator is defined; define one first' : 'there is no custom indicator of this id'] }
  const found = wanted.map((definition) => compile(definition, head))
  const all = found.filter((entry) => typeof entry !== 'string')
  // A file is of those indicators whose columns it has; when it has none's, each says what it misses.
  if (all.length === 0 || only !== undefined) return { all, problems: found.filter((entry) => typeof entry === 'string') }
  const whole = all.filter((entry) => entry.source === undefined)
  return { all, problems: whole.length > 1 ? [`the file may be of ${whole.map((entry) => entry.definition.id).join(' or ')}; name the indicator`] : [] }
}

/** Facts of a file, in groups. @param only id of the indicator; absent: those whose columns the file has. @throws Broken */
export async function* readCustomIndicators(source: Source, settings: CustomIndicatorSettings, only?: string): AsyncGenerator<readonly Fact[]> {
  let head: readonly string[] | undefined
  let compiled: readonly Compiled[] = []
  for await (const rows of readTable(source)) {
    const facts: Fact[] = []
    for (const { line, cells } of rows) {
      if (head === undefined) {
        head = cells
        const { all, problems } = compileAll(settings, only, cells)
        compiled = all
        if (problems.length > 0) {
          yield problems.map((text) => fatal(line, text))
          return
        }
        continue
      }
      if (cells.length > head.length) {
        facts.push(problem(line, `has ${cells.length} values where the head line has ${head.length}`))
        continue
      }
      const own = compiled.filter((entry) => entry.source === undefined || columnKey(cells[entry.source] ?? '') === columnKey(entry.definition.sourceValue ?? entry.definition.id))
      if (own.length === 0) facts.push(problem(line, 'the source is that of no indicator'))
      else facts.push(...own.map((entry) => factOf(entry, line, cells)))
    }
    if (facts.length > 0) yield facts
  }
  if (head === undefined) yield [fatal(1, 'has no head line')]
}
