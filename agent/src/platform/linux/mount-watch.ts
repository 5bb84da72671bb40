// One watch of the mount table for all who ask.
//
// The kernel tells of a change only by poll(2) with POLLPRI on /proc/self/mountinfo, which Node cannot do; a poll in the thread
// pool would hold one of its four threads for ever. So a child (`findmnt --poll`, 3 MB, asleep) does it and its output
// is the alarm; what changed is read from the table itself. The child dies with the agent (`setpriv --pdeathsig`), also after SIGKILL.
// Without these programs the table is read every two seconds.
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { findProgram, posixEnvironment } from '../run-program.ts'
import { readText } from './read-text.ts'

const POLL_MS = 2000
const RESTART_MS = 5000

export type WatchMounts = (onChange: () => void, signal: AbortSignal) => Promise<void>

/** @returns a watch that costs one child while anybody listens and nothing otherwise */
export function createMountWatch(root: string): WatchMounts {
  const listeners = new Set<() => void>()
  let end: (() => void) | undefined

  const alarm = (): void => {
    for (const listener of listeners) listener()
  }

  const begin = (): (() => void) => {
    let over = false
    let child: ChildProcess | undefined
    let timer: NodeJS.Timeout | undefined

    const poll = (): void => {
      let last = readText(join(root, 'proc/self/mountinfo'))
      timer = setInterval(() => {
        const text = readText(join(root, 'proc/self/mountinfo'))
        if (text !== last) alarm()
        last = text
      }, POLL_MS)
    }

    const startChild = async (): Promise<void> => {
      const [setpriv, findmnt] = root === '/' ? [await findProgram(root, 'setpriv'), await findProgram(root, 'findmnt')] : []
      if (over) return
      if (setpriv === undefined || findmnt === undefined) return poll()
      child = spawn(setpriv, ['--pdeathsig', 'KILL', findmnt, '--poll', '--noheadings', '--output', 'ACTION'], { cwd: '/', env: { ...posixEnvironment }, stdio: ['ignore', 'pipe', 'ignore'] })
      child.unref()
      child.stdout?.on('data', alarm)
      let ended = false
      const again = (): void => {
        if (over || ended) return
        ended = true
        // What happened meanwhile was seen by nobody.
        timer = setTimeout(() => void startChild().then(alarm), RESTART_MS)
      }
      child.once('error', again)
      child.once('exit', again)
    }

    void startChild()
    return () => {
      over = true
      clearTimeout(timer)
      clearInterval(timer)
      child?.kill('SIGKILL')
    }
  }

  return (onChange, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      // A function of its own for each caller, so that the same callback may be given twice.
      const listener = (): void => onChange()
      listeners.add(listener)
      end ??= begin()
      signal.addEventListener(
        'abort',
        () => {
          listeners.delete(listener)
          if (listeners.size === 0) {
            end?.()
            end = undefined
          }
          resolve()
        },
        { once: true },
      )
    })
}
