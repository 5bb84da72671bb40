// Fire drills: acts that an agent has done itself, to show how soon they are seen. They count for nobody.
//
// That an activity carries the mark of a drill is the device's word. So that the word cannot hide much, it is believed only
// for what a drill does, under names that only a drill makes up, so many times a drill and so many drills a day (`DRILL_LIMITS`);
// what is beyond counts as if there were no mark. Every drill stands in the audit log.
import type { ActivityKind } from '@holdfast/proto'
import type { Activity } from '../risk/activity.ts'

export const DRILL_LIMITS = { activities: 256, drillsADay: 24 } as const
const DRILL_ID = /^[0-9a-f]{32}$/
const NAME = 'holdfast-drill-'

/** Beginning of the names of a drill, as the agents make them. */
const nameOf = (id: string): string => `${NAME}${id.slice(0, 16)}`

/** Account of a device under which drills are kept, apart from everybody. */
export const DRILL_ACCOUNT = 'fire-drill'

/** What of an activity names its object. */
type Named = Pick<Activity, 'kind'> & { readonly [K in 'file' | 'media' | 'application' | 'feature' | 'detail']?: Activity[K] | undefined }

/** The object of an activity as a drill would have named it. */
function objectOf({ kind, file, media, application, feature, detail }: Named): string | undefined {
  const paths: Readonly<Partial<Record<ActivityKind, string | undefined>>> = {
    file_copied: file?.path, file_created: file?.path, file_changed: file?.path, file_renamed: file?.path, archive_created: file?.path, file_deleted: file?.path,
    files_staged: typeof detail?.['folder'] === 'string' ? detail['folder'] : undefined,
    removable_media_mounted: media?.mountPoint, removable_media_unmounted: media?.mountPoint,
    application_installed: application?.path, application_removed: application?.path,
    security_feature_changed: decoyOf(feature),
  }
  return paths[kind]
}

/** The one file by which two values of a feature differ. */
function decoyOf(feature: Activity['feature']): string | undefined {
  if (feature === undefined) return undefined
  if (feature.toValue === 'none') return /^1 entry, \S+; new (\S+)$/.exec(feature.fromValue ?? '')?.[1]
  return /^\d+ entr(?:y|ies), \S+; (?:new|gone) (\S+)$/.exec(feature.toValue ?? '')?.[1]
}

/** The drill that an activity belongs to by its mark and by its names; undefined when either says no. */
export function drillOf(mark: string | undefined, activity: Named): string | undefined {
  if (mark === undefined || !DRILL_ID.test(mark)) return undefined
  const object = objectOf(activity)
  return object !== undefined && object.slice(object.lastIndexOf('/') + 1).startsWith(nameOf(mark)) ? mark : undefined
}
