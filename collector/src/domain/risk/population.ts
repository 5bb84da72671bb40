// What is usual among a user's peers and in the organisation. Types and arithmetic; see docs/adr/0012-what-is-usual.md.
//
// The unit is a user's busiest day of one week (Monday to Sunday, UTC) under one indicator: so nobody counts more than
// once a week, however busy, and a day that is judged is compared with days that were the largest of their week. A day
// is judged by the eight whole weeks before its own, and nothing of its own week has a part in it. Where they say nothing yet
// (the first weeks of an installation), the whole weeks after it do, as far as they are over.
// Amounts are kept in logarithmic buckets (4 an octave, within 9 %), so that counting is exact in any order.
import type { Day } from './insight.ts'

/** Weeks before the judged day's own. */
export const POPULATION_WEEKS = 8
/** Below it a group says nothing: five others and the user. */
export const PEOPLE_NEEDED = 6
export const USER_WEEKS_NEEDED = 12
/** Of the people of a group: what fewer of them do is not usual in it, however many they are. */
export const USUAL_SHARE = 0.1
const BUCKETS_AN_OCTAVE = 4
/** In place of an indicator: everything that a user let out in one week, all channels together. */
export const WEEKLY_EXFILTRATION = '(exfiltration of a week)'

/** Number of the week that a day lies in; weeks begin on Mondays (1970-01-05 was one). */
export const weekOf = (day: Day): number => Math.floor((day - 4) / 7)

/** Monday of a week. */
export const firstDayOf = (week: number): Day => week * 7 + 4

/** Bucket of an amount of at least 1; smaller ones have none. */
export const bucketOf = (amount: number): number => (amount < 1 ? -1 : Math.floor(Math.log2(amount) * BUCKETS_AN_OCTAVE + 1e-9))
/** Upper end of a bucket, for comparisons that must not accuse. */
export const bucketTop = (bucket: number): number => 2 ** ((bucket + 1) / BUCKETS_AN_OCTAVE)

/** How many users had their busiest day of a week in a bucket. */
export interface PopulationCell {
  readonly week: number
  /** Peer group: the department. Empty: unknown. */
  readonly group: string
  readonly indicator: string
  readonly bucket: number
  readonly users: number
}

/** What is usual for a group on a busy day under one indicator. */
export interface UsualOfGroup {
  readonly median: number
  /** Nineteen of twenty busy days stay below. */
  readonly upper: number
  /** User-weeks that it rests on. */
  readonly userWeeks: number
}

export interface Population {
  /** Of the peer group; undefined when too few are in it or active. @param today nothing of its week or later is looked at */
  ofPeers(group: string, indicator: string, day: Day, today: Day): UsualOfGroup | undefined
  ofOrganisation(indicator: string, day: Day, today: Day): UsualOfGroup | undefined
}

interface Histogram {
  readonly counts: Map<number, number>
  total: number
  /** Most users of one week: so many different ones there are at least. */
  people: number
}

/** What one group did under one indicator. */
interface Series {
  readonly key: string
  readonly weeks: ReadonlyMap<number, readonly PopulationCell[]>
  /** By first and last week. */
  readonly known: Map<number, UsualOfGroup | undefined>
}

/** More than there are weeks. */
const WEEKS_APART = 2 ** 20

/** @param size people of the group, as far as they are seen */
function summarise({ counts, total, people }: Histogram, size: number): UsualOfGroup | undefined {
  if (people < PEOPLE_NEEDED || total < USER_WEEKS_NEEDED || people < USUAL_SHARE * size) return undefined
  const sorted = [...counts].toSorted(([a], [b]) => a - b)
  const at = (share: number): number => {
    let seen = 0
    for (const [bucket, users] of sorted) {
      seen += users
      if (seen >= share * total) return bucketTop(bucket)
    }
    return 0
  }
  return { median: at(0.5), upper: at(0.95), userWeeks: total }
}

/** A user of a week as far as others are compared with it. */
export interface WeekOfUser {
  readonly group: string
  /** Amounts of each indicator's days in the week. */
  readonly insights: readonly { readonly indicator: string; readonly amount: number }[]
}

/** Cells of one week out of its users; the store does the same in its own way. @param cumulative indicators that add up, with what one of each weighs in tenths */
export function cellsOfWeek(week: number, users: Iterable<WeekOfUser>, cumulative: ReadonlyMap<string, number>): readonly PopulationCell[] {
  const counts = new Map<string, PopulationCell & { users: number }>()
  const add = (group: string, indicator: string, bucket: number): void => {
    if (bucket < 0) return
    const key = `${group}\n${indicator}\n${bucket}`
    const cell = counts.get(key)
    if (cell === undefined) counts.set(key, { week, group, indicator, bucket, users: 1 })
    else cell.users += 1
  }
  for (const { group, insights } of users) {
    const busiest = new Map<string, number>()
    let left = 0
    for (const { indicator, amount } of insights) {
      busiest.set(indicator, Math.max(busiest.get(indicator) ?? -1, bucketOf(amount)))
      left += amount * (cumulative.get(indicator) ?? 0)
    }
    for (const [indicator, bucket] of busiest) add(group.toLowerCase(), indicator, bucket)
    add(group.toLowerCase(), WEEKLY_EXFILTRATION, bucketOf(left / 10))
  }
  return [...counts.values()]
}

/** Makes the statistics of cells; each question is answered once and remembered, so memory is bounded by groups x indicators x weeks asked for. */
export function createPopulation(cells: Iterable<PopulationCell>): Population {
  const byGroup = new Map<string, Map<number, PopulationCell[]>>()
  const put = (key: string, cell: PopulationCell): void => {
    let weeks = byGroup.get(key)
    if (weeks === undefined) byGroup.set(key, (weeks = new Map()))
    const list = weeks.get(cell.week)
    if (list === undefined) weeks.set(cell.week, [cell])
    else list.push(cell)
  }
  for (const cell of cells) {
    put(`\n${cell.indicator}`, cell)
    if (cell.group !== '') put(`${cell.group.toLowerCase()}\n${cell.indicator}`, cell)
  }
  const sizes = new Map<string, number>()
  /** People of a group in some weeks: as many as did what most of them do. */
  const sizeOf = (prefix: string, from: number, to: number): number => {
    const name = `${from} ${to} ${prefix}`
    let size = sizes.get(name)
    if (size === undefined) {
      size = 0
      for (const [key, weeks] of byGroup) {
        if (!key.startsWith(prefix)) continue
        for (let week = from; week < to; week += 1) size = Math.max(size, (weeks.get(week) ?? []).reduce((sum, { users }) => sum + users, 0))
      }
      sizes.set(name, size)
    }
    return size
  }
  const ofWeeks = ({ key, weeks, known }: Series, from: number, to: number): UsualOfGroup | undefined => {
    const name = from * WEEKS_APART + to
    const before = known.get(name)
    if (before !== undefined || known.has(name)) return before
    const histogram: Histogram = { counts: new Map(), total: 0, people: 0 }
    for (let week = from; week < to; week += 1) {
      let people = 0
      for (const { bucket, users } of weeks.get(week) ?? []) {
        histogram.counts.set(bucket, (histogram.counts.get(bucket) ?? 0) + users)
        people += users
      }
      histogram.total += people
      histogram.people = Math.max(histogram.people, people)
    }
    const summary = summarise(histogram, sizeOf(key.slice(0, key.indexOf('\n') + 1), from, to))
    known.set(name, summary)
    return summary
  }
  // Asked for with every signal of everybody: what a group does under an indicator is looked up by two words.
  const series = new Map<string, Map<string, Series | undefined>>()
  const seriesOf = (group: string, indicator: string): Series | undefined => {
    let own = series.get(group)
    if (own === undefined) series.set(group, (own = new Map()))
    const found = own.get(indicator)
    if (found !== undefined || own.has(indicator)) return found
    const key = `${group.toLowerCase()}\n${indicator}`
    const weeks = byGroup.get(key)
    const made = weeks === undefined ? undefined : { key, weeks, known: new Map() }
    own.set(indicator, made)
    return made
  }
  const usual = (found: Series | undefined, day: Day, today: Day): UsualOfGroup | undefined => {
    if (found === undefined) return undefined
    const week = weekOf(day)
    return ofWeeks(found, week - POPULATION_WEEKS, week) ?? ofWeeks(found, week + 1, Math.min(week + 1 + POPULATION_WEEKS, weekOf(today)))
  }
  return {
    ofPeers: (group, indicator, day, today) => (group === '' ? undefined : usual(seriesOf(group, indicator), day, today)),
    ofOrganisation: (indicator, day, today) => usual(seriesOf('', indicator), day, today),
  }
}
