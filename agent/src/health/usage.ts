// What the agent costs, for heartbeats and the status.
import { type Cost, costOfAll } from './own-processes.ts'

export interface UsageFigures {
  /** Of all its processes, what they share counted once. */
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
 * @param options.minMs reads that follow faster than this get the last figures again: too short a time says nothing
 */
export function createUsageMeter(steady: () => number, options: { readonly minMs?: number; readonly watchdogPid?: number; readonly measure?: () => Cost } = {}): UsageMeter {
  const { minMs = 0, watchdogPid, measure = () => costOfAll(watchdogPid) } = options
  let last = measure().cpuMs
  let lastAt = steady()
  let figures: UsageFigures | undefined
  return {
    read() {
      if (figures !== undefined && steady() - lastAt < minMs) return figures
      const { cpuMs, bytes } = measure()
      const elapsedMs = Math.max(1, steady() - lastAt)
      // What a child used is known again only when its end was seen.
      figures = { rssBytes: bytes, cpuMillis: Math.max(0, Math.round(((cpuMs - last) / elapsedMs) * 1000)) }
      last = cpuMs
      lastAt = steady()
      return figures
    },
  }
}
