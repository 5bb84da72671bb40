// Mail messages (RFC 5322, MIME): headers, parts, transfer encodings. Attachments go back to extraction as files of their own.
import type { Budget } from './budget.ts'
import { decodeText } from './text.ts'

const HEADER = /^(?:from|to|received|return-path|message-id|mime-version|subject|date|delivered-to|x-[a-z-]{1,40}): /i
const MAX_PARTS = 500

export function isMail(head: string): boolean {
  const lines = head.split(/\r?\n/, 12)
  let headers = 0
  for (const line of lines) {
    if (line === '') break
    if (/^[ \t]/.test(line)) continue
    if (!/^[A-Za-z][A-Za-z0-9-]{0,60}: /.test(line)) return false
    if (HEADER.test(line)) headers += 1
  }
  return headers >= 2
}

interface Part {
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

function splitHead(bytes: Buffer): Part {
  const crlf = bytes.indexOf('\r\n\r\n')
  const lf = bytes.indexOf('\n\n')
  const at = crlf >= 0 && (lf < 0 || crlf < lf) ? crlf : lf
  const head = bytes.toString('utf8', 0, Math.min(at < 0 ? bytes.length : at, 262_144)).replaceAll(/\r?\n[ \t]+/g, ' ')
  const headers = new Map<string, string>()
  for (const line of head.split(/\r?\n/, 2000)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  return { headers, body: at < 0 ? Buffer.alloc(0) : bytes.subarray(at + (at === crlf ? 4 : 2)) }
}

const parameter = (value: string, name: string): string | undefined => new RegExp(`;\\s{0,100}${name}="?([^";]{1,200})`, 'i').exec(value)?.[1]

function decodeBody({ headers, body }: Part): Buffer {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase() ?? ''
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64')
  if (encoding !== 'quoted-printable') return body
  const text = body.toString('latin1').replaceAll(/=\r?\n/g, '')
  return Buffer.from(text.replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1')
}

function decodeWords(value: string): string {
  return value.replaceAll(/=\?([A-Za-z0-9-]{1,30})\?([bBqQ])\?([^?\s]{0,500})\?=/g, (whole, charset: string, kind: string, text: string) => {
    try {
      const bytes = kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : decodeBody({ headers: new Map([['content-transfer-encoding', 'quoted-printable']]), body: Buffer.from(text.replaceAll('_', ' '), 'latin1') })
      return new TextDecoder(charset).decode(bytes)
    } catch {
      // A character set that nobody knows.
      return whole
    }
  })
}

function decodeCharset(bytes: Buffer, charset: string | undefined): string {
  try {
    if (charset !== undefined) return new TextDecoder(charset).decode(bytes)
  } catch {
    // As above: the bytes themselves decide.
  }
  return decodeText(bytes) ?? ''
}

function splitParts(body: Buffer, boundary: string): Buffer[] {
  const marker = Buffer.from(`--${boundary}`)
  const parts: Buffer[] = []
  let at = body.indexOf(marker)
  while (at >= 0 && parts.length < MAX_PARTS) {
    const from = at + marker.length
    if (body.toString('latin1', from, from + 2) === '--') break
    const next = body.indexOf(marker, from)
    const start = body.indexOf('\n', from)
    if (start >= 0 && (next < 0 || start < next)) parts.push(body.subarray(start + 1, next < 0 ? body.length : next))
    at = next
  }
  return parts
}

/** @param file takes an attachment */
export async function extractMail(bytes: Buffer, budget: Budget, file: (bytes: Buffer) => Promise<void>, nested = false): Promise<void> {
  budget.entry()
  const part = splitHead(bytes)
  const type = part.headers.get('content-type') ?? 'text/plain'
  const boundary = parameter(type, 'boundary')
  if (!nested) budget.text(['from', 'to', 'cc', 'subject'].map((name) => `${name}: ${decodeWords(part.headers.get(name) ?? '')}\n`).join(''))
  if (/^multipart\//i.test(type) && boundary !== undefined) {
    await budget.within(async () => {
      for (const one of splitParts(part.body, boundary)) await extractMail(one, budget, file, true)
    })
    return
  }
  const body = decodeBody(part)
  budget.inflated(body.length, body.length, part.body.length)
  if (/^text\/plain/i.test(type)) budget.text(decodeCharset(body, parameter(type, 'charset')))
  else await budget.within(() => file(/^text\//i.test(type) ? Buffer.from(decodeCharset(body, parameter(type, 'charset')), 'utf8') : body))
}
