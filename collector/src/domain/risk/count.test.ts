import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildActivity, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import type { Activity, LocationKind } from './activity.ts'
import { countInsights, isCounted, matchingIndicators, mergeInsights, SAMPLES_KEPT } from './count.ts'
import { distinctFiles, fileHash, FILES_KEPT, mergeFiles, sketchOf } from './distinct-files.ts'
import type { Insight } from './insight.ts'

const locations: readonly LocationKind[] = ['removable', 'network_share', 'cloud_sync', 'local']

const activities = fc.array(fc.record({
  user: fc.nat(2), day: fc.nat(2), ms: fc.nat(DAY_MS - MONDAY_MS % DAY_MS - 1), location: fc.constantFrom(...locations), file: fc.nat(200), size: fc.oneof(fc.nat(10_000), fc.constant(Number.MAX_SAFE_INTEGER)), sensitive: fc.boolean(),
}), { maxLength: 300 }).map((rows) => rows.map((row, index): Activity => buildActivity({
  id: `d_1.e.${index}`, userId: `u_${row.user}`, occurredAtMs: MONDAY_MS + row.day * DAY_MS + row.ms, file: { path: `/x/${row.file}`, sizeBytes: row.size, location: row.location }, ...(row.sensitive ? { findings: [{ type: 'iban', count: 1, confidence: 90 }] } : {}),
})))

/** As the store folds: each group is counted, then merged into what is there. */
function fold(groups: readonly (readonly Activity[])[]): readonly Insight[] {
  const all = new Map<string, Insight>()
  for (const group of groups) {
    for (const added of countInsights(group)) {
      const key = `${added.userId} ${added.day} ${added.indicator}`
      const before = all.get(key)
      all.set(key, before === undefined ? added : mergeInsights(before, added))
    }
  }
  return [...all].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, insight]) => insight)
}

describe('folding', () => {
  test('neither the order nor the batching of activities changes an insight', () => {
    fc.assert(fc.property(activities, fc.array(fc.nat(50), { maxLength: 20 }), fc.nat(), (list, cuts, seed) => {
      const whole = fold([list])
      const shuffled = list.map((activity, index) => ({ activity, key: Math.imul(index + 1, seed | 1) >>> 0 })).toSorted((a, b) => a.key - b.key).map(({ activity }) => activity)
      const groups: Activity[][] = []
      for (const cut of cuts) groups.push(shuffled.splice(0, cut))
      groups.push(shuffled)
      expect(fold(groups)).toEqual(whole)
    }), { numRuns: 150 })
  })
  test('merging is commutative and associative', () => {
    fc.assert(fc.property(activities, activities, activities, (a, b, c) => {
      const one = (list: readonly Activity[], from: number): Insight | undefined => countInsights(list.map((activity, index) => ({ ...activity, id: `${activity.id}.${from}.${index}`, userId: 'u_1', occurredAtMs: MONDAY_MS + index, file: { path: `/x/${from + index}`, sizeBytes: activity.file?.sizeBytes ?? 0, location: 'removable' as const } })))[0]
      const [x, y, z] = [one(a, 0), one(b, 1000), one(c, 2000)]
      fc.pre(x !== undefined && y !== undefined && z !== undefined)
      expect(mergeInsights(x, y)).toEqual(mergeInsights(y, x))
      expect(mergeInsights(mergeInsights(x, y), z)).toEqual(mergeInsights(x, mergeInsights(y, z)))
    }), { numRuns: 100 })
  })
  test('a sum of claimed sizes stays an exact whole number', () => {
    const [bytes] = countInsights(Array.from({ length: 3000 }, (_, index) => buildActivity({ id: String(index), file: { path: '/x', sizeBytes: Number.MAX_SAFE_INTEGER, location: 'network_share' } })))
    expect(bytes?.bytes).toBe(Number.MAX_SAFE_INTEGER)
  })
  test('the evidence is the earliest activities, each once', () => {
    const list = Array.from({ length: 500 }, (_, index) => buildActivity({ id: `a${String(499 - index).padStart(3, '0')}`, occurredAtMs: MONDAY_MS + (499 - index), file: { path: '/x', sizeBytes: 1, location: 'network_share' } }))
    const [insight] = countInsights([...list, ...list])
    expect(insight?.samples.map((sample) => sample.id)).toEqual(Array.from({ length: SAMPLES_KEPT }, (_, index) => `a${String(index).padStart(3, '0')}`))
  })
  test('an activity is counted on the UTC day on which it happened', () => {
    const at = (ms: number) => countInsights([buildActivity({ occurredAtMs: ms })])[0]?.day
    expect(at(Date.parse('2026-03-02T23:59:59.999Z'))).toBe((at(Date.parse('2026-03-03T00:00:00Z')) ?? 0) - 1)
  })
})

describe('excluded activities', () => {
  const cached = (index: number, over: Partial<Activity> = {}) => buildActivity({ kind: 'file_deleted', id: `c${index}`, occurredAtMs: MONDAY_MS + index, file: { path: `/home/alice/.cache/${index}`, sizeBytes: 5, location: 'local' }, ...over })
  const plain = (index: number) => cached(index, { id: `p${index}`, file: { path: `/home/alice/${index}`, sizeBytes: 5, location: 'local' } })
  test('stay visible and add nothing that scores', () => {
    const [insight] = countInsights([cached(1), cached(2)])
    expect(insight).toMatchObject({ indicator: 'file_deleted', events: 2, excludedEvents: 2, bytes: 0, files: [], firstAtMs: MONDAY_MS + 1, lastAtMs: MONDAY_MS + 2 })
    expect(insight?.samples.map((sample) => sample.id)).toEqual(['c1', 'c2'])
    expect(insight).not.toHaveProperty('hours')
  })
  test('beside a scored one they are no evidence, in any order and batching', () => {
    const list = [cached(1), plain(5), cached(9), plain(7), cached(3)]
    const wanted = { events: 5, excludedEvents: 3, bytes: 10, firstAtMs: MONDAY_MS + 5, lastAtMs: MONDAY_MS + 7 }
    fc.assert(fc.property(fc.shuffledSubarray(list, { minLength: 5 }), fc.array(fc.nat(3), { maxLength: 4 }), (order, cuts) => {
      const rest = [...order]
      const groups = [...cuts.map((cut) => rest.splice(0, cut)), rest]
      const [insight] = fold(groups)
      expect(insight).toMatchObject(wanted)
      expect(insight?.samples.map((sample) => sample.id)).toEqual(['p5', 'p7'])
    }), { numRuns: 200 })
  })
})

describe('weights and amounts', () => {
  const sumsOf = (list: readonly Activity[]) => fold(list.map((activity) => [activity])).map(({ indicator, events, weightTenths, bytes }) => [indicator, events, weightTenths, bytes])
  test('malware protection weighs more than a firewall, and a minor setting least', () => {
    const change = (id: string) => buildActivity({ id, kind: 'security_feature_changed', feature: { id, from: 'enabled', to: 'disabled' }, file: { path: '', sizeBytes: 0, location: 'local' } })
    expect(sumsOf([change('antivirus.clamav'), change('firewall.ufw'), change('ssh.x11_forwarding'), change('ssh.password_authentication')])).toEqual([['hardening_disabled', 2, 7, 0], ['protective_feature_disabled', 2, 25, 0]])
  })
  test('pages and the amounts of custom detections are summed, each definition by itself', () => {
    const { file: _file, ...printed } = buildActivity({ kind: 'file_printed', detail: { pages: 40 } })
    const { file: _other, ...custom } = buildActivity({ kind: 'custom_detection', detail: { indicator: 'badge-reader', amount: 7 } })
    expect(sumsOf([printed, { ...printed, detail: { pages: 2 } }])).toEqual([['file_printed', 2, undefined, 0], ['pages_printed', 2, undefined, 42]])
    expect(sumsOf([custom, { ...custom, id: 'b', detail: { indicator: 'crm', amount: 1 } }])).toEqual([['custom_detection#badge-reader', 1, undefined, 7], ['custom_detection#crm', 1, undefined, 1]])
  })
})

describe('which indicators count an activity', () => {
  const matching = (over: Partial<Activity>) => matchingIndicators(buildActivity(over))
  test('a copy counts where it went', () => {
    expect(matching({})).toEqual(['copy_to_removable_media', 'volume_to_removable_media'])
    expect(matching({ file: { path: '/x', sizeBytes: 1, location: 'local' } })).toEqual([])
    expect(matching({ file: { path: '/x', sizeBytes: 1, location: 'local' }, source: { path: '/mnt/share/x', sizeBytes: 1, location: 'network_share' } })).toEqual(['copy_from_network_share'])
    expect(matching({ file: { path: '/x', sizeBytes: 1, location: 'remote_session' } })).toEqual(['copy_to_remote_session'])
  })
  test('a browser that reads a file is an upload, another program a transfer', () => {
    const read = (tool: string) => matching({ kind: 'file_read_by_transfer_tool', file: { path: '/x', sizeBytes: 1, location: 'local' }, detail: { tool } })
    const opened = (programClass: string) => matching({ kind: 'file_read_by_transfer_tool', file: { path: '/x', sizeBytes: 1, location: 'local' }, process: { name: 'own-build', programClass } })
    expect([opened('browser'), opened('chat')]).toEqual([['browser_upload'], ['file_read_by_transfer_tool']])
    expect([read('firefox'), read(String.raw`C:\Program Files\Google\Chrome\chrome.exe`), read('scp'), read('')]).toEqual([['browser_upload'], ['browser_upload'], ['file_read_by_transfer_tool'], ['file_read_by_transfer_tool']])
  })
  test('a label that is gone was removed, another one lowered', () => {
    const label = (detail: Record<string, string>) => matching({ kind: 'label_changed', detail })
    expect([label({ oldLabel: 'Secret' }), label({ oldLabel: 'Secret', newLabel: 'Public' })]).toEqual([['label_removed'], ['label_lowered']])
  })
  test('records, doors and alerts count by what they say', () => {
    expect(matching({ kind: 'patient_record_accessed', detail: { relation: 'family' } })).toEqual(['patient_record_of_family', 'patient_record_volume'])
    expect(matching({ kind: 'physical_access', detail: { status: 'failed', assetId: 'x' } })).toEqual(['physical_access_failed'])
    expect(matching({ kind: 'security_alert_raised', detail: { category: 'DefenseEvasion' } })).toEqual(['security_alert_defence_evasion'])
    expect(matching({ kind: 'security_alert_raised', detail: { category: 'DefenseEvasion', verdict: 'false_positive' } })).toEqual([])
  })
  test('a history that is deleted counts by itself, and a file that had left too', () => {
    expect(matching({ kind: 'file_deleted', file: { path: '/home/alice/.bash_history', sizeBytes: 0, location: 'local' } })).toEqual(['file_deleted', 'command_history_deleted'])
    expect(matching({ kind: 'file_deleted', file: { path: '/home/alice/a', sizeBytes: 0, location: 'local' }, detail: { wasExfiltrated: true } })).toEqual(['file_deleted', 'exfiltrated_file_deleted'])
  })
  test('a changed file counts only with sensitive content', () => {
    const changed = (findings: Activity['findings']) => matching({ kind: 'file_changed', file: { path: '/x', sizeBytes: 1, location: 'local' }, ...(findings === undefined ? {} : { findings }) })
    expect([changed(undefined), changed([{ type: 'iban', count: 1, confidence: 90 }])]).toEqual([[], ['sensitive_file_handled']])
    expect([isCounted({ kind: 'file_changed' }), isCounted({ kind: 'file_changed', findings: [] }), isCounted({ kind: 'file_deleted' }), isCounted({ kind: 'session_started' })]).toEqual([false, true, true, false])
  })
  test('a feature that was found to be off, and was not seen being switched off, counts for nothing', () => {
    const feature = (from: 'enabled' | 'unknown' | 'disabled', to: 'enabled' | 'disabled') => matching({ kind: 'security_feature_changed', feature: { id: 'firewall.ufw', from, to } })
    expect(feature('enabled', 'disabled')).toEqual(['protective_feature_disabled'])
    expect(feature('unknown', 'disabled')).toEqual([])
    expect(feature('disabled', 'disabled')).toEqual([])
    expect(feature('disabled', 'enabled')).toEqual(['protective_feature_restored'])
  })
  test('an application is unwanted by its whole name in any letter case', () => {
    const installed = (name: string) => matching({ kind: 'application_installed', application: { name } })
    expect(installed('AnyDesk')).toEqual(['unwanted_application_installed'])
    expect(installed('anydesk-docs')).toEqual(['application_installed'])
  })
  test('a medium that was there before the agent was not mounted now', () => {
    expect(matching({ kind: 'removable_media_mounted', present: true })).toEqual([])
    expect(matching({ kind: 'removable_media_mounted', present: false })).toEqual(['removable_media_mounted'])
  })
})

describe('distinct files', () => {
  test('are exact up to the size of the sketch and near the truth above it', () => {
    const sketch = (count: number) => sketchOf(Array.from({ length: count }, (_, index) => fileHash(`/home/alice/file-${index}`)))
    for (const count of [0, 1, 63]) expect(distinctFiles(sketch(count))).toBe(count)
    for (const count of [500, 5000, 50_000]) expect(Math.abs(distinctFiles(sketch(count)) - count) / count).toBeLessThan(0.4)
  })
  test('a sketch never grows over its size, and a union is the sketch of the union', () => {
    const hashes = fc.array(fc.nat(100_000).map((value) => fileHash(String(value))), { maxLength: 300 })
    fc.assert(fc.property(hashes, hashes, (a, b) => {
      const merged = mergeFiles(sketchOf(a), sketchOf(b))
      expect(merged).toEqual(sketchOf([...a, ...b]))
      expect(merged.length).toBeLessThanOrEqual(FILES_KEPT)
    }), { numRuns: 200 })
  })
})
