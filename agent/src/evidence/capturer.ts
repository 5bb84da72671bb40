// The parent's side of a capture: one file at a time, a child that is killed at its deadline, and none while there is no work.
import { type ChildProcess, fork } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CaptureAnswer, CaptureRequest } from './capture-child.ts'

const DEADLINE_MS = 20_000
/** A child costs some 45 MB; it is kept for the next files of the same copying. */
const IDLE_MS = 10_000

export interface Capturer {
  /** Never rejects: an answer says why a file was not taken. One call at a time. */
  capture(request: CaptureRequest): Promise<CaptureAnswer>
  /** Of the child that reads now. */
  readonly pid: number | undefined
  close(): void
}

export function createCapturer({ deadlineMs = DEADLINE_MS, idleMs = IDLE_MS, compiledFolder }: { readonly deadlineMs?: number; readonly idleMs?: number; readonly compiledFolder?: string } = {}): Capturer {
  let child: ChildProcess | undefined
  let idle: NodeJS.Timeout | undefined
  let closed = false

  const end = (): void => {
    clearTimeout(idle)
    const last = child
    child = undefined
    last?.removeAllListeners()
    last?.kill('SIGKILL')
  }
  const start = (): ChildProcess => {
    const started = fork(join(import.meta.dirname, 'capture-child.ts'), [], {
      // Nothing of the agent's environment reaches the process that touches users' files.
      env: compiledFolder === undefined ? {} : { NODE_COMPILE_CACHE: compiledFolder }, cwd: '/', execArgv: ['--max-old-space-size=64', '--max-semi-space-size=2'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'json',
    })
    started.unref()
    started.channel?.unref()
    return started
  }

  const ask = (request: CaptureRequest): Promise<CaptureAnswer> =>
    new Promise((resolve) => {
      const mine = (child ??= start())
      const fail = (reason: 'timeout' | 'unread') => (): void => {
        if (child === mine) end()
        resolve({ id: request.id, reason, sizeBytes: 0 })
      }
      const timer = setTimeout(fail('timeout'), deadlineMs)
      const settle = (done: () => void) => (): void => {
        clearTimeout(timer)
        mine.removeAllListeners('exit')
        mine.removeAllListeners('error')
        mine.removeAllListeners('message')
        done()
      }
      mine.once('exit', settle(fail('unread')))
      mine.once('error', settle(fail('unread')))
      mine.once('message', (answer) => settle(() => resolve(answer as CaptureAnswer))())
      mine.send(request, () => {})
    })

  return {
    async capture(request) {
      if (closed) return { id: request.id, reason: 'unread', sizeBytes: 0 }
      clearTimeout(idle)
      const answer = await ask(request)
      // A child that was killed leaves a part of a copy behind.
      if ('reason' in answer) await rm(request.target, { force: true })
      if (child !== undefined) idle = setTimeout(end, idleMs).unref()
      return answer
    },
    get pid() {
      return child?.pid
    },
    close() {
      closed = true
      end()
    },
  }
}
