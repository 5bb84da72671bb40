// Delimited text as rows, in bounded memory: RFC 4180 with comma, semicolon, tab or pipe, UTF-8 or UTF-16 with its mark.
//
// A row may be shorter than the head: what is missing is empty. A row that is longer is a problem of that row. What
// breaks the file itself (a quote that never ends, bytes that are no text) ends the reading with Broken: where the next
// row begins cannot be known any more.
import { isUtf8 } from 'node:buffer'
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'

const MAX_RECORD_CHARS = 1024 * 1024
const MAX_COLUMNS = 500
const GROUP = 1000
const DELIMITERS = [',', ';', '\t', '|'] as const

/** The whole file cannot be read from a line on. */
export class Broken extends Error {
  readonly line: number

  constructor(line: number, problem: string, options?: ErrorOptions) {
    super(problem, options)
    this.line = line
  }
}

export interface TableRow {
  /** Line on which the row ends, from 1. */
  readonly line: number
  /** Trimmed. */
  readonly cells: readonly string[]
}

/** Lines of a chunk before the first that is no UTF-8; one that began in the chunk before may be told a line early. */
function linesBeforeDamage(bytes: Uint8Array = new Uint8Array()): number {
  let lines = 0
  for (let from = 0, to = bytes.indexOf(0x0a); to >= 0 && (isUtf8(bytes.subarray(from, to)) || from === 0 && (bytes[0] ?? 0) >= 0x80 && (bytes[0] ?? 0) < 0xc0); from = to + 1, to = bytes.indexOf(0x0a, from)) lines += 1
  return lines
}

/** Text of a byte stream; the mark at its beginning decides between UTF-8 and UTF-16. @throws Broken */
export async function* decodeText(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let line = 1
  const decode = (bytes: Uint8Array | undefined): string => {
    decoder ??= new TextDecoder(bytes?.[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes?.[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8', { fatal: true })
    try {
      const text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
      if (text.includes('\0')) throw new Broken(line, 'holds a zero byte: this is no text file')
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line += 1
      return text
    } catch (error) {
      if (error instanceof Broken) throw error
      throw new Broken(line + linesBeforeDamage(bytes), 'is neither UTF-8 nor UTF-16 from about here on', { cause: error })
    }
  }
  let waiting: Uint8Array | undefined
  for await (const chunk of source) {
    // Two bytes tell the encoding.
    const bytes = waiting === undefined ? chunk : Buffer.concat([waiting, chunk])
    waiting = undefined
    if (decoder === undefined && bytes.length < 2) waiting = bytes
    else yield decode(bytes)
  }
  if (waiting !== undefined) yield decode(waiting)
  if (decoder !== undefined) yield decode(undefined)
}

/** The delimiter that stands most often outside quotes in the first line. */
function delimiterOf(head: string): string {
  const bare = head.replaceAll(/"(?:[^"]|"")*"/g, '')
  let best: string = ','
  let most = 0
  for (const delimiter of DELIMITERS) {
    const count = bare.split(delimiter).length - 1
    if (count > most) [best, most] = [delimiter, count]
  }
  return best
}

/** The text up to the end of the head line at least, and then the rest. */
async function* withHead(chunks: AsyncGenerator<string>): AsyncGenerator<string> {
  let head = ''
  let hasText = false
  // By hand: a loop that is broken off would end the generator. Each chunk is looked at once: a first line of a megabyte must cost no more than another.
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    const chunk = next.value
    head += chunk
    const from: number = hasText ? 0 : chunk.search(/\S/)
    hasText ||= from >= 0
    if ((hasText && chunk.includes('\n', from)) || head.length > MAX_RECORD_CHARS) break
  }
  yield head
  yield* chunks
}

/** Groups of rows; the first row of all is the head. @throws Broken */
export async function* readTable(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly TableRow[]> {
  const chunks = withHead(decodeText(source))
  const first = await chunks.next()
  const start = first.done === true ? '' : first.value
  async function* text(): AsyncGenerator<string> {
    yield start
    yield* chunks
  }
  const delimiter = delimiterOf(start.replace(/^\uFEFF/, '').split(/[\r\n]/).find((line) => line.trim() !== '') ?? '')
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true, delimiter, max_record_size: MAX_RECORD_CHARS })
  // What fails in the source reaches the loop below as the parser's own failure.
  pipeline(Readable.from(text()), parser, () => {})
  let group: TableRow[] = []
  try {
    for await (const item of parser as AsyncIterable<{ readonly record: readonly string[]; readonly info: { readonly lines: number } }>) {
      const { record, info } = item
      if (record.length > MAX_COLUMNS) throw new Broken(info.lines, `has more than ${MAX_COLUMNS} columns`)
      // A line of nothing but delimiters is an empty line.
      if (record.every((cell) => cell === '')) continue
      group.push({ line: info.lines, cells: record })
      if (group.length >= GROUP) {
        yield group
        group = []
      }
    }
  } catch (error) {
    if (group.length > 0) yield group
    if (!(error instanceof CsvError)) throw error
    const { lines } = error as unknown as { readonly lines?: unknown }
    throw new Broken(typeof lines === 'number' ? lines : 1, error.code === 'CSV_MAX_RECORD_SIZE' ? `has a row of more than ${MAX_RECORD_CHARS} characters; a quote may never end` : error.message.replaceAll(/\s+/g, ' '), { cause: error })
  }
  if (group.length > 0) yield group
}

/** Letters and digits of a column name, in lower case: `Employee Zip-Code` and `employeeZipCode` are one. */
export const columnKey = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
