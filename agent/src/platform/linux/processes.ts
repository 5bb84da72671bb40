// What /proc says about a process, read at once: a process that has ended a moment later can no longer be asked.
import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessInfo } from '../platform.ts'
import { containerOf } from './containers.ts'
import { readProcText } from './read-text.ts'

/** The kernel's word for "nobody signed in": (uid_t) -1. */
const NO_LOGIN = 4_294_967_295

/** Name and parent out of /proc/PID/stat; the name may hold brackets and spaces, so it ends at the last bracket. */
export function parseProcessStat(text: string): { readonly name: string; readonly ppid: number } | undefined {
  const from = text.indexOf('(')
  const to = text.lastIndexOf(')')
  if (from < 0 || to < from) return undefined
  return { name: text.slice(from + 1, to), ppid: Number(text.slice(to + 2).split(' ')[1]) || 0 }
}

/** Name, parent and real uid out of /proc/PID/status, which writes a line end or a backslash of a name as `\\n` or `\\\\`. */
export function parseProcessStatus(text: string): { readonly name: string; readonly ppid: number; readonly uid: number } | undefined {
  const [, name, ppid, uid] = /^Name:\t(.*)\n(?:.*\n)*?PPid:\s+(\d+)\n(?:.*\n)*?Uid:\s+(\d+)/.exec(text) ?? []
  return name === undefined || uid === undefined ? undefined : { name: name.includes('\\') ? name.replaceAll(/\\(.)/g, (_all, what: string) => (what === 'n' ? '\n' : what)) : name, ppid: Number(ppid), uid: Number(uid) }
}

/** @returns undefined when the process is gone or hidden */
export function readProcess(root: string, pid: number): ProcessInfo | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  const folder = join(root, 'proc', String(pid))
  // The first uid is the real one: a set-uid program keeps the person who started it.
  const status = parseProcessStatus(readProcText(join(folder, 'status')) ?? '')
  if (status === undefined) return undefined
  let executable = ''
  try {
    executable = readlinkSync(join(folder, 'exe')).replace(/ \(deleted\)$/, '')
  } catch {
    // A kernel thread has none, and another account's is hidden without root.
  }
  const loginText = readProcText(join(folder, 'loginuid'))
  const loginUid = loginText === undefined || loginText.trim() === '' ? NO_LOGIN : Number(loginText)
  const statOf = (of: number): ReturnType<typeof parseProcessStat> => parseProcessStat(readProcText(join(root, 'proc', String(of), 'stat')) ?? '')
  const parent = status.ppid === 0 ? undefined : statOf(status.ppid)
  const container = containerOf(root, pid, (of) => (of === pid ? status : of === status.ppid ? parent : statOf(of)))
  return { pid, ppid: status.ppid, name: status.name, executable, uid: status.uid, ...(loginUid === NO_LOGIN ? {} : { loginUid }), parentName: parent?.name ?? '', ...(container === undefined ? {} : { container }) }
}
