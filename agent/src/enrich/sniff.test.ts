import { hash } from 'node:crypto'
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

describe('files under a key', () => {
  /** Looks random, and is the same in every run. */
  const random = Buffer.concat(Array.from({ length: 128 }, (_, index) => Buffer.from(hash('sha256', `block ${index}`), 'hex')))
  const type = (head: Buffer, path: string): string => sniff(head, head, path).mimeType

  it('are known by what they say of themselves, whatever they are called', () => {
    const heads = [Buffer.from('Salted__12345678'), Buffer.from('age-encryption.org/v1\n-> X25519'), Buffer.from('-----BEGIN PGP MESSAGE-----\n'), Buffer.from('LUKS\xba\xbe\0\x02', 'latin1')]
    expect(heads.map((head) => sniff(head, head, '/a/notes.txt'))).toEqual(['application/x-openssl-salted', 'application/x-age', 'application/pgp-encrypted', 'application/x-luks'].map((mimeType) => ({ mimeType, encrypted: true })))
    expect(isArchive('/a/notes.txt', 'application/x-age')).toBe(true)
  })

  it('are known by a name that means a key, where the content is random or OpenPGP', () => {
    const pgp = [Buffer.from('8c0d0409030a', 'hex'), Buffer.from('85020c03', 'hex'), Buffer.from('c30d04', 'hex')]
    expect(pgp.map((head) => type(head, '/a/b.gpg'))).toEqual(['application/pgp-encrypted', 'application/pgp-encrypted', 'application/pgp-encrypted'])
    expect(type(random, '/a/passwd.cpt')).toBe('application/x-encrypted')
  })

  it('are not what is only random, only so called, or too short to tell', () => {
    expect(type(random, '/a/photo.jpg')).toBe('')
    expect(type(Buffer.from('a painting '.repeat(200)), '/a/b.cpt')).toBe('')
    expect(type(random.subarray(0, 100), '/a/b.cpt')).toBe('')
    expect(type(Buffer.from('#!/bin/sh\n'.repeat(99)), '/a/b.enc')).toBe('')
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
