// Which ring a device belongs to. Its place is a hash of its id, so that it is the same in every roll-out and on every
// machine, and has nothing to do with when or by whom the device was enrolled.
import { createHash } from 'node:crypto'
import type { RolloutPlan } from './plan.ts'

const PLACES = 2 ** 48

/** From 0 up to, and without, 1. */
export const placeOf = (deviceId: string): number => createHash('sha256').update(deviceId).digest().readUIntBE(0, 6) / PLACES

export interface RingMember {
  readonly deviceId: string
  readonly hostname: string
}

const isFirst = ({ firstDevices }: RolloutPlan, { deviceId, hostname }: RingMember): boolean => firstDevices.includes(deviceId) || firstDevices.includes(hostname)

/** Per cent of each ring; a first ring of named devices has 0. */
export const ringsOf = (plan: RolloutPlan): readonly number[] => (plan.firstDevices.length === 0 ? plan.ringPercents : [0, ...plan.ringPercents])

/** The ring of a device that came while a roll-out runs. */
export function ringOfNewcomer(plan: RolloutPlan, member: RingMember): number {
  const rings = ringsOf(plan)
  if (isFirst(plan, member)) return 0
  const place = placeOf(member.deviceId) * 100
  const ring = rings.findIndex((percent) => place < percent)
  return ring === -1 ? rings.length - 1 : ring
}

/**
 * Shares the devices out, in the order of their places. A ring has at least one device as long as there are any left: in
 * a group of ten, one device goes first.
 *
 * @returns index of the ring by device id, into `ringsOf(plan)`
 */
export function shareOut(plan: RolloutPlan, members: readonly RingMember[]): ReadonlyMap<string, number> {
  const rings = ringsOf(plan)
  const shared = new Map<string, number>()
  for (const member of members) if (isFirst(plan, member)) shared.set(member.deviceId, 0)
  const others = members.filter(({ deviceId }) => !shared.has(deviceId)).map(({ deviceId }) => ({ deviceId, place: placeOf(deviceId) })).toSorted((a, b) => a.place - b.place || (a.deviceId < b.deviceId ? -1 : 1))
  let done = 0
  rings.forEach((percent, ring) => {
    if (percent === 0) return
    const until = ring === rings.length - 1 ? others.length : Math.min(others.length, Math.max(done + 1, Math.ceil((others.length * percent) / 100)))
    for (const { deviceId } of others.slice(done, until)) shared.set(deviceId, ring)
    done = Math.max(done, until)
  })
  return shared
}
