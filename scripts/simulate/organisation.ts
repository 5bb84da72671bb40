// A whole organisation from a seed: people, what the personnel office knows, labelled insiders, and every day's activities.
//
// Nothing is kept but the people and the activities of laptops that are offline: a year and a half of a thousand people
// runs through in bounded memory. The same options give the same bytes.
import { type Happening } from './hand.ts'
import { DAY_MS, isWorkday } from './calendar.ts'
import { INSIDER_KINDS, type HrKind, type InsiderKind, type InsiderKindId, insiderKinds, type Plan } from './insiders.ts'
import { makePerson, type Person, withManagers } from './people.ts'
import { chance } from './random.ts'
import type { Profile } from './roles.ts'
import { meetFate, offlineDays, openDay, workOrdinarily } from './working-day.ts'

export interface OrganisationOptions {
  readonly seed: number
  readonly users: number
  readonly days: number
  readonly insiders: number
  /** UTC midnight of the first day. */
  readonly startMs: number
  readonly profile: Profile
}

export interface SimulatedActivity extends Happening {
  readonly device: string
  readonly seq: number
  /** Part of what an insider is labelled for. */
  readonly bad: boolean
}

/** What one person's devices send on one day, in order of time. */
export interface SentDay {
  readonly person: Person
  /** Day on which it arrives; later than it happened where the laptop was offline. */
  readonly day: number
  readonly activities: readonly SimulatedActivity[]
}

export interface Insider {
  readonly person: Person
  readonly kind: InsiderKindId
  readonly plan: Plan
}

export interface SimulatedHrEvent {
  readonly account: string
  readonly kind: HrKind
  readonly atMs: number
  readonly note: string
}

export interface Organisation {
  readonly options: OrganisationOptions
  readonly people: readonly Person[]
  readonly insiders: ReadonlyMap<string, Insider>
  readonly hr: readonly SimulatedHrEvent[]
  /** Everything that arrives, day by day. Can be walked once. */
  days(): Generator<SentDay>
}

/** Bad acts fall on days on which the person works; two on one day become two days. */
function onWorkdays(plan: Plan, person: Person, { startMs, days }: OrganisationOptions): Plan {
  const badDays = new Map<number, (typeof plan.badDays extends ReadonlyMap<number, infer Act> ? Act : never)>()
  for (const [day, act] of [...plan.badDays].toSorted((a, b) => a[0] - b[0])) {
    let moved = Math.max(0, day)
    while (moved < days - 1 && (badDays.has(moved) || !isWorkday(startMs + moved * DAY_MS, person.country))) moved += 1
    if (moved < days && !badDays.has(moved)) badDays.set(moved, act)
  }
  return { ...plan, badDays }
}

function chooseInsiders(options: OrganisationOptions): Map<string, Insider> {
  const { seed, users, insiders, days, profile } = options
  const random = chance(seed, 20)
  const chosen = new Map<string, Insider>()
  const taken = new Set<number>()
  for (let turn = 0; chosen.size < insiders && turn < insiders * 4; turn += 1) {
    const kind = INSIDER_KINDS[turn % INSIDER_KINDS.length] as InsiderKindId
    const row: InsiderKind = insiderKinds[kind]
    // Who suits is looked for from a chance place on; in a small organisation nobody may.
    const from = random.between(0, users - 1)
    for (let step = 0; step < users; step += 1) {
      const index = (from + step) % users
      if (taken.has(index)) continue
      const person = makePerson(seed, index, days, profile, true)
      if (!row.suits(person)) continue
      taken.add(index)
      chosen.set(person.account, { person, kind, plan: onWorkdays(row.plan(person, chance(seed, 21, index), days - 1), person, options) })
      break
    }
  }
  return chosen
}

function personnelEvents({ seed, startMs, days }: OrganisationOptions, people: readonly Person[], insiders: ReadonlyMap<string, Insider>): readonly SimulatedHrEvent[] {
  const events: SimulatedHrEvent[] = []
  const add = (account: string, kind: HrKind, day: number, note = '') => void events.push({ account, kind, atMs: startMs + day * DAY_MS, note })
  for (const person of people) {
    const random = chance(seed, 30, person.index)
    for (const { kind, day } of insiders.get(person.account)?.plan.hr ?? []) add(person.account, kind, day)
    if (person.fate === 'leaver_unchanged' || person.fate === 'leaver_hand_over') {
      add(person.account, 'resignation', person.fateDay)
      add(person.account, 'last_working_day', person.lastDay)
    }
    if (person.fate === 'stressed_unchanged') add(person.account, random.pick(['poor_review', 'improvement_plan', 'level_change']), person.fateDay)
  }
  // The office knows of nothing that is still to be announced: a resignation after the end has not happened.
  return events.filter((event) => event.kind === 'last_working_day' || event.atMs < startMs + days * DAY_MS).toSorted((a, b) => a.atMs - b.atMs || (a.account < b.account ? -1 : 1))
}

const onVacation = (person: Person, day: number): boolean => person.vacation.some(([from, to]) => day >= from && day < to)

/** The organisation of these options. */
export function makeOrganisation(options: OrganisationOptions): Organisation {
  const { seed, users, days, startMs, profile } = options
  const insiders = chooseInsiders(options)
  const accounts = new Set([...insiders.values()].map(({ person }) => person.index))
  const leaves = (person: Person): Person => {
    const last = insiders.get(person.account)?.plan.hr.find((event) => event.kind === 'last_working_day')
    return last === undefined ? person : { ...person, lastDay: last.day }
  }
  const people = withManagers(Array.from({ length: users }, (_, index) => leaves(makePerson(seed, index, days, profile, accounts.has(index)))))

  function happeningsOf(person: Person, day: number): readonly (Happening & { readonly bad: boolean })[] {
    const act = insiders.get(person.account)?.plan.badDays.get(day)
    const dayMs = startMs + day * DAY_MS
    const employed = day >= person.firstDay && day <= person.lastDay
    const works = isWorkday(dayMs, person.country) && employed && (act !== undefined || !onVacation(person, day))
    if (!works && (act === undefined || !employed)) return []
    const out: Happening[] = []
    const opened = openDay(seed, person, day, dayMs, out)
    if (works) {
      workOrdinarily(opened)
      meetFate(opened)
    }
    const good = out.length
    act?.(opened)
    return out.map((happening, index) => ({ ...happening, bad: index >= good })).toSorted((a, b) => a.atMs - b.atMs)
  }

  return {
    options, people, insiders, hr: personnelEvents(options, people, insiders),
    *days() {
      const nextSeq = new Map<string, number>()
      const held = new Map<string, SimulatedActivity[]>()
      for (let day = 0; day < days; day += 1) {
        for (const person of people) {
          const device = person.devices[day % person.devices.length] ?? `lt-${person.account}`
          const activities: SimulatedActivity[] = []
          for (const { atMs, message, bad } of happeningsOf(person, day)) {
            const seq = nextSeq.get(device) ?? 1
            nextSeq.set(device, seq + 1)
            activities.push({ atMs, message, bad, device, seq })
          }
          const offline = offlineDays(person)
          if (offline !== undefined && day >= offline[0] && day < offline[1] && day < days - 1) held.set(person.account, [...(held.get(person.account) ?? []), ...activities])
          else {
            const late = held.get(person.account)
            held.delete(person.account)
            if (late !== undefined || activities.length > 0) yield { person, day, activities: late === undefined ? activities : [...late, ...activities] }
          }
        }
      }
    },
  }
}
