// One connection to a SQLite file, with promises. Statements run in libuv's pool, so the event loop stays free.
import sqlite3 from 'sqlite3'

export type SqlValue = string | number | Uint8Array | null

export interface Connection {
  all<T>(sql: string, ...values: readonly SqlValue[]): Promise<T[]>
  get<T>(sql: string, ...values: readonly SqlValue[]): Promise<T | undefined>
  run(sql: string, ...values: readonly SqlValue[]): Promise<void>
  /** Several statements without parameters. */
  exec(sql: string): Promise<void>
  close(): Promise<void>
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

/** The file itself is broken; no retry helps. A header with a flipped bit can say that it is read-only. */
export const isDamage = (error: unknown): boolean => ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_READONLY', 'SQLITE_MISUSE'].includes(codeOf(error))

/** @param mode `create` makes the file when it is not there */
export function connect(path: string, mode: 'read' | 'write' | 'create'): Promise<Connection> {
  const flags = { read: sqlite3.OPEN_READONLY, write: sqlite3.OPEN_READWRITE, create: sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE }[mode]
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, flags, (failure) => (failure === null ? resolve(wrap(database)) : reject(failure)))
  })
}

function wrap(database: sqlite3.Database): Connection {
  // Preparing costs more than running the short statements; the texts are few.
  const statements = new Map<string, Promise<sqlite3.Statement>>()
  const prepared = (sql: string): Promise<sqlite3.Statement> => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const made = new Promise<sqlite3.Statement>((done, failed) => {
      const statement = database.prepare(sql, (problem: Error | null) => (problem === null ? done(statement) : failed(problem)))
    })
    statements.set(sql, made)
    made.catch(() => statements.delete(sql))
    return made
  }
  const all = async <T>(sql: string, ...values: readonly SqlValue[]): Promise<T[]> => {
    const statement = await prepared(sql)
    return new Promise((done, failed) => {
      statement.all(values as SqlValue[], (problem: Error | null, rows: T[]) => (problem === null ? done(rows) : failed(problem)))
    })
  }
  return {
    all,
    get: async <T>(sql: string, ...values: readonly SqlValue[]) => (await all<T>(sql, ...values))[0],
    async run(sql, ...values) {
      const statement = await prepared(sql)
      await new Promise<void>((done, failed) => {
        statement.run(values as SqlValue[], (problem: Error | null) => (problem === null ? done() : failed(problem)))
      })
    },
    exec: (sql) => new Promise((done, failed) => database.exec(sql, (problem) => (problem === null ? done() : failed(problem)))),
    async close() {
      const settled = await Promise.allSettled(statements.values())
      statements.clear()
      const open = settled.flatMap((row) => (row.status === 'fulfilled' ? [row.value] : []))
      await Promise.all(open.map((statement) => new Promise<void>((done) => statement.finalize(() => done()))))
      await new Promise<void>((done, failed) => database.close((problem) => (problem === null ? done() : failed(problem))))
    },
  }
}
