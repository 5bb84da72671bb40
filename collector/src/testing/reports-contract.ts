// What every backend promises of reports, links to them, reviews of a person and the list of users; describeStore calls it.
import { describe, expect, test } from 'vitest'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { CodedError } from '../errors.ts'
import type { ReportShare, StoredReport } from '../store/reports.ts'
import type { Store } from '../store/store.ts'
import { buildAlert, buildDevice, buildRun, buildTrigger, buildUser, DAY_MS, MONDAY_MS } from './builders.ts'
import { buildCase } from './cases-contract.ts'

export const buildReport = (over: Partial<StoredReport> = {}): StoredReport => ({
  id: 'ur_1', userId: 'u_1', fromDay: 20_000, toDay: 20_029, reason: 'Case 14.', state: 'queued', progress: 0, byId: 'a_1', byName: 'ina', createdAtMs: MONDAY_MS, activities: 0, tries: 0, ...over,
})
const buildShare = (over: Partial<ReportShare> = {}): ReportShare => ({ id: 'us_1', reportId: 'ur_1', tokenHash: 'h1', accountIds: [], createdAtMs: MONDAY_MS, byId: 'a_1', byName: 'ina', expiresAtMs: MONDAY_MS + DAY_MS, ...over })
const codeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: unknown) => (error instanceof CodedError ? error.code : 'unknown'))

export function describeReports(given: () => Store): void {
  const person = (id: string, over: Parameters<typeof buildUser>[0] = {}) => buildUser({ id, pseudonym: `ANON-${id.toUpperCase().replace('_', '')}`.padEnd(12, '0'), identities: [{ kind: 'account', value: id }], ...over })

  describe('reports', () => {
    test('a user has one unfinished report and any number of finished ones', async () => {
      await given().write((tx) => tx.saveUser(buildUser()))
      await given().write((tx) => tx.saveActivityReport(buildReport()))
      expect(await codeOf(given().write((tx) => tx.saveActivityReport(buildReport({ id: 'ur_2' }))))).toBe('REPORT_RUNNING')
      await given().write((tx) => tx.saveActivityReport(buildReport({ state: 'done', progress: 100 }), '{"a":1}'))
      await given().write((tx) => tx.saveActivityReport(buildReport({ id: 'ur_2', createdAtMs: MONDAY_MS + 1 })))
      expect((await given().unfinishedReports()).map(({ id }) => id)).toEqual(['ur_2'])
      expect((await given().reports({ limit: 1 })).items.map(({ id }) => id)).toEqual(['ur_2'])
      const { nextCursor, total } = await given().reports({ limit: 1, userId: 'u_1' })
      expect(total).toBe(2)
      expect((await given().reports({ limit: 1, ...(nextCursor === undefined ? {} : { cursor: nextCursor }) })).items.map(({ id }) => id)).toEqual(['ur_1'])
    })
    test('what came out stays when only the state is written, and goes with the report and its links', async () => {
      await given().write(async (tx) => {
        await tx.saveUser(buildUser())
        await tx.saveActivityReport(buildReport({ state: 'done' }), '{"a":1}')
        await tx.saveActivityReport(buildReport({ state: 'done', progress: 100 }))
        await tx.saveReportShare(buildShare())
        await tx.saveReportShare(buildShare({ revokedAtMs: MONDAY_MS + 5 }))
      })
      expect(await given().reportResult('ur_1')).toBe('{"a":1}')
      expect((await given().reportShareByHash('h1'))?.revokedAtMs).toBe(MONDAY_MS + 5)
      expect((await given().reportShares('ur_1')).length).toBe(1)
      await given().write((tx) => tx.deleteReport('ur_1'))
      expect(await given().report('ur_1')).toBeUndefined()
      expect(await given().reportShare('us_1')).toBeUndefined()
    })
    test('retention takes finished reports that are old, and an erasure all of a person', async () => {
      await given().write(async (tx) => {
        await tx.saveUsers([person('u_1'), person('u_2')])
        await tx.saveActivityReport(buildReport({ state: 'done', createdAtMs: MONDAY_MS - 200 * DAY_MS }))
        await tx.saveActivityReport(buildReport({ id: 'ur_2', state: 'queued', createdAtMs: MONDAY_MS - 200 * DAY_MS }))
        await tx.saveActivityReport(buildReport({ id: 'ur_3', userId: 'u_2', state: 'done' }))
      })
      expect((await given().retentionCount('reports', MONDAY_MS - 120 * DAY_MS)).due).toBe(1)
      await given().write((tx) => tx.retentionStep('reports', MONDAY_MS - 120 * DAY_MS, 0))
      expect((await given().reports({ limit: 9 })).items.map(({ id }) => id).toSorted()).toEqual(['ur_2', 'ur_3'])
      await given().write((tx) => tx.erasePerson('u_2', MONDAY_MS))
      expect((await given().reports({ limit: 9 })).items.map(({ id }) => id)).toEqual(['ur_2'])
    })
    test('only reports on people who may be seen are listed', async () => {
      await given().write(async (tx) => {
        await tx.saveUsers([person('u_1', { department: 'Sales' }), person('u_2', { department: 'Legal' })])
        await tx.saveActivityReport(buildReport())
        await tx.saveActivityReport(buildReport({ id: 'ur_2', userId: 'u_2' }))
      })
      expect((await given().reports({ limit: 9, visible: { places: [{ departments: ['Sales'] }] } })).items.map(({ id }) => id)).toEqual(['ur_1'])
    })
  })

  describe('activities that were looked at', () => {
    test('are found by their person and time', async () => {
      const run = buildRun(1, 3)
      const [first, , third] = run.activities.map(({ activity }) => activity)
      await given().write(async (tx) => {
        await tx.saveDevice(buildDevice())
        await tx.saveUser(buildUser())
        await tx.ingest([run], countInsights, mergeInsights)
        await tx.saveReviews([first?.id ?? '', third?.id ?? '', 'd_none.e.1'].map((activityId) => ({ activityId, atMs: MONDAY_MS, by: 'ina' })))
      })
      const at = third?.occurredAtMs ?? 0
      expect((await given().reviewedActivities('u_1', 0, at + 1)).map(({ id }) => id)).toEqual([first?.id, third?.id])
      expect((await given().reviewedActivities('u_1', at, at + 1)).map(({ id }) => id)).toEqual([third?.id])
      expect(await given().reviewedActivities('u_2', 0, at + 1)).toEqual([])
    })
  })

  describe('the list of users', () => {
    test('is filtered by alerts, triggers, levels, cases and impact, and ordered by risk', async () => {
      await given().write(async (tx) => {
        await tx.saveUsers([person('u_1'), person('u_2', { privileged: true }), person('u_3', { reports: 12 }), person('u_4')])
        await tx.saveAlerts([buildAlert({ id: 'al_1', userId: 'u_1', score: 40 }), buildAlert({ id: 'al_2', userId: 'u_2', score: 80 }), buildAlert({ id: 'al_3', userId: 'u_3', score: 99, status: 'resolved' })])
        await tx.saveTriggers([buildTrigger({ id: 't_1', userId: 'u_4', atMs: MONDAY_MS - 5 * DAY_MS }), buildTrigger({ id: 't_2', userId: 'u_3', kind: 'manual', atMs: MONDAY_MS - 40 * DAY_MS, untilMs: MONDAY_MS + DAY_MS })])
        await tx.saveRiskLevel({ userId: 'u_2', level: 'elevated', sinceMs: MONDAY_MS, reason: 'x', alertIds: [], updatedAtMs: MONDAY_MS })
        await tx.saveCase(buildCase({ userId: 'u_4' }))
      })
      const ids = async (query: Omit<Parameters<Store['users']>[0], 'limit'>) => (await given().users({ limit: 9, ...query })).items.map(({ id }) => id)
      expect(await ids({ byRisk: true })).toEqual(['u_2', 'u_1', 'u_3', 'u_4'])
      expect(await ids({ withOpenAlerts: true })).toEqual(['u_1', 'u_2'])
      expect(await ids({ triggeredSinceMs: MONDAY_MS - 30 * DAY_MS })).toEqual(['u_3', 'u_4'])
      expect(await ids({ scoredByHandAtMs: MONDAY_MS })).toEqual(['u_3'])
      expect(await ids({ scoredByHandAtMs: MONDAY_MS + 2 * DAY_MS })).toEqual([])
      expect(await ids({ highImpactReports: 10 })).toEqual(['u_2', 'u_3'])
      expect(await ids({ levels: ['elevated'] })).toEqual(['u_2'])
      expect(await ids({ inCase: true })).toEqual(['u_4'])
      expect(await ids({ ids: ['u_1', 'u_9'] })).toEqual(['u_1'])
    })
    test('pages by risk without a hole and without a row twice', async () => {
      await given().write(async (tx) => {
        await tx.saveUsers(Array.from({ length: 7 }, (_, index) => person(`u_${index}`)))
        await tx.saveAlerts([buildAlert({ id: 'al_1', userId: 'u_3', score: 50 }), buildAlert({ id: 'al_2', policyId: 'p_2', userId: 'u_5', score: 50 })])
      })
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const found = await given().users({ limit: 2, byRisk: true, ...(cursor === undefined ? {} : { cursor }) })
        seen.push(...found.items.map(({ id }) => id))
        cursor = found.nextCursor
      } while (cursor !== undefined)
      expect(seen).toEqual(['u_3', 'u_5', 'u_0', 'u_1', 'u_2', 'u_4', 'u_6'])
    })
  })
}
