import { describe, expect, it } from 'vitest'
import { bytesOfPath, pathOfBytes, printablePath } from './path-bytes.ts'

describe('names that are not UTF-8', () => {
  it('survive the way to text and back, byte for byte', () => {
    for (const bytes of [Buffer.from('plain/ä/€/😀'), Buffer.from([0x61, 0xff, 0x62]), Buffer.from([0xc3]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('caf\xe9.txt', 'latin1'), Buffer.from([0xf0, 0x9f, 0x98, 0x80, 0x80])]) {
      expect(Buffer.from(bytesOfPath(pathOfBytes(bytes)))).toEqual(bytes)
    }
  })

  it('keep a replacement character that really stands in the name', () => {
    expect(pathOfBytes(Buffer.from('a\ufffdb'))).toBe('a\ufffdb')
  })

  it('leave the device as text that shows each odd byte', () => {
    expect(printablePath(pathOfBytes(Buffer.from('caf\xe9.txt', 'latin1')))).toBe('caf\\xe9.txt')
    expect(printablePath('😀/ok')).toBe('😀/ok')
  })
})
