// A connection to the broker with the collector's own keys: what somebody who has taken the broker could send to agents.
import { join } from 'node:path'
import { serverUserJwt } from '@holdfast/collector/bus/claims.ts'
import { readKeyring } from '@holdfast/collector/bus/keyring.ts'
import { connect, jwtAuthenticator, type NatsConnection } from 'nats'
import type { Installation } from './collector.ts'

export function connectAsCollector(installation: Installation): Promise<NatsConnection> {
  const { account, collector } = readKeyring(join(installation.dir, 'keys'))
  const jwt = serverUserJwt(account, collector.publicKey, 'test', Math.floor(Date.now() / 1000))
  return connect({ servers: [installation.natsUrl], tls: { ca: installation.ca }, authenticator: jwtAuthenticator(jwt, new TextEncoder().encode(collector.seed)), reconnect: false })
}
