// The real agent beside an installation, watching folders of the test.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from './collector.ts'
import { agentMain, type Daemon, startDaemon, until } from './processes.ts'

export interface WatchedFolders {
  readonly roots: readonly string[]
  /** Under which removable media are mounted; a folder that is no mount is none. */
  readonly removableRoots?: readonly string[]
  /** Folders whose content leaves the device by a cloud client: to put a file there needs no mount. */
  readonly cloudFolders?: readonly string[]
}

export interface DeviceState {
  readonly id: string
  readonly health: string
  readonly lastSeenAt?: string
  readonly faults: readonly { readonly code: string; readonly detail: string }[]
  readonly policy: { readonly state: string; readonly wantedVersion: number; readonly wantedHash: string; readonly runningVersion: number; readonly runningHash: string; readonly refusedReason?: string }
  readonly tiers: { readonly full: number; readonly degraded: number; readonly blind: number; readonly off: number }
  readonly unexplained: number
  readonly sensors: readonly { readonly name: string; readonly tier: string; readonly reason: string }[]
  readonly spool?: { readonly epoch: string; readonly lastSeq: number; readonly ackedSeq: number }
  readonly ledger: readonly { readonly epoch: string; readonly firstSeq: number; readonly lastSeq: number; readonly kind: string }[]
  readonly usage?: { readonly rssBytes: number; readonly cpuMillis: number }
}

export interface RealAgent {
  readonly dir: string
  readonly deviceId: string
  readonly daemon: Daemon
  device(): Promise<DeviceState>
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Changes what the default group watches; short intervals, so that tests need not wait. */
export async function watch(installation: Installation, folders: WatchedFolders): Promise<{ readonly policyVersion: number; readonly policyHash: string }> {
  const group = await installation.client.get<{ settings: Record<string, unknown> }>('/api/v1/groups/default')
  return installation.client.send('PUT', '/api/v1/groups/default/settings', { ...group.settings, roots: folders.roots, removableRoots: folders.removableRoots ?? [], cloudSyncRoots: folders.cloudFolders ?? [], pollIntervalSecs: 1, heartbeatIntervalSecs: 1 }, { 'if-match': '*' })
}

export async function applyPolicies(installation: Installation): Promise<void> {
  await installation.client.send('POST', '/api/v1/policies', { name: 'Data leaks', template: 'data_leaks' })
  await installation.client.send('POST', '/api/v1/policies', { name: 'Security policy violations', template: 'security_policy_violations' })
}

/** Starts the enrolled agent of a folder and waits until it runs the wanted policy with its sensors. */
export async function runAgent(installation: Installation, dir: string): Promise<RealAgent> {
  const { deviceId } = JSON.parse(await readFile(join(dir, 'identity.json'), 'utf8')) as { deviceId: string }
  const begunMs = Date.now()
  const daemon = startDaemon(agentMain, ['run', '--dir', dir])
  const device = () => installation.client.get<DeviceState>(`/api/v1/devices/${deviceId}`)
  await until('the agent to run the wanted policy', 60, async () => {
    if (daemon.child.exitCode !== null) throw new Error(`the agent ended: ${daemon.log().slice(-3000)}`)
    const state = await device()
    // A heartbeat of an earlier run says nothing of this one.
    if (Date.parse(state.lastSeenAt ?? '1970-01-01') <= begunMs || !daemon.log().includes('"ready"')) return undefined
    return state.policy.state === 'current' && state.policy.wantedVersion > 0 && state.tiers.full + state.tiers.degraded > 0 && state.sensors.every((sensor) => sensor.reason !== 'It is starting.') ? state : undefined
  }).catch(async (error: unknown) => {
    throw new Error(`${String(error)}\n${JSON.stringify(await device())}\n${daemon.log().slice(-3000)}`)
  })
  return { dir, deviceId, daemon, device, stop: (signal) => daemon.stop(signal) }
}
