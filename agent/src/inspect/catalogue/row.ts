// A row of the catalogue of sensitive information types: everything that scanning, documentation and policies know of a type.
//
// Patterns are RE2 and see no more than a candidate:
//   group    the whole candidate in upper case: words with digits in them, joined by one of ` - . / +`
//   anchor   the text around a literal, as it is written
//   keyword  the text right behind a keyword, as it is written
// So the cost of a text does not depend on how many types there are (scanner.ts).

/** How sure a match is; the numbers are what goes on the wire. */
export const levels = { low: 65, medium: 75, high: 85 } as const
export type Level = keyof typeof levels

export type TypeCategory = 'finance' | 'identity' | 'health' | 'contact' | 'secret' | 'crypto'

interface Common {
  /** Stable; country or area first. */
  readonly id: string
  readonly name: string
  /** ISO 3166-1 alpha-2; empty where it belongs to no country. */
  readonly country: string
  readonly category: TypeCategory
  /** RE2 syntax. */
  readonly pattern: string
  /** Whether the candidate, in upper case and without separators, is a good one. */
  readonly check?: (compact: string) => boolean
  /** Lower case; between word boundaries, where they begin or end with a letter. */
  readonly keywords: readonly string[]
  /** Level without a keyword near it; absent: does not count then. */
  readonly alone?: Level
  /** Level with a keyword within `proximity` characters. */
  readonly near?: Level
  /** Characters between match and keyword; 300 when absent. */
  readonly proximity?: number
  /** Distinct values before it is a finding; 1 when absent. */
  readonly minimum?: number
  /** Where pattern and check come from. */
  readonly source: string
}

export interface GroupType extends Common {
  readonly find: 'group'
  /** The check sees the candidate as it is written. */
  readonly raw?: true
  /** The form alone says much: a candidate that fails the check is `low`, with a keyword `medium`. */
  readonly soft?: true
}
export interface AnchorType extends Common {
  readonly find: 'anchor'
  /** Lower case literals, one of which every match holds. */
  readonly anchors: readonly string[]
  /** Characters before and behind the anchor that a match may reach. */
  readonly reach: readonly [before: number, behind: number]
}
export interface KeywordType extends Common {
  readonly find: 'keyword'
  /** Characters behind the keyword in which the match begins. */
  readonly within: number
}
export type InformationType = GroupType | AnchorType | KeywordType

type Rest<T extends InformationType> = Omit<T, 'find' | 'id' | 'name' | 'country' | 'pattern'>
export const group = (id: string, name: string, country: string, pattern: string, rest: Rest<GroupType>): GroupType => ({ find: 'group', id, name, country, pattern, ...rest })
export const anchor = (id: string, name: string, country: string, pattern: string, rest: Rest<AnchorType>): AnchorType => ({ find: 'anchor', id, name, country, pattern, ...rest })
export const keyword = (id: string, name: string, country: string, pattern: string, rest: Rest<KeywordType>): KeywordType => ({ find: 'keyword', id, name, country, pattern, ...rest })
