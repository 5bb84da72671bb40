import { describe, expect, it } from 'vitest'
import { buildDevice } from '../testing/builders.ts'
import { fitsGlob, ruleFor } from './group-rules.ts'

describe('a pattern of a host name', () => {
  it.each([
    ['lt-*', 'LT-7', true], ['lt-?', 'lt-7', true], ['lt-?', 'lt-77', false], ['*', '', true], ['*-srv-*', 'a-srv-b', true], ['*-srv-*', 'srv', false], ['', 'a', false], ['a*b*c', 'axxbyyc', true], ['a*b*c', 'axxbyy', false], ['[a]', 'a', false],
  ])('%s on %s is %s', (pattern, name, fits) => {
    expect(fitsGlob(pattern, name)).toBe(fits)
  })
  it('that is made to be slow is not', () => {
    expect(fitsGlob(`${'*a'.repeat(100)}b`, 'a'.repeat(253))).toBe(false)
  })
})

describe('the rule that moves a device', () => {
  const rules = [{ group: 'tills', tag: 'till' }, { group: 'servers', hostname: 'srv-*', os: 'linux' }, { group: 'everything-else', hostname: '*' }]
  const moved = (over: Parameters<typeof buildDevice>[0]) => ruleFor(rules, buildDevice(over))?.rule.group
  it('is the first that fits, all of it', () => {
    expect([moved({ tags: ['till'], hostname: 'srv-1' }), moved({ hostname: 'srv-1' }), moved({ hostname: 'srv-1', os: 'windows' })]).toEqual(['tills', 'servers', 'everything-else'])
  })
  it('leaves a device that is there already, or that somebody moved by hand', () => {
    expect([moved({ hostname: 'srv-1', group: 'servers' }), moved({ tags: ['till'], keepsGroup: true })]).toEqual([undefined, undefined])
  })
})
