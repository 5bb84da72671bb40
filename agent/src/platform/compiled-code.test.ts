import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeVersion } from './compiled-code.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compiled-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('compiled code', () => {
  it('is made again when a file of the program changes, comes or goes, and for nothing else', () => {
    mkdirSync(join(folder, 'room'))
    const file = join(folder, 'room', 'a.ts')
    writeFileSync(file, 'export {}')
    const first = codeVersion([folder])
    expect(codeVersion([folder])).toBe(first)
    writeFileSync(join(folder, 'notes.md'), 'x')
    expect(codeVersion([folder])).toBe(first)
    utimesSync(file, 1, 1)
    const second = codeVersion([folder])
    expect(second).not.toBe(first)
    writeFileSync(join(folder, 'b.ts'), '')
    expect(codeVersion([folder])).not.toBe(second)
  })

  it('of all that runs for long is made by loading everything, without an agent being there', async () => {
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../load-everything.ts')], { env: { NODE_COMPILE_CACHE: folder }, timeout: 60_000 })
    expect(readdirSync(folder).flatMap((version) => readdirSync(join(folder, version))).length).toBeGreaterThan(100)
  }, 60_000)
})
