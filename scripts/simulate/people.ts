// The people: who they are, when they work, and what becomes of them. All of it follows from the seed.
import { chance, type Chance } from './random.ts'
import { type Country, countries, HOUR_MS } from './calendar.ts'
import { type Department, departments, type Profile, type Role, roles } from './roles.ts'

/** What makes an innocent person look less so. */
export const BENIGN_FATES = [
  'leaver_unchanged', 'leaver_hand_over', 'stressed_unchanged', 'new_hire', 'laptop_offline', 'backup_to_disk', 'one_off_stick', 'project_hand_over', 'photo_day', 'protection_off_once', 'night_owl', 'print_run', 'clean_up_day', 'cloud_move',
] as const
export type BenignFate = (typeof BENIGN_FATES)[number]

/** Share of the people to whom each happens in half a year; more or fewer days scale it. */
const FATE_SHARES: Readonly<Record<BenignFate, number>> = {
  leaver_unchanged: 0.03, leaver_hand_over: 0.015, stressed_unchanged: 0.03, new_hire: 0.05, laptop_offline: 0.03, backup_to_disk: 0.006, one_off_stick: 0.06, project_hand_over: 0.02, photo_day: 0.01, protection_off_once: 0.03, night_owl: 0.02, print_run: 0.02,
  clean_up_day: 0.03, cloud_move: 0.02,
}

export interface Person {
  readonly index: number
  readonly account: string
  readonly accountId: string
  readonly name: string
  readonly email: string
  readonly department: Department
  readonly role: Role
  readonly title: string
  /** 1 staff, 2 team lead, 3 head of department, 4 management. */
  readonly jobLevel: number
  readonly manager?: string
  readonly country: Country
  readonly groups: readonly string[]
  /** Handles what the organisation must not lose. */
  readonly priority: boolean
  readonly devices: readonly string[]
  /** Local time of day at which work begins, and how long it lasts. */
  readonly startMs: number
  readonly lengthMs: number
  /** Own factor on each habit, by a short key. */
  readonly habit: (key: string) => number
  readonly usesStick: boolean
  readonly usesCloud: boolean
  /** Days of the simulation on which the person works there: from the first to before the last. */
  readonly firstDay: number
  readonly lastDay: number
  readonly vacation: readonly (readonly [number, number])[]
  readonly fate?: BenignFate
  /** The day on which it happens or begins. */
  readonly fateDay: number
}

const FIRST = ['Ada', 'Ben', 'Carla', 'Dilek', 'Emil', 'Fatima', 'Georg', 'Hanna', 'Ivan', 'Jana', 'Karim', 'Lena', 'Milan', 'Nora', 'Omar', 'Petra', 'Quentin', 'Rosa', 'Samir', 'Tanja', 'Ugo', 'Vera', 'Wim', 'Yara']
const LAST = ['Adler', 'Brandt', 'Costa', 'Dietz', 'Ebert', 'Fuchs', 'Gruber', 'Haas', 'Iyer', 'Jansen', 'Kaya', 'Lorenz', 'Meyer', 'Novak', 'Otto', 'Patel', 'Quandt', 'Rossi', 'Schulz', 'Tran', 'Ulrich', 'Vogel', 'Weber', 'Young', 'Zeller']

function chosen<T extends { readonly share: number }>(random: Chance, rows: readonly T[]): T {
  let rest = random.next() * rows.reduce((sum, row) => sum + row.share, 0)
  for (const row of rows) {
    rest -= row.share
    if (rest < 0) return row
  }
  return rows.at(-1) as T
}

/** A number from a text, for a stream of its own. */
const numberOf = (text: string): number => Buffer.from(text).reduce((sum, byte) => (Math.imul(sum, 31) + byte) >>> 0, 7)

export const accountOf = (index: number): string => `u${String(index).padStart(5, '0')}`

function fateOf(random: Chance, days: number): BenignFate | undefined {
  const scale = days / 182
  let rest = random.next()
  for (const fate of BENIGN_FATES) {
    rest -= FATE_SHARES[fate] * scale
    if (rest < 0) return fate
  }
  return undefined
}

/** One person; the same seed and index give the same one, whatever the size of the organisation. */
export function makePerson(seed: number, index: number, days: number, profile: Profile, insider: boolean): Person {
  const random = chance(seed, 1, index)
  const department = chosen(random, departments.map((row) => ({ ...row, row, share: row.share[profile] }))).row
  const lead = random.happens(0.1)
  const head = lead && random.happens(0.2)
  const account = accountOf(index)
  const name = `${random.pick(FIRST)} ${random.pick(LAST)}`
  const country = chosen(random, countries)
  const fate = insider ? undefined : fateOf(chance(seed, 2, index), days)
  const fateRandom = chance(seed, 3, index)
  const fateDay = Math.floor(days * (0.25 + 0.6 * fateRandom.next()))
  const role: Role = lead ? (department.role === 'developer' || department.role === 'admin' ? department.role : 'lead') : department.role
  const habits = roles[role]
  const priority = head || (department.name === 'Research' && random.happens(0.3)) || (department.name === 'Finance' && random.happens(0.15)) || random.happens(0.02)
  const week = (): readonly [number, number] => {
    const from = Math.floor(random.next() * days)
    return [from, from + random.pick([4, 5, 11, 14])]
  }
  return {
    index, account, accountId: String(1000 + index), name, email: `${account}@example.com`, department, role, title: head ? `Head of ${department.name}` : lead ? `Team lead ${department.name}` : random.pick(department.titles),
    jobLevel: head ? 3 : lead ? 2 : 1, country, groups: [department.name.toLowerCase(), ...(priority ? ['key-people'] : [])], priority,
    devices: random.happens(0.1) ? [`lt-${account}`, `ws-${account}`] : [`lt-${account}`],
    startMs: (7 + 2.5 * random.next()) * HOUR_MS, lengthMs: (8 + 1.5 * random.next()) * HOUR_MS,
    habit: (key) => chance(seed, 4, index, numberOf(key)).factor(0.45),
    usesStick: random.happens(habits.stickUsers), usesCloud: random.happens(0.6),
    firstDay: fate === 'new_hire' ? fateDay : 0,
    lastDay: fate === 'leaver_unchanged' || fate === 'leaver_hand_over' ? fateDay + fateRandom.between(10, 30) : days,
    vacation: Array.from({ length: Math.max(1, Math.round(days / 90)) }, week),
    ...(fate === undefined ? {} : { fate }), fateDay,
  }
}

/** Team leads and heads as managers: the next one of the same department at or after the person, else the next above. */
export function withManagers(people: readonly Person[]): readonly Person[] {
  const managerOf = (person: Person): string | undefined => {
    for (let step = 1; step < people.length; step += 1) {
      const other = people[(person.index + step) % people.length]
      if (other !== undefined && other.department.name === person.department.name && other.jobLevel > person.jobLevel) return other.account
    }
    return undefined
  }
  return people.map((person) => {
    const manager = managerOf(person)
    return manager === undefined ? person : { ...person, manager }
  })
}
