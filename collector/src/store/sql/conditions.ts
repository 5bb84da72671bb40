// WHERE clauses that are put together, and pages that are one row longer than what was asked for. Values are always bound.
import type { Page, PersonFilter } from '../store.ts'
import { personFilterSql } from './access.ts'
import type { SqlValue } from './connection.ts'

export class Conditions {
  readonly #parts: string[] = []
  readonly values: SqlValue[] = []

  add(sql: string, ...values: readonly SqlValue[]): void {
    this.#parts.push(sql)
    this.values.push(...values)
  }

  /** `column IN (…)` over a list; an empty list matches nothing. */
  oneOf(column: string, list: readonly SqlValue[] | undefined): void {
    if (list !== undefined) this.add(`${column} IN (${list.map(() => '?').join(', ') || 'NULL'})`, ...list)
  }

  /** The same for a list that may be long: one value, whatever its length. */
  anyOf(column: string, list: readonly string[] | undefined): void {
    if (list !== undefined) this.add(`${column} IN (SELECT value FROM each_text(?))`, JSON.stringify(list))
  }

  /** Only rows of people who may be seen; `column` holds the person's key. */
  seen(visible: PersonFilter | undefined, column: string): void {
    const condition = personFilterSql(visible, column)
    if (condition !== undefined) this.add(condition.sql, ...condition.values)
  }

  where(): string {
    return this.#parts.length === 0 ? '' : ` WHERE ${this.#parts.join(' AND ')}`
  }
}

/** One more row than asked for tells whether there is a next page. */
export function page<R, T>(found: readonly R[], limit: number, map: (row: R) => T, cursorOf: (row: R) => string): Page<T> {
  const items = found.slice(0, limit).map(map)
  const last = found[limit - 1]
  return found.length > limit && last !== undefined ? { items, nextCursor: cursorOf(last) } : { items }
}
