// The chart of one user with 50,000 stored activities in a real browser: the API's answer, and how long until it is drawn.
import { chromium } from 'playwright-core'
import { install, PASSWORD } from './alert-queue-stage.ts'
import { type Bench, round, spread } from './bench.ts'
import { findBrowser } from './screen.ts'
import { PERSON_ID, seedPerson } from './seed-person.ts'

const ACTIVITIES = 50_000
const GOAL_MS = 1000

/** What of the browser the functions that run there use; they are functions because the page's policy evaluates no text. */
interface Screen {
  readonly document: { querySelector(selector: string): { readonly textContent: string | null } | null }
  requestAnimationFrame(work: (value?: unknown) => void): void
}

export const userChart: Bench = {
  name: 'user-chart', summary: 'The chart of one user with 50,000 stored activities: from the choice of a range to bubbles, and what the server takes of it.', limitSecs: 600,
  unable: () => (findBrowser() === undefined ? 'there is no Chromium' : undefined),
  async run(context) {
    const installation = await install(context.folder)
    const browser = await chromium.launch({ executablePath: findBrowser() ?? '', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
    try {
      const stored = await seedPerson({ dir: installation.dir, nowMs: Date.now(), activities: ACTIVITIES })
      context.say(`user-chart: ${stored} activities of one user`)
      const page = await (await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' })).newPage()
      const answer = await page.request.post(`${installation.url}/api/v1/session`, { data: { name: 'tester', password: PASSWORD }, headers: { origin: installation.url } })
      if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`)
      const summary = page.locator('[data-chart-summary]')
      const opened = async (): Promise<number> => {
        await page.goto('about:blank')
        const begunAt = performance.now()
        await page.goto(`${installation.url}/users/${PERSON_ID}`, { waitUntil: 'commit' })
        await page.locator('[data-chart="drawn"] canvas').waitFor()
        return performance.now() - begunAt
      }
      /** The range changes: a new question, a new drawing, and two frames so that it stands on the screen. */
      const changed = async (name: string): Promise<number> => {
        const before = await summary.innerText()
        const begunAt = performance.now()
        await page.getByText(name, { exact: true }).click()
        await page.waitForFunction((old) => {
          const { document } = globalThis as unknown as Screen
          return document.querySelector('[data-chart-summary]')?.textContent !== old && document.querySelector('[data-chart="drawn"] canvas') !== null
        }, before)
        await page.evaluate(() => {
          const screen = globalThis as unknown as Screen
          return new Promise((resolve) => screen.requestAnimationFrame(() => screen.requestAnimationFrame(resolve)))
        })
        return performance.now() - begunAt
      }
      const cold = await opened()
      const openings: number[] = []
      const changes: number[] = []
      const api: number[] = []
      for (let run = 0; run < Math.max(5, context.runs); run += 1) {
        context.signal.throwIfAborted()
        openings.push(await opened())
        changes.push(await changed('1 month'), await changed('6 months'))
        const begunAt = performance.now()
        await installation.client.get(`/api/v1/users/${PERSON_ID}/chart`)
        api.push(performance.now() - begunAt)
      }
      context.say(`user-chart: page opened ${round(spread(openings).median)} ms (first ${round(cold)} ms), range changed ${round(spread(changes).median)} ms, API ${round(spread(api).median)} ms`)
      return [{
        name: 'user-chart.drawn', unit: 'ms', better: 'lower', ours: spread(changes), limit: GOAL_MS,
        goals: [
          { text: `the chart of ${ACTIVITIES} activities stands in at most ${GOAL_MS} ms: the answer and the drawing, each time`, met: spread(changes).max <= GOAL_MS },
          { text: `the whole page, opened by its address, shows it in at most ${GOAL_MS} ms`, met: spread(openings).median <= GOAL_MS, aim: true },
        ],
        figures: { activities: stored, coldMs: round(cold), openedMedianMs: round(spread(openings).median), openedMaxMs: round(spread(openings).max), apiMedianMs: round(spread(api).median), apiMaxMs: round(spread(api).max) },
      }]
    } finally {
      await browser.close()
      await installation.close()
    }
  },
}
