import { once } from 'node:events'
import { createHash } from 'node:crypto'
import { crc32, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { sevenZip, sevenZipEncrypted, sevenZipMany, sevenZipPlainHeader, sevenZipSealed, texts, zipAes } from './archives.fixture.ts'
import { ListingBudget } from './budget.ts'
import { LIST_LIMITS, type ListLimits } from './contract.ts'
import { listArchive } from './list.ts'
import { sourceOfBuffer } from './source.ts'
import { createTally } from './tally.ts'

type Parts = Readonly<Record<string, string | Buffer>>

async function zipOf(parts: Parts): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
async function tarOf(parts: Parts): Promise<Buffer> {
  const tar = pack()
  for (const [name, content] of Object.entries(parts)) tar.entry({ name }, Buffer.from(content))
  tar.finalize()
  const chunks: Buffer[] = []
  tar.on('data', (chunk) => chunks.push(chunk as Buffer))
  await once(tar, 'end')
  return Buffer.concat(chunks)
}
const list = (bytes: Buffer, name = 'x', limits: Partial<ListLimits> = {}) => listArchive(sourceOfBuffer(bytes), name, new ListingBudget({ ...LIST_LIMITS, ...limits }))
const crcOf = (text: string | Buffer): number => crc32(text)
/** As read-file.ts makes it of a small file. */
const fingerprintOf = (content: string | Buffer): string => {
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(Buffer.byteLength(content)))
  return createHash('sha256').update(size).update(content).digest('hex')
}
const expected = Object.entries(texts).map(([name, text]) => [name, text.length, crcOf(text)])
const told = (listing: Awaited<ReturnType<typeof list>>) => listing.members.map(({ name, sizeBytes, crc32: crc }) => [name, sizeBytes, crc]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))

describe('members', () => {
  it('of zip, 7z and tar are told with their size and CRC', async () => {
    for (const bytes of [await zipOf(texts), sevenZip, sevenZipPlainHeader, await tarOf(texts), gzipSync(await tarOf(texts)), zstdCompressSync(await tarOf(texts))]) {
      const listing = await list(bytes)
      expect(listing).toMatchObject({ state: 'complete', encrypted: false, count: 3 })
      expect(told(listing)).toEqual(expected)
    }
  })

  it('of a tar have the identity that a file with the same content has, whatever its size', async () => {
    const large = Buffer.alloc(300_000, 'some content that goes on and on')
    const { members } = await list(await tarOf({ small: 'small', large }))
    const tally = createTally()
    for (let at = 0; at < large.length; at += 777) tally.add(large.subarray(at, at + 777))
    expect(members.map(({ fingerprint }) => fingerprint)).toEqual([fingerprintOf('small'), tally.end().fingerprint])
  })

  it('of a 7z with hundreds of files are read out of its packed header', async () => {
    const listing = await list(sevenZipMany)
    expect(listing).toMatchObject({ state: 'complete', count: 300 })
    expect(listing.members.every(({ name, crc32: crc, sizeBytes }) => { const text = `number ${/(\d+)\.txt$/.exec(name)?.[1]}`; return sizeBytes === text.length && crc === crcOf(text) })).toBe(true)
  })

  it('of a gzip or zstd file are the one that is in it', async () => {
    expect((await list(gzipSync('one content'), 'notes.txt.gz')).members).toEqual([{ name: 'notes.txt', sizeBytes: 11, crc32: crcOf('one content'), fingerprint: fingerprintOf('one content') }])
    expect((await list(zstdCompressSync('one content'), 'notes.txt.zst')).members).toMatchObject([{ name: 'notes.txt', sizeBytes: 11 }])
  })

  it('of containers in containers are told too, down to a depth', async () => {
    const inner = await zipOf(texts)
    const listing = await list(await zipOf({ 'outer.txt': 'o', 'inner.zip': inner, 'inner.tgz': gzipSync(await tarOf({ x: 'x' })) }))
    expect(listing.members.map(({ name }) => name)).toEqual(['outer.txt', 'inner.zip', 'inner.zip!/d/a.txt', 'inner.zip!/d/b.txt', 'inner.zip!/d/c.txt', 'inner.tgz', 'inner.tgz!/x'])
    let deep = await zipOf({ bottom: 'bottom' })
    for (let level = 0; level < 6; level += 1) deep = await zipOf({ 'deep.zip': deep })
    expect(await list(deep)).toMatchObject({ state: 'partial', count: 4 })
  })
})

describe('a password', () => {
  it('hides neither names nor CRCs where the format leaves them open', async () => {
    const listing = await list(sevenZipEncrypted)
    expect(listing).toMatchObject({ state: 'complete', encrypted: true })
    expect(told(listing)).toEqual(expected)
  })
  it('over the names is said, and over contents without a CRC too', async () => {
    expect(await list(sevenZipSealed)).toEqual({ state: 'encrypted', encrypted: true, count: 0, members: [] })
    const aes = await list(zipAes)
    expect(aes).toMatchObject({ state: 'complete', encrypted: true, count: 3 })
    expect(aes.members.map(({ crc32: crc }) => crc)).toEqual([undefined, undefined, undefined])
  })
})

describe('a hostile container', () => {
  it('that is cut or altered anywhere ends without a throw, and says so', async () => {
    const whole = [await zipOf(texts), sevenZip, sevenZipPlainHeader, sevenZipMany, gzipSync(await tarOf(texts)), zipAes]
    for (const bytes of whole) {
      for (let cut = 1; cut < bytes.length; cut += Math.max(1, Math.floor(bytes.length / 60))) expect((await list(bytes.subarray(0, cut))).members.length).toBeLessThanOrEqual(300)
      let seed = 7
      for (let round = 0; round < 200; round += 1) {
        const bad = Buffer.from(bytes)
        for (let change = 0; change < 3; change += 1) {
          seed = Math.imul(seed, 1_103_515_245) + 12_345
          bad[(seed >>> 8) % bad.length] = seed >>> 24
        }
        // The checksums of 7z would stop most of them at the door: let them through.
        if (bad.toString('latin1', 0, 2) === '7z') {
          const [offset, size] = [Number(bad.readBigUInt64LE(12)), Number(bad.readBigUInt64LE(20))]
          if (32 + offset + size <= bad.length) bad.writeUInt32LE(crc32(bad.subarray(32 + offset, 32 + offset + size)), 28)
        }
        const listing = await list(bad)
        expect(['complete', 'partial', 'encrypted', 'unsupported', 'refused', 'timeout', 'failed']).toContain(listing.state)
      }
    }
  })

  it('that grows without end is refused, or ends at the bytes that are granted', async () => {
    const bomb = gzipSync(Buffer.alloc(40 << 20))
    expect(bomb.length).toBeLessThan(100_000)
    expect(await list(bomb)).toMatchObject({ state: 'refused' })
    expect(await list(gzipSync(await tarOf({ x: Buffer.alloc(3 << 20, 'abc') })), 'x', { bytes: 1 << 20 })).toMatchObject({ state: 'partial' })
    expect(await list(await zipOf({ 'zeros.zip': Buffer.alloc(20 << 20) }))).toMatchObject({ state: 'refused' })
  })

  it('that lists itself without end, or more than anybody reads, ends at its counts', async () => {
    const many = await tarOf(Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`f${index}`, 'x'])))
    expect(await list(many)).toMatchObject({ state: 'partial', count: 3000 })
    expect((await list(many)).members).toHaveLength(LIST_LIMITS.members)
    expect(await list(many, 'x', { entries: 100 })).toMatchObject({ state: 'partial', count: 101 })
    // A quine: an entry of a zip whose data is a zip again, by a directory that points back at itself, is cut off by depth.
    expect(await list(await zipOf({ 'a.zip': await zipOf({ 'b.zip': await zipOf({ 'c.zip': await zipOf({ 'd.zip': 'e' }) }) }) }))).toMatchObject({ state: 'partial' })
  })

  it('with names that lead outside or have no end is listed like any other: nothing is written by them', async () => {
    const strange = await zipOf({ xxxxxxxxxxxxxxx: 'one', ['n'.repeat(9000)]: 'two' })
    for (let at = strange.indexOf('xxxxxxxxxxxxxxx'); at >= 0; at = strange.indexOf('xxxxxxxxxxxxxxx')) strange.write('../../etc/pass\\', at, 'latin1')
    const listing = await list(strange)
    expect(listing.members.map(({ name }) => name.length)).toEqual([15, 1024])
    expect(listing.members[0]?.name).toBe('../../etc/pass\\')
  })

  it('that claims impossible sizes is not believed', async () => {
    const zip = await zipOf({ 'a.txt': deflateRawSync('x') })
    const directory = zip.indexOf('PK\x01\x02', 0, 'latin1')
    zip.writeUInt32LE(0xfffffffe, directory + 24)
    const { members } = await list(zip)
    expect(members.every(({ sizeBytes }) => Number.isSafeInteger(sizeBytes))).toBe(true)
    const claim = Buffer.from(sevenZip)
    claim.writeBigUInt64LE(0xffff_ffff_ffffn, 20)
    expect(await list(claim)).toMatchObject({ state: 'partial', members: [] })
  })
})

it('what is no container has no members, and what cannot be opened says so', async () => {
  expect(await list(Buffer.from('plain text'))).toEqual({ state: 'complete', encrypted: false, count: 0, members: [] })
  expect(await list(Buffer.alloc(0))).toMatchObject({ state: 'complete' })
  for (const head of ['Rar!\x1a\x07\x01\0', 'BZh91AY', '\xfd7zXZ\0']) expect(await list(Buffer.from(head, 'latin1'))).toMatchObject({ state: 'unsupported' })
})
