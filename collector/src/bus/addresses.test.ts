import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeviceAddress } from './addresses.ts'
import { startTestBus, type TestBus } from './test-bus.ts'

async function until<T>(what: string, probe: () => Promise<T | undefined> | T | undefined, seconds = 20): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ;) {
    const value = await probe()
    if (value !== undefined) return value
    if (Date.now() > end) throw new Error(`waited for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('where devices connect from', { timeout: 60_000 }, () => {
  let test: TestBus
  beforeAll(async () => {
    test = await startTestBus()
  }, 60_000)
  afterAll(() => test.close())

  it('is told of each new connection with the key of its credential, and listed of those that are there', async () => {
    const before = await test.connectDevice('d_before')
    const heard: DeviceAddress[] = []
    test.bus.addresses?.watch((found) => void heard.push(found))
    await until('the subscription to be in force', async () => {
      const probe = await test.connectDevice('d_probe')
      await probe.close()
      return heard.length > 0 ? true : undefined
    })
    const later = await test.connectDevice('d_later')
    const list = async (): Promise<readonly DeviceAddress[]> => {
      const listed: DeviceAddress[] = []
      await test.bus.addresses?.list((one) => void listed.push(one))
      return listed
    }
    // Probes are told of, too, and are gone from the list.
    const [found, listed] = await until('the new connection, told and listed', async () => {
      const there = await list()
      const both = heard.find(({ publicKey }) => there.some((one) => one.publicKey === publicKey))
      return both === undefined ? undefined : ([both, there] as const)
    })
    expect(found).toEqual({ publicKey: expect.stringMatching(/^U[A-Z2-7]{55}$/) as string, address: '127.0.0.1' })
    // The one from before is listed, and was never told of.
    expect(listed.filter(({ publicKey }) => !heard.some((one) => one.publicKey === publicKey)).length).toBeGreaterThanOrEqual(1)
    expect(new Set(listed.map(({ publicKey }) => publicKey)).size).toBe(listed.length)
    expect(listed.every(({ address }) => address === '127.0.0.1')).toBe(true)
    await Promise.all([before.close(), later.close()])
  })
})
