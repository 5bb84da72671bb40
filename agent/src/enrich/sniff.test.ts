import { describe, expect, it } from 'vitest'
import { isArchive, sniff } from './sniff.ts'

const zip = (flags: number): Buffer => {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(flags, 6)
  return header
}

describe('what a file is by its first bytes', () => {
  it('is told for archives', () => {
    const tar = Buffer.alloc(512)
    tar.write('ustar', 257)
    const types = [zip(0), Buffer.from('377abcaf271c', 'hex'), Buffer.from('526172211a0701', 'hex'), Buffer.from('1f8b08', 'hex'), Buffer.from('BZh9'), Buffer.from('fd377a585a00', 'hex'), Buffer.from('28b52ffd', 'hex'), tar]
    expect(types.map((head) => sniff(head, head).mimeType)).toEqual(['application/zip', 'application/x-7z-compressed', 'application/vnd.rar', 'application/gzip', 'application/x-bzip2', 'application/x-xz', 'application/zstd', 'application/x-tar'])
  })

  it('stays empty for what is too short or unknown', () => {
    expect(sniff(Buffer.alloc(0), Buffer.alloc(0))).toEqual({ mimeType: '', encrypted: false })
    expect(sniff(Buffer.from('hello'), Buffer.from('hello')).mimeType).toBe('')
  })
})

describe('archives with a password', () => {
  it('are known by the flag of the first or of a later entry of a zip', () => {
    const central = Buffer.concat([zip(0), Buffer.from('PK\x01\x02\0\0\0\0\x01\0', 'latin1')])
    expect(sniff(zip(1), zip(1)).encrypted).toBe(true)
    expect(sniff(central, central).encrypted).toBe(true)
    expect(sniff(zip(8), zip(8)).encrypted).toBe(false)
  })

  it('are known by the cipher of a 7z header and by the headers of both RAR versions', () => {
    const seven = Buffer.concat([Buffer.from('377abcaf271c', 'hex'), Buffer.alloc(40), Buffer.from('06f10701', 'hex')])
    const rar5 = Buffer.from('526172211a0701000000000004', 'hex')
    const rar4 = Buffer.from('526172211a0700cf907380', 'hex')
    expect([seven, Buffer.concat([rar5.subarray(0, 13), Buffer.from([4])]), rar4].map((bytes) => sniff(bytes, bytes).encrypted)).toEqual([true, true, true])
  })
})

describe('an archive', () => {
  it('under the name of something else is one all the same, and a document that is a zip is none', () => {
    expect(['/h/film.raw', '/h/photo.JPG', '/h/notes', '/h/x.zip'].map((path) => isArchive(path, 'application/zip'))).toEqual([true, true, true, true])
    expect(['/h/a.docx', '/h/a.jar', '/h/a.apk', '/h/a.epub', '/h/.config'].map((path) => isArchive(path, 'application/zip'))).toEqual([false, false, false, false, false])
    expect(isArchive('/h/photo.jpg', '')).toBe(false)
  })

  it('needs both the name and the content', () => {
    expect(isArchive('/a/b.zip', 'application/zip')).toBe(true)
    expect(isArchive('/a/b.TAR.GZ', 'application/gzip')).toBe(true)
    expect(isArchive('/a/letter.docx', 'application/zip')).toBe(false)
    expect(isArchive('/a/b.zip', '')).toBe(false)
  })
})
