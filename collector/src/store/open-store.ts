import { CodedError } from '../errors.ts'
import { MOVED_SETTING, type Store } from './store.ts'
import { openSqliteStore } from './sqlite/sqlite-store.ts'

/**
 * The store that the configuration names (`store`): a PostgreSQL database, or the file of SQLite when it names none.
 *
 * @throws STORE_CORRUPT, STORE_NEWER, STORE_UNREACHABLE, STORE_UNSAFE, STORE_MOVED, STORE_MIGRATING, CONFIG_INVALID
 */
export async function openStore({ store: url }: { readonly store: string }, path: string): Promise<Store> {
  if (url === '') {
    const store = await openSqliteStore({ path })
    const movedAt = await store.setting(MOVED_SETTING)
    if (movedAt === undefined) return store
    await store.close()
    throw new CodedError('STORE_MOVED', { at: movedAt })
  }
  // The driver is loaded where it is needed only.
  const { openPostgresStore } = await import('./postgres/postgres-store.ts')
  return openPostgresStore({ url })
}
