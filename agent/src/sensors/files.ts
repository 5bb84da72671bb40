// Files on watched folders, removable media, shares and cloud folders: fanotify where the agent is root on Linux, chokidar
// elsewhere. Who did it is known with fanotify only.
import { randomBytes } from 'node:crypto'
import { watch as watchFolder } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDownloads, kindsLookedAt } from './downloads.ts'
import type { Notification } from './files/notification.ts'
import { createPipeline } from './files/pipeline.ts'
import { mediaOf, type Places, readPlaces, realOf } from './files/places.ts'
import { createRecovery } from './files/recovery.ts'
import { watchSettings } from './files/settings-watch.ts'
import { createStaging, kindsOfStaging } from './files/staging.ts'
import { createWatchers } from './files/watchers.ts'
import { type FanotifyWatch, watchFanotify } from './files/watch-fanotify.ts'
import { noteWrite } from './removable-media/write-counts.ts'
import { defineSensor, type Sensor, type SensorContext } from './sensor.ts'
import { compiledFolder } from '../platform/compiled-code.ts'

const HASH_LIMIT_BYTES = 50 * 1024 * 1024
const PROBE_MS = 5000
/** So long after its end the reader waits for the next start, which a change of policy makes at once. */
const PARK_MS = 5000
const STOP_MS = 800
/** How far back a volume is looked at whose mark was found gone. */
const MARKS_MS = 15_000
/** How often it is tried whether the kernel gives fanotify by now. */
const RETRY_MS = 300_000

export interface FilesSensorOptions {
  /** False in the test of an overflow: the kernel's limit on its queue then holds. */
  readonly unlimitedQueue?: boolean
  /** How a reader is started; another one in the test of a kernel that gives none at first. */
  readonly startReader?: typeof watchFanotify
  readonly retryMs?: number
}

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })

const touch = async (folder: string): Promise<void> => {
  const path = join(folder, `.probe-${randomBytes(6).toString('hex')}`)
  await writeFile(path, '', { mode: 0o600, flag: 'wx' })
  await rm(path, { force: true })
}

const probeFanotify = async (fanotify: FanotifyWatch, folder: string): Promise<boolean> =>
  fanotify.markedDevices().size > 0 && fanotify.probe(await realOf(folder), () => touch(folder), PROBE_MS)

/** Proves that the kernel still hands out watches, which is what chokidar lives on. */
function probeInotify(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    let watcher: ReturnType<typeof watchFolder> | undefined
    const finish = (alive: boolean): void => {
      clearTimeout(timer)
      watcher?.close()
      resolve(alive)
    }
    const timer = setTimeout(() => finish(false), PROBE_MS)
    try {
      watcher = watchFolder(folder, () => finish(true))
      watcher.on('error', () => finish(false))
      touch(folder).catch(() => finish(false))
    } catch {
      finish(false)
    }
  })
}

/** Why there is no fanotify; undefined when there is. */
type Lack = { readonly reason: string; readonly fix: string } | undefined

const lackOf = (error: unknown): Lack => ({
  reason: `no fanotify: chokidar, no process names (${error instanceof Error ? error.message.slice(0, 200) : 'unknown'})`,
  fix: 'Allow CAP_SYS_ADMIN and CAP_DAC_READ_SEARCH, and use a kernel with CONFIG_FANOTIFY.',
})

/** One run: the places of the policy, the watchers that look at them, and the pipeline that they feed. @returns what was seen and not told */
async function run(context: SensorContext, fanotify: FanotifyWatch | undefined, lack: Lack, earlier: readonly Notification[], started: (selfTest: () => Promise<boolean>) => void): Promise<readonly Notification[]> {
  const { enrichment, platform, signal, log, policy } = context
  let places: Places = await readPlaces(context)
  const downloads = createDownloads({ wanted: new Set(policy.files?.kinds), enrichment, signal, emit: (activity) => context.emit(activity) })
  const staged = policy.files?.kinds?.includes('files_staged') === true ? createStaging() : undefined
  const pipeline = createPipeline({
    kinds: kindsOfStaging(kindsLookedAt(policy.files?.kinds ?? [])),
    hashLimitBytes: policy.files?.hashLimitBytes || HASH_LIMIT_BYTES,
    enrichment, platform, log, signal,
    placeOf: (path) => places.scope.placeOf(path),
    mediaOf(path) {
      const media = mediaOf(path, places.volumes)
      // Asked once for each file that was written there: the media sensor tells how many they were.
      if (typeof media?.mountPoint === 'string' && media.mountPoint !== '') noteWrite(platform, media.mountPoint, path)
      return media
    },
    async emit(activity) {
      await downloads.emit(activity)
      const gathered = staged?.saw(activity)
      if (gathered !== undefined) await downloads.emit(gathered)
    },
    onLoad: (load) => fanotify?.setLoad(load),
  })
  const recovery = createRecovery(context, () => places, pipeline)
  const watchers = createWatchers(context, fanotify, (notification) => pipeline.handle([notification]), fanotify === undefined ? {} : { startDescriptors: () => watchFanotify({ root: platform.root ?? '/', compiledFolder: compiledFolder(join(enrichment.folder, 'compiled')), mode: 'descriptors' }) })
  if (lack !== undefined) watchers.problem('facility', lack)
  if (fanotify?.pairsRenames === false) watchers.problem('kernel', { reason: 'this kernel does not pair the two names of a rename', fix: 'Linux 5.17 or newer does.' })

  const refresh = async (seenAtMs: number): Promise<void> => {
    if (signal.aborted) return
    const before = new Map(places.volumes.removable.map(({ mount }) => [mount.mountPoint, mount.device]))
    // One that was taken out and put in again looks the same, but its mark is gone.
    const lost = watchers.lostMarks()
    places = await readPlaces(context)
    tellPlaces()
    await watchers.apply(places)
    watchers.report()
    recovery.mounted(places.volumes.removable.filter(({ mount }) => !before.has(mount.mountPoint) || lost.has(before.get(mount.mountPoint) ?? '')).map(({ mount }) => mount.mountPoint), seenAtMs)
  }
  // A cloud client that is set up, or told another folder, changes what leaves the device.
  const cloudSettings = watchSettings(() => onMounts(context.now()), (folder) => places.noisyFolders.has(folder))
  function tellPlaces(): void {
    if (signal.aborted) return
    cloudSettings.update(places.settingsFolders)
    if (places.unseen.length > 0) watchers.problem('desktop', { reason: `what is written to ${places.unseen.join(', ')} is not seen: FUSE lets only its owner look into it`, fix: '' })
  }
  let refreshing: Promise<void> | undefined
  let wantedSinceMs: number | undefined
  const refreshAll = async (): Promise<void> => {
    while (wantedSinceMs !== undefined && !signal.aborted) {
      const sinceMs = wantedSinceMs
      wantedSinceMs = undefined
      await refresh(sinceMs).catch((error: unknown) => log.warn({ error: String(error) }, 'the mounts could not be read'))
    }
    refreshing = undefined
  }
  // A storm of mounts is looked at as often as one look takes, from the earliest of them on.
  const onMounts = (seenAtMs: number): void => {
    wantedSinceMs = Math.min(wantedSinceMs ?? seenAtMs, seenAtMs)
    refreshing ??= refreshAll()
  }

  try {
    await watchers.apply(places)
    if (signal.aborted) return earlier
    pipeline.handle(earlier)
    fanotify?.listen({ onNotifications: (notifications) => pipeline.handle(notifications), onOverflow: (wholeAtMs) => recovery.overflow(wholeAtMs) })
    enrichment.watch({ roots: places.settings.roots, excluded: (path) => places.scope.excluded(path) })
    started(async () => (fanotify === undefined ? watchers.healthy && await probeInotify(enrichment.folder) : probeFanotify(fanotify, enrichment.folder)))
    watchers.report()
    tellPlaces()
    const mounts = platform.watchMounts(() => onMounts(context.now()), signal)
    // A mount between the first look and the watch is seen now.
    onMounts(context.now())
    // A volume that is taken out and put in again at once leaves the mount table as it was, but its mark is gone.
    const marks = setInterval(() => { if (watchers.lostMarks().size > 0) onMounts(context.now() - MARKS_MS) }, MARKS_MS).unref()
    const died = await (fanotify === undefined ? aborted(signal) : Promise.race([aborted(signal), fanotify.died]))
    clearInterval(marks)
    if (died !== undefined && !signal.aborted) throw died
    fanotify?.listen(undefined)
    const untold = pipeline.stop()
    await mounts
    return untold
  } finally {
    cloudSettings.close()
    pipeline.stop()
    await Promise.race([watchers.stop(), new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())])
  }
}

/** The sensor, with what tests need to change. */
export function createFilesSensor({ startReader = watchFanotify, retryMs = RETRY_MS, ...options }: FilesSensorOptions = {}): Sensor {
  let selfTest: (() => Promise<boolean>) | undefined
  let parked: { readonly fanotify: FanotifyWatch; readonly timer: NodeJS.Timeout } | undefined
  let untold: readonly Notification[] = []

  /** The reader of the last run, with all that the kernel kept since; else a new one. */
  const takeReader = async (root: string, folder: string): Promise<FanotifyWatch> => {
    if (parked === undefined) return startReader({ root, compiledFolder: folder, ...options })
    const { fanotify, timer } = parked
    parked = undefined
    clearTimeout(timer)
    return fanotify
  }
  const park = (fanotify: FanotifyWatch): void => {
    parked = {
      fanotify,
      timer: setTimeout(() => {
        parked = undefined
        untold = []
        void fanotify.stop()
      }, PARK_MS).unref(),
    }
  }

  return defineSensor({
    name: 'files',
    summary: 'Files that are copied, created, changed, renamed, hidden or deleted on watched folders and removable media.',
    emits: ['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_hidden', 'file_deleted', 'archive_created', 'file_downloaded', 'files_staged', 'label_changed', 'telemetry_gap'],
    platforms: ['linux', 'darwin', 'win32'],
    unsupportedReason: 'Only Linux, macOS and Windows report changes of files in a way that this agent knows.',
    unsupportedFix: 'Keep documents on a share whose server runs one of these systems, and watch them there.',
    wanted: (policy) => policy.files?.enabled === true,
    async start(context) {
      const { platform, signal } = context
      const mayRead = platform.os === 'linux' && platform.elevated
      const reader = (): Promise<FanotifyWatch> => takeReader(platform.root ?? '/', compiledFolder(join(context.enrichment.folder, 'compiled')))
      let isBack = true
      while (isBack && !signal.aborted) {
        isBack = false
        let fanotify: FanotifyWatch | undefined
        let lack: Lack = platform.os === 'linux' ? { reason: 'not root: chokidar, no process names', fix: 'Run the agent as root.' } : { reason: 'chokidar, no process names', fix: 'Nothing on this device: who did it is known from the owner of the file. The agent asks this system for no more yet.' }
        if (mayRead) {
          lack = undefined
          fanotify = await reader().catch((error: unknown) => {
            lack = lackOf(error)
            return undefined
          })
        }
        const ending = new AbortController()
        // What was missing may be there by now: a limit that was raised, a capability that was given.
        const retry = mayRead && fanotify === undefined ? setInterval(() => {
          reader().then((found) => {
            if (ending.signal.aborted || signal.aborted) return found.stop()
            isBack = true
            park(found)
            ending.abort()
            return undefined
          }, () => undefined)
        }, retryMs).unref() : undefined
        const earlier = untold
        untold = []
        let failed = true
        try {
          untold = await run({ ...context, signal: AbortSignal.any([signal, ending.signal]) }, fanotify, lack, earlier, (test) => { selfTest = test })
          failed = false
        } finally {
          clearInterval(retry)
          ending.abort()
          selfTest = undefined
          if (fanotify !== undefined && !failed && signal.aborted) park(fanotify)
          else await fanotify?.stop()
        }
      }
    },
    selfTest: async () => selfTest !== undefined && await selfTest(),
  })
}

export const filesSensor = createFilesSensor()
