// Removable media: devices that hold files and come and go, and their volumes being mounted and unmounted.
//
// Nothing is asked now and then. The kernel's uevents and its mount table say that something has happened; what it was is the
// difference between two looks at the system. So a lost notification costs a delay, never a wrong word. The first look comes at
// once; while a hub sends hundreds of messages one look serves those of 30 ms, later of half a second.
//
// Seen are disks (USB, memory cards, discs, FireWire), telephones and cameras by what they offer on USB (MTP, PTP), and serial
// lines over Bluetooth. Not seen: what a telephone is mounted as by the desktop itself (gvfs has no mount of its own, and its
// folder is closed to others), files over Bluetooth without a line (obexd) except where they land in a watched folder, and NFC,
// of which the kernel tells nothing.
//
// What was seen last stands in the durable memory, with the start of the system that it belongs to, because a policy change
// restarts the sensor: `present` is said once for what was there when the agent came, and what ended meanwhile is said late
// (`recovered`), with the time at which it was last seen.
import type { DeviceNotice, Platform } from '../platform/platform.ts'
import { loadState, saveState } from './durable-state.ts'
import { compareLooks, parseSeen, type Seen } from './removable-media/compare.ts'
import { takeLook } from './removable-media/look.ts'
import { forgetWrites } from './removable-media/write-counts.ts'
import { defineSensor, type SensedActivity, type SensorContext } from './sensor.ts'
import { sessionActor } from './session-actor.ts'
import { createWaker, waitFor } from './waiting.ts'

const STATE = 'seen'
/** After a notification the kernel may still be at it. While nothing new is found, the time doubles up to the last. */
const SETTLE_MS = 30
const MAX_SETTLE_MS = 500
/** While something is mounted its counters are read now and then, for the case that it is pulled out. */
const MOUNTED_MS = 30_000
/** While something is connected it is noted that it still is, for the case that the agent ends. */
const CONNECTED_MS = 300_000
/** Timers take no longer time. */
const FOREVER_MS = 2 ** 31 - 1
const SELF_TEST_MS = 2000

/** What the last look saw, for the self-test. */
const looks = new WeakMap<AbortSignal, { fingerprint: string }>()

const fingerprintOf = async (platform: Platform): Promise<string> =>
  [(await platform.blockDevices()).map(({ name, instance, sizeBytes }) => `${name} ${instance ?? ''} ${sizeBytes}`).join(','), ((await platform.portableDevices?.()) ?? []).map(({ instance }) => instance).join(',')].join(';')

const restOf = ({ devices, volumes }: Seen): number => (volumes.length > 0 ? MOUNTED_MS : devices.length > 0 ? CONNECTED_MS : FOREVER_MS)

const gap = (occurredAtMs: number): SensedActivity => ({ kind: 'telemetry_gap', occurredAtMs, detail: { telemetryGap: { sensor: 'removable-media', reason: 'queue_overflow', missed: 0 } } })

function reportTier(context: SensorContext, deaf: string | undefined): void {
  if (deaf === undefined) context.report({ tier: 'full', reason: '', fix: '' })
  else context.report({ tier: 'degraded', reason: `the kernel does not tell of devices here (${deaf}): they are compared every ten seconds, and what comes and goes in between is missed`, fix: 'Run the agent in the first network namespace, where netlink is allowed (RestrictAddressFamilies=AF_NETLINK in a unit).' })
}

async function follow(context: SensorContext, waker: ReturnType<typeof createWaker>, noticed: { lost: boolean }): Promise<void> {
  const { platform, policy, signal, memory } = context
  let seen = parseSeen(await loadState(memory, STATE))
  let savedAtMs = seen?.atMs ?? 0
  let isFirstLook = true
  let settleMs = SETTLE_MS
  let wasWoken = false
  while (!signal.aborted) {
    const { lost } = noticed
    noticed.lost = false
    const fingerprint = await fingerprintOf(platform)
    const { activities, seen: now } = compareLooks(seen, await takeLook(platform, policy, context.now()), isFirstLook)
    looks.set(signal, { fingerprint })
    const actor = activities.length === 0 ? undefined : await sessionActor(platform)
    if (lost && !signal.aborted) await context.emit(gap(context.now()))
    for (const activity of activities) {
      if (signal.aborted) return
      await context.emit(actor === undefined ? activity : { ...activity, actor })
      const unmounted = activity.detail.removableMediaUnmounted?.media?.mountPoint
      if (typeof unmounted === 'string') forgetWrites(platform, unmounted)
    }
    if (signal.aborted) return
    // Saved after the emission: a crash in between says a thing twice, and never not at all.
    if (activities.length > 0 || isFirstLook || (now.devices.length > 0 && now.atMs - savedAtMs >= CONNECTED_MS)) {
      await saveState(memory, STATE, now)
      savedAtMs = now.atMs
    }
    settleMs = activities.length > 0 || !wasWoken ? SETTLE_MS : Math.min(2 * settleMs, MAX_SETTLE_MS)
    seen = now
    isFirstLook = false
    if (wasWoken) await waitFor(settleMs, signal)
    wasWoken = await waker.wait(restOf(now))
  }
  // A stop is the last time at which everything was known.
  if (seen !== undefined && seen.devices.length + seen.volumes.length > 0) await saveState(memory, STATE, { ...seen, atMs: context.now() })
}

async function run(context: SensorContext): Promise<void> {
  const { platform, signal } = context
  const waker = createWaker(signal)
  const noticed = { lost: false }
  // Ended with this run, also when it ends by an error.
  const watching = new AbortController()
  const stop = (): void => watching.abort()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  let deaf: string | undefined
  const onDevices = (notice?: DeviceNotice): void => {
    if (notice?.lost === true) noticed.lost = true
    deaf ??= notice?.deaf
    waker.wake()
  }
  const watches = [platform.watchMounts(() => waker.wake(), watching.signal), platform.watchBlockDevices(onDevices, watching.signal)]
  reportTier(context, deaf)
  try {
    await follow(context, waker, noticed)
  } finally {
    stop()
    signal.removeEventListener('abort', stop)
    await Promise.all(watches)
  }
}

/** Removable media that come, go, and are mounted or unmounted. */
export const removableMediaSensor = defineSensor({
  name: 'removable-media',
  summary: 'Removable media, telephones and cameras being connected and disconnected, and their volumes being mounted and unmounted, with what was written to them.',
  emits: ['removable_media_connected', 'removable_media_mounted', 'removable_media_unmounted', 'removable_media_disconnected', 'telemetry_gap'],
  platforms: ['linux'],
  unsupportedReason: 'Removable media are watched on Linux only for now; copies to them are still seen where the policy names their folders.',
  unsupportedFix: 'Name the folders in which media are mounted in the watch settings of the group (/Volumes, D:\\).',
  wanted: (policy) => policy.removableMedia?.enabled === true,
  start: run,
  // What is there now must be what the last look saw, or a look must follow at once: then the watch hears.
  async selfTest({ platform, signal }) {
    if ((await platform.mounts()).length === 0 && platform.root === '/') return false
    const until = performance.now() + SELF_TEST_MS
    for (;;) {
      const look = looks.get(signal)
      if (look === undefined || look.fingerprint === (await fingerprintOf(platform))) return true
      if (performance.now() > until || signal.aborted) return signal.aborted
      await waitFor(50, signal)
    }
  },
})
