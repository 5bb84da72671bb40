// LZMA, as 7z packs its headers with it. Decoding only, of a stream whose size is known.
//
// Source: the LZMA specification by Igor Pavlov (public domain), chapters "Range Decoder", "LZ decoder", "LZMA".
// Every index that the data can influence is checked against the output: a hostile stream ends as `undefined`.

const STATES = 12
const POS_STATES_MAX = 16
const LEN_TO_POS_STATES = 4
const END_POS_MODEL = 14
const FULL_DISTANCES = 128
const ALIGN_BITS = 4
const MATCH_MIN = 2
const HALF = 1024

const probabilities = (count: number): Uint16Array => new Uint16Array(count).fill(HALF)

class RangeDecoder {
  readonly #bytes: Buffer
  #at = 5
  #range = 0xffffffff
  #code: number
  /** Read past the end. */
  over = false

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.over = bytes.length < 5 || bytes[0] !== 0
    this.#code = this.over ? 0 : bytes.readUInt32BE(1)
  }
  #normalize(): void {
    if (this.#range >= 0x1000000) return
    this.#range = (this.#range << 8) >>> 0
    if (this.#at >= this.#bytes.length) this.over = true
    this.#code = ((this.#code << 8) | (this.#bytes[this.#at] ?? 0)) >>> 0
    this.#at += 1
  }
  bit(probs: Uint16Array, index: number): number {
    const probability = probs[index] ?? HALF
    const bound = (this.#range >>> 11) * probability
    let bit = 0
    if (this.#code < bound) {
      this.#range = bound
      probs[index] = probability + ((2048 - probability) >>> 5)
    } else {
      this.#range = (this.#range - bound) >>> 0
      this.#code = (this.#code - bound) >>> 0
      probs[index] = probability - (probability >>> 5)
      bit = 1
    }
    this.#normalize()
    return bit
  }
  direct(bits: number): number {
    let result = 0
    for (let left = bits; left > 0; left -= 1) {
      this.#range >>>= 1
      const bit = this.#code >= this.#range ? 1 : 0
      if (bit === 1) this.#code = (this.#code - this.#range) >>> 0
      this.#normalize()
      result = ((result << 1) | bit) >>> 0
    }
    return result
  }
  tree(probs: Uint16Array, offset: number, bits: number): number {
    let node = 1
    for (let left = bits; left > 0; left -= 1) node = (node << 1) | this.bit(probs, offset + node)
    return node - (1 << bits)
  }
  reverseTree(probs: Uint16Array, offset: number, bits: number): number {
    let node = 1
    let symbol = 0
    for (let index = 0; index < bits; index += 1) {
      const bit = this.bit(probs, offset + node)
      node = (node << 1) | bit
      symbol |= bit << index
    }
    return symbol
  }
}

class LengthDecoder {
  readonly #choice = probabilities(2)
  readonly #low = probabilities(POS_STATES_MAX << 3)
  readonly #mid = probabilities(POS_STATES_MAX << 3)
  readonly #high = probabilities(256)
  decode(range: RangeDecoder, posState: number): number {
    if (range.bit(this.#choice, 0) === 0) return range.tree(this.#low, posState << 3, 3)
    if (range.bit(this.#choice, 1) === 0) return 8 + range.tree(this.#mid, posState << 3, 3)
    return 16 + range.tree(this.#high, 0, 8)
  }
}

const afterLiteral = (state: number): number => (state < 4 ? 0 : state < 10 ? state - 3 : state - 6)

/**
 * @param properties the 5 bytes that stand before an LZMA stream
 * @param size of the content; the caller has limited it
 * @returns the content; undefined when the stream is damaged
 */
export function decodeLzma(properties: Buffer, bytes: Buffer, size: number): Buffer | undefined {
  let packed = properties[0] ?? 255
  if (properties.length < 5 || packed >= 225) return undefined
  const lc = packed % 9
  packed = Math.floor(packed / 9)
  const lp = packed % 5
  const pb = Math.floor(packed / 5)
  const out = Buffer.alloc(size)
  const range = new RangeDecoder(bytes)
  const literal = probabilities(0x300 << (lc + lp))
  const isMatch = probabilities(STATES << 4)
  const isRep = probabilities(STATES)
  const isRepG0 = probabilities(STATES)
  const isRepG1 = probabilities(STATES)
  const isRepG2 = probabilities(STATES)
  const isRep0Long = probabilities(STATES << 4)
  const posSlots = probabilities(LEN_TO_POS_STATES << 6)
  const posSpecial = probabilities(1 + FULL_DISTANCES - END_POS_MODEL)
  const align = probabilities(1 << ALIGN_BITS)
  const lengths = new LengthDecoder()
  const repLengths = new LengthDecoder()
  let [rep0, rep1, rep2, rep3, state, at] = [0, 0, 0, 0, 0, 0]

  const literalByte = (): void => {
    const before = at === 0 ? 0 : out[at - 1] ?? 0
    const base = 0x300 * (((at & ((1 << lp) - 1)) << lc) + (before >>> (8 - lc)))
    let symbol = 1
    if (state >= 7) {
      let match = out[at - rep0 - 1] ?? 0
      do {
        const matchBit = (match >>> 7) & 1
        match = (match << 1) & 0xff
        const bit = range.bit(literal, base + ((1 + matchBit) << 8) + symbol)
        symbol = (symbol << 1) | bit
        if (matchBit !== bit) break
      } while (symbol < 0x100)
    }
    while (symbol < 0x100) symbol = (symbol << 1) | range.bit(literal, base + symbol)
    out[at] = symbol & 0xff
    at += 1
  }
  const distance = (length: number): number => {
    const slot = range.tree(posSlots, Math.min(length, LEN_TO_POS_STATES - 1) << 6, 6)
    if (slot < 4) return slot
    const direct = (slot >>> 1) - 1
    const base = ((2 | (slot & 1)) << direct) >>> 0
    if (slot < END_POS_MODEL) return base + range.reverseTree(posSpecial, base - slot, direct)
    return (base + ((range.direct(direct - ALIGN_BITS) << ALIGN_BITS) >>> 0) + range.reverseTree(align, 0, ALIGN_BITS)) >>> 0
  }

  while (at < size && !range.over) {
    const posState = at & ((1 << pb) - 1)
    if (range.bit(isMatch, (state << 4) + posState) === 0) {
      literalByte()
      state = afterLiteral(state)
      continue
    }
    let length: number
    if (range.bit(isRep, state) !== 0) {
      if (at === 0) return undefined
      if (range.bit(isRepG0, state) === 0) {
        if (range.bit(isRep0Long, (state << 4) + posState) === 0) {
          if (rep0 >= at) return undefined
          state = state < 7 ? 9 : 11
          out[at] = out[at - rep0 - 1] ?? 0
          at += 1
          continue
        }
      } else {
        let found = rep1
        if (range.bit(isRepG1, state) !== 0) {
          if (range.bit(isRepG2, state) === 0) found = rep2
          else {
            found = rep3
            rep3 = rep2
          }
          rep2 = rep1
        }
        rep1 = rep0
        rep0 = found
      }
      length = repLengths.decode(range, posState)
      state = state < 7 ? 8 : 11
    } else {
      rep3 = rep2
      rep2 = rep1
      rep1 = rep0
      length = lengths.decode(range, posState)
      state = state < 7 ? 7 : 10
      rep0 = distance(length)
      // The end marker; nothing else may follow, and the size is known.
      if (rep0 === 0xffffffff) break
    }
    if (rep0 >= at) return undefined
    for (let left = Math.min(length + MATCH_MIN, size - at); left > 0; left -= 1) {
      out[at] = out[at - rep0 - 1] ?? 0
      at += 1
    }
  }
  return at === size ? out : undefined
}
