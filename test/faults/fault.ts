// What a fault test is, and what it gets to work with.
import type { seeded } from '../support/random.ts'

export type Figures = Record<string, number | string | boolean>

export interface FaultContext {
  /** The same seed gives the same faults at the same times after the start. */
  readonly seed: number
  readonly random: ReturnType<typeof seeded>
  readonly short: boolean
  /** Counts are bounded: few in a short run, many in a full one. */
  count(short: number, full: number): number
  /** Progress, on stderr. */
  say(line: string): void
  /** Aborts when time is up or a person pressed Ctrl-C. */
  readonly signal: AbortSignal
  /** An empty folder of this fault; removed afterwards. */
  readonly folder: string
  /** Runs when the fault is over, whatever happened; the last one first. */
  defer(cleanUp: () => Promise<void> | void): void
  /** Told on stderr when the fault fails: the last words of the processes. */
  explain(words: () => string): void
  /** What is reported, also when the fault fails. */
  readonly figures: Figures
}

export interface Fault {
  /** `F-01`. */
  readonly id: string
  /** For the command line. */
  readonly name: string
  readonly title: string
  /** What is broken, and how. */
  readonly does: string
  /** What must hold afterwards. */
  readonly oracle: string
  /** It measures time, so nothing else may run beside it. */
  readonly alone?: boolean
  /** Left out of a short run, unless it is asked for by name. */
  readonly isLong?: boolean
  /** It is left out, and says so, where these cannot be had: strace, and mounts that end with the run. */
  readonly needs?: readonly ('strace' | 'mounts' | 'postgres')[]
  /** Longest time that it may take. */
  readonly limitSecs: { readonly short: number; readonly full: number }
  /** Throws what does not hold. */
  run(context: FaultContext): Promise<void>
}

/** A promise of the product that does not hold. */
export class Broken extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'Broken'
  }
}

export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Broken(what)
}
