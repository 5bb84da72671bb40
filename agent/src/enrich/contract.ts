// What sensors see of enrichment: facts about files that a hostile user may have prepared, and where a content came from.
//
// Nothing here ever follows a symbolic link, opens what is not a regular file, or reads more than its caps; reading runs
// in a child process that is killed at its deadline, with the rights of the acting user where the agent is root.
import type { wire } from '@holdfast/proto'

export interface InspectOptions {
  /** Whole-file SHA-256 up to this size; above it only the fingerprint. */
  readonly hashLimitBytes: number
  /** Rights to read with: the acting user's uid; the file's owner when absent. Only used where the agent is root. */
  readonly uid?: number
}

export interface SourceMatch {
  readonly path: string
  readonly sizeBytes: number
  readonly fingerprint: string
  readonly sha256?: string
}

export interface Enrichment {
  /** Never throws for what a file does: `state` says why a file was not read. */
  inspect(path: string, options: InspectOptions): Promise<wire.FileFacts.$Properties>
  /** Tells the lineage that this content is at this path now. */
  learn(facts: wire.FileFacts.$Properties): void
  /** A watched path was renamed or deleted. */
  moved(from: string, to: string): void
  forgotten(path: string): void
  /** What a content was copied from: another path under the watched roots with the same content, most recent first choice. */
  sourceOf(facts: wire.FileFacts.$Properties): Promise<SourceMatch | undefined>
  close(): Promise<void>
}
