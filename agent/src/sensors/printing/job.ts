// What a print job is, whatever printing system tells of it, and how CUPS and Windows tell.
import type { IppValue } from './ipp.ts'

export interface PrintJob {
  /** Stands for this job alone, also after job numbers have begun anew. */
  readonly key: string
  readonly user: string
  readonly printer: string
  readonly document: string
  /** 0 when nobody counted. */
  readonly pages: number
  readonly copies: number
  readonly sizeBytes: number
  readonly format: string
  readonly state: 'pending' | 'completed' | 'aborted' | 'canceled'
  /** Milliseconds since 1970; 0 when unknown. */
  readonly createdAtMs: number
  /** Host that sent the job; empty for this device. */
  readonly from: string
}

export interface Printer {
  readonly kind: 'network' | 'usb' | 'pdf' | 'local' | 'unknown'
  readonly host: string
}

const STATES: Readonly<Record<number, PrintJob['state']>> = { 7: 'canceled', 8: 'aborted', 9: 'completed' }

/** RFC 8011 chapter 5.3 and the attributes that CUPS adds. @returns undefined for what is no job */
export function jobOfAttributes(id: number, attributes: ReadonlyMap<string, IppValue>): PrintJob | undefined {
  const text = (...names: readonly string[]): string => names.map((name) => attributes.get(name)).find((value): value is string => typeof value === 'string' && value !== '') ?? ''
  const number = (...names: readonly string[]): number => names.map((name) => attributes.get(name)).find((value): value is number => typeof value === 'number' && value > 0) ?? 0
  const uri = text('job-printer-uri', 'printer-uri')
  const printer = /\/(?:printers|classes)\/([^/?#]+)/.exec(uri)?.[1] ?? uri.split('/').at(-1) ?? ''
  const user = text('job-originating-user-name', 'requesting-user-name')
  if (printer === '' || user === '') return undefined
  const from = text('job-originating-host-name')
  return {
    key: `${id} ${text('job-uuid') || number('time-at-creation')}`, user, printer: decode(printer), document: text('document-name-supplied', 'job-name', 'document-name'),
    pages: number('job-impressions-completed', 'job-media-sheets-completed', 'job-impressions'), copies: number('copies') || 1, sizeBytes: number('job-k-octets') * 1024,
    format: text('document-format-detected', 'document-format-supplied', 'document-format'), state: STATES[number('job-state')] ?? 'pending', createdAtMs: number('time-at-creation') * 1000,
    from: /^(?:localhost|127\.|::1|\[::1\]|$)/.test(from) ? '' : from,
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Where a device address of CUPS leads; user names and passwords in it are not kept. */
export function printerOf(deviceUri: string): Printer {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(deviceUri)?.[1]?.toLowerCase() ?? ''
  if (/^(?:cups-pdf|pdf|file)$/.test(scheme)) return { kind: scheme === 'file' ? 'local' : 'pdf', host: '' }
  if (/^(?:usb|ippusb)$/.test(scheme) || /^hp:\/usb\//i.test(deviceUri)) return { kind: 'usb', host: '' }
  if (/^(?:parallel|serial|scsi|lpt|centronics)$/.test(scheme)) return { kind: 'local', host: '' }
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?(\[[0-9a-f:.]+\]|[^/:?#]+)/i.exec(deviceUri)?.[1] ?? ''
  if (/^(?:socket|ipp|ipps|http|https|lpd|smb|bjnp|gs-?cloud|beh)$/.test(scheme)) return { kind: /^(?:localhost|127\.|\[::1\])/.test(host) ? 'local' : 'network', host: decode(host).toLowerCase() }
  // Found by announcements: a name of a service, with an encoded host for some.
  if (/^(?:dnssd|mdns|implicitclass|hp|hpfax)$/.test(scheme)) return { kind: 'network', host: '' }
  return { kind: 'unknown', host: '' }
}

/** Queues of printers.conf(5): `<Printer NAME>` (or `<DefaultPrinter`), then `DeviceURI …`. */
export function parsePrinters(text: string): ReadonlyMap<string, Printer> {
  const found = new Map<string, Printer>()
  for (const section of text.split(/^<(?=(?:Default)?Printer )/m).slice(1)) {
    const name = /^(?:Default)?Printer ([^>]+)>/.exec(section)?.[1]
    if (name !== undefined) found.set(name, printerOf(/^DeviceURI (\S+)/m.exec(section)?.[1] ?? ''))
  }
  return found
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&apos;': "'" }
const unescape = (text: string): string => text.replaceAll(/&(?:lt|gt|amp|quot|apos);|&#(x?[0-9a-f]+);/gi, (match: string, code: string | undefined) => {
  if (code === undefined) return entities[match.toLowerCase()] ?? match
  const point = code.toLowerCase().startsWith('x') ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 10)
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ''
})

/** Where a port of Windows leads. */
const portOf = (port: string): Printer => {
  if (/^(?:portprompt|nul|file):|^xps/i.test(port)) return { kind: 'pdf', host: '' }
  if (/^(?:usb|dot4)/i.test(port)) return { kind: 'usb', host: '' }
  const host = /^(?:ip_)?(\d{1,3}(?:\.\d{1,3}){3})/i.exec(port)?.[1] ?? /^\\\\([^\\]+)/.exec(port)?.[1] ?? /^https?:\/\/([^/:]+)/i.exec(port)?.[1]
  if (host !== undefined) return { kind: 'network', host: host.toLowerCase() }
  return { kind: /^(?:wsd|tcp)/i.test(port) ? 'network' : /^(?:lpt|com)\d/i.test(port) ? 'local' : 'unknown', host: '' }
}

export interface WindowsJob {
  readonly record: number
  readonly job: PrintJob
  readonly printer: Printer
}

/** Events 307 of Microsoft-Windows-PrintService/Operational as `wevtutil qe /f:xml` writes them: Param1 job, 2 document, 3 user, 4 computer, 5 printer, 6 port, 7 bytes, 8 pages. */
export function parsePrintEvents(xml: string): readonly WindowsJob[] {
  return xml.split(/(?=<Event[ >])/).flatMap((event) => {
    if (!/<EventID[^>]*>307<\/EventID>/.test(event)) return []
    const param = (index: number): string => unescape(new RegExp(`<Param${index}>([^<]*)</Param${index}>`).exec(event)?.[1] ?? '')
    const record = Number(/<EventRecordID>(\d+)</.exec(event)?.[1] ?? 0)
    const at = Date.parse(/SystemTime=['"]([^'"]+)['"]/.exec(event)?.[1] ?? '')
    const user = param(3)
    const printer = param(5)
    if (user === '' || printer === '') return []
    const computer = param(4).replace(/^\\\\/, '')
    return [{
      record, printer: portOf(param(6)),
      job: { key: `${record}`, user, printer, document: param(2), pages: Number(param(8)) || 0, copies: 1, sizeBytes: Number(param(7)) || 0, format: '', state: 'completed', createdAtMs: Number.isFinite(at) ? at : 0, from: computer },
    }]
  })
}
