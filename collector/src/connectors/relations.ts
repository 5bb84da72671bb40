// How an employee and a patient are related, by their homes.
import type { HomeKeys, User } from '../domain/people/user.ts'
import type { StoreReader } from '../store/store.ts'

export type Relation = 'self' | 'family' | 'co_worker' | 'neighbour' | 'restricted' | 'none'

const PAGE = 500

/** The nearest relation first: somebody who lives with the patient is more than a neighbour. */
export function relate(own: HomeKeys | undefined, patient: HomeKeys | undefined, employees: ReadonlySet<string>, restricted: boolean): Relation {
  if (patient !== undefined) {
    if (own?.self === patient.self) return 'self'
    if (own?.household === patient.household) return 'family'
    if (employees.has(patient.self)) return 'co_worker'
    if (own?.place === patient.place) return 'neighbour'
  }
  return restricted ? 'restricted' : 'none'
}

/** Reads the homes of all employees once, when the first patient asks for them. */
export function createRelations(store: StoreReader): { relationOf(user: User, patient: HomeKeys | undefined, restricted: boolean): Promise<Relation> } {
  let employees: Set<string> | undefined
  const load = async (): Promise<Set<string>> => {
    const found = new Set<string>()
    let cursor: string | undefined
    do {
      const page = await store.users({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
      for (const { address } of page.items) if (address !== undefined) found.add(address.self)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    return found
  }
  return {
    async relationOf(user, patient, restricted) {
      employees ??= await load()
      return relate(user.address, patient, employees, restricted)
    },
  }
}
