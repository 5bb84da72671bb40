import { describe, expect, test } from 'vitest'
import { LIMITS } from './settings.ts'
import { readSettings, restoreSettings } from './read-settings.ts'

const problemsOf = (value: unknown) => {
  const read = readSettings(value)
  return 'problems' in read ? read.problems.map(({ pointer, detail }) => `${pointer} ${detail}`) : []
}
const many = (count: number, make: (index: number) => unknown) => Array.from({ length: count }, (_, index) => make(index))

describe('what is refused, with list, entry and reason', () => {
  test.each<[string, unknown, RegExp]>([
    ['a path', { exclusions: { paths: ['/a', '/b/../c'] } }, /^\/exclusions\/paths\/1 "\/b\/..\/c" the level ".." never stands in a path$/],
    ['a domain', { domains: { unallowed: ['a.example', '*.com'] } }, /^\/domains\/unallowed\/1 "\*.com" would hold for a whole top-level domain$/],
    ['an extension', { exclusions: { fileTypes: ['a/b'] } }, /^\/exclusions\/fileTypes\/0 "a\/b" is not an extension/],
    ['a keyword that never holds', { exclusions: { keywords: [{ contains: 'plan', unless: ['LAN'] }] } }, /keywords\/0 .*never holds/],
    ['an empty keyword', { exclusions: { keywords: [{ contains: ' ' }] } }, /keywords\/0 .*is empty/],
    ['a class', { exclusions: { applications: ['class:vnp'] } }, /the nearest is "vpn"/],
    ['every application', { exclusions: { applications: ['process:*'] } }, /every application/],
    ['an empty medium', { exclusions: { media: [{}] } }, /neither serial, vendor nor model/],
    ['a feature', { exclusions: { features: [{ feature: '*' }] } }, /is not the id of a feature/],
    ['a time', { exclusions: { features: [{ feature: 'ssh.*', from: 'tomorrow' }] } }, /from that is not an RFC 3339 time/],
    ['an order of times', { exclusions: { features: [{ feature: 'ssh.*', from: '2026-03-02T09:00:00Z', until: '2026-03-01T09:00:00Z' }] } }, /ends before it begins/],
    ['a default exclusion', { defaultExclusionsOff: ['linux_cach'] }, /the nearest is "linux_cache"/],
    ['a repeat', { exclusions: { fileTypes: ['pdf', '.PDF'] } }, /fileTypes\/1 ".PDF" stands there already, as entry 0/],
    ['an indicator', { groups: [{ name: 'g' }], variants: [{ indicator: 'file_delete', id: 'v', mode: 'exclude', groups: ['g'] }] }, /the nearest is "file_deleted"/],
    ['a variant’s id', { groups: [{ name: 'g' }], variants: [{ indicator: 'file_deleted', id: 'A B', mode: 'exclude', groups: ['g'] }] }, /small letters/],
    ['a group that is not there', { groups: [{ name: 'backup' }], variants: [{ indicator: 'file_deleted', id: 'v', mode: 'exclude', groups: ['bakup'] }] }, /the nearest is "backup"/],
    ['a variant without a group', { variants: [{ indicator: 'file_deleted', id: 'v', mode: 'exclude', groups: [] }] }, /at least one/],
    ['a path of a group', { groups: [{ name: 'g', paths: ['*'] }] }, /^\/groups\/0\/paths\/0 /],
    ['an unknown key', { exclusions: { path: [] } }, /^\/exclusions\/path is not known$/],
    ['another type', { exclusions: { paths: 'a' } }, /^\/exclusions\/paths /],
    ['a value that is no object', 7, /^\/ /],
  ])('%s', (_what, document, reason) => expect(problemsOf(document)[0]).toMatch(reason))
})

describe('limits', () => {
  test('hold for each list', () => {
    expect(problemsOf({ exclusions: { paths: many(LIMITS.entries, (index) => `/a/${index}`) } })).toEqual([])
    expect(problemsOf({ exclusions: { paths: many(LIMITS.entries + 1, (index) => `/a/${index}`) } })).toEqual(['/exclusions/paths holds 501 entries; at most 500 are allowed'])
    expect(problemsOf({ domains: { allowed: many(501, (index) => `a${index}.example`) } })).toEqual(['/domains/allowed holds 501 entries; at most 500 are allowed'])
    expect(problemsOf({ groups: [{ name: 'g', fileTypes: many(201, (index) => `a${index}`) }] })).toEqual(['/groups/0/fileTypes holds 201 entries; at most 200 are allowed'])
  })
  test('three variants of an indicator, and no fourth', () => {
    const variants = (count: number) => ({ groups: [{ name: 'g', paths: ['/a'] }], variants: many(count, (index) => ({ indicator: 'file_deleted', id: `v${index}`, mode: 'exclude', groups: ['g'] })) })
    expect(problemsOf(variants(3))).toEqual([])
    expect(problemsOf(variants(4))).toEqual(['/variants/3 is the 4th variant of file_deleted; at most 3 are allowed'])
  })
})

describe('what is taken', () => {
  test('is complete: what a document leaves out is empty', () => {
    const read = readSettings({ exclusions: { paths: ['/a'] } })
    expect(read).toEqual({ settings: { exclusions: { fileTypes: [], paths: ['/a'], keywords: [], sensitiveTypes: [], applications: [], media: [], features: [] }, domains: { allowed: [], unallowed: [], thirdParty: [] }, defaultExclusionsOff: [], priorityAssets: [], groups: [], variants: [] } })
  })
  test('is taken again as it was stored', () => {
    const read = readSettings({ exclusions: { keywords: [{ contains: 'a', unless: ['b'] }] }, groups: [{ name: 'g', domains: [{ domain: 'x.example', multiLevel: true }] }], variants: [{ indicator: 'file_deleted', id: 'v', mode: 'include', groups: ['g'] }] })
    expect(readSettings(JSON.parse(JSON.stringify('settings' in read ? read.settings : {})))).toEqual(read)
  })
  test('of another release is restored part by part', () => {
    expect(restoreSettings({ exclusions: { paths: ['/a'] }, priorityAssets: ['door'], somethingOld: 1 })).toMatchObject({ exclusions: { paths: ['/a'] }, priorityAssets: ['door'] })
    expect(restoreSettings({ exclusions: { paths: ['..'] }, priorityAssets: ['door'] })).toMatchObject({ exclusions: { paths: [] }, priorityAssets: ['door'] })
    for (const broken of [undefined, null, 7, 'x', []]) expect(restoreSettings(broken).priorityAssets).toEqual([])
  })
})
