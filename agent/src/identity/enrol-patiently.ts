// Enrolment that waits: for approval, or because the collector has said that too many come at once.
//
// What waits is written down (`enrolment.waiting`, 0600), for `status`; the code is not in it. A network that fails before the
// collector has said anything is the caller's to hear at once; afterwards it is waited out like everything else.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CodedError } from '../errors.ts'
import { removeDurably, writeDurably } from '../platform/durable-file.ts'
import type { Identity } from './contract.ts'
import { enrol, type EnrolRequest } from './enrol.ts'

const FILE = 'enrolment.waiting'

export interface EnrolmentWait {
  readonly why: 'approval' | 'busy' | 'unreachable'
  readonly collectorUrl: string
  /** While it waits for approval. */
  readonly requestId?: string
  /** Last characters of its public key, as administrators see them. */
  readonly key?: string
  readonly since: string
  /** When the collector gives the request up. */
  readonly until?: string
  readonly nextTryAt: string
  readonly problem: string
}

export interface Patience {
  readonly random: () => number
  /** Milliseconds to stay away after the collector named seconds. */
  readonly told: (seconds: number, random: number) => number
  /** Milliseconds to stay away after so many failures in a row, from 0. */
  readonly failed: (failures: number, random: number) => number
  /** Failures of the network in a row that are waited out before the collector has said anything. */
  readonly unreachableTries?: number
  readonly onWait?: (wait: EnrolmentWait, ms: number) => void
  readonly signal?: AbortSignal
  readonly now?: () => number
}

const fileOf = (folder: string): string => join(folder, FILE)

/** What the folder's enrolment waits for, if one is under way. */
export async function enrolmentWait(folder: string): Promise<EnrolmentWait | undefined> {
  try {
    const stored = JSON.parse(await readFile(fileOf(folder), 'utf8')) as Partial<EnrolmentWait>
    return typeof stored.why === 'string' && typeof stored.nextTryAt === 'string' && typeof stored.collectorUrl === 'string' ? (stored as EnrolmentWait) : undefined
  } catch {
    return undefined
  }
}

export const forgetWait = (folder: string): Promise<void> => removeDurably(fileOf(folder))

/** How long to stay away after this failure, and what to say; undefined when waiting helps nothing. */
function waitFor(error: unknown, failures: number, isAnswered: boolean, { random, told, failed, unreachableTries = 0 }: Patience): { readonly ms: number; readonly why: EnrolmentWait['why'] } | undefined {
  if (!(error instanceof CodedError)) return undefined
  const seconds = Number(error.parameters['seconds'] ?? 0)
  if (error.code === 'ENROLMENT_WAITS') return { ms: told(seconds, random()), why: 'approval' }
  if (error.code !== 'COLLECTOR_UNREACHABLE') return undefined
  if (seconds > 0) return { ms: told(seconds, random()), why: 'busy' }
  return isAnswered || failures < unreachableTries ? { ms: failed(failures, random()), why: 'unreachable' } : undefined
}

/**
 * Enrols, and waits as long as it takes where waiting helps.
 *
 * @throws what enrol() throws, but ENROLMENT_WAITS; AbortError after the signal
 */
export async function enrolPatiently(request: EnrolRequest, patience: Patience): Promise<Identity & { readonly reEnrolled: boolean }> {
  const now = patience.now ?? Date.now
  const since = new Date(now()).toISOString()
  let isAnswered = false
  for (let failures = 0; ;) {
    try {
      const identity = await enrol(request)
      await forgetWait(request.folder)
      return identity
    } catch (error) {
      const wait = waitFor(error, failures, isAnswered, patience)
      if (wait === undefined || !(error instanceof CodedError)) {
        await forgetWait(request.folder).catch(() => undefined)
        throw error
      }
      failures = wait.why === 'unreachable' ? failures + 1 : 0
      isAnswered ||= wait.why !== 'unreachable'
      const { requestId, key, until } = error.parameters
      const told: EnrolmentWait = {
        why: wait.why, collectorUrl: request.collectorUrl, since, nextTryAt: new Date(now() + wait.ms).toISOString(), problem: error.message,
        ...(requestId === undefined ? {} : { requestId: String(requestId) }), ...(key === undefined ? {} : { key: String(key) }), ...(until === undefined ? {} : { until: String(until) }),
      }
      if (isAnswered) await writeDurably(fileOf(request.folder), `${JSON.stringify(told, null, 2)}\n`)
      patience.onWait?.(told, wait.ms)
      await pause(wait.ms, undefined, patience.signal === undefined ? {} : { signal: patience.signal })
    }
  }
}
