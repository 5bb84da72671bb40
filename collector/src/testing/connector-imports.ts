// Imports over a real store, from text.
import { hash } from 'node:crypto'
import { type Connectors, createConnectors, type ImportOptions, type ImportReport } from '../connectors/imports.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import type { Store } from '../store/store.ts'
import { MONDAY_MS } from './builders.ts'
import { openTemporaryStore } from './temporary-store.ts'

export interface TestImports {
  readonly store: Store
  readonly connectors: Connectors
  nowMs: number
  readonly woken: string[]
  run(id: string, content: string | Uint8Array, options?: ImportOptions): Promise<ImportReport>
  close(): Promise<void>
}

export async function openTestImports(over_: { readonly stagedFromBytes?: number; readonly wrap?: (store: Store) => Store } = {}): Promise<TestImports> {
  const { wrap = (store: Store) => store, ...over } = over_
  const temporary = await openTemporaryStore()
  const woken: string[] = []
  const at: TestImports = {
    store: temporary.store, woken, nowMs: MONDAY_MS,
    connectors: createConnectors({ ...over, store: wrap(temporary.store), count: countInsights, merge: mergeInsights, now: () => at.nowMs, onUsers: (users) => void woken.push(...users) }),
    run(id, content, options = {}) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content)
      // In small pieces, as a stream may come.
      const open = async function* () {
        for (let from = 0; from < bytes.length; from += 1021) yield bytes.subarray(from, from + 1021)
      }
      return at.connectors.run(id, { open, bytes: bytes.length, hash: hash('sha256', bytes) }, options, 'a_1')
    },
    close: () => temporary.remove(),
  }
  return at
}

/** Everything that an import can change, to be compared before and after. */
export async function everything(store: Store): Promise<unknown> {
  const users = await store.users({ limit: 500 })
  return {
    users: users.items, triggers: (await store.triggers({ limit: 500 })).items, activities: (await store.activities({ limit: 500 })).items.map((activity) => activity.id), marked: (await store.markedUsers(500)).map((mark) => mark.userId),
    insights: (await Promise.all(users.items.map((user) => store.insights(user.id, 0, 100_000)))).flat(),
  }
}
