// The detection settings in force: read from the store, compiled, and swapped as one object.
//
// What is counted is counted under the settings of that time; a change says nothing about the past. Ingest reads the
// object once a transaction, so that a group of activities is never counted half under one and half under another.
import { compileDetection, type CompiledDetection } from '../domain/exclusions/compile-detection.ts'
import { type MediaAllowances, noAllowances } from '../domain/exclusions/allowed-media.ts'
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

/** Settings, the priority content of the policies that are on, and what groups allow, compiled. */
export const compileStored = async (reader: StoreReader, settings: DetectionSettings, allowances: MediaAllowances): Promise<CompiledDetection> =>
  compileDetection(settings, (await reader.policies()).flatMap(({ id, status, priorityContent }) => (status === 'on' && priorityContent !== undefined ? [{ policyId: id, content: priorityContent }] : [])), allowances)

export interface Detection {
  readonly compiled: CompiledDetection
  readonly stored: StoredDetection
  readonly allowances: MediaAllowances
  /** For ingest. */
  readonly count: InsightCounter
  /** Takes what the store says now: after a change of the settings, of a policy's priority content, or of what a group allows. */
  reload(): Promise<void>
  /** A device is in this group from now on. */
  joined(deviceId: string, group: string): void
}

/**
 * Reads and compiles what is stored.
 *
 * @param readAllowances media that groups allow, as the store has them now; none when absent
 */
export async function openDetection(store: StoreReader, readAllowances: (store: StoreReader) => Promise<MediaAllowances> = async () => noAllowances): Promise<Detection> {
  /** Devices that have come since the start: reading all of them again for each would be too much. */
  const come = new Map<string, string>()
  const load = async () => {
    const stored = await readDetection(store)
    const { groups, groupOf, exceptions = [] } = await readAllowances(store)
    const allowances: MediaAllowances = { groups, exceptions, groupOf: (deviceId) => come.get(deviceId) ?? groupOf(deviceId) }
    const compiled = await compileStored(store, stored.settings, allowances)
    return { stored, allowances, compiled, count: createCounter(compiled) }
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
    get allowances() {
      return inForce.allowances
    },
    joined: (deviceId, group) => void come.set(deviceId, group),
    count: (activities) => inForce.count(activities),
    reload() {
      const next = swap(loading)
      loading = next
      return next
    },
  }
}
