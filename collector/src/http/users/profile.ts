// What is known of a person besides the activity, and how the policies stand to them.
import { membershipsOf, subjectOf } from '../../evaluation/evaluation.ts'
import type { User } from '../../domain/people/user.ts'
import { activationsOf } from '../../domain/risk/activation.ts'
import { HIGH_IMPACT_REPORTS } from '../../domain/risk/boosters.ts'
import { EVALUATION_DAYS } from '../../domain/risk/evaluate.ts'
import { createHistory, type History } from '../../domain/risk/history.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import { inScope } from '../../domain/risk/scope.ts'
import { createSequenceFinder } from '../../domain/risk/sequences.ts'
import { settingOf } from '../../domain/risk/thresholds.ts'
import { dayText } from '../../domain/risk/words.ts'
import type { StoreReader } from '../../store/store.ts'
import { lookUp } from '../look-up.ts'
import type { Names } from '../names.ts'
import type { UserProfile } from './person-schema.ts'

const HOURS_DAYS = 90
/** So many days must be known before hours say anything; the same as for the score. */
const HOURS_DAYS_NEEDED = 10
const ACTIVE_SHARE = 0.05
const RECENT_ACTIVITIES = 200
const iso = (ms: number): string => new Date(ms).toISOString()

/** Hours on which the person is active on more than one day in twenty of the last 90; undefined while too few days are known. */
function workingHours({ insights }: History, today: number): UserProfile['workingHours'] {
  const seen = new Map<number, Set<number>>()
  for (const insight of insights) {
    if (insight.day <= today - HOURS_DAYS) continue
    const hours = seen.get(insight.day) ?? new Set<number>()
    for (const [hour] of insight.hours ?? []) hours.add(hour)
    if (hours.size > 0) seen.set(insight.day, hours)
  }
  if (seen.size < HOURS_DAYS_NEEDED) return undefined
  const counts = Array.from({ length: 24 }, (_, hour) => [...seen.values()].filter((hours) => hours.has(hour)).length)
  return { days: seen.size, active: counts.flatMap((count, hour) => (count > ACTIVE_SHARE * seen.size ? [hour] : [])) }
}

export interface ProfileRequest {
  readonly names: Names
  readonly nowMs: number
  /** Whether triggering events and what HR knows may be told. */
  readonly seesCases: boolean
}

export async function profileOf(store: StoreReader, user: User, { names, nowMs, seesCases }: ProfileRequest): Promise<UserProfile> {
  const today = dayOf(nowMs)
  const [insights, triggers, firstDays, policies, groups, level, violations, cases, recent] = await Promise.all([
    store.insights(user.id, today - EVALUATION_DAYS, today + 1), store.triggersOf(user.id), store.firstDays([user.id]), store.policies(), store.priorityGroups(), store.riskLevel(user.id), store.violationsOf([user.id]),
    seesCases ? store.cases({ userId: user.id, status: ['closed'], limit: 100, sort: 'opened_at', descending: true }) : undefined, store.activities({ userId: user.id, limit: RECENT_ACTIVITIES }),
  ])
  const own = membershipsOf(groups).get(user.id) ?? []
  const subject = subjectOf(user, own)
  const first = firstDays.get(user.id)
  const context = { subject, triggers, nowMs, ...(first === undefined ? {} : { observedFromDay: first.observed }) }
  const history = createHistory(insights, context)
  const manager = user.managerId === undefined ? undefined : await store.user(user.managerId)
  const { devices } = await lookUp(store, [], recent.items.map((activity) => activity.deviceId))
  const hours = workingHours(history, today)
  const reports = user.reports ?? 0
  const violationCases = new Map(cases?.items.flatMap((found) => (found.resolution?.outcome === 'confirmed_violation' ? [[found.resolution.atMs, found.id] as const] : [])))
  const text = (value: string): string => names.text(value, user)
  return {
    user: names.ref(user, user.id), kind: user.kind, firstSeenAt: iso(user.createdAtMs),
    ...(user.department === undefined ? {} : { department: user.department }), ...(user.title === undefined ? {} : { title: text(user.title) }), ...(user.country === undefined ? {} : { country: user.country }), ...(user.jobLevel === undefined ? {} : { jobLevel: user.jobLevel }),
    ...(user.employeeType === undefined ? {} : { employeeType: user.employeeType }), ...(user.lastWorkingDayMs === undefined ? {} : { lastWorkingDay: iso(user.lastWorkingDayMs) }),
    ...(manager === undefined ? {} : { manager: names.ref(manager, manager.id) }), groups: user.groups.map(text), devices: [...devices.values()].map((device) => ({ id: device.id, name: names.host(device.hostname, user) })),
    riskLevel: { level: level?.level ?? 'none', reason: level?.reason ?? '', ...(level === undefined || level.level === 'none' ? {} : { since: iso(level.sinceMs) }), ...(level?.expiresAtMs === undefined ? {} : { expiresAt: iso(level.expiresAtMs) }) },
    priorityGroups: own.map(({ id, name }) => ({ id, name })),
    policies: policies.filter((policy) => inScope(subject, policy, triggers)).map((policy) => {
      const finder = createSequenceFinder(history, (indicator) => settingOf(policy, indicator)?.enabled === true)
      const window = activationsOf(policy, history, finder, context).findLast(({ from, to }) => from <= today && to >= today)
      return { id: policy.id, name: policy.name, status: policy.status, ...(window === undefined ? {} : { activeUntil: dayText(window.to), trigger: text(window.trigger.reason) }) }
    }),
    highImpact: [
      ...(user.privileged === true ? [{ code: 'privileged' as const }] : []), ...(reports >= HIGH_IMPACT_REPORTS ? [{ code: 'reports' as const, count: reports }] : []), ...(own.length > 0 ? [{ code: 'priority_group' as const, count: own.length }] : []),
    ],
    violations: (violations.get(user.id) ?? []).map((atMs) => {
      const caseId = violationCases.get(atMs)
      return { at: iso(atMs), ...(caseId === undefined ? {} : { caseId }) }
    }),
    ...(hours === undefined ? {} : { workingHours: hours }),
  }
}
