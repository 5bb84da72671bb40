// One line of an activity file: protobuf's JSON form of an Activity, with an envelope around it.
//
//   { "device": "d_1", "seq": 7, "occurredAt": "2026-03-02T09:14:00Z", "actor": {...}, "fileCopied": {...} }
//
// Read strictly by the description of the .proto files: both spellings of a name (lowerCamelCase and snake_case), enums
// by name or number, 64-bit numbers as text or number, null for absent. A field that is not known is refused, because a
// misspelt one would quietly change a score. The form is documented in docs/reference/replay.md.
import { hash } from 'node:crypto'
import { isSubjectToken, wire } from '@holdfast/proto'
import { descriptor, type FieldDescription } from '@holdfast/proto/descriptor'
import { nearestWord } from '../../domain/policies/policy-document.ts'
import { decodeActivity, Refusal, type UnattributedActivity } from '../../domain/wire/decode.ts'

/** Why a line cannot be taken, in words for the person who made the file. */
export class BadLine extends Error {}

export interface ReplayLine {
  readonly activity: UnattributedActivity
  /** What the file says of the identity of this activity: its id or device and number; absent when it says nothing. */
  readonly key?: string
  /** First 12 bytes of the SHA-256 of the encoded activity. */
  readonly digest: Uint8Array
  /** The encoded activity. */
  readonly body: Uint8Array
}

type Reader = (value: unknown, where: string) => unknown

const bad = (where: string, what: string): never => {
  throw new BadLine(where === '' ? what : `${where} ${what}`)
}
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

const whole = (min: number, max: number): Reader => (value, where) => {
  const number = typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) return bad(where, 'must be a whole number within ±(2^53 - 1)')
  return number >= min && number <= max ? number : bad(where, `must lie between ${min} and ${max}`)
}

// RFC 3339, section 5.6. The leap second :60 has no place in a Unix time.
const INSTANT = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[Tt]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

const instant: Reader = (value, where) => {
  const parts = typeof value === 'string' ? INSTANT.exec(value) : null
  if (parts === null) return bad(where, 'must be an RFC 3339 time such as 2026-03-02T09:14:00Z')
  const [, date = '', time = '', fraction = '', zone = ''] = parts
  const ms = Date.parse(`${date}T${time}${zone.toUpperCase()}`)
  // Date.parse moves the 30th of February on to March.
  if (Number.isNaN(ms) || new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date) return bad(where, 'is not a day of the calendar')
  return { seconds: ms / 1000, nanos: Number(fraction.padEnd(9, '0')) }
}

const scalars: Readonly<Record<string, Reader>> = {
  string: (value, where) => (typeof value === 'string' ? value : bad(where, 'must be a text')),
  bool: (value, where) => (typeof value === 'boolean' ? value : bad(where, 'must be true or false')),
  uint32: whole(0, 0xffff_ffff),
  uint64: whole(0, Number.MAX_SAFE_INTEGER),
  sint64: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  Timestamp: instant,
}

const enumReader = (values: Readonly<Record<string, number>>): Reader => {
  const numbers = new Set(Object.values(values))
  const byName = new Map(Object.entries(values))
  return (value, where) => {
    if (typeof value === 'number') return numbers.has(value) ? value : bad(where, `must be one of ${[...numbers].join(', ')}`)
    if (typeof value !== 'string') return bad(where, 'must be the name or the number of a value')
    return byName.get(value) ?? bad(where, `has no value "${value}"; the nearest is "${nearestWord(value, [...byName.keys()]) ?? ''}"`)
  }
}

interface CompiledField {
  readonly jsonName: string
  readonly oneof: string
  readonly read: Reader
}

const compiled = new Map<string, Reader>()

/** The reader of a message, compiled once from its description. */
function messageReader(name: string): Reader {
  const known = compiled.get(name)
  if (known !== undefined) return known
  const fields = new Map<string, CompiledField>()
  const names: string[] = []
  const read: Reader = (value, where) => {
    if (!isObject(value)) return bad(where, 'must be an object')
    const out: Record<string, unknown> = {}
    let arm: string | undefined
    for (const key of Object.keys(value)) {
      const field = fields.get(key)
      const place = where === '' ? key : `${where}.${key}`
      if (field === undefined) return bad(place, `is not known; the nearest field is "${nearestWord(key, names) ?? ''}"`)
      const given = value[key]
      if (given === null) continue
      if (out[field.jsonName] !== undefined) return bad(place, `is there twice, also as "${field.jsonName}"`)
      if (field.oneof !== '') {
        if (arm !== undefined) return bad(place, `cannot stand beside "${arm}": a line is one activity`)
        arm = key
      }
      out[field.jsonName] = field.read(given, place)
    }
    return out
  }
  compiled.set(name, read)
  for (const field of descriptor.messages[name] ?? []) {
    // What counts for nobody is a device's to say, of a drill that the collector knows.
    if (name === 'Activity' && field.name === 'drill') continue
    const entry = { jsonName: field.jsonName, oneof: field.oneof, read: fieldReader(field) }
    fields.set(field.jsonName, entry)
    fields.set(field.name, entry)
    names.push(field.jsonName)
  }
  return read
}

function fieldReader({ type, repeated }: FieldDescription): Reader {
  const values = descriptor.enums[type]
  const one = scalars[type] ?? (values === undefined ? messageReader(type) : enumReader(values))
  if (!repeated) return one
  return (value, where) => (Array.isArray(value) ? value.map((item, index) => one(item, `${where}[${index}]`)) : bad(where, 'must be a list'))
}

const readMessage = messageReader('Activity')
const readSeq = whole(1, Number.MAX_SAFE_INTEGER)
const ID = /^[A-Za-z0-9_.:-]{1,128}$/

const refusals: Readonly<Record<string, string>> = {
  KIND_UNKNOWN: 'has none of the activities, such as fileCopied', TIME_INVALID: 'occurredAt is missing, or lies outside the years 1970 to 9999', TEXT_TOO_LONG: 'has a text of more than 8192 characters', ACTIVITY_TOO_LARGE: 'is larger than an activity may be (64 KiB encoded)',
}

/**
 * The activity of a parsed line, by the same decoder as what a device sends.
 *
 * @throws BadLine
 */
export function readActivity(value: unknown): ReplayLine {
  if (!isObject(value)) throw new BadLine('must be an object')
  const { device, id, seq, ...fields } = value
  if (typeof device !== 'string' || !isSubjectToken(device)) return bad('device', 'must be 1 to 64 letters, digits, _ or -')
  if (id !== undefined && id !== null && (typeof id !== 'string' || !ID.test(id))) return bad('id', 'must be 1 to 128 letters, digits, _ . : or -')
  const number = seq === undefined || seq === null ? undefined : readSeq(seq, 'seq') as number
  const encoded = wire.Activity.encode(readMessage(fields, '') as wire.Activity.$Properties).finish()
  if (encoded.length === 0) return bad('', refusals['KIND_UNKNOWN'] ?? '')
  const digest = hash('sha256', encoded, 'buffer')
  const key = typeof id === 'string' ? id : number === undefined ? undefined : `${device}.${number}`
  try {
    // Without a name of its own an activity is named by its content, so that the order of lines changes nothing.
    const activity = decodeActivity(encoded, key ?? `${device}.${digest.toString('hex', 0, 8)}`, device)
    return { activity, body: encoded, digest: digest.subarray(0, 12), ...(key === undefined ? {} : { key }) }
  } catch (error) {
    if (error instanceof Refusal) return bad('', refusals[error.reason] ?? `is refused: ${error.reason}`)
    throw error
  }
}
