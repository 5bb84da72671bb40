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

export const MAX_PATTERN_LENGTH = 1024
/** Levels that one `*(n)` may stand for. */
export const MAX_ANY_LEVELS = 20
const MAX_LEVELS = 64

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

/** Levels of a path of either style, with the root as the first. */
export function parsePath(path: string): ParsedPath {
  let text = path
  if (text.startsWith('\\\\?\\') || text.startsWith('\\\\.\\')) text = /^\\\\[?.]\\UNC\\/i.test(text) ? `\\\\${text.slice(8)}` : text.slice(4)
  const unc = text.startsWith('\\\\')
  const windows = unc || DRIVE.test(text)
  const parts = (windows ? text.split(/[\\/]+/) : text.split('/')).filter((part) => part !== '')
  const levels = unc ? [UNC_ROOT, ...parts] : windows || !text.startsWith('/') ? parts : [POSIX_ROOT, ...parts]
  const caseless = windows || MAC.test(text)
  return { levels, folded: levels.map((level) => level.toLowerCase()), windows, caseless }
}

type Level = { readonly kind: 'literal'; readonly text: string; readonly folded: string } | { readonly kind: 'part'; readonly exact: RegExp; readonly folded: RegExp } | { readonly kind: 'any'; readonly max: number }

interface Pattern {
  readonly levels: readonly Level[]
  readonly anchored: boolean
  /** Undefined: both styles. */
  readonly windows: boolean | undefined
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

function level(text: string): Level {
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
  const source = `^${text.split(/\*+/).map(escape).join('.*')}$`
  return { kind: 'part', exact: new RegExp(source, 's'), folded: new RegExp(source, 'is') }
}

const toLevels = (parts: readonly string[]): Level[] => {
  if (parts.length > MAX_LEVELS) throw new PatternProblem(`has more than ${MAX_LEVELS} levels`)
  return parts.map(level)
}
const root = (text: string): Level => ({ kind: 'literal', text, folded: text })

/** Where people's homes are. */
const HOMES: readonly { readonly windows: boolean; readonly parts: readonly string[] }[] = [
  { windows: false, parts: ['home', '*'] }, { windows: false, parts: ['var', 'home', '*'] }, { windows: false, parts: ['root'] }, { windows: false, parts: ['Users', '*'] }, { windows: false, parts: ['private', 'var', 'root'] }, { windows: true, parts: ['*:', 'Users', '*'] },
]

/** @throws PatternProblem in words for whoever wrote it */
function compilePattern(text: string): readonly Pattern[] {
  if (text.trim() === '') throw new PatternProblem('is empty')
  if (text.length > MAX_PATTERN_LENGTH) throw new PatternProblem(`has more than ${MAX_PATTERN_LENGTH} characters`)
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f]/.test(text)) throw new PatternProblem('holds a control character')
  const split = (rest: string, separators: RegExp): string[] => rest.split(separators).filter((part) => part !== '')
  if (/^~(?:[\\/]|$)/.test(text)) {
    const below = toLevels(split(text.slice(1), /[\\/]+/))
    if (below.every((one) => one.kind === 'any')) throw new PatternProblem('would hold for everything in every home')
    return HOMES.map(({ windows, parts }) => ({ levels: [...(windows ? [] : [root(POSIX_ROOT)]), ...toLevels(parts), ...below], anchored: true, windows }))
  }
  let pattern: Pattern
  if (text.startsWith('\\\\')) pattern = { levels: [root(UNC_ROOT), ...toLevels(split(text, /[\\/]+/))], anchored: true, windows: true }
  else if (/^(?:[A-Za-z]|\*):(?:[\\/]|$)/.test(text)) pattern = { levels: toLevels(split(text, /[\\/]+/)), anchored: true, windows: true }
  else if (text.startsWith('/')) pattern = { levels: [root(POSIX_ROOT), ...toLevels(split(text, /\/+/))], anchored: true, windows: false }
  // A backslash may stand in a POSIX name, and in a pattern without a root nobody means one.
  else pattern = { levels: toLevels(split(text, /[\\/]+/)), anchored: false, windows: undefined }
  const telling = pattern.levels.filter((one) => one.kind === 'part' || (one.kind === 'literal' && one.text !== UNC_ROOT && one.text !== POSIX_ROOT))
  if (telling.length === 0) throw new PatternProblem('would hold for every path; name at least one folder')
  return [pattern]
}

function holdsAt(pattern: readonly Level[], path: ParsedPath, from: number, at: number): boolean {
  let position = at
  for (let index = from; index < pattern.length; index += 1) {
    const one = pattern[index] as Level
    if (one.kind === 'any') {
      for (let count = 1; count <= one.max && position + count <= path.levels.length; count += 1) if (holdsAt(pattern, path, index + 1, position + count)) return true
      return false
    }
    const actual = path.levels[position]
    if (actual === undefined) return false
    const same = one.kind === 'literal' ? (path.caseless ? one.folded === path.folded[position] : one.text === actual) : (path.caseless ? one.folded : one.exact).test(actual)
    if (!same) return false
    position += 1
  }
  return true
}

function holds({ levels, anchored, windows }: Pattern, path: ParsedPath): boolean {
  if (windows !== undefined && windows !== path.windows) return false
  if (anchored) return holdsAt(levels, path, 0, 0)
  for (let at = 0; at < path.levels.length; at += 1) if (holdsAt(levels, path, 0, at)) return true
  return false
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

/**
 * Many patterns at once. Each stands in a table under one of its levels, so that a path is compared only with patterns
 * that share a level with it: the time for a path does not grow with the number of patterns.
 *
 * @throws PatternProblem when a pattern is none; pathProblem says why beforehand
 */
export function createPathMatcher(patterns: readonly string[]): PathMatcher {
  const byLevel = new Map<string, Indexed[]>()
  const others: Indexed[] = []
  for (const [index, text] of patterns.entries()) {
    for (const pattern of compilePattern(text)) {
      // The last literal is the rarest: roots and homes are shared by many.
      const literal = pattern.levels.findLast((one) => one.kind === 'literal')
      if (literal?.kind !== 'literal' || literal.text === POSIX_ROOT || literal.text === UNC_ROOT) others.push({ index, pattern })
      else byLevel.set(literal.folded, [...(byLevel.get(literal.folded) ?? []), { index, pattern }])
    }
  }
  if (patterns.length === 0) return { find: () => -1 }
  return {
    find(text) {
      const path = parsePath(text)
      let found = Number.POSITIVE_INFINITY
      const take = ({ index, pattern }: Indexed): void => {
        if (index < found && holds(pattern, path)) found = index
      }
      for (const folded of path.folded) {
        const candidates = byLevel.get(folded)
        if (candidates !== undefined) for (const candidate of candidates) take(candidate)
      }
      for (const other of others) take(other)
      return found === Number.POSITIVE_INFINITY ? -1 : found
    },
  }
}
