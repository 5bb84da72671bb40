// Lives through a simulated organisation with every template on, and says how well it was told who is an insider.
//
// Somebody looks at the alerts every morning: what is about an innocent user, or about an insider before the first bad
// act, is dismissed, and may come back with new data. So a false alert costs again and again, as it does in life.
import type { Alert } from '@holdfast/collector/domain/cases/alert.ts'
import type { StoredTrigger, TriggerKind } from '@holdfast/collector/domain/people/triggering-event.ts'
import { toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import type { Policy } from '@holdfast/collector/domain/policies/policy.ts'
import { templates } from '@holdfast/collector/domain/policies/templates.ts'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import { CUMULATIVE_INDICATORS } from '@holdfast/collector/domain/risk/cumulative.ts'
import { FEATURE_RESTORED } from '@holdfast/collector/domain/risk/pauses.ts'
import { sequencePatterns } from '@holdfast/collector/domain/risk/sequence-patterns.ts'
import { countInsights } from '@holdfast/collector/domain/risk/count.ts'
import { headline, type Subject } from '@holdfast/collector/domain/risk/evaluate.ts'
import { mapActivity } from '@holdfast/collector/domain/wire/decode.ts'
import { DAY_MS, HOUR_MS } from '../simulate/calendar.ts'
import { type HrKind, insiderKinds, type InsiderKindId } from '../simulate/insiders.ts'
import { type Insider, makeOrganisation, type Organisation, type OrganisationOptions, type SimulatedActivity } from '../simulate/organisation.ts'
import type { Person } from '../simulate/people.ts'
import { createTimeline, type Timeline } from '../simulate/timeline.ts'
import { quantileOf, rocAuc, shareInTop } from './figures.ts'

export const PRIORITY_GROUP = 'key-people'

export const triggerKinds: Readonly<Record<HrKind, TriggerKind>> = {
  resignation: 'hr_resignation', last_working_day: 'hr_last_working_day', account_deleted: 'account_deleted', poor_review: 'hr_poor_review', improvement_plan: 'hr_improvement_plan', level_change: 'hr_job_level_change',
}

/** One policy of each template with its defaults; those for priority users are about the group of key people. */
export const allPolicies = (nowMs: number): readonly Policy[] =>
  templates.map((template) => toPolicy({ name: template.name, template: template.id, ...(template.id.includes('priority') ? { scope: { priorityGroups: [PRIORITY_GROUP] } } : {}) }, `p_${template.id}`, nowMs))

/** What the product knows of each person. */
export const subjectsOf = ({ people }: Organisation): ReadonlyMap<string, Subject> => new Map(people.map((person) => [person.account, subjectOf(person, people)]))

/** What the personnel office tells, as the product keeps it. */
export const triggersOf = ({ hr }: Organisation): readonly StoredTrigger[] =>
  hr.map((event, index) => ({ id: `t_${index}`, userId: event.account, kind: triggerKinds[event.kind], atMs: event.atMs, reason: `${event.kind} on ${new Date(event.atMs).toISOString().slice(0, 10)}.`, source: 'simulated', detail: {} }))

const subjectOf = (person: Person, people: readonly Person[]): Subject => ({
  id: person.account, names: [person.account, person.email], groups: person.groups, ...(person.priority ? { priorityGroups: [PRIORITY_GROUP] } : {}), department: person.department.name, country: person.country.code, title: person.title,
  jobLevel: String(person.jobLevel), ...(person.title === 'System administrator' ? { privileged: true } : {}), reports: person.jobLevel === 1 ? 0 : people.filter((other) => other.manager === person.account).length,
})

export interface FalseAlert {
  readonly user: string
  readonly policy: string
  readonly role: string
  readonly fate: string
  readonly score: number
  readonly day: number
  readonly headline: string
  readonly codes: readonly string[]
}

export interface FoundInsider {
  readonly user: string
  readonly kind: InsiderKindId
  readonly role: string
  /** By policy, the highest after the first bad act. */
  readonly scores: Readonly<Record<string, number>>
  readonly hoursToAlert?: number
  readonly headline: string
}

export interface Quality {
  readonly auc: number
  readonly top5: number
  readonly top10: number
  /** Alerts made or made again, for 100 innocent users in 30 days. */
  readonly benignAlertsPer100Month: number
  /** Innocent users of 100 who are over the line at some time of 30 days, on average over the months. */
  readonly benignUsersOverPer100Month: number
  readonly insiders: number
  readonly found: number
  readonly hoursToAlert: { readonly median: number | null; readonly p90: number | null }
}

export interface Measured {
  readonly activities: number
  readonly evaluations: number
  readonly insights: number
  readonly seconds: number
  readonly overall: Quality
  readonly templates: Readonly<Record<string, Quality>>
  readonly falseAlerts: readonly FalseAlert[]
  readonly insiders: readonly FoundInsider[]
}

const activityOf = ({ device, seq, message }: SimulatedActivity, userId: string): Activity => Object.assign(mapActivity(message, `${device}.${seq}`, device), { userId })

/** Everything that is noted while the days go by. */
function createNotebook(organisation: Organisation) {
  const firstBadMs = new Map<string, number>()
  const badIds = new Set<string>()
  /** Highest score, by `user policy`. */
  const best = new Map<string, number>()
  const alertedMs = new Map<string, number>()
  const headlines = new Map<string, string>()
  const falseAlerts: FalseAlert[] = []
  /** `month user`, by policy and under `any`. */
  const over = new Map<string, Set<string>>()
  const isInsider = (user: string): boolean => organisation.insiders.has(user)
  return {
    firstBadMs, best, alertedMs, headlines, falseAlerts, over, isInsider,
    /** Whether an alert names something that its user is labelled for. */
    hits: (alert: Alert): boolean => alert.parts.some((part) => part.evidence.some((id) => badIds.has(id))),
    see(activity: SimulatedActivity, user: string): void {
      if (activity.bad) badIds.add(`${activity.device}.${activity.seq}`)
      if (activity.bad) firstBadMs.set(user, Math.min(firstBadMs.get(user) ?? activity.atMs, activity.atMs))
    },
    guilty: (user: string, atMs: number): boolean => (firstBadMs.get(user) ?? Number.POSITIVE_INFINITY) <= atMs,
  }
}

type Notebook = ReturnType<typeof createNotebook>

function noteChanges(timeline: Timeline, notes: Notebook, people: ReadonlyMap<string, Person>, nowMs: number, day: number, user?: string): readonly Alert[] {
  const open: Alert[] = []
  for (const { alert, what } of timeline.evaluate(nowMs, ...(user === undefined ? [] : [[user]]))) {
    const template = alert.policyId.slice(2)
    const key = `${alert.userId} ${template}`
    const guilty = notes.guilty(alert.userId, nowMs)
    if (!notes.isInsider(alert.userId) || guilty) {
      if (alert.score > (notes.best.get(key) ?? 0)) {
        notes.best.set(key, alert.score)
        notes.headlines.set(key, headline(alert))
      }
    }
    if (guilty) {
      if (notes.hits(alert)) for (const name of [key, alert.userId]) if (!notes.alertedMs.has(name)) notes.alertedMs.set(name, nowMs)
      continue
    }
    open.push(alert)
    const person = people.get(alert.userId)
    if (what !== 'updated') notes.falseAlerts.push({ user: alert.userId, policy: template, role: person?.role ?? '', fate: person?.fate ?? '', score: alert.score, day, headline: headline(alert), codes: alert.parts.map((part) => part.code) })
    for (const policy of [template, 'any']) {
      const users = notes.over.get(policy) ?? new Set()
      notes.over.set(policy, users)
      users.add(`${Math.floor(day / 30)} ${alert.userId}`)
    }
  }
  return open
}

function qualityOf(notes: Notebook, organisation: Organisation, countedDays: number, policy: string | undefined, meant: (insider: Insider) => boolean): Quality {
  const { people, insiders } = organisation
  const scoreOf = (user: string): number => (policy === undefined ? Math.max(0, ...templates.map((template) => notes.best.get(`${user} ${template.id}`) ?? 0)) : notes.best.get(`${user} ${policy}`) ?? 0)
  const chosen = [...insiders.values()].filter((insider) => meant(insider) && notes.firstBadMs.has(insider.person.account)).map(({ person }) => person.account)
  const innocent = people.filter((person) => !insiders.has(person.account))
  const [bad, good] = [chosen.map(scoreOf), innocent.map((person) => scoreOf(person.account))]
  const months = countedDays / 30
  const falseAlerts = notes.falseAlerts.filter((alert) => (policy === undefined || alert.policy === policy) && !insiders.has(alert.user)).length
  const overLine = [...(notes.over.get(policy ?? 'any') ?? [])].filter((entry) => !insiders.has(entry.split(' ')[1] ?? '')).length
  const hours = chosen.flatMap((user) => {
    const at = notes.alertedMs.get(policy === undefined ? user : `${user} ${policy}`)
    return at === undefined ? [] : [(at - (notes.firstBadMs.get(user) ?? at)) / HOUR_MS]
  })
  const per100 = (count: number): number => (count * 100) / innocent.length / months
  return {
    auc: rocAuc(bad, good), top5: shareInTop(bad, good, 0.05), top10: shareInTop(bad, good, 0.1), benignAlertsPer100Month: per100(falseAlerts), benignUsersOverPer100Month: per100(overLine),
    insiders: chosen.length, found: hours.length, hoursToAlert: { median: quantileOf(hours, 0.5), p90: quantileOf(hours, 0.9) },
  }
}

/**
 * @param warmUpDays days in which agents report and no policy is on yet: what is usual becomes known, as when an organisation begins
 * @param say progress
 */
export function measureQuality(options: OrganisationOptions, warmUpDays: number, say: (line: string) => void): Measured {
  const startedAt = performance.now()
  const organisation = makeOrganisation(options)
  const byAccount = new Map(organisation.people.map((person) => [person.account, person]))
  const subjects = subjectsOf(organisation)
  const policies = allPolicies(options.startMs)
  const wanted = new Set([...policies.flatMap((policy) => Object.keys(policy.indicators)), ...CUMULATIVE_INDICATORS.keys(), FEATURE_RESTORED, ...sequencePatterns.flatMap((pattern) => pattern.steps.flat())])
  const timeline = createTimeline({ policies, wanted, count: (activities) => countInsights(activities), subjectOf: (userId) => subjects.get(userId) ?? { id: userId, names: [userId], groups: [] } })
  const notes = createNotebook(organisation)
  const triggers = triggersOf(organisation)
  // The office announces a last working day on the day of the resignation.
  const announcedMs = new Map(triggers.map((trigger) => [trigger.id, Math.min(...triggers.filter((other) => other.userId === trigger.userId).map((other) => other.atMs))]))
  let activities = 0
  let next = 0
  let today = -1
  let morning: Alert[] = []
  const waiting = triggers.toSorted((a, b) => (announcedMs.get(a.id) ?? 0) - (announcedMs.get(b.id) ?? 0))

  const closeDay = (): void => {
    if (today < warmUpDays) return
    if (today === warmUpDays) timeline.markAll()
    const endMs = options.startMs + (today + 1) * DAY_MS - 1
    morning.push(...noteChanges(timeline, notes, byAccount, endMs, today))
    for (const [id, { userId }] of new Map(morning.map((alert) => [alert.id, alert]))) timeline.decide(userId, id, { to: 'dismissed', reason: 'expected_for_user' }, endMs)
    morning = []
  }
  const openDay = (day: number): void => {
    if (today >= 0) closeDay()
    today = day
    for (let trigger = waiting[next]; trigger !== undefined && (announcedMs.get(trigger.id) ?? 0) <= options.startMs + day * DAY_MS; trigger = waiting[next]) {
      timeline.trigger(trigger)
      next += 1
    }
    if (day % 30 === 0) say(`day ${day} of ${options.days}: ${activities} activities, ${timeline.counters.evaluations} evaluations, ${Math.round((performance.now() - startedAt) / 1000)} s`)
  }

  for (const { person, day, activities: sent } of organisation.days()) {
    for (let opened = today + 1; opened <= day; opened += 1) openDay(opened)
    const mapped = sent.map((activity) => {
      notes.see(activity, person.account)
      return activityOf(activity, person.account)
    })
    activities += sent.length
    if (!organisation.insiders.has(person.account) || day <= warmUpDays) {
      timeline.add(mapped)
      continue
    }
    // Whom the time to an alert is measured of is looked at hour by hour, on good days as on bad ones.
    for (const [hour, group] of [...Map.groupBy(mapped, (activity) => Math.floor(activity.occurredAtMs / HOUR_MS))].toSorted((a, b) => a[0] - b[0])) {
      timeline.add(group)
      morning.push(...noteChanges(timeline, notes, byAccount, (hour + 1) * HOUR_MS - 1, day, person.account))
    }
  }
  closeDay()

  /** Insiders that a template is made for: of those it can know, when it needs an event of the personnel office. */
  const suits = ({ id, triggers: thresholds, events }: (typeof templates)[number]) => ({ kind, plan }: Insider): boolean =>
    (insiderKinds[kind].templates as readonly string[]).includes(id) && (thresholds.length > 0 || plan.hr.some((event) => event.day < options.days && events.includes(triggerKinds[event.kind])))
  return {
    activities, evaluations: timeline.counters.evaluations, insights: timeline.counters.insights, seconds: (performance.now() - startedAt) / 1000,
    overall: qualityOf(notes, organisation, options.days - warmUpDays, undefined, () => true),
    templates: Object.fromEntries(templates.map((template) => [template.id, qualityOf(notes, organisation, options.days - warmUpDays, template.id, suits(template))])),
    falseAlerts: notes.falseAlerts,
    insiders: [...organisation.insiders.values()].filter(({ person }) => notes.firstBadMs.has(person.account)).map(({ person, kind }) => {
      const scores = Object.fromEntries(templates.flatMap((template) => {
        const score = notes.best.get(`${person.account} ${template.id}`)
        return score === undefined ? [] : [[template.id, score]]
      }))
      const at = notes.alertedMs.get(person.account)
      const [top] = Object.entries(scores).toSorted((a, b) => b[1] - a[1])
      return { user: person.account, kind, role: person.role, scores, headline: top === undefined ? '' : notes.headlines.get(`${person.account} ${top[0]}`) ?? '', ...(at === undefined ? {} : { hoursToAlert: (at - (notes.firstBadMs.get(person.account) ?? at)) / HOUR_MS }) }
    }),
  }
}
