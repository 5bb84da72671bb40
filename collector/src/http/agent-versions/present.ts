import type { RolloutDevice } from '../../domain/rollout/rollout.ts'
import { type AgentDevice, type AgentPackage, type AgentUpgrade, type LeftOut, leftOut, type ReleaseKey } from '../../domain/rollout/upgrade.ts'
import type { AgentCount } from '../../store/agent-packages.ts'
import type { RolloutCount } from '../../store/rollouts.ts'
import { presentRollout, presentRolloutDetail, presentRolloutDevice } from '../rollouts/present.ts'
import type { AgentPackageView, AgentUpgradeDetail, AgentUpgradeDeviceView, AgentUpgradeView, ReleaseKeyView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export const presentKey = ({ keyId, pem, addedAtMs, by }: ReleaseKey): ReleaseKeyView => ({ keyId, pem, addedAt: iso(addedAtMs), addedBy: by.name })

/** @param onDisk bytes of its file that are here */
export function presentPackage({ id, version, platform, sizeBytes, keyId, addedAtMs, by, isWhole }: AgentPackage, onDisk: number, counts: readonly AgentCount[]): AgentPackageView {
  const devices = counts.filter((one) => one.agentVersion === version && one.platform === platform).reduce((sum, one) => sum + one.devices, 0)
  return { id, version, platform, sizeBytes, receivedBytes: onDisk, state: onDisk >= sizeBytes ? 'ready' : isWhole ? 'missing' : 'receiving', keyId, addedAt: iso(addedAtMs), addedBy: by.name, devices }
}

export function presentUpgrade(upgrade: AgentUpgrade, rows: readonly RolloutCount[], canRollBack: boolean): AgentUpgradeView {
  const { from: _from, to: _to, back: _back, ...shown } = presentRollout(upgrade, rows, canRollBack)
  return { ...shown, version: upgrade.agentVersion }
}

export function presentUpgradeDetail(upgrade: AgentUpgrade, rows: readonly RolloutCount[], canRollBack: boolean, others: readonly AgentDevice[], packages: readonly AgentPackage[]): AgentUpgradeDetail {
  const { from: _from, to: _to, back: _back, changes: _changes, ...shown } = presentRolloutDetail(upgrade, rows, canRollBack, {})
  const reasons = new Map<LeftOut, number>()
  for (const device of others) {
    const reason = leftOut(device, upgrade.agentVersion, packages)
    if (reason !== undefined && reason !== 'there') reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  return { ...shown, version: upgrade.agentVersion, leftOut: [...reasons].map(([reason, devices]) => ({ reason, devices })) }
}

const NEXT: Readonly<Partial<Record<RolloutDevice['state'], string>>> = {
  offered: 'It is told again with its heartbeats; without an answer it counts as failed.', received: 'It fetches the release, when it has nothing else to send.', verified: 'The release is being installed, or is on probation beside the version before.',
  confirmed: 'Nothing: its heartbeat proves that it runs the version and is well.', rejected: 'It runs the version that it had. Look the code up in the error reference, and at the log of the agent.',
}
const NEXT_BY_REASON: Readonly<Record<string, string>> = {
  UPGRADE_NO_ROOM: 'Make room on its disk; it tries again by itself.', UPGRADE_SIGNATURE: 'It takes releases of another key: install the package there once, by hand.', UPGRADE_NOT_NEWER: 'It runs a later version already.', NO_ANSWER: 'It is there and does not run it: look at the log of the agent.',
  DRIFTED: 'It fell back to an earlier version: was it restored from a snapshot? It is offered again.',
}
const nextOf = ({ state, reason = '' }: RolloutDevice, isBack: boolean): string | undefined => {
  if (isBack && state === 'confirmed') return 'Nothing: it does not run the version.'
  if (reason.startsWith('RETURNED_')) return 'The new version did not come up well, and the one before runs again: see its log for why.'
  return NEXT_BY_REASON[reason] ?? NEXT[state]
}

export function presentUpgradeDevice(device: RolloutDevice & { readonly hostname: string }, upgrade: AgentUpgrade, agent: AgentDevice | undefined, sizeBytes: number): AgentUpgradeDeviceView {
  const shown = presentRolloutDevice(device, upgrade)
  const { state, receivedBytes = 0 } = agent?.upgrade ?? {}
  return { ...shown, next: nextOf(device, upgrade.back !== undefined) ?? shown.next, version: agent?.agentVersion ?? '', ...(state === 'fetching' && device.state === 'received' && sizeBytes > 0 ? { progress: Math.min(100, Math.round((receivedBytes * 100) / sizeBytes)) } : {}) }
}
