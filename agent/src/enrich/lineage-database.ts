// The lineage index on disk.
//
//   file(path UNIQUE, name, size, mtime, fingerprint or NULL, sha256, crc, seen, gone, marks, parent, how, was, sketch)
//   container(fingerprint UNIQUE, path, state, ...) and member(container, n, ...): what is in it, and which known file that is
//   piece(hash, file): smallest hashes of a content's pieces
//
// A row without fingerprint is a file that was only listed. Paths stand in their printable form: SQLite keeps text. `gone`
// keeps what was deleted or moved away for a day. `parent` is the row that it was copied from, `was` its names before (the
// last first, a line each). Ids are never used again, so that a parent that fell out is nobody.
// Written without fsync: the index may be lost at any time, and what it held is collected again.
import sqlite3 from 'sqlite3'

/** What a sentence of SQL takes; hashes go as hex and are kept as bytes. */
export type Value = string | number | null

export interface Database {
  all<T>(sql: string, ...values: readonly Value[]): Promise<T[]>
  run(sql: string, ...values: readonly Value[]): Promise<number>
  close(): Promise<void>
}

const LAYOUT = 2

const SCHEMA = `
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  PRAGMA cache_size = -2048;
  PRAGMA journal_size_limit = 8388608;
  PRAGMA temp_store = MEMORY;
  CREATE TABLE IF NOT EXISTS file (
    id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    fingerprint BLOB, sha256 BLOB, crc INTEGER, seen INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0, marks INTEGER NOT NULL DEFAULT 0,
    parent INTEGER NOT NULL DEFAULT 0, how TEXT NOT NULL DEFAULT '', was TEXT NOT NULL DEFAULT '', sketch TEXT
  );
  CREATE INDEX IF NOT EXISTS file_by_size ON file(size, name);
  CREATE INDEX IF NOT EXISTS file_by_fingerprint ON file(fingerprint) WHERE fingerprint IS NOT NULL;
  CREATE INDEX IF NOT EXISTS file_by_crc ON file(crc) WHERE crc IS NOT NULL;
  CREATE INDEX IF NOT EXISTS file_gone ON file(gone) WHERE gone > 0;
  CREATE INDEX IF NOT EXISTS file_sketched ON file(seen) WHERE sketch IS NOT NULL;
  CREATE TABLE IF NOT EXISTS container (
    id INTEGER PRIMARY KEY AUTOINCREMENT, fingerprint BLOB NOT NULL UNIQUE, path TEXT NOT NULL, state TEXT NOT NULL, encrypted INTEGER NOT NULL,
    members INTEGER NOT NULL, matched INTEGER NOT NULL, seen INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS member (
    container INTEGER NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, crc INTEGER,
    path TEXT NOT NULL, fingerprint BLOB, PRIMARY KEY (container, n)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS member_by_crc ON member(crc, size) WHERE crc IS NOT NULL;
  CREATE TABLE IF NOT EXISTS piece (hash INTEGER NOT NULL, file INTEGER NOT NULL, PRIMARY KEY (hash, file)) WITHOUT ROWID;
  PRAGMA user_version = ${LAYOUT};
`

/** @throws Error when it is damaged, or of another layout: it is thrown away then */
export async function openDatabase(path: string): Promise<Database> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(path, (problem) => (problem === null ? resolve(opened) : reject(problem)))
  })
  const close = (): Promise<void> => new Promise((resolve) => database.close(() => resolve()))
  try {
    const layout = await new Promise<number>((resolve, reject) => database.get('PRAGMA user_version', (problem, row: { user_version: number }) => (problem === null ? resolve(row.user_version) : reject(problem))))
    if (layout !== 0 && layout !== LAYOUT) throw new Error(`layout ${layout}`)
    await new Promise<void>((resolve, reject) => database.exec(SCHEMA, (problem) => (problem === null ? resolve() : reject(problem))))
  } catch (error) {
    await close()
    throw error
  }
  const statements = new Map<string, sqlite3.Statement>()
  const prepared = (sql: string): sqlite3.Statement => {
    const known = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, known)
    return known
  }
  return {
    all: <T>(sql: string, ...values: readonly Value[]) =>
      new Promise<T[]>((resolve, reject) => prepared(sql).all(values, (problem: Error | null, rows: T[]) => (problem === null ? resolve(rows) : reject(problem)))),
    run: (sql, ...values) =>
      new Promise((resolve, reject) => {
        prepared(sql).run(values, function (this: sqlite3.RunResult, problem: Error | null) {
          if (problem === null) resolve(this.changes)
          else reject(problem)
        })
      }),
    async close() {
      await Promise.all([...statements.values()].map((statement) => new Promise<void>((resolve) => statement.finalize(() => resolve()))))
      await close()
    },
  }
}

/** Pages that hold something, as bytes. */
export async function bytesInUse(database: Database): Promise<number> {
  const [row] = await database.all<{ bytes: number }>('SELECT (p.page_count - f.freelist_count) * s.page_size AS bytes FROM pragma_page_count() AS p, pragma_freelist_count() AS f, pragma_page_size() AS s')
  return row?.bytes ?? 0
}
