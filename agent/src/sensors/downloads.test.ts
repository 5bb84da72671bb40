// What counts as a download, and real downloads by Chromium and curl on this file system; these need root for fanotify.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SensedActivity } from '../activity.ts'
import type { Enrichment } from '../enrich/contract.ts'
import { createEnrichment } from '../enrich/enrichment.ts'
import type { Origin } from '../enrich/origin.ts'
import { createLinuxPlatform } from '../platform/linux/platform.ts'
import { createDownloads } from './downloads.ts'
import { type FakeRun, startSensor, until } from './fake-context.ts'
import { createFilesSensor } from './files.ts'

const run = promisify(execFile)
const origin: Origin = { url: 'https://cdn.example.net/x.zip', domain: 'cdn.example.net', referrerDomain: 'crm.example.org', seenBy: 'xattr' }

/** What comes out for a file that a program has made, and whether its origin was asked for. */
async function told(executable: string, over: Partial<SensedActivity>, found: Origin | undefined): Promise<{ readonly kinds: readonly string[]; readonly emitted: readonly SensedActivity[]; readonly asked: number }> {
  const emitted: SensedActivity[] = []
  let asked = 0
  const abort = new AbortController()
  const downloads = createDownloads({
    wanted: new Set(['file_created', 'file_downloaded']), signal: abort.signal,
    emit: async (activity) => void emitted.push(activity),
    enrichment: { originOf: async () => { asked += 1; return found } },
  })
  await downloads.emit({ kind: 'file_created', occurredAtMs: 5, actor: { pid: 7, uid: 1000, process: { pid: 7, name: 'x', executable } }, detail: { fileCreated: { file: { path: '/home/a/Downloads/x.zip', sizeBytes: 3 } } }, ...over })
  await new Promise((turn) => setImmediate(turn))
  return { kinds: emitted.map(({ kind }) => kind), emitted, asked }
}

describe('what is a download', () => {
  test('a browser’s new file, with what the file says of its origin', async () => {
    const { emitted } = await told('/usr/lib/chromium/chromium', {}, origin)
    expect(emitted).toMatchObject([{ kind: 'file_created' }, {
      kind: 'file_downloaded', occurredAtMs: 5, actor: { uid: 1000 },
      detail: { fileDownloaded: { file: { path: '/home/a/Downloads/x.zip' }, originUrl: 'https://cdn.example.net/x.zip', originDomain: 'cdn.example.net', referrerDomain: 'crm.example.org', seenBy: 'xattr' } },
    }])
  })
  test('a fetching program’s, also when nothing is known of the origin, and over an older file', async () => {
    const { emitted } = await told('/usr/bin/wget', { kind: 'file_changed', detail: { fileChanged: { file: { path: '/home/a/x.iso', sizeBytes: 3 } } } }, undefined)
    expect(emitted.map(({ kind }) => kind)).toEqual(['file_downloaded'])
    const plain = await told('/usr/bin/curl', {}, { ...origin, url: '', domain: '' })
    expect(plain.kinds).toEqual(['file_created', 'file_downloaded'])
  })
  test('an editor’s file is none, whatever it says of itself, and is not even asked', async () => {
    expect(await told('/usr/bin/vim', {}, origin)).toMatchObject({ kinds: ['file_created'], asked: 0 })
  })
  test('where nobody knows who made it, only what says so itself', async () => {
    const nobody = { actor: { uid: 1000 } }
    expect((await told('', nobody, origin)).kinds).toEqual(['file_created', 'file_downloaded'])
    expect((await told('', { ...nobody, kind: 'file_changed', detail: { fileChanged: { file: { path: '/home/a/x', sizeBytes: 3 } } } }, origin)).asked).toBe(0)
  })
  test('profiles, unfinished and empty files are none', async () => {
    for (const file of [{ path: '/home/a/.config/chromium/Default/History', sizeBytes: 9 }, { path: '/home/a/x.crdownload', sizeBytes: 9 }, { path: '/home/a/x.zip', sizeBytes: 0 }]) {
      expect((await told('/usr/bin/firefox', { detail: { fileCreated: { file } } }, origin)).kinds).toEqual(['file_created'])
    }
  })
})

const executablePath = process.env['CHROMIUM_PATH'] ?? ''
describe.skipIf(process.platform !== 'linux' || process.geteuid?.() !== 0)('real downloads', () => {
  let folder: string
  let server: Server
  let enrichment: Enrichment
  let sensing: FakeRun
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-downloads-'))
    mkdirSync(join(folder, 'home'))
    server = createServer((request, response) => {
      if (request.url?.startsWith('/file') === true) response.setHeader('content-disposition', 'attachment; filename="report.csv"').end('a,b\n1,2\n')
      else response.setHeader('content-type', 'text/html').end('<a id="get" href="/file?token=secret">report</a>')
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const platform = createLinuxPlatform()
    enrichment = await createEnrichment({ folder: join(folder, 'agent'), platform, now: Date.now, log: { debug() {}, warn() {} } })
    sensing = startSensor(createFilesSensor(), { platform, enrichment, policy: { files: { enabled: true, roots: [join(folder, 'home')], kinds: ['file_downloaded'], hashLimitBytes: 1 << 20 } } })
    await until(() => sensing.reports.length > 0)
  })
  afterEach(async () => {
    await sensing.stop()
    await enrichment.close()
    await new Promise((closed) => server.close(closed))
    rmSync(folder, { recursive: true, force: true })
  })
  const address = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`

  test.skipIf(!existsSync(executablePath))('by Chromium', async () => {
    const browser = await chromium.launch({ executablePath, downloadsPath: join(folder, 'home'), args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'] })
    try {
      const page = await browser.newPage()
      await page.goto(address('/'))
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('#get')])
      await download.path()
      await until(() => sensing.emitted.length > 0)
    } finally {
      await browser.close()
    }
    const [{ actor, detail }] = sensing.emitted as [SensedActivity]
    expect([actor?.process?.name, detail.fileDownloaded?.file?.sizeBytes, detail.fileDownloaded?.seenBy]).toEqual([expect.stringMatching(/chrom/), 8, 'program'])
    expect(JSON.stringify(detail)).not.toContain('secret')
  })

  test.skipIf(!existsSync('/usr/bin/curl'))('by curl, with and without --xattr', async () => {
    await run('/usr/bin/curl', ['-s', '--xattr', '-o', join(folder, 'home/report.csv'), address('/file?token=secret')])
    await until(() => sensing.emitted.length > 0)
    await run('/usr/bin/curl', ['-s', '-o', join(folder, 'home/other.csv'), address('/file?token=secret')])
    await until(() => sensing.emitted.length > 1)
    expect(sensing.emitted.map(({ detail }) => [detail.fileDownloaded?.file?.path, detail.fileDownloaded?.originUrl, detail.fileDownloaded?.originDomain, detail.fileDownloaded?.seenBy])).toEqual([
      [join(folder, 'home/report.csv'), address('/file'), '127.0.0.1', 'xattr'], [join(folder, 'home/other.csv'), '', '', 'program'],
    ])
  })

  test.skipIf(!existsSync('/usr/bin/curl'))('a file that only gets a new name, or is made by another program, is no download', async () => {
    writeFileSync(join(folder, 'away'), 'x')
    renameSync(join(folder, 'away'), join(folder, 'home/here'))
    await run('/bin/sh', ['-c', `echo text > ${join(folder, 'home/made')}`])
    await run('/usr/bin/curl', ['-s', '-o', join(folder, 'home/last.csv'), address('/file')])
    await until(() => sensing.emitted.length > 0)
    expect(sensing.emitted.map(({ detail }) => detail.fileDownloaded?.file?.path)).toEqual([join(folder, 'home/last.csv')])
  })
})
