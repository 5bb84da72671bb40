// What every backend promises of bundles, tickets and links; describeStore calls it.
import { describe, expect, test } from 'vitest'
import { appendAudit } from '../audit/chain.ts'
import type { CaseBundle, CaseTicket, ShareLink, TicketTarget } from '../store/escalation.ts'
import type { Store } from '../store/store.ts'
import { MONDAY_MS } from './builders.ts'
import { buildCase } from './cases-contract.ts'

export const buildBundle = (over: Partial<CaseBundle> = {}): CaseBundle => ({
  id: 'cb_1', caseId: 'cs_1', userId: 'u_1', state: 'queued', progress: 0, byId: 'a_1', byName: 'ines', byRoles: ['Investigator'], reason: 'For counsel.', names: 'pseudonymous', content: false, createdAtMs: MONDAY_MS, expiresAtMs: MONDAY_MS + 1000, tries: 0, downloads: 0, ...over,
})
export const buildTicket = (over: Partial<CaseTicket> = {}): CaseTicket => ({ id: 'tk_1', caseId: 'cs_1', userId: 'u_1', targetId: 'tt_1', targetName: 'Desk', system: 'jira', state: 'waiting', severity: 'high', createdAtMs: MONDAY_MS, byId: 'a_1', byName: 'ines', ...over })
export const buildShare = (over: Partial<ShareLink> = {}): ShareLink => ({ id: 'sl_1', kind: 'case', ref: 'cs_1', path: '/cases/cs_1', userId: 'u_1', toId: 'a_2', byId: 'a_1', createdAtMs: MONDAY_MS, expiresAtMs: MONDAY_MS + 1000, grants: true, ...over })
const target: TicketTarget = { id: 'tt_1', name: 'Desk', doc: '{"system":"jira"}', secret: 'hfs1.x', revision: 1 }
const order = (ticketId: string, kind: 'create' | 'update', nextAtMs: number) => ({ ticketId, kind, payload: '{}', tries: 0, createdAtMs: MONDAY_MS, nextAtMs, byId: 'a_1' })
const ids = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id)

export function describeEscalation(given: () => Store): void {
  describe('bundles', () => {
    test('are made in the order in which they were asked for, and over when their time is, but never while one is made', async () => {
      await given().write(async (tx) => {
        await tx.saveCaseBundle(buildBundle({ id: 'cb_2', createdAtMs: MONDAY_MS + 1 }))
        await tx.saveCaseBundle(buildBundle())
        await tx.saveCaseBundle(buildBundle({ id: 'cb_3', caseId: 'cs_2', state: 'failed', code: 'X' }))
      })
      expect([ids(await given().unfinishedBundles()), ids(await given().bundlesOfCase('cs_1'))]).toEqual([['cb_1', 'cb_2'], ['cb_2', 'cb_1']])
      const done = buildBundle({ state: 'done', progress: 100, sha256: 'a'.repeat(64), counts: { activities: 3 } })
      await given().write((tx) => tx.saveCaseBundle(done))
      expect(await given().caseBundle('cb_1')).toEqual(done)
      expect(ids(await given().unfinishedBundles())).toEqual(['cb_2'])
      expect(ids(await given().expiredBundles(MONDAY_MS + 999))).toEqual([])
      expect(ids(await given().expiredBundles(MONDAY_MS + 1000)).toSorted()).toEqual(['cb_1', 'cb_3'])
      await given().write((tx) => tx.deleteCaseBundle('cb_1'))
      expect([await given().caseBundle('cb_1'), await given().bundleIds()]).toEqual([undefined, new Set(['cb_2', 'cb_3'])])
    })
  })

  describe('tickets', () => {
    test('are told one thing after the other: only the first that waits of each, and none of one that failed', async () => {
      await given().write(async (tx) => {
        await tx.saveTicketTarget(target)
        await tx.saveTicket(buildTicket())
        await tx.saveTicket(buildTicket({ id: 'tk_2', createdAtMs: MONDAY_MS + 1 }))
        await tx.saveTicket(buildTicket({ id: 'tk_3', caseId: 'cs_2', state: 'failed' }))
        await tx.addTicketOrder(order('tk_1', 'create', MONDAY_MS + 10))
        await tx.addTicketOrder(order('tk_1', 'update', MONDAY_MS))
        await tx.addTicketOrder(order('tk_2', 'create', MONDAY_MS + 5))
        await tx.addTicketOrder(order('tk_3', 'create', MONDAY_MS))
      })
      const due = async (atMs: number, limit = 9) => (await given().dueTicketOrders(atMs, limit)).map(({ ticketId, kind }) => `${ticketId} ${kind}`)
      expect([await due(MONDAY_MS), await due(MONDAY_MS + 10), await due(MONDAY_MS + 10, 1)]).toEqual([[], ['tk_2 create', 'tk_1 create'], ['tk_2 create']])
      const [first, second] = await given().ordersOfTicket('tk_1')
      if (first === undefined || second === undefined) throw new Error('no orders')
      await given().write((tx) => tx.saveTicketOrder({ ...first, tries: 1, nextAtMs: MONDAY_MS + 99 }))
      expect(await given().ordersOfTicket('tk_1')).toEqual([{ ...first, tries: 1, nextAtMs: MONDAY_MS + 99 }, second])
      await given().write((tx) => tx.deleteTicketOrder(first.id))
      expect(await due(MONDAY_MS + 10)).toEqual(['tk_1 update', 'tk_2 create'])
      expect(ids(await given().ticketsOfCase('cs_1'))).toEqual(['tk_2', 'tk_1'])
    })
    test('that are open hear of a case whose status they were not told', async () => {
      await given().write(async (tx) => {
        await tx.saveCase(buildCase())
        await tx.saveTicket(buildTicket({ state: 'open' }), 'active')
        await tx.saveTicket(buildTicket({ id: 'tk_2' }), 'closed')
      })
      expect(await given().ticketsBehind(9)).toEqual([])
      await given().write((tx) => tx.saveCase(buildCase({ status: 'closed', resolution: { outcome: 'benign', reason: 'r', atMs: MONDAY_MS, by: 'a_1' } })))
      expect(await given().ticketsBehind(9)).toEqual([{ ticket: buildTicket({ state: 'open' }), status: 'closed' }])
      // Saved again without a word about the status: what it was told stays.
      await given().write((tx) => tx.saveTicket(buildTicket({ state: 'open', number: 'SEC-12' })))
      expect((await given().ticketsBehind(9))[0]?.ticket.number).toBe('SEC-12')
      await given().write((tx) => tx.saveTicket(buildTicket({ state: 'open', number: 'SEC-12' }), 'closed'))
      expect(await given().ticketsBehind(9)).toEqual([])
    })
    test('go to systems that have each a name of their own and keep what they were given', async () => {
      await given().write(async (tx) => {
        await tx.saveTicketTarget(target)
        await tx.saveTicketTarget({ ...target, id: 'tt_0', name: 'Another' })
      })
      expect(ids(await given().ticketTargets())).toEqual(['tt_0', 'tt_1'])
      expect(await given().write((tx) => tx.saveTicketTarget({ ...target, id: 'tt_2' })).then(() => 'kept', () => 'refused')).toBe('refused')
      await given().write((tx) => tx.saveTicketTarget({ ...target, revision: 2, secret: 'hfs1.y' }))
      expect(await given().ticketTarget('tt_1')).toEqual({ ...target, revision: 2, secret: 'hfs1.y' })
      await given().write((tx) => tx.deleteTicketTarget('tt_1'))
      expect(await given().ticketTarget('tt_1')).toBeUndefined()
    })
  })

  describe('links between accounts', () => {
    test('live until their time or until they are taken back, and those that gave a place in a case are found then', async () => {
      await given().write(async (tx) => {
        await tx.saveShareLink(buildShare())
        await tx.saveShareLink(buildShare({ id: 'sl_2', toId: 'a_3', createdAtMs: MONDAY_MS + 1 }))
        await tx.saveShareLink(buildShare({ id: 'sl_3', ref: 'al_1', kind: 'alert', byId: 'a_2', createdAtMs: MONDAY_MS + 2 }))
      })
      expect([ids(await given().shareLinks({ byId: 'a_1' })), ids(await given().shareLinks({ toId: 'a_2' })), ids(await given().shareLinks({ ref: 'al_1' }))]).toEqual([['sl_2', 'sl_1'], ['sl_3', 'sl_1'], ['sl_3']])
      const granted = buildShare({ grantedAtMs: MONDAY_MS + 3, openedAtMs: MONDAY_MS + 3 })
      await given().write(async (tx) => {
        await tx.saveShareLink(granted)
        await tx.saveShareLink(buildShare({ id: 'sl_2', toId: 'a_3', createdAtMs: MONDAY_MS + 1, revokedAtMs: MONDAY_MS + 4 }))
      })
      expect(await given().shareLink('sl_1')).toEqual(granted)
      expect([ids(await given().shareLinks({ byId: 'a_1', liveAtMs: MONDAY_MS + 999 })), ids(await given().shareLinks({ liveAtMs: MONDAY_MS + 1000 }))]).toEqual([['sl_1'], []])
      expect([ids(await given().sharesToEnd(MONDAY_MS + 999)), ids(await given().sharesToEnd(MONDAY_MS + 1000))]).toEqual([[], ['sl_1']])
    })
  })

  test('bundles, tickets with what waits for them, and links go with their person', async () => {
    await given().write(async (tx) => {
      await tx.saveCaseBundle(buildBundle())
      await tx.saveTicket(buildTicket())
      await tx.addTicketOrder(order('tk_1', 'create', MONDAY_MS))
      await tx.saveShareLink(buildShare())
    })
    expect(await given().write((tx) => tx.erasePerson('u_1', MONDAY_MS))).toMatchObject({ bundles: 1, tickets: 1, links: 1 })
    expect([(await given().bundleIds()).size, await given().ticket('tk_1'), await given().ordersOfTicket('tk_1'), await given().dueTicketOrders(MONDAY_MS, 9), await given().shareLink('sl_1')]).toEqual([0, undefined, [], [], undefined])
  })

  describe('an extract of the audit log', () => {
    test('has what is about a person or a thing, in order, each with the hash before it', async () => {
      const seqs = await given().write(async (tx) => {
        const made: number[] = []
        for (const [targetId, about] of [['x', ['u_1']], ['y', []], ['cs_1', []], ['cs_1', ['u_1']]] as const) {
          await appendAudit(tx, { actor: { id: 'a_1', name: 'ada' }, action: 'case.viewed', targetKind: 'case', targetId, detail: {}, atMs: MONDAY_MS })
          const seq = (await tx.auditHead())?.seq ?? 0
          await tx.noteAuditSubjects(seq, about)
          made.push(seq)
        }
        return made
      })
      const all = (await given().auditEntries({ limit: 50, ascending: true })).items
      const before = (seq: number) => all.find((entry) => entry.seq === seq - 1)?.hash
      const found = await given().auditExtract({ subjectId: 'u_1', targetIds: ['cs_1'], afterSeq: (seqs[0] ?? 0) - 1, limit: 9 })
      expect(found.map(({ seq, previous }) => [seq, previous])).toEqual([seqs[0], seqs[2], seqs[3]].map((seq) => [seq, before(seq ?? 0)]))
      expect((await given().auditExtract({ subjectId: 'u_1', targetIds: ['cs_1'], afterSeq: seqs[0] ?? 0, limit: 1 })).map(({ seq }) => seq)).toEqual([seqs[2]])
    })
  })
}
