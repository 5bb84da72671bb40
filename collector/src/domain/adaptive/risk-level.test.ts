import { describe, expect, test } from 'vitest'
import { buildAlert, buildInsight, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import { dayOf } from '../risk/insight.ts'
import { defaultRiskLevelSettings, resetRiskLevel, type RiskLevelInput, riskLevelOf } from './risk-level.ts'

const NOW_MS = MONDAY_MS + 2 * 3_600_000
const levelOf = (over: Partial<RiskLevelInput> = {}) => riskLevelOf({ userId: 'u_1', alerts: [], insights: [], settings: defaultRiskLevelSettings, nowMs: NOW_MS, ...over })
const strong = (days: number) => Array.from({ length: days }, (_, index) => buildInsight({ day: dayOf(MONDAY_MS) - index, events: 40, files: Array.from({ length: 40 }, (_one, file) => file.toString(16).padStart(8, '0')), firstAtMs: MONDAY_MS - index * DAY_MS, lastAtMs: MONDAY_MS - index * DAY_MS }))

describe('a level', () => {
  test.each([
    ['none', []], ['minor', [buildAlert()]], ['moderate', [buildAlert({ severity: 'medium', score: 50 })]], ['elevated', [buildAlert({ severity: 'high', score: 80 })]],
    ['none', [buildAlert({ severity: 'high', score: 80, status: 'resolved' })]], ['none', [buildAlert({ severity: 'high', score: 80, firstActivityAtMs: MONDAY_MS - 9 * DAY_MS, lastActivityAtMs: MONDAY_MS - 8 * DAY_MS })]],
  ] as const)('is %s for the alerts of row %#', (level, alerts) => {
    expect(levelOf({ alerts }).level).toBe(level)
  })
  test.each([['none', 0], ['minor', 1], ['moderate', 2]] as const)('is %s after %i days of heavy exfiltration without any policy', (level, days) => {
    expect(levelOf({ insights: strong(days) }).level).toBe(level)
  })
  test('counts insights, not raw numbers: one day of thousands of files is one', () => {
    const [day] = strong(1)
    expect(levelOf({ insights: day === undefined ? [] : [{ ...day, events: 100_000 }] }).level).toBe('minor')
  })
  test('ends with its time, unless it repeats', () => {
    const before = levelOf({ alerts: [buildAlert({ severity: 'high', score: 80 })] })
    expect(before).toMatchObject({ level: 'elevated', sinceMs: NOW_MS, alertIds: ['al_1'] })
    const later = NOW_MS + 6 * DAY_MS
    expect(levelOf({ alerts: [buildAlert({ severity: 'high', score: 80 })], before, nowMs: later })).toBe(before)
    const repeated = levelOf({ alerts: [buildAlert({ severity: 'high', score: 80, lastActivityAtMs: later - 1000 })], before, nowMs: later })
    expect(repeated).toMatchObject({ level: 'elevated', sinceMs: before.sinceMs, expiresAtMs: later - 1000 + 7 * DAY_MS })
    expect(levelOf({ before, nowMs: (before.expiresAtMs ?? 0) + 1 })).toMatchObject({ level: 'none' })
  })
  test('does not sink before its time, and rises at once', () => {
    const before = levelOf({ alerts: [buildAlert({ severity: 'medium', score: 50 })] })
    expect(levelOf({ alerts: [buildAlert({ severity: 'medium', score: 50 }), buildAlert({ id: 'al_2' })], before })).toBe(before)
    expect(levelOf({ alerts: [buildAlert({ severity: 'high', score: 90 })], before })).toMatchObject({ level: 'elevated', sinceMs: NOW_MS })
  })
})

describe('a decision', () => {
  const before = levelOf({ alerts: [buildAlert({ severity: 'high', score: 80 })] })
  const dismissed = [buildAlert({ severity: 'high', score: 80, status: 'dismissed', decidedAtMs: NOW_MS })]
  test('to dismiss ends the level that rests on the alert, unless that is switched off', () => {
    expect(levelOf({ alerts: dismissed, before })).toMatchObject({ level: 'none', reason: 'What it rested on was dismissed, resolved or found not to count.' })
    expect(levelOf({ alerts: dismissed, before, settings: { ...defaultRiskLevelSettings, resetOnDismissal: false } }).level).toBe('elevated')
  })
  test('that leaves an alert below the line ends the level that rests on it, unless a person confirmed it', () => {
    const fallen = buildAlert({ severity: 'low', score: 3, belowLine: true })
    expect(levelOf({ alerts: [fallen], before }).level).toBe('none')
    expect(levelOf({ alerts: [fallen] }).level).toBe('none')
    expect(levelOf({ alerts: [{ ...fallen, status: 'confirmed' }] }).level).toBe('minor')
  })
  test('of a person ends it for what happened before, and for nothing that comes later', () => {
    const reset = resetRiskLevel('u_1', 'Ended by hand.', NOW_MS)
    expect(levelOf({ alerts: [buildAlert({ severity: 'high', score: 80 })], insights: strong(3), before: reset })).toBe(reset)
    const again = levelOf({ alerts: [buildAlert({ severity: 'high', score: 80, lastActivityAtMs: NOW_MS + 5000 })], before: reset, nowMs: NOW_MS + 6000 })
    expect(again).toMatchObject({ level: 'elevated', resetAtMs: NOW_MS })
  })
  test('to switch levels off leaves none', () => {
    expect(levelOf({ alerts: [buildAlert({ severity: 'high', score: 80 })], before, settings: { ...defaultRiskLevelSettings, enabled: false } }).level).toBe('none')
  })
})
