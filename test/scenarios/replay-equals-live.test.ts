// The same activities and events, once through ingest, store and evaluation, once through replay: the same alerts.
import { wire } from '@holdfast/proto'
import { createEvaluation } from '@holdfast/collector/evaluation/evaluation.ts'
import { createIngest } from '@holdfast/collector/ingest/ingest.ts'
import { readActivity } from '@holdfast/collector/connectors/files/activity-json.ts'
import { toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import { templates } from '@holdfast/collector/domain/policies/templates.ts'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import { readPeople } from '@holdfast/collector/replay/people.ts'
import { createReplay } from '@holdfast/collector/replay/replay.ts'
import { buildDevice, encodeBatch, EPOCH } from '@holdfast/collector/testing/builders.ts'
import { createFakeBus } from '@holdfast/collector/testing/fake-bus.ts'
import { openTemporaryStore, type TemporaryStore } from '@holdfast/collector/testing/temporary-store.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { triggersOf } from '../../scripts/quality/measure.ts'
import { activityLine } from '../../scripts/simulate/lines.ts'
import { makeOrganisation, type SimulatedActivity } from '../../scripts/simulate/organisation.ts'

const DAY_MS = 86_400_000
const DAYS = 56
const PER_BATCH = 60

describe('the server and replay say the same of a simulated organisation', { timeout: 60_000 }, () => {
  let temporary: TemporaryStore | undefined
  afterEach(async () => {
    await temporary?.remove()
    temporary = undefined
  })

  test.each([5, 6])('to the last point and piece of evidence, with seed %i', async (seed) => {
    const organisation = makeOrganisation({ seed, users: 25, days: DAYS, insiders: 5, startMs: Date.parse('2026-01-05T00:00:00Z'), profile: 'mixed' })
    const nowMs = organisation.options.startMs + DAYS * DAY_MS
    const sent = [...organisation.days()].flatMap(({ activities }) => activities)
    const policies = templates.map((template) => toPolicy({ name: template.name, template: template.id, scope: { users: 'all' } }, `p_${template.id}`, nowMs))
    const triggers = triggersOf(organisation)

    const { people } = readPeople('user')
    const replay = createReplay({ policies, people, triggers, nowMs })
    for (const activity of sent) replay.add(readActivity({ ...JSON.parse(activityLine(activity)) as object, id: `${activity.device}.${EPOCH}.${activity.seq}` }))
    const offline = replay.finish().alerts.map(({ alert, user }) => ({ user, policy: alert.policyId, score: alert.score, severity: alert.severity, parts: alert.parts, trigger: alert.trigger, first: alert.firstActivityAtMs, last: alert.lastActivityAtMs }))

    temporary = await openTemporaryStore()
    const { store } = temporary
    const byDevice = Map.groupBy(sent, (activity) => activity.device)
    await store.write(async (tx) => {
      for (const [index, id] of [...byDevice.keys()].entries()) await tx.saveDevice(buildDevice({ id, hardwareId: String(index).padStart(64, '0') }))
      for (const policy of policies) await tx.savePolicy(policy)
    })
    const bus = createFakeBus()
    const log = { warn: () => {}, error: () => {} }
    const ingest = createIngest({ store, bus, count: countInsights, merge: mergeInsights, now: () => nowMs, log, onUsers: () => {} })
    await ingest.run(new AbortController().signal)
    const encode = ({ message }: SimulatedActivity): Uint8Array => wire.Activity.encode(wire.Activity.fromObject(message)).finish()
    for (const [device, activities] of byDevice) for (let first = 0; first < activities.length; first += PER_BATCH) bus.publish(device, encodeBatch(first + 1, activities.slice(first, first + PER_BATCH).map(encode)))
    await bus.deliver()
    expect(ingest.counters.stored).toBe(sent.length)
    const users = new Map((await store.users({ limit: 200 })).items.map((user) => [user.id, user.identities[0]?.value ?? '']))
    const idOf = new Map([...users].map(([id, account]) => [account, id]))
    await store.write((tx) => tx.saveTriggers(triggers.map((trigger) => ({ ...trigger, userId: idOf.get(trigger.userId) ?? trigger.userId }))))
    await createEvaluation({ store, now: () => nowMs, onAlert: () => {}, log }).drain()
    const { items } = await store.alerts({ limit: 500, sort: 'score', descending: true })
    const live = items.map((alert) => ({ user: users.get(alert.userId), policy: alert.policyId, score: alert.score, severity: alert.severity, parts: alert.parts, trigger: alert.trigger, first: alert.firstActivityAtMs, last: alert.lastActivityAtMs }))

    const order = (a: { readonly user: string | undefined; readonly policy: string }, b: typeof a): number => (`${a.user} ${a.policy}` < `${b.user} ${b.policy}` ? -1 : 1)
    expect(live.length).toBeGreaterThan(8)
    expect(offline.toSorted(order)).toEqual(live.toSorted(order))
  })
})
