// The console on a screen: a real Chromium, when there is one.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

export interface Screen {
  /** Opens a page of the console. */
  open(path: string): Promise<void>
  /** When a text stands on the page; undefined after 5 s. Asked before it is expected. */
  timeOf(text: string): Promise<number | undefined>
  /** Everything that stands there now. */
  text(): Promise<string>
  close(): Promise<void>
}

const BROWSERS = [process.env['HOLDFAST_CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const LIMIT_MS = 5000

export const findBrowser = (): string | undefined => BROWSERS.find((path) => path !== '' && existsSync(path))

export async function openScreen(url: string, name: string, password: string): Promise<Screen | undefined> {
  const executablePath = findBrowser()
  if (executablePath === undefined) return undefined
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
  // The console's content policy allows no eval, and that is how the browser is asked for a text.
  const context = await browser.newContext({ ignoreHTTPSErrors: true, bypassCSP: true, viewport: { width: 1400, height: 900 } })
  const page = await context.newPage()
  const answer = await context.request.post(`${url}/api/v1/session`, { data: { name, password }, headers: { origin: url } })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`)
  return {
    async open(path) {
      await page.goto(`${url}${path}`)
      await page.waitForLoadState('networkidle')
    },
    async timeOf(text) {
      try {
        // Text for the browser, which has names that Node has not.
        const handle = await page.waitForFunction(`document.body.innerText.includes(${JSON.stringify(text)}) ? performance.timeOrigin + performance.now() : undefined`, undefined, { polling: 'raf', timeout: LIMIT_MS })
        return (await handle.jsonValue()) as number
      } catch {
        return undefined
      }
    },
    text: () => page.innerText('body'),
    close: () => browser.close(),
  }
}
