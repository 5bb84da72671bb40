// Files of JSON: an array, a document that holds one, a single object, or one object a line; each item with its place.
import { readLines } from './files/lines.ts'
import { Broken, decodeText } from './files/table.ts'

export interface JsonItem {
  /** Line of a file of lines; else the number of the item, from 1. */
  readonly line: number
  readonly value: unknown
  readonly problem?: string
}

const GROUP = 500
/** A document that is one JSON value must be held as a whole. */
export const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field down a path of names, such as `agent.name`. */
export function at(value: unknown, path: string): unknown {
  let here: unknown = value
  for (const name of path.split('.')) {
    if (!isObject(here) || !Object.hasOwn(here, name)) return undefined
    here = here[name]
  }
  return here
}

/** A text or number as text; empty for everything else. */
export function textAt(value: unknown, ...paths: readonly string[]): string {
  for (const path of paths) {
    const found = at(value, path)
    if (typeof found === 'string' && found.trim() !== '') return found.trim()
    if (typeof found === 'number' && Number.isFinite(found)) return String(found)
  }
  return ''
}

/** The list of a document: itself, or under one of the names. A single object is a list of one. */
export function listOf(document: unknown, names: readonly string[]): readonly unknown[] | undefined {
  if (Array.isArray(document)) return document as readonly unknown[]
  for (const name of names) {
    const found = at(document, name)
    if (Array.isArray(found)) return found as readonly unknown[]
  }
  return isObject(document) ? [document] : undefined
}

/** Items of a document that is one JSON value. @throws Broken */
export async function* readJsonDocument(source: AsyncIterable<Uint8Array>, names: readonly string[]): AsyncGenerator<readonly JsonItem[]> {
  const parts: string[] = []
  let length = 0
  for await (const text of decodeText(source)) {
    parts.push(text)
    length += text.length
    if (length > MAX_DOCUMENT_BYTES) throw new Broken(1, `is larger than ${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB; send one object a line instead`)
  }
  let document: unknown
  try {
    document = JSON.parse(parts.join('').replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new Broken(1, 'is no JSON', { cause })
  }
  const items = listOf(document, names)
  if (items === undefined) throw new Broken(1, 'is neither a list nor an object')
  for (let first = 0; first < items.length; first += GROUP) yield items.slice(first, first + GROUP).map((value, index) => ({ line: first + index + 1, value }))
}

/** Items of a file with one object a line, in bounded memory. */
export async function* readJsonLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly JsonItem[]> {
  let empty = true
  for await (const lines of readLines(source as AsyncIterable<Buffer>)) {
    const items: JsonItem[] = lines.map(({ number, text, problem }) => {
      if (text === undefined) return { line: number, value: undefined, problem: problem ?? 'cannot be read' }
      try {
        return { line: number, value: JSON.parse(text) as unknown }
      } catch {
        return { line: number, value: undefined, problem: 'is no JSON' }
      }
    })
    if (items.length > 0) {
      empty = false
      yield items
    }
  }
  if (empty) throw new Broken(1, 'holds nothing')
}

/** One of the two forms, by the first bytes: a line that is an object by itself begins a file of lines. @throws Broken */
export async function* readJson(source: AsyncIterable<Uint8Array>, names: readonly string[]): AsyncGenerator<readonly JsonItem[]> {
  const iterator = source[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let head = ''
  let done = false
  while (!done && !head.trimStart().includes('\n') && head.length < 1024 * 1024) {
    const next = await iterator.next()
    if (next.done === true) done = true
    else {
      held.push(next.value)
      head += Buffer.from(next.value).toString('utf8')
    }
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* held
    if (!done) yield* { [Symbol.asyncIterator]: () => iterator }
  }
  const [first = ''] = head.replace(/^\uFEFF/, '').trimStart().split('\n')
  let isLine = false
  try {
    isLine = isObject(JSON.parse(first)) && head.replace(/^\uFEFF/, '').trim() !== first.trim()
  } catch {
    // The first line is a part of something larger.
  }
  yield* isLine ? readJsonLines(all()) : readJsonDocument(all(), names)
}
