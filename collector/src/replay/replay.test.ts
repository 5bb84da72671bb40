import { afterEach, describe, expect, test } from 'vitest'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { createEvaluation } from '../evaluation/evaluation.ts'
import { createIngest } from '../ingest/ingest.ts'
import type { StoredTrigger } from '../domain/people/triggering-event.ts'
import type { Policy } from '../domain/policies/policy.ts'
import { buildDevice, buildPolicy, buildTrigger, DAY_MS, encodeBatch, MONDAY_MS } from '../testing/builders.ts'
import { createFakeBus } from '../testing/fake-bus.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { wire } from '@holdfast/proto'
import { readActivity, type ReplayLine } from '../connectors/files/activity-json.ts'
import { readPeople } from './people.ts'
import { createReplay, type ReplayOutcome } from './replay.ts'

interface Choice {
  readonly account?: string
  readonly atMs?: number
  readonly seq?: number
  readonly path?: string
  readonly device?: string
}
let counter = 0
const copyLine = ({ account = 'alice', atMs = MONDAY_MS, device = 'd_1', path = `/media/s/${(counter += 1)}`, seq }: Choice = {}) =>
  ({ device, ...(seq === undefined ? {} : { seq }), occurredAt: new Date(atMs).toISOString(), sensor: 'files', actor: { account, accountId: '1000' }, fileCopied: { destination: { path, sizeBytes: 10, location: 2 } } })
const copies = (count: number, choice: Choice = {}) => Array.from({ length: count }, (_, index) => copyLine({ ...choice, atMs: (choice.atMs ?? MONDAY_MS) + index * 1000 }))

const { people } = readPeople('user')
const policies = [buildPolicy(), buildPolicy({ name: 'Violations', template: 'security_policy_violations' }, 'p_2')]
const run = (lines: readonly object[], over: Partial<Parameters<typeof createReplay>[0]> = {}): ReplayOutcome => {
  const replay = createReplay({ policies, people, ...over })
  for (const line of lines) replay.add(readActivity(line))
  return replay.finish()
}
const summary = (outcome: ReplayOutcome) => outcome.alerts.map(({ alert, user, policy }) => [user, policy.name, alert.score])
const shuffled = <T>(list: readonly T[], seed: number): readonly T[] => list.map((item, index) => ({ item, key: Math.imul(index + 7, seed | 1) >>> 0 })).toSorted((a, b) => a.key - b.key).map(({ item }) => item)

describe('the order of lines', () => {
  test('changes neither scores nor evidence, also with late, repeated and equal lines', () => {
    const lines = [...copies(40), ...copies(25, { account: 'bob', atMs: MONDAY_MS - 5 * DAY_MS }), ...Array.from({ length: 30 }, () => copyLine({ account: 'carol', path: '/same' })), ...copies(12, { atMs: MONDAY_MS + DAY_MS })]
    const first = run(lines)
    expect(summary(first)).toEqual([['alice', 'Leaks', 73], ['bob', 'Leaks', 58]])
    for (const seed of [3, 12_345, 777_777]) expect(run(shuffled(lines, seed))).toEqual(first)
  })
})

describe('the same activity twice', () => {
  test('is one with a number, and two without', () => {
    const line = copyLine({ seq: 1 })
    expect(run([line, line, ...copies(9)])).toMatchObject({ activities: 10, repeats: 1 })
    const { seq: _seq, ...unnamed } = line
    expect(run([unnamed, unnamed])).toMatchObject({ activities: 2, repeats: 0 })
  })
  test('another activity under the same number is told and not counted', () => {
    const replay = createReplay({ policies, people })
    expect([copyLine({ seq: 1, path: '/a' }), copyLine({ seq: 1, path: '/b' }), copyLine({ seq: 1, path: '/a', device: 'd_2' })].map((line) => replay.add(readActivity(line)))).toEqual(['first', 'clash', 'first'])
    expect(replay.finish().activities).toBe(2)
  })
})

describe('time', () => {
  test('an alert of the beginning of a long stream is still there at its end', () => {
    const long = [...copies(35, { atMs: MONDAY_MS }), ...Array.from({ length: 14 }, (_, month) => copyLine({ atMs: MONDAY_MS + (month + 1) * 30 * DAY_MS }))]
    expect(summary(run(long))).toEqual([['alice', 'Leaks', 72]])
    // One evaluation at the end sees only the days before it.
    expect(summary(run(long, { nowMs: MONDAY_MS + 14 * 30 * DAY_MS }))).toEqual([])
  })
  test('what comes later says what the alert looks like, as it does on the server', () => {
    const later = MONDAY_MS + 300 * DAY_MS
    const outcome = run([...copies(35), ...copies(12, { atMs: later })])
    expect(outcome.alerts.map(({ alert }) => [alert.score, alert.firstActivityAtMs])).toEqual([[25, later]])
  })
  test('a fixed time leaves out what lies after it', () => {
    const lines = [...copies(12), ...copies(40, { atMs: MONDAY_MS + 2 * DAY_MS })]
    expect(summary(run(lines, { nowMs: MONDAY_MS + DAY_MS }))).toEqual([['alice', 'Leaks', 25]])
    expect(run(lines).nowMs).toBe(MONDAY_MS + 2 * DAY_MS + 39_000)
  })
  test('nothing at all is no alert and no failure', () => {
    expect(run([])).toEqual({ alerts: [], activities: 0, repeats: 0, users: 0 })
  })
})

describe('people', () => {
  const named = readPeople('user,account,department,groups\nk.haas,alice,Sales,sales\nother,CORP\\alice,,\nbob,,Legal,\n').people
  test('two accounts of a person are one user, and scopes and exclusions hold', () => {
    const lines = [...copies(6), ...copies(6, { account: 'ALICE', device: 'd_2' }), ...copies(12, { account: 'bob' })]
    expect(summary(run(lines, { people: named }))).toEqual([['bob', 'Leaks', 25], ['k.haas', 'Leaks', 25]])
    const scoped = (scope: NonNullable<Parameters<typeof buildPolicy>[0]>['scope']) => summary(run(lines, { people: named, policies: [buildPolicy(scope === undefined ? {} : { scope })] })).map(([user]) => user)
    expect(scoped({ groups: ['sales'] })).toEqual(['k.haas'])
    expect(scoped({ exclude: { departments: ['Legal'] } })).toEqual(['k.haas'])
    expect(scoped({ users: ['alice'] })).toEqual(['k.haas'])
  })
})

describe('the server says the same', () => {
  let temporary: TemporaryStore | undefined
  afterEach(async () => {
    await temporary?.remove()
    temporary = undefined
  })
  interface Both {
    readonly lines: readonly object[]
    readonly policies: readonly Policy[]
    /** `userId` is the name of the account. */
    readonly triggers?: readonly StoredTrigger[]
    readonly nowMs: number
  }
  /** The alerts of replay, and those of ingest and evaluation over a store. */
  const bothWays = async ({ lines: unnumbered, policies: used, triggers = [], nowMs }: Both) => {
    temporary = await openTemporaryStore()
    const { store } = temporary
    const lines = unnumbered.map((line, index) => ({ ...(line as { readonly occurredAt: string }), seq: index + 1 }))
    const epoch = 'e'.repeat(32)
    const read: readonly ReplayLine[] = lines.map((line) => readActivity({ ...line, id: `d_1.${epoch}.${line.seq}` }))
    const replay = createReplay({ policies: used, people, triggers })
    for (const line of read) replay.add(line)
    const offline = replay.finish()

    await store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      for (const policy of used) await tx.savePolicy(policy)
    })
    const bus = createFakeBus()
    const ingest = createIngest({ store, bus, count: countInsights, merge: mergeInsights, now: () => nowMs, log: { warn: () => {}, error: () => {} }, onUsers: () => {} })
    await ingest.run(new AbortController().signal)
    const bodies = lines.map((line) => {
      const { device: _device, seq: _seq, occurredAt, ...rest } = line as typeof line & { readonly device: string }
      return wire.Activity.encode(wire.Activity.fromObject({ ...rest, occurredAt: { seconds: Math.floor(Date.parse(occurredAt) / 1000), nanos: (Date.parse(occurredAt) % 1000) * 1e6 } })).finish()
    })
    for (let first = 0; first < bodies.length; first += 200) bus.publish('d_1', encodeBatch(first + 1, bodies.slice(first, first + 200)))
    await bus.deliver()
    const users = (await store.users({ limit: 50 })).items
    const idOf = (account: string): string => users.find((user) => user.identities[0]?.value === account)?.id ?? expect.fail(account)
    await store.write((tx) => tx.saveTriggers(triggers.map((trigger) => ({ ...trigger, userId: idOf(trigger.userId) }))))
    await createEvaluation({ store, now: () => nowMs, onAlert: () => {}, log: { error: () => {} } }).drain()

    const { items } = await store.alerts({ limit: 50, sort: 'score', descending: true })
    const names = new Map(users.map((user) => [user.id, user.identities[0]?.value]))
    const plain = (alert: (typeof items)[number], user: string | undefined) => ({ user, policy: alert.policyId, score: alert.score, severity: alert.severity, parts: alert.parts, trigger: alert.trigger, first: alert.firstActivityAtMs, last: alert.lastActivityAtMs })
    const order = (a: { readonly user: string | undefined; readonly policy: string }, b: { readonly user: string | undefined; readonly policy: string }): number => (`${a.user} ${a.policy}` < `${b.user} ${b.policy}` ? -1 : 1)
    return { offline: offline.alerts.map(({ alert, user }) => plain(alert, user)).toSorted(order), server: items.map((alert) => plain(alert, names.get(alert.userId))).toSorted(order) }
  }

  test('for the same activities under the same policies, to the last point and piece of evidence', async () => {
    const lines = shuffled([
      ...copies(33, { atMs: MONDAY_MS - 9 * DAY_MS }), ...copies(14, { account: 'bob' }), ...copies(40, { account: 'bob', atMs: MONDAY_MS + DAY_MS }),
      { device: 'd_1', occurredAt: new Date(MONDAY_MS - 3_600_000).toISOString(), actor: { account: 'bob', accountId: '1001' }, securityFeatureChanged: { feature: 'audit.auditd', from: 'FEATURE_STATE_ENABLED', to: 2 } },
      { device: 'd_1', occurredAt: new Date(MONDAY_MS).toISOString(), actor: { account: 'root', accountId: '0' }, applicationInstalled: { application: { name: 'nmap', source: 'dpkg' } } },
    ].map((line) => ({ ...line, actor: { ...line.actor, accountId: line.actor.account === 'root' ? '0' : '1000' } })), 99)
    const { offline, server } = await bothWays({ lines, policies, nowMs: MONDAY_MS + 2 * DAY_MS })
    expect(server.length).toBeGreaterThan(3)
    expect(offline).toEqual(server)
  })
  test('for people with habits and triggering events: only whoever does otherwise than before and than others is told', async () => {
    const accounts = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi']
    // Eight weeks of half the days, twelve files each; on the last day bob takes ninety, in the night.
    const days = Array.from({ length: 29 }, (_, index) => MONDAY_MS - 2 * index * DAY_MS)
    const lines = shuffled(accounts.flatMap((account) => days.flatMap((atMs) => copies(account === 'bob' && atMs === MONDAY_MS ? 90 : 12, { account, atMs: account === 'bob' && atMs === MONDAY_MS ? atMs + 13 * 3_600_000 : atMs }))), 4711)
    const leaving = (userId: string, over: Partial<StoredTrigger> = {}) => buildTrigger({ id: `t_${userId}`, userId, ...over })
    const triggers = [leaving('alice'), leaving('bob'), leaving('carol', { kind: 'hr_last_working_day', atMs: MONDAY_MS + 20 * DAY_MS }), leaving('dave', { kind: 'hr_last_working_day', atMs: MONDAY_MS + 40 * DAY_MS })]
    const { offline, server } = await bothWays({ lines, policies: [buildPolicy({ template: 'data_theft_by_departing_users' }, 'p_3')], triggers, nowMs: MONDAY_MS + 14 * 3_600_000 })
    expect(server.map(({ user, severity }) => [user, severity])).toEqual([['bob', 'high']])
    expect(server[0]?.parts.map((part) => part.code)).toEqual(['insight', 'booster.above_own_usual', 'booster.above_organisation', 'booster.off_hours', 'cap'])
    expect(offline).toEqual(server)
  })
})
