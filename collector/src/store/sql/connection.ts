// What a room needs of a database, whichever it is.
//
// A statement is written once, in the words that both databases know (`ON CONFLICT … DO UPDATE`, `IS DISTINCT FROM`, `FILTER (WHERE …)`,
// `CAST … AS BIGINT`), with parameters as `?` or `?1`. Where they have no word in common it says what is meant, and each connection puts its
// own word there:
//
//   each_text(?) w      one row for each text of a JSON list, `w.value` (SQLite: json_each)
//   each_number(?) w    the same of whole numbers
//   each_row(?) w       one row for each list or object of a JSON list; `w.value ->> 0` is text in one database and typed in the other, so
//                       that every number is cast: `CAST(w.value ->> 0 AS BIGINT)`, or `AS DOUBLE PRECISION`, or `AS BOOLEAN`
//   each_text(t.doc, '$.tags')   the same of a list inside of a document
//   t.doc ->> '$.a.b'   text inside of a document that is kept as text
//   last_number(outbox) highest number that a table whose numbers are never used twice has given
//   ?1 IS NULL          after what says of which type it is: `(id = ?1 OR ?1 IS NULL)`
//   INDEXED BY name     said to SQLite only; where a row is found by `rowid` and taken in the same statement, PostgreSQL has its own name for it
//
// Names of columns that code reads with capital letters are quoted (`AS "userId"`).
export type SqlValue = string | number | bigint | Uint8Array | null

export interface Connection {
  all<T>(sql: string, ...values: readonly SqlValue[]): Promise<T[]>
  get<T>(sql: string, ...values: readonly SqlValue[]): Promise<T | undefined>
  /** @returns number of rows changed */
  run(sql: string, ...values: readonly SqlValue[]): Promise<number>
  /** Statements without parameters, as they are. */
  exec(sql: string): Promise<void>
  close(): Promise<void>
}
