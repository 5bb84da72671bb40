// What the first 68 KiB of a volume say of it: file system, label, encryption. Pure; every offset is checked, text is untrusted.
//
//   0         "LUKS\xba\xbe" (LUKS1, LUKS2) | "XFSB", label at 108 | FAT: 0x55aa at 510, type and label in the boot sector
//   3         "-FVE-FS-" BitLocker | "EXFAT   " | "NTFS    " | "MSWIN4.1" with -FVE-FS- id at 424: BitLocker To Go
//   32        "NXSB" APFS
//   1024      F2FS 10 20 f5 f2 | "H+", "HX" HFS+ | ext2/3/4: 0xef53 at 1080, label at 1144
//   32769     "CD001" ISO 9660, label at 32808 | "BEA01", "NSR0x" UDF
//   65600     "_BHRfS_M" btrfs, label at 65835
//
// VeraCrypt and plain dm-crypt have no mark by design. What is random from the first byte on, and is neither a file system nor a
// table of partitions, is told as encryption `unknown`; so is a medium that was wiped with random bytes.
import type { VolumeContent } from '../platform.ts'

export const HEAD_BYTES = 68 << 10
/** Bits per byte of 64 KiB: random bytes have 7.997, text, code and compressed archives with their heads less. */
const RANDOM_ENTROPY = 7.99
/** Fewer bytes than this say nothing about randomness. */
const ENTROPY_BYTES = 32 << 10
const BITLOCKER_TO_GO = Buffer.from('3bd67649292ed84a8399f6a339e3d001', 'hex')

const clean = (bytes: Buffer, encoding: 'utf8' | 'latin1' = 'utf8'): string => (bytes.toString(encoding).split('\0')[0] ?? '').trim()
const has = (head: Buffer, at: number, text: string): boolean => head.length >= at + text.length && head.toString('latin1', at, at + text.length) === text
const isByte = (head: Buffer, at: number, value: number): boolean => head.length > at && head[at] === value

function entropyOf(bytes: Buffer): number {
  const counts = new Uint32Array(256)
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1
  let bits = 0
  for (const count of counts) if (count > 0) bits -= (count / bytes.length) * Math.log2(count / bytes.length)
  return bits
}

const found = (fileSystem: string, label = '', encryption?: string): VolumeContent => ({ fileSystem, label, ...(encryption === undefined ? {} : { encryption }) })

function readFat(head: Buffer): VolumeContent | undefined {
  if (!isByte(head, 510, 0x55) || !isByte(head, 511, 0xaa)) return undefined
  const [labelAt, isFat] = has(head, 82, 'FAT32') ? [71, true] : [43, has(head, 54, 'FAT')]
  if (!isFat) return undefined
  const label = clean(head.subarray(labelAt, labelAt + 11), 'latin1')
  return found('vfat', label === 'NO NAME' ? '' : label)
}

const isPartitionTable = (head: Buffer): boolean => has(head, 512, 'EFI PART') || has(head, 0, 'ER\x02\0') || (isByte(head, 510, 0x55) && isByte(head, 511, 0xaa))

/** @param head the beginning of the volume, as much of it as there is */
export function parseSuperblock(head: Buffer): VolumeContent {
  if (has(head, 0, 'LUKS\xba\xbe')) return found('crypto_LUKS', head.readUInt16BE(6) === 2 ? clean(head.subarray(24, 72)) : '', 'luks')
  if (has(head, 3, '-FVE-FS-') || (has(head, 3, 'MSWIN4.1') && head.length >= 440 && head.subarray(424, 440).equals(BITLOCKER_TO_GO))) return found('BitLocker', '', 'bitlocker')
  if (has(head, 3, 'EXFAT   ')) return found('exfat')
  if (has(head, 3, 'NTFS    ')) return found('ntfs')
  if (has(head, 0, 'XFSB')) return found('xfs', clean(head.subarray(108, 120)))
  if (has(head, 32, 'NXSB')) return found('apfs')
  if (has(head, 1024, '\x10\x20\xf5\xf2')) return found('f2fs')
  if (has(head, 1024, 'H+') || has(head, 1024, 'HX')) return found('hfsplus')
  if (isByte(head, 1080, 0x53) && isByte(head, 1081, 0xef)) return found('ext4', clean(head.subarray(1144, 1160)))
  if (has(head, 65_600, '_BHRfS_M')) return found('btrfs', clean(head.subarray(65_835, 65_835 + 256)))
  if (has(head, 32_769, 'BEA01') || has(head, 32_769, 'NSR0')) return found('udf')
  if (has(head, 32_769, 'CD001')) return found('iso9660', clean(head.subarray(32_808, 32_840), 'latin1'))
  const fat = readFat(head)
  if (fat !== undefined) return fat
  const isRandom = !isPartitionTable(head) && head.length >= ENTROPY_BYTES && entropyOf(head) >= RANDOM_ENTROPY
  return isRandom ? found('', '', 'unknown') : found('')
}
