// What the status of an answer means for records, the same for every receiver that speaks HTTP.
//
//   2xx              taken
//   3xx              not followed: whoever set the target up gives the final address
//   401, 403, 407    credentials; nothing is lost, and it is tried again
//   404, 405, 410    not the address that it was set up for
//   408, 425, 429    later
//   other 4xx        what was sent is wrong
//   5xx              later
import { type Exchange } from '../http-exchange.ts'
import { ExportFailure, type Problem, wordsOf } from '../problem.ts'
import type { SendResult } from './sender.ts'

const MAX_REST_MS = 300_000

/** Seconds, or a date; at most five minutes. */
export function retryAfterOf(header: string | string[] | undefined, nowMs: number): number | undefined {
  if (typeof header !== 'string') return undefined
  const ms = /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, MAX_REST_MS) : undefined
}

/**
 * @returns undefined for 2xx, `refused` for what will not get better
 * @throws ExportFailure for everything that may
 */
export function judgeStatus({ status, headers, body }: Exchange, secrets: readonly string[]): Extract<SendResult, { kind: 'refused' }> | undefined {
  if (status >= 200 && status < 300) return undefined
  const words = wordsOf(body, secrets)
  const problem = (kind: Problem['kind']): Problem => ({ kind, status, detail: `HTTP ${status}${words === '' ? '' : `: ${words}`}` })
  if (status >= 300 && status < 400) throw new ExportFailure(problem('redirect'))
  if (status === 401 || status === 403 || status === 407) throw new ExportFailure(problem('auth'))
  if (status === 413) return { kind: 'refused', problem: problem('too_large') }
  if (status >= 400 && status < 500 && ![404, 405, 408, 410, 421, 425, 429].includes(status)) return { kind: 'refused', problem: problem('record') }
  const rest = retryAfterOf(headers['retry-after'], Date.now())
  throw new ExportFailure({ ...problem('status'), ...(rest === undefined ? {} : { retryAfterMs: rest }) })
}

/** An answer that must be a JSON object. @throws ExportFailure protocol */
export function jsonOf({ body, status }: Exchange): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new ExportFailure({ kind: 'protocol', status, detail: `HTTP ${status}, but the answer is not that of this kind of receiver: ${wordsOf(body.slice(0, 200))}` })
}
