// Where files went: from the daily sketches, each file that left with everything else that happened to it, in order of time.
//
// Entries are joined by identity and by other names (distinct-files.ts). One file has several names when it was renamed
// or copied without its content being known; an archive and what was packed into it belong together. Only files that left
// are followed: other sketches are asked about their names.
import { distinctFiles, FILES_KEPT, minuteOf, nameAt, namesIn } from './distinct-files.ts'
import type { Insight } from './insight.ts'

const DAY_MS = 86_400_000
/** Rounds in which a name found in one day is looked for in others. */
const ROUNDS = 3

export interface Sighting {
  readonly insight: Insight
  /** Start of the minute in which the file was first seen on that day. */
  readonly atMs: number
  /** Own identity: an archive's trail holds several files. */
  readonly hash: number
}

export interface Trail {
  /** In order of time. */
  readonly sightings: readonly Sighting[]
}

/** How many files stand behind each entry of a sketch. */
export const filesAnEntry = (insight: Insight): number => (insight.files.length < FILES_KEPT ? 1 : Math.max(1, distinctFiles(insight.files) / FILES_KEPT))

const sightingOf = (insight: Insight, entry: string): Sighting => {
  const minute = minuteOf(entry)
  return { insight, hash: nameAt(entry, 0), atMs: minute === undefined ? insight.firstAtMs : insight.day * DAY_MS + minute * 60_000 }
}

/**
 * The trails of all files of `from`, through the days of `through`.
 *
 * @param from insights whose files left; @param through those of the steps before and after
 */
export function trailsOf(from: readonly Insight[], through: readonly Insight[]): readonly Trail[] {
  const parents: number[] = []
  const rootOf = (group: number): number => {
    let root = group
    while (parents[root] !== root) root = parents[root] ?? root
    parents[group] = root
    return root
  }
  const groups = new Map<number, number>()
  const sightings: { group: number; readonly sighting: Sighting }[] = []
  /** @returns the group of an entry, made when there is none and `make` says so; -1 when there is none */
  const join = (entry: string, make: boolean): number => {
    const names = namesIn(entry)
    let group = -1
    let known = 0
    for (let index = 0; index < names; index += 1) {
      const found = groups.get(nameAt(entry, index))
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
    if (known === names) return group
    for (let index = 0; index < names; index += 1) {
      const name = nameAt(entry, index)
      if (!groups.has(name)) groups.set(name, group)
    }
    return group
  }
  for (const insight of from) {
    for (const entry of insight.files) sightings.push({ group: join(entry, true), sighting: sightingOf(insight, entry) })
  }
  let waiting: readonly (readonly [Insight, readonly string[]])[] = through.map((insight) => [insight, insight.files])
  for (let round = 0; round < ROUNDS && waiting.length > 0; round += 1) {
    const known = groups.size
    waiting = waiting.flatMap(([insight, entries]): readonly (readonly [Insight, readonly string[]])[] => {
      const left = entries.filter((entry) => {
        const group = join(entry, false)
        if (group >= 0) sightings.push({ group, sighting: sightingOf(insight, entry) })
        return group < 0
      })
      return left.length === 0 ? [] : [[insight, left]]
    })
    if (groups.size === known) break
  }
  const byRoot = new Map<number, Sighting[]>()
  for (const { group, sighting } of sightings) {
    const root = rootOf(group)
    const list = byRoot.get(root)
    if (list === undefined) byRoot.set(root, [sighting])
    else list.push(sighting)
  }
  return [...byRoot.values()].map((list) => ({ sightings: list.toSorted((a, b) => a.atMs - b.atMs || (a.insight.indicator < b.insight.indicator ? -1 : a.insight.indicator > b.insight.indicator ? 1 : 0) || a.hash - b.hash) }))
}
