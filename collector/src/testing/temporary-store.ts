// A real SQLite store in a folder of its own, gone after the test.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Store } from '../store/store.ts'

export interface TemporaryStore {
  readonly store: Store
  readonly folder: string
  readonly path: string
  remove(): Promise<void>
}

export async function openTemporaryStore(): Promise<TemporaryStore> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-store-'))
  const path = join(folder, 'holdfast.db')
  const store = await openSqliteStore({ path })
  return {
    store, folder, path,
    async remove() {
      await store.close().catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
