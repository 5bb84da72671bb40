import { afterEach, describe, expect, test } from 'vitest'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import type { IngestRun, Store, StoreWriter } from '../store/store.ts'
import { buildDevice, buildRun, buildUser, MONDAY_MS } from '../testing/builders.ts'
import { everything, openTestImports, type TestImports } from '../testing/connector-imports.ts'
import { createConnectors } from './imports.ts'
import { createKeyTable, createRehearsal } from './rehearsal.ts'

const ROWS = 2500
const activities = (count: number, over: (seq: number) => object = () => ({})): string => Array.from({ length: count }, (_, index) => JSON.stringify({
  device: `lt-${index % 3}`, seq: index + 1, occurredAt: '2026-03-02T08:00:00Z', actor: { account: `p${index % 7}`, accountId: '1000' }, fileCopied: { destination: { path: `/media/stick/${index}`, location: 'LOCATION_KIND_REMOVABLE' } }, ...over(index + 1),
})).join('\n')
const people = (count: number, status = (_index: number) => 'active'): string => `account,email,manager,groups,status\n${Array.from({ length: count }, (_, index) => `p${index},p${index}@example.com,${index === 0 ? '' : `p${Math.floor(index / 4)}`},${index % 2 === 0 ? 'even' : 'odd'},${status(index)}`).join('\n')}\n`

let opened: TestImports[] = []
const open = async (options: Parameters<typeof openTestImports>[0] = { stagedFromBytes: 0 }): Promise<TestImports> => {
  const at = await openTestImports(options)
  opened.push(at)
  return at
}
afterEach(async () => {
  for (const at of opened) await at.close()
  opened = []
})

/** What an import made of people, without the ids that each store gives by itself. */
async function shape(store: Store): Promise<unknown> {
  const users = (await store.users({ limit: 500 })).items
  const name = new Map(users.map((user) => [user.id, user.displayName]))
  return {
    users: users.map(({ displayName, identities, groups, managerId, reports, directory }) => ({ displayName, identities, groups, manager: name.get(managerId ?? ''), reports, active: directory?.active })).toSorted((a, b) => (a.displayName < b.displayName ? -1 : 1)),
    triggers: (await store.triggers({ limit: 500 })).items.map(({ userId, kind, atMs }) => [name.get(userId), kind, atMs]).map(String).toSorted((a, b) => (a < b ? -1 : 1)),
    insights: (await Promise.all(users.map(async (user) => (await store.insights(user.id, 0, 100_000)).map(({ indicator, day, events }) => [name.get(user.id), indicator, day, events])))).flat().map(String).toSorted((a, b) => (a < b ? -1 : 1)),
    activities: await store.activityCount(),
  }
}
const NOTHING_THERE = { users: [], triggers: [], insights: [], activities: 0 }
const stagedGroups = async (store: Store, run: string) => (await store.stagedFacts(run, 0, 100)).length
const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: unknown) => String((error as { code?: string }).code ?? error))

describe('a large import', { timeout: 60_000 }, () => {
  test.each([
    ['activities', activities(ROWS), {}],
    ['directory', people(300), { full: true }],
    ['hr', `EmailAddress,ResignationDate,LastWorkingDate\n${Array.from({ length: 40 }, (_, index) => `p${index}@example.com,2026-02-02,2026-03-31`).join('\n')}\n`, { confirm: true }],
    ['badging', JSON.stringify(Array.from({ length: 1500 }, (_, index) => ({ UserId: `p${index % 5}@example.com`, AssetId: `d${index}`, EventTime: '2026-03-02T08:00:00Z', AccessStatus: 'Failed' }))), {}],
  ] as const)('of %s leaves what a small one would, says the same of it, and says it twice for nothing', async (id, text, options) => {
    const [parts, whole] = [await open(), await open({})]
    const [inParts, atOnce] = [await parts.run(id, text, options), await whole.run(id, text, { ...options })]
    expect(inParts.totals).toEqual(atOnce.totals)
    expect(await shape(parts.store)).toEqual(await shape(whole.store))
    expect((await parts.store.connectorRuns(id, 5))[0]).toMatchObject({ id: inParts.runId, outcome: 'done', rows: atOnce.totals.rows, activities: atOnce.totals.activities })
    const before = await shape(parts.store)
    expect((await parts.run(id, text, options)).totals).toMatchObject({ usersCreated: 0, triggers: 0, activities: 0 })
    expect(await shape(parts.store)).toEqual(before)
    expect(await stagedGroups(parts.store, inParts.runId ?? '')).toBe(0)
  })

  test('lets ingest go on between its parts, none of which holds more than a thousand rows', async () => {
    const order: string[] = []
    let device: Promise<unknown> | undefined
    const at = await open({
      stagedFromBytes: 0,
      wrap: (store) => ({
        ...store,
        write: (work) => store.write((tx) => work({
          ...tx,
          async ingest(runs: readonly IngestRun[], ...rest: [Parameters<StoreWriter['ingest']>[1], Parameters<StoreWriter['ingest']>[2]]) {
            order.push(`import ${runs.reduce((sum, run) => sum + run.activities.length, 0)}`)
            // A device sends while the first part is being applied: it waits for this part alone.
            device ??= store.write((other) => other.ingest([buildRun(1, 5)], countInsights, mergeInsights)).then(() => order.push('device'))
            return tx.ingest(runs, ...rest)
          },
        })),
      }),
    })
    await at.store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUser(buildUser())
    })
    await at.run('activities', activities(ROWS))
    await device
    expect(order.indexOf('device')).toBeGreaterThan(0)
    expect(order.slice(order.indexOf('device')).filter((entry) => entry.startsWith('import')).length).toBeGreaterThan(1)
    expect(Math.max(...order.filter((entry) => entry.startsWith('import')).map((entry) => Number(entry.split(' ')[1])))).toBeLessThanOrEqual(1000)
    expect(await at.store.activityCount()).toBe(ROWS + 5)
  })

  test('overwrites nothing that others change of the same people between its parts', async () => {
    let parts = 0
    const at = await open({
      stagedFromBytes: 0,
      wrap: (store) => ({
        ...store,
        async stagedFacts(...asked) {
          const found = await store.stagedFacts(...asked)
          parts += 1
          if (parts === 2) {
            await store.write(async (tx) => {
              const first = await tx.userByIdentity({ kind: 'account', value: 'p0' })
              if (first !== undefined) await tx.saveUser({ ...first, title: 'Engineer' })
            })
          }
          return found
        },
      }),
    })
    await at.run('directory', people(9000))
    expect(parts).toBeGreaterThan(1)
    expect(await at.store.userByIdentity({ kind: 'account', value: 'p0' })).toMatchObject({ title: 'Engineer', reports: 8999, groups: ['even'] })
  })

  test('holds no writer while it is rehearsed, also as a dry run', async () => {
    let writes = 0
    const at = await open({ stagedFromBytes: 0, wrap: (store) => ({ ...store, write: (work) => {
      writes += 1
      return store.write(work)
    } }) })
    await at.run('activities', activities(10))
    writes = 0
    const report = await at.run('activities', activities(ROWS), { dryRun: true })
    expect([report.dryRun, report.totals.activities, writes]).toEqual([true, ROWS - 10, 0])
    expect(await at.store.activityCount()).toBe(10)
  })
})

describe('a large import that is refused leaves nothing', { timeout: 60_000 }, () => {
  test.each([
    ['a bad last row', 'activities', `${activities(ROWS)}\n{"device":"d"}\n`, 'CONNECTOR_FILE_INVALID'],
    ['two contents under one number, far apart', 'activities', `${activities(ROWS)}\n${activities(1, () => ({ occurredAt: '2026-03-02T09:00:00Z' }))}\n`, 'CONNECTOR_FILE_INVALID'],
    ['more leavers than the ceiling', 'hr', `EmailAddress,ResignationDate,LastWorkingDate\n${Array.from({ length: 40 }, (_, index) => `p${index}@example.com,2026-02-02,2026-03-31`).join('\n')}\n`, 'CONNECTOR_CEILING'],
    ['more accounts gone than the ceiling', 'directory', people(100, (index) => (index < 30 ? 'disabled' : 'active')), 'CONNECTOR_CEILING'],
  ])('for %s', async (_, id, text, code) => {
    const at = await open()
    await at.run('directory', people(100))
    const before = await everything(at.store)
    expect(await codeOf(at.run(id, text))).toBe(code)
    expect(await everything(at.store)).toEqual(before)
    const [run] = await at.store.connectorRuns(id, 1)
    expect(run).toMatchObject({ outcome: 'refused', code })
    await at.connectors.resume()
    expect(await stagedGroups(at.store, run?.id ?? '')).toBe(0)
  })
})

describe('a collector that ends in the middle of a large import', { timeout: 60_000 }, () => {
  /** A store whose transactions fail from the nth on, as those of a process that is gone. */
  const failing = (allowed: () => number) => (store: Store): Store => {
    let count = 0
    return { ...store, write: (work) => ((count += 1) > allowed() ? Promise.reject(new Error('the process is gone')) : store.write(work)) }
  }
  const again = (at: TestImports) => createConnectors({ store: at.store, count: countInsights, merge: mergeInsights, now: () => MONDAY_MS, onUsers: () => {}, stagedFromBytes: 0 })

  test('leaves it whole or not there at all, wherever it ends', async () => {
    let writes = 0
    const whole = await open({ stagedFromBytes: 0, wrap: (store) => ({ ...store, write: (work) => {
      writes += 1
      return store.write(work)
    } }) })
    await whole.run('activities', activities(ROWS))
    const expected = await shape(whole.store)
    const outcomes = new Set<number>()
    for (let allowed = 0; allowed <= writes; allowed += 1) {
      const at = await open({ stagedFromBytes: 0, wrap: failing(() => allowed) })
      await at.run('activities', activities(ROWS)).catch(() => undefined)
      await again(at).resume()
      const count = await at.store.activityCount()
      outcomes.add(count)
      expect([allowed, await shape(at.store)]).toEqual([allowed, count === 0 ? NOTHING_THERE : expected])
      expect((await at.store.connectorRuns('activities', 5)).map((run) => run.outcome)).toEqual(count === 0 ? [] : ['done'])
    }
    expect([...outcomes].toSorted((a, b) => a - b)).toEqual([0, ROWS])
  })
})

describe('a rehearsal', () => {
  test('reads what it wrote, and changes nothing', async () => {
    const at = await open()
    const before = await everything(at.store)
    const tx = createRehearsal(at.store)
    expect(await tx.claimItems('c', ['a', 'b', 'a'])).toEqual(['a', 'b'])
    expect(await tx.claimItems('c', ['b', 'c'])).toEqual(['c'])
    await tx.saveConnectorItems('c', new Map([['k', '00000000000000ff'], ['t', 'some text']]))
    expect([...(await tx.connectorItems('c', ['k', 't', 'none']))]).toEqual([['k', '00000000000000ff'], ['t', 'some text']])
    expect(() => (tx as unknown as { readonly savePolicy: unknown }).savePolicy).toThrow('may not savePolicy')
    expect(await everything(at.store)).toEqual(before)
  })
  test('keeps a hundred thousand keys apart', () => {
    const table = createKeyTable()
    for (let key = 1n; key <= 100_000n; key += 1n) table.set(key * 0x9e3779b97f4a7c15n & 0xffffffffffffffffn, key)
    const wrong = Array.from({ length: 100_000 }, (_, index) => BigInt(index + 1)).filter((key) => table.get(key * 0x9e3779b97f4a7c15n & 0xffffffffffffffffn) !== key)
    expect([table.size(), wrong.length, table.get(5n)]).toEqual([100_000, 0, undefined])
  })
})
