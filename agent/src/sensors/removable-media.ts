// Removable media: disks that come and go, and their volumes being mounted and unmounted.
//
// What was seen last stands in the durable memory, with the boot that it belongs to, because a policy change restarts the
// sensor: `present` is said once for what was there when the agent came, and what ended meanwhile is said late (`recovered`).
import { join } from 'node:path'
import type { wire } from '@holdfast/proto'
import type { BlockDevice, MountEntry } from '../platform/platform.ts'
import { readWord } from '../platform/linux/read-text.ts'
import { loadState, saveState } from './durable-state.ts'
import { describeMedia, deviceOfMount, holdsMedium, isRemovableMount, removableRoots } from './removable-volumes.ts'
import { defineSensor, type SensedActivity, type SensorContext } from './sensor.ts'
import { sessionActor } from './session-actor.ts'
import { createWaker, waitFor } from './waiting.ts'

type Media = wire.Media.$Properties

/** One look at the tables; `mounted` has every mount, so that a volume that the policy no longer counts is not taken for gone. */
interface Look {
  readonly seen: Seen
  readonly mounted: ReadonlySet<string>
}

/** Volumes and disks by a key that lasts as long as the thing itself. */
interface Seen {
  readonly bootId: string
  readonly volumes: Readonly<Record<string, Media>>
  readonly disks: Readonly<Record<string, Media>>
}

const STATE = 'seen'
/** After a notification the kernel may still be at it, and udev has not named the volume yet. */
const SETTLE_MS = 30
/** Notifications may be lost; one look at the tables every half minute costs nothing. */
const LOOK_MS = 30_000

/** A mount id is given anew after an unmount, so the place and the device belong to the key. */
const volumeKey = (mount: MountEntry): string => `${mount.id} ${mount.device} ${mount.mountPoint}`

/** The same stick in another slot is the same; a stick without any number is known by its name. */
const diskKey = (disk: BlockDevice): string => [disk.bus, disk.vendorId, disk.productId, disk.serial === '' ? disk.name : disk.serial, disk.sizeBytes].join(' ')

async function look({ platform, policy }: SensorContext, bootId: string): Promise<Look> {
  const roots = removableRoots(policy)
  const volumes: Record<string, Media> = {}
  const disks: Record<string, Media> = {}
  const mounted = new Set<string>()
  for (const device of await platform.blockDevices()) {
    if (device.name === device.disk && holdsMedium(device)) disks[diskKey(device)] = describeMedia(device, undefined)
  }
  for (const mount of await platform.mounts()) {
    mounted.add(volumeKey(mount))
    const device = await deviceOfMount(platform, mount)
    if (isRemovableMount(mount, device, roots)) volumes[volumeKey(mount)] = describeMedia(device, mount)
  }
  return { seen: { bootId, volumes, disks }, mounted }
}

function parseSeen(value: unknown): Seen | undefined {
  const seen = value as Partial<Seen> | null | undefined
  return typeof seen?.bootId === 'string' && typeof seen.volumes === 'object' && typeof seen.disks === 'object' ? (seen as Seen) : undefined
}

const without = (things: Readonly<Record<string, Media>>, isThere: (key: string) => boolean): readonly Media[] => Object.entries(things).flatMap(([key, media]) => (isThere(key) ? [] : [media]))

/**
 * What happened between two looks, in the order in which it must have: a volume is unmounted before its disk is gone, a disk
 * is there before its volume is mounted.
 *
 * @param before undefined at the very first start
 * @param isFirstLook the agent was not there in between
 */
export function compareSeen(before: Seen | undefined, { seen: now, mounted }: Look, { isFirstLook, atMs }: { readonly isFirstLook: boolean; readonly atMs: number }): readonly SensedActivity[] {
  // Mounts end with the system, whatever their numbers are after it.
  const sameBoot = before?.bootId === now.bootId
  const gone = isFirstLook ? { occurredAtMs: atMs, recovered: true } : { occurredAtMs: atMs }
  return [
    ...without(before?.volumes ?? {}, (key) => sameBoot && mounted.has(key)).map((media): SensedActivity => ({ ...gone, kind: 'removable_media_unmounted', detail: { removableMediaUnmounted: { media } } })),
    ...without(before?.disks ?? {}, (key) => key in now.disks).map((media): SensedActivity => ({ ...gone, kind: 'removable_media_disconnected', detail: { removableMediaDisconnected: { media } } })),
    ...without(now.disks, (key) => before !== undefined && key in before.disks).map((media): SensedActivity => ({ occurredAtMs: atMs, kind: 'removable_media_connected', detail: { removableMediaConnected: { media, present: isFirstLook } } })),
    ...without(now.volumes, (key) => sameBoot && key in before.volumes).map((media): SensedActivity => ({ occurredAtMs: atMs, kind: 'removable_media_mounted', detail: { removableMediaMounted: { media, present: isFirstLook } } })),
  ]
}

async function run(context: SensorContext): Promise<void> {
  const { platform, signal, memory } = context
  const bootId = readWord(join(platform.root ?? '/', 'proc/sys/kernel/random/boot_id')) ?? ''
  let seen = parseSeen(await loadState(memory, STATE))
  let isFirstLook = true
  const waker = createWaker(signal)
  // Ended with this run, also when it ends by an error.
  const watching = new AbortController()
  const stop = (): void => watching.abort()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  const watches = [platform.watchMounts(() => waker.wake(), watching.signal), platform.watchBlockDevices(() => waker.wake(), watching.signal)]
  context.report({ tier: 'full', reason: '', fix: '' })

  try {
    while (!signal.aborted) {
      const now = await look(context, bootId)
      const activities = compareSeen(seen, now, { isFirstLook, atMs: context.now() })
      const actor = activities.length === 0 ? undefined : await sessionActor(platform)
      for (const activity of activities) {
        if (signal.aborted) return
        await context.emit(actor === undefined ? activity : { ...activity, actor })
      }
      if (signal.aborted) return
      // Saved after the emission: a crash in between says a thing twice, and never not at all.
      if (activities.length > 0 || seen?.bootId !== bootId) await saveState(memory, STATE, now.seen)
      seen = now.seen
      isFirstLook = false
      if (await waker.wait(LOOK_MS)) await waitFor(SETTLE_MS, signal)
    }
  } finally {
    stop()
    signal.removeEventListener('abort', stop)
    await Promise.all(watches)
  }
}

/** Removable media that come, go, and are mounted or unmounted. */
export const removableMediaSensor = defineSensor({
  name: 'removable-media',
  summary: 'Removable media being connected and disconnected, and their volumes being mounted and unmounted.',
  emits: ['removable_media_connected', 'removable_media_mounted', 'removable_media_unmounted', 'removable_media_disconnected'],
  platforms: ['linux'],
  unsupportedReason: 'Removable media are watched on Linux only for now; copies to them are still seen where the policy names their folders.',
  wanted: (policy) => policy.removableMedia?.enabled === true,
  start: run,
  // The tables can be read: that is what a look needs, and a look happens every half minute whatever the watches say.
  selfTest: async ({ platform }) => (await platform.mounts()).length > 0 || platform.root !== '/',
})
