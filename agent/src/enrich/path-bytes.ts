// File names are bytes. A name that is not UTF-8 is carried with each odd byte as U+DC80..U+DCFF (the rule of PEP 383),
// so that the file can still be opened; what leaves the device shows `\xHH` in its place.

import { isUtf8 } from 'node:buffer'

const ODD = /[\udc80-\udcff]/
const PAIRED = /[\ud800-\udbff][\udc00-\udfff]/g

const sequenceLength = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0
  if (length === 0 || at + length > bytes.length) return 0
  // Overlong forms and surrogates have the right length and are no UTF-8 all the same.
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0
}

/** @returns the path as text; every byte that is not part of UTF-8 becomes one lone surrogate */
export function pathOfBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  let path = ''
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at)
    path += length === 0 ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) : bytes.toString('utf8', at, at + length)
    at += length === 0 ? 1 : length
  }
  return path
}

const hasOddBytes = (path: string): boolean => ODD.test(path) && ODD.test(path.replace(PAIRED, ''))

/** The path as the file system takes it. */
export function bytesOfPath(path: string): string | Buffer {
  if (!hasOddBytes(path)) return path
  return Buffer.concat(Array.from(path, (character) => {
    const code = character.length === 1 ? character.charCodeAt(0) : 0
    return code >= 0xdc80 && code <= 0xdcff ? Buffer.from([code - 0xdc00]) : Buffer.from(character)
  }))
}

/** The path as it leaves the device: valid text, each odd byte as `\xHH`. */
export const printablePath = (path: string): string =>
  hasOddBytes(path) ? Array.from(path, (character) => (character.length === 1 && ODD.test(character) ? `\\x${(character.charCodeAt(0) - 0xdc00).toString(16)}` : character)).join('') : path
