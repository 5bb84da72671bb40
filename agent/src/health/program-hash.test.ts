import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashProgram, hashProgramApart } from './program-hash.ts'

let folder: string
let root: string
let node: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-program-'))
  root = join(folder, 'agent')
  node = join(folder, 'node')
  await writeFile(node, 'the program that runs it')
  await mkdir(join(root, 'src/sensors'), { recursive: true })
  await writeFile(join(root, 'src/main.ts'), 'main')
  await writeFile(join(root, 'src/sensors/files.ts'), 'files')
  await mkdir(join(folder, 'store/pino'), { recursive: true })
  await writeFile(join(folder, 'store/pino/index.js'), 'pino')
  await mkdir(join(root, 'node_modules/@scope/inner'), { recursive: true })
  await writeFile(join(root, 'node_modules/@scope/inner/addon.node'), 'addon')
  await symlink('../../store/pino', join(root, 'node_modules/pino'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const hash = (at = root): Promise<string> => hashProgram(at, { node, restMs: 0 })

describe('the hash of the program', () => {
  it('is the same for the same program, wherever it lies', async () => {
    const other = await mkdtemp(join(tmpdir(), 'holdfast-program-'))
    await cp(folder, other, { recursive: true, verbatimSymlinks: true })
    expect(await hashProgram(join(other, 'agent'), { node: join(other, 'node'), restMs: 0 })).toBe(await hash())
    expect(await hash()).toMatch(/^[0-9a-f]{64}$/)
    await rm(other, { recursive: true, force: true })
  })

  it.each<[string, () => Promise<void>]>([
    ['code of the agent', () => writeFile(join(root, 'src/sensors/files.ts'), 'file5')], ['a new file', () => writeFile(join(root, 'src/extra.ts'), '')], ['a missing file', () => rm(join(root, 'src/main.ts'))],
    ['a package behind a link', () => writeFile(join(folder, 'store/pino/index.js'), 'pin0')], ['an addon', () => writeFile(join(root, 'node_modules/@scope/inner/addon.node'), 'add0n')], ['Node', () => writeFile(node, 'another')],
  ])('changes with %s', async (_, change) => {
    const before = await hash()
    await change()
    expect(await hash()).not.toBe(before)
  })

  it('does not change with what is never run', async () => {
    const before = await hash()
    await writeFile(join(root, 'src/main.test.ts'), 'a test')
    await writeFile(join(folder, 'store/pino/README.md'), 'words')
    expect(await hash()).toBe(before)
  })

  it('ends when it is told to', async () => {
    await expect(hashProgram(root, { node, restMs: 0, signal: AbortSignal.abort(new Error('the end')) })).rejects.toThrow('the end')
  })

  it('is the same from a process of its own, and empty when that is not waited for', async () => {
    expect(await hashProgramApart(root, new AbortController().signal)).toBe(await hashProgram(root, { restMs: 0 }))
    expect(await hashProgramApart(root, AbortSignal.timeout(1))).toBe('')
  })
})
