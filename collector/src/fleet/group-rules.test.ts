import { describe, expect, it } from 'vitest'
import { buildDevice } from '../testing/builders.ts'
import { asksNetwork, fitsGlob, fitsNetwork, networkProblem, plainAddress, ruleFor } from './group-rules.ts'

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

describe('a range of addresses', () => {
  it.each([
    ['10.20.0.0/16', '10.20.255.1', true], ['10.20.0.0/16', '10.21.0.1', false], ['10.20.0.0/16', '::ffff:10.20.0.9', true], ['192.0.2.7', '192.0.2.7', true], ['192.0.2.7', '192.0.2.8', false], ['0.0.0.0/0', '203.0.113.9', true],
    ['2001:db8::/32', '2001:db8:1::9', true], ['2001:db8::/32', '2001:db9::1', false], ['2001:db8::/32', '10.0.0.1', false], ['0.0.0.0/0', '2001:db8::1', false], ['::/0', '2001:db8::1', true], ['10.20.0.0/16', 'no address', false], ['nonsense', '10.20.0.1', false],
  ])('%s has %s: %s', (network, address, fits) => {
    expect(fitsNetwork(network, address)).toBe(fits)
  })
  it.each(['10.20.0.0/33', '10.20.0.0/x', '10.20.0.0/', '10.20.0/16', '2001:db8::/129', '10.0.0.0/8/8', 'office', ''])('that is none is told: %s', (network) => {
    expect(networkProblem(network)).toMatch(/\w/)
  })
  it('that is one has no problem', () => {
    expect(['10.20.0.0/16', '10.0.0.1', '::1', '2001:db8::/32', '0.0.0.0/0'].map(networkProblem)).toEqual([undefined, undefined, undefined, undefined, undefined])
  })
  it('moves only devices of which it is known where they are', () => {
    const rules = [{ group: 'berlin', network: '10.20.0.0/16' }, { group: 'elsewhere', hostname: '*' }]
    const moved = (address?: string) => ruleFor(rules, buildDevice(address === undefined ? {} : { address }))?.rule.group
    expect([moved('10.20.1.1'), moved('198.51.100.1'), moved()]).toEqual(['berlin', 'elsewhere', 'elsewhere'])
    expect([asksNetwork(rules), asksNetwork(rules.slice(1)), plainAddress('::FFFF:10.20.1.1'), plainAddress('::1')]).toEqual([true, false, '10.20.1.1', '::1'])
  })
})
