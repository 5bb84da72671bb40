// Security features: state before and after, whoever changed it and however.
//
// A baseline of the last known states is durable: the first start takes it in silence, every later difference is an activity,
// also one that came about while the agent was off (`recovered`). What cannot be read is never a change; it is a reason for
// tier degraded.
import { wire } from '@holdfast/proto'
import type { ActorHint } from '../activity.ts'
import { loadState, saveState } from './durable-state.ts'
import { type Cause, runOnFileChanges } from './file-triggers.ts'
import { type Feature, type FeatureReading, type FeatureState, unknown } from './security-features/feature.ts'
import { features as knownFeatures } from './security-features/table.ts'
import { defineSensor, type SensorContext } from './sensor.ts'
import { sessionActor } from './session-actor.ts'
import { createProcessTable, createSystemView, isOnNetwork, type SystemView } from './system-view.ts'

const STATE = 'baseline'
const DEFAULT_POLL_SECS = 5
/** A program costs a process; its answer may be this old unless a file says otherwise. */
const PROGRAM_EVERY_MS = 60_000
const MAX_VALUE_CHARS = 512

const wireState: Readonly<Record<FeatureState, wire.FeatureState>> = {
  enabled: wire.FeatureState.FEATURE_STATE_ENABLED,
  disabled: wire.FeatureState.FEATURE_STATE_DISABLED,
  weakened: wire.FeatureState.FEATURE_STATE_WEAKENED,
  absent: wire.FeatureState.FEATURE_STATE_ABSENT,
  unknown: wire.FeatureState.FEATURE_STATE_UNKNOWN,
}

interface Known {
  readonly state: FeatureState
  readonly value: string
}

type Baseline = Map<string, Known>

const isState = (value: unknown): value is FeatureState => typeof value === 'string' && value in wireState

function parseBaseline(value: unknown): Baseline | undefined {
  if (!Array.isArray(value)) return undefined
  return new Map(value.flatMap((row: unknown): [string, Known][] => {
    const [key, state, text] = Array.isArray(row) ? (row as unknown[]) : []
    return typeof key === 'string' && isState(state) && typeof text === 'string' ? [[key, { state, value: text }]] : []
  }))
}

/** Where every account has its own setting, the baseline has a row for each. */
const keyOf = (feature: Feature, reading: FeatureReading): string => (reading.uid === undefined ? feature.id : `${feature.id} ${reading.uid}`)

/** Cuts at a character, so that half an emoji never leaves the device. */
const shorten = (text: string): string => (text.length <= MAX_VALUE_CHARS ? text : `${text.slice(0, MAX_VALUE_CHARS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`)

async function readFeature(feature: Feature, view: SystemView): Promise<readonly FeatureReading[]> {
  try {
    const readings = await feature.read(view)
    return (Array.isArray(readings) ? (readings as readonly FeatureReading[]) : [readings as FeatureReading]).map((reading) => ({ ...reading, value: shorten(reading.value) }))
  } catch {
    // A program that is missing or hangs, a file that changes under the reader: the next look tells.
    return [unknown(`${feature.id} cannot be read`)]
  }
}

/** When each feature was read last, and what its files looked like then. */
interface Freshness {
  version: string
  readAt: number
}

const versionOf = (feature: Feature, view: SystemView): string =>
  [...feature.paths.map((path) => view.version(path)), ...(feature.homePaths ?? []).flatMap((path) => view.homes.map((account) => `${account.uid} ${view.homeVersion(account, path)}`))].join('|')

/** Which features a policy asks for; a list of names that this agent does not know asks for nothing. */
export function chosenFeatures(wanted: readonly string[]): readonly Feature[] {
  const chosen = wanted.length === 0 ? knownFeatures : knownFeatures.filter((feature) => wanted.includes(feature.id))
  // What asks a program comes last: it may take its time.
  return chosen.toSorted((a, b) => Number(a.asksProgram ?? false) - Number(b.asksProgram ?? false))
}

/** Last completed look of each run, for its self-test. */
const lastLook = new WeakMap<AbortSignal, { at: number; pollMs: number }>()

async function run(context: SensorContext): Promise<void> {
  const { platform, policy, signal, memory } = context
  const chosen = chosenFeatures(policy.securityFeatures?.features ?? [])
  const pollMs = (policy.securityFeatures?.pollIntervalSecs || DEFAULT_POLL_SECS) * 1000
  const processes = createProcessTable(platform.root ?? '/')
  const freshness = new Map<string, Freshness>()
  const troubles = new Map<string, FeatureReading>()
  const saved = parseBaseline(await loadState(memory, STATE))
  const baseline: Baseline = saved ?? new Map()
  let reported = ''
  let watches = 0
  let refused = 0

  const report = (): void => {
    const [first] = troubles
    const reasons = [...troubles.values()].map((reading) => reading.value)
    const state = first === undefined && refused === 0
      ? { tier: 'full' as const, reason: '', fix: '', watches }
      : { tier: 'degraded' as const, reason: [...new Set([...reasons, ...(refused > 0 ? ['some folders are not watched, only polled'] : [])])].slice(0, 3).join('; '), fix: first?.[1].fix || (refused > 0 ? 'Raise fs.inotify.max_user_watches.' : ''), watches }
    if (JSON.stringify(state) !== reported) context.report(state)
    reported = JSON.stringify(state)
  }

  /** Who changed it: the owner of a setting of his own, else the person who is there alone. */
  const actorOf = async (reading: FeatureReading): Promise<ActorHint | undefined> => (reading.uid === undefined ? sessionActor(platform) : { uid: reading.uid, attribution: 'file_owner' })

  const emitChange = async (feature: Feature, from: Known, to: FeatureReading, cause: Cause, fileChanged: boolean): Promise<void> => {
    const actor = await actorOf(to)
    if (signal.aborted) return
    await context.emit({
      kind: 'security_feature_changed',
      occurredAtMs: context.now(),
      ...(cause === 'start' ? { recovered: true } : {}),
      ...(actor === undefined ? {} : { actor }),
      detail: { securityFeatureChanged: { feature: feature.id, from: wireState[from.state], to: wireState[to.state], fromValue: from.value, toValue: to.value, seenBy: feature.asksProgram === true ? 'command' : fileChanged && cause === 'file' ? 'file' : 'poll' } },
    })
  }

  /** Whether a feature must be read again, or what was read still holds; and what its files look like now. */
  const freshnessOf = (feature: Feature, view: SystemView): { readonly isDue: boolean; readonly fileChanged: boolean; readonly version: string } => {
    const version = versionOf(feature, view)
    const last = freshness.get(feature.id)
    const fileChanged = last?.version !== version
    return { version, fileChanged, isDue: fileChanged || feature.isLive === true || (feature.asksProgram === true && performance.now() - (last?.readAt ?? 0) >= PROGRAM_EVERY_MS) }
  }

  /** Looks at everything that may have changed; `changed` is called when the baseline is another one. */
  const look = async (cause: Cause, changed: () => void): Promise<void> => {
    const view = await createSystemView({ platform, signal, processes })
    for (const feature of chosen) {
      const { isDue, fileChanged, version } = freshnessOf(feature, view)
      if (!isDue) continue
      const readings = await readFeature(feature, view)
      if (signal.aborted) return
      freshness.set(feature.id, { version, readAt: performance.now() })
      const trouble = readings.find(({ state }) => state === 'unknown')
      if (trouble === undefined) troubles.delete(feature.id)
      else troubles.set(feature.id, trouble)
      for (const reading of readings) {
        const key = keyOf(feature, reading)
        const known = baseline.get(key)
        if (reading.state === 'unknown' || (known?.state === reading.state && known.value === reading.value)) continue
        if (known !== undefined) await emitChange(feature, known, reading, cause, fileChanged)
        if (signal.aborted) return
        baseline.set(key, { state: reading.state, value: reading.value })
        changed()
      }
    }
  }

  const check = async (cause: Cause): Promise<undefined> => {
    let isChanged = cause === 'start' && saved === undefined
    // What the policy no longer asks for is forgotten: it begins anew should it be asked for again.
    for (const key of baseline.keys()) isChanged = (!chosen.some((feature) => feature.id === key.split(' ')[0]) && baseline.delete(key)) || isChanged
    try {
      await look(cause, () => {
        isChanged = true
      })
    } finally {
      // Also when it was told to stop half way: what was emitted is known.
      if (isChanged) await saveState(memory, STATE, [...baseline].map(([key, { state, value }]) => [key, state, value]))
    }
    if (signal.aborted) return undefined
    report()
    lastLook.set(signal, { at: performance.now(), pollMs })
    return undefined
  }

  const mounts = await platform.mounts().catch(() => [])
  const homes = (await platform.accounts()).filter((account) => !isOnNetwork(mounts, account.home))
  const paths = chosen.flatMap((feature) => [...feature.paths, ...(feature.homePaths ?? []).flatMap((path) => homes.map((account) => `${account.home}/${path}`))])
  await runOnFileChanges({
    root: platform.root ?? '/', paths: () => paths, pollMs, signal, check,
    onWatches: (count, not) => {
      watches = count
      refused = not
    },
  })
}

/** Firewall, audit, logging, mandatory access control, ssh, kernel, screen lock, encryption, updates and the like. */
export const securityFeaturesSensor = defineSensor({
  name: 'security-features',
  summary: 'Security features of the device being switched on, off, weakened or strengthened.',
  emits: ['security_feature_changed'],
  platforms: ['linux'],
  unsupportedReason: 'Security features are read on Linux only for now.',
  wanted: (policy) => policy.securityFeatures?.enabled === true,
  start: run,
  // Looks must keep coming: three intervals and the longest that programs may take.
  selfTest: async ({ signal }) => {
    const last = lastLook.get(signal)
    return last === undefined || performance.now() - last.at < last.pollMs * 3 + 60_000
  },
})
