// Plain text, HTML and RTF as text.

/** Undefined when the bytes are no text. */
export function decodeText(bytes: Buffer): string | undefined {
  const decode = (label: string, from = 0): string => new TextDecoder(label).decode(bytes.subarray(from))
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return decode('utf-8', 3)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode('utf-16le', 2)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode('utf-16be', 2)
  const head = bytes.subarray(0, 8192)
  let controls = 0
  const zeros = [0, 0] as [number, number]
  for (let at = 0; at < head.length; at += 1) {
    const byte = head[at] ?? 0
    if (byte === 0) zeros[at & 1 ? 1 : 0] += 1
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27) controls += 1
  }
  if (zeros[1] > head.length / 5 && zeros[0] < head.length / 50) return decode('utf-16le')
  if (zeros[0] > head.length / 5 && zeros[1] < head.length / 50) return decode('utf-16be')
  if (zeros[0] + zeros[1] > 0 || controls > head.length / 20) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decode('windows-1252')
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', ntilde: 'ñ' }
const character = (code: number): string => (code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' ')

/** Character references of HTML; those that nobody needs stay as they are. */
export const decodeReferences = (text: string): string =>
  text.replaceAll(/&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/g, (whole: string, decimal?: string, hex?: string, name?: string) =>
    decimal !== undefined ? character(Number(decimal)) : hex !== undefined ? character(Number.parseInt(hex, 16)) : NAMED[name ?? ''] ?? whole)

const BLOCK = new Set(['p', 'div', 'br', 'tr', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'ul', 'ol', 'section', 'article', 'header', 'footer', 'blockquote', 'pre', 'title', 'option'])
const HIDDEN = ['script', 'style'] as const

export const isHtml = (head: string): boolean => /^\s{0,1000}(?:<!doctype html|<html|<head|<body)/i.test(head)

/** Text of an HTML page, one pass; scripts are kept, because secrets stand in them, styles are not. */
export function textOfHtml(html: string): string {
  const parts: string[] = []
  const lowered = html.toLowerCase()
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open < 0) break
    parts.push(html.slice(at, open))
    if (lowered.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4)
      parts.push(' ', html.slice(open + 4, close < 0 ? html.length : close), ' ')
      at = close < 0 ? html.length : close + 3
      continue
    }
    const close = html.indexOf('>', open + 1)
    if (close < 0) {
      at = open + 1
      continue
    }
    const name = /^<\/?([a-z][a-z0-9]{0,15})/.exec(lowered.slice(open, open + 20))?.[1] ?? ''
    parts.push(name === 'td' || name === 'th' ? '\t' : BLOCK.has(name) ? '\n' : '')
    at = close + 1
    if (name === HIDDEN[1] && html[open + 1] !== '/') {
      const end = lowered.indexOf('</style', at)
      at = end < 0 ? html.length : end
    }
  }
  parts.push(html.slice(at))
  return decodeReferences(parts.join(''))
}

const SKIPPED = new Set(['fonttbl', 'colortbl', 'stylesheet', 'pict', 'themedata', 'datastore', 'latentstyles', 'listtable', 'xmlnstbl', 'generator', 'objdata'])

/** Text of RTF: control words go, `\u` and `\'` are read, destinations that hold no text are left out. One pass. */
export function textOfRtf(rtf: string): string {
  const parts: string[] = []
  let depth = 0
  let skipFrom = Number.POSITIVE_INFINITY
  let starred = false
  const control = /\\(?:'([0-9a-fA-F]{2})|([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|([^a-zA-Z]))/y
  for (let at = 0; at < rtf.length;) {
    const char = rtf[at] ?? ''
    if (char === '{') depth += 1
    else if (char === '}') {
      depth -= 1
      if (depth < skipFrom) skipFrom = Number.POSITIVE_INFINITY
    } else if (char === '\\') {
      control.lastIndex = at
      const found = control.exec(rtf)
      if (found === null) {
        at += 1
        continue
      }
      at += found[0].length
      const [, hex, word, number, symbol] = found
      if (symbol === '*') starred = true
      else if (word !== undefined && (starred || SKIPPED.has(word))) {
        skipFrom = Math.min(skipFrom, depth)
        starred = false
      } else if (depth < skipFrom) {
        if (hex !== undefined) parts.push(new TextDecoder('windows-1252').decode(Uint8Array.of(Number.parseInt(hex, 16))))
        else if (word === 'u' && number !== undefined) {
          parts.push(character((Number(number) + 65_536) % 65_536))
          // The character for old readers that follows.
          if (rtf[at] === '?') at += 1
        } else if (word === 'par' || word === 'line' || word === 'row') parts.push('\n')
        else if (word === 'tab' || word === 'cell') parts.push('\t')
        else if (symbol === '~') parts.push(' ')
        else if (symbol === '\\' || symbol === '{' || symbol === '}') parts.push(symbol)
      }
      continue
    } else if (depth < skipFrom && char !== '\r' && char !== '\n') parts.push(char)
    at += 1
  }
  return parts.join('')
}

/** What can be read in an old office document without knowing its format: runs of characters, of one byte or two. */
export function textOfBinary(bytes: Buffer): string {
  const single = bytes.toString('latin1').match(/[\t\x20-\x7e\xa0-\xff]{5,}/g) ?? []
  const double: string[] = []
  let from = -1
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const [low, high] = [bytes[at] ?? 0, bytes[at + 1] ?? 0]
    const good = (high === 0 && (low >= 32 || low === 9 || low === 13 || low === 10)) || (high > 0 && high < 5 && low !== 0)
    if (good && from < 0) from = at
    else if (!good && from >= 0) {
      if (at - from >= 10) double.push(bytes.toString('utf16le', from, at))
      from = -1
    }
  }
  if (from >= 0 && bytes.length - from >= 10) double.push(bytes.toString('utf16le', from))
  return `${single.join('\n')}\n${double.join('\n')}`
}

/** The first line of a table, which names its columns; undefined where the text is none. */
export function headerOf(text: string): string | undefined {
  const end = text.indexOf('\n')
  if (end <= 0 || end > 4096) return undefined
  const first = text.slice(0, end)
  const next = text.slice(end + 1, end + 1 + 4096).split('\n')[0] ?? ''
  for (const delimiter of [',', ';', '\t', '|']) {
    const columns = first.split(delimiter).length
    if (columns >= 2 && Math.abs(next.split(delimiter).length - columns) <= 1 && !/[0-9]{5}/.test(first)) return first
  }
  return undefined
}
