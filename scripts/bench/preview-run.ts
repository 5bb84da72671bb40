// A preview over a store of its own in its own process, and how long the event loop was kept from everything else.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createBusiestDays } from '@holdfast/collector/analysis/busiest.ts'
import { createPreviews } from '@holdfast/collector/analysis/preview.ts'
import type { Policy } from '@holdfast/collector/domain/policies/policy.ts'
import { toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import { thresholdData } from '@holdfast/collector/domain/analytics/threshold-data.ts'
import { indicators } from '@holdfast/collector/domain/risk/indicators.ts'
import { dayOf, type Insight } from '@holdfast/collector/domain/risk/insight.ts'
import { createPopulationCache } from '@holdfast/collector/evaluation/population-cache.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { INSERT_INSIGHTS, insightValues } from '@holdfast/collector/store/sql/insight-rows.ts'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import { memory, serveParent } from './processes.ts'

const NOW_MS = Date.parse('2026-03-02T18:00:00Z')
const DEPARTMENTS = ['sales', 'research', 'finance', 'service', 'production', 'law', 'purchase', 'administration'] as const
/** What people do on most days, the share of days, and the usual amount. */
const HABITS = [['file_renamed', 0.5, 4], ['file_deleted', 0.5, 6], ['file_downloaded', 0.4, 5], ['browser_upload', 0.3, 3], ['copy_to_cloud_sync', 0.3, 4], ['file_printed', 0.2, 2], ['archive_created', 0.05, 1], ['copy_to_removable_media', 0.02, 3], ['copy_to_network_share', 0.02, 4]] as const

/** Numbers that are the same on every machine (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function insightOf(userId: string, indicator: keyof typeof indicators, day: number, amount: number, next: () => number): Insight {
  const atMs = day * 86_400_000 + Math.floor((8 + next() * 9) * 3_600_000)
  const files = indicators[indicator].measure === 'files' ? Array.from({ length: amount }, () => Math.floor(next() * 2 ** 32).toString(16).padStart(8, '0') + Math.floor(next() * 1440).toString(16).padStart(3, '0')).toSorted() : []
  return { userId, indicator, day, events: amount, bytes: amount * 20_000, priorityEvents: 0, sensitiveEvents: 0, excludedEvents: 0, files, firstAtMs: atMs, lastAtMs: atMs + 600_000, samples: Array.from({ length: Math.min(20, amount) }, (_, index) => ({ id: `d_1.${'e'.repeat(32)}.${index}`, atMs })), hours: [[new Date(atMs).getUTCHours(), amount]] }
}

async function prepare(path: string, users: number, days: number): Promise<{ readonly insights: number }> {
  const store = await openSqliteStore({ path })
  for (let first = 0; first < users; first += 1000) {
    await store.write((tx) => tx.saveUsers(Array.from({ length: Math.min(1000, users - first) }, (_, index) => {
      const number = first + index
      return { id: `u_${number}`, pseudonym: `ANON-${number.toString(36).toUpperCase().padStart(7, '0')}`, displayName: `user${number}`, kind: 'person' as const, identities: [{ kind: 'account' as const, value: `user${number}` }], createdAtMs: NOW_MS, groups: [], department: DEPARTMENTS[number % DEPARTMENTS.length] ?? '' }
    })))
  }
  await store.close()
  const db = await connect(path, { readOnly: false })
  await db.exec('PRAGMA synchronous = OFF; BEGIN')
  const today = dayOf(NOW_MS)
  let insights = 0
  for (let user = 0; user < users; user += 1) {
    const next = random(user + 1)
    const row = await db.get<{ k: number }>('SELECT k FROM person WHERE id = ?', `u_${user}`)
    const own: Insight[] = []
    for (let day = today - days + 1; day <= today; day += 1) {
      if ((day + 3) % 7 >= 5) continue
      for (const [indicator, share, usual] of HABITS) if (next() < share) own.push(insightOf(`u_${user}`, indicator, day, Math.max(1, Math.round(usual * (0.3 + 2 * next() ** 2))), next))
    }
    // One in a hundred carries files away on a stick in the last month.
    if (user % 100 === 0) own.push(insightOf(`u_${user}`, 'copy_to_removable_media', today - (user / 100) % 28, 60, next))
    await db.run(INSERT_INSIGHTS, JSON.stringify(own.map((insight) => insightValues(insight, row?.k ?? -1))))
    insights += own.length
  }
  await db.exec('COMMIT')
  await db.close()
  return { insights }
}

/** @param days that count; 90 more say what is usual */
async function preview(path: string, days: number): Promise<object> {
  const store = await openSqliteStore({ path })
  const now = (): number => NOW_MS
  const policy: Policy = toPolicy({ name: 'Leaks', template: 'data_leaks' }, 'p_preview', NOW_MS)
  const startedAtMs = performance.now()
  const population = createPopulationCache(store)
  await population.at(NOW_MS)
  const populationMs = performance.now() - startedAtMs
  const delays = monitorEventLoopDelay({ resolution: 5 })
  delays.enable()
  let progress = 0
  const run = await createPreviews({ store, population, now }).run({ policy, days, onProgress: () => (progress += 1) })
  delays.disable()
  const thresholdsAtMs = performance.now()
  const { users } = await createBusiestDays({ store, now }).of(10)
  const data = thresholdData(policy, users)
  const thresholdsMs = performance.now() - thresholdsAtMs
  await store.close()
  return { populationMs, previewMs: run.tookMs, alerts: run.alerts.low + run.alerts.medium + run.alerts.high, users: run.users, progress, p99DelayMs: delays.percentile(99) / 1e6, maxDelayMs: delays.max / 1e6, thresholdsMs, over: data.over, rssMb: (await memory(process.pid)).peakMb }
}

serveParent(async (message) => {
  const { do: what, path, users = 0, days = 0 } = message as { do: 'prepare' | 'preview'; path: string; users?: number; days?: number }
  return what === 'prepare' ? prepare(path, users, days) : preview(path, days)
})
