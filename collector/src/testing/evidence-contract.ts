// What every backend promises of evidence; describeStore calls it.
import { describe, expect, test } from 'vitest'
import { recordCustody, verifyCustody } from '../evidence/custody.ts'
import type { EvidenceItem } from '../store/evidence.ts'
import type { Store } from '../store/store.ts'
import { MONDAY_MS } from './builders.ts'

export const buildEvidence = (over: Partial<EvidenceItem> = {}): EvidenceItem => ({
  id: 'ev_1', deviceId: 'd_1', deviceRef: 'a'.repeat(32), activityId: 'd_1.e.1', userId: 'u_1', state: 'verified', sizeBytes: 100, sealedBytes: 300, sha256: 'b'.repeat(64), activitySha256: 'b'.repeat(64), keyId: 'c'.repeat(16), storedName: 'd'.repeat(32),
  capturedAtMs: MONDAY_MS, receivedAtMs: MONDAY_MS + 10, form: 'text', mediaType: 'text/plain', findings: [], holds: [], ...over,
})
const skipped = (id: string, over: Partial<EvidenceItem> = {}): EvidenceItem => ({ id, deviceId: 'd_1', deviceRef: '', activityId: 'd_1.e.9', userId: '', state: 'skipped', reason: 'too_large', sizeBytes: 5, sealedBytes: 0, capturedAtMs: MONDAY_MS, holds: [], ...over })
const actor = { id: 'a_1', name: 'ines' }

export function describeEvidence(given: () => Store): void {
  describe('evidence', () => {
    test('a copy is found by its id, by what its device calls it, by its activity and by its person', async () => {
      await given().write(async (tx) => {
        await tx.saveEvidence(buildEvidence())
        await tx.saveEvidence(buildEvidence({ id: 'ev_2', deviceRef: 'e'.repeat(32), activityId: 'd_1.e.2', userId: 'u_2', capturedAtMs: MONDAY_MS + 1, state: 'receiving', sealedBytes: 7 }))
      })
      const store = given()
      expect(await store.evidence('ev_1')).toEqual(buildEvidence())
      expect((await store.evidenceByDeviceRef('d_1', 'e'.repeat(32)))?.id).toBe('ev_2')
      expect(await store.evidenceByDeviceRef('d_2', 'e'.repeat(32))).toBeUndefined()
      expect((await store.evidenceOfActivities(['d_1.e.2', 'none'])).map(({ id }) => id)).toEqual(['ev_2'])
      expect((await store.evidenceList({ limit: 5, userId: 'u_1' })).items.map(({ id }) => id)).toEqual(['ev_1'])
      expect((await store.evidenceByIds(['ev_2', 'ev_1', 'none'])).map(({ id }) => id)).toEqual(['ev_1', 'ev_2'])
    })
    test('what is here or on its way counts for the quota, and nothing else does', async () => {
      await given().write(async (tx) => {
        await tx.saveEvidence(buildEvidence())
        await tx.saveEvidence(buildEvidence({ id: 'ev_2', deviceId: 'd_2', state: 'receiving', sealedBytes: 7 }))
        await tx.saveEvidence(buildEvidence({ id: 'ev_3', deviceRef: 'x', state: 'deleted' }))
        await tx.saveSkippedEvidence([skipped('ev_4')])
      })
      expect(await given().evidenceUse()).toEqual({ bytes: 307, items: 2 })
      expect(await given().evidenceUse('d_2')).toEqual({ bytes: 7, items: 1 })
      expect(await given().evidenceUse('d_9')).toEqual({ bytes: 0, items: 0 })
    })
    test('a skip that is told twice is kept once, as it was told first', async () => {
      await given().write((tx) => tx.saveSkippedEvidence([skipped('ev_4'), skipped('ev_5', { activityId: 'd_1.e.10' })]))
      await given().write((tx) => tx.saveSkippedEvidence([skipped('ev_4', { reason: 'gone' })]))
      expect((await given().evidenceList({ limit: 5, states: ['skipped'] })).items.map(({ id, reason }) => `${id} ${reason ?? ''}`).toSorted()).toEqual(['ev_4 too_large', 'ev_5 too_large'])
    })
    test('pages go through all copies, newest first, each once', async () => {
      await given().write(async (tx) => {
        for (let index = 0; index < 5; index += 1) await tx.saveEvidence(buildEvidence({ id: `ev_${index}`, deviceRef: String(index), capturedAtMs: MONDAY_MS + Math.floor(index / 2) }))
      })
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await given().evidenceList({ limit: 2, ...(cursor === undefined ? {} : { cursor }) })
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor !== undefined)
      expect(seen).toEqual(['ev_4', 'ev_3', 'ev_2', 'ev_1', 'ev_0'])
    })
    test('custody is added to and never changed, and its chain verifies after all was read back', async () => {
      await given().write(async (tx) => {
        await tx.saveEvidence(buildEvidence())
        await recordCustody(tx, { evidenceId: 'ev_1', actor, what: 'received', detail: { sha256: 'b' }, atMs: MONDAY_MS })
        await recordCustody(tx, { evidenceId: 'ev_1', actor, what: 'viewed', atMs: MONDAY_MS + 1 })
      })
      const events = await given().custody('ev_1')
      expect(events.map(({ n, what }) => [n, what])).toEqual([[1, 'received'], [2, 'viewed']])
      expect(verifyCustody(events)).toMatchObject({ ok: true, events: 2 })
      await expect(given().write((tx) => tx.appendCustody({ ...(events[0] as (typeof events)[number]), what: 'deleted' }))).rejects.toThrow(/UNIQUE|custody/)
      expect((await given().auditEntries({ limit: 5, ascending: true })).items.map(({ action }) => action)).toEqual(['evidence.received', 'evidence.viewed'])
    })
  })
}
