// Roll-outs of agent policies, as the store keeps them.
import type { DeviceFacts } from '../domain/rollout/step.ts'
import type { Rollout, RolloutDevice, RolloutDeviceState, RolloutState } from '../domain/rollout/rollout.ts'
import type { AgentPolicyRevision, Page, PageRequest } from './store.ts'

/** `from`: the group's own when it began; `to`: what it brings; `back`: what took it back. */
export type RevisionRole = 'from' | 'to' | 'back'

/** A revision that a roll-out knows, and what it was compiled from, as JSON text. */
export interface RolloutRevision extends AgentPolicyRevision {
  readonly rolloutId: string
  readonly role: RevisionRole
  readonly sources?: string
}

export interface RolloutCount {
  readonly ring: number
  readonly state: RolloutDeviceState
  readonly devices: number
  /** Of these, so many have moved. */
  readonly moved: number
}

export interface RolloutReader {
  rollout(id: string): Promise<Rollout | undefined>
  /** The latest first. */
  rollouts(query: PageRequest & { readonly group?: string; /** Of one of these groups. */ readonly groups?: readonly string[]; readonly states?: readonly RolloutState[] }): Promise<Page<Rollout>>
  /** Those whose devices run something else than their group's own; the latest first. Of every group when none is named. */
  openRollouts(group?: string): Promise<readonly Rollout[]>
  /** The latest roll-out of each group. */
  latestRollouts(): Promise<readonly Rollout[]>
  rolloutRevision(rolloutId: string, role: RevisionRole): Promise<RolloutRevision | undefined>
  rolloutDevices(rolloutId: string): Promise<readonly RolloutDevice[]>
  /** By ring, and within it those first that need somebody. */
  rolloutDevicePage(query: PageRequest & { readonly rolloutId: string; readonly states?: readonly RolloutDeviceState[]; readonly ring?: number }): Promise<Page<RolloutDevice & { readonly hostname: string }>>
  rolloutCounts(rolloutId: string): Promise<readonly RolloutCount[]>
  /** Of the roll-outs in the list, those in which the device has moved. */
  rolloutMoves(deviceId: string, rolloutIds: readonly string[]): Promise<readonly string[]>
  /** What the devices of a roll-out say of themselves; `group` is the one that they should be in. */
  rolloutFacts(rolloutId: string, group: string): Promise<ReadonlyMap<string, DeviceFacts>>
  /** Active devices of a group that a roll-out does not know. */
  rolloutNewcomers(rolloutId: string, group: string): Promise<readonly { readonly deviceId: string; readonly hostname: string }[]>
  /** Active devices of a group. */
  groupMembers(group: string): Promise<readonly { readonly deviceId: string; readonly hostname: string }[]>
  /** Alerts made in the time (end exclusive) on people who were active on devices of the roll-out that have moved. */
  rolloutAlerts(rolloutId: string, fromMs: number, toMs: number): Promise<number>
  /** Activities that a group's devices sent since then, by kind; of a very large store the latest of them, and since when. */
  groupVolume(group: string, fromMs: number): Promise<{ readonly fromMs: number; readonly kinds: readonly { readonly kind: string; readonly activities: number; readonly bytes: number }[] }>
}

export interface RolloutWriter {
  /** @param isOpen devices may run what it brings while it is not the group's own */
  saveRollout(rollout: Rollout, isOpen: boolean): Promise<void>
  saveRolloutRevision(revision: RolloutRevision): Promise<void>
  saveRolloutDevices(rolloutId: string, devices: readonly RolloutDevice[]): Promise<void>
  /** No roll-out of the group is open any more: all of its devices should run the group's own. */
  closeRollouts(group: string): Promise<void>
}
