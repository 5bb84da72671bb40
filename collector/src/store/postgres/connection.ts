// Connections to PostgreSQL: a pool of them behind the face that the rooms know, or one of them inside a transaction.
import { hash } from 'node:crypto'
import pg from 'pg'
import { CodedError } from '../../errors.ts'
import type { Connection, SqlValue } from '../sql/connection.ts'
import { toPostgres } from './dialect.ts'

const CONNECT_TIMEOUT_MS = 10_000
const LOCK_TIMEOUT_MS = 30_000
const IDLE_IN_TRANSACTION_MS = 300_000

/** Types by their numbers in pg_type: int8 and numeric. */
const INT8: number = 20
const NUMERIC: number = 1700

/** Numbers of the store are safe integers and doubles; PostgreSQL's driver would hand out texts for some of them. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && (oid === INT8 || oid === NUMERIC)) return Number
    return (pg.types.getTypeParser as (id: number, form?: string) => unknown)(oid, format)
  }) as pg.CustomTypesConfig['getTypeParser'],
}

/** @throws CONFIG_INVALID when the text is no address of a database */
export function sessionConfig(url: string, name = 'holdfast'): pg.ClientConfig {
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) throw new CodedError('CONFIG_INVALID', { key: 'store', problem: 'must be a folder of SQLite (empty) or an address such as postgres://user:password@host/database' })
  return { connectionString: url, application_name: name, types, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, lock_timeout: LOCK_TIMEOUT_MS, idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS, keepAlive: true }
}

/** One session of its own, connected; for locks that end with the process, and for listening. */
export async function createSession(url: string, name?: string): Promise<pg.Client> {
  const client = new pg.Client(sessionConfig(url, name))
  // Whatever waits on it is told as well.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw translate(error)
  }
  return client
}

const BUSY = new Set(['40001', '40P01', '55P03'])
const AWAY = /^(?:08|57P|53)/

/** The driver's words become ours here; what is not the database's own failure passes. */
export function translate(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CodedError) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (BUSY.has(code)) return new CodedError('STORE_BUSY', {}, { cause: error })
  if (AWAY.test(code) || /^E[A-Z]+$/.test(code) || /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(error.message)) return new CodedError('STORE_UNREACHABLE', { detail: code === '' ? error.message : code }, { cause: error })
  if (code === 'XX001' || code === 'XX002') return new CodedError('STORE_CORRUPT', { detail: error.message }, { cause: error })
  return error
}

/**
 * What is bound in the place of a value. PostgreSQL's text holds neither NUL nor half of a surrogate pair, nor does its JSON when they are written as escapes. SQLite
 * keeps both; they mean nothing in a name, so the sign for what cannot be shown stands for them.
 */
export function clean(value: SqlValue): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'string') return value
  const text = value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
  // JSON.stringify writes as escapes only control characters and halves of pairs; in a document within a document they have more strokes before them.
  return text.includes('\\u') && /^[[{"]/.test(text) ? text.replaceAll(/\\+u(?:0000|d[89a-f][0-9a-f]{2})/g, '\uFFFD') : text
}

/** Statements are prepared by name on each connection. The texts are few, but filters combine: past so many they are sent unnamed. */
const NAMED_MAX = 2000
const prepared = new Map<string, { readonly text: string; readonly name?: string }>()

function statement(sql: string): { readonly text: string; readonly name?: string } {
  let known = prepared.get(sql)
  if (known === undefined) {
    const text = toPostgres(sql)
    known = prepared.size < NAMED_MAX ? { text, name: hash('sha256', text).slice(0, 32) } : { text }
    if (prepared.size < NAMED_MAX) prepared.set(sql, known)
  }
  return known
}

type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.ClientBase, 'query'>

/** @param close ends what is behind it */
export function overPostgres(behind: Queryable, close: () => Promise<void> = async () => {}): Connection {
  const query = async (sql: string, values: readonly SqlValue[]): Promise<pg.QueryResult> => {
    try {
      return await (behind as pg.Pool).query({ ...statement(sql), values: values.map(clean) })
    } catch (error) {
      throw translate(error)
    }
  }
  return {
    all: async <T>(sql: string, ...values: readonly SqlValue[]) => (await query(sql, values)).rows as T[],
    get: async <T>(sql: string, ...values: readonly SqlValue[]) => ((await query(sql, values)).rows as T[])[0],
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    async exec(sql) {
      try {
        await (behind as pg.Pool).query(sql === 'PRAGMA defer_foreign_keys = ON' ? 'SET CONSTRAINTS ALL DEFERRED' : sql)
      } catch (error) {
        throw translate(error)
      }
    },
    close,
  }
}

/** A list of whole numbers as PostgreSQL's own bytes: nothing is written as text here nor parsed there. */
export function int8List(numbers: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(20 + numbers.length * 12)
  bytes.writeInt32BE(numbers.length === 0 ? 0 : 1, 0)
  bytes.writeInt32BE(0, 4)
  bytes.writeInt32BE(INT8, 8)
  if (numbers.length === 0) return bytes.subarray(0, 12)
  bytes.writeInt32BE(numbers.length, 12)
  bytes.writeInt32BE(1, 16)
  let at = 20
  for (const number of numbers) {
    bytes.writeInt32BE(8, at)
    // Two halves: safe integers of either sign, without a BigInt for each.
    bytes.writeInt32BE(Math.floor(number / 2 ** 32), at + 4)
    bytes.writeUInt32BE(number >>> 0, at + 8)
    at += 12
  }
  return bytes
}
