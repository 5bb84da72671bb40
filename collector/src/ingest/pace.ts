// How fast a herd comes back, and how much of its backlogs at a time.
//
// Two things are told to devices with every watermark:
//   return spread  seconds over which they spread their next connection, when this one ends. They draw anew for each try, so
//                  those who wait at any moment come at up to 2 n / spread a second, also when a broker comes back in the middle
//                  of it. That is a mean r: chance adds up to four times its root, so r + 4 sqrt(r) is the limit
//   credit         batches that may be out beyond the watermark. What one device puts into the stream, all others wait behind:
//                  the longer the wait that is foreseen, the smaller the credit. A device with more than one batch behind gets
//                  none at all while the wait is long, asks again, and gets its turn; one that is up to date always has one
//
// The wait is foreseen, not measured: what stands in the stream (the broker says it with each message) by what this process
// and its likes take in a second. Measured, it would be known only after it had been waited for.

/** Nobody is kept away for longer. */
const LONGEST_SPREAD_SECS = 600
/** Waits from which on a device gets fewer batches; live news are late by about the last of them. */
const STEPS: readonly { readonly fromSecs: number; readonly credit: number }[] = [{ fromSecs: 12, credit: 0 }, { fromSecs: 6, credit: 1 }, { fromSecs: 3, credit: 4 }, { fromSecs: 1, credit: 16 }]
/** The agent's own limit. */
const NO_LIMIT = 256
/** Seconds over which the speed is averaged. */
const AVERAGED_SECS = 5
/** Before anything was taken: a slow disk. */
const FIRST_PER_SECOND = 20

/** Seconds over which devices spread their return; 0 for a fleet that may come at once. */
export const returnSpreadSecs = (devices: number, perSecond: number): number => Math.min(LONGEST_SPREAD_SECS, Math.floor((2 * devices) / Math.max(0.5, (Math.sqrt(perSecond + 4) - 2) ** 2)))

export interface Pace {
  /** A group was taken from the stream: how many, and what still waited behind the last of them. */
  took(messages: number, waiting: number): void
  /** Batches that a device may have out now. @param isBehind it holds more than one batch */
  credit(isBehind: boolean): number
  /** Seconds that a message would wait that came into the stream now. */
  readonly waitSecs: number
}

/**
 * @param sharers processes that take from the same stream
 * @param clock milliseconds that nobody sets
 */
export function createPace(sharers: () => number = () => 1, clock: () => number = () => performance.now()): Pace {
  let perSecond = FIRST_PER_SECOND
  let since = clock()
  let counted = 0
  let waiting = 0
  let heardAt = -Infinity
  const waitSecs = (): number => {
    // Nothing was taken for long: nothing waits, or nobody can say.
    if (clock() - heardAt > 2 * AVERAGED_SECS * 1000) return 0
    return waiting / (Math.max(1, perSecond) * Math.max(1, sharers()))
  }
  return {
    took(messages, behind) {
      const now = clock()
      counted += messages
      waiting = behind
      heardAt = now
      const secs = (now - since) / 1000
      if (secs < 0.5) return
      // Only a stream that had something to give tells how fast it is taken.
      if (behind > 0) perSecond += (counted / secs - perSecond) * Math.min(1, secs / AVERAGED_SECS)
      else perSecond = Math.max(perSecond, counted / secs)
      since = now
      counted = 0
    },
    credit(isBehind) {
      const wait = waitSecs()
      const credit = STEPS.find(({ fromSecs }) => wait >= fromSecs)?.credit ?? NO_LIMIT
      return isBehind ? credit : Math.max(1, credit)
    },
    get waitSecs() {
      return waitSecs()
    },
  }
}
