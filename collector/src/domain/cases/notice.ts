// A notice: what the person of a case is written, and what became of it.

export type NoticeFormat = 'text' | 'html'

/** What a template and a sending have in common. Subject and body may hold variables; see notices/render.ts. */
export interface NoticeContent {
  /** Address that it comes from; empty: that of the mail settings. */
  readonly from: string
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly subject: string
  readonly body: string
  readonly format: NoticeFormat
}

export interface NoticeTemplate extends NoticeContent {
  /** `nt_…`. */
  readonly id: string
  readonly name: string
  readonly updatedAtMs: number
  readonly updatedBy: string
  readonly revision: number
}

/**
 * `queued`: waits for its first or next try. `sent`: the mail server took it. `failed`: it did not and will not.
 * `unknown`: the connection ended after the message was handed over and before the answer, so that the person may have
 * it; it is not sent again unless somebody says so.
 */
export type NoticeState = 'queued' | 'sending' | 'sent' | 'failed' | 'unknown'

export interface Notice extends NoticeContent {
  /** `no_…`. */
  readonly id: string
  readonly caseId: string
  readonly userId: string
  readonly templateId?: string
  readonly templateName?: string
  /** Variables as they were when it was queued; those of the person are taken when it is sent and are kept nowhere. */
  readonly values: Readonly<Record<string, string>>
  readonly state: NoticeState
  readonly tries: number
  readonly queuedAtMs: number
  readonly queuedBy: string
  readonly sentAtMs?: number
  readonly nextAtMs?: number
  /** What the server said, or why there was no answer, without addresses. */
  readonly answer?: string
  /** Of every try the same, so that a mail system can tell a second one. */
  readonly messageId: string
  /** Hex SHA-256 of the message as it was handed over. */
  readonly sha256?: string
}

/** What one try came to. */
export type NoticeOutcome =
  | { readonly kind: 'sent'; readonly answer: string; readonly sha256: string }
  | { readonly kind: 'unknown'; readonly answer: string; readonly sha256?: string }
  | { readonly kind: 'failed'; readonly answer: string; readonly retryable: boolean }

const MINUTE_MS = 60_000
/** Pauses before the second, third … try; after the last the notice has failed. Some nineteen hours in all. */
export const RETRY_PAUSES_MS: readonly number[] = [1, 5, 15, 60, 180, 360, 540].map((minutes) => minutes * MINUTE_MS)

/** The notice after a try. */
export function afterTry(notice: Notice, outcome: NoticeOutcome, atMs: number): Notice {
  const { nextAtMs: _next, ...rest } = notice
  const tries = notice.tries + 1
  const base = { ...rest, tries, answer: outcome.answer }
  if (outcome.kind === 'sent') return { ...base, state: 'sent', sentAtMs: atMs, sha256: outcome.sha256 }
  if (outcome.kind === 'unknown') return { ...base, state: 'unknown', ...(outcome.sha256 === undefined ? {} : { sha256: outcome.sha256 }) }
  const pause = outcome.retryable ? RETRY_PAUSES_MS[tries - 1] : undefined
  return pause === undefined ? { ...base, state: 'failed' } : { ...base, state: 'queued', nextAtMs: atMs + pause }
}
