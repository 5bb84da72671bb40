import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cLibrary } from '../platform/linux/c-library.ts'
import { createInspector, type Inspector } from './inspector.ts'
import { cleanUrl, originOfAttributes, originOfWhereFroms, originOfZoneIdentifier, stringsOfPlist } from './origin.ts'

/** A binary property list of an array of strings, as `plutil -convert binary1` writes it. */
function plistOf(strings: readonly string[]): Buffer {
  const objects = strings.map((text) => {
    const isWide = Array.from(text).some((letter) => letter.charCodeAt(0) > 127)
    const bytes = isWide ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'latin1')
    const kind = isWide ? 0x60 : 0x50
    return text.length < 15 ? Buffer.concat([Buffer.from([kind | text.length]), bytes]) : Buffer.concat([Buffer.from([kind | 0xf, 0x11, text.length >> 8, text.length & 0xff]), bytes])
  })
  const array = Buffer.from([0xa0 | strings.length, ...strings.map((_, index) => index + 1)])
  const parts = [Buffer.from('bplist00', 'latin1'), array, ...objects]
  const offsets: number[] = []
  let at = 8
  for (const part of parts.slice(1)) {
    offsets.push(at)
    at += part.length
  }
  const table = Buffer.concat(offsets.map((offset) => Buffer.from([offset >> 8, offset & 0xff])))
  const trailer = Buffer.alloc(32)
  trailer[6] = 2
  trailer[7] = 1
  trailer.writeBigUInt64BE(BigInt(offsets.length), 8)
  trailer.writeBigUInt64BE(BigInt(at), 24)
  return Buffer.concat([...parts, table, trailer])
}

describe('secrets in addresses', () => {
  test.each([
    ['https://alice:geheim@files.example.org:8443/a/plan.pdf?token=abc#part', 'https://files.example.org:8443/a/plan.pdf', 'files.example.org'],
    ['blob:https://app.example.org/3f2b', 'https://app.example.org/3f2b', 'app.example.org'],
    ['data:text/plain;base64,R2VoZWlt', 'data:', ''],
    ['file:///home/alice/secret.txt', 'file:', ''],
    ['HTTPS://WWW.Example.ORG./x', 'https://www.example.org./x', 'www.example.org'],
    ['javascript:alert(1)', '', ''],
    ['no address', '', ''],
  ])('%s', (address, url, domain) => expect(cleanUrl(address)).toEqual({ url, domain }))
})

describe('what systems keep of an origin', () => {
  test('extended attributes: the address, and the page that led to it', () => {
    const values: Record<string, string> = { 'user.xdg.origin.url': 'https://cdn.example.net/x.zip?sig=1', 'user.xdg.referrer.url': 'https://crm.example.org/list?u=2' }
    expect(originOfAttributes((name) => values[name])).toEqual({ url: 'https://cdn.example.net/x.zip', domain: 'cdn.example.net', referrerDomain: 'crm.example.org', seenBy: 'xattr' })
    expect(originOfAttributes((name) => (name.includes('referrer') ? 'https://crm.example.org/' : undefined))).toEqual({ url: '', domain: 'crm.example.org', referrerDomain: 'crm.example.org', seenBy: 'xattr' })
    expect(originOfAttributes(() => undefined)).toBeUndefined()
  })
  test('Zone.Identifier, as browsers on Windows write it', () => {
    expect(originOfZoneIdentifier('[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://crm.example.org/list\r\nHostUrl=https://u:p@cdn.example.net/x.zip?sig=1\r\n')).toEqual({ url: 'https://cdn.example.net/x.zip', domain: 'cdn.example.net', referrerDomain: 'crm.example.org', seenBy: 'zone_identifier' })
    expect(originOfZoneIdentifier('[ZoneTransfer]\r\nZoneId=3\r\n')).toEqual({ url: '', domain: '', referrerDomain: '', seenBy: 'zone_identifier' })
    expect([originOfZoneIdentifier('[ZoneTransfer]\r\nZoneId=1\r\n'), originOfZoneIdentifier('[Other]\r\nHostUrl=https://x.example\r\n'), originOfZoneIdentifier('')]).toEqual([undefined, undefined, undefined])
  })
  test('kMDItemWhereFroms, a binary property list with short, long and wide strings', () => {
    const list = plistOf(['https://cdn.example.net/x.zip?sig=1', 'https://crm.example.org/列表'])
    expect(stringsOfPlist(list)).toEqual(['https://cdn.example.net/x.zip?sig=1', 'https://crm.example.org/列表'])
    expect(originOfWhereFroms(list)).toEqual({ url: 'https://cdn.example.net/x.zip', domain: 'cdn.example.net', referrerDomain: 'crm.example.org', seenBy: 'where_froms' })
    expect(stringsOfPlist(plistOf(['short']))).toEqual(['short'])
  })
  test('a property list that is cut or bent gives nothing and fails nowhere', () => {
    const list = plistOf(['https://cdn.example.net/x.zip', 'b'])
    for (let cut = 0; cut < list.length; cut++) expect(() => stringsOfPlist(list.subarray(0, cut))).not.toThrow()
    for (let at = 0; at < list.length; at++) for (const value of [0, 0x7f, 0xff]) {
      const bent = Buffer.from(list)
      bent[at] = value
      expect(() => stringsOfPlist(bent)).not.toThrow()
    }
  })
})

describe.skipIf(process.platform !== 'linux')('asked of a file by the child', () => {
  let folder: string
  let inspector: Inspector
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-origin-'))
    inspector = createInspector({ log: { warn() {} } })
  })
  afterEach(() => {
    inspector.close()
    rmSync(folder, { recursive: true, force: true })
  })
  test('extended attributes of this file system', async ({ skip }) => {
    const path = join(folder, 'x.zip')
    writeFileSync(path, 'x')
    const set = cLibrary().library.func('int setxattr(const char *, const char *, const char *, size_t, int)') as (path: string, name: string, value: string, size: number, flags: number) => number
    const url = 'https://u:p@cdn.example.net/x.zip?sig=1'
    if (set(path, 'user.xdg.origin.url', url, url.length, 0) !== 0) skip('this file system keeps no such attributes')
    expect(await inspector.originOf(path)).toEqual({ url: 'https://cdn.example.net/x.zip', domain: 'cdn.example.net', referrerDomain: '', seenBy: 'xattr' })
    writeFileSync(join(folder, 'plain'), 'x')
    expect(await Promise.all([inspector.originOf(join(folder, 'plain')), inspector.originOf(join(folder, 'gone')), inspector.originOf(folder)])).toEqual([undefined, undefined, undefined])
  })
})
