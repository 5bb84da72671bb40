import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SEALED_CHUNK_BYTES } from '@holdfast/proto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CodedError } from '../errors.ts'
import { makeEvidenceKeys, sealForTest, wholeOf } from '../testing/sealed-copy.ts'
import { lookAt, textOf } from './look.ts'
import { countFindings, findSensitive, maskSensitive } from './sensitive-text.ts'
import { openCopy } from './verify-copy.ts'

const keys = makeEvidenceKeys()
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-sealed-'))
})
afterAll(() => rm(folder, { recursive: true }))

const open = async (bytes: Buffer, by = keys) => {
  const path = join(folder, 'copy')
  await writeFile(path, bytes)
  return openCopy(path, by.privateKeys, 2 ** 24)
}
const problemOf = (bytes: Buffer, by = keys): Promise<string> => open(bytes, by).then(() => 'opened', (error: unknown) => (error instanceof CodedError && error.code === 'EVIDENCE_DAMAGED' ? String(error.parameters['problem']) : `other: ${String(error)}`))

describe('a sealed copy', () => {
  test.each([0, 1, SEALED_CHUNK_BYTES - 1, SEALED_CHUNK_BYTES, SEALED_CHUNK_BYTES + 1, 3 * SEALED_CHUNK_BYTES])('of %i bytes comes out as it went in', async (size) => {
    const content = randomBytes(size)
    const sealed = sealForTest(content, keys)
    const opened = await open(wholeOf(sealed))
    expect([opened.beginning.equals(content), opened.facts.sha256, opened.facts.plainBytes]).toEqual([true, sealed.sha256, size])
  })
  test('that lacks its end, at any byte, is not opened', async () => {
    const whole = wholeOf(sealForTest(randomBytes(100), keys))
    for (let length = 0; length < whole.length; length += 7) expect(await problemOf(whole.subarray(0, length))).not.toBe('opened')
  })
  test('that is cut at the border of a chunk is not opened', async () => {
    const { head, chunks } = sealForTest(randomBytes(3 * SEALED_CHUNK_BYTES), keys)
    expect(await problemOf(Buffer.concat([head, ...chunks.slice(0, 2)]))).toBe('a chunk was altered, moved or cut')
    expect(await problemOf(Buffer.concat([head, ...chunks.slice(0, -1)]))).toBe('a chunk was altered, moved or cut')
  })
  test('whose chunks change places, are doubled or left out is not opened', async () => {
    const { head, chunks } = sealForTest(randomBytes(3 * SEALED_CHUNK_BYTES), keys)
    const [a, b, c, end] = chunks as [Buffer, Buffer, Buffer, Buffer]
    for (const order of [[b, a, c, end], [a, a, b, c, end], [a, c, end], [end], [a, b, c, end, end]]) expect(await problemOf(Buffer.concat([head, ...order]))).not.toBe('opened')
  })
  test('with a chunk of another copy for the same key is not opened', async () => {
    const [one, other] = [sealForTest(randomBytes(2 * SEALED_CHUNK_BYTES), keys), sealForTest(randomBytes(2 * SEALED_CHUNK_BYTES), keys)]
    expect(await problemOf(Buffer.concat([one.head, one.chunks[0] as Buffer, other.chunks[1] as Buffer, one.chunks[2] as Buffer]))).toBe('a chunk was altered, moved or cut')
    expect(await problemOf(Buffer.concat([other.head, ...one.chunks]))).toBe('a chunk was altered, moved or cut')
  })
  test('with any bit flipped is not opened', async () => {
    const whole = wholeOf(sealForTest(randomBytes(40), keys))
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << at % 8)
      expect([at, await problemOf(bytes)]).not.toEqual([at, 'opened'])
    }
  })
  test('whose middle chunks are not full, or that something follows, is not opened', async () => {
    const short = sealForTest(randomBytes(100), keys, { chunkBytes: 40 })
    expect(await problemOf(wholeOf(short))).toBe('a chunk in its middle is not full')
    expect(await problemOf(Buffer.concat([wholeOf(sealForTest(randomBytes(10), keys)), Buffer.from('more')]))).not.toBe('opened')
  })
  test('for another key is not opened', async () => {
    expect(await problemOf(wholeOf(sealForTest(randomBytes(10), keys)), makeEvidenceKeys())).toBe('it is sealed for a key that is not here')
  })
})

describe('what a content is', () => {
  test.each([
    ['89504e470d0a1a0a', 'image', 'image/png'], ['ffd8ffe0', 'image', 'image/jpeg'], ['474946383961', 'image', 'image/gif'], ['52494646000000005745425056503820', 'image', 'image/webp'], ['52494646000000005741564566', 'other', 'application/octet-stream'],
    [Buffer.from('%PDF-1.7').toString('hex'), 'pdf', 'application/pdf'], [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>').toString('hex'), 'text', 'text/plain'], [Buffer.from('<!doctype html><script>').toString('hex'), 'text', 'text/plain'],
    ['4d5a9000', 'other', 'application/octet-stream'], [`${Buffer.from('Grüße').toString('hex')}c3`, 'text', 'text/plain'], ['fffe48006900', 'text', 'text/plain'], ['', 'text', 'text/plain'],
  ])('%s is %s (%s)', (hex, form, mediaType) => {
    expect(lookAt(Buffer.from(hex, 'hex'))).toEqual({ form, mediaType })
  })
  test('control characters of a text become visible, so that none of them acts', () => {
    expect(textOf(Buffer.from('a\u001b[31mb\u0000c\r\nd\te\u007f'))).toBe('a␛[31mb␀c\nd\te␡')
    expect(textOf(Buffer.from('fffe48006900', 'hex')).replace('\ufeff', '')).toBe('Hi')
  })
})

describe('sensitive information in a text', () => {
  const masked = (text: string): string => maskSensitive(text, findSensitive(text))
  test.each([
    ['4111 1111 1111 1111', '4111 **** **** 1111'], ['4111-1111-1111-1111', '4111-****-****-1111'], ['4111111111111111', '4111********1111'], ['DE89 3704 0044 0532 0130 00', 'DE89 **** **** **** **30 00'], ['password = "hunter22"', 'password = "********"'],
    ['123-45-6789', '***-**-6789'], ['karl@example.com', 'k***@*******.***'],
  ])('%s is shown as %s', (text, shown) => {
    expect(masked(`before ${text} after`)).toContain(`before ${shown}`)
  })
  test.each(['4111 1111 1111 1112', '1234567890123456', '0000 0000 0000 0000', 'DE00 3704 0044 0532 0130 00', '000-12-3456', 'order 12345'])('%s is none, its check digits say', (text) => {
    expect(masked(text)).toBe(text)
  })
  test('kinds are counted, the most frequent first', () => {
    expect(countFindings(findSensitive('a@b.example c@d.example 4111 1111 1111 1111'))).toEqual([{ type: 'email_address', count: 2 }, { type: 'payment_card', count: 1 }])
  })
  test('a megabyte of what almost matches is looked through', () => {
    expect(findSensitive('4111 '.repeat(50_000) + 'a@'.repeat(200_000) + 'AA11 '.repeat(50_000)).length).toBeLessThanOrEqual(10_000)
  })
})
