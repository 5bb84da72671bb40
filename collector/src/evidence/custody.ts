// The chain of custody of one copy: what happened to it, in order, each event holding the hash of the one before.
//
//   hash(n) = SHA-256( hash(n-1) \n evidence id \n n \n at \n actor id \n actor name \n what \n detail ), every field as JSON text
//
// with hash(0) = 64 zeros. An event is written in the transaction of what it records, beside its audit entry: a view whose event
// cannot be written does not happen. The head of each chain goes into the audit entry, so that a tail that is cut off is missed
// by the audit chain. verifyCustody needs the events alone: no store, no key.
import { createHash } from 'node:crypto'
import { type Actor, appendAudit } from '../audit/chain.ts'
import type { CustodyEvent } from '../store/evidence.ts'
import type { StoreWriter } from '../store/store.ts'

const GENESIS = '0'.repeat(64)

export const custodyHash = (previous: string, event: Omit<CustodyEvent, 'hash'>): string =>
  createHash('sha256').update([previous, event.evidenceId, event.n, event.atMs, event.actorId, event.actorName, event.what, event.detail].map((field) => JSON.stringify(field)).join('\n')).digest('hex')

export interface CustodyInput {
  readonly evidenceId: string
  readonly actor: Actor
  readonly what: CustodyEvent['what']
  readonly detail?: Readonly<Record<string, unknown>>
  readonly atMs: number
}

/** Adds an event in the caller's transaction. @returns it */
export async function appendCustody(tx: StoreWriter, { evidenceId, actor, what, detail = {}, atMs }: CustodyInput): Promise<CustodyEvent> {
  const head = (await tx.custody(evidenceId)).at(-1)
  const event = { evidenceId, n: (head?.n ?? 0) + 1, atMs, actorId: actor.id, actorName: actor.name, what, detail: JSON.stringify(detail) }
  const whole = { ...event, hash: custodyHash(head?.hash ?? GENESIS, event) }
  await tx.appendCustody(whole)
  return whole
}

/** As appendCustody, with the audit entry `evidence.<what>` that names the chain's new head. */
export async function recordCustody(tx: StoreWriter, input: CustodyInput): Promise<CustodyEvent> {
  const event = await appendCustody(tx, input)
  await appendAudit(tx, { actor: input.actor, action: `evidence.${input.what}`, targetKind: 'evidence', targetId: input.evidenceId, detail: { ...input.detail, custody: { n: event.n, hash: event.hash } }, atMs: input.atMs })
  return event
}

export interface CustodyVerdict {
  readonly ok: boolean
  readonly events: number
  /** Hash of the last good event. */
  readonly head: string
  readonly problem?: string
}

/** Walks one chain. @param events ordered as they were written */
export function verifyCustody(events: readonly CustodyEvent[]): CustodyVerdict {
  let previous = GENESIS
  for (const [index, event] of events.entries()) {
    const bad = (problem: string): CustodyVerdict => ({ ok: false, events: index, head: previous, problem })
    if (event.n !== index + 1) return bad(`event ${index + 1} is missing`)
    if (event.evidenceId !== events[0]?.evidenceId) return bad(`event ${event.n} is of another copy`)
    if (event.hash !== custodyHash(previous, event)) return bad(`event ${event.n} was altered`)
    previous = event.hash
  }
  return { ok: true, events: events.length, head: previous }
}
