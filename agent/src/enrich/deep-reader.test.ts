// The child that reads whole files: what it is not allowed, and how it ends.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ZipFile } from 'yazl'
import { sevenZip } from './archives/archives.fixture.ts'
import { createDeepReader, type DeepReader } from './deep-reader.ts'
import { resemblance } from './sketch.ts'

const log = { warn() {} }
let folder: string
let reader: DeepReader
const put = (name: string, content: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'deep-')))
  reader = createDeepReader({ log })
})
afterEach(() => {
  reader.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a whole file', () => {
  it('is listed, read and sketched in a child that is there only for the work', async () => {
    expect(reader.pid).toBeUndefined()
    expect(await reader.list(put('a.7z', sevenZip))).toMatchObject({ state: 'complete', count: 3 })
    expect(await reader.read(put('a.txt', 'content'), 1 << 20)).toMatchObject({ state: 'stable', crc32: crc32('content'), sizeBytes: 7 })
    expect(await reader.sketch(put('b.txt', Array.from({ length: 2000 }, (_, index) => `line ${index * 7}`).join('\n')))).not.toEqual([])
    expect(reader.pid).toBeGreaterThan(0)
  })

  it('that is a link, a FIFO or gone is nothing, and holds nobody', async () => {
    execFileSync('mkfifo', [join(folder, 'fifo')])
    symlinkSync(put('real.7z', sevenZip), join(folder, 'link.7z'))
    expect(await reader.list(join(folder, 'fifo'))).toMatchObject({ state: 'failed', members: [] })
    expect(await reader.list(join(folder, 'link.7z'))).toMatchObject({ state: 'failed', members: [] })
    expect(await reader.sketch(join(folder, 'nowhere'))).toEqual([])
  })
})

describe('an office document', () => {
  const docx = async (name: string, text: string): Promise<string> => {
    const zip = new ZipFile()
    zip.addBuffer(Buffer.from(text.repeat(500)), 'word/document.xml')
    for (let part = 0; part < 8; part += 1) zip.addBuffer(Buffer.from(`part ${part} of every copy `.repeat(100)), `word/part${part}.xml`)
    zip.addBuffer(randomBytes(20_000), `word/media/own-${name}.png`)
    zip.end()
    const chunks: Buffer[] = []
    for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer)
    return put(name, Buffer.concat(chunks))
  }
  it('that was changed is known by the members that were not', async () => {
    const [before, after] = [await reader.sketch(await docx('a.docx', 'the first text ')), await reader.sketch(await docx('b.docx', 'quite another text '))]
    expect(resemblance(before, after)).toBeCloseTo(8 / 12, 5)
  })
})

describe('the child', () => {
  it('that is held is killed at the deadline, and the next file gets another', async () => {
    reader.close()
    reader = createDeepReader({ log, deadlineMs: 1500 })
    const path = put('a.7z', sevenZip)
    await reader.list(path)
    const held = reader.pid ?? 0
    process.kill(held, 'SIGSTOP')
    expect(await reader.list(path)).toMatchObject({ state: 'timeout' })
    expect(await reader.list(path)).toMatchObject({ state: 'complete' })
    expect(reader.pid).not.toBe(held)
  })

  it('that ends is another at the next file, and what it had has failed', async () => {
    const path = put('a.7z', sevenZip)
    await reader.list(path)
    process.kill(reader.pid ?? 0, 'SIGSTOP')
    const asked = reader.list(path)
    process.kill(reader.pid ?? 0, 'SIGKILL')
    expect(await asked).toMatchObject({ state: 'failed' })
    expect(await reader.list(path)).toMatchObject({ state: 'complete' })
  })

  it('goes when there is no work, and carries nothing of the agent’s environment', async () => {
    reader.close()
    process.env['HOLDFAST_TEST_SECRET'] = 'secret'
    reader = createDeepReader({ log, idleMs: 300 })
    await reader.list(put('a.7z', sevenZip))
    const environ = `/proc/${reader.pid ?? 0}/environ`
    expect(existsSync(environ) ? readFileSync(environ, 'utf8') : '').not.toContain('secret')
    delete process.env['HOLDFAST_TEST_SECRET']
    await vi.waitFor(() => expect(reader.pid).toBeUndefined(), { timeout: 10_000, interval: 20 })
  })
})
