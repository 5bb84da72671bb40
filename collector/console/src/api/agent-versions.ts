// Releases of the agent, and versions on their way to devices.
import type { AgentPackageView, AgentUpgradeDetail, AgentUpgradeDevicePage, AgentUpgradePage, AgentVersionsView, NewAgentUpgrade, ReleaseKeyView, UpgradePlanView } from '@holdfast/collector/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import type { RolloutAct } from './rollouts.ts'

const path = (segment: string): string => encodeURIComponent(segment)
const LIVE_MS = 10_000
const PIECE_BYTES = 1024 * 1024 - 4096

export const agentVersionsQuery = () => queryOptions({ queryKey: ['agent-versions'], queryFn: ({ signal }) => api.get<AgentVersionsView>('/agent-versions', { signal }) })
export const agentUpgradesQuery = () => infiniteQueryOptions({
  queryKey: ['agent-upgrades', 'list'], queryFn: ({ pageParam, signal }) => api.get<AgentUpgradePage>('/agent-upgrades', { query: { limit: 20, cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined, getNextPageParam: (last: AgentUpgradePage) => last.nextCursor,
})
export const agentUpgradeQuery = (id: string) => queryOptions({ queryKey: ['agent-upgrades', 'one', id], queryFn: ({ signal }) => api.get<AgentUpgradeDetail>(`/agent-upgrades/${path(id)}`, { signal }), refetchInterval: LIVE_MS })
export const agentUpgradeDevicesQuery = (id: string, state: string | undefined) => infiniteQueryOptions({
  queryKey: ['agent-upgrades', 'one', id, 'devices', state ?? ''], queryFn: ({ pageParam, signal }) => api.get<AgentUpgradeDevicePage>(`/agent-upgrades/${path(id)}/devices`, { query: { limit: 50, ...(state === undefined ? {} : { state }), cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined, getNextPageParam: (last: AgentUpgradeDevicePage) => last.nextCursor, refetchInterval: LIVE_MS,
})
export const upgradePlanQuery = (group: string) => queryOptions({ queryKey: ['groups', group, 'upgrade-plan'], queryFn: ({ signal }) => api.get<UpgradePlanView>(`/groups/${path(group)}/upgrade-plan`, { signal }) })

/** @throws UPGRADE_REFUSED with why */
export const startUpgrade = (request: NewAgentUpgrade): Promise<AgentUpgradeDetail> => api.send('POST', '/agent-upgrades', { body: request })
/** @throws ROLLOUT_STATE when it is not in a state for it any more */
export const actOnUpgrade = (id: string, act: RolloutAct): Promise<AgentUpgradeDetail> => api.send('POST', `/agent-upgrades/${path(id)}/${act}`, act === 'halt' ? { body: {} } : {})
/** @throws AGENT_PACKAGE_UNREADABLE */
export const trustKey = (pem: string): Promise<ReleaseKeyView> => api.send('POST', '/agent-packages/keys', { body: { pem } })
export const distrustKey = (keyId: string): Promise<undefined> => api.send('DELETE', `/agent-packages/keys/${path(keyId)}`)
/** @throws AGENT_PACKAGE_REFUSED while a roll-out brings it */
export const removePackage = (id: string): Promise<undefined> => api.send('DELETE', `/agent-packages/${path(id)}`)

export interface ReleaseFiles {
  readonly tarball: File
  readonly descriptor: File
  readonly signature: File
}

/** The three files of a release among those that were chosen; undefined when one is missing. */
export function releaseFiles(files: readonly File[]): ReleaseFiles | undefined {
  const of = (ending: string): File | undefined => files.find(({ name }) => name.endsWith(ending))
  const [tarball, descriptor, signature] = [of('.tar.gz'), of('.tar.gz.json'), of('.tar.gz.json.sig')]
  return tarball === undefined || descriptor === undefined || signature === undefined ? undefined : { tarball, descriptor, signature }
}

const base64 = async (file: File): Promise<string> => btoa(String.fromCharCode(...new Uint8Array(await file.arrayBuffer())))

/**
 * Registers a release and uploads its file, from where an earlier try stopped.
 *
 * @param onProgress per cent
 * @throws AGENT_PACKAGE_SIGNATURE, AGENT_PACKAGE_UNREADABLE, AGENT_PACKAGE_REFUSED, AGENT_PACKAGE_DAMAGED
 */
export async function uploadRelease({ tarball, descriptor, signature }: ReleaseFiles, onProgress: (percent: number) => void): Promise<AgentPackageView> {
  let found = await api.send<AgentPackageView>('POST', '/agent-packages', { body: { descriptor: await base64(descriptor), signature: await base64(signature) } })
  for (let at = found.receivedBytes; at < found.sizeBytes; at = found.receivedBytes) {
    found = await api.send<AgentPackageView>('PUT', `/agent-packages/${path(found.id)}/content`, { query: { offset: at }, body: tarball.slice(at, at + PIECE_BYTES) })
    onProgress(Math.round((found.receivedBytes * 100) / found.sizeBytes))
  }
  return found
}
