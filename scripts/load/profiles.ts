// What the devices of a load do: people of the organisation simulator, a build server, and a device on which much happens at once.
//
// The rates are chosen to be on the busy side of what an agent hands over, not measured: what counts is that they are the same
// in every run, and that steady and sudden work are both there.
import { createHand, type Happening, homeOf } from '../simulate/hand.ts'
import { type Country, countries, DAY_MS, isWorkday } from '../simulate/calendar.ts'
import { makePerson, type Person } from '../simulate/people.ts'
import { chance, type Chance } from '../simulate/random.ts'
import { meetFate, openDay, workOrdinarily } from '../simulate/working-day.ts'

/** After so many milliseconds these happen, all at once. */
export interface Turn {
  readonly waitMs: number
  readonly happenings: readonly Happening[]
}

export interface DeviceProfile {
  readonly summary: string
  /** Mean number of activities a minute. */
  readonly perMinute: number
  /** Endless. @param pace factor on the rate */
  turns(person: Person, random: Chance, pace: number): Generator<Turn>
}

const SIMULATED_DAYS = 180
const START_MS = Date.parse('2026-01-05T00:00:00Z')
/** A build touches so many files at a time. */
const BUILD_STEP = 40
/** An archive that is unpacked, and how many of its files come at a time. */
const STORM_FILES = 3000
const STORM_STEP = 150
const STORM_STEP_MS = 50
const STORM_EVERY_MINUTES = 5

/** Exponential: most gaps are short, a few are long. */
const gapMs = (random: Chance, perMinute: number): number => (-Math.log(1 - random.next()) * 60_000) / perMinute

/** One working day after the other, without nights between. */
function* workOf(person: Person, seed: number): Generator<Happening> {
  for (let day = 0; ; day = (day + 1) % SIMULATED_DAYS) {
    const dayMs = START_MS + day * DAY_MS
    if (!isWorkday(dayMs, person.country)) continue
    const out: Happening[] = []
    const opened = openDay(seed, person, day, dayMs, out)
    workOrdinarily(opened)
    meetFate(opened)
    yield* out.toSorted((a, b) => a.atMs - b.atMs)
  }
}

function* people(person: Person, random: Chance, perMinute: number): Generator<Turn> {
  for (const happening of workOf(person, person.index)) yield { waitMs: gapMs(random, perMinute), happenings: [happening] }
}

function filesAt(person: Person, random: Chance, count: number, folder: string): readonly Happening[] {
  const out: Happening[] = []
  const hand = createHand(person, out)
  for (let left = count; left > 0; left -= 1) {
    const file = { path: `${homeOf(person.account)}/${folder}/object-${random.between(1, 20_000)}.o`, sizeBytes: random.between(400, 200_000), fingerprint: `${random.hex()}${random.hex()}` }
    const what = random.next()
    if (what < 0.55) hand.change(0, file)
    else if (what < 0.9) hand.create(0, file)
    else hand.remove(0, file)
  }
  return out
}

function* builds(person: Person, random: Chance, pace: number): Generator<Turn> {
  for (;;) yield { waitMs: gapMs(random, (profiles.build.perMinute * pace) / BUILD_STEP), happenings: filesAt(person, random, BUILD_STEP, 'build') }
}

function* storms(person: Person, random: Chance, pace: number): Generator<Turn> {
  for (;;) {
    yield { waitMs: gapMs(random, pace / STORM_EVERY_MINUTES), happenings: [] }
    for (let left = STORM_FILES; left > 0; left -= STORM_STEP) yield { waitMs: STORM_STEP_MS, happenings: filesAt(person, random, STORM_STEP, 'Downloads/unpacked') }
  }
}

export const profiles = {
  office: { summary: 'somebody in an office: documents, downloads, printing, shares, now and then a stick', perMinute: 4, turns: (person, random, pace) => people(person, random, 4 * pace) },
  developer: { summary: 'somebody who writes programs: many small changes, build folders, transfers', perMinute: 20, turns: (person, random, pace) => people(person, random, 20 * pace) },
  build: { summary: 'a build server: files come and go by dozens, all day', perMinute: 600, turns: builds },
  storm: { summary: 'a device that rests, until thousands of files are unpacked within a second', perMinute: STORM_FILES / STORM_EVERY_MINUTES, turns: storms },
} as const satisfies Record<string, DeviceProfile>
export type ProfileName = keyof typeof profiles
export const PROFILE_NAMES = Object.keys(profiles) as readonly ProfileName[]

export type Mix = Readonly<Partial<Record<ProfileName, number>>>
export const MIXED: Mix = { office: 70, developer: 25, build: 3, storm: 2 }

/** `office`, or weights: `office=70,build=1`. @throws Error with a sentence for the person who typed it */
export function parseMix(text: string): Mix {
  if (text === 'mixed') return MIXED
  return Object.fromEntries(text.split(',').map((part) => {
    const [name = '', weight = '1'] = part.split('=')
    const known = PROFILE_NAMES.find((each) => each === name)
    if (known === undefined || !/^\d{1,6}$/.test(weight)) throw new Error(`--profile takes mixed, ${PROFILE_NAMES.join(', ')}, or weights such as office=70,build=1`)
    return [known, Number(weight)]
  }))
}

/** Which profile device number `index` of `devices` has: the shares of the mix, spread evenly over the numbers. */
export function profileOf(index: number, mix: Mix): ProfileName {
  const rows = PROFILE_NAMES.flatMap((name) => ((mix[name] ?? 0) > 0 ? [{ name, weight: mix[name] ?? 0 }] : []))
  const total = rows.reduce((sum, { weight }) => sum + weight, 0)
  // Steps by the golden ratio fall evenly into every interval, whatever the number of devices.
  let rest = ((index * 0.618_033_988_749_895) % 1) * total
  for (const { name, weight } of rows) {
    rest -= weight
    if (rest < 0) return name
  }
  return rows.at(-1)?.name ?? 'office'
}

/** Activities a second of so many devices. */
export const expectedPerSec = (devices: number, mix: Mix, pace: number): number => {
  let sum = 0
  for (let index = 0; index < devices; index += 1) sum += profiles[profileOf(index, mix)].perMinute
  return (sum * pace) / 60
}

const HERE: Country = countries[0] as Country

/** Who works on device number `index`: of the departments that suit the profile, never on leave. */
export function personOf(seed: number, index: number, profile: ProfileName): Person {
  const person = makePerson(seed, index, SIMULATED_DAYS, profile === 'developer' ? 'developer' : 'office', false)
  return { ...person, country: HERE, firstDay: 0, lastDay: SIMULATED_DAYS, vacation: [] }
}

/** The turns of device number `index`; the same seed gives the same ones. */
export const turnsOf = (seed: number, index: number, profile: ProfileName, pace: number): Generator<Turn> => profiles[profile].turns(personOf(seed, index, profile), chance(seed, 40, index), pace)
