// What every backend promises of roll-outs; describeStore calls it.
import { describe, expect, test } from 'vitest'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { defaultPlan } from '../domain/rollout/plan.ts'
import type { Rollout, RolloutDevice } from '../domain/rollout/rollout.ts'
import type { Store } from '../store/store.ts'
import { buildAlert, buildDevice, buildRun, buildUser, MONDAY_MS } from './builders.ts'

export const buildRollout = (over: Partial<Rollout> = {}): Rollout => ({
  id: 'ro_1', group: 'default', state: 'active', plan: defaultPlan, createdAtMs: MONDAY_MS, by: { id: 'a_1', name: 'ina' }, ring: 0, from: { version: 1, hash: 'a'.repeat(64) }, to: { version: 2, hash: 'b'.repeat(64) }, cpuLimitMillis: 250, offlineAfterMs: 90_000, ...over,
})
const moved = (deviceId: string, over: Partial<RolloutDevice> = {}): RolloutDevice => ({ deviceId, ring: 0, state: 'offered', stateAtMs: MONDAY_MS, movedAtMs: MONDAY_MS, offeredAtMs: MONDAY_MS, ...over })

export function describeRollouts(given: () => Store): void {
  const named = (id: string, over: Parameters<typeof buildDevice>[0] = {}) => buildDevice({ id, hostname: `host-of-${id}`, hardwareId: id, publicKey: `U${id}`, ...over })

  describe('roll-outs', () => {
    test('the latest of each group is found, open ones the latest first, and closing takes only those of the group', async () => {
      await given().write(async (tx) => {
        await tx.saveRollout(buildRollout({ id: 'ro_1', state: 'superseded' }), true)
        await tx.saveRollout(buildRollout({ id: 'ro_2' }), true)
        await tx.saveRollout(buildRollout({ id: 'ro_3', group: 'lab' }), true)
        await tx.saveRollout(buildRollout({ id: 'ro_2', state: 'paused' }), true)
      })
      expect((await given().openRollouts('default')).map(({ id, state }) => [id, state])).toEqual([['ro_2', 'paused'], ['ro_1', 'superseded']])
      expect((await given().latestRollouts()).map(({ id }) => id)).toEqual(['ro_2', 'ro_3'])
      await given().write((tx) => tx.closeRollouts('default'))
      expect((await given().openRollouts()).map(({ id }) => id)).toEqual(['ro_3'])
      const first = await given().rollouts({ limit: 2 })
      expect([first.total, first.items.map(({ id }) => id)]).toEqual([3, ['ro_3', 'ro_2']])
      expect((await given().rollouts({ limit: 2, cursor: first.nextCursor ?? '' })).items.map(({ id }) => id)).toEqual(['ro_1'])
      expect((await given().rollouts({ limit: 9, group: 'default', states: ['paused'] })).items).toHaveLength(1)
    })

    test('those that are over go with all that is theirs when their time is over; what is open, under way, or the latest of its group stays', async () => {
      const DAY = 86_400_000
      const ended = (id: string, day: number, over: Partial<Rollout> = {}) => buildRollout({ id, state: 'completed', createdAtMs: MONDAY_MS, endedAtMs: MONDAY_MS + day * DAY, ...over })
      await given().write(async (tx) => {
        await tx.saveRollout(ended('ro_old', 1), false)
        await tx.saveRollout(ended('ro_back', 2, { state: 'rolled_back' }), false)
        await tx.saveRollout(ended('ro_open', 1, { state: 'superseded' }), true)
        await tx.saveRollout(ended('ro_late', 9), false)
        await tx.saveRollout(buildRollout({ id: 'ro_paused', state: 'paused', createdAtMs: MONDAY_MS }), false)
        await tx.saveRollout(ended('ro_last', 3), false)
        await tx.saveRollout(ended('ro_lab', 1, { group: 'lab' }), false)
        for (const id of ['ro_old', 'ro_last']) {
          await tx.saveRolloutDevices(id, [moved('d_a')])
          await tx.saveRolloutRevision({ rolloutId: id, role: 'to', group: 'default', version: 2, hash: 'b', signed: Uint8Array.of(1), readable: '{}', createdAtMs: 1, expiresAtMs: 2 })
        }
      })
      const before = MONDAY_MS + 5 * DAY
      expect(await given().retentionCount('rollouts', before)).toEqual({ due: 2, held: 0, inCases: 0 })
      expect((await given().write((tx) => tx.retentionStep('rollouts', before, 0))).removed).toBe(2)
      expect((await given().rollouts({ limit: 9 })).items.map(({ id }) => id).toSorted()).toEqual(['ro_lab', 'ro_last', 'ro_late', 'ro_open', 'ro_paused'])
      expect([await given().rolloutDevices('ro_old'), await given().rolloutRevision('ro_old', 'to'), (await given().rolloutDevices('ro_last')).length, (await given().rolloutRevision('ro_last', 'to'))?.version]).toEqual([[], undefined, 1, 2])
      expect((await given().retentionCount('rollouts', before)).due).toBe(0)
    })

    test('a revision comes back byte for byte, by its role', async () => {
      const revision = { rolloutId: 'ro_1', role: 'to', group: 'default', version: 2, hash: 'b', signed: Uint8Array.of(1, 2, 255), readable: '{}', createdAtMs: 1, expiresAtMs: 2, sources: '{"a":1}' } as const
      await given().write((tx) => tx.saveRolloutRevision(revision))
      const found = await given().rolloutRevision('ro_1', 'to')
      expect({ ...found, signed: [...(found?.signed ?? [])] }).toEqual({ ...revision, signed: [1, 2, 255] })
      expect(await given().rolloutRevision('ro_1', 'back')).toBeUndefined()
    })

    test('what needs somebody comes first on the pages of devices, and a device that moved is known as such', async () => {
      await given().write(async (tx) => {
        for (const id of ['d_a', 'd_b', 'd_c']) await tx.saveDevice(named(id))
        await tx.saveRollout(buildRollout(), true)
        await tx.saveRolloutDevices('ro_1', [moved('d_a', { state: 'confirmed' }), moved('d_b', { state: 'rejected', reason: 'POLICY_INVALID' }), { deviceId: 'd_c', ring: 1, state: 'pending', stateAtMs: 1 }])
      })
      const first = await given().rolloutDevicePage({ limit: 2, rolloutId: 'ro_1' })
      expect(first.items.map(({ deviceId, hostname }) => [deviceId, hostname])).toEqual([['d_b', 'host-of-d_b'], ['d_a', 'host-of-d_a']])
      expect((await given().rolloutDevicePage({ limit: 2, rolloutId: 'ro_1', cursor: first.nextCursor ?? '' })).items.map(({ deviceId }) => deviceId)).toEqual(['d_c'])
      expect((await given().rolloutDevicePage({ limit: 9, rolloutId: 'ro_1', states: ['pending'], ring: 1 })).total).toBe(1)
      expect(await given().rolloutCounts('ro_1')).toEqual([{ ring: 0, state: 'confirmed', devices: 1, moved: 1 }, { ring: 0, state: 'rejected', devices: 1, moved: 1 }, { ring: 1, state: 'pending', devices: 1, moved: 0 }])
      expect([await given().rolloutMoves('d_a', ['ro_1', 'ro_9']), await given().rolloutMoves('d_c', ['ro_1'])]).toEqual([['ro_1'], []])
    })

    test('facts of a device are what its report says, with what is missing of it', async () => {
      await given().write(async (tx) => {
        await tx.saveDevice(named('d_a'))
        await tx.saveDevice(named('d_new'))
        await tx.saveDevice(named('d_out', { status: 'revoked' }))
        await tx.saveRollout(buildRollout(), true)
        await tx.saveRolloutDevices('ro_1', [moved('d_a')])
        await tx.saveReport('d_a', {
          receivedAtMs: MONDAY_MS, sentAtMs: MONDAY_MS, agentVersion: '1', hostname: 'host-of-d_a', os: 'linux', osVersion: '', kernel: '', uptimeSecs: 1, elevated: true, sessionAccounts: [], safeMode: 'it crashed', watchdogRestarts: 2,
          sensors: [{ name: 'files', tier: 'blind', reason: '', fix: '', selfTestPassed: false, emitted: 0, watches: 0, restarts: 3 }], spool: { epoch: '', lastSeq: 0, ackedSeq: 0, bytes: 0, maxBytes: 0, dropped: 7 },
          policy: { runningVersion: 2, runningHash: 'b', refusedVersion: 3, refusedReason: 'POLICY_INVALID' }, usage: { rssBytes: 0, cpuMillis: 120 },
        })
        await tx.ingest([buildRun(4, 2, { deviceId: 'd_a' })], countInsights, mergeInsights)
      })
      expect((await given().rolloutFacts('ro_1', 'default')).get('d_a')).toEqual({
        isMember: true, lastSeenAtMs: MONDAY_MS, runningVersion: 2, runningHash: 'b', refusedVersion: 3, refusedReason: 'POLICY_INVALID', receivedVersion: 0, verifiedVersion: 0,
        now: { cpuMillis: 120, restarts: 5, lost: 7, unexplained: 3, blind: 1, safeMode: true },
      })
      expect((await given().rolloutFacts('ro_1', 'lab')).get('d_a')?.isMember).toBe(false)
      expect((await given().rolloutNewcomers('ro_1', 'default')).map(({ deviceId }) => deviceId)).toContain('d_new')
      expect((await given().rolloutNewcomers('ro_1', 'default')).map(({ deviceId }) => deviceId)).not.toContain('d_out')
    })

    test('alerts count on devices that moved, and a group’s volume is known by kind', async () => {
      const run = buildRun(1, 2)
      await given().write(async (tx) => {
        await tx.saveRollout(buildRollout(), true)
        await tx.saveUser(buildUser())
        await tx.ingest([run], countInsights, mergeInsights)
        const at = (await tx.activities({ limit: 1 })).items[0]?.occurredAtMs ?? 0
        await tx.saveAlert(buildAlert({ id: 'al_1', userId: (await tx.activities({ limit: 1 })).items[0]?.userId ?? '', createdAtMs: at + 1000 }))
        await tx.saveRolloutDevices('ro_1', [{ deviceId: run.deviceId, ring: 0, state: 'pending', stateAtMs: 1 }])
      })
      const at = (await given().activities({ limit: 1 })).items[0]?.occurredAtMs ?? 0
      expect(await given().rolloutAlerts('ro_1', at, at + 2000)).toBe(0)
      await given().write((tx) => tx.saveRolloutDevices('ro_1', [moved(run.deviceId)]))
      expect([await given().rolloutAlerts('ro_1', at, at + 2000), await given().rolloutAlerts('ro_1', at, at + 1000)]).toEqual([1, 0])
      const { kinds } = await given().groupVolume((await given().device(run.deviceId))?.group ?? '', 0)
      expect(kinds.map(({ activities }) => activities)).toEqual([2])
      expect(kinds[0]?.bytes).toBeGreaterThan(0)
    })
  })
}
