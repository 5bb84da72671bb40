// What every backend promises of privacy: requests, keys of people, holds, retention and erasure; describeStore calls it.
import { describe, expect, test } from 'vitest'
import { appendAudit } from '../audit/chain.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import type { LegalHold, PrivacyRequest, RetentionClass, RetentionRun } from '../store/privacy.ts'
import type { Store } from '../store/store.ts'
import { buildAlert, buildRun, buildTrigger, buildUser, DAY_MS, MONDAY_MS } from './builders.ts'
import { buildCase, buildNotice } from './cases-contract.ts'
import { buildEvidence } from './evidence-contract.ts'

export const buildPrivacyRequest = (over: Partial<PrivacyRequest> = {}): PrivacyRequest => ({
  id: 'pr_1', kind: 'reveal', state: 'live', userId: 'u_1', accountId: 'a_1', accountName: 'ada', reasonKind: 'case', reason: 'Talk to alice.', requestedAtMs: MONDAY_MS, liveUntilMs: MONDAY_MS + 1000, ...over,
})
export const buildHold = (over: Partial<LegalHold> = {}): LegalHold => ({ id: 'lh_1', userId: 'u_1', reason: 'A lawsuit.', byId: 'a_1', atMs: MONDAY_MS, ...over })
const ids = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id)

export function describePrivacy(given: () => Store): void {
  const secondPerson = () => given().write((tx) => tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', displayName: 'bob', identities: [{ kind: 'account', value: 'bob' }] })))

  describe('requests to see a name', () => {
    test('a reveal lives for its account until its time, and is not one that waits or was refused', async () => {
      await given().write(async (tx) => {
        await tx.savePrivacyRequest(buildPrivacyRequest())
        await tx.savePrivacyRequest(buildPrivacyRequest({ id: 'pr_2', state: 'refused' }))
        await tx.savePrivacyRequest(buildPrivacyRequest({ id: 'pr_3', accountId: 'a_2' }))
        await tx.savePrivacyRequest(buildPrivacyRequest({ id: 'pr_4', state: 'pending', decideByMs: MONDAY_MS + 5000 }))
      })
      expect(ids(await given().liveReveals('a_1', MONDAY_MS + 999))).toEqual(['pr_1'])
      expect(await given().liveReveals('a_1', MONDAY_MS + 1000)).toEqual([])
      expect(await given().privacyRequest('pr_1')).toEqual(buildPrivacyRequest())
      expect(await given().privacyRequest('pr_none')).toBeUndefined()
    })
    test('those whose time is over are found once: not when they were ended before', async () => {
      await given().write(async (tx) => {
        await tx.savePrivacyRequest(buildPrivacyRequest())
        await tx.savePrivacyRequest(buildPrivacyRequest({ id: 'pr_2', state: 'pending', decideByMs: MONDAY_MS + 5000 }))
      })
      expect(ids(await given().requestsToExpire(MONDAY_MS + 1000))).toEqual(['pr_1'])
      await given().write((tx) => tx.savePrivacyRequest(buildPrivacyRequest({ state: 'ended', endedAtMs: MONDAY_MS + 1 })))
      expect(ids(await given().requestsToExpire(MONDAY_MS + 5000))).toEqual(['pr_2'])
    })
    test('pages go through them, newest first, each once, of whom and in which state one asks', async () => {
      await given().write(async (tx) => {
        for (let index = 0; index < 5; index += 1) await tx.savePrivacyRequest(buildPrivacyRequest({ id: `pr_${index}`, accountId: index === 2 ? 'a_2' : 'a_1', ...(index === 3 ? { kind: 'erasure', state: 'pending' } : {}) }))
      })
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await given().privacyRequests({ limit: 2, accountId: 'a_1', ...(cursor === undefined ? {} : { cursor }) })
        seen.push(...ids(page.items))
        cursor = page.nextCursor
      } while (cursor !== undefined)
      expect(seen).toEqual(['pr_4', 'pr_3', 'pr_1', 'pr_0'])
      expect(ids((await given().privacyRequests({ limit: 9, kinds: ['erasure'] })).items)).toEqual(['pr_3'])
      expect(ids((await given().privacyRequests({ limit: 9, states: ['live'], accountId: 'a_2' })).items)).toEqual(['pr_2'])
    })
  })

  describe('holds', () => {
    test('stand until they are released, and a release is written down once', async () => {
      await secondPerson()
      await given().write(async (tx) => {
        await tx.placeHold(buildHold())
        await tx.placeHold(buildHold({ id: 'lh_2', caseId: 'cs_1' }))
        await tx.placeHold(buildHold({ id: 'lh_3', userId: 'u_2', caseId: 'cs_2' }))
      })
      expect(ids(await given().holds())).toEqual(['lh_3', 'lh_2', 'lh_1'])
      expect([ids(await given().holds({ userId: 'u_1' })), ids(await given().holds({ caseId: 'cs_2' }))]).toEqual([['lh_2', 'lh_1'], ['lh_3']])
      await given().write((tx) => tx.releaseHold('lh_3', { reason: 'Settled.', byId: 'a_2', atMs: MONDAY_MS + 5 }))
      await given().write((tx) => tx.releaseHold('lh_3', { reason: 'Again.', byId: 'a_3', atMs: MONDAY_MS + 9 }))
      expect(await given().heldUserIds()).toEqual(new Set(['u_1']))
      expect((await given().holds({ userId: 'u_2', released: true }))[0]).toEqual({ ...buildHold({ id: 'lh_3', userId: 'u_2', caseId: 'cs_2' }), releasedAtMs: MONDAY_MS + 5, releasedById: 'a_2', releaseReason: 'Settled.' })
      await given().write((tx) => tx.releaseHold('lh_1', { reason: 'x', byId: 'a_2', atMs: MONDAY_MS + 6 }))
      // The other one of the same person stands.
      expect(await given().heldUserIds()).toEqual(new Set(['u_1']))
    })
  })

  describe('retention', () => {
    const later = MONDAY_MS + 400 * DAY_MS
    const empty = async (cls: Exclude<RetentionClass, 'audit'>, beforeMs: number): Promise<number> => {
      let removed = 0
      for (let cursor: number | undefined = 0; cursor !== undefined;) {
        const at: number = cursor
        const step = await given().write((tx) => tx.retentionStep(cls, beforeMs, at))
        removed += step.removed
        cursor = step.cursor
      }
      return removed
    }
    const fill = async () => {
      await secondPerson()
      await given().write(async (tx) => {
        await tx.ingest([buildRun(1, 3), buildRun(4, 2, { userId: 'u_2' })], countInsights, mergeInsights)
        await tx.saveTriggers([buildTrigger(), buildTrigger({ id: 't_2', userId: 'u_2' })])
        await tx.saveAlert(buildAlert())
        await tx.saveAlert(buildAlert({ id: 'al_2', userId: 'u_2', status: 'dismissed' }))
      })
    }

    test.each([['activities', 3, 2], ['insights', 1, 1], ['triggers', 1, 1]] as const)('takes away old %s, but nothing of who is held, and what is counted before is what goes', async (cls, ofFirst, ofSecond) => {
      await fill()
      await given().write((tx) => tx.placeHold(buildHold({ userId: 'u_2' })))
      const count = await given().retentionCount(cls, later)
      expect([count.due >= ofFirst, count.held >= ofSecond, count.inCases]).toEqual([true, true, 0])
      expect(await empty(cls, later)).toBe(count.due)
      expect(await given().retentionCount(cls, later)).toEqual({ due: 0, held: count.held, inCases: 0 })
      await given().write((tx) => tx.releaseHold('lh_1', { reason: 'x', byId: 'a_1', atMs: later }))
      expect(await empty(cls, later)).toBe(count.held)
    })
    test('leaves what is younger, and what a person with an active case did', async () => {
      await fill()
      await given().write((tx) => tx.saveCase(buildCase({ userId: 'u_2' })))
      for (const cls of ['activities', 'insights', 'triggers', 'alerts_needing_review', 'alerts_decided'] as const) {
        expect(await empty(cls, MONDAY_MS - 2 * DAY_MS)).toBe(0)
        expect((await given().retentionCount(cls, later)).due).toBe(await empty(cls, later))
      }
      expect((await given().activities({ limit: 9 })).items.map(({ userId }) => userId)).toEqual(['u_2', 'u_2'])
      expect((await given().retentionCount('activities', later)).inCases).toBe(2)
      expect([await given().alert('al_1'), (await given().alert('al_2'))?.status]).toEqual([undefined, 'dismissed'])
    })
    test('takes a resolved case with its alerts, notes, notices and links, and one that is active not', async () => {
      await secondPerson()
      await given().write(async (tx) => {
        await tx.saveCase(buildCase({ status: 'closed', resolution: { outcome: 'benign', reason: 'r', atMs: MONDAY_MS, by: 'a_1' } }))
        await tx.saveCase(buildCase({ id: 'cs_2', userId: 'u_2' }))
        await tx.saveAlert(buildAlert({ status: 'confirmed', caseId: 'cs_1' }))
        await tx.appendCaseNote({ id: 'cn_1', caseId: 'cs_1', atMs: MONDAY_MS, authorId: 'a_1', kind: 'note', text: 'Looked.' })
        await tx.appendCaseEvent({ caseId: 'cs_1', atMs: MONDAY_MS, actorId: 'a_1', what: 'opened', detail: {} })
        await tx.saveNotice(buildNotice())
      })
      expect(await given().retentionCount('cases_resolved', later)).toEqual({ due: 1, held: 0, inCases: 0 })
      expect(await empty('cases_resolved', later)).toBe(1)
      expect([await given().case('cs_1'), await given().alert('al_1'), await given().notice('no_1'), (await given().caseNotes({ caseId: 'cs_1', limit: 9 })).items]).toEqual([undefined, undefined, undefined, []])
      expect((await given().case('cs_2'))?.status).toBe('active')
    })
    test('names copies of files that may go and leaves their removal to their room', async () => {
      await secondPerson()
      await given().write(async (tx) => {
        await tx.saveEvidence(buildEvidence())
        await tx.saveEvidence(buildEvidence({ id: 'ev_2', deviceRef: '2', userId: 'u_2' }))
        await tx.saveEvidence(buildEvidence({ id: 'ev_3', deviceRef: '3', holds: ['cs_1'] }))
        await tx.saveEvidence(buildEvidence({ id: 'ev_4', deviceRef: '4', state: 'deleted' }))
        await tx.placeHold(buildHold({ userId: 'u_2' }))
      })
      expect([await given().evidenceDue(later), await given().evidenceDue(MONDAY_MS)]).toEqual([['ev_1'], []])
      expect(await given().retentionCount('evidence', later)).toEqual({ due: 1, held: 1, inCases: 0 })
      expect(await empty('evidence', later)).toBe(0)
    })
    test('keeps what its runs did, newest first', async () => {
      const run: RetentionRun = { id: 'rr_1', startedAtMs: MONDAY_MS, state: 'running', by: 'system', removed: {}, held: {} }
      await given().write(async (tx) => {
        await tx.saveRetentionRun(run)
        await tx.saveRetentionRun({ ...run, id: 'rr_2' })
        await tx.saveRetentionRun({ ...run, state: 'done', endedAtMs: MONDAY_MS + 5, removed: { activities: 7 } })
      })
      expect((await given().retentionRuns(5)).map(({ id, state, removed }) => [id, state, removed.activities])).toEqual([['rr_2', 'running', undefined], ['rr_1', 'done', 7]])
      expect(await given().retentionRuns(1)).toHaveLength(1)
    })
  })

  describe('the audit log', () => {
    const write = (count: number, about: readonly string[] = []) => given().write(async (tx) => {
      for (let index = 0; index < count; index += 1) {
        await appendAudit(tx, { actor: { id: 'a_1', name: 'ada' }, action: 'user.viewed', targetKind: 'settings', targetId: 'x', detail: {}, atMs: MONDAY_MS + index })
        await tx.noteAuditSubjects((await tx.auditHead())?.seq ?? 0, about)
      }
    })
    test('goes from its start up to a checkpoint and nothing beyond it, and not past the first entry of who is held', async () => {
      await write(3)
      await write(2, ['u_1'])
      const entries = (await given().auditEntries({ limit: 20, ascending: true })).items
      expect(await given().write((tx) => tx.pruneAudit(100))).toBe(0)
      expect(await given().auditPruneEnd(MONDAY_MS + DAY_MS)).toMatchObject({ last: { seq: entries.at(-1)?.seq }, older: entries.length, held: 0 })
      await given().write((tx) => tx.placeHold(buildHold()))
      const { last, held } = await given().auditPruneEnd(MONDAY_MS + DAY_MS)
      expect([last?.seq, held]).toEqual([entries.at(-3)?.seq, 2])
      const checkpoint = { seq: last?.seq ?? 0, hash: last?.hash ?? '', atMs: MONDAY_MS, signature: 's' }
      await given().write((tx) => tx.saveAuditCheckpoint(checkpoint))
      expect(await given().auditCheckpoint()).toEqual(checkpoint)
      expect(await given().write((tx) => tx.pruneAudit(2))).toBe(2)
      expect(await given().write((tx) => tx.pruneAudit(100))).toBe(entries.length - 4)
      expect((await given().auditEntries({ limit: 20, ascending: true })).items.map(({ seq }) => seq)).toEqual(entries.slice(-2).map(({ seq }) => seq))
    })
    test('tells who looked at a person, how often and on which day', async () => {
      await write(3, ['u_1', 'u_2'])
      await write(1)
      expect(await given().looksAt('u_1', MONDAY_MS, MONDAY_MS + DAY_MS)).toEqual([{ actorId: 'a_1', actorName: 'ada', action: 'user.viewed', day: Math.floor(MONDAY_MS / DAY_MS), count: 3, firstAtMs: MONDAY_MS, lastAtMs: MONDAY_MS + 2 }])
      expect(await given().looksAt('u_1', MONDAY_MS + DAY_MS, MONDAY_MS + 2 * DAY_MS)).toEqual([])
      const [first] = (await given().auditEntries({ limit: 1, subjectId: 'u_2' })).items
      expect((await given().subjectsOfEntries([first?.seq ?? 0])).get(first?.seq ?? 0)).toEqual(['u_1', 'u_2'])
    })
  })

  describe('erasure', () => {
    test('destroys the key for good, and takes the name and what the person did, of them alone', async () => {
      await secondPerson()
      const key = new Uint8Array(32).fill(7)
      await given().write(async (tx) => {
        await tx.ensurePersonKey('u_1', key, MONDAY_MS)
        await tx.saveUser(buildUser({ displayName: 'Alice Liddell', email: 'alice.liddell@example.com' }))
        await tx.ingest([buildRun(1, 3), buildRun(4, 2, { userId: 'u_2' })], countInsights, mergeInsights)
        await tx.saveAlert(buildAlert())
        await tx.saveCase(buildCase({ name: 'Alice Liddell and the stick' }))
        await tx.saveTriggers([buildTrigger()])
        await tx.savePrivacyRequest(buildPrivacyRequest({ state: 'ended', reason: 'Call Alice Liddell.' }))
      })
      expect(Uint8Array.from((await given().write((tx) => tx.ensurePersonKey('u_1', new Uint8Array(32).fill(9), MONDAY_MS))) ?? [])).toEqual(key)
      const before = await given().peopleRevision()
      const counts = await given().write((tx) => tx.erasePerson('u_1', MONDAY_MS + DAY_MS))
      expect(counts).toMatchObject({ activities: 3, alerts: 1, triggers: 1, requests: 1 })
      expect([await given().personKey('u_1'), await given().erasedAt('u_1'), await given().erasedAt('u_2')]).toEqual([undefined, MONDAY_MS + DAY_MS, undefined])
      expect(await given().write((tx) => tx.ensurePersonKey('u_1', key, MONDAY_MS))).toBeUndefined()
      const user = await given().user('u_1')
      expect([user?.pseudonym, user?.email, user?.identities]).toEqual(['ANON-AAAAAA1', undefined, []])
      expect(JSON.stringify([user, await given().case('cs_1'), await given().alert('al_1'), await given().privacyRequest('pr_1'), await given().insights('u_1', 0, 99_999)])).not.toMatch(/liddell|a\.txt|stick\//i)
      expect((await given().activities({ limit: 9 })).items.map(({ userId }) => userId)).toEqual(['u_2', 'u_2'])
      expect((await given().peopleSince(before, 9)).users.map(({ id }) => id)).toEqual(['u_1'])
    })
    test('of somebody unknown changes nothing', async () => {
      expect(await given().write((tx) => tx.erasePerson('u_none', MONDAY_MS))).toEqual({})
      expect(await given().erasedAt('u_none')).toBeUndefined()
    })
  })
}
