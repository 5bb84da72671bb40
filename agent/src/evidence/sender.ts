// Sends sealed copies over one connection: offer, chunks from where the collector stands, until it says that all is there.
//
// Activities go first: a request is made only while none waits, one request is on its way at a time, and after each one there
// is a pause as long as it took, so that copies take at most about half of a slow line. What is refused for now is tried again
// when the collector says; what is refused for ever goes, with a skip. Nothing of a copy is deleted before `complete`.
import { setTimeout as sleepMs } from 'node:timers/promises'
import { MAX_EVIDENCE_CHUNK_BYTES, MAX_EVIDENCE_SKIPS, toWireTimestamp, wire } from '@holdfast/proto'
import type { EvidenceLink, ShelvedCopy } from './contract.ts'
import type { Shelf } from './shelf.ts'

const LOOK_MS = 200
const QUIET_MS = 50
const LEAST_PAUSE_MS = 5
const MOST_PAUSE_MS = 2000
const RETRY_MS = 5000
const LONGEST_RETRY_MS = 3_600_000

export interface SenderDeps {
  readonly shelf: Shelf
  readonly link: EvidenceLink
  readonly now: () => number
  readonly onSent: (copy: ShelvedCopy) => void
  /** A code, or empty when it goes well again. */
  readonly onProblem: (problem: string) => void
  readonly signal: AbortSignal
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleepMs(ms, undefined, { signal, ref: false }).catch(() => undefined)

/** Sends until the signal aborts. Rejects never. */
export async function sendCopies({ shelf, link, now, onSent, onProblem, signal }: SenderDeps): Promise<void> {
  /** When a copy may be tried again, by id. */
  const later = new Map<string, number>()

  const ask = async (request: wire.EvidenceRequest.$Properties): Promise<wire.EvidenceAnswer | undefined> => {
    while (!link.quiet) {
      if (signal.aborted) return undefined
      await pause(QUIET_MS, signal)
    }
    const since = performance.now()
    try {
      const answer = wire.EvidenceAnswer.decode(await link.request(wire.EvidenceRequest.encode(request).finish()))
      onProblem(answer.refused ?? '')
      await pause(Math.min(MOST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, performance.now() - since)), signal)
      return answer
    } catch {
      if (!signal.aborted) onProblem('NO_ANSWER')
      await pause(RETRY_MS, signal)
      return undefined
    }
  }

  const giveUp = async (copy: ShelvedCopy, reason: 'damaged' | 'refused'): Promise<void> => {
    shelf.skip({ epoch: copy.epoch, seq: copy.seq, reason, atMs: now(), sizeBytes: copy.plainBytes })
    await shelf.drop(copy.id)
  }

  /** One answer about a copy. @returns the offset to go on from, or undefined when this copy is done with for now */
  const settle = async (copy: ShelvedCopy, answer: wire.EvidenceAnswer | undefined): Promise<number | undefined> => {
    if (answer === undefined) return undefined
    if (answer.complete) {
      await shelf.drop(copy.id)
      onSent(copy)
      return undefined
    }
    if ((answer.refused ?? '') !== '') {
      if (answer.final) await giveUp(copy, 'refused')
      else later.set(copy.id, performance.now() + Math.min(LONGEST_RETRY_MS, Math.max(1, answer.retryAfterSecs ?? 60) * 1000))
      return undefined
    }
    const at = answer.receivedBytes ?? 0
    return Number.isSafeInteger(at) && at >= 0 && at < copy.sealedBytes ? at : undefined
  }

  const sendOne = async (copy: ShelvedCopy): Promise<void> => {
    const { capturedAtMs, ...facts } = copy
    let at = await settle(copy, await ask({ offer: { ...facts, capturedAt: toWireTimestamp(capturedAtMs) } }))
    while (at !== undefined && !signal.aborted) {
      // It may have been let go for the sake of a newer one.
      if (!shelf.copies().includes(copy)) return
      const data = await shelf.read(copy, at, MAX_EVIDENCE_CHUNK_BYTES)
      if (data === undefined) return giveUp(copy, 'damaged')
      at = await settle(copy, await ask({ chunk: { id: copy.id, offset: at, data } }))
    }
  }

  const sendSkips = async (): Promise<void> => {
    const { skips, uncounted } = shelf.skips(MAX_EVIDENCE_SKIPS)
    if (skips.length === 0 && uncounted === 0) return
    const answer = await ask({ skips: { skips: skips.map(({ atMs, ...skip }) => ({ ...skip, at: toWireTimestamp(atMs) })), uncounted } })
    if (answer?.complete === true) await shelf.forget(skips.length, uncounted)
  }

  while (!signal.aborted) {
    const at = performance.now()
    const next = shelf.copies().find((copy) => (later.get(copy.id) ?? 0) <= at)
    try {
      if (next !== undefined) await sendOne(next)
      else if (later.size > 4096) later.clear()
      await sendSkips()
    } catch {
      // Its own disk fails it; the copies are still there, or the next start puts them in order.
      onProblem('SHELF_UNREADABLE')
      await pause(RETRY_MS, signal)
    }
    if (next !== undefined) continue
    // With nothing at all there is nothing to look for: most devices never have a copy.
    const { skips, uncounted } = shelf.skips(1)
    if (shelf.copies().length > 0 || skips.length > 0 || uncounted > 0) await pause(LOOK_MS, signal)
    else await shelf.waitForNews(signal)
  }
}
