// From notifications to activities: settle, inspect, find the source, tell. Work in flight is bounded, and what one path
// does stays in order.
import type { ActivityKind, wire } from '@holdfast/proto'
import type { ActorHint, SensedActivity } from '../../activity.ts'
import type { Enrichment, InspectedFile } from '../../enrich/contract.ts'
import type { Platform } from '../../platform/platform.ts'
import { activitiesOfDelete, activitiesOfRename, activitiesOfWrite, actorOf, isTemporary, isTrash } from './classify.ts'
import type { Notification } from './notification.ts'
import { createOrigins } from './origin.ts'
import { pause } from './pause.ts'
import { rescan, type RescanLimits } from './rescan.ts'
import type { Place } from './scope.ts'
import { createSettler, type Written } from './settle.ts'

type Renamed = Extract<Notification, { readonly kind: 'renamed' }>
type Deleted = Extract<Notification, { readonly kind: 'deleted' }>
type Appeared = Extract<Notification, { readonly kind: 'appeared' }>

const MAX_IN_FLIGHT = 1024
const SLACK_MS = 3
const REPLACED = 256
const REPLACED_MS = 5000
const TOLD = 16_384
const FOLDER_RENAMES = 64
/** A deletion is told after the copy that it may have been part of: `mv` to a stick writes there and then deletes here. */
const DELETION_MS = 250
/** So long after a file appeared and nobody wrote to it, it is looked at whether it is another name of one (a hard link). */
const LINK_MS = 400
const LINKS = 4096
/** The rename of a folder may still be on its way when a file below its old name is found gone. */
const RENAME_GRACE_MS: readonly number[] = [50, 250, 700]
/** Files that wait for such a rename at one time: whoever makes and deletes thousands must not hold up the others. */
const MAX_WAITING = 256
/** How often a file is looked for again behind such renames. */
const MOVES = 8
const FOLDER_LIMITS: RescanLimits = { entries: 20_000, ms: 20_000 }

export interface PipelineOptions {
  readonly kinds: ReadonlySet<string>
  readonly hashLimitBytes: number
  readonly enrichment: Enrichment
  readonly platform: Pick<Platform, 'accountByUid'>
  readonly mediaOf: (path: string) => wire.Media.$Properties | undefined
  /** The kind of place of any path that is watched; local where absent. */
  readonly placeOf?: (path: string) => Place | undefined
  readonly emit: (activity: SensedActivity) => Promise<void>
  readonly onLoad: (load: number) => void
  readonly log: { warn(object: object, message: string): void }
  readonly signal: AbortSignal
}

export interface Pipeline {
  handle(notifications: readonly Notification[]): void
  /** Whether a path was told of among the last thousands: a rescan finds again what was seen. */
  wasTold(path: string): boolean
  readonly load: number
  /** Tells nothing any more. @returns what was not told yet, for the next run */
  stop(): readonly Notification[]
}

export function createPipeline({ kinds, hashLimitBytes, enrichment, platform, mediaOf, placeOf, emit, onLoad, log, signal }: PipelineOptions): Pipeline {
  const settler = createSettler()
  const wants = (kind: ActivityKind): boolean => kinds.has(kind)
  const origins = createOrigins(enrichment, wants)
  /** Paths whose file was renamed to a backup a moment ago: what is created there is the next version. */
  const replaced = new Map<string, number>()
  const told = new Set<string>()
  let folderRenames: readonly { readonly from: string; readonly to: string; readonly atMs: number }[] = []
  /** In work, and nothing emitted for it yet. */
  const untold = new Set<Notification>()
  const accounts = new Map<number, Promise<string | undefined>>()
  const busy = new Map<string, Promise<void>>()
  const deletions = new Map<string, { readonly deleted: Deleted; readonly dueMs: number }>()
  const links = new Map<string, { readonly appeared: Appeared; readonly dueMs: number }>()
  let inFlight = 0
  let waiting = 0
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const accountOf = (uid: number): Promise<string | undefined> => {
    const known = accounts.get(uid)
    if (known !== undefined) return known
    if (accounts.size >= 1024) accounts.clear()
    const found = platform.accountByUid(uid).then((account) => account?.name, () => undefined)
    accounts.set(uid, found)
    return found
  }
  const named = async (actor: ActorHint): Promise<ActorHint> => {
    const account = actor.uid === undefined ? undefined : await accountOf(actor.uid)
    return account === undefined ? actor : { ...actor, account }
  }

  const tell = async (of: Notification, activities: readonly SensedActivity[]): Promise<void> => {
    for (const activity of activities) {
      if (stopped) return
      untold.delete(of)
      await emit(activity)
    }
  }
  const remember = (path: string): void => {
    told.delete(path)
    told.add(path)
    if (told.size > TOLD) for (const oldest of told) { told.delete(oldest); break }
  }

  const addWritten = (written: Written): void => {
    links.delete(written.path)
    // Deleted and made again in one go: the next version of the same file.
    const next = deletions.delete(written.path)
    settler.add(next && written.place === 'local' ? { ...written, created: false } : written, performance.now())
  }

  /** The path as it is after the renames of folders that came meanwhile, which may be the old one again; undefined when none concerns it. */
  const movedPath = (path: string, atMs: number): string | undefined => {
    let moved: string | undefined
    for (const rename of folderRenames) if (rename.atMs >= atMs && (moved ?? path).startsWith(`${rename.from}/`)) moved = rename.to + (moved ?? path).slice(rename.from.length)
    return moved
  }

  /** Where a file is that is not where it was written; undefined when it was deleted. */
  const movedTo = async ({ path, atMs }: Written): Promise<string | undefined> => {
    let moved = movedPath(path, atMs)
    if (moved !== undefined || waiting >= MAX_WAITING) return moved
    waiting += 1
    for (const ms of RENAME_GRACE_MS) {
      await pause(ms, signal)
      moved = movedPath(path, atMs)
      if (moved !== undefined || stopped) break
    }
    waiting -= 1
    return moved
  }

  const inspect = (path: string, of: Notification): Promise<InspectedFile> => {
    const uid = of.doer?.process?.uid
    return enrichment.inspect(path, { hashLimitBytes, ...(uid === undefined ? {} : { uid }) })
  }
  const isFile = (file: InspectedFile): boolean => file.state !== 'gone' && file.state !== 'special'

  const load = (): number => inFlight + settler.size + deletions.size
  /** An editor writes a new file and renames it over the old one, or renames the old one away first: that is a change. */
  const isNew = async (written: Written): Promise<boolean> => {
    if (!written.created) return false
    const at = replaced.get(written.path)
    if (at !== undefined && written.atMs - at < REPLACED_MS) return false
    return written.from === undefined || (await enrichment.historyOf(written.path)).fingerprint === ''
  }

  const processWritten = async (written: Written): Promise<void> => {
    const file = await inspect(written.path, written)
    const moved = file.state === 'gone' ? await movedTo(written) : undefined
    if (moved !== undefined && (written.moves ?? 0) < MOVES) return addWritten({ ...written, path: moved, moves: (written.moves ?? 0) + 1 })
    if (!isFile(file) || stopped) return
    if (written.recovered === true && told.has(written.path)) return
    const created = await isNew(written)
    const origin = await origins.originOf(written, created, file)
    const { source } = origin
    if (written.place === 'local') enrichment.learn(file)
    if (source !== undefined && written.place === 'local') enrichment.copied(source.path, false, { path: file.path, how: source.container === undefined ? 'copied' : 'unpacked' })
    if (written.place !== 'local' && written.from !== undefined) enrichment.forgotten(written.from)
    const sourcePlace = source === undefined ? undefined : placeOf?.(source.path)
    const media = written.place === 'removable' ? mediaOf(written.path) : undefined
    remember(written.path)
    await tell(written, activitiesOfWrite({
      file, place: written.place, created, occurredAtMs: written.atMs, actor: await named(actorOf(written.doer, file.ownerUid)),
      ...origin, ...(sourcePlace === undefined ? {} : { sourcePlace }), ...(media === undefined ? {} : { media }), ...(written.recovered === true ? { recovered: true } : {}),
    }, wants))
  }

  const processRenamed = async (renamed: Renamed): Promise<void> => {
    const file = await inspect(renamed.path, renamed)
    enrichment.moved(renamed.from, renamed.path)
    if (!isFile(file) || stopped) return
    if (renamed.place === 'local') enrichment.learn(file)
    await tell(renamed, activitiesOfRename({ file, from: renamed.from, place: renamed.place ?? 'local', occurredAtMs: renamed.atMs, actor: await named(actorOf(renamed.doer, file.ownerUid)) }, wants))
  }

  const processDeleted = async (deleted: Deleted): Promise<void> => {
    const history = await enrichment.historyOf(deleted.path)
    if (stopped || isTemporary(deleted.path)) return
    await tell(deleted, activitiesOfDelete({ path: deleted.path, place: deleted.place, history, occurredAtMs: deleted.atMs, actor: await named(actorOf(deleted.doer, -1)) }, wants))
  }

  const processAppeared = async (appeared: Appeared): Promise<void> => {
    const file = await inspect(appeared.path, appeared)
    if (isFile(file) && (file.links ?? 1) > 1 && !stopped) addWritten({ ...appeared, kind: 'written', created: true })
  }

  const run = (path: string, of: Notification, work: () => Promise<void>): void => {
    inFlight += 1
    untold.add(of)
    const before = busy.get(path)
    const done: Promise<void> = (before === undefined ? work() : before.then(work))
      .catch((error: unknown) => log.warn({ error: error instanceof Error ? error.message : String(error) }, 'a file activity failed'))
      .finally(() => {
        inFlight -= 1
        if (!stopped) untold.delete(of)
        if (busy.get(path) === done) busy.delete(path)
        onLoad(load())
        arm()
      })
    busy.set(path, done)
  }

  const settle = (): void => {
    timer = undefined
    if (stopped) return
    // What is due within a moment goes along: a wake costs more than it waits.
    const at = performance.now() + SLACK_MS
    for (const written of settler.due(at, MAX_IN_FLIGHT - inFlight)) run(written.path, written, () => processWritten(written))
    for (const [path, { appeared, dueMs }] of links) {
      if (dueMs > at || inFlight >= MAX_IN_FLIGHT) break
      links.delete(path)
      run(path, appeared, () => processAppeared(appeared))
    }
    for (const [path, { deleted, dueMs }] of deletions) {
      if (dueMs > at || inFlight >= MAX_IN_FLIGHT) break
      deletions.delete(path)
      run(path, deleted, () => processDeleted(deleted))
    }
    arm()
  }
  const arm = (): void => {
    if (timer !== undefined || stopped || inFlight >= MAX_IN_FLIGHT) return
    const at = performance.now()
    const dues = [deletions.values().next().value?.dueMs, links.values().next().value?.dueMs].map((dueMs) => (dueMs === undefined ? Number.POSITIVE_INFINITY : Math.max(0, dueMs - at)))
    const wait = Math.min(settler.nextMs(at) ?? Number.POSITIVE_INFINITY, ...dues)
    // Rounded up, and never less than a few milliseconds, so that many files of a burst are taken at once.
    if (Number.isFinite(wait)) timer = setTimeout(settle, Math.max(SLACK_MS, Math.ceil(wait)))
  }

  /** A folder with all its files came to, or left, a place. */
  const folderMoved = (renamed: Renamed): void => {
    run(renamed.path, renamed, async () => {
      const files: string[] = []
      await rescan({ folders: [renamed.path], enrichment, watched: () => true, sinceMs: 0, found: (file) => void files.push(file.path), signal, limits: FOLDER_LIMITS })
      for (const path of files) onRenamed({ ...renamed, isFolder: false, path, from: renamed.from + path.slice(renamed.path.length) })
    })
  }

  const onRenamed = (renamed: Renamed): void => {
    const { path, from, place, fromPlace, doer } = renamed
    links.delete(from)
    const written = (created: boolean, more: { readonly from?: string } = {}): void => {
      if (place !== undefined) addWritten({ kind: 'written', path, place, created, atMs: renamed.atMs, ...(doer === undefined ? {} : { doer }), ...more })
    }
    if (renamed.isFolder) {
      if (place !== undefined) {
        settler.moveFolder(from, path)
        folderRenames = [...folderRenames, { from, to: path, atMs: renamed.atMs }].slice(-FOLDER_RENAMES)
      }
      if (place === fromPlace) enrichment.moved(from, path)
      else folderMoved(renamed)
      return
    }
    const pending = settler.take(from)
    if (pending !== undefined && place !== undefined) {
      // On the device its old name says that it may replace another file; elsewhere it would pass for the source.
      const { from: earlier, ...rest } = pending
      addWritten({ ...rest, path, place, created: true, ...(place === 'local' ? { from: earlier ?? from } : {}) })
      return
    }
    if (isTemporary(path) && place === fromPlace) {
      if (replaced.size >= REPLACED) replaced.clear()
      replaced.set(from, renamed.atMs)
      return
    }
    if (place !== undefined && (fromPlace === undefined || isTemporary(from))) return written(true, place === 'local' ? { from } : {})
    if (place !== undefined && place !== 'local' && fromPlace !== place) return written(true, { from })
    if (place === undefined && fromPlace !== undefined && isTrash(path)) return onDeleted({ kind: 'deleted', path: from, place: fromPlace, atMs: renamed.atMs, ...(doer === undefined ? {} : { doer }) })
    // What was written under the old name is learnt first: learnt afterwards, it would stand there for ever.
    const before = busy.get(from)
    run(path, renamed, async () => {
      await before
      await processRenamed(renamed)
    })
  }

  const onDeleted = (deleted: Deleted): void => {
    links.delete(deleted.path)
    const pending = settler.take(deleted.path)
    // Nobody heard of it yet, so nobody misses it.
    if (pending?.created === true) return
    enrichment.forgotten(deleted.path)
    deletions.delete(deleted.path)
    deletions.set(deleted.path, { deleted, dueMs: performance.now() + DELETION_MS })
  }

  const onAppeared = (appeared: Appeared): void => {
    // Above the bound the oldest is given up: so many at once are written to.
    if (links.size >= LINKS) for (const oldest of links.keys()) { links.delete(oldest); break }
    links.set(appeared.path, { appeared, dueMs: performance.now() + LINK_MS })
  }

  return {
    handle(notifications) {
      if (stopped) return
      for (const notification of notifications) {
        if (notification.kind === 'written') addWritten(notification)
        else if (notification.kind === 'renamed') onRenamed(notification)
        else if (notification.kind === 'appeared') onAppeared(notification)
        else onDeleted(notification)
      }
      onLoad(load())
      arm()
    },
    wasTold: (path) => told.has(path),
    get load() {
      return load()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      return [...untold, ...[...deletions.values()].map(({ deleted }) => deleted), ...settler.due(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)]
    },
  }
}
