// The agent's uplink against a broker with the installation's own keys, claims and TLS: what a device may do, and what
// happens to its spool and identity when it may not.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectDevice } from '@holdfast/agent/uplink/connect.ts'
import { createUplink } from '@holdfast/agent/uplink/uplink.ts'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import { openSpool, type Spool } from '@holdfast/agent/spool/spool.ts'
import { ACTIVITY_STREAM, ACTIVITY_SUBJECTS, activitySubject, downSubject, heartbeatSubject, inboxPrefix, SYNC_SUBJECTS, syncSubject, wire } from '@holdfast/proto'
import { connect, DiscardPolicy, jwtAuthenticator, type NatsConnection } from 'nats'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accountJwt, deviceUserJwt, operatorJwt, serverUserJwt, systemAccountJwt } from '../../collector/src/bus/claims.ts'
import { createKey, signClaim } from '../../collector/src/bus/nkeys.ts'
import { createAuthority, createServerCertificate } from '../../collector/src/bus/pki.ts'
import { repository, until } from '../support/processes.ts'

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const issuedAt = Math.floor(Date.now() / 1000)
const DEVICE = 'device-a'
const operator = createKey('operator')
const account = createKey('account')
const system = createKey('account')
const timings = { firstAnswerMs: 500, syncMs: 200, ackTimeoutMs: 500, tickMs: 20 }

let folder: string
let broker: ChildProcess
let server: string
let caPem: string
let collector: NatsConnection
const closers: (() => Promise<unknown>)[] = []

async function startBroker(): Promise<string> {
  const authority = await createAuthority('test', Date.now())
  caPem = authority.certificatePem
  const certificate = await createServerCertificate(authority, ['localhost', '127.0.0.1'], Date.now())
  await writeFile(join(folder, 'server.pem'), certificate.certificatePem)
  await writeFile(join(folder, 'server.key'), certificate.keyPem, { mode: 0o600 })
  await mkdir(join(folder, 'ports'))
  await writeFile(join(folder, 'nats.conf'), `
    listen: "127.0.0.1:-1"
    ports_file_dir: ${JSON.stringify(join(folder, 'ports'))}
    jetstream { store_dir: ${JSON.stringify(join(folder, 'jetstream'))} }
    tls { cert_file: ${JSON.stringify(join(folder, 'server.pem'))}, key_file: ${JSON.stringify(join(folder, 'server.key'))} }
    operator: ${operatorJwt(operator, system.publicKey, issuedAt)}
    system_account: ${system.publicKey}
    resolver: MEMORY
    resolver_preload { ${account.publicKey}: ${accountJwt(operator, account.publicKey, issuedAt, {})}, ${system.publicKey}: ${systemAccountJwt(operator, system.publicKey, issuedAt)} }
  `)
  const found = spawnSync(join(repository, 'scripts/get-nats-server'), { encoding: 'utf8' })
  broker = spawn(found.stdout.trim(), ['-c', join(folder, 'nats.conf')], { stdio: 'ignore' })
  return until('the broker to listen', 20, async () => {
    const text = await readFile(join(folder, 'ports', `nats-server_${broker.pid}.ports`), 'utf8').catch(() => '')
    if (text === '') return undefined
    const { nats } = JSON.parse(text) as { nats: string[] }
    return nats[0]?.replace(/^\w+:/, 'tls:')
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-permissions-'))
  server = await startBroker()
  const user = createKey('user')
  collector = await connect({ servers: server, tls: { ca: caPem }, authenticator: jwtAuthenticator(serverUserJwt(account, user.publicKey, 'collector', issuedAt), new TextEncoder().encode(user.seed)) })
  await (await collector.jetstreamManager()).streams.add({ name: ACTIVITY_STREAM, subjects: [ACTIVITY_SUBJECTS], discard: DiscardPolicy.New })
  collector.subscribe(SYNC_SUBJECTS, {
    callback: (_error, message) => {
      const { epoch } = wire.Sync.decode(message.data)
      collector.publish(downSubject(message.subject.split('.')[3] ?? ''), wire.Down.encode({ watermark: { epoch, committedSeq: 0 } }).finish())
    },
  })
  await collector.flush()
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
afterAll(async () => {
  await collector.close()
  const gone = once(broker, 'exit')
  broker.kill('SIGKILL')
  await gone
  await rm(folder, { recursive: true, force: true })
})

function identityOf(change: Partial<Identity> = {}): Identity {
  const key = createKey('user')
  return {
    deviceId: DEVICE, group: 'everyone', organisation: 'test', collectorUrl: 'https://localhost:1', natsServers: [server], seed: key.seed, publicKey: key.publicKey,
    jwt: deviceUserJwt(account, { id: DEVICE, group: 'everyone', publicKey: key.publicKey }, issuedAt), caPem, policyKeys: [], ...change,
  }
}

async function run(identity: Identity): Promise<{ readonly spool: Spool; readonly status: () => ReturnType<ReturnType<typeof createUplink>['status']> }> {
  const spool = await openSpool({ folder: await mkdtemp(join(folder, 'spool-')), maxBytes: 1e8, now: Date.now, log: quiet })
  const stop = new AbortController()
  const uplink = createUplink({
    identity, spool, heartbeat: () => Promise.resolve({}), heartbeatIntervalSecs: () => 60, policyState: () => ({ hash: '', version: 0 }), onPolicy: () => Promise.resolve(), now: Date.now, random: () => 0.1, log: quiet,
  }, { timings })
  const running = uplink.run(stop.signal)
  closers.push(async () => {
    stop.abort()
    await running
    await spool.close()
  })
  await spool.append(Uint8Array.of(1, 2, 3))
  return { spool, status: () => uplink.status() }
}

describe('a device with its own credentials', () => {
  it('publishes over TLS and hears publish acks on its own inbox', async () => {
    const { status } = await run(identityOf())
    await until('the batch to be published', 20, () => (status().published === 1 ? true : undefined))
    await until('the batch in the stream', 20, async () => ((await (await collector.jetstreamManager()).streams.info(ACTIVITY_STREAM)).state.messages > 0 ? true : undefined))
    expect(status()).toMatchObject({ connected: true, problem: '' })
  })

  it('uses a server that is named by its IP address or its name, and trusts only the certificate authority for both', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      const connection = await connectDevice(identityOf(), `tls://${host}:${new URL(server).port}`)
      expect(connection.isClosed()).toBe(false)
      await connection.close()
    }
  })

  it('can neither publish for another device, nor read its messages, nor reach JetStream or system subjects', async () => {
    const connection = await connectDevice(identityOf(), server)
    closers.push(() => connection.close())
    const refused: string[] = []
    const watch = async (): Promise<void> => {
      for await (const status of connection.status()) if (status.permissionContext !== undefined) refused.push(status.permissionContext.subject)
    }
    void watch()
    const forbidden = [activitySubject('device-b'), heartbeatSubject('device-b'), syncSubject('device-b'), downSubject(DEVICE), '$JS.API.STREAM.INFO.HF_ACTIVITY', '$SYS.REQ.SERVER.PING']
    for (const subject of forbidden) connection.publish(subject, Uint8Array.of(1))
    const listened = [downSubject('device-b'), `${inboxPrefix('device-b')}.>`, '_INBOX.>', '>']
    for (const subject of listened) connection.subscribe(subject, { callback: () => undefined })
    await until('every refusal', 20, () => (refused.length >= forbidden.length + listened.length ? true : undefined))
    expect(refused.toSorted()).toEqual([...forbidden, ...listened].toSorted())
  })
})

describe('a device that may not', () => {
  it('says PERMISSION_DENIED when its publishing is refused, keeps its spool and stays connected', async () => {
    const key = createKey('user')
    const jwt = signClaim({
      issuer: account, subject: key.publicKey, name: DEVICE, issuedAt,
      nats: { type: 'user', subs: 16, data: -1, payload: 1024 * 1024, pub: { allow: [syncSubject(DEVICE)] }, sub: { allow: [downSubject(DEVICE), 'hf.v1.policy.everyone', `${inboxPrefix(DEVICE)}.>`] } },
    })
    const { spool, status } = await run(identityOf({ seed: key.seed, publicKey: key.publicKey, jwt }))
    await until('the problem', 20, () => (status().problem === 'PERMISSION_DENIED' ? true : undefined))
    expect(status().connected).toBe(true)
    expect(spool.figures()).toMatchObject({ lastSeq: 1, ackedSeq: 0 })
  })

  it('keeps trying with the same identity when its credentials are not accepted', async () => {
    const identity = identityOf()
    const stranger = createKey('account')
    const before = { ...identity, jwt: deviceUserJwt(stranger, { id: DEVICE, group: 'everyone', publicKey: identity.publicKey }, issuedAt) }
    const { spool, status } = await run(before)
    await until('the problem', 20, () => (status().problem === 'NOT_AUTHORISED' ? true : undefined))
    const first = status().nextTryAtMs ?? 0
    await until('another try', 20, () => ((status().nextTryAtMs ?? 0) > first ? true : undefined))
    expect(status()).toMatchObject({ connected: false, problem: 'NOT_AUTHORISED' })
    expect(spool.figures()).toMatchObject({ lastSeq: 1, ackedSeq: 0 })
  })

  it('says nothing of itself to a server that another authority certified', async () => {
    const other = await createAuthority('other', Date.now())
    const { status } = await run(identityOf({ caPem: other.certificatePem }))
    await until('the problem', 20, () => (status().problem === 'TLS_UNTRUSTED' ? true : undefined))
    expect(status().connected).toBe(false)
  })

  it('says nothing of itself to a server without TLS', async () => {
    const { createServer } = await import('node:net')
    const heard: string[] = []
    const plain = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (bytes) => heard.push(bytes.toString()))
      socket.write('INFO {"server_id":"X","version":"2.12.0","proto":1,"headers":true,"max_payload":1048576,"nonce":"abc"}\r\n')
    })
    plain.listen(0, '127.0.0.1')
    await once(plain, 'listening')
    const address = plain.address() as { port: number }
    const { status } = await run(identityOf({ natsServers: [`tls://127.0.0.1:${address.port}`] }))
    await until('the problem', 20, () => (status().problem === 'TLS_MISSING' ? true : undefined))
    expect(heard).toEqual([])
    plain.close()
  })
})
