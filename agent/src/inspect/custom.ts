// What an organisation adds to the catalogue: types by pattern, dictionaries of phrases, and tables known by hash only.
import { EXACT_HASH_BYTES, exactHash, normaliseExact, type wire } from '@holdfast/proto'
import { RE2JS } from 're2js'
import { levels } from './catalogue/row.ts'
import { iban, luhn, mod97, verhoeff } from './checksums.ts'

/** Plain forms of what stands in wire.ContentInspection. */
export interface CustomDefinitions {
  readonly customTypes?: readonly wire.CustomInformationType.$Properties[]
  readonly dictionaries?: readonly wire.KeywordDictionary.$Properties[]
  readonly exactData?: readonly wire.ExactDataSet.$Properties[]
}

export const CUSTOM_LIMITS = { types: 100, pattern: 1000, keywords: 200, keyword: 100, dictionaries: 50, phrases: 5000, exactSets: 20, exactHashes: 1_000_000, exactWords: 8 } as const
export const CUSTOM_CHECKS = { luhn, iban, mod97, verhoeff } as const

const MAX_DISTINCT = 20_000
const MAX_MATCHES_A_PIECE = 5000

export interface ExtraTally {
  /** One of its literals stands here. @param fresh whether it was not seen with the piece before */
  literal(text: string, begin: number, end: number, fresh: boolean): void
  /** All literals of the piece are told. @param known characters at the beginning that were seen before */
  piece(text: string, known: number): void
  finding(): { readonly type: string; readonly count: number; readonly confidence: number } | undefined
}

export interface Extra {
  /** Lower case. */
  readonly literals: readonly string[]
  begin(): ExtraTally
}

const hasName = (text: string): boolean => /^[a-z0-9][a-z0-9_.-]{0,63}$/.test(text)

function patternProblem(pattern: string): string | undefined {
  if (pattern === '' || pattern.length > CUSTOM_LIMITS.pattern) return `a pattern must have 1 to ${CUSTOM_LIMITS.pattern} characters`
  try {
    return RE2JS.compile(pattern).matches('') ? 'a pattern must not match nothing' : undefined
  } catch (error) {
    return `not a pattern of RE2: ${error instanceof Error ? error.message.slice(0, 120) : 'unknown'}`
  }
}

function customTypeProblem(type: wire.CustomInformationType.$Properties): string | undefined {
  const { id = '', pattern = '', checksum, proximity } = type
  const keywords = type.keywords ?? []
  if (!hasName(id ?? '')) return 'an id has lower-case letters, digits, _ . and -'
  if (keywords.length > CUSTOM_LIMITS.keywords || keywords.some((word) => word.trim() === '' || word.length > CUSTOM_LIMITS.keyword)) return `${id}: too many or too long keywords`
  if (type.keywordRequired === true && keywords.length === 0) return `${id}: no keyword to require`
  if ((proximity ?? 0) < 0 || (proximity ?? 0) > 1000) return `${id}: proximity must lie between 1 and 1000`
  if (checksum !== undefined && checksum !== null && checksum !== '' && !(checksum in CUSTOM_CHECKS)) return `${id}: unknown checksum`
  const problem = patternProblem(pattern ?? '')
  return problem === undefined ? undefined : `${id}: ${problem}`
}

function dictionaryProblem({ id, phrases }: wire.KeywordDictionary.$Properties): string | undefined {
  if (!hasName(id ?? '')) return 'an id has lower-case letters, digits, _ . and -'
  const list = phrases ?? []
  if (list.length === 0 || list.length > CUSTOM_LIMITS.phrases) return `${id}: 1 to ${CUSTOM_LIMITS.phrases} phrases`
  return list.some((phrase) => phrase.trim().length < 2 || phrase.length > CUSTOM_LIMITS.keyword) ? `${id}: a phrase has 2 to ${CUSTOM_LIMITS.keyword} characters` : undefined
}

function exactProblem({ id, salt, hashes, maxWords }: wire.ExactDataSet.$Properties): string | undefined {
  if (!hasName(id ?? '')) return 'an id has lower-case letters, digits, _ . and -'
  if ((salt?.length ?? 0) < 16 || (salt?.length ?? 0) > 64) return `${id}: a salt has 16 to 64 bytes`
  const bytes = hashes?.length ?? 0
  if (bytes === 0 || bytes % EXACT_HASH_BYTES !== 0 || bytes / EXACT_HASH_BYTES > CUSTOM_LIMITS.exactHashes) return `${id}: no whole hashes, or too many`
  return (maxWords ?? 0) > CUSTOM_LIMITS.exactWords ? `${id}: at most ${CUSTOM_LIMITS.exactWords} words` : undefined
}

/** What is wrong with definitions of a policy, in words; undefined when they can be used. */
export function customProblem({ customTypes = [], dictionaries = [], exactData = [] }: CustomDefinitions): string | undefined {
  if (customTypes.length > CUSTOM_LIMITS.types) return `more than ${CUSTOM_LIMITS.types} custom types`
  if (dictionaries.length > CUSTOM_LIMITS.dictionaries) return `more than ${CUSTOM_LIMITS.dictionaries} dictionaries`
  if (exactData.length > CUSTOM_LIMITS.exactSets) return `more than ${CUSTOM_LIMITS.exactSets} exact data sets`
  return customTypes.map(customTypeProblem).find((problem) => problem !== undefined) ?? dictionaries.map(dictionaryProblem).find((problem) => problem !== undefined) ?? exactData.map(exactProblem).find((problem) => problem !== undefined)
}

function customType(type: wire.CustomInformationType.$Properties): Extra {
  const id = `custom.${type.id ?? ''}`
  const pattern = RE2JS.compile(type.pattern ?? '', type.caseSensitive === true ? 0 : RE2JS.CASE_INSENSITIVE)
  const check = CUSTOM_CHECKS[(type.checksum ?? '') as keyof typeof CUSTOM_CHECKS] as ((text: string) => boolean) | undefined
  const reach = type.proximity === undefined || type.proximity === null || type.proximity === 0 ? 300 : type.proximity
  const required = type.keywordRequired === true
  return {
    literals: (type.keywords ?? []).map((word) => word.trim().toLowerCase()),
    begin() {
      let words: [number, number][] = []
      const seen = new Set<string>()
      let best = 0
      return {
        literal: (_text, begin, end) => void words.push([begin, end]),
        piece(text, known) {
          const here = words
          words = []
          if ((required && here.length === 0) || !pattern.test(text)) return
          const matcher = pattern.matcher(text)
          for (let matches = 0; matches < MAX_MATCHES_A_PIECE && seen.size < MAX_DISTINCT && matcher.find(); matches += 1) {
            const [from, to] = [matcher.start(), matcher.end()]
            if (to <= known) continue
            const value = matcher.group() ?? ''
            if (check?.(value.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')) === false) continue
            const near = here.some(([begin, end]) => begin <= to + reach && end >= from - reach)
            if (required && !near) continue
            seen.add(value)
            best = Math.max(best, near ? levels.high : levels.medium)
          }
        },
        finding: () => (seen.size === 0 ? undefined : { type: id, count: seen.size, confidence: best }),
      }
    },
  }
}

function dictionary({ id, phrases, caseSensitive, minDistinct }: wire.KeywordDictionary.$Properties): Extra {
  const wanted = new Set((phrases ?? []).map((phrase) => phrase.trim()))
  return {
    literals: [...new Set([...wanted].map((phrase) => phrase.toLowerCase()))],
    begin() {
      const seen = new Set<string>()
      return {
        literal(text, begin, end) {
          const phrase = text.slice(begin, end)
          if (caseSensitive !== true || wanted.has(phrase)) seen.add(phrase.toLowerCase())
        },
        piece() {},
        finding: () => (seen.size === 0 || seen.size < (minDistinct ?? 0) ? undefined : { type: `keywords.${id ?? ''}`, count: seen.size, confidence: levels.high }),
      }
    },
  }
}

function exactData({ id, salt, hashes, maxWords, minDistinct }: wire.ExactDataSet.$Properties): Extra {
  const key = salt ?? new Uint8Array()
  const text = Buffer.from(hashes ?? new Uint8Array()).toString('hex')
  const known = new Set<string>()
  for (let at = 0; at < text.length; at += 2 * EXACT_HASH_BYTES) known.add(text.slice(at, at + 2 * EXACT_HASH_BYTES))
  const longest = maxWords === undefined || maxWords === null || maxWords === 0 ? 1 : maxWords
  return {
    literals: [],
    begin() {
      const seen = new Set<string>()
      return {
        literal() {},
        piece(piece) {
          const words = [...piece.matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => normaliseExact(word))
          const asked = new Set<string>()
          words.forEach((_, from) => {
            let value = ''
            for (let count = 0; count < longest && from + count < words.length; count += 1) {
              value += words[from + count] ?? ''
              // Shorter values are everywhere.
              if (value.length < 3 || value.length > 200 || asked.has(value)) continue
              asked.add(value)
              const found = exactHash(key, value)
              if (known.has(found)) seen.add(found)
            }
          })
        },
        finding: () => (seen.size === 0 || seen.size < (minDistinct ?? 0) ? undefined : { type: `exact.${id ?? ''}`, count: seen.size, confidence: levels.high }),
      }
    },
  }
}

/** @throws RE2JSSyntaxException for what `customProblem` refuses */
export const compileCustom = ({ customTypes = [], dictionaries = [], exactData: sets = [] }: CustomDefinitions): readonly Extra[] => [...customTypes.map(customType), ...dictionaries.map(dictionary), ...sets.map(exactData)]
