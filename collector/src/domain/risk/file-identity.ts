// What one file is, over renames, copies and archives: its content where that is known, else its path; and its other names.
import type { Activity } from './activity.ts'
import { fileEntry, fileHash } from './distinct-files.ts'

/** Names beyond these of one archive are left out: a sketch keeps no more. */
const MEMBERS_KEPT = 64

/** What a file is counted as; a security feature is counted by its id, so that an insight tells how many different ones. */
export const fileIdentity = ({ file, source, feature }: Activity): string | undefined => file?.fingerprint ?? source?.fingerprint ?? file?.path ?? feature?.id

/**
 * Sketch entries of an activity: the file under its identity, with every other name that the activity knows it by, so
 * that a later activity which knows only a path is joined to it; for an archive that is made or that leaves, its members too,
 * so that a file is followed into it and each one in it counts as a file that left.
 */
export function fileEntries(activity: Activity): readonly string[] {
  const identity = fileIdentity(activity)
  const { file, source, oldPath, archive, gathered, occurredAtMs } = activity
  // A folder is no file: those that were gathered in it stand for themselves.
  if (identity === undefined) return gathered?.slice(0, MEMBERS_KEPT).map((name) => fileEntry(fileHash(name), occurredAtMs)) ?? []
  const aliases: string[] = []
  const known = (name: string | undefined): void => {
    if (name !== undefined && name !== '' && name !== identity) aliases.push(fileHash(name))
  }
  known(file?.path)
  known(source?.fingerprint)
  known(source?.path)
  known(oldPath)
  const hash = fileHash(identity)
  const own = fileEntry(hash, occurredAtMs, aliases)
  const members = archive?.members
  if (members === undefined || members.length === 0) return [own]
  return [own, ...members.slice(0, MEMBERS_KEPT).filter((member) => member !== identity).map((member) => fileEntry(fileHash(member), occurredAtMs, [hash]))]
}
