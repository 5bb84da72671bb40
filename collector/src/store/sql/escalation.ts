// Bundles, tickets and links; see store/escalation.ts. They go with their case and their person.
import type { CaseBundle, CaseTicket, EscalationReader, EscalationWriter, ShareLink, TicketOrder, TicketTarget } from '../escalation.ts'
import type { Connection } from './connection.ts'
import { type AuditRow, toAudit } from './rows.ts'

export const escalationMigration = `
  CREATE TABLE case_bundle (id TEXT PRIMARY KEY, case_id TEXT NOT NULL, person INTEGER NOT NULL REFERENCES person (k), state TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE INDEX case_bundle_case ON case_bundle (case_id, created_at);
  CREATE INDEX case_bundle_person ON case_bundle (person);
  CREATE INDEX case_bundle_unfinished ON case_bundle (created_at) WHERE state IN ('queued', 'running');
  CREATE TABLE ticket_target (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, doc TEXT NOT NULL, secret TEXT NOT NULL, revision INTEGER NOT NULL) STRICT;
  CREATE TABLE case_ticket (id TEXT PRIMARY KEY, case_id TEXT NOT NULL, person INTEGER NOT NULL REFERENCES person (k), state TEXT NOT NULL, told_status TEXT, created_at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE INDEX case_ticket_case ON case_ticket (case_id, created_at);
  CREATE INDEX case_ticket_person ON case_ticket (person);
  CREATE TABLE ticket_order (
    id INTEGER PRIMARY KEY AUTOINCREMENT, ticket TEXT NOT NULL REFERENCES case_ticket (id) ON DELETE CASCADE, kind TEXT NOT NULL, payload TEXT NOT NULL, tries INTEGER NOT NULL, created_at INTEGER NOT NULL, next_at INTEGER NOT NULL, by_id TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ticket_order_ticket ON ticket_order (ticket, id);
  CREATE TABLE share_link (id TEXT PRIMARY KEY, ref TEXT NOT NULL, person INTEGER NOT NULL REFERENCES person (k), by_id TEXT NOT NULL, to_id TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, revoked_at INTEGER, granted INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE INDEX share_link_ref ON share_link (ref);
  CREATE INDEX share_link_by ON share_link (by_id, created_at);
  CREATE INDEX share_link_to ON share_link (to_id, created_at);
  CREATE INDEX share_link_person ON share_link (person);
  CREATE INDEX share_link_granted ON share_link (expires_at) WHERE granted = 1;
  `

interface DocRow { readonly doc: string }
/** Documents that this backend wrote itself. */
const toDoc = <T>(row: DocRow): T => JSON.parse(row.doc) as T

interface OrderRow { id: number; ticket: string; kind: string; payload: string; tries: number; created_at: number; next_at: number; by_id: string }
const toOrder = (row: OrderRow): TicketOrder => ({ id: row.id, ticketId: row.ticket, kind: row.kind === 'create' ? 'create' : 'update', payload: row.payload, tries: row.tries, createdAtMs: row.created_at, nextAtMs: row.next_at, byId: row.by_id })

export function escalationReads(db: Connection): EscalationReader {
  const docs = async <T>(sql: string, ...values: readonly (string | number)[]): Promise<readonly T[]> => (await db.all<DocRow>(sql, ...values)).map((row) => toDoc<T>(row))
  const doc = async <T>(sql: string, ...values: readonly (string | number)[]): Promise<T | undefined> => (await docs<T>(sql, ...values))[0]
  return {
    caseBundle: (id) => doc<CaseBundle>('SELECT doc FROM case_bundle WHERE id = ?', id),
    bundlesOfCase: (caseId) => docs<CaseBundle>('SELECT doc FROM case_bundle WHERE case_id = ? ORDER BY created_at DESC, id DESC', caseId),
    unfinishedBundles: () => docs<CaseBundle>("SELECT doc FROM case_bundle WHERE state IN ('queued', 'running') ORDER BY created_at, id"),
    bundleIds: async () => new Set((await db.all<{ id: string }>('SELECT id FROM case_bundle')).map(({ id }) => id)),
    expiredBundles: (nowMs) => docs<CaseBundle>("SELECT doc FROM case_bundle WHERE state IN ('done', 'failed') AND expires_at <= ? ORDER BY expires_at LIMIT 500", nowMs),
    ticketTargets: () => db.all<TicketTarget>('SELECT id, name, doc, secret, revision FROM ticket_target ORDER BY name'),
    ticketTarget: (id) => db.get<TicketTarget>('SELECT id, name, doc, secret, revision FROM ticket_target WHERE id = ?', id),
    ticket: (id) => doc<CaseTicket>('SELECT doc FROM case_ticket WHERE id = ?', id),
    ticketsOfCase: (caseId) => docs<CaseTicket>('SELECT doc FROM case_ticket WHERE case_id = ? ORDER BY created_at DESC, id DESC', caseId),
    dueTicketOrders: async (nowMs, limit) =>
      (await db.all<OrderRow>(
        "SELECT o.* FROM ticket_order o JOIN case_ticket t ON t.id = o.ticket WHERE t.state <> 'failed' AND o.next_at <= ? AND NOT EXISTS (SELECT 1 FROM ticket_order earlier WHERE earlier.ticket = o.ticket AND earlier.id < o.id) ORDER BY o.next_at, o.id LIMIT ?", nowMs, limit)).map(toOrder),
    ordersOfTicket: async (ticketId) => (await db.all<OrderRow>('SELECT * FROM ticket_order WHERE ticket = ? ORDER BY id', ticketId)).map(toOrder),
    ticketsBehind: async (limit) =>
      (await db.all<DocRow & { status: string }>("SELECT t.doc, c.status FROM case_ticket t JOIN case_file c ON c.id = t.case_id WHERE t.state = 'open' AND t.told_status IS NOT NULL AND t.told_status <> c.status ORDER BY t.created_at LIMIT ?", limit))
        .map((row) => ({ ticket: toDoc<CaseTicket>(row), status: row.status })),
    shareLink: (id) => doc<ShareLink>('SELECT doc FROM share_link WHERE id = ?', id),
    shareLinks: async ({ byId, toId, ref, liveAtMs }) =>
      (await db.all<DocRow>(
        'SELECT doc FROM share_link WHERE (by_id = ?1 OR ?1 IS NULL) AND (to_id = ?2 OR ?2 IS NULL) AND (ref = ?3 OR ?3 IS NULL) AND ((revoked_at IS NULL AND expires_at > ?4) OR ?4 IS NULL) ORDER BY created_at DESC, id DESC LIMIT 500',
        byId ?? null, toId ?? null, ref ?? null, liveAtMs ?? null)).map((row) => toDoc<ShareLink>(row)),
    sharesToEnd: (nowMs) => docs<ShareLink>('SELECT doc FROM share_link WHERE granted = 1 AND (expires_at <= ? OR revoked_at IS NOT NULL) ORDER BY expires_at LIMIT 500', nowMs),
    auditExtract: async ({ subjectId, targetIds, afterSeq, limit }) =>
      (await db.all<AuditRow & { previous: string | null }>(
        `SELECT a.*, (SELECT p.hash FROM audit p WHERE p.seq = a.seq - 1) AS previous FROM audit a
         WHERE a.seq > ?2 AND (a.seq IN (SELECT s.seq FROM audit_subject s WHERE s.user_id = ?1) OR a.target_id IN (SELECT value FROM each_text(?3))) ORDER BY a.seq LIMIT ?4`,
        subjectId, afterSeq, JSON.stringify(targetIds), limit)).map((row) => ({ ...toAudit(row), previous: row.previous ?? undefined })),
  }
}

export function escalationWrites(db: Connection): EscalationWriter {
  return {
    saveCaseBundle: async (bundle) =>
      void (await db.run(
        'INSERT INTO case_bundle (id, case_id, person, state, created_at, expires_at, doc) SELECT ?1, ?2, k, ?4, ?5, ?6, ?7 FROM person WHERE id = ?3 ON CONFLICT (id) DO UPDATE SET state = ?4, expires_at = ?6, doc = ?7',
        bundle.id, bundle.caseId, bundle.userId, bundle.state, bundle.createdAtMs, bundle.expiresAtMs, JSON.stringify(bundle))),
    deleteCaseBundle: async (id) => void (await db.run('DELETE FROM case_bundle WHERE id = ?', id)),
    saveTicketTarget: async ({ id, name, doc, secret, revision }) => void (await db.run('INSERT INTO ticket_target (id, name, doc, secret, revision) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET name = ?2, doc = ?3, secret = ?4, revision = ?5', id, name, doc, secret, revision)),
    deleteTicketTarget: async (id) => void (await db.run('DELETE FROM ticket_target WHERE id = ?', id)),
    saveTicket: async (ticket, status) =>
      void (await db.run(
        'INSERT INTO case_ticket (id, case_id, person, state, told_status, created_at, doc) SELECT ?1, ?2, k, ?4, ?5, ?6, ?7 FROM person WHERE id = ?3 ON CONFLICT (id) DO UPDATE SET state = ?4, told_status = coalesce(?5, case_ticket.told_status), doc = ?7',
        ticket.id, ticket.caseId, ticket.userId, ticket.state, status ?? null, ticket.createdAtMs, JSON.stringify(ticket))),
    addTicketOrder: async ({ ticketId, kind, payload, tries, createdAtMs, nextAtMs, byId }) => void (await db.run('INSERT INTO ticket_order (ticket, kind, payload, tries, created_at, next_at, by_id) VALUES (?, ?, ?, ?, ?, ?, ?)', ticketId, kind, payload, tries, createdAtMs, nextAtMs, byId)),
    saveTicketOrder: async ({ id, tries, nextAtMs }) => void (await db.run('UPDATE ticket_order SET tries = ?, next_at = ? WHERE id = ?', tries, nextAtMs, id)),
    deleteTicketOrder: async (id) => void (await db.run('DELETE FROM ticket_order WHERE id = ?', id)),
    saveShareLink: async (link) =>
      void (await db.run(
        'INSERT INTO share_link (id, ref, person, by_id, to_id, created_at, expires_at, revoked_at, granted, doc) SELECT ?1, ?2, k, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM person WHERE id = ?3 ON CONFLICT (id) DO UPDATE SET revoked_at = ?8, granted = ?9, doc = ?10',
        link.id, link.ref, link.userId, link.byId, link.toId, link.createdAtMs, link.expiresAtMs, link.revokedAtMs ?? null, link.grantedAtMs === undefined ? 0 : 1, JSON.stringify(link))),
  }
}
