import { ringsOf } from '../../domain/rollout/rings.ts'
import { DEVICE_STATES, type Rollout, type RolloutDevice } from '../../domain/rollout/rollout.ts'
import { haltWords } from '../../rollout/rollouts.ts'
import type { RolloutCount } from '../../store/rollouts.ts'
import { changesOf } from './document.ts'
import type { RolloutDetail, RolloutDeviceView, RolloutPlanView, RolloutView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

function countsOf(rows: readonly RolloutCount[]): RolloutView['counts'] {
  const counts = Object.fromEntries(DEVICE_STATES.map((state) => [state, 0])) as RolloutView['counts']
  for (const { state, devices } of rows) counts[state] += devices
  return counts
}
const total = (rows: readonly RolloutCount[]): number => rows.reduce((sum, { devices }) => sum + devices, 0)

export function presentRollout(rollout: Rollout, rows: readonly RolloutCount[], canRollBack: boolean): RolloutView {
  const { id, group, state, from, to, back, halt } = rollout
  return {
    id, group, state, createdAt: iso(rollout.createdAtMs), createdBy: rollout.by.name, ...(rollout.endedAtMs === undefined ? {} : { endedAt: iso(rollout.endedAtMs) }), from: { ...from }, to: { ...to },
    ...(back === undefined ? {} : { back: { version: back.version, hash: back.hash } }), ring: rollout.ring + 1, rings: ringsOf(rollout.plan).length, devices: total(rows), counts: countsOf(rows),
    ...(halt === undefined ? {} : { halt: { rule: halt.rule, at: iso(halt.atMs), ring: halt.ring + 1, observed: Math.round(halt.observed * 10) / 10, limit: Math.round(halt.limit * 10) / 10, deviceIds: [...halt.deviceIds], reason: haltWords(halt), ...(halt.note === undefined ? {} : { note: halt.note }) } }), canRollBack,
  }
}

export const presentPlan = (plan: Rollout['plan']): RolloutPlanView => ({
  ...plan, ringPercents: [...plan.ringPercents], firstDevices: [...plan.firstDevices], afterGroups: [...plan.afterGroups], windows: plan.windows.map((window) => ({ ...window, days: [...window.days] })), halt: { ...plan.halt },
})

/** Version and times differ in every revision; what it says is what counts. */
function contentOf(readable: string | undefined): unknown {
  if (readable === undefined) return {}
  const { version: _version, issuedAt: _issuedAt, expiresAt: _expiresAt, ...content } = JSON.parse(readable) as Readonly<Record<string, unknown>>
  return content
}

export function presentRolloutDetail(rollout: Rollout, rows: readonly RolloutCount[], canRollBack: boolean, readable: { readonly from?: string; readonly to?: string }): RolloutDetail {
  const { plan, ring, readyAtMs } = rollout
  return {
    ...presentRollout(rollout, rows, canRollBack), plan: presentPlan(plan),
    perRing: ringsOf(plan).map((percent, index) => {
      const own = rows.filter((row) => row.ring === index)
      return { ring: index + 1, percent, reached: index <= ring, devices: total(own), counts: countsOf(own) }
    }),
    ...(readyAtMs === undefined ? {} : { readyAt: iso(readyAtMs) }), ...(rollout.state === 'active' && readyAtMs !== undefined ? { nextRingAt: iso(readyAtMs + plan.soakSecs * 1000) } : {}),
    changes: [...changesOf(contentOf(readable.from), contentOf(readable.to))],
  }
}

const NEXT: Readonly<Record<RolloutDevice['state'], string>> = {
  pending: 'Waits for its ring.', offered: 'It is sent again with each heartbeat; without an answer it counts as failed.', received: 'The device has it; without running it, it counts as failed.', verified: 'The device believes it; without running it, it counts as failed.',
  applied: 'It runs, and a sensor that saw before is blind; if that stays it counts as failed.', confirmed: 'Nothing: its heartbeat proves that it runs.', rejected: 'Look the code up in the error reference, and at the log of the agent.', offline: 'It gets it when it returns.', gone: 'Nothing: it is not in the group any more.',
}
const NEXT_BY_REASON: Readonly<Record<string, string>> = {
  NO_ANSWER: 'It is there and does not run it: look at the log of the agent. It is still sent with each heartbeat.', SAFE_MODE: 'Its agent crashed and watches nothing: roll back, then restart it.', SENSOR_BLIND: 'Its sensors say what they need: see the device.', DRIFTED: 'It fell back to an earlier version: was it restored from a snapshot? It is sent again.',
}

export function presentRolloutDevice(device: RolloutDevice & { readonly hostname: string }, { plan }: Rollout): RolloutDeviceView {
  const { state, reason, offeredAtMs } = device
  const waits = state === 'offered' || state === 'received' || state === 'verified' || state === 'applied'
  return {
    deviceId: device.deviceId, hostname: device.hostname, ring: device.ring + 1, state, since: iso(device.stateAtMs), ...(reason === undefined ? {} : { reason }), ...(offeredAtMs === undefined ? {} : { offeredAt: iso(offeredAtMs) }), ...(device.confirmedAtMs === undefined ? {} : { confirmedAt: iso(device.confirmedAtMs) }),
    next: NEXT_BY_REASON[reason ?? ''] ?? NEXT[state], ...(waits && offeredAtMs !== undefined ? { nextAt: iso(offeredAtMs + plan.answerSecs * 1000) } : {}),
  }
}
