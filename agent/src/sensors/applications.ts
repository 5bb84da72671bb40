// Applications and packages being installed, updated and removed.
//
// What each source had is durable, one state a source: the first start takes it in silence, every later difference is an
// activity, also one that came about while the agent was off (`recovered`).
import type { ActorHint } from '../activity.ts'
import { appImage, brew, flatpak, snap } from './applications/bundles.ts'
import { compareApplications, type Known } from './applications/compare.ts'
import { app, pkg } from './applications/darwin.ts'
import { dpkg } from './applications/dpkg.ts'
import { chromiumExtensions, firefoxExtensions, jetbrainsPlugins, vscodeExtensions } from './applications/extensions.ts'
import { cargo, conda, gem, go, pipx, uv } from './applications/languages.ts'
import { looseBin, opt } from './applications/loose-programs.ts'
import { npm } from './applications/npm.ts'
import { pip } from './applications/pip.ts'
import { rpm } from './applications/rpm.ts'
import type { ApplicationSource, InstalledApplication } from './applications/source.ts'
import { msi, store, uninstall } from './applications/windows.ts'
import { loadState, saveState } from './durable-state.ts'
import { type Cause, runOnFileChanges } from './file-triggers.ts'
import { defineSensor, type SensorContext } from './sensor.ts'
import { sessionActor } from './session-actor.ts'
import { createProcessTable, createSystemView, type SystemView } from './system-view.ts'

export const applicationSources: readonly ApplicationSource[] = [
  dpkg, rpm, snap, flatpak, appImage, pip, pipx, uv, conda, npm, cargo, gem, go, brew, looseBin, opt, chromiumExtensions, firefoxExtensions, vscodeExtensions, jetbrainsPlugins,
  pkg, app, msi, uninstall, store,
]

const DEFAULT_POLL_SECS = 10
const QUIET_POLLS = 3
/** How long an application must be missing, and how soon is looked again at what is being worked on. */
const SETTLE_MS = 700
/** What stays half done is looked at once a minute after so many quick looks. */
const MOST_QUICK_LOOKS = 40
const SLOW_LOOK_MS = 60_000

type Row = readonly [key: string, name: string, version: string, publisher: string, path: string, uid: number | null, signature: string]

const toRows = (known: Known): readonly Row[] => [...known].map(([key, { name, version, publisher, path, uid, signature }]) => [key, name, version, publisher, path, uid ?? null, signature ?? ''])

/** @returns undefined for what is no list of rows; a row that is none is left out */
function parseRows(value: unknown): Known | undefined {
  if (!Array.isArray(value)) return undefined
  return new Map(value.flatMap((row: unknown): [string, InstalledApplication][] => {
    const [key, name, version, publisher, path, uid, signature] = Array.isArray(row) ? (row as unknown[]) : []
    if (typeof key !== 'string' || typeof name !== 'string' || typeof version !== 'string' || typeof publisher !== 'string' || typeof path !== 'string') return []
    return [[key, { name, version, publisher, path, ...(typeof uid === 'number' ? { uid } : {}), ...(typeof signature === 'string' && signature !== '' ? { signature } : {}) }]]
  }))
}

interface SourceState {
  readonly source: ApplicationSource
  known: Known | undefined
  /** Undefined before the first look: a source that has nothing yet must be remembered as empty. */
  version: string | undefined
  quickLooks: number
  /** Something was half done at the last reading. */
  isUnsettled: boolean
  readAt: number
  readonly missingSince: Map<string, number>
  isDenied: boolean
}

const lastLook = new WeakMap<AbortSignal, { readonly at: number; readonly pollMs: number }>()

/** Looks at one source; @returns whether to look again soon. */
async function lookAt(state: SourceState, view: SystemView, { platform, signal, memory, emit, now }: Pick<SensorContext, 'platform' | 'signal' | 'memory' | 'emit' | 'now'>, cause: Cause): Promise<boolean> {
  const version = state.source.version(view)
  const isOverdue = state.isUnsettled && performance.now() - state.readAt >= SLOW_LOOK_MS
  if (version === state.version && state.quickLooks === 0 && !isOverdue) return false
  if (version !== state.version) state.quickLooks = 0
  const reading = await state.source.read(view)
  if (signal.aborted) return false
  // A list that was there and is not any more is no list of nothing.
  state.isDenied = reading === 'denied' || (reading === undefined && !state.source.replacesInSteps && (state.known?.size ?? 0) > 0)
  if (state.isDenied || reading === 'denied') return false
  state.version = version
  state.readAt = performance.now()

  const isNew = state.known === undefined
  const settled = reading ?? { applications: new Map<string, InstalledApplication>(), inMotion: new Set<string>(), places: [] }
  const believesRemoval = (key: string): boolean => cause === 'start' || !state.source.replacesInSteps || performance.now() - (state.missingSince.get(key) ?? performance.now()) >= SETTLE_MS
  const { changes, known, missing } = compareApplications(state.source.name, state.known ?? settled.applications, settled, believesRemoval)

  const session = changes.some(({ uid }) => uid === undefined) ? await sessionActor(platform) : undefined
  const occurredAtMs = now()
  const told = new Map(state.known ?? known)
  for (const { kind, key, after, uid, detail } of changes) {
    if (signal.aborted) break
    const actor: ActorHint | undefined = uid === undefined ? session : { uid, attribution: 'file_owner' }
    await emit({ kind, occurredAtMs, ...(cause === 'start' ? { recovered: true } : {}), ...(actor === undefined ? {} : { actor }), detail })
    if (after === undefined) told.delete(key)
    else told.set(key, after)
  }
  // What was not emitted because the sensor had to stop is not saved either: the next start finds it again.
  state.known = signal.aborted ? told : known
  if (isNew || changes.length > 0) await saveState(memory, state.source.name, toRows(state.known))

  for (const key of state.missingSince.keys()) if (!missing.includes(key)) state.missingSince.delete(key)
  for (const key of missing) if (!state.missingSince.has(key)) state.missingSince.set(key, performance.now())
  state.isUnsettled = missing.length > 0 || settled.inMotion.size > 0
  state.quickLooks = state.isUnsettled && state.quickLooks < MOST_QUICK_LOOKS ? state.quickLooks + 1 : 0
  return state.quickLooks > 0
}

async function run(context: SensorContext): Promise<void> {
  const { platform, policy, signal, memory } = context
  const wanted = policy.applications?.sources ?? []
  const pollMs = (policy.applications?.pollIntervalSecs || DEFAULT_POLL_SECS) * 1000
  const processes = createProcessTable(platform.root ?? '/')
  const states: SourceState[] = []
  for (const source of applicationSources.filter(({ name, platforms = ['linux'] }) => platforms.includes(platform.os) && (wanted.length === 0 || wanted.includes(name)))) {
    states.push({ source, known: parseRows(await loadState(memory, source.name)), version: undefined, quickLooks: 0, isUnsettled: false, readAt: 0, missingSince: new Map(), isDenied: false })
  }
  const pathsOf = (view: SystemView): readonly string[] => states.flatMap(({ source }) => source.paths(view))
  let paths = pathsOf(await createSystemView({ platform, signal, processes }))
  let watches = 0
  let refused = 0
  let reported = ''

  const report = (): void => {
    const denied = states.filter(({ isDenied }) => isDenied).map(({ source }) => source.name)
    const reasons = [...denied.map((name) => `the list of ${name} cannot be read`), ...(refused > 0 ? ['some folders are not watched, only polled'] : []), ...(platform.elevated ? [] : ['packages in the homes of others are not seen'])]
    const state = { tier: reasons.length === 0 ? 'full' as const : 'degraded' as const, reason: reasons.join('; '), fix: reasons.length === 0 ? '' : platform.elevated ? (refused > 0 ? 'Raise fs.inotify.max_user_watches.' : 'See whether the package manager’s files are there.') : 'Run the agent as root.', watches }
    if (JSON.stringify(state) !== reported) context.report(state)
    reported = JSON.stringify(state)
  }

  let lookedAt = Number.NEGATIVE_INFINITY
  /** Watches tell what happens in the places that are known: for new ones, and for homes, every third time is soon enough. */
  const isNeedless = (cause: Cause, changed: ReadonlySet<string>): boolean =>
    cause === 'poll' && changed.size === 0 && refused === 0 && performance.now() - lookedAt < QUIET_POLLS * pollMs - SETTLE_MS && !states.some(({ isUnsettled, quickLooks }) => isUnsettled || quickLooks > 0)

  const check = async (cause: Cause, changed: ReadonlySet<string>): Promise<number | undefined> => {
    if (isNeedless(cause, changed)) {
      lastLook.set(signal, { at: performance.now(), pollMs: pollMs * context.pace() })
      return undefined
    }
    lookedAt = performance.now()
    const view = await createSystemView({ platform, signal, processes })
    const now = pathsOf(view)
    if (now.join('\n') !== paths.join('\n')) paths = now
    let isSoon = false
    for (const state of states) {
      if (signal.aborted) return undefined
      isSoon = (await lookAt(state, view, context, cause)) || isSoon
    }
    if (signal.aborted) return undefined
    report()
    lastLook.set(signal, { at: performance.now(), pollMs: pollMs * context.pace() })
    return isSoon ? SETTLE_MS : undefined
  }

  await runOnFileChanges({
    root: platform.root ?? '/', paths: () => paths, pollMs, pace: context.pace, signal, check,
    onWatches: (count, not) => {
      watches = count
      refused = not
    },
  })
}

/** Everything that installers, app stores, browsers and editors write down, and programs that lie where programs belong. */
export const applicationsSensor = defineSensor({
  name: 'applications',
  summary: 'Applications and packages being installed, updated and removed: packages of the system, of languages and of app stores, bundles, extensions of browsers and editors, and loose programs.',
  emits: ['application_installed', 'application_updated', 'application_removed'],
  platforms: ['linux', 'darwin', 'win32'],
  unsupportedReason: 'No package manager of this system is known.',
  unsupportedFix: 'Keep an inventory of this device by other means.',
  wanted: (policy) => policy.applications?.enabled === true,
  start: run,
  // Looks must keep coming.
  selfTest: async ({ signal }) => {
    const last = lastLook.get(signal)
    return last === undefined || performance.now() - last.at < last.pollMs * 3 + 60_000
  },
})
