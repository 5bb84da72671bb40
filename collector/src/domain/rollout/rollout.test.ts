import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultPlan, planProblems, type RolloutPlan, windowIsOpen } from './plan.ts'
import { placeOf, ringOfNewcomer, ringsOf, shareOut } from './rings.ts'
import type { Baseline, Rollout, RolloutDevice } from './rollout.ts'
import { type DeviceFacts, type Step, stepRollout, takeBack } from './step.ts'

const START_MS = Date.UTC(2026, 5, 1)
const FROM = { version: 1, hash: 'a'.repeat(64) }
const TO = { version: 2, hash: 'b'.repeat(64) }
const BACK = { version: 3, hash: 'c'.repeat(64) }
const calm: Baseline = { cpuMillis: 10, restarts: 0, lost: 0, unexplained: 0, blind: 0, safeMode: false }
const plan: RolloutPlan = { ...defaultPlan, soakSecs: 60, answerSecs: 120, halt: { ...defaultPlan.halt } }
const idOf = (index: number): string => `d_${index}`

const rolloutOf = (over: Partial<Rollout> = {}): Rollout => ({ id: 'ro_1', group: 'default', state: 'active', plan, createdAtMs: START_MS, by: { id: 'a', name: 'a' }, ring: -1, from: FROM, to: TO, cpuLimitMillis: 250, offlineAfterMs: 90_000, ...over })
const factsOf = (over: Partial<DeviceFacts> = {}): DeviceFacts => ({ isMember: true, lastSeenAtMs: START_MS, runningVersion: FROM.version, runningHash: FROM.hash, refusedVersion: 0, refusedReason: '', receivedVersion: 0, verifiedVersion: 0, now: calm, ...over })

/** Devices that answer, or do not, over a clock that the test moves. */
class Fleet {
  rollout: Rollout
  devices: ReadonlyMap<string, RolloutDevice>
  readonly facts = new Map<string, DeviceFacts>()
  nowMs = START_MS
  alerts = { since: 0, usual: 0 }
  isBlocked = false

  constructor(count: number, over: Partial<RolloutPlan> = {}) {
    const members = Array.from({ length: count }, (_, index) => ({ deviceId: idOf(index), hostname: `ws-${index}` }))
    this.rollout = rolloutOf({ plan: { ...plan, ...over } })
    const rings = shareOut(this.rollout.plan, members)
    this.devices = new Map(members.map(({ deviceId }) => [deviceId, { deviceId, ring: rings.get(deviceId) ?? -1, state: 'pending', stateAtMs: START_MS }]))
    for (const { deviceId } of members) this.facts.set(deviceId, factsOf())
  }

  keep(changed: readonly RolloutDevice[]): void {
    this.devices = new Map([...this.devices, ...changed.map((device) => [device.deviceId, device] as const)])
  }

  look(): Step {
    const step = stepRollout(this.rollout, { nowMs: this.nowMs, devices: [...this.devices.values()], facts: this.facts, isBlocked: this.isBlocked, alerts: this.alerts })
    this.rollout = step.rollout
    this.keep(step.changed)
    return step
  }

  /** The device's next heartbeat. */
  hear(deviceId: string, over: Partial<DeviceFacts> = {}): void {
    this.facts.set(deviceId, { ...(this.facts.get(deviceId) ?? factsOf()), lastSeenAtMs: this.nowMs, ...over })
  }

  moved = (): readonly RolloutDevice[] => [...this.devices.values()].filter(({ movedAtMs }) => movedAtMs !== undefined)

  /** Everybody is heard; those that moved run it, but for some. */
  answer(fails: (deviceId: string) => boolean = () => false): void {
    const target = this.rollout.back ?? this.rollout.to
    for (const device of this.devices.values()) {
      const told = device.offeredAtMs !== undefined
      this.hear(device.deviceId, !told ? {} : fails(device.deviceId) ? { refusedVersion: target.version, refusedReason: 'POLICY_INVALID' } : { runningVersion: target.version, runningHash: target.hash })
    }
  }

  /** Until nothing moves any more at this time. */
  settle(fails?: (deviceId: string) => boolean): void {
    for (let turn = 0; turn < 12; turn += 1) {
      this.answer(fails)
      if (this.look().changed.length === 0) return
    }
  }
}

describe('places of devices', () => {
  it('are the same on every machine, and spread evenly', () => {
    expect(placeOf('d_1').toFixed(6)).toBe('0.524903')
    const places = Array.from({ length: 2000 }, (_, index) => placeOf(idOf(index)))
    for (const tenth of Array.from({ length: 10 }, (_, index) => index / 10)) expect(places.filter((place) => place >= tenth && place < tenth + 0.1).length).toBeGreaterThan(140)
  })

  it('share a group out so that each ring has what the plan says, and at least one device', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), (count) => {
      const rings = [...shareOut(defaultPlan, Array.from({ length: count }, (_, index) => ({ deviceId: idOf(index), hostname: '' }))).values()]
      expect(rings).toHaveLength(count)
      defaultPlan.ringPercents.forEach((percent, ring) => {
        const until = rings.filter((one) => one <= ring).length
        expect(until).toBeGreaterThanOrEqual(Math.min(count, Math.ceil((count * percent) / 100)))
        expect(until).toBeLessThanOrEqual(Math.min(count, Math.max(ring + 1, Math.ceil((count * percent) / 100))))
      })
    }))
  })

  it('do not depend on the order in which devices are listed', () => {
    const members = Array.from({ length: 50 }, (_, index) => ({ deviceId: idOf(index), hostname: '' }))
    fc.assert(fc.property(fc.shuffledSubarray(members, { minLength: 50 }), (shuffled) => {
      expect(Object.fromEntries(shareOut(defaultPlan, shuffled))).toEqual(Object.fromEntries(shareOut(defaultPlan, members)))
    }))
  })

  it('let named devices go before everybody else, by id or by name', () => {
    const named = { ...defaultPlan, firstDevices: ['d_7', 'ws-9'] }
    const rings = shareOut(named, Array.from({ length: 30 }, (_, index) => ({ deviceId: idOf(index), hostname: `ws-${index}` })))
    expect([...rings].filter(([, ring]) => ring === 0).map(([id]) => id).toSorted()).toEqual(['d_7', 'd_9'])
    expect(ringsOf(named)).toEqual([0, 1, 10, 50, 100])
    expect(ringOfNewcomer(named, { deviceId: 'd_99', hostname: 'ws-9' })).toBe(0)
    expect(ringOfNewcomer(named, { deviceId: 'd_99', hostname: 'ws-99' })).toBeGreaterThan(0)
  })
})

describe('a plan', () => {
  it('that could not end, or has a window that is none, is refused with every problem', () => {
    expect(planProblems(defaultPlan)).toEqual([])
    expect(planProblems({ ...defaultPlan, ringPercents: [10, 10, 90], windows: [{ days: [7], from: '9', to: '25:00', zone: 'Mars/Base' }] }).map(({ pointer }) => pointer)).toEqual(['/ringPercents/1', '/ringPercents', '/windows/0/from', '/windows/0/to', '/windows/0/days', '/windows/0/zone'])
  })

  it('with a window over midnight is open in that time zone, through summer time', () => {
    const nights = [{ days: [1], from: '22:00', to: '05:00', zone: 'Europe/Berlin' }]
    expect(windowIsOpen([], 0)).toBe(true)
    for (const [at, open] of [['2026-06-01T19:59Z', false], ['2026-06-01T20:00Z', true], ['2026-06-02T02:59Z', true], ['2026-06-02T03:00Z', false], ['2026-06-02T20:30Z', false], ['2026-12-07T20:30Z', false], ['2026-12-07T21:00Z', true]] as const) expect([at, windowIsOpen(nights, Date.parse(at))]).toEqual([at, open])
  })
})

describe('a roll-out that goes well', () => {
  it('reaches everybody ring by ring, each watched for its time, and ends by itself', () => {
    const fleet = new Fleet(200)
    const sizes: number[] = []
    for (let minute = 0; minute < 20 && fleet.rollout.state === 'active'; minute += 1) {
      fleet.settle()
      sizes.push(fleet.moved().length)
      fleet.nowMs += 30_000
    }
    expect([...new Set(sizes)]).toEqual([2, 20, 100, 200])
    expect(sizes.filter((size) => size === 2)).toHaveLength(2)
    expect(fleet.rollout).toMatchObject({ state: 'completed', ring: 3 })
  })

  it('waits for its window, and for the groups that come first', () => {
    const fleet = new Fleet(10, { windows: [{ days: [0, 1, 2, 3, 4, 5, 6], from: '01:00', to: '02:00', zone: 'UTC' }] })
    fleet.settle()
    expect(fleet.moved()).toEqual([])
    fleet.nowMs += 3_600_000
    fleet.isBlocked = true
    fleet.settle()
    expect(fleet.moved()).toEqual([])
    fleet.isBlocked = false
    fleet.settle()
    expect(fleet.moved()).toHaveLength(1)
  })

  it('does not wait for devices that are away, and gives it to them when they return', () => {
    const fleet = new Fleet(4, { ringPercents: [100], soakSecs: 0 })
    fleet.hear('d_1', { lastSeenAtMs: START_MS - 86_400_000 })
    const away = fleet.facts.get('d_1') ?? factsOf()
    fleet.look()
    for (let turn = 0; turn < 3; turn += 1) {
      fleet.answer()
      fleet.facts.set('d_1', away)
      fleet.look()
    }
    expect(fleet.rollout.state).toBe('completed')
    expect(fleet.devices.get('d_1')?.state).toBe('offline')
    fleet.nowMs += 3_600_000
    fleet.hear('d_1')
    expect(fleet.look().tell).toEqual(['d_1'])
    expect(fleet.devices.get('d_1')).toMatchObject({ state: 'offered' })
    fleet.hear('d_1', { runningVersion: TO.version, runningHash: TO.hash })
    fleet.look()
    expect(fleet.devices.get('d_1')?.state).toBe('confirmed')
  })

  it('takes a stricter policy that was made after it for a proof', () => {
    const fleet = new Fleet(1, { ringPercents: [100], soakSecs: 0 })
    fleet.look()
    const own = { version: 5, hash: 'd'.repeat(64) }
    fleet.hear('d_0', { own, runningVersion: 5, runningHash: own.hash })
    fleet.look()
    expect(fleet.devices.get('d_0')?.state).toBe('confirmed')
  })
})

describe('what stops a roll-out', () => {
  const ringOne = (over: Partial<RolloutPlan> = {}): Fleet => {
    const fleet = new Fleet(2000, over)
    fleet.look()
    expect(fleet.moved()).toHaveLength(20)
    return fleet
  }
  const haltsBy = (fleet: Fleet) => {
    fleet.look()
    expect(fleet.rollout.state).toBe('halted')
    const before = fleet.moved().length
    fleet.nowMs += 7 * 86_400_000
    fleet.answer()
    fleet.look()
    expect(fleet.moved()).toHaveLength(before)
    return fleet.rollout.halt
  }
  const first = (fleet: Fleet) => fleet.moved()[0]?.deviceId ?? ''

  it('is one refusal among twenty, before the second ring', () => {
    const fleet = ringOne()
    const bad = first(fleet)
    fleet.answer((id) => id === bad)
    expect(haltsBy(fleet)).toMatchObject({ rule: 'failed', observed: 5, limit: 2, ring: 0, deviceIds: [bad] })
  })

  it('is a device that speaks and does not take it in time', () => {
    const fleet = ringOne()
    const bad = first(fleet)
    fleet.nowMs += 121_000
    fleet.answer()
    fleet.hear(bad, { runningVersion: FROM.version, runningHash: FROM.hash })
    fleet.look()
    expect(fleet.devices.get(bad)).toMatchObject({ state: 'rejected', reason: 'NO_ANSWER' })
    expect(haltsBy(fleet)).toMatchObject({ rule: 'failed', deviceIds: [bad] })
  })

  it.each([
    ['cpu', { cpuMillis: 900 }], ['loss', { lost: 4 }], ['loss', { unexplained: 2 }], ['restarts', { restarts: 3 }],
  ] as const)('is %s of devices that moved, against what they were like before', (rule, over) => {
    const fleet = ringOne({ halt: { ...defaultPlan.halt, cpuPercent: 4 } })
    fleet.answer()
    fleet.hear(first(fleet), { now: { ...calm, ...over } })
    expect(haltsBy(fleet)?.rule).toBe(rule)
  })

  it('is safe mode, which counts as refused', () => {
    const fleet = ringOne()
    fleet.answer()
    fleet.hear(first(fleet), { runningVersion: 0, runningHash: '', now: { ...calm, safeMode: true } })
    haltsBy(fleet)
    expect(fleet.devices.get(first(fleet))).toMatchObject({ state: 'rejected', reason: 'SAFE_MODE' })
  })

  it('is a sensor that became blind and stays so', () => {
    const fleet = ringOne()
    fleet.answer()
    fleet.hear(first(fleet), { now: { ...calm, blind: 1 } })
    fleet.look()
    expect(fleet.rollout.state).toBe('active')
    fleet.nowMs += 121_000
    fleet.answer()
    expect(haltsBy(fleet)?.rule).toBe('failed')
  })

  it('is a flood of alerts', () => {
    const fleet = ringOne()
    fleet.answer()
    fleet.alerts = { since: 40, usual: 2 }
    expect(haltsBy(fleet)).toMatchObject({ rule: 'alerts', observed: 40, limit: 6 })
  })

  it('is a ring of which nobody is heard', () => {
    const fleet = ringOne()
    fleet.nowMs += 86_400_001
    expect(haltsBy(fleet)?.rule).toBe('silence')
  })

  it('is not what devices were like before', () => {
    const fleet = new Fleet(2000)
    for (const id of fleet.devices.keys()) fleet.hear(id, { now: { ...calm, lost: 9, restarts: 3, cpuMillis: 400, blind: 2 } })
    fleet.settle()
    expect(fleet.rollout.state).toBe('active')
    fleet.nowMs += 61_000
    fleet.settle()
    expect(fleet.moved()).toHaveLength(200)
  })

  it('does not stop it twice once somebody let it go on', () => {
    const fleet = ringOne()
    const bad = first(fleet)
    const fails = (id: string) => id === bad
    fleet.answer(fails)
    fleet.look()
    fleet.nowMs += 1000
    fleet.rollout = { ...fleet.rollout, state: 'active', judgedFromMs: fleet.nowMs }
    for (let turn = 0; turn < 40 && fleet.rollout.state === 'active'; turn += 1) {
      fleet.settle(fails)
      fleet.nowMs += 30_000
    }
    expect(fleet.rollout.state).toBe('completed')
    expect(fleet.devices.get(bad)?.state).toBe('rejected')
  })
})

describe('a device that falls back to an earlier version', () => {
  it('is found, told again, and confirmed when it runs it', () => {
    const fleet = new Fleet(3, { ringPercents: [100] })
    fleet.settle()
    fleet.nowMs += 600_000
    fleet.answer()
    fleet.hear('d_1', { runningVersion: FROM.version, runningHash: FROM.hash })
    const step = fleet.look()
    expect(step.tell).toEqual(['d_1'])
    expect(step.events).toContainEqual({ kind: 'drifted', deviceId: 'd_1', reason: 'DRIFTED' })
    expect(fleet.look().events).toEqual([])
    fleet.settle()
    expect(fleet.devices.get('d_1')).toMatchObject({ state: 'confirmed' })
    expect(fleet.devices.get('d_1')?.reason).toBeUndefined()
  })
})

describe('whatever devices do', () => {
  type Act = { readonly device: number; readonly does: 'runs' | 'refuses' | 'silent' | 'falls back' | 'safe mode' | 'leaves' | 'pause' | 'resume'; readonly afterSecs: number }
  const acts: fc.Arbitrary<readonly Act[]> = fc.array(fc.record({ device: fc.nat(39), does: fc.constantFrom('runs', 'refuses', 'silent', 'falls back', 'safe mode', 'leaves', 'pause', 'resume'), afterSecs: fc.nat(400) }), { maxLength: 60 })
  const doAct = (fleet: Fleet, { device, does, afterSecs }: Act): void => {
    const id = idOf(device)
    const told = fleet.devices.get(id)?.offeredAtMs !== undefined
    fleet.nowMs += afterSecs * 1000
    if (does === 'pause' && fleet.rollout.state === 'active') fleet.rollout = { ...fleet.rollout, state: 'paused' }
    else if (does === 'resume' && (fleet.rollout.state === 'paused' || fleet.rollout.state === 'halted')) fleet.rollout = { ...fleet.rollout, state: 'active', judgedFromMs: fleet.nowMs }
    else if (does === 'leaves') fleet.hear(id, { isMember: false })
    else if (does === 'safe mode') fleet.hear(id, { runningHash: '', now: { ...calm, safeMode: true } })
    else if (does === 'falls back') fleet.hear(id, { runningVersion: FROM.version, runningHash: FROM.hash })
    else if (does === 'refuses' && told) fleet.hear(id, { refusedVersion: TO.version, refusedReason: 'POLICY_INVALID' })
    else if (does === 'runs' && told) fleet.hear(id, { runningVersion: TO.version, runningHash: TO.hash, now: calm })
  }
  const few = { ringPercents: [5, 25, 60, 100], soakSecs: 60 }

  it('no device moves before its ring, rings begin in order, and one that stands still moves nobody', () => {
    fc.assert(fc.property(acts, (list) => {
      const fleet = new Fleet(40, few)
      for (const act of list) {
        doAct(fleet, act)
        const [stoodStill, before, ring] = [fleet.rollout.state !== 'active', fleet.moved().length, fleet.rollout.ring]
        fleet.look()
        expect(stoodStill ? fleet.moved().length : before).toBe(before)
        expect(fleet.rollout.ring - ring).toBeLessThanOrEqual(1)
        for (const device of fleet.moved()) expect(device.ring).toBeLessThanOrEqual(fleet.rollout.ring)
      }
    }), { numRuns: 300 })
  })

  it('a look that is repeated changes nothing more than time would', () => {
    fc.assert(fc.property(acts, (list) => {
      const fleet = new Fleet(40, few)
      for (const act of list) {
        doAct(fleet, act)
        fleet.look()
        // A ring without a device that could wait passes at once; each look takes one step.
        for (let turn = 0; turn < 6; turn += 1) fleet.look()
        const again = fleet.look()
        expect(again.changed).toEqual([])
        expect(again.events).toEqual([])
      }
    }), { numRuns: 100 })
  })

  it('taking it back reaches exactly those that moved and are still there, and ends by itself', () => {
    fc.assert(fc.property(acts, (list) => {
      const fleet = new Fleet(40, few)
      for (const act of list) {
        doAct(fleet, act)
        fleet.look()
      }
      const expected = fleet.moved().filter(({ state }) => state !== 'gone').map(({ deviceId }) => deviceId)
      const back = takeBack(fleet.rollout, [...fleet.devices.values()], BACK, fleet.nowMs)
      fleet.rollout = back.rollout
      fleet.keep(back.changed)
      expect(back.changed.map(({ deviceId }) => deviceId).toSorted()).toEqual(expected.toSorted())
      const moved = fleet.moved().length
      for (let minute = 0; minute < 6; minute += 1) {
        fleet.look()
        fleet.nowMs += 60_000
      }
      expect(fleet.rollout.state).toBe('rolled_back')
      expect(fleet.moved()).toHaveLength(moved)
    }), { numRuns: 200 })
  })
})
