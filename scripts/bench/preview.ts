// A policy's preview over everybody: 30 days of 10,000 people, and the 90 days before that say what is usual.
import { join } from 'node:path'
import { type Bench, round, spread } from './bench.ts'
import { startPeer } from './processes.ts'

const USERS = 10_000
const DAYS = 30
const BASELINE_DAYS = 90
const GOAL_MS = 30_000

interface Answer {
  readonly populationMs: number
  readonly previewMs: number
  readonly alerts: number
  readonly users: number
  readonly progress: number
  readonly p99DelayMs: number
  readonly maxDelayMs: number
  readonly thresholdsMs: number
  readonly over: number
  readonly rssMb: number
}

export const preview: Bench = {
  name: 'preview', summary: 'A preview of a policy over 30 days of 10,000 people, and the data of its threshold editor.', limitSecs: 900,
  async run(context) {
    const path = join(context.folder, 'preview.db')
    const maker = startPeer('preview-run.ts', [])
    const { insights } = await maker.ask<{ insights: number }>({ do: 'prepare', path, users: USERS, days: DAYS + BASELINE_DAYS })
    await maker.end()
    context.say(`preview: ${USERS} people, ${insights} insights`)
    const answers: Answer[] = []
    for (let run = 0; run < context.runs; run += 1) {
      context.signal.throwIfAborted()
      // A process of its own for each, so that none finds what another has read.
      const peer = startPeer('preview-run.ts', [])
      const answer = await peer.ask<Answer>({ do: 'preview', path, days: DAYS })
      await peer.end()
      answers.push(answer)
      context.say(`preview, run ${run + 1}: ${Math.round(answer.previewMs)} ms, what is usual among others ${Math.round(answer.populationMs)} ms, thresholds ${Math.round(answer.thresholdsMs)} ms, ${answer.alerts} alerts`)
    }
    const whole = answers.map((answer) => answer.previewMs + answer.populationMs)
    const last = answers.at(-1)
    const most = (of: (answer: Answer) => number): number => round(Math.max(...answers.map(of)))
    return [{
      name: 'preview.days-30', unit: 'ms', better: 'lower', ours: spread(whole),
      goals: [{ text: `30 days of ${USERS} people in at most 30 s`, met: Math.max(...whole) <= GOAL_MS }, { text: 'everybody is looked at, with progress', met: answers.every((answer) => answer.users === USERS && answer.progress > 1) }],
      figures: { people: USERS, insights, alerts: last?.alerts ?? 0, populationMs: most((answer) => answer.populationMs), thresholdsMs: most((answer) => answer.thresholdsMs), othersWaitP99Ms: most((answer) => answer.p99DelayMs), othersWaitMaxMs: most((answer) => answer.maxDelayMs), rssMb: most((answer) => answer.rssMb) },
    }]
  },
}
