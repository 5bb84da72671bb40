// How a change of what a group's devices watch is rolled out: rings, pace, windows, and what makes it stop.

/** A part of the week in which devices may be given something new; it may end on the day after. */
export interface MaintenanceWindow {
  /** 0 Sunday to 6 Saturday: days on which it begins. */
  readonly days: readonly number[]
  /** `HH:MM` in the time zone. */
  readonly from: string
  /** `HH:MM`; at or before `from`: on the next day. */
  readonly to: string
  /** IANA name, such as `Europe/Berlin`. */
  readonly zone: string
}

/** What may not happen on devices that moved; shares are per cent of those that were heard of since. */
export interface HaltLimits {
  /** Refused it, could not apply it, or did not say that they run it in time. */
  readonly failedPercent: number
  /** Use more of the processor than the group allows, and did not before. */
  readonly cpuPercent: number
  /** Lost activities, or have numbers missing without a reason, and did not before. */
  readonly lossPercent: number
  /** Had to be started again, or went into safe mode. */
  readonly restartPercent: number
  /** Times as many alerts a device and hour as in the day before. 0: alerts are not looked at. */
  readonly alertFactor: number
}

export interface RolloutPlan {
  /** Per cent of the group's devices that run it after each ring; rising, the last is 100. */
  readonly ringPercents: readonly number[]
  /** Ids or names of devices that go before everybody else, as a ring of their own. */
  readonly firstDevices: readonly string[]
  /** Groups whose roll-outs must be over before this one begins. */
  readonly afterGroups: readonly string[]
  /** A ring that is well is watched for so long before the next one begins. */
  readonly soakSecs: number
  /** Of a ring's devices that can be reached, so many must run it before the next one begins. */
  readonly confirmedPercent: number
  /** A device that is there and does not run it after so long has failed. */
  readonly answerSecs: number
  /** A ring of which nobody was heard for so long stops the roll-out. */
  readonly silenceSecs: number
  /** None: at any time. */
  readonly windows: readonly MaintenanceWindow[]
  readonly halt: HaltLimits
  /** What happens to the devices that moved when a rule stops it. */
  readonly onHalt: 'hold' | 'roll_back'
}

/** Source of the rings: what fleets of 40,000 devices do by moving them between groups by hand. */
export const defaultPlan: RolloutPlan = {
  ringPercents: [1, 10, 50, 100], firstDevices: [], afterGroups: [], soakSecs: 1800, confirmedPercent: 95, answerSecs: 120, silenceSecs: 86_400, windows: [],
  halt: { failedPercent: 2, cpuPercent: 5, lossPercent: 2, restartPercent: 2, alertFactor: 3 }, onHalt: 'hold',
}

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/
const minutesOf = (text: string): number => {
  const [, hours = '0', minutes = '0'] = TIME.exec(text) ?? []
  return Number(hours) * 60 + Number(minutes)
}

const zoneIsKnown = (zone: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }) instanceof Intl.DateTimeFormat
  } catch {
    // RangeError: no such zone.
    return false
  }
}

/** What is wrong with a plan that has the right form. @returns pointer and words of each problem */
export function planProblems(plan: RolloutPlan): readonly { readonly pointer: string; readonly detail: string }[] {
  const problems: { pointer: string; detail: string }[] = []
  plan.ringPercents.forEach((percent, index) => {
    if (percent <= (plan.ringPercents[index - 1] ?? 0)) problems.push({ pointer: `/ringPercents/${index}`, detail: 'must be more than the ring before it' })
  })
  if (plan.ringPercents.at(-1) !== 100) problems.push({ pointer: '/ringPercents', detail: 'must end with 100: a roll-out reaches everybody' })
  plan.windows.forEach(({ from, to, zone, days }, index) => {
    if (!TIME.test(from)) problems.push({ pointer: `/windows/${index}/from`, detail: 'must be a time such as 22:00' })
    if (!TIME.test(to)) problems.push({ pointer: `/windows/${index}/to`, detail: 'must be a time such as 05:30' })
    if (days.length === 0 || days.some((day) => !Number.isInteger(day) || day < 0 || day > 6)) problems.push({ pointer: `/windows/${index}/days`, detail: 'must name days from 0 (Sunday) to 6' })
    if (!zoneIsKnown(zone)) problems.push({ pointer: `/windows/${index}/zone`, detail: 'is no time zone; write it as Europe/Berlin' })
  })
  return problems
}

const DAY_NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** Whether devices may be given something new at this time. */
export function windowIsOpen(windows: readonly MaintenanceWindow[], atMs: number): boolean {
  if (windows.length === 0) return true
  return windows.some(({ days, from, to, zone }) => {
    const parts = new Map(new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(atMs).map(({ type, value }) => [type, value]))
    const day = DAY_NAMES.indexOf(parts.get('weekday') ?? '')
    const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'))
    const [begin, end] = [minutesOf(from), minutesOf(to)]
    if (begin < end) return days.includes(day) && minute >= begin && minute < end
    return (days.includes(day) && minute >= begin) || (days.includes((day + 6) % 7) && minute < end)
  })
}
