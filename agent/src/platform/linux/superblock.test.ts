import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HEAD_BYTES, parseSuperblock } from './superblock.ts'

const head = (...parts: readonly (readonly [number, string | Buffer])[]): Buffer => {
  const bytes = Buffer.alloc(HEAD_BYTES)
  for (const [at, text] of parts) (typeof text === 'string' ? Buffer.from(text, 'latin1') : text).copy(bytes, at)
  return bytes
}
const boot: readonly [number, string] = [510, '\x55\xaa']
/** Random bytes that are the same in every run. */
const random = (length: number): Buffer => Buffer.concat(Array.from({ length: Math.ceil(length / 32) }, (_, at) => createHash('sha256').update(String(at)).digest())).subarray(0, length)

describe('a volume is known by its first blocks', () => {
  test.each([
    ['LUKS2 with a label', head([0, 'LUKS\xba\xbe\0\x02'], [24, 'secret']), { fileSystem: 'crypto_LUKS', label: 'secret', encryption: 'luks' }],
    ['LUKS1, whose cipher is no label', head([0, 'LUKS\xba\xbe\0\x01'], [8, 'aes\0'], [40, 'xts-plain64']), { fileSystem: 'crypto_LUKS', label: '', encryption: 'luks' }],
    ['BitLocker', head([3, '-FVE-FS-'], boot), { fileSystem: 'BitLocker', label: '', encryption: 'bitlocker' }],
    ['BitLocker To Go', head([3, 'MSWIN4.1'], [82, 'FAT32'], [424, Buffer.from('3bd67649292ed84a8399f6a339e3d001', 'hex')], boot), { fileSystem: 'BitLocker', label: '', encryption: 'bitlocker' }],
    ['FAT32', head([71, 'MY STICK   '], [82, 'FAT32   '], boot), { fileSystem: 'vfat', label: 'MY STICK' }],
    ['FAT16 without a name', head([43, 'NO NAME    '], [54, 'FAT16   '], boot), { fileSystem: 'vfat', label: '' }],
    ['exFAT', head([3, 'EXFAT   '], boot), { fileSystem: 'exfat', label: '' }],
    ['NTFS', head([3, 'NTFS    '], boot), { fileSystem: 'ntfs', label: '' }],
    ['ext4', head([1080, '\x53\xef'], [1144, 'BACKUP']), { fileSystem: 'ext4', label: 'BACKUP' }],
    ['XFS', head([0, 'XFSB'], [108, 'data']), { fileSystem: 'xfs', label: 'data' }],
    ['btrfs', head([65_600, '_BHRfS_M'], [65_835, 'pool']), { fileSystem: 'btrfs', label: 'pool' }],
    ['APFS', head([32, 'NXSB']), { fileSystem: 'apfs', label: '' }],
    ['HFS+', head([1024, 'H+']), { fileSystem: 'hfsplus', label: '' }],
    ['a data disc', head([32_769, 'CD001'], [32_808, 'PHOTOS   ']), { fileSystem: 'iso9660', label: 'PHOTOS' }],
    ['a table of partitions', head([446, '\x80'], boot), { fileSystem: '', label: '' }],
    ['zeros', head(), { fileSystem: '', label: '' }],
    ['nothing', Buffer.alloc(0), { fileSystem: '', label: '' }],
    ['random bytes, as VeraCrypt has them', random(HEAD_BYTES), { fileSystem: '', label: '', encryption: 'unknown' }],
    ['too few random bytes to tell', random(4096), { fileSystem: '', label: '' }],
    ['random bytes behind a table', Buffer.concat([head([446, '\x80'], boot).subarray(0, 512), random(HEAD_BYTES - 512)]), { fileSystem: '', label: '' }],
  ])('%s', (_, bytes, expected) => expect(parseSuperblock(bytes)).toEqual(expected))

  test('whatever the bytes are, the answer is short words', () => {
    const mark = fc.constantFrom('LUKS\xba\xbe', 'XFSB', '-FVE-FS-', 'CD001', '_BHRfS_M', 'FAT32')
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), mark, fc.nat(1200), (bytes, text, at) => {
      const all = Buffer.alloc(2000)
      Buffer.from(bytes).copy(all)
      Buffer.from(text, 'latin1').copy(all, at)
      const { label, fileSystem } = parseSuperblock(all.subarray(0, bytes.length + at))
      expect(label.length).toBeLessThanOrEqual(256)
      expect(fileSystem.length).toBeLessThanOrEqual(12)
    }))
  })
})
