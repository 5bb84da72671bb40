// Security features: state before and after, whoever changed it and however.
//
// A baseline of the last known states is durable: the first start takes it in silence, every later difference is an activity,
// also one that came about while the agent was off (`recovered`). What cannot be read is never a change; it is a reason for
// tier degraded.
import { wire } from '@holdfast/proto'
import { dirname } from 'node:path'
import type { ActorHint } from '../activity.ts'
import type { AccountInfo, KernelRules } from '../platform/platform.ts'
import { loadState, saveState } from './durable-state.ts'
import { type Cause, runOnFileChanges } from './file-triggers.ts'
import { type Feature, type FeatureReading, type FeatureState, type Recall, unknown } from './security-features/feature.ts'
import { hearKernel, type Told } from './security-features/kernel-bells.ts'
import { featuresOf } from './security-features/table.ts'
import { defineSensor, type SensorContext } from './sensor.ts'
import { sessionActor } from './session-actor.ts'
import { createProcessTable, createSystemView, isDropIn, type SystemView } from './system-view.ts'

const STATE = 'baseline'
const DEFAULT_POLL_SECS = 5
/** A program costs a process; its answer may be this old unless a file says otherwise. */
const PROGRAM_EVERY_MS = 60_000
/** A watch tells at once what its folder does; the files themselves are compared this often, for what no watch tells. */
const NET_MS = 120_000
/** Where folders could not be watched. */
const UNWATCHED_NET_MS = 30_000
const MEMO_EVERY_MS = 300_000
/** What the kernel tells of is asked for this many times less often. */
const TOLD_PACE = 12
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
  readonly memo: string
}

type Baseline = Map<string, Known>

const isState = (value: unknown): value is FeatureState => typeof value === 'string' && value in wireState

function parseBaseline(value: unknown): Baseline | undefined {
  if (!Array.isArray(value)) return undefined
  return new Map(value.flatMap((row: unknown): [string, Known][] => {
    const [key, state, text, memo] = Array.isArray(row) ? (row as unknown[]) : []
    return typeof key === 'string' && isState(state) && typeof text === 'string' ? [[key, { state, value: text, memo: typeof memo === 'string' ? memo : '' }]] : []
  }))
}

/** Where every account or every part has its own state, the baseline has a row for each: `id uid`, `id /part`. */
const keyOf = (feature: Feature, { uid, part }: { readonly uid?: number; readonly part?: string } = {}): string => `${feature.id}${uid === undefined ? '' : ` ${uid}`}${part === undefined ? '' : ` /${part}`}`

/** What the baseline says about one feature, of whose rows these are the keys. */
const recallOf = (feature: Feature, baseline: Baseline, keys: readonly string[]): Recall => ({
  isFirst: keys.length === 0,
  parts: keys.flatMap((key) => (key.includes(' /') ? [key.slice(key.indexOf(' /') + 2)] : [])),
  of: (reading) => baseline.get(keyOf(feature, reading)),
})

function groupByFeature(baseline: Baseline): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>()
  for (const key of baseline.keys()) {
    const id = key.includes(' ') ? key.slice(0, key.indexOf(' ')) : key
    const group = keys.get(id)
    if (group === undefined) keys.set(id, [key])
    else group.push(key)
  }
  return keys
}

/** Cuts at a character, so that half an emoji never leaves the device. */
const shorten = (text: string): string => (text.length <= MAX_VALUE_CHARS ? text : `${text.slice(0, MAX_VALUE_CHARS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`)

async function readFeature(feature: Feature, view: SystemView, recall: Recall): Promise<readonly FeatureReading[]> {
  try {
    const readings = await feature.read(view, recall)
    return (Array.isArray(readings) ? (readings as readonly FeatureReading[]) : [readings as FeatureReading]).map((reading) => ({ ...reading, value: shorten(reading.value) }))
  } catch {
    // A program that is missing or hangs, a file that changes under the reader: the next look tells.
    return [unknown(`${feature.id} cannot be read`)]
  }
}

/** When each feature was read last, and what its files looked like then. */
interface Freshness {
  version: string
  comparedAt: number
  readAt: number
}

/** Whether a feature must be read now, and why. */
interface Due {
  readonly isDue: boolean
  /** Its files are others than before. */
  readonly fileChanged: boolean
  /** The kernel has told of it. */
  readonly told?: Told
}

const versionOf = (feature: Feature, view: SystemView): string =>
  [...feature.paths.map((path) => view.version(path)), ...(feature.homePaths ?? []).flatMap((path) => view.homes.map((account) => `${account.uid} ${view.homeVersion(account, path)}`))].join('|')

/** What a feature depends on, as absolute paths of this device; drop-in folders one step deeper are named too. */
function pathsOf(feature: Feature, homes: readonly AccountInfo[], view: SystemView): readonly string[] {
  const within = (path: string): readonly string[] => (path.endsWith('/') ? [path, ...view.list(path.slice(0, -1)).filter(isDropIn).map((name) => `${path}${name}/`)] : [path])
  return [...feature.paths.flatMap(within), ...(feature.homePaths ?? []).flatMap((path) => homes.map((account) => `${account.home}/${path}`))]
}

const folderOf = (path: string): string => (path.endsWith('/') ? path.slice(0, -1) : dirname(path))

/** Which features a policy asks for; a list of names that this agent does not know asks for nothing. */
export function chosenFeatures(wanted: readonly string[], os: NodeJS.Platform = 'linux'): readonly Feature[] {
  const known = featuresOf(os)
  const chosen = wanted.length === 0 ? known : known.filter((feature) => wanted.includes(feature.id))
  // What asks a program comes last: it may take its time.
  return chosen.toSorted((a, b) => Number(a.asksProgram ?? false) - Number(b.asksProgram ?? false))
}

/** Last completed look of each run, for its self-test. */
const lastLook = new WeakMap<AbortSignal, { at: number; pollMs: number }>()

async function run(context: SensorContext): Promise<void> {
  const { platform, policy, signal, memory } = context
  const chosen = chosenFeatures(policy.securityFeatures?.features ?? [], platform.os)
  const pollMs = (policy.securityFeatures?.pollIntervalSecs || DEFAULT_POLL_SECS) * 1000
  const processes = createProcessTable(platform.root ?? '/')
  const bells = hearKernel(context, chosen)
  const freshness = new Map<string, Freshness>()
  const troubles = new Map<string, FeatureReading>()
  const saved = parseBaseline(await loadState(memory, STATE))
  const baseline: Baseline = saved ?? new Map()
  let reported = ''
  let watches = 0
  let refused = 0
  let paths: readonly string[] = []
  const foldersOf = new Map<string, readonly string[]>()

  const report = (): void => {
    const [first] = troubles
    const reasons = [...troubles.values()].map((reading) => reading.value)
    const state = first === undefined && refused === 0
      ? { tier: 'full' as const, reason: '', fix: '', watches }
      : { tier: 'degraded' as const, reason: [...new Set([...reasons, ...(refused > 0 ? ['some folders are not watched, only polled'] : [])])].slice(0, 3).join('; '), fix: first?.[1].fix || (first === undefined ? 'Raise fs.inotify.max_user_watches.' : platform.elevated ? 'See by hand what the device says of it; the other features are watched.' : 'Run the agent as root.'), watches }
    if (JSON.stringify(state) !== reported) context.report(state)
    reported = JSON.stringify(state)
  }

  /** Who changed it: the owner of a setting of his own, else the person who is there alone. */
  const actorOf = async (reading: FeatureReading): Promise<ActorHint | undefined> => (reading.uid === undefined ? sessionActor(platform) : { uid: reading.uid, attribution: 'file_owner' })

  const emitChange = async (feature: Feature, from: Pick<Known, 'state' | 'value'>, to: FeatureReading, cause: Cause, { fileChanged, told }: Due): Promise<void> => {
    const actor = told?.actor ?? (await actorOf(to))
    if (signal.aborted) return
    await context.emit({
      kind: 'security_feature_changed',
      occurredAtMs: context.now(),
      ...(cause === 'start' ? { recovered: true } : {}),
      ...(actor === undefined ? {} : { actor }),
      detail: { securityFeatureChanged: { feature: feature.id, from: wireState[from.state], to: wireState[to.state], fromValue: from.value, toValue: to.value, seenBy: told !== undefined ? 'kernel' : feature.asksProgram === true ? 'command' : fileChanged && cause === 'file' ? 'file' : 'poll' } },
    })
  }

  /** Whether a feature must be read again, or what was read still holds; and whether its files are others now. */
  const freshnessOf = (feature: Feature, view: SystemView, cause: Cause, folders: ReadonlySet<string>, rung: ReadonlyMap<KernelRules, Told>): Due => {
    const last = freshness.get(feature.id)
    const now = performance.now()
    const isTold = (feature.paths.length > 0 || feature.homePaths !== undefined) && (foldersOf.get(feature.id)?.some((folder) => folders.has(folder)) ?? false)
    let fileChanged = false
    if (last === undefined || isTold || now - last.comparedAt >= (refused > 0 ? UNWATCHED_NET_MS : NET_MS)) {
      const version = versionOf(feature, view)
      fileChanged = last?.version !== version
      freshness.set(feature.id, { version, comparedAt: now, readAt: last?.readAt ?? 0 })
    }
    const pace = feature.kernelRules !== undefined && bells.heard.has(feature.kernelRules) && feature.isTold?.(view) !== false ? TOLD_PACE : 1
    const isOld = (feature.asksProgram === true || feature.everyMs !== undefined) && now - (last?.readAt ?? 0) >= (feature.everyMs ?? PROGRAM_EVERY_MS) * pace
    const told = feature.kernelRules === undefined ? undefined : rung.get(feature.kernelRules)
    // What stands in a folder of a home has no version of its own here: that it is told must do.
    const isWithinHome = isTold && feature.homePaths?.some((path) => path.endsWith('/')) === true
    return { fileChanged: fileChanged && cause !== 'start', isDue: fileChanged || isWithinHome || feature.isLive === true || isOld || told !== undefined, ...(told === undefined ? {} : { told }) }
  }

  /** Looks at everything that may have changed; `changed` is called when the baseline is another one. */
  const look = async (view: SystemView, cause: Cause, folders: ReadonlySet<string>, changed: () => void): Promise<void> => {
    const keys = groupByFeature(baseline)
    const rung = bells.take()
    for (const feature of chosen) {
      const due = freshnessOf(feature, view, cause, folders, rung)
      if (!due.isDue) continue
      const readings = await readFeature(feature, view, recallOf(feature, baseline, keys.get(feature.id) ?? []))
      if (signal.aborted) return
      const fresh = freshness.get(feature.id)
      if (fresh !== undefined) fresh.readAt = performance.now()
      const trouble = readings.find(({ state }) => state === 'unknown')
      if (trouble === undefined) troubles.delete(feature.id)
      else troubles.set(feature.id, trouble)
      for (const reading of readings) {
        if (reading.state === 'unknown') continue
        const key = keyOf(feature, reading)
        const known = baseline.get(key)
        const before = known ?? reading.since
        const isAnother = before !== undefined && (before.state !== reading.state || before.value !== reading.value)
        if (isAnother) await emitChange(feature, before, reading, cause, due)
        if (signal.aborted) return
        const now: Known = { ...(isAnother ? (reading.settles ?? reading) : reading), memo: reading.memo ?? '' }
        const isSame = known !== undefined && known.state === now.state && known.value === now.value
        if (isSame && known.memo === now.memo) continue
        baseline.set(key, { state: now.state, value: now.value, memo: now.memo })
        // The size of a log changes all the time: such memos are saved now and then.
        if (isSame) memosChanged = true
        else changed()
      }
    }
  }

  let memosChanged = false
  let savedAt = performance.now()
  let homesKnown = ''
  /** Names what is watched anew when accounts or folders have come or gone. */
  const arrange = (view: SystemView, folders: ReadonlySet<string>): void => {
    const homes = JSON.stringify(view.homes)
    if (homes === homesKnown && folders.size === 0) return
    homesKnown = homes
    const all: string[] = []
    for (const feature of chosen) {
      const own = pathsOf(feature, view.homes, view)
      foldersOf.set(feature.id, [...new Set(own.map(folderOf))])
      all.push(...own)
    }
    if (all.join('\0') !== paths.join('\0')) paths = all
  }

  const check = async (cause: Cause, folders: ReadonlySet<string>): Promise<undefined> => {
    let isChanged = cause === 'start' && saved === undefined
    // What the policy no longer asks for is forgotten: it begins anew should it be asked for again.
    for (const key of baseline.keys()) isChanged = (!chosen.some((feature) => feature.id === key.split(' ')[0]) && baseline.delete(key)) || isChanged
    const view = await createSystemView({ platform, signal, processes })
    arrange(view, folders)
    try {
      await look(view, cause, folders, () => {
        isChanged = true
      })
    } finally {
      // Also when it was told to stop half way: what was emitted is known.
      if (isChanged || (memosChanged && (signal.aborted || performance.now() - savedAt >= MEMO_EVERY_MS))) {
        memosChanged = false
        savedAt = performance.now()
        await saveState(memory, STATE, [...baseline].map(([key, { state, value, memo }]) => (memo === '' ? [key, state, value] : [key, state, value, memo])))
      }
    }
    if (signal.aborted) return undefined
    report()
    lastLook.set(signal, { at: performance.now(), pollMs: pollMs * context.pace() })
    return undefined
  }

  arrange(await createSystemView({ platform, signal, processes }), new Set(['/']))
  await runOnFileChanges({
    root: platform.root ?? '/', paths: () => paths, pollMs, pace: context.pace, signal, check, onBell: (ring) => bells.wake(ring),
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
  platforms: ['linux', 'win32', 'darwin'],
  unsupportedReason: 'Security features are read on Linux, Windows and macOS.',
  unsupportedFix: 'Watch this device by other means; the agent knows no settings of its system.',
  wanted: (policy) => policy.securityFeatures?.enabled === true,
  start: run,
  // Looks must keep coming: three intervals and the longest that programs may take.
  selfTest: async ({ signal }) => {
    const last = lastLook.get(signal)
    return last === undefined || performance.now() - last.at < last.pollMs * 3 + 60_000
  },
})
