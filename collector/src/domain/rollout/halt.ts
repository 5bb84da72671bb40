// What stops a roll-out by itself. Rules look at devices that moved, and compare each with what it was like before.
import type { Halt, HaltRule, Rollout, RolloutDevice } from './rollout.ts'
import type { DeviceFacts, StepInput } from './step.ts'

export interface RingTally {
  readonly confirmed: number
  readonly failed: number
  readonly waiting: number
  readonly offline: number
}

/** Fewer alerts than this say nothing. */
const LEAST_ALERTS = 5
const SAMPLE = 10

interface Watched {
  readonly device: RolloutDevice
  readonly facts: DeviceFacts
}

/** Rules over single devices: what is wrong with one. */
const deviceRules: readonly { readonly rule: HaltRule; readonly limit: (rollout: Rollout) => number; readonly isBroken: (watched: Watched, rollout: Rollout) => boolean }[] = [
  // Refusals first: they say most clearly what is wrong.
  { rule: 'failed', limit: ({ plan }) => plan.halt.failedPercent, isBroken: ({ device }) => device.state === 'rejected' },
  { rule: 'restarts', limit: ({ plan }) => plan.halt.restartPercent, isBroken: ({ device: { before }, facts: { now } }) => before !== undefined && (now.restarts > before.restarts || (now.safeMode && !before.safeMode)) },
  { rule: 'loss', limit: ({ plan }) => plan.halt.lossPercent, isBroken: ({ device: { before }, facts: { now } }) => before !== undefined && (now.lost > before.lost || now.unexplained > before.unexplained) },
  { rule: 'cpu', limit: ({ plan }) => plan.halt.cpuPercent, isBroken: ({ device: { before }, facts: { now } }, { cpuLimitMillis }) => before !== undefined && now.cpuMillis > cpuLimitMillis && before.cpuMillis <= cpuLimitMillis },
]

/** The first rule that is broken. Shares are of the devices of the ring that can be reached, or of all that moved, whichever is worse. */
export function brokenRule(rollout: Rollout, devices: readonly RolloutDevice[], { facts, alerts, nowMs }: StepInput): Halt | undefined {
  const { plan, ring, judgedFromMs = 0 } = rollout
  const halt = (rule: HaltRule, observed: number, limit: number, deviceIds: readonly string[]): Halt => ({ rule, atMs: nowMs, ring, observed, limit, deviceIds: deviceIds.slice(0, SAMPLE) })
  const watched = devices.flatMap((device): readonly Watched[] => {
    const known = facts.get(device.deviceId)
    return device.movedAtMs === undefined || known === undefined || device.state === 'offline' || device.state === 'gone' ? [] : [{ device, facts: known }]
  })
  const ofRing = watched.filter(({ device }) => device.ring === ring)
  for (const { rule, limit, isBroken } of deviceRules) {
    // What somebody has seen and let go on does not stop it again.
    const isNew = (one: Watched): boolean => isBroken(one, rollout) && (one.device.movedAtMs ?? 0) >= judgedFromMs
    for (const among of [ofRing, watched.filter(({ device }) => (device.movedAtMs ?? 0) >= judgedFromMs)]) {
      const broken = among.filter(isNew)
      const observed = among.length === 0 ? 0 : (broken.length * 100) / among.length
      if (broken.length > 0 && observed > limit(rollout)) return halt(rule, observed, limit(rollout), broken.map(({ device }) => device.deviceId))
    }
  }
  if (plan.halt.alertFactor > 0 && alerts.since >= LEAST_ALERTS && alerts.since > alerts.usual * plan.halt.alertFactor) return halt('alerts', alerts.since, alerts.usual * plan.halt.alertFactor, [])
  const waitedMs = nowMs - Math.max(rollout.ringAtMs ?? nowMs, judgedFromMs)
  const waiting = ofRing.filter(({ device }) => device.state !== 'confirmed' && device.state !== 'rejected').length
  const offline = devices.filter((device) => device.ring === ring && device.state === 'offline').map(({ deviceId }) => deviceId)
  const confirmed = ofRing.filter(({ device }) => device.state === 'confirmed').length
  // Waiting for ever would be no answer either: each ring ends, one way or the other.
  if (ofRing.length === 0 && offline.length > 0 && !isLast(rollout) && waitedMs >= plan.silenceSecs * 1000) return halt('silence', Math.round(waitedMs / 1000), plan.silenceSecs, offline)
  if (ofRing.length > 0 && waiting === 0 && confirmed * 100 < plan.confirmedPercent * ofRing.length && (judgedFromMs <= (rollout.ringAtMs ?? 0))) return halt('unconfirmed', (confirmed * 100) / ofRing.length, plan.confirmedPercent, ofRing.filter(({ device }) => device.state === 'rejected').map(({ device }) => device.deviceId))
  return undefined
}

const isLast = ({ ring, plan }: Rollout): boolean => ring >= plan.ringPercents.length - (plan.firstDevices.length === 0 ? 1 : 0)
