// What the agent itself costs, and when that is more than it should be.

/** Warned about above these: three times the idle budget of memory, a quarter of a core over a minute. */
const RSS_WARNING_BYTES = 360 << 20
const CPU_WARNING_MILLIS = 250
const WINDOW_MS = 60_000

export interface UsageFigures {
  readonly rssBytes: number
  /** CPU of one core since the last call, in thousandths. */
  readonly cpuMillis: number
}

export interface UsageMeter {
  /** Measures since the last `read` of the same meter. */
  read(): UsageFigures
}

/**
 * @param steady milliseconds of a clock that never jumps
 * @param minMs reads that follow faster than this get the last figures again: too short a time says nothing
 */
export function createUsageMeter(steady: () => number, minMs = 0): UsageMeter {
  let last = process.cpuUsage()
  let lastAt = steady()
  let figures: UsageFigures | undefined
  return {
    read() {
      if (figures !== undefined && steady() - lastAt < minMs) return figures
      const used = process.cpuUsage(last)
      const elapsedMs = Math.max(1, steady() - lastAt)
      last = process.cpuUsage()
      lastAt = steady()
      figures = { rssBytes: process.memoryUsage.rss(), cpuMillis: Math.round((used.user + used.system) / elapsedMs) }
      return figures
    },
  }
}

export interface Budget {
  /** Takes a sample, at most one a minute counts for CPU. @returns what is over budget, in plain words */
  check(): readonly string[]
}

export function createBudget(steady: () => number, meter: UsageMeter = createUsageMeter(steady)): Budget {
  let startedAt = steady()
  let cpuWarning: string | undefined
  return {
    check() {
      if (steady() - startedAt >= WINDOW_MS) {
        startedAt = steady()
        const { cpuMillis } = meter.read()
        cpuWarning = cpuMillis > CPU_WARNING_MILLIS ? `The agent used ${Math.round(cpuMillis / 10)} % of a core over the last minute.` : undefined
      }
      const rss = process.memoryUsage.rss()
      return [...(rss > RSS_WARNING_BYTES ? [`The agent uses ${Math.round(rss / (1 << 20))} MiB of memory.`] : []), ...(cpuWarning === undefined ? [] : [cpuWarning])]
    },
  }
}
