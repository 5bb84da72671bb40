// Candidates for numbers of people and things: runs of words that have digits in them, joined by one separator each.
//
//   Invoice 4711 of DE89 3704 0044 0532 0130 00 paid      ->  4711 | DE89 | DE89 3704 | DE89 3704 0044 | ... | 3704 | ...
//
// One pass over the text finds them, whatever types are looked for. Letters and digits are those of ASCII: a number that
// follows a Chinese character begins there.

/** No identifier has more parts (IBAN, spelt in fours). */
const MAX_PARTS = 9
const MAX_LENGTH = 46
/** Letters alone at the beginning: `AB 12 34 56 C`. */
const MAX_LEAD = 4
const MIN_DIGITS = 5

const DIGIT = 1
const LETTER = 2
const classes = new Uint8Array(128)
for (let code = 48; code <= 57; code += 1) classes[code] = DIGIT
for (let code = 65; code <= 90; code += 1) classes[code] = classes[code + 32] = LETTER
const classOf = (code: number): number => (code < 128 ? classes[code] ?? 0 : 0)

const SPACE = 32
const NBSP = 160
const isSpace = (code: number): boolean => code === SPACE || code === NBSP
const isSeparator = (code: number): boolean => isSpace(code) || code === 45 || code === 46 || code === 47 || code === 43 || code === 38

interface Words {
  readonly count: number
  readonly start: Int32Array
  readonly end: Int32Array
  /** 1: digits only, 2: letters only, 3: both. */
  readonly kind: Uint8Array
}

let start = new Int32Array(1 << 14)
let end = new Int32Array(1 << 14)
let kind = new Uint8Array(1 << 14)

function grow(): void {
  const [oldStart, oldEnd, oldKind] = [start, end, kind]
  start = new Int32Array(oldStart.length * 2)
  end = new Int32Array(oldEnd.length * 2)
  kind = new Uint8Array(oldKind.length * 2)
  start.set(oldStart)
  end.set(oldEnd)
  kind.set(oldKind)
}

function wordsOf(text: string): Words {
  let count = 0
  let bits = 0
  let from = 0
  const { length } = text
  for (let at = 0; at <= length; at += 1) {
    const found = at < length ? classOf(text.charCodeAt(at)) : 0
    if (found !== 0) {
      if (bits === 0) from = at
      bits |= found
    } else if (bits !== 0) {
      // Long words without a digit are no part of anything.
      if ((bits & DIGIT) !== 0 || at - from <= MAX_LEAD) {
        if (count === start.length) grow()
        start[count] = from
        end[count] = at
        kind[count] = bits
        count += 1
      }
      bits = 0
    }
  }
  return { count, start, end, kind }
}

/** Whether a word is joined to the next one, by what. 0: it is not. */
function joint(text: string, words: Words, index: number): number {
  const from = words.end[index] ?? 0
  if (index + 1 >= words.count || words.start[index + 1] !== from + 1) return 0
  const code = text.charCodeAt(from)
  return isSeparator(code) ? code : 0
}

/** A number that goes on before or behind is another number. */
function isPart(text: string, words: Words, first: number, last: number): boolean {
  // A pictograph is no end of a number: what it is stuck to is a word of its own kind.
  const before = text.charCodeAt((words.start[first] ?? 0) - 1)
  const behind = text.charCodeAt(words.end[last] ?? 0)
  if ((before >= 0xdc00 && before <= 0xdfff) || (behind >= 0xd83c && behind <= 0xd83e)) return true
  const inner = first === last ? 0 : text.charCodeAt(words.end[first] ?? 0)
  for (const [neighbour, by] of [[first - 1, first > 0 ? joint(text, words, first - 1) : 0], [last + 1, joint(text, words, last)]] as const) {
    if (by === 0 || ((words.kind[neighbour] ?? 0) & DIGIT) === 0) continue
    if (by === 45 || by === 46) return true
    if (by === 47 && by === inner) return true
    const size = (words.end[first] ?? 0) - (words.start[first] ?? 0)
    // One of many groups of the same length: `1234 5678 9012 3456 7890`.
    if (isSpace(by) && isSpace(inner) && words.kind[first] === DIGIT && size >= 3 && (words.end[neighbour] ?? 0) - (words.start[neighbour] ?? 0) === size) return true
  }
  return false
}

function isWorthwhile(text: string, from: number, to: number): boolean {
  let digits = 0
  let others = false
  for (let at = from; at < to; at += 1) {
    const found = classOf(text.charCodeAt(at))
    if (found === DIGIT) digits += 1
    else if (found === LETTER) others = true
  }
  return digits >= MIN_DIGITS || (others && digits >= 1 && to - from >= 3)
}

/**
 * Calls back for each candidate, at each beginning the longest first.
 *
 * @param visit answers whether the candidate was something: what lies within it is not looked at any more then
 */
export function eachCandidate(text: string, visit: (from: number, to: number) => boolean): void {
  const words = wordsOf(text)
  for (let first = 0; first < words.count; first += 1) {
    const lettersOnly = words.kind[first] === LETTER
    const begin = words.start[first] ?? 0
    if (lettersOnly && (joint(text, words, first) === 0 || ((words.kind[first + 1] ?? 0) & DIGIT) === 0)) continue
    let last = first
    while (last + 1 - first < MAX_PARTS) {
      const by = joint(text, words, last)
      if (by === 0 || (words.end[last + 1] ?? 0) - begin > MAX_LENGTH) break
      last += 1
    }
    for (let to = last; to >= first; to -= 1) {
      const close = words.end[to] ?? 0
      if (close - begin > MAX_LENGTH || !isWorthwhile(text, begin, close) || isPart(text, words, first, to)) continue
      // An international phone number begins with a plus that belongs to nothing before it.
      const plus = begin > 0 && text.charCodeAt(begin - 1) === 43 && (begin < 2 || classOf(text.charCodeAt(begin - 2)) === 0)
      if (visit(plus ? begin - 1 : begin, close)) {
        first = to
        break
      }
    }
  }
}
