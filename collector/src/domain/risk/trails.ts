// Where files went: from the daily sketches, each file that left with everything else that happened to it, in order of time.
//
// Entries are joined by identity and by other names (distinct-files.ts). One file has several names when it was renamed
// or copied without its content being known; an archive and what was packed into it belong together. Only files that left
// are followed: other sketches are asked about their names.
//
// This runs for every file of every evaluation, and most of them went nowhere: all names are numbers in one table, and
// only groups with the steps that somebody asks for become trails. Nobody's files are followed without bound: above FOLLOWED
// of those that left, the ones with the smallest hashes stand for all of them. The sketches share one hash, so that is a
// fair sample of every day.
import { ALIASES_KEPT, distinctFiles, FILES_KEPT, hexAt, minuteOf, nameAt, namesIn } from './distinct-files.ts'
import type { Insight } from './insight.ts'

const DAY_MS = 86_400_000
/** Rounds in which a name found in one day is looked for in others. */
const ROUNDS = 3
/** Entries of sketches: two full ones a day for a month. */
const FOLLOWED = 4000
const RANGE = 0x1_0000_0000

export interface Sighting {
  readonly insight: Insight
  /** Start of the minute in which the file was first seen on that day. */
  readonly atMs: number
  /** Own identity: an archive's trail holds several files. */
  readonly hash: number
  /** How many files it stands for. */
  readonly files: number
}

export interface Trail {
  /** In order of time; two at the least. */
  readonly sightings: readonly Sighting[]
}

/** Which trails are asked for: a bit for each indicator, and whether the indicators of a trail's sightings, together, are worth a look. */
export interface Wanted {
  readonly bitOf: (indicator: string) => number
  readonly enough: (bits: number) => boolean
}

const EVERYTHING: Wanted = { bitOf: () => 0, enough: () => true }

/** Entries of sketches one after the other, those of one insight together; those of insight n from `firsts[n]` to `firsts[n + 1]`. */
interface Entries {
  readonly insights: readonly Insight[]
  readonly firsts: Int32Array
  /** Insight of each entry. */
  readonly owners: Int32Array
  /** Names as signed numbers: those of entry n from `starts[n]` to `starts[n + 1]`. */
  readonly names: Int32Array
  readonly starts: Int32Array
}

function entriesOf(insights: readonly Insight[]): Entries {
  const firsts = new Int32Array(insights.length + 1)
  let count = 0
  for (let index = 0; index < insights.length; index += 1) {
    count += insights[index]?.files.length ?? 0
    firsts[index + 1] = count
  }
  const owners = new Int32Array(count)
  const starts = new Int32Array(count + 1)
  let names = new Int32Array(count * (1 + ALIASES_KEPT))
  let at = 0
  let used = 0
  for (let index = 0; index < insights.length; index += 1) {
    for (const entry of insights[index]?.files ?? []) {
      const own = namesIn(entry)
      if (used + own > names.length) names = grown(names, used + own)
      names[used] = hexAt(entry, 0)
      for (let alias = 1; alias < own; alias += 1) names[used + alias] = nameAt(entry, alias)
      used += own
      owners[at] = index
      at += 1
      starts[at] = used
    }
  }
  return { insights, firsts, owners, names, starts }
}

/** A stored row may have more names than are kept now. */
function grown(names: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, 2 * names.length))
  larger.set(names)
  return larger
}

/** Hashes below this are followed, so that at most FOLLOWED entries are; RANGE when all are. */
function followedBelow(insights: readonly Insight[], limit: number): number {
  let entries = 0
  for (const { files } of insights) entries += files.length
  if (entries <= limit) return RANGE
  const hashes = new Float64Array(entries)
  let at = 0
  for (const { files } of insights) for (const entry of files) hashes[at++] = hexAt(entry, 0)
  return hashes.toSorted()[limit] ?? RANGE
}

/** Groups of names, joined where one entry has names of two. A table of open addressing: names are hashes already. @param most names that there may be */
function createGroups(most: number) {
  const bits = Math.max(4, 33 - Math.clz32(most))
  const mask = (1 << bits) - 1
  /** Name, then group and one; 0 for that: free. */
  const table = new Int32Array(2 * (mask + 1))
  const parents: number[] = []
  let size = 0
  /** Place of the name's group in the table. */
  const placeOf = (name: number): number => {
    let slot = Math.imul(name, 0x9e3779b1) >>> (32 - bits)
    while (table[2 * slot + 1] !== 0 && table[2 * slot] !== name) slot = (slot + 1) & mask
    return 2 * slot + 1
  }
  const rootOf = (group: number): number => {
    let root = group
    while (parents[root] !== root) root = parents[root] ?? root
    parents[group] = root
    return root
  }
  return {
    rootOf,
    names: () => size,
    /** @returns the group of an entry, made when there is none and `make` says so; -1 when there is none */
    join({ names, starts }: Entries, entry: number, make: boolean): number {
      const from = starts[entry] ?? 0
      const to = starts[entry + 1] ?? from
      let group = -1
      let known = 0
      for (let index = from; index < to; index += 1) {
        const value = table[placeOf(names[index] ?? 0)] ?? 0
        if (value === 0) continue
        known += 1
        const root = rootOf(value - 1)
        if (group < 0) group = root
        else if (group !== root) parents[root] = group
      }
      if (group < 0) {
        if (!make) return -1
        group = parents.length
        parents.push(group)
      }
      if (known === to - from) return group
      for (let index = from; index < to; index += 1) {
        const name = names[index] ?? 0
        const place = placeOf(name)
        if (table[place] !== 0) continue
        table[place - 1] = name
        table[place] = group + 1
        size += 1
      }
      return group
    },
  }
}

/** Entries as they were found, with their groups. */
interface Found {
  readonly entries: Int32Array
  readonly groups: Int32Array
  count: number
}

/**
 * The trails of all files of `from`, through the days of `through`.
 *
 * @param from insights whose files left; @param through those of the steps before and after
 */
export function trailsOf(from: readonly Insight[], through: readonly Insight[], limit = FOLLOWED, wanted = EVERYTHING): readonly Trail[] {
  const entries = entriesOf([...from, ...through])
  const { firsts, names, starts, owners } = entries
  const groups = createGroups(starts[owners.length] ?? 0)
  const found: Found = { entries: new Int32Array(owners.length), groups: new Int32Array(owners.length), count: 0 }
  const note = (entry: number, group: number): void => {
    found.entries[found.count] = entry
    found.groups[found.count] = group
    found.count += 1
  }
  const below = followedBelow(from, limit)
  for (let insight = 0; insight < from.length; insight += 1) {
    for (let entry = firsts[insight] ?? 0, end = firsts[insight + 1] ?? 0; entry < end; entry += 1) {
      // Sketches rise by hash: the rest of this one is left out.
      if (((names[starts[entry] ?? 0] ?? 0) >>> 0) >= below) break
      note(entry, groups.join(entries, entry, true))
    }
  }
  const first = firsts[from.length] ?? 0
  const waiting = Int32Array.from({ length: owners.length - first }, (_, index) => first + index)
  let left = waiting.length
  for (let round = 0; round < ROUNDS && left > 0; round += 1) {
    const known = groups.names()
    let still = 0
    for (let index = 0; index < left; index += 1) {
      const entry = waiting[index] ?? 0
      const group = groups.join(entries, entry, false)
      if (group < 0) waiting[still++] = entry
      else note(entry, group)
    }
    left = still
    if (groups.names() === known) break
  }
  return trailsFrom(entries, found, groups.rootOf, RANGE / below, wanted)
}

function trailsFrom(entries: Entries, found: Found, rootOf: (group: number) => number, sampled: number, { bitOf, enough }: Wanted): readonly Trail[] {
  const { insights, firsts, owners } = entries
  const bits = Int32Array.from(insights, ({ indicator }) => bitOf(indicator))
  const roots = found.groups.subarray(0, found.count)
  let largest = -1
  for (let index = 0; index < roots.length; index += 1) {
    const root = rootOf(roots[index] ?? 0)
    roots[index] = root
    if (root > largest) largest = root
  }
  const sizes = new Int32Array(largest + 1)
  const steps = new Int32Array(largest + 1)
  for (let index = 0; index < roots.length; index += 1) {
    const root = roots[index] ?? 0
    sizes[root] = (sizes[root] ?? 0) + 1
    steps[root] = (steps[root] ?? 0) | (bits[owners[found.entries[index] ?? 0] ?? 0] ?? 0)
  }
  // What was seen once went through one step at most.
  for (let root = 0; root <= largest; root += 1) if ((sizes[root] ?? 0) < 2 || !enough(steps[root] ?? 0)) sizes[root] = 0
  const byRoot = new Map<number, Sighting[]>()
  const standsFor: number[] = []
  for (let index = 0; index < roots.length; index += 1) {
    const root = roots[index] ?? 0
    if (sizes[root] === 0) continue
    const entry = found.entries[index] ?? 0
    const owner = owners[entry] ?? 0
    const insight = insights[owner]
    if (insight === undefined) continue
    const sighting = sightingOf(insight, insight.files[entry - (firsts[owner] ?? 0)] ?? '', (standsFor[owner] ??= filesOfEntry(insight, sampled)))
    const list = byRoot.get(root)
    if (list === undefined) byRoot.set(root, [sighting])
    else list.push(sighting)
  }
  return [...byRoot.values()].map((list) => ({ sightings: list.toSorted((a, b) => a.atMs - b.atMs || (a.insight.indicator < b.insight.indicator ? -1 : a.insight.indicator > b.insight.indicator ? 1 : 0) || a.hash - b.hash) }))
}

/** A full sketch is a sample by itself, cut at its own largest hash; of two cuts the smaller one says how many an entry stands for. */
const filesOfEntry = ({ files }: Insight, sampled: number): number => Math.max(sampled, files.length < FILES_KEPT ? 1 : distinctFiles(files) / FILES_KEPT)

function sightingOf(insight: Insight, entry: string, files: number): Sighting {
  const minute = minuteOf(entry)
  return { insight, hash: nameAt(entry, 0), atMs: minute === undefined ? insight.firstAtMs : insight.day * DAY_MS + minute * 60_000, files }
}
