// One pass over W1 in its own process: `ours` by the domain, `floor` by a hand-written map of windows.
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import { evaluateUser } from '@holdfast/collector/domain/risk/evaluate.ts'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import type { Insight } from '@holdfast/collector/domain/risk/insight.ts'
import { decodeMessage } from '@holdfast/collector/ingest/ingest.ts'
import { fromWireTimestamp, wire } from '@holdfast/proto'
import { COPIES_ALLOWED, type LeaversHour, leaversHour, leaversPolicy, leaversStartMs, WINDOW_MS } from './leavers.ts'
import { memory, serveParent } from './processes.ts'

const EVALUATE_EVERY = 100

interface Pass {
  readonly alerted: readonly string[]
  readonly cpuSecs: number
}

const cpuOf = (work: () => readonly string[]): Pass => {
  const before = process.threadCpuUsage()
  const alerted = work()
  const { user, system } = process.threadCpuUsage(before)
  return { alerted, cpuSecs: (user + system) / 1e6 }
}

/** Decoded, checked, counted into insights, and the users with news evaluated after each hundred batches. */
function ours(hour: LeaversHour, decoded: readonly (readonly Activity[])[] | undefined): readonly string[] {
  const nowMs = leaversStartMs(Date.now()) + WINDOW_MS
  const policies = [leaversPolicy(hour.leavers, nowMs)]
  const insights = new Map<string, Map<string, Insight>>()
  const marked = new Set<string>()
  const alerts = new Map<string, ReturnType<typeof evaluateUser>['alerts']>()
  const evaluate = () => {
    for (const user of marked) {
      const { alerts: changed } = evaluateUser({ subject: { id: user, names: [user], groups: [] }, policies, insights: [...(insights.get(user)?.values() ?? [])], alerts: alerts.get(user) ?? [], nowMs })
      if (changed.length > 0) alerts.set(user, changed)
    }
    marked.clear()
  }
  for (const [index, batch] of hour.batches.entries()) {
    const activities = decoded?.[index] ?? decodeMessage(batch.deviceId, batch.payload).activities.map(({ activity }) => Object.assign(activity, { userId: activity.actor.account }))
    for (const insight of countInsights(activities)) {
      const own = insights.get(insight.userId) ?? new Map<string, Insight>()
      const key = `${insight.indicator} ${insight.day}`
      const before = own.get(key)
      own.set(key, before === undefined ? insight : mergeInsights(before, insight))
      insights.set(insight.userId, own)
    }
    for (const { userId } of activities) marked.add(userId)
    if ((index + 1) % EVALUATE_EVERY === 0) evaluate()
  }
  evaluate()
  return [...alerts.keys()]
}

/** The least that gives the right answer for this one rule: a window of times a leaver. */
function floor(hour: LeaversHour, decoded: readonly (readonly wire.Activity[])[] | undefined): readonly string[] {
  const windows = new Map<string, number[]>()
  const alerted = new Set<string>()
  for (const [index, batch] of hour.batches.entries()) {
    const activities = decoded?.[index] ?? (wire.ActivityBatch.decode(batch.payload).activities ?? []).map((body) => wire.Activity.decode(body))
    for (const activity of activities) {
      const account = activity.actor?.account ?? ''
      if (activity.fileCopied?.destination?.location !== wire.LocationKind.LOCATION_KIND_REMOVABLE || !hour.leavers.has(account)) continue
      const atMs = fromWireTimestamp(activity.occurredAt) ?? 0
      const times = windows.get(account) ?? []
      windows.set(account, times)
      times.push(atMs)
      while ((times[0] ?? atMs) < atMs - WINDOW_MS) times.shift()
      if (times.length > COPIES_ALLOWED) alerted.add(account)
    }
  }
  return [...alerted]
}

let hour: LeaversHour | undefined

serveParent(async (message) => {
  if (hour === undefined) {
    hour = leaversHour({ seed: Number(message['seed']), activities: Number(message['activities']), users: Number(message['users']), startMs: leaversStartMs(Date.now()), perBatch: 100 })
    return { activities: hour.activities, over: hour.over, leavers: hour.leavers.size, expected: [...hour.expected.keys()] }
  }
  const made = hour
  const { mode } = message
  let pass: Pass
  if (mode === 'ours') pass = cpuOf(() => ours(made, undefined))
  else if (mode === 'floor') pass = cpuOf(() => floor(made, undefined))
  else {
    // The step alone: what was decoded beforehand does not count. A tenth of the hour fits in memory as objects.
    const part = { ...made, batches: made.batches.slice(0, made.batches.length / 10) }
    if (mode === 'ours-decoded') {
      const decoded = part.batches.map((batch) => decodeMessage(batch.deviceId, batch.payload).activities.map(({ activity }) => Object.assign(activity, { userId: activity.actor.account })))
      pass = cpuOf(() => ours(part, decoded))
    } else {
      const decoded = part.batches.map((batch) => (wire.ActivityBatch.decode(batch.payload).activities ?? []).map((body) => wire.Activity.decode(body)))
      pass = cpuOf(() => floor(part, decoded))
    }
    return { ...pass, activities: part.batches.reduce((sum, batch) => sum + batch.activities, 0), rssMb: (await memory(process.pid)).nowMb }
  }
  return { ...pass, activities: made.activities, rssMb: (await memory(process.pid)).nowMb }
})
