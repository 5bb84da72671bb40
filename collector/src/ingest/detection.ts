// The detection settings in force: read from the store, compiled, and swapped as one object.
//
// What is counted is counted under the settings of that time; a change says nothing about the past. Ingest reads the
// object once a transaction, so that a group of activities is never counted half under one and half under another.
import { compileDetection, type CompiledDetection } from '../domain/exclusions/compile-detection.ts'
import { restoreSettings } from '../domain/exclusions/read-settings.ts'
import type { DetectionSettings } from '../domain/exclusions/settings.ts'
import { createCounter } from '../domain/risk/count.ts'
import type { InsightCounter, StoreReader, StoreWriter } from '../store/store.ts'

const KEY = 'detection'

export interface StoredDetection {
  /** 0: nothing was ever set. Rises by one with each change. */
  readonly version: number
  readonly updatedAtMs?: number
  readonly settings: DetectionSettings
}

/** The settings as stored; the defaults when there are none. */
export async function readDetection(store: StoreReader): Promise<StoredDetection> {
  const text = await store.setting(KEY)
  if (text === undefined) return { version: 0, settings: restoreSettings({}) }
  const stored = JSON.parse(text) as { readonly version: number; readonly updatedAtMs: number; readonly settings: unknown }
  return { version: stored.version, updatedAtMs: stored.updatedAtMs, settings: restoreSettings(stored.settings) }
}

/** Stores checked settings as the next version. */
export async function saveDetection(tx: StoreWriter, settings: DetectionSettings, atMs: number): Promise<StoredDetection> {
  const next = { version: (await readDetection(tx)).version + 1, updatedAtMs: atMs, settings }
  await tx.saveSetting(KEY, JSON.stringify(next))
  return next
}

/** Settings and the priority content of the policies that are on, compiled. */
export const compileStored = async (reader: StoreReader, settings: DetectionSettings): Promise<CompiledDetection> =>
  compileDetection(settings, (await reader.policies()).flatMap(({ id, status, priorityContent }) => (status === 'on' && priorityContent !== undefined ? [{ policyId: id, content: priorityContent }] : [])))

export interface Detection {
  readonly compiled: CompiledDetection
  readonly stored: StoredDetection
  /** For ingest. */
  readonly count: InsightCounter
  /** Takes what the store says now: after a change of the settings, or of a policy's priority content. */
  reload(): Promise<void>
}

/** Reads and compiles what is stored. */
export async function openDetection(store: StoreReader): Promise<Detection> {
  const load = async () => {
    const stored = await readDetection(store)
    const compiled = await compileStored(store, stored.settings)
    return { stored, compiled, count: createCounter(compiled) }
  }
  let inForce = await load()
  let loading: Promise<unknown> = Promise.resolve()
  const swap = async (before: Promise<unknown>): Promise<void> => {
    // One after the other: an older reading must not replace a newer one. What failed before is no reason not to read.
    await before.catch(() => undefined)
    inForce = await load()
  }
  return {
    get compiled() {
      return inForce.compiled
    },
    get stored() {
      return inForce.stored
    },
    count: (activities) => inForce.count(activities),
    reload() {
      const next = swap(loading)
      loading = next
      return next
    },
  }
}
