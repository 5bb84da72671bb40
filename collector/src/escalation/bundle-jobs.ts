// Bundles, made in the background one after the other, and kept sealed until they expire.
//
// A bundle that is asked for is a row; whatever process serves takes the rows up, oldest first. It is written beside its
// place and renamed into it, and only then the row says that it is done. What a stop or a crash cut short is begun again by
// the next start: custody then tells of both times. Files of no row (the case is gone, the person was erased) are removed.
import { createHash, type KeyObject } from 'node:crypto'
import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { permissionsOf } from '../access/permissions.ts'
import { appendAudit } from '../audit/chain.ts'
import type { NameIndex } from '../domain/people/mask.ts'
import { CodedError } from '../errors.ts'
import type { EvidenceRoom } from '../evidence/evidence.ts'
import type { CaseBundle } from '../store/escalation.ts'
import type { Store } from '../store/store.ts'
import { openBundle } from './bundle.ts'
import { openSealedFile, sealStream } from './sealed-file.ts'
import { createWaker, everyTurn, TURN_POLL_MS, type TurnOf } from '../waker.ts'

const SAVE_EVERY_MS = 300
/** A bundle that fails so often is at fault itself. */
const MOST_TRIES = 3
const ID = /^cb_[0-9a-f]{32}$/

const isOver = (signal: AbortSignal | undefined): boolean => signal?.aborted === true

export interface BundleJobs {
  /** There may be a new one. */
  wake(): void
  run(signal: AbortSignal): Promise<void>
  /** Makes everything that waits; for the command line and tests. @returns how many were made */
  drain(signal?: AbortSignal): Promise<number>
  /** Opens the file of one that is done. @throws BUNDLE_DAMAGED */
  read(bundle: CaseBundle): AsyncIterable<Uint8Array>
  remove(bundle: CaseBundle): Promise<void>
  /** Takes expired ones away, and files that no row knows. @returns those that expired */
  sweep(): Promise<readonly CaseBundle[]>
}

export interface BundleJobDeps {
  readonly store: Store
  readonly evidence?: EvidenceRoom
  readonly names: () => Promise<NameIndex>
  /** Signs; Ed25519. */
  readonly key: KeyObject
  /** Seals; 32 bytes. */
  readonly sealKey: Uint8Array
  readonly folder: string
  readonly organisation: string
  readonly version: string
  readonly now: () => number
  readonly onState?: (bundle: CaseBundle) => void
  /** Whether it is this process's to do; always where there is one. */
  readonly turnOf?: TurnOf
  readonly log?: { error(detail: object, message: string): void }
}

export function createBundleJobs({ store, evidence, names, key, sealKey, folder, organisation, version, now, onState = () => {}, turnOf = everyTurn, log }: BundleJobDeps): BundleJobs {
  const waker = createWaker()
  let draining: Promise<number> | undefined
  const pathOf = (id: string): string => {
    // Ids come from our own rows; this holds even where one of those was forged.
    if (!ID.test(id)) throw new RangeError('no id of a bundle')
    return join(folder, `${id}.sealed`)
  }
  const partOf = (id: string): string => `${pathOf(id)}.part`

  /** Saves, unless somebody has deleted it meanwhile. @returns whether it is still there */
  const save = async (bundle: CaseBundle): Promise<boolean> => {
    const there = await store.write(async (tx) => {
      if ((await tx.caseBundle(bundle.id)) === undefined) return false
      await tx.saveCaseBundle(bundle)
      return true
    })
    if (there) onState(bundle)
    return there
  }

  /** Whoever asked may have lost what it takes while it waited. @throws NOT_ALLOWED */
  const assertStillAllowed = async ({ byId, content, names: mode }: CaseBundle): Promise<void> => {
    if (!byId.startsWith('a_')) return
    const account = await store.account(byId)
    const may = account === undefined || account.disabled ? new Set<string>() : permissionsOf(account.roles)
    if (!may.has('case.export') || (content && !may.has('evidence.read')) || (mode === 'named' && !may.has('user.reveal'))) throw new CodedError('NOT_ALLOWED')
  }

  const writeFile = async (bundle: CaseBundle, signal: AbortSignal | undefined, onProgress: (percent: number) => void) => {
    const { zip, facts } = await openBundle({ store, names, key, organisation, version, bundle, now, onProgress, ...(evidence === undefined ? {} : { evidence }), ...(signal === undefined ? {} : { signal }) })
    const digest = createHash('sha256')
    let sizeBytes = 0
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of zip) {
        digest.update(chunk)
        sizeBytes += chunk.length
        yield chunk
      }
    }
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
    await rm(partOf(bundle.id), { force: true })
    const file = await open(partOf(bundle.id), 'wx', 0o600)
    try {
      for await (const piece of sealStream(counted(), sealKey, bundle.id)) await file.writeFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
    const known = await facts
    await rename(partOf(bundle.id), pathOf(bundle.id))
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    return { ...known, sizeBytes, sha256: digest.digest('hex') }
  }

  const make = async (queued: CaseBundle, signal: AbortSignal | undefined): Promise<void> => {
    const { code: _code, ...rest } = queued
    let bundle: CaseBundle = { ...rest, state: 'running', progress: 0, startedAtMs: now(), tries: queued.tries + 1 }
    if (!(await save(bundle))) return
    await assertStillAllowed(bundle)
    let savedAtMs = performance.now()
    let saving: Promise<unknown> = Promise.resolve()
    const facts = await writeFile(bundle, signal, (progress): void => {
      if (performance.now() - savedAtMs < SAVE_EVERY_MS) return
      savedAtMs = performance.now()
      bundle = { ...bundle, progress }
      saving = saving.then(() => save(bundle)).catch(() => {})
    })
    await saving
    const done: CaseBundle = { ...bundle, ...facts, state: 'done', progress: 100, endedAtMs: now() }
    const there = await store.write(async (tx) => {
      if ((await tx.caseBundle(done.id)) === undefined) return false
      await tx.saveCaseBundle(done)
      await tx.appendCaseEvent({ caseId: done.caseId, atMs: now(), actorId: done.byId, what: 'bundle_made', detail: { bundle: done.id, sha256: facts.sha256, manifest: facts.manifestSha256, bytes: facts.sizeBytes, names: done.names } })
      await appendAudit(tx, { actor: { id: done.byId, name: done.byName, roles: done.byRoles }, action: 'bundle.made', targetKind: 'case', targetId: done.caseId, detail: { bundle: done.id, sha256: facts.sha256, manifestSha256: facts.manifestSha256, sizeBytes: facts.sizeBytes, names: done.names, counts: facts.counts }, atMs: now() })
      return true
    })
    if (there) onState(done)
    else await rm(pathOf(done.id), { force: true })
  }

  const drainAll = async (signal: AbortSignal | undefined): Promise<number> => {
    let made = 0
    for (;;) {
      const [next] = await store.unfinishedBundles()
      if (next === undefined || isOver(signal)) return made
      try {
        await make(next, signal)
        made += 1
      } catch (error) {
        if (isOver(signal)) return made
        const code = error instanceof CodedError ? error.code : (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'BUNDLE_NO_SPACE' : 'INTERNAL'
        log?.error({ err: error, bundle: next.id }, 'a bundle could not be made')
        const over = next.tries + 1 >= MOST_TRIES || code === 'NOT_FOUND' || code === 'NOT_ALLOWED'
        await rm(partOf(next.id), { force: true })
        await save({ ...next, state: over ? 'failed' : 'queued', progress: 0, tries: next.tries + 1, code, ...(over ? { endedAtMs: now() } : {}) })
      }
    }
  }

  return {
    wake: () => waker.wake(),
    async run(signal) {
      while (!signal.aborted) {
        waker.begin()
        if ((await turnOf('bundles')) !== undefined) await drainAll(signal)
        await waker.rest(signal, turnOf === everyTurn ? undefined : TURN_POLL_MS)
      }
    },
    drain(signal) {
      draining = (draining ?? Promise.resolve(0)).catch(() => 0).then(() => drainAll(signal))
      return draining
    },
    read: (bundle) => openSealedFile(pathOf(bundle.id), sealKey, bundle.id),
    remove: (bundle) => rm(pathOf(bundle.id), { force: true }),
    async sweep() {
      const expired = await store.expiredBundles(now())
      for (const bundle of expired) {
        await store.write(async (tx) => {
          await tx.deleteCaseBundle(bundle.id)
          await tx.appendCaseEvent({ caseId: bundle.caseId, atMs: now(), actorId: 'system', what: 'bundle_expired', detail: { bundle: bundle.id } })
        })
      }
      // Names first: a file that is made meanwhile has its row already.
      const files = await readdir(folder).catch((): string[] => [])
      const known = await store.bundleIds()
      for (const name of files) {
        const id = /^(cb_[0-9a-f]{32})\.sealed(?:\.part)?$/.exec(name)?.[1]
        if (id !== undefined && !known.has(id)) await rm(join(folder, name), { force: true })
      }
      return expired
    },
  }
}
