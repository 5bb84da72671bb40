// The context of a sensor for tests: what it emits and reports is kept, its memory outlives a restart, its clock is given.
import type { wire } from '@holdfast/proto'
import type { Enrichment } from '../enrich/contract.ts'
import type { Platform } from '../platform/platform.ts'
import type { SensedActivity, Sensor, SensorContext, TierReport } from './sensor.ts'

export interface FakeRun {
  readonly context: SensorContext
  readonly emitted: SensedActivity[]
  readonly reports: TierReport[]
  /** Settles with the sensor. */
  readonly ended: Promise<void>
  /** Aborts and waits for the end. */
  stop(): Promise<void>
}

/** Reads nothing and knows of no copies. */
const blindEnrichment: Enrichment = {
  inspect: async (path) => ({ path, state: 'unread' }),
  learn: () => {},
  moved: () => {},
  forgotten: () => {},
  sourceOf: async () => undefined,
  close: async () => {},
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** What outlives a restart of a sensor. */
export type FakeMemory = Map<string, string>

/**
 * Starts a sensor.
 *
 * @param memory shared between starts that belong together
 */
export function startSensor(sensor: Sensor, deps: { readonly platform: Platform; readonly policy: wire.AgentPolicy.$Properties; readonly memory?: FakeMemory; readonly nowMs?: number }): FakeRun {
  const abort = new AbortController()
  const memory = deps.memory ?? new Map<string, string>()
  const emitted: SensedActivity[] = []
  const reports: TierReport[] = []
  const context: SensorContext = {
    policy: deps.policy,
    platform: deps.platform,
    enrichment: blindEnrichment,
    signal: abort.signal,
    emit: async (activity) => void emitted.push(activity),
    report: (state) => void reports.push(state),
    now: () => deps.nowMs ?? 1_800_000_000_000,
    log: silent,
    memory: { get: async (key) => memory.get(key), set: async (key, value) => void memory.set(key, value) },
  }
  const ended = sensor.start(context)
  return {
    context, emitted, reports, ended,
    async stop() {
      abort.abort()
      await ended
    },
  }
}

/** Waits until something is so; the test's own time limit is the only one. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10))
}
