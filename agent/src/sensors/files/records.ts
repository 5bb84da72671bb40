// Records of fanotify as read(2) gives them (fanotify(7), linux/fanotify.h), little and big endian alike by the host's order.
//
//   u32 event_len  u8 vers  u8  u16 metadata_len  u64 mask  s32 fd  s32 pid
//   then, up to event_len:  u8 type  u8  u16 len  ...
//     type 2 DFID_NAME, 10 OLD_DFID_NAME, 12 NEW_DFID_NAME:  fsid 8  u32 handle_bytes  s32 handle_type  handle  name NUL
//     type 1 FID, 3 DFID: the same without a name
//
// Events of one file by one process that nobody has read yet are merged: a mask may say CREATE and CLOSE_WRITE at once.
import { endianness } from 'node:os'
import { pathOfBytes } from '../../enrich/path-bytes.ts'

export const event = {
  closeWrite: 0x8,
  movedFrom: 0x40,
  movedTo: 0x80,
  create: 0x100,
  delete: 0x200,
  openExec: 0x1000,
  overflow: 0x4000,
  rename: 0x10000000,
  onDirectory: 0x40000000,
} as const

/** A file handle of open_by_handle_at(2); `key` stands for file system, type and handle. */
export interface Handle {
  readonly key: string
  /** 16 hex digits of the file system's id. */
  readonly fsid: string
  /** `struct file_handle`: u32 bytes, s32 type, handle. */
  readonly bytes: Buffer
}

export interface NotificationRecord {
  readonly mask: number
  readonly pid: number
  /** Of an event without handles (fd mode); -1 otherwise. */
  readonly fd: number
  readonly folder?: Handle
  readonly name?: string
  /** Where a rename went; `folder` and `name` say where it came from. */
  readonly newFolder?: Handle
  readonly newName?: string
  /** The file or folder itself. */
  readonly target?: Handle
}

const METADATA_BYTES = 24
const INFO_FID = 1
const INFO_DFID_NAME = 2
const INFO_DFID = 3
const INFO_OLD_DFID_NAME = 10
const INFO_NEW_DFID_NAME = 12
const little = endianness() === 'LE'

const u16 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt16LE(at) : buffer.readUInt16BE(at))
const u32 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at))
const s32 = (buffer: Buffer, at: number): number => (little ? buffer.readInt32LE(at) : buffer.readInt32BE(at))

function handleAt(buffer: Buffer, at: number, end: number): { readonly handle: Handle; readonly next: number } | undefined {
  if (at + 16 > end) return undefined
  const next = at + 16 + u32(buffer, at + 8)
  if (next > end) return undefined
  // A view: whoever keeps it longer than the read buffer copies it.
  return { handle: { key: buffer.toString('latin1', at, next), fsid: buffer.toString('hex', at, at + 8), bytes: buffer.subarray(at + 8, next) }, next }
}

function nameAt(buffer: Buffer, at: number, end: number): string {
  const nul = buffer.indexOf(0, at)
  return pathOfBytes(buffer.subarray(at, nul < 0 || nul > end ? end : nul))
}

type Info = { -readonly [K in 'folder' | 'name' | 'newFolder' | 'newName' | 'target']?: NotificationRecord[K] }

function readInfo(buffer: Buffer, type: number, at: number, end: number, into: Info): void {
  const found = handleAt(buffer, at, end)
  if (found === undefined) return
  if (type === INFO_FID) into.target = found.handle
  else if (type === INFO_DFID) into.folder = found.handle
  else if (type === INFO_NEW_DFID_NAME) {
    into.newFolder = found.handle
    into.newName = nameAt(buffer, found.next, end)
  } else if (type === INFO_DFID_NAME || type === INFO_OLD_DFID_NAME) {
    into.folder = found.handle
    into.name = nameAt(buffer, found.next, end)
  }
}

/**
 * @param buffer what one read gave; handles in the result are views of it
 * @returns the records in order; a record that does not fit ends the list
 */
export function parseRecords(buffer: Buffer): readonly NotificationRecord[] {
  const records: NotificationRecord[] = []
  for (let at = 0; at + METADATA_BYTES <= buffer.length;) {
    const length = u32(buffer, at)
    if (length < METADATA_BYTES || at + length > buffer.length) break
    const info: Info = {}
    for (let part = at + u16(buffer, at + 6); part + 4 <= at + length;) {
      const partLength = u16(buffer, part + 2)
      if (partLength < 4 || part + partLength > at + length) break
      readInfo(buffer, buffer[part] ?? 0, part + 4, part + partLength, info)
      part += partLength
    }
    // The upper half of the mask is not used by any kernel.
    records.push({ mask: u32(buffer, little ? at + 8 : at + 12), fd: s32(buffer, at + 16), pid: s32(buffer, at + 20), ...info })
    at += length
  }
  return records
}
