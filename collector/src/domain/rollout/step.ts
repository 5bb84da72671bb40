// One look at a roll-out: what devices say by now, whether a rule stops it, and whether the next ring begins.
//
// Everything comes in as arguments, and the same look twice changes nothing: a process that was killed in between is made
// good by the next look. A ring begins only in a look that found the ring before it well, so no device skips one; a
// roll-out that is paused, halted or being taken back moves nobody.
import { brokenRule, type RingTally } from './halt.ts'
import { windowIsOpen } from './plan.ts'
import { ringsOf } from './rings.ts'
import type { Baseline, Rollout, RolloutDevice, RolloutDeviceState } from './rollout.ts'

/** What is known of a device now. */
export interface DeviceFacts {
  /** Active, and still in the group. */
  readonly isMember: boolean
  readonly lastSeenAtMs: number | undefined
  readonly runningVersion: number
  readonly runningHash: string
  readonly refusedVersion: number
  readonly refusedReason: string
  readonly receivedVersion: number
  readonly verifiedVersion: number
  /** Its own revision, above the group's, because somebody at risk uses it: proves the move as well. */
  readonly own?: { readonly version: number; readonly hash: string }
  readonly now: Baseline
  /** It says that it is busy with it: the time to answer does not run. */
  readonly isAtWork?: true
}

export interface StepInput {
  readonly nowMs: number
  readonly devices: readonly RolloutDevice[]
  readonly facts: ReadonlyMap<string, DeviceFacts>
  /** Roll-outs of groups that come first are not over. */
  readonly isBlocked: boolean
  /** Alerts on devices that moved since they did, and as many as that time would have had before. */
  readonly alerts: { readonly since: number; readonly usual: number }
}

export type RolloutEvent = { readonly kind: 'ring' | 'completed' | 'rolled_back' | 'halted' } | { readonly kind: 'drifted' | 'rejected'; readonly deviceId: string; readonly reason: string }

export interface Step {
  readonly rollout: Rollout
  /** Devices of which something changed. */
  readonly changed: readonly RolloutDevice[]
  /** Devices that are to be told now what they should run. */
  readonly tell: readonly string[]
  readonly events: readonly RolloutEvent[]
  /** When time alone will have changed something. */
  readonly nextAtMs?: number
}

const CLOSED_CHECK_MS = 60_000
/** While rules watch a ring. */
const WATCH_MS = 15_000

const UNKNOWN: DeviceFacts = { isMember: false, lastSeenAtMs: undefined, runningVersion: 0, runningHash: '', refusedVersion: 0, refusedReason: '', receivedVersion: 0, verifiedVersion: 0, now: { cpuMillis: 0, restarts: 0, lost: 0, unexplained: 0, blind: 0, safeMode: false } }

/** Whether its heartbeat proves that it runs what it should: this revision, or one of its own that was made after it. */
const runs = (facts: DeviceFacts, target: { readonly version: number; readonly hash: string }): boolean =>
  facts.runningHash !== '' && (facts.runningHash === target.hash || (facts.own !== undefined && facts.own.version > target.version && facts.runningHash === facts.own.hash))

/** Where a device that was told to run something is by now. */
function stateOf(device: RolloutDevice, facts: DeviceFacts, rollout: Rollout, nowMs: number): { readonly state: RolloutDeviceState; readonly reason?: string } {
  const target = rollout.back ?? rollout.to
  const offeredAtMs = device.offeredAtMs ?? nowMs
  const inTime = facts.isAtWork === true || nowMs - offeredAtMs < rollout.plan.answerSecs * 1000
  if (!facts.isMember) return { state: 'gone' }
  if (facts.now.safeMode && device.before?.safeMode !== true && rollout.back === undefined) return { state: 'rejected', reason: 'SAFE_MODE' }
  if (runs(facts, target)) {
    const blinded = rollout.back === undefined && facts.now.blind > (device.before?.blind ?? 0)
    if (!blinded) return { state: 'confirmed' }
    return inTime ? { state: 'applied', reason: 'SENSOR_BLIND' } : { state: 'rejected', reason: 'SENSOR_BLIND' }
  }
  if (facts.refusedVersion === target.version) return { state: 'rejected', reason: facts.refusedReason === '' ? 'REFUSED' : facts.refusedReason }
  if (facts.lastSeenAtMs === undefined || nowMs - facts.lastSeenAtMs > rollout.offlineAfterMs) return { state: 'offline' }
  if (facts.verifiedVersion === target.version) return inTime ? { state: 'verified' } : { state: 'rejected', reason: facts.now.safeMode ? 'SAFE_MODE' : 'NO_ANSWER' }
  if (!inTime) return { state: 'rejected', reason: 'NO_ANSWER' }
  return { state: facts.receivedVersion === target.version ? 'received' : 'offered' }
}

/** The same device after a look; the same object when nothing changed. */
export function lookAtDevice(device: RolloutDevice, facts: DeviceFacts, rollout: Rollout, nowMs: number): RolloutDevice {
  if (device.offeredAtMs === undefined) {
    const state = facts.isMember ? 'pending' : 'gone'
    return device.state === state ? device : { ...device, state, stateAtMs: nowMs }
  }
  let next = stateOf(device, facts, rollout, nowMs)
  let { offeredAtMs } = device
  // It ran it and does not any more: a snapshot that was restored, an older agent that came back. It is told again, with time to answer.
  if (device.state === 'confirmed' && (next.state === 'offered' || next.state === 'received' || next.state === 'verified' || next.reason === 'NO_ANSWER')) {
    next = { state: 'offered', reason: 'DRIFTED' }
    offeredAtMs = nowMs
  // It is back: it has time to answer from now on.
  } else if (device.state === 'offline' && (next.state === 'offered' || next.reason === 'NO_ANSWER')) {
    next = { state: 'offered' }
    offeredAtMs = nowMs
  } else if (device.reason === 'DRIFTED' && next.state === 'offered') next = { state: 'offered', reason: 'DRIFTED' }
  if (next.state === device.state && next.reason === device.reason) return device
  const { reason: _reason, ...rest } = device
  return { ...rest, state: next.state, stateAtMs: nowMs, offeredAtMs, ...(next.reason === undefined ? {} : { reason: next.reason }), ...(next.state === 'confirmed' && device.confirmedAtMs === undefined ? { confirmedAtMs: nowMs } : {}) }
}

export function tallyRing(ring: number, devices: readonly RolloutDevice[]): RingTally {
  const count = (...states: readonly RolloutDeviceState[]) => devices.filter((device) => device.ring === ring && device.offeredAtMs !== undefined && states.includes(device.state)).length
  return { confirmed: count('confirmed'), failed: count('rejected'), waiting: count('offered', 'received', 'verified', 'applied'), offline: count('offline') }
}

/** Gives everybody of the rings that were reached the revision; what they are like now is kept for comparison. */
function move(rollout: Rollout, devices: readonly RolloutDevice[], facts: StepInput['facts'], nowMs: number): readonly RolloutDevice[] {
  return devices.map((device) => {
    if (device.movedAtMs !== undefined || device.ring > rollout.ring || device.state === 'gone') return device
    const offered: RolloutDevice = { ...device, state: 'offered', stateAtMs: nowMs, movedAtMs: nowMs, offeredAtMs: nowMs, before: (facts.get(device.deviceId) ?? UNKNOWN).now }
    return lookAtDevice(offered, facts.get(device.deviceId) ?? UNKNOWN, rollout, nowMs)
  })
}

/** What a look at an active roll-out does: the rules first, then the ring, then the next one. */
function proceed(rollout: Rollout, devices: readonly RolloutDevice[], input: StepInput, events: RolloutEvent[]): { readonly rollout: Rollout; readonly devices: readonly RolloutDevice[]; readonly nextAtMs?: number } {
  const { nowMs, facts } = input
  const { plan } = rollout
  const last = ringsOf(plan).length - 1
  const halt = rollout.ring < 0 ? undefined : brokenRule(rollout, devices, input)
  if (halt !== undefined) {
    events.push({ kind: 'halted' })
    return { rollout: { ...rollout, state: 'halted', halt }, devices }
  }
  const isOpen = windowIsOpen(plan.windows, nowMs)
  // Whoever came into a ring that was reached already goes with it.
  const joined = isOpen && rollout.ring >= 0 ? move(rollout, devices, facts, nowMs) : devices
  if (rollout.ring >= 0) {
    const { confirmed, failed, waiting } = tallyRing(rollout.ring, joined)
    const reachable = confirmed + failed + waiting
    const isEmpty = !joined.some(({ ring, state }) => ring === rollout.ring && state !== 'gone')
    const patienceEnds = (rollout.ringAtMs ?? nowMs) + plan.silenceSecs * 1000
    // The last ring waits for nobody who is away: they get it when they return.
    // Somebody saw what stopped it and let it go on: nobody is waited for who has answered.
    const isLetGo = (rollout.judgedFromMs ?? 0) > (rollout.ringAtMs ?? 0) && reachable > 0 && waiting === 0
    const isReady = isEmpty || isLetGo || (confirmed > 0 && confirmed * 100 >= plan.confirmedPercent * reachable && (rollout.ring < last || waiting === 0)) || (rollout.ring === last && reachable === 0)
    if (!isReady) return { rollout: { ...without(rollout, 'readyAtMs') }, devices: joined, nextAtMs: Math.min(nowMs + WATCH_MS, reachable === 0 ? patienceEnds : Infinity) }
    const readyAtMs = rollout.readyAtMs ?? nowMs
    const soaked = readyAtMs + (isEmpty ? 0 : plan.soakSecs * 1000)
    if (soaked > nowMs) return { rollout: { ...rollout, readyAtMs }, devices: joined, nextAtMs: Math.min(soaked, nowMs + WATCH_MS) }
    if (rollout.ring === last) {
      events.push({ kind: 'completed' })
      return { rollout: { ...rollout, readyAtMs, state: 'completed', endedAtMs: nowMs }, devices: joined }
    }
    if (!isOpen) return { rollout: { ...rollout, readyAtMs }, devices: joined, nextAtMs: nowMs + WATCH_MS }
  } else if (input.isBlocked || !isOpen) return { rollout, devices, nextAtMs: nowMs + CLOSED_CHECK_MS }
  const next: Rollout = { ...without(rollout, 'readyAtMs'), ring: rollout.ring + 1, ringAtMs: nowMs, judgedFromMs: rollout.judgedFromMs ?? nowMs }
  events.push({ kind: 'ring' })
  return { rollout: next, devices: move(next, joined, facts, nowMs), nextAtMs: nowMs }
}

function without<K extends 'readyAtMs' | 'halt'>(rollout: Rollout, key: K): Omit<Rollout, K> & Rollout {
  const { [key]: _gone, ...rest } = rollout
  return rest as Omit<Rollout, K> & Rollout
}

const DECIDED: ReadonlySet<RolloutDeviceState> = new Set(['confirmed', 'rejected', 'offline', 'gone'])

/** One look. */
export function stepRollout(rollout: Rollout, input: StepInput): Step {
  const { nowMs, facts } = input
  const events: RolloutEvent[] = []
  let devices = input.devices.map((device) => lookAtDevice(device, facts.get(device.deviceId) ?? UNKNOWN, rollout, nowMs))
  let next = rollout
  let nextAtMs: number | undefined
  if (rollout.state === 'active') {
    const done = proceed(rollout, devices, input, events)
    next = done.rollout
    devices = [...done.devices]
    nextAtMs = done.nextAtMs
  } else if (rollout.state === 'rolling_back') {
    const open = devices.filter((device) => device.movedAtMs !== undefined && !DECIDED.has(device.state))
    if (open.length === 0) {
      events.push({ kind: 'rolled_back' })
      next = { ...rollout, state: 'rolled_back', endedAtMs: nowMs }
    } else nextAtMs = nowMs + WATCH_MS
  } else if (rollout.state === 'paused' || rollout.state === 'halted') nextAtMs = nowMs + CLOSED_CHECK_MS
  const before = new Map(input.devices.map((device) => [device.deviceId, device]))
  const changed = devices.filter((device) => before.get(device.deviceId) !== device)
  for (const { deviceId, state, reason = '' } of changed) {
    if (state === 'rejected') events.push({ kind: 'rejected', deviceId, reason })
    else if (reason === 'DRIFTED' && before.get(deviceId)?.reason !== 'DRIFTED') events.push({ kind: 'drifted', deviceId, reason })
  }
  const tell = changed.filter(({ deviceId, offeredAtMs }) => offeredAtMs !== undefined && offeredAtMs !== before.get(deviceId)?.offeredAtMs).map(({ deviceId }) => deviceId)
  return { rollout: next, changed, tell, events, ...(nextAtMs === undefined ? {} : { nextAtMs: Math.max(nowMs, nextAtMs) }) }
}

/** Taken back: exactly the devices that run something that is not the group's own are told, at once. */
export function takeBack(rollout: Rollout, devices: readonly RolloutDevice[], back: { readonly version: number; readonly hash: string }, nowMs: number): { readonly rollout: Rollout; readonly changed: readonly RolloutDevice[] } {
  const changed = devices.flatMap((device): readonly RolloutDevice[] => {
    if ((device.movedAtMs === undefined && device.carried !== true) || device.state === 'gone') return []
    const { reason: _reason, confirmedAtMs: _confirmed, ...rest } = device
    return [{ ...rest, state: 'offered', stateAtMs: nowMs, movedAtMs: device.movedAtMs ?? nowMs, offeredAtMs: nowMs }]
  })
  const { endedAtMs: _ended, ...rest } = rollout
  return { rollout: { ...rest, state: 'rolling_back', back: { ...back, atMs: nowMs } }, changed }
}
