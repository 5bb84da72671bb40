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
  /** The epoch it speaks of, when that is an abandoned one. */
  readonly epoch: string
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
  readonly epoch: string
  /**
   * Adds one encoded activity; resolves with its number once it is on disk (group commit, fsync).
   * @param bytes 1 B to MAX_ACTIVITY_BYTES
   * @throws SPOOL_RECORD_TOO_LARGE, SPOOL_IO
   */
  append(bytes: Uint8Array): Promise<number>
  /** Up to `maxActivities` and `maxBytes` from `fromSeq` on; undefined when nothing is there. */
  read(fromSeq: number, limits: { readonly maxActivities: number; readonly maxBytes: number }): Promise<SpooledRun | undefined>
  gaps(): Promise<readonly SpooledGap[]>
  /** Deletes what the collector has committed, activities and gap records alike. */
  trim(epoch: string, committedSeq: number): Promise<void>
  figures(): SpoolFigures
  /** Resolves at the next append after `seq`, or when the signal aborts. */
  waitBeyond(seq: number, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}
