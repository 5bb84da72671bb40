// The paths that an activity is about, and which of them a list must hold for.
import type { Activity } from '../risk/activity.ts'

/** The object: the file, a printed document, a folder. */
export function objectPath({ file, detail }: Activity): string | undefined {
  if (file !== undefined) return file.path
  const name = detail?.['document'] ?? detail?.['folder']
  return typeof name === 'string' ? name : undefined
}

/**
 * Whether a test holds for an activity's paths. A rename or a hiding must lie inside with both of its names, so that
 * nothing slips out or in. A copy may lie inside with either end: whoever excludes a folder means what comes from it and
 * what goes to it.
 */
export function holdsForPaths(activity: Activity, test: (path: string) => boolean): boolean {
  const object = objectPath(activity)
  if (object === undefined) return false
  if (activity.oldPath !== undefined) return test(object) && test(activity.oldPath)
  return test(object) || (activity.source !== undefined && test(activity.source.path))
}

/** Whether a test holds for every path: what names a file must not change by renaming or copying it. */
export const holdsForEveryPath = (activity: Activity, test: (path: string) => boolean): boolean => {
  const object = objectPath(activity)
  return object !== undefined && test(object) && (activity.oldPath === undefined || test(activity.oldPath)) && (activity.source === undefined || test(activity.source.path))
}

/** Whether a test holds for any path. */
export const holdsForAnyPath = (activity: Activity, test: (path: string) => boolean): boolean => {
  const object = objectPath(activity)
  return (object !== undefined && test(object)) || (activity.oldPath !== undefined && test(activity.oldPath)) || (activity.source !== undefined && test(activity.source.path))
}

/** Last part of a path of either style. */
export const nameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)

/** Whether the name of a path ends in one of the extensions (lower case, without the first dot); `tar.gz` counts as both `tar.gz` and `gz`. */
export function hasExtension(path: string, extensions: ReadonlySet<string>): boolean {
  const name = nameOf(path).toLowerCase()
  // A dot at the beginning hides a file; what stands behind it is its name.
  for (let dot = name.indexOf('.', 1); dot > 0; dot = name.indexOf('.', dot + 1)) if (extensions.has(name.slice(dot + 1))) return true
  return false
}

export const normaliseExtension = (text: string): string => text.trim().toLowerCase().replace(/^\*?\./, '')
