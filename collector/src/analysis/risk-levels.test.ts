import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultRiskLevelSettings, type RiskLevelState } from '../domain/adaptive/risk-level.ts'
import type { Store } from '../store/store.ts'
import { buildAlert, buildUser, DAY_MS, MONDAY_MS } from '../testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { createRiskLevels } from './risk-levels.ts'

describe('risk levels in the store', () => {
  let temporary: TemporaryStore
  let store: Store
  let nowMs: number
  let told: RiskLevelState[]
  beforeEach(async () => {
    temporary = await openTemporaryStore()
    ;({ store } = temporary)
    nowMs = MONDAY_MS + 3_600_000
    told = []
    await store.write(async (tx) => {
      for (let index = 1; index <= 3; index += 1) await tx.saveUser(buildUser({ id: `u_${index}`, pseudonym: `ANON-${index}`, displayName: `user${index}`, identities: [{ kind: 'account', value: `user${index}` }] }))
      await tx.saveAlert(buildAlert({ severity: 'high', score: 80 }))
      await tx.saveAlert(buildAlert({ id: 'al_2', userId: 'u_2' }))
    })
  })
  afterEach(() => temporary.remove())
  const create = () => createRiskLevels({ store, now: () => nowMs, onLevel: (state) => told.push(state) })
  const all = ['u_1', 'u_2', 'u_3']

  test('are told once when they change, and listed with the highest first', async () => {
    const levels = create()
    await levels.consider(all)
    await levels.consider(all)
    expect(told.map(({ userId, level }) => [userId, level])).toEqual([['u_1', 'elevated'], ['u_2', 'minor']])
    const page = await store.riskLevels({ limit: 1 })
    expect(page.items.map(({ userId }) => userId)).toEqual(['u_1'])
    expect((await store.riskLevels({ limit: 1, cursor: page.nextCursor ?? '' })).items.map(({ userId }) => userId)).toEqual(['u_2'])
    expect((await store.riskLevels({ limit: 5, levels: ['minor'] })).items.map(({ userId }) => userId)).toEqual(['u_2'])
  })
  test('end when their time is over, with nobody doing anything', async () => {
    const levels = create()
    await levels.consider(all)
    nowMs = MONDAY_MS + 9 * DAY_MS
    expect(await levels.expire()).toBe(2)
    expect(await levels.expire()).toBe(0)
    expect(told.slice(2).map(({ userId, level }) => `${userId} ${level}`).toSorted()).toEqual(['u_1 none', 'u_2 none'])
    expect((await store.riskLevels({ limit: 5 })).items).toEqual([])
  })
  test('that a person ended do not come back by themselves', async () => {
    const levels = create()
    await levels.consider(all)
    await store.write((tx) => levels.reset(tx, 'u_1', 'Ended by hand.'))
    await levels.consider(all)
    expect(await store.riskLevel('u_1')).toMatchObject({ level: 'none', resetAtMs: nowMs })
  })
  test('follow the rules as they stand', async () => {
    const levels = create()
    await store.write((tx) => levels.saveSettings(tx, { ...defaultRiskLevelSettings, rules: { ...defaultRiskLevelSettings.rules, minor: {} } }))
    await levels.consider(all)
    expect(told.map(({ userId }) => userId)).toEqual(['u_1'])
  })
})
