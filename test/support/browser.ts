// The console in a real Chromium.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const CANDIDATES = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** @throws when there is no Chromium: a test that needs one must not pass without it */
export function startBrowser(): Promise<Browser> {
  const executablePath = CANDIDATES.find((path): path is string => path !== undefined && path !== '' && existsSync(path))
  if (executablePath === undefined) throw new Error('there is no Chromium; name one in CHROMIUM_PATH')
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
}

export const newContext = (browser: Browser): Promise<BrowserContext> => browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })

/** Signs a context in, as the form would, for tests that are about something else. */
export async function signInBrowser(context: BrowserContext, installation: { readonly url: string; readonly password: string }, name = 'tester'): Promise<void> {
  const answer = await context.request.post(`${installation.url}/api/v1/session`, { data: { name, password: installation.password }, headers: { origin: installation.url } })
  if (!answer.ok()) throw new Error(`sign-in of ${name}: ${answer.status()}`)
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeWindow {
  readonly axe: { run(context: unknown, options: unknown): Promise<{ readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string }[] }[] }> }
}

const AXE_TRIES = 4
const AXE_REST_MS = 750

/**
 * Everything that axe finds wrong with the page as it stands, in words. On a busy machine a page may still be on its way
 * from one colour scheme to the other, which no event tells: what is wrong stays wrong, and is found again after a while.
 */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  // Evaluated, not added as a script: the page's own policy allows no foreign scripts.
  await page.evaluate(axeSource)
  let found: readonly string[] = []
  for (let attempt = 1; attempt <= AXE_TRIES; attempt += 1) {
    const { violations } = await page.evaluate(() => (globalThis as unknown as AxeWindow).axe.run(document, { resultTypes: ['violations'] }))
    found = violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${help}: ${node.html.slice(0, 200)}`))
    if (found.length === 0) break
    await page.waitForTimeout(AXE_REST_MS)
  }
  return found
}

export const SCHEMES = ['light', 'dark'] as const

/** Changes what the browser says that its reader prefers; the console follows. */
export async function useScheme(page: Page, scheme: (typeof SCHEMES)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  await page.waitForFunction((wanted) => document.documentElement.dataset['mantineColorScheme'] === wanted, scheme)
}

/** Waits until nothing loads or moves any more: no skeletons, no spinners, no transitions. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => {})
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .mantine-Skeleton-root, main .mantine-Loader-root') === null, undefined, { timeout: 15_000 })
  await page.evaluate(async () => {
    await document.fonts.ready
    // Colours that are on their way from one scheme to the other have the contrast of neither.
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
    const finite = document.getAnimations().filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
    await Promise.allSettled(finite.map((animation) => animation.finished))
  })
}
