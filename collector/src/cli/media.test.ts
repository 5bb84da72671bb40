import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ended, runHoldfast } from '../testing/command-line.ts'

describe('holdfast media', { timeout: 60_000 }, () => {
  let folder: string
  const holdfast = (...args: readonly string[]): Promise<Ended> => runHoldfast(folder, [...args, '--dir', join(folder, 'data')])
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-media-'))
    const { code, stderr } = await holdfast('init')
    if (code !== 0) throw new Error(stderr)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('allows, replaces, lists and revokes', async () => {
    expect((await holdfast('media', 'list')).stdout).toContain('allows no media')
    expect(await holdfast('media', 'allow', '0951:1666:KEY:1', '--reason', 'sales', '--until', '2100-01-01')).toMatchObject({ code: 0, stderr: expect.stringContaining('0951:1666:KEY:1 is allowed') as string })
    expect(await holdfast('media', 'allow', '0951:1666:key:1', '--reason', 'sales team', '--copies')).toMatchObject({ code: 0 })
    expect(JSON.parse((await holdfast('media', 'list', '--json')).stdout)).toEqual([{ vendorId: '0951', productId: '1666', serial: 'key:1', reason: 'sales team', copies: true }])
    expect(await holdfast('media', 'revoke', '0951:1666:KEY:1')).toMatchObject({ code: 0 })
    expect(await holdfast('media', 'revoke', '0951:1666:KEY:1')).toMatchObject({ stderr: expect.stringContaining('NOT_FOUND') as string })
  })

  test('refuses what names no device and no time, and changes nothing', async () => {
    expect(await holdfast('media', 'allow', 'KEY-1', '--reason', 'x')).toMatchObject({ code: 2, stderr: expect.stringContaining('VENDOR:PRODUCT') as string })
    expect(await holdfast('media', 'allow', 'ptp', '--reason', 'x', '--until', 'soon')).toMatchObject({ code: 2, stderr: expect.stringContaining('--until') as string })
    expect((await holdfast('media', 'list')).stdout).toContain('allows no media')
  })
})
