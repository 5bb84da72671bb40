// A connection to the broker with a device's own credentials, to do with them what an agent would not.
import { type Identity } from '@holdfast/agent/identity/contract.ts'
import { inboxPrefix } from '@holdfast/proto'
import { connect, jwtAuthenticator, type NatsConnection } from 'nats'

export const connectAsDevice = (identity: Identity, servers: readonly string[] = identity.natsServers): Promise<NatsConnection> =>
  connect({
    servers: [...servers], tls: { ca: identity.caPem }, inboxPrefix: inboxPrefix(identity.deviceId), reconnect: false, timeout: 10_000,
    authenticator: jwtAuthenticator(identity.jwt, new TextEncoder().encode(identity.seed)),
  })
