// What every backend promises of exceptions for removable media and of live questions; describeStore calls it.
import { describe, expect, test } from 'vitest'
import type { MediaException } from '../domain/exclusions/media-exception.ts'
import type { Asking } from '../domain/questions.ts'
import type { Store } from '../store/store.ts'
import { buildUser, MONDAY_MS } from './builders.ts'

export const buildException = (over: Partial<MediaException> = {}): MediaException => ({
  id: 'ex_1', requestId: 'a'.repeat(32), deviceId: 'd_1', userId: 'u_1', medium: { deviceId: 'usb:0781:5567:4C53', vendorId: '0781', productId: '5567', serial: '4C53' }, reason: 'audit at the customer', hours: 8, via: 'command', requestedAtMs: MONDAY_MS, state: 'pending', ...over,
})
export const buildAsking = (over: Partial<Asking> = {}): Asking => ({ id: 'qu_1', question: { kind: 'mounts' }, reason: 'case 14', askedBy: { id: 'a_1', name: 'ada' }, askedAtMs: MONDAY_MS, expiresAtMs: MONDAY_MS + 3_600_000, state: 'open', ...over })

export function describeLive(given: () => Store): void {
  describe('exceptions for removable media', () => {
    test('are listed latest first, in pages, by state, person and device', async () => {
      await given().write(async (tx) => {
        for (const n of [1, 2, 3]) await tx.saveMediaException(buildException({ id: `ex_${n}`, requestedAtMs: MONDAY_MS + n, ...(n === 2 ? { userId: 'u_2', deviceId: 'd_2', state: 'refused' as const } : {}) }))
      })
      const list = async (query: Omit<Parameters<Store['mediaExceptions']>[0], 'limit'>) => (await given().mediaExceptions({ limit: 10, ...query })).items.map(({ id }) => id)
      const first = await given().mediaExceptions({ limit: 2 })
      expect(first.items.map(({ id }) => id)).toEqual(['ex_3', 'ex_2'])
      expect((await given().mediaExceptions({ limit: 2, ...(first.nextCursor === undefined ? {} : { cursor: first.nextCursor }) })).items.map(({ id }) => id)).toEqual(['ex_1'])
      expect(await Promise.all([list({ states: ['pending'] }), list({ userId: 'u_2' }), list({ deviceId: 'd_1' })])).toEqual([['ex_3', 'ex_1'], ['ex_2'], ['ex_3', 'ex_1']])
      expect(await given().mediaException('ex_1')).toEqual(buildException({ requestedAtMs: MONDAY_MS + 1 }))
    })
    test('are found by their end, by who waits too long, and by what no device has heard of', async () => {
      const granted = buildException({ id: 'ex_2', state: 'granted', fromMs: MONDAY_MS, untilMs: MONDAY_MS + 100 })
      await given().write(async (tx) => {
        await tx.saveMediaException(buildException())
        await tx.saveMediaException(granted)
        await tx.saveMediaException(buildException({ id: 'ex_3', state: 'refused', told: 'shown' }))
      })
      expect(await given().grantedExceptions(MONDAY_MS)).toEqual([granted])
      expect(await given().grantedExceptions(MONDAY_MS + 100)).toEqual([])
      expect((await given().exceptionsToEnd(MONDAY_MS + 99, MONDAY_MS)).map(({ id }) => id)).toEqual([])
      expect((await given().exceptionsToEnd(MONDAY_MS + 100, MONDAY_MS + 1)).map(({ id }) => id).toSorted()).toEqual(['ex_1', 'ex_2'])
      expect((await given().untoldExceptions()).map(({ id }) => id)).toEqual(['ex_2'])
    })
    test('lose every word and the medium with the person, and keep that there was one', async () => {
      await given().write(async (tx) => {
        await tx.saveUser(buildUser({ id: 'u_1' }))
        await tx.saveMediaException(buildException({ account: 'mallory', state: 'refused', note: 'Mallory may not' }))
        await tx.erasePerson('u_1', MONDAY_MS)
      })
      const { reason, medium, requestedAtMs, ...rest } = (await given().mediaException('ex_1')) ?? buildException()
      expect({ reason, medium, requestedAtMs }).toEqual({ reason: 'Erased.', medium: {}, requestedAtMs: MONDAY_MS })
      expect(JSON.stringify(rest).toLowerCase()).not.toContain('mallory')
    })
    test('go with retention when they are over, not while they wait or hold', async () => {
      await given().write(async (tx) => {
        for (const [id, state] of [['ex_1', 'pending'], ['ex_2', 'granted'], ['ex_3', 'ended'], ['ex_4', 'refused']] as const) await tx.saveMediaException(buildException({ id, state }))
        await tx.retentionStep('media_exceptions', MONDAY_MS + 1, 0)
      })
      expect((await given().mediaExceptions({ limit: 10 })).items.map(({ id }) => id).toSorted()).toEqual(['ex_1', 'ex_2'])
    })
  })

  describe('live questions', () => {
    test('lose the answers that name somebody who is erased, and keep the others', async () => {
      await given().write(async (tx) => {
        await tx.saveUser(buildUser({ id: 'u_1', displayName: 'Mallory' }))
        await tx.saveAsking(buildAsking())
        for (const [deviceId, path] of [['d_1', '/home/MALLORY/plan.txt'], ['d_2', '/home/bob/plan.txt']] as const) await tx.saveAnswer({ askingId: 'qu_1', deviceId, state: 'answered', bytes: 9, answer: JSON.stringify([{ path }]) })
        await tx.erasePerson('u_1', MONDAY_MS)
      })
      expect((await given().answersOf('qu_1')).map(({ deviceId, answer }) => [deviceId, answer])).toEqual([['d_1', undefined], ['d_2', '[{"path":"/home/bob/plan.txt"}]']])
    })
    test('come back with the answers of their devices, and go with them', async () => {
      const answered = { askingId: 'qu_1', deviceId: 'd_1', state: 'answered', answeredAtMs: MONDAY_MS + 5, bytes: 2, answer: '[]' } as const
      await given().write(async (tx) => {
        await tx.saveAsking(buildAsking())
        await tx.saveAsking(buildAsking({ id: 'qu_2', askedAtMs: MONDAY_MS + 9, askedBy: { id: 'a_2', name: 'eve' } }))
        await tx.saveAnswer({ askingId: 'qu_1', deviceId: 'd_1', state: 'open' })
        await tx.saveAnswer({ askingId: 'qu_1', deviceId: 'd_2', state: 'open' })
        await tx.saveAnswer(answered)
      })
      expect(await given().answersOf('qu_1')).toEqual([answered, { askingId: 'qu_1', deviceId: 'd_2', state: 'open' }])
      expect((await given().askings({ limit: 5 })).items.map(({ id }) => id)).toEqual(['qu_2', 'qu_1'])
      expect((await given().askings({ limit: 5, deviceId: 'd_2' })).items).toEqual([buildAsking()])
      expect([await given().askedSince('a_1', MONDAY_MS), await given().askedSince('a_1', MONDAY_MS + 1)]).toEqual([1, 0])
      await given().write(async (tx) => {
        await tx.saveAsking(buildAsking({ state: 'done' }))
        await tx.retentionStep('questions', MONDAY_MS + 1, 0)
      })
      expect([await given().asking('qu_1'), await given().answersOf('qu_1')]).toEqual([undefined, []])
      expect((await given().asking('qu_2'))?.state).toBe('open')
    })
  })
}
