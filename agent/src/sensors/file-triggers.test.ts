import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Cause, runOnFileChanges } from './file-triggers.ts'
import { until } from './fake-context.ts'

let root: string
let stop: AbortController
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-triggers-'))
  mkdirSync(join(root, 'etc'))
  stop = new AbortController()
})
afterEach(() => {
  stop.abort()
  rmSync(root, { recursive: true, force: true })
})

/** Starts with an interval that no test waits for, unless one is given. */
function start(paths: readonly string[], { pollMs = 3_600_000, again }: { readonly pollMs?: number; readonly again?: number } = {}): { readonly causes: Cause[]; readonly watches: () => number; readonly ended: Promise<void> } {
  const causes: Cause[] = []
  let watches = 0
  const ended = runOnFileChanges({ root, paths: () => paths, pollMs, signal: stop.signal, onWatches: (count) => { watches = count }, check: async (cause) => {
    causes.push(cause)
    return causes.length < 3 ? again : undefined
  } })
  return { causes, watches: () => watches, ended }
}

describe('how people change a file', () => {
  test('writing in place, a rename over it and a removal are each seen', async () => {
    writeFileSync(join(root, 'etc/a.conf'), '1')
    const { causes } = start(['/etc/a.conf'])
    await until(() => causes.length === 1)
    writeFileSync(join(root, 'etc/a.conf'), '2')
    await until(() => causes.length === 2)
    writeFileSync(join(root, 'etc/sedXXXX'), '3')
    renameSync(join(root, 'etc/sedXXXX'), join(root, 'etc/a.conf'))
    await until(() => causes.length === 3)
    rmSync(join(root, 'etc/a.conf'))
    await until(() => causes.length === 4)
    expect(causes).toEqual(['start', 'file', 'file', 'file'])
  })

  test('a file that does not exist yet is seen when it comes', async () => {
    const { causes } = start(['/etc/new.conf'])
    await until(() => causes.length === 1)
    writeFileSync(join(root, 'etc/new.conf'), '')
    await until(() => causes.length === 2)
    expect(causes).toEqual(['start', 'file'])
  })

  test('any entry of a folder counts, and neighbours of a file do not', async () => {
    mkdirSync(join(root, 'etc/d'))
    const { causes } = start(['/etc/a.conf', '/etc/d/'])
    await until(() => causes.length === 1)
    writeFileSync(join(root, 'etc/neighbour'), '')
    writeFileSync(join(root, 'etc/d/any'), '')
    await until(() => causes.length === 2)
    expect(causes).toEqual(['start', 'file'])
  })

  test('a burst is one check', async () => {
    const { causes } = start(['/etc/a.conf'])
    await until(() => causes.length === 1)
    for (let round = 0; round < 50; round++) writeFileSync(join(root, 'etc/a.conf'), String(round))
    await until(() => causes.length === 2)
    expect(causes).toEqual(['start', 'file'])
  })
})

describe('what a watch cannot tell', () => {
  test('the clock calls, and a folder that comes later is watched from the next call on', async () => {
    const { causes, watches } = start(['/late/a.conf'], { pollMs: 20 })
    await until(() => causes.length === 2)
    expect(watches()).toBe(0)
    mkdirSync(join(root, 'late'))
    await until(() => watches() === 1)
    writeFileSync(join(root, 'late/a.conf'), '')
    await until(() => causes.includes('file'))
    expect(causes).toContain('poll')
  })

  test('a folder that is replaced by another one is watched again', async () => {
    const { causes } = start(['/etc/a.conf'], { pollMs: 20 })
    await until(() => causes.length === 1)
    renameSync(join(root, 'etc'), join(root, 'old'))
    mkdirSync(join(root, 'etc'))
    const before = causes.length
    await until(() => causes.length > before + 1)
    causes.length = 0
    writeFileSync(join(root, 'etc/a.conf'), '')
    await until(() => causes.includes('file'))
    expect(causes).toContain('file')
  })

  test('a check may ask to be called again soon', async () => {
    const { causes } = start(['/etc/a.conf'], { again: 5 })
    await until(() => causes.length === 3)
    expect(causes).toEqual(['start', 'poll', 'poll'])
  })
})

describe('the end', () => {
  test('it ends with the signal, and checks nothing any more', async () => {
    const { causes, ended } = start(['/etc/a.conf'])
    await until(() => causes.length === 1)
    stop.abort()
    await ended
    writeFileSync(join(root, 'etc/a.conf'), '')
    expect(causes).toEqual(['start'])
  })

  test('what a check throws ends it', async () => {
    await expect(runOnFileChanges({ root, paths: () => ['/etc/a'], pollMs: 1, signal: stop.signal, check: async () => { throw new Error('a bug') } })).rejects.toThrow('a bug')
  })
})
