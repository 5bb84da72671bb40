// A child that reads what people made: one request at a time, killed at its deadline or above its memory, and none while there
// is no work. It may read files and do nothing else, and has nothing of the agent's environment.
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface KillableChildOptions<Answer> {
  /** File of the child's program. */
  readonly program: string
  readonly heapMb: number
  readonly semiSpaceMb: number
  readonly environment?: Readonly<Record<string, string>>
  readonly deadlineMs: number
  /** How long it is kept without work. */
  readonly idleMs: number
  /** Resident memory above which it is killed; Linux only, elsewhere its heap alone is bounded. */
  readonly memoryBytes: number
  /** How often that is looked at. */
  readonly lookMs: number
  readonly queueLimit: number
  /** What a new child is told first. */
  readonly greeting?: () => readonly object[]
  /** A request is on its way to it. */
  readonly onRequest?: () => void
  /** The answer in a message; undefined for what is only news of the request. */
  readonly answerOf: (message: object) => Answer | undefined
  /** It was killed, or ended while it was at work or at rest. */
  readonly onBroken?: (how: 'timeout' | 'refused' | 'failed') => void
}

/** Why there is no answer: killed at the deadline or above the memory, ended by itself, or never asked. */
export type NoAnswer = 'timeout' | 'refused' | 'failed' | 'skipped'

export interface KillableChild<Request extends object, Answer> {
  /** Never throws. */
  ask(request: Request): Promise<Answer | NoAnswer>
  /** To the child that runs now, if there is one. */
  tell(message: object): void
  readonly pending: number
  /** For tests: the process that works now. */
  readonly pid: number | undefined
  close(): void
}

interface Waiting<Request, Answer> {
  readonly request: Request & { readonly id: number }
  readonly answer: (answer: Answer | NoAnswer) => void
}

/** Resident bytes of a process; 0 where nobody can say. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1] ?? 0) * 4096
  } catch {
    // It is gone, or this is no Linux.
    return 0
  }
}

/** Requests get an `id` of their own; each message of the child carries the one that it is about. */
export function createKillableChild<Request extends object, Answer>(options: KillableChildOptions<Answer>): KillableChild<Request, Answer> {
  const { deadlineMs, idleMs, memoryBytes, lookMs, queueLimit } = options
  let child: ChildProcess | undefined
  let current: Waiting<Request, Answer> | undefined
  let queue: Waiting<Request, Answer>[] = []
  let deadline: NodeJS.Timeout | undefined
  let look: NodeJS.Timeout | undefined
  let idle: NodeJS.Timeout | undefined
  let closed = false
  let nextId = 1

  const end = (): void => {
    clearTimeout(deadline)
    clearInterval(look)
    clearTimeout(idle)
    const last = child
    child = undefined
    last?.removeAllListeners()
    last?.kill('SIGKILL')
  }
  const settle = (answer: Answer | NoAnswer): void => {
    clearTimeout(deadline)
    clearInterval(look)
    const done = current
    current = undefined
    done?.answer(answer)
    next()
  }
  const give = (reason: 'timeout' | 'refused'): void => {
    options.onBroken?.(reason)
    end()
    settle(reason)
  }

  const start = (): ChildProcess => {
    const started = fork(options.program, [], {
      env: { ...options.environment }, cwd: '/', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced',
      execArgv: ['--permission', '--allow-fs-read=*', `--max-old-space-size=${options.heapMb}`, `--max-semi-space-size=${options.semiSpaceMb}`, '--disable-warning=SecurityWarning'],
    })
    started.on('message', (message) => {
      const { id } = message as { readonly id: number }
      if (current?.request.id !== id) return
      const answer = options.answerOf(message as object)
      if (answer !== undefined) settle(answer)
    })
    const ended = (): void => {
      if (child !== started) return
      options.onBroken?.('failed')
      end()
      if (current !== undefined) settle('failed')
    }
    started.once('exit', ended)
    started.once('error', ended)
    started.unref()
    started.channel?.unref()
    for (const message of options.greeting?.() ?? []) started.send(message, () => {})
    return started
  }

  function next(): void {
    if (closed || current !== undefined) return
    clearTimeout(idle)
    const waiting = queue.shift()
    if (waiting === undefined) {
      if (child !== undefined) idle = setTimeout(end, idleMs).unref()
      return
    }
    current = waiting
    options.onRequest?.()
    child ??= start()
    const { pid } = child
    deadline = setTimeout(() => give('timeout'), deadlineMs)
    look = setInterval(() => {
      if (pid !== undefined && residentBytes(pid) > memoryBytes) give('refused')
    }, lookMs).unref()
    child.send(waiting.request, () => {})
  }

  return {
    ask(request) {
      if (closed || queue.length >= queueLimit) return Promise.resolve('skipped')
      return new Promise((answer) => {
        queue.push({ request: { ...request, id: nextId++ }, answer })
        next()
      })
    },
    tell(message) {
      child?.send(message, () => {})
    },
    get pending() {
      return queue.length + (current === undefined ? 0 : 1)
    },
    get pid() {
      return child?.pid
    },
    close() {
      closed = true
      end()
      const left = [...(current === undefined ? [] : [current]), ...queue]
      current = undefined
      queue = []
      for (const one of left) one.answer('skipped')
    },
  }
}
