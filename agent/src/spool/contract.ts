// What the rest of the agent sees of the spool.

export interface SpooledRun {
  readonly epoch: string
  /** Number of activities[0]; consecutive. */
  readonly firstSeq: number
  /** Encoded wire.Activity, as they were appended. */
  readonly activities: readonly Uint8Array[]
}

export interface SpooledGap {
  readonly firstSeq: number
  readonly lastSeq: number
  readonly reason: 'spool_full' | 'record_corrupt' | 'record_too_large' | 'epoch_abandoned'
  readonly atMs: number
  /** The epoch it speaks of: the current one or one that was abandoned. */
  readonly epoch: string
}

/** A risky activity of the current epoch; see uplink/first.ts. */
export interface Mark {
  readonly seq: number
  /** 1 to 3: the higher, the sooner. */
  readonly rank: number
}

export interface SpoolFigures {
  readonly epoch: string
  readonly firstHeldSeq: number
  readonly lastSeq: number
  readonly ackedSeq: number
  readonly bytes: number
  readonly maxBytes: number
  readonly dropped: number
}

export interface SpoolContract {
  /** 32 lower-case hex digits. Changes while running when the file turns out to be damaged or rolled back. */
  readonly epoch: string
  /**
   * Adds one encoded activity; resolves with its number once it is on disk (group commit, fsync).
   * @param bytes 1 B to MAX_ACTIVITY_BYTES
   * @param rank 1 to 3 marks it as risky, durably with it; 0 does not. Only so many are marked (MAX_MARKS); the others keep their order
   * @throws SPOOL_RECORD_TOO_LARGE, SPOOL_RECORD_EMPTY, SPOOL_CLOSED, SPOOL_IO (nothing was written; try again)
   */
  append(bytes: Uint8Array, rank?: number): Promise<number>
  /** Marks of the current epoch beyond a number that are not trimmed, rising. */
  marked(beyond: number): readonly Mark[]
  /** Up to `maxActivities` and `maxBytes` from `fromSeq` on; undefined when nothing is there. */
  read(fromSeq: number, limits: { readonly maxActivities: number; readonly maxBytes: number }): Promise<SpooledRun | undefined>
  /**
   * The next run of an earlier epoch that is still held, oldest first: what was salvaged when a damaged or rolled-back
   * spool was left behind. It keeps its own epoch and numbers, so what the collector has already is recognised.
   *
   * @param after the last activity of the run before; undefined starts again
   */
  readEarlier(after: { readonly epoch: string; readonly seq: number } | undefined, limits: { readonly maxActivities: number; readonly maxBytes: number }): Promise<SpooledRun | undefined>
  gaps(): Promise<readonly SpooledGap[]>
  /**
   * Deletes what the collector has committed, activities and gap records alike. A number of the
   * current epoch that the collector cannot have from here (above what was held at the opening and what was read since)
   * means that this spool was rolled back: nothing is deleted, and a new epoch begins.
   */
  trim(epoch: string, committedSeq: number): Promise<void>
  figures(): SpoolFigures
  /** Resolves at the next append after `seq`, or when the signal aborts. */
  waitBeyond(seq: number, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}
