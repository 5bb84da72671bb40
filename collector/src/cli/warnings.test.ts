import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ended, runHoldfast } from '../testing/command-line.ts'

describe('holdfast warning', { timeout: 180_000 }, () => {
  let folder: string
  const holdfast = (...args: readonly string[]): Promise<Ended> => runHoldfast(folder, [...args, '--dir', join(folder, 'data')])
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-warning-'))
    const { code, stderr } = await holdfast('init')
    if (code !== 0) throw new Error(stderr)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('writes, replaces, lists and removes rules, as the API has them', async () => {
    expect((await holdfast('warning', 'list')).stdout).toContain('warns nobody')
    expect(await holdfast('warning', 'set', 'cards', '--to', 'removable,cloud_sync', '--sensitive', '--min-count', '5', '--ask', 'reason')).toMatchObject({ code: 0, stderr: expect.stringContaining('cards is a rule') as string })
    const { rules } = JSON.parse((await holdfast('warning', 'list', '--json')).stdout) as { rules: readonly object[] }
    expect(rules).toMatchObject([{ id: 'cards', enabled: true, destinations: ['removable', 'cloud_sync'], sensitive: true, minCount: 5, ask: 'reason', warn: true, first: false, maxPerHour: 3, texts: [] }])
    await writeFile(join(folder, 'rule.json'), JSON.stringify({ ...rules[0], texts: [{ language: 'de', title: 'Halt', body: '' }] }))
    expect(await holdfast('warning', 'set', 'cards', '--file', 'rule.json')).toMatchObject({ code: 0 })
    // The words stay when the conditions change.
    expect(await holdfast('warning', 'set', 'cards', '--to', 'removable', '--first', '--no-warn')).toMatchObject({ code: 0 })
    expect((JSON.parse((await holdfast('warning', 'list', '--json')).stdout) as { rules: readonly object[] }).rules).toMatchObject([{ id: 'cards', destinations: ['removable'], warn: false, first: true, texts: [{ language: 'de', title: 'Halt' }] }])
    expect((await holdfast('warning', 'list')).stdout).toMatch(/cards\s+on\s+file_copied\s+removable\s+goes first/)
    expect(await holdfast('warning', 'remove', 'cards')).toMatchObject({ code: 0 })
    expect(await holdfast('warning', 'remove', 'cards')).toMatchObject({ stderr: expect.stringContaining('NOT_FOUND') as string })
  })

  test('refuses what is no rule, and changes nothing', async () => {
    expect(await holdfast('warning', 'set', 'Not one')).toMatchObject({ stderr: expect.stringContaining('REQUEST_INVALID') as string })
    expect(await holdfast('warning', 'set', 'a', '--min-count', 'many')).toMatchObject({ code: 2, stderr: expect.stringContaining('--min-count') as string })
    expect(await holdfast('warning', 'set', 'a', '--file', 'none.json')).toMatchObject({ code: 2, stderr: expect.stringContaining('--file') as string })
    expect((await holdfast('warning', 'list')).stdout).toContain('warns nobody')
  })
})
