// Connections to receivers: to a checked address, over TLS with the target's own authority and certificate where it has
// them, and with the certificate of whoever cannot be trusted kept for the explanation.
import { X509Certificate } from 'node:crypto'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, createSecureContext, rootCertificates, type PeerCertificate, type SecureContext, type TLSSocket } from 'node:tls'
import { checkedAddress, type Resolve } from './addresses.ts'
import { type CertificateFacts, ExportFailure, problemOf } from './problem.ts'

export interface TlsChoice {
  /** Authority of the receiver, instead of those that the system knows. */
  readonly caPem?: string
  readonly certPem?: string
  readonly keyPem?: string
}

export interface ConnectChoice {
  readonly allowPrivate: boolean
  readonly connectMs: number
  readonly resolve?: Resolve
}

/** @throws ExportFailure tls when certificate or key are not readable or do not belong together */
export function contextOf({ caPem, certPem, keyPem }: TlsChoice): SecureContext {
  try {
    // What is no certificate at all would be passed over in silence.
    for (const pem of [caPem, certPem]) if (pem !== undefined && new X509Certificate(pem).raw.length === 0) throw new Error('empty')
    return createSecureContext({ minVersion: 'TLSv1.2', ca: caPem === undefined ? [...rootCertificates] : [caPem], ...(certPem === undefined ? {} : { cert: certPem }), ...(keyPem === undefined ? {} : { key: keyPem }) })
  } catch (cause) {
    throw new ExportFailure({ kind: 'tls', detail: 'the authority, certificate or key of this target is not readable, or key and certificate do not belong together' }, { cause })
  }
}

const nameOf = (name: PeerCertificate['subject'] | undefined): string => (name === undefined ? '' : Object.entries(name).map(([key, value]) => `${key}=${String(value)}`).join(', ').slice(0, 200))

export const certificateFacts = (certificate: PeerCertificate): CertificateFacts | undefined =>
  Object.keys(certificate).length === 0 ? undefined : { subject: nameOf(certificate.subject), issuer: nameOf(certificate.issuer), names: (certificate.subjectaltname ?? '').slice(0, 300), validFrom: certificate.valid_from, validTo: certificate.valid_to, fingerprint: certificate.fingerprint256 }

/**
 * An open connection to a receiver; the caller destroys it.
 *
 * @param tls absent: in the clear
 * @throws ExportFailure dns, address, refused, unreachable, timeout, tls with the certificate that cannot be trusted
 */
export async function openSocket(host: string, port: number, tls: SecureContext | undefined, choice: ConnectChoice): Promise<Socket> {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  const address = await checkedAddress(bare, choice.allowPrivate, choice.resolve)
  return new Promise((resolve, reject) => {
    // Verified after the handshake and before a byte is sent, so that the certificate can be told of.
    const secure: TLSSocket | undefined = tls === undefined ? undefined : connectTls({ host: address, port, secureContext: tls, rejectUnauthorized: false, servername: isIP(bare) === 0 ? bare : '', checkServerIdentity: () => undefined, ALPNProtocols: ['http/1.1'] })
    const socket: Socket = secure ?? connectTcp({ host: address, port })
    const timer = setTimeout(() => fail(new ExportFailure({ kind: 'timeout', detail: `no connection within ${choice.connectMs / 1000} s` })), choice.connectMs)
    const fail = (error: unknown): void => {
      clearTimeout(timer)
      socket.on('error', () => {})
      socket.destroy()
      reject(error instanceof ExportFailure ? error : new ExportFailure(problemOf(error), { cause: error }))
    }
    socket.once('error', fail)
    socket.once('close', () => fail(new ExportFailure({ kind: 'reset', detail: 'the connection was closed while it was opened' })))
    const done = (): void => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      socket.removeAllListeners('close')
      socket.setNoDelay(true)
      resolve(socket)
    }
    if (secure === undefined) socket.once('connect', done)
    else {
      secure.once('secureConnect', () => {
        const peer = secure.getPeerCertificate()
        const certificate = certificateFacts(peer)
        const untrusted = (detail: string): void => fail(new ExportFailure({ kind: 'tls', detail, ...(certificate === undefined ? {} : { certificate }) }))
        if (!secure.authorized) return untrusted(String(secure.authorizationError))
        const wrongName = checkName(bare, peer)
        return wrongName === undefined ? done() : untrusted(wrongName)
      })
    }
  })
}

/** @returns what is wrong with the names of a certificate for a host */
function checkName(host: string, certificate: PeerCertificate): string | undefined {
  const problem = checkServerIdentity(host, certificate)
  return problem === undefined ? undefined : `ERR_TLS_CERT_ALTNAME_INVALID: the certificate is not for ${host}`
}
