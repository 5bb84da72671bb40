// Tickets on their way: an order is a row, written in the transaction of what it tells of, and taken up in order within its
// ticket until the other system has it.
//
// A try may have arrived although its answer was lost. Every try after the first therefore asks first: for an incident or
// issue with our correlation id, for a comment with our mark. So nothing is made twice, whatever breaks where.
//
//   taken                      the row goes; the case remembers number and link
//   refused for good (4xx)     the ticket has failed and says why; its orders wait until somebody tries again
//   anything else              later, with full jitter, up to MOST_TRIES; then as refused
import { appendAudit } from '../../audit/chain.ts'
import { pauseMs } from '../../exports/back-off.ts'
import { ExportFailure, type Problem, problemOf } from '../../exports/problem.ts'
import type { CaseTicket, TicketOrder, TicketTarget } from '../../store/escalation.ts'
import type { Store, StoreWriter } from '../../store/store.ts'
import { createJiraClient } from './jira.ts'
import { createServiceNowClient } from './servicenow.ts'
import { readTicketSettings, type TicketClient, type TicketSettings } from './target.ts'
import { createWaker, everyTurn, type TurnOf } from '../../waker.ts'

const POLL_MS = 5000
const A_ROUND = 20
/** About a day, with pauses of up to five minutes. */
export const MOST_TRIES = 500

export interface OrderContent {
  readonly summary: string
  readonly text: string
}

export interface TicketQueue {
  wake(): void
  /** Sends what is due. @returns how many tries were made */
  drain(): Promise<number>
  run(signal: AbortSignal): Promise<void>
}

export interface TicketQueueDeps {
  readonly store: Store
  readonly now: () => number
  /** Opens the secret of a target. @throws SECRET_UNREADABLE */
  readonly secretOf: (target: TicketTarget) => string
  /** Of the console, without a slash at its end. */
  readonly consoleUrl: string
  readonly onChanged?: (ticket: CaseTicket) => void
  /** Whether it is this process's to do; always where there is one. */
  readonly turnOf?: TurnOf
  readonly random?: () => number
  readonly log?: { error(context: object, message: string): void }
}

export const ticketClientOf = (settings: TicketSettings, secret: string): TicketClient => (settings.system === 'jira' ? createJiraClient(settings, secret) : createServiceNowClient(settings, secret))

/** Problem as a case shows it. */
export const problemText = ({ kind, detail }: Problem): string => `${kind}: ${detail}`

/** Found in the text of an update, so that it is not brought twice. */
const markOf = (order: TicketOrder): string => `[Holdfast ${order.ticketId}-${order.id}]`

/** A ticket with its first order, in the caller's transaction. */
export async function orderTicket(tx: StoreWriter, ticket: CaseTicket, content: OrderContent, caseStatus: string): Promise<void> {
  await tx.saveTicket(ticket, caseStatus)
  await tx.addTicketOrder({ ticketId: ticket.id, kind: 'create', payload: JSON.stringify(content), tries: 0, createdAtMs: ticket.createdAtMs, nextAtMs: ticket.createdAtMs, byId: ticket.byId })
}

export const orderUpdate = (tx: StoreWriter, ticketId: string, text: string, byId: string, atMs: number): Promise<void> =>
  tx.addTicketOrder({ ticketId, kind: 'update', payload: JSON.stringify({ summary: '', text }), tries: 0, createdAtMs: atMs, nextAtMs: atMs, byId })

export function createTicketQueue({ store, now, secretOf, consoleUrl, onChanged = () => {}, random = Math.random, turnOf = everyTurn, log }: TicketQueueDeps): TicketQueue {
  const waker = createWaker()
  let running: Promise<number> | undefined

  const bring = async (client: TicketClient, ticket: CaseTicket, order: TicketOrder): Promise<Partial<CaseTicket>> => {
    const { summary, text } = JSON.parse(order.payload) as OrderContent
    if (order.kind === 'create') {
      const made = (order.tries > 0 ? await client.find(ticket.id) : undefined) ?? (await client.create({ correlationId: ticket.id, severity: ticket.severity, summary, text, link: `${consoleUrl}/cases/${encodeURIComponent(ticket.caseId)}` }))
      return { ...made, state: 'open' }
    }
    const externalId = ticket.externalId ?? ''
    if (order.tries === 0 || !(await client.has(externalId, markOf(order)))) await client.update(externalId, `${text}\n${markOf(order)}`)
    return {}
  }

  const finish = (ticket: CaseTicket, order: TicketOrder, changes: Partial<CaseTicket>): Promise<CaseTicket> =>
    store.write(async (tx) => {
      const { problem: _problem, ...now_ } = (await tx.ticket(ticket.id)) ?? ticket
      const next: CaseTicket = { ...now_, ...changes }
      await tx.saveTicket(next)
      await tx.deleteTicketOrder(order.id)
      const what = order.kind === 'create' ? 'ticket_opened' : 'ticket_updated'
      await tx.appendCaseEvent({ caseId: next.caseId, atMs: now(), actorId: order.byId, what, detail: { ticket: next.number ?? '', target: next.targetName } })
      await appendAudit(tx, { actor: { id: 'system', name: 'system' }, action: order.kind === 'create' ? 'ticket.opened' : 'ticket.updated', targetKind: 'case', targetId: next.caseId, detail: { ticket: next.id, number: next.number ?? '', target: next.targetId, by: order.byId, tries: order.tries + 1 }, atMs: now() })
      return next
    })

  const postpone = (ticket: CaseTicket, order: TicketOrder, problem: Problem): Promise<CaseTicket> =>
    store.write(async (tx) => {
      const tries = order.tries + 1
      const over = problem.kind === 'record' || problem.kind === 'too_large' || tries >= MOST_TRIES
      const next: CaseTicket = { ...((await tx.ticket(ticket.id)) ?? ticket), problem: problemText(problem), ...(over ? { state: 'failed' as const } : {}) }
      await tx.saveTicket(next)
      await tx.saveTicketOrder({ ...order, tries, nextAtMs: now() + (problem.retryAfterMs ?? pauseMs(tries, random())) })
      if (over) await tx.appendCaseEvent({ caseId: next.caseId, atMs: now(), actorId: order.byId, what: 'ticket_failed', detail: { target: next.targetName, problem: problemText(problem) } })
      return next
    })

  const tryOne = async (order: TicketOrder): Promise<void> => {
    const ticket = await store.ticket(order.ticketId)
    if (ticket === undefined) {
      await store.write((tx) => tx.deleteTicketOrder(order.id))
      return
    }
    const target = await store.ticketTarget(ticket.targetId)
    if (target === undefined) {
      onChanged(await postpone(ticket, order, { kind: 'record', detail: 'the system is not set up any more' }))
      return
    }
    let changed: CaseTicket
    try {
      const client = ticketClientOf(readTicketSettings(target.doc), secretOf(target))
      // On disk before the first byte goes out: a process that ends in between must not forget that it may have arrived.
      await store.write((tx) => tx.saveTicketOrder({ ...order, tries: order.tries + 1 }))
      changed = await finish(ticket, order, await bring(client, ticket, order))
    } catch (error) {
      if (!(error instanceof ExportFailure)) log?.error({ err: error, ticket: ticket.id }, 'a ticket could not be sent')
      changed = await postpone(ticket, order, error instanceof ExportFailure ? error.problem : problemOf(error))
    }
    onChanged(changed)
  }

  /** Tickets of cases that were closed or opened again hear of it. */
  const catchUp = async (): Promise<void> => {
    for (const { ticket, status } of await store.ticketsBehind(A_ROUND)) {
      await store.write(async (tx) => {
        const found = await tx.case(ticket.caseId)
        await tx.saveTicket((await tx.ticket(ticket.id)) ?? ticket, status)
        const words = found?.resolution === undefined ? 'The case was opened again.' : `The case was resolved as ${found.resolution.outcome === 'benign' ? 'benign' : 'a confirmed policy violation'}.`
        await orderUpdate(tx, ticket.id, words, 'system', now())
      })
    }
  }

  const drain = (): Promise<number> => {
    // One at a time: two rounds would take the same rows.
    running = (running ?? Promise.resolve(0)).catch(() => 0).then(async () => {
      await catchUp()
      let total = 0
      for (let due = await store.dueTicketOrders(now(), A_ROUND); due.length > 0; due = await store.dueTicketOrders(now(), A_ROUND)) {
        for (const order of due) await tryOne(order)
        total += due.length
        // What comes due while this runs is for the next round.
        if (total > 1000) break
      }
      return total
    })
    return running
  }

  return {
    wake: () => waker.wake(),
    drain,
    async run(signal) {
      while (!signal.aborted) {
        waker.begin()
        try {
          if ((await turnOf('tickets')) !== undefined) await drain()
        } catch (error) {
          log?.error({ err: error }, 'tickets could not be sent')
        }
        await waker.rest(signal, POLL_MS)
      }
    },
  }
}
