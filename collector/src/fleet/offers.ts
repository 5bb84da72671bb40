// From a change to a revision: at once for everybody, or as a roll-out, ring by ring, where the group has a plan.
//
// Everything here is one transaction of the caller. `agent_policy` holds the group's own revision, which every device runs
// that no open roll-out has moved. Versions rise over the group's own, those of its devices and those of roll-outs together:
//
//   own v5 ── change ──> roll-out v6 ── all rings ──> own v6
//                           └── taken back ──> v7 (says what v5 says) for the devices that moved; own stays v5
//
// A content that was taken back is not offered again by itself; a person, or another change, does that.
import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { type Actor, appendAudit } from '../audit/chain.ts'
import { agentNeeds } from '../domain/policies/agent-needs.ts'
import { defaultPlan, type RolloutPlan } from '../domain/rollout/plan.ts'
import { shareOut } from '../domain/rollout/rings.ts'
import type { Rollout, RolloutDevice } from '../domain/rollout/rollout.ts'
import { takeBack } from '../domain/rollout/step.ts'
import { CodedError } from '../errors.ts'
import type { AgentPolicyRevision, StoreReader, StoreWriter } from '../store/store.ts'
import { compileContent, type Content, contentOf, encodeContent, isCurrent, POLICY_RENEWAL_MS, signaturesMissing, signRevision, toldBy } from './agent-policy.ts'
import { type CompileInput, floorOf, groupsOf, reportsEverything, saveSettings, settingsOf } from './groups.ts'
import type { GroupWatchSettings } from './contract.ts'
import { readSources, type Sources, sourcesKey } from './wanted.ts'

const OFFLINE_MS = 90_000
/** What agents allow themselves where a group says nothing. */
const CPU_LIMIT_PERCENT = 25
export const SYSTEM: Actor = { id: 'system', name: 'system' }

const planKey = (group: string): string => `fleet.rollout_plan.${group}`
export async function planOf(reader: StoreReader, group: string): Promise<RolloutPlan | undefined> {
  const text = await reader.setting(planKey(group))
  return text === undefined || text === '' ? undefined : { ...defaultPlan, ...(JSON.parse(text) as Partial<RolloutPlan>) }
}
const planRevisionKey = (group: string): string => `fleet.rollout_plan_revision.${group}`
/** Rises with every change of the plan; 0 before the first. */
export const planRevision = async (reader: StoreReader, group: string): Promise<number> => Number((await reader.setting(planRevisionKey(group))) ?? 0)
/** @param plan absent: changes of the group reach everybody at once */
export async function savePlan(tx: StoreWriter, group: string, plan: RolloutPlan | undefined): Promise<void> {
  await tx.saveSetting(planRevisionKey(group), String((await planRevision(tx, group)) + 1))
  await tx.saveSetting(planKey(group), plan === undefined ? '' : JSON.stringify(plan))
}

/** Who asked for a change, and how it is to reach devices where that differs from what the group has. */
export interface Choice {
  readonly by?: Actor
  readonly groups?: ReadonlyMap<string, 'rings' | 'at_once'>
}

export interface OfferInput extends CompileInput, Choice {}

interface Issued {
  readonly group: string
  readonly version: number
  readonly hash: string
}

const digest = (content: Content): string => createHash('sha256').update(encodeContent(content)).digest('hex')
const isRunningHere = ({ state }: Rollout): boolean => state === 'active' || state === 'paused' || state === 'halted'

/** The highest version that any device of the group may run. */
export async function highestVersion(tx: StoreReader, group: string): Promise<number> {
  const own = (await tx.devicePolicies()).filter((revision) => revision.group === group).map(({ version }) => version)
  const offered = (await tx.openRollouts(group)).flatMap(({ to, back }) => [to.version, back?.version ?? 0])
  return Math.max((await tx.agentPolicy(group))?.version ?? 0, await floorOf(tx, group), ...own, ...offered)
}

const compile = async (tx: StoreReader, group: string, { organisation, evidenceKey, key }: CompileInput): Promise<{ readonly content: Content; readonly sources: Sources }> => {
  const sources: Sources = { settings: await settingsOf(tx, group), needs: agentNeeds(await tx.policies(), await reportsEverything(tx)) }
  return { content: compileContent(organisation, group, sources.needs, sources.settings, evidenceKey, toldBy(key)), sources }
}

/** It is the group's own now, for everybody. */
async function settle(tx: StoreWriter, revision: AgentPolicyRevision, sources: string, nowMs: number): Promise<void> {
  for (const open of await tx.openRollouts(revision.group)) if (isRunningHere(open) || open.state === 'rolling_back') await tx.saveRollout({ ...open, state: 'superseded', endedAtMs: nowMs }, false)
  await tx.closeRollouts(revision.group)
  await tx.saveAgentPolicy(revision)
  await tx.saveSetting(sourcesKey(revision.group), sources)
}

async function issue(tx: StoreWriter, group: string, content: Content, sources: Sources, { key, nowMs }: OfferInput): Promise<Issued> {
  const revision = signRevision(content, (await highestVersion(tx, group)) + 1, key, nowMs)
  await settle(tx, revision, JSON.stringify(sources), nowMs)
  return { group, version: revision.version, hash: revision.hash }
}

/** Every revision that devices of the group should run, anew: with more life, and above what they run already. */
async function reissue(tx: StoreWriter, group: string, { key, nowMs }: OfferInput): Promise<Issued | undefined> {
  const before = await tx.agentPolicy(group)
  if (before === undefined) return undefined
  let version = await highestVersion(tx, group)
  const again = (revision: AgentPolicyRevision): AgentPolicyRevision => signRevision(contentOf(revision), (version += 1), key, nowMs)
  const own = again(before)
  await tx.saveAgentPolicy(own)
  // The earliest first, so that the latest keeps the highest version.
  for (const open of (await tx.openRollouts(group)).toReversed()) {
    const role = open.back === undefined ? 'to' : 'back'
    const kept = await tx.rolloutRevision(open.id, role)
    if (kept === undefined) continue
    const revision = again(kept)
    await tx.saveRolloutRevision({ ...kept, ...revision })
    const ref = { version: revision.version, hash: revision.hash }
    await tx.saveRollout({ ...open, ...(open.back === undefined ? { to: ref } : { back: { ...open.back, ...ref } }) }, true)
    await tx.saveRolloutDevices(open.id, (await tx.rolloutDevices(open.id)).flatMap((device) => (device.offeredAtMs === undefined ? [] : [{ ...device, state: 'offered' as const, stateAtMs: nowMs, offeredAtMs: nowMs }])))
  }
  return { group, version: own.version, hash: own.hash }
}

/** Devices that run what never became the group's own. */
async function carriedOf(tx: StoreReader, latest: Rollout | undefined): Promise<ReadonlySet<string>> {
  if (latest === undefined || latest.back !== undefined) return new Set()
  return new Set((await tx.rolloutDevices(latest.id)).filter(({ movedAtMs, carried }) => movedAtMs !== undefined || carried === true).map(({ deviceId }) => deviceId))
}

async function begin(tx: StoreWriter, group: string, before: AgentPolicyRevision, content: Content, sources: Sources, plan: RolloutPlan, input: OfferInput): Promise<Issued> {
  const { key, nowMs, by = SYSTEM } = input
  const members = await tx.groupMembers(group)
  if (members.length === 0) return issue(tx, group, content, sources, input)
  const [latest] = await tx.openRollouts(group)
  const carried = await carriedOf(tx, latest)
  const to = signRevision(content, (await highestVersion(tx, group)) + 1, key, nowMs)
  if (latest !== undefined && (isRunningHere(latest) || latest.state === 'rolling_back')) await tx.saveRollout({ ...latest, state: 'superseded', endedAtMs: nowMs }, true)
  const rollout: Rollout = {
    // It waits where keys that are kept outside must sign first: a person starts it when they have.
    id: `ro_${uuid().replaceAll('-', '')}`, group, state: signaturesMissing(to.signed, key) === 0 ? 'active' : 'paused', plan, createdAtMs: nowMs, by: { id: by.id, name: by.name }, ring: -1, from: { version: before.version, hash: before.hash }, to: { version: to.version, hash: to.hash },
    cpuLimitMillis: (sources.settings.cpuLimitPercent ?? CPU_LIMIT_PERCENT) * 10, offlineAfterMs: Math.max(OFFLINE_MS, 3 * sources.settings.heartbeatIntervalSecs * 1000),
  }
  const rings = shareOut(plan, members)
  const devices = members.map(({ deviceId }): RolloutDevice => ({ deviceId, ring: rings.get(deviceId) ?? plan.ringPercents.length - 1, state: 'pending', stateAtMs: nowMs, ...(carried.has(deviceId) ? { carried: true } : {}) }))
  await tx.saveRollout(rollout, true)
  const fromSources = await tx.setting(sourcesKey(group))
  await tx.saveRolloutRevision({ ...before, rolloutId: rollout.id, role: 'from', ...(fromSources === undefined ? {} : { sources: fromSources }) })
  await tx.saveRolloutRevision({ ...to, rolloutId: rollout.id, role: 'to', sources: JSON.stringify(sources) })
  await tx.saveRolloutDevices(rollout.id, devices)
  await appendAudit(tx, { actor: by, action: 'rollout.started', targetKind: 'rollout', targetId: rollout.id, detail: { group, version: to.version, from: before.version, devices: devices.length, rings: plan.ringPercents }, atMs: nowMs })
  return { group, version: to.version, hash: to.hash }
}

/**
 * What a group's settings and the risk policies say now, on its way to the group's devices.
 *
 * @returns the revision that was made; undefined when there is nothing new
 */
export async function offerGroup(tx: StoreWriter, group: string, input: OfferInput): Promise<Issued | undefined> {
  const { nowMs, groups, by } = input
  const choice = groups?.get(group)
  const { content, sources } = await compile(tx, group, input)
  const before = await tx.agentPolicy(group)
  if (before === undefined) return issue(tx, group, content, sources, input)
  const [latest] = await tx.openRollouts(group)
  const isSame = digest(contentOf(before)) === digest(content)
  const isStale = before.version <= (await floorOf(tx, group)) || !isCurrent(before, contentOf(before), nowMs)
  // Under another epoch what devices run may be a thief's: nobody waits for a ring.
  const isUrgent = (contentOf(before).epoch ?? 0) < (content.epoch ?? 0)
  const plan = choice === 'at_once' || isUrgent ? undefined : ((await planOf(tx, group)) ?? (choice === 'rings' ? defaultPlan : undefined))
  if (latest === undefined) {
    if (isSame && !isStale) {
      // What devices are not told may have changed all the same: whom a stricter policy is for.
      const text = JSON.stringify(sources)
      if ((await tx.setting(sourcesKey(group))) !== text) await tx.saveSetting(sourcesKey(group), text)
      return undefined
    }
    return isSame || plan === undefined ? issue(tx, group, content, sources, input) : begin(tx, group, before, content, sources, plan, input)
  }
  const to = await tx.rolloutRevision(latest.id, latest.back === undefined ? 'to' : 'back')
  const renewed = isStale || (to !== undefined && to.expiresAtMs - nowMs < POLICY_RENEWAL_MS) ? await reissue(tx, group, input) : undefined
  if (isSame) {
    if (isRunningHere(latest)) await takeBackRollout(tx, latest.id, { ...input, by: by ?? SYSTEM })
    return renewed
  }
  if (latest.back === undefined && to !== undefined && digest(contentOf(to)) === digest(content)) return choice === 'at_once' ? issue(tx, group, content, sources, input) : renewed
  if (choice === undefined && latest.held?.includes(digest(content)) === true) return renewed
  return plan === undefined ? issue(tx, group, content, sources, input) : begin(tx, group, (await tx.agentPolicy(group)) ?? before, content, sources, plan, input)
}

/** Every device got it: it is the group's own from now on. */
export async function completeRollout(tx: StoreWriter, rollout: Rollout): Promise<void> {
  const to = await tx.rolloutRevision(rollout.id, 'to')
  if (to === undefined) return
  await tx.saveRollout(rollout, false)
  await settle(tx, to, to.sources ?? '', rollout.endedAtMs ?? rollout.createdAtMs)
}

/** Whether it can be taken back: it is the latest of its group, and what it brought is what devices should run. */
export async function canTakeBack(reader: StoreReader, rollout: Rollout): Promise<boolean> {
  if (isRunningHere(rollout)) return (await reader.openRollouts(rollout.group))[0]?.id === rollout.id
  return rollout.state === 'completed' && (await reader.agentPolicy(rollout.group))?.version === rollout.to.version
}

/**
 * Devices that moved get what ran before, as a new and higher version; the group's settings are those of before, unless
 * somebody changed them meanwhile.
 *
 * @returns ids of the devices that are to be told
 * @throws NOT_FOUND, ROLLOUT_STATE when it is not the latest, or was taken back already
 */
export async function takeBackRollout(tx: StoreWriter, id: string, input: OfferInput): Promise<{ readonly rollout: Rollout; readonly tell: readonly string[] }> {
  const { key, nowMs, by = SYSTEM } = input
  const rollout = await tx.rollout(id)
  if (rollout === undefined) throw new CodedError('NOT_FOUND', { what: 'roll-out' })
  const [from, to] = [await tx.rolloutRevision(id, 'from'), await tx.rolloutRevision(id, 'to')]
  if (from === undefined || to === undefined || !(await canTakeBack(tx, rollout))) throw new CodedError('ROLLOUT_STATE', { state: rollout.state, act: 'rolled back' })
  const wasOwn = rollout.state === 'completed'
  const back = signRevision(contentOf(from), (await highestVersion(tx, rollout.group)) + 1, key, nowMs)
  await tx.saveRolloutRevision({ ...back, rolloutId: id, role: 'back', ...(from.sources === undefined ? {} : { sources: from.sources }) })
  const [fromSources, toSources] = [readSources(from.sources), readSources(to.sources)]
  if (fromSources !== undefined && toSources !== undefined && JSON.stringify(await settingsOf(tx, rollout.group)) === JSON.stringify(toSources.settings)) await saveSettings(tx, rollout.group, fromSources.settings)
  if (wasOwn) await settle(tx, back, from.sources ?? '', nowMs)
  const taken = takeBack(rollout, await tx.rolloutDevices(id), back, nowMs)
  // What risk policies ask for stays asked for: it is not offered again before somebody says so.
  const { content } = await compile(tx, rollout.group, input)
  const held = [...new Set([digest(contentOf(to)), digest(content)])]
  const next: Rollout = { ...taken.rollout, held }
  await tx.saveRollout(next, !wasOwn)
  await tx.saveRolloutDevices(id, taken.changed)
  await appendAudit(tx, { actor: by, action: 'rollout.rolled_back', targetKind: 'rollout', targetId: id, detail: { group: rollout.group, from: rollout.state, version: back.version, content: from.version, devices: taken.changed.length }, atMs: nowMs })
  return { rollout: next, tell: taken.changed.map(({ deviceId }) => deviceId) }
}

/** Compiles, signs and stores the policies that changed, are near their end, or below what their devices run. */
export async function compileGroups(tx: StoreWriter, input: OfferInput): Promise<readonly Issued[]> {
  const made: Issued[] = []
  for (const group of await groupsOf(tx)) {
    const issued = await offerGroup(tx, group, input)
    if (issued !== undefined) made.push(issued)
  }
  return made
}

export interface GroupPreview {
  /** As the policy's readable form, without version and times. */
  readonly readable: unknown
  readonly kinds: readonly string[]
  collected(kind: string): boolean
}

/** Kinds that agents tell of themselves, whatever a policy asks for. */
const ALWAYS = /^(?:agent_|telemetry_gap|clock_changed|session_)/

export async function previewGroup(reader: StoreReader, group: string, settings: GroupWatchSettings, { organisation, evidenceKey }: CompileInput): Promise<GroupPreview> {
  const needs = agentNeeds(await reader.policies(), await reportsEverything(reader))
  const content = compileContent(organisation, group, needs, settings, evidenceKey)
  const { evidence, uninstall: _secret, ...rest } = content
  const kinds = needs.kinds as readonly string[]
  return { readable: JSON.parse(JSON.stringify({ ...rest, ...(evidence == null ? {} : { evidence: { ...evidence, publicKey: '' } }) })), kinds, collected: (kind) => kinds.includes(kind) || ALWAYS.test(kind) }
}
