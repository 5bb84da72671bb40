// What all processes of the agent cost together: this one, what it has started, and its watchdog.
//
// Memory is the proportional set size: what several of them map (Node's text, 35 MB) is counted once. The kernel takes about
// a millisecond a process for it, so nobody asks more often than every half minute.
import { readFileSync } from 'node:fs'

/** USER_HZ, 100 on every Linux of today. */
const TICK_MS = 10
/** Children of children are not ours to count; a reader starts none. */
const MAX_CHILDREN = 32

export interface Cost {
  /** Since the start of the agent, of the processes that have ended, too. */
  readonly cpuMs: number
  readonly bytes: number
}

/** utime, stime, cutime, cstime: fields 14 to 17 of proc_pid_stat(5), counted after the name, which may hold anything. */
function timesOf(pid: number | 'self'): readonly number[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return stat.slice(stat.lastIndexOf(') ') + 2).split(' ').slice(11, 15).map((ticks) => Number(ticks) * TICK_MS)
}

function residentOf(pid: number | 'self'): number {
  const found = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))
  return Number(found?.[1] ?? 0) * 1024
}

const ignoringGone = <T>(read: () => T, otherwise: T): T => {
  try {
    return read()
  } catch {
    // It has ended meanwhile, or the kernel has no such file.
    return otherwise
  }
}

/** Pids of the processes that this one has started and that still run. */
export const childPids = (): readonly number[] =>
  ignoringGone(() => readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1').split(' ').filter((pid) => pid !== '').map(Number).slice(0, MAX_CHILDREN), [])

/** @param watchdogPid undefined: there is none */
export function costOfAll(watchdogPid?: number): Cost {
  if (process.platform !== 'linux') {
    const { user, system } = process.cpuUsage()
    return { cpuMs: (user + system) / 1000, bytes: process.memoryUsage.rss() }
  }
  const others = [...childPids(), ...(watchdogPid === undefined ? [] : [watchdogPid])]
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = ignoringGone(() => timesOf('self'), [])
  let cpuMs = user + system + endedUser + endedSystem
  let bytes = ignoringGone(() => residentOf('self'), 0) || process.memoryUsage.rss()
  for (const pid of others) {
    const [theirs = 0, inKernel = 0] = ignoringGone(() => timesOf(pid), [])
    cpuMs += theirs + inKernel
    bytes += ignoringGone(() => residentOf(pid), 0)
  }
  return { cpuMs, bytes }
}
