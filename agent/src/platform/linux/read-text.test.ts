import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSystemFile, readText, readWord } from './read-text.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-read-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what is no regular file', () => {
  test('a FIFO in place of a file is no answer and holds nobody up', () => {
    execFileSync('mkfifo', [join(folder, 'fifo')])
    expect(readText(join(folder, 'fifo'))).toBeUndefined()
    expect(readSystemFile(join(folder, 'fifo'))).toEqual({ kind: 'other' })
  })

  test('a folder and a device are no answer', () => {
    expect(readText(folder)).toBeUndefined()
    expect(readSystemFile('/dev/zero')).toEqual({ kind: 'other' })
  })

  test('a link to /dev/null is an empty file, as administrators mean it', () => {
    symlinkSync('/dev/null', join(folder, 'masked'))
    expect(readText(join(folder, 'masked'))).toBe('')
  })

  test('absence is told apart from everything else', () => {
    expect(readSystemFile(join(folder, 'nothing'))).toEqual({ kind: 'absent' })
    expect(readSystemFile(join(folder, 'fifo', 'below'))).toEqual({ kind: 'absent' })
  })
})

describe('length', () => {
  test('a file of /proc that says it has no bytes is read whole', () => {
    expect(readText('/proc/self/status')).toContain('Uid:')
  })

  test('a longer file is cut at the limit and says so', () => {
    writeFileSync(join(folder, 'long'), 'x'.repeat(10_000))
    const reading = readSystemFile(join(folder, 'long'), 100)
    expect(reading.kind === 'bytes' && [reading.bytes.length, reading.complete]).toEqual([100, false])
    expect(readText(join(folder, 'long'), 10_000)).toHaveLength(10_000)
    const whole = readSystemFile(join(folder, 'long'), 10_000)
    expect(whole.kind === 'bytes' && whole.complete).toBe(true)
  })

  test('a word comes without the line end', () => {
    writeFileSync(join(folder, 'word'), ' usb \n')
    expect(readWord(join(folder, 'word'))).toBe('usb')
  })
})
