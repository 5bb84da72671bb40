// Plans of drills: what one must look like to be believed, and which activity is exactly one of its acts. Pure.
import { ACTIVITY_KINDS, type ActivityKind } from '@holdfast/proto'
import { drillName, type DrillPlan, type MarkedActivity, MAX_DRILL_MS, type PlannedAct } from './contract.ts'

const ID = /^[0-9a-f]{32}$/
const MAX_ACTS = 32
const MAX_PATHS = 64
const MAX_TIMES = 128
/** What a drill ever does; a plan that names anything else is refused. */
const KINDS: readonly ActivityKind[] = [
  'file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_deleted', 'archive_created', 'files_staged', 'removable_media_mounted', 'removable_media_unmounted', 'security_feature_changed', 'application_installed', 'application_removed',
]

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 4096
const isList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.length <= MAX_PATHS && value.every(isText)

function isAct(value: unknown, name: string): value is PlannedAct {
  const { kind, times, paths, sha256, feature } = value as Partial<PlannedAct>
  return KINDS.includes(kind as ActivityKind) && ACTIVITY_KINDS.includes(kind as ActivityKind) && Number.isSafeInteger(times) && (times ?? 0) > 0 && (times ?? 0) <= MAX_TIMES
    && isList(paths) && paths.length > 0 && paths.every((path) => path.slice(path.lastIndexOf('/') + 1).startsWith(name)) && (sha256 === undefined || isList(sha256)) && (feature === undefined || isText(feature))
}

/** @returns undefined for what is no plan, is over, lies ahead, lasts too long, or names what no drill does or makes up */
export function parsePlan(value: unknown, nowMs: number): DrillPlan | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { format, id, pid, startedAtMs, endsAtMs, acts } = value as Partial<DrillPlan>
  if (format !== 1 || typeof id !== 'string' || !ID.test(id) || !Number.isSafeInteger(pid) || !Number.isSafeInteger(startedAtMs) || !Number.isSafeInteger(endsAtMs)) return undefined
  const [from, to] = [startedAtMs ?? 0, endsAtMs ?? 0]
  if (to <= nowMs || from > nowMs + 60_000 || to - from > MAX_DRILL_MS) return undefined
  if (!Array.isArray(acts) || acts.length === 0 || acts.length > MAX_ACTS || !acts.every((act: unknown) => typeof act === 'object' && act !== null && isAct(act, drillName(id)))) return undefined
  return value as DrillPlan
}

interface Seen {
  readonly path: string
  readonly oldPath?: string
  readonly sha256?: string
  readonly feature?: string
}

const text = (value: string | null | undefined): string => value ?? ''

/**
 * The one file by which two values of a feature differ: `4 entries, 0f3a…; new cron.d/name`. Undefined when more than one
 * thing has changed, or another one.
 */
function decoyOf(from: string, to: string): string | undefined {
  const only = /^\d+ entr(?:y|ies), \S+; (?:new|gone) (\S+)$/
  // The last file of a folder: nothing is left that could name it.
  if (to === 'none') return /^1 entry, \S+; new (\S+)$/.exec(from)?.[1]
  return only.exec(to)?.[1]
}

/** What of an activity must be as planned; undefined for a kind that no drill makes. */
function objectOf({ kind, detail }: MarkedActivity): Seen | undefined {
  const file = (facts: { readonly path?: string | null; readonly sha256?: string | null } | null | undefined): Seen => ({ path: text(facts?.path), sha256: text(facts?.sha256) })
  switch (kind) {
    case 'file_copied': return file(detail.fileCopied?.destination)
    case 'file_created': return file(detail.fileCreated?.file)
    case 'file_changed': return file(detail.fileChanged?.file)
    case 'archive_created': return file(detail.archiveCreated?.archive)
    case 'file_renamed': return { ...file(detail.fileRenamed?.file), oldPath: text(detail.fileRenamed?.oldPath) }
    case 'file_deleted': return { path: text(detail.fileDeleted?.path) }
    case 'files_staged': return { path: text(detail.filesStaged?.folder) }
    case 'removable_media_mounted': return { path: text(detail.removableMediaMounted?.media?.mountPoint) }
    case 'removable_media_unmounted': return { path: text(detail.removableMediaUnmounted?.media?.mountPoint) }
    case 'application_installed': return { path: text(detail.applicationInstalled?.application?.path) }
    case 'application_removed': return { path: text(detail.applicationRemoved?.application?.path) }
    case 'security_feature_changed': {
      const change = detail.securityFeatureChanged
      return { path: decoyOf(text(change?.fromValue), text(change?.toValue)) ?? '', feature: text(change?.feature) }
    }
    default: return undefined
  }
}

/** The act that an activity is, exactly; undefined when it is none. */
export function actOf(plan: DrillPlan, activity: MarkedActivity): PlannedAct | undefined {
  const seen = objectOf(activity)
  if (seen === undefined || seen.path === '') return undefined
  const { pid } = activity.actor ?? {}
  // What a killed drill left is taken away by another process; there is nothing to hide in the end of a canary.
  if (pid !== undefined && pid !== plan.pid && activity.kind !== 'file_deleted') return undefined
  return plan.acts.find((act) => act.kind === activity.kind && act.paths.includes(seen.path) && (seen.oldPath === undefined || act.paths.includes(seen.oldPath))
    && (act.sha256 === undefined || seen.sha256 === undefined || seen.sha256 === '' || act.sha256.includes(seen.sha256)) && act.feature === seen.feature)
}
