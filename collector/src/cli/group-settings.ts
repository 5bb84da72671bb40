// Reading and changing what a group watches: each change says which state of it it was made from.
import type { GroupSettings, GroupView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { get, send } from './output.ts'

const pathOf = (group: string): string => `/api/v1/groups/${encodeURIComponent(group)}`

export const readGroup = (api: LocalApi, group: string): Promise<GroupView> => get<GroupView>(api, pathOf(group))

/**
 * Writes settings that were made from a view.
 *
 * @throws ApiProblem REVISION_CONFLICT when somebody changed them meanwhile; nothing is overwritten then
 */
export const writeGroup = (api: LocalApi, seen: GroupView, settings: GroupSettings): Promise<GroupView> =>
  send<GroupView>(api, 'PUT', `${pathOf(seen.name)}/settings`, settings, { 'if-match': `"${seen.revision}"` })
