// Who has a pid, asked at the moment of reading: a moment later the process may be gone. Linux only.
import { readlinkSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { readProcess } from '../../platform/linux/processes.ts'
import { readText } from '../../platform/linux/read-text.ts'
import type { Doer } from './notification.ts'

const FRESH_MS = 100
/** A process that is gone was most likely the one under its number so short a time ago; after that the number may be another's. */
const REMEMBERED_MS = 10_000
const REMEMBERED = 512
const MAX_FOLDERS = 8
const MAX_COMMAND_BYTES = 16_384

interface Known {
  readonly doer: Doer
  readonly until: number
  readonly seenAt: number
  readonly withFolders: boolean
}

/** Where a process works and the folders of what it was called with: where the source of its copies is likely to be. */
export function foldersOf(root: string, pid: number): readonly string[] {
  const folder = join(root, 'proc', String(pid))
  let cwd: string
  try {
    cwd = readlinkSync(join(folder, 'cwd'))
  } catch {
    return []
  }
  const found = new Set<string>()
  for (const word of (readText(join(folder, 'cmdline'), MAX_COMMAND_BYTES) ?? '').split('\0').slice(1)) {
    if (found.size >= MAX_FOLDERS - 1) break
    if (word === '' || word.startsWith('-')) continue
    const path = isAbsolute(word) ? resolve(word) : resolve(cwd, word)
    found.add(dirname(path))
    found.add(path)
  }
  found.add(cwd)
  found.delete('/')
  return [...found].slice(0, MAX_FOLDERS)
}

/** Starts that are looked at in a second; more of them are known by their program alone. */
const STARTS_PER_SECOND = 1000

export interface Doers {
  /** A program was started: asked at once, because a `cp` of one file has ended before its file is read. */
  started(pid: number, program: string): void

  of(pid: number, withFolders: boolean): Doer
  /** How many pids were new so far. */
  asked(): number
}

/** With a memory: a process that has just ended is still known by what it was. */
export function createDoers(root: string): Doers {
  const known = new Map<number, Known>()
  let asked = 0
  const remember = (pid: number, entry: Known): void => {
    known.delete(pid)
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value ?? pid)
    known.set(pid, entry)
  }
  const of = (pid: number, withFolders: boolean): Doer => {
    if (pid <= 0) return { pid }
    const before = known.get(pid)
    if (before === undefined) asked += 1
    const at = performance.now()
    if (before !== undefined && before.until > at && (before.withFolders || !withFolders)) return before.doer
    const found = readProcess(root, pid)
    if (found === undefined) return before !== undefined && at - before.seenAt < REMEMBERED_MS ? before.doer : { pid }
    const folders = withFolders ? foldersOf(root, pid) : []
    const doer: Doer = { pid, process: found, ...(folders.length === 0 ? {} : { folders }) }
    remember(pid, { doer, until: at + FRESH_MS, seenAt: at, withFolders })
    return doer
  }
  let startsLeft = STARTS_PER_SECOND
  let refillAt = 0
  const started = (pid: number, program: string): void => {
    const at = performance.now()
    if (at >= refillAt) {
      startsLeft = STARTS_PER_SECOND
      refillAt = at + 1000
    }
    if (startsLeft <= 0) return
    startsLeft -= 1
    const found = readProcess(root, pid)
    if (found === undefined) return
    asked += 1
    let folders: readonly string[] = []
    try {
      folders = [readlinkSync(join(root, 'proc', String(pid), 'cwd'))]
    } catch {
      // It has ended.
    }
    // The kernel tells before it puts the new program in place of the old: /proc still names the old one.
    remember(pid, { doer: { pid, process: { ...found, name: basename(program), executable: program }, folders }, until: 0, seenAt: at, withFolders: true })
  }

  return { of, started, asked: () => asked }
}
