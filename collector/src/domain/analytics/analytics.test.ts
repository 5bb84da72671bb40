import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPolicyInput } from '../policies/policy-document.ts'
import { toPolicy } from '../policies/policy-document.ts'
import { indicators } from '../risk/indicators.ts'
import { analyse, anonymous, type BusiestUser, quickPolicy, recommendThresholds, roundUp, SHARE_OVER, SMALL_GROUP } from './analytics.ts'
import { thresholdData } from './threshold-data.ts'

const user = (amounts: BusiestUser['amounts'] = [], over: Partial<BusiestUser> = {}): BusiestUser => ({ amounts, leaving: false, stressed: false, priority: false, ...over })
const many = (count: number, make: (index: number) => BusiestUser): readonly BusiestUser[] => Array.from({ length: count }, (_, index) => make(index))

describe('nobody can be found in analytics', () => {
  test.each([[0, { users: 0, share: 0 }], [1, { fewerThan: 10 }], [9, { fewerThan: 10 }], [10, { users: 10, share: 0.1 }]] as const)('%i of 100', (count, told) => {
    expect(anonymous(count, 100)).toEqual(told)
  })
  test('an organisation of a handful is not told at all', () => {
    expect(anonymous(0, SMALL_GROUP - 1)).toEqual({ fewerThan: 10 })
  })
  test('an indicator of a small group stands nowhere, not even in the order of the others', () => {
    const found = analyse([...many(50, () => user([['browser_upload', 1000]])), ...many(9, () => user([['copy_to_removable_media', 1000]]))])
    expect(found.topIndicators.map((row) => row.indicator)).toEqual(['browser_upload'])
    expect(JSON.stringify(found.kinds)).not.toMatch(/"users":[1-9]\b/)
  })
})

describe('analytics', () => {
  test('names the kind of risk that is large enough to tell, and leavers before everybody', () => {
    const found = analyse([...many(100, () => user()), ...many(40, () => user([['browser_upload', 1000]])), ...many(12, () => user([['copy_to_removable_media', 500]], { leaving: true }))])
    expect(found.kinds.find((row) => row.kind === 'exfiltration')?.over).toEqual({ users: 52, share: 0.342 })
    expect(found.kinds.find((row) => row.kind === 'leaks_by_leaving_users')?.over).toEqual({ users: 12, share: 0.079 })
    expect(found.recommended.template).toBe('data_theft_by_departing_users')
  })
  test('of nothing recommends the widest net and no thresholds', () => {
    expect(analyse([]).recommended).toMatchObject({ template: 'data_leaks', thresholds: {} })
  })
})

describe('recommended thresholds', () => {
  const all = new Set(Object.keys(indicators))
  test('leave the published defaults alone where few are over them', () => {
    const found = recommendThresholds([...many(99, () => user([['browser_upload', 2]])), user([['browser_upload', 500]])], all)
    expect(found?.thresholds['browser_upload']).toEqual(indicators.browser_upload.thresholds)
    expect(found?.over).toBe(1)
  })
  test('are not made of a handful of users', () => {
    expect(recommendThresholds(many(29, () => user([['browser_upload', 500]])), all)).toBeUndefined()
  })
  test('let no more than three of a hundred users over any of them, and keep low, medium and high apart', () => {
    const amounts = fc.array(fc.tuple(fc.constantFrom('browser_upload', 'copy_to_removable_media', 'volume_to_removable_media', 'file_printed', 'file_deleted'), fc.integer({ min: 1, max: 10 ** 9 })), { maxLength: 5 })
    fc.assert(fc.property(fc.array(amounts, { minLength: 30, maxLength: 200 }), (lists) => {
      const users = lists.map((list) => user([...new Map(list)]))
      const found = recommendThresholds(users, all)
      expect(found?.over).toBeLessThanOrEqual(SHARE_OVER * users.length)
      for (const [id, thresholds] of Object.entries(found?.thresholds ?? {})) {
        expect(thresholds.low).toBeGreaterThanOrEqual(indicators[id as keyof typeof indicators].thresholds.low)
        expect(thresholds.low <= thresholds.medium && thresholds.medium <= thresholds.high).toBe(true)
      }
    }), { numRuns: 60, examples: [[[...Array.from({ length: 29 }, () => []), [['volume_to_removable_media', 10 ** 9]]]]] })
  })
  test.each([[1, 1], [10, 10], [10.2, 11], [11, 11], [137, 140], [1_234_567, 1_300_000]])('%d is written as %d', (amount, written) => {
    expect(roundUp(amount)).toBe(written)
  })
})

describe('a quick policy', () => {
  const users = many(200, (index) => user([['browser_upload', index]]))
  test.each(['data_leaks', 'departing_users'] as const)('%s is a document that can be applied', (kind) => {
    expect(checkPolicyInput(quickPolicy(kind, users, 'Quick'))).toEqual([])
  })
  test('reaches what the threshold editor says of it', () => {
    const policy = toPolicy(quickPolicy('data_leaks', users, 'Quick'), 'p_1', 0)
    const data = thresholdData(policy, users)
    expect(data.over).toBeLessThanOrEqual(SHARE_OVER * users.length)
    expect(data.indicators.find((row) => row.indicator === 'browser_upload')).toMatchObject({ largest: 199, usual: 189 })
  })
})

describe('threshold data', () => {
  test('counts users over each number as it stands in the editor, and those over any only once', () => {
    const policy = toPolicy({ name: 'x', template: 'data_leaks', indicators: { browser_upload: { thresholds: { low: 10, medium: 20, high: 30 } }, file_printed: false } }, 'p_1', 0)
    const data = thresholdData(policy, [user([['browser_upload', 9]]), user([['browser_upload', 10], ['copy_to_removable_media', 1000]]), user([['browser_upload', 25]]), user([['browser_upload', 30]]), user([['file_printed', 1000]])])
    expect(data.indicators.find((row) => row.indicator === 'browser_upload')).toMatchObject({ low: 3, medium: 2, high: 1, largest: 30, usual: 30 })
    expect(data.indicators.some((row) => row.indicator === 'file_printed')).toBe(false)
    expect([data.users, data.over]).toEqual([5, 3])
    expect(data.top).toEqual(['browser_upload', 'copy_to_removable_media'])
  })
})
