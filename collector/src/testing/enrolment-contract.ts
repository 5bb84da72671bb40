// What every store must do with devices that wait for approval.
import { describe, expect, test } from 'vitest'
import type { EnrolmentRequest } from '../domain/people/enrolment-request.ts'
import type { Store } from '../store/store.ts'
import { MONDAY_MS } from './builders.ts'

export const buildRequest = (over: Partial<EnrolmentRequest> = {}): EnrolmentRequest => ({
  id: 'er_1', codeId: 'c_1', group: 'default', publicKey: `U${'A'.repeat(55)}`, hardwareId: 'a'.repeat(64), hostname: 'lt-1', os: 'linux', agentVersion: '0.1.0', address: '192.0.2.1', state: 'waiting', requestedAtMs: MONDAY_MS, expiresAtMs: MONDAY_MS + 1000, ...over,
})
const keyOf = (index: number): string => `U${String.fromCodePoint(65 + index).repeat(55)}`

export function describeEnrolment(given: () => Store): void {
  describe('devices that wait for approval', () => {
    const save = (...requests: readonly EnrolmentRequest[]) => given().write(async (tx) => {
      for (const request of requests) await tx.saveEnrolmentRequest(request)
    })
    test('are found by id, and by code and key', async () => {
      await save(buildRequest())
      expect(await given().enrolmentRequest('er_1')).toEqual(buildRequest())
      expect(await given().enrolmentRequestOf('c_1', keyOf(0))).toEqual(buildRequest())
      expect(await given().enrolmentRequestOf('c_2', keyOf(0))).toBeUndefined()
    })
    test('come the oldest first, page by page, with the number of all', async () => {
      await save(...[0, 1, 2].map((index) => buildRequest({ id: `er_${index}`, publicKey: keyOf(index) })), buildRequest({ id: 'er_9', publicKey: keyOf(9), state: 'refused' }))
      const first = await given().enrolmentRequests({ limit: 2, states: ['waiting'] })
      expect([first.items.map(({ id }) => id), first.total]).toEqual([['er_0', 'er_1'], 3])
      const rest = await given().enrolmentRequests({ limit: 2, states: ['waiting'], ...(first.nextCursor === undefined ? {} : { cursor: first.nextCursor }) })
      expect([rest.items.map(({ id }) => id), rest.nextCursor]).toEqual([['er_2'], undefined])
      expect(await given().waitingEnrolments()).toBe(3)
    })
    test('a key asks once under a code', async () => {
      await save(buildRequest())
      await expect(save(buildRequest({ id: 'er_2' }))).rejects.toThrow(/unique/i)
    })
    test('those whose time is over are waiting or approved; those that ended long ago can be taken away', async () => {
      await save(buildRequest(), buildRequest({ id: 'er_2', publicKey: keyOf(1), state: 'approved', decidedAtMs: MONDAY_MS }), buildRequest({ id: 'er_3', publicKey: keyOf(2), state: 'refused', decidedAtMs: MONDAY_MS }))
      expect((await given().overdueEnrolments(MONDAY_MS + 1000, 10)).map(({ id }) => id)).toEqual(['er_1', 'er_2'])
      expect(await given().overdueEnrolments(MONDAY_MS + 999, 10)).toEqual([])
      expect(await given().write((tx) => tx.deleteEnrolmentRequests(MONDAY_MS + 1))).toBe(1)
      expect(await given().enrolmentRequest('er_3')).toBeUndefined()
    })
  })
}
