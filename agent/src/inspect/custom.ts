// What an organisation adds to the catalogue: types by pattern, dictionaries of phrases, and tables known by hash only.
import { EXACT_HASH_BYTES, exactHash, normaliseExact, type wire } from '@holdfast/proto'
import { RE2JS } from 're2js'
import { levels } from './catalogue/row.ts'
import { iban, luhn, mod97, verhoeff } from './checksums.ts'
import type { CustomDefinitions } from './custom-rules.ts'

const checks: Readonly<Record<string, (text: string) => boolean>> = { luhn, iban, mod97, verhoeff }

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

function customType(type: wire.CustomInformationType.$Properties): Extra {
  const id = `custom.${type.id ?? ''}`
  const pattern = RE2JS.compile(type.pattern ?? '', type.caseSensitive === true ? 0 : RE2JS.CASE_INSENSITIVE)
  const check = checks[type.checksum ?? '']
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
