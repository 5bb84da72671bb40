// Each harmful act is done for real, on a stage that nothing leaves, and the real sensor must tell it as what it is.
import { describe, expect, test } from 'vitest'
import { judge } from './act.ts'
import { acts } from './acts.ts'
import { perform, whyNoStage } from './stage.ts'

const reason = whyNoStage()

test('acts have names of their own', () => {
  expect(new Set(acts.map(({ name }) => name)).size).toBe(acts.length)
})

describe.skipIf(reason !== undefined)(`acts against a Linux device${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  test.each(acts.map((act) => [act.technique, act.name, act] as const))('%s: %s', async (_technique, _name, act) => {
    const seen = await perform(act)
    expect({ wrong: judge(act, seen), seen: judge(act, seen) === undefined ? [] : seen }).toEqual({ wrong: undefined, seen: [] })
  })
})
