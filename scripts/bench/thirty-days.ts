// W5: thirty days of ten thousand people, a twentieth of whom resign at some time; copies early and late around both edges
// of the window.
//
// Rule: who resigns and copies more than 20 files to removable media on one UTC day, from the day of the resignation to
// WINDOW_DAYS after it, gets one alert. People are made one after the other, so that ten million activities need no room.
import type { StoredTrigger } from '@holdfast/collector/domain/people/triggering-event.ts'
import { toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import type { Policy } from '@holdfast/collector/domain/policies/policy.ts'
import { templateById } from '@holdfast/collector/domain/policies/templates.ts'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import { COPIES_ALLOWED, NO_BOOSTERS } from './leavers.ts'
import { kindAt, seeded } from './workload.ts'

const DAY_MS = 86_400_000
const DAYS = 30
const WINDOW_DAYS = 10
const RESIGN = 0.05
/** Of those who resign, and of everybody else. */
const EXFILTRATE = { leaver: 0.6, other: 0.03 } as const
/** Where the day of many copies lies, counted from the resignation: the days around both edges come as often as all others. */
const EDGES = [-2, -1, 0, 1, WINDOW_DAYS - 1, WINDOW_DAYS, WINDOW_DAYS + 1, WINDOW_DAYS + 2] as const

export interface ThirtyDays {
  readonly policy: Policy
  readonly endMs: number
  /** Can be walked once. */
  users(): Generator<{ readonly account: string; readonly activities: readonly Activity[]; readonly triggers: readonly StoredTrigger[] }>
  /** Accounts that must get an alert, known when the users were walked. */
  expected(): readonly string[]
  made(): number
}

function monthPolicy(nowMs: number): Policy {
  const low = COPIES_ALLOWED + 1
  const template = templateById('data_theft_by_departing_users')
  const off = Object.fromEntries((template?.indicators ?? []).map((id) => [id, false]))
  return toPolicy({
    name: 'Leavers of a month', template: 'data_theft_by_departing_users', activationWindowDays: WINDOW_DAYS, lookbackDays: 0, cumulative: false, sequences: Object.fromEntries((template?.sequences ?? []).map((id) => [id, false])),
    boosters: NO_BOOSTERS, indicators: { ...off, copy_to_removable_media: { enabled: true, thresholds: { low, medium: low, high: low } } },
  }, 'pol_bench_month', nowMs)
}

/** The reference: whether some day of the window saw more than the allowed copies. */
function mustAlert(copies: readonly number[], resignedDay: number | undefined, startMs: number): boolean {
  if (resignedDay === undefined) return false
  const perDay = new Map<number, number>()
  for (const atMs of copies) {
    const day = Math.floor((atMs - startMs) / DAY_MS)
    perDay.set(day, (perDay.get(day) ?? 0) + 1)
  }
  return [...perDay].some(([day, count]) => count > COPIES_ALLOWED && day >= resignedDay && day <= resignedDay + WINDOW_DAYS)
}

export function monthOfLeavers({ seed, activities, users }: { readonly seed: number; readonly activities: number; readonly users: number }): ThirtyDays {
  const startMs = Date.parse('2026-03-02T00:00:00Z')
  const random = seeded(seed)
  const expected: string[] = []
  let made = 0
  return {
    policy: monthPolicy(startMs), endMs: startMs + DAYS * DAY_MS - 1, expected: () => expected, made: () => made,
    *users() {
      for (let user = 0; user < users; user += 1) {
        const account = `user${String(user).padStart(5, '0')}`
        const resignedDay = random() < RESIGN ? Math.floor(random() * DAYS) : undefined
        const copies: number[] = []
        const own: Activity[] = []
        const add = (atMs: number, copy: boolean, index: number): void => {
          if (copy) copies.push(atMs)
          own.push({
            id: `d_${user}.${index}`, deviceId: `d_${user}`, userId: account, kind: copy ? 'file_copied' : 'file_changed', occurredAtMs: atMs, observedAtMs: atMs, sensor: 'files', recovered: false, account,
            file: { path: copy ? `/media/${account}/STICK/${index}.pdf` : `/home/${account}/Documents/${index}.pdf`, sizeBytes: 4096, location: copy ? 'removable' : 'local', fingerprint: `${user}.${index}` },
          })
        }
        const share = Math.floor(((user + 1) * activities) / users) - Math.floor((user * activities) / users)
        const many = random() < (resignedDay === undefined ? EXFILTRATE.other : EXFILTRATE.leaver) ? 15 + Math.floor(random() * 20) : 0
        for (let index = 0; index < share - many; index += 1) add(startMs + Math.floor(random() * DAYS * DAY_MS), kindAt(random()) === 'file_copied', index)
        const day = resignedDay === undefined || random() < 0.5 ? Math.floor(random() * DAYS) : resignedDay + (EDGES[Math.floor(random() * EDGES.length)] ?? 0)
        const from = startMs + Math.min(DAYS - 1, Math.max(0, day)) * DAY_MS
        // At the very beginning or end of the day as often as anywhere: a millisecond decides.
        const where = random()
        for (let index = share - many; index < share; index += 1) add(where < 0.25 ? from + index - share + many : where < 0.5 ? from + DAY_MS - 1 - (index - share + many) : from + Math.floor(random() * DAY_MS), true, index)
        made += own.length
        if (mustAlert(copies, resignedDay, startMs)) expected.push(account)
        const triggers: readonly StoredTrigger[] = resignedDay === undefined ? [] : [{ id: `t_${user}`, userId: account, kind: 'hr_resignation', atMs: startMs + resignedDay * DAY_MS, reason: 'Resignation.', source: 'bench', detail: {} }]
        yield { account, activities: own, triggers }
      }
    },
  }
}
