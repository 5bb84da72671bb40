// The whole domain over files: activities are folded into insights as they come, and scored at the end.
//
// Memory holds one insight for each user, day and indicator, never the activities; what no policy asks for is kept
// without its files and samples, since it still says when people work, and of a long stream most is kept packed
// (shelf.ts). Folding is commutative, so the order of lines changes nothing.
//
// What is given out is what the server would show at the end of the stream, had everything arrived on its day: a user is
// evaluated on each day with activity and on the day of each triggering event, over the EVALUATION_DAYS before it, and
// the last evaluation that crosses the line of a policy says what its alert looks like. Events may lie after the last
// activity: the stream ends with them. With a fixed time there is one evaluation of everybody, at that time, as when a
// policy is applied; what lies after it is not known yet.
import type { Alert } from '../domain/cases/alert.ts'
import { compileDetection } from '../domain/exclusions/compile-detection.ts'
import { type DetectionSettings, defaultDetectionSettings } from '../domain/exclusions/settings.ts'
import { resolveAccount } from '../domain/people/identity.ts'
import type { StoredTrigger } from '../domain/people/triggering-event.ts'
import type { Policy } from '../domain/policies/policy.ts'
import type { Activity } from '../domain/risk/activity.ts'
import { REMOVABLE } from '../domain/risk/boosters.ts'
import { createCounter } from '../domain/risk/count.ts'
import { CUMULATIVE_INDICATORS } from '../domain/risk/cumulative.ts'
import { amountOf, EVALUATION_DAYS, evaluateUser, SCORED_DAYS, scorePolicy, type Subject } from '../domain/risk/evaluate.ts'
import { baseIndicator } from '../domain/risk/indicators.ts'
import { FEATURE_RESTORED } from '../domain/risk/pauses.ts'
import { type Day, dayOf, type Insight } from '../domain/risk/insight.ts'
import { cellsOfWeek, createPopulation, type Population, type WeekOfUser, weekOf } from '../domain/risk/population.ts'
import { sequencePatterns } from '../domain/risk/sequence-patterns.ts'
import type { ReplayLine } from '../connectors/files/activity-json.ts'
import type { People } from './people.ts'
import { createSeen, type Sighting } from './seen.ts'
import { createShelf } from './shelf.ts'

const DAY_MS = 86_400_000
/** Activities folded together; one insight is merged once a group. */
const GROUP = 5000

export interface ScoredAlert {
  readonly alert: Alert
  readonly policy: Policy
  readonly user: string
}

export interface ReplayOutcome {
  /** Highest score first, then by user and policy. */
  readonly alerts: readonly ScoredAlert[]
  readonly activities: number
  readonly repeats: number
  readonly users: number
  /** The fixed time, or the last activity's; absent when there was none. */
  readonly nowMs?: number
}

export interface Replay {
  /** A `clash` is not counted: another activity has this id or number. */
  add(line: ReplayLine): Sighting
  finish(): ReplayOutcome
}

export interface ReplayOptions {
  readonly policies: readonly Policy[]
  readonly people: People
  /** Events that may bring users into scope, with the ids that `people` gives. */
  readonly triggers?: readonly StoredTrigger[]
  /** Exclusions, domains and variants that everything is counted under; absent: the default exclusions. */
  readonly detection?: DetectionSettings
  /** One evaluation at this time; absent: as it happened. */
  readonly nowMs?: number
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Indicators whose insights are kept whole, with or without a variant behind them. */
function neededWhole(policies: readonly Policy[]): ReadonlySet<string> {
  const on = policies.filter((policy) => policy.status === 'on')
  return new Set([
    ...on.flatMap((policy) => [...Object.keys(policy.indicators).filter((id) => policy.indicators[id]?.enabled === true), ...policy.triggers.map((trigger) => trigger.indicator)]),
    ...CUMULATIVE_INDICATORS.keys(), FEATURE_RESTORED, ...sequencePatterns.flatMap((pattern) => pattern.steps.flat()),
  ])
}

/** Without what only scoring needs: the days and hours of it still say when a user is about. */
const bare = (insight: Insight): Insight => ({ ...insight, files: [], samples: [] })

export function createReplay({ policies, people, triggers = [], detection = defaultDetectionSettings, nowMs }: ReplayOptions): Replay {
  const count = createCounter(compileDetection(detection, policies.flatMap(({ id, status, priorityContent }) => (status === 'on' && priorityContent !== undefined ? [{ policyId: id, content: priorityContent }] : []))))
  const triggersOf = Map.groupBy(triggers, (trigger) => trigger.userId)
  /** Root, service accounts: nobody is compared with them. */
  const systems = new Set<string>()
  const subjects = new Map<string, Subject>()
  const accounts = new Map<string, string>()
  const shelf = createShelf()
  const whole = neededWhole(policies)
  const seen = createSeen()
  let group: Activity[] = []
  let activities = 0
  let repeats = 0
  let lastMs = -1

  const userOf = ({ actor, deviceId }: ReplayLine['activity']): string => {
    const key = `${deviceId}\n${actor.accountId}\n${actor.domain}\n${actor.account}`
    const known = accounts.get(key)
    if (known !== undefined) return known
    const resolved = resolveAccount(actor, deviceId)
    const subject = people.subjectOf(resolved)
    if (resolved.kind === 'system') systems.add(subject.id)
    const before = subjects.get(subject.id)
    // A person with several accounts may be named in a scope by each of them.
    subjects.set(subject.id, before === undefined ? subject : { ...subject, names: [...new Set([...before.names, ...subject.names])] })
    accounts.set(key, subject.id)
    return subject.id
  }

  const fold = (): void => {
    for (const counted of count(group)) {
      const added = whole.has(counted.indicator) || whole.has(baseIndicator(counted.indicator)) ? counted : bare(counted)
      shelf.add(added)
    }
    group = []
  }

  /** What is usual among the people of the stream, week by week. */
  const makePopulation = (): Population => {
    const weeks = new Map<number, Map<string, WeekOfUser & { insights: { readonly indicator: string; readonly amount: number }[] }>>()
    for (const userId of shelf.users()) {
      if (systems.has(userId)) continue
      for (const insight of shelf.of(userId)) {
        const week = weekOf(insight.day)
        let users = weeks.get(week)
        if (users === undefined) weeks.set(week, (users = new Map()))
        let user = users.get(userId)
        if (user === undefined) users.set(userId, (user = { group: subjects.get(userId)?.department ?? '', insights: [] }))
        user.insights.push({ indicator: insight.indicator, amount: amountOf(insight) })
      }
    }
    return createPopulation([...weeks].flatMap(([week, users]) => cellsOfWeek(week, users.values(), CUMULATIVE_INDICATORS)))
  }

  interface Past {
    readonly subject: Subject
    /** Rising by day. */
    readonly insights: readonly Insight[]
    readonly days: readonly Day[]
    readonly population: Population
  }

  /** Alerts at one time, by policy. What all policies ask of the past is worked out once. */
  const score = (wanted: readonly Policy[], { subject, insights: own, days: [observedFromDay], population }: Past, atMs: number): readonly Alert[] => {
    const today = dayOf(atMs)
    const firstMediaDay = own.find((insight) => REMOVABLE.includes(insight.indicator))?.day
    const visible = own.filter((insight) => insight.day >= today - EVALUATION_DAYS && insight.day <= today + 1)
    return evaluateUser({ subject, policies: wanted, insights: visible, alerts: [], nowMs: atMs, triggers: triggersOf.get(subject.id) ?? [], population, ...(observedFromDay === undefined ? {} : { observedFromDay }), ...(firstMediaDay === undefined ? {} : { firstMediaDay }) }).alerts
  }

  /** For each policy the last day on which the user's alert was more than none, and what it was then. */
  const asItHappened = (past: Past): readonly Alert[] => {
    const { subject, insights: own } = past
    const [first = 0] = past.days
    const known = triggersOf.get(subject.id) ?? []
    const days = [...new Set([...past.days, ...known.map((trigger) => dayOf(trigger.atMs)).filter((day) => day > first)])].toSorted((a, b) => b - a)
    // Whom nothing ever brought into scope has no alert on any day.
    const long = (days[0] ?? 0) - first > SCORED_DAYS
    let open = policies.filter((policy) => !long || scorePolicy(policy, own, { subject, triggers: known }) !== undefined)
    const found: Alert[] = []
    for (const day of days) {
      if (open.length === 0) break
      const alerts = score(open, { ...past, insights: own.filter((insight) => insight.day <= day) }, day * DAY_MS + DAY_MS - 1)
      found.push(...alerts)
      open = open.filter((policy) => !alerts.some((alert) => alert.policyId === policy.id))
      // Earlier days see a part of what this one saw, and never more than it.
      if (first >= day - SCORED_DAYS) break
    }
    return found
  }

  return {
    add(line) {
      const sighting = line.key === undefined ? 'first' : seen.see(line.key, line.digest)
      if (sighting === 'repeat') repeats += 1
      if (sighting !== 'first') return sighting
      activities += 1
      const { actor: _actor, ...activity } = line.activity
      lastMs = Math.max(lastMs, activity.occurredAtMs)
      if (nowMs !== undefined && activity.occurredAtMs > nowMs) return sighting
      group.push({ ...activity, userId: userOf(line.activity) })
      if (group.length >= GROUP) fold()
      return sighting
    },
    finish() {
      fold()
      const alerts: ScoredAlert[] = []
      const population = makePopulation()
      const byId = new Map(policies.map((policy) => [policy.id, policy]))
      for (const userId of shelf.users()) {
        const subject = subjects.get(userId)
        if (subject === undefined) continue
        const own = shelf.of(userId)
        const past: Past = { subject, insights: own, days: [...new Set(own.map((insight) => insight.day))], population }
        for (const alert of nowMs === undefined ? asItHappened(past) : score(policies, past, nowMs)) {
          const policy = byId.get(alert.policyId)
          if (policy !== undefined) alerts.push({ alert, policy, user: userId })
        }
      }
      const at = nowMs ?? (lastMs < 0 ? undefined : lastMs)
      return {
        alerts: alerts.toSorted((a, b) => b.alert.score - a.alert.score || byText(a.user, b.user) || byText(a.policy.name, b.policy.name)), activities, repeats, users: subjects.size,
        ...(at === undefined ? {} : { nowMs: at }),
      }
    },
  }
}
