import { execFileSync } from 'node:child_process'
import { chmod, chown, link, mkdtemp, open, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createContentInspector } from './content-inspector.ts'
import type { ContentInspector } from './contract.ts'
import { bombOf, docxOf, labelProperties, odtOf, pdfOf, pptxOf, xlsxOf, zipOf } from './documents.fixture.ts'

const SECRET = 'card 4000 0566 5566 5556'
const GUID = '2096f6a2-d2f7-48be-b329-b73aaa526e5d'

let folder = ''
let inspector: ContentInspector
const log = { warn() {} }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-content-'))
  inspector = createContentInspector({ log })
  inspector.configure({})
})
afterAll(async () => {
  inspector.close()
  await rm(folder, { recursive: true, force: true })
})

const look = async (content: string | Buffer, name = 'file') => {
  const path = join(folder, name)
  await writeFile(path, content)
  return inspector.inspectContent(path)
}
const found = async (content: string | Buffer) => (await look(content)).findings.map(({ type }) => type)
const card = ['payment_card']

const tarOf = async (parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> => {
  const tar = pack()
  for (const [name, content] of Object.entries(parts)) tar.entry({ name }, content)
  tar.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of tar) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

describe('text is found by what a file is, not by its name', () => {
  it.each<[string, () => string | Buffer | Promise<Buffer>]>([
    ['UTF-8', () => `größe ${SECRET}`], ['UTF-8 with a mark', () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(SECRET)])], ['UTF-16 with a mark', () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(SECRET, 'utf16le')])], ['UTF-16 without one', () => Buffer.from(SECRET.repeat(3), 'utf16le')],
    ['UTF-16 big endian', () => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(SECRET, 'utf16le').swap16()])], ['latin-1', () => Buffer.from(`gr\u00f6\u00dfe ${SECRET}`, 'latin1')],
    ['HTML', () => `<!doctype html><style>a{}</style><p>card&nbsp;<b>4000&#32;0566</b> 5566 5556</p>`], ['RTF', () => `{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 c\\'61rd 4000 0566 5566 5556\\par}`],
    ['mail with an attachment', async () => Buffer.from(`From: a@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n${(await docxOf([SECRET])).toString('base64')}\r\n--b--\r\n`)],
    ['quoted-printable mail', () => `From: a@example.com\nSubject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\ncard 4000 0566=20=\n5566 5556\n`],
    ['docx', () => docxOf(['hello', SECRET])], ['pptx', () => pptxOf(SECRET)], ['odt', () => odtOf(SECRET)], ['pdf', () => pdfOf(SECRET)],
    ['zip', () => zipOf({ 'a/b.txt': SECRET })], ['gzip', () => gzipSync(SECRET)], ['zstd', () => zstdCompressSync(SECRET)], ['tar', () => tarOf({ 'a.txt': SECRET })],
    ['a docx in a zip in a tar in gzip', async () => gzipSync(await tarOf({ 'x.zip': await zipOf({ 'd.docx': await docxOf([SECRET]) }) }))],
    ['an old office document', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(SECRET, 'utf16le'), Buffer.alloc(600)])],
  ])('%s', async (_, make) => {
    expect(await found(await make())).toEqual(card)
  })

  it('a column of a sheet is known by its name in the first row', async () => {
    const { findings } = await look(await xlsxOf(['name', 'ssn'], Array.from({ length: 50 }, (_, row) => ['somebody', String(219_099_930 + row)])))
    expect(findings).toEqual([{ type: 'us_ssn_unformatted', count: 50, confidence: 85 }])
  })

  it('source code and keys are told', async () => {
    const result = await look("import { readFile } from 'node:fs/promises'\n\nexport interface Shape {\n  readonly id: string\n}\n\nexport const load = async (path: string): Promise<string> => {\n  return readFile(path, 'utf8')\n}\nconst key = 'AKIAIOSFODNN7EXAMPLE'\n")
    expect(result).toMatchObject({ state: 'complete', language: 'typescript', secret: true })
    expect(await look('Dear all,\n\nplease find the minutes attached.\nThe next meeting is on Monday.\nBest regards\n')).not.toHaveProperty('language')
  })
})

describe('what cannot be read is told', () => {
  it.each<[string, () => string | Buffer | Promise<Buffer>, string]>([
    ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'), 'unsupported'], ['7z', () => Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), Buffer.alloc(64)]), 'unsupported'],
    ['a truncated pdf', () => pdfOf(SECRET).subarray(0, 120), 'failed'], ['a truncated zip', async () => (await zipOf({ a: SECRET })).subarray(0, 40), 'failed'], ['noise', () => Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919 * at) & 255)), 'unsupported'],
    ['an empty file', () => '', 'complete'],
  ])('%s', async (_, make, state) => {
    expect((await look(await make())).state).toBe(state)
  })

  it('a member that is locked does not hide the others', async () => {
    const zip = await zipOf({ 'a.txt': SECRET, 'b.txt': 'locked' })
    // The flag of the second entry, in its central header.
    const second = zip.indexOf('PK\x01\x02', zip.indexOf('PK\x01\x02') + 4, 'latin1')
    zip.writeUInt16LE(zip.readUInt16LE(second + 8) | 1, second + 8)
    expect(await look(zip)).toMatchObject({ state: 'encrypted', findings: [{ type: 'payment_card' }] })
  })

  it('what is no regular file, is behind a link, or is gone is not opened', async () => {
    const fifo = join(folder, 'fifo')
    execFileSync('/usr/bin/mkfifo', [fifo])
    await writeFile(join(folder, 'target'), SECRET)
    await symlink(join(folder, 'target'), join(folder, 'link'))
    const results = await Promise.all(['fifo', 'link', 'nothing'].map((name) => inspector.inspectContent(join(folder, name))))
    expect(results.map(({ state }) => state)).toEqual(['skipped', 'skipped', 'skipped'])
  })
})

describe.skipIf(process.geteuid?.() !== 0)('as root', () => {
  it('a file is read with the rights of who acted, and with the owner’s when nobody knows', async () => {
    const path = join(folder, 'private')
    await writeFile(path, SECRET, { mode: 0o600 })
    await chmod(folder, 0o755)
    expect((await inspector.inspectContent(path, { uid: 65_534 })).state).toBe('skipped')
    expect((await inspector.inspectContent(path, { uid: 0 })).findings).toHaveLength(1)
    expect((await inspector.inspectContent(path)).findings).toHaveLength(1)
    await chown(path, 65_534, 65_534)
    expect((await inspector.inspectContent(path, { uid: 65_534 })).findings).toHaveLength(1)
  })
})

describe('a hostile document', () => {
  it('a zip bomb is refused, whether its directory tells the truth or not', async () => {
    expect((await look(bombOf(64 << 20))).state).toBe('refused')
    expect((await look(bombOf(64 << 20, 100))).state).not.toBe('complete')
    expect((await look(gzipSync(Buffer.alloc(128 << 20)))).state).toBe('refused')
  })

  it('a billion laughs are not told', async () => {
    const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at} "${`&a${at === 0 ? '' : at - 1};`.repeat(10)}">`).join('')}]><x>&a29;</x>`
    const result = await look(await docxOf([], { 'word/document.xml': laughs }))
    expect(result).toMatchObject({ state: 'failed', findings: [] })
  })

  it('nesting without end stops at a depth', async () => {
    let zip = await zipOf({ 'a.txt': SECRET })
    for (let depth = 0; depth < 12; depth += 1) zip = await zipOf({ 'a.zip': zip })
    expect(await look(zip)).toMatchObject({ state: 'partial', findings: [] })
    const deep = `<w:document xmlns:w="urn:w">${'<w:p>'.repeat(100_000)}`
    expect((await look(await docxOf([], { 'word/document.xml': deep }))).state).toBe('failed')
  })

  it('a file of a gigabyte without content costs no more than its limit', async () => {
    const path = join(folder, 'sparse')
    const file = await open(path, 'w')
    await file.truncate(1 << 30)
    await file.close()
    expect((await inspector.inspectContent(path)).state).toBe('partial')
  })

  it('members without end stop at the limit of entries or of time', { timeout: 30_000 }, async () => {
    const zip = await zipOf(Object.fromEntries(Array.from({ length: 6000 }, (_, at) => [`f${at}`, 'x'])))
    expect(['partial', 'timeout']).toContain((await look(zip)).state)
  })
})

describe('the child', () => {
  let short: ContentInspector | undefined
  afterEach(() => short?.close())

  it('is killed at its deadline, and the next file is read by a new one', async () => {
    short = createContentInspector({ log, deadlineMs: 1 })
    short.configure({})
    const path = join(folder, 'late')
    await writeFile(path, SECRET)
    expect((await short.inspectContent(path)).state).toBe('timeout')
    expect(short.pid).toBeUndefined()
    expect((await inspector.inspectContent(path)).findings).toHaveLength(1)
  })

  it('that dies costs the file that it had and no other', async () => {
    const path = join(folder, 'dies')
    await writeFile(path, `${'a1 '.repeat(3_000_000)}\n${SECRET}`)
    await inspector.inspectContent(join(folder, 'nothing'))
    const asked = inspector.inspectContent(path)
    process.kill(inspector.pid ?? 0, 'SIGKILL')
    expect((await asked).state).toBe('failed')
    expect(await found(SECRET)).toEqual(card)
  })

  it('does not read again what had to be ended, under another name or after a restart, until it is changed', async () => {
    const path = join(folder, 'poison')
    const poisonFile = join(folder, 'poison.json')
    // Long enough that it is being read when the child ends.
    await writeFile(path, `${'a1 '.repeat(8_000_000)}\n${SECRET}`)
    short = createContentInspector({ log, poisonFile })
    short.configure({})
    await short.inspectContent(join(folder, 'nothing'))
    const asked = short.inspectContent(path)
    const { pid = 0 } = short
    // The child tells what it has opened; its end is then laid at that file's door.
    while (Number(execFileSync('/bin/cat', [`/proc/${pid}/statm`], { encoding: 'latin1' }).split(' ')[1]) * 4096 < 100 << 20) await new Promise((resolve) => setTimeout(resolve, 5))
    await new Promise((resolve) => setTimeout(resolve, 50))
    process.kill(pid, 'SIGKILL')
    expect((await asked).state).toBe('failed')
    await link(path, join(folder, 'poison-by-another-name'))
    expect((await short.inspectContent(join(folder, 'poison-by-another-name'))).state).toBe('refused')
    await vi.waitFor(async () => expect((await stat(poisonFile)).mode & 0o777).toBe(0o600), { timeout: 10_000 })
    short.close()
    short = createContentInspector({ log, poisonFile })
    short.configure({})
    expect((await short.inspectContent(path)).state).toBe('refused')
    await writeFile(path, SECRET)
    expect((await short.inspectContent(path)).findings).toHaveLength(1)
  })

  it('may not write, not start a process and not load an addon', async () => {
    short = createContentInspector({ log })
    short.configure({})
    await short.inspectContent(join(folder, 'nothing'))
    const args = execFileSync('/bin/cat', [`/proc/${short.pid}/cmdline`], { encoding: 'latin1' }).split('\0')
    expect(args).toContain('--permission')
    expect(args.filter((arg) => /^--allow-(?:fs-write|child-process|worker|addons|wasi)/.test(arg))).toEqual([])
    expect(execFileSync('/bin/cat', [`/proc/${short.pid}/environ`], { encoding: 'latin1' })).not.toMatch(/PATH=|HOME=/)
  })

  it('looks for what the policy names, from the next file on', async () => {
    short = createContentInspector({ log })
    short.configure({ types: ['iban'], customTypes: [{ id: 'badge', pattern: 'HF-[0-9]{6}' }] })
    const path = join(folder, 'rules')
    await writeFile(path, `${SECRET} HF-123456`)
    expect((await short.inspectContent(path)).findings).toEqual([{ type: 'custom.badge', count: 1, confidence: 75 }])
    short.configure({ types: ['payment_card'] })
    expect((await short.inspectContent(path)).findings).toMatchObject([{ type: 'payment_card' }])
  })
})

describe('sensitivity labels', () => {
  it('are read from OOXML, its newer place, and PDF', async () => {
    expect(await look(await docxOf(['x'], { 'docProps/custom.xml': labelProperties(GUID, 'Confidential') }))).toMatchObject({ labelled: true, label: { id: GUID, name: 'Confidential' } })
    expect(await look(await docxOf(['x'], { 'docMetadata/LabelInfo.xml': `<clbl:labelList xmlns:clbl="urn:c"><clbl:label id="{${GUID}}" enabled="1" method="Standard"/></clbl:labelList>` }))).toMatchObject({ label: { id: GUID, name: '' } })
    expect(await look(pdfOf('x', { [`MSIP_Label_${GUID}_Enabled`]: 'true', [`MSIP_Label_${GUID}_Name`]: 'Secret' }))).toMatchObject({ labelled: true, label: { id: GUID, name: 'Secret' } })
    expect(await look(await docxOf(['x']))).not.toHaveProperty('label')
  })
})
