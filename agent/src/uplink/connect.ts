// One try to connect as this device: TLS against the installation's own certificate authority, JWT and a signed nonce.
import { isIP } from 'node:net'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { inboxPrefix } from '@holdfast/proto'
import { connect, type ConnectionOptions, jwtAuthenticator, type NatsConnection } from 'nats'
import type { Identity } from '../identity/contract.ts'
import type { Proxy } from '../identity/proxy.ts'
import { relayThrough } from './relay.ts'

/** Two of these without an answer end a connection that only looks alive. */
const PING_INTERVAL_MS = 10_000
const CONNECT_TIMEOUT_MS = 10_000
const DEFAULT_PORT = 4222

/** Options that hold for every connection; the client's own reconnecting and buffering are off, the spool is the buffer. */
export const connectionOptions = (identity: Pick<Identity, 'deviceId'>, server: string): ConnectionOptions => ({
  servers: server, name: identity.deviceId, inboxPrefix: inboxPrefix(identity.deviceId),
  reconnect: false, maxReconnectAttempts: 0, waitOnFirstConnect: false, ignoreClusterUpdates: true,
  pingInterval: PING_INTERVAL_MS, maxPingOut: 2, timeout: CONNECT_TIMEOUT_MS,
})

/**
 * Connects to one server, `tls://host:port`, through a proxy where one is between.
 *
 * Only `identity.caPem` is trusted. A server that offers no TLS is refused before anything of the device is said.
 */
export async function connectDevice(identity: Identity, server: string, proxy?: Proxy): Promise<NatsConnection> {
  const { hostname, port } = new URL(server)
  const host = hostname.replace(/^\[|\]$/g, '')
  const tls = {
    ca: identity.caPem, minVersion: 'TLSv1.2', rejectUnauthorized: true,
    ...(proxy !== undefined && isIP(host) === 0 ? { servername: host } : {}),
    // The client hands over no name for an IP address, and Node would then compare with `localhost`.
    checkServerIdentity: (_name: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate),
  }
  const authenticator = jwtAuthenticator(identity.jwt, new TextEncoder().encode(identity.seed))
  if (proxy === undefined) return connect({ ...connectionOptions(identity, server), tls, authenticator })
  const relay = await relayThrough(proxy, host, Number(port || DEFAULT_PORT))
  try {
    return await connect({ ...connectionOptions(identity, `127.0.0.1:${relay.port}`), tls, authenticator })
  } catch (error) {
    relay.close()
    throw error
  }
}
