// What a policy may define of its own: form and limits. The engine is loaded only when there is a pattern to judge, because
// most devices never have one.
import { createRequire } from 'node:module'
import { EXACT_HASH_BYTES, type wire } from '@holdfast/proto'
import type * as Re2js from 're2js'

type Engine = typeof Re2js

const load = createRequire(import.meta.url)

/** Plain forms of what stands in wire.ContentInspection. */
export interface CustomDefinitions {
  readonly customTypes?: readonly wire.CustomInformationType.$Properties[]
  readonly dictionaries?: readonly wire.KeywordDictionary.$Properties[]
  readonly exactData?: readonly wire.ExactDataSet.$Properties[]
}

export const CUSTOM_LIMITS = { types: 100, pattern: 1000, keywords: 200, keyword: 100, dictionaries: 50, phrases: 5000, exactSets: 20, exactHashes: 1_000_000, exactWords: 8 } as const
export const CUSTOM_CHECKS: readonly string[] = ['luhn', 'iban', 'mod97', 'verhoeff']

const hasName = (text: string): boolean => /^[a-z0-9][a-z0-9_.-]{0,63}$/.test(text)

function patternProblem(pattern: string): string | undefined {
  if (pattern === '' || pattern.length > CUSTOM_LIMITS.pattern) return `a pattern must have 1 to ${CUSTOM_LIMITS.pattern} characters`
  try {
    const { RE2JS } = load('re2js') as Engine
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
  if (checksum !== undefined && checksum !== null && checksum !== '' && !CUSTOM_CHECKS.includes(checksum)) return `${id}: unknown checksum`
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
