// W1, the leavers' hour: a thousand people work for one hour, a tenth of them are leaving, a few copy files to a stick.
//
// Rule: a leaver who copies more than 20 files to removable media within an hour gets one alert; others stay silent. The
// hour is exactly as long as the rule's window, so that a day's count and a sliding window must agree.
import { toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import type { Policy } from '@holdfast/collector/domain/policies/policy.ts'
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

/** @param startMs must leave the hour within one UTC day */
export function leaversHour(options: { readonly seed: number; readonly activities: number; readonly users: number; readonly startMs: number; readonly perBatch: number; readonly leaverShare?: number }): LeaversHour {
  const { seed, activities, users, startMs, perBatch, leaverShare = LEAVERS } = options
  const random = seeded(seed)
  const leavers = new Set<string>()
  const expected = new Map<string, number>()
  const batches: (DeviceBatch & { readonly firstMs: number; readonly account: string })[] = []
  const watched: { readonly account: string; readonly firstMs: number }[] = []
  let over = 0
  let made = 0
  for (let user = 0; user < users; user += 1) {
    const person = personOf(user)
    const leaves = random() < leaverShare
    if (leaves) leavers.add(person.account)
    const share = Math.floor(((user + 1) * activities) / users) - Math.floor((user * activities) / users)
    const exfiltrated = random() < EXFILTRATORS ? Math.min(EXFILTRATED, share) : 0
    const from = startMs + random() * HALF_HOUR_MS
    const day = [
      ...Array.from({ length: share - exfiltrated }, () => ({ atMs: Math.floor(startMs + random() * (WINDOW_MS - 1)), kind: kindAt(random()) })),
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
      if (at !== undefined && leaves && rows.some((row) => row.atMs >= (copies[at] ?? 0)) && !watched.some((row) => row.account === person.account)) watched.push({ account: person.account, firstMs })
    }
    made += day.length
  }
  const inOrder = batches.toSorted((a, b) => a.firstMs - b.firstMs)
  for (const { account, firstMs } of watched) expected.set(account, inOrder.findIndex((batch) => batch.account === account && batch.firstMs === firstMs))
  return { batches: inOrder, leavers, expected, over, activities: made }
}

/** Yesterday at ten, so that the hour lies within one day and within every look-back. */
export const leaversStartMs = (nowMs: number): number => Math.floor(nowMs / 86_400_000) * 86_400_000 - 86_400_000 + 10 * 3_600_000

/** The rule as a policy of ours. */
export function leaversPolicy(leavers: ReadonlySet<string>, nowMs: number): Policy {
  const copies = COPIES_ALLOWED + 1
  const off = Object.fromEntries((templateById('data_leaks')?.indicators ?? []).map((id) => [id, false]))
  return toPolicy({
    name: 'Leavers', template: 'data_leaks', scope: { users: [...leavers] },
    indicators: { ...off, copy_to_removable_media: { enabled: true, thresholds: { low: copies, medium: 2 * copies, high: 3 * copies } } },
    triggers: [{ indicator: 'copy_to_removable_media', threshold: copies }],
  }, 'pol_bench_leavers', nowMs)
}

