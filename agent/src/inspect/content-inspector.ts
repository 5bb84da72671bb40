// The parent's side of content inspection: one file at a time, a child that is killed at its deadline or above its memory,
// and none while there is no work. A file that had to be ended, or that ended the child, is not read again.
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { wire } from '@holdfast/proto'
import { writeDurably } from '../platform/durable-file.ts'
import type { ContentAnswer, ContentRequest, ToContentChild } from './content-child.ts'
import { type ContentInspector, type ContentOptions, type ContentResult, noContent } from './contract.ts'
import type { ScannerOptions } from './scanner.ts'

const DEADLINE_MS = 12_000
/** A child costs some 90 MB; it is kept for the next files of the same copying. */
const IDLE_MS = 10_000
const QUEUE_LIMIT = 500
const DEFAULT_FILE_BYTES = 32 << 20
const HEAP_MB = 256
const MEMORY_BYTES = 640 << 20
const LOOK_MS = 100
/** So many files that ended or held a child are remembered; a changed one is another file. */
const POISON_LIMIT = 500

export interface ContentInspectorOptions {
  readonly deadlineMs?: number
  readonly idleMs?: number
  /** Resident memory above which the child is killed; Linux only, elsewhere its heap alone is bounded. */
  readonly memoryBytes?: number
  /** 0600 file that remembers what ended a child over restarts; undefined: only as long as this process. */
  readonly poisonFile?: string
  readonly log: { warn(object: object, message: string): void }
}

function loadPoison(path: string | undefined): string[] {
  try {
    const kept: unknown = path === undefined ? [] : JSON.parse(readFileSync(path, 'utf8'))
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string' && one.length < 100).slice(-POISON_LIMIT) : []
  } catch {
    // Absent, or cut short by a crash: each costs one more child.
    return []
  }
}

interface Waiting {
  readonly request: ContentRequest
  readonly answer: (result: ContentResult) => void
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

export function createContentInspector({ deadlineMs = DEADLINE_MS, idleMs = IDLE_MS, memoryBytes = MEMORY_BYTES, poisonFile, log }: ContentInspectorOptions): ContentInspector {
  let child: ChildProcess | undefined
  let rules: ScannerOptions = {}
  let maxBytes = DEFAULT_FILE_BYTES
  let current: Waiting | undefined
  let queue: Waiting[] = []
  let deadline: NodeJS.Timeout | undefined
  let look: NodeJS.Timeout | undefined
  let idle: NodeJS.Timeout | undefined
  let closed = false
  let nextId = 1
  /** What the file is that the child has opened last. */
  let opened: string | undefined
  const poison = loadPoison(poisonFile)

  /** The file that the child was at is not read again, under whatever name it comes. */
  const remember = (): void => {
    if (opened === undefined || poison.includes(opened)) return
    poison.push(opened)
    if (poison.length > POISON_LIMIT) poison.shift()
    opened = undefined
    if (poisonFile !== undefined) writeDurably(poisonFile, JSON.stringify(poison)).catch((error: unknown) => log.warn({ error: String(error) }, 'what ended an inspection cannot be remembered'))
  }

  const end = (): void => {
    clearTimeout(deadline)
    clearInterval(look)
    clearTimeout(idle)
    const last = child
    child = undefined
    last?.removeAllListeners()
    last?.kill('SIGKILL')
  }

  const settle = (result: ContentResult): void => {
    clearTimeout(deadline)
    clearInterval(look)
    const done = current
    current = undefined
    done?.answer(result)
    next()
  }

  const give = (result: ContentResult, reason: string): void => {
    log.warn({ reason, state: result.state }, 'content inspection of a file was ended')
    remember()
    end()
    settle(result)
  }

  const start = (): ChildProcess => {
    const started = fork(join(import.meta.dirname, 'content-child.ts'), [], {
      // Nothing of the agent's environment reaches the process that reads users' files.
      env: {}, cwd: '/', execArgv: ['--permission', '--allow-fs-read=*', `--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=8', '--disable-warning=SecurityWarning'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced',
    })
    started.on('message', (message) => {
      const answer = message as ContentAnswer
      if (current?.request.id !== answer.id) return
      if ('opened' in answer) {
        ;({ opened } = answer)
        return
      }
      const { id: _, ...result } = answer
      settle(result)
    })
    const ended = (): void => {
      if (child !== started) return
      remember()
      end()
      if (current !== undefined) settle(noContent('failed'))
    }
    started.once('exit', ended)
    started.once('error', ended)
    started.unref()
    started.channel?.unref()
    started.send({ rules } satisfies ToContentChild, () => {})
    if (poison.length > 0) started.send({ poison } satisfies ToContentChild, () => {})
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
    opened = undefined
    child ??= start()
    const { pid } = child
    deadline = setTimeout(() => give(noContent('timeout'), 'deadline'), deadlineMs)
    look = setInterval(() => {
      if (pid !== undefined && residentBytes(pid) > memoryBytes) give(noContent('refused'), 'memory')
    }, LOOK_MS).unref()
    child.send(waiting.request satisfies ToContentChild, () => {})
  }

  return {
    configure({ types, minConfidence, maxFileBytes, customTypes, dictionaries, exactData }: wire.ContentInspection.$Properties) {
      rules = {
        types: types ?? [], minConfidence: minConfidence === undefined || minConfidence === null || minConfidence === 0 ? 75 : minConfidence,
        custom: { customTypes: (customTypes ?? []).map((one) => ({ ...one })), dictionaries: (dictionaries ?? []).map((one) => ({ ...one })), exactData: (exactData ?? []).map((one) => ({ ...one })) },
      }
      maxBytes = maxFileBytes === undefined || maxFileBytes === null || maxFileBytes === 0 ? DEFAULT_FILE_BYTES : maxFileBytes
      // A file that is being read is read to its end by the rules that it began with.
      if (child !== undefined) child.send({ rules } satisfies ToContentChild, () => {})
    },
    inspectContent(path, { uid }: ContentOptions = {}) {
      if (closed || queue.length >= QUEUE_LIMIT) return Promise.resolve(noContent('skipped'))
      return new Promise((answer) => {
        queue.push({ request: { id: nextId++, path, maxBytes, ...(uid === undefined ? {} : { uid }) }, answer })
        next()
      })
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
      for (const one of left) one.answer(noContent('skipped'))
    },
  }
}
