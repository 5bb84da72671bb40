// HTTPS to the collector, with the trust that the caller names, and failures in words that tell what to do.
import { request, type RequestOptions } from 'node:https'
import { checkServerIdentity, type PeerCertificate, type TLSSocket } from 'node:tls'
import { CodedError } from '../errors.ts'

const TIMEOUT_MS = 15_000
const MAX_ANSWER_BYTES = 1 << 20

export interface CollectorAnswer {
  readonly status: number
  readonly body: string
  /** The collector's clock, from its Date header. */
  readonly dateMs: number | undefined
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

/** Why a request failed, for a person; `collector` is host:port. */
export function explainFailure(error: unknown, collector: string, certificate?: PeerCertificate): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
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
    case 'HOLDFAST_TIMEOUT':
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

/**
 * One request over a connection of its own.
 *
 * The host name is always checked, also where the chain is not.
 * @throws COLLECTOR_UNREACHABLE with the reason in plain words
 */
export function requestCollector(origin: string, path: string, trust: Trust, options: { readonly method?: 'GET' | 'POST'; readonly json?: unknown } = {}): Promise<CollectorAnswer> {
  const url = new URL(path, origin)
  const body = options.json === undefined ? undefined : JSON.stringify(options.json)
  let certificate: PeerCertificate | undefined
  const tls: RequestOptions = trust === 'anybody'
    ? { rejectUnauthorized: false }
    : { ca: trust.caPem, checkServerIdentity: (host, peer) => ((certificate = peer), checkServerIdentity(host, peer)) }
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(new CodedError('COLLECTOR_UNREACHABLE', { problem: explainFailure(error, url.host, certificate) }, { cause: error }))
    const outgoing = request(
      url,
      {
        ...tls, method: options.method ?? 'GET', agent: false, minVersion: 'TLSv1.2', signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        let size = 0
        incoming.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > MAX_ANSWER_BYTES) incoming.destroy(new Error('the answer is too large'))
          else chunks.push(chunk)
        })
        incoming.on('error', fail)
        incoming.on('end', () => {
          const dateMs = Date.parse(incoming.headers.date ?? '')
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8'), dateMs: Number.isNaN(dateMs) ? undefined : dateMs })
        })
      },
    )
    outgoing.on('socket', (socket) => {
      // On a failed chain nobody has asked for the certificate yet; the words about it need it.
      socket.on('secureConnect', () => (certificate ??= (socket as TLSSocket).getPeerCertificate()))
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // Null on a connection that never came to a handshake.
      const shown = (outgoing.socket as TLSSocket | null)?.getPeerCertificate() as PeerCertificate | null | undefined
      if (shown?.issuer !== undefined) certificate ??= shown
      fail(error.name === 'AbortError' || error.name === 'TimeoutError' ? Object.assign(new Error('timeout'), { code: 'HOLDFAST_TIMEOUT' }) : error)
    })
    outgoing.end(body)
  })
}
