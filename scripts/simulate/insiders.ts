// The labelled insiders: one row a kind, with what is known of them beforehand and what they do.
//
// Each plan is a list of bad days; between them the person works like everybody else. Amounts, hours and pauses vary
// with the person's own stream, from clumsy to careful.
import { HOUR_MS, MINUTE_MS } from './calendar.ts'
import { someThings } from './files.ts'
import { homeOf, type Thing } from './hand.ts'
import type { Person } from './people.ts'
import { type Chance } from './random.ts'
import type { Role } from './roles.ts'
import type { PersonDay } from './working-day.ts'

export type HrKind = 'resignation' | 'last_working_day' | 'account_deleted' | 'poor_review' | 'improvement_plan' | 'level_change'

export interface HrEvent {
  readonly kind: HrKind
  /** Day of the simulation; may lie behind its end. */
  readonly day: number
}

/** What an insider does, by day of the simulation. */
export interface Plan {
  readonly hr: readonly HrEvent[]
  readonly badDays: ReadonlyMap<number, (day: PersonDay) => void>
}

export interface InsiderKind {
  readonly summary: string
  /** Who can be one. */
  readonly suits: (person: Person) => boolean
  /** Templates that are made for it. */
  readonly templates: readonly string[]
  /** @param last the last day of the simulation that may be used */
  readonly plan: (person: Person, random: Chance, last: number) => Plan
}

/** A moment at which nobody looks, or one in the middle of the day. */
const quietMoment = (day: PersonDay): number => (day.random.happens(0.45) ? day.untilMs + day.random.between(1, 5) * HOUR_MS : day.moment())
const loot = (day: PersonDay, count: number): readonly Thing[] => someThings(day.person, day.random, day.day, count, 0.3)

function carryOut(day: PersonDay, atMs: number, things: readonly Thing[], paceMs = 3000): number {
  day.hand.mount(atMs)
  for (const [index, item] of things.entries()) day.hand.copy(atMs + 15_000 + index * paceMs, item, 'removable')
  return atMs + 15_000 + things.length * paceMs
}

function pack(day: PersonDay, atMs: number, things: readonly Thing[], encrypted: boolean): Thing {
  const archive = { path: `${homeOf(day.person.account)}/Documents/${day.random.pick(['backup', 'private', 'photos', 'misc'])}.zip`, sizeBytes: things.reduce((sum, item) => sum + item.sizeBytes, 0), fingerprint: `${day.random.hex()}${day.random.hex()}` }
  day.hand.archive(atMs, archive, things, encrypted)
  return archive
}

const days = (entries: readonly (readonly [number, (day: PersonDay) => void])[]): Plan['badDays'] => new Map(entries)
const anyone = (): boolean => true
const notOf = (...roles: readonly Role[]) => (person: Person): boolean => !roles.includes(person.role)
/** A day in the later part, so that there is a past to compare with. */
const someDay = (random: Chance, last: number): number => Math.floor(last * (0.35 + 0.5 * random.next()))

export const insiderKinds = {
  departing_thief: {
    summary: 'Resigns, gathers and packs what was worked on, and carries it out on a stick.', suits: notOf('laboratory'), templates: ['data_theft_by_departing_users', 'data_leaks'],
    plan(_person, random, last) {
      const resigned = someDay(random, last - 14)
      const first = resigned + random.between(-10, 8)
      const files = random.between(40, 500)
      const entries = Array.from({ length: random.between(1, 3) }, (_, turn) => [first + turn * random.between(1, 3), (day: PersonDay) => {
        const at = quietMoment(day)
        const things = loot(day, Math.ceil(files / 2))
        for (const [index, item] of things.entries()) day.hand.download(at - HOUR_MS + index * 1000, item, 'intranet.example.com')
        const archive = day.random.happens(0.6) ? pack(day, at, things, day.random.happens(0.4)) : undefined
        carryOut(day, at + 5 * MINUTE_MS, archive === undefined || day.random.happens(0.4) ? things : [archive, ...things.slice(0, 12)])
      }] as const)
      return { hr: [{ kind: 'resignation', day: resigned }, { kind: 'last_working_day', day: resigned + random.between(14, 30) }], badDays: days(entries) }
    },
  },
  slow_drip: {
    summary: 'Carries out a few files a day for weeks, always below every threshold, and resigns later.', suits: (person) => !person.usesStick && notOf('laboratory', 'design')(person), templates: ['data_leaks', 'data_theft_by_departing_users'],
    plan(_person, random, last) {
      const first = Math.floor(last * (0.35 + 0.15 * random.next()))
      const length = Math.min(random.between(30, 60), last - first - 8)
      const perDay = random.between(5, 9)
      const entries = Array.from({ length }, (_, index) => [first + index, (day: PersonDay) => {
        carryOut(day, quietMoment(day), loot(day, day.random.between(Math.max(3, perDay - 2), perDay)))
      }] as const).filter(() => random.happens(0.75))
      return { hr: random.happens(0.7) ? [{ kind: 'resignation', day: first + length - random.between(0, 10) }] : [], badDays: days(entries) }
    },
  },
  saboteur: {
    summary: 'After a poor review deletes the work of the team, part of it hidden or renamed before.', suits: anyone, templates: ['data_leaks_by_risky_users', 'security_policy_violations_by_risky_users'],
    plan(_person, random, last) {
      const review = someDay(random, last - 12)
      const entries = Array.from({ length: random.between(1, 2) }, (_, turn) => [review + random.between(1, 12) + turn, (day: PersonDay) => {
        const at = quietMoment(day)
        day.hand.feature(at - 10 * MINUTE_MS, 'logging.rsyslog', 'enabled', 'disabled')
        if (day.random.happens(0.5)) day.hand.install(at - 5 * MINUTE_MS, day.random.pick(['wipe', 'bleachbit', 'secure-delete']))
        const things = loot(day, random.between(300, 1500))
        if (day.random.happens(0.5)) carryOut(day, at - 40 * MINUTE_MS, things.slice(0, day.random.between(15, 60)))
        for (const [index, item] of things.entries()) day.hand.remove(at + index * 150, item)
      }] as const)
      return { hr: [{ kind: random.happens(0.5) ? 'poor_review' : 'improvement_plan', day: review }], badDays: days(entries) }
    },
  },
  security_evader: {
    summary: 'Switches firewall, antivirus or audit off, copies, and switches them on again.', suits: notOf('admin'), templates: ['data_leaks', 'security_policy_violations'],
    plan(_person, random, last) {
      const first = someDay(random, last)
      const entries = Array.from({ length: random.between(1, 3) }, (_, turn) => [first + turn * 2, (day: PersonDay) => {
        const at = quietMoment(day)
        const features = ['firewall.ufw', 'antivirus.clamav', 'audit.auditd'].slice(0, day.random.between(1, 3))
        for (const feature of features) day.hand.feature(at, feature, 'enabled', 'disabled')
        const end = carryOut(day, at + 5 * MINUTE_MS, loot(day, day.random.between(15, 120)))
        for (const feature of features) day.hand.feature(end + 5 * MINUTE_MS, feature, 'disabled', 'enabled')
      }] as const)
      return { hr: [], badDays: days(entries) }
    },
  },
  cloud_uploader: {
    summary: 'Sends files to a private cloud, by its folder or by a transfer tool.', suits: anyone, templates: ['data_leaks'],
    plan(_person, random, last) {
      const first = someDay(random, last)
      const tool = random.pick(['rclone', 'megacmd', 'firefox', ''])
      const entries = Array.from({ length: random.between(1, 4) }, (_, turn) => [first + turn * random.between(1, 4), (day: PersonDay) => {
        const at = quietMoment(day)
        if (turn === 0 && (tool === 'rclone' || tool === 'megacmd')) day.hand.install(at - 30 * MINUTE_MS, tool)
        for (const [index, item] of loot(day, day.random.between(30, 250)).entries()) {
          if (tool === '') day.hand.copy(at + index * 2000, item, 'cloud_sync', { folder: 'private' })
          else day.hand.transfer(at + index * 2000, item, tool, 'mega.example.org')
        }
      }] as const)
      return { hr: [], badDays: days(entries) }
    },
  },
  tampering_admin: {
    summary: 'An administrator who blinds the agent and the audit log and takes what the rights allow.', suits: (person) => person.role === 'admin', templates: ['security_policy_violations', 'data_leaks'],
    plan(_person, random, last) {
      const first = someDay(random, last)
      const entries = Array.from({ length: random.between(1, 2) }, (_, turn) => [first + turn * 3, (day: PersonDay) => {
        const at = quietMoment(day)
        day.hand.tamper(at, 'policy', 'file changed')
        day.hand.feature(at + MINUTE_MS, 'audit.auditd', 'enabled', 'disabled')
        day.hand.feature(at + 2 * MINUTE_MS, 'logging.journald', 'enabled', 'weakened')
        if (day.random.happens(0.6)) day.hand.install(at + 3 * MINUTE_MS, day.random.pick(['nmap', 'hydra', 'tor', 'chisel']))
        for (const [index, item] of loot(day, day.random.between(30, 150)).entries()) day.hand.transfer(at + 10 * MINUTE_MS + index * 1500, item, 'scp', '203.0.113.9')
      }] as const)
      return { hr: [], badDays: days(entries) }
    },
  },
  patient_snoop: {
    summary: 'Opens records of family, neighbours, co-workers or people of interest.', suits: (person) => person.role === 'clinic', templates: ['patient_data_misuse'],
    plan(_person, random, last) {
      const first = someDay(random, last - 5)
      const relation = random.pick(['family', 'neighbour', 'co_worker', 'restricted'] as const)
      const entries = Array.from({ length: random.between(2, 6) }, (_, turn) => [first + turn * random.between(1, 3), (day: PersonDay) => {
        const at = quietMoment(day)
        for (let left = day.random.between(3, 15); left > 0; left -= 1) day.hand.record(at + left * MINUTE_MS, { patient: `p-x-${day.random.between(1, 400)}`, relation, ...(relation === 'restricted' ? { restrictedReason: 'vip' } : {}) })
      }] as const)
      return { hr: [], badDays: days(entries) }
    },
  },
  hider: {
    summary: 'Renames and hides files so that their kind no longer shows, carries them out, and deletes the traces.', suits: notOf('laboratory'), templates: ['data_leaks'],
    plan(_person, random, last) {
      const first = someDay(random, last)
      const entries = Array.from({ length: random.between(1, 2) }, (_, turn) => [first + turn, (day: PersonDay) => {
        const at = quietMoment(day)
        const hidden = loot(day, day.random.between(15, 80)).map((item, index) => {
          const renamed = day.hand.rename(at + index * 1000, item, item.path.replace(/\.\w+$/, day.random.pick(['.jpg', '.mp3', '.dat'])))
          return day.random.happens(0.3) ? day.hand.hide(at + index * 1000 + 500, renamed) : renamed
        })
        const end = carryOut(day, at + 10 * MINUTE_MS, hidden)
        for (const [index, item] of hidden.entries()) day.hand.remove(end + 2 * MINUTE_MS + index * 200, item)
      }] as const)
      return { hr: [], badDays: days(entries) }
    },
  },
  taken_over: {
    summary: 'The account is in strange hands: remote sessions at night, remote access software, gathering, sending out.', suits: notOf('admin'), templates: ['security_policy_violations', 'data_leaks'],
    plan(_person, random, last) {
      const first = someDay(random, last)
      const entries = Array.from({ length: random.between(2, 4) }, (_, turn) => [first + turn, (day: PersonDay) => {
        const at = day.untilMs + day.random.between(5, 9) * HOUR_MS
        day.hand.session(at - 10 * MINUTE_MS, at + 3 * HOUR_MS, '198.51.100.7')
        if (turn === 0) {
          day.hand.feature(at, 'antivirus.clamav', 'enabled', 'disabled')
          day.hand.install(at + MINUTE_MS, day.random.pick(['anydesk', 'ngrok', 'meshagent']))
        }
        const things = loot(day, day.random.between(20, 200))
        day.hand.stage(at + 20 * MINUTE_MS, `${homeOf(day.person.account)}/.cache/x`, things.length, 1e8)
        const archive = pack(day, at + 25 * MINUTE_MS, things, true)
        day.hand.transfer(at + 30 * MINUTE_MS, archive, 'curl', '198.51.100.7')
        for (const [index, item] of things.slice(0, 40).entries()) day.hand.transfer(at + 31 * MINUTE_MS + index * 1000, item, 'curl', '198.51.100.7')
      }] as const)
      return { hr: [], badDays: days(entries) }
    },
  },
  key_person: {
    summary: 'One who handles what must not be lost prints and copies it before an offer from elsewhere is accepted.', suits: (person) => person.priority && person.role !== 'laboratory', templates: ['data_leaks_by_priority_users', 'data_leaks'],
    plan(_person, random, last) {
      const first = someDay(random, last)
      const entries = Array.from({ length: random.between(1, 3) }, (_, turn) => [first + turn * 3, (day: PersonDay) => {
        const at = quietMoment(day)
        carryOut(day, at, someThings(day.person, day.random, day.day, day.random.between(12, 60), 0.7))
        for (let left = day.random.between(10, 80); left > 0; left -= 1) day.hand.print(at + left * 20_000, `confidential-${left}.pdf`, day.random.between(2, 30))
      }] as const)
      return { hr: [], badDays: days(entries) }
    },
  },
  leaver_unprotecting: {
    summary: 'In the weeks before leaving makes the device unsafe and installs what is not wanted.', suits: notOf('admin'), templates: ['security_policy_violations_by_departing_users', 'security_policy_violations'],
    plan(_person, random, last) {
      const resigned = someDay(random, last - 12)
      const entries = Array.from({ length: random.between(2, 4) }, (_, turn) => [resigned + 1 + turn * random.between(1, 3), (day: PersonDay) => {
        const at = quietMoment(day)
        day.hand.feature(at, day.random.pick(['firewall.ufw', 'antivirus.clamav', 'mac.apparmor']), 'enabled', 'disabled')
        day.hand.install(at + 5 * MINUTE_MS, day.random.pick(['anydesk', 'tor', 'bleachbit', 'rustdesk']))
      }] as const)
      return { hr: [{ kind: 'resignation', day: resigned }, { kind: 'last_working_day', day: resigned + 14 }], badDays: days(entries) }
    },
  },
} as const satisfies Record<string, InsiderKind>

export type InsiderKindId = keyof typeof insiderKinds
export const INSIDER_KINDS = Object.keys(insiderKinds) as readonly InsiderKindId[]
