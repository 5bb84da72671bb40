// Asks a file for its origin. Runs in the inspection child only, by its rules and with the acting user's rights.
import { closeSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import type Koffi from 'koffi'
import { cLibrary } from '../platform/linux/c-library.ts'
import { MAX_ORIGIN_BYTES, type Origin, originOfAttributes, originOfWhereFroms, originOfZoneIdentifier } from './origin.ts'

const WHERE_FROMS = 'com.apple.metadata:kMDItemWhereFroms'

type GetAttribute = (fd: number, name: string, value: Buffer, size: number) => number
let attribute: GetAttribute | undefined

/** Loaded with the first download: the child carries the library no earlier. */
function loadAttribute(): GetAttribute {
  if (attribute !== undefined) return attribute
  if (process.platform === 'darwin') {
    const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi
    const get = koffi.load('libSystem.B.dylib').func('long fgetxattr(int, const char *, void *, size_t, uint32_t, int)') as (fd: number, name: string, value: Buffer, size: number, position: number, options: number) => number
    attribute = (fd, name, value, size) => get(fd, name, value, size, 0, 0)
  } else attribute = cLibrary().library.func('long fgetxattr(int, const char *, void *, size_t)') as GetAttribute
  return attribute
}

function readAttribute(fd: number, name: string): Buffer | undefined {
  const value = Buffer.alloc(MAX_ORIGIN_BYTES)
  const length = loadAttribute()(fd, name, value, value.length)
  return length <= 0 ? undefined : value.subarray(0, length)
}

/** Of an open file. @returns undefined when it says nothing */
export function readOriginOf(fd: number, path: string): Origin | undefined {
  if (process.platform === 'linux') return originOfAttributes((name) => readAttribute(fd, name)?.toString('utf8').replace(/\0+$/, ''))
  if (process.platform === 'darwin') {
    const value = readAttribute(fd, WHERE_FROMS)
    return value === undefined ? undefined : originOfWhereFroms(value)
  }
  return readZone(path)
}

function readZone(path: string): Origin | undefined {
  let stream: number
  try {
    stream = openSync(`${path}:Zone.Identifier`, 'r')
  } catch {
    return undefined
  }
  try {
    const bytes = Buffer.alloc(MAX_ORIGIN_BYTES)
    return originOfZoneIdentifier(bytes.toString('utf8', 0, readSync(stream, bytes, 0, bytes.length, 0)))
  } finally {
    closeSync(stream)
  }
}
