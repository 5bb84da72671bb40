// The audit log: every entry holds the hash of the one before it.
//
//   hash(n) = SHA-256( hash(n-1) \n seq \n at \n actor id \n actor name \n action \n target kind \n target id \n detail )
//
// with hash(0) = 64 zeros and every field as JSON text, so that no field can run into the next. Entries are written in
// the transaction of what they record: an action whose entry cannot be written does not happen. Cutting off the tail
// cannot be seen from the chain itself; the head is therefore anchored in a file that belongs on another machine.
import { createHash } from 'node:crypto'
import type { AuditEntry, StoreReader, StoreWriter } from '../store/store.ts'

const GENESIS = '0'.repeat(64)
const VERIFY_PAGE = 500

export interface Actor {
  readonly id: string
  readonly name: string
}

export interface AuditInput {
  readonly actor: Actor
  readonly action: string
  readonly targetKind: string
  readonly targetId: string
  /** Reason, before, after. Never names of watched people. */
  readonly detail?: Readonly<Record<string, unknown>>
  readonly atMs: number
}

export const entryHash = (previous: string, entry: Omit<AuditEntry, 'hash'>): string =>
  createHash('sha256')
    .update([previous, entry.seq, entry.atMs, entry.actorId, entry.actorName, entry.action, entry.targetKind, entry.targetId, entry.detail].map((field) => JSON.stringify(field)).join('\n'))
    .digest('hex')

/** Adds an entry to the chain, in the caller's transaction. */
export async function appendAudit(tx: StoreWriter, input: AuditInput): Promise<void> {
  const head = await tx.auditHead()
  const entry = {
    seq: (head?.seq ?? 0) + 1, atMs: input.atMs, actorId: input.actor.id, actorName: input.actor.name, action: input.action, targetKind: input.targetKind, targetId: input.targetId,
    detail: JSON.stringify(input.detail ?? {}),
  }
  await tx.appendAudit({ ...entry, hash: entryHash(head?.hash ?? GENESIS, entry) })
}

export interface AuditVerdict {
  readonly ok: boolean
  readonly entries: number
  /** Hash of the last good entry. */
  readonly head: string
  readonly firstBadSeq?: number
  readonly problem?: string
}

/**
 * Walks the whole chain.
 * @param anchors heads that were published before; each must still be in the chain
 */
export async function verifyAudit(store: StoreReader, anchors: readonly { readonly seq: number; readonly hash: string }[] = []): Promise<AuditVerdict> {
  let previous = GENESIS
  let expected = 1
  let cursor: string | undefined
  // Two anchors of one number that differ: the log was written anew in between.
  const wanted = Map.groupBy(anchors, (anchor) => anchor.seq)
  do {
    const page = await store.auditEntries({ limit: VERIFY_PAGE, ascending: true, ...(cursor === undefined ? {} : { cursor }) })
    for (const entry of page.items) {
      const bad = (problem: string): AuditVerdict => ({ ok: false, entries: expected - 1, head: previous, firstBadSeq: entry.seq, problem })
      if (entry.seq !== expected) return bad(`entry ${expected} is missing`)
      if (entry.hash !== entryHash(previous, entry)) return bad(`entry ${entry.seq} was altered`)
      if (wanted.get(entry.seq)?.some((anchor) => anchor.hash !== entry.hash) === true) return bad(`entry ${entry.seq} is not the one that was anchored`)
      previous = entry.hash
      expected += 1
    }
    cursor = page.nextCursor
  } while (cursor !== undefined)
  const cut = anchors.find((anchor) => anchor.seq >= expected)
  if (cut !== undefined) return { ok: false, entries: expected - 1, head: previous, firstBadSeq: expected, problem: `the log ends at ${expected - 1}, but entry ${cut.seq} was anchored` }
  return { ok: true, entries: expected - 1, head: previous }
}
