import { describe, expect, test } from 'vitest'
import { buildAlert } from '../../testing/builders.ts'
import type { AlertStatus } from './alert.ts'
import { assign, decide, undo } from './alert-transitions.ts'

const statuses: readonly AlertStatus[] = ['needs_review', 'confirmed', 'dismissed', 'resolved']
const allowed = new Set(['needs_review confirmed', 'needs_review dismissed', 'needs_review resolved', 'confirmed resolved', 'confirmed dismissed', 'confirmed needs_review', 'dismissed needs_review', 'resolved needs_review'])

describe('decisions', () => {
  test.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
    const outcome = decide(buildAlert({ status: from }), { to }, 5)
    expect(outcome.kind).toBe(allowed.has(`${from} ${to}`) ? 'changed' : 'refused')
  })
  test('a decision raises the revision, notes its time, and takes the earlier reason away', () => {
    const before = buildAlert({ status: 'dismissed', dismissReason: 'not_impactful', note: 'old', decidedAtMs: 1, newData: true, revision: 4 })
    const outcome = decide(before, { to: 'needs_review' }, 9)
    expect(outcome.kind === 'changed' && outcome.alert).toEqual({ ...buildAlert({ status: 'needs_review', revision: 5, updatedAtMs: 9, reopenedAtMs: 9 }) })
    const closed = decide(buildAlert(), { to: 'dismissed', reason: 'false_detection', note: 'why' }, 9)
    expect(closed.kind === 'changed' && closed.alert).toMatchObject({ decidedAtMs: 9, dismissReason: 'false_detection', note: 'why', revision: 2 })
  })
  test('an alert is given to somebody and to nobody again', () => {
    const given = assign(buildAlert(), 'a_1', 7)
    expect(given).toMatchObject({ assigneeId: 'a_1', revision: 2, updatedAtMs: 7 })
    expect('assigneeId' in assign(given, undefined, 8)).toBe(false)
  })
})

describe('taking a change back', () => {
  test('restores all of it under a new revision, and nothing once somebody or something has changed it since', () => {
    const before = buildAlert({ assigneeId: 'a_1', revision: 4 })
    const decided = decide(before, { to: 'dismissed', reason: 'false_detection', note: 'why' }, 9)
    const current = decided.kind === 'changed' ? decided.alert : before
    expect(undo(current, { before, revision: 5 })).toEqual({ ...before, revision: 6 })
    expect(undo({ ...current, revision: 6 }, { before, revision: 5 })).toBeUndefined()
  })
})
