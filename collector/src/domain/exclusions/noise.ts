// The default exclusions at work: what programs do in their own folders is no activity of a person.
//
// Because everybody knows these folders, hiding in them must gain nothing. So they hold only for what stays on the
// device, never for a file that leaves, that had left before it was deleted, or that holds a shell's history; and for a
// rename or a copy only when both ends lie inside.
import type { ActivityKind } from '@holdfast/proto'
import type { Activity } from '../risk/activity.ts'
import { indicators } from '../risk/indicators.ts'
import { holdsForEveryPath, nameOf } from './activity-paths.ts'
import { defaultExclusions } from './default-exclusions.ts'
import { createPathMatcher } from './path-pattern.ts'

const local: ReadonlySet<ActivityKind> = new Set<ActivityKind>(['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_hidden', 'file_deleted', 'archive_created', 'file_downloaded', 'files_staged', 'label_changed'])
const histories = new Set<string>(indicators.command_history_deleted.where.fileNames)

/** Whether an activity stays on the device, so that a default exclusion may hold for it. */
export const maySilence = ({ kind, file, detail }: Activity): boolean =>
  local.has(kind) && (file === undefined || file.location === 'local' || file.location === 'unknown') && detail?.['wasExfiltrated'] !== true && !(kind === 'file_deleted' && file !== undefined && histories.has(nameOf(file.path).toLowerCase()))

/** @param off ids that are unticked @returns finds the id of the default exclusion that holds for an activity */
export function compileNoise(off: readonly string[]): (activity: Activity) => string | undefined {
  const rows = defaultExclusions.filter(({ id }) => !off.includes(id)).flatMap(({ id, paths }) => paths.map((path) => ({ id, path })))
  const matcher = createPathMatcher(rows.map(({ path }) => path))
  return (activity) => {
    if (!maySilence(activity)) return undefined
    let first = -1
    const inside = holdsForEveryPath(activity, (path) => {
      const at = matcher.find(path)
      if (first < 0) first = at
      return at >= 0
    })
    return inside ? rows[first]?.id : undefined
  }
}
