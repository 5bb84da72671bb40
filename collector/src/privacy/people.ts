// The names of everybody known, kept up to date from the store, so that a text about one person hides the others too.
import { createNameIndex, type NameIndex } from '../domain/people/mask.ts'
import type { StoreReader } from '../store/store.ts'

const PAGE = 1000

export interface People {
  /** Names as of now; costs one short query when nobody changed. */
  names(): Promise<NameIndex>
}

export function createPeople(store: StoreReader): People {
  const index = createNameIndex()
  let seen = 0
  let reading: Promise<void> | undefined
  const catchUp = async (): Promise<void> => {
    for (let more = true; more; ) {
      const { users, revision } = await store.peopleSince(seen, PAGE)
      index.add(users)
      seen = revision
      more = users.length === PAGE
    }
  }
  return {
    async names() {
      // Whoever asks while somebody reads waits for that, and looks again: a change may have come after its last page.
      while (reading !== undefined || (await store.peopleRevision()) > seen) {
        reading ??= catchUp().finally(() => (reading = undefined))
        await reading
      }
      return index
    },
  }
}
