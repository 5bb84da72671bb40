// Tickets of cases, and the systems that they are opened in.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import type { Sealer } from '../../access/seal.ts'
import { appendAudit } from '../../audit/chain.ts'
import { severityOf } from '../../domain/risk/score.ts'
import { CodedError } from '../../errors.ts'
import { orderTicket, orderUpdate, ticketClientOf } from '../../escalation/tickets/queue.ts'
import { destinationOf, purposeOf, readTicketSettings, type TicketSettings } from '../../escalation/tickets/target.ts'
import { readUrl } from '../../exports/http-exchange.ts'
import { ExportFailure, problemKinds } from '../../exports/problem.ts'
import type { CaseTicket, TicketTarget } from '../../store/escalation.ts'
import type { StoreReader } from '../../store/store.ts'
import { caseOf, revisionOf } from '../cases/access.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { hiddenNames, maskNames, namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { TicketList, TicketRequest, TicketTargetList, TicketTargetRequest, TicketTargetView, TicketTest, TicketTestRequest, TicketUpdateRequest, TicketView } from './schema.ts'

const Params = Type.Object({ id: Id })
const TicketParams = Type.Object({ id: Id, ticketId: Id })
const iso = (ms: number): string => new Date(ms).toISOString()

const presentTarget = ({ id, name, doc, secret, revision }: TicketTarget): TicketTargetView => ({ id, name, ...readTicketSettings(doc), hasSecret: secret !== '', revision })

async function presentTicket(reader: StoreReader, ticket: CaseTicket): Promise<TicketView> {
  const orders = await reader.ordersOfTicket(ticket.id)
  const next = orders[0]
  return {
    id: ticket.id, caseId: ticket.caseId, target: { id: ticket.targetId, name: ticket.targetName }, system: ticket.system, state: ticket.state, severity: ticket.severity, createdAt: iso(ticket.createdAtMs), by: { id: ticket.byId, name: ticket.byName }, waiting: orders.length,
    ...(ticket.number === undefined ? {} : { number: ticket.number }), ...(ticket.link === undefined ? {} : { link: ticket.link }), ...(ticket.problem === undefined ? {} : { problem: ticket.problem }), ...(next === undefined || ticket.state === 'failed' ? {} : { nextTryAt: iso(next.nextAtMs) }),
  }
}

/** What the request says of a target. @throws REQUEST_INVALID */
function settingsOf({ name: _name, secret: _secret, ...settings }: TicketTargetRequest): TicketSettings {
  const url = readUrl(settings.url)
  if (url === undefined || url.pathname !== '/' || url.search !== '') throw new InvalidRequest([{ pointer: '/url', detail: 'must be the address of the instance, such as https://example.service-now.com' }])
  if (url.protocol !== 'https:') throw new InvalidRequest([{ pointer: '/url', detail: 'must begin with https://: the secret goes there' }])
  if (settings.system === 'jira' && (settings.project === '' || settings.issueType.trim() === '')) throw new InvalidRequest([{ pointer: '/project', detail: 'Jira needs a project and a type of issue' }])
  if (settings.system === 'servicenow' && Object.values(settings.severities).some((level) => !/^[1-3]?$/.test(level))) throw new InvalidRequest([{ pointer: '/severities', detail: 'impact and urgency are 1, 2 or 3, or empty' }])
  return { ...settings, url: url.origin }
}

export const ticketRoutes = (deps: HttpDeps, sealer: Sealer): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['escalation']
  /** The other system keeps what it is told for ever: no names, whatever the asker may see. */
  const textFor = async (request: FastifyRequest, userId: string, text: string): Promise<string> => {
    const user = await store.user(userId)
    return maskNames(hiddenNames.text(namesOf(request).text(text, user), user), user, await deps.people?.names())
  }
  const ticketOf = async (request: FastifyRequest, reader: StoreReader, caseId: string, ticketId: string): Promise<CaseTicket> => {
    const found = await caseOf(request, reader, caseId)
    const ticket = await reader.ticket(ticketId)
    if (ticket === undefined || ticket.caseId !== found.id) throw new CodedError('NOT_FOUND', { what: 'ticket' })
    return ticket
  }
  const changed = (ticket: CaseTicket): void => {
    deps.escalation?.tickets.wake()
    deps.live.publish({ topic: 'case.updated', caseId: ticket.caseId, userId: ticket.userId })
  }

  app.get('/api/v1/cases/:id/tickets', { schema: { tags, summary: 'Tickets of a case in other systems, and the systems that there are.', params: Params, response: { 200: TicketList } } }, async (request) => {
    const found = await caseOf(request, store, request.params.id)
    const [tickets, targets] = await Promise.all([store.ticketsOfCase(found.id), store.ticketTargets()])
    return { items: await Promise.all(tickets.map((ticket) => presentTicket(store, ticket))), targets: targets.map(({ id, name, doc }) => ({ id, name, system: readTicketSettings(doc).system })) }
  })

  app.post('/api/v1/cases/:id/tickets', { schema: { tags, summary: 'Open a ticket for a case in another system; it goes out in the background.', params: Params, body: TicketRequest, response: { 202: TicketView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const { targetId, summary, text } = request.body
    const seen = await caseOf(request, store, request.params.id)
    const user = await store.user(seen.userId)
    const words = { summary: await textFor(request, seen.userId, summary?.trim() ?? `Insider risk case ${seen.id.slice(-8)} of ${user?.pseudonym ?? 'ANON'}`), text: await textFor(request, seen.userId, text?.trim() ?? '') }
    const atMs = deps.now()
    const ticket = await store.write(async (tx) => {
      const found = await caseOf(request, tx, request.params.id)
      const target = await tx.ticketTarget(targetId)
      if (target === undefined) throw new CodedError('NOT_FOUND', { what: 'ticket system' })
      if ((await tx.ticketsOfCase(found.id)).some((one) => one.targetId === targetId && one.state !== 'failed')) throw new CodedError('TICKET_EXISTS', { target: target.name })
      const alerts = await tx.alertsOfCase(found.id)
      const score = Math.max(1, ...alerts.map((alert) => alert.score))
      const made: CaseTicket = { id: `ct_${uuid().replaceAll('-', '')}`, caseId: found.id, userId: found.userId, targetId, targetName: target.name, system: readTicketSettings(target.doc).system, state: 'waiting', severity: severityOf(score), createdAtMs: atMs, byId: actor.id, byName: actor.name }
      const facts = `Case ${found.id}, opened ${iso(found.openedAtMs)}, about ${user?.pseudonym ?? 'ANON'}. Highest score ${score} of 100 (${made.severity}), ${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'}.`
      await orderTicket(tx, made, { summary: words.summary, text: words.text === '' ? facts : `${words.text}\n\n${facts}` }, found.status)
      await tx.appendCaseEvent({ caseId: found.id, atMs, actorId: actor.id, what: 'ticket_requested', detail: { target: target.name } })
      await appendAudit(tx, { actor, action: 'ticket.requested', targetKind: 'case', targetId: found.id, detail: { ticket: made.id, target: targetId, text: words.text }, atMs })
      return made
    })
    changed(ticket)
    return reply.code(202).send(await presentTicket(store, ticket))
  })

  app.post('/api/v1/cases/:id/tickets/:ticketId/updates', { schema: { tags, summary: 'Tell the ticket something: a work note or a comment.', params: TicketParams, body: TicketUpdateRequest, response: { 202: TicketView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const before = await ticketOf(request, store, request.params.id, request.params.ticketId)
    const text = await textFor(request, before.userId, request.body.text.trim())
    const ticket = await store.write(async (tx) => {
      const found = await ticketOf(request, tx, request.params.id, request.params.ticketId)
      await orderUpdate(tx, found.id, text, actor.id, deps.now())
      await appendAudit(tx, { actor, action: 'ticket.update_requested', targetKind: 'case', targetId: found.caseId, detail: { ticket: found.id, text }, atMs: deps.now() })
      return found
    })
    changed(ticket)
    return reply.code(202).send(await presentTicket(store, ticket))
  })

  app.post('/api/v1/cases/:id/tickets/:ticketId/retry', { schema: { tags, summary: 'Try again what failed or waits.', params: TicketParams, response: { 202: TicketView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const ticket = await store.write(async (tx) => {
      const found = await ticketOf(request, tx, request.params.id, request.params.ticketId)
      const next: CaseTicket = { ...found, state: found.externalId === undefined ? 'waiting' : 'open' }
      await tx.saveTicket(next)
      for (const order of await tx.ordersOfTicket(found.id)) await tx.saveTicketOrder({ ...order, nextAtMs: deps.now(), tries: Math.min(order.tries, 1) })
      await appendAudit(tx, { actor, action: 'ticket.retried', targetKind: 'case', targetId: found.caseId, detail: { ticket: found.id }, atMs: deps.now() })
      return next
    })
    changed(ticket)
    return reply.code(202).send(await presentTicket(store, ticket))
  })

  app.get('/api/v1/settings/tickets', { schema: { tags: ['settings'], summary: 'Systems that tickets are opened in; secrets are never told.', response: { 200: TicketTargetList } } }, async () => ({ items: (await store.ticketTargets()).map(presentTarget) }))

  const assertNameFree = async (reader: StoreReader, name: string, id?: string): Promise<void> => {
    if ((await reader.ticketTargets()).some((target) => target.id !== id && target.name.toLowerCase() === name.toLowerCase())) throw new CodedError('TICKET_TARGET_EXISTS')
  }

  app.post('/api/v1/settings/tickets', { schema: { tags: ['settings'], summary: 'Set up a system for tickets.', body: TicketTargetRequest, response: { 201: TicketTargetView } } }, async (request, reply) => {
    const settings = settingsOf(request.body)
    const { secret } = request.body
    if (secret === undefined) throw new InvalidRequest([{ pointer: '/secret', detail: 'is needed' }])
    const id = `tt_${uuid().replaceAll('-', '')}`
    const target: TicketTarget = { id, name: request.body.name.trim(), doc: JSON.stringify(settings), secret: sealer.seal(secret, purposeOf(id)), revision: 1 }
    await store.write(async (tx) => {
      await assertNameFree(tx, target.name)
      await tx.saveTicketTarget(target)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'ticket.target_added', targetKind: 'settings', targetId: id, detail: { name: target.name, after: settings }, atMs: deps.now() })
    })
    void reply.header('etag', '"1"')
    return reply.code(201).send(presentTarget(target))
  })

  app.put('/api/v1/settings/tickets/:id', { schema: { tags: ['settings'], summary: 'Change a system for tickets; a secret is kept only for the address and user that it was given for.', params: Params, body: TicketTargetRequest, response: { 200: TicketTargetView } } }, async (request, reply) => {
    const settings = settingsOf(request.body)
    const { secret } = request.body
    const seen = revisionOf(request)
    const target = await store.write(async (tx) => {
      const before = await tx.ticketTarget(request.params.id)
      if (before === undefined) throw new CodedError('NOT_FOUND', { what: 'ticket system' })
      if (before.revision !== seen) throw new CodedError('REVISION_CONFLICT')
      await assertNameFree(tx, request.body.name.trim(), before.id)
      if (secret === undefined && destinationOf(readTicketSettings(before.doc)) !== destinationOf(settings)) throw new CodedError('TICKET_SECRET_NEEDED')
      const after: TicketTarget = { id: before.id, name: request.body.name.trim(), doc: JSON.stringify(settings), secret: secret === undefined ? before.secret : sealer.seal(secret, purposeOf(before.id)), revision: before.revision + 1 }
      await tx.saveTicketTarget(after)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'ticket.target_changed', targetKind: 'settings', targetId: before.id, detail: { before: readTicketSettings(before.doc), after: settings, secretChanged: secret !== undefined }, atMs: deps.now() })
      return after
    })
    deps.escalation?.tickets.wake()
    void reply.header('etag', `"${target.revision}"`)
    return presentTarget(target)
  })

  app.delete('/api/v1/settings/tickets/:id', { schema: { tags: ['settings'], summary: 'Take a system for tickets away; its tickets stay where they are.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    await store.write(async (tx) => {
      const before = await tx.ticketTarget(request.params.id)
      if (before === undefined) throw new CodedError('NOT_FOUND', { what: 'ticket system' })
      await tx.deleteTicketTarget(before.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'ticket.target_removed', targetKind: 'settings', targetId: before.id, detail: { name: before.name }, atMs: deps.now() })
    })
    return reply.code(204).send(null)
  })

  app.post('/api/v1/settings/tickets/test', { schema: { tags: ['settings'], summary: 'Sign in as these settings say, and change nothing there.', body: TicketTestRequest, response: { 200: TicketTest } } }, async (request) => {
    const { id, ...rest } = request.body
    const settings = settingsOf(rest)
    const known = id === undefined ? undefined : await store.ticketTarget(id)
    if (rest.secret === undefined && (known === undefined || destinationOf(readTicketSettings(known.doc)) !== destinationOf(settings))) throw new CodedError('TICKET_SECRET_NEEDED')
    const secret = rest.secret ?? sealer.open(known?.secret ?? '', purposeOf(known?.id ?? ''))
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'ticket.target_tested', targetKind: 'settings', targetId: id ?? '-', detail: { url: settings.url }, atMs: deps.now() }))
    try {
      return { ok: true, as: await ticketClientOf(settings, secret).check() }
    } catch (error) {
      if (!(error instanceof ExportFailure)) throw error
      const { kind, detail } = error.problem
      return { ok: false, problem: { kind, detail, advice: problemKinds[kind] } }
    }
  })
}
