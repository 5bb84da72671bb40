import type pg from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { describeStore } from '../../testing/store-contract.ts'
import { hasPostgres, type PostgresServer, startPostgres } from '../../testing/postgres-server.ts'
import { createSession } from './connection.ts'
import { openPostgresStore } from './postgres-store.ts'

/** As it was made, in a tenth of the time of making it; the owner may pass over triggers. */
const EMPTY = `
  SET session_replication_role = replica;
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'holdfast_schema' AND tablename NOT LIKE 'activity\\_2%' LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', name); END LOOP;
  END $$;
  SET session_replication_role = origin`

describe.runIf(hasPostgres)('PostgreSQL', () => {
  let server: PostgresServer
  let url: string
  let owner: pg.Client
  beforeAll(async () => {
    server = await startPostgres()
    url = await server.url('contract')
    await (await openPostgresStore({ url })).close()
    owner = await createSession(url)
  })
  afterAll(async () => {
    await owner.end()
    await server.stop()
  })

  describeStore('postgres', async () => {
    await owner.query(EMPTY)
    let current = await openPostgresStore({ url })
    return {
      store: current,
      async reopen() {
        await current.close()
        current = await openPostgresStore({ url })
        return current
      },
      second: () => openPostgresStore({ url }),
      remove: () => current.close(),
    }
  }, { secondHandle: true, anyText: false })
})
