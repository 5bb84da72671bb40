import { mkdtemp, rm } from 'node:fs/promises'
import { connect as connectTcp, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appendAudit, verifyAudit } from '../../audit/chain.ts'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import { CodedError } from '../../errors.ts'
import { buildAlert, buildDevice, buildRun, buildUser, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import { hasPostgres, type PostgresServer, startPostgres } from '../../testing/postgres-server.ts'
import { openStore } from '../open-store.ts'
import { openSqliteStore } from '../sqlite/sqlite-store.ts'
import type { IngestRun, Store } from '../store.ts'
import { layoutProblems } from './citus-layout.ts'
import { createSession, int8List } from './connection.ts'
import { moveToPostgres } from './from-sqlite.ts'
import { partitions } from './partitions.ts'
import { openPostgresStore, type PostgresStore } from './postgres-store.ts'

const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: unknown) => (error instanceof CodedError ? error.code : String(error)))
const at = (iso: string): number => Date.parse(iso)

describe.runIf(hasPostgres)('a PostgreSQL database', () => {
  let server: PostgresServer
  let count = 0
  let url: string
  const opened: Store[] = []
  const open = async (of = url): Promise<PostgresStore> => {
    const store = await openPostgresStore({ url: of })
    opened.push(store)
    return store
  }
  const admin = async (sql: string, of = url): Promise<void> => {
    const session = await createSession(of)
    try {
      await session.query(sql)
    } finally {
      await session.end()
    }
  }
  const fill = async (store: Store): Promise<void> => {
    await store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveDevice(buildDevice({ id: 'd_2', hardwareId: 'hw_2' }))
      await tx.saveUser(buildUser())
    })
  }
  const ingest = (store: Store, run: IngestRun, beside = true) => store.write((tx) => tx.ingest([run], countInsights, mergeInsights), beside ? { devices: [run.deviceId] } : undefined)
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(async () => {
    await server.stop()
  })
  beforeEach(async () => {
    count += 1
    url = await server.url(`own${count}`)
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close().catch(() => undefined)))
  })

  describe('that would forget', () => {
    test('a commit that waits for no disk is refused, one that waits for this machine alone is not', async () => {
      for (const [value, code] of [['off', 'STORE_UNSAFE'], ['local', 'nothing']] as const) {
        await admin(`ALTER DATABASE own${count} SET synchronous_commit = ${value}`)
        expect(await codeOf(open())).toBe(code)
      }
    })
    test('of another encoding is refused', async () => {
      await admin(`CREATE DATABASE latin${count} TEMPLATE template0 ENCODING 'LATIN1'`)
      expect(await codeOf(open(url.replace(`own${count}`, `latin${count}`)))).toBe('STORE_UNSAFE')
    })
    test('that is not there is told from one that is unsafe', async () => {
      expect(await codeOf(open('postgres://holdfast@127.0.0.1:1/none'))).toBe('STORE_UNREACHABLE')
      expect(await codeOf(open('mysql://root@127.0.0.1/none'))).toBe('CONFIG_INVALID')
    })
  })

  describe('the schema', () => {
    test('is made once when several processes open an empty database at once', async () => {
      const stores = await Promise.all([open(), open(), open()])
      expect(new Set(await Promise.all(stores.map(async (store) => (await store.describe())['schema']))).size).toBe(1)
      expect((await stores[0]?.connection.all('SELECT * FROM holdfast_schema'))?.length).toBe(1)
    })
    test('of a later program is refused and left as it is', async () => {
      await (await open()).close()
      await admin('UPDATE holdfast_schema SET steps = 999')
      expect(await codeOf(open())).toBe('STORE_NEWER')
    })
    test('could lie on Citus as it was decided, and every table has a place', async () => {
      expect(await layoutProblems((await open()).connection)).toEqual([])
    })
  })

  describe('months', () => {
    test('are made ahead, and any other when something arrives in it', async () => {
      const store = await openPostgresStore({ url, now: () => at('2026-11-24T00:00:00Z') })
      opened.push(store)
      expect((await partitions(store.connection)).map(({ name }) => name)).toEqual(['activity_2026_11', 'activity_2026_12', 'activity_2027_01', 'activity_2027_02'])
      await fill(store)
      await ingest(store, { ...buildRun(1, 2), receivedAtMs: at('2025-02-28T23:59:59.999Z') })
      await ingest(store, { ...buildRun(3, 2), receivedAtMs: at('2025-03-01T00:00:00Z') })
      expect((await partitions(store.connection)).slice(0, 2).map(({ name }) => name)).toEqual(['activity_2025_02', 'activity_2025_03'])
      expect((await store.activities({ limit: 9 })).items).toHaveLength(4)
    })
    test('that are over go as a whole, but for one in which somebody is held', async () => {
      const store = await open()
      await fill(store)
      await store.write((tx) => tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-2', identities: [{ kind: 'account', value: 'bob' }] })))
      await ingest(store, { ...buildRun(1, 3), receivedAtMs: at('2025-01-10T00:00:00Z') })
      await ingest(store, { ...buildRun(4, 3), receivedAtMs: at('2025-02-10T00:00:00Z') })
      await ingest(store, { ...buildRun(7, 2, { userId: 'u_2' }), receivedAtMs: at('2025-02-11T00:00:00Z') })
      await ingest(store, { ...buildRun(9, 1), receivedAtMs: at('2025-03-20T00:00:00Z') })
      await store.write((tx) => tx.placeHold({ id: 'lh_1', userId: 'u_2', reason: 'x', atMs: 1, byId: 'a_1' }))
      const before = at('2025-03-15T00:00:00Z')
      expect(await store.retentionCount('activities', before)).toEqual({ due: 6, held: 2, inCases: 0 })
      const steps: number[] = []
      for (let cursor: number | undefined = 0; cursor !== undefined; ) {
        const from: number = cursor
        const step: { readonly removed: number; readonly cursor?: number } = await store.write((tx) => tx.retentionStep('activities', before, from))
        steps.push(step.removed)
        cursor = step.cursor
      }
      expect(steps).toEqual([3, 3])
      expect((await partitions(store.connection)).slice(0, 2).map(({ name }) => name)).toEqual(['activity_2025_02', 'activity_2025_03'])
      expect((await store.activities({ limit: 9 })).items.map(({ id }) => Number(id.split('.')[2])).toSorted((a, b) => a - b)).toEqual([7, 8, 9])
    })
    test('numbers of any size go in as they are', async () => {
      const store = await open()
      const numbers = [0, 1, -1, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
      expect((await store.connection.all<{ n: number }>('SELECT n FROM unnest(?::int8[]) AS l(n)', int8List(numbers))).map(({ n }) => n)).toEqual(numbers)
      expect(await store.connection.all('SELECT n FROM unnest(?::int8[]) AS l(n)', int8List([]))).toEqual([])
    })
  })

  describe('several processes', () => {
    test('that hold the same messages store and count them once', async () => {
      const stores = [await open(), await open(), await open()]
      await fill(stores[0] as Store)
      const outcomes = await Promise.all(Array.from({ length: 12 }, (_, turn) => ingest(stores[turn % 3] as Store, buildRun(1, 50))))
      expect(outcomes.map(({ stored }) => stored).toSorted((a, b) => b - a)).toEqual([50, ...Array.from({ length: 11 }, () => 0)])
      expect((await stores[0]?.activities({ limit: 500 }))?.items).toHaveLength(50)
      expect((await stores[0]?.insights('u_1', dayOf(MONDAY_MS), dayOf(MONDAY_MS)))?.find(({ indicator }) => indicator === 'copy_to_removable_media')?.events).toBe(50)
    })
    test('that store activities of one person from two devices lose no count', async () => {
      const stores = [await open(), await open()]
      await fill(stores[0] as Store)
      await Promise.all(Array.from({ length: 20 }, (_, turn) => ingest(stores[turn % 2] as Store, { ...buildRun(1 + Math.floor(turn / 2) * 5, 5), deviceId: `d_${(turn % 2) + 1}`, activities: buildRun(1 + Math.floor(turn / 2) * 5, 5).activities })))
      expect((await stores[0]?.insights('u_1', dayOf(MONDAY_MS), dayOf(MONDAY_MS)))?.find(({ indicator }) => indicator === 'copy_to_removable_media')?.events).toBe(100)
    })
    test('that see an account for the first time make one person of it', async () => {
      const stores = [await open(), await open(), await open(), await open()]
      const made = await Promise.all(stores.map((store, index) => store.write((tx) => tx.ensureUser({ kind: 'account', value: 'new' }, () => buildUser({ id: `u_new${index}`, pseudonym: `ANON-N${index}`, identities: [{ kind: 'account', value: 'new' }] })), { devices: [] })))
      expect(new Set(made.map(({ id }) => id)).size).toBe(1)
      expect(await stores[0]?.personCount()).toBe(1)
    })
    test('that note audit entries beside each other leave one chain', async () => {
      const stores = [await open(), await open()]
      await Promise.all(Array.from({ length: 30 }, (_, turn) => (stores[turn % 2] as Store).write((tx) => appendAudit(tx, { actor: { id: 'a', name: 'a' }, action: 'x.y', targetKind: 'x', targetId: String(turn), atMs: turn }), turn % 3 === 0 ? undefined : { devices: [] })))
      expect(await verifyAudit(stores[0] as Store, [])).toMatchObject({ ok: true, entries: 30 })
    })
    test('that evaluate take each mark once', async () => {
      const stores = [await open(), await open()]
      await fill(stores[0] as Store)
      await stores[0]?.write((tx) => tx.markUser('u_1'))
      const marked = (await stores[0]?.markedUsers(9)) ?? []
      let release = (): void => {}
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      let isTaken = (): void => {}
      const taking = new Promise<void>((resolve) => {
        isTaken = resolve
      })
      const first = (stores[0] as Store).write(async (tx) => {
        const taken = await tx.takeMarks(marked)
        isTaken()
        await held
        await tx.clearMarks(marked)
        return taken
      }, { devices: [] })
      await taking
      expect(await stores[1]?.write((tx) => tx.takeMarks(marked), { devices: [] })).toEqual([])
      release()
      expect(await first).toEqual(['u_1'])
      expect(await stores[1]?.markedUsers(9)).toEqual([])
    })
    test('wait while one is alone, and it waits for them', async () => {
      const stores = [await open(), await open()]
      await fill(stores[0] as Store)
      let open1 = 0
      let most = 0
      const busy = (store: Store, scope?: { devices: string[] }) => store.write(async (tx) => {
        open1 += scope === undefined ? 100 : 1
        most = Math.max(most, open1)
        await tx.saveSetting(scope === undefined ? 'alone' : `s${open1}`, 'v')
        open1 -= scope === undefined ? 100 : 1
      }, scope)
      await Promise.all(Array.from({ length: 24 }, (_, turn) => busy(stores[turn % 2] as Store, turn % 4 === 0 ? undefined : { devices: [] })))
      expect(most).toBe(100)
    })
  })

  describe('that goes away (F-46)', () => {
    /** Between a store and the server; cuts the line when the server has answered a COMMIT, before that answer arrives. */
    const listen = async (): Promise<{ readonly url: string; arm(): void; close(): void }> => {
      let isArmed = false
      const sockets = new Set<Socket>()
      const proxy: Server = createServer((near) => {
        const far = connectTcp(server.port, '127.0.0.1')
        let isLast = false
        for (const socket of [near, far]) {
          sockets.add(socket)
          socket.on('error', () => {})
        }
        near.on('data', (data: Buffer) => {
          if (isArmed && data.includes('COMMIT')) {
            isArmed = false
            isLast = true
          }
          far.write(data)
        })
        far.on('data', (data: Buffer) => {
          if (isLast) {
            near.destroy()
            far.destroy()
          } else near.write(data)
        })
        near.on('close', () => far.destroy())
        far.on('close', () => near.destroy())
      })
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', () => resolve()))
      const { port } = proxy.address() as AddressInfo
      return {
        url: url.replace(/:\d+\//, `:${port}/`),
        arm: () => {
          isArmed = true
        },
        close() {
          for (const socket of sockets) socket.destroy()
          proxy.close()
        },
      }
    }
    test('while it commits: whoever tries again finds out from what is there', async () => {
      const line = await listen()
      try {
        const store = await open(line.url)
        await fill(store)
        line.arm()
        expect(await codeOf(ingest(store, buildRun(1, 10)))).toBe('STORE_UNREACHABLE')
        expect(await ingest(store, buildRun(1, 10))).toMatchObject({ stored: 0, duplicates: 10, watermarks: [{ committedSeq: 10 }] })
        expect((await store.insights('u_1', dayOf(MONDAY_MS), dayOf(MONDAY_MS))).find(({ indicator }) => indicator === 'copy_to_removable_media')?.events).toBe(10)
      } finally {
        line.close()
      }
    })
    test('in the middle of a transaction: nothing of it is there, and the next one is whole', async () => {
      const store = await open()
      await fill(store)
      const cut = store.write(async (tx) => {
        await tx.saveAlert(buildAlert())
        await admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holdfast write' AND datname = 'own${count}'`)
        await tx.saveSetting('a', 'b')
      })
      expect(await codeOf(cut)).toBe('STORE_UNREACHABLE')
      expect(await store.alert(buildAlert().id)).toBeUndefined()
      expect(await ingest(store, buildRun(1, 3))).toMatchObject({ stored: 3 })
    })
    test('two that would wait for each other for ever: one is told that it is busy, the other commits', async () => {
      const store = await open()
      const reached = [0, 0].map(() => {
        let done = (): void => {}
        return { until: new Promise<void>((resolve) => { done = resolve }), done: () => done() }
      })
      const work = (me: 0 | 1) => store.write(async (tx) => {
        const lock = (which: number) => (which === 0 ? tx.auditHead() : tx.saveUsers([]))
        await lock(me)
        reached[me]?.done()
        await reached[1 - me]?.until
        await lock(1 - me)
      }, { devices: [] })
      const outcomes = await Promise.all([codeOf(work(0)), codeOf(work(1))])
      expect(outcomes.toSorted()).toEqual(['STORE_BUSY', 'nothing'])
    })
    test('and comes back: the store goes on without being opened again', async () => {
      const own = await startPostgres()
      try {
        const store = await open(await own.url('x'))
        await fill(store)
        await ingest(store, buildRun(1, 3))
        await own.kill()
        expect(await codeOf(ingest(store, buildRun(4, 3)))).toBe('STORE_UNREACHABLE')
        await own.restart()
        expect(await ingest(store, buildRun(4, 3))).toMatchObject({ stored: 3 })
        expect((await store.activities({ limit: 9 })).items).toHaveLength(6)
      } finally {
        await Promise.all(opened.splice(0).map((store) => store.close().catch(() => undefined)))
        await own.stop()
      }
    })
  })

  describe('that a file of SQLite moves to (F-45)', () => {
    let folder: string
    let path: string
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'holdfast-move-'))
      path = join(folder, 'holdfast.db')
      const store = await openSqliteStore({ path })
      await fill(store)
      await store.write(async (tx) => {
        await tx.saveUser(buildUser({ id: 'u_nul', pseudonym: 'ANON-NUL', displayName: 'a\u0000b', department: 'x\u0000y', identities: [{ kind: 'account', value: 'nul' }] }))
        await tx.ingest([buildRun(1, 400), { ...buildRun(1, 30), deviceId: 'd_2' }, { ...buildRun(401, 20), receivedAtMs: MONDAY_MS + 90 * DAY_MS }], countInsights, mergeInsights)
        await tx.saveAlert(buildAlert())
        await appendAudit(tx, { actor: { id: 'a', name: 'a' }, action: 'x.y', targetKind: 'x', targetId: 'x', atMs: 1 })
        await tx.quarantine({ atMs: 1, subject: 's', reason: 'r', detail: 'd', bytes: Buffer.from([0, 255, 1]) })
        await tx.saveSetting('installation', 'mine')
      })
      await store.close()
    })
    afterEach(() => rm(folder, { recursive: true, force: true }))
    const move = (onStep?: (words: string) => void, mayClose = true) => moveToPostgres({ path, url, source: 'mine', mayClose, ...(onStep === undefined ? {} : { onStep }) })

    test('what it holds is there, equal by device and by table, and the file is no store any more', async () => {
      const outcome = await move()
      expect(outcome.kind === 'moved' && outcome.equality.activities).toBe(450)
      expect(outcome.kind === 'moved' && [...outcome.equality.devices].map(([id, { activities }]) => [id, activities])).toEqual([['d_1', 420], ['d_2', 30]])
      expect(await codeOf(openStore({ store: '' }, path))).toBe('STORE_MOVED')
      const before = await openSqliteStore({ path })
      opened.push(before)
      const store = await open()
      for (const read of [(from: Store) => from.activities({ limit: 500 }), (from: Store) => from.insights('u_1', 0, 99_999), (from: Store) => from.alerts({ limit: 5, sort: 'score', descending: true }), (from: Store) => from.ledger('d_1'), (from: Store) => from.quarantined({ limit: 5 }), (from: Store) => from.auditHead(), (from: Store) => from.markedUsers(9), (from: Store) => from.peopleRevision()] as const) {
        expect(await read(store)).toEqual(await read(before))
      }
      expect((await store.user('u_nul'))?.displayName).toBe('a\uFFFDb')
      // Numbers go on after those that were copied.
      expect(await ingest(store, buildRun(421, 5))).toMatchObject({ stored: 5 })
      await store.write((tx) => tx.saveUser(buildUser({ id: 'u_9', pseudonym: 'ANON-9', identities: [{ kind: 'account', value: 'nine' }] })))
      expect((await store.userByIdentity({ kind: 'account', value: 'nine' }))?.id).toBe('u_9')
    })
    test('cut short at each of its steps it is taken up again, and never are both of them the store', async () => {
      const steps: string[] = []
      await move((words) => steps.push(words))
      expect(steps.length).toBeGreaterThan(8)
      // Of the tables, which are copied in one transaction, the first and the last.
      const isTable = (words: string | undefined): boolean => /^copied [a-z_]+,/.test(words ?? '')
      const stops = [...steps.keys()].filter((index) => !isTable(steps[index]) || !isTable(steps[index - 1]) || !isTable(steps[index + 1]))
      for (const stop of stops) {
        count += 1
        url = await server.url(`cut${count}`)
        const file = await openSqliteStore({ path })
        await file.write(async (tx) => tx.saveSetting('turn', String(stop)))
        await file.close()
        await unmove(path)
        let at1 = 0
        const ending = await move(() => {
          at1 += 1
          if (at1 > stop) throw new Error('killed')
        }).then(() => 'not killed', String)
        expect(ending).toContain('killed')
        const [fileCode, databaseCode] = [await codeOf(openStore({ store: '' }, path).then((store) => store.close())), await codeOf(openPostgresStore({ url }).then((store) => store.close()))]
        expect([fileCode, databaseCode].filter((code) => code === 'nothing').length).toBeLessThanOrEqual(1)
        if (databaseCode === 'nothing') continue
        // What the collector did to the file between two runs is moved as well.
        if (fileCode === 'nothing') {
          const between = await openSqliteStore({ path })
          await between.write((tx) => tx.saveSetting('between', String(stop)))
          await between.close()
        }
        expect((await move()).kind).toBe('moved')
        const store = await openPostgresStore({ url })
        expect(await store.setting('turn')).toBe(String(stop))
        expect(await store.setting('between')).toBe(fileCode === 'nothing' ? String(stop) : undefined)
        expect((await store.activities({ limit: 500 })).items).toHaveLength(450)
        await store.close()
      }
    }, 120_000)
    test('activities are copied ahead while a collector runs, and what it erased since is erased there', async () => {
      const file = await openSqliteStore({ path })
      opened.push(file)
      expect(await move(undefined, false)).toEqual({ kind: 'copied', activities: 450 })
      expect(await codeOf(open())).toBe('STORE_MIGRATING')
      await file.write((tx) => tx.erasePerson('u_1', 5))
      await ingest(file, { ...buildRun(31, 7), deviceId: 'd_2' })
      await file.close()
      const outcome = await move()
      expect(outcome.kind === 'moved' && outcome.equality.activities).toBe(7)
    })
    test('another installation is not mixed in, and a database that is in use is refused', async () => {
      await move(undefined, false)
      expect(await codeOf(moveToPostgres({ path, url, source: 'other', mayClose: true }))).toBe('MIGRATION_REFUSED')
      count += 1
      url = await server.url(`used${count}`)
      await (await open()).write((tx) => tx.saveSetting('organisation', 'other'))
      expect(await codeOf(move())).toBe('MIGRATION_REFUSED')
    })
    test('a copy that differs is not believed, and the file stays the store', async () => {
      await move(undefined, false)
      await admin('CREATE RULE lose AS ON INSERT TO alert DO INSTEAD NOTHING')
      expect(await codeOf(move())).toBe('MIGRATION_UNEQUAL')
      expect(await codeOf(openStore({ store: '' }, path).then((store) => store.close()))).toBe('nothing')
      expect(await codeOf(open())).toBe('STORE_MIGRATING')
    })
  })
})

/** The same file again, for the next turn of a test. */
async function unmove(path: string): Promise<void> {
  const { connect } = await import('../sqlite/connection.ts')
  const file = await connect(path, { readOnly: false })
  await file.run("DELETE FROM setting WHERE key IN ('store.moved', 'between')")
  await file.close()
}
