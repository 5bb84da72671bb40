import { afterAll, beforeAll, describe } from 'vitest'
import { describeStore } from '../../testing/store-contract.ts'
import { hasPostgres, type PostgresServer, startPostgres } from '../../testing/postgres-server.ts'
import { openPostgresStore } from './postgres-store.ts'

describe.runIf(hasPostgres)('PostgreSQL', () => {
  let server: PostgresServer
  let count = 0
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  describeStore('postgres', async () => {
    count += 1
    const url = await server.url(`t${count}`)
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
  }, { secondHandle: true })
})
