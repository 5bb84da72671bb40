// Whatever the order and the batches in which activities arrive, the alerts are the same.
import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredTrigger } from '@holdfast/collector/domain/people/triggering-event.ts'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import { countInsights } from '@holdfast/collector/domain/risk/count.ts'
import { mapActivity } from '@holdfast/collector/domain/wire/decode.ts'
import { describe, expect, test } from 'vitest'
import { allPolicies, subjectsOf, triggersOf } from '../../scripts/quality/measure.ts'
import { makeOrganisation } from '../../scripts/simulate/organisation.ts'
import { chance } from '../../scripts/simulate/random.ts'
import { createTimeline, type Timeline } from '../../scripts/simulate/timeline.ts'
import { timelineOf } from './run.ts'
import { readScenario } from './scenario.ts'

/** Shuffled and cut into pieces of 1 to 200. */
function* batches(activities: readonly Activity[], seed: number): Generator<readonly Activity[]> {
  const random = chance(seed)
  const shuffled = activities.map((activity) => ({ activity, key: random.next() })).toSorted((a, b) => a.key - b.key).map(({ activity }) => activity)
  for (let from = 0; from < shuffled.length; ) {
    const length = random.between(1, 200)
    yield shuffled.slice(from, from + length)
    from += length
  }
}

/** Everything folded, then one evaluation of everybody. */
function alertsAfter(timeline: Timeline, folds: Iterable<readonly Activity[]>, triggers: readonly StoredTrigger[], nowMs: number): readonly unknown[] {
  for (const group of folds) timeline.add(group)
  for (const trigger of triggers) timeline.trigger(trigger)
  timeline.markAll()
  timeline.evaluate(nowMs)
  return timeline.users().flatMap((userId) => timeline.alertsOf(userId)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

describe('scenarios', () => {
  const files = globSync('*/*.in.yaml', { cwd: import.meta.dirname })
  test.each(files)('%s', (file) => {
    const scenario = readScenario(join(import.meta.dirname, file))
    const activities = scenario.steps.flatMap((step) => (step.kind === 'activities' ? step.activities : []))
    const triggers = scenario.steps.flatMap((step) => (step.kind === 'trigger' ? [step.trigger] : []))
    const inOrder = alertsAfter(timelineOf(scenario), activities.map((activity) => [activity]), triggers, scenario.endMs)
    for (const seed of [1, 2]) expect(alertsAfter(timelineOf(scenario), batches(activities, seed), triggers.toReversed(), scenario.endMs)).toEqual(inOrder)
  })
})

describe('a simulated organisation', () => {
  const organisation = makeOrganisation({ seed: 8, users: 60, days: 56, insiders: 11, startMs: Date.parse('2026-01-05T00:00:00Z'), profile: 'mixed' })
  const activities: Activity[] = []
  for (const { person, activities: sent } of organisation.days()) for (const { device, seq, message } of sent) activities.push(Object.assign(mapActivity(message, `${device}.${seq}`, device), { userId: person.account }))
  const triggers = triggersOf(organisation)
  const endMs = organisation.options.startMs + 56 * 86_400_000
  const subjects = subjectsOf(organisation)
  const timeline = () => createTimeline({
    policies: allPolicies(organisation.options.startMs), count: (group) => countInsights(group),
    subjectOf: (userId) => subjects.get(userId) ?? { id: userId, names: [userId], groups: [] },
  })
  const inOrder = alertsAfter(timeline(), [activities], triggers, endMs) as readonly { readonly userId: string; readonly score: number; readonly parts: readonly { readonly points: number }[] }[]

  test('gives the same alerts in any order and any batches', () => {
    expect(inOrder.length).toBeGreaterThan(10)
    expect(alertsAfter(timeline(), batches(activities, 5), triggers.toReversed(), endMs)).toEqual(inOrder)
  })
  test('has no alert whose points do not add up to its score', () => {
    expect(inOrder.filter((alert) => alert.parts.reduce((sum, part) => sum + part.points, 0) !== alert.score)).toEqual([])
    expect(inOrder.filter((alert) => alert.score < 1 || alert.score > 100 || alert.parts.some((part) => !Number.isInteger(part.points)))).toEqual([])
  })
})
