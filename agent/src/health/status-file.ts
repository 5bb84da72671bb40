// `status.json` in the agent's folder: what `holdfast-agent status` shows. Only the agent's account may read it.
//
// A file and not a socket: it needs no listener that a user could talk to, and after a crash it tells what was last known.
// It is written at once when a sensor or the policy changes, within two seconds when a figure does, and every few seconds as a sign of life.
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeDurably } from '../platform/durable-file.ts'
import type { EvidenceStatus } from '../evidence/contract.ts'
import type { RunningSensor } from '../runner/runner.ts'
import type { SpoolFigures } from '../spool/contract.ts'

const LOOK_MS = 2000
const LIFE_SIGN_MS = 5000
/** Changes that come together are written together. */
const GATHER_MS = 100
/** Older than this, the process lives but its loop does not turn. */
export const STALE_MS = 4 * LIFE_SIGN_MS

export interface AgentStatus {
  readonly format: 1
  readonly pid: number
  readonly startedAt: string
  readonly updatedAt: string
  readonly agentVersion: string
  readonly deviceId: string
  readonly group: string
  readonly organisation: string
  readonly collectorUrl: string
  readonly elevated: boolean
  readonly uplink: { readonly connected: boolean; readonly server: string; readonly problem: string; readonly lastConnectedAt?: string; readonly nextTryAt?: string; readonly published: number; readonly resent: number }
  readonly spool: SpoolFigures & { /** Why nothing can be written, by code; empty while it can. */ readonly problem: string }
  readonly policy: { readonly runningVersion: number; readonly runningHash: string; readonly appliedAt: string; readonly expiresAt?: string; readonly refusedVersion?: number; readonly refusedReason?: string }
  /** Absent in a status that an older agent left. */
  readonly evidence?: EvidenceStatus
  /** Absent without a watchdog, and in a status that an older agent left. */
  readonly watchdog?: { readonly pid: number; /** Starts that it had to make. */ readonly restarts: number; /** How the run before ended; empty after a first start. */ readonly lastEnd: string; /** Why nothing is watched. */ readonly safeMode?: string }
  readonly sensors: readonly RunningSensor[]
  readonly usage: { readonly rssBytes: number; readonly cpuMillis: number }
  /** What is over budget, in plain words. */
  readonly warnings: readonly string[]
}

export const statusPath = (folder: string): string => join(folder, 'status.json')

export interface StatusWriter {
  /** Something changed. */
  touch(): void
  /** Writes until the signal aborts. */
  run(signal: AbortSignal): Promise<void>
}

/** @param build makes the status now; called only when it is written */
export function createStatusWriter(folder: string, build: () => AgentStatus, onError: (error: unknown) => void): StatusWriter {
  let touched = new AbortController()
  let written = ''
  let writtenAt = -Infinity

  const write = async (): Promise<void> => {
    const status = build()
    const content = JSON.stringify({ ...status, updatedAt: '', usage: undefined })
    if (content === written && performance.now() - writtenAt < LIFE_SIGN_MS) return
    await writeDurably(statusPath(folder), `${JSON.stringify(status)}\n`, { sync: false })
    written = content
    writtenAt = performance.now()
  }

  return {
    touch: () => touched.abort(),
    async run(signal) {
      while (!signal.aborted) {
        touched = new AbortController()
        await write().catch(onError)
        await sleep(LOOK_MS, undefined, { signal: AbortSignal.any([signal, touched.signal]), ref: false }).catch(() => undefined)
        if (!signal.aborted) await sleep(GATHER_MS, undefined, { signal, ref: false }).catch(() => undefined)
      }
    },
  }
}

export type StatusFound =
  | { readonly kind: 'running'; readonly status: AgentStatus }
  | { readonly kind: 'hung'; readonly status: AgentStatus }
  /** It ran once; what is known is from then. */
  | { readonly kind: 'stopped'; readonly status: AgentStatus }
  | { readonly kind: 'never' }
  | { readonly kind: 'denied' }

/** Ended, but not collected by its parent yet; only Linux shows it here. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Our own file, written as one step: its form needs no more than a look. */
function parseStatus(text: string): AgentStatus | undefined {
  try {
    const value = JSON.parse(text) as Partial<AgentStatus> | null
    return value?.format === 1 && Number.isSafeInteger(value.pid) && Array.isArray(value.sensors) && typeof value.updatedAt === 'string' ? (value as AgentStatus) : undefined
  } catch {
    return undefined
  }
}

/** The last status of a folder, and whether the process behind it lives. */
export async function readStatus(folder: string, nowMs: number): Promise<StatusFound> {
  let text: string
  try {
    text = await readFile(statusPath(folder), 'utf8')
  } catch (error) {
    return { kind: ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '') ? 'denied' : 'never' }
  }
  const status = parseStatus(text)
  if (status === undefined) return { kind: 'never' }
  if (!isAlive(status.pid)) return { kind: 'stopped', status }
  // Its process id may belong to somebody else by now, so a sign of life is needed too.
  return { kind: nowMs - Date.parse(status.updatedAt) > STALE_MS ? 'hung' : 'running', status }
}
