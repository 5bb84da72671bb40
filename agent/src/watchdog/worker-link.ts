// The worker's side of the pipe to its watchdog.
import { setTimeout as sleep } from 'node:timers/promises'
import { DEFAULT_TIMES, type FromWatchdog, type FromWorker, ORDERS, type Orders } from './contract.ts'

export interface WorkerLink {
  readonly orders: Orders
  /** Whether there is a watchdog; without one a worker runs alone, as in tests and under a debugger. */
  readonly isWatched: boolean
  /** Calls back when the watchdog wants an end in good order. */
  onStop(stop: (why: string) => void): void
  ready(): void
  /** A policy came that has not crashed yet. */
  tryPolicy(why: string): void
}

const ALONE: Orders = { watchdogPid: 0, restarts: 0, lastEnd: '', warnings: [] }

function readOrders(): Orders {
  const text = process.env[ORDERS]
  // What is started from here need not know.
  delete process.env[ORDERS]
  try {
    return text === undefined ? ALONE : { ...ALONE, ...(JSON.parse(text) as Orders) }
  } catch {
    return ALONE
  }
}

/**
 * Beats from now on, from the main loop.
 *
 * The watchdog's end is ours, without a last word: whoever killed it meant the agent, and the next start may hold the spool's lock.
 */
export function joinWatchdog(beatMs = DEFAULT_TIMES.beatMs): WorkerLink {
  const orders = readOrders()
  const isWatched = process.send !== undefined
  let stop: ((why: string) => void) | undefined
  let stopAsked: string | undefined
  const say = (message: FromWorker): void => {
    if (process.connected) process.send?.(message, () => {})
  }
  const beat = async (): Promise<void> => {
    for (;;) {
      say({ say: 'beat' })
      await sleep(beatMs, undefined, { ref: false })
    }
  }
  if (isWatched) {
    process.on('disconnect', () => process.exit(1))
    process.on('message', (message) => {
      const said = message as FromWatchdog
      if (said.say === 'ping') return say({ say: 'beat' })
      stopAsked = said.why
      stop?.(said.why)
    })
    // A worker that ends with an answer ends when nothing is left to do.
    process.channel?.unref()
    void beat()
  }
  return {
    orders, isWatched,
    onStop(callback) {
      stop = callback
      if (stopAsked !== undefined) callback(stopAsked)
    },
    ready: () => say({ say: 'ready' }),
    tryPolicy: (why) => say({ say: 'try-policy', why }),
  }
}
