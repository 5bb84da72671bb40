import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const main = join(import.meta.dirname, '../main.ts')

describe('holdfast media', { timeout: 60_000 }, () => {
  let folder: string
  const holdfast = async (...args: readonly string[]): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> => {
    const child = spawn(process.execPath, [main, ...args, '--dir', join(folder, 'data')], { cwd: folder, env: { ...process.env, INIT_CWD: folder }, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, stdout, stderr }
  }
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
