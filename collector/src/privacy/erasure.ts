// Erasing one person: refused while something keeps the person, done in one transaction, then made true in the files.
//
// A line about each erasure goes to a file beside the anchors, outside of the database:
//
//   {"userId":"u_…","pseudonym":"ANON-…","atMs":…}\n
//
// so that a backup from before, once restored, does not bring the person back: serve erases again whoever stands there.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Actor, appendAudit } from '../audit/chain.ts'
import { CodedError } from '../errors.ts'
import { maskText } from '../domain/people/mask.ts'
import type { User } from '../domain/people/user.ts'
import type { Store, StoreReader, StoreWriter } from '../store/store.ts'
import type { EvidenceRemover } from './retention.ts'

export interface ErasureOutcome {
  readonly rows: Readonly<Record<string, number>>
  /** Whether the database file was rewritten; see Store.scrub. */
  readonly rewritten: boolean
}

/** @throws NOT_FOUND, ERASURE_HELD, ERASURE_CASE_ACTIVE, ERASURE_DONE */
export async function assertErasable(reader: StoreReader, userId: string): Promise<User> {
  const user = await reader.user(userId)
  if (user === undefined) throw new CodedError('NOT_FOUND', { what: 'user' })
  if (user.erasedAtMs !== undefined) throw new CodedError('ERASURE_DONE')
  const [hold] = await reader.holds({ userId })
  if (hold !== undefined) throw new CodedError('ERASURE_HELD', { hold: hold.id })
  const active = await reader.activeCaseOf(userId)
  if (active !== undefined) throw new CodedError('ERASURE_CASE_ACTIVE', { case: active.id })
  return user
}

/** The part inside the transaction. */
export async function erase(tx: StoreWriter, userId: string, { reason, ...rest }: { readonly reasonKind: string; readonly reason: string; readonly request?: string; readonly approvedBy?: string }, actor: Actor, atMs: number): Promise<Readonly<Record<string, number>>> {
  const user = await assertErasable(tx, userId)
  const rows = await tx.erasePerson(userId, atMs)
  // There is no key any more that could seal the reason: it stands here without the name.
  await appendAudit(tx, { actor, action: 'user.erased', targetKind: 'user', targetId: userId, detail: { ...rest, why: maskText(reason, user), rows }, atMs })
  return rows
}

const EVIDENCE_PAGE = 100

/** Removes copies of the person's files before the rest; a copy that a hold of its own keeps stops the erasure. @throws ERASURE_HELD */
export async function eraseEvidence(store: Store, evidence: EvidenceRemover | undefined, userId: string): Promise<void> {
  if (evidence === undefined) return
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await store.evidenceList({ userId, limit: EVIDENCE_PAGE, ...(cursor === undefined ? {} : { cursor }) })
    const { held } = await evidence.deleteEvidence(page.items.filter(({ state }) => state !== 'deleted').map(({ id }) => id), 'person erased')
    if (held.length > 0) throw new CodedError('ERASURE_HELD', { hold: held[0] ?? '' })
    cursor = page.nextCursor
  }
}

/** Writes the line and makes the bytes go. */
export async function finishErasure(store: Store, path: string | undefined, user: User, atMs: number): Promise<boolean> {
  if (path !== undefined) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    appendFileSync(path, `${JSON.stringify({ userId: user.id, pseudonym: user.pseudonym, atMs })}\n`, { mode: 0o600, flush: true })
  }
  return (await store.scrub()).rewritten
}

/** After a backup from before was restored: erases again whoever was erased since. @returns how many */
export async function repeatErasures(store: Store, path: string, nowMs: number): Promise<number> {
  if (!existsSync(path)) return 0
  const ids = readFileSync(path, 'utf8').split('\n').filter((line) => line !== '').flatMap((line) => {
    try {
      return [(JSON.parse(line) as { userId: string }).userId]
    } catch {
      // The last line, when a crash cut it short: its erasure had been committed, and the next one of the person repeats it.
      return []
    }
  })
  let done = 0
  for (const id of new Set(ids)) {
    const user = await store.user(id)
    if (user === undefined || user.erasedAtMs !== undefined) continue
    await store.write(async (tx) => {
      const rows = await tx.erasePerson(id, nowMs)
      await appendAudit(tx, { actor: { id: 'system', name: 'system' }, action: 'user.erased', targetKind: 'user', targetId: id, detail: { reasonKind: 'restored_backup', rows }, atMs: nowMs })
    })
    done += 1
  }
  if (done > 0) await store.scrub()
  return done
}
