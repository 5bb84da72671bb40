// Releases of the agent, and their way to devices, as the store keeps them.
import type { RolloutDevice, RolloutDeviceState } from '../domain/rollout/rollout.ts'
import type { DeviceFacts } from '../domain/rollout/step.ts'
import type { AgentDevice, AgentPackage, AgentUpgrade } from '../domain/rollout/upgrade.ts'
import type { RolloutCount } from './rollouts.ts'
import type { Page, PageRequest } from './store.ts'

/** Active devices that are alike. */
export interface AgentCount {
  readonly group: string
  readonly agentVersion: string
  readonly platform: string
  /** Code of why they take no other version; `UNKNOWN` where their agent does not say. */
  readonly unable: string
  readonly keyId: string
  readonly devices: number
}

export interface AgentPackageReader {
  agentPackage(id: string): Promise<AgentPackage | undefined>
  /** By version and platform, no order is promised. */
  agentPackages(): Promise<readonly AgentPackage[]>
  agentUpgrade(id: string): Promise<AgentUpgrade | undefined>
  /** The latest first. */
  agentUpgrades(query: PageRequest & { readonly group?: string; /** Of one of these groups. */ readonly groups?: readonly string[] }): Promise<Page<AgentUpgrade>>
  /** The latest of each group. */
  latestAgentUpgrades(): Promise<readonly AgentUpgrade[]>
  upgradeDevices(upgradeId: string): Promise<readonly RolloutDevice[]>
  /** By ring, and within it those first that need somebody. */
  upgradeDevicePage(query: PageRequest & { readonly upgradeId: string; readonly states?: readonly RolloutDeviceState[]; readonly ring?: number }): Promise<Page<RolloutDevice & { readonly hostname: string }>>
  upgradeCounts(upgradeId: string): Promise<readonly RolloutCount[]>
  /** What the devices of an upgrade say of themselves; `group` is the one that they should be in. */
  upgradeFacts(upgradeId: string, group: string): Promise<ReadonlyMap<string, { readonly base: DeviceFacts; readonly agent: AgentDevice }>>
  /** Alerts made in the time (end exclusive) on people who were active on devices of the upgrade that have moved. */
  upgradeAlerts(upgradeId: string, fromMs: number, toMs: number): Promise<number>
  /** The latest upgrade in which the device has moved. */
  upgradeOf(deviceId: string): Promise<AgentUpgrade | undefined>
  /** Active devices of a group that an upgrade does not know; of all when none is named. */
  agentDevices(group: string, exceptOf?: string): Promise<readonly AgentDevice[]>
  agentDevice(deviceId: string): Promise<AgentDevice | undefined>
  /** Of every group. */
  agentCounts(): Promise<readonly AgentCount[]>
}

export interface AgentPackageWriter {
  saveAgentPackage(found: AgentPackage): Promise<void>
  deleteAgentPackage(id: string): Promise<void>
  saveAgentUpgrade(upgrade: AgentUpgrade): Promise<void>
  saveUpgradeDevices(upgradeId: string, devices: readonly RolloutDevice[]): Promise<void>
}
