// A device from before a change of permissions: the real broker with the installation's claims, the real fleet and store, and
// the agent's uplink with its identity on the disk.
import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import { readCredential } from '@holdfast/agent/identity/credential.ts'
import { identityPath, loadIdentity, renewCredential, saveIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { openSpool, type Spool } from '@holdfast/agent/spool/spool.ts'
import { connectDevice } from '@holdfast/agent/uplink/connect.ts'
import type { Uplink } from '@holdfast/agent/uplink/contract.ts'
import { createUplink } from '@holdfast/agent/uplink/uplink.ts'
import { activitySubject, downSubject, evidenceSubject, heartbeatSubject, inboxPrefix, policySubject, syncSubject, toWireTimestamp, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PERMISSION_SET } from '../../collector/src/bus/claims.ts'
import { createKey, signClaim } from '../../collector/src/bus/nkeys.ts'
import { startTestBus, type TestBus } from '../../collector/src/bus/test-bus.ts'
import type { Fleet } from '../../collector/src/fleet/contract.ts'
import { createFleet } from '../../collector/src/fleet/fleet.ts'
import { openSqliteStore } from '../../collector/src/store/sqlite/sqlite-store.ts'
import type { Store } from '../../collector/src/store/store.ts'
import { until } from '../support/processes.ts'

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const DEVICE = 'd_of_last_year'
const YEAR_SECS = 365 * 86_400

let folder: string
let test: TestBus
let store: Store
let fleet: Fleet
let identity: Identity
let warnings: string[]
const closers: (() => Promise<unknown>)[] = []

/** As the credential was before there were versions and evidence. */
const claimOf = (publicKey: string, issuedAt: number, more: Readonly<Record<string, unknown>> = {}, expiresAt?: number): string => signClaim({
  issuer: test.keyring.account, subject: publicKey, name: DEVICE, issuedAt, ...(expiresAt === undefined ? {} : { expiresAt }),
  nats: { type: 'user', subs: 16, data: -1, payload: 1024 * 1024, pub: { allow: [activitySubject(DEVICE), heartbeatSubject(DEVICE), syncSubject(DEVICE)] }, sub: { allow: [downSubject(DEVICE), policySubject('default'), `${inboxPrefix(DEVICE)}.>`] }, ...more },
})
const kept = () => loadIdentity(join(folder, 'agent'))
const nowSecs = () => Math.floor(Date.now() / 1000)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-renewal-'))
  test = await startTestBus()
  test.bus.onEvidence(() => Promise.resolve(Uint8Array.of(7)))
  store = await openSqliteStore({ path: join(folder, 'holdfast.db') })
  fleet = createFleet({ store, bus: test.bus, policyKey: generateKeyPairSync('ed25519').privateKey, organisation: 'example', caPem: test.caPem, now: Date.now, log: quiet })
  const key = createKey('user')
  await store.write((tx) => tx.saveDevice({ id: DEVICE, hostname: 'laptop', os: 'linux', group: 'default', hardwareId: 'ab'.repeat(32), publicKey: key.publicKey, status: 'active', enrolledAtMs: Date.now() - YEAR_SECS * 1000 }))
  identity = {
    deviceId: DEVICE, group: 'default', organisation: 'example', collectorUrl: 'https://localhost:1', natsServers: [test.url], seed: key.seed, publicKey: key.publicKey,
    jwt: claimOf(key.publicKey, nowSecs() - YEAR_SECS), caPem: test.caPem, policyKeys: [],
  }
  await mkdir(join(folder, 'agent'), { mode: 0o700 })
  await saveIdentity(join(folder, 'agent'), identity)
  warnings = []
})
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
  await fleet.flush()
  await store.close()
  await test.close()
  await rm(folder, { recursive: true, force: true })
})

function startFleet(): void {
  const ending = new AbortController()
  fleet.start(ending.signal)
  closers.push(async () => ending.abort())
}

interface AgentOptions {
  readonly connects?: string[]
  /** Goes wrong before a connection is opened. */
  readonly onConnect?: (as: Identity) => void
  readonly keep?: (before: Identity, jwt: string) => Promise<unknown>
}
async function startAgent(options: AgentOptions = {}): Promise<Uplink & { readonly spool: Spool }> {
  const spool = await openSpool({ folder: join(folder, 'spool'), maxBytes: 1e8, now: Date.now, log: quiet })
  const stop = new AbortController()
  const uplink = createUplink({
    identity: await kept(), spool, heartbeat: () => Promise.resolve({ sentAt: toWireTimestamp(Date.now()), hostname: 'laptop' }), heartbeatIntervalSecs: () => 60, policyState: () => ({ hash: '', version: 0 }), onPolicy: () => Promise.resolve(),
    keepCredential: options.keep ?? ((before, jwt) => renewCredential(join(folder, 'agent'), before, jwt)), now: Date.now, random: () => 0.01,
    log: { ...quiet, warn: (_context, message) => void warnings.push(message) },
  }, {
    connect: async (server, as) => {
      options.connects?.push(as.jwt)
      options.onConnect?.(as)
      return connectDevice(as, server)
    },
    timings: { firstAnswerMs: 500, syncMs: 200, ackTimeoutMs: 500, tickMs: 20 },
  })
  const running = uplink.run(stop.signal)
  closers.push(async () => {
    stop.abort()
    await running
    await spool.close()
  })
  return { ...uplink, spool }
}

/** What a device gets for a copy of a file that it offers: the answer, or nothing. */
async function offerEvidence(as: Identity): Promise<number | undefined> {
  const connection = await connectDevice(as, test.url)
  try {
    return (await connection.request(evidenceSubject(DEVICE), Uint8Array.of(1), { timeout: 1500 })).data[0]
  } catch {
    // The broker refuses it without an answer.
    return undefined
  } finally {
    await connection.close()
  }
}

describe('a device that was enrolled before copies of files had a subject', () => {
  it('gets the permission with its next heartbeat, keeps its key, its id and its row, and needs nothing a second time', async () => {
    expect(await offerEvidence(identity)).toBeUndefined()
    startFleet()
    const connects: string[] = []
    const uplink = await startAgent({ connects })
    const renewed = await until('the renewed credential', 20, async () => ((await kept()).jwt === identity.jwt ? undefined : kept()))
    expect(renewed).toEqual({ ...identity, jwt: renewed.jwt })
    expect(readCredential(renewed.jwt)).toMatchObject({ deviceId: DEVICE, publicKey: identity.publicKey, permissionSet: PERMISSION_SET })
    expect((await stat(identityPath(join(folder, 'agent')))).mode & 0o777).toBe(0o600)
    await until('the report over the new connection', 20, async () => {
      await fleet.flush()
      return (await store.device(DEVICE))?.report?.permissionSet === PERMISSION_SET ? true : undefined
    })
    expect(await offerEvidence(renewed)).toBe(7)
    expect(uplink.status()).toMatchObject({ connected: true, problem: '' })
    // The first connection, the trial, and the one that stays.
    expect(connects).toEqual([identity.jwt, renewed.jwt, renewed.jwt])
    const { report: _, lastSeenAtMs: __, ...device } = (await store.device(DEVICE)) ?? {}
    expect(device).toMatchObject({ id: DEVICE, publicKey: identity.publicKey, hardwareId: 'ab'.repeat(32), status: 'active' })
    expect(await store.enrolmentCodes()).toEqual([])
  })

  it('sends what waits in its spool over the change without a loss', async () => {
    const agent = await startAgent()
    const arrived = new Set<number>()
    const ending = new AbortController()
    const consuming = test.bus.consumeActivity(async (messages) => {
      for (const message of messages) {
        const { firstSeq, activities } = wire.ActivityBatch.decode(message.data)
        activities.forEach((_, index) => arrived.add(firstSeq + index))
        message.ack()
      }
    }, ending.signal)
    startFleet()
    agent.beat()
    let last = 0
    await until('the renewed credential', 20, async () => {
      last = await agent.spool.append(Uint8Array.of(1, 2, 3))
      return (await kept()).jwt === identity.jwt ? undefined : true
    })
    for (let more = 0; more < 50; more += 1) last = await agent.spool.append(Uint8Array.of(4, 5, 6))
    await until('everything to arrive', 20, () => (arrived.size === last ? true : undefined))
    ending.abort()
    await consuming
    expect(Math.max(...arrived)).toBe(last)
    expect(agent.status()).toMatchObject({ connected: true, problem: '' })
  })

  it('takes neither a garbled one, nor one that the broker refuses, nor one of another account, and its connection goes on', async () => {
    const connects: string[] = []
    const uplink = await startAgent({ connects })
    await until('the connection', 20, () => (uplink.status().connected ? true : undefined))
    const before = await readFile(identityPath(join(folder, 'agent')), 'utf8')
    const push = (jwt: string) => test.bus.publishDown(DEVICE, wire.Down.encode({ credential: { jwt } }).finish())
    const expired = claimOf(identity.publicKey, nowSecs(), {}, nowSecs() - 10)
    const offers = ['', 'a.b.c', claimOf(createKey('user').publicKey, nowSecs()), claimOf(identity.publicKey, nowSecs() - YEAR_SECS - 1), signClaim({ issuer: createKey('account'), subject: identity.publicKey, name: DEVICE, issuedAt: nowSecs(), nats: { type: 'user' } }), expired]
    for (const [index, jwt] of offers.entries()) {
      await until('no other one being looked at', 20, () => (warnings.length === index ? true : undefined))
      push(jwt)
      await until(`the refusal of offer ${index}`, 20, () => (warnings.length > index ? true : undefined))
    }
    test.bus.publishDown(DEVICE, Uint8Array.of(0x22, 0xff, 0xff, 0xff))
    await until('the word about what cannot be read', 20, () => (warnings.length > offers.length ? true : undefined))
    expect(await readFile(identityPath(join(folder, 'agent')), 'utf8')).toBe(before)
    expect(connects).toEqual([identity.jwt, expired])
    expect(uplink.status()).toMatchObject({ connected: true, problem: '' })
  })

  it.each(['the network fails while it is tried', 'the disk does not take it'])('stays with the one that it has when %s, and takes the next', async (what) => {
    let fails = true
    const agent = await startAgent(what.startsWith('the network') ? {
      onConnect: (as) => {
        if (fails && as.jwt !== identity.jwt) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
      },
    } : { keep: (before, jwt) => (fails ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) : renewCredential(join(folder, 'agent'), before, jwt)) })
    await until('the connection', 20, () => (agent.status().connected ? true : undefined))
    const push = (jwt: string | undefined) => test.bus.publishDown(DEVICE, wire.Down.encode({ credential: { jwt: jwt ?? '' } }).finish())
    const renewed = test.bus.renewedCredential({ id: DEVICE, group: 'default', publicKey: identity.publicKey }, Date.now() - 60_000)
    push(renewed)
    await until('the word about it', 20, () => (warnings.length === 1 ? true : undefined))
    expect([await kept(), agent.status().connected]).toEqual([identity, true])
    fails = false
    push(renewed)
    await until('the renewed credential', 20, async () => ((await kept()).jwt === renewed ? true : undefined))
    expect(await kept()).toEqual({ ...identity, jwt: renewed })
  })

  it('gets none when it was revoked, and one that was made before the revocation opens nothing', async () => {
    const early = test.bus.renewedCredential({ id: DEVICE, group: 'default', publicKey: identity.publicKey }, Date.now() - 60_000)
    await store.write((tx) => fleet.revoke(tx, DEVICE))
    await fleet.cutOff(identity.publicKey)
    expect(test.bus.renewedCredential({ id: DEVICE, group: 'default', publicKey: identity.publicKey }, Date.now() - 60_000)).toBeUndefined()
    startFleet()
    const uplink = await startAgent()
    await until('the refusal', 20, () => (uplink.status().problem === 'NOT_AUTHORISED' ? true : undefined))
    expect((await kept()).jwt).toBe(identity.jwt)
    await expect(connectDevice({ ...identity, jwt: early ?? '' }, test.url)).rejects.toMatchObject({ code: 'AUTHORIZATION_VIOLATION' })
  })
})
