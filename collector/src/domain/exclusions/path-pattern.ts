// Path patterns, as exclusions and priority content write them.
//
//   C:\temp   /srv/backup   \\files\public    that folder and everything below it (the prefix rule)
//   ~/.cache                                  the same in every person's home, on every system
//   \public\local\   node_modules   a/b       any path that has these levels in a row (the contains rule)
//   *                                         one folder level
//   *(3)                                      one to three folder levels
//   *.tmp   .~lock.*                          within a level, * stands for any characters of it
//
// A path is Windows when it begins with a drive or with \\ (UNC), else POSIX. Windows paths, and those of the folders
// that macOS has and Linux has not, are compared without letter case; other POSIX paths with it. A level is compared
// whole: C:\temp does not hold for C:\temper. Patterns of the contains rule hold for both styles.
//
// Not handled: `.` and `..` (a sensor reports none, and a pattern with one is refused), 8.3 names, links.

import { createGlob } from './glob.ts'

export const MAX_PATTERN_LENGTH = 1024
/** Levels that one `*(n)` may stand for. */
export const MAX_ANY_LEVELS = 20
const MAX_LEVELS = 64
/** No system makes a path deeper; one that claims to be lies in no folder that a pattern names. */
const MAX_PATH_LEVELS = 512

export class PatternProblem extends Error {}

interface ParsedPath {
  readonly levels: readonly string[]
  /** The levels without letter case. */
  readonly folded: readonly string[]
  readonly windows: boolean
  readonly caseless: boolean
}

const DRIVE = /^[A-Za-z]:(?:[\\/]|$)/
const MAC = /^\/(?:Users|Volumes|Applications|Library|System|private)(?:\/|$)/
/** First level of an UNC and of a POSIX path, so that the prefix rule begins at the root. */
const UNC_ROOT = '\\\\'
const POSIX_ROOT = '/'

const SLASH = 47
const BACKSLASH = 92

/** Parts between separators, without empty ones. By hand: this runs for every file that is stored. */
function partsOf(text: string, windows: boolean): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at <= text.length; at += 1) {
    const unit = at === text.length ? SLASH : text.charCodeAt(at)
    if (unit !== SLASH && !(windows && unit === BACKSLASH)) continue
    if (at > from) parts.push(text.slice(from, at))
    from = at + 1
  }
  return parts
}
/** Levels of a path of either style, with the root as the first. */
export function parsePath(path: string): ParsedPath {
  const posix = path.startsWith('/')
  let text = path
  if (!posix && (text.startsWith('\\\\?\\') || text.startsWith('\\\\.\\'))) text = /^\\\\[?.]\\UNC\\/i.test(text) ? `\\\\${text.slice(8)}` : text.slice(4)
  const unc = !posix && text.startsWith('\\\\')
  const windows = unc || (!posix && DRIVE.test(text))
  const levels = partsOf(text, windows)
  if (unc) levels.unshift(UNC_ROOT)
  else if (posix) levels.unshift(POSIX_ROOT)
  return { levels, folded: levels.map((level) => level.toLowerCase()), windows, caseless: windows || (posix && MAC.test(text)) }
}

type Level = { readonly kind: 'literal'; readonly text: string; readonly folded: string } | { readonly kind: 'part'; readonly text: string; readonly exact: (text: string) => boolean; readonly folded: (text: string) => boolean } | { readonly kind: 'any'; readonly max: number }

interface Pattern {
  readonly levels: readonly Level[]
  readonly hasAny: boolean
  readonly anchored: boolean
  /** Undefined: both styles. */
  readonly windows: boolean | undefined
}

function toLevel(text: string): Level {
  if (text === '*') return { kind: 'any', max: 1 }
  const many = /^\*\((\d{1,4})\)$/.exec(text)
  if (many !== null) {
    const max = Number(many[1])
    if (max < 1 || max > MAX_ANY_LEVELS) throw new PatternProblem(`*(n) stands for 1 to ${MAX_ANY_LEVELS} levels`)
    return { kind: 'any', max }
  }
  if (/\*\(\d+\)/.test(text)) throw new PatternProblem('*(n) must be a level of its own')
  if (text === '.' || text === '..') throw new PatternProblem(`the level "${text}" never stands in a path`)
  if (!text.includes('*')) return { kind: 'literal', text, folded: text.toLowerCase() }
  return { kind: 'part', text: text.toLowerCase(), exact: createGlob(text), folded: createGlob(text.toLowerCase()) }
}

const toLevels = (parts: readonly string[]): Level[] => {
  if (parts.length > MAX_LEVELS) throw new PatternProblem(`has more than ${MAX_LEVELS} levels`)
  return parts.map(toLevel)
}
const root = (text: string): Level => ({ kind: 'literal', text, folded: text })

/** Where people's homes are. */
const HOMES: readonly { readonly windows: boolean; readonly parts: readonly string[] }[] = [
  { windows: false, parts: ['home', '*'] }, { windows: false, parts: ['var', 'home', '*'] }, { windows: false, parts: ['root'] }, { windows: false, parts: ['Users', '*'] }, { windows: false, parts: ['private', 'var', 'root'] }, { windows: true, parts: ['*:', 'Users', '*'] },
]

const toPattern = (levels: readonly Level[], anchored: boolean, windows: boolean | undefined): Pattern => ({ levels, hasAny: levels.some((one) => one.kind === 'any'), anchored, windows })

/** @throws PatternProblem in words for whoever wrote it */
function compilePattern(text: string): readonly Pattern[] {
  if (text.trim() === '') throw new PatternProblem('is empty')
  if (text.length > MAX_PATTERN_LENGTH) throw new PatternProblem(`has more than ${MAX_PATTERN_LENGTH} characters`)
  if (Array.from(text, (character) => character).some((character) => character < ' ')) throw new PatternProblem('holds a control character')
  const split = (rest: string, separators: RegExp): string[] => rest.split(separators).filter((part) => part !== '')
  if (/^~(?:[\\/]|$)/.test(text)) {
    const below = toLevels(split(text.slice(1), /[\\/]+/))
    if (below.every((one) => one.kind === 'any')) throw new PatternProblem('would hold for everything in every home')
    return HOMES.map(({ windows, parts }) => toPattern([...(windows ? [] : [root(POSIX_ROOT)]), ...toLevels(parts), ...below], true, windows))
  }
  let pattern: Pattern
  if (text.startsWith('\\\\')) pattern = toPattern([root(UNC_ROOT), ...toLevels(split(text, /[\\/]+/))], true, true)
  else if (/^(?:[A-Za-z]|\*):(?:[\\/]|$)/.test(text)) pattern = toPattern(toLevels(split(text, /[\\/]+/)), true, true)
  else if (text.startsWith('/')) pattern = toPattern([root(POSIX_ROOT), ...toLevels(split(text, /\/+/))], true, false)
  // A backslash may stand in a POSIX name, and in a pattern without a root nobody means one.
  else pattern = toPattern(toLevels(split(text, /[\\/]+/)), false, undefined)
  const telling = pattern.levels.filter((one) => one.kind === 'part' || (one.kind === 'literal' && one.text !== UNC_ROOT && one.text !== POSIX_ROOT))
  if (telling.length === 0) throw new PatternProblem('would hold for every path; name at least one folder')
  return [pattern]
}

const fits = (one: Level, path: ParsedPath, position: number): boolean => {
  const actual = path.levels[position]
  if (actual === undefined) return false
  if (one.kind === 'literal') return path.caseless ? one.folded === path.folded[position] : one.text === actual
  return one.kind === 'part' && (path.caseless ? one.folded(path.folded[position] ?? '') : one.exact(actual))
}

/** Without `*(n)` a place decides itself; with it every place that can be reached is carried along, so that no pattern takes long. */
function holdsFrom({ levels, hasAny }: Pattern, path: ParsedPath, starts: readonly number[]): boolean {
  if (!hasAny) return starts.some((start) => levels.every((one, index) => fits(one, path, start + index)))
  let places = new Set(starts)
  for (const one of levels) {
    const next = new Set<number>()
    for (const place of places) {
      if (one.kind !== 'any') {
        if (fits(one, path, place)) next.add(place + 1)
      } else for (let count = 1; count <= one.max && place + count <= path.levels.length; count += 1) next.add(place + count)
    }
    if (next.size === 0) return false
    places = next
  }
  return true
}

const FROM_THE_ROOT: readonly number[] = [0]

function holds(pattern: Pattern, path: ParsedPath): boolean {
  if (pattern.windows !== undefined && pattern.windows !== path.windows) return false
  return holdsFrom(pattern, path, pattern.anchored ? FROM_THE_ROOT : path.levels.map((_, index) => index))
}

/** Why a text is no path pattern; undefined when it is one. */
export function pathProblem(text: string): string | undefined {
  try {
    compilePattern(text)
    return undefined
  } catch (error) {
    if (error instanceof PatternProblem) return error.message
    throw error
  }
}

export interface PathMatcher {
  /** Index of the first pattern that holds for a path; -1 when none does. */
  find(path: string): number
}

interface Indexed {
  readonly index: number
  readonly pattern: Pattern
}

/** A table by a character, for patterns that name no level whole. */
type ByUnit = Map<number, Indexed[]>

function put<K>(table: Map<K, Indexed[]>, key: K, entry: Indexed): void {
  const list = table.get(key)
  if (list === undefined) table.set(key, [entry])
  else list.push(entry)
}

/**
 * Many patterns at once. Each stands in a table under one of its levels, or under the first or last character of one, so
 * that a path is compared only with patterns that share it: the time for a path hardly grows with their number.
 *
 * @throws PatternProblem when a pattern is none; pathProblem says why beforehand
 */
export function createPathMatcher(patterns: readonly string[]): PathMatcher {
  if (patterns.length === 0) return { find: () => -1 }
  const byLevel = new Map<string, Indexed[]>()
  const byFirst: ByUnit = new Map()
  const byLast: ByUnit = new Map()
  const others: Indexed[] = []
  for (const [index, text] of patterns.entries()) {
    for (const pattern of compilePattern(text)) {
      const entry = { index, pattern }
      // The last literal is the rarest: roots and homes are shared by many.
      const literal = pattern.levels.findLast((one) => one.kind === 'literal' && one.text !== POSIX_ROOT && one.text !== UNC_ROOT)
      const part = pattern.levels.findLast((one) => one.kind === 'part')
      if (literal?.kind === 'literal') put(byLevel, literal.folded, entry)
      else if (part?.kind === 'part' && !part.text.endsWith('*')) put(byLast, part.text.charCodeAt(part.text.length - 1), entry)
      else if (part?.kind === 'part' && !part.text.startsWith('*')) put(byFirst, part.text.charCodeAt(0), entry)
      else others.push(entry)
    }
  }
  return {
    find(text) {
      const path = parsePath(text)
      if (path.levels.length > MAX_PATH_LEVELS) return -1
      let found = Number.POSITIVE_INFINITY
      const takeAll = (candidates: readonly Indexed[] | undefined): void => {
        if (candidates !== undefined) for (const { index, pattern } of candidates) if (index < found && holds(pattern, path)) found = index
      }
      for (const folded of path.folded) {
        takeAll(byLevel.get(folded))
        takeAll(byFirst.get(folded.charCodeAt(0)))
        takeAll(byLast.get(folded.charCodeAt(folded.length - 1)))
      }
      takeAll(others)
      return found === Number.POSITIVE_INFINITY ? -1 : found
    },
  }
}
