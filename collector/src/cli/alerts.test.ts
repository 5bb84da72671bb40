import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import { buildAlert, buildPolicy, buildUser } from '../testing/builders.ts'
import { initialise } from './init.ts'
import { buildProgram } from './program.ts'

describe('alert commands without a collector', () => {
  let dir: string
  let written: string
  const write = process.stdout.write.bind(process.stdout)
  const run = async (...args: string[]): Promise<string> => {
    written = ''
    process.stdout.write = (text: string | Uint8Array): boolean => {
      written += String(text)
      return true
    }
    try {
      await buildProgram(async () => {}).parseAsync(['node', 'holdfast', ...args, '--dir', join(dir, 'data')])
    } finally {
      process.stdout.write = write
    }
    return written
  }
  const json = async <T>(...args: string[]): Promise<T> => JSON.parse(await run(...args, '--json')) as T
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'holdfast-cli-'))
    await initialise({ dir: join(dir, 'data'), organisation: 'test', names: [] })
    const store = await openSqliteStore({ path: join(dir, 'data', 'holdfast.db') })
    await store.write(async (tx) => {
      await tx.saveUser(buildUser())
      await tx.savePolicy(buildPolicy())
      for (const [index, severity] of (['low', 'low', 'high'] as const).entries()) await tx.saveAlert(buildAlert({ id: `al_${index}`, policyId: `p_${index}`, severity, updatedAtMs: index }))
    })
    await store.close()
  })
  afterEach(() => rm(dir, { recursive: true, force: true }))

  test('list takes every filter of the API, and a wrong one is refused there', async () => {
    const { items } = await json<{ items: { id: string }[] }>('alert', 'list', '--severity', 'low', '--status', 'needs_review', '--assignee', 'nobody', '--no-has-case', '--overdue', '--from', '2026-03-01', '--to', '2026-03-02', '--search', 'ANON', '--trigger', 'indicator_threshold', '--user', 'u_1')
    expect(items.map(({ id }) => id)).toEqual(['al_1', 'al_0'])
    await expect(run('alert', 'list', '--factor', 'bad')).rejects.toThrow('right shape')
  })
  test('dismiss takes ids or all that match, and undo puts them back', async () => {
    await expect(run('alert', 'dismiss', '--reason', 'not_impactful', '--note', 'x')).rejects.toThrow('--matching')
    await expect(run('alert', 'dismiss', 'al_0', 'al_1', '--matching', '--reason', 'not_impactful', '--note', 'x')).rejects.toThrow('without ids')
    const result = await json<{ done: string[]; undo: { operationId: string } }>('alert', 'dismiss', '--matching', '--severity', 'low', '--reason', 'not_impactful', '--note', 'checked')
    expect(result.done.toSorted()).toEqual(['al_0', 'al_1'])
    expect((await json<{ done: string[] }>('alert', 'undo', result.undo.operationId)).done.length).toBe(2)
    expect((await json<{ dismissReason: string }>('alert', 'dismiss', 'al_2', '--reason', 'false_detection', '--note', 'checked')).dismissReason).toBe('false_detection')
    expect(await run('alert', 'show', 'al_2')).toContain('al_2  high 25  dismissed  ANON-AAAAAA1')
  })
  test('assign to nobody, and export what is filtered', async () => {
    expect((await json<{ done: string[] }>('alert', 'assign', 'al_0', 'al_1', '--account', 'nobody')).done.length).toBe(2)
    expect((await run('alert', 'export', '--severity', 'high')).trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['al_2'])
    expect((await run('alert', 'export', '--format', 'csv')).split('\n').length).toBe(5)
    expect(await run('alert', 'statistics')).toContain('To review: 1 high')
  })
})
