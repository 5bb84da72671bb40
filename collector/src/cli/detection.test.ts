import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ended, runHoldfast } from '../testing/command-line.ts'

describe('holdfast detection', { timeout: 60_000 }, () => {
  let folder: string
  const holdfast = (args: readonly string[], input = ''): Promise<Ended> => runHoldfast(folder, [...args, '--dir', join(folder, 'data')], input)
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-detection-'))
    const { code, stderr } = await holdfast(['init'])
    if (code !== 0) throw new Error(stderr)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('shows, sets and tests; what it shows can be set again, once', async () => {
    expect((await holdfast(['detection', 'show'])).stdout).toContain('Nothing was ever set')
    await writeFile(join(folder, 'settings.yaml'), 'exclusions:\n  paths: [/srv/public]\n  keywords: [{ contains: menu, unless: [secret] }]\n')
    expect(await holdfast(['detection', 'set', '-f', 'settings.yaml'])).toMatchObject({ code: 0, stderr: expect.stringContaining('version 1') as string })
    const { stdout: document } = await holdfast(['detection', 'show', '--json'])
    expect(await holdfast(['detection', 'set', '-f', '-'], document)).toMatchObject({ code: 0, stderr: expect.stringContaining('version 2') as string })
    expect(await holdfast(['detection', 'set', '-f', '-'], document)).toMatchObject({ code: 5, stderr: expect.stringContaining('REVISION_CONFLICT') as string })
    const { stdout } = await holdfast(['detection', 'test', '--path', '/srv/public/a'])
    expect(stdout).toContain('excluded by paths[0] (The settings leave out the path /srv/public.)')
  })
  test('names list, entry and reason of what is wrong, and changes nothing', async () => {
    expect(await holdfast(['detection', 'set', '-f', '-'], 'exclusions: { paths: [/a, "*"] }')).toMatchObject({ code: 2, stderr: expect.stringContaining('/exclusions/paths/1 "*" would hold for every path') as string })
    expect(await holdfast(['detection', 'set', '-f', '-'], 'a: [')).toMatchObject({ code: 2, stderr: expect.stringContaining('neither YAML nor JSON') as string })
    expect(await holdfast(['detection', 'set', '-f', 'missing.yaml'])).toMatchObject({ code: 2, stderr: expect.stringContaining('missing.yaml: is not there') as string })
  })
})
