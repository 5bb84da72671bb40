// A real nats-server in a temporary folder with a bus on it, for tests.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, jwtAuthenticator, type NatsConnection } from 'nats'
import { createBus } from './bus.ts'
import { operatorJwt, systemAccountJwt } from './claims.ts'
import type { Bus } from './contract.ts'
import { findServer } from './find-server.ts'
import { inboxPrefix } from '@holdfast/proto'
import { createKeyring, type Keyring } from './keyring.ts'
import { createKey, type NatsKey } from './nkeys.ts'
import { createAuthority, createServerCertificate } from './pki.ts'
import { createAccountClaim, type Revocations } from './revocations.ts'
import type { BusLog } from './log.ts'
import { type BusServer, startServer } from './server.ts'

export const silent: BusLog = { debug() {}, info() {}, warn() {}, error() {} }

export interface TestBus {
  readonly folder: string
  readonly keyring: Keyring
  readonly caPem: string
  readonly server: BusServer
  readonly bus: Bus
  readonly url: string
  /** A device's own connection, as an agent opens it. */
  connectDevice(id: string, options?: { readonly key?: NatsKey; readonly group?: string; readonly jwt?: string }): Promise<NatsConnection>
  /** Makes another certificate of the same authority and has the server read it. */
  renewCertificate(): Promise<void>
  /** Ends the bus and the server; the folder stays. */
  stop(): Promise<void>
  /** Also removes the folder. */
  close(): Promise<void>
}

export async function startTestBus(options: { readonly folder?: string; readonly keyring?: Keyring; readonly revocations?: Revocations; readonly log?: BusLog } = {}): Promise<TestBus> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'holdfast-bus-'))
  const keyring = options.keyring ?? createKeyring()
  const log = options.log ?? silent
  const now = Date.now
  const authority = await createAuthority('test', now())
  const certificateFile = join(folder, 'server.pem')
  const keyFile = join(folder, 'server-key.pem')
  const writeCertificate = async () => {
    const certificate = await createServerCertificate(authority, ['localhost', '127.0.0.1'], now())
    writeFileSync(certificateFile, certificate.certificatePem)
    writeFileSync(keyFile, certificate.keyPem, { mode: 0o600 })
  }
  await writeCertificate()
  const claim = createAccountClaim(keyring, options.revocations ?? {}, now)
  const found = await findServer('', process.env, () => {})
  const maxBytes = 64 * 1024 * 1024
  const issuedAt = Math.floor(now() / 1000)
  const server = await startServer({
    folder: join(folder, 'nats'), name: 'holdfast-test', host: '127.0.0.1', port: 0, maxBytes, serverPath: found.path, account: keyring.account.publicKey, certificateFile, keyFile, log,
    operatorJwt: operatorJwt(keyring.operator, keyring.systemAccount.publicKey, issuedAt), systemAccount: keyring.systemAccount.publicKey,
    accounts: () => ({ [keyring.account.publicKey]: claim.jwt(), [keyring.systemAccount.publicKey]: systemAccountJwt(keyring.operator, keyring.systemAccount.publicKey, issuedAt) }),
  })
  const url = `tls://127.0.0.1:${server.port}`
  const bus = await createBus({ keyring, claim, stream: { maxBytes, replicas: 1 }, servers: [url], caPem: authority.certificatePem, deviceServers: [url], now, log })
  const stop = async () => {
    await bus.close()
    await server.stop()
  }
  return {
    folder, keyring, caPem: authority.certificatePem, server, bus, url,
    connectDevice(id, { key = createKey('user'), group = 'default', jwt = bus.deviceCredential({ id, group, publicKey: key.publicKey }) } = {}) {
      return connect({ servers: [url], tls: { ca: authority.certificatePem }, authenticator: jwtAuthenticator(jwt, new TextEncoder().encode(key.seed)), inboxPrefix: inboxPrefix(id), reconnect: false, timeout: 5000 })
    },
    async renewCertificate() {
      await writeCertificate()
      server.reload()
    },
    stop,
    async close() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
