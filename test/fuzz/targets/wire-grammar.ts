// Messages of the .proto files with any values: what an agent, a collector or somebody with their credentials could send.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc, { type Arbitrary } from 'fast-check'
import protobuf from 'protobufjs'

const folder = join(import.meta.dirname, '../../../proto')

function load(): protobuf.Root {
  const root = new protobuf.Root()
  root.resolvePath = (_, target) => (target.startsWith('google/') ? target : join(folder, target.startsWith(folder) ? target.slice(folder.length) : target))
  root.loadSync(readdirSync(join(folder, 'telemetry/v1')).filter((name) => name.endsWith('.proto')).map((name) => `telemetry/v1/${name}`))
  root.resolveAll()
  return root
}

const root = load()
const space = root.lookup('holdfast.telemetry.v1') as protobuf.Namespace

/** Names of all messages, nested ones too. */
export const messages: readonly protobuf.Type[] = space.nestedArray.filter((entry) => entry instanceof protobuf.Type)
export const message = (name: string): protobuf.Type => space.lookupType(name)

/** Depth below which no further message is made. */
const DEPTH = 4
const word = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('', 'alice', 'files', '/media/stick/a.txt', '\\\\server\\share\\x', 'removable', 'high', 'T1048', 'e'.repeat(32), '__proto__', 'dpkg', '..', '*', '\u0000', 'cn=x') },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(8192), 'x'.repeat(8193), '\u202e'.repeat(300)) },
)
const small = fc.constantFrom(0, 1, 2, 3, 5, 50, 1000)
const whole = fc.oneof({ weight: 3, arbitrary: small }, { weight: 1, arbitrary: fc.constantFrom(2 ** 31 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER) })
/** Around now, at the ends of what is a time, and beyond them. */
const seconds = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1_700_000_000, max: 1_800_000_000 }) }, { weight: 1, arbitrary: fc.constantFrom(0, -1, 253_402_300_799, 253_402_300_800, Number.MAX_SAFE_INTEGER) })

const scalars: Readonly<Record<string, Arbitrary<unknown>>> = {
  string: word, bytes: fc.uint8Array({ maxLength: 40 }), bool: fc.boolean(), double: fc.double(), float: fc.float(),
  int32: fc.oneof(small, fc.integer()), uint32: fc.oneof(small, fc.nat(2 ** 31 - 1)), int64: seconds, uint64: whole,
}

function field(one: protobuf.Field, depth: number): Arbitrary<unknown> {
  const { resolvedType } = one.resolve()
  const single = resolvedType instanceof protobuf.Enum ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...Object.values(resolvedType.values)) }, { weight: 1, arbitrary: fc.constantFrom(99, -1) })
    : resolvedType instanceof protobuf.Type ? object(resolvedType, depth + 1) : scalars[one.type] ?? word
  if (one instanceof protobuf.MapField) return fc.dictionary(word, single, { maxKeys: 4 })
  return one.repeated ? fc.array(single, { maxLength: 3 }) : single
}

function object(type: protobuf.Type, depth: number): Arbitrary<unknown> {
  if (type.name === 'Timestamp') return fc.record({ seconds, nanos: fc.constantFrom(0, 1, 999_999_999, -1) })
  if (depth > DEPTH) return fc.constant({})
  const arms = new Set(type.oneofsArray.flatMap((one) => (one.fieldsArray.length > 1 ? one.fieldsArray.map(({ name }) => name) : [])))
  const plain = type.fieldsArray.filter(({ name }) => !arms.has(name))
  const base = fc.record(Object.fromEntries(plain.map((one) => [one.name, field(one, depth)])), { requiredKeys: [] })
  // Of a oneof one arm, mostly; what comes last on the wire wins.
  const armed = type.oneofsArray.filter((one) => one.fieldsArray.length > 1).map((one) => fc.oneof(...one.fieldsArray.map((arm) => field(arm, depth).map((value) => ({ [arm.name]: value })))))
  return armed.length === 0 ? base : fc.tuple(base, ...armed).map((parts) => Object.assign({}, ...parts) as unknown)
}

const made = new Map<string, Arbitrary<Uint8Array>>()

/** Encoded messages of a type. */
export function encoded(name: string): Arbitrary<Uint8Array> {
  const known = made.get(name)
  if (known !== undefined) return known
  const type = message(name)
  const arbitrary = object(type, 0).map((value) => type.encode(type.fromObject(value as Record<string, unknown>)).finish())
  made.set(name, arbitrary)
  return arbitrary
}
