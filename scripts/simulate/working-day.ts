// An ordinary working day, by the habits of the role and of the person.
import { DAY_MS, HOUR_MS, MINUTE_MS } from './calendar.ts'
import { someThing, someThings, thing } from './files.ts'
import { createHand, type Hand, type Happening, homeOf } from './hand.ts'
import type { Person } from './people.ts'
import { chance, type Chance } from './random.ts'
import { roles } from './roles.ts'

export interface PersonDay {
  readonly person: Person
  /** Day of the simulation, from 0. */
  readonly day: number
  /** UTC midnight of that date. */
  readonly dayMs: number
  readonly random: Chance
  readonly hand: Hand
  /** When work begins that day, as a UTC time. */
  readonly fromMs: number
  readonly untilMs: number
  /** Some moment of the working day. */
  readonly moment: () => number
}

export function openDay(seed: number, person: Person, day: number, dayMs: number, out: Happening[]): PersonDay {
  const random = chance(seed, 10, person.index, day)
  const fromMs = Math.floor(dayMs - person.country.offsetMs + person.startMs + (random.next() - 0.5) * HOUR_MS)
  const untilMs = Math.floor(fromMs + person.lengthMs)
  return { person, day, dayMs, random, hand: createHand(person, out), fromMs, untilMs, moment: () => Math.floor(fromMs + random.next() * (untilMs - fromMs)) }
}

export const INTERNAL = 'intranet.example.com'
const SITES = [INTERNAL, INTERNAL, INTERNAL, 'docs.example.com', 'supplier.example.net', 'vendor.example.org']
const PACKAGES = ['libreoffice-calc', 'vlc', 'gimp', 'postgresql-client', 'python3-venv', 'htop', 'jq', 'inkscape', 'docker-ce', 'golang', 'maven', 'zoom']
const SETTINGS = ['ssh.permit-root-login', 'kernel.sysrq', 'screen.lock-delay', 'privilege.sudoers', 'updates.unattended', 'persistence.systemd', 'persistence.cron']
const PROTECTIONS = ['firewall.ufw', 'antivirus.clamav', 'mac.apparmor', 'audit.auditd']

/** Somebody switches protection off, does something, and switches it on again. */
export function protectionPause({ hand, random, moment }: PersonDay, features = 1): void {
  const at = moment()
  for (let index = 0; index < features; index += 1) {
    const feature = PROTECTIONS[(random.between(0, 3) + index) % 4] ?? 'firewall.ufw'
    hand.feature(at + index * 1000, feature, 'enabled', 'disabled')
    hand.feature(at + random.between(5, 40) * MINUTE_MS + index * 1000, feature, 'disabled', 'enabled')
  }
}

export function stickDay(day: PersonDay, files: number): void {
  const { hand, random, person, moment } = day
  const at = moment()
  hand.mount(at)
  for (const [index, item] of someThings(person, random, day.day, files).entries()) hand.copy(at + (20 + 4 * index) * 1000, item, 'removable')
}

const FOLDER_OF_BUILD = 'src/app/build'

function developerWork({ hand, random, person, moment }: PersonDay): void {
  // A build folder is emptied now and then: many files go at once.
  if (!random.happens(0.06)) return
  const at = moment()
  const objects = random.between(40, 160)
  for (let index = 0; index < objects; index += 1) hand.remove(at + index * 40, { path: `${homeOf(person.account)}/${FOLDER_OF_BUILD}/object-${index}.o`, sizeBytes: 0, fingerprint: random.hex() })
}

function handleFiles(day: PersonDay): void {
  const { person, random, hand, moment } = day
  const habits = roles[person.role]
  const busy = random.factor(0.4)
  const times = (key: string, mean: number): number => (mean === 0 ? 0 : random.count(mean * person.habit(key) * busy))
  const some = () => someThing(person, random, day.day)
  for (let left = times('change', habits.change); left > 0; left -= 1) hand.change(moment(), some())
  for (let left = times('create', habits.create); left > 0; left -= 1) hand.create(moment(), some())
  for (let left = times('remove', habits.remove); left > 0; left -= 1) hand.remove(moment(), some())
  for (let left = times('rename', habits.rename); left > 0; left -= 1) {
    const item = some()
    hand.rename(moment(), item, random.happens(0.06) ? item.path.replace(/\.\w+$/, '.bak') : item.path.replace(/-(\d+)\./, '-final-$1.'))
  }
  for (let left = times('download', habits.download); left > 0; left -= 1) {
    const got = { ...thing(person, random.between(1_000_000, 9_000_000)), path: `${homeOf(person.account)}/Downloads/file-${random.between(1, 100_000)}.pdf` }
    const at = moment()
    hand.download(at, got, random.pick(SITES))
    // One in twenty goes on to a colleague by the share.
    if (random.happens(0.05)) hand.copy(at + random.between(2, 90) * MINUTE_MS, got, 'network_share', { folder: person.department.name.toLowerCase() })
  }
  for (let left = times('print', habits.print); left > 0; left -= 1) hand.print(moment(), `document-${random.between(1, 9999)}.pdf`, random.between(1, 12))
  for (let left = times('share', habits.share); left > 0; left -= 1) hand.copy(moment(), some(), 'network_share', { folder: person.department.name.toLowerCase() })
  if (person.usesCloud) for (let left = times('cloud', habits.cloud); left > 0; left -= 1) hand.copy(moment(), some(), 'cloud_sync')
  for (let left = times('transfer', habits.transfer); left > 0; left -= 1) hand.transfer(moment(), some(), random.pick(['scp', 'curl', 'rsync']), 'build.example.com')
}

function handleSystem(day: PersonDay): void {
  const { person, random, hand, moment } = day
  const habits = roles[person.role]
  if (random.happens(habits.archiveDays * person.habit('archive'))) for (let left = random.between(1, 3); left > 0; left -= 1) hand.archive(moment(), { ...someThing(person, random, day.day), path: `${homeOf(person.account)}/Documents/pack-${random.between(1, 999)}.zip` }, someThings(person, random, day.day, 5), false)
  if (random.happens(habits.installDays)) for (let left = random.between(1, person.role === 'admin' ? 12 : 3); left > 0; left -= 1) hand.install(moment(), random.pick(PACKAGES))
  if (random.happens(habits.settingDays)) for (let left = random.between(1, 2); left > 0; left -= 1) hand.feature(moment(), random.pick(SETTINGS), 'enabled', random.pick(['weakened', 'disabled']))
  if (random.happens(habits.protectionDays)) protectionPause(day)
  if (random.happens(0.04)) hand.update(moment(), random.pick(PACKAGES))
}

function openRecords({ person, random, hand, moment, day }: PersonDay): void {
  // Patients of the own ward: the same few dozen come again and again.
  const opened = random.count(roles.clinic.records * person.habit('records') * random.factor(0.25))
  for (let left = opened; left > 0; left -= 1) {
    // Employees are treated in their own hospital, and an emergency opens what is restricted.
    const relation = random.happens(0.001) ? random.pick(['co_worker', 'restricted']) : undefined
    hand.record(moment(), { patient: `p-${person.index % 12}-${random.between(0, 30) + Math.floor(day / 3)}`, ...(relation === undefined ? {} : { relation }) })
  }
}

/** What a person does on an ordinary day. */
export function workOrdinarily(day: PersonDay): void {
  const { person, random, hand, fromMs, untilMs } = day
  const habits = roles[person.role]
  hand.session(fromMs - 60_000, untilMs + 60_000)
  handleFiles(day)
  handleSystem(day)
  if (person.role === 'developer') developerWork(day)
  if (person.role === 'clinic') openRecords(day)
  if (person.usesStick && random.happens(Math.min(0.95, habits.stickDays * person.habit('stick-days')))) stickDay(day, Math.max(1, random.count(habits.stickFiles * person.habit('stick-files') * random.factor(0.3))))
  if (random.happens(habits.eveningDays * person.habit('evening'))) {
    const at = untilMs + random.between(2, 4) * HOUR_MS
    hand.session(at, at + HOUR_MS)
    for (let left = random.between(2, 8); left > 0; left -= 1) hand.change(at + random.between(0, 50) * MINUTE_MS, someThing(person, random, day.day))
  }
}

/** What happens once to a benign person on or around the day of the fate. */
export function meetFate(day: PersonDay): void {
  const { person, random, hand, moment } = day
  const since = day.day - person.fateDay
  switch (person.fate) {
    case 'leaver_hand_over':
      // In the last ten days the work goes to the team's share, where it belongs.
      if (day.day >= person.lastDay - 10 && random.happens(0.4)) {
        const at = moment()
        for (const [index, item] of someThings(person, random, day.day, random.between(20, 80)).entries()) hand.copy(at + index * 900, item, 'network_share', { folder: `${person.department.name.toLowerCase()}/hand-over` })
      }
      break
    case 'project_hand_over':
      if (since >= 0 && since < 3) {
        const at = moment()
        for (const [index, item] of someThings(person, random, day.day, random.between(40, 120)).entries()) hand.copy(at + index * 900, item, 'network_share', { folder: 'projects/hand-over' })
        hand.archive(at + 200_000, { ...thing(person, 999_000 + since), path: `${homeOf(person.account)}/Documents/hand-over.zip` }, someThings(person, random, day.day, 30), false)
      }
      break
    case 'backup_to_disk':
      // Every Friday, for years: a disk in the drawer.
      if (new Date(day.dayMs).getUTCDay() === 5) stickDay(day, random.between(60, 120))
      break
    case 'one_off_stick': if (since === 0) stickDay(day, random.between(2, 14)); break
    case 'photo_day': if (since >= 0 && since < 2) stickDay(day, random.between(15, 60)); break
    case 'protection_off_once': if (since === 0) protectionPause(day); break
    case 'print_run':
      if (since === 0) for (let left = random.between(20, 60); left > 0; left -= 1) hand.print(moment(), `handout-${left}.pdf`, random.between(2, 20))
      break
    case 'clean_up_day':
      if (since === 0) for (const item of someThings(person, random, day.day, random.between(80, 300))) hand.remove(moment(), item)
      break
    case 'cloud_move':
      if (since === 0 && person.usesCloud) for (const item of someThings(person, random, day.day, random.between(10, 60))) hand.copy(moment(), item, 'cloud_sync')
      break
    case 'night_owl':
      if (since >= 0 && since < 20) {
        const at = day.fromMs + 14 * HOUR_MS
        hand.session(at, at + 2 * HOUR_MS)
        for (let left = random.between(5, 15); left > 0; left -= 1) hand.change(at + random.between(0, 110) * MINUTE_MS, someThing(person, random, day.day))
      }
      break
    case 'leaver_unchanged':
    case 'stressed_unchanged':
    case 'new_hire':
    case 'laptop_offline':
    case undefined:
  }
}

/** First and last day of the week in which the laptop sends nothing; what happened arrives after it. */
export const offlineDays = (person: Person): readonly [number, number] | undefined => (person.fate === 'laptop_offline' ? [person.fateDay, person.fateDay + 7] : undefined)

export const dayMsOf = (startMs: number, day: number): number => startMs + day * DAY_MS
