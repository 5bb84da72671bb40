// Another version of the agent on its way to a group's devices: a roll-out like that of a policy (rollout.ts, step.ts), of which
// the target is a version. What heartbeats say of versions is put into the words of a roll-out here:
//
//   to      its number is the offer that devices are sent, its hash stands for "runs that version, and not on probation"
//   back    a second, higher offer; its hash stands for "runs any other version": which one is before differs between devices
//   refused a device that refused the offer, or returned from it by itself
//
// A device is part of it when it can take this version: it is older, installed so that it can, has a package for its platform,
// and that package is signed by the key that the device takes releases from. All others are counted, with why.
import { compareVersions } from '@holdfast/proto'
import type { RolloutPlan } from './plan.ts'
import { defaultPlan } from './plan.ts'
import type { Rollout, RolloutDevice } from './rollout.ts'
import type { DeviceFacts } from './step.ts'

/** A release that devices may fetch here. */
export interface AgentPackage {
  /** SHA-256 of the tarball, hex. */
  readonly id: string
  readonly version: string
  /** Such as linux-x64. */
  readonly platform: string
  readonly sizeBytes: number
  /** First 16 hex digits of SHA-256 over the raw key that signed it. */
  readonly keyId: string
  /** What was signed, and the signature, base64. */
  readonly descriptor: string
  readonly signature: string
  readonly addedAtMs: number
  readonly by: { readonly id: string; readonly name: string }
  /** All of it came, and has the sum that was signed. */
  readonly isWhole: boolean
}

/** A public key that this installation takes releases from. Devices have their own, from the version that they run. */
export interface ReleaseKey {
  readonly keyId: string
  readonly pem: string
  readonly addedAtMs: number
  readonly by: { readonly id: string; readonly name: string }
}

export interface AgentUpgrade extends Rollout {
  readonly agentVersion: string
}

export const UPGRADE_STATES = ['fetching', 'installing', 'probation', 'confirmed', 'returned', 'refused'] as const

/** What a heartbeat says of other versions; see UpgradeState in transport.proto. */
export interface DeviceUpgrade {
  readonly platform: string
  /** Code of why it takes none; empty when it does. */
  readonly unable: string
  readonly keyId: string
  readonly offer: number
  readonly state: (typeof UPGRADE_STATES)[number] | ''
  readonly reason: string
  readonly receivedBytes: number
}

/** A device as far as versions are concerned. */
export interface AgentDevice {
  readonly deviceId: string
  readonly hostname: string
  readonly group: string
  readonly agentVersion: string
  /** Since the agent started. */
  readonly uptimeSecs: number
  /** Absent: an agent of before there were upgrades, or one that was never heard of. */
  readonly upgrade?: DeviceUpgrade
}

export const BACK = 'back'
const MAX_WORK_MS = 86_400_000
/** Installing and starting take the processor for a while; what an agent takes after it is judged. */
const SETTLE_SECS = 600

/**
 * Slower than that of policies: a release is large, a device fetches it when it has nothing else to send, and what is wrong with
 * a version shows later than what is wrong with a policy.
 */
export const defaultUpgradePlan: RolloutPlan = { ...defaultPlan, soakSecs: 3600, answerSecs: 3600 }

export type LeftOut = 'newer' | 'unknown' | 'unable' | 'no_package' | 'other_key'

/** Why a device has no part in it; undefined when it has. `there`: it runs the version. */
export function leftOut({ agentVersion, upgrade }: AgentDevice, version: string, packages: readonly AgentPackage[]): LeftOut | 'there' | undefined {
  if (agentVersion === version) return 'there'
  if (upgrade === undefined || upgrade.platform === '') return 'unknown'
  if (upgrade.unable !== '') return 'unable'
  if (compareVersions(agentVersion, version) > 0) return 'newer'
  const found = packages.filter((one) => one.version === version && one.platform === upgrade.platform && one.isWhole)
  if (found.length === 0) return 'no_package'
  return found.some(({ keyId }) => keyId === upgrade.keyId) ? undefined : 'other_key'
}

/** The package that a device fetches. */
export const packageFor = ({ upgrade }: AgentDevice, version: string, packages: readonly AgentPackage[]): AgentPackage | undefined =>
  packages.find((one) => one.version === version && one.platform === upgrade?.platform && one.keyId === upgrade.keyId && one.isWhole)

/** What is known of a device, in the words of a roll-out. @param base as it is for policies; what it says of those is left out */
export function upgradeFacts(upgrade: AgentUpgrade, device: RolloutDevice, { base, agent }: { readonly base: DeviceFacts; readonly agent: AgentDevice }, nowMs: number): DeviceFacts {
  const target = upgrade.back ?? upgrade.to
  const { offer = 0, state = '', reason = '' } = agent.upgrade ?? {}
  const isThere = agent.agentVersion === upgrade.agentVersion
  const isMine = offer === target.version
  const isAtWork = isMine && (state === 'fetching' || state === 'installing' || state === 'probation')
  const { own: _own, now, ...rest } = base
  const isSettling = isAtWork || agent.uptimeSecs < SETTLE_SECS
  const failed = isMine && (state === 'refused' || (state === 'returned' && upgrade.back === undefined)) && reason !== 'WITHDRAWN'
  const runningHash = upgrade.back === undefined ? (isThere && state !== 'probation' ? upgrade.to.hash : '') : isThere ? '' : BACK
  return {
    ...rest, now: isSettling ? { ...now, cpuMillis: 0 } : now, runningVersion: 0, runningHash, refusedVersion: failed ? target.version : 0, refusedReason: failed ? reason : '',
    receivedVersion: isMine && state === 'fetching' ? target.version : 0, verifiedVersion: isMine && (state === 'installing' || state === 'probation') ? target.version : 0,
    // It fetches as fast as others leave it room: time runs for those that do nothing.
    ...(isAtWork && nowMs - (device.offeredAtMs ?? nowMs) < MAX_WORK_MS ? { isAtWork: true as const } : {}),
  }
}
