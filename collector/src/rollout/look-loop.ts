// The loop that looks at roll-outs, of policies and of versions: when devices reported, when time alone changes something, and
// once a minute at everything.
import { setTimeout as sleep } from 'node:timers/promises'
import { TURN_POLL_MS, type TurnOf, type Waker } from '../waker.ts'

export const CHECK_MS = 60_000
/** Between two looks, as a multiple of how long one takes: a look at a large fleet leaves time for everything else. */
const SHARE = 4

export interface LookLoop {
  /** Of the work, among processes. */
  readonly name: string
  readonly turnOf: TurnOf
  readonly waker: Waker
  readonly now: () => number
  /** Devices that were told together answer together: the least time between two looks, in ms. */
  readonly gatherMs: number
  /** Before the first look after the turn came to this process. */
  readonly onTurn?: () => Promise<void>
  /** @returns when time alone will have changed something */
  readonly look: (everything: boolean) => Promise<number>
  readonly onFailed: (error: unknown) => void
}

/** Looks until the signal aborts. */
export async function lookUntil(signal: AbortSignal, { name, turnOf, waker, now, gatherMs, onTurn, look, onFailed }: LookLoop): Promise<void> {
  let lastFull = -Infinity
  let isOurs = false
  while (!signal.aborted) {
    waker.begin()
    const began = performance.now()
    let nextAtMs = now() + CHECK_MS
    try {
      const turn = await turnOf(name)
      if (turn === undefined) nextAtMs = now() + TURN_POLL_MS
      else {
        if (!isOurs || turn === 'taken') await onTurn?.()
        // A fleet that reports all the time wakes us all the time; what is over can wait.
        const everything = began - lastFull >= CHECK_MS
        nextAtMs = Math.min(nextAtMs, await look(everything))
        if (everything) lastFull = began
      }
      isOurs = turn !== undefined
    } catch (error) {
      onFailed(error)
    }
    const tookMs = performance.now() - began
    await waker.rest(signal, Math.max(gatherMs, nextAtMs - now()))
    if (!signal.aborted) await sleep(Math.max(gatherMs, SHARE * tookMs), undefined, { signal }).catch(() => undefined)
  }
}
