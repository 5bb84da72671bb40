// Receivers of exports for tests: real sockets, a parser that follows the standards to the letter, and the faults of
// receivers in the field. What they say they received is what a SIEM would have.
import { createSocket } from 'node:dgram'
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { once } from 'node:events'
import { webcrypto } from 'node:crypto'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import type { CertifiedKey } from '../bus/pki.ts'

export interface TlsFiles {
  readonly key: string
  readonly cert: string
  /** Clients must show a certificate of this authority. */
  readonly clientCa?: string
}

export interface Received {
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** What a sink does with a request. Only an answer of 2xx, given whole, says that it has it. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Breaks the connection before a word. */
  | { readonly kind: 'reset' }
  /** Promises an answer, gives a part of it and breaks the connection. */
  | { readonly kind: 'reset_within' }
  /** One byte at a time, for as long as somebody listens. */
  | { readonly kind: 'drip' }

export interface HttpSink {
  readonly url: string
  readonly port: number
  /** Every request, also those that were not answered well. */
  readonly requests: Received[]
  behave: (request: Received) => Answer
  close(): Promise<void>
}

const addressOf = (server: Server): number => (server.address() as AddressInfo).port

async function answerWith(answer: Answer, response: ServerResponse): Promise<void> {
  const { socket } = response
  if (answer.kind === 'hang') return
  if (answer.kind === 'reset') {
    socket?.resetAndDestroy()
    return
  }
  if (answer.kind === 'reset_within') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
    response.write('{"code":')
    setTimeout(() => socket?.destroy(), 5)
    return
  }
  if (answer.kind === 'drip') {
    response.writeHead(200, { 'content-type': 'application/json' })
    const timer = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(timer))
    return
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
  response.end(answer.body ?? '')
}

export const OK: Answer = { kind: 'answer', status: 200, body: '{"text":"Success","code":0,"ackId":1}' }

export async function startHttpSink(options: { readonly tls?: TlsFiles; readonly port?: number; readonly behave?: (request: Received) => Answer } = {}): Promise<HttpSink> {
  const requests: Received[] = []
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => {})
    request.on('end', () => {
      const received = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() }
      requests.push(received)
      void answerWith(sink.behave(received), response)
    })
  }
  const { tls } = options
  const server = tls === undefined ? createHttp(handle) : createHttps({ key: tls.key, cert: tls.cert, ...(tls.clientCa === undefined ? {} : { ca: tls.clientCa, requestCert: true, rejectUnauthorized: true }) }, handle)
  server.on('tlsClientError', () => {})
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const port = addressOf(server)
  const sink: HttpSink = {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, port, requests, behave: options.behave ?? (() => OK),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return sink
}

/** Answers as the bulk API does; what `refuse` names is refused with its words, what was there before with 409. */
export function bulkAnswers(): { readonly documents: Map<string, unknown>; readonly behave: (request: Received) => Answer; refuse: (document: string) => number | undefined } {
  const bulk = {
    documents: new Map<string, unknown>(),
    refuse: (_document: string): number | undefined => undefined,
    behave: ({ body }: Received): Answer => {
      const lines = body.split('\n').filter((line) => line !== '')
      const items = []
      for (let index = 0; index < lines.length; index += 2) {
        const id = (JSON.parse(lines[index] ?? '') as { create: { ['_id']: string } }).create['_id']
        const document = lines[index + 1] ?? ''
        const status = bulk.refuse(document) ?? (bulk.documents.has(id) ? 409 : 201)
        if (status === 201) bulk.documents.set(id, JSON.parse(document))
        items.push({ create: { status, ...(status < 300 ? {} : { error: { type: status === 409 ? 'version_conflict_engine_exception' : 'document_parsing_exception', reason: 'failed' } }) } })
      }
      return { kind: 'answer', status: 200, body: JSON.stringify({ errors: true, items }) }
    },
  }
  return bulk
}

export interface SyslogMessage {
  readonly priority: number
  readonly timestamp: string
  readonly hostname: string
  readonly app: string
  readonly messageId: string
  readonly data: Readonly<Record<string, string>>
  readonly message: string
}

const HEADER = /^<(\d{1,3})>1 (\S+) ([\x21-\x7e]{1,255}) ([\x21-\x7e]{1,48}) ([\x21-\x7e]{1,128}) ([\x21-\x7e]{1,32}) /

/** One message as RFC 5424 has it. @throws Error for everything that it does not allow */
export function parseSyslog(text: string): SyslogMessage {
  const header = HEADER.exec(text)
  if (header === null) throw new Error(`no RFC 5424 header: ${text.slice(0, 80)}`)
  const [, priority = '', timestamp = '', hostname = '', app = '', , messageId = ''] = header
  if (Number(priority) > 191 || Number.isNaN(Date.parse(timestamp))) throw new Error('priority or time is wrong')
  const rest = text.slice(header[0].length)
  const element = /^\[([\x21-\x7e]+?)((?: [\x21-\x7e]+?="(?:[^"\\\]]|\\["\\\]])*")*)\](?: |$)/u.exec(rest)
  if (element === null) throw new Error(`no structured data: ${rest.slice(0, 80)}`)
  const data = Object.fromEntries([...(element[2] ?? '').matchAll(/ ([\x21-\x7e]+?)="((?:[^"\\\]]|\\["\\\]])*)"/gu)].map((found) => [found[1] ?? '', (found[2] ?? '').replaceAll(/\\(["\\\]])/g, '$1')]))
  const message = rest.slice(element[0].length)
  if (/[\p{Cc}\u2028\u2029]/u.test(message)) throw new Error('a control character stands in the message')
  return { priority: Number(priority), timestamp, hostname, app, messageId, data, message }
}

/** Takes frames of octet counting off the front. @throws Error where there is none */
export function takeFrames(bytes: Buffer): { readonly frames: readonly string[]; readonly rest: Buffer } {
  const frames: string[] = []
  let at = 0
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at)
    if (space < 0) {
      if (!/^\d*$/.test(bytes.subarray(at).toString('latin1'))) throw new Error('no length in front of a message')
      break
    }
    const length = bytes.subarray(at, space).toString('latin1')
    if (!/^[1-9]\d{0,9}$/.test(length)) throw new Error(`"${length.slice(0, 20)}" is no length`)
    const end = space + 1 + Number(length)
    if (end > bytes.length) break
    frames.push(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(space + 1, end)))
    at = end
  }
  return { frames, rest: bytes.subarray(at) }
}

export interface SyslogSink {
  readonly port: number
  readonly messages: SyslogMessage[]
  /** What did not follow the standards. */
  readonly problems: string[]
  /** What happens to the next connections: taken; never read; broken after so many messages, which the receiver has kept. */
  mode: { readonly kind: 'take' } | { readonly kind: 'hang' } | { readonly kind: 'break'; readonly after: number }
  close(): Promise<void>
}

export async function startSyslogSink(options: { readonly transport: 'tcp' | 'tls' | 'udp'; readonly tls?: TlsFiles; readonly port?: number }): Promise<SyslogSink> {
  const messages: SyslogMessage[] = []
  const problems: string[] = []
  const keep = (text: string): void => {
    try {
      messages.push(parseSyslog(text))
    } catch (error) {
      problems.push((error as Error).message)
    }
  }
  if (options.transport === 'udp') {
    const socket = createSocket('udp4')
    socket.on('message', (bytes) => keep(bytes.toString()))
    socket.bind(options.port ?? 0, '127.0.0.1')
    await once(socket, 'listening')
    return { port: socket.address().port, messages, problems, mode: { kind: 'take' }, close: () => new Promise((resolve) => socket.close(() => resolve())) }
  }
  const sockets = new Set<Socket>()
  const handle = (socket: Socket): void => {
    const { mode } = sink
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    if (mode.kind === 'hang') {
      socket.pause()
      return
    }
    let rest: Buffer = Buffer.alloc(0)
    let taken = 0
    socket.on('data', (chunk: Buffer) => {
      let found: ReturnType<typeof takeFrames>
      try {
        found = takeFrames(Buffer.concat([rest, chunk]))
      } catch (error) {
        problems.push((error as Error).message)
        socket.destroy()
        return
      }
      rest = found.rest
      for (const frame of found.frames) {
        if (mode.kind === 'break' && taken >= mode.after) {
          socket.resetAndDestroy()
          return
        }
        keep(frame)
        taken += 1
      }
    })
    socket.on('end', () => {
      if (rest.length > 0) problems.push('a message was cut off')
    })
  }
  const { tls } = options
  const server = options.transport === 'tcp' ? createTcp(handle) : createTls({ key: tls?.key, cert: tls?.cert, ...(tls?.clientCa === undefined ? {} : { ca: tls.clientCa, requestCert: true, rejectUnauthorized: true }) }, handle)
  server.on('tlsClientError', () => {})
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const sink: SyslogSink = {
    port: addressOf(server), messages, problems, mode: { kind: 'take' },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return sink
}

/** A CEF record as its specification reads it. */
export function parseCef(record: string): { readonly header: readonly string[]; readonly fields: ReadonlyMap<string, string> } {
  const parts = record.split(/(?<=(?<!\\)(?:\\\\)*)\|/)
  const extension = parts.slice(7).join('|')
  const keys = [...extension.matchAll(/(?:^| )([A-Za-z0-9]+)=/g)]
  return {
    header: parts.slice(0, 7).map((part) => part.replaceAll(/\\([\\|])/g, '$1')),
    fields: new Map(keys.map((key, index) => [key[1] ?? '', extension.slice(key.index + key[0].length, keys[index + 1]?.index).replaceAll(/\\([\\=n])/g, (_all, one: string) => (one === 'n' ? '\n' : one))])),
  }
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** A certificate for a TLS client. */
export async function createClientCertificate(authority: CertifiedKey, nowMs: number): Promise<CertifiedKey> {
  const read = (pem: string): Buffer => Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=collector', issuer: new x509.X509Certificate(authority.certificatePem).subject, notBefore: new Date(nowMs - 86_400_000), notAfter: new Date(nowMs + 86_400_000), signingAlgorithm: ALGORITHM, publicKey: keys.publicKey,
    signingKey: await webcrypto.subtle.importKey('pkcs8', read(authority.keyPem), ALGORITHM, true, ['sign']), extensions: [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])],
  })
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return { certificatePem: `${certificate.toString('pem')}\n`, keyPem: `-----BEGIN PRIVATE KEY-----\n${(der.match(/.{1,64}/g) ?? []).join('\n')}\n-----END PRIVATE KEY-----\n` }
}
