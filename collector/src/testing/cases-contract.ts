// What every backend promises of cases, notices and mail; describeStore calls it.
import { describe, expect, test } from 'vitest'
import type { Case, CaseNote } from '../domain/cases/case.ts'
import type { Notice } from '../domain/cases/notice.ts'
import { CodedError } from '../errors.ts'
import type { QueuedMail } from '../store/cases.ts'
import type { Store } from '../store/store.ts'
import { buildAlert, buildUser, DAY_MS, MONDAY_MS } from './builders.ts'

export const buildCase = (over: Partial<Case> = {}): Case => ({ id: 'cs_1', name: 'Stick on Friday', userId: 'u_1', status: 'active', openedAtMs: MONDAY_MS, openedBy: 'a_1', contributors: [], updatedAtMs: MONDAY_MS, updatedBy: 'a_1', revision: 1, ...over })
export const buildNotice = (over: Partial<Notice> = {}): Notice => ({
  id: 'no_1', caseId: 'cs_1', userId: 'u_1', from: 'security@example.com', cc: [], bcc: [], subject: 'Reminder', body: 'Hello', format: 'text', values: {}, state: 'queued', tries: 0, queuedAtMs: MONDAY_MS, queuedBy: 'a_1', messageId: '<no_1@holdfast>', ...over,
})
const buildNote = (over: Partial<CaseNote> = {}): CaseNote => ({ id: 'cn_1', caseId: 'cs_1', atMs: MONDAY_MS, authorId: 'a_1', kind: 'note', text: 'Looked at the stick.', ...over })
const closed = (over: Partial<Case> = {}): Case => buildCase({ status: 'closed', resolution: { outcome: 'confirmed_violation', reason: 'Said so.', atMs: MONDAY_MS + DAY_MS, by: 'a_1' }, ...over })
const codeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: unknown) => (error instanceof CodedError ? error.code : error instanceof Error ? error.message : 'unknown'))
const all = { limit: 50, sort: 'opened_at', descending: true } as const

export function describeCases(given: () => Store): void {
  const twoPeople = () => given().write(async (tx) => {
    await tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', department: 'Sales', identities: [{ kind: 'account', value: 'bob' }] }))
    await tx.saveCase(buildCase())
    await tx.saveCase(buildCase({ id: 'cs_2', name: 'Über die Wolke', userId: 'u_2', openedAtMs: MONDAY_MS - 40 * DAY_MS, updatedAtMs: MONDAY_MS + 5, dueAtMs: MONDAY_MS - DAY_MS, assigneeId: 'a_2', contributors: ['a_9'] }))
  })

  describe('cases', () => {
    test('a user has one active case and any number of closed ones', async () => {
      await given().write(async (tx) => {
        await tx.saveCase(closed({ id: 'cs_0' }))
        await tx.saveCase(buildCase())
        await tx.saveCase(buildCase({ revision: 2 }))
      })
      expect(await codeOf(given().write((tx) => tx.saveCase(buildCase({ id: 'cs_9' }))))).toBe('CASE_EXISTS')
      expect((await given().activeCaseOf('u_1'))?.revision).toBe(2)
      await given().write((tx) => tx.saveCase(closed()))
      expect(await given().activeCaseOf('u_1')).toBeUndefined()
      expect(await given().case('cs_1')).toEqual(closed())
      expect((await given().casesByIds(['cs_0', 'cs_1', 'cs_none'])).map(({ id }) => id).toSorted()).toEqual(['cs_0', 'cs_1'])
    })
    test.each([
      [{}, ['cs_1', 'cs_2']], [{ status: ['closed'] as const }, []], [{ userId: 'u_2' }, ['cs_2']], [{ assigneeId: 'a_2' }, ['cs_2']], [{ unassigned: true }, ['cs_1']], [{ contributorId: 'a_9' }, ['cs_2']], [{ dueBeforeMs: MONDAY_MS }, ['cs_2']],
      [{ text: 'ÜBER' }, ['cs_2']], [{ text: 'the STICK' }, ['cs_1']], [{ text: '100%' }, []], [{ text: 'cs_2' }, ['cs_2']], [{ openedFromMs: MONDAY_MS }, ['cs_1']], [{ openedToMs: MONDAY_MS }, ['cs_2']],
      [{ visible: { hidden: ['u_2'] } }, ['cs_1']], [{ visible: { places: [{ departments: ['Sales'] }] } }, ['cs_2']], [{ visible: { places: [] } }, []],
    ])('a list of %j', async (filter, ids) => {
      await twoPeople()
      await given().write((tx) => tx.appendCaseNote(buildNote()))
      const page = await given().cases({ ...all, ...filter })
      expect([page.items.map(({ id }) => id), page.total]).toEqual([ids, ids.length])
    })
    test('pages meet without a hole or a double in every order', async () => {
      await twoPeople()
      // What has no date is due last.
      const orders = { opened_at: ['cs_1', 'cs_2'], updated_at: ['cs_2', 'cs_1'], due_at: ['cs_1', 'cs_2'] }
      for (const sort of ['opened_at', 'updated_at', 'due_at'] as const) {
        for (const descending of [true, false]) {
          const seen: string[] = []
          for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
            const page = await given().cases({ limit: 1, sort, descending, ...(cursor === undefined ? {} : { cursor }) })
            seen.push(...page.items.map(({ id }) => id))
            cursor = page.nextCursor
          }
          expect([sort, descending, seen]).toEqual([sort, descending, descending ? orders[sort] : orders[sort].toReversed()])
        }
      }
    })
    test('the statistics count what the reader may see', async () => {
      await twoPeople()
      expect(await given().caseStatistics({ nowMs: MONDAY_MS + DAY_MS })).toEqual({ active: 2, openedIn30Days: 1, overdue: 1, meanAgeMs: 21 * DAY_MS })
      expect(await given().caseStatistics({ nowMs: MONDAY_MS + DAY_MS, visible: { hidden: ['u_2'] } })).toEqual({ active: 1, openedIn30Days: 1, overdue: 0, meanAgeMs: DAY_MS })
      expect(await given().caseStatistics({ nowMs: MONDAY_MS, contributorId: 'a_none' })).toEqual({ active: 0, openedIn30Days: 0, overdue: 0 })
    })
    test('the alerts of a case are found and counted', async () => {
      await twoPeople()
      await given().write((tx) => tx.saveAlerts([buildAlert({ caseId: 'cs_1' }), buildAlert({ id: 'al_2', caseId: 'cs_1', createdAtMs: MONDAY_MS + 1 }), buildAlert({ id: 'al_3' })]))
      expect((await given().alertsOfCase('cs_1')).map(({ id }) => id)).toEqual(['al_1', 'al_2'])
      expect([...(await given().caseAlertCounts(['cs_1', 'cs_2']))]).toEqual([['cs_1', 2]])
    })
    test('a confirmed violation of a closed case is known until the case is opened again', async () => {
      await given().write((tx) => tx.saveCase(closed()))
      expect([...(await given().violationsOf(['u_1', 'u_none']))]).toEqual([['u_1', [MONDAY_MS + DAY_MS]]])
      await given().write((tx) => tx.saveCase(buildCase()))
      expect((await given().violationsOf(['u_1'])).size).toBe(0)
      await given().write((tx) => tx.saveCase(closed({ resolution: { outcome: 'benign', reason: 'A backup.', atMs: MONDAY_MS, by: 'a_1' } })))
      expect((await given().violationsOf(['u_1'])).size).toBe(0)
    })
    test('notes and history are read newest first, in pages, and the notes by what they say', async () => {
      await given().write(async (tx) => {
        await tx.saveCase(buildCase())
        for (const [index, text] of ['First, with Ümlaut', 'Second 100% sure', 'Third'].entries()) await tx.appendCaseNote(buildNote({ id: `cn_${index}`, text }))
        await tx.appendCaseEvent({ caseId: 'cs_1', atMs: 1, actorId: 'a_1', what: 'opened', detail: {} }, { caseId: 'cs_1', atMs: 1, actorId: 'a_1', what: 'assigned', detail: { to: 'a_2', n: 3 } })
      })
      const first = await given().caseNotes({ caseId: 'cs_1', limit: 2 })
      expect(first.items.map(({ id }) => id)).toEqual(['cn_2', 'cn_1'])
      expect((await given().caseNotes({ caseId: 'cs_1', limit: 2, cursor: first.nextCursor ?? '' })).items.map(({ id }) => id)).toEqual(['cn_0'])
      expect((await given().caseNotes({ caseId: 'cs_1', limit: 9, text: 'ümlaut' })).items).toEqual([buildNote({ id: 'cn_0', text: 'First, with Ümlaut' })])
      expect((await given().caseNotes({ caseId: 'cs_1', limit: 9, text: '%' })).items.map(({ id }) => id)).toEqual(['cn_1'])
      expect((await given().caseEvents({ caseId: 'cs_1', limit: 9 })).items).toEqual([{ caseId: 'cs_1', atMs: 1, actorId: 'a_1', what: 'assigned', detail: { to: 'a_2', n: 3 } }, { caseId: 'cs_1', atMs: 1, actorId: 'a_1', what: 'opened', detail: {} }])
    })
  })

  describe('notices and mail', () => {
    test('templates are kept under one name each', async () => {
      const template = { id: 'nt_1', name: 'Reminder', from: '', cc: [], bcc: [], subject: 's', body: 'b', format: 'text', updatedAtMs: 1, updatedBy: 'a_1', revision: 1 } as const
      await given().write((tx) => tx.saveNoticeTemplate(template))
      expect(await given().noticeTemplates()).toEqual([template])
      expect(await codeOf(given().write((tx) => tx.saveNoticeTemplate({ ...template, id: 'nt_2' })))).not.toBe('nothing')
      await given().write((tx) => tx.deleteNoticeTemplate('nt_1'))
      expect(await given().noticeTemplate('nt_1')).toBeUndefined()
    })
    test('notices come newest first, also after one has changed, and only of cases that may be seen', async () => {
      await twoPeople()
      await given().write(async (tx) => {
        await tx.saveNotice(buildNotice())
        await tx.saveNotice(buildNotice({ id: 'no_2', caseId: 'cs_2', userId: 'u_2' }))
        await tx.saveNotice(buildNotice({ state: 'sent' }))
      })
      const ids = async (query: object) => (await given().notices({ limit: 9, ...query })).items.map(({ id, state }) => `${id} ${state}`)
      expect(await ids({})).toEqual(['no_2 queued', 'no_1 sent'])
      expect(await ids({ caseId: 'cs_1' })).toEqual(['no_1 sent'])
      expect(await ids({ visible: { hidden: ['u_1'] } })).toEqual(['no_2 queued'])
      expect(await ids({ contributorId: 'a_9' })).toEqual(['no_2 queued'])
    })
    test('mail that is due comes by its time, and mail that was being sent is told apart', async () => {
      const mail = (id: string, nextAtMs: number, state: QueuedMail['state'] = 'queued'): QueuedMail => ({ id, kind: 'notice', ref: 'no_1', state, tries: 0, createdAtMs: 0, nextAtMs, payload: '{}' })
      await given().write(async (tx) => {
        for (const row of [mail('m_1', 30), mail('m_2', 10), mail('m_3', 99), mail('m_4', 1, 'sending')]) await tx.saveMail(row)
      })
      expect((await given().dueMail(50, 9)).map(({ id }) => id)).toEqual(['m_2', 'm_1'])
      expect(await given().interruptedMail()).toEqual([mail('m_4', 1, 'sending')])
      expect(await given().mailWaiting()).toBe(4)
      await given().write((tx) => tx.deleteMail('m_2'))
      expect((await given().dueMail(50, 9)).map(({ id }) => id)).toEqual(['m_1'])
    })
  })
}
