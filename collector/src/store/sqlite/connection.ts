// One connection to a SQLite file, with promises. Statements run in libuv's pool, so the event loop stays free.
import sqlite3 from 'sqlite3'
import type { Connection, SqlValue } from '../sql/connection.ts'

export type { Connection, SqlValue } from '../sql/connection.ts'

/** The words of store/sql in those of SQLite. */
export const toSqlite = (sql: string): string => sql.replaceAll(/\beach_(?:text|number)\(/g, 'json_each(').replaceAll(/\beach_row\(/g, 'jsonb_each(').replaceAll(/\blast_number\((\w+)\)/g, "(SELECT seq FROM sqlite_sequence WHERE name = '$1')")

export function connect(path: string, options: { readonly readOnly: boolean }): Promise<Connection> {
  const mode = options.readOnly ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, mode, (failure) => {
      if (failure !== null) {
        reject(failure)
        return
      }
      // Preparing costs more than running the short statements; the texts are few. They are kept by what rooms say, so that words are put into SQLite's once.
      const statements = new Map<string, sqlite3.Statement>()
      const prepared = (sql: string): sqlite3.Statement => {
        let statement = statements.get(sql)
        if (statement === undefined) {
          statement = database.prepare(toSqlite(sql))
          statements.set(sql, statement)
        }
        return statement
      }
      const all = <T>(sql: string, ...values: readonly SqlValue[]): Promise<T[]> =>
        new Promise((done, failed) => {
          prepared(sql).all(values as SqlValue[], (problem: Error | null, rows: T[]) => (problem === null ? done(rows) : failed(problem)))
        })
      resolve({
        all,
        get: async <T>(sql: string, ...values: readonly SqlValue[]) => (await all<T>(sql, ...values))[0],
        run: (sql, ...values) =>
          new Promise((done, failed) => {
            prepared(sql).run(values as SqlValue[], function (this: sqlite3.RunResult, problem: Error | null) {
              if (problem === null) done(this.changes)
              else failed(problem)
            })
          }),
        exec: (sql) => new Promise((done, failed) => database.exec(sql, (problem) => (problem === null ? done() : failed(problem)))),
        close: async () => {
          await Promise.all([...statements.values()].map((statement) => new Promise<void>((done) => statement.finalize(() => done()))))
          await new Promise<void>((done, failed) => database.close((problem) => (problem === null ? done() : failed(problem))))
        },
      })
    })
  })
}
