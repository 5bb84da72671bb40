// Finds sensitive information in text, at a cost that does not grow with the number of types.
//
//   literals    keywords, anchors and dictionary phrases of all types in one Aho-Corasick automaton, one pass
//   candidates  runs of words with digits, one pass (candidates.ts); each is asked of all patterns at once (RE2Set, one DFA)
//   anchors     patterns of RE2 on a bounded piece of text around a literal that was found
//
// Every engine is linear in the text, so no text and no pattern of a policy can make it slow. Of a match only its type, its
// level and a hash stay; what it read is forgotten with the text.
import { hash } from 'node:crypto'
import { AhoCorasick } from '@monyone/aho-corasick/fast'
import { RE2JS, RE2Set } from 're2js'
import { eachCandidate } from './candidates.ts'
import { informationTypes } from './catalogue/catalogue.ts'
import { type InformationType, type Level, levels } from './catalogue/row.ts'
import { compileCustom, type Extra } from './custom.ts'
import type { CustomDefinitions } from './custom-rules.ts'

const PROXIMITY = 300
/** Distinct values that are told apart; above it all count. */
const MAX_DISTINCT = 20_000
/** Pieces of text that are looked at in one go: bounds the memory, and the reach of a keyword. */
export const PIECE = 1 << 17
const OVERLAP = 400
/** Characters of one piece that one type may look at around its anchors; decoys in their thousands buy no more time. */
const AROUND = 8 * PIECE

export interface Finding {
  readonly type: string
  readonly count: number
  readonly confidence: number
}

export interface ScannerOptions {
  /** Ids; absent or empty: all. */
  readonly types?: readonly string[]
  /** 75 when absent. */
  readonly minConfidence?: number
  readonly custom?: CustomDefinitions
}

/** One file's findings while its text comes in. */
export interface Tally {
  /**
   * @param header words that belong to every line of the text, such as the first line of a table
   */
  add(text: string, header?: string): void
  findings(): readonly Finding[]
}

export interface Scanner {
  /** @param tick called before each piece of text; may throw to end it */
  begin(tick?: () => void): Tally
}

interface Literal {
  readonly keywordOf: number[]
  readonly anchorOf: number[]
  readonly followedBy: number[]
  readonly extra: number[]
}

interface Hits {
  readonly start: number[]
  readonly end: number[]
}

interface Compiled {
  readonly types: readonly InformationType[]
  /** Of the set's patterns. */
  readonly groups: readonly number[]
  readonly set: RE2Set | undefined
  readonly patterns: readonly (RE2JS | undefined)[]
  readonly literals: ReadonlyMap<string, Literal>
  readonly automaton: AhoCorasick | undefined
  readonly extras: readonly Extra[]
  readonly least: number
}

const isWord = (text: string, at: number): boolean => at >= 0 && at < text.length && /[\p{L}\p{N}]/u.test(text[at] ?? '')
const isLatin = (char: string): boolean => /[a-z0-9à-žа-я]/i.test(char)

/** Keywords stand alone: `sin` is not in `business`. A plural and an underscore are let through, as in `card_numbers`. */
function standsAlone(text: string, from: number, to: number): boolean {
  const short = to - from <= 3
  const blocks = (at: number): boolean => at >= 0 && at < text.length && (short ? /[\p{L}\p{N}]/u : /\p{L}/u).test(text[at] ?? '') && isLatin(text[at] ?? '')
  if (isLatin(text[from] ?? '') && blocks(from - 1)) return false
  if (!isLatin(text[to - 1] ?? '') || !blocks(to)) return true
  return !short && text[to]?.toLowerCase() === 's' && !isWord(text, to + 1)
}

/** As long as the text itself, which `toLowerCase` is not for a few letters. */
function lower(text: string): string {
  const all = text.toLowerCase()
  return all.length === text.length ? all : text.replaceAll(/[A-Z]+/g, (part) => part.toLowerCase())
}
function upper(text: string): string {
  const all = text.toUpperCase()
  return all.length === text.length ? all : text.replaceAll(/[a-z]+/g, (part) => part.toUpperCase())
}

const compact = (text: string): string => text.replaceAll(/[ \u00A0./+-]/g, '')

function compile(options: ScannerOptions): Compiled {
  const wanted = options.types === undefined || options.types.length === 0 ? undefined : new Set(options.types)
  const types = informationTypes.filter(({ id }) => wanted === undefined || wanted.has(id))
  const literals = new Map<string, Literal>()
  const literal = (text: string): Literal => {
    const known = literals.get(text)
    if (known !== undefined) return known
    const made: Literal = { keywordOf: [], anchorOf: [], followedBy: [], extra: [] }
    literals.set(text, made)
    return made
  }
  types.forEach((type, index) => {
    for (const word of type.keywords) literal(word)[type.find === 'keyword' ? 'followedBy' : 'keywordOf'].push(index)
    if (type.find === 'anchor') for (const word of type.anchors) literal(word).anchorOf.push(index)
  })
  const extras = compileCustom(options.custom ?? {})
  extras.forEach((extra, index) => { for (const word of extra.literals) literal(word).extra.push(index) })
  const groups = types.flatMap((type, index) => (type.find === 'group' ? [index] : []))
  const set = groups.length === 0 ? undefined : new RE2Set(RE2Set.ANCHOR_BOTH)
  for (const index of groups) set?.add(types[index]?.pattern ?? '')
  set?.compile()
  return {
    types, groups, set, literals, extras, patterns: types.map((type) => (type.find === 'group' ? undefined : RE2JS.compile(type.pattern))),
    automaton: literals.size === 0 ? undefined : new AhoCorasick([...literals.keys()]), least: options.minConfidence ?? levels.medium,
  }
}

/** Distance to the nearest keyword; what stands before counts before what stands behind. Infinity when none is near. */
function nearest(hits: Hits | undefined, from: number, to: number, reach: number): number {
  if (hits === undefined) return Number.POSITIVE_INFINITY
  let low = 0
  let high = hits.start.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hits.start[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  const before = low > 0 ? from - (hits.end[low - 1] ?? 0) : Number.POSITIVE_INFINITY
  const behind = low < hits.start.length ? (hits.start[low] ?? 0) - to + 20 : Number.POSITIVE_INFINITY
  const distance = Math.max(0, Math.min(before, behind))
  return distance <= reach ? distance : Number.POSITIVE_INFINITY
}

interface Count {
  readonly seen: Set<string>
  total: number
  best: number
}

interface Match {
  readonly type: number
  readonly level: Level
  readonly distance: number
}

class FileTally implements Tally {
  readonly #rules: Compiled
  readonly #tick: () => void
  readonly #looked = new Map<number, number>()
  readonly #counts = new Map<number, Count>()
  readonly #extraTallies
  readonly #headerTypes = new Set<number>()

  constructor(rules: Compiled, tick: () => void) {
    this.#rules = rules
    this.#tick = tick
    this.#extraTallies = rules.extras.map((extra) => extra.begin())
  }

  add(text: string, header = ''): void {
    this.#headerTypes.clear()
    if (header !== '') this.#readHeader(header)
    for (let at = 0; at < text.length;) {
      let to = Math.min(text.length, at + PIECE)
      if (to < text.length) {
        // Between two lines nothing is cut; where there are none, pieces overlap.
        const line = text.lastIndexOf('\n', to)
        to = line > at + PIECE / 2 ? line + 1 : to
      }
      const skip = at > 0 && text[at - 1] !== '\n' ? OVERLAP : 0
      const from = Math.max(0, at - skip)
      this.#piece(text.slice(from, to), at - from)
      at = to
    }
  }

  #readHeader(header: string): void {
    for (const { begin, end, keyword } of this.#rules.automaton?.matchInText(lower(header)) ?? []) {
      if (standsAlone(header, begin, end)) for (const type of this.#rules.literals.get(keyword)?.keywordOf ?? []) this.#headerTypes.add(type)
    }
  }

  /** @param known characters at the beginning that were looked at with the piece before */
  #piece(text: string, known: number): void {
    const { literals, automaton } = this.#rules
    this.#tick()
    this.#looked.clear()
    const near = new Map<number, Hits>()
    const lowered = lower(text)
    const anchoredTo = new Map<number, number>()
    for (const { begin, end, keyword } of automaton?.matchInText(lowered) ?? []) {
      const found = literals.get(keyword)
      if (found === undefined) continue
      if (found.anchorOf.length > 0 && end > known) this.#around(text, begin, end, found.anchorOf, anchoredTo)
      if (found.keywordOf.length === 0 && found.followedBy.length === 0 && found.extra.length === 0) continue
      if (!standsAlone(text, begin, end)) continue
      for (const type of found.keywordOf) {
        const hits = near.get(type)
        if (hits === undefined) near.set(type, { start: [begin], end: [end] })
        else if (hits.start.at(-1) === begin) hits.end[hits.end.length - 1] = Math.max(end, hits.end.at(-1) ?? 0)
        else if ((hits.start.at(-1) ?? 0) < begin) {
          hits.start.push(begin)
          hits.end.push(end)
        }
      }
      if (end > known) for (const type of found.followedBy) this.#behind(text, end, type)
      for (const extra of found.extra) this.#extraTallies[extra]?.literal(text, begin, end, end > known)
    }
    if (this.#rules.set !== undefined) {
      const shouted = upper(text)
      eachCandidate(text, (from, to) => this.#candidate(text, shouted.slice(from, to), from, to, near, to <= known))
    }
    for (const extra of this.#extraTallies) extra.piece(text, known)
  }

  #candidate(text: string, value: string, from: number, to: number, near: ReadonlyMap<number, Hits>, counted: boolean): boolean {
    const { set, groups, types } = this.#rules
    const found = set?.match(value) ?? []
    if (found.length === 0) return false
    const bare = compact(value)
    const matches: Match[] = []
    for (const index of found) {
      const at = groups[index] ?? 0
      const type = types[at]
      if (type?.find !== 'group') continue
      const right = type.check?.(type.raw === true ? text.slice(from, to) : bare) ?? true
      if (!right && type.soft !== true) continue
      const distance = this.#headerTypes.has(at) ? 0 : nearest(near.get(at), from, to, type.proximity ?? PROXIMITY)
      const level = distance === Number.POSITIVE_INFINITY ? right ? type.alone : 'low' : right ? type.near ?? type.alone : 'medium'
      if (level !== undefined) matches.push({ type: at, level, distance })
    }
    if (matches.length === 0) return false
    // Several kinds of numbers may look the same: the word that stands nearest says which one it is.
    const closest = Math.min(...matches.map(({ distance }) => distance))
    const kept = matches.filter(({ distance }) => distance === closest)
    if (!counted) for (const { type, level } of kept) this.#count(type, bare, level)
    return kept.some(({ level }) => level !== 'low')
  }

  #around(text: string, begin: number, end: number, types: readonly number[], doneTo: Map<number, number>): void {
    for (const index of types) {
      const type = this.#rules.types[index]
      const pattern = this.#rules.patterns[index]
      // A match behind the one before is found by its own anchor.
      if (type?.find !== 'anchor' || pattern === undefined || begin < (doneTo.get(index) ?? 0)) continue
      const from = Math.max(doneTo.get(index) ?? 0, begin - type.reach[0])
      const piece = text.slice(from, Math.min(text.length, end + type.reach[1]))
      if (!this.#mayLook(index, piece.length) || !pattern.test(piece)) continue
      const matcher = pattern.matcher(piece)
      if (!matcher.find()) continue
      const value = matcher.group() ?? ''
      doneTo.set(index, from + matcher.end())
      if (type.check?.(value) !== false && type.alone !== undefined) this.#count(index, value, type.alone)
    }
  }

  #mayLook(type: number, length: number): boolean {
    const looked = (this.#looked.get(type) ?? 0) + length
    this.#looked.set(type, looked)
    return looked <= AROUND
  }

  #behind(text: string, end: number, index: number): void {
    const type = this.#rules.types[index]
    const pattern = this.#rules.patterns[index]
    if (type?.find !== 'keyword' || pattern === undefined || type.near === undefined) return
    const piece = text.slice(end, end + type.within + 220)
    if (!this.#mayLook(index, piece.length) || !pattern.test(piece)) return
    const matcher = pattern.matcher(piece)
    if (!matcher.find() || matcher.start() > type.within) return
    const value = matcher.group() ?? ''
    if (type.check?.(value) !== false) this.#count(index, value, type.near)
  }

  #count(type: number, value: string, level: Level): void {
    if (levels[level] < this.#rules.least) return
    const count = this.#counts.get(type) ?? { seen: new Set<string>(), total: 0, best: 0 }
    this.#counts.set(type, count)
    count.best = Math.max(count.best, levels[level])
    if (count.seen.size >= MAX_DISTINCT) count.total += 1
    else {
      // Hashed, so that a long value costs no more than a short one and none stays readable.
      count.seen.add(hash('md5', value, 'base64'))
      count.total = count.seen.size
    }
  }

  findings(): readonly Finding[] {
    const found: Finding[] = []
    for (const [index, { total, best }] of this.#counts) {
      const type = this.#rules.types[index]
      if (type !== undefined && total >= (type.minimum ?? 1)) found.push({ type: type.id, count: total, confidence: best })
    }
    for (const extra of this.#extraTallies) {
      const finding = extra.finding()
      if (finding !== undefined && finding.confidence >= this.#rules.least) found.push(finding)
    }
    return found.toSorted((a, b) => b.confidence - a.confidence || b.count - a.count || a.type.localeCompare(b.type))
  }
}

/**
 * Compiles the types of a policy; takes some 100 ms for all of them.
 *
 * @throws RE2JSSyntaxException for a custom pattern that the policy's check would have refused
 */
export function createScanner(options: ScannerOptions = {}): Scanner {
  const rules = compile(options)
  return { begin: (tick = () => {}) => new FileTally(rules, tick) }
}
