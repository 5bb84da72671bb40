// The queue of 100,000 alerts in a real browser: how long until its rows are there and can be used.
import { installForBench } from './alert-queue-stage.ts'
import { type Bench, round, spread } from './bench.ts'
import { findBrowser } from './screen.ts'

const ALERTS = 100_000
const PEOPLE = 5000
const GOAL_MS = 1500
const API_GOAL_MS = 150

/** Questions that the queue asks, from the plainest to those that look at every alert. */
const questions: Readonly<Record<string, string>> = {
  page: '/api/v1/alerts?from=now-30d&limit=50', byScore: '/api/v1/alerts?status=needs_review&sort=-score&limit=50', rare: '/api/v1/alerts?factor=cumulative&assignee=nobody&hasCase=false&limit=50', overdue: '/api/v1/alerts?overdue=true&limit=50', search: '/api/v1/alerts?search=ANON-00000&limit=50',
  statistics: '/api/v1/alerts/statistics',
}

export const alertQueue: Bench = {
  name: 'alert-queue', summary: 'The console’s queue of 100,000 alerts, from the click to rows that can be used, and what it asks the server.', limitSecs: 600,
  unable: () => (findBrowser() === undefined ? 'there is no Chromium' : undefined),
  async run(context) {
    const stage = await installForBench({ folder: context.folder, alerts: ALERTS, people: PEOPLE })
    try {
      context.say(`alert-queue: ${ALERTS} alerts of ${PEOPLE} people`)
      const cold = await stage.timeQueue('/alerts')
      const opened: number[] = []
      const filtered: number[] = []
      for (let run = 0; run < Math.max(5, context.runs); run += 1) {
        context.signal.throwIfAborted()
        opened.push(await stage.timeQueue('/alerts?from=all'))
        filtered.push(await stage.timeQueue('/alerts?from=all&factor=sequence&status=needs_review&sort=-score'))
      }
      const asked: Record<string, number> = {}
      for (const [name, path] of Object.entries(questions)) asked[`${name}Ms`] = round(await stage.timeQuestion(path))
      context.say(`alert-queue: opened ${round(spread(opened).median)} ms, filtered ${round(spread(filtered).median)} ms, first of all ${round(cold)} ms, questions ${JSON.stringify(asked)}`)
      return [{
        name: 'alert-queue.opened', unit: 'ms', better: 'lower', ours: spread(opened), limit: GOAL_MS,
        goals: [{ text: `${ALERTS} alerts interactive in at most ${GOAL_MS} ms`, met: spread(opened).median <= GOAL_MS && spread(filtered).median <= GOAL_MS }, { text: `every question answered in at most ${API_GOAL_MS} ms`, met: Object.values(asked).every((ms) => ms <= API_GOAL_MS), aim: true }],
        figures: { alerts: ALERTS, people: PEOPLE, coldMs: round(cold), filteredMedianMs: round(spread(filtered).median), filteredMaxMs: round(spread(filtered).max), ...asked },
      }]
    } finally {
      await stage.close()
    }
  },
}
