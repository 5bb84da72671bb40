// A preview of thirty days over a store with many people, in its own process.
import { createPreviews } from '@holdfast/collector/analysis/preview.ts'
import { toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import type { Insight } from '@holdfast/collector/domain/risk/insight.ts'
import { mapActivity } from '@holdfast/collector/domain/wire/decode.ts'
import { createPopulationCache } from '@holdfast/collector/evaluation/population-cache.ts'
import { buildDevice, buildRun, buildUser } from '@holdfast/collector/testing/builders.ts'
import { openTemporaryStore } from '@holdfast/collector/testing/temporary-store.ts'
import { makeOrganisation } from '../simulate/organisation.ts'
import { serveParent } from './processes.ts'

const START_MS = Date.parse('2026-01-05T00:00:00Z')
const USERS_A_TRANSACTION = 200

/** The insights of everybody; activities themselves are not looked at by a preview. */
function insightsOf(users: number, days: number): ReadonlyMap<string, { readonly department: string; readonly insights: readonly Insight[] }> {
  const organisation = makeOrganisation({ seed: 12, users, days, insiders: Math.floor(users / 50), startMs: START_MS, profile: 'mixed' })
  const all = new Map<string, { department: string; days: Map<string, Insight> }>()
  for (const { person, activities } of organisation.days()) {
    const own = all.get(person.account) ?? { department: person.department.name, days: new Map<string, Insight>() }
    all.set(person.account, own)
    for (const insight of countInsights(activities.map(({ message, device, seq }) => Object.assign(mapActivity(message, `${device}.${seq}`, device), { userId: person.account })))) {
      const key = `${insight.day} ${insight.indicator}`
      const before = own.days.get(key)
      own.days.set(key, before === undefined ? insight : mergeInsights(before, insight))
    }
  }
  return new Map([...all].map(([account, { department, days: own }]) => [account, { department, insights: [...own.values()] }]))
}

serveParent(async (message) => {
  const [users, days] = [Number(message['users']), Number(message['days'])]
  const all = [...insightsOf(users, days)]
  const temporary = await openTemporaryStore()
  try {
    const { store } = temporary
    const nowMs = START_MS + days * 86_400_000 - 1
    await store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUsers(all.map(([account, { department }], index) => buildUser({ id: account, pseudonym: `ANON-${index}`, displayName: account, department, identities: [{ kind: 'account', value: account }] })))
    })
    for (let first = 0; first < all.length; first += USERS_A_TRANSACTION) {
      const part = all.slice(first, first + USERS_A_TRANSACTION)
      // One activity a user carries the insights in; a run needs one.
      await store.write((tx) => tx.ingest(part.map(([account], index) => buildRun(first + index + 1, 1, { userId: account })), () => part.flatMap(([, { insights }]) => insights), mergeInsights))
    }
    const previews = createPreviews({ store, population: createPopulationCache(store), now: () => nowMs })
    const took: number[] = []
    let progress = 0
    let found = { users: 0, alerts: 0 }
    for (const template of ['data_leaks', 'security_policy_violations', 'data_leaks']) {
      const outcome = await previews.run({ policy: toPolicy({ name: 'Draft', template }, 'p_draft', nowMs), days: 30, onProgress: () => void (progress += 1) })
      took.push(outcome.tookMs)
      found = { users: outcome.users, alerts: outcome.alerts.low + outcome.alerts.medium + outcome.alerts.high }
    }
    return { took, progress, ...found, insights: all.reduce((sum, [, { insights }]) => sum + insights.length, 0) }
  } finally {
    await temporary.remove()
  }
})
