// Messages of the kernel about its own rules, as bytes of the documented layouts, and a real socket that hears of nothing else.
import { describe, expect, test } from 'vitest'
import { parseConfigChange, parseNewGeneration, watchKernelRules } from './kernel-rules.ts'

const isRoot = process.geteuid?.() === 0

function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc((4 + value.length + 3) & ~3)
  bytes.writeUInt16LE(4 + value.length, 0)
  bytes.writeUInt16LE(type, 2)
  value.copy(bytes, 4)
  return bytes
}

function message(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt32LE(16 + body.length, 0)
  head.writeUInt16LE(type, 4)
  return Buffer.concat([head, body])
}
const GENMSG = Buffer.alloc(4)
const big = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const NEWGEN = 0x0a0f

describe('a new generation of packet filter rules', () => {
  test('names the process that made it', () => {
    expect(parseNewGeneration(message(NEWGEN, Buffer.concat([GENMSG, attribute(1, big(7)), attribute(2, big(4711)), attribute(3, Buffer.from('nft\0'))])))).toEqual({ pid: 4711, name: 'nft' })
  })
  test('says nothing of a process where the kernel does not', () => {
    expect(parseNewGeneration(message(NEWGEN, Buffer.concat([GENMSG, attribute(1, big(7))])))).toEqual({})
  })
  test('is no other message, and no piece of one', () => {
    expect(parseNewGeneration(message(0x0a00, GENMSG))).toBeUndefined()
    expect(parseNewGeneration(Buffer.alloc(3))).toBeUndefined()
  })
  test('attributes that lie about their length end the reading', () => {
    const lying = attribute(2, big(1))
    lying.writeUInt16LE(60_000, 0)
    expect(parseNewGeneration(message(NEWGEN, Buffer.concat([GENMSG, lying])))).toEqual({})
    lying.writeUInt16LE(0, 0)
    expect(parseNewGeneration(message(NEWGEN, Buffer.concat([GENMSG, lying])))).toEqual({})
  })
})

describe('a changed configuration of the audit', () => {
  test('names who had signed in', () => {
    expect(parseConfigChange(message(1305, Buffer.from('audit(1700000000.123:42): op=set audit_enabled=0 old=1 auid=1000 ses=3 res=1')))).toEqual({ loginUid: 1000 })
  })
  test('names nobody where nobody had', () => {
    expect(parseConfigChange(message(1305, Buffer.from('audit(1.2:3): op=set audit_enabled=0 old=1 auid=4294967295 ses=4294967295 res=1')))).toEqual({})
  })
  test('is no other record', () => {
    expect(parseConfigChange(message(1300, Buffer.from('audit(1.2:3): arch=c000003e syscall=257')))).toBeUndefined()
  })
})

describe.skipIf(!isRoot || process.platform !== 'linux')('a real socket (skipped without root)', () => {
  test('opens for packet filters, stays silent, and is gone with its signal', async () => {
    const stop = new AbortController()
    const told: unknown[] = []
    watchKernelRules('packet_filter', (changer) => told.push(changer), stop.signal)
    await new Promise((resolve) => setTimeout(resolve, 50))
    stop.abort()
    expect(told).toEqual([])
  })
})
