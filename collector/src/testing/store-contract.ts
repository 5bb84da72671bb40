// What every backend of the store promises. A backend's test calls describeStore with a way to open it and with what
// it can; nothing here asks for a backend by name.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appendAudit, verifyAudit } from '../audit/chain.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { CUMULATIVE_INDICATORS } from '../domain/risk/cumulative.ts'
import { dayOf, type Insight } from '../domain/risk/insight.ts'
import { cellsOfWeek, firstDayOf, type PopulationCell, weekOf } from '../domain/risk/population.ts'
import { amountOf } from '../domain/risk/thresholds.ts'
import type { StoredTrigger } from '../domain/people/triggering-event.ts'
import { CodedError } from '../errors.ts'
import type { ConnectorRun, IngestOutcome, IngestRun, Store, StoreWriter } from '../store/store.ts'
import { describeAccessStore } from './access-contract.ts'
import { describeAlerts } from './alerts-contract.ts'
import { buildAccount, buildActivity, buildAlert, buildDevice, buildEvents, buildInsight, buildPolicy, buildRun, buildUser, DAY_MS, encodeActivity, EPOCH, MONDAY_MS } from './builders.ts'
import { describeCases } from './cases-contract.ts'
import { describeEscalation } from './escalation-contract.ts'
import { describeEvidence } from './evidence-contract.ts'
import { describeFleet } from './fleet-contract.ts'
import { describeLive } from './live-contract.ts'
import { describeReports } from './reports-contract.ts'
import { describeExports } from './exports-contract.ts'
import { describePrivacy } from './privacy-contract.ts'
import { describeEnrolment } from './enrolment-contract.ts'
import { describeAgentPackages } from './agent-packages-contract.ts'
import { describeRollouts } from './rollouts-contract.ts'

export interface OpenedStore {
  readonly store: Store
  /** Closes it and opens the same data again. */
  reopen(): Promise<Store>
  /** Opens a second handle on the same data, as another process would. */
  second?(): Promise<Store>
  remove(): Promise<void>
}

export interface Capabilities {
  /** A second handle may be open at the same time. */
  readonly secondHandle: boolean
  /** Texts come back with NUL in them; else U+FFFD stands for it. */
  readonly anyText: boolean
}

const today = dayOf(MONDAY_MS)
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(() => 'nothing', (error: unknown) => (error instanceof CodedError ? error.code : error instanceof Error ? error.message : 'unknown'))

export function describeStore(name: string, open: () => Promise<OpenedStore>, can: Capabilities): void {
  describe(`${name} keeps the promises of the store`, () => {
    let opened: OpenedStore
    let store: Store
    beforeEach(async () => {
      opened = await open()
      store = opened.store
      await store.write(async (tx) => {
        await tx.saveDevice(buildDevice())
        await tx.saveUser(buildUser())
      })
    })
    afterEach(() => opened.remove())
    describeCases(() => store)
    describeEvidence(() => store)
    describeFleet(() => store)
    describeLive(() => store)
    describeReports(() => store)
    describeExports(() => store)
    describePrivacy(() => store)
    describeEscalation(() => store)
    describeRollouts(() => store)
    describeAgentPackages(() => store)
    describeEnrolment(() => store)
    const ingest = (...runs: readonly IngestRun[]): Promise<IngestOutcome> => store.write((tx) => tx.ingest(runs, countInsights, mergeInsights))
    const seqs = async (): Promise<readonly number[]> => (await store.activities({ limit: 500 })).items.map((activity) => Number(activity.id.split('.')[2])).toSorted((a, b) => a - b)
    const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
    const events = async (): Promise<number> => (await store.insights('u_1', today, today)).find((insight) => insight.indicator === 'copy_to_removable_media')?.events ?? 0

    describeAccessStore(() => store)

    describeAlerts(() => store)
    describe('what scoring asks for', () => {
      test('an insight comes back with everything that it grew by, and is merged with it', async () => {
        const [made] = countInsights([buildActivity({ id: `d_1.${EPOCH}.1` })])
        const grown: Insight = { ...(made as Insight), unallowedEvents: 2, weightTenths: 15, hours: [[9, 1], [22, 4]], priorityBy: [{ policyId: 'p_1', events: 1, bytes: 10 }], excludedEvents: 0 }
        await store.write((tx) => tx.ingest([buildRun(1, 1)], () => [grown], mergeInsights))
        await store.write((tx) => tx.ingest([buildRun(2, 1)], () => [grown], mergeInsights))
        const [found] = await store.insights('u_1', today, today)
        expect(found).toEqual(mergeInsights(grown, grown))
        expect({ ...(found as Insight) }).toEqual(mergeInsights(grown, grown))
      })
      test('the first day of a user is told, and that of removable media, however long ago', async () => {
        await store.write((tx) => tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-2', identities: [{ kind: 'account', value: 'bob' }] })))
        const insight = (indicator: string, day: number): Insight => ({ ...(countInsights([buildActivity()])[0] as Insight), indicator, day })
        await store.write((tx) => tx.ingest([buildRun(1, 1)], () => [insight('file_printed', today - 900), insight('copy_to_removable_media', today - 500), insight('copy_to_removable_media', today)], mergeInsights))
        await store.write((tx) => tx.ingest([buildRun(2, 1)], () => [{ ...insight('file_printed', today), userId: 'u_1' }], mergeInsights))
        expect([...(await store.firstDays(['u_1', 'u_2', 'u_none']))]).toEqual([['u_1', { observed: today - 900, media: today - 500 }]])
      })
      test('a week says of people what the domain says of the same people', async () => {
        const people = [{ id: 'u_1', department: 'Sales', kind: 'person' }, { id: 'u_2', department: 'Ärzte', kind: 'person' }, { id: 'u_3', department: 'sales', kind: 'person' }, { id: 'u_4', department: 'Sales', kind: 'system' }] as const
        await store.write(async (tx) => {
          for (const { id, department, kind } of people) await tx.saveUser(buildUser({ id, pseudonym: `ANON-${id}`, department, kind, identities: [{ kind: 'account', value: id }] }))
        })
        const week = weekOf(today)
        const amounts = [3, 40, 12, 7]
        const insights = people.flatMap(({ id }, index) => ['copy_to_removable_media', 'copy_to_network_share', 'file_deleted'].flatMap((indicator) => [0, 3, 6, 7].map((day): Insight =>
          ({ ...(countInsights([buildActivity()])[0] as Insight), userId: id, indicator, day: firstDayOf(week) + day, events: (amounts[index] ?? 1) * (day + 1), files: [] }))))
        await store.write((tx) => tx.ingest(people.map(({ id }, index) => buildRun(index + 1, 1, { userId: id })), () => insights, mergeInsights))
        const expected = cellsOfWeek(week, people.filter(({ kind }) => kind === 'person').map(({ id, department }) => ({ group: department, insights: insights.filter((insight) => insight.userId === id && weekOf(insight.day) === week).map((insight) => ({ indicator: insight.indicator, amount: amountOf(insight) })) })), CUMULATIVE_INDICATORS)
        const found = await store.populationCells(week)
        // Letter case of departments is the domain's business.
        const total = (cells: readonly PopulationCell[]) => [...Map.groupBy(cells, (cell) => `${cell.group.toLowerCase()} ${cell.indicator} ${cell.bucket}`)].map(([key, list]) => [key, list.reduce((sum, cell) => sum + cell.users, 0)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1))
        expect(total(found)).toEqual(total(expected))
        expect(await store.populationCells(week - 1)).toEqual([])
      })
    })

    describe('every activity exactly once', () => {
      test('a run that is sent twice is stored and counted once', async () => {
        expect(await ingest(buildRun(1, 5))).toMatchObject({ stored: 5, duplicates: 0, users: ['u_1'], watermarks: [{ deviceId: 'd_1', epoch: EPOCH, committedSeq: 5 }] })
        expect(await ingest(buildRun(1, 5))).toMatchObject({ stored: 0, duplicates: 5, users: [], watermarks: [{ committedSeq: 5 }] })
        expect(await seqs()).toEqual(range(1, 5))
        expect(await events()).toBe(5)
      })
      test('a run that overlaps what is there adds what is new on both sides', async () => {
        await ingest(buildRun(3, 2))
        expect(await ingest(buildRun(1, 6))).toMatchObject({ stored: 4, duplicates: 2, watermarks: [{ committedSeq: 6 }] })
        expect(await seqs()).toEqual(range(1, 6))
        expect(await events()).toBe(6)
      })
      test('the same numbers twice in one transaction are one', async () => {
        expect(await ingest(buildRun(1, 4), buildRun(2, 4))).toMatchObject({ stored: 5, duplicates: 3 })
        expect(await events()).toBe(5)
      })
      test('the same numbers of another epoch and of another device are others', async () => {
        await store.write((tx) => tx.saveDevice(buildDevice({ id: 'd_2', hardwareId: 'b'.repeat(64) })))
        expect(await ingest(buildRun(1, 2), buildRun(1, 2, { epoch: 'f'.repeat(32) }), buildRun(1, 2, { deviceId: 'd_2' }))).toMatchObject({ stored: 6, duplicates: 0 })
        expect(await store.activityCount()).toBe(6)
      })
      test('whatever the order of resends, overlaps and losses, nothing is stored twice and the watermark is the contiguous end', async () => {
        let device = 0
        await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 8 }), async (sends) => {
          device += 1
          const deviceId = `d_p${device}`
          await store.write((tx) => tx.saveDevice(buildDevice({ id: deviceId, hardwareId: String(device).padStart(64, '0') })))
          const held = new Set<number>()
          for (const [first, count] of sends) {
            const news = range(first, first + count - 1).filter((seq) => !held.has(seq))
            const outcome = await ingest(buildRun(first, count, { deviceId }))
            for (const seq of news) held.add(seq)
            expect(outcome).toMatchObject({ stored: news.length, duplicates: count - news.length })
            let reached = 0
            while (held.has(reached + 1)) reached += 1
            expect(await store.watermark(deviceId, EPOCH)).toBe(reached)
            expect(outcome.watermarks).toEqual([{ deviceId, epoch: EPOCH, committedSeq: reached }])
          }
          expect((await store.activities({ limit: 500, deviceId })).items.length).toBe(held.size)
        }), { numRuns: 25 })
      })
      test('it stays so after the store was closed and opened again', async () => {
        await ingest(buildRun(1, 3))
        store = await opened.reopen()
        expect(await ingest(buildRun(2, 3))).toMatchObject({ stored: 1, duplicates: 2, watermarks: [{ committedSeq: 4 }] })
        expect(await events()).toBe(4)
      })
      test('an activity comes back as it was sent', async () => {
        await ingest(buildRun(7, 1))
        const [activity] = await store.activitiesByIds([`d_1.${EPOCH}.7`])
        expect(activity).toMatchObject({ id: `d_1.${EPOCH}.7`, deviceId: 'd_1', userId: 'u_1', kind: 'file_copied', occurredAtMs: MONDAY_MS + 7000, file: { path: '/media/stick/7.txt', sizeBytes: 1000, location: 'removable' } })
        expect(await store.activitiesByIds(['x', 'd_1.e.1', `d_1.${EPOCH}.8`, "d_1.' OR 1=1.1"])).toEqual([])
      })
      test('a device that is not there is a failure and not a loss', async () => {
        await expect(ingest(buildRun(1, 1, { deviceId: 'd_gone' }))).rejects.toThrow(Error)
        expect(await store.activityCount()).toBe(0)
      })
    })

    describe('gaps', () => {
      const gap = (firstSeq: number, lastSeq: number, reason = 'spool_full') => buildRun(0, 0, { firstSeq: 0, gaps: [{ epoch: EPOCH, firstSeq, lastSeq, reason, atMs: MONDAY_MS }] })
      test('an explained hole lets the watermark pass, an unexplained one does not', async () => {
        await ingest(buildRun(1, 2), buildRun(6, 1))
        expect(await store.watermark('d_1', EPOCH)).toBe(2)
        expect(await ingest(gap(3, 5))).toMatchObject({ stored: 0, watermarks: [{ committedSeq: 6 }] })
        expect((await store.ledger('d_1')).map(({ firstSeq, lastSeq, kind, reason }) => [firstSeq, lastSeq, kind, reason])).toEqual([[1, 2, 'received', undefined], [3, 5, 'gap', 'spool_full'], [6, 6, 'received', undefined]])
      })
      test('what arrives after all is no gap any more', async () => {
        await ingest(gap(1, 10))
        expect(await ingest(buildRun(4, 2))).toMatchObject({ stored: 2, watermarks: [{ committedSeq: 10 }] })
        expect((await store.ledger('d_1')).map(({ firstSeq, lastSeq, kind }) => [firstSeq, lastSeq, kind])).toEqual([[1, 3, 'gap'], [4, 5, 'received'], [6, 10, 'gap']])
        expect(await store.activityCount()).toBe(2)
      })
      test('a gap that is reported again, or over what was received, changes nothing', async () => {
        await ingest(buildRun(1, 3))
        await ingest(gap(2, 5))
        const before = await store.ledger('d_1')
        await ingest(gap(1, 5, 'record_corrupt'))
        expect(await store.ledger('d_1')).toEqual(before)
      })
      test('a gap of an epoch that nothing else is known of is kept', async () => {
        await ingest(buildRun(0, 0, { firstSeq: 0, gaps: [{ epoch: 'a'.repeat(32), firstSeq: 1, lastSeq: 9, reason: 'epoch_abandoned', atMs: MONDAY_MS }] }))
        expect(await store.ledger('d_1')).toEqual([{ epoch: 'a'.repeat(32), firstSeq: 1, lastSeq: 9, kind: 'gap', reason: 'epoch_abandoned' }])
      })
      test('another activity under a number that is taken is kept apart, also within one transaction', async () => {
        await ingest(buildRun(1, 2))
        await ingest(buildRun(2, 2, { salt: 'clone' }))
        await ingest(buildRun(9, 1), buildRun(9, 1, { salt: 'clone' }))
        const { items } = await store.quarantined({ limit: 10 })
        expect(items.map((row) => [row.reason, row.subject.endsWith('.2') || row.subject.endsWith('.9')])).toEqual([['SEQ_CONFLICT', true], ['SEQ_CONFLICT', true]])
        expect(await seqs()).toEqual([1, 2, 3, 9])
      })
    })

    describe('a transaction is all or nothing', () => {
      test('work that throws leaves nothing, not even ids that it made', async () => {
        const doomed = store.write(async (tx) => {
          await tx.saveDevice(buildDevice({ id: 'd_9', hardwareId: '9'.repeat(64) }))
          await tx.ensureUser({ kind: 'account', value: 'mallory' }, () => buildUser({ id: 'u_9', pseudonym: 'ANON-9', identities: [{ kind: 'account', value: 'mallory' }] }))
          await tx.ingest([buildRun(1, 3), buildRun(1, 2, { deviceId: 'd_9', userId: 'u_9' })], countInsights, mergeInsights)
          await tx.saveAlert(buildAlert())
          await tx.quarantine({ atMs: 1, subject: 's', reason: 'r', detail: '', bytes: new Uint8Array([1]) })
          await appendAudit(tx, { actor: { id: 'a', name: 'a' }, action: 'x', targetKind: 'x', targetId: 'x', atMs: 1 })
          throw new Error('in the middle')
        })
        await expect(doomed).rejects.toThrow('in the middle')
        expect(await Promise.all([store.device('d_9'), store.user('u_9'), store.alert('al_1'), store.auditHead(), store.activityCount(), store.watermark('d_1', EPOCH), store.ledger('d_1'), store.markedUsers(10), store.insights('u_1', 0, today + 9)]))
          .toEqual([undefined, undefined, undefined, undefined, 0, 0, [], [], []])
        expect((await store.quarantined({ limit: 5 })).items).toEqual([])
        // The same again, and this time to the end: nothing may have been remembered from before.
        await store.write(async (tx) => {
          await tx.saveDevice(buildDevice({ id: 'd_8', hardwareId: '8'.repeat(64) }))
          await tx.saveDevice(buildDevice({ id: 'd_9', hardwareId: '9'.repeat(64) }))
          await tx.saveUser(buildUser({ id: 'u_8', pseudonym: 'ANON-8', identities: [] }))
          await tx.saveUser(buildUser({ id: 'u_9', pseudonym: 'ANON-9', identities: [] }))
          await tx.ingest([buildRun(1, 2, { deviceId: 'd_9', userId: 'u_9' })], countInsights, mergeInsights)
        })
        expect((await store.activities({ limit: 10, userId: 'u_9' })).items.map((activity) => activity.deviceId)).toEqual(['d_9', 'd_9'])
      })
      test('a counter that fails leaves nothing', async () => {
        await expect(store.write((tx) => tx.ingest([buildRun(1, 3)], () => { throw new Error('counting failed') }, mergeInsights))).rejects.toThrow('counting failed')
        expect(await store.activityCount()).toBe(0)
        expect(await ingest(buildRun(1, 3))).toMatchObject({ stored: 3 })
      })
      test('transactions wait for each other', async () => {
        const order: string[] = []
        const slow = store.write(async (tx) => {
          order.push('first begins')
          await tx.saveSetting('a', '1')
          await new Promise((resolve) => setImmediate(resolve))
          order.push('first ends')
        })
        const quick = store.write(async (tx) => {
          order.push(`second sees ${await tx.setting('a')}`)
        })
        await Promise.all([slow, quick])
        expect(order).toEqual(['first begins', 'first ends', 'second sees 1'])
      })
      test('one that failed does not stop the next', async () => {
        await expect(store.write(async () => { throw new Error('no') })).rejects.toThrow('no')
        await store.write((tx) => tx.saveSetting('b', '2'))
        expect(await store.setting('b')).toBe('2')
      })
    })

    describe('marks', () => {
      const marks = () => store.markedUsers(10)
      test('a mark that rose since it was read stays', async () => {
        await ingest(buildRun(1, 1))
        const read = await marks()
        await ingest(buildRun(2, 1))
        await store.write((tx) => tx.clearMarks(read))
        expect((await marks()).map((mark) => mark.userId)).toEqual(['u_1'])
        await store.write(async (tx) => tx.clearMarks(await tx.markedUsers(10)))
        expect(await marks()).toEqual([])
      })
      test('a mark that was taken away and made again is not the one before', async () => {
        await ingest(buildRun(1, 1))
        const read = await marks()
        await store.write((tx) => tx.clearMarks(read))
        await ingest(buildRun(2, 1))
        await store.write((tx) => tx.clearMarks(read))
        expect((await marks()).length).toBe(1)
      })
      test('who waits longest comes first, however often others are marked', async () => {
        await store.write(async (tx) => {
          for (const id of ['u_2', 'u_3']) await tx.saveUser(buildUser({ id, pseudonym: `ANON-${id}`, identities: [] }))
        })
        for (const userId of ['u_3', 'u_1', 'u_2', 'u_1', 'u_1']) await store.write((tx) => tx.markUser(userId))
        expect((await marks()).map((mark) => mark.userId)).toEqual(['u_3', 'u_1', 'u_2'])
        expect((await store.markedUsers(1)).map((mark) => mark.userId)).toEqual(['u_3'])
      })
      test('a mark that was put off is given out from its time on, at once when there is news, and not to others', async () => {
        await ingest(buildRun(1, 1))
        const putOff = async () => store.write(async (tx) => tx.clearMarks((await tx.markedUsers(10, 99)).map((mark) => ({ ...mark, againAtMs: 100 }))))
        await putOff()
        expect([await marks(), await store.markedUsers(10, 99), (await store.markedUsers(10, 100)).length]).toEqual([[], [], 1])
        await ingest(buildRun(2, 1))
        expect((await marks()).length).toBe(1)
        await putOff()
        const read = await store.markedUsers(10, 100)
        await store.write((tx) => tx.clearMarks(read))
        expect(await store.markedUsers(10, 1000)).toEqual([])
      })
      test('a change of policy marks everybody', async () => {
        await store.write((tx) => tx.markAllUsers())
        expect((await marks()).length).toBe(1)
      })
    })

    describe('pages', () => {
      const alertIds = async (sort: 'created_at' | 'updated_at' | 'score', descending: boolean, between: (page: number) => Promise<void> = async () => {}): Promise<readonly string[]> => {
        const ids: string[] = []
        let cursor: string | undefined
        for (let page = 0; page < 20; page += 1) {
          const found = await store.alerts({ limit: 3, sort, descending, ...(cursor === undefined ? {} : { cursor }) })
          ids.push(...found.items.map((alert) => alert.id))
          cursor = found.nextCursor
          if (cursor === undefined) break
          await between(page)
        }
        return ids
      }
      const add = (id: string, over: Partial<ReturnType<typeof buildAlert>> = {}) => store.write((tx) => tx.saveAlert(buildAlert({ id, ...over })))
      beforeEach(async () => {
        for (let index = 0; index < 10; index += 1) await add(`al_${index}`, { createdAtMs: MONDAY_MS + Math.floor(index / 2), updatedAtMs: MONDAY_MS + index, score: 20 + (index % 3) })
      })
      test.each([['created_at', true], ['created_at', false], ['updated_at', true], ['score', true], ['score', false]] as const)('sorted by %s (descending: %s), every row comes once although many are equal', async (sort, descending) => {
        const ids = await alertIds(sort, descending)
        expect(ids.length).toBe(10)
        expect(new Set(ids).size).toBe(10)
      })
      test('rows that come in between neither repeat nor push out others', async () => {
        const ids = await alertIds('created_at', true, (page) => add(`al_new${page}`, { createdAtMs: MONDAY_MS + 100 + page }))
        expect(ids.filter((id) => !id.startsWith('al_new')).length).toBe(10)
        expect(new Set(ids).size).toBe(ids.length)
      })
      test('pages of activities, users, devices and the audit log go through everything once', async () => {
        await ingest(buildRun(1, 25))
        for (let index = 0; index < 7; index += 1) await store.write((tx) => appendAudit(tx, { actor: { id: 'a', name: 'a' }, action: 'x', targetKind: 'x', targetId: String(index), atMs: index }))
        const through = async <T>(read: (cursor: { cursor?: string }) => Promise<{ items: readonly T[]; nextCursor?: string }>): Promise<readonly T[]> => {
          const all: T[] = []
          for (let cursor: { cursor?: string } | undefined = {}; cursor !== undefined; ) {
            const page = await read(cursor)
            all.push(...page.items)
            cursor = page.nextCursor === undefined ? undefined : { cursor: page.nextCursor }
          }
          return all
        }
        expect(new Set((await through((cursor) => store.activities({ limit: 4, ...cursor }))).map((row) => row.id)).size).toBe(25)
        expect((await through((cursor) => store.activities({ limit: 4, userId: 'u_1', ...cursor }))).map((row) => row.occurredAtMs)).toEqual(range(1, 25).toReversed().map((seq) => MONDAY_MS + seq * 1000))
        expect((await through((cursor) => store.auditEntries({ limit: 2, ...cursor }))).map((row) => row.seq)).toEqual([7, 6, 5, 4, 3, 2, 1])
        expect((await through((cursor) => store.auditEntries({ limit: 2, ascending: true, ...cursor }))).map((row) => row.seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
        expect((await through((cursor) => store.users({ limit: 1, ...cursor }))).length).toBe(1)
        expect((await through((cursor) => store.devices({ limit: 1, ...cursor }))).length).toBe(1)
      })
      test.each(['garbage', '', Buffer.from('[1]').toString('base64url'), Buffer.from('["x","y"]').toString('base64url'), Buffer.from('[1,null]').toString('base64url'), Buffer.from('[1,"x"]').toString('base64url')])('the cursor %j is refused', async (cursor) => {
        expect(await codeOf(store.activities({ limit: 1, cursor }))).toBe('REQUEST_INVALID')
      })
      test('filters do what they say', async () => {
        await ingest(buildRun(1, 3))
        const count = async (query: object) => (await store.activities({ limit: 50, ...query })).items.length
        expect(await Promise.all([count({ kinds: ['file_copied'] }), count({ kinds: ['file_deleted'] }), count({ kinds: [] }), count({ fromMs: MONDAY_MS + 2000 }), count({ toMs: MONDAY_MS + 2000 }), count({ deviceId: 'd_1' }), count({ deviceId: 'd_2' }), count({ userId: 'u_none' })])).toEqual([3, 0, 0, 2, 1, 3, 0, 0])
        expect((await store.devices({ limit: 5, search: '%' })).items).toEqual([])
        expect((await store.devices({ limit: 5, search: 'LT-' })).items.length).toBe(1)
        expect((await store.users({ limit: 5, search: 'ALICE' })).items.length).toBe(1)
        expect(await store.users({ limit: 5, search: "' OR 1=1 --" })).toEqual({ items: [], total: 0 })
      })
    })

    describe('people', () => {
      test('two who meet an identity at once get one user', async () => {
        const identity = { kind: 'account', value: 'bob' } as const
        const make = (id: string) => store.write((tx) => tx.ensureUser(identity, () => buildUser({ id, pseudonym: `ANON-${id}`, identities: [identity] })))
        const [a, b] = await Promise.all([make('u_a'), make('u_b')])
        expect(b).toEqual(a)
        expect(await store.user('u_b')).toBeUndefined()
      })
      test('names that are no good names are kept as they are', async () => {
        for (const [index, value] of ['a\u0000b', "o'neil", '"', '\\', '😀', 'ä'.repeat(4000)].entries()) {
          const identity = { kind: 'account', value } as const
          const user = buildUser({ id: `u_odd${index}`, pseudonym: `ANON-ODD${index}`, displayName: value, identities: [identity], department: value })
          await store.write((tx) => tx.saveUser(user))
          const kept = can.anyText ? user : (JSON.parse(JSON.stringify(user).replaceAll('\\u0000', '\uFFFD')) as typeof user)
          expect(await store.userByIdentity(identity)).toEqual(kept)
        }
      })
      test('saving a user again replaces the identities', async () => {
        await store.write((tx) => tx.saveUser(buildUser({ identities: [{ kind: 'email', value: 'alice@example.com' }] })))
        expect(await store.userByIdentity({ kind: 'account', value: 'alice' })).toBeUndefined()
        expect((await store.userByIdentity({ kind: 'email', value: 'alice@example.com' }))?.id).toBe('u_1')
      })
    })

    describe('enrolment codes', () => {
      const code = { id: 'c_1', secretHash: 'h', group: 'default', maxUses: 3, uses: 0, createdAtMs: MONDAY_MS, expiresAtMs: MONDAY_MS + 1000, createdBy: 'ada', revoked: false }
      const use = (nowMs = MONDAY_MS) => store.write((tx) => tx.useEnrolmentCode('c_1', nowMs))
      test('twenty who try at once share three uses', async () => {
        await store.write((tx) => tx.saveEnrolmentCode(code))
        expect((await Promise.all(Array.from({ length: 20 }, () => use()))).filter(Boolean).length).toBe(3)
        expect((await store.enrolmentCodeBySecretHash('h'))?.uses).toBe(3)
      })
      test('an expired, a revoked and an unknown code have no use', async () => {
        expect(await use()).toBe(false)
        await store.write((tx) => tx.saveEnrolmentCode(code))
        expect(await use(MONDAY_MS + 1000)).toBe(false)
        await store.write((tx) => tx.saveEnrolmentCode({ ...code, revoked: true }))
        expect(await use()).toBe(false)
      })
      test('saving a code again does not give its uses back', async () => {
        await store.write((tx) => tx.saveEnrolmentCode({ ...code, maxUses: 1 }))
        await use()
        await store.write((tx) => tx.saveEnrolmentCode({ ...code, maxUses: 1, uses: 0 }))
        expect(await use()).toBe(false)
      })
    })

    describe('the audit log', () => {
      const entry = (seq: number) => ({ seq, atMs: 1, actorId: 'a', actorName: 'a', action: 'x', targetKind: 'x', targetId: 'x', detail: '{}', hash: 'h' })
      test('entries are numbered without a hole, also when transactions fail in between', async () => {
        const add = (fails: boolean) => store.write(async (tx) => {
          await appendAudit(tx, { actor: { id: 'a', name: 'a' }, action: 'x', targetKind: 'x', targetId: 'x', atMs: 1 })
          if (fails) throw new Error('no')
        })
        for (const fails of [false, true, false, true, false]) await add(fails).catch(() => undefined)
        expect((await store.auditEntries({ limit: 10, ascending: true })).items.map((row) => row.seq)).toEqual([1, 2, 3])
        expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: 3 })
      })
      test('a number is used once', async () => {
        await store.write((tx) => tx.appendAudit(entry(1)))
        await expect(store.write((tx) => tx.appendAudit(entry(1)))).rejects.toThrow(Error)
      })
    })

    describe('quarantine', () => {
      const put = (bytes: readonly number[], subject = 's') => store.write((tx) => tx.quarantine({ atMs: 5, subject, reason: 'DECODE_FAILED', detail: 'd', bytes: Uint8Array.from(bytes) }))
      test('the same bytes under the same subject are one row that counts its tries', async () => {
        for (let turn = 0; turn < 3; turn += 1) await put([1, 2])
        await put([1, 3])
        await put([1, 2], 't')
        const { items, total } = await store.quarantined({ limit: 10 })
        expect(items.map((row) => [row.subject, [...row.bytes], row.tries])).toEqual([['t', [1, 2], 1], ['s', [1, 3], 1], ['s', [1, 2], 3]])
        expect(total).toBe(3)
        const oldest = items[2]?.id ?? 0
        await store.write((tx) => tx.markReplayed(oldest, 9))
        expect(await store.quarantinedById(oldest)).toMatchObject({ replayedAtMs: 9, tries: 3 })
        expect((await store.quarantined({ limit: 10 })).total).toBe(2)
        expect(await store.quarantinedById(9999)).toBeUndefined()
      })
    })

    describe('everything else comes back as it was put in', () => {
      const put = (work: (tx: StoreWriter) => Promise<unknown>) => store.write(work)
      test('policies, agent policies, settings, accounts, sessions, alerts and their history', async () => {
        const policy = buildPolicy({ scope: { exclude: { countries: ['DE'] } } })
        const alert = buildAlert({ assigneeId: 'a_1', decidedAtMs: MONDAY_MS + 60_000, status: 'resolved' })
        const revision = { group: 'default', version: 3, hash: 'h', signed: Uint8Array.from([0, 255]), readable: '{}', createdAtMs: 1, expiresAtMs: 2 }
        const session = { tokenHash: 't', accountId: 'a_1', createdAtMs: 1, lastSeenAtMs: 2, expiresAtMs: 3, address: '::1', userAgent: 'x' }
        const history = { alertId: 'al_1', atMs: 1, actorId: 'ada', what: 'status', from: 'needs_review', to: 'resolved', note: 'n' }
        await put(async (tx) => {
          await tx.savePolicy(policy)
          await tx.saveAgentPolicy(revision)
          await tx.saveSetting('group:x', '{}')
          await tx.saveAccount(buildAccount())
          await tx.saveSession(session)
          await tx.saveAlert(alert)
          await tx.appendAlertHistory(history)
        })
        expect(await store.policyByName('Leaks')).toEqual(policy)
        const agent = await store.agentPolicy('default')
        expect(agent === undefined ? [] : [...agent.signed]).toEqual([0, 255])
        expect(await store.deviceGroups()).toEqual(['default', 'x'])
        expect(await store.accountByName('ada')).toEqual(buildAccount())
        expect(await store.session('t')).toEqual(session)
        expect(await store.alertsOfUser('u_1')).toEqual([alert])
        expect(await store.alertHistory('al_1')).toEqual([history])
        expect(await store.alertStatistics(MONDAY_MS + DAY_MS)).toMatchObject({ counts: [{ status: 'resolved', severity: 'low', count: 1 }], meanDecisionMs: 60_000 })
        expect(await put((tx) => tx.deleteExpiredSessions(3))).toBe(1)
      })
      test('the policy of a device stands beside that of its group, with why, and goes alone', async () => {
        const revision = { group: 'default', version: 2, hash: 'h2', signed: Uint8Array.of(1, 2), readable: '{}', createdAtMs: 3, expiresAtMs: 4, deviceId: 'd_1', why: { level: 'elevated' as const, userIds: ['u_1'] } }
        await put(async (tx) => {
          await tx.saveDevice(buildDevice())
          await tx.saveDevicePolicy({ ...revision, version: 1 })
          await tx.saveDevicePolicy(revision)
        })
        const found = await store.devicePolicy('d_1')
        expect({ ...found, signed: [...(found?.signed ?? [])] }).toEqual({ ...revision, signed: [1, 2] })
        const { why: _why, ...plain } = revision
        await put((tx) => tx.saveDevicePolicy({ ...plain, version: 3 }))
        expect(await store.devicePolicies()).toMatchObject([{ deviceId: 'd_1', version: 3 }])
        expect((await store.devicePolicy('d_1'))?.why).toBeUndefined()
        await put((tx) => tx.deleteDevicePolicy('d_1'))
        expect(await store.devicePolicies()).toEqual([])
      })
      test('staged facts come back in their order and go, those of one run excepted', async () => {
        await put(async (tx) => {
          for (const [run, seq] of [['cr_1', 2], ['cr_1', 1], ['cr_2', 1], ['cr_1', 3]] as const) await tx.stageFacts(run, seq, Uint8Array.of(seq, 255))
        })
        const seqsOf = async (run: string, after: number, limit: number) => (await store.stagedFacts(run, after, limit)).map(({ seq, facts }) => [seq, ...facts])
        expect(await seqsOf('cr_1', 0, 2)).toEqual([[1, 1, 255], [2, 2, 255]])
        expect(await seqsOf('cr_1', 2, 2)).toEqual([[3, 3, 255]])
        expect(await put((tx) => tx.dropStagedFacts('cr_2', 2))).toBe(2)
        expect(await put((tx) => tx.dropStagedFacts('cr_2', 2))).toBe(1)
        expect([await seqsOf('cr_1', 0, 9), await seqsOf('cr_2', 0, 9)]).toEqual([[], [[1, 1, 255]]])
        expect(await put((tx) => tx.dropStagedFacts(undefined, 2))).toBe(1)
      })
      test('devices of users are those on which they were active since then, each once', async () => {
        await put(async (tx) => {
          for (const id of ['d_2', 'd_3']) await tx.saveDevice(buildDevice({ id, hardwareId: id }))
          await tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-2', identities: [{ kind: 'account', value: 'u_2' }] }))
        })
        const run = (deviceId: string, userId: string, atMs: readonly number[]): IngestRun => ({
          deviceId, epoch: EPOCH, firstSeq: 1, gaps: [], receivedAtMs: MONDAY_MS, activities: atMs.map((occurredAtMs, index) => ({ activity: buildActivity({ id: `${deviceId}.${EPOCH}.${index + 1}`, deviceId, userId, occurredAtMs }), body: Uint8Array.of(index) })),
        })
        await put((tx) => tx.ingest([run('d_1', 'u_1', [MONDAY_MS, MONDAY_MS + 1]), run('d_2', 'u_1', [MONDAY_MS - DAY_MS]), run('d_3', 'u_2', [MONDAY_MS])], () => [], (a) => a))
        expect((await store.devicesOfUsers(['u_1', 'u_2'], MONDAY_MS)).toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1))).toEqual([{ userId: 'u_1', deviceId: 'd_1' }, { userId: 'u_2', deviceId: 'd_3' }])
        expect(await store.devicesOfUsers(['u_1'], MONDAY_MS - DAY_MS)).toHaveLength(2)
        expect(await store.devicesOfUsers([], 0)).toEqual([])
      })
      test('a report of a device does not undo a change of the device, nor the other way round', async () => {
        const report = { receivedAtMs: 7, sentAtMs: 6, agentVersion: '1', hostname: 'new', os: 'linux', osVersion: '', kernel: '', uptimeSecs: 1, elevated: true, sensors: [], spool: { epoch: EPOCH, lastSeq: 1, ackedSeq: 1, bytes: 0, maxBytes: 1, dropped: 0 }, policy: { runningVersion: 1, runningHash: '', refusedVersion: 0, refusedReason: '' }, usage: { rssBytes: 1, cpuMillis: 1 }, sessionAccounts: [] }
        await put((tx) => tx.saveReport('d_1', report))
        await put((tx) => tx.saveDevice(buildDevice({ hostname: 'new', status: 'revoked' })))
        expect(await store.device('d_1')).toEqual({ ...buildDevice({ hostname: 'new', status: 'revoked' }), lastSeenAtMs: 7, report })
      })
      test('the body of an activity may be of any size that a device can send', async () => {
        const body = encodeActivity({ detail: { destination: { path: 'x'.repeat(8000), location: 2 } } })
        const run = buildRun(1, 2)
        await ingest({ ...run, activities: run.activities.map((row) => ({ ...row, body })) })
        expect((await store.activities({ limit: 5 })).items.map((row) => row.file?.path.length)).toEqual([8000, 8000])
      })
    })

    describe('what comes from outside', () => {
      const put = <T>(work: (tx: StoreWriter) => Promise<T>): Promise<T> => store.write(work)
      const trigger = (over: Partial<StoredTrigger> = {}): StoredTrigger => ({ id: 't_1', userId: 'u_1', kind: 'hr_resignation', atMs: MONDAY_MS, reason: 'HR recorded a resignation.', source: 'hr', detail: { level: 'x' }, ...over })
      const marked = async () => (await store.markedUsers(10)).map((mark) => mark.userId)
      const run = (id: string, connector: string): ConnectorRun => ({ id, connector, atMs: MONDAY_MS, actorId: 'a_1', outcome: 'done', fileHash: 'f', bytes: 1, rows: 1, problems: 0, repeats: 0, usersCreated: 0, usersChanged: 0, triggers: 0, activities: 0 })
      test('a triggering event that is the same marks nobody, one that says something else does', async () => {
        await put((tx) => tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', identities: [] })))
        expect(await put((tx) => tx.saveTriggers([trigger(), trigger({ id: 't_2', userId: 'u_2', atMs: MONDAY_MS - 1 })]))).toHaveLength(2)
        await put(async (tx) => tx.clearMarks(await tx.markedUsers(10)))
        expect(await put((tx) => tx.saveTriggers([trigger(), trigger({ id: 't_2', userId: 'u_2', atMs: MONDAY_MS + 1 })]))).toEqual([trigger({ id: 't_2', userId: 'u_2', atMs: MONDAY_MS + 1 })])
        expect(await marked()).toEqual(['u_2'])
        expect(await store.triggersOf('u_1')).toEqual([trigger()])
        expect((await store.triggersOfUsers(['u_2', 'u_1', 'nobody'])).map((row) => row.id)).toEqual(['t_1', 't_2'])
        expect((await store.triggers({ limit: 1 })).items.map((row) => row.id)).toEqual(['t_2'])
        const next = (await store.triggers({ limit: 1 })).nextCursor ?? ''
        expect(await store.triggers({ limit: 1, cursor: next })).toMatchObject({ total: 2, items: [{ id: 't_1' }] })
        expect((await store.triggers({ limit: 5, userId: 'u_1', kinds: ['hr_resignation'], source: 'hr', fromMs: MONDAY_MS, toMs: MONDAY_MS + 1 })).items).toHaveLength(1)
        await put((tx) => tx.removeTriggers(['t_1', 'none']))
        expect([await store.triggersOf('u_1'), (await marked()).toSorted()]).toEqual([[], ['u_1', 'u_2']])
      })
      test('a triggering event of nobody is a failure, and leaves nothing', async () => {
        await expect(put((tx) => tx.saveTriggers([trigger(), trigger({ id: 't_3', userId: 'nobody' })]))).rejects.toThrow(/not.null/i)
        expect(await store.triggersOf('u_1')).toEqual([])
      })
      test('a key is claimed once, of each connector', async () => {
        expect(await put((tx) => tx.claimItems('a', ['x', 'y', 'x']))).toEqual(['x', 'y'])
        expect(await put((tx) => tx.claimItems('a', ['y', 'z']))).toEqual(['z'])
        expect(await put((tx) => tx.claimItems('b', ['x']))).toEqual(['x'])
        await put((tx) => tx.saveConnectorItems('a', new Map([['x', '1'], ['new', '2']])))
        expect(Object.fromEntries(await store.connectorItems('a', ['x', 'y', 'new', 'none']))).toEqual({ x: '1', y: '', new: '2' })
      })
      test('many people at once are found by any of their identities, with what was changed', async () => {
        const many = Array.from({ length: 1200 }, (_, index) => buildUser({ id: `u_m${index}`, pseudonym: `ANON-M${index}`, displayName: `m${index}`, identities: [{ kind: 'email', value: `m${index}@example.com` }, { kind: 'account', value: `m${index}` }], groups: ['g'] }))
        await put((tx) => tx.saveUsers(many))
        await put((tx) => tx.saveUsers([{ ...many[3] ?? buildUser(), displayName: 'other', identities: [{ kind: 'account', value: 'moved' }], jobLevel: '7', directory: { id: 'dn', active: false, seenAtMs: 1 } }]))
        expect(await store.usersByIdentities([{ kind: 'email', value: 'm5@example.com' }, { kind: 'account', value: 'm5' }, { kind: 'account', value: 'none' }])).toEqual([{ ...many[5], identities: expect.arrayContaining([...(many[5]?.identities ?? [])]) as unknown }])
        expect(await store.userByIdentity({ kind: 'account', value: 'm3' })).toBeUndefined()
        expect(await store.userByIdentity({ kind: 'account', value: 'moved' })).toMatchObject({ id: 'u_m3', displayName: 'other', jobLevel: '7', groups: ['g'], directory: { id: 'dn', active: false } })
        expect(await store.personCount()).toBe(1201)
      })
      test('groups, runs, resources and tokens come back as they were put in', async () => {
        const group = { id: 'g_1', name: 'Board', description: '', members: ['u_1'], viewers: ['Admin'] }
        const token = { id: 'tk_1', name: 'job', tokenHash: 'h', permissions: ['connector:hr'], createdBy: 'ada', createdAtMs: 1, expiresAtMs: 2, revoked: false }
        const resource = { kind: 'User' as const, id: 'u_1', name: 'mara', externalId: 'e', createdAtMs: 1, changedAtMs: 2, document: { userName: 'mara' } }
        await put(async (tx) => {
          await tx.savePriorityGroup({ ...group, description: 'first' })
          await tx.savePriorityGroup(group)
          await tx.saveConnectorRun(run('r_1', 'hr'))
          await tx.saveConnectorRun(run('r_2', 'ehr'))
          await tx.saveConnectorRun(run('r_3', 'hr'))
          await tx.saveApiToken(token)
          await tx.saveApiToken({ ...token, revoked: true })
          await tx.saveScimResource(resource)
          await tx.saveScimResource({ ...resource, kind: 'Group', id: 'g', name: 'staff', document: {} })
        })
        expect(await store.priorityGroups()).toEqual([group])
        expect([(await store.connectorRuns('hr', 5)).map((row) => row.id), (await store.connectorRuns(undefined, 2)).map((row) => row.id)]).toEqual([['r_3', 'r_1'], ['r_3', 'r_2']])
        expect([await store.apiTokenByHash('h'), await store.apiTokenByHash('x'), await store.apiTokens()]).toEqual([{ ...token, revoked: true }, undefined, [{ ...token, revoked: true }]])
        expect([await store.scimResource('User', 'u_1'), await store.scimResource('Group', 'u_1')]).toEqual([resource, undefined])
        expect(await store.scimResources({ kind: 'User', name: 'mara', externalId: 'e', id: 'u_1', offset: 0, limit: 5 })).toEqual({ total: 1, items: [resource] })
        expect((await store.scimResources({ kind: 'User', offset: 1, limit: 5 })).items).toEqual([])
        await put(async (tx) => {
          await tx.deletePriorityGroup('g_1')
          await tx.deleteScimResource('User', 'u_1')
        })
        expect([await store.priorityGroups(), await store.scimResource('User', 'u_1')]).toEqual([[], undefined])
      })
      test('what imports come from is no device of the fleet', async () => {
        await put((tx) => tx.saveDevice(buildDevice({ id: 'c_hr', os: 'connector', hardwareId: 'connector:c_hr' })))
        expect([(await store.devices({ limit: 5 })).items.map((device) => device.id), (await store.device('c_hr'))?.os]).toEqual([['d_1'], 'connector'])
      })
    })

    describe('looking at everybody', () => {
      const put = (...insights: readonly Insight[]) => store.write((tx) => tx.ingest([buildRun(1, 1), buildRun(50, 1, { userId: 'u_2' })], () => insights, mergeInsights))
      const on = (day: number, count: number, over: Partial<Insight> = {}): Insight => buildEvents('file_printed', count, { day, ...over })
      beforeEach(() => store.write((tx) => tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-2', displayName: 'bob', identities: [{ kind: 'account', value: 'bob' }] }))))

      test('the largest day of each user and indicator is told, without what is excluded or outside of the range', async () => {
        await put(on(today - 3, 90), on(today - 2, 5), on(today, 7), on(today, 4, { userId: 'u_2' }), on(today - 1, 50, { userId: 'u_2', excludedEvents: 50 }), buildEvents('agent_stopped', 1, { day: today, excludedEvents: 1 }))
        expect((await store.busiestDays(['u_1', 'u_2', 'u_none'], today - 2, today)).toSorted((a, b) => (a.userId < b.userId ? -1 : 1))).toEqual([{ userId: 'u_1', indicator: 'file_printed', amount: 7 }, { userId: 'u_2', indicator: 'file_printed', amount: 4 }])
        expect(await store.busiestDays([], today - 2, today)).toEqual([])
      })
      test('days over an amount are those that reach it, under the indicators that were named', async () => {
        await put(on(today - 2, 5), on(today - 1, 4), on(today, 7), buildEvents('agent_stopped', 9, { day: today }))
        expect((await store.daysOver(['u_1'], today - 2, today, new Map([['file_printed', 5]]))).map((row) => [row.day, row.amount])).toEqual([[today - 2, 5], [today, 7]])
        expect(await store.daysOver(['u_1'], today - 2, today, new Map())).toEqual([])
      })
      test('insights without samples are the same but for them', async () => {
        await put(on(today - 1, 5), buildInsight({ day: today, hours: [[9, 3]] }))
        const whole = await store.insightsOfUsers(['u_1'], today - 2, today)
        expect((await store.insightsWithoutSamples(['u_1'], today - 2, today)).map((insight) => ({ ...insight }))).toEqual(whole.map((insight) => ({ ...insight, samples: [] })))
      })
      test('replaced insights are those of one user, day and list of indicators, and the user is marked', async () => {
        await put(on(today - 1, 5), on(today, 7), buildEvents('agent_stopped', 1, { day: today }), on(today, 3, { userId: 'u_2' }))
        await store.write(async (tx) => {
          await tx.clearMarks(await tx.markedUsers(10))
          await tx.replaceInsights('u_1', today, ['file_printed'], [on(today, 2)])
        })
        expect((await store.insightsOfUsers(['u_1', 'u_2'], today - 1, today)).map((insight) => [insight.userId, insight.day - today, insight.indicator, insight.events])).toEqual([['u_1', -1, 'file_printed', 5], ['u_1', 0, 'agent_stopped', 1], ['u_1', 0, 'file_printed', 2], ['u_2', 0, 'file_printed', 3]])
        expect((await store.markedUsers(5)).map((mark) => mark.userId)).toEqual(['u_1'])
        await store.write((tx) => tx.replaceInsights('u_1', today, ['file_printed'], []))
        expect((await store.insights('u_1', today, today)).map((insight) => insight.indicator)).toEqual(['agent_stopped'])
      })
      test('levels page from the highest to the lowest, and those of nobody and without one are left out', async () => {
        const state = (userId: string, level: 'none' | 'minor' | 'elevated') => ({ userId, level, sinceMs: 1, reason: 'x', alertIds: [], updatedAtMs: 1, ...(level === 'none' ? {} : { expiresAtMs: 5 }) })
        await store.write(async (tx) => {
          await tx.saveRiskLevel(state('u_1', 'minor'))
          await tx.saveRiskLevel(state('u_2', 'elevated'))
          await tx.saveRiskLevel(state('u_none', 'elevated'))
        })
        const first = await store.riskLevels({ limit: 1 })
        const second = await store.riskLevels({ limit: 1, cursor: first.nextCursor ?? '' })
        expect([first.items.map((one) => one.userId), second.items.map((one) => one.userId), second.nextCursor]).toEqual([['u_2'], ['u_1'], undefined])
        expect([(await store.riskLevelsToExpire(4, 5)).length, (await store.riskLevelsToExpire(5, 5)).length]).toEqual([0, 2])
        await store.write((tx) => tx.saveRiskLevel(state('u_2', 'none')))
        expect([(await store.riskLevels({ limit: 5 })).items.length, (await store.riskLevel('u_2'))?.level, await store.riskLevel('u_none')]).toEqual([1, 'none', undefined])
      })
    })

    test.runIf(can.secondHandle)('a second handle sees what was committed and waits its turn', async () => {
      const other = await opened.second?.()
      try {
        await ingest(buildRun(1, 2))
        expect(await other?.activityCount()).toBe(2)
        await Promise.all([ingest(buildRun(3, 2)), other?.write((tx) => tx.saveSetting('from', 'other'))])
        expect([await store.setting('from'), await other?.activityCount()]).toEqual(['other', 4])
      } finally {
        await other?.close()
      }
    })
  })
}
