// A CSV file with a head line: columns by name, each bad row with its line.
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { cell, type Columns, layoutOf } from '../connectors/columns.ts'

export interface FileProblem {
  /** From 1. */
  readonly line: number
  readonly problem: string
}

export interface CsvRow<C extends string> {
  /** Line on which the row ends. */
  readonly line: number
  /** Trimmed; empty where the row has nothing. */
  readonly values: Readonly<Record<C, string>>
}

export interface CsvFile<C extends string> {
  readonly rows: readonly CsvRow<C>[]
  readonly problems: readonly FileProblem[]
}

/** RFC 4180 with a head line; columns by any of their names. A row may be short: what is missing is empty. */
export function readCsv<C extends string>(text: string, columns: Columns<C>): CsvFile<C> {
  let records: readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[]
  try {
    records = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as unknown as typeof records
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = (error as unknown as { readonly lines?: unknown }).lines
    return { rows: [], problems: [{ line: typeof line === 'number' ? line : 1, problem: error.message }] }
  }
  const [head, ...body] = records
  if (head === undefined) return { rows: [], problems: [{ line: 1, problem: 'has no head line' }] }
  const { layout, problems: wrong } = layoutOf(head.record, columns)
  if (wrong.length > 0) return { rows: [], problems: wrong.map((problem) => ({ line: head.info.lines, problem })) }
  const problems: FileProblem[] = []
  const rows: CsvRow<C>[] = []
  for (const { record, info } of body) {
    if (record.length > head.record.length) problems.push({ line: info.lines, problem: `has ${record.length} values where the head line has ${head.record.length}` })
    else rows.push({ line: info.lines, values: Object.fromEntries((Object.keys(columns) as C[]).map((column) => [column, cell(record, layout, column)])) as Record<C, string> })
  }
  return { rows, problems }
}
