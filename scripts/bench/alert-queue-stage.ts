// An installation with a full queue, and a browser that is signed in to it.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { type Client, signIn } from '../demo-run/client.ts'
import { spread } from './bench.ts'
import { end, startProgram, useOfTree } from './processes.ts'
import { findBrowser } from './screen.ts'
import { seedAlerts } from './seed-alerts.ts'

export const PASSWORD = 'correct horse battery staple'
const READY_SECS = 60
const repository = join(import.meta.dirname, '../..')
const collectorMain = join(repository, 'collector/src/main.ts')

const ASKED = 9

export interface QueueStage {
  /** Milliseconds from the start of a navigation until rows are there, nothing loads, and a key marks the first of them. */
  timeQueue(path: string): Promise<number>
  /** Milliseconds that the API takes, the middle of several. */
  timeQuestion(path: string): Promise<number>
  close(): Promise<void>
}

export interface Installation {
  readonly dir: string
  readonly url: string
  readonly client: Client
  /** Of all its processes until now. */
  cpuSecs(): Promise<number>
  /** Milliseconds from its start until it said that it is ready. */
  readonly readyMs: number
  /** CPU of all its processes until then. */
  readonly readyCpuSecs: number
  close(): Promise<void>
}

/** A collector in a folder, with one account signed in. */
export async function install(folder: string): Promise<Installation> {
  const dir = join(folder, 'collector')
  const { stdout } = await promisify(execFile)(process.execPath, [collectorMain, 'init', '--dir', dir, '--organisation', 'bench', '--json'], { cwd: repository })
  return open(dir, (JSON.parse(stdout) as { readonly setupCode: string }).setupCode)
}

/** The same installation, after it was closed. */
export const reopen = ({ dir }: Pick<Installation, 'dir'>): Promise<Installation> => open(dir)

async function open(dir: string, setupCode?: string): Promise<Installation> {
  const begunAt = performance.now()
  const child = startProgram(process.execPath, ['--max-semi-space-size=4', collectorMain, 'serve', '--dir', dir, '--http-host', '127.0.0.1', '--http-port', '0', '--bus-port', '0'], { cwd: repository })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.resume()
  const close = (): Promise<void> => end(child)
  const deadline = Date.now() + READY_SECS * 1000
  let ready: string | undefined
  while (ready === undefined) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await close()
      throw new Error('the collector did not start')
    }
    await sleep(10)
    ready = output.split('\n').find((line) => line.startsWith('{"ready"') && line.endsWith('}'))
  }
  const readyMs = performance.now() - begunAt
  const { cpuSecs: readyCpuSecs } = await useOfTree(child.pid ?? -1)
  const { url } = JSON.parse(ready) as { url: string }
  const client = await signIn({ url, ca: await readFile(join(dir, 'ca', 'ca.pem'), 'utf8'), ...(setupCode === undefined ? {} : { setupCode }), name: 'tester', password: PASSWORD })
  return { dir, url, close, client, readyMs, readyCpuSecs, cpuSecs: async () => (await useOfTree(child.pid ?? -1)).cpuSecs }
}

export async function installForBench({ folder, alerts, people }: { readonly folder: string; readonly alerts: number; readonly people: number }): Promise<QueueStage> {
  const installation = await install(folder)
  await installation.client.send('POST', '/api/v1/policies', { name: 'Data leaks', template: 'data_leaks' })
  await installation.client.send('POST', '/api/v1/policies', { name: 'Security policy violations', template: 'security_policy_violations' })
  await seedAlerts({ dir: installation.dir, count: alerts, people, nowMs: Date.now() })
  const browser = await chromium.launch({ executablePath: findBrowser() ?? '', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const answer = await context.request.post(`${installation.url}/api/v1/session`, { data: { name: 'tester', password: PASSWORD }, headers: { origin: installation.url } })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`)
  return {
    async timeQueue(path) {
      await page.goto('about:blank')
      const begunAt = performance.now()
      await page.goto(`${installation.url}${path}`, { waitUntil: 'commit' })
      await page.locator('[data-alert]').first().waitFor()
      // Interactive: the counts stand there, and a key does what it says.
      await page.locator('[aria-busy="true"], .mantine-Skeleton-root').first().waitFor({ state: 'detached' })
      await page.keyboard.press('j')
      await page.locator('[data-alert][aria-current="true"]').waitFor()
      return performance.now() - begunAt
    },
    async timeQuestion(path) {
      const times: number[] = []
      for (let asked = 0; asked < ASKED; asked += 1) {
        const begunAt = performance.now()
        await installation.client.get(path)
        times.push(performance.now() - begunAt)
      }
      return spread(times).median
    },
    async close() {
      await browser.close()
      await installation.close()
    },
  }
}
