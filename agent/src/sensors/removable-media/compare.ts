// What happened between two looks, and what is remembered of it. Pure.
//
// A connection is one instance of a device. It, and each mount, have a counter of their own, which begins when they do.
import { toWireTimestamp, type wire } from '@holdfast/proto'
import type { SensedActivity } from '../../activity.ts'
import { connectionOf, type Device, type Look, type Volume } from './look.ts'

/** Bytes and files since `sinceMs`; `base` is the counter at that time, absent where there is none. */
interface Writes {
  readonly sinceMs: number
  readonly base?: number
  readonly bytes: number
  readonly files: number
}

export interface SeenDevice extends Device {
  readonly writes: Writes
}

export interface SeenVolume extends Volume {
  readonly writes: Writes
}

/** What is remembered from one look to the next, also over a restart of the agent. */
export interface Seen {
  readonly version: 2
  readonly bootId: string
  readonly atMs: number
  readonly devices: readonly SeenDevice[]
  readonly volumes: readonly SeenVolume[]
}

/** What was remembered; undefined for anything else, so that a first look begins anew. */
export function parseSeen(value: unknown): Seen | undefined {
  const seen = value as Partial<Seen> | null | undefined
  return seen?.version === 2 && typeof seen.bootId === 'string' && typeof seen.atMs === 'number' && Array.isArray(seen.devices) && Array.isArray(seen.volumes) ? (seen as Seen) : undefined
}

const counted = (writes: Writes, counter: number | undefined, files: number): Writes =>
  counter === undefined || writes.base === undefined ? { ...writes, files: Math.max(files, writes.files) } : { ...writes, bytes: Math.max(writes.bytes, counter - writes.base), files: Math.max(files, writes.files) }

const begin = (sinceMs: number, base: number | undefined): Writes => ({ sinceMs, bytes: 0, files: 0, ...(base === undefined ? {} : { base }) })

const told = ({ sinceMs, base, bytes, files }: Writes, atLeast: boolean): { readonly written?: wire.MediaWrites.$Properties } =>
  base === undefined && files === 0 ? {} : { written: { bytes, files, atLeast, since: toWireTimestamp(sinceMs) } }

/**
 * Finds for each device of now the one that it was before. The same instance is the same connection; where an instance says
 * nothing (another start of the system, no number) the key must do. Of two sticks with one serial number each is found by its own.
 */
function matchDevices(before: readonly SeenDevice[], now: readonly Device[], sameBoot: boolean): ReadonlyMap<Device, SeenDevice> {
  const left = new Set(before)
  const pairs = new Map<Device, SeenDevice>()
  const take = (device: Device, fits: (each: SeenDevice) => boolean): void => {
    if (pairs.has(device)) return
    for (const each of left) {
      if (each.key !== device.key || !fits(each)) continue
      left.delete(each)
      pairs.set(device, each)
      return
    }
  }
  if (sameBoot) for (const device of now) take(device, ({ instance }) => instance === device.instance)
  for (const device of now) take(device, ({ instance }) => !sameBoot || instance === '' || device.instance === '')
  return pairs
}

interface Comparison {
  readonly before: Seen | undefined
  readonly now: Look
  /** The agent was away: what ended, ended at some time since the last look. */
  readonly late: boolean
  /** Mounts end with the system, whatever their numbers are after it; so do counters. */
  readonly sameBoot: boolean
  readonly pairs: ReadonlyMap<Device, SeenDevice>
}

const ending = ({ before, now, late }: Comparison): Pick<SensedActivity, 'occurredAtMs' | 'recovered'> & { readonly lastSeen: { readonly lastSeenAt?: ReturnType<typeof toWireTimestamp> } } =>
  late && before !== undefined ? { occurredAtMs: now.atMs, recovered: true, lastSeen: { lastSeenAt: toWireTimestamp(before.atMs) } } : { occurredAtMs: now.atMs, lastSeen: {} }

interface VolumesOfBefore {
  readonly activities: readonly SensedActivity[]
  readonly kept: readonly SeenVolume[]
  /** Files by connection: of volumes that have ended now, and of all. */
  readonly endedFiles: ReadonlyMap<string, number>
  readonly files: ReadonlyMap<string, number>
}

function compareVolumes(comparison: Comparison, isFirstLook: boolean): VolumesOfBefore {
  const { before, now, late, sameBoot, pairs } = comparison
  const { lastSeen, ...when } = ending(comparison)
  const stays = new Set([...pairs.values()].map(connectionOf))
  const wanted = new Set(now.volumes.map(({ key }) => key))
  const activities: SensedActivity[] = []
  const kept: SeenVolume[] = []
  const [files, endedFiles] = [new Map<string, number>(), new Map<string, number>()]
  const add = (to: Map<string, number>, { device }: SeenVolume, writes: Writes): void => void to.set(device, (to.get(device) ?? 0) + writes.files)
  for (const volume of before?.volumes ?? []) {
    const isThere = sameBoot && now.mounted.has(volume.key)
    // The counter of a device that is gone is gone, and its name may be another one's by now.
    const counter = sameBoot && (volume.device === '' || stays.has(volume.device)) ? now.counter(volume.node) : undefined
    const writes = counted(volume.writes, counter, late ? 0 : now.files(volume.mountPoint))
    add(files, volume, writes)
    if (!isThere) {
      add(endedFiles, volume, writes)
      activities.push({ ...when, kind: 'removable_media_unmounted', detail: { removableMediaUnmounted: { media: volume.media, ...told(writes, late || counter === undefined), ...lastSeen } } })
      // A new policy may not count it any more; that is no end of it.
    } else if (wanted.has(volume.key) || !isFirstLook) kept.push({ ...volume, writes })
  }
  return { activities, kept, endedFiles, files }
}

function endDevices(comparison: Comparison, { files }: VolumesOfBefore): readonly SensedActivity[] {
  const { before, late, pairs } = comparison
  const { lastSeen, ...when } = ending(comparison)
  const stays = new Set(pairs.values())
  return (before?.devices ?? []).filter((device) => !stays.has(device)).map((device) => {
    const connection = connectionOf(device)
    // Whatever was written after the last look is not counted: only a device without a mount had been at rest.
    const atLeast = late || before?.volumes.some((volume) => volume.device === connection) === true
    const writes = { ...device.writes, files: device.writes.files + (files.get(connection) ?? 0) }
    return { ...when, kind: 'removable_media_disconnected', detail: { removableMediaDisconnected: { media: device.media, ...told(writes, atLeast), ...lastSeen } } }
  })
}

/** A device that was there before is told of as it was when it came: a name that udev has found out since changes nothing. */
const followDevice = ({ now, sameBoot, pairs }: Comparison, device: Device, endedFiles: ReadonlyMap<string, number>): SeenDevice => {
  const known = pairs.get(device)
  if (known === undefined || !sameBoot) return { ...device, media: known?.media ?? device.media, writes: begin(now.atMs, now.counter(device.node)) }
  return { ...device, media: known.media, writes: counted(known.writes, now.counter(device.node), known.writes.files + (endedFiles.get(connectionOf(known)) ?? 0)) }
}

/**
 * What happened, in the order in which it must have: a volume is unmounted before its device is gone, a device is there before
 * its volume is mounted.
 *
 * @param before undefined at the very first start
 * @param isFirstLook the agent was not there in between
 */
export function compareLooks(before: Seen | undefined, now: Look, isFirstLook: boolean): { readonly activities: readonly SensedActivity[]; readonly seen: Seen } {
  const sameBoot = before?.bootId === now.bootId
  const comparison: Comparison = { before, now, sameBoot, late: isFirstLook && before !== undefined, pairs: matchDevices(before?.devices ?? [], now.devices, sameBoot) }
  const volumes = compareVolumes(comparison, isFirstLook)
  const known = new Set(sameBoot ? before?.volumes.map(({ key }) => key) : [])
  const mounted = now.volumes.filter(({ key }) => !known.has(key))
  return {
    activities: [
      ...volumes.activities, ...endDevices(comparison, volumes),
      ...now.devices.filter((device) => !comparison.pairs.has(device)).map(({ media }): SensedActivity => ({ occurredAtMs: now.atMs, kind: 'removable_media_connected', detail: { removableMediaConnected: { media, present: isFirstLook } } })),
      ...mounted.map(({ media }): SensedActivity => ({ occurredAtMs: now.atMs, kind: 'removable_media_mounted', detail: { removableMediaMounted: { media, present: isFirstLook } } })),
    ],
    seen: {
      version: 2, bootId: now.bootId, atMs: now.atMs, devices: now.devices.map((device) => followDevice(comparison, device, volumes.endedFiles)),
      volumes: [...volumes.kept, ...mounted.map((volume): SeenVolume => ({ ...volume, writes: begin(now.atMs, now.counter(volume.node)) }))],
    },
  }
}
