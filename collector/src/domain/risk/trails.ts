// Where files went: from the daily sketches, each file that left with everything else that happened to it, in order of time.
//
// Entries are joined by identity and by other names (distinct-files.ts). One file has several names when it was renamed
// or copied without its content being known; an archive and what was packed into it belong together. Only files that left
// are followed: other sketches are asked about their names.
//
// This runs for every file of every evaluation: names are numbers, read once an insight, and only what has two sightings
// or more becomes a trail. Nobody's files are followed without bound: above FOLLOWED of those that left, the ones with the
// smallest hashes stand for all of them. The sketches share one hash, so that is a fair sample of every day.
import { distinctFiles, FILES_KEPT, minuteOf, nameAt, namesIn } from './distinct-files.ts'
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

/** Names of a sketch's entries as signed numbers, which are cheap as keys: those of entry n from `starts[n]` to `starts[n + 1]`. */
interface Names {
  readonly values: Int32Array
  readonly starts: readonly number[]
}

const read = new WeakMap<Insight, Names>()

function namesOf(insight: Insight): Names {
  const known = read.get(insight)
  if (known !== undefined) return known
  const starts = [0]
  for (const entry of insight.files) starts.push((starts.at(-1) ?? 0) + namesIn(entry))
  const values = new Int32Array(starts.at(-1) ?? 0)
  for (const [at, entry] of insight.files.entries()) for (let index = 0, from = starts[at] ?? 0; from + index < (starts[at + 1] ?? 0); index += 1) values[from + index] = nameAt(entry, index)
  const names = { values, starts }
  read.set(insight, names)
  return names
}

/** Hashes below this are followed, so that at most FOLLOWED entries are; RANGE when all are. */
function followedBelow(insights: readonly Insight[], limit: number): number {
  let entries = 0
  for (const { files } of insights) entries += files.length
  if (entries <= limit) return RANGE
  const hashes = new Float64Array(entries)
  let at = 0
  for (const insight of insights) {
    const { values, starts } = namesOf(insight)
    for (let entry = 0; entry < insight.files.length; entry += 1) hashes[at++] = (values[starts[entry] ?? 0] ?? 0) >>> 0
  }
  return hashes.toSorted()[limit] ?? RANGE
}

/** Entries as they were found: insight, place in its sketch, group. */
interface Found {
  readonly insights: Insight[]
  readonly places: number[]
  readonly groups: number[]
}

function note(found: Found, insight: Insight, place: number, group: number): void {
  found.insights.push(insight)
  found.places.push(place)
  found.groups.push(group)
}

/** Groups of names, joined where one entry has names of two. */
function createGroups() {
  const parents: number[] = []
  const byName = new Map<number, number>()
  const rootOf = (group: number): number => {
    let root = group
    while (parents[root] !== root) root = parents[root] ?? root
    parents[group] = root
    return root
  }
  return {
    rootOf,
    names: () => byName.size,
    /** @returns the group of an entry, made when there is none and `make` says so; -1 when there is none */
    join({ values, starts }: Names, place: number, make: boolean): number {
      const from = starts[place] ?? 0
      const to = starts[place + 1] ?? from
      let group = -1
      let known = 0
      for (let index = from; index < to; index += 1) {
        const found = byName.get(values[index] ?? 0)
        if (found === undefined) continue
        known += 1
        const root = rootOf(found)
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
        const name = values[index] ?? 0
        if (!byName.has(name)) byName.set(name, group)
      }
      return group
    },
  }
}

/**
 * The trails of all files of `from`, through the days of `through`.
 *
 * @param from insights whose files left; @param through those of the steps before and after
 */
export function trailsOf(from: readonly Insight[], through: readonly Insight[], limit = FOLLOWED): readonly Trail[] {
  const groups = createGroups()
  const found: Found = { insights: [], places: [], groups: [] }
  const below = followedBelow(from, limit)
  for (const insight of from) {
    const names = namesOf(insight)
    for (let place = 0; place < insight.files.length; place += 1) {
      // Sketches rise by hash: the rest of this one is left out.
      if (((names.values[names.starts[place] ?? 0] ?? 0) >>> 0) >= below) break
      note(found, insight, place, groups.join(names, place, true))
    }
  }
  let waiting: readonly (readonly [Insight, readonly number[]])[] = through.map((insight) => [insight, [...insight.files.keys()]])
  for (let round = 0; round < ROUNDS && waiting.length > 0; round += 1) {
    const known = groups.names()
    waiting = waiting.flatMap(([insight, places]): readonly (readonly [Insight, readonly number[]])[] => {
      const names = namesOf(insight)
      const left: number[] = []
      for (const place of places) {
        const group = groups.join(names, place, false)
        if (group < 0) left.push(place)
        else note(found, insight, place, group)
      }
      return left.length === 0 ? [] : [[insight, left]]
    })
    if (groups.names() === known) break
  }
  return trailsFrom(found, groups.rootOf, RANGE / below)
}

function trailsFrom(found: Found, rootOf: (group: number) => number, sampled: number): readonly Trail[] {
  const roots = Int32Array.from(found.groups, rootOf)
  const sizes = new Int32Array(roots.reduce((largest, root) => Math.max(largest, root), 0) + 1)
  for (const root of roots) sizes[root] = (sizes[root] ?? 0) + 1
  const byRoot = new Map<number, Sighting[]>()
  for (const [index, insight] of found.insights.entries()) {
    const root = roots[index] ?? 0
    // What was seen once went through one step at most.
    if ((sizes[root] ?? 0) < 2) continue
    const sighting = sightingOf(insight, insight.files[found.places[index] ?? 0] ?? '', sampled)
    const list = byRoot.get(root)
    if (list === undefined) byRoot.set(root, [sighting])
    else list.push(sighting)
  }
  return [...byRoot.values()].map((list) => ({ sightings: list.toSorted((a, b) => a.atMs - b.atMs || (a.insight.indicator < b.insight.indicator ? -1 : a.insight.indicator > b.insight.indicator ? 1 : 0) || a.hash - b.hash) }))
}

function sightingOf(insight: Insight, entry: string, sampled: number): Sighting {
  const minute = minuteOf(entry)
  // A full sketch is a sample by itself, cut at its own largest hash; of two cuts the smaller one says how many an entry stands for.
  const files = Math.max(sampled, insight.files.length < FILES_KEPT ? 1 : distinctFiles(insight.files) / FILES_KEPT)
  return { insight, hash: nameAt(entry, 0), atMs: minute === undefined ? insight.firstAtMs : insight.day * DAY_MS + minute * 60_000, files }
}
