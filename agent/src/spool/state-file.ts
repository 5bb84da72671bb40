// spool.state: what must be known of the spool when its database is gone, rolled back or unreadable.
//
// Two slots of 512 bytes (at 0 and 4096), written in turn, each `crc32-hex json` padded with blanks. The valid slot with
// the higher turn counts, so a torn write leaves the one before. It is written before each commit (intendedSeq) and after
// the last one of a burst (committedSeq), synced only when an epoch begins or the spool is closed. Therefore:
//   process killed   database.lastSeq >= committedSeq, and nothing above intendedSeq was ever promised
//   power lost       the same, from some moments before: the database is synced first, this file later
// A database whose last number is below committedSeq is an older copy.
import { constants, writeSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

const SLOT_BYTES = 512
const SLOT_AT = [0, 4096] as const

export interface SpoolState {
  readonly ordinal: number
  readonly epoch: string
  readonly committedSeq: number
  readonly intendedSeq: number
  readonly ackedSeq: number
}

interface Slot extends SpoolState {
  readonly turn: number
}

export interface StateFile {
  /** What stood there when it was opened; undefined when there was none, or neither slot is whole. */
  readonly before: SpoolState | undefined
  /** Half a kibibyte into the page cache, at once: a trip through the thread pool costs ten times as much. @throws the error of write(2) */
  write(state: SpoolState): void
  sync(): Promise<void>
  close(): Promise<void>
}

const natural = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

function parseSlot(bytes: Uint8Array): Slot | undefined {
  const text = Buffer.from(bytes).toString('latin1').trimEnd()
  const json = text.slice(9)
  if (text.slice(0, 8) !== crc32(json).toString(16).padStart(8, '0')) return undefined
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { turn, ordinal, epoch, committedSeq, intendedSeq, ackedSeq } = value as Record<string, unknown>
  if (!natural(turn) || !natural(ordinal) || !natural(committedSeq) || !natural(intendedSeq) || !natural(ackedSeq) || typeof epoch !== 'string' || !/^[0-9a-f]{32}$/.test(epoch)) return undefined
  return { turn, ordinal, epoch, committedSeq, intendedSeq, ackedSeq }
}

function formatSlot(slot: Slot): Buffer {
  const json = JSON.stringify(slot)
  return Buffer.from(`${crc32(json).toString(16).padStart(8, '0')} ${json}`.padEnd(SLOT_BYTES - 1) + '\n', 'latin1')
}

async function readSlots(file: FileHandle): Promise<Slot | undefined> {
  const slots: Slot[] = []
  for (const at of SLOT_AT) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SLOT_BYTES), 0, SLOT_BYTES, at)
    const slot = parseSlot(buffer.subarray(0, bytesRead))
    if (slot !== undefined) slots.push(slot)
  }
  return slots.toSorted((a, b) => b.turn - a.turn)[0]
}

/** Opens or makes the file, 0600. */
export async function openStateFile(path: string): Promise<StateFile> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
  const slot = await readSlots(file)
  let turn = slot?.turn ?? 0
  const write = (state: SpoolState): void => {
    turn += 1
    writeSync(file.fd, formatSlot({ turn, ordinal: state.ordinal, epoch: state.epoch, committedSeq: state.committedSeq, intendedSeq: state.intendedSeq, ackedSeq: state.ackedSeq }), 0, SLOT_BYTES, SLOT_AT[turn % 2])
  }
  return { before: slot, write, sync: () => file.datasync(), close: () => file.close() }
}
