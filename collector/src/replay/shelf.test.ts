import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeInsights } from '../domain/risk/count.ts'
import type { Insight } from '../domain/risk/insight.ts'
import { buildInsight } from '../testing/builders.ts'
import { createShelf } from './shelf.ts'

const added = fc.array(fc.record({ user: fc.constantFrom('a', 'b', 'c'), day: fc.integer({ min: 1, max: 6 }), indicator: fc.constantFrom('copy_to_removable_media', 'file_deleted'), events: fc.integer({ min: 1, max: 9 }), hour: fc.integer({ min: 0, max: 23 }), file: fc.integer({ min: 0, max: 20 }) }), { maxLength: 60 })

test('whatever is packed away and when, what is taken out is what was put in, merged, in order of days', () => {
  fc.assert(fc.property(added, fc.integer({ min: 1, max: 12 }), (rows, atHand) => {
    const shelf = createShelf(atHand)
    const expected = new Map<string, Insight>()
    for (const [index, { user, day, indicator, events, hour, file }] of rows.entries()) {
      const insight = buildInsight({ userId: user, day, indicator, events, hours: [[hour, events]], files: [file.toString(16).padStart(8, '0')], samples: [{ id: `d.${index}`, atMs: day * 86_400_000 + index }] })
      shelf.add(insight)
      const key = `${user} ${day} ${indicator}`
      const before = expected.get(key)
      expected.set(key, before === undefined ? insight : mergeInsights(before, insight))
    }
    for (const user of ['a', 'b', 'c']) {
      const own = [...expected.values()].filter((insight) => insight.userId === user)
      expect(shelf.of(user)).toEqual(own.toSorted((a, b) => a.day - b.day || (a.indicator < b.indicator ? -1 : 1)))
    }
    expect(new Set(shelf.users())).toEqual(new Set(rows.map(({ user }) => user)))
  }), { numRuns: 200 })
})
