// What /proc says about a process, read at once: a process that has ended a moment later can no longer be asked.
import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessInfo } from '../platform.ts'
import { containerOf } from './containers.ts'
import { readText } from './read-text.ts'

/** The kernel's word for "nobody signed in": (uid_t) -1. */
const NO_LOGIN = 4_294_967_295

/** Name and parent out of /proc/PID/stat; the name may hold brackets and spaces, so it ends at the last bracket. */
export function parseProcessStat(text: string): { readonly name: string; readonly ppid: number } | undefined {
  const from = text.indexOf('(')
  const to = text.lastIndexOf(')')
  if (from < 0 || to < from) return undefined
  return { name: text.slice(from + 1, to), ppid: Number(text.slice(to + 2).split(' ')[1]) || 0 }
}

/** @returns undefined when the process is gone or hidden */
export function readProcess(root: string, pid: number): ProcessInfo | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  const folder = join(root, 'proc', String(pid))
  const stat = parseProcessStat(readText(join(folder, 'stat'), 4096) ?? '')
  // The first number is the real uid: a set-uid program keeps the person who started it.
  const uid = /^Uid:\s+(\d+)/m.exec(readText(join(folder, 'status'), 8192) ?? '')?.[1]
  if (stat === undefined || uid === undefined) return undefined
  let executable = ''
  try {
    executable = readlinkSync(join(folder, 'exe')).replace(/ \(deleted\)$/, '')
  } catch {
    // A kernel thread has none, and another account's is hidden without root.
  }
  const loginText = readText(join(folder, 'loginuid'), 32)
  const loginUid = loginText === undefined || loginText.trim() === '' ? NO_LOGIN : Number(loginText)
  const statOf = (of: number): ReturnType<typeof parseProcessStat> => parseProcessStat(readText(join(root, 'proc', String(of), 'stat'), 4096) ?? '')
  const parent = stat.ppid === 0 ? undefined : statOf(stat.ppid)
  const container = containerOf(root, pid, (of) => (of === pid ? stat : statOf(of)))
  return { pid, ppid: stat.ppid, name: stat.name, executable, uid: Number(uid), ...(loginUid === NO_LOGIN ? {} : { loginUid }), parentName: parent?.name ?? '', ...(container === undefined ? {} : { container }) }
}
