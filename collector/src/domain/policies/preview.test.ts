import { describe, expect, test } from 'vitest'
import { buildEvents, buildInsight, buildPolicy } from '../../testing/builders.ts'
import { previewPolicy } from './preview.ts'

const strong = buildInsight({ events: 40, files: Array.from({ length: 40 }, (_, index) => index.toString(16).padStart(8, '0')) })

describe('a preview', () => {
  test('counts users, alerts by severity and what was behind them, the strongest first', () => {
    const outcome = previewPolicy(buildPolicy(), [
      { pseudonym: 'ANON-A', insights: [buildInsight()] }, { pseudonym: 'ANON-B', insights: [strong, buildEvents('file_printed', 30)] }, { pseudonym: 'ANON-C', insights: [] }, { pseudonym: 'ANON-D', insights: [buildEvents('application_removed', 9)] },
    ])
    expect(outcome).toMatchObject({ users: 4, alerts: { low: 1, medium: 0, high: 1 } })
    expect(outcome.examples.map((example) => example.pseudonym)).toEqual(['ANON-B', 'ANON-A'])
    expect(outcome.topIndicators).toEqual([{ indicator: 'copy_to_removable_media', users: 2, events: 52 }, { indicator: 'file_printed', users: 1, events: 30 }])
  })
  test('of a policy that is paused says what it would do when it is on', () => {
    expect(previewPolicy(buildPolicy({ status: 'paused' }), [{ pseudonym: 'ANON-B', insights: [strong] }]).alerts.high).toBe(1)
  })
  test('of nobody is nothing', () => {
    expect(previewPolicy(buildPolicy(), [])).toEqual({ users: 0, inScope: 0, alerts: { low: 0, medium: 0, high: 0 }, alertsPerDay: [], topIndicators: [], examples: [], confirmed: { looked: 0, missed: 0, examples: [] } })
  })
})
