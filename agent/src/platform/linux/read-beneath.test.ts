import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listBeneath, readFileBeneath, versionBeneath } from './read-beneath.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-home-'))
  mkdirSync(join(folder, 'home/.config/app'), { recursive: true })
  writeFileSync(join(folder, 'home/.config/app/settings'), 'own')
  mkdirSync(join(folder, 'secret'))
  writeFileSync(join(folder, 'secret/key'), 'secret')
  symlinkSync('../secret', join(folder, 'home/link'))
  symlinkSync('../secret/key', join(folder, 'home/file'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const home = (): string => join(folder, 'home')

describe('a home with traps in it', () => {
  test('a file that is the person’s own is read', () => {
    const reading = readFileBeneath(home(), '.config/app/settings', 100)
    expect(reading.kind === 'bytes' && reading.bytes.toString()).toBe('own')
  })

  test.each(['link/key', 'file', 'link', '../secret/key', '.config/../../secret/key'])('%s leads out of the home and is not followed', (path) => {
    expect(readFileBeneath(home(), path, 100).kind).not.toBe('bytes')
    expect(listBeneath(home(), path).names).toEqual([])
  })

  test('a FIFO is no file and holds nobody up', () => {
    execFileSync('mkfifo', [join(home(), 'fifo')])
    expect(readFileBeneath(home(), 'fifo', 100)).toEqual({ kind: 'other' })
  })

  test('a home may be a link itself, because the system made it', () => {
    symlinkSync('home', join(folder, 'alias'))
    expect(readFileBeneath(join(folder, 'alias'), '.config/app/settings', 100).kind).toBe('bytes')
  })
})

describe('folders', () => {
  test('names are sorted and bounded', () => {
    mkdirSync(join(home(), 'many'))
    for (const name of ['c', 'a', 'b']) writeFileSync(join(home(), 'many', name), '')
    expect(listBeneath(home(), 'many').names).toEqual(['a', 'b', 'c'])
    expect(listBeneath(home(), 'many', 2).names).toHaveLength(2)
    expect(listBeneath(home(), 'nothing').kind).toBe('absent')
  })

  test('the version is another one after a replacement, and empty for what is not there', () => {
    const before = versionBeneath(home(), '.config/app/settings')
    rmSync(join(home(), '.config/app/settings'))
    writeFileSync(join(home(), '.config/app/settings'), 'other')
    expect(versionBeneath(home(), '.config/app/settings')).not.toBe(before)
    expect(versionBeneath(home(), 'nothing')).toBe('')
  })

  test('no descriptor is left open', () => {
    const open = (): number => listBeneath('/proc/self', 'fd').names.length
    const before = open()
    for (let round = 0; round < 20; round++) {
      readFileBeneath(home(), '.config/app/settings', 10)
      readFileBeneath(home(), 'link/key', 10)
      listBeneath(home(), '.config/nothing')
    }
    expect(open()).toBe(before)
  })
})
