import type { EnrolmentRequest } from '../../domain/people/enrolment-request.ts'
import type { EnrolmentReader, EnrolmentWriter } from '../enrolment.ts'
import { Conditions, page } from './conditions.ts'
import type { Connection } from './connection.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

/** Whether a code asks for approval, and who waits for it. */
export const enrolmentMigration = `
  ALTER TABLE enrolment_code ADD COLUMN approval INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE enrolment_request (
    k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT NOT NULL, public_key TEXT NOT NULL, state TEXT NOT NULL, requested_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, decided_at INTEGER, doc TEXT NOT NULL,
    UNIQUE (code, public_key)
  ) STRICT;
  CREATE INDEX enrolment_request_state ON enrolment_request (state, k);
  CREATE INDEX enrolment_request_due ON enrolment_request (expires_at) WHERE state IN ('waiting', 'approved');
  `

interface RequestRow { readonly k: number; readonly id: string; readonly doc: string }
/** Documents that this backend wrote itself. */
const toRequest = (row: RequestRow): EnrolmentRequest => JSON.parse(row.doc) as EnrolmentRequest

export function enrolmentReads(db: Connection): EnrolmentReader {
  const one = async (where: string, ...values: readonly string[]): Promise<EnrolmentRequest | undefined> => {
    const row = await db.get<RequestRow>(`SELECT * FROM enrolment_request WHERE ${where}`, ...values)
    return row === undefined ? undefined : toRequest(row)
  }
  const count = async (where: string, values: Conditions['values']): Promise<number> => (await db.get<{ n: number }>(`SELECT count(*) AS n FROM enrolment_request${where}`, ...values))?.n ?? 0
  return {
    enrolmentRequest: (id) => one('id = ?', id),
    enrolmentRequestOf: (codeId, publicKey) => one('code = ? AND public_key = ?', codeId, publicKey),
    async enrolmentRequests({ limit, cursor, states, codeId, groups }) {
      const filter = new Conditions()
      filter.oneOf('state', states)
      if (codeId !== undefined) filter.add('code = ?', codeId)
      filter.anyOf("doc ->> '$.group'", groups)
      const total = await count(filter.where(), filter.values)
      if (cursor !== undefined) filter.add('k > ?', decodeCursor(cursor).value)
      const found = await db.all<RequestRow>(`SELECT * FROM enrolment_request${filter.where()} ORDER BY k LIMIT ?`, ...filter.values, limit + 1)
      return { ...page(found, limit, toRequest, (row) => encodeCursor(row.k, row.id)), total }
    },
    waitingEnrolments: () => count(" WHERE state = 'waiting'", []),
    overdueEnrolments: async (nowMs, limit) => (await db.all<RequestRow>("SELECT * FROM enrolment_request WHERE state IN ('waiting', 'approved') AND expires_at <= ? ORDER BY expires_at, k LIMIT ?", nowMs, limit)).map(toRequest),
  }
}

export function enrolmentWrites(db: Connection): EnrolmentWriter {
  return {
    saveEnrolmentRequest: async (request) => void (await db.run(
      'INSERT INTO enrolment_request (id, code, public_key, state, requested_at, expires_at, decided_at, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET state = ?4, expires_at = ?6, decided_at = ?7, doc = ?8',
      request.id, request.codeId, request.publicKey, request.state, request.requestedAtMs, request.expiresAtMs, request.decidedAtMs ?? null, JSON.stringify(request))),
    deleteEnrolmentRequests: (endedBeforeMs) => db.run("DELETE FROM enrolment_request WHERE state IN ('refused', 'expired', 'enrolled') AND coalesce(decided_at, expires_at) < ?", endedBeforeMs),
  }
}
