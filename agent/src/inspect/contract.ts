// What the rest of the agent sees of content inspection.
import type { wire } from '@holdfast/proto'
import type { SensedActivity } from '../activity.ts'
import type { ContentState } from './extract/budget.ts'
import type { Label } from './labels.ts'
import type { Finding } from './scanner.ts'

export interface ContentResult {
  readonly state: ContentState
  readonly findings: readonly Finding[]
  /** Absent: the document has none. Only meaningful where `labelled`. */
  readonly label?: Label
  /** A format that can carry a label, and was read so far that one would have been seen. */
  readonly labelled: boolean
  /** One of the findings is a key, a token or a password. */
  readonly secret: boolean
  readonly language?: string
}

export interface ContentOptions {
  /** Rights to read with; the file's owner when absent. */
  readonly uid?: number
}

export interface ContentInspector {
  /** What a policy looks for; the next file is read by it. */
  configure(inspection: wire.ContentInspection.$Properties): void
  /** Never rejects: `state` says what was not read, and why. */
  inspectContent(path: string, options?: ContentOptions): Promise<ContentResult>
  readonly pending: number
  /** For tests: the process that reads now. */
  readonly pid: number | undefined
  /** Answers everybody who waits with `skipped` and ends the child. */
  close(): void
}

/** An activity with what its file holds, and what follows from that. */
export interface Attached {
  readonly activity: SensedActivity
  readonly more: readonly SensedActivity[]
}

export interface Content {
  /** While the agent keeps to its budget few files are looked into; the others are `skipped`. */
  slow(isSlow: boolean): void
  follow(policy: wire.AgentPolicy.$Properties): void
  /** Undefined when the policy does not want this activity's file to be looked at. Never rejects. */
  attach(activity: SensedActivity): Promise<Attached> | undefined
  /** Lets everything go that waits; from now on nothing is looked at. */
  close(): Promise<void>
}

export const noContent = (state: ContentState): ContentResult => ({ state, findings: [], labelled: false, secret: false })
