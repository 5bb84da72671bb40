// HTTPS to the collector, with the trust that the caller names, and failures in words that tell what to do.
import { request, type RequestOptions } from 'node:https'
import { isIP } from 'node:net'
import { checkServerIdentity, connect, type PeerCertificate } from 'node:tls'
import { CodedError } from '../errors.ts'
import { connectThrough, type Proxy } from './proxy.ts'

const TIMEOUT_MS = 15_000
const PEEK_MS = 3000
const MAX_ANSWER_BYTES = 1 << 20

export interface CollectorAnswer {
  readonly status: number
  readonly body: string
  /** The collector's clock, from its Date header. */
  readonly dateMs: number | undefined
  /** Seconds, from its Retry-After header. */
  readonly retryAfterSecs?: number
}

/** Whom a connection believes: only certificates under this CA, or anybody (for the one request that fetches the CA to compare). */
export type Trust = { readonly caPem: string } | 'anybody'

/**
 * The origin of a collector: `https://host:port`.
 *
 * @throws COMMAND_USE for anything but an https address without path, query and credentials
 */
export function parseCollectorUrl(text: string): string {
  const fail = (problem: string): never => {
    throw new CodedError('COMMAND_USE', { problem: `The collector's address "${text}" ${problem}, such as https://holdfast.example:8443` })
  }
  const url = URL.canParse(text) ? new URL(text) : fail('must be a whole address')
  if (url.protocol !== 'https:') fail('must begin with https://')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/') fail('must hold nothing but host and port')
  return url.origin
}

const issuedBy = (certificate: PeerCertificate | undefined): string => {
  const name = certificate?.issuer?.CN
  return typeof name === 'string' ? `, which was issued by "${name}"` : ''
}

function codeOf(error: unknown): string {
  // The deadline comes as an error of the DOM, whose codes are numbers.
  if (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name)) return 'ETIMEDOUT'
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** Why a request failed, for a person; `collector` is host:port. */
export function explainFailure(error: unknown, collector: string, certificate?: PeerCertificate): string {
  const code = codeOf(error)
  switch (code) {
    case 'ENOTFOUND':
      return `the name in ${collector} is not known to DNS`
    case 'EAI_AGAIN':
      return `DNS does not answer for ${collector}`
    case 'ECONNREFUSED':
      return `${collector} refuses the connection; nothing listens on that port, or a firewall says no`
    case 'ECONNRESET':
    case 'EPIPE':
      return `${collector} closed the connection; is it an https port?`
    case 'ETIMEDOUT':
      return `${collector} does not answer within ${TIMEOUT_MS / 1000} s`
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `there is no route to ${collector}`
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `${collector} does not speak TLS`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `the certificate of ${collector} is not for that name (it is for ${certificate?.subjectaltname ?? 'others'}); use a name that it holds, or add this one to the collector's configuration "names"`
    case 'CERT_HAS_EXPIRED':
      return `the certificate of ${collector}${issuedBy(certificate)}, ended on ${certificate?.valid_to ?? 'an earlier day'} by this device's clock`
    case 'CERT_NOT_YET_VALID':
      return `the certificate of ${collector}${issuedBy(certificate)}, begins on ${certificate?.valid_from ?? 'a later day'} by this device's clock; check the clock`
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_SIGNATURE_FAILURE':
      return `the certificate of ${collector}${issuedBy(certificate)}, does not come from the authority of this installation; something between may be reading along, or it is another collector`
    default:
      return `${collector}: ${code === '' && error instanceof Error ? error.message : code}`
  }
}

const isAboutCertificate = (error: unknown): boolean => /CERT|LEAF|ISSUER/.test(codeOf(error))

/** The certificate that a server shows, for the words about it only: nothing is sent. */
function peekCertificate(url: URL): Promise<PeerCertificate | undefined> {
  return new Promise((resolve) => {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const socket = connect({ host, port: Number(url.port || 443), ...(isIP(host) === 0 ? { servername: host } : {}), rejectUnauthorized: false, timeout: PEEK_MS }, () => {
      resolve(socket.getPeerCertificate())
      socket.destroy()
    })
    socket.on('timeout', () => socket.destroy())
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => resolve(undefined))
  })
}

interface Exchange {
  readonly url: URL
  readonly trust: Trust
  readonly method: 'GET' | 'POST'
  readonly body: string | undefined
  /** Told of the certificate whose name is being checked. */
  readonly onCertificate: (certificate: PeerCertificate) => void
  readonly proxy?: Proxy
}

type Check = (host: string, peer: PeerCertificate) => Error | undefined

/** TLS within a connection that a proxy has made. */
async function withinProxy(url: URL, proxy: Proxy, trust: Trust, check: Check, signal: AbortSignal): Promise<RequestOptions> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const socket = await connectThrough(proxy, host, Number(url.port || 443), signal)
  // The name is that of the collector; Node would compare with whatever it was connected to.
  const believed = trust === 'anybody' ? { rejectUnauthorized: false } : { ca: trust.caPem, checkServerIdentity: (_name: string, peer: PeerCertificate) => check(host, peer) }
  return { createConnection: () => connect({ socket, host, minVersion: 'TLSv1.2', ...(isIP(host) === 0 ? { servername: host } : {}), ...believed }) }
}

async function exchange({ url, trust, method, body, onCertificate, proxy }: Exchange): Promise<CollectorAnswer> {
  const check: Check = (host, peer) => (onCertificate(peer), checkServerIdentity(host, peer))
  const headers = { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) }
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  // An agent would make connections of its own.
  const direct: RequestOptions = trust === 'anybody' ? { rejectUnauthorized: false } : { ca: trust.caPem, checkServerIdentity: check }
  const way: RequestOptions = proxy === undefined ? { ...direct, agent: false } : await withinProxy(url, proxy, trust, check, signal)
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ...way, method, headers, minVersion: 'TLSv1.2', signal }, (incoming) => {
      const chunks: Buffer[] = []
      let size = 0
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > MAX_ANSWER_BYTES) incoming.destroy(new Error('its answer is too large'))
        else chunks.push(chunk)
      })
      incoming.on('error', reject)
      incoming.on('end', () => {
        const dateMs = Date.parse(incoming.headers.date ?? '')
        const retryAfterSecs = Number(incoming.headers['retry-after'] ?? 'NaN')
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8'), dateMs: Number.isNaN(dateMs) ? undefined : dateMs, ...(Number.isFinite(retryAfterSecs) ? { retryAfterSecs } : {}) })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/**
 * One request over a connection of its own.
 *
 * @throws COLLECTOR_UNREACHABLE with the reason in plain words
 */
export async function requestCollector(origin: string, path: string, trust: Trust, options: { readonly method?: 'GET' | 'POST'; readonly json?: unknown; readonly proxy?: Proxy } = {}): Promise<CollectorAnswer> {
  const url = new URL(path, origin)
  let certificate: PeerCertificate | undefined
  try {
    return await exchange({ url, trust, method: options.method ?? 'GET', body: options.json === undefined ? undefined : JSON.stringify(options.json), onCertificate: (shown) => (certificate = shown), ...(options.proxy === undefined ? {} : { proxy: options.proxy }) })
  } catch (error) {
    if (trust !== 'anybody' && options.proxy === undefined && isAboutCertificate(error)) certificate ??= await peekCertificate(url)
    throw new CodedError('COLLECTOR_UNREACHABLE', { problem: explainFailure(error, url.host, certificate) }, { cause: error })
  }
}
