// Every question of the console over a million activities and over ten million, and what a row costs to insert at each size.
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Installation, install, reopen } from './alert-queue-stage.ts'
import { type Bench, type BenchContext, type Figure, quantile, round, spread } from './bench.ts'
import { consoleQueries, type Subjects } from './console-queries.ts'
import { startPeer } from './processes.ts'
import { seedAlerts } from './seed-alerts.ts'

const PEOPLE = 10_000
const ALERTS = 5000
const SIZES = [1_000_000, 10_000_000] as const
const FULL_SIZES = [...SIZES, 50_000_000, 100_000_000] as const
const ASKED = 40
const P99_MS = 200
const COST_RATIO = 1.4
const TOLD = 12

interface Cost {
  readonly rows: number
  readonly cpuUsPerRow: number
  readonly rowsPerSec: number
  readonly wholeCpuUsPerRow: number
  readonly bytesPerRow: number
  readonly bodyBytesPerRow: number
}

const sizeName = (rows: number): string => `${rows / 1_000_000}m`

/** Whom and what the questions are about: other ones each time. */
async function subjectsOf({ client }: Installation): Promise<readonly Subjects[]> {
  const page = async <T>(path: string): Promise<readonly T[]> => (await client.get<{ readonly items: readonly T[] }>(`/api/v1/${path}`)).items
  const users = await page<{ readonly id: string; readonly pseudonym: string }>('users?sort=-riskScore&limit=200')
  const devices = await page<{ readonly id: string }>('devices?limit=200')
  const alerts = await page<{ readonly id: string; readonly user: { readonly id: string } }>('alerts?limit=200')
  const policies = await page<{ readonly id: string }>('policies')
  const accounts = await page<{ readonly id: string }>('accounts')
  let cases = await page<{ readonly id: string }>('cases?limit=10')
  if (cases.length === 0) {
    await client.send('POST', '/api/v1/cases', { alertIds: [alerts[0]?.id], name: 'A case of the bench' })
    cases = await page<{ readonly id: string }>('cases?limit=10')
  }
  return Array.from({ length: ASKED }, (_, turn) => {
    const at = <T>(list: readonly T[]): T => list[(turn * 7) % list.length] as T
    return { user: at(users).id, pseudonym: at(users).pseudonym, device: at(devices).id, alert: at(alerts).id, caseId: at(cases).id, policy: at(policies).id, account: at(accounts).id }
  })
}

/** Nobody waits to be scored: what is measured is asking, and not asking beside ten thousand evaluations. */
async function untilScored(installation: Installation, signal: AbortSignal): Promise<void> {
  let before = Number.NaN
  for (let same = 0; same < 3;) {
    signal.throwIfAborted()
    const now = await installation.cpuSecs()
    same = now - before < 0.2 ? same + 1 : 0
    before = now
    await sleep(1000)
  }
}

async function ask(context: BenchContext, installation: Installation, rows: number): Promise<Figure> {
  await untilScored(installation, context.signal)
  const subjects = await subjectsOf(installation)
  const times = new Map<string, number[]>()
  // A question that is not understood shall end the run now and not after minutes.
  const [any] = subjects
  if (any !== undefined) for (const pathOf of Object.values(consoleQueries)) await installation.client.get(`/api/v1/${pathOf(any)}`)
  for (const [name, pathOf] of Object.entries(consoleQueries)) {
    const own: number[] = []
    for (const subject of subjects) {
      context.signal.throwIfAborted()
      const begunAt = performance.now()
      await installation.client.get(`/api/v1/${pathOf(subject)}`)
      own.push(performance.now() - begunAt)
    }
    times.set(name, own)
  }
  const sorted = [...times].map(([name, own]) => ({ name, p50: quantile(own, 0.5), p99: quantile(own, 0.99) })).toSorted((a, b) => b.p99 - a.p99)
  context.say(`queries, ${sizeName(rows)}: ${sorted.slice(0, TOLD).map(({ name, p50, p99 }) => `${name} ${round(p50)}/${round(p99)}`).join(', ')} ms (p50/p99)`)
  const worst = sorted[0]?.p99 ?? Number.NaN
  const over = sorted.filter(({ p99 }) => p99 > P99_MS)
  return {
    name: `queries.${sizeName(rows)}`, unit: 'ms, p99 of each question (least, middle and slowest question)', better: 'lower', ours: spread(sorted.map(({ p99 }) => p99)), limit: P99_MS,
    goals: [{ text: `every question of the console at ${sizeName(rows)} activities: p99 at most ${P99_MS} ms${over.length === 0 ? '' : ` (over: ${over.map(({ name }) => name).join(', ')})`}`, met: worst <= P99_MS }],
    figures: { activities: rows, people: PEOPLE, questions: sorted.length, each: ASKED, 'slowest p50/p99 ms': sorted.slice(0, TOLD).map(({ name, p50, p99 }) => `${name} ${round(p50)}/${round(p99)}`).join('; ') },
  }
}

export const queries: Bench = {
  name: 'queries', summary: 'Every question of the console at 1 and 10 million activities (to 100 with --full), and the cost of an insert at each size.', limitSecs: 3600,
  async run(context) {
    // Fewer for a try of the bench itself.
    const most = Number(process.env['HOLDFAST_BENCH_ROWS'] ?? Infinity)
    const fitting = (context.full ? FULL_SIZES : SIZES).filter((rows) => rows <= most)
    const sizes = fitting.length > 0 ? fitting : [most]
    const nowMs = Date.now()
    const folder = join(context.folder, 'queries')
    await mkdir(folder, { recursive: true })
    let installation = await install(folder)
    const path = join(installation.dir, 'holdfast.db')
    for (const [name, template] of [['Data leaks', 'data_leaks'], ['Security policy violations', 'security_policy_violations']] as const) await installation.client.send('POST', '/api/v1/policies', { name, template })
    await installation.close()
    await seedAlerts({ dir: installation.dir, count: ALERTS, people: 1000, nowMs })
    const grower = startPeer('growth-run.ts', [])
    const figures: Figure[] = []
    const costs: Cost[] = []
    try {
      await grower.ask({ do: 'begin', path, people: PEOPLE, nowMs })
      for (const [index, rows] of sizes.entries()) {
        context.signal.throwIfAborted()
        if (index > 0) await grower.ask({ do: 'again' })
        const cost = await grower.ask<Cost>({ do: 'grow', rows })
        costs.push(cost)
        context.say(`queries: ${sizeName(rows)} activities, ${round(cost.cpuUsPerRow)} µs CPU an insert, ${Math.round(cost.rowsPerSec)}/s, ${Math.round(cost.bytesPerRow)} bytes each`)
        await grower.ask({ do: 'rest' })
        installation = await reopen(installation)
        try {
          figures.push(await ask(context, installation, rows))
        } finally {
          await installation.close()
        }
      }
    } finally {
      await grower.end()
    }
    const [first, last] = [costs[0], costs.at(-1)]
    if (first === undefined || last === undefined) return figures
    const ratio = last.cpuUsPerRow / first.cpuUsPerRow
    figures.push({
      name: 'queries.growth', unit: `µs CPU an insert at ${sizeName(last.rows)} activities, insights included`, better: 'lower', ours: spread([last.cpuUsPerRow]), reference: spread([first.cpuUsPerRow]), against: `the same at ${sizeName(first.rows)}`, ratio: spread([ratio]),
      goals: [{ text: `at most ${COST_RATIO} of the cost at ${sizeName(first.rows)}`, met: ratio <= COST_RATIO }],
      figures: Object.fromEntries(costs.flatMap(({ rows, cpuUsPerRow, rowsPerSec, bytesPerRow, bodyBytesPerRow }) => [[`cpuUs${sizeName(rows)}`, round(cpuUsPerRow)], [`perSec${sizeName(rows)}`, Math.round(rowsPerSec)], [`bytes${sizeName(rows)}`, Math.round(bytesPerRow)], [`bodyBytes${sizeName(rows)}`, Math.round(bodyBytesPerRow)]])),
    })
    const keep = process.env['HOLDFAST_BENCH_KEEP']
    if (keep !== undefined) {
      await rm(keep, { recursive: true, force: true })
      await rename(installation.dir, keep)
    }
    return figures
  },
}
