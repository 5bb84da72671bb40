// The whole domain over files: activities are folded into insights as they come, and scored at the end.
//
// Memory holds one insight for each user, day and indicator that a policy asks for, never the activities. Folding is
// commutative, so the order of lines changes nothing.
//
// What is given out is what the server would show at the end of the stream, had every activity arrived on its day: a
// user is evaluated on each day with activity, over the EVALUATION_DAYS before it, and the last evaluation that crosses
// the line of a policy says what its alert looks like. With a fixed time there is one evaluation of everybody, at that
// time, as when a policy is applied; what lies after it is not known yet.
import type { Alert } from '../domain/cases/alert.ts'
import { resolveAccount } from '../domain/people/identity.ts'
import type { Policy } from '../domain/policies/policy.ts'
import type { Activity } from '../domain/risk/activity.ts'
import { compileDetection } from '../domain/exclusions/compile-detection.ts'
import { defaultDetectionSettings, type DetectionSettings } from '../domain/exclusions/settings.ts'
import { createCounter, mergeInsights } from '../domain/risk/count.ts'
import { EVALUATION_DAYS, evaluateUser, type Subject } from '../domain/risk/evaluate.ts'
import { baseIndicator } from '../domain/risk/indicators.ts'
import { type Day, dayOf, type Insight } from '../domain/risk/insight.ts'
import type { ReplayLine } from '../connectors/files/activity-json.ts'
import type { People } from './people.ts'
import { createSeen, type Sighting } from './seen.ts'

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
  /** Exclusions, domains and variants that everything is counted under; absent: the default exclusions. */
  readonly detection?: DetectionSettings
  /** One evaluation at this time; absent: as it happened. */
  readonly nowMs?: number
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function createReplay({ policies, people, detection = defaultDetectionSettings, nowMs }: ReplayOptions): Replay {
  const count = createCounter(compileDetection(detection, policies.flatMap(({ id, status, priorityContent }) => (status === 'on' && priorityContent !== undefined ? [{ policyId: id, content: priorityContent }] : []))))
  const subjects = new Map<string, Subject>()
  const accounts = new Map<string, string>()
  const insights = new Map<string, Map<string, Insight>>()
  const wanted = new Set(policies.filter((policy) => policy.status === 'on').flatMap((policy) => [...Object.keys(policy.indicators).filter((id) => policy.indicators[id]?.enabled === true), ...policy.triggers.map((trigger) => trigger.indicator)]))
  const seen = createSeen()
  let group: Activity[] = []
  let activities = 0
  let repeats = 0
  let lastMs = -1

  const userOf = ({ actor, deviceId }: ReplayLine['activity']): string => {
    const key = `${deviceId}\n${actor.accountId}\n${actor.domain}\n${actor.account}`
    const known = accounts.get(key)
    if (known !== undefined) return known
    const subject = people.subjectOf(resolveAccount(actor, deviceId))
    const before = subjects.get(subject.id)
    // A person with several accounts may be named in a scope by each of them.
    subjects.set(subject.id, before === undefined ? subject : { ...subject, names: [...new Set([...before.names, ...subject.names])] })
    accounts.set(key, subject.id)
    return subject.id
  }

  const fold = (): void => {
    for (const added of count(group)) {
      if (!wanted.has(added.indicator) && !wanted.has(baseIndicator(added.indicator))) continue
      const own = insights.get(added.userId) ?? new Map<string, Insight>()
      insights.set(added.userId, own)
      const key = `${added.day} ${added.indicator}`
      const before = own.get(key)
      own.set(key, before === undefined ? added : mergeInsights(before, added))
    }
    group = []
  }

  const score = (subject: Subject, policy: Policy, own: readonly Insight[], atMs: number): Alert | undefined => {
    const today = dayOf(atMs)
    const visible = own.filter((insight) => insight.day >= today - EVALUATION_DAYS && insight.day <= today + 1)
    return evaluateUser({ subject, policies: [policy], insights: visible, alerts: [], nowMs: atMs }).alerts[0]
  }

  /** The last day on which the user's alert was more than none, and what it was then. */
  const asItHappened = (subject: Subject, policy: Policy, own: readonly Insight[], days: readonly Day[]): Alert | undefined => {
    const [first = 0] = days
    for (const day of days.toReversed()) {
      const alert = score(subject, policy, own.filter((insight) => insight.day <= day), day * DAY_MS + DAY_MS - 1)
      // Earlier days see a part of what this one saw, and never more than it.
      if (alert !== undefined || first >= day - EVALUATION_DAYS) return alert
    }
    return undefined
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
      for (const [userId, found] of insights) {
        const subject = subjects.get(userId)
        if (subject === undefined) continue
        const own = [...found.values()].toSorted((a, b) => a.day - b.day || byText(a.indicator, b.indicator))
        const days = [...new Set(own.map((insight) => insight.day))]
        for (const policy of policies) {
          const alert = nowMs === undefined ? asItHappened(subject, policy, own, days) : score(subject, policy, own, nowMs)
          if (alert !== undefined) alerts.push({ alert, policy, user: userId })
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
