// What the health of policies is judged by: one walk over everybody for all of them, kept for a minute.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { connectorHealth } from '../connectors/health.ts'
import { settingsKey } from '../connectors/imports.ts'
import type { CustomIndicatorSettings } from '../connectors/read-custom-indicators.ts'
import type { ConnectorId } from '../connectors/registry.ts'
import type { Device } from '../domain/people/device.ts'
import type { PriorityGroup } from '../domain/people/priority-group.ts'
import type { ConnectorFacts, PolicyFacts } from '../domain/policies/health.ts'
import type { Policy } from '../domain/policies/policy.ts'
import { type Day, dayOf } from '../domain/risk/insight.ts'
import { inScope } from '../domain/risk/scope.ts'
import type { DayOver, StoreReader } from '../store/store.ts'
import type { Busiest, BusiestDays, BusiestOfUser } from './busiest.ts'

const KEPT_MS = 60_000
/** What takes long to make is kept longer. */
const KEPT_TIMES = 10
const DATA_DAYS = 30
const TRIGGER_DAYS = 90
const DAY_MS = 86_400_000
const USERS_A_READ = 250
const RUNS_LOOKED_AT = 20
const SILENT_MS = 7 * DAY_MS

export interface PolicyFactsDeps {
  readonly store: StoreReader
  readonly busiest: BusiestDays
  readonly healthOf: (device: Device) => string
  /** Ids of variants that exist, as `indicator#variant`. */
  readonly variants: () => ReadonlySet<string>
  readonly now: () => number
}

export interface PolicyFactsReader {
  /** Facts of every policy, by id; a minute old at most, or older where they take long to make. */
  all(): Promise<ReadonlyMap<string, PolicyFacts>>
  /** Something changed that the next question should know. */
  forget(): void
}

const CONNECTORS: Readonly<Record<keyof PolicyFacts['connectors'], ConnectorId>> = { hr: 'hr', ehr: 'ehr', securityAlerts: 'security-alerts', customIndicators: 'custom-indicators', directory: 'directory' }

async function connectorFacts(store: StoreReader, nowMs: number): Promise<PolicyFacts['connectors']> {
  const entries = await Promise.all(Object.entries(CONNECTORS).map(async ([name, id]): Promise<readonly [string, ConnectorFacts]> => [name, { state: connectorHealth(id, await store.connectorRuns(id, RUNS_LOOKED_AT), nowMs).state }]))
  return Object.fromEntries(entries) as PolicyFacts['connectors']
}

async function deviceFacts({ store, healthOf }: PolicyFactsDeps, nowMs: number): Promise<PolicyFacts['devices']> {
  const found = { enrolled: 0, reporting: 0, seeLess: 0 }
  let cursor: string | undefined
  do {
    const page = await store.devices({ limit: 500, ...(cursor === undefined ? {} : { cursor }) })
    for (const device of page.items) {
      if (device.status !== 'active') continue
      found.enrolled += 1
      if (nowMs - (device.lastSeenAtMs ?? 0) < SILENT_MS) found.reporting += 1
      if (healthOf(device) === 'degraded') found.seeLess += 1
    }
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return found
}

/** The least amount at which any of the policies triggers, by indicator. */
function leastTriggers(policies: readonly Policy[]): ReadonlyMap<string, number> {
  const least = new Map<string, number>()
  for (const policy of policies) for (const { indicator, threshold } of policy.triggers) least.set(indicator, Math.min(threshold, least.get(indicator) ?? Number.POSITIVE_INFINITY))
  return least
}

/** Days in the activation window on which something triggered. */
function triggerDays(policy: Policy, user: BusiestOfUser, over: readonly DayOver[], today: Day): ReadonlySet<Day> {
  const first = today - policy.activationWindowDays
  const days = new Set<Day>()
  for (const { indicator, day, amount } of over) if (day >= first && policy.triggers.some((trigger) => trigger.indicator === indicator && amount >= trigger.threshold)) days.add(day)
  for (const trigger of user.triggers) {
    const applies = trigger.kind === 'manual' ? trigger.policyId === undefined || trigger.policyId === policy.id : policy.triggerEvents.includes(trigger.kind)
    const day = dayOf(trigger.atMs)
    const until = trigger.untilMs === undefined ? day + policy.activationWindowDays : Math.max(dayOf(trigger.untilMs), day)
    // A date that lies ahead opens its window as long before.
    if (applies && until >= today && day - policy.activationWindowDays <= today) days.add(day)
  }
  return days
}

interface Reach { assigned: number; inScope: number; repeating: number }

async function reachOf({ store }: PolicyFactsDeps, policies: readonly Policy[], { users, toDay }: Busiest): Promise<ReadonlyMap<string, Reach>> {
  const reach = new Map(policies.map((policy) => [policy.id, { assigned: 0, inScope: 0, repeating: 0 }]))
  const least = leastTriggers(policies)
  const longest = Math.max(1, ...policies.map((policy) => policy.activationWindowDays))
  for (let at = 0; at < users.length; at += USERS_A_READ) {
    const some = users.slice(at, at + USERS_A_READ)
    const over = Map.groupBy(await store.daysOver(some.map((user) => user.subject.id), toDay - longest, toDay + 1, least), (row) => row.userId)
    for (const user of some) {
      for (const policy of policies) {
        const entry = reach.get(policy.id)
        if (entry === undefined || !inScope(user.subject, policy, user.triggers)) continue
        entry.assigned += 1
        const days = triggerDays(policy, user, over.get(user.subject.id) ?? [], toDay).size
        if (days > 0) entry.inScope += 1
        if (days > 1) entry.repeating += 1
      }
    }
    await nextTurn()
  }
  return reach
}

const namedGroups = (policy: Policy, groups: readonly PriorityGroup[]): PolicyFacts['priorityGroups'] =>
  (policy.scope.priorityGroups ?? []).map((name) => {
    const found = groups.find((group) => group.id === name || group.name.toLowerCase() === name.toLowerCase())
    return { name: found?.name ?? name, ...(found === undefined ? {} : { members: found.members.length }) }
  })

/** Custom indicators that are defined, as the indicators under which they count. */
async function customIndicators(store: StoreReader): Promise<readonly string[]> {
  const text = await store.setting(settingsKey('custom-indicators'))
  return text === undefined ? [] : ((JSON.parse(text) as CustomIndicatorSettings).indicators ?? []).map(({ id }) => `custom_detection#${id}`)
}

export function createPolicyFacts(deps: PolicyFactsDeps): PolicyFactsReader {
  const { store, busiest, now, variants } = deps
  let kept: { readonly atMs: number; keptMs: number; readonly facts: Promise<ReadonlyMap<string, PolicyFacts>> } | undefined

  const read = async (nowMs: number): Promise<ReadonlyMap<string, PolicyFacts>> => {
    const [policies, everybody, connectors, devices, groups, seen] = await Promise.all([
      store.policies(), busiest.of(DATA_DAYS), connectorFacts(store, nowMs), deviceFacts(deps, nowMs), store.priorityGroups(), Promise.resolve(new Set<string>()),
    ])
    for (const user of everybody.users) for (const [indicator] of user.amounts) seen.add(indicator)
    const kinds = new Set(everybody.users.flatMap((user) => user.triggers.filter((trigger) => trigger.atMs >= nowMs - TRIGGER_DAYS * DAY_MS).map((trigger) => trigger.kind)))
    const profiles = everybody.users.filter((user) => user.address).length
    const priorityMembers = everybody.users.filter((user) => user.priority).length
    const reach = await reachOf(deps, policies, everybody)
    const defined = new Set([...variants(), ...(await customIndicators(store))])
    return new Map(await Promise.all(policies.map(async (policy): Promise<readonly [string, PolicyFacts]> => {
      const query = { limit: 1, policyId: [policy.id], sort: 'created_at', descending: true } as const
      const [all, waiting] = await Promise.all([store.alerts(query), store.alerts({ ...query, status: ['needs_review'] })])
      const own = reach.get(policy.id) ?? { assigned: 0, inScope: 0, repeating: 0 }
      return [policy.id, {
        policy, nowMs, people: everybody.users.length, ...own, alerts: { all: all.total ?? all.items.length, needsReview: waiting.total ?? waiting.items.length }, indicatorsWithData: seen, triggerKindsSeen: kinds, connectors, devices,
        priorityGroups: namedGroups(policy, groups), priorityMembers, variants: defined, profiles,
      }]
    })))
  }

  return {
    all() {
      const nowMs = now()
      if (kept !== undefined && nowMs >= kept.atMs && nowMs - kept.atMs < kept.keptMs) return kept.facts
      const startedAtMs = performance.now()
      const facts = read(nowMs)
      const entry = { atMs: nowMs, keptMs: Number.POSITIVE_INFINITY, facts }
      kept = entry
      facts.then(
        () => (entry.keptMs = Math.max(KEPT_MS, KEPT_TIMES * (performance.now() - startedAtMs))),
        () => {
          if (kept === entry) kept = undefined
        })
      return facts
    },
    forget() {
      kept = undefined
    },
  }
}
