// What every backend promises of the outbox and its targets; describeStore calls it.
import { describe, expect, test } from 'vitest'
import type { Store, StoreWriter } from '../store/store.ts'
import { buildAlert, buildUser, DAY_MS, MONDAY_MS } from './builders.ts'
import { buildCase } from './cases-contract.ts'

export const TARGET = { id: 'xt_1', name: 'SIEM', doc: '{}', secrets: 'sealed', isPaused: false, revision: 1, cursor: 0, state: '{}' } as const

export function describeExports(given: () => Store): void {
  const make = async (): Promise<void> => {
    for (const change of await given().outboxChanges(100)) await given().write((tx) => tx.saveOutboxDocument(change, JSON.stringify({ seq: change.seq }), MONDAY_MS + change.seq))
  }
  const save = (work: (tx: StoreWriter) => Promise<unknown>) => given().write(work)
  const seqs = async (afterSeq = 0): Promise<readonly number[]> => (await given().outboxDocuments({ afterSeq, limit: 100 })).rows.map(({ seq }) => seq)

  describe('the outbox', () => {
    test('a change of an alert or a case waits in it from the moment of its commit, and a change that was rolled back does not', async () => {
      await save(async (tx) => {
        await tx.saveAlerts([buildAlert(), buildAlert({ id: 'al_2' })])
        await tx.saveCase(buildCase())
      })
      await expect(save(async (tx) => {
        await tx.saveAlert(buildAlert({ id: 'al_3' }))
        throw new Error('no')
      })).rejects.toThrow('no')
      expect((await given().outboxChanges(10)).map(({ kind, ref, userId, isFirst }) => [kind, ref, userId, isFirst])).toEqual([['alert', 'al_1', 'u_1', true], ['alert', 'al_2', 'u_1', true], ['case', 'cs_1', 'u_1', true]])
    })
    test('saving what is there already tells nobody anything', async () => {
      await save((tx) => tx.saveAlert(buildAlert()))
      await make()
      await save(async (tx) => {
        await tx.saveAlert(buildAlert())
        await tx.saveCase(buildCase())
      })
      await make()
      await save((tx) => tx.saveCase(buildCase()))
      expect(await given().outboxChanges(10)).toEqual([])
    })
    test('changes of one alert share a row until it has its document, and only its first row is the first', async () => {
      await save((tx) => tx.saveAlert(buildAlert()))
      await save((tx) => tx.saveAlert(buildAlert({ revision: 2, updatedAtMs: MONDAY_MS + 9 })))
      expect(await given().outboxChanges(10)).toMatchObject([{ version: 2, isFirst: true, atMs: MONDAY_MS + 9 }])
      await make()
      await save((tx) => tx.saveAlert(buildAlert({ revision: 3 })))
      expect(await given().outboxChanges(10)).toMatchObject([{ version: 1, isFirst: false }])
    })
    test('a document of a state that has passed is not taken', async () => {
      await save((tx) => tx.saveAlert(buildAlert()))
      const [change] = await given().outboxChanges(1)
      await save((tx) => tx.saveAlert(buildAlert({ revision: 2 })))
      if (change === undefined) throw new Error('there is one')
      expect(await given().write((tx) => tx.saveOutboxDocument(change, '{}', MONDAY_MS))).toBe(false)
      expect((await given().outboxChanges(1))[0]?.version).toBe(2)
    })
    test('rows are read in order and never past one that has no document yet; what has nothing to tell is passed over', async () => {
      await save((tx) => tx.saveAlerts([1, 2, 3, 4].map((number) => buildAlert({ id: `al_${number}` }))))
      const changes = await given().outboxChanges(10)
      const keep = async (index: number, document: string | undefined) => {
        const change = changes[index]
        if (change !== undefined) await given().write((tx) => tx.saveOutboxDocument(change, document, MONDAY_MS))
      }
      await keep(0, '{}')
      await keep(2, '{}')
      const first = changes[0]?.seq ?? 0
      expect(await given().outboxDocuments({ afterSeq: 0, limit: 10 })).toMatchObject({ rows: [{ seq: first, userId: 'u_1' }], seenSeq: first })
      await keep(1, undefined)
      await keep(3, '{}')
      expect(await seqs()).toEqual([first, first + 2, first + 3])
      expect((await given().outboxDocuments({ afterSeq: first, toSeq: first + 2, limit: 10 })).rows.map(({ seq }) => seq)).toEqual([first + 2])
      expect((await given().outboxDocuments({ afterSeq: 0, limit: 2 })).seenSeq).toBe(first + 2)
      expect(await given().outboxLag(first)).toMatchObject({ records: 2, oldestAtMs: MONDAY_MS })
    })
    test('what waited while nobody listened can be passed over, and the next change has a row of its own', async () => {
      await save((tx) => tx.saveAlert(buildAlert()))
      expect(await save((tx) => tx.passOverOutbox(MONDAY_MS))).toBe(1)
      await save((tx) => tx.saveAlert(buildAlert({ revision: 2 })))
      await make()
      expect([(await seqs()).length, (await given().outboxMade({ limit: 5 })).length]).toEqual([1, 1])
    })
    test('numbers are not used again after the newest rows went', async () => {
      await save((tx) => tx.saveAlert(buildAlert()))
      await make()
      const [before] = await seqs()
      await save((tx) => tx.trimOutbox(0))
      await save((tx) => tx.saveAlert(buildAlert({ revision: 2 })))
      await make()
      expect(await seqs()).toEqual([(before ?? 0) + 1])
    })
    test('what goes before a target has it is counted for that target', async () => {
      await save(async (tx) => {
        await tx.saveAlerts([1, 2, 3, 4].map((number) => buildAlert({ id: `al_${number}` })))
        await tx.saveExportTarget(TARGET)
        await tx.saveExportTarget({ ...TARGET, id: 'xt_2', name: 'Other' })
      })
      await make()
      const [first = 0] = await seqs()
      await save((tx) => tx.saveTargetProgress({ id: 'xt_2', cursor: first + 1, sentMore: 2, state: '{}' }))
      expect(await save((tx) => tx.trimOutbox(1))).toBe(3)
      expect((await given().exportTargets()).map(({ id, dropped }) => [id, dropped])).toEqual([['xt_2', 1], ['xt_1', 3]])
      await save((tx) => tx.retentionStep('outbox', MONDAY_MS + 30 * DAY_MS, 0))
      expect((await given().exportTargets()).map(({ dropped }) => dropped)).toEqual([2, 4])
      expect((await given().outboxSpan()).rows).toBe(0)
    })
    test('an erased person leaves it', async () => {
      await save(async (tx) => {
        await tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', identities: [] }))
        await tx.saveAlerts([buildAlert(), buildAlert({ id: 'al_2', userId: 'u_2' })])
      })
      await make()
      await save((tx) => tx.erasePerson('u_2', MONDAY_MS))
      expect((await given().outboxMade({ limit: 10 })).map(({ ref }) => ref)).toEqual(['al_1'])
      expect(await given().outboxChanges(10)).toEqual([])
    })
    test('documents by time, by range, and only of people who may be seen', async () => {
      await save(async (tx) => {
        await tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', department: 'Sales', identities: [] }))
        await tx.saveAlerts([buildAlert(), buildAlert({ id: 'al_2', userId: 'u_2', updatedAtMs: MONDAY_MS + 5 })])
      })
      await make()
      const [first = 0] = await seqs()
      const refs = async (query: Parameters<Store['outboxMade']>[0]) => (await given().outboxMade(query)).map(({ ref }) => ref)
      expect(await refs({ fromMs: MONDAY_MS + first + 1, limit: 10 })).toEqual(['al_2'])
      expect(await refs({ toMs: MONDAY_MS + first + 1, limit: 10 })).toEqual(['al_1'])
      expect(await refs({ firstSeq: first, lastSeq: first, limit: 10 })).toEqual(['al_1'])
      expect(await refs({ limit: 10, visible: { hidden: ['u_2'] } })).toEqual(['al_1'])
      expect(await given().outboxRange(MONDAY_MS + 1, MONDAY_MS + 9)).toEqual({ firstSeq: first + 1, lastSeq: first + 1 })
      expect(await given().outboxRange(0, 1)).toBeUndefined()
    })
  })

  describe('targets', () => {
    test('how far one is stays when its settings change, and never goes back', async () => {
      await save((tx) => tx.saveExportTarget({ ...TARGET, cursor: 5 }))
      await save((tx) => tx.saveTargetProgress({ id: 'xt_1', cursor: 9, sentMore: 4, state: '{"failures":1}' }))
      await save((tx) => tx.saveTargetProgress({ id: 'xt_1', cursor: 7, sentMore: 1, state: '{}' }))
      await save((tx) => tx.saveExportTarget({ ...TARGET, name: 'New', revision: 2, isPaused: true, cursor: 0 }))
      expect(await given().exportTarget('xt_1')).toEqual({ ...TARGET, name: 'New', revision: 2, isPaused: true, cursor: 9, sent: 5, dropped: 0 })
    })
    test('replays wait in turn and end; dead letters can be taken out; all go with their target', async () => {
      await save(async (tx) => {
        await tx.saveAlerts([buildAlert(), buildAlert({ id: 'al_2' })])
        await tx.saveExportTarget(TARGET)
      })
      await make()
      const [first = 0, second = 0] = await seqs()
      await save(async (tx) => {
        await tx.addReplay('xt_1', first, second)
        await tx.addReplay('xt_1', second, second)
        await tx.addDeadLetters('xt_1', [{ seq: first, reason: 'a' }, { seq: second, reason: 'b' }, { seq: 999, reason: 'no such row' }], MONDAY_MS)
      })
      const [replay] = await given().exportReplays('xt_1')
      expect(replay).toMatchObject({ nextSeq: first, toSeq: second })
      await save((tx) => tx.saveReplay(replay?.id ?? 0, second + 1))
      expect((await given().exportReplays('xt_1')).length).toBe(1)
      const page = await given().deadLetters({ targetId: 'xt_1', limit: 1 })
      expect([page.total, page.items[0]?.reason]).toEqual([2, 'a'])
      expect((await given().deadLetters({ targetId: 'xt_1', limit: 1, ...(page.nextCursor === undefined ? {} : { cursor: page.nextCursor }) })).items[0]).toMatchObject({ ref: 'al_2', reason: 'b' })
      expect(await save((tx) => tx.removeDeadLetters('xt_1', [first, 999]))).toEqual([first])
      expect(await given().deadLetterCounts()).toEqual(new Map([['xt_1', 1]]))
      await save((tx) => tx.deleteExportTarget('xt_1'))
      expect([await given().exportReplays('xt_1'), (await given().deadLetterCounts()).size]).toEqual([[], 0])
      // A target that went while it was tried gets nothing.
      await save((tx) => tx.addDeadLetters('xt_1', [{ seq: first, reason: 'a' }], MONDAY_MS))
      expect((await given().deadLetterCounts()).size).toBe(0)
    })
  })
}
