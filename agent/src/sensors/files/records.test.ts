import { describe, expect, it } from 'vitest'
import { event, parseRecords } from './records.ts'

/** Builds records as the kernel does, on a little-endian host. */
const info = (type: number, fsid: string, handle: string, name?: string): Buffer => {
  const body = Buffer.concat([Buffer.from(fsid, 'hex'), Buffer.alloc(8), Buffer.from(handle, 'hex'), ...(name === undefined ? [] : [Buffer.from(`${name}\0`, 'latin1')])])
  body.writeUInt32LE(handle.length / 2, 8)
  body.writeInt32LE(1, 12)
  const padded = Buffer.concat([Buffer.alloc(4), body, Buffer.alloc((4 - (body.length % 4)) % 4)])
  padded[0] = type
  padded.writeUInt16LE(padded.length, 2)
  return padded
}
const record = (mask: number, pid: number, infos: readonly Buffer[]): Buffer => {
  const head = Buffer.alloc(24)
  const whole = Buffer.concat([head, ...infos])
  whole.writeUInt32LE(whole.length, 0)
  whole[4] = 3
  whole.writeUInt16LE(24, 6)
  whole.writeUInt32LE(mask, 8)
  whole.writeInt32LE(-1, 16)
  whole.writeInt32LE(pid, 20)
  return whole
}
const FSID = '0102030405060708'

describe('records of the kernel', () => {
  it('are taken apart: several in one read, each with its folder, name and target', () => {
    const found = parseRecords(Buffer.concat([
      record(event.create | event.closeWrite, 42, [info(2, FSID, 'aabbccdd11223344', 'report.txt'), info(1, FSID, '99')]),
      record(event.delete | event.onDirectory, 43, [info(2, FSID, 'aabb', 'old')]),
    ]))
    expect(found).toHaveLength(2)
    expect(found[0]).toMatchObject({ mask: 0x108, pid: 42, fd: -1, name: 'report.txt', folder: { fsid: FSID }, target: { fsid: FSID } })
    expect(found[0]?.folder?.bytes.toString('hex')).toBe('0800000001000000aabbccdd11223344')
    expect(found[0]?.folder?.key).not.toBe(found[1]?.folder?.key)
    expect(found[1]).toMatchObject({ mask: 0x40000200, pid: 43, name: 'old' })
  })

  it('of a rename carry both names', () => {
    const [found] = parseRecords(record(event.rename, 7, [info(10, FSID, 'aa', 'draft.docx'), info(12, FSID, 'bb', 'song.mp3')]))
    expect(found).toMatchObject({ name: 'draft.docx', newName: 'song.mp3' })
    expect(found?.folder?.key).not.toBe(found?.newFolder?.key)
  })

  it('keep the odd bytes of a name', () => {
    expect(parseRecords(record(event.create, 7, [info(2, FSID, 'aa', 'caf\xe9')]))[0]?.name).toBe('caf\udce9')
  })

  it('of an overflow have no folder', () => {
    expect(parseRecords(record(event.overflow, 0, []))).toEqual([{ mask: event.overflow, pid: 0, fd: -1 }])
  })
})

describe('bytes that are no records', () => {
  it('end the list without reading past it', () => {
    const good = record(event.create, 1, [info(2, FSID, 'aa', 'a')])
    expect(parseRecords(Buffer.concat([good, good.subarray(0, 30)]))).toHaveLength(1)
    expect(parseRecords(Buffer.alloc(64))).toEqual([])
    expect(parseRecords(Buffer.alloc(0))).toEqual([])
    for (let at = 0; at < good.length; at++) {
      const broken = Buffer.from(good)
      broken[at] = 0xff
      expect(parseRecords(broken).length).toBeLessThanOrEqual(1)
    }
  })
})
