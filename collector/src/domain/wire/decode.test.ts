import { ACTIVITY_KINDS, activityKinds, MAX_ACTIVITY_BYTES, MAX_BATCH_ACTIVITIES, MAX_BATCH_BYTES, wire } from '@holdfast/proto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeActivity, encodeBatch, EPOCH, MONDAY_MS } from '../../testing/builders.ts'
import { decodeActivity, decodeBatch, Refusal, type RefusalReason } from './decode.ts'

const reasonOf = (work: () => unknown): RefusalReason | 'nothing' => {
  try {
    work()
    return 'nothing'
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
}
const activity = (body: Uint8Array) => decodeActivity(body, `d_1.${EPOCH}.1`, 'd_1')

/** A protobuf length-delimited field by hand. */
const field = (number: number, bytes: Uint8Array): Uint8Array => {
  const varint: number[] = []
  for (let rest = bytes.length; ; rest >>>= 7) {
    if (rest < 128) {
      varint.push(rest)
      break
    }
    varint.push((rest & 127) | 128)
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...varint]), bytes])
}

describe('bytes that no agent sends', () => {
  test('any bytes are an activity or a refusal, never another failure', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(['nothing', 'DECODE_FAILED', 'KIND_UNKNOWN', 'TIME_INVALID', 'NUMBER_INVALID', 'TEXT_TOO_LONG', 'ACTIVITY_TOO_LARGE']).toContain(reasonOf(() => activity(bytes)))
      expect(typeof reasonOf(() => decodeBatch(bytes))).toBe('string')
    }), { numRuns: 3000 })
  })
  test('a good activity with flipped, cut or doubled bytes is one or the other too', () => {
    const good = encodeActivity()
    fc.assert(fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, cut) => {
      const bytes = Buffer.concat([good, good.subarray(0, cut)])
      bytes[at] = value
      expect(typeof reasonOf(() => activity(bytes))).toBe('string')
      expect(typeof reasonOf(() => decodeBatch(encodeBatch(1, [bytes, good]).subarray(0, bytes.length + at)))).toBe('string')
    }), { numRuns: 3000 })
  })
  test('a length that runs past the end is refused without taking the memory that it asks for', () => {
    expect(reasonOf(() => activity(Buffer.from([0x1a, 0xff, 0xff, 0xff, 0xff, 0x0f])))).toBe('DECODE_FAILED')
    expect(reasonOf(() => decodeBatch(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])))).toBe('DECODE_FAILED')
  })
  test('groups nested ten thousand deep are refused and the stack stays whole', () => {
    expect(reasonOf(() => activity(Buffer.alloc(10_000, (15 << 3) | 3)))).toBe('DECODE_FAILED')
  })
  test('text that is not UTF-8 is refused', () => {
    expect(reasonOf(() => activity(Buffer.concat([encodeActivity(), field(3, field(1, Buffer.from([0xff, 0xfe, 0xc0, 0x80])))])))).toBe('DECODE_FAILED')
  })
})

describe('limits come before belief', () => {
  test('an activity may be as large as the limit and not a byte more', () => {
    const padded = (length: number) => Buffer.concat([encodeActivity(), field(200, Buffer.alloc(length))])
    const room = MAX_ACTIVITY_BYTES - padded(60_000).length + 60_000
    expect(padded(room).length).toBe(MAX_ACTIVITY_BYTES)
    expect(reasonOf(() => activity(padded(room)))).toBe('nothing')
    expect(reasonOf(() => activity(padded(room + 1)))).toBe('ACTIVITY_TOO_LARGE')
    expect(reasonOf(() => activity(new Uint8Array()))).toBe('ACTIVITY_TOO_LARGE')
  })
  test('a batch has at most its bytes and its number of activities', () => {
    const small = encodeActivity()
    expect(decodeBatch(encodeBatch(1, Array.from({ length: MAX_BATCH_ACTIVITIES }, () => small))).bodies.length).toBe(MAX_BATCH_ACTIVITIES)
    expect(reasonOf(() => decodeBatch(encodeBatch(1, Array.from({ length: MAX_BATCH_ACTIVITIES + 1 }, () => small))))).toBe('TOO_MANY')
    expect(reasonOf(() => decodeBatch(new Uint8Array(MAX_BATCH_BYTES + 65 * 1024)))).toBe('TOO_LARGE')
    expect(reasonOf(() => decodeBatch(encodeBatch(0, [], { gaps: Array.from({ length: 1001 }, () => ({ firstSeq: 1, lastSeq: 1, reason: 'spool_full' })) })))).toBe('TOO_MANY')
  })
  test('a path may be as long as paths are, and an endless one is refused', () => {
    const copy = (length: number) => encodeActivity({ detail: { destination: { path: 'x'.repeat(length), location: 2 } } })
    expect(activity(copy(8192)).file?.path.length).toBe(8192)
    expect(reasonOf(() => activity(copy(8193)))).toBe('TEXT_TOO_LONG')
  })
})

describe('numbers that cannot be counted on', () => {
  const max = Number.MAX_SAFE_INTEGER
  test.each([['0', 0, 1], ['beyond the exact numbers', max + 2, 1], ['so high that the last one is', max, 2]])('a first number that is %s is refused', (_, firstSeq, count) => {
    expect(['SEQ_INVALID', 'NUMBER_INVALID']).toContain(reasonOf(() => decodeBatch(encodeBatch(firstSeq, Array.from({ length: count }, () => encodeActivity())))))
  })
  test('a batch of gaps alone needs no first number', () => {
    expect(decodeBatch(encodeBatch(0, [], { gaps: [{ firstSeq: 3, lastSeq: 9, reason: 'spool_full' }] })).gaps).toEqual([{ epoch: EPOCH, firstSeq: 3, lastSeq: 9, reason: 'spool_full', atMs: 0 }])
  })
  test.each([{ firstSeq: 0, lastSeq: 1, reason: 'x' }, { firstSeq: 2, lastSeq: 1, reason: 'x' }, { firstSeq: 1, lastSeq: 1, reason: '' }, { firstSeq: 1, lastSeq: 1, reason: 'Not A Code' }, { firstSeq: 1, lastSeq: 1, reason: 'x', epoch: 'E' }])('the gap %j is refused', (gap) => {
    expect(reasonOf(() => decodeBatch(encodeBatch(0, [], { gaps: [gap] })))).toBe('GAP_INVALID')
  })
  test.each(['', 'e'.repeat(31), 'E'.repeat(32), 'g'.repeat(32), `${'e'.repeat(32)}\n`])('the epoch %j is refused', (epoch) => {
    expect(reasonOf(() => decodeBatch(encodeBatch(1, [encodeActivity()], { epoch })))).toBe('EPOCH_INVALID')
  })
  test('a size beyond the exact numbers is refused', () => {
    expect(reasonOf(() => activity(encodeActivity({ detail: { destination: { path: '/x', sizeBytes: 2 ** 60, location: 2 } } })))).toBe('NUMBER_INVALID')
  })
  test('an activity without a time, or before 1970, is refused', () => {
    expect(reasonOf(() => activity(wire.Activity.encode({ fileCopied: {} }).finish()))).toBe('TIME_INVALID')
    expect(reasonOf(() => activity(wire.Activity.encode({ occurredAt: { seconds: -5 }, fileCopied: {} }).finish()))).toBe('TIME_INVALID')
    expect(reasonOf(() => activity(wire.Activity.encode({ occurredAt: { seconds: 5 } }).finish()))).toBe('KIND_UNKNOWN')
  })
})

describe('what is taken', () => {
  test('every kind is mapped, also with nothing in it', () => {
    for (const kind of ACTIVITY_KINDS) {
      const read = activity(encodeActivity({ kind, detail: {} }))
      expect(read.kind).toBe(kind)
      expect(read.occurredAtMs).toBe(MONDAY_MS)
      expect(activityKinds[read.kind].number).toBeGreaterThan(9)
    }
  })
  test('a copy says from where, to where, how much and on which medium', () => {
    const read = activity(encodeActivity({ detail: { destination: { path: '/media/s/a', sizeBytes: 7, location: 2, sha256: 'ab' }, source: { path: '/home/alice/a', location: 1 }, media: { vendor: 'SanDisk', serial: '1' }, findings: [{ type: 'iban', count: 3, confidence: 250 }] } }))
    expect(read).toMatchObject({ account: 'alice', attribution: 'process', file: { path: '/media/s/a', sizeBytes: 7, location: 'removable', sha256: 'ab' }, source: { path: '/home/alice/a', location: 'local' }, media: { vendor: 'SanDisk', serial: '1' }, findings: [{ type: 'iban', count: 3, confidence: 100 }] })
  })
  test('what inspection found comes with the file, whatever the activity is, and a copy keeps its label', () => {
    const content = { state: 'partial', findings: [{ type: 'payment_card', count: 2, confidence: 85 }], label: 'Secret', labelId: 'x', language: 'go' }
    expect(activity(encodeActivity({ kind: 'file_read_by_transfer_tool', detail: { file: { path: '/h/a', content }, tool: 'curl' } }))).toMatchObject({ findings: [{ type: 'payment_card', count: 2, confidence: 85 }], detail: { tool: 'curl', label: 'Secret', sourceCode: 'go', contentState: 'partial' } })
    expect(activity(encodeActivity({ detail: { destination: { path: '/m/a', content: { ...content, state: 'complete' } }, sensitivityLabel: 'Secret' } }))).toMatchObject({ findings: [{ type: 'payment_card' }], detail: { label: 'Secret', sourceCode: 'go' } })
  })
  test('a print job says what, where and how often; a read that may be an upload says so, and what kind of program it was', () => {
    const at = { seconds: 1_700_000_000 }
    const encode = (more: wire.Activity.$Properties): Uint8Array => wire.Activity.encode({ occurredAt: at, observedAt: at, sensor: 'x', ...more }).finish()
    expect(activity(encode({ filePrinted: { printer: 'floor-2', document: 'plans.pdf', pages: 4, copies: 3, printerKind: 'network', printerHost: 'p.example.org', jobState: 'completed', fileKnownBy: 'name', sizeBytes: 9000, file: { path: '/home/a/plans.pdf', sizeBytes: 8000 } } }))).toMatchObject({
      kind: 'file_printed', file: { path: '/home/a/plans.pdf', sizeBytes: 8000 }, detail: { printer: 'floor-2', document: 'plans.pdf', pages: 4, copies: 3, printerKind: 'network', printerHost: 'p.example.org', jobState: 'completed', fileKnownBy: 'name', printedBytes: 9000 },
    })
    expect(activity(encode({ actor: { process: { pid: 1, name: 'chromium', programClass: 'browser' } }, fileReadByTransferTool: { tool: 'chromium', possible: true } }))).toMatchObject({ process: { programClass: 'browser' }, detail: { tool: 'chromium', possible: true } })
    expect(activity(encode({ fileReadByTransferTool: { tool: 'scp', destination: 'h' } })).detail).toEqual({ tool: 'scp', destination: 'h' })
  })
  test('an enum value of a newer agent is unknown and no failure', () => {
    expect(activity(encodeActivity({ detail: { destination: { path: '/x', location: 77 } } })).file?.location).toBe('unknown')
  })
})
