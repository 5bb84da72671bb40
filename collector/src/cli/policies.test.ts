// The commands as somebody types them, over an installation in which nothing runs.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import { buildDevice, buildRun, buildUser, DAY_MS, MONDAY_MS } from '../testing/builders.ts'
import { type Ended, runHoldfast } from '../testing/command-line.ts'

describe('policies and users on the command line', { timeout: 120_000 }, () => {
  let folder: string
  const holdfast = (args: readonly string[], input = ''): Promise<Ended> => runHoldfast(folder, [...args, '--dir', join(folder, 'data')], input)
  const told = async <T>(args: readonly string[], input = ''): Promise<T> => {
    const { code, stdout, stderr } = await holdfast([...args, '--json'], input)
    expect([args.join(' '), code === 0 ? '' : stderr]).toEqual([args.join(' '), ''])
    return JSON.parse(stdout) as T
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-policies-'))
    const { code, stderr } = await holdfast(['init'])
    if (code !== 0) throw new Error(stderr)
    await writeFile(join(folder, 'leaks.yaml'), 'name: Leaks\ntemplate: data_leaks\n')
    // Yesterday, by the clock of this machine: the commands know no other.
    const shiftMs = Math.floor((Date.now() - DAY_MS - MONDAY_MS) / DAY_MS) * DAY_MS
    const store = await openSqliteStore({ path: join(folder, 'data', 'holdfast.db') })
    await store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUser(buildUser())
      const run = buildRun(1, 40)
      await tx.ingest([{ ...run, activities: run.activities.map((row) => ({ ...row, activity: { ...row.activity, occurredAtMs: row.activity.occurredAtMs + shiftMs } })) }], countInsights, mergeInsights)
    })
    await store.close()
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('a preview says its progress on stderr and its result on stdout, before and after the policy is saved', async () => {
    const draft = await holdfast(['policy', 'preview', '-f', 'leaks.yaml', '--json'])
    expect(draft.stderr).toContain('1 of 1 users, 1 alert')
    const before = JSON.parse(draft.stdout) as { alerts: object; examples: { score: number }[] }
    expect((await holdfast(['policy', 'apply', '-f', 'leaks.yaml'])).code).toBe(0)
    const after = await told<typeof before>(['policy', 'preview', 'Leaks'])
    expect([after.alerts, after.examples]).toEqual([before.alerts, before.examples])
    const { items } = await told<{ items: { id: string; score: number }[] }>(['alert', 'list'])
    expect(items.map(({ score }) => score)).toEqual(before.examples.map(({ score }) => score))
    const id = items[0]?.id ?? ''
    expect(await told(['alert', 'what-if', id, '-f', '-'], '')).toMatchObject({ difference: 0, before: { score: items[0]?.score } })
    expect((await told<{ difference: number }>(['alert', 'what-if', id, '-f', '-'], 'indicators:\n  copy_to_removable_media: { thresholds: { low: 35, medium: 100, high: 200 } }\n')).difference).toBeLessThan(0)
  })
  test('what is wrong is said with the place, and with an exit code of its own', async () => {
    expect(await holdfast(['policy', 'preview'])).toMatchObject({ code: 2, stderr: expect.stringContaining('needs either the id of a policy or --file') as string })
    expect(await holdfast(['policy', 'preview', '-f', '-'], 'name: x\ntemplate: data_leak\n')).toMatchObject({ code: 2, stderr: expect.stringContaining('line 2: there is no template "data_leak"') as string })
    expect(await holdfast(['policy', 'preview', 'none'])).toMatchObject({ code: 5, stderr: expect.stringContaining('NOT_FOUND') as string })
    expect(await holdfast(['user', 'report', 'u_1', '--from', '2026-03-01'])).toMatchObject({ code: 2, stderr: expect.stringContaining('a range needs --from and --to') as string })
    expect(await holdfast(['user', 'score', 'u_1', '--days', '40', '--reason', 'a hint'])).toMatchObject({ code: 2, stderr: expect.stringContaining('REQUEST_INVALID') as string })
  })
  test('a user is scored by hand and the scoring is ended; a report shows both days and triggers', async () => {
    const trigger = await told<{ id: string }>(['user', 'score', 'u_1', '--days', '14', '--reason', 'a hint'])
    const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
    const report = await told<{ triggers: { note: string }[]; points: { indicator: string }[] }>(['user', 'report', 'u_1', '--from', day(Date.now() - 3 * DAY_MS), '--to', day(Date.now())])
    expect([report.triggers.map(({ note }) => note), report.points.map(({ indicator }) => indicator)]).toEqual([['a hint'], expect.arrayContaining(['copy_to_removable_media']) as string[]])
    expect((await holdfast(['user', 'stop-scoring', 'u_1', trigger.id])).code).toBe(0)
    expect(await told(['user', 'triggers', 'u_1'])).toEqual({ items: [] })
    expect(await told(['user', 'risk-level'])).toMatchObject({ items: [{ level: expect.stringMatching(/minor|moderate|elevated/) as string }] })
  })
  test('a priority group is made of people, and nobody else', async () => {
    expect((await holdfast(['priority-group', 'create', 'Board', '--user', 'nobody'])).code).toBe(2)
    expect(await told(['priority-group', 'create', 'Board', '--user', 'alice'])).toMatchObject({ members: ['u_1'] })
    expect(await told(['priority-group', 'remove', 'Board', '--user', 'u_1'])).toMatchObject({ members: [] })
    expect((await holdfast(['analytics'])).stdout).toContain('fewer than 10')
  })
})
