import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDomainMatcher, type DomainInput, domainProblem, hostOf } from './domain-pattern.ts'

const holds = (pattern: DomainInput, text: string): boolean => {
  const host = hostOf(text)
  return host !== undefined && createDomainMatcher([pattern]).find(host) !== undefined
}
const wrong = (rows: readonly (readonly [pattern: DomainInput, host: string, holds: boolean])[]) => rows.filter(([pattern, host, wanted]) => holds(pattern, host) !== wanted)

describe('a domain', () => {
  test('is that host alone, *. exactly one level below, **. the domain and all below', () => expect(wrong([
    ['example.com', 'example.com', true], ['example.com', 'www.example.com', false], ['example.com', 'notexample.com', false], ['example.com', 'example.com.evil.test', false],
    ['*.example.com', 'www.example.com', true], ['*.example.com', 'example.com', false], ['*.example.com', 'a.b.example.com', false],
    ['**.example.com', 'example.com', true], ['**.example.com', 'a.b.c.example.com', true], ['**.example.com', 'badexample.com', false],
    [{ domain: 'example.com', multiLevel: true }, 'a.b.example.com', true], [{ domain: '*.example.com', multiLevel: true }, 'a.b.example.com', true], [{ domain: 'example.com' }, 'a.example.com', false],
  ])).toEqual([]))
  test('is the same in any letter case, with a dot at the end, and in both spellings of an international name', () => expect(wrong([
    ['Example.COM.', 'example.com', true], ['example.com', 'EXAMPLE.com.', true], ['bücher.example', 'xn--bcher-kva.example', true], ['xn--bcher-kva.example', 'BÜCHER.example', true], ['**.bücher.example', 'shop.bücher.example', true],
  ])).toEqual([]))
  test('with a port is that port only; without, any', () => expect(wrong([
    ['example.com', 'https://example.com:8443/x', true], ['example.com:8443', 'https://example.com:8443/x', true], ['example.com:8443', 'https://example.com/x', false], ['example.com:443', 'https://example.com/x', true], ['example.com:80', 'http://example.com/x', true], ['example.com:22', 'sftp://example.com/x', true],
  ])).toEqual([]))
  test('may be an address', () => expect(wrong([['192.0.2.7', 'http://192.0.2.7/a', true], ['192.0.2.7', '192.0.2.70', false], ['[2001:db8::1]', 'https://[2001:DB8::1]:8443/', true], ['intranet', 'http://intranet/a', true]])).toEqual([]))
  test('the closest of several is found', () => {
    const matcher = createDomainMatcher(['**.example.com', '*.example.com', 'a.example.com', 'a.example.com:8443', '**.a.example.com'])
    expect(['x.y.example.com', 'b.example.com', 'a.example.com', 'a.example.com:8443', 'z.a.example.com'].map((text) => matcher.find(hostOf(text) ?? { name: '' })?.index)).toEqual([0, 1, 2, 3, 4])
  })
})

describe('the host of what a device names', () => {
  test.each([
    ['https://user:secret@Files.Example.com:8443/a?b#c', { name: 'files.example.com', port: 8443 }], ['alice@backup.example.com:/srv/in', { name: 'backup.example.com' }], ['backup.example.com:/srv', { name: 'backup.example.com' }], ['example.com:8443/x', { name: 'example.com', port: 8443 }],
    ['s3://bucket/key', { name: 'bucket' }], ['gdrive:folder', { name: 'gdrive' }], ['example.com', { name: 'example.com' }], ['https://evil.test\\@example.com/', undefined], ['https://example.com@evil.test/', { name: 'evil.test', port: 443 }], ['', undefined], ['   ', undefined], ['file:///etc/passwd', undefined], ['not a host', undefined],
  ])('%j', (text, host) => expect(hostOf(text)).toEqual(host))
  test('nothing that a device may say is too much', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.webUrl()), (text) => {
      const host = hostOf(text)
      expect(host === undefined || host.name.length > 0).toBe(true)
    }), { numRuns: 1000 })
  })
})

describe('what is no domain', () => {
  test.each([
    ['', /empty/], ['https://example.com', /address; write the domain/], ['example.com/path', /address; write the domain/], ['a@example.com', /mail/], ['*.com', /top-level/], ['**.com', /top-level/], ['a.*.com', /first label/], ['exa mple.com', /not a domain/], ['example..com', /not a domain/], ['-a.example', /not a domain/],
    ['example.com:0', /port/], ['example.com:70000', /port/], ['*.192.0.2.7', /nothing below/], [{ domain: '192.0.2.7', multiLevel: true }, /nothing below/], [`${'a'.repeat(64)}.com`, /not a domain/],
  ] as const)('%j is refused with its reason', (input, reason) => expect(domainProblem(input)).toMatch(reason))
})
