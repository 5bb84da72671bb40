// LDIF (RFC 2849) as entries: folded lines, base64 values, comments, content and change records.
//
// Values from elsewhere (`attr:< file:///…`) are refused: an import never opens what a file names.
import { Broken, decodeText } from '../files/table.ts'

const MAX_LINE_CHARS = 1024 * 1024
const MAX_ENTRY_LINES = 100_000

export interface LdifEntry {
  /** Line of the dn. */
  readonly line: number
  readonly dn: string
  /** `content` for an entry as it is; else the kind of the change. */
  readonly change: 'content' | 'add' | 'delete' | 'modify' | 'rename'
  /** Attributes by their name in lower case without options. Of a modification: what is replaced or added. */
  readonly attributes: ReadonlyMap<string, readonly Uint8Array[]>
  /** Of a modification: attributes that are taken away as a whole. */
  readonly removed: readonly string[]
}

export interface LdifProblem {
  readonly line: number
  readonly problem: string
}

interface Line { readonly number: number; readonly text: string }

/** Logical lines: what is folded is joined, comments are gone. An empty text ends an entry. */
async function* logicalLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let rest = ''
  let number = 0
  let open: Line | undefined
  function* take(text: string): Generator<Line> {
    number += 1
    if (text.startsWith(' ')) {
      if (open === undefined) open = { number, text: text.slice(1) }
      else open = { number: open.number, text: open.text + text.slice(1) }
      if (open.text.length > MAX_LINE_CHARS * 16) throw new Broken(number, 'a value is longer than 16 MiB')
      return
    }
    if (open !== undefined && !open.text.startsWith('#')) yield open
    open = { number, text }
  }
  for await (const chunk of decodeText(source)) {
    rest += chunk
    const parts = rest.split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > MAX_LINE_CHARS) throw new Broken(number + 1, `a line is longer than ${MAX_LINE_CHARS} characters`)
    for (const part of parts) yield* take(number === 0 && part.startsWith('\uFEFF') ? part.slice(1).replace(/\r$/, '') : part.replace(/\r$/, ''))
  }
  if (rest !== '') yield* take(rest.replace(/\r$/, ''))
  if (open !== undefined && !open.text.startsWith('#')) yield open
  yield { number: number + 1, text: '' }
}

interface Attribute { readonly name: string; readonly value: Uint8Array }

function attributeOf({ text }: Line): Attribute | string {
  const found = /^([A-Za-z0-9][A-Za-z0-9.-]*)((?:;[A-Za-z0-9-]+)*):(:|<)?[ ]*(.*)$/s.exec(text)
  if (found === null) return 'is no attribute, such as "mail: a@example.com"'
  const [, name = '', , mark, value = ''] = found
  if (mark === '<') return 'names a file or an address to read from; such values are not taken'
  if (mark === ':') {
    const bare = value.trim()
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(bare) || bare.length % 4 !== 0) return 'is not base64'
    return { name: name.toLowerCase(), value: Buffer.from(bare, 'base64') }
  }
  return { name: name.toLowerCase(), value: Buffer.from(value) }
}

const textOf = (value: Uint8Array | undefined): string => (value === undefined ? '' : Buffer.from(value).toString('utf8').trim())

/** Of a `modify` record: groups of `add|replace|delete: attr`, values, `-`. */
function readModify(lines: readonly Line[]): { readonly attributes: Map<string, Uint8Array[]>; readonly removed: string[] } | LdifProblem {
  const attributes = new Map<string, Uint8Array[]>()
  const removed: string[] = []
  let open: { readonly verb: string; readonly name: string; count: number } | undefined
  const close = (): void => {
    if (open !== undefined && open.count === 0 && open.verb !== 'add') removed.push(open.name)
    open = undefined
  }
  for (const line of lines) {
    if (line.text === '-') {
      close()
      continue
    }
    const found = attributeOf(line)
    if (typeof found === 'string') return { line: line.number, problem: found }
    if (open === undefined) {
      if (!['add', 'replace', 'delete', 'increment'].includes(found.name)) return { line: line.number, problem: 'a modification must begin with add, replace or delete' }
      open = { verb: found.name, name: textOf(found.value).toLowerCase().split(';')[0] ?? '', count: 0 }
    } else {
      open.count += 1
      // A value that is taken away says nothing of those that stay.
      if (open.verb === 'add' || open.verb === 'replace') attributes.set(open.name, [...(attributes.get(open.name) ?? []), found.value])
    }
  }
  close()
  return { attributes, removed }
}

function readEntry(lines: readonly Line[]): LdifEntry | LdifProblem {
  const [first, ...others] = lines
  if (first === undefined) return { line: 0, problem: 'is empty' }
  const dn = attributeOf(first)
  if (typeof dn === 'string') return { line: first.number, problem: dn }
  if (dn.name !== 'dn') return { line: first.number, problem: 'an entry must begin with its dn' }
  const name = textOf(dn.value)
  if (name === '') return { line: first.number, problem: 'the dn is empty' }
  let rest = others.filter((line) => !/^control:/i.test(line.text))
  let change: LdifEntry['change'] = 'content'
  if (rest[0] !== undefined && /^changetype:/i.test(rest[0].text)) {
    const wanted = rest[0].text.slice('changetype:'.length).trim().toLowerCase()
    const known: Readonly<Record<string, LdifEntry['change']>> = { add: 'add', delete: 'delete', modify: 'modify', modrdn: 'rename', moddn: 'rename' }
    const found = known[wanted]
    if (found === undefined) return { line: rest[0].number, problem: 'the changetype is not known' }
    change = found
    rest = rest.slice(1)
  }
  if (change === 'modify') {
    const read = readModify(rest)
    return 'problem' in read ? read : { line: first.number, dn: name, change, ...read }
  }
  const attributes = new Map<string, Uint8Array[]>()
  for (const line of rest) {
    const found = attributeOf(line)
    if (typeof found === 'string') return { line: line.number, problem: found }
    attributes.set(found.name, [...(attributes.get(found.name) ?? []), found.value])
  }
  return { line: first.number, dn: name, change, attributes, removed: [] }
}

/** Entries and problems in the order of the file. @throws Broken */
export async function* readLdif(source: AsyncIterable<Uint8Array>): AsyncGenerator<LdifEntry | LdifProblem> {
  let lines: Line[] = []
  let first = true
  for await (const line of logicalLines(source)) {
    if (first && line.text === '' ) continue
    if (first) {
      first = false
      const version = /^version:\s*(\S*)/i.exec(line.text)
      if (version !== null) {
        if (version[1] !== '1') throw new Broken(line.number, 'is of another version of LDIF than 1')
        continue
      }
    }
    if (line.text !== '') {
      lines.push(line)
      if (lines.length > MAX_ENTRY_LINES) throw new Broken(line.number, `an entry has more than ${MAX_ENTRY_LINES} lines`)
    } else if (lines.length > 0) {
      yield readEntry(lines)
      lines = []
    }
  }
}
