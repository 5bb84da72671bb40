// The parent's side of the child that reads whole files: one request at a time, a deadline and a bound on memory by which the
// child is killed, and no child while there is no work.
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ArchiveListing, noListing } from './archives/contract.ts'
import type { DeepAnswer, DeepRequest, DeepWork } from './deep-child.ts'
import { notRead, type ReadAnswer } from './read-file.ts'

const DEADLINE_MS = 8000
/** A child costs some 50 MB; it is kept for the next files of the same work. */
const IDLE_MS = 10_000
const QUEUE_LIMIT = 256
const HEAP_MB = 128
const MEMORY_BYTES = 400 << 20
const LOOK_MS = 250

export interface DeepReaderOptions {
  readonly compiledFolder?: string
  readonly deadlineMs?: number
  readonly idleMs?: number
  /** Resident memory above which the child is killed; Linux only, elsewhere its heap alone is bounded. */
  readonly memoryBytes?: number
  readonly log: { warn(object: object, message: string): void }
}

export interface DeepReader {
  /** What is in a container. Never throws; `state` says why there is nothing. */
  list(path: string, uid?: number): Promise<ArchiveListing>
  /** Facts of a file with SHA-256 and CRC-32, up to a size. */
  read(path: string, maxBytes: number, uid?: number): Promise<ReadAnswer>
  /** Smallest hashes of its pieces; empty when there are none to compare. */
  sketch(path: string, uid?: number): Promise<readonly number[]>
  readonly pending: number
  /** For tests: the process that reads now. */
  readonly pid: number | undefined
  close(): void
}

interface Waiting {
  readonly request: DeepRequest
  readonly answer: (answer: DeepAnswer | 'timeout' | 'refused' | 'failed' | 'skipped') => void
}

function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1] ?? 0) * 4096
  } catch {
    // It is gone, or this is no Linux.
    return 0
  }
}

export function createDeepReader({ compiledFolder, deadlineMs = DEADLINE_MS, idleMs = IDLE_MS, memoryBytes = MEMORY_BYTES, log }: DeepReaderOptions): DeepReader {
  let child: ChildProcess | undefined
  let current: Waiting | undefined
  let queue: Waiting[] = []
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
  const settle = (answer: Parameters<Waiting['answer']>[0]): void => {
    clearTimeout(deadline)
    clearInterval(look)
    const done = current
    current = undefined
    done?.answer(answer)
    next()
  }
  const give = (reason: 'timeout' | 'refused'): void => {
    log.warn({ reason }, 'reading a whole file was ended')
    end()
    settle(reason)
  }

  const start = (): ChildProcess => {
    const started = fork(join(import.meta.dirname, 'deep-child.ts'), [], {
      // Nothing of the agent's environment reaches the process that reads users' files.
      env: compiledFolder === undefined ? {} : { NODE_COMPILE_CACHE: compiledFolder }, cwd: '/', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced',
      execArgv: ['--permission', '--allow-fs-read=*', `--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=4', '--disable-warning=SecurityWarning'],
    })
    started.on('message', (message) => {
      const answer = message as DeepAnswer
      if (current?.request.id === answer.id) settle(answer)
    })
    const ended = (): void => {
      if (child !== started) return
      end()
      if (current !== undefined) settle('failed')
    }
    started.once('exit', ended)
    started.once('error', ended)
    started.unref()
    started.channel?.unref()
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
    child ??= start()
    const { pid } = child
    deadline = setTimeout(() => give('timeout'), deadlineMs)
    look = setInterval(() => {
      if (pid !== undefined && residentBytes(pid) > memoryBytes) give('refused')
    }, LOOK_MS).unref()
    child.send(waiting.request satisfies DeepRequest, () => {})
  }

  const ask = (work: DeepWork, path: string, uid: number | undefined, maxBytes = 0): Promise<Parameters<Waiting['answer']>[0]> =>
    new Promise((answer) => {
      if (closed || queue.length >= QUEUE_LIMIT) return answer('skipped')
      queue.push({ request: { id: nextId++, work, path, maxBytes, ...(uid === undefined ? {} : { uid }) }, answer })
      next()
    })

  return {
    async list(path, uid) {
      const found = await ask('list', path, uid)
      return typeof found === 'string' ? noListing(found) : 'listing' in found ? found.listing : noListing('failed')
    },
    async read(path, maxBytes, uid) {
      const found = await ask('read', path, uid, maxBytes)
      return typeof found === 'object' && 'read' in found ? found.read : notRead(found === 'timeout' ? 'timeout' : 'unread')
    },
    async sketch(path, uid) {
      const found = await ask('sketch', path, uid)
      return typeof found === 'object' && 'sketch' in found ? found.sketch : []
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
