// The context of a sensor for tests: what it emits and reports is kept, its memory outlives a restart, its clock is given.
import type { wire } from '@holdfast/proto'
import { createHash } from 'node:crypto'
import { lstat, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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

/** Reads whole files without a child, and knows of no copies: for files that the test itself has written. */
const plainEnrichment = (folder: string): Enrichment => ({
  folder,
  agentFolder: folder,
  async inspect(path) {
    const bytes = await readFile(path).catch(() => undefined)
    const stat = await lstat(path).catch(() => undefined)
    const sha256 = bytes === undefined ? '' : createHash('sha256').update(bytes).digest('hex')
    return { path, sizeBytes: stat?.size ?? 0, fingerprint: sha256, sha256, mimeType: '', state: bytes === undefined ? 'gone' : 'stable', encrypted: false, mtimeMs: stat?.mtimeMs ?? 0, ownerUid: stat?.uid ?? -1 }
  },
  list: async () => undefined,
  originOf: async () => undefined,
  learn: () => {},
  moved: () => {},
  forgotten: () => {},
  copied: () => {},
  chainOf: async () => [],
  contentsOf: async () => ({ state: 'skipped', encrypted: false, memberCount: 0, matchedCount: 0, members: [] }),
  unpackedFrom: async () => undefined,
  resembling: async () => undefined,
  lineageBound: { rows: 0, maxRows: 0, bytes: 0, maxBytes: 0, fellOut: 0, lastSeenMs: 0 },
  historyOf: async () => ({ fingerprint: '', wasCopySource: false, wasExfiltrated: false }),
  sourceOf: async () => undefined,
  watch: () => {},
  pending: 0,
  close: async () => {},
})

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** What outlives a restart of a sensor. */
export type FakeMemory = Map<string, string>

/**
 * Starts a sensor.
 *
 * @param deps.memory shared between starts that belong together
 * @param deps.agentFolder what the sensor must not report about; the root of the device when absent
 */
export function startSensor(sensor: Sensor, deps: { readonly platform: Platform; readonly policy: wire.AgentPolicy.$Properties; readonly memory?: FakeMemory; readonly nowMs?: number; readonly agentFolder?: string; readonly enrichment?: Enrichment }): FakeRun {
  const abort = new AbortController()
  const memory = deps.memory ?? new Map<string, string>()
  const emitted: SensedActivity[] = []
  const reports: TierReport[] = []
  const context: SensorContext = {
    policy: deps.policy,
    platform: deps.platform,
    enrichment: deps.enrichment ?? plainEnrichment(deps.agentFolder ?? deps.platform.root ?? tmpdir()),
    signal: abort.signal,
    emit: async (activity) => void emitted.push(activity),
    report: (state) => void reports.push(state),
    now: () => deps.nowMs ?? 1_800_000_000_000,
    log: silent,
    pace: () => 1,
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
