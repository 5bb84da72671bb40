import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MAX_PACKAGE_PIECE_BYTES, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../audit/chain.ts'
import type { AgentUpgrade } from '../domain/rollout/upgrade.ts'
import type { NewOrder } from '../fleet/orders.ts'
import type { Store } from '../store/store.ts'
import { reportOf } from '../testing/agent-packages-contract.ts'
import { buildDevice, MONDAY_MS } from '../testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { receivePiece, registerPackage, releaseKeys, removePackage, trustReleaseKey } from './packages.ts'
import { createPieceServer } from './pieces.ts'
import { openPackageShelf, type PackageShelf } from './shelf.ts'
import { createUpgrades, type Upgrades } from './upgrades.ts'

const INA: Actor = { id: 'a_1', name: 'ina' }
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const pem = publicKey.export({ format: 'pem', type: 'spki' }) as string
const log = { info() {}, error() {} }

let temporary: TemporaryStore
let store: Store
let folder: string
let shelf: PackageShelf
let nowMs: number

function release(version: string, content: Buffer, over: Readonly<Record<string, unknown>> = {}, key = privateKey) {
  const descriptor = Buffer.from(JSON.stringify({ format: 1, product: 'holdfast-agent', version, platform: 'linux-x64', file: 'x', sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex'), ...over }))
  return { descriptor, signature: sign(null, descriptor, key), content }
}
const register = (given: { readonly descriptor: Buffer; readonly signature: Buffer }) => store.write((tx) => registerPackage(tx, given, INA, nowMs))
async function add(version: string, bytes = 300_000) {
  const given = release(version, Buffer.alloc(bytes, version))
  const found = await register(given)
  expect(await receivePiece(shelf, found, 0, given.content)).toBe(bytes)
  const whole = { ...found, isWhole: true }
  await store.write((tx) => tx.saveAgentPackage(whole))
  return whole
}
const code = (error: unknown): string => (error as { code?: string }).code ?? String(error)
const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'taken', code)

beforeEach(async () => {
  temporary = await openTemporaryStore()
  store = temporary.store
  folder = await mkdtemp(join(tmpdir(), 'holdfast-packages-'))
  shelf = await openPackageShelf(join(folder, 'agent-packages'))
  nowMs = MONDAY_MS
  await store.write(async (tx) => {
    const key = await trustReleaseKey(tx, pem, INA, nowMs)
    for (let index = 0; index < 4; index += 1) {
      await tx.saveDevice(buildDevice({ id: `d_${index}`, hostname: `ws-${index}`, hardwareId: `h${index}`, publicKey: `U${index}` }))
      await tx.saveReport(`d_${index}`, reportOf({ keyId: key.keyId }))
    }
  })
})
afterEach(async () => {
  await temporary.remove()
  await rm(folder, { recursive: true, force: true })
})

describe('a release is taken', () => {
  it('when a trusted key signed what is said about it, and what came has that sum', async () => {
    const given = release('1.1.0', Buffer.alloc(5000, 1))
    const found = await register(given)
    expect(await receivePiece(shelf, found, 0, given.content.subarray(0, 3000))).toBe(3000)
    expect(await refusal(receivePiece(shelf, found, 0, given.content.subarray(0, 10)))).toBe('AGENT_PACKAGE_OFFSET')
    expect(await receivePiece(shelf, found, 3000, given.content.subarray(3000))).toBe(5000)
    expect([await shelf.has(found.id), Buffer.from((await shelf.read(found.id, 4990, 100)) ?? []).length]).toEqual([true, 10])
    expect((await stat(join(folder, 'agent-packages', `${found.id}.tar.gz`))).mode & 0o777).toBe(0o600)
    expect(await register(given)).toEqual(found)
  })

  it.each([
    ['another key', () => release('1.1.0', Buffer.alloc(9), {}, generateKeyPairSync('ed25519').privateKey), 'AGENT_PACKAGE_SIGNATURE'],
    ['an altered descriptor', () => ({ ...release('1.1.0', Buffer.alloc(9)), descriptor: Buffer.from('{"format":1}') }), 'AGENT_PACKAGE_SIGNATURE'],
    ['a signature of another length', () => ({ ...release('1.1.0', Buffer.alloc(9)), signature: Buffer.alloc(3) }), 'AGENT_PACKAGE_SIGNATURE'],
    ['another product', () => release('1.1.0', Buffer.alloc(9), { product: 'holdfast-collector' }), 'AGENT_PACKAGE_UNREADABLE'],
    ['a version that climbs', () => release('../1', Buffer.alloc(9)), 'AGENT_PACKAGE_UNREADABLE'],
    ['more than a device takes', () => release('1.1.0', Buffer.alloc(9), { sizeBytes: 2 ** 31 }), 'AGENT_PACKAGE_UNREADABLE'],
  ])('but not one of %s', async (_name, make, expected) => {
    expect(await refusal(register(make()))).toBe(expected)
    expect(await store.agentPackages()).toEqual([])
  })

  it('but nothing of it is kept when what came is not what was signed', async () => {
    const given = release('1.1.0', Buffer.alloc(5000, 1))
    const found = await register(given)
    expect(await refusal(receivePiece(shelf, found, 0, Buffer.alloc(5000, 2)))).toBe('AGENT_PACKAGE_DAMAGED')
    expect(await refusal(receivePiece(shelf, found, 0, Buffer.alloc(5001, 1)))).toBe('AGENT_PACKAGE_DAMAGED')
    expect([await shelf.received(found.id), await shelf.has(found.id)]).toEqual([0, false])
  })

  it('and a part that a crash tore is found out by its sum, and can be sent anew', async () => {
    const given = release('1.1.0', Buffer.alloc(5000, 1))
    const found = await register(given)
    await receivePiece(shelf, found, 0, given.content.subarray(0, 3000))
    const part = join(folder, 'agent-packages/incoming', `${found.id}.part`)
    await truncate(part, 2000)
    await writeFile(part, Buffer.alloc(3000))
    expect(await refusal(receivePiece(shelf, found, 3000, given.content.subarray(3000)))).toBe('AGENT_PACKAGE_DAMAGED')
    expect(await receivePiece(shelf, found, 0, given.content)).toBe(5000)
  })

  it('and one version for one platform is one release', async () => {
    await register(release('1.1.0', Buffer.alloc(9)))
    expect(await refusal(register(release('1.1.0', Buffer.alloc(10))))).toBe('AGENT_PACKAGE_REFUSED')
  })

  it('and a key is named by its content; a private one is none', async () => {
    const other = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
    expect(await refusal(store.write((tx) => trustReleaseKey(tx, other, INA, nowMs)))).toBe('AGENT_PACKAGE_UNREADABLE')
    await store.write((tx) => trustReleaseKey(tx, pem, INA, nowMs))
    expect(await releaseKeys(store)).toHaveLength(1)
  })
})

describe('roll-outs of a version', () => {
  let sent: NewOrder[] = []
  let upgrades: Upgrades
  let last: AgentUpgrade
  const plan = { ringPercents: [25, 100], soakSecs: 0 }
  const start = () => {
    upgrades = createUpgrades({ store, orders: { send: (order) => void sent.push(order) }, now: () => nowMs, onChanged: (upgrade) => (last = upgrade), log })
  }
  const begin = async (version = '1.1.0', over = {}) => {
    await add(version)
    last = await store.write((tx) => upgrades.start(tx, { group: 'default', version, plan: { ...plan, ...over } }, INA))
    await settle()
  }
  /** Looks until nothing changes. */
  const settle = async () => {
    for (let turn = 0; turn < 6; turn += 1) await upgrades.look()
  }
  const told = (): readonly string[] => sent.splice(0).map(({ deviceId }) => deviceId).toSorted()
  const hear = async (deviceId: string, over: Parameters<typeof reportOf>[0], version = '1.0.0') => {
    const keyId = (await releaseKeys(store))[0]?.keyId ?? ''
    await store.write((tx) => tx.saveReport(deviceId, reportOf({ keyId, ...over }, version, nowMs)))
  }
  const runs = (deviceId: string) => hear(deviceId, { offer: last.to.version, state: 'confirmed' }, last.agentVersion)
  beforeEach(() => {
    sent = []
    start()
  })

  it('go ring by ring, and each device gets a signed order with the release of its platform', async () => {
    await begin()
    const [order] = sent
    const [first = ''] = told()
    expect(order?.order.upgrade).toMatchObject({ offer: last.to.version, descriptor: Buffer.from((await store.agentPackages())[0]?.descriptor ?? '', 'base64') })
    await runs(first)
    await settle()
    const others = told()
    expect(others).toHaveLength(3)
    for (const id of others) await runs(id)
    await settle()
    expect(last.state).toBe('completed')
    expect((await store.auditEntries({ limit: 50 })).items.map(({ action }) => action).filter((action) => action.startsWith('agent_upgrade.')).toSorted()).toEqual(['agent_upgrade.completed', 'agent_upgrade.ring', 'agent_upgrade.ring', 'agent_upgrade.started'])
  })

  it('stop by themselves when a device returned, tell administrators, and reach nobody else', async () => {
    await begin()
    const [first = ''] = told()
    await hear(first, { offer: last.to.version, state: 'returned', reason: 'RETURNED_NOT_RUNNING' })
    await settle()
    expect(last).toMatchObject({ state: 'halted', halt: { rule: 'failed', deviceIds: [first] } })
    expect(told()).toEqual([])
    expect((await store.openFleetNotice(`agent_upgrade:${last.id}`))?.kind).toBe('upgrade_halted')
  })

  it('are taken back by an order to leave the version, to exactly those that have moved', async () => {
    await begin()
    const [first = ''] = told()
    await runs(first)
    await settle()
    const all = [first, ...told()].toSorted()
    const { upgrade, tell } = await store.write((tx) => upgrades.rollBack(tx, last.id, INA))
    await upgrades.settle(upgrade, tell)
    expect(sent.map(({ order }) => order.upgrade)).toEqual(all.map(() => ({ offer: last.to.version + 1, leave: '1.1.0' })))
    expect(told()).toEqual(all)
    await hear(first, { offer: last.to.version + 1, state: 'returned' }, '1.0.0')
    await settle()
    expect(last.state).toBe('rolled_back')
  })

  it('take back by themselves what failed, where the plan says so', async () => {
    await begin('1.1.0', { onHalt: 'roll_back' })
    const [first = ''] = told()
    await hear(first, { offer: last.to.version, state: 'refused', reason: 'UPGRADE_UNREADABLE' })
    await settle()
    expect(['rolling_back', 'rolled_back']).toContain(last.state)
  })

  it('go on after a restart with the same orders, so that nobody takes one twice', async () => {
    await begin()
    const before = sent.splice(0).map(({ id }) => id)
    start()
    const ending = new AbortController()
    const running = upgrades.run(ending.signal)
    for (let tries = 0; sent.length === 0 && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20))
    ending.abort()
    await running
    expect(sent.map(({ id }) => id)).toEqual(before)
  })

  it('bring a device along that comes later, also after everybody had it', async () => {
    await begin('1.1.0', { ringPercents: [100] })
    for (const id of told()) await runs(id)
    await settle()
    expect(last.state).toBe('completed')
    const keyId = (await releaseKeys(store))[0]?.keyId ?? ''
    await store.write(async (tx) => {
      await tx.saveDevice(buildDevice({ id: 'd_new', hostname: 'new', hardwareId: 'new', publicKey: 'Unew' }))
      await tx.saveReport('d_new', reportOf({ keyId }))
    })
    await settle()
    expect(told()).toEqual(['d_new'])
  })

  it('are refused for a version that is not here, that nobody can take, or that is on its way already', async () => {
    const refused = (version: string, group = 'default') => refusal(store.write((tx) => upgrades.start(tx, { group, version }, INA)))
    expect(await refused('9.9.9')).toBe('UPGRADE_REFUSED')
    await begin()
    expect(await refused('1.1.0')).toBe('UPGRADE_REFUSED')
    await add('0.9.0')
    expect(await refused('0.9.0')).toBe('UPGRADE_REFUSED')
    expect(await refused('1.1.0', 'empty')).toBe('UPGRADE_REFUSED')
    expect(await refusal(store.write(async (tx) => removePackage(tx, (await tx.agentPackages()).find(({ version }) => version === '1.1.0')?.id ?? '', INA, nowMs)))).toBe('AGENT_PACKAGE_REFUSED')
  })

  it('of a later version take the place of one that is under way', async () => {
    await begin()
    const before = last.id
    await begin('1.2.0')
    expect((await store.agentUpgrade(before))?.state).toBe('superseded')
    expect(last.to.version).toBeGreaterThan(2)
  })

  describe('and pieces of the release', () => {
    const bytesPerSec = 4 * MAX_PACKAGE_PIECE_BYTES
    let clock = 0
    const ask = async (deviceId: string, sha256: string, offset = 0, server = createPieceServer({ store, shelf, steady: () => clock, bytesPerSec, log })) => {
      const answer = await server.handle({ deviceId, data: wire.PackageRequest.encode({ sha256, offset }).finish() })
      return answer === undefined ? undefined : wire.PackagePiece.decode(answer)
    }
    it('go to who was offered it, as long as that goes on', async () => {
      await begin()
      const id = (await store.agentPackages())[0]?.id ?? ''
      const [first = ''] = told()
      const other = ['d_0', 'd_1', 'd_2', 'd_3'].find((one) => one !== first) ?? ''
      expect((await ask(first, id))?.data.length).toBe(MAX_PACKAGE_PIECE_BYTES)
      expect((await ask(first, id, MAX_PACKAGE_PIECE_BYTES))?.data.length).toBe(300_000 - MAX_PACKAGE_PIECE_BYTES)
      expect(await ask(other, id)).toMatchObject({ refused: 'NOT_OFFERED' })
      expect(await ask(first, '0'.repeat(64))).toMatchObject({ refused: 'NOT_OFFERED' })
      expect(await ask(first, 'x')).toMatchObject({ refused: 'REQUEST_UNFIT' })
      await store.write((tx) => upgrades.pause(tx, last.id, INA))
      expect(await ask(first, id)).toMatchObject({ refused: 'PAUSED', retryAfterSecs: 60 })
      await shelf.remove(id)
      await store.write((tx) => upgrades.resume(tx, last.id, INA))
      expect(await ask(first, id)).toMatchObject({ refused: 'PACKAGE_MISSING' })
    })
    it('come at the rate of the configuration, and whoever comes too soon is told when to come', async () => {
      await begin()
      const id = (await store.agentPackages())[0]?.id ?? ''
      const [first = ''] = told()
      const server = createPieceServer({ store, shelf, steady: () => clock, bytesPerSec, log })
      const answers: string[] = []
      for (let turn = 0; turn < 10; turn += 1) answers.push((await ask(first, id, 0, server))?.refused ?? '?')
      expect(answers).toEqual([...Array.from({ length: 8 }, () => ''), 'BUSY', 'BUSY'])
      clock += 1000
      expect((await ask(first, id, 0, server))?.refused).toBe('')
    })
    it('are not given for what is no request', async () => {
      const server = createPieceServer({ store, shelf, steady: () => clock, bytesPerSec, log })
      expect(await server.handle({ deviceId: 'd_0', data: Buffer.alloc(2000) })).toBeUndefined()
      expect(await server.handle({ deviceId: 'd_0', data: Buffer.from([0xff, 0xff]) })).toBeUndefined()
    })
  })
})
