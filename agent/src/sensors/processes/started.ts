// What /proc says of a program that has just started, read within limits and at once: it may end a moment later.
import { readdirSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readProcess } from '../../platform/linux/processes.ts'
import { readProcText, readText } from '../../platform/linux/read-text.ts'
import type { ProcessInfo } from '../../platform/platform.ts'

export interface StartedProgram extends ProcessInfo {
  readonly arguments: readonly string[]
  readonly cwd: string
  /** Where its standard input comes from: a path, `pipe`, or empty for a terminal and everything else. */
  readonly input: string
  /** Id of the container or name of the sandbox it runs in; empty for none. */
  readonly container: string
}

const MAX_COMMAND_BYTES = 16_384
const MAX_ARGUMENTS = 256

const link = (path: string): string => {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

/** The container's id out of /proc/PID/cgroup: docker, containerd, cri-o and podman write 64 hex digits; Flatpak and snap their application. */
export function containerOf(cgroup: string): string {
  const id = /(?:^|[/:-])([0-9a-f]{64})(?:\.scope)?(?:\/|$)/m.exec(cgroup)?.[1]
  if (id !== undefined) return id.slice(0, 12)
  return /\/(?:app-)?(flatpak-[\w.]+?)-\d+\.scope/.exec(cgroup)?.[1] ?? /\/(snap\.[\w-]+\.[\w-]+?)(?:-\d[\w-]*)?\.(?:scope|service)/.exec(cgroup)?.[1] ?? ''
}

/** A regular file reads as its path, a pipe as `pipe`. */
function inputOf(folder: string): string {
  const target = link(join(folder, 'fd/0'))
  if (target.startsWith('pipe:')) return 'pipe'
  return target.startsWith('/') && !target.startsWith('/dev/') && !target.startsWith('/proc/') ? target.replace(/ \(deleted\)$/, '') : ''
}

/** Programs that run others: what they run is what they call themselves (a script's own name, an applet, a loaded file). */
const RUNNERS = /^(?:python|perl|ruby|node|bash|dash|sh$|zsh|ksh|fish|busybox|toybox|java|php|lua|mono|dotnet|deno|bun|ld-|qemu-)/

/**
 * Names by which a running program is looked for: its file and, for what runs others, what it calls itself. Any other
 * program has both the same when it starts, and a second file to read for each start costs as much as the rest.
 */
export function namesOf(root: string, pid: number): readonly string[] {
  const folder = join(root, 'proc', String(pid))
  const file = basename(link(join(folder, 'exe')).replace(/ \(deleted\)$/, '')).toLowerCase()
  if (file !== '' && !RUNNERS.test(file)) return [file]
  const called = (readProcText(join(folder, 'comm')) ?? '').trim().toLowerCase()
  return file === called ? [file] : [file, called]
}

export function readStarted(root: string, pid: number): StartedProgram | undefined {
  const info = readProcess(root, pid)
  if (info === undefined) return undefined
  const folder = join(root, 'proc', String(pid))
  const words = (readText(join(folder, 'cmdline'), MAX_COMMAND_BYTES) ?? '').split('\0')
  if (words.at(-1) === '') words.pop()
  return { ...info, arguments: words.slice(0, MAX_ARGUMENTS), cwd: link(join(folder, 'cwd')), input: inputOf(folder), container: containerOf(readProcText(join(folder, 'cgroup')) ?? '') }
}

/** Every pid that is there now, at most `limit`. */
export function pidsOf(root: string, limit: number): readonly number[] {
  try {
    return readdirSync(join(root, 'proc')).filter((name) => /^\d+$/.test(name)).slice(0, limit).map(Number)
  } catch {
    return []
  }
}
