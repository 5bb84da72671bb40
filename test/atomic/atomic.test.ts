// Each harmful act is done for real, on a stage that nothing leaves, and the real sensor must tell it as what it is.
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { judge } from './act.ts'
import { acts } from './acts.ts'
import { perform, whyNoStage } from './stage.ts'

const reason = whyNoStage()

test('acts have names of their own', () => {
  expect(new Set(acts.map(({ name }) => name)).size).toBe(acts.length)
})

describe.skipIf(reason !== undefined)(`acts against a Linux device${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  for (const act of acts) {
    const missing = (act.needs ?? []).filter((path) => !existsSync(path))
    test.skipIf(missing.length > 0)(`${act.technique}: ${act.name}${missing.length === 0 ? '' : ` (skipped: no ${missing.join(', ')})`}`, async () => {
      const seen = await perform(act)
      const wrong = judge(act, seen)
      expect({ wrong, seen: wrong === undefined ? [] : seen }).toEqual({ wrong: undefined, seen: [] })
    })
  }
})
