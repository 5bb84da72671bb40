// Administrative units as a tree: what a unit is of, and what an account that is given units may reach.
//
//   Europe                      no conditions: a folder, its people are those of the units below
//   ├── Germany   [countries de] [groups de-*]
//   │   └── Sales [departments sales]        what it does not name it inherits: sales in de, groups of Germany
//   └── France    [countries fr]
//
// Invariants. A unit never reaches further than the one above it: of a list that both name, what both have counts, also when
// the upper one is narrowed later. A unit that is gone, or a tree that was damaged into a circle, lets nobody through: losing
// a limit must not widen it. A list is of one meaning each: departments and countries say whose people, groups say which devices.
// A unit of which nothing, above or below, names a group says nothing about devices.

export const UNIT_LISTS = ['departments', 'countries', 'groups'] as const
export type UnitList = (typeof UNIT_LISTS)[number]

/** Departments and countries are folded: NFKC, lower case; groups are names of device groups. Absent: not named. */
export type UnitLimits = Readonly<Partial<Record<UnitList, readonly string[]>>>

export interface TreeUnit extends UnitLimits {
  readonly id: string
  readonly name: string
  /** The unit above; absent: it stands at the top. */
  readonly parentId?: string
}

/** Units on one way from the top, and accounts of a unit chosen by hand, stay within what a person can look through. */
export const MAX_UNIT_DEPTH = 8

/** From the top down to the unit itself; empty where the unit, or one above it, is not there, or the way is a circle. */
export function pathOf<U extends TreeUnit>(units: readonly U[], id: string): readonly U[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const path: U[] = []
  for (let next: string | undefined = id; next !== undefined; ) {
    const unit: U | undefined = byId.get(next)
    if (unit === undefined || path.includes(unit)) return []
    path.unshift(unit)
    next = unit.parentId
  }
  return path
}

/** What holds for the last unit of a path: of lists that several name, what all of them have. */
export function limitsOf(path: readonly UnitLimits[]): UnitLimits {
  const limits: Partial<Record<UnitList, readonly string[]>> = {}
  for (const unit of path) for (const list of UNIT_LISTS) {
    const named = unit[list]
    if (named !== undefined) limits[list] = limits[list]?.filter((word) => named.includes(word)) ?? named
  }
  return limits
}

export interface UnitPlace {
  readonly departments?: readonly string[]
  readonly countries?: readonly string[]
}

export interface UnitReach {
  /** A person of any of these is of the units; empty: nobody is. */
  readonly places: readonly UnitPlace[]
  /** Absent: the units say nothing about devices. */
  readonly groups?: readonly string[]
}

const NOBODY: UnitReach = { places: [], groups: [] }

const placeOf = ({ departments, countries }: UnitLimits): UnitPlace | undefined =>
  departments === undefined && countries === undefined ? undefined : { ...(departments === undefined ? {} : { departments }), ...(countries === undefined ? {} : { countries }) }

function join(reaches: readonly UnitReach[]): UnitReach {
  const places = reaches.flatMap((reach) => reach.places)
  return reaches.some((reach) => reach.groups === undefined) ? { places } : { places, groups: [...new Set(reaches.flatMap((reach) => reach.groups ?? []))].toSorted() }
}

/** People and devices of a unit and of everything below it. */
export function reachOf(units: readonly TreeUnit[], id: string): UnitReach {
  const path = pathOf(units, id)
  if (path.length === 0) return NOBODY
  const limits = limitsOf(path)
  const place = placeOf(limits)
  // What is named here holds for everything below, too: nothing below reaches further.
  if (place !== undefined && limits.groups !== undefined) return { places: [place], groups: limits.groups }
  const below = units.filter(({ parentId }) => parentId === id).map((unit) => reachOf(units, unit.id))
  const { places, groups } = below.length === 0 ? { places: [], groups: undefined } : join(below)
  const reached = limits.groups ?? groups
  return { places: place === undefined ? places : [place], ...(reached === undefined ? {} : { groups: reached }) }
}

/** The same of an account with several units: whoever is of one of them. */
export const reachOfAll = (units: readonly TreeUnit[], ids: readonly string[]): UnitReach => join(ids.length === 0 ? [NOBODY] : ids.map((id) => reachOf(units, id)))

/** Every unit below one, the nearest first. */
export function unitsBelow<U extends TreeUnit>(units: readonly U[], id: string, seen: ReadonlySet<string> = new Set([id])): readonly U[] {
  const children = units.filter((unit) => unit.parentId === id && !seen.has(unit.id))
  const known = new Set([...seen, ...children.map((unit) => unit.id)])
  return [...children, ...children.flatMap((unit) => unitsBelow(units, unit.id, known))]
}

/** In the order of a tree that is read from above; siblings by name. Units in a circle come last. */
export function inTreeOrder<U extends TreeUnit>(units: readonly U[]): readonly U[] {
  const byName = units.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
  const known = new Set(units.map(({ id }) => id))
  const under = (unit: U): readonly U[] => [unit, ...byName.filter(({ parentId }) => parentId === unit.id).flatMap(under)]
  const reached = byName.filter(({ parentId }) => parentId === undefined || !known.has(parentId)).flatMap(under)
  return [...reached, ...byName.filter((unit) => !reached.includes(unit))]
}

/** What is wrong with a unit that is about to be saved. @returns pointer and words of each problem */
export function unitProblems(units: readonly TreeUnit[], unit: TreeUnit): readonly { readonly pointer: string; readonly detail: string }[] {
  const others = units.filter(({ id }) => id !== unit.id)
  if (unit.parentId !== undefined) {
    if (unit.parentId === unit.id || unitsBelow(others, unit.id).some(({ id }) => id === unit.parentId)) return [{ pointer: '/parentId', detail: 'is the unit itself, or one below it' }]
    const above = pathOf(others, unit.parentId)
    if (above.length === 0) return [{ pointer: '/parentId', detail: 'there is no unit of this id' }]
    const height = 1 + Math.max(0, ...unitsBelow(others, unit.id).map(({ id }) => pathOf([...others, unit], id).length - above.length - 1))
    if (above.length + height > MAX_UNIT_DEPTH) return [{ pointer: '/parentId', detail: `units would stand ${above.length + height} deep, ${MAX_UNIT_DEPTH} is the most` }]
    const limits = limitsOf(above)
    return UNIT_LISTS.flatMap((list) => {
      const outside = unit[list]?.filter((word) => limits[list]?.includes(word) === false) ?? []
      return outside.length === 0 ? [] : [{ pointer: `/${list}`, detail: `the unit above does not have: ${outside.slice(0, 5).join(', ')}` }]
    })
  }
  return []
}
