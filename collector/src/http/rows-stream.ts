// Rows that leave as a file: CSV that no spreadsheet runs, or one JSON document a line. They are made while they are sent.
import { Readable, pipeline } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { FastifyReply } from 'fastify'

export type RowFormat = 'csv' | 'jsonl'

export interface RowFile<T> {
  /** Without its ending; never anything that a person wrote. */
  readonly name: string
  readonly format: RowFormat
  readonly rows: AsyncIterable<T>
  /** Column -> text of a row. */
  readonly columns: Readonly<Record<string, (row: T) => string | number | boolean | undefined>>
  readonly bom?: boolean
}

async function* linesOf(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`
}

/** What begins like a formula is preceded by a quote; source: CSV injection, OWASP. */
function csvOf<T>({ rows, columns, bom = false }: RowFile<T>): Readable {
  const names = Object.keys(columns)
  const cells = async function* (): AsyncGenerator<readonly (string | number | boolean | undefined)[]> {
    for await (const row of rows) yield names.map((name) => columns[name]?.(row))
  }
  const csv = stringify({ header: true, columns: names, escape_formulas: true, bom, record_delimiter: 'windows', cast: { boolean: (value) => (value ? 'true' : 'false') } })
  // A failure half way ends the answer without its last piece, and the client knows that it has not all.
  pipeline(Readable.from(cells()), csv, () => {})
  return csv
}

/** Answers with the file. */
export function sendRows<T>(reply: FastifyReply, file: RowFile<T>): FastifyReply {
  const type = file.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson'
  return reply.type(type).header('content-disposition', `attachment; filename="${file.name}.${file.format}"`).header('cache-control', 'no-store').send(file.format === 'csv' ? csvOf(file) : Readable.from(linesOf(file.rows)))
}
