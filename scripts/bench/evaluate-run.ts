// One pass over an hour or a month in its own process: `ours` by the domain, `floor` by a hand-written map of windows.
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import { evaluateUser } from '@holdfast/collector/domain/risk/evaluate.ts'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import type { Policy } from '@holdfast/collector/domain/policies/policy.ts'
import type { Insight } from '@holdfast/collector/domain/risk/insight.ts'
import { decodeMessage } from '@holdfast/collector/ingest/ingest.ts'
import { fromWireTimestamp, wire } from '@holdfast/proto'
import { COPIES_ALLOWED, idlePolicies, type LeaversHour, leaversHour, leaversPolicy, leaversStartMs, WINDOW_MS } from './leavers.ts'
import { memory, serveParent } from './processes.ts'
import { monthOfLeavers, type ThirtyDays } from './thirty-days.ts'

/** Batches between two evaluations of everybody with news: a hundred thousand activities, about a second's worth, which is the server's own pace under load. */
const EVALUATE_EVERY = 1000

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

/** What is kept of users: few insights each, so a list is searched from its end. */
type State = Map<string, Insight[]>

/** @param wanted indicators that a policy asks for; others are not kept @param marked users with news */
function fold(state: State, activities: readonly Activity[], wanted: ReadonlySet<string>, marked?: Set<string>): void {
  for (const insight of countInsights(activities)) {
    if (!wanted.has(insight.indicator)) continue
    marked?.add(insight.userId)
    const own = state.get(insight.userId)
    if (own === undefined) {
      state.set(insight.userId, [insight])
      continue
    }
    const at = own.findLastIndex((other) => other.indicator === insight.indicator && other.day === insight.day)
    const before = own[at]
    if (before === undefined) own.push(insight)
    else own[at] = mergeInsights(before, insight)
  }
}

const wantedBy = (policies: readonly Policy[]): ReadonlySet<string> => new Set(policies.flatMap(({ indicators }) => Object.keys(indicators).filter((id) => indicators[id]?.enabled === true)))

/** Decoded and checked; the account is the user, put in place as ingest does. */
const activitiesOf = ({ deviceId, payload }: LeaversHour['batches'][number]): readonly Activity[] => decodeMessage(deviceId, payload).activities.map(({ activity }) => {
  const owned: typeof activity & { userId?: string } = activity
  owned.userId = activity.actor.account
  return owned as typeof activity & { userId: string }
})

/** Decoded, checked, counted into insights, and the users with news evaluated now and then. */
function ours(hour: LeaversHour, policies: readonly Policy[], decoded: readonly (readonly Activity[])[] | undefined, state: State = new Map()): readonly string[] {
  const nowMs = leaversStartMs(Date.now()) + WINDOW_MS
  const marked = new Set<string>()
  const wanted = wantedBy(policies)
  const alerts = new Map<string, ReturnType<typeof evaluateUser>['alerts']>()
  const evaluate = () => {
    for (const user of marked) {
      const { alerts: changed } = evaluateUser({ subject: { id: user, names: [user], groups: [] }, policies, insights: state.get(user) ?? [], alerts: alerts.get(user) ?? [], nowMs })
      if (changed.length > 0) alerts.set(user, changed)
    }
    marked.clear()
  }
  for (const [index, batch] of hour.batches.entries()) {
    const activities = decoded?.[index] ?? activitiesOf(batch)
    fold(state, activities, wanted, marked)
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

/** 30 days, user by user: everything folded in any order, evaluated once at the end under the policy for leavers. */
function month(days: ThirtyDays): readonly string[] {
  const alerted: string[] = []
  const wanted = wantedBy([days.policy])
  for (const user of days.users()) {
    const state: State = new Map()
    fold(state, user.activities, wanted)
    const { alerts } = evaluateUser({ subject: { id: user.account, names: [user.account], groups: [] }, policies: [days.policy], insights: state.get(user.account) ?? [], alerts: [], nowMs: days.endMs, triggers: user.triggers })
    if (alerts.length > 0) alerted.push(user.account)
  }
  return alerted
}

const heapBytes = (): number => {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

let hour: LeaversHour | undefined
let everybody = false

/** Of the first tenth as objects: what was decoded beforehand does not count, and a tenth fits in memory. */
function decodedPass(made: LeaversHour, mode: string, policies: readonly Policy[]): Pass & { readonly activities: number } {
  const part = { ...made, batches: made.batches.slice(0, made.batches.length / 10) }
  const activities = part.batches.reduce((sum, batch) => sum + batch.activities, 0)
  if (mode === 'ours-decoded') {
    const decoded = part.batches.map(activitiesOf)
    return { ...cpuOf(() => ours(part, policies, decoded)), activities }
  }
  const decoded = part.batches.map((batch) => (wire.ActivityBatch.decode(batch.payload).activities ?? []).map((body) => wire.Activity.decode(body)))
  return { ...cpuOf(() => floor(part, decoded)), activities }
}

serveParent(async (message) => {
  const number = (name: string): number => Number(message[name])
  if (message['do'] === 'prepare') {
    everybody = message['leaverShare'] === 1
    hour = leaversHour({
      seed: number('seed'), activities: number('activities'), users: number('users'), startMs: leaversStartMs(Date.now()), perBatch: 100,
      ...(message['leaverShare'] === undefined ? {} : { leaverShare: number('leaverShare') }), ...(message['copyShare'] === undefined ? {} : { copyShare: number('copyShare') }), ...(message['exfiltratorShare'] === undefined ? {} : { exfiltratorShare: number('exfiltratorShare') }),
    })
    return { activities: hour.activities, over: hour.over, leavers: hour.leavers.size, expected: [...hour.expected.keys()] }
  }
  if (message['do'] === 'month') {
    const days = monthOfLeavers({ seed: number('seed'), activities: number('activities'), users: number('users') })
    const pass = cpuOf(() => month(days))
    return { ...pass, expected: days.expected(), activities: days.made(), rssMb: (await memory(process.pid)).nowMb }
  }
  if (hour === undefined) throw new Error('prepare comes first')
  const made = hour
  const mode = String(message['mode'])
  const nowMs = leaversStartMs(Date.now()) + WINDOW_MS
  const leavers = everybody ? undefined : made.leavers
  const policies = [leaversPolicy(leavers, nowMs), ...idlePolicies(Number(message['policies'] ?? 1) - 1, leavers, nowMs)]
  if (mode.endsWith('-decoded')) return { ...decodedPass(made, mode, policies), rssMb: (await memory(process.pid)).nowMb }
  if (mode === 'state') {
    const state: State = new Map()
    const before = heapBytes()
    const pass = cpuOf(() => ours(made, policies, undefined, state))
    return { ...pass, activities: made.activities, activeUsers: state.size, bytesAUser: (heapBytes() - before) / Math.max(1, state.size), rssMb: (await memory(process.pid)).nowMb }
  }
  const pass = cpuOf(() => (mode === 'ours' ? ours(made, policies, undefined) : floor(made, undefined)))
  return { ...pass, activities: made.activities, rssMb: (await memory(process.pid)).nowMb }
})
