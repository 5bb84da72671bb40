// W1, the leavers' hour: a thousand people work for one hour, a tenth of them are leaving, a few copy files to a stick.
//
// Rule: a leaver who copies more than 20 files to removable media within an hour gets one alert; others stay silent. The
// hour is exactly as long as the rule's window, so that a day's count and a sliding window must agree.
import { toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import type { Policy } from '@holdfast/collector/domain/policies/policy.ts'
import { BOOSTER_IDS } from '@holdfast/collector/domain/risk/booster-table.ts'
import { templateById } from '@holdfast/collector/domain/policies/templates.ts'
import { wire } from '@holdfast/proto'
import { type DeviceBatch, deviceIdOf, encodeActivity, kindAt, personOf, seeded } from './workload.ts'

export const WINDOW_MS = 3_600_000
/** More than this many copies are too many. */
export const COPIES_ALLOWED = 20
export const LEAVERS = 0.1
const EXFILTRATORS = 0.03
const EXFILTRATED = 60
const HALF_HOUR_MS = 1_800_000

export interface LeaversHour {
  readonly batches: readonly DeviceBatch[]
  readonly leavers: ReadonlySet<string>
  /** Accounts that must get an alert, and the batch in which their last allowed copy is passed. */
  readonly expected: ReadonlyMap<string, number>
  /** Accounts over the limit, leavers or not. */
  readonly over: number
  readonly activities: number
}

/** Exact reference: the first moment at which more than COPIES_ALLOWED copies lie within the window, as an index into the sorted times. */
function crossing(times: readonly number[]): number | undefined {
  for (let last = COPIES_ALLOWED; last < times.length; last += 1) if ((times[last] ?? 0) - (times[last - COPIES_ALLOWED] ?? 0) <= WINDOW_MS) return last
  return undefined
}

export interface LeaversOptions {
  readonly seed: number
  readonly activities: number
  readonly users: number
  readonly startMs: number
  readonly perBatch: number
  readonly leaverShare?: number
  /** Share of the users who copy 60 files in half an hour. */
  readonly exfiltratorShare?: number
  /** Share of all activities that are copies, besides those; 0: as in the ordinary mix. */
  readonly copyShare?: number
}

/** @param startMs must leave the hour within one UTC day */
export function leaversHour(options: LeaversOptions): LeaversHour {
  const { seed, activities, users, startMs, perBatch, leaverShare = LEAVERS, exfiltratorShare = EXFILTRATORS, copyShare = 0 } = options
  const random = seeded(seed)
  const leavers = new Set<string>()
  const expected = new Map<string, number>()
  const batches: (DeviceBatch & { readonly firstMs: number; readonly account: string })[] = []
  const watched = new Map<string, number>()
  let over = 0
  let made = 0
  for (let user = 0; user < users; user += 1) {
    const person = personOf(user)
    const leaves = random() < leaverShare
    if (leaves) leavers.add(person.account)
    const share = Math.floor(((user + 1) * activities) / users) - Math.floor((user * activities) / users)
    const exfiltrated = random() < exfiltratorShare ? EXFILTRATED : 0
    const from = startMs + random() * HALF_HOUR_MS
    const day = [
      ...Array.from({ length: Math.max(0, share - exfiltrated) }, () => ({ atMs: Math.floor(startMs + random() * (WINDOW_MS - 1)), kind: copyShare > 0 && random() < copyShare ? 'file_copied' as const : kindAt(random()) })),
      ...Array.from({ length: exfiltrated }, () => ({ atMs: Math.floor(from + random() * HALF_HOUR_MS), kind: 'file_copied' as const })),
    ].toSorted((a, b) => a.atMs - b.atMs)
    const copies = day.filter((row) => row.kind === 'file_copied').map((row) => row.atMs)
    const at = crossing(copies)
    if (at !== undefined) over += 1
    const epoch = String(user).padStart(32, '0')
    for (let first = 0; first < day.length; first += perBatch) {
      const rows = day.slice(first, first + perBatch)
      const bodies = rows.map((row) => encodeActivity(random, person, row.kind, row.atMs))
      const firstMs = rows[0]?.atMs ?? startMs
      batches.push({ deviceId: deviceIdOf(user), payload: wire.ActivityBatch.encode({ epoch, firstSeq: first + 1, activities: bodies }).finish(), activities: rows.length, firstMs, account: person.account })
      if (at !== undefined && leaves && rows.some((row) => row.atMs >= (copies[at] ?? 0)) && !watched.has(person.account)) watched.set(person.account, firstMs)
    }
    made += day.length
  }
  const inOrder = batches.toSorted((a, b) => a.firstMs - b.firstMs)
  for (const [index, { account, firstMs }] of inOrder.entries()) if (watched.get(account) === firstMs && !expected.has(account)) expected.set(account, index)
  return { batches: inOrder, leavers, expected, over, activities: made }
}

/** Yesterday at ten, so that the hour lies within one day and within every look-back. */
export const leaversStartMs = (nowMs: number): number => Math.floor(nowMs / 86_400_000) * 86_400_000 - 86_400_000 + 10 * 3_600_000

/** The rule as a policy of ours. @param leavers whom it is about; undefined: everybody */
export function leaversPolicy(leavers: ReadonlySet<string> | undefined, nowMs: number): Policy {
  const copies = COPIES_ALLOWED + 1
  return onePolicy('Leavers', 'pol_bench_leavers', leavers, 'copy_to_removable_media', copies, nowMs)
}

export const NO_BOOSTERS = Object.fromEntries(BOOSTER_IDS.map((id) => [id, false]))

/** Policies that never fire, each about another kind of activity in turn. */
export function idlePolicies(count: number, leavers: ReadonlySet<string> | undefined, nowMs: number): readonly Policy[] {
  const kinds = ['file_deleted', 'removable_media_mounted', 'volume_to_removable_media', 'file_renamed_extension', 'protective_feature_disabled'] as const
  return Array.from({ length: count }, (_, index) => onePolicy(`Idle ${index}`, `pol_bench_idle_${index}`, leavers, kinds[index % kinds.length] ?? 'file_deleted', 1_000_000_000 + index, nowMs))
}

function onePolicy(name: string, id: string, leavers: ReadonlySet<string> | undefined, indicator: string, low: number, nowMs: number): Policy {
  const template = templateById('data_leaks')
  const off = Object.fromEntries((template?.indicators ?? []).map((other) => [other, false]))
  return toPolicy({
    name, template: 'data_leaks', scope: { users: leavers === undefined ? 'all' : [...leavers] }, sequences: Object.fromEntries((template?.sequences ?? []).map((sequence) => [sequence, false])), cumulative: false,
    // One threshold and nothing that raises what is below it: the rule of the reference, no more.
    boosters: NO_BOOSTERS, indicators: { ...off, [indicator]: { enabled: true, thresholds: { low, medium: low, high: low } } }, triggers: [{ indicator, threshold: low }],
  }, id, nowMs)
}
