// Which revision a device should run. Everything that tells devices asks here: answers to heartbeats and syncs, pushes, health.
//
//   its own (somebody at risk uses it), while that is above the other two
//   else what the latest open roll-out in which it moved brought, or what took that back
//   else its group's own
//
// Roll-outs are open from the offer until a revision became the group's own for everybody; see domain/rollout.
import type { Rollout } from '../domain/rollout/rollout.ts'
import type { Device } from '../domain/people/device.ts'
import type { AgentPolicyRevision, DevicePolicyRevision, StoreReader } from '../store/store.ts'
import type { AgentNeeds } from '../domain/policies/agent-needs.ts'
import type { GroupWatchSettings } from './contract.ts'

/** What a group's revision was compiled from. */
export interface Sources {
  readonly settings: GroupWatchSettings
  readonly needs: AgentNeeds
}

export const sourcesKey = (group: string): string => `fleet.sources.${group}`
/** Text that we wrote ourselves; undefined for a revision of a release that kept none. */
export const readSources = (text: string | undefined): Sources | undefined => (text === undefined || text === '' ? undefined : (JSON.parse(text) as Sources))

/** The latest open roll-out in which a device moved. */
const movedIn = async (reader: StoreReader, deviceId: string, open: readonly Rollout[]): Promise<Rollout | undefined> => {
  if (open.length === 0) return undefined
  const moves = new Set(await reader.rolloutMoves(deviceId, open.map(({ id }) => id)))
  return open.find(({ id }) => moves.has(id))
}

/** The revision that a device should run if nobody at risk used it, and what that was compiled from. */
export async function baseFor(reader: StoreReader, device: Pick<Device, 'id' | 'group'>): Promise<{ readonly revision: AgentPolicyRevision; readonly sources?: Sources } | undefined> {
  const moved = await movedIn(reader, device.id, await reader.openRollouts(device.group))
  const revision = moved === undefined ? await reader.agentPolicy(device.group) : await reader.rolloutRevision(moved.id, moved.back === undefined ? 'to' : 'back')
  if (revision === undefined) return undefined
  const sources = readSources('sources' in revision ? (revision.sources as string | undefined) : await reader.setting(sourcesKey(device.group)))
  return { revision, ...(sources === undefined ? {} : { sources }) }
}

/** Of a device's own revision and the one beside it, the one that counts. */
export const higherOf = (device: Pick<Device, 'group'>, own: DevicePolicyRevision | undefined, base: AgentPolicyRevision | undefined): AgentPolicyRevision | DevicePolicyRevision | undefined =>
  own !== undefined && own.group === device.group && own.version > (base?.version ?? 0) ? own : base

/** The revision that a device should run. */
export async function wantedFor(reader: StoreReader, device: Pick<Device, 'id' | 'group'>): Promise<AgentPolicyRevision | DevicePolicyRevision | undefined> {
  const [own, base] = await Promise.all([reader.devicePolicy(device.id), baseFor(reader, device)])
  return higherOf(device, own, base?.revision)
}

/** What a group's devices should run, its own ones of single devices aside; read once for many devices. */
export interface GroupRevisions {
  /** The group's own. */
  readonly own: AgentPolicyRevision | undefined
  /** The latest first; empty as long as all devices of the group should run the same. */
  readonly open: readonly { readonly id: string; readonly revision: AgentPolicyRevision }[]
}

export async function groupRevisions(reader: StoreReader, group: string): Promise<GroupRevisions> {
  const open: { id: string; revision: AgentPolicyRevision }[] = []
  for (const { id, back } of await reader.openRollouts(group)) {
    const revision = await reader.rolloutRevision(id, back === undefined ? 'to' : 'back')
    if (revision !== undefined) open.push({ id, revision })
  }
  return { own: await reader.agentPolicy(group), open }
}

/** The same as `wantedFor`, from what was read of the group before. */
export async function wantedOf(reader: StoreReader, device: Pick<Device, 'id' | 'group'>, { own: groups, open }: GroupRevisions): Promise<AgentPolicyRevision | DevicePolicyRevision | undefined> {
  const [own, moves] = await Promise.all([reader.devicePolicy(device.id), open.length === 0 ? Promise.resolve<readonly string[]>([]) : reader.rolloutMoves(device.id, open.map(({ id }) => id))])
  return higherOf(device, own, open.find(({ id }) => moves.includes(id))?.revision ?? groups)
}

/** The revisions of many devices of one group at once, by device; of those that are active in it. */
export async function wantedOfMany(reader: StoreReader, group: string, deviceIds: readonly string[]): Promise<ReadonlyMap<string, AgentPolicyRevision | DevicePolicyRevision>> {
  const { own: base, open } = await groupRevisions(reader, group)
  const singles = new Map((await reader.devicePolicies()).map((revision) => [revision.deviceId, revision]))
  const members = new Set((await reader.groupMembers(group)).map(({ deviceId }) => deviceId))
  const moved = new Map<string, AgentPolicyRevision>()
  // The latest last, so that it is the one that stays.
  for (const { id, revision } of open.toReversed()) for (const device of await reader.rolloutDevices(id)) if (device.movedAtMs !== undefined) moved.set(device.deviceId, revision)
  return new Map(deviceIds.flatMap((deviceId) => {
    const revision = members.has(deviceId) ? higherOf({ group }, singles.get(deviceId), moved.get(deviceId) ?? base) : undefined
    return revision === undefined ? [] : [[deviceId, revision] as const]
  }))
}
