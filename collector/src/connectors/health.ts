// Whether the connectors still bring what policies wait for.
import type { ConnectorRun } from '../store/store.ts'
import { type ConnectorId, connectors } from './registry.ts'

const DAY_MS = 86_400_000

export type ConnectorState = 'never' | 'working' | 'stale' | 'failing'

export interface ConnectorHealth {
  readonly state: ConnectorState
  readonly lastDoneAtMs?: number
  /** What to tell a person, and what to do. */
  readonly warning?: string
}

/** @param runs of this connector, newest first */
export function connectorHealth(id: ConnectorId, runs: readonly ConnectorRun[], nowMs: number): ConnectorHealth {
  const done = runs.find((run) => run.outcome === 'done')
  const [last] = runs
  const days = connectors[id].expectedEveryDays
  const at = done === undefined ? {} : { lastDoneAtMs: done.atMs }
  if (last === undefined) return { state: 'never' }
  if (last.outcome === 'refused') return { state: 'failing', ...at, warning: `The last file was refused (${last.code ?? 'no code'}). Correct it and send it again.` }
  if (done !== undefined && days !== undefined && nowMs - done.atMs > days * DAY_MS) return { state: 'stale', ...at, warning: `Nothing was uploaded for more than ${days} days. Send the newest file, and look at the job that sends it.` }
  return { state: 'working', ...at }
}
