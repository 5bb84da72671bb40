// Where devices connect from is kept while a rule asks, and gone afterwards.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeviceAddress } from '../bus/addresses.ts'
import { buildDevice, MONDAY_MS } from '../testing/builders.ts'
import { openTemporaryStore } from '../testing/temporary-store.ts'
import { type Addresses, createAddresses } from './addresses.ts'
import { type GroupRule, saveGroupRules } from './group-rules.ts'

let temporary: Awaited<ReturnType<typeof openTemporaryStore>>
let addresses: Addresses
let nowMs: number
let connected: DeviceAddress[]
let lists: number
let isDown: boolean
const changed: string[] = []
const watchers: ((found: DeviceAddress) => void)[] = []
const key = (letter: string): string => `U${letter.repeat(55)}`
const network: readonly GroupRule[] = [{ group: 'berlin', network: '10.20.0.0/16' }]
const rules = (list: readonly GroupRule[]) => temporary.store.write((tx) => saveGroupRules(tx, list))
const addressOf = async (id: string) => (await temporary.store.device(id))?.address

beforeEach(async () => {
  temporary = await openTemporaryStore()
  nowMs = MONDAY_MS
  lists = 0
  isDown = false
  changed.length = 0
  watchers.length = 0
  connected = [{ publicKey: key('A'), address: '::ffff:10.20.0.7' }, { publicKey: key('X'), address: '10.0.0.1' }]
  addresses = createAddresses({
    store: temporary.store, now: () => nowMs, onChanged: (id) => void changed.push(id), log: { warn() {} },
    bus: { addresses: { watch: (handle) => void watchers.push(handle), async list(handle) {
      lists += 1
      if (isDown) throw new Error('the broker is away')
      for (const found of connected) handle(found)
    } } },
  })
  await temporary.store.write(async (tx) => {
    await tx.saveDevice(buildDevice({ id: 'd_a', publicKey: key('A'), tags: ['till'] }))
    await tx.saveDevice(buildDevice({ id: 'd_b', hardwareId: 'b', publicKey: key('B') }))
    await tx.saveDevice(buildDevice({ id: 'd_out', hardwareId: 'c', publicKey: key('C'), status: 'revoked' }))
  })
})
afterEach(() => temporary.remove())

describe('while no rule asks for a network', () => {
  it('nobody is asked where devices are, and nothing is kept', async () => {
    await rules([{ group: 'tills', tag: 'till' }])
    await addresses.look()
    expect([lists, await addressOf('d_a')]).toEqual([0, undefined])
  })
  it('what was kept before is taken away, and the rest of the device stays', async () => {
    await rules(network)
    await addresses.look()
    expect(await addressOf('d_a')).toBe('10.20.0.7')
    await rules([])
    await addresses.look()
    expect(await temporary.store.device('d_a')).toEqual(buildDevice({ id: 'd_a', publicKey: key('A'), tags: ['till'] }))
  })
})

describe('while a rule asks', () => {
  beforeEach(() => rules(network))
  it('connections that there are already are found once, and again only after a while', async () => {
    await addresses.look()
    await addresses.look()
    expect([lists, changed, await addressOf('d_a'), await addressOf('d_b')]).toEqual([1, ['d_a'], '10.20.0.7', undefined])
    nowMs += 600_000
    await addresses.look()
    expect([lists, changed]).toEqual([2, ['d_a']])
  })
  it('a new connection is heard of, one that was put out is not kept, and strangers are nobody', async () => {
    const ending = new AbortController()
    addresses.run(ending.signal)
    await addresses.settled()
    for (const [letter, address] of [['B', '10.20.9.9'], ['C', '10.20.9.8'], ['X', '10.20.9.7'], ['B', '10.20.9.10']] as const) for (const watcher of watchers) watcher({ publicKey: key(letter), address })
    await addresses.flush()
    expect([await addressOf('d_b'), await addressOf('d_out'), changed]).toEqual(['10.20.9.10', undefined, ['d_a', 'd_b']])
    ending.abort()
    for (const watcher of watchers) watcher({ publicKey: key('B'), address: '10.20.1.1' })
    await addresses.flush()
    expect(await addressOf('d_b')).toBe('10.20.9.10')
  })
  it('a broker that is away is asked again', async () => {
    isDown = true
    const ending = new AbortController()
    addresses.run(ending.signal)
    await addresses.settled()
    isDown = false
    await addresses.look()
    expect([lists, await addressOf('d_a')]).toEqual([2, '10.20.0.7'])
    ending.abort()
  })
})
