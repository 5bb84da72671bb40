// RFC 5424 messages:
//
//   <PRI>1 TIMESTAMP HOST holdfast - finding [holdfast@32473 recordId="…" sequence="7" revision="2"] MESSAGE
//
// over UDP one datagram each (RFC 5426), over TCP and TLS with their length in front (octet counting, RFC 6587, RFC 5425).
// No octet of a message can end it early, since the length is what counts; a message holds no line breaks all the same,
// for receivers that count lines.
//
// Syslog has no answers. Over TCP and TLS a batch has a connection of its own: we close our side when all is written, and
// the batch counts once the receiver has read to the end and closed its own. A receiver that dies with bytes in its
// buffers resets instead, and the batch is sent again. Over UDP nothing says what arrived.
import { createSocket } from 'node:dgram'
import type { Socket } from 'node:net'
import { contextOf, openSocket, type TlsChoice } from '../connect.ts'
import { checkedAddress } from '../addresses.ts'
import { ExportFailure, problemOf } from '../problem.ts'
import { lineOf } from '../render.ts'
import type { Finding } from '../finding.ts'
import type { Format, SyslogPlace } from '../targets.ts'
import { DELIVERED, type OutgoingRecord, type SendResult, type Sender, type SenderOptions } from './sender.ts'

/** RFC 5424: 2 critical, 4 warning, 5 notice. */
const severities = { low: 5, medium: 4, high: 2 } as const
const MAX_DATAGRAM = 65_507
/** How long a refusal (ICMP) takes to come back on this machine's side. */
const UDP_REST_MS = 100

const parameter = (value: string): string => value.replaceAll(/["\\\]]/g, (char) => `\\${char}`)

/** One message without framing. @param hostname printable ASCII is kept */
export function syslogMessage(finding: Finding, format: Format, facility: number, hostname: string): string {
  const host = hostname.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 255) || '-'
  const data = `[holdfast@32473 recordId="${parameter(finding.recordId)}" sequence="${finding.sequence}" revision="${finding.revision}"]`
  return `<${facility * 8 + severities[finding.severity]}>1 ${new Date(finding.atMs).toISOString()} ${host} holdfast - finding ${data} ${lineOf(finding, format)}`
}

/** Octet counting. */
export const framed = (message: string): string => `${Buffer.byteLength(message)} ${message}`

async function writeAll(socket: Socket, text: string, wholeMs: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new ExportFailure({ kind: 'timeout', detail: `the receiver did not read to the end within ${wholeMs / 1000} s` })), wholeMs)
      let ended = false
      socket.on('error', (error) => {
        clearTimeout(timer)
        reject(error)
      })
      // An answer is not part of the protocol; it is read so that the end is seen.
      socket.resume()
      socket.on('end', () => (ended = true))
      socket.on('close', () => {
        clearTimeout(timer)
        if (ended) resolve()
        else reject(new ExportFailure({ kind: 'reset', detail: 'the receiver broke the connection' }))
      })
      socket.end(text)
    })
  } finally {
    socket.on('error', () => {})
    socket.destroy()
  }
}

async function sendDatagrams(place: SyslogPlace, messages: readonly { readonly seq: number; readonly text: string }[], options: SenderOptions): Promise<SendResult> {
  const address = await checkedAddress(place.host, options.allowPrivate, options.resolve)
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  const tooLarge = messages.filter(({ text }) => Buffer.byteLength(text) > MAX_DATAGRAM)
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject)
      socket.connect(place.port, address, () => {
        const rest = messages.filter((message) => !tooLarge.includes(message))
        const next = (index: number): void => {
          const message = rest[index]
          if (message === undefined) {
            setTimeout(resolve, UDP_REST_MS)
            return
          }
          socket.send(message.text, (error) => (error === null ? next(index + 1) : reject(error)))
        }
        next(0)
      })
    })
  } catch (cause) {
    throw new ExportFailure(problemOf(cause), { cause })
  } finally {
    socket.close()
  }
  return { kind: 'delivered', refused: tooLarge.map(({ seq }) => ({ seq, problem: { kind: 'too_large', detail: `more than ${MAX_DATAGRAM} bytes` } })) }
}

export function createSyslogSender(place: SyslogPlace, format: Format, tls: TlsChoice, hostname: string, options: SenderOptions): Sender {
  const context = place.transport === 'tls' ? contextOf(tls) : undefined
  const text = ({ finding }: OutgoingRecord): string => syslogMessage(finding, format, place.facility, hostname)
  return {
    async send(records) {
      if (place.transport === 'udp') return sendDatagrams(place, records.map((record) => ({ seq: record.seq, text: text(record) })), options)
      const socket = await openSocket(place.host, place.port, context, options)
      try {
        await writeAll(socket, records.map((record) => framed(text(record))).join(''), options.wholeMs)
      } catch (cause) {
        throw new ExportFailure(problemOf(cause), { cause })
      }
      return DELIVERED
    },
    close: () => {},
  }
}
