// A real browser that uploads real files to a page of this machine; needs root for fanotify and the process connector.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLinuxPlatform } from '../platform/linux/platform.ts'
import { type FakeRun, startSensor, until } from './fake-context.ts'
import { processesSensor } from './processes.ts'

const executablePath = process.env['CHROMIUM_PATH'] ?? ''
const canRun = process.platform === 'linux' && process.geteuid?.() === 0 && existsSync(executablePath)

const PAGE = `<input type="file" multiple id="pick"><output id="done"></output><script>
pick.onchange = async () => { for (const file of pick.files) await fetch('/up', { method: 'POST', body: file }); done.textContent = 'sent' }
</script>`

describe.skipIf(!canRun)('a real Chromium', () => {
  let folder: string
  let server: Server
  let received: number[]
  let browser: Browser
  let page: Page
  let run: FakeRun
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-uploads-'))
    mkdirSync(join(folder, 'home/.config'), { recursive: true })
    mkdirSync(join(folder, 'elsewhere'))
    received = []
    server = createServer((request, response) => {
      if (request.method !== 'POST') {
        response.setHeader('content-type', 'text/html').end(PAGE)
        return
      }
      let bytes = 0
      request.on('data', (chunk: Buffer) => { bytes += chunk.length }).on('end', () => { received.push(bytes); response.end() })
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    run = startSensor(processesSensor, {
      platform: createLinuxPlatform(), agentFolder: join(folder, 'agent'),
      policy: { applications: { uploads: true }, files: { enabled: true, roots: [join(folder, 'home')], excludes: ['*.private'], hashLimitBytes: 1 << 20 } },
    })
    await until(() => run.reports.length > 0)
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'] })
    page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  })
  afterEach(async () => {
    await browser.close()
    await run.stop()
    await new Promise((closed) => server.close(closed))
    rmSync(folder, { recursive: true, force: true })
  })
  const put = (name: string, text = name): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const upload = async (paths: string[]): Promise<void> => {
    await page.locator('#pick').setInputFiles(paths)
    await page.locator('#done', { hasText: 'sent' }).waitFor()
  }
  const told = () => run.emitted.map(({ kind, detail, actor }) => [kind, detail.fileReadByTransferTool?.file?.path, actor?.process?.programClass, detail.fileReadByTransferTool?.possible, detail.fileReadByTransferTool?.destination])

  test('every uploaded file of a watched place is told once, as possible and without a destination that nobody knows', async () => {
    const files = Array.from({ length: 20 }, (_, index) => put(`home/report-${index}.txt`))
    for (const file of files) await upload([file])
    await until(() => run.emitted.length >= files.length)
    expect(received.length).toBe(files.length)
    expect(told()).toEqual(files.map((file) => ['file_read_by_transfer_tool', file, 'browser', true, '']))
    expect(run.emitted[0]?.detail.fileReadByTransferTool?.file).toMatchObject({ sizeBytes: 'home/report-0.txt'.length, state: 'stable' })
  })

  test('profiles, private files and places that nobody watches are not told', async () => {
    await upload([put('home/.config/settings'), put('home/diary.private'), put('elsewhere/list.txt'), put('home/last.txt')])
    await until(() => run.emitted.length > 0)
    expect(told().map(([, path]) => path)).toEqual([join(folder, 'home/last.txt')])
  })
})
