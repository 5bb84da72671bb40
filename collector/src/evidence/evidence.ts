// Evidence of an installation: what http, cli, retention, holds and exports see of it.
import { type Actor, appendAudit } from '../audit/chain.ts'
import { CodedError } from '../errors.ts'
import type { CustodyEvent, EvidenceItem } from '../store/evidence.ts'
import type { Store } from '../store/store.ts'
import { recordCustody } from './custody.ts'
import type { EvidenceKeys } from './keys.ts'
import { openSealed } from './open-sealed.ts'
import type { Vault } from './vault.ts'
import { openCopy, type OpenedCopy } from './verify-copy.ts'

export interface EvidenceDeps {
  readonly store: Store
  readonly vault: Vault
  readonly keys: EvidenceKeys
  readonly now: () => number
}

export interface Deletion {
  readonly deleted: readonly string[]
  /** Not deleted, because a hold is on them. */
  readonly held: readonly string[]
}

export interface EvidenceRoom {
  /**
   * Writes that somebody has the content now, with an audit entry, and then hands over its beginning: a look that cannot be
   * recorded does not happen.
   *
   * @throws EVIDENCE_NOT_HERE, EVIDENCE_DAMAGED
   */
  look(item: EvidenceItem, use: { readonly actor: Actor; readonly what: 'viewed' | 'revealed' | 'downloaded' | 'exported'; readonly detail?: Readonly<Record<string, unknown>> }, limit: number): Promise<OpenedCopy>
  /** As look, chunk by chunk; ends with an error when the copy turns out to be damaged. */
  stream(item: EvidenceItem, use: { readonly actor: Actor; readonly what: 'downloaded' | 'exported' | 'viewed'; readonly detail?: Readonly<Record<string, unknown>> }): Promise<AsyncIterable<Buffer>>
  /**
   * Deletes contents and leaves tombstones: record, hashes and custody stay. What is held stays whole, and is named in the answer.
   *
   * @param why words or a code of a retention class; goes into the custody
   */
  deleteEvidence(ids: readonly string[], why: string, actor?: Actor): Promise<Deletion>
  /** @param hold id of a case or a hold. @returns copies that are held by it now */
  hold(ids: readonly string[], hold: string, why: string, actor: Actor): Promise<readonly string[]>
  release(ids: readonly string[], hold: string, why: string, actor: Actor): Promise<void>
  /** Whole and unaltered? Opens the copy and walks its custody; no look by a person, so it is no event of the custody. */
  check(item: EvidenceItem): Promise<{ readonly ok: boolean; readonly problem?: string }>
  /** Removes what a crash between tombstone and removal left, and what a device has not gone on with for a month. @returns number of files */
  sweep(): Promise<number>
}

/** A device that sent nothing more of a copy for so long does not come back to it. */
const ABANDONED_MS = 30 * 86_400_000

const system: Actor = { id: 'system', name: 'holdfast' }

export const whyNotHere = ({ state, reason }: EvidenceItem): string => (reason === undefined ? state : `${state}: ${reason}`)

export function createEvidenceRoom({ store, vault, keys, now }: EvidenceDeps): EvidenceRoom {
  const record = async (item: EvidenceItem, { actor, what, detail }: { readonly actor: Actor; readonly what: CustodyEvent['what']; readonly detail?: Readonly<Record<string, unknown>> }): Promise<string> => {
    if (item.state !== 'verified' || item.storedName === undefined) throw new CodedError('EVIDENCE_NOT_HERE', { why: whyNotHere(item) })
    await store.write((tx) => recordCustody(tx, { evidenceId: item.id, actor, what, ...(detail === undefined ? {} : { detail }), atMs: now() }))
    return vault.pathOf(item.storedName)
  }
  const holding = (ids: readonly string[], change: (item: EvidenceItem) => readonly string[], event: { readonly actor: Actor; readonly what: 'held' | 'released'; readonly detail: Readonly<Record<string, unknown>> }) =>
    store.write(async (tx) => {
      const done: string[] = []
      for (const item of await tx.evidenceByIds(ids)) {
        if (item.state === 'skipped' || item.state === 'deleted') continue
        const holds = change(item)
        if (holds.length === item.holds.length) continue
        await tx.saveEvidence({ ...item, holds })
        await recordCustody(tx, { evidenceId: item.id, ...event, atMs: now() })
        done.push(item.id)
      }
      return done
    })

  const deleteEvidence: EvidenceRoom['deleteEvidence'] = async (ids, why, actor = system) => {
    const gone = await store.write(async (tx) => {
      const persons = await tx.heldUserIds()
      const items = (await tx.evidenceByIds(ids)).filter(({ state }) => state !== 'deleted')
      const held = items.filter((item) => item.holds.length > 0 || persons.has(item.userId))
      const free = items.filter((item) => !held.includes(item))
      const atMs = now()
      for (const item of free) {
        const { storedName: _name, form: _form, mediaType: _type, findings: _findings, ...rest } = item
        await tx.saveEvidence({ ...rest, ...(item.storedName === undefined ? {} : { storedName: item.storedName }), state: 'deleted', reason: why, sealedBytes: 0, deletedAtMs: atMs })
        if (item.state !== 'skipped') await recordCustody(tx, { evidenceId: item.id, actor, what: 'deleted', detail: { why, sha256: item.sha256 ?? '' }, atMs })
      }
      if (held.length > 0) await appendAudit(tx, { actor, action: 'evidence.deletion_refused', targetKind: 'evidence', targetId: held[0]?.id ?? '-', detail: { held: held.map(({ id }) => id), why }, atMs })
      return { free, held }
    })
    for (const { storedName } of gone.free) if (storedName !== undefined) await vault.remove(storedName)
    return { deleted: gone.free.map(({ id }) => id), held: gone.held.map(({ id }) => id) }
  }

  return {
    look: async (item, use, limit) => openCopy(await record(item, use), keys.privateKeys, limit),
    stream: async (item, use) => openSealed(await record(item, use), keys.privateKeys),
    deleteEvidence,
    hold: (ids, hold, why, actor) => holding(ids, ({ holds }) => [...new Set([...holds, hold])], { actor, what: 'held', detail: { hold, why } }),
    release: async (ids, hold, why, actor) => void (await holding(ids, ({ holds }) => holds.filter((one) => one !== hold), { actor, what: 'released', detail: { hold, why } })),
    async check(item) {
      if (item.state !== 'verified' || item.storedName === undefined) return { ok: false, problem: whyNotHere(item) }
      try {
        const { facts } = await openCopy(vault.pathOf(item.storedName), keys.privateKeys, 0)
        return facts.sha256 === item.sha256 ? { ok: true } : { ok: false, problem: 'its content is another one' }
      } catch (error) {
        if (error instanceof CodedError) return { ok: false, problem: error.message }
        throw error
      }
    },
    async sweep() {
      let removed = 0
      let cursor: string | undefined
      const here = new Set(await vault.names())
      if (here.size === 0) return 0
      do {
        const page = await store.evidenceList({ limit: 500, states: ['deleted', 'receiving'], ...(cursor === undefined ? {} : { cursor }) })
        const abandoned = page.items.filter(({ state, capturedAtMs }) => state === 'receiving' && capturedAtMs < now() - ABANDONED_MS)
        if (abandoned.length > 0) await deleteEvidence(abandoned.map(({ id }) => id), 'abandoned')
        for (const { state, storedName } of page.items) {
          if (state !== 'deleted' || storedName === undefined || !here.has(storedName)) continue
          await vault.remove(storedName)
          removed += 1
        }
        cursor = page.nextCursor
      } while (cursor !== undefined)
      return removed
    },
  }
}
