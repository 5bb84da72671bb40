import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AllowedMedium } from '../domain/exclusions/allowed-media.ts'
import { mergeInsights } from '../domain/risk/count.ts'
import { dayOf } from '../domain/risk/insight.ts'
import { openDetection } from '../ingest/detection.ts'
import { buildActivity, buildDevice, buildRun, buildUser, encodeActivity, MONDAY_MS } from '../testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { readMediaAllowances } from './allowed-media.ts'
import { saveSettings } from './groups.ts'
import { defaultSettings } from './settings.ts'

const HOUR_MS = 3_600_000
const entry: AllowedMedium = { vendorId: '0951', productId: '1666', reason: 'sticks of the sales team', copies: true }
let temporary: TemporaryStore
beforeEach(async () => {
  temporary = await openTemporaryStore()
  await temporary.store.write(async (tx) => {
    await tx.saveUser(buildUser())
    await tx.saveDevice(buildDevice({ group: 'sales' }))
    await tx.saveDevice(buildDevice({ id: 'd_2', hardwareId: 'b'.repeat(64), publicKey: `U${'B'.repeat(55)}` }))
  })
})
afterEach(() => temporary.remove())

const allow = (...allowedMedia: readonly AllowedMedium[]): Promise<void> => temporary.store.write((tx) => saveSettings(tx, 'sales', { ...defaultSettings, allowedMedia }))
const copyAt = (occurredAtMs: number, deviceId = 'd_1') => buildActivity({ id: `${deviceId}.${occurredAtMs}`, deviceId, occurredAtMs, media: { vendorId: '0951', productId: '1666' }, file: { path: '/media/s/a', sizeBytes: 1, location: 'removable' } })

describe('what groups allow', () => {
  test('is read with the devices that are in the group, and with those that come later', async () => {
    await allow(entry)
    const detection = await openDetection(temporary.store, readMediaAllowances)
    expect(['d_1', 'd_2', 'd_3'].map((id) => detection.allowances.groupOf(id))).toEqual(['sales', undefined, undefined])
    detection.joined('d_3', 'sales')
    await detection.reload()
    expect([detection.compiled.judge(copyAt(MONDAY_MS, 'd_3')).excluded?.rule, detection.compiled.judge(copyAt(MONDAY_MS, 'd_2')).excluded]).toEqual(['allowedMedia.sales[0]', undefined])
  })

  test('ends by itself while the collector runs: nothing is read again, and what came after the end counts', async () => {
    await allow({ ...entry, until: new Date(MONDAY_MS + HOUR_MS).toISOString() })
    const { count } = await openDetection(temporary.store, readMediaAllowances)
    const ingest = (first: number, atMs: number): Promise<unknown> => temporary.store.write((tx) => tx.ingest([{ ...buildRun(first, 0), activities: [{ activity: copyAt(atMs), body: encodeActivity() }] }], count, mergeInsights))
    await ingest(1, MONDAY_MS)
    await ingest(2, MONDAY_MS + 2 * HOUR_MS)
    const insights = await temporary.store.insights('u_1', dayOf(MONDAY_MS), dayOf(MONDAY_MS))
    expect(insights.find(({ indicator }) => indicator === 'copy_to_removable_media')).toMatchObject({ events: 2, excludedEvents: 1, firstAtMs: MONDAY_MS + 2 * HOUR_MS })
  })

  test('is nothing where no group has a list', async () => {
    expect((await readMediaAllowances(temporary.store)).groups.size).toBe(0)
  })
})
