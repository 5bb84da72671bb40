// Gives memory back that a start or a burst of activity has left behind. V8 and the C library keep what they once had for the
// next time; a process that idles for hours beside a person's work should not.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const LOOK_MS = 30_000
/** Less is not worth the forty milliseconds that it takes. */
const WORTH_BYTES = 6 << 20
/** Busier than this share of a core since the last look, and it waits. */
const BUSY_SHARE = 0.1

export interface MemoryKeeperOptions {
  /** Resident bytes of this process. */
  readonly resident?: () => number
  /** Collects garbage and gives free pages back to the system. */
  readonly giveBack?: () => Promise<void>
  readonly lookMs?: number
}

let collect: (() => void) | undefined

async function giveBackAll(): Promise<void> {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
  if (process.platform === 'linux') await trimHeap()
}

/** malloc_trim(3) of glibc; musl has none and keeps little. */
async function trimHeap(): Promise<void> {
  try {
    const { default: koffi } = await import('koffi')
    const trim = koffi.load('libc.so.6').func('int malloc_trim(size_t)') as (pad: number) => number
    trim(0)
  } catch {
    // Another C library.
  }
}

/** Looks twice a minute until the signal aborts. */
export function keepMemorySmall(signal: AbortSignal, { resident = () => process.memoryUsage.rss(), giveBack = giveBackAll, lookMs = LOOK_MS }: MemoryKeeperOptions = {}): void {
  /** What it held after the last time. */
  let floor = 0
  let used = process.cpuUsage()
  let at = performance.now()
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(used)
    const isBusy = (user + system) / 1000 > BUSY_SHARE * (performance.now() - at)
    used = process.cpuUsage()
    at = performance.now()
    if (isBusy || resident() - floor < WORTH_BYTES) return
    void giveBack().catch(() => undefined).finally(() => { floor = resident() })
  }, lookMs).unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}
