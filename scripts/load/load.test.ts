import { describe, expect, test } from 'vitest'
import { wire } from '@holdfast/proto'
import { readLoadArguments } from './arguments.ts'
import { createMemorySpool } from './memory-spool.ts'
import { expectedPerSec, MIXED, parseMix, PROFILE_NAMES, profileOf, profiles, turnsOf } from './profiles.ts'

const bytes = (size: number): Uint8Array => new Uint8Array(size).fill(7)
const spoolOf = (maxBytes = 1_000_000, onCommitted: (ms: number) => void = () => undefined) => createMemorySpool({ maxBytes, now: () => 0, onCommitted })

describe('the spool of a simulated device', () => {
  test('numbers begin at 1, follow each other, and are read again until a watermark covers them', async () => {
    const spool = spoolOf()
    for (let seq = 1; seq <= 5; seq += 1) expect(await spool.append(bytes(seq))).toBe(seq)
    const limits = { maxActivities: 3, maxBytes: 1000 }
    expect((await spool.read(2, limits))?.activities.map(({ length }) => length)).toEqual([2, 3, 4])
    await spool.trim(spool.epoch, 3)
    expect(await spool.read(1, limits)).toMatchObject({ firstSeq: 4, activities: [bytes(4), bytes(5)] })
    expect(spool.figures()).toMatchObject({ firstHeldSeq: 4, lastSeq: 5, ackedSeq: 3, bytes: 9 })
  })

  test('a batch holds no more bytes than asked for, but always one activity', async () => {
    const spool = spoolOf()
    for (let index = 0; index < 4; index += 1) await spool.append(bytes(100))
    expect((await spool.read(1, { maxActivities: 10, maxBytes: 250 }))?.activities.length).toBe(2)
    expect((await spool.read(1, { maxActivities: 10, maxBytes: 10 }))?.activities.length).toBe(1)
  })

  test('a watermark of another epoch, or one that is known already, deletes nothing', async () => {
    const spool = spoolOf()
    await spool.append(bytes(1))
    await spool.trim('f'.repeat(32), 1)
    await spool.trim(spool.epoch, 0)
    expect(spool.waiting).toBe(1)
  })

  test('it says that it is full, and is not after a watermark', async () => {
    const spool = spoolOf(150)
    await spool.append(bytes(100))
    expect(spool.isFull).toBe(false)
    await spool.append(bytes(100))
    expect(spool.isFull).toBe(true)
    await spool.trim(spool.epoch, 2)
    expect(spool.isFull).toBe(false)
  })

  test('whoever waits is woken by the next append, and by the end', async () => {
    const spool = spoolOf()
    const end = new AbortController()
    const first = spool.waitBeyond(0, end.signal)
    await spool.append(bytes(1))
    await first
    const second = spool.waitBeyond(1, end.signal)
    end.abort()
    await expect(second).resolves.toBeUndefined()
  })
})

describe('what the devices do', () => {
  test('the same seed gives the same activities, another device others', () => {
    const first = (index: number) => {
      const turns = turnsOf(5, index, 'office', 1)
      return JSON.stringify(Array.from({ length: 30 }, () => turns.next().value))
    }
    expect(first(3)).toBe(first(3))
    expect(first(3)).not.toBe(first(4))
  })

  test.each(PROFILE_NAMES)('a device of the profile %s keeps its rate on average, and everything it does can be sent', (name) => {
    const turns = turnsOf(1, 1, name, 1)
    let [count, ms] = [0, 0]
    while (ms < 40 * 60_000 || count < 400) {
      const { value } = turns.next()
      ms += value.waitMs
      count += value.happenings.length
      for (const { message } of value.happenings.slice(0, 2)) expect(wire.Activity.decode(wire.Activity.encode(message as wire.Activity.$Properties).finish()).detail).toBe(message.detail)
    }
    const perMinute = (count * 60_000) / ms
    expect(perMinute).toBeGreaterThan(profiles[name].perMinute / 3)
    expect(perMinute).toBeLessThan(profiles[name].perMinute * 3)
  })

  test('a storm comes as thousands of files within seconds', () => {
    const turns = turnsOf(1, 2, 'storm', 1)
    turns.next()
    let [count, ms] = [0, 0]
    for (let turn = 0; turn < 20; turn += 1) {
      const { value } = turns.next()
      count += value.happenings.length
      ms += value.waitMs
    }
    expect(count).toBe(3000)
    expect(ms).toBeLessThanOrEqual(2000)
  })

  test('every part of the fleet has the shares of the mix', () => {
    for (const [first, devices] of [[0, 1000], [2000, 1000]] as const) {
      const counts = Object.groupBy(Array.from({ length: devices }, (_, index) => profileOf(first + index, MIXED)), (name) => name)
      expect(Math.abs((counts.office?.length ?? 0) - 700)).toBeLessThan(10)
      expect(Math.abs((counts.build?.length ?? 0) - 30)).toBeLessThan(6)
    }
    expect(expectedPerSec(60, { office: 1 }, 2)).toBe(8)
  })
})

describe('what is asked for', () => {
  test('weights are read, and what nobody knows is refused with a sentence', () => {
    expect(parseMix('office=3,storm')).toEqual({ office: 3, storm: 1 })
    expect(() => parseMix('offices')).toThrow('--profile takes')
    expect(() => readLoadArguments(['--devices', '0'])).toThrow('--devices takes a whole number from 1 to 20000')
    expect(() => readLoadArguments(['--offline', '2'])).toThrow('--offline takes a number from 0 to 1')
    expect(() => readLoadArguments(['--collector', 'https://c.example.com'])).toThrow('belong together')
    expect(readLoadArguments(['--help'])).toBe('help')
    expect(readLoadArguments(['--devices', '5000', '--profile', 'office', '--herd', '10'])).toMatchObject({ devices: 5000, mix: { office: 1 }, herdSecs: 10, pace: 1, spoolBytes: 4_194_304 })
  })
})
