// What a backend promises of the alert queue, of what was done to it, and of the views that people keep.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Alert } from '../domain/cases/alert.ts'
import type { AlertSelection } from '../store/alerts.ts'
import type { Store } from '../store/store.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { buildAlert, buildRun, buildUser, DAY_MS, EPOCH, MONDAY_MS } from './builders.ts'

const part = (code: string, reason = 'a reason'): Alert['parts'][number] => ({ code, points: 5, reason, evidence: [] })

export function describeAlerts(storeOf: () => Store): void {
  describe('the alert queue', () => {
    const all: readonly Alert[] = [
      buildAlert({ id: 'al_a', severity: 'high', score: 80, createdAtMs: MONDAY_MS, updatedAtMs: MONDAY_MS + 5, assigneeId: 'a_1', parts: [part('insight'), part('sequence.archive_then_exfiltration')] }),
      buildAlert({ id: 'al_b', severity: 'medium', score: 40, status: 'confirmed', createdAtMs: MONDAY_MS + DAY_MS, updatedAtMs: MONDAY_MS + 4, policyId: 'p_2', caseId: 'cs_1', parts: [part('booster.above_peers'), part('booster.priority_user', 'Priority or high-impact user: 12 people report to the user.')] }),
      buildAlert({ id: 'al_c', userId: 'u_2', severity: 'low', score: 25, status: 'dismissed', dismissReason: 'not_impactful', decidedAtMs: MONDAY_MS + 60_000, updatedAtMs: MONDAY_MS + 3, trigger: { kind: 'hr_resignation', atMs: MONDAY_MS, reason: 'x' } }),
      buildAlert({ id: 'al_d', userId: 'u_2', severity: 'low', score: 25, updatedAtMs: MONDAY_MS + 2, reopenedAtMs: MONDAY_MS + 2 * DAY_MS, parts: [part('booster.priority_user', 'Priority or high-impact user: The user is a member of a priority group.'), part('booster.unallowed_domain')] }),
    ]
    beforeEach(() => storeOf().write(async (tx) => {
      await tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', identities: [{ kind: 'account', value: 'bob' }] }))
      await tx.saveAlerts(all)
    }))
    const found = async (selection: AlertSelection): Promise<string> => (await storeOf().alerts({ ...selection, limit: 50, sort: 'updated_at', descending: true })).items.map(({ id }) => id.slice(3)).join('')

    test.each<[string, AlertSelection, string]>([
      ['nothing asked', {}, 'abcd'], ['a status', { status: ['needs_review'] }, 'ad'], ['two severities', { severity: ['high', 'medium'] }, 'ab'], ['a policy', { policyId: ['p_2'] }, 'b'], ['a user', { userId: 'u_2' }, 'cd'], ['nobody known', { userId: 'u_none' }, ''],
      ['an assignee', { assignees: ['a_1'] }, 'a'], ['nobody assigned', { assignees: [null] }, 'bcd'], ['either', { assignees: ['a_1', null] }, 'abcd'], ['from a time on', { createdFromMs: MONDAY_MS + 1 }, 'b'], ['before a time', { createdToMs: MONDAY_MS + 1 }, 'acd'],
      ['sequence', { factors: ['sequence'] }, 'a'], ['unusual or unallowed', { factors: ['unusual', 'unallowed_domain'] }, 'bd'], ['a priority user', { factors: ['priority_user'] }, 'd'], ['a high-impact user', { factors: ['high_impact_user'] }, 'b'],
      ['a trigger', { triggerKinds: ['hr_resignation'] }, 'c'], ['a reason of dismissal', { dismissReasons: ['not_impactful'] }, 'c'], ['with a case', { hasCase: true }, 'b'], ['without a case', { hasCase: false }, 'acd'],
      ['an id', { search: 'al_c' }, 'c'], ['a pseudonym in any case', { search: 'anon-bbb' }, 'cd'], ['something else', { search: '%' }, ''], ['ids', { ids: ['al_d', 'al_a', 'al_none'] }, 'ad'],
      ['waiting too long', { openedBeforeMs: { low: MONDAY_MS + DAY_MS, medium: MONDAY_MS + DAY_MS, high: MONDAY_MS + 1 } }, 'a'], ['hidden people', { visible: { hidden: ['u_2'] } }, 'ab'], ['several at once', { status: ['needs_review'], factors: ['unallowed_domain'], assignees: [null], hasCase: false }, 'd'],
    ])('finds by %s', async (_name, selection, wanted) => {
      expect(await found(selection)).toBe(wanted)
      expect(await storeOf().alertCount(selection)).toBe(wanted.length)
    })
    test('a filter follows an alert that changes', async () => {
      await storeOf().write((tx) => tx.saveAlert({ ...(all[0] as Alert), status: 'dismissed', dismissReason: 'false_detection', parts: [part('cumulative.own')] }))
      expect([await found({ factors: ['sequence'] }), await found({ factors: ['cumulative'], dismissReasons: ['false_detection'] })]).toEqual(['', 'a'])
    })
    test.each(['created_at', 'updated_at', 'score'] as const)('pages by %s in both directions hold each alert once, with the total on the first', async (sort) => {
      for (const descending of [true, false]) {
        const seen: string[] = []
        let cursor: string | undefined
        let total: number | undefined
        do {
          const page = await storeOf().alerts({ limit: 1, sort, descending, ...(cursor === undefined ? {} : { cursor }) })
          seen.push(...page.items.map(({ id }) => id))
          total ??= page.total
          cursor = page.nextCursor
        } while (cursor !== undefined)
        expect([new Set(seen).size, seen.length, total]).toEqual([4, 4, 4])
      }
    })
    test('statistics count what waits, what was opened and closed on which day, and how long decisions took', async () => {
      const { counts, meanDecisionMsBySeverity, opened, closed } = await storeOf().alertStatistics(MONDAY_MS + 3 * DAY_MS)
      expect(counts.toSorted((a, b) => a.status.localeCompare(b.status) || a.severity.localeCompare(b.severity))).toEqual([
        { status: 'confirmed', severity: 'medium', count: 1 }, { status: 'dismissed', severity: 'low', count: 1 }, { status: 'needs_review', severity: 'high', count: 1 }, { status: 'needs_review', severity: 'low', count: 1 }])
      expect(meanDecisionMsBySeverity).toEqual([{ severity: 'low', meanMs: 60_000, count: 1 }])
      const day = Math.floor(MONDAY_MS / DAY_MS)
      expect(opened).toEqual([{ day, severity: 'high', count: 1 }, { day, severity: 'low', count: 1 }, { day: day + 1, severity: 'medium', count: 1 }, { day: day + 2, severity: 'low', count: 1 }])
      expect(closed).toEqual([{ day, severity: 'low', count: 1 }])
    })
    test('a deed is kept for a while, and forgotten by a later one', async () => {
      const operation = { id: 'op_1', actorId: 'a_1', atMs: MONDAY_MS, what: 'dismissed', changes: [{ before: all[0] as Alert, revision: 2 }] }
      await storeOf().write((tx) => tx.saveAlertOperation(operation, MONDAY_MS - 1))
      expect(await storeOf().alertOperation('op_1')).toEqual(operation)
      await storeOf().write((tx) => tx.saveAlertOperation({ ...operation, id: 'op_2', atMs: MONDAY_MS + 10 }, MONDAY_MS + 5))
      expect(await storeOf().alertOperation('op_1')).toBeUndefined()
    })
  })

  describe('saved views and reviews', () => {
    const view = { id: 'sv_1', resource: 'alerts', name: 'High', ownerId: 'a_1', ownerName: 'ada', isShared: false, filter: { severity: ['high'] }, updatedAtMs: MONDAY_MS, revision: 1 }
    test('a private view is its owner’s, a shared one everybody’s; a deleted one is nobody’s default', async () => {
      const store = storeOf()
      await store.write(async (tx) => {
        await tx.saveSavedView(view)
        await tx.saveSavedView({ ...view, id: 'sv_2', name: 'All', isShared: true })
        await tx.saveDefaultView('a_2', 'alerts', 'sv_2')
      })
      const names = async (account: string, resource = 'alerts') => (await store.savedViews(account, resource)).map(({ name }) => name)
      expect([await names('a_1'), await names('a_2'), await names('a_1', 'cases'), await store.defaultView('a_2', 'alerts')]).toEqual([['All', 'High'], ['All'], [], 'sv_2'])
      expect(await store.savedView('sv_1')).toEqual(view)
      await store.write((tx) => tx.deleteSavedView('sv_2'))
      expect(await store.defaultView('a_2', 'alerts')).toBeUndefined()
    })
    test('an activity is reviewed once, and the review can be taken back', async () => {
      const store = storeOf()
      await store.write((tx) => tx.saveReviews([{ activityId: 'd_1.e.1', atMs: 1, by: 'ada' }]))
      await store.write((tx) => tx.saveReviews([{ activityId: 'd_1.e.1', atMs: 2, by: 'eve' }]))
      expect(await store.reviewsOf(['d_1.e.1', 'd_1.e.2'])).toEqual([{ activityId: 'd_1.e.1', atMs: 1, by: 'ada' }])
      await store.write((tx) => tx.deleteReviews(['d_1.e.1']))
      expect(await store.reviewsOf(['d_1.e.1'])).toEqual([])
    })
    test('a user’s activities are walked from any row on, in both directions', async () => {
      const store = storeOf()
      await store.write((tx) => tx.ingest([buildRun(1, 5)], countInsights, mergeInsights))
      const seq = (rows: Awaited<ReturnType<Store['explore']>>) => rows.map(({ activity }) => Number(activity.id.replace(`d_1.${EPOCH}.`, '')))
      const first = await store.explore({ userId: 'u_1', limit: 2 })
      const rest = await store.explore({ userId: 'u_1', limit: 9, cursor: first[1]?.cursor ?? '' })
      const up = await store.explore({ userId: 'u_1', limit: 9, ascending: true, fromMs: MONDAY_MS + 2000, toMs: MONDAY_MS + 5000, kinds: ['file_copied'] })
      expect([seq(first), seq(rest), seq(up), await store.explore({ userId: 'u_1', limit: 9, kinds: ['file_printed'] })]).toEqual([[5, 4], [3, 2, 1], [2, 3, 4], []])
    })
  })
}
