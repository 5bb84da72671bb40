// What an account may see: the people of its administrative units, without the members of groups that are for others, and
// the devices of its units' groups.
import { reachOfAll, type UnitPlace } from '../domain/people/unit-tree.ts'
import type { PersonFilter, PersonPlace } from '../store/access.ts'
import type { Account, StoreReader } from '../store/store.ts'

/** How departments and countries are compared. */
export const fold = (word: string): string => word.normalize('NFKC').trim().toLowerCase()

const spelt = (wanted: readonly string[], spellings: readonly string[]): readonly string[] => spellings.filter((word) => wanted.includes(fold(word)))

const placeOf = (place: UnitPlace, known: { readonly departments: readonly string[]; readonly countries: readonly string[] }): PersonPlace => ({
  ...(place.departments === undefined ? {} : { departments: spelt(place.departments, known.departments) }), ...(place.countries === undefined ? {} : { countries: spelt(place.countries, known.countries) }),
})

export interface Scope {
  /** Absent: everybody. */
  readonly visible?: PersonFilter
  /** Device groups; absent: every one. */
  readonly groups?: readonly string[]
}

/**
 * What an account may see, read anew each time, so that a change holds at once.
 *
 * A member of several priority groups is seen only by who is a viewer of each. A unit that is gone lets nobody through:
 * losing a limit must not widen it.
 */
export async function scopeOf(store: StoreReader, account: Pick<Account, 'id' | 'roles' | 'units'>): Promise<Scope> {
  const groups = await store.priorityGroups()
  const hidden = new Set(groups.filter((group) => !group.viewers.some((viewer) => viewer === account.id || account.roles.includes(viewer))).flatMap((group) => group.members))
  const ids = account.units ?? []
  if (ids.length === 0) return hidden.size === 0 ? {} : { visible: { hidden: [...hidden] } }
  const [units, known] = await Promise.all([store.units(), store.personPlaces()])
  const reach = reachOfAll(units, ids)
  return { visible: { places: reach.places.map((place) => placeOf(place, known)), ...(hidden.size === 0 ? {} : { hidden: [...hidden] }) }, ...(reach.groups === undefined ? {} : { groups: reach.groups }) }
}

/** The people of it. @returns undefined for who may see everybody */
export const visibilityOf = async (store: StoreReader, account: Pick<Account, 'id' | 'roles' | 'units'>): Promise<PersonFilter | undefined> => (await scopeOf(store, account)).visible

const holds = (list: readonly string[] | undefined, word: string | undefined): boolean => list === undefined || (word !== undefined && list.includes(word))

/** Whether the filter lets a person through; the same as personFilterSql says of rows. */
export const isVisible = (visible: PersonFilter | undefined, person: { readonly id: string; readonly department?: string; readonly country?: string }): boolean =>
  visible === undefined
  || (visible.hidden?.includes(person.id) !== true
    && (visible.places === undefined || visible.places.some((place) => (place.departments !== undefined || place.countries !== undefined) && holds(place.departments, person.department) && holds(place.countries, person.country))))
