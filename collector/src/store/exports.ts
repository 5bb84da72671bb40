// What the store keeps of exports: the outbox, the targets that it goes to, and what a target refused for good.
//
//   outbox           one row a change of an alert or a case, written in the transaction of the change; a row that nobody
//                    has made into a document yet takes up later changes of the same thing
//   export_target    settings, sealed secrets, and how far it is: `cursor` is the last row that it has or has refused
//   export_replay    ranges of rows that go out once more, before what is new
//   export_dead      rows that a target refused for good
import type { PageRequest, PersonFilter } from './store.ts'

export type OutboxKind = 'alert' | 'case'

/** A change that has no document yet. */
export interface OutboxChange {
  readonly seq: number
  readonly kind: OutboxKind
  /** Id of the alert or the case. */
  readonly ref: string
  readonly userId: string
  readonly atMs: number
  /** The first that the outbox ever said of it. */
  readonly isFirst: boolean
  /** Rises when a later change goes into the same row. */
  readonly version: number
}

export interface OutboxDocument {
  readonly seq: number
  readonly kind: OutboxKind
  readonly ref: string
  readonly userId: string
  readonly atMs: number
  readonly madeAtMs: number
  /** JSON of the finding, without names. */
  readonly document: string
}

export interface OutboxSpan {
  readonly rows: number
  /** 0 when there are none. */
  readonly oldestSeq: number
  readonly newestSeq: number
  readonly oldestAtMs?: number
}

export interface StoredTarget {
  /** `xt_…`. */
  readonly id: string
  readonly name: string
  /** Settings as JSON; exports/targets.ts knows their shape. */
  readonly doc: string
  /** Sealed JSON of the secrets. */
  readonly secrets: string
  /** Nothing is sent while it is. */
  readonly isPaused: boolean
  readonly revision: number
  readonly cursor: number
  /** Records that it took, with those that were sent again. */
  readonly sent: number
  /** Rows that went before it had them. */
  readonly dropped: number
  /** What delivery remembers between tries, as JSON. */
  readonly state: string
}

/** What delivery writes after a try. */
export interface TargetProgress {
  readonly id: string
  /** Absent: as it was. */
  readonly cursor?: number
  readonly sentMore: number
  readonly state: string
}

export interface ExportReplay {
  readonly id: number
  readonly targetId: string
  /** Inclusive. */
  readonly nextSeq: number
  /** Inclusive. */
  readonly toSeq: number
}

export interface DeadLetter {
  readonly targetId: string
  readonly seq: number
  readonly kind: OutboxKind
  readonly ref: string
  readonly atMs: number
  readonly refusedAtMs: number
  /** The receiver's words, or ours. */
  readonly reason: string
}

export interface ExportReader {
  /** Changes without a document, the oldest first. */
  outboxChanges(limit: number): Promise<readonly OutboxChange[]>
  /** Rows after a number up to another, in order, and none beyond the first that has no document; rows that have none for good are left out. */
  outboxDocuments(query: { readonly afterSeq: number; readonly toSeq?: number; readonly limit: number }): Promise<{ readonly rows: readonly OutboxDocument[]; /** How far the answer looked. */ readonly seenSeq: number }>
  outboxSpan(): Promise<OutboxSpan>
  /** Rows of changes made in a span of time; undefined when there are none. */
  outboxRange(fromMs: number, toMs: number): Promise<{ readonly firstSeq: number; readonly lastSeq: number } | undefined>
  /** Rows after a cursor that are not with the target yet, and since when the oldest waits. */
  outboxLag(cursor: number): Promise<{ readonly records: number; readonly oldestAtMs?: number }>
  /** Documents made in a span of time or in a range of rows, in order, of people who may be seen. */
  outboxMade(query: { readonly fromMs?: number; readonly toMs?: number; readonly firstSeq?: number; readonly lastSeq?: number; readonly limit: number; readonly visible?: PersonFilter }): Promise<readonly OutboxDocument[]>
  exportTargets(): Promise<readonly StoredTarget[]>
  exportTarget(id: string): Promise<StoredTarget | undefined>
  exportReplays(targetId: string): Promise<readonly ExportReplay[]>
  deadLetters(query: PageRequest & { readonly targetId: string }): Promise<{ readonly items: readonly DeadLetter[]; readonly nextCursor?: string; readonly total: number }>
  deadLetterCounts(): Promise<ReadonlyMap<string, number>>
}

export interface ExportWriter {
  /** @returns false when the row has changed since it was read; nothing is written then. @param document undefined: there is nothing to tell any more */
  saveOutboxDocument(change: OutboxChange, document: string | undefined, madeAtMs: number): Promise<boolean>
  /** What waits has nothing to tell: nobody was there to hear it. Later changes get rows of their own. @returns how many rows */
  passOverOutbox(atMs: number): Promise<number>
  /** Takes the oldest rows away until no more than this many are left, and counts for each target what it never had. @returns how many went */
  trimOutbox(most: number): Promise<number>
  /** Settings; how far it is stays. A new one begins after `cursor`. */
  saveExportTarget(target: Pick<StoredTarget, 'id' | 'name' | 'doc' | 'secrets' | 'isPaused' | 'revision' | 'cursor' | 'state'>): Promise<void>
  deleteExportTarget(id: string): Promise<void>
  saveTargetProgress(progress: TargetProgress): Promise<void>
  addReplay(targetId: string, fromSeq: number, toSeq: number): Promise<void>
  /** @param nextSeq beyond its end: it is over */
  saveReplay(id: number, nextSeq: number): Promise<void>
  addDeadLetters(targetId: string, letters: readonly { readonly seq: number; readonly reason: string }[], refusedAtMs: number): Promise<void>
  /** @returns those that there were */
  removeDeadLetters(targetId: string, seqs: readonly number[]): Promise<readonly number[]>
}
