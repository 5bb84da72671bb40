// Values for tests, with sane defaults: only what a test is about stands in it.
import { type ActivityKind, activityKinds, toWireTimestamp, wire } from '@holdfast/proto'
import type { Alert } from '../domain/cases/alert.ts'
import type { Device } from '../domain/people/device.ts'
import type { StoredTrigger } from '../domain/people/triggering-event.ts'
import type { User } from '../domain/people/user.ts'
import { type PolicyInput, toPolicy } from '../domain/policies/policy-document.ts'
import type { Policy } from '../domain/policies/policy.ts'
import type { Activity } from '../domain/risk/activity.ts'
import type { Subject } from '../domain/risk/evaluate.ts'
import { type Insight, dayOf } from '../domain/risk/insight.ts'
import type { Account, IngestRun } from '../store/store.ts'

export const DAY_MS = 86_400_000
/** 2026-03-02, a Monday, 09:00 UTC. */
export const MONDAY_MS = Date.parse('2026-03-02T09:00:00Z')
export const EPOCH = 'e'.repeat(32)

export const buildActivity = (over: Partial<Activity> = {}): Activity => ({
  id: `d_1.${EPOCH}.1`, deviceId: 'd_1', userId: 'u_1', kind: 'file_copied', occurredAtMs: MONDAY_MS, observedAtMs: MONDAY_MS, sensor: 'files', recovered: false,
  file: { path: '/media/stick/a.txt', sizeBytes: 1000, location: 'removable' }, ...over,
})

/** `count` copies to removable media, each of another file, a second apart. */
export const buildCopies = (count: number, over: Partial<Activity> = {}): readonly Activity[] =>
  Array.from({ length: count }, (_, index) => buildActivity({ ...over, id: `d_1.${EPOCH}.${index + 1}`, occurredAtMs: (over.occurredAtMs ?? MONDAY_MS) + index * 1000, file: { path: `/media/stick/${index}.txt`, sizeBytes: 1000, location: 'removable' } }))

export const buildInsight = (over: Partial<Insight> = {}): Insight => ({
  userId: 'u_1', indicator: 'copy_to_removable_media', day: dayOf(MONDAY_MS), events: 12, bytes: 12_000, priorityEvents: 0, sensitiveEvents: 0, excludedEvents: 0,
  files: Array.from({ length: 12 }, (_, index) => index.toString(16).padStart(8, '0')), firstAtMs: MONDAY_MS, lastAtMs: MONDAY_MS + 3_600_000, samples: [{ id: `d_1.${EPOCH}.1`, atMs: MONDAY_MS }], ...over,
})

/** An insight whose indicator counts events. */
export const buildEvents = (indicator: string, events: number, over: Partial<Insight> = {}): Insight => buildInsight({ indicator, events, files: [], ...over })

export const buildPolicy = (over: Partial<PolicyInput> = {}, id = 'p_1'): Policy => toPolicy({ name: 'Leaks', template: 'data_leaks', ...over }, id, MONDAY_MS)

export const buildSubject = (over: Partial<Subject> = {}): Subject => ({ id: 'u_1', names: ['alice', 'alice@example.com'], groups: [], ...over })

export const buildAlert = (over: Partial<Alert> = {}): Alert => ({
  id: 'al_1', policyId: 'p_1', policyVersion: 1, userId: 'u_1', status: 'needs_review', severity: 'low', score: 25, parts: [{ code: 'insight', points: 25, reason: 'Copied to removable media: 12 files on 2026-03-02.', indicator: 'copy_to_removable_media', day: dayOf(MONDAY_MS), evidence: [] }],
  trigger: { kind: 'indicator_threshold', atMs: MONDAY_MS, reason: 'Copied to removable media: 12 files on 2026-03-02.', indicator: 'copy_to_removable_media' },
  firstActivityAtMs: MONDAY_MS, lastActivityAtMs: MONDAY_MS + 3_600_000, createdAtMs: MONDAY_MS, updatedAtMs: MONDAY_MS, newData: false, revision: 1, ...over,
})

export const buildTrigger = (over: Partial<StoredTrigger> = {}): StoredTrigger => ({ id: 't_1', userId: 'u_1', kind: 'hr_resignation', atMs: MONDAY_MS, reason: 'HR recorded a resignation on 2026-03-02.', source: 'hr', detail: {}, ...over })

export const buildUser = (over: Partial<User> = {}): User => ({ id: 'u_1', pseudonym: 'ANON-AAAAAA1', displayName: 'alice', kind: 'person', identities: [{ kind: 'account', value: 'alice' }], createdAtMs: MONDAY_MS, groups: [], ...over })

export const buildDevice = (over: Partial<Device> = {}): Device => ({ id: 'd_1', hostname: 'lt-1', os: 'linux', group: 'default', hardwareId: 'a'.repeat(64), publicKey: `U${'A'.repeat(55)}`, status: 'active', enrolledAtMs: MONDAY_MS, ...over })

export const buildAccount = (over: Partial<Account> = {}): Account => ({ id: 'a_1', name: 'ada', passwordHash: 'none', roles: ['Admin'], disabled: false, createdAtMs: MONDAY_MS, passwordChangedAtMs: MONDAY_MS, ...over })

export interface WireChoice {
  readonly kind?: ActivityKind
  readonly account?: string
  readonly occurredAtMs?: number
  readonly detail?: Readonly<Record<string, unknown>>
}

/** The bytes of an activity as an agent encodes it. */
export function encodeActivity({ kind = 'file_copied', account = 'alice', occurredAtMs = MONDAY_MS, detail = { destination: { path: '/media/stick/a.txt', sizeBytes: 1000, location: 2 } } }: WireChoice = {}): Uint8Array {
  return wire.Activity.encode(wire.Activity.fromObject({ occurredAt: toWireTimestamp(occurredAtMs), observedAt: toWireTimestamp(occurredAtMs), sensor: 'files', actor: { account, accountId: '1000', attribution: 1 }, [activityKinds[kind].field]: detail })).finish()
}

export const encodeBatch = (firstSeq: number, bodies: readonly Uint8Array[], over: wire.ActivityBatch.$Properties = {}): Uint8Array => wire.ActivityBatch.encode({ epoch: EPOCH, firstSeq, activities: [...bodies], ...over }).finish()

/** `count` copies of a user, numbered from firstSeq, as the store is given them. */
export function buildRun(firstSeq: number, count: number, over: Partial<IngestRun> & { readonly userId?: string; readonly salt?: string } = {}): IngestRun {
  const { userId = 'u_1', salt = '', ...run } = over
  const deviceId = run.deviceId ?? 'd_1'
  const epoch = run.epoch ?? EPOCH
  const activities = Array.from({ length: count }, (_, index) => {
    const seq = firstSeq + index
    const path = `/media/stick/${seq}${salt}.txt`
    return { activity: buildActivity({ id: `${deviceId}.${epoch}.${seq}`, deviceId, userId, occurredAtMs: MONDAY_MS + seq * 1000, file: { path, sizeBytes: 1000, location: 'removable' } }), body: encodeActivity({ occurredAtMs: MONDAY_MS + seq * 1000, detail: { destination: { path, sizeBytes: 1000, location: 2 } } }) }
  })
  return { deviceId, epoch, firstSeq, activities, gaps: [], receivedAtMs: MONDAY_MS, ...run }
}
