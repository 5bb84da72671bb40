// Columns of a file by what they mean: by the names that sources use, or by a mapping that a person wrote.
import { nearestWord } from '../domain/policies/policy-document.ts'
import { distance } from 'fastest-levenshtein'
import { columnKey } from './files/table.ts'

export interface ColumnSpec {
  /** Names that sources give to it, in any case and with any signs between; the first is used in messages. */
  readonly names: readonly string[]
  readonly required?: boolean
}

export type Columns<R extends string> = Readonly<Record<R, ColumnSpec>>

/** Which cell holds what; undefined: the file has no such column. */
export type Layout<R extends string> = Readonly<Partial<Record<R, number>>>

/** @param mapping role -> name of the column in this file, over the names that are known */
export function layoutOf<R extends string>(head: readonly string[], columns: Columns<R>, mapping: Readonly<Record<string, string>> = {}): { readonly layout: Layout<R>; readonly problems: readonly string[] } {
  const keys = head.map(columnKey)
  const problems: string[] = []
  const layout: Partial<Record<R, number>> = {}
  for (const role of Object.keys(mapping)) if (!Object.hasOwn(columns, role)) problems.push(`the mapping names "${role}", which is no column of this kind of file; the nearest is "${nearestWord(role, Object.keys(columns)) ?? ''}"`)
  for (const role of Object.keys(columns) as R[]) {
    const given = mapping[role]
    const wanted = (given === undefined ? columns[role].names : [given]).map(columnKey)
    const at = keys.findIndex((key) => key !== '' && wanted.includes(key))
    if (at >= 0) {
      layout[role] = at
      if (keys.some((key, other) => other !== at && key === keys[at])) problems.push(`the column "${head[at] ?? ''}" is there twice`)
    } else if (given !== undefined) problems.push(`there is no column "${given}", which the mapping names for ${role}; the nearest is "${nearestWord(given, head) ?? ''}"`)
  }
  return { layout, problems: [...problems, ...misspelt(head, columns, layout)] }
}

/** Shorter names are near to everything. */
const MISSPELT_FROM = 5

/** Columns that are not known and look like one that is missing: left out without a word, they would change who is meant. */
function misspelt<R extends string>(head: readonly string[], columns: Columns<R>, layout: Layout<R>): readonly string[] {
  const used = new Set(Object.values(layout))
  const missing = (Object.keys(columns) as R[]).filter((role) => layout[role] === undefined).flatMap((role) => columns[role].names)
  return head.flatMap((name, at) => {
    const key = columnKey(name)
    if (used.has(at) || key.length < MISSPELT_FROM) return []
    const near = missing.find((known) => columnKey(known).length >= MISSPELT_FROM && distance(key, columnKey(known)) === 1)
    return near === undefined ? [] : [`the column "${name}" is not known; the nearest is "${near}"`]
  })
}

/** What is said of mandatory columns that are not there. */
export function missingColumns<R extends string>(head: readonly string[], columns: Columns<R>, layout: Layout<R>, required: readonly R[] = (Object.keys(columns) as R[]).filter((role) => columns[role].required === true)): readonly string[] {
  return required.filter((role) => layout[role] === undefined).map((role) => {
    const name = columns[role].names[0] ?? role
    const near = nearestWord(name, head)
    // A name that shares less than half of its letters helps nobody.
    const nearest = near !== undefined && distance(columnKey(name), columnKey(near)) * 2 <= columnKey(name).length ? near : undefined
    return `the mandatory column ${name} is missing${nearest === undefined ? '' : `; the nearest in the file is "${nearest}"`}`
  })
}

export const cell = <R extends string>(cells: readonly string[], layout: Layout<R>, role: R): string => {
  const at = layout[role]
  return at === undefined ? '' : cells[at] ?? ''
}
