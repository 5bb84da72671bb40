// Evaluation of users with months behind them, in its own process: how many a second, and what it costs to have a longer past.
import { amountOf, EVALUATION_DAYS, type EvaluationInput, evaluateUser } from '@holdfast/collector/domain/risk/evaluate.ts'
import { CUMULATIVE_INDICATORS } from '@holdfast/collector/domain/risk/cumulative.ts'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import { dayOf, type Insight } from '@holdfast/collector/domain/risk/insight.ts'
import { cellsOfWeek, createPopulation, weekOf } from '@holdfast/collector/domain/risk/population.ts'
import { mapActivity } from '@holdfast/collector/domain/wire/decode.ts'
import { allPolicies, subjectsOf, triggersOf } from '../quality/measure.ts'
import { makeOrganisation } from '../simulate/organisation.ts'
import { serveParent } from './processes.ts'

const START_MS = Date.parse('2026-01-05T00:00:00Z')

interface Past {
  readonly inputs: readonly EvaluationInput[]
  readonly activities: number
  readonly insights: number
  /** As the store keeps it. */
  readonly bytes: number
}

/** The same once more: on another file, or on the same one again, which changes no amount that is scored. */
function repeated(activity: Activity, turn: number, sameFiles: boolean): Activity | undefined {
  if (turn === 0) return activity
  const { file } = activity
  // What is counted by events or pages would be more of it, and another user.
  if (file === undefined || activity.kind === 'archive_created') return undefined
  return { ...activity, file: sameFiles ? { ...file, sizeBytes: 0 } : { ...file, path: `${file.path}.${turn}`, fingerprint: `${file.fingerprint ?? ''}${turn}` } }
}

/** @param times each activity happens so often on its day @param sameFiles on the same file, or each time on another */
function livedThrough(users: number, days: number, times: number, sameFiles: boolean): Past {
  const organisation = makeOrganisation({ seed: 11, users, days, insiders: Math.floor(users / 25), startMs: START_MS, profile: 'mixed' })
  const insights = new Map<string, Map<string, Insight>>()
  let activities = 0
  for (const { person, activities: sent } of organisation.days()) {
    const own = insights.get(person.account) ?? new Map<string, Insight>()
    insights.set(person.account, own)
    for (let turn = 0; turn < times; turn += 1) {
      const mapped = sent.flatMap(({ message, device, seq }) => {
        const activity = Object.assign(mapActivity(message, `${device}.${turn}.${seq}`, device), { userId: person.account })
        const again = repeated(activity, turn, sameFiles)
        return again === undefined ? [] : [again]
      })
      activities += mapped.length
      for (const insight of countInsights(mapped)) {
        const key = `${insight.day} ${insight.indicator}`
        const before = own.get(key)
        own.set(key, before === undefined ? insight : mergeInsights(before, insight))
      }
    }
  }
  const subjects = subjectsOf(organisation)
  const nowMs = START_MS + days * 86_400_000 - 1
  const weeks = Map.groupBy([...insights].flatMap(([user, own]) => [...own.values()].map((insight) => ({ user, insight }))), ({ insight }) => weekOf(insight.day))
  const population = createPopulation([...weeks].flatMap(([week, rows]) =>
    cellsOfWeek(week, [...Map.groupBy(rows, ({ user }) => user)].map(([user, own]) => ({ group: subjects.get(user)?.department ?? '', insights: own.map(({ insight }) => ({ indicator: insight.indicator, amount: amountOf(insight) })) })), CUMULATIVE_INDICATORS)))
  const triggers = Map.groupBy(triggersOf(organisation), (trigger) => trigger.userId)
  const policies = allPolicies(START_MS)
  const inputs = [...insights].map(([user, own]): EvaluationInput => {
    const list = [...own.values()].filter((insight) => insight.day >= dayOf(nowMs) - EVALUATION_DAYS)
    return { subject: subjects.get(user) ?? { id: user, names: [user], groups: [] }, policies, insights: list, alerts: [], nowMs, population, triggers: triggers.get(user) ?? [], observedFromDay: Math.min(...list.map((insight) => insight.day)) }
  })
  const rows = inputs.flatMap((input) => input.insights)
  return { inputs, activities, insights: rows.length, bytes: rows.reduce((sum, row) => sum + JSON.stringify(row).length, 0) }
}

let past: Past | undefined

serveParent((message) => {
  if (message['do'] === 'live') {
    past = livedThrough(Number(message['users']), Number(message['days']), Number(message['times'] ?? 1), message['sameFiles'] === true)
    return Promise.resolve({ users: past.inputs.length, activities: past.activities, insights: past.insights, bytesAUser: past.bytes / past.inputs.length })
  }
  if (past === undefined) throw new Error('live comes first')
  const before = process.threadCpuUsage()
  let evaluated = 0
  let alerts = 0
  const untilMs = performance.now() + Number(message['forMs'])
  while (performance.now() < untilMs) {
    for (const input of past.inputs) alerts += evaluateUser(input).alerts.length
    evaluated += past.inputs.length
  }
  const { user, system } = process.threadCpuUsage(before)
  return Promise.resolve({ evaluated, alerts, cpuSecs: (user + system) / 1e6 })
})
