// An installation with a full queue, and a browser that is signed in to it.
import { chromium } from 'playwright-core'
import { install } from '../../test/support/collector.ts'
import { seedAlerts } from '../../test/support/seed-alerts.ts'
import { findBrowser } from './screen.ts'
import { spread } from './bench.ts'

const ASKED = 9

export interface QueueStage {
  /** Milliseconds from the start of a navigation until rows are there, nothing loads, and a key marks the first of them. */
  timeQueue(path: string): Promise<number>
  /** Milliseconds that the API takes, the middle of several. */
  timeQuestion(path: string): Promise<number>
  close(): Promise<void>
}

export async function installForBench({ alerts, people }: { readonly alerts: number; readonly people: number }): Promise<QueueStage> {
  const installation = await install()
  await installation.client.send('POST', '/api/v1/policies', { name: 'Data leaks', template: 'data_leaks' })
  await installation.client.send('POST', '/api/v1/policies', { name: 'Security policy violations', template: 'security_policy_violations' })
  await seedAlerts({ dir: installation.dir, count: alerts, people, nowMs: Date.now() })
  const browser = await chromium.launch({ executablePath: findBrowser() ?? '', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const answer = await context.request.post(`${installation.url}/api/v1/session`, { data: { name: 'tester', password: installation.password }, headers: { origin: installation.url } })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`)
  return {
    async timeQueue(path) {
      await page.goto('about:blank')
      const begunAt = performance.now()
      await page.goto(`${installation.url}${path}`, { waitUntil: 'commit' })
      await page.locator('[data-alert]').first().waitFor()
      // Interactive: the counts stand there, and a key does what it says.
      await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .mantine-Skeleton-root') === null)
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
