// Devices of people at risk run a stricter policy than their group, as long as the level lasts.
//
// Versions rise within a group over its own policy and those of its devices together, so that an agent needs one rule:
// the higher version counts. What a device should run is its own revision while that is above the group's:
//
//   group v5 ──── level raised ───> device v6 (stricter) ──── level ends ───> device v7 (says what v5 says)
//                                        │ the group changes: v8, and v9 for the device at once
//
// A revision that only took a stricter one back is forgotten once the group's own is above it. A crash anywhere leaves a
// state that the next look completes: everything is computed from levels, settings and what was issued.
//
// Who uses a device: whoever has a session now, and whoever was active on it within two weeks.
import { rankOf, type RiskLevel, type RiskLevelState, RISK_LEVELS } from '../domain/adaptive/risk-level.ts'
import { resolveAccount } from '../domain/people/identity.ts'
import { type AgentNeeds, agentNeeds } from '../domain/policies/agent-needs.ts'
import type { AgentPolicyRevision, DevicePolicyRevision, StoreReader, StoreWriter } from '../store/store.ts'
import { compileContent, type Content, isCurrent, type PolicySigner, signRevision, stricterSettings, type Told, toldBy } from './agent-policy.ts'
import type { GroupWatchSettings } from './contract.ts'
import { floorOf, groupsOf, reportsEverything, settingsOf } from './groups.ts'
import { highestVersion } from './offers.ts'
import { baseFor } from './wanted.ts'

export { wantedFor as wantedPolicyOf } from './wanted.ts'

const DAY_MS = 86_400_000
/** A person who was not seen on a device for longer does not use it. */
export const USES_DEVICE_MS = 14 * DAY_MS
const PAGE = 500

/** Who has a session on a device, as it said last. */
export interface Sessions {
  readonly accounts: readonly string[]
  readonly atMs: number
}

/** The user identity of an account as a heartbeat names it: `DOMAIN\account` or `account`. */
export function sessionIdentity(name: string, deviceId: string): { readonly kind: 'account' | 'device_account'; readonly value: string } {
  const [account = name, domain = ''] = name.split('\\').toReversed()
  const { kind, value } = resolveAccount({ account, accountId: '', domain }, deviceId).identity
  return { kind: kind === 'device_account' ? 'device_account' : 'account', value }
}

export interface DevicePlanInput {
  readonly organisation: string
  readonly nowMs: number
  /** Of devices that were heard since the start. */
  readonly sessions: ReadonlyMap<string, Sessions>
  /** Whom devices are to trust; see toldBy. */
  readonly told?: Told
  /** What copies of files are sealed for, as for a group. */
  readonly evidenceKey?: Uint8Array
}

interface Issue {
  readonly deviceId: string
  readonly group: string
  readonly content: Content
  readonly why?: NonNullable<DevicePolicyRevision['why']>
}

export interface DevicePlan {
  readonly issue: readonly Issue[]
  /** Devices whose own revision says nothing any more. */
  readonly forget: readonly string[]
  /** When the first of the levels that count ends. */
  readonly nextEndMs?: number
}

async function usersAtRisk(reader: StoreReader, least: RiskLevel, nowMs: number): Promise<readonly RiskLevelState[]> {
  const levels = RISK_LEVELS.filter((level) => level !== 'none' && rankOf(level) >= rankOf(least))
  const states: RiskLevelState[] = []
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await reader.riskLevels({ limit: PAGE, levels, ...(cursor === undefined ? {} : { cursor }) })
    states.push(...page.items.filter((state) => (state.expiresAtMs ?? 0) > nowMs))
    cursor = page.nextCursor
  }
  return states
}

/** Users at risk by the devices that they use. */
async function atRiskByDevice(reader: StoreReader, states: readonly RiskLevelState[], own: readonly DevicePolicyRevision[], { nowMs, sessions }: DevicePlanInput): Promise<ReadonlyMap<string, readonly RiskLevelState[]>> {
  const found = new Map<string, Set<RiskLevelState>>()
  if (states.length === 0) return new Map()
  const add = (deviceId: string, state: RiskLevelState | undefined): void => {
    if (state !== undefined) found.set(deviceId, (found.get(deviceId) ?? new Set()).add(state))
  }
  const byUser = new Map(states.map((state) => [state.userId, state]))
  for (const { userId, deviceId } of await reader.devicesOfUsers([...byUser.keys()], nowMs - USES_DEVICE_MS)) add(deviceId, byUser.get(userId))
  const byAccount = new Map((await reader.usersByIds([...byUser.keys()])).flatMap((user) => user.identities.flatMap(({ kind, value }) => (kind === 'account' ? [[value, byUser.get(user.id)] as const] : []))))
  const bySession = (deviceId: string, { accounts, atMs }: Sessions): void => {
    if (nowMs - atMs <= USES_DEVICE_MS) for (const name of accounts) add(deviceId, byAccount.get(sessionIdentity(name, deviceId).value))
  }
  for (const [deviceId, seen] of sessions) bySession(deviceId, seen)
  // After a start, and before they were heard again: what they said last.
  for (const { deviceId } of own.filter((revision) => !sessions.has(revision.deviceId))) {
    const report = (await reader.device(deviceId))?.report
    if (report !== undefined) bySession(deviceId, { accounts: report.sessionAccounts, atMs: report.receivedAtMs })
  }
  return new Map([...found].map(([deviceId, set]) => [deviceId, [...set]]))
}

interface GroupState {
  readonly settings: GroupWatchSettings
  readonly base: AgentPolicyRevision | undefined
  readonly floor: number
  /** A roll-out is under way: not every device of it should run the same. */
  readonly isSplit: boolean
}

/** What is to be issued to and forgotten of single devices as things stand. Costs two reads where nothing is strict. */
export async function planDevices(reader: StoreReader, input: DevicePlanInput): Promise<DevicePlan> {
  const { organisation, nowMs } = input
  const own = await reader.devicePolicies()
  const groups = new Map<string, GroupState>()
  for (const group of await groupsOf(reader)) groups.set(group, { settings: await settingsOf(reader, group), base: await reader.agentPolicy(group), floor: await floorOf(reader, group), isSplit: (await reader.openRollouts(group)).length > 0 })
  const asked = [...groups.values()].flatMap(({ settings }) => (settings.whenAtRisk === undefined ? [] : [settings.whenAtRisk.level])).toSorted((a, b) => rankOf(a) - rankOf(b))
  const least = asked[0]
  if (least === undefined && own.length === 0) return { issue: [], forget: [] }

  const states = least === undefined ? [] : await usersAtRisk(reader, least, nowMs)
  const atRisk = await atRiskByDevice(reader, states, own, input)
  const ownBy = new Map(own.map((revision) => [revision.deviceId, revision]))
  const policies = await reader.policies()
  const needs: Readonly<Record<'group' | 'everything', AgentNeeds>> = { group: agentNeeds(policies, await reportsEverything(reader)), everything: agentNeeds(policies, true) }
  const issue: Issue[] = []
  const forget: string[] = []
  for (const deviceId of new Set([...atRisk.keys(), ...ownBy.keys()])) {
    const device = await reader.device(deviceId)
    const before = ownBy.get(deviceId)
    const group = device === undefined ? undefined : groups.get(device.group)
    // Imported activities stand under devices that no agent runs on.
    if (device === undefined || device.status !== 'active' || device.publicKey === '' || group?.base === undefined) {
      if (before !== undefined) forget.push(deviceId)
      continue
    }
    // Where its group's roll-out has not reached it, it is stricter than what it runs, and not than what others run already.
    const reached = group.isSplit ? await baseFor(reader, device) : undefined
    const { revision: base = group.base, sources: { settings = group.settings, needs: usual = needs.group } = {} } = reached ?? {}
    const { whenAtRisk } = settings
    const users = whenAtRisk === undefined ? [] : (atRisk.get(deviceId) ?? []).filter((state) => rankOf(state.level) >= rankOf(whenAtRisk.level))
    const standing = before !== undefined && before.group === device.group && before.version > base.version ? before : undefined
    if (whenAtRisk !== undefined && users.length > 0) {
      const content = { ...compileContent(organisation, device.group, whenAtRisk.everyIndicator ? needs.everything : usual, stricterSettings(settings, whenAtRisk), input.evidenceKey, input.told), device: deviceId }
      const [highest] = users.toSorted((a, b) => rankOf(b.level) - rankOf(a.level))
      const why = { level: highest?.level ?? whenAtRisk.level, userIds: users.map((state) => state.userId).toSorted() }
      const good = standing !== undefined && standing.version > group.floor && isCurrent(standing, content, nowMs) && JSON.stringify(standing.why) === JSON.stringify(why)
      if (!good) issue.push({ deviceId, group: device.group, content, why })
    } else if (standing === undefined) {
      if (before !== undefined) forget.push(deviceId)
    } else {
      const content = { ...compileContent(organisation, device.group, usual, settings, input.evidenceKey, input.told), device: deviceId }
      // A roll-out may have reached it since, with a version below this one.
      if (standing.why !== undefined || standing.version <= group.floor || !isCurrent(standing, content, nowMs)) issue.push({ deviceId, group: device.group, content })
    }
  }
  const ends = states.flatMap((state) => (state.expiresAtMs === undefined ? [] : [state.expiresAtMs]))
  return { issue, forget, ...(ends.length === 0 ? {} : { nextEndMs: Math.min(...ends) }) }
}

/** Signs and stores what a plan asks for; call after the groups' own were compiled in the same transaction. */
export async function compileDevices(tx: StoreWriter, input: DevicePlanInput & { readonly key: PolicySigner }): Promise<readonly DevicePolicyRevision[]> {
  const plan = await planDevices(tx, { ...input, told: toldBy(input.key) })
  const highest = new Map<string, number>()
  const made: DevicePolicyRevision[] = []
  for (const { deviceId, group, content, why } of plan.issue) {
    const version = (highest.get(group) ?? (await highestVersion(tx, group))) + 1
    highest.set(group, version)
    const revision: DevicePolicyRevision = { ...signRevision(content, version, input.key, input.nowMs), deviceId, ...(why === undefined ? {} : { why }) }
    await tx.saveDevicePolicy(revision)
    made.push(revision)
  }
  for (const deviceId of plan.forget) await tx.deleteDevicePolicy(deviceId)
  return made
}
