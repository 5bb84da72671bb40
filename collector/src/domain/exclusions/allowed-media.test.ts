import { describe, expect, test } from 'vitest'
import { buildActivity } from '../../testing/builders.ts'
import type { Activity } from '../risk/activity.ts'
import { createCounter } from '../risk/count.ts'
import { dayOf } from '../risk/insight.ts'
import { type AllowedMedium, allowedMediumProblem, explainAllowedMedium, type MediaAllowances } from './allowed-media.ts'
import { compileDetection } from './compile-detection.ts'
import { explainRule } from './explain.ts'
import { defaultDetectionSettings } from './settings.ts'

const MONDAY_MS = Date.UTC(2027, 0, 4, 9)
const HOUR_MS = 3_600_000
const stick = { vendorId: '0951', productId: '1666', serial: 'KEY-1', deviceClass: 'mass_storage' } as const
const entry: AllowedMedium = { vendorId: '0951', productId: '1666', serial: 'key-1', reason: 'encrypted stick of the sales team' }
const allowances = (...list: readonly AllowedMedium[]): MediaAllowances => ({ groups: new Map([['sales', list]]), groupOf: (device) => (device === 'd_sales' ? 'sales' : device === 'd_other' ? 'other' : undefined) })
const mounted = (more: Partial<Activity> = {}): Activity => buildActivity({ kind: 'removable_media_mounted', deviceId: 'd_sales', userId: 'u_1', occurredAtMs: MONDAY_MS, media: stick, ...more })
const copied = (more: Partial<Activity> = {}): Activity => buildActivity({ kind: 'file_copied', deviceId: 'd_sales', occurredAtMs: MONDAY_MS, media: stick, file: { path: '/media/a/x', sizeBytes: 1, location: 'removable' }, ...more })
const ruleOf = (activity: Activity, ...list: readonly AllowedMedium[]): string | undefined => compileDetection(defaultDetectionSettings, [], allowances(...list)).judge(activity).excluded?.rule

describe('which medium it is', () => {
  test.each([
    ['the same', stick, 'allowedMedia.sales[0]'], ['another serial number', { ...stick, serial: 'KEY-2' }, undefined], ['none', { vendorId: '0951', productId: '1666' }, undefined], ['another product', { ...stick, productId: '1667' }, undefined],
    ['nothing known', {}, undefined],
  ])('%s', (_, media, expected) => expect(ruleOf(mounted({ media }), entry)).toBe(expected))

  test('without a serial number every device of the kind is meant, with a class every device of the class', () => {
    expect(ruleOf(mounted({ media: { ...stick, serial: 'ANY' } }), { vendorId: '0951', productId: '1666', reason: 'x' })).toBe('allowedMedia.sales[0]')
    expect([ruleOf(mounted({ media: { deviceClass: 'ptp' } }), { deviceClass: 'ptp', reason: 'cameras of the press' }), ruleOf(mounted(), { deviceClass: 'ptp', reason: 'x' })]).toEqual(['allowedMedia.sales[0]', undefined])
  })

  test('only devices of the group are meant', () => expect([mounted({ deviceId: 'd_other' }), mounted({ deviceId: 'd_unknown' })].map((activity) => ruleOf(activity, entry))).toEqual([undefined, undefined]))
  test('only the people that it names are meant', () => expect([ruleOf(mounted(), { ...entry, users: ['u_1'] }), ruleOf(mounted({ userId: 'u_2' }), { ...entry, users: ['u_1'] })]).toEqual(['allowedMedia.sales[0]', undefined]))
})

describe('what it covers', () => {
  test('is that the medium came, went and was mounted; copies only when it says so', () => {
    expect([ruleOf(mounted({ kind: 'removable_media_connected' }), entry), ruleOf(copied(), entry), ruleOf(copied(), { ...entry, copies: true })]).toEqual(['allowedMedia.sales[0]', undefined, 'allowedMedia.sales[0]'])
  })
  test('is never what went elsewhere', () => expect(ruleOf(copied({ file: { path: '/mnt/nas/x', sizeBytes: 1, location: 'network_share' } }), { ...entry, copies: true })).toBeUndefined())
})

describe('an end', () => {
  const until = new Date(MONDAY_MS).toISOString()
  test('comes by itself: what happened before it is allowed whenever it arrives, what happens from then on is not', () => {
    const ruled = [-1, 0, 1].map((after) => ruleOf(mounted({ occurredAtMs: MONDAY_MS + after }), { ...entry, until }))
    expect(ruled).toEqual(['allowedMedia.sales[0]', undefined, undefined])
    expect(ruleOf(mounted({ occurredAtMs: MONDAY_MS - 1, observedAtMs: MONDAY_MS + HOUR_MS }), { ...entry, until })).toBe('allowedMedia.sales[0]')
  })

  test('leaves the insight of its day with what came after it as what scores', () => {
    const count = createCounter(compileDetection(defaultDetectionSettings, [], allowances({ ...entry, copies: true, until })))
    const insight = count([copied({ id: 'a', occurredAtMs: MONDAY_MS - HOUR_MS }), copied({ id: 'b', occurredAtMs: MONDAY_MS + HOUR_MS })]).find(({ indicator }) => indicator === 'copy_to_removable_media')
    expect(insight).toMatchObject({ day: dayOf(MONDAY_MS), events: 2, excludedEvents: 1, firstAtMs: MONDAY_MS + HOUR_MS, samples: [{ id: 'b' }] })
  })

  test('and a begin bound it on both sides', () => expect(ruleOf(mounted({ occurredAtMs: MONDAY_MS - 1 }), { ...entry, from: until })).toBeUndefined())
})

describe('an entry that is none', () => {
  test.each<[string, AllowedMedium, RegExp]>([
    ['without a reason', { ...entry, reason: ' ' }, /no reason/], ['with half a product', { vendorId: '0951', reason: 'x' }, /together/], ['with a number alone', { serial: '1', reason: 'x' }, /within a product/],
    ['for everything', { reason: 'x' }, /either/], ['for a product and a class', { ...entry, deviceClass: 'ptp' }, /either/], ['that ends before it begins', { ...entry, from: '2027-01-02T00:00:00Z', until: '2027-01-01T00:00:00Z' }, /before it begins/],
    ['with a time that is none', { ...entry, until: 'soon' }, /time/], ['for nobody', { ...entry, users: [] }, /nobody/],
  ])('%s is refused with the reason', (_, bad, problem) => expect(allowedMediumProblem(bad)).toMatch(problem))
  test('and a good one is not', () => expect(allowedMediumProblem({ ...entry, until: '2027-01-01T00:00:00Z' })).toBeUndefined())
})

test('the rule is told in words, and one that is gone as it is', () => {
  const given = allowances({ ...entry, until: '2027-03-31T00:00:00.000Z' }, { deviceClass: 'ptp', reason: 'press' })
  expect(['allowedMedia.sales[0]', 'allowedMedia.sales[1]', 'allowedMedia.sales[2]', 'paths[0]'].map((rule) => explainAllowedMedium(rule, given))).toEqual([
    'The group sales allows 0951:1666:key-1 until 2027-03-31T00:00:00.000Z: encrypted stick of the sales team', 'The group sales allows every device of class ptp: press', undefined, undefined,
  ])
  expect(explainRule('allowedMedia.sales[2]', defaultDetectionSettings, given)).toBe('allowedMedia.sales[2]')
})
