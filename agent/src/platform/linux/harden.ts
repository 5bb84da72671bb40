// What a process of ours asks of the kernel about itself: no memory on disks, and no life without its parent.
import koffi from 'koffi'

const RLIMIT_CORE = 4
const PR_SET_PDEATHSIG = 1
const PR_SET_DUMPABLE = 4
const SIGKILL = 9

/**
 * No core dump of this process and what it starts; as root also no reading of its memory and environment by processes that
 * share its account without its rights (prctl(2), PR_SET_DUMPABLE).
 *
 * @param parentPid dies with this process; undefined: nobody. @returns false when that parent is gone already
 */
export function hardenProcess({ isRoot, parentPid }: { readonly isRoot: boolean; readonly parentPid?: number }): boolean {
  const library = koffi.load('libc.so.6')
  const setrlimit = library.func('int setrlimit(int, const void *)') as (resource: number, limits: Buffer) => number
  const prctl = library.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)') as (option: number, a: number, b: number, c: number, d: number) => number
  setrlimit(RLIMIT_CORE, Buffer.alloc(16))
  if (isRoot) prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
  if (parentPid === undefined) return true
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
  // It may have ended before the kernel was asked.
  return process.ppid === parentPid
}
