// What the pages that look at everybody have to say unasked: policies that have something wrong, and news of the analytics.
import { analyse } from '../domain/analytics/analytics.ts'
import { policyHealth } from '../domain/policies/health.ts'
import type { StoreReader } from '../store/store.ts'
import type { BusiestDays } from './busiest.ts'
import type { PolicyFactsReader } from './policy-facts.ts'

const ANALYTICS_DAYS = 90

/** Policies that are on and have warnings, with what is wrong. */
export async function policyWarnings(store: StoreReader, facts: PolicyFactsReader): Promise<readonly { readonly id: string; readonly name: string; readonly messages: readonly string[] }[]> {
  const known = await facts.all()
  return (await store.policies()).flatMap((policy) => {
    const mine = known.get(policy.id)
    if (policy.status !== 'on' || mine === undefined) return []
    const messages = policyHealth({ ...mine, policy }).messages.filter((message) => message.level === 'warning').map((message) => message.text)
    return messages.length === 0 ? [] : [{ id: policy.id, name: policy.name, messages }]
  })
}

/** Kinds of risk that enough people show to be told, once each; counts of few are never told. @param enabled whether devices report everything */
export async function analyticsNews(busiest: BusiestDays, enabled: boolean): Promise<readonly { readonly key: string; readonly text: string }[]> {
  if (!enabled) return [{ key: 'off', text: 'Analytics is turned off: devices report only what policies need.' }]
  const { kinds } = analyse((await busiest.of(ANALYTICS_DAYS)).users)
  return kinds.flatMap(({ kind, title, over }) => ('users' in over && over.users > 0 ? [{ key: `risk:${kind}`, text: `${title}: ${over.users} users (${Math.round(over.share * 100)} %).` }] : []))
}
