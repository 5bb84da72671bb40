import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { readAnchors } from '../../audit/anchors.ts'
import { AUDIT_CATEGORIES, type AuditCategory, wordsOf } from '../../audit/categories.ts'
import { appendAudit, verifyAudit } from '../../audit/chain.ts'
import type { AuditQuery } from '../../store/privacy.ts'
import type { AuditEntry } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { namesOf } from '../names.ts'
import { personOf } from '../privacy/look-up.ts'
import { sendRows } from '../rows-stream.ts'
import { presentEntries, presentLooks } from './present.ts'
import { AuditExportQuery, AuditFacets, type AuditFilter, AuditListQuery, AuditPage, AuditVerdict, type AuditEntryView, LooksQuery, LooksView } from './schema.ts'

const DAY_MS = 86_400_000
/** The log's own default. */
const LOOKS_DAYS = 180
const EXPORT_PAGE = 500
const isCategory = (name: string): name is AuditCategory => (AUDIT_CATEGORIES as readonly string[]).includes(name)

export const auditRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps

  /** @throws REQUEST_INVALID, NOT_FOUND for a subject that nobody is */
  const queryOf = async ({ category, action, actor, subject, target, from, to }: AuditFilter): Promise<Omit<AuditQuery, 'limit'>> => {
    const wrong = category?.find((name) => !isCategory(name))
    if (wrong !== undefined) throw new InvalidRequest([{ pointer: '/querystring/category', detail: `there is no category "${wrong}"` }])
    const person = subject === undefined ? undefined : await personOf(store, { userId: subject, identity: subject })
    return {
      ...(category === undefined ? {} : { prefixes: wordsOf(category.filter(isCategory)) }), ...(action === undefined ? {} : { action }), ...(actor === undefined ? {} : /^(?:a_|tk_|local:|system$)/.test(actor) ? { actorId: actor } : { actorName: actor }),
      ...(person === undefined ? {} : { subjectId: person.id }), ...(target === undefined ? {} : { targetId: target }), ...(from === undefined ? {} : { fromMs: Date.parse(from) }), ...(to === undefined ? {} : { toMs: Date.parse(to) }),
    }
  }
  /** What was looked for; a person by id, never by the name that was typed. */
  const filterDetail = ({ subjectId, prefixes, ...query }: Omit<AuditQuery, 'limit'>, filter: AuditFilter) => ({ ...query, ...(prefixes === undefined ? {} : { category: filter.category }), ...(subjectId === undefined ? {} : { about: subjectId }) })

  app.get('/api/v1/audit', { schema: { tags: ['audit'], summary: 'The audit log, newest first.', querystring: AuditListQuery, response: { 200: AuditPage } } }, async (request) => {
    const { limit = 50, cursor, ...filter } = request.query
    const query = await queryOf(filter)
    const page = await store.auditEntries({ limit, ...query, ...(cursor === undefined ? {} : { cursor }) })
    // Looking at the log is a look as well; the pages after the first belong to the same one.
    if (cursor === undefined) await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'audit.viewed', targetKind: 'audit', targetId: '-', detail: filterDetail(query, filter), atMs: deps.now() }))
    return { items: [...(await presentEntries(store, page.items, namesOf(request)))], ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
  })

  app.get('/api/v1/audit/facets', { schema: { tags: ['audit'], summary: 'Categories and actors to filter by, and where the log begins.', response: { 200: AuditFacets } } }, async () => {
    const [actors, oldest, checkpoint] = await Promise.all([store.auditActors(), store.auditEntries({ limit: 1, ascending: true }), store.auditCheckpoint()])
    const [first] = oldest.items
    return {
      categories: AUDIT_CATEGORIES.filter((name) => name !== 'other'), actors: [...actors], ...(first === undefined ? {} : { oldest: new Date(first.atMs).toISOString() }),
      ...(checkpoint === undefined ? {} : { checkpoint: { seq: checkpoint.seq, hash: checkpoint.hash, at: new Date(checkpoint.atMs).toISOString() } }),
    }
  })

  app.get('/api/v1/audit/verify', { schema: { tags: ['audit'], summary: 'Walk the whole chain, also against the heads that were anchored.', response: { 200: AuditVerdict } } }, async (request) => {
    const anchors = deps.anchorsPath === undefined ? [] : readAnchors(deps.anchorsPath)
    const verdict = await verifyAudit(store, anchors, deps.installationKey)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'audit.verified', targetKind: 'audit', targetId: '-', detail: { ok: verdict.ok, entries: verdict.entries }, atMs: deps.now() }))
    return { ...verdict, anchors: anchors.length }
  })

  app.get('/api/v1/audit/export', { schema: { tags: ['audit'], summary: 'The log as CSV, or as one JSON document a line with the hashes of the chain.', querystring: AuditExportQuery } }, async (request, reply) => {
    const { format, bom = false, ...filter } = request.query
    const query = await queryOf(filter)
    const names = namesOf(request)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'audit.exported', targetKind: 'audit', targetId: format, detail: filterDetail(query, filter), atMs: deps.now() }))
    const [head, checkpoint] = await Promise.all([store.auditHead(), store.auditCheckpoint()])
    const pages = async function* (): AsyncGenerator<readonly AuditEntry[]> {
      for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
        const page = await store.auditEntries({ limit: EXPORT_PAGE, ascending: true, ...query, ...(cursor === undefined ? {} : { cursor }) })
        // Up to the entry of this export: what comes while it is sent belongs to the next.
        yield page.items.filter((entry) => entry.seq <= (head?.seq ?? 0))
        cursor = page.nextCursor
      }
    }
    const name = `audit-log-${new Date(deps.now()).toISOString().slice(0, 10)}`
    if (format === 'jsonl') {
      const rows = async function* (): AsyncGenerator {
        yield { format: 'holdfast-audit/1', whole: Object.keys(query).length === 0, head: head === undefined ? null : { seq: head.seq, hash: head.hash }, ...(checkpoint === undefined ? {} : { checkpoint }) }
        for await (const entries of pages()) {
          const views = await presentEntries(store, entries, names)
          // The fields of the chain as they were hashed; `read` is the same for people, opened and under pseudonyms.
          for (const [index, entry] of entries.entries()) yield { ...entry, read: { at: views[index]?.at, category: views[index]?.category, detail: views[index]?.detail, before: views[index]?.before, after: views[index]?.after, subjects: views[index]?.subjects } }
        }
      }
      return sendRows(reply, { name, format, rows: rows(), columns: {} })
    }
    const rows = async function* (): AsyncGenerator<AuditEntryView> {
      for await (const entries of pages()) yield* await presentEntries(store, entries, names)
    }
    const json = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))
    return sendRows(reply, {
      name, format, bom, rows: rows(),
      columns: {
        seq: (row) => row.seq, at: (row) => row.at, category: (row) => row.category, action: (row) => row.action, actor: (row) => row.actor, actor_id: (row) => row.actorId, roles: (row) => row.roles.join(' '), target_kind: (row) => row.targetKind, target_id: (row) => row.targetId,
        subjects: (row) => row.subjects.map((one) => one.pseudonym).join(' '), detail: (row) => json(row.detail), before: (row) => json(row.before), after: (row) => json(row.after), hash: (row) => row.hash,
      },
    })
  })

  app.get('/api/v1/audit/who-looked-at', { schema: { tags: ['audit'], summary: 'Who looked at one person, how often, doing what.', querystring: LooksQuery, response: { 200: LooksView } } }, async (request) => {
    const { user: userId, identity, from, to } = request.query
    if (userId === undefined && identity === undefined) throw new InvalidRequest([{ pointer: '/querystring/user', detail: 'or identity must say who is meant' }])
    const user = await personOf(store, { ...(userId === undefined ? {} : { userId }), ...(identity === undefined ? {} : { identity }) })
    const toMs = to === undefined ? deps.now() + 1 : Date.parse(to)
    const fromMs = from === undefined ? toMs - LOOKS_DAYS * DAY_MS : Date.parse(from)
    const [looks, accounts] = await Promise.all([store.looksAt(user.id, fromMs, toMs), store.accounts()])
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'audit.who_looked', targetKind: 'user', targetId: user.id, detail: { byIdentity: identity !== undefined && userId === undefined }, atMs: deps.now() }))
    return presentLooks(user, looks, accounts, { fromMs, toMs }, namesOf(request))
  })
}
