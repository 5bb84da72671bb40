// One watch of the mount table for all who ask.
//
// The kernel tells of a change only by poll(2) with POLLPRI on /proc/self/mountinfo, which Node cannot do; a poll in the thread
// pool, or in a thread of its own, would cost one of four threads or 10 MB for ever. So a child (`findmnt --poll`, 3 MB, asleep)
// does it and its output is the alarm; what changed is read from the table itself. The child dies with the agent
// (`setpriv --pdeathsig`), also after SIGKILL. It is deaf while it starts, and it may be missing: so the text of the table
// is also compared every two seconds, about 50 µs.
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { findProgram, posixEnvironment } from '../run-program.ts'
import { readSystemFile } from './read-text.ts'

const POLL_MS = 2000
const RESTART_MS = 5000
const MAX_BYTES = 16 << 20

export type WatchMounts = (onChange: () => void, signal: AbortSignal) => Promise<void>

function tableVersion(root: string): string {
  const reading = readSystemFile(join(root, 'proc/self/mountinfo'), MAX_BYTES)
  return reading.kind === 'bytes' ? createHash('sha1').update(reading.bytes).digest('hex') : reading.kind
}

/** Starts the watch; returns how to end it. */
function beginWatch(root: string, alarm: () => void): () => void {
  let over = false
  let child: ChildProcess | undefined
  let restart: NodeJS.Timeout | undefined
  let last = tableVersion(root)

  // A busy host writes many lines at once; one comparison serves them all, and a remount back and forth is still a change.
  const compare = (): void => {
    const now = tableVersion(root)
    if (now === last) return
    last = now
    alarm()
  }

  const startChild = async (): Promise<void> => {
    const [setpriv, findmnt] = [await findProgram(root, 'setpriv'), await findProgram(root, 'findmnt')]
    if (over || setpriv === undefined || findmnt === undefined) return
    const started = spawn(setpriv, ['--pdeathsig', 'KILL', findmnt, '--poll', '--noheadings', '--output', 'ACTION'], { cwd: '/', env: { ...posixEnvironment }, stdio: ['ignore', 'pipe', 'ignore'] })
    child = started
    started.unref()
    started.stdout?.on('data', compare)
    started.once('error', () => {})
    started.once('close', () => {
      if (!over) restart = setTimeout(() => void startChild(), RESTART_MS)
    })
  }

  const timer = setInterval(compare, POLL_MS)
  // Under another root the child would watch the wrong table.
  if (root === '/') void startChild()
  return () => {
    over = true
    clearInterval(timer)
    clearTimeout(restart)
    child?.kill('SIGKILL')
  }
}

/** @returns a watch that costs one child while anybody listens and nothing otherwise */
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
