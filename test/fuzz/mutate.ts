// Changes of an input, as a seeded generator says: the same seed makes the same inputs.
import type { seeded } from '../support/random.ts'

type Random = ReturnType<typeof seeded>

/** Where lengths, signs and encodings turn over. */
const EDGES = [0, 1, 0x0a, 0x22, 0x7f, 0x80, 0xc0, 0xfe, 0xff]
const NUMBERS = ['0', '-1', '1e309', '9007199254740993', '18446744073709551616', '-9223372036854775808', 'NaN', '00', '2147483648', '65536', '0x10', '1.5']
/** Names and marks that formats trip over. */
const TRIPS = ['__proto__', 'constructor', 'toString', '\u0000', '\ufeff', '\ud800', '\r\n', '"', '\\', '${x}', '../', '%00', '{{', '&a *a', '=1+1', '\u202e', 'ı', '𝒳']

type Change = (input: Buffer, random: Random, other: Buffer, words: readonly string[]) => Buffer

const at = (input: Buffer, random: Random): number => random.between(0, Math.max(0, input.length - 1))
const splice = (input: Buffer, from: number, to: number, piece: Uint8Array): Buffer => Buffer.concat([input.subarray(0, from), piece, input.subarray(to)])
const piece = (input: Buffer, random: Random): Buffer => {
  const from = at(input, random)
  return input.subarray(from, from + random.between(1, Math.max(1, Math.min(input.length - from, 2 ** random.between(0, 10)))))
}
const pick = <T>(list: readonly T[], random: Random): T | undefined => list[random.between(0, list.length - 1)]

const changes: readonly Change[] = [
  (input, random) => {
    const out = Buffer.from(input)
    const index = at(out, random)
    out[index] = (out[index] ?? 0) ^ (1 << random.between(0, 7))
    return out
  },
  (input, random) => splice(input, at(input, random), at(input, random), Buffer.of(pick(EDGES, random) ?? 0)),
  (input, random) => {
    const from = at(input, random)
    return splice(input, from, from + 1, Buffer.of(pick(EDGES, random) ?? 0))
  },
  (input, random) => {
    const from = at(input, random)
    return splice(input, from, from + 2 ** random.between(0, 8), Buffer.alloc(0))
  },
  (input, random) => {
    const index = at(input, random)
    return splice(input, index, index, piece(input, random))
  },
  (input, random, other) => {
    const from = at(input, random)
    const taken = piece(other, random)
    return splice(input, from, random.next() < 0.5 ? from : from + taken.length, taken)
  },
  (input, random, other) => Buffer.concat([input.subarray(0, at(input, random)), other.subarray(at(other, random))]),
  (input, random, _, words) => {
    const index = at(input, random)
    const word = pick(random.next() < 0.6 && words.length > 0 ? words : TRIPS, random) ?? ''
    return splice(input, index, random.next() < 0.5 ? index : index + word.length, Buffer.from(word))
  },
  // A number of the text by another one.
  (input, random) => {
    const text = input.toString('latin1')
    const found = [...text.matchAll(/\d+/g)]
    const one = found.length === 0 ? undefined : pick(found, random)
    return one === undefined ? input : splice(input, one.index, one.index + one[0].length, Buffer.from(pick(NUMBERS, random) ?? ''))
  },
  (input, random) => input.subarray(0, at(input, random)),
  // The same again and again: what is counted, nested or bounded.
  (input, random) => {
    const index = at(input, random)
    return splice(input, index, index, Buffer.concat(Array.from({ length: 2 ** random.between(1, 9) }, ((taken) => () => taken)(piece(input, random)))))
  },
  // Whole lines in another order, for what has lines.
  (input, random) => {
    const lines = input.toString('latin1').split('\n')
    const line = lines.splice(random.between(0, lines.length - 1), 1)
    lines.splice(random.between(0, lines.length), 0, ...line, ...(random.next() < 0.5 ? line : []))
    return Buffer.from(lines.join('\n'), 'latin1')
  },
]

/** One to six changes of an input. @param pool at least one input */
export function mutate(pool: readonly Buffer[], random: Random, words: readonly string[], maxBytes: number): Buffer {
  let out = pick(pool, random) ?? Buffer.alloc(0)
  for (let left = 2 ** random.between(0, 2) + random.between(0, 2); left > 0; left -= 1) {
    const change = pick(changes, random)
    if (change !== undefined) out = change(out.length === 0 ? Buffer.of(0) : out, random, pick(pool, random) ?? out, words)
    if (out.length > maxBytes) out = out.subarray(0, maxBytes)
  }
  return out
}
