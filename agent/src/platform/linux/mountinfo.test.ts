import { describe, expect, test } from 'vitest'
import { parseMountInfo, unescapeOctal } from './mountinfo.ts'

describe('a table as the kernel writes it', () => {
  test('mounts keep their order, and optional fields before the dash are skipped', () => {
    const table = '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro\n90 22 8:17 / /media/alice/STICK rw,nosuid,nodev shared:5 master:2 - vfat /dev/sdb1 rw,uid=1000\n'
    expect(parseMountInfo(table)).toEqual([
      { id: 22, device: '8:1', root: '/', mountPoint: '/', options: 'rw,relatime', fileSystem: 'ext4', source: '/dev/sda1', superOptions: 'rw,errors=remount-ro' },
      { id: 90, device: '8:17', root: '/', mountPoint: '/media/alice/STICK', options: 'rw,nosuid,nodev', fileSystem: 'vfat', source: '/dev/sdb1', superOptions: 'rw,uid=1000' },
    ])
  })

  test('a mount without a source has an empty one', () => {
    expect(parseMountInfo('30 22 0:26 / /run rw - tmpfs  rw\n')[0]).toMatchObject({ source: '', fileSystem: 'tmpfs' })
  })
})

describe('names that a hostile person chose', () => {
  test('spaces, tabs, newlines, backslashes and bytes of UTF-8 come back as they were', () => {
    const line = String.raw`90 22 8:17 / /media/MY\040STICK\011a\012b\134c\303\244 rw - vfat /dev/sdb1 rw`
    expect(parseMountInfo(line)[0]?.mountPoint).toBe('/media/MY STICK\ta\nb\\cä')
  })

  test('a mount point that looks like the dash between the halves stays one name', () => {
    expect(parseMountInfo(String.raw`90 22 8:17 / /media/a\040-\040b rw - vfat /dev/sdb1 rw`)[0]).toMatchObject({ mountPoint: '/media/a - b', fileSystem: 'vfat' })
  })

  test('lines that are no mounts are left out, whatever stands in them', () => {
    expect(parseMountInfo('\n - \nnonsense\n1 2 3\n1 2 3 4 5\n1 2 8:1 / /x rw\n - - - - - - -\n\0\uFFFD')).toEqual([])
  })

  test('a backslash that begins no escape stands for itself', () => {
    expect(unescapeOctal(String.raw`a\9b\04`)).toBe(String.raw`a\9b\04`)
  })
})
