// One watch of the mount table for all who ask, by what the kernel itself tells: nothing runs at rest.
//
// First choice is a wait inside the kernel (kernel-poll.ts). Where that cannot be had (an old kernel, a sandbox that forbids it)
// a child does it (`findmnt --poll`, 3 MB, asleep) and its output is the alarm; the child dies with the agent (`setpriv
// --pdeathsig`), also after SIGKILL. A child is deaf while it starts and may be missing, so then the text of the table is also
// compared every ten seconds, about 50 µs. Under another root, where no kernel tells of the table, its file is watched.
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { type FSWatcher, watch } from 'node:fs'
import { dirname, join } from 'node:path'
import { findProgram, posixEnvironment } from '../run-program.ts'
import { watchUrgent } from './kernel-poll.ts'
import { readSystemFile } from './read-text.ts'

const COMPARE_MS = 10_000
const RESTART_MS = 5000
/** By then a child hears, even on a busy machine: what changed while it did not is found. */
const STARTED_MS = [250, 2000]
const MAX_BYTES = 16 << 20

export type WatchMounts = (onChange: () => void, signal: AbortSignal) => Promise<void>

function tableVersion(root: string): string {
  const reading = readSystemFile(join(root, 'proc/self/mountinfo'), MAX_BYTES)
  return reading.kind === 'bytes' ? createHash('sha1').update(reading.bytes).digest('hex') : reading.kind
}

/** A busy host writes many lines at once; one comparison serves them all, and a remount back and forth is still a change. */
function createComparison(root: string, alarm: () => void): () => void {
  let last = tableVersion(root)
  return () => {
    const now = tableVersion(root)
    if (now === last) return
    last = now
    alarm()
  }
}

function beginChild(root: string, alarm: () => void): () => void {
  let over = false
  let child: ChildProcess | undefined
  let restart: NodeJS.Timeout | undefined
  const compare = createComparison(root, alarm)

  const startChild = async (): Promise<void> => {
    const [setpriv, findmnt] = [await findProgram(root, 'setpriv'), await findProgram(root, 'findmnt')]
    if (over || setpriv === undefined || findmnt === undefined) return
    const started = spawn(setpriv, ['--pdeathsig', 'KILL', findmnt, '--poll', '--noheadings', '--output', 'ACTION'], { cwd: '/', env: { ...posixEnvironment }, stdio: ['ignore', 'pipe', 'ignore'] })
    child = started
    started.unref()
    for (const ms of STARTED_MS) setTimeout(() => !over && compare(), ms).unref()
    started.stdout?.on('data', compare)
    started.once('error', () => {})
    started.once('close', () => {
      if (!over) restart = setTimeout(() => void startChild(), RESTART_MS)
    })
  }

  const timer = setInterval(compare, COMPARE_MS)
  void startChild()
  return () => {
    over = true
    clearInterval(timer)
    clearTimeout(restart)
    child?.kill('SIGKILL')
  }
}

function beginFile(root: string, alarm: () => void): () => void {
  let watcher: FSWatcher | undefined
  try {
    watcher = watch(dirname(join(root, 'proc/self/mountinfo')), { persistent: false }, createComparison(root, alarm))
    watcher.on('error', () => {})
  } catch {
    // No table here.
  }
  return () => watcher?.close()
}

/** Starts the watch; returns how to end it. */
function beginWatch(root: string, alarm: () => void): () => void {
  if (root !== '/') return beginFile(root, alarm)
  const stop = new AbortController()
  let endChild: (() => void) | undefined
  const child = (): void => {
    if (!stop.signal.aborted) endChild = beginChild(root, alarm)
  }
  try {
    watchUrgent('/proc/self/mountinfo', alarm, child, stop.signal)
  } catch {
    child()
  }
  return () => {
    stop.abort()
    endChild?.()
  }
}

/** @returns a watch that costs nothing while nobody listens */
export function createMountWatch(root: string): WatchMounts {
  const listeners = new Set<{ readonly onChange: () => void }>()
  let end: (() => void) | undefined

  return (onChange, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      // An object of its own for each caller, so that the same callback may be given twice.
      const listener = { onChange }
      listeners.add(listener)
      end ??= beginWatch(root, () => {
        for (const { onChange: tell } of listeners) tell()
      })
      signal.addEventListener('abort', () => {
        listeners.delete(listener)
        if (listeners.size === 0) {
          end?.()
          end = undefined
        }
        resolve()
      }, { once: true })
    })
}
