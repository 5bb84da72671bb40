// One door for changes of what a group watches: the form, YAML and the command line come through here.
import { type Actor, appendAudit } from '../../audit/chain.ts'
import { type AllowedMedium, allowedMediumProblem } from '../../domain/exclusions/allowed-media.ts'
import type { GroupWatchSettings } from '../../fleet/contract.ts'
import type { StoreWriter } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import type { GroupSettings } from './schema.ts'

/** @throws REQUEST_INVALID with every entry that is none */
function checkAllowedMedia(list: readonly unknown[] = []): void {
  const problems = (list as readonly AllowedMedium[]).flatMap((entry, index) => {
    const detail = allowedMediumProblem(entry)
    return detail === undefined ? [] : [{ pointer: `/allowedMedia/${index}`, detail }]
  })
  if (problems.length > 0) throw new InvalidRequest(problems)
}

/** @throws REQUEST_INVALID where a rule is named twice, or does nothing */
function checkEdge(edge: GroupWatchSettings['edge']): void {
  const seen = new Set<string>()
  const problems = (edge?.rules ?? []).flatMap(({ id, enabled, warn, first }, index) => {
    const twice = seen.has(id)
    seen.add(id)
    return twice ? [{ pointer: `/edge/rules/${index}/id`, detail: 'names a rule twice' }] : enabled && !warn && !first ? [{ pointer: `/edge/rules/${index}/warn`, detail: 'neither warns nor puts anything first' }] : []
  })
  if (problems.length > 0) throw new InvalidRequest(problems)
}

/** Settings after a change that may leave parts out: those stay. @throws REQUEST_INVALID */
export function settingsAfter(before: GroupWatchSettings, body: Partial<GroupSettings>): GroupWatchSettings {
  const { uninstall = before.uninstall, evidence = before.evidence, inspection = before.inspection, transfers = before.transfers, allowedMedia = before.allowedMedia, edge = before.edge, ...rest } = body as Partial<Omit<GroupWatchSettings, 'uninstall'>> & { readonly uninstall?: GroupWatchSettings['uninstall'] | null }
  checkEdge(edge)
  checkAllowedMedia(allowedMedia)
  const needed = { roots: before.roots, excludes: before.excludes, removableRoots: before.removableRoots, networkShareRoots: before.networkShareRoots, cloudSyncRoots: before.cloudSyncRoots, hashLimitBytes: before.hashLimitBytes, pollIntervalSecs: before.pollIntervalSecs, heartbeatIntervalSecs: before.heartbeatIntervalSecs, spoolMaxBytes: before.spoolMaxBytes }
  return { ...needed, ...rest, ...(evidence === undefined ? {} : { evidence }), ...(inspection === undefined ? {} : { inspection }), ...(transfers === undefined ? {} : { transfers }), ...(allowedMedia === undefined ? {} : { allowedMedia }), ...(edge === undefined ? {} : { edge }), ...(uninstall === undefined || uninstall === null ? {} : { uninstall }) }
}

/** The same for a document, in which everything that it leaves out stays. @throws REQUEST_INVALID */
export const settingsOfPart = (before: GroupWatchSettings, part: Partial<GroupSettings>): GroupWatchSettings => settingsAfter(before, { ...(before as unknown as Partial<GroupSettings>), ...part })

/** In the transaction; what is wanted of devices is compiled by the caller, once for all groups. @returns whether anything changed */
export async function changeGroup({ fleet, now }: Pick<HttpDeps, 'fleet' | 'now'>, tx: StoreWriter, actor: Actor, group: string, change: (before: GroupWatchSettings) => GroupWatchSettings): Promise<boolean> {
  const before = await fleet.groupSettings(tx, group)
  const after = change(before)
  await fleet.saveGroupSettings(tx, group, after)
  await appendAudit(tx, { actor, action: 'group.changed', targetKind: 'group', targetId: group, detail: { before, after }, atMs: now() })
  return JSON.stringify(before) !== JSON.stringify(after)
}
