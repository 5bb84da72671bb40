// The lines of a byte stream in bounded memory, with their numbers.
import { isUtf8 } from 'node:buffer'

/** Longest line that is read; an activity's encoded form is at most 64 KiB. */
export const MAX_LINE_BYTES = 1024 * 1024
const LF = 0x0a
const CR = 0x0d

export interface Line {
  /** From 1. */
  readonly number: number
  /** Absent when the line is too long or not UTF-8; problem says which. */
  readonly text?: string
  readonly problem?: string
}

function toLine(number: number, bytes: Buffer, tooLong: boolean): Line | undefined {
  if (tooLong) return { number, problem: `is longer than ${MAX_LINE_BYTES} bytes` }
  const start = number === 1 && bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const end = bytes.length > start && bytes[bytes.length - 1] === CR ? bytes.length - 1 : bytes.length
  if (end === start) return undefined
  return isUtf8(bytes.subarray(start, end)) ? { number, text: bytes.toString('utf8', start, end) } : { number, problem: 'is not UTF-8' }
}

/** Groups of lines as they arrive; empty lines are left out, their numbers count. */
export async function* readLines(source: AsyncIterable<Buffer | string>): AsyncGenerator<readonly Line[]> {
  let number = 1
  let rest: Buffer[] = []
  let restBytes = 0
  let tooLong = false
  const keep = (part: Buffer): void => {
    if (tooLong || restBytes + part.length > MAX_LINE_BYTES) {
      tooLong = true
      rest = []
      restBytes = 0
    } else if (part.length > 0) {
      rest.push(part)
      restBytes += part.length
    }
  }
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    const group: Line[] = []
    let from = 0
    for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, from)) {
      keep(bytes.subarray(from, at))
      const line = toLine(number, rest.length === 1 && rest[0] !== undefined ? rest[0] : Buffer.concat(rest), tooLong)
      if (line !== undefined) group.push(line)
      rest = []
      restBytes = 0
      tooLong = false
      number += 1
      from = at + 1
    }
    keep(bytes.subarray(from))
    yield group
  }
  const last = toLine(number, Buffer.concat(rest), tooLong)
  if (last !== undefined) yield [last]
}
