// What a bench is, and the figures it gives.
//
// A ratio is only ever taken between two things measured in the same run, one after the other in turn: this machine,
// this hour, these files. A time without its ratio says more about the machine than about the program.

/** Smallest, middle and largest of the runs. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

export interface Figure {
  /** `ingest.devices-100`, `files.F1`, ... */
  readonly name: string
  /** What `ours` and `reference` count: `activities/s`, `ms`, `µs CPU per file`, ... */
  readonly unit: string
  readonly ours: Spread
  /** What was measured beside it in the same run; absent where only a limit stands against it. */
  readonly reference?: Spread
  /** What must not be passed, in the same unit, where nothing was measured beside it. */
  readonly limit?: number
  /** What the reference is, in a few words. */
  readonly against?: string
  /** ours ÷ reference, run by run. */
  readonly ratio?: Spread
  /** `higher` or `lower` is better. */
  readonly better: 'higher' | 'lower'
  readonly goals: readonly Goal[]
  /** Everything else that was counted: lost, CPU, memory, correctness. */
  readonly figures: Readonly<Record<string, number | string>>
}

/** A number that must hold, or that is aimed at and told when it is missed. */
export interface Goal {
  readonly text: string
  readonly met: boolean
  /** Missing it does not fail the run. */
  readonly aim?: boolean
}

export interface BenchContext {
  readonly runs: number
  /** The volume of an hour instead of that of a minute, ten minutes of rest instead of one. */
  readonly full: boolean
  /** Folder for this bench, removed afterwards. */
  readonly folder: string
  /** One line of progress for people. */
  say(line: string): void
  /** Aborts when the program is interrupted or the time is up. */
  readonly signal: AbortSignal
}

export interface Bench {
  readonly name: string
  readonly summary: string
  /** Longest time that all its runs may take. */
  readonly limitSecs: number
  /** Why it cannot run here; undefined when it can. */
  unable?(): Promise<string | undefined> | string | undefined
  run(context: BenchContext): Promise<readonly Figure[]>
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const median = sorted.length % 2 === 1 ? sorted[middle] ?? 0 : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
  return { min: sorted[0] ?? 0, median, max: sorted.at(-1) ?? 0 }
}

/** Quotients run by run, so that what disturbed both does not count. */
export const ratios = (ours: readonly number[], reference: readonly number[]): Spread => spread(ours.map((value, index) => value / (reference[index] ?? Number.NaN)))

/** Value below which the share of the samples lies, 0 to 1. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

/** Three significant digits, as a number. */
export const round = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(3)) : value)
