import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AuditEntry, Store, StoreReader } from '../store/store.ts'
import { MONDAY_MS } from '../testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { appendAudit, entryHash, verifyAudit } from './chain.ts'

describe('the audit chain', () => {
  let temporary: TemporaryStore
  let store: Store
  let entries: readonly AuditEntry[]
  beforeEach(async () => {
    temporary = await openTemporaryStore()
    ;({ store } = temporary)
    for (let index = 1; index <= 6; index += 1) await store.write((tx) => appendAudit(tx, { actor: { id: 'a_1', name: 'ada' }, action: 'alert.viewed', targetKind: 'alert', targetId: `al_${index}`, detail: { reason: 'case 14', n: index }, atMs: MONDAY_MS + index }))
    entries = (await store.auditEntries({ limit: 100, ascending: true })).items
  })
  afterEach(() => temporary.remove())

  /** A log as somebody with the database file could have made it. */
  const forged = (items: readonly AuditEntry[]): StoreReader => ({ ...store, auditEntries: async () => ({ items }) })
  const replaced = (seq: number, over: Partial<AuditEntry>) => entries.map((entry) => (entry.seq === seq ? { ...entry, ...over } : entry))

  test('is whole as it was written, and its head is the last hash', async () => {
    expect(await verifyAudit(store)).toEqual({ ok: true, entries: 6, head: entries.at(-1)?.hash })
  })
  test('an empty log is whole', async () => {
    expect(await verifyAudit(forged([]))).toMatchObject({ ok: true, entries: 0 })
  })
  test.each([{ atMs: 1 }, { actorId: 'a_2' }, { actorName: 'eve' }, { action: 'alert.read' }, { targetKind: 'user' }, { targetId: 'al_9' }, { detail: '{}' }, { hash: 'f'.repeat(64) }])('an entry with %j is found', async (over) => {
    expect(await verifyAudit(forged(replaced(3, over)))).toMatchObject({ ok: false, firstBadSeq: 3, entries: 2 })
  })
  test('a removed entry is found, at the start, in the middle, and with the others renumbered', async () => {
    expect(await verifyAudit(forged(entries.slice(1)))).toMatchObject({ ok: false, firstBadSeq: 2 })
    expect(await verifyAudit(forged(entries.filter((entry) => entry.seq !== 4)))).toMatchObject({ ok: false, firstBadSeq: 5, problem: 'entry 4 is missing' })
    expect(await verifyAudit(forged(entries.filter((entry) => entry.seq !== 4).map((entry, index) => ({ ...entry, seq: index + 1 }))))).toMatchObject({ ok: false, firstBadSeq: 4 })
  })
  test('two entries that changed places are found', async () => {
    const [a, b, ...rest] = entries
    expect(await verifyAudit(forged([b, a, ...rest].filter((entry) => entry !== undefined)))).toMatchObject({ ok: false })
    expect(await verifyAudit(forged([b, a, ...rest].filter((entry) => entry !== undefined).map((entry, index) => ({ ...entry, seq: index + 1 }))))).toMatchObject({ ok: false, firstBadSeq: 1 })
  })
  test('text cannot run from one field into the next', () => {
    const base = { seq: 1, atMs: 1, actorId: 'a', actorName: 'b', action: 'c', targetKind: 'd', targetId: 'e', detail: 'f' }
    expect(entryHash('0', { ...base, actorId: 'a\nb', actorName: '' })).not.toBe(entryHash('0', { ...base, actorId: 'a', actorName: 'b\n' }))
    expect(entryHash('0', { ...base, action: 'c","d' })).not.toBe(entryHash('0', { ...base, action: 'c', targetKind: 'd' }))
  })
  test('a tail that was cut off is found by an anchor, and only by one', async () => {
    const anchor = { seq: 6, hash: entries[5]?.hash ?? '' }
    const cut = forged(entries.slice(0, 4))
    expect(await verifyAudit(cut)).toMatchObject({ ok: true, entries: 4 })
    expect(await verifyAudit(cut, [anchor])).toMatchObject({ ok: false, firstBadSeq: 5, problem: 'the log ends at 4, but entry 6 was anchored' })
    expect(await verifyAudit(store, [anchor])).toMatchObject({ ok: true })
  })
  test('a log that was written anew from some point on is found by an anchor of what it was', async () => {
    const anchors = [{ seq: 2, hash: entries[1]?.hash ?? '' }, { seq: 5, hash: entries[4]?.hash ?? '' }]
    const anew: AuditEntry[] = []
    for (const { hash: _hash, ...entry } of entries) {
      const next = entry.seq < 3 ? entry : { ...entry, actorName: 'eve' }
      anew.push({ ...next, hash: entryHash(anew.at(-1)?.hash ?? '0'.repeat(64), next) })
    }
    expect(await verifyAudit(forged(anew))).toMatchObject({ ok: true, entries: 6 })
    expect(await verifyAudit(forged(anew), anchors)).toMatchObject({ ok: false, firstBadSeq: 5, problem: 'entry 5 is not the one that was anchored' })
    // A second anchor made by whoever wrote it anew does not hide the first.
    expect(await verifyAudit(forged(anew), [...anchors, { seq: 5, hash: anew[4]?.hash ?? '' }])).toMatchObject({ ok: false, firstBadSeq: 5 })
  })
  test('a log of many pages is walked to its end', async () => {
    await store.write(async (tx) => {
      for (let index = 0; index < 1200; index += 1) await appendAudit(tx, { actor: { id: 'a', name: 'a' }, action: 'x', targetKind: 'x', targetId: String(index), atMs: index })
    })
    expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: 1206 })
  })
})
