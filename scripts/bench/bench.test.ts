import { describe, expect, test } from 'vitest'
import { wire } from '@holdfast/proto'
import { quantile, ratios, spread } from './bench.ts'
import { COPIES_ALLOWED, leaversHour, leaversPolicy, WINDOW_MS } from './leavers.ts'
import { deviceBatches, kindAt, MIX } from './workload.ts'

describe('figures', () => {
  test('the median lies between the two middle values of an even number of runs', () => {
    expect(spread([4, 1, 3, 2])).toEqual({ min: 1, median: 2.5, max: 4 })
    expect(spread([9, 1, 5])).toEqual({ min: 1, median: 5, max: 9 })
  })

  test('ratios are taken run by run, so that what slowed both does not count', () => {
    expect(ratios([50, 5], [100, 10])).toEqual({ min: 0.5, median: 0.5, max: 0.5 })
  })

  test('a quantile is a value that was measured', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(quantile(samples, 0.95)).toBe(95)
    expect(quantile(samples, 0.5)).toBe(50)
    expect(quantile([7], 0.99)).toBe(7)
  })
})

describe('workloads', () => {
  test('the mix is whole', () => {
    expect(MIX.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1)
    expect(kindAt(0)).toBe('file_changed')
    expect(kindAt(0.9999)).toBe('security_feature_changed')
  })

  test('the same seed gives the same bytes, another seed others', () => {
    const options = { devices: 3, activities: 300, perBatch: 50, startMs: 1_780_000_000_000 }
    const digest = (seed: number) => Buffer.concat(deviceBatches({ ...options, seed }).map((batch) => batch.payload)).toString('base64')
    expect(digest(5)).toBe(digest(5))
    expect(digest(5)).not.toBe(digest(6))
  })

  test('sequence numbers of a device follow each other without a hole', () => {
    const next = new Map<string, number>()
    for (const { deviceId, payload } of deviceBatches({ seed: 1, devices: 4, activities: 2000, perBatch: 100, startMs: 1_780_000_000_000 })) {
      const batch = wire.ActivityBatch.decode(payload)
      expect(batch.firstSeq).toBe(next.get(deviceId) ?? 1)
      next.set(deviceId, (batch.firstSeq ?? 0) + (batch.activities?.length ?? 0))
    }
    expect([...next.values()]).toEqual([501, 501, 501, 501])
  })

  test('the leavers who must be found are those with too many copies in one window, and nobody else', () => {
    const hour = leaversHour({ seed: 3, activities: 50_000, users: 50, startMs: 1_780_000_000_000 - (1_780_000_000_000 % 86_400_000), perBatch: 100, leaverShare: 0.5 })
    const copies = new Map<string, number>()
    const reached = new Map<string, number>()
    for (const [index, { payload }] of hour.batches.entries()) {
      for (const body of wire.ActivityBatch.decode(payload).activities ?? []) {
        const activity = wire.Activity.decode(body)
        const account = activity.actor?.account ?? ''
        if (activity.fileCopied === undefined || activity.fileCopied === null) continue
        copies.set(account, (copies.get(account) ?? 0) + 1)
        if ((copies.get(account) ?? 0) === COPIES_ALLOWED + 1) reached.set(account, index)
      }
    }
    const over = [...copies].filter(([, count]) => count > COPIES_ALLOWED).map(([account]) => account)
    expect(hour.activities).toBe(50_000)
    expect(hour.over).toBe(over.length)
    expect(hour.expected.size).toBeGreaterThan(0)
    expect(hour.expected.size).toBeLessThan(hour.over)
    expect([...hour.expected.keys()].toSorted()).toEqual(over.filter((account) => hour.leavers.has(account)).toSorted())
    for (const [account, batch] of hour.expected) expect(batch).toBe(reached.get(account))
  })

  test('the rule is a policy that counts copies alone, for the leavers alone', () => {
    const policy = leaversPolicy(new Set(['user0001']), 1_780_000_000_000)
    expect(policy.scope.users).toEqual(['user0001'])
    expect(Object.entries(policy.indicators).filter(([, row]) => row.enabled).map(([id]) => id)).toEqual(['copy_to_removable_media'])
    expect(policy.triggers).toEqual([{ indicator: 'copy_to_removable_media', threshold: COPIES_ALLOWED + 1 }])
    expect(WINDOW_MS).toBe(3_600_000)
  })
})
