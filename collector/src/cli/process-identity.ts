// Which process a pid in a file means: numbers are used again, after a restart of the machine above all.
import { readFileSync } from 'node:fs'

/** Boot and start time of a process; empty where the system does not tell. */
export function identityOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, field 2, may hold spaces and parentheses; start time is field 22.
    const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${startedAt}`
  } catch {
    // No /proc, or no such process.
    return ''
  }
}

/** Whether the process that was given this identity still runs. */
export function isProcess(pid: number, identity: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return identity === '' || identityOf(pid) === identity
}
