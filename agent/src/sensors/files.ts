// Files on watched folders, removable media, shares and cloud folders: fanotify where the agent is root on Linux, chokidar
// elsewhere. Who did it is known with fanotify only.
import { randomBytes } from 'node:crypto'
import { watch as watchFolder } from 'node:fs'
import { realpath, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { wire } from '@holdfast/proto'
import { createPipeline, type Pipeline } from './files/pipeline.ts'
import { MOUNT_LIMITS, rescan, RESCAN_LIMITS } from './files/rescan.ts'
import { compileScope, isWithin, type Scope, type ScopeSettings } from './files/scope.ts'
import { DEFAULT_REMOVABLE_ROOTS, mountOf, readVolumes, type Volumes } from './files/volumes.ts'
import { type ChokidarWatch, watchChokidar } from './files/watch-chokidar.ts'
import { type FanotifyWatch, watchFanotify } from './files/watch-fanotify.ts'
import { defineSensor, type Sensor, type SensorContext } from './sensor.ts'

const HASH_LIMIT_BYTES = 50 * 1024 * 1024
const PROBE_MS = 5000
/** A volume is seen a moment after its mount; what was written in between is looked for. */
const UNSEEN_MS = 1500
const RESCAN_DELAY_MS = 300

export interface FilesSensorOptions {
  /** False in the test of an overflow: the kernel's limit on its queue then holds. */
  readonly unlimitedQueue?: boolean
}

/** What a running sensor offers its self-test. */
interface Running {
  selfTest(): Promise<boolean>
}

const list = (values: readonly string[] | null | undefined): readonly string[] => values ?? []

/** The path with its links resolved as far as it exists. */
async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(await realOf(parent), basename(path))
  }
}

async function expand(paths: readonly string[], context: SensorContext): Promise<readonly string[]> {
  const homes = paths.some((path) => path.startsWith('~')) ? (await context.platform.accounts()).map((account) => account.home).filter((home) => home !== '/') : []
  const expanded = paths.flatMap((path) => (path === '~' || path.startsWith('~/') ? homes.map((home) => join(home, path.slice(1))) : [path]))
  return [...new Set(await Promise.all(expanded.map(realOf)))]
}

interface Places {
  readonly settings: ScopeSettings
  readonly scope: Scope
  readonly volumes: Volumes
}

async function readPlaces(context: SensorContext): Promise<Places> {
  const files = context.policy.files
  const removableRoots = list(files?.removableRoots)
  const roots = await expand(removableRoots.length > 0 ? removableRoots : DEFAULT_REMOVABLE_ROOTS, context)
  const volumes = await readVolumes(context.platform, roots)
  const settings: ScopeSettings = {
    roots: await expand(list(files?.roots), context),
    excludes: list(files?.excludes).flatMap((glob) => (glob.startsWith('~/') ? `**/${glob.slice(2)}` : glob)),
    own: [await realOf(context.enrichment.agentFolder)],
    // Without root nobody can mount for us here; a folder that an administrator named stands for its volumes.
    removable: [...volumes.removable.map(({ mount }) => mount.mountPoint), ...(context.platform.elevated ? [] : await expand(removableRoots, context))],
    networkShares: [...await expand(list(files?.networkShareRoots), context), ...volumes.networkMounts],
    cloudFolders: await expand(list(files?.cloudSyncRoots), context),
  }
  return { settings, scope: compileScope(settings), volumes }
}

const foldersOf = ({ roots, removable, networkShares, cloudFolders }: ScopeSettings): readonly string[] => [...new Set([...roots, ...removable, ...networkShares, ...cloudFolders])]

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** One run of the sensor: places, pipeline, and the watchers that feed it. */
async function runSensor(context: SensorContext, options: FilesSensorOptions, started: (running: Running) => void): Promise<void> {
  const { enrichment, platform, signal, log } = context
  let places = await readPlaces(context)
  const problems = new Map<string, { readonly reason: string; readonly fix: string }>()
  let fanotify: FanotifyWatch | undefined
  let chokidar: ChokidarWatch | undefined
  let chokidarFolders: readonly string[] = []
  let healthy = true
  let lastBatchMs = context.now()

  const pipeline: Pipeline = createPipeline({
    kinds: new Set(list(context.policy.files?.kinds)),
    hashLimitBytes: context.policy.files?.hashLimitBytes || HASH_LIMIT_BYTES,
    enrichment, platform, log, signal,
    mediaOf: (path) => mediaOf(path, places.volumes),
    emit: (activity) => context.emit(activity),
    onLoad: (load) => fanotify?.setLoad(load),
  })

  const reportTier = (): void => {
    if (signal.aborted) return
    const watches = (fanotify?.markedFileSystems() ?? 0) + (chokidar?.watches ?? 0)
    if (problems.size === 0) context.report({ tier: 'full', reason: '', fix: '', watches })
    else context.report({ tier: 'degraded', reason: [...problems.values()].map(({ reason }) => reason).join('; '), fix: [...new Set([...problems.values()].map(({ fix }) => fix))].filter((fix) => fix !== '').join(' '), watches })
  }

  const recover = async (folders: readonly string[], sinceMs: number, limits: typeof RESCAN_LIMITS): Promise<void> => {
    const complete = await rescan({
      folders, enrichment, sinceMs, limits, signal,
      watched: (path) => places.scope.placeOf(path) !== undefined,
      found: async (file) => {
        const place = places.scope.placeOf(file.path)
        // A time in the future is another computer's clock.
        if (place === undefined || pipeline.wasTold(file.path) || file.ctimeMs > context.now() + 60_000) return
        pipeline.handle([{ kind: 'written', path: file.path, place, created: file.birthtimeMs >= sinceMs, recovered: true, atMs: Math.min(context.now(), Math.max(file.mtimeMs, sinceMs)) }])
        while (pipeline.load > 4000 && !signal.aborted) await pause(50, signal)
      },
    })
    if (!complete && !signal.aborted) log.warn({ folders: folders.length }, 'a rescan ended at its limit')
  }

  let recovering: Promise<void> | undefined
  const onOverflow = (): void => {
    if (signal.aborted || recovering !== undefined) return
    const since = lastBatchMs - 1000
    recovering = context.emit({ kind: 'telemetry_gap', occurredAtMs: context.now(), detail: { telemetryGap: { sensor: 'files', reason: 'queue_overflow', missed: 0 } } })
      .then(() => pause(RESCAN_DELAY_MS, signal))
      .then(() => recover(foldersOf(places.settings), since, RESCAN_LIMITS))
      .catch((error: unknown) => log.warn({ error: String(error) }, 'the rescan failed'))
      .then(() => { recovering = undefined })
  }

  /** Folders that fanotify cannot watch are watched by chokidar. */
  const watchRest = async (folders: readonly string[]): Promise<void> => {
    if (chokidar === undefined && folders.length === 0) return
    if (chokidar !== undefined && folders.join('\0') === chokidarFolders.join('\0')) return
    await chokidar?.stop()
    chokidarFolders = folders
    chokidar = folders.length === 0 ? undefined : await Promise.race([aborted(signal), watchChokidar({
      folders, scope: places.scope, now: () => context.now(),
      onNotification: (notification) => pipeline.handle([notification]),
      onLimit: (limit) => {
        problems.set('limit', { reason: `only ${limit} files and folders are watched, the rest is not seen`, fix: 'Raise the sysctl fs.inotify.max_user_watches, narrow the roots, or run the agent as root.' })
        reportTier()
      },
      onError: (error) => {
        healthy = false
        problems.set('chokidar', { reason: `watching failed: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'}`, fix: 'Raise the sysctls fs.inotify.max_user_watches and max_user_instances.' })
        reportTier()
      },
    })]) ?? undefined
  }

  const applyPlaces = async (): Promise<void> => {
    const folders = foldersOf(places.settings)
    if (fanotify === undefined) return watchRest(folders)
    const { mounts } = places.volumes
    const points = new Map<string, string[]>()
    for (const folder of folders) {
      const point = mountOf(folder, mounts)?.mountPoint ?? '/'
      points.set(point, [...points.get(point) ?? [], folder])
    }
    await fanotify.setScope(places.settings)
    const failed = await fanotify.mark([...points.keys()])
    problems.delete('marks')
    if (failed.length > 0) problems.set('marks', { reason: `no process names and no renames on ${failed.map(({ path, errno }) => `${path} (errno ${errno})`).join(', ')}: chokidar watches there`, fix: '' })
    await watchRest(failed.flatMap(({ path }) => points.get(path) ?? []))
  }

  let refreshing: Promise<void> = Promise.resolve()
  const onMountsChanged = (): void => {
    const seenAtMs = context.now()
    refreshing = refreshing.then(async () => {
      if (signal.aborted) return
      const before = new Set(places.volumes.removable.map(({ mount }) => `${mount.id} ${mount.mountPoint}`))
      places = await readPlaces(context)
      await applyPlaces()
      reportTier()
      const fresh = places.volumes.removable.filter(({ mount }) => !before.has(`${mount.id} ${mount.mountPoint}`)).map(({ mount }) => mount.mountPoint)
      if (fresh.length > 0) void pause(RESCAN_DELAY_MS, signal).then(() => recover(fresh, seenAtMs - UNSEEN_MS, MOUNT_LIMITS)).catch((error: unknown) => log.warn({ error: String(error) }, 'the rescan failed'))
    }).catch((error: unknown) => log.warn({ error: String(error) }, 'the mounts could not be read'))
  }

  if (platform.os === 'linux' && platform.elevated) {
    try {
      fanotify = await watchFanotify({
        root: platform.root ?? '/', onOverflow,
        ...(options.unlimitedQueue === undefined ? {} : { unlimitedQueue: options.unlimitedQueue }),
        onNotifications: (notifications) => {
          lastBatchMs = context.now()
          pipeline.handle(notifications)
        },
      })
      if (!fanotify.pairsRenames) problems.set('kernel', { reason: 'this kernel does not pair the two names of a rename', fix: 'Linux 5.17 or newer does.' })
    } catch (error) {
      problems.set('fanotify', { reason: `no fanotify, chokidar watches, no process names: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`, fix: 'Allow CAP_SYS_ADMIN and CAP_DAC_READ_SEARCH, and a kernel with CONFIG_FANOTIFY.' })
    }
  } else if (platform.os === 'linux') problems.set('root', { reason: 'not root: chokidar, no process names', fix: 'Run the agent as root.' })
  else problems.set('root', { reason: 'chokidar, no process names', fix: '' })

  try {
    if (!signal.aborted) await applyPlaces()
    if (signal.aborted) return
    enrichment.watch({ roots: places.settings.roots, excluded: (path) => places.scope.excluded(path) })
    started({ selfTest: () => (fanotify === undefined ? probeInotify(enrichment.folder).then((alive) => alive && healthy) : probeFanotify(fanotify, enrichment.folder)) })
    reportTier()
    const mounts = platform.watchMounts(onMountsChanged, signal)
    // A mount between the first look and the watch is seen now.
    onMountsChanged()
    const ended = await (fanotify === undefined ? aborted(signal) : Promise.race([aborted(signal), fanotify.died]))
    if (ended !== undefined && !signal.aborted) throw ended
    await mounts
  } finally {
    pipeline.stop()
    await Promise.race([Promise.all([fanotify?.stop(), chokidar?.stop()]), new Promise((resolve) => setTimeout(resolve, 800).unref())])
  }
}

function mediaOf(path: string, volumes: Volumes): wire.Media.$Properties | undefined {
  let found: Volumes['removable'][number] | undefined
  for (const volume of volumes.removable) {
    if (isWithin(path, volume.mount.mountPoint) && volume.mount.mountPoint.length >= (found?.mount.mountPoint.length ?? 0)) found = volume
  }
  return found?.media
}

const touch = async (folder: string): Promise<void> => {
  const path = join(folder, `.probe-${randomBytes(6).toString('hex')}`)
  await writeFile(path, '', { mode: 0o600, flag: 'wx' })
  await rm(path, { force: true })
}

async function probeFanotify(fanotify: FanotifyWatch, folder: string): Promise<boolean> {
  return fanotify.markedFileSystems() > 0 && fanotify.probe(await realOf(folder), () => touch(folder), PROBE_MS)
}

/** Proves that the kernel still hands out watches, which is what chokidar lives on. */
function probeInotify(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (alive: boolean): void => {
      clearTimeout(timer)
      watcher?.close()
      resolve(alive)
    }
    const timer = setTimeout(() => finish(false), PROBE_MS)
    let watcher: ReturnType<typeof watchFolder> | undefined
    try {
      watcher = watchFolder(folder, () => finish(true))
      watcher.on('error', () => finish(false))
      touch(folder).catch(() => finish(false))
    } catch {
      finish(false)
    }
  })
}

/** The sensor, with what tests need to change. */
export function createFilesSensor(options: FilesSensorOptions = {}): Sensor {
  let running: Running | undefined
  return defineSensor({
    name: 'files',
    summary: 'Files that are copied, created, changed, renamed, hidden or deleted on watched folders and removable media.',
    emits: ['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_hidden', 'file_deleted', 'archive_created', 'telemetry_gap'],
    platforms: ['linux', 'darwin', 'win32'],
    unsupportedReason: 'Only Linux, macOS and Windows report changes of files in a way that this agent knows.',
    wanted: (policy) => policy.files?.enabled === true,
    async start(context) {
      try {
        await runSensor(context, options, (current) => { running = current })
      } finally {
        running = undefined
      }
    },
    selfTest: async () => running !== undefined && await running.selfTest(),
  })
}

export const filesSensor = createFilesSensor()
