// Takes the outbox to its targets.
//
//   change in the store ── same transaction ──► outbox row ── document(), once ──► row with its document
//                                                                                    │
//                                    each target by itself: cursor ► batch ► sender ─┘► cursor moves
//
// The cursor moves in the transaction that follows the receiver's answer: a crash between the two sends a batch again,
// under the same record ids, and never loses one. A target that fails waits with full jitter; after five failures in a
// row its breaker is open, and one record at a time is tried. Targets do not wait for each other.
//
// Rows that the target asked for once more (replays) go before what is new. A record that is refused for good becomes a
// dead letter and does not hold up the rest; when nothing but refusals comes back the target holds still instead, since
// then it is the set-up that is wrong, and its records would all be thrown away.
import type { OutboxDocument, StoredTarget } from '../store/exports.ts'
import type { Store } from '../store/store.ts'
import { type BackOff, DEFAULT_BACK_OFF, pauseMs } from './back-off.ts'
import { documentOf, type DocumentDeps, withName } from './document.ts'
import type { Finding } from './finding.ts'
import { ExportFailure, type Problem } from './problem.ts'
import { createSender, type SenderPlace } from './senders/create.ts'
import type { OutgoingRecord, Sender } from './senders/sender.ts'
import { settle, type Settled } from './settle.ts'
import { breakerOf, readSettings, readState, type Secrets, type TargetSettings, type TargetState } from './targets.ts'
import { feedWanted } from './feed-settings.ts'
import { createWaker, everyTurn, type TurnOf } from '../waker.ts'

/** How often somebody looks whether there is something new; a commit in this process wakes it at once. */
const LOOK_MS = 1000
const CHANGES_A_ROUND = 200
/** Refusals in a row after which the target holds still. */
export const MOST_REFUSED = 10
/** Rows that the outbox holds at most; the oldest go then, and each target says how many it never had. */
export const MOST_ROWS = 1_000_000
const TRIM_MS = 60_000

export interface DeliveryDeps extends DocumentDeps {
  readonly store: Store
  readonly now: () => number
  readonly place: SenderPlace
  /** Opens what the store keeps sealed. @throws whatever shows that it cannot be read */
  readonly openSecrets: (target: StoredTarget) => Secrets
  readonly log: { warn(context: object, message: string): void; error(context: object, message: string): void }
  readonly onState?: (targetId: string) => void
  /** Whether it is this process's to do; always where there is one. */
  readonly turnOf?: TurnOf
  readonly random?: () => number
  readonly backOff?: BackOff
  readonly mostRows?: number
}

export interface ExportDelivery {
  /** There may be something new. */
  wake(): void
  /** Makes documents of what waits. @returns how many rows */
  materialise(): Promise<number>
  /** One round for everybody: what waits gets its document, and each target what is due. @returns records that were settled */
  drain(): Promise<number>
  run(signal: AbortSignal): Promise<void>
}

interface Work {
  readonly rows: readonly OutboxDocument[]
  readonly seenSeq: number
  readonly replayId?: number
  readonly replayTo?: number
}

export function createExportDelivery(deps: DeliveryDeps): ExportDelivery {
  const { store, now, log, random = Math.random, backOff = DEFAULT_BACK_OFF, turnOf = everyTurn } = deps
  /** Senders by target, with the revision that they were made for. */
  const senders = new Map<string, { readonly revision: number; readonly sender: Sender }>()
  const busy = new Map<string, Promise<number>>()
  const waker = createWaker()
  let trimmedAtMs = 0
  const ending = new AbortController()
  /** What came of it, or undefined when the collector stops first. */
  const untilStopped = <T>(work: Promise<T>): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      const stop = (): void => resolve(undefined)
      ending.signal.addEventListener('abort', stop, { once: true })
      void work.then(resolve, reject).finally(() => ending.signal.removeEventListener('abort', stop))
    })

  const materialise = async (): Promise<number> => {
    let total = 0
    for (;;) {
      const changes = await store.outboxChanges(CHANGES_A_ROUND)
      if (changes.length === 0) return total
      const made: { readonly change: (typeof changes)[number]; readonly document: string | undefined }[] = []
      for (const change of changes) made.push({ change, document: await documentOf(change, deps) })
      const kept = await store.write(async (tx) => {
        for (const [index, { change, document }] of made.entries()) {
          // What changed since it was read is read again, and what comes after it waits: the order is that of the rows.
          if (!(await tx.saveOutboxDocument(change, document, now()))) return index
        }
        return made.length
      })
      total += kept
      if (kept === 0 || (kept === made.length && changes.length < CHANGES_A_ROUND) || ending.signal.aborted) return total
    }
  }

  const senderOf = (target: StoredTarget, settings: TargetSettings): Sender => {
    const known = senders.get(target.id)
    if (known?.revision === target.revision) return known.sender
    known?.sender.close()
    senders.delete(target.id)
    let secrets: Secrets
    try {
      secrets = deps.openSecrets(target)
    } catch (cause) {
      throw new ExportFailure({ kind: 'secret', detail: 'the key of this installation does not open it' }, { cause })
    }
    const sender = createSender(settings, secrets, deps.place)
    senders.set(target.id, { revision: target.revision, sender })
    return sender
  }

  const workFor = async (target: StoredTarget, limit: number): Promise<Work> => {
    for (const replay of await store.exportReplays(target.id)) {
      const { rows, seenSeq } = await store.outboxDocuments({ afterSeq: replay.nextSeq - 1, toSeq: replay.toSeq, limit })
      if (rows.length > 0) return { rows, seenSeq, replayId: replay.id, replayTo: replay.toSeq }
      await store.write((tx) => tx.saveReplay(replay.id, replay.toSeq + 1))
    }
    return store.outboxDocuments({ afterSeq: target.cursor, limit })
  }

  const recordsOf = async (rows: readonly OutboxDocument[], names: boolean): Promise<readonly OutgoingRecord[]> => {
    const findings = rows.map(({ seq, document }) => ({ seq, finding: JSON.parse(document) as Finding }))
    if (!names) return findings
    const users = new Map((await store.usersByIds([...new Set(findings.map(({ finding }) => finding.user.id))])).map((user) => [user.id, user]))
    return findings.map(({ seq, finding }) => ({ seq, finding: withName(finding, users.get(finding.user.id)) }))
  }

  const failed = (before: TargetState, problem: Problem): TargetState => {
    const failures = before.failures + 1
    const rest = Math.max(problem.retryAfterMs ?? 0, pauseMs(failures, random(), backOff), breakerOf({ ...before, failures }) === 'open' ? backOff.openMs : 0)
    return { ...before, failures, nextTryAtMs: now() + rest, lastFailureAtMs: now(), problem }
  }

  /** What a try came to, as the target remembers it, and the refusals that become dead letters. */
  const judge = (before: TargetState, tried: number, { settled, refused, problem }: Settled): { readonly state: TargetState; readonly settled: number; readonly dead: Settled['refused'] } => {
    const taken = settled - refused.length
    const inRow = taken > 0 ? 0 : before.refusedInRow + refused.length
    const [first] = refused
    // Nothing was taken, and too much in a row was not: the set-up is at fault, and the records stay.
    if (taken === 0 && first !== undefined && (inRow > MOST_REFUSED || (tried > 1 && refused.length === tried))) {
      const whole: Problem = { ...first.problem, kind: 'refuses_all' }
      return { state: { ...failed(before, whole) }, settled: 0, dead: [] }
    }
    const { problem: _solved, ...rest } = before
    const good: TargetState = { ...rest, failures: 0, refusedInRow: inRow, nextTryAtMs: 0, ...(taken > 0 ? { lastSentAtMs: now() } : {}), ...(first === undefined ? {} : { problem: first.problem, lastFailureAtMs: now() }) }
    if (problem === undefined) return { state: good, settled, dead: refused }
    // Something may have been taken before it broke: the count of failures begins anew then.
    return { state: failed(settled > 0 ? good : before, problem), settled, dead: refused }
  }

  /** @returns undefined when the collector stopped meanwhile */
  const attempt = async (target: StoredTarget, settings: TargetSettings, records: readonly OutgoingRecord[]): Promise<Settled | undefined> => {
    try {
      return await untilStopped(settle(senderOf(target, settings), records, ending.signal))
    } catch (error) {
      if (!(error instanceof ExportFailure)) throw error
      return { settled: 0, refused: [], problem: error.problem }
    }
  }

  /** One batch. @returns records settled; 0 when there is nothing to do or it has to wait */
  const step = async (id: string): Promise<number> => {
    const target = await store.exportTarget(id)
    if (target === undefined || target.isPaused || ending.signal.aborted) return 0
    const before = readState(target.state)
    if (before.nextTryAtMs > now()) return 0
    const settings = readSettings(target.doc)
    const limit = breakerOf(before) === 'open' || settings.place.kind === 'webhook' ? 1 : settings.batchSize
    const work = await workFor(target, limit)
    if (work.rows.length === 0) {
      // Rows that have nothing to tell any more are behind it too.
      if (work.seenSeq > target.cursor) await store.write((tx) => tx.saveTargetProgress({ id, cursor: work.seenSeq, sentMore: 0, state: target.state }))
      return 0
    }
    const records = await recordsOf(work.rows, settings.names)
    const outcome = await attempt(target, settings, records)
    // The collector stops: what a broken-off try came to says nothing about the receiver.
    if (outcome === undefined) return 0
    const { state, settled, dead } = judge(before, records.length, outcome)
    const last = records[settled - 1]?.seq
    await store.write(async (tx) => {
      const present = await tx.exportTarget(id)
      // Changed or taken away while it was tried: what was learnt is of a receiver that is none any more.
      if (present === undefined) return
      if (dead.length > 0) await tx.addDeadLetters(id, dead.map(({ seq, problem }) => ({ seq, reason: `${problem.kind}: ${problem.detail}` })), now())
      if (last !== undefined && work.replayId !== undefined) await tx.saveReplay(work.replayId, settled === records.length && work.rows.length < limit ? Number(work.replayTo) + 1 : last + 1)
      const cursor = last === undefined || work.replayId !== undefined ? undefined : settled === records.length ? work.seenSeq : last
      await tx.saveTargetProgress({ id, ...(cursor === undefined ? {} : { cursor }), sentMore: settled - dead.length, state: present.revision === target.revision ? JSON.stringify(state) : present.state })
    })
    if (before.failures !== state.failures || before.problem?.kind !== state.problem?.kind || dead.length > 0) deps.onState?.(id)
    if (state.failures > before.failures && state.failures <= 1) log.warn({ target: id, problem: state.problem?.kind }, 'an export target did not take records; they wait')
    return settled
  }

  /** Everything that is due for one target, unless somebody is at it already. */
  const serveTarget = (id: string): Promise<number> => {
    const going = busy.get(id)
    if (going !== undefined) return going
    const mine = (async () => {
      let total = 0
      for (let settled = await step(id); settled > 0; settled = await step(id)) total += settled
      return total
    })().catch((error: unknown) => {
      log.error({ err: error, target: id }, 'an export target could not be served; it is tried again')
      return 0
    }).finally(() => busy.delete(id))
    busy.set(id, mine)
    return mine
  }

  const round = async (): Promise<readonly Promise<number>[]> => {
    const targets = await store.exportTargets()
    for (const [id, { sender }] of senders) {
      if (targets.some((target) => target.id === id) || busy.has(id)) continue
      sender.close()
      senders.delete(id)
    }
    if ((await turnOf('outbox')) !== undefined) {
      if (targets.length > 0 || (await feedWanted(store))) await materialise()
      if (now() - trimmedAtMs > TRIM_MS) {
        trimmedAtMs = now()
        for (let gone = 1; gone > 0; ) gone = await store.write((tx) => tx.trimOutbox(deps.mostRows ?? MOST_ROWS))
      }
    }
    const going: Promise<number>[] = []
    for (const { id, isPaused } of targets) {
      if (isPaused) continue
      // A turn is not asked for, and so not given up, while a batch is under way.
      const mine = busy.get(id) ?? ((await turnOf(`target ${id}`)) === undefined ? undefined : serveTarget(id))
      if (mine !== undefined) going.push(mine)
    }
    return going
  }

  return {
    wake: () => waker.wake(),
    materialise,
    drain: async () => (await Promise.all(await round())).reduce((sum, settled) => sum + settled, 0),
    async run(signal) {
      signal.addEventListener('abort', () => ending.abort(), { once: true })
      if (signal.aborted) ending.abort()
      while (!signal.aborted) {
        waker.begin()
        try {
          // Not waited for: a slow target is no reason to let the others wait.
          void (await round())
        } catch (error) {
          log.error({ err: error }, 'the outbox could not be looked at; it is looked at again')
        }
        await waker.rest(signal, LOOK_MS)
      }
      for (const { sender } of senders.values()) sender.close()
      await Promise.all(busy.values())
      senders.clear()
    },
  }
}
