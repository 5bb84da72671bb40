// The audit log: every entry holds the hash of the one before it.
//
//   hash(n) = SHA-256( hash(n-1) \n seq \n at \n actor id \n actor name \n action \n target kind \n target id \n detail )
//
// with hash(0) = 64 zeros and every field as JSON text, so that no field can run into the next. Entries are written in
// the transaction of what they record: an action whose entry cannot be written does not happen. Cutting off the tail
// cannot be seen from the chain itself; the head is therefore anchored in a file that belongs on another machine. The
// start may be cut off by retention, up to a signed checkpoint (checkpoint.ts).
//
// `detail` is a JSON object: `as` are the roles of the actor at the time, `subjects` the people whom the entry is about
// where the target is none, and `sealed` holds texts that may tell of a person (seal.ts).
import { createHash, type KeyObject } from 'node:crypto'
import type { AuditCheckpoint } from '../store/privacy.ts'
import type { AuditEntry, StoreReader, StoreWriter } from '../store/store.ts'
import { checkpointHolds } from './checkpoint.ts'
import { makePersonKey, seal } from './seal.ts'

export const GENESIS = '0'.repeat(64)
const VERIFY_PAGE = 500
const MOST_SUBJECTS = 500
/** Fields that people fill with words, which may be words about a person. */
const WORDS = new Set(['reason', 'note', 'text', 'message', 'comment', 'search', 'before', 'after', 'recipient', 'to', 'file', 'path', 'name', 'title', 'subject'])

export interface Actor {
  readonly id: string
  readonly name: string
  /** At the time. */
  readonly roles?: readonly string[]
}

export interface AuditInput {
  readonly actor: Actor
  readonly action: string
  readonly targetKind: string
  readonly targetId: string
  /** Reason, before, after. Never names of watched people. */
  readonly detail?: Readonly<Record<string, unknown>>
  /** Ids of the people whom it is about; found by itself where the target is a person, an alert or a case. */
  readonly subjects?: readonly string[]
  readonly atMs: number
}

export const entryHash = (previous: string, entry: Omit<AuditEntry, 'hash'>): string =>
  createHash('sha256')
    .update([previous, entry.seq, entry.atMs, entry.actorId, entry.actorName, entry.action, entry.targetKind, entry.targetId, entry.detail].map((field) => JSON.stringify(field)).join('\n'))
    .digest('hex')

async function subjectsOf(tx: StoreWriter, { targetKind, targetId, subjects }: AuditInput): Promise<readonly string[]> {
  if (subjects !== undefined) return [...new Set(subjects)].slice(0, MOST_SUBJECTS)
  if (targetKind === 'user') return targetId.split(',').filter((id) => id !== '-')
  const found = targetKind === 'alert' ? await tx.alert(targetId) : targetKind === 'case' ? await tx.case(targetId) : undefined
  return found === undefined ? [] : [found.userId]
}

/** The detail with what may be words about the one person sealed; of somebody erased they are left out. */
async function sealed(tx: StoreWriter, detail: Readonly<Record<string, unknown>>, userId: string, atMs: number): Promise<Readonly<Record<string, unknown>>> {
  const words = Object.entries(detail).filter(([field, value]) => WORDS.has(field) && (typeof value === 'string' || (typeof value === 'object' && value !== null)))
  if (words.length === 0) return detail
  const key = await tx.ensurePersonKey(userId, makePersonKey(), atMs)
  const rest = Object.fromEntries(Object.entries(detail).filter(([field]) => !words.some(([word]) => word === field)))
  return key === undefined ? rest : { ...rest, sealed: seal(Object.fromEntries(words), userId, key) }
}

/** People whose look was recorded under an actor's name in one request; the guard makes one actor a request. */
const recorded = new WeakMap<Actor, Set<string>>()
export const recordedFor = (actor: Actor): ReadonlySet<string> => recorded.get(actor) ?? new Set()

/** Adds an entry to the chain, in the caller's transaction. */
export async function appendAudit(tx: StoreWriter, input: AuditInput): Promise<void> {
  const head = await tx.auditHead()
  const checkpoint = head === undefined ? await tx.auditCheckpoint() : undefined
  const subjects = await subjectsOf(tx, input)
  const [only] = subjects.length === 1 ? subjects : []
  const words = only === undefined ? (input.detail ?? {}) : await sealed(tx, input.detail ?? {}, only, input.atMs)
  const detail = { ...words, ...(input.targetKind !== 'user' && subjects.length > 0 ? { subjects } : {}), ...(input.actor.roles === undefined || input.actor.roles.length === 0 ? {} : { as: input.actor.roles }) }
  const entry = {
    seq: (head?.seq ?? checkpoint?.seq ?? 0) + 1, atMs: input.atMs, actorId: input.actor.id, actorName: input.actor.name, action: input.action, targetKind: input.targetKind, targetId: input.targetId,
    detail: JSON.stringify(detail),
  }
  await tx.appendAudit({ ...entry, hash: entryHash(head?.hash ?? checkpoint?.hash ?? GENESIS, entry) })
  if (subjects.length > 0) {
    await tx.noteAuditSubjects(entry.seq, subjects)
    const known = recorded.get(input.actor) ?? new Set()
    recorded.set(input.actor, known)
    for (const id of subjects) known.add(id)
  }
}

export interface AuditVerdict {
  readonly ok: boolean
  /** Entries that were walked and are good. */
  readonly entries: number
  /** Hash of the last good entry. */
  readonly head: string
  /** Where the log begins, when retention took older entries away. */
  readonly checkpoint?: { readonly seq: number; readonly hash: string; readonly atMs: number; readonly signed: 'good' | 'not checked' }
  /** Anchors that could not be compared, because their entries are older than the checkpoint. */
  readonly anchorsBefore?: number
  readonly firstBadSeq?: number
  readonly problem?: string
}

export interface AuditChainInput {
  readonly checkpoint: AuditCheckpoint | undefined
  /** In rising order. */
  readonly entries: AsyncIterable<AuditEntry>
  /** Heads that were published before; each must still be in the chain. */
  readonly anchors?: readonly { readonly seq: number; readonly hash: string }[]
  /** Of the installation; absent: a checkpoint's signature cannot be checked, and the verdict says so. */
  readonly key?: KeyObject
}

/** Walks a chain, wherever its entries come from: the store or an exported file. */
export async function verifyChain({ checkpoint, entries, anchors = [], key }: AuditChainInput): Promise<AuditVerdict> {
  let previous = checkpoint?.hash ?? GENESIS
  let expected = (checkpoint?.seq ?? 0) + 1
  let good = 0
  const signed = checkpoint === undefined || key === undefined ? ('not checked' as const) : ('good' as const)
  const start = checkpoint === undefined ? {} : { checkpoint: { seq: checkpoint.seq, hash: checkpoint.hash, atMs: checkpoint.atMs, signed } }
  const before = anchors.filter((anchor) => checkpoint !== undefined && anchor.seq < checkpoint.seq).length
  const base = () => ({ entries: good, head: previous, ...start, ...(before > 0 ? { anchorsBefore: before } : {}) })
  const bad = (seq: number, problem: string): AuditVerdict => ({ ok: false, ...base(), firstBadSeq: seq, problem })
  if (checkpoint !== undefined && key !== undefined && !checkpointHolds(checkpoint, key)) return bad(checkpoint.seq, `the checkpoint at ${checkpoint.seq} was not signed by this installation`)
  if (checkpoint !== undefined && anchors.some((anchor) => anchor.seq === checkpoint.seq && anchor.hash !== checkpoint.hash)) return bad(checkpoint.seq, `the checkpoint at ${checkpoint.seq} is not the entry that was anchored`)
  // Two anchors of one number that differ: the log was written anew in between.
  const wanted = Map.groupBy(anchors, (anchor) => anchor.seq)
  for await (const entry of entries) {
    if (entry.seq < expected && checkpoint !== undefined && good === 0) continue
    if (entry.seq !== expected) return bad(entry.seq, `entry ${expected} is missing`)
    if (entry.hash !== entryHash(previous, entry)) return bad(entry.seq, `entry ${entry.seq} was altered`)
    if (wanted.get(entry.seq)?.some((anchor) => anchor.hash !== entry.hash) === true) return bad(entry.seq, `entry ${entry.seq} is not the one that was anchored`)
    previous = entry.hash
    expected += 1
    good += 1
  }
  const cut = anchors.find((anchor) => anchor.seq >= expected)
  if (cut !== undefined) return bad(expected, `the log ends at ${expected - 1}, but entry ${cut.seq} was anchored`)
  return { ok: true, ...base() }
}

/** Every entry of the store in rising order, page by page. */
export async function* auditEntriesOf(store: StoreReader, after?: string): AsyncGenerator<AuditEntry> {
  let cursor = after
  do {
    const page = await store.auditEntries({ limit: VERIFY_PAGE, ascending: true, ...(cursor === undefined ? {} : { cursor }) })
    yield* page.items
    cursor = page.nextCursor
  } while (cursor !== undefined)
}

/**
 * Walks the whole chain of a store.
 * @param anchors heads that were published before; each must still be in the chain
 */
export const verifyAudit = async (store: StoreReader, anchors: AuditChainInput['anchors'] = [], key?: KeyObject): Promise<AuditVerdict> =>
  verifyChain({ checkpoint: await store.auditCheckpoint(), entries: auditEntriesOf(store), anchors, ...(key === undefined ? {} : { key }) })
