// Takes on a user's ids for the calls that follow. For a single-threaded child only: the ids are those of the whole process.
import { readFileSync } from 'node:fs'
import { parsePasswd } from '../platform/linux/accounts.ts'

/** `nogroup`, for a uid that no file of the system names: only what the owner or everybody may read is readable then. */
const NO_GROUP = 65_534

/** Absent from the type declarations. */
const initgroups = (process as { initgroups?: (user: string, group: number) => void }).initgroups?.bind(process)

/**
 * @returns a function that switches to a uid with its groups, through root; repeated calls for the same uid cost nothing
 */
export function createActAs(): (uid: number) => void {
  let current = 0
  return (uid) => {
    if (uid === current) return
    process.seteuid?.(0)
    process.setegid?.(0)
    current = 0
    if (uid === 0) return
    const entry = parsePasswd(readFileSync('/etc/passwd', 'utf8')).find((account) => account.uid === uid)
    if (entry === undefined) process.setgroups?.([])
    else initgroups?.(entry.name, entry.gid)
    process.setegid?.(entry?.gid ?? NO_GROUP)
    process.seteuid?.(uid)
    current = uid
  }
}
