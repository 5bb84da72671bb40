// The parent's side of inspection: a bounded queue, batches, and a child that is killed when one file holds it.
//
// Requests are answered in order, so silence belongs to the first that is unanswered. A batch that was stuck is asked again
// one by one: then the file that holds the child is alone, and only it is answered `timeout`.
import { type ChildProcess, fork } from 'node:child_process'
import { dirname, join } from 'node:path'
import type { ChildAnswer, ChildRequest } from './inspect-child.ts'
import type { InspectedFile, InspectOptions, Listing } from './contract.ts'
import type { Origin } from './origin.ts'
import { notRead, type ReadAnswer } from './read-file.ts'

const BATCH = 64
/** Two batches with the child, so that it never waits for its parent. */
const IN_FLIGHT = 2 * BATCH
const QUEUE_LIMIT = 20_000
const BAD_FOLDER_MS = 60_000
const BAD_FOLDERS = 64
/** A child that dies at once, again and again, is started at most this often. */
const RESTART_MS = 500
/** So long after the last file the child ends: it holds 12 MB of its own and starts within a tenth of a second. */
const IDLE_MS = 60_000

/** What the child is started with. */
export const CHILD_FLAGS: readonly string[] = ['--max-old-space-size=48', '--max-semi-space-size=1']

export interface InspectorOptions {
  readonly deadlineMs?: number
  /** Silence after which the child ends, in milliseconds (60,000). */
  readonly idleMs?: number
  /** Folder for compiled code: without it the child carries the compiler, 20 MB. */
  readonly compiledFolder?: string
  readonly log: { warn(object: object, message: string): void }
}

export interface Inspector {
  inspect(path: string, options: InspectOptions): Promise<InspectedFile>
  list(folder: string, skip?: number): Promise<Listing | undefined>
  originOf(path: string, uid?: number): Promise<Origin | undefined>
  readonly pending: number
  /** For tests: the process that reads now. */
  readonly pid: number | undefined
  close(): void
}

interface Waiting {
  readonly request: ChildRequest
  readonly answer: (answer: ChildAnswer | undefined) => void
  /** Was with a child that had to be killed. */
  suspect: boolean
}

const pathOf = (request: ChildRequest): string => ('list' in request ? request.list : 'originOf' in request ? request.originOf : request.path)

const facts = (path: string, answer: ReadAnswer): InspectedFile => ({
  path, sizeBytes: answer.sizeBytes, sha256: answer.sha256, fingerprint: answer.fingerprint, state: answer.state, mimeType: answer.mimeType,
  encrypted: answer.encrypted, mtimeMs: answer.mtimeMs, ownerUid: answer.ownerUid, links: answer.links, ...(answer.crc32 === undefined ? {} : { crc32: answer.crc32 }),
})

export function createInspector({ deadlineMs = 5000, idleMs = IDLE_MS, compiledFolder, log }: InspectorOptions): Inspector {
  let queue: Waiting[] = []
  let head = 0
  let inFlight: Waiting[] = []
  let answered = 0
  let child: ChildProcess | undefined
  let startedAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let idle: NodeJS.Timeout | undefined
  let scheduled = false
  let closed = false
  let nextId = 1
  const badFolders = new Map<string, number>()

  const waiting = (): number => queue.length - head

  const markBad = (path: string): void => {
    if (badFolders.size >= BAD_FOLDERS) badFolders.clear()
    badFolders.set(dirname(path), performance.now() + BAD_FOLDER_MS)
  }
  const isBad = (path: string): boolean => {
    if (badFolders.size === 0) return false
    const until = badFolders.get(dirname(path))
    if (until === undefined) return false
    if (until > performance.now()) return true
    badFolders.delete(dirname(path))
    return false
  }

  /**
   * The child is no more: what it had is asked again, one by one. Given up is what held it alone, or ended it twice.
   *
   * @param held it was killed for its silence; otherwise it ended by itself
   */
  const takeBack = (held: boolean): void => {
    clearTimeout(timer)
    timer = undefined
    const left = inFlight.slice(answered)
    inFlight = []
    answered = 0
    const first = left[0]
    if (first !== undefined && (first.suspect || (held && left.length === 1))) {
      left.shift()
      if (held) markBad(pathOf(first.request))
      first.answer('list' in first.request || 'originOf' in first.request ? undefined : { id: first.request.id, ...notRead(held ? 'timeout' : 'unread') })
    }
    for (const entry of left) entry.suspect = true
    queue = [...left, ...queue.slice(head)]
    head = 0
  }

  const onSilence = (): void => {
    timer = undefined
    if (inFlight.length === answered) return
    log.warn({ deadlineMs }, 'inspection was killed at its deadline')
    const held = child
    child = undefined
    held?.removeAllListeners()
    held?.kill('SIGKILL')
    takeBack(true)
    schedule()
  }

  /** From now on the child has its time anew. Refreshed and not made anew, and left to run out at rest: this comes with each answer. */
  const arm = (): void => {
    if (inFlight.length === answered) return rest()
    if (timer === undefined) timer = setTimeout(onSilence, deadlineMs)
    else timer.refresh()
  }

  /** Nothing is asked: the child ends in a while, and the next question starts another. */
  function rest(): void {
    if (idle !== undefined) return void idle.refresh()
    idle = setTimeout(() => {
      idle = undefined
      if (closed || waiting() > 0 || inFlight.length > answered) return
      const last = child
      child = undefined
      last?.removeAllListeners()
      last?.kill('SIGTERM')
    }, idleMs).unref()
  }

  const onAnswers = (answers: readonly ChildAnswer[]): void => {
    for (const answer of answers) {
      const entry = inFlight[answered]
      if (entry === undefined || entry.request.id !== answer.id) continue
      answered += 1
      entry.answer(answer)
    }
    if (answered === inFlight.length || answered > BATCH) {
      inFlight = inFlight.slice(answered)
      answered = 0
    }
    arm()
    pump()
  }

  const start = (): ChildProcess => {
    startedAt = performance.now()
    const started = fork(join(import.meta.dirname, 'inspect-child.ts'), [], {
      // Nothing of the agent's environment reaches the process that touches users' files.
      env: compiledFolder === undefined ? {} : { NODE_COMPILE_CACHE: compiledFolder }, cwd: '/', execArgv: [...CHILD_FLAGS], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'json',
    })
    started.on('message', (message) => onAnswers(message as readonly ChildAnswer[]))
    const ended = (): void => {
      if (child !== started) return
      child = undefined
      takeBack(false)
      schedule()
    }
    started.once('exit', ended)
    started.once('error', ended)
    // The agent may end while the child waits for work.
    started.unref()
    started.channel?.unref()
    return started
  }

  const send = (entries: readonly Waiting[]): void => {
    const wasAtRest = inFlight.length === answered
    inFlight.push(...entries)
    // A channel that just broke is noticed by its exit; the requests are in flight and come back.
    child?.send(entries.map((entry) => entry.request), () => {})
    if (wasAtRest || timer === undefined) arm()
  }

  const pump = (): void => {
    if (closed || waiting() === 0) return
    if (child === undefined) {
      const wait = startedAt + RESTART_MS - performance.now()
      if (wait > 0 && startedAt > 0) {
        setTimeout(schedule, wait).unref()
        return
      }
      child = start()
    }
    while (waiting() > 0) {
      const out = inFlight.length - answered
      const suspect = queue[head]?.suspect === true
      if (out > 0 && (suspect || inFlight[answered]?.suspect === true || out > IN_FLIGHT - BATCH)) return
      const size = suspect ? 1 : Math.min(BATCH, waiting())
      const entries = queue.slice(head, head + size).filter((entry, index) => index === 0 || !entry.suspect)
      head += entries.length
      if (head > 4096 && head * 2 > queue.length) {
        queue = queue.slice(head)
        head = 0
      }
      send(entries)
    }
  }

  // Requests of one turn of the event loop travel together.
  const schedule = (): void => {
    if (scheduled || closed) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      pump()
    })
  }

  const ask = (request: ChildRequest): Promise<ChildAnswer | undefined> =>
    new Promise((answer) => {
      queue.push({ request, answer, suspect: false })
      schedule()
    })

  child = start()
  rest()

  return {
    async inspect(path, { hashLimitBytes, uid }) {
      if (closed || waiting() >= QUEUE_LIMIT) return facts(path, notRead('unread'))
      if (isBad(path)) return facts(path, notRead('timeout'))
      const answer = await ask({ id: nextId++, path, hashLimitBytes, ...(uid === undefined ? {} : { uid }) })
      return facts(path, answer !== undefined && 'state' in answer ? answer : notRead('unread'))
    },
    async list(folder, skip = 0) {
      if (closed || waiting() >= QUEUE_LIMIT || isBad(`${folder}/x`)) return undefined
      const answer = await ask({ id: nextId++, list: folder, skip })
      return answer !== undefined && 'listing' in answer ? answer.listing : undefined
    },
    async originOf(path, uid) {
      if (closed || waiting() >= QUEUE_LIMIT || isBad(path)) return undefined
      const answer = await ask({ id: nextId++, originOf: path, ...(uid === undefined ? {} : { uid }) })
      return answer !== undefined && 'origin' in answer ? answer.origin : undefined
    },
    get pending() {
      return waiting() + inFlight.length - answered
    },
    get pid() {
      return child?.pid
    },
    close() {
      closed = true
      clearTimeout(timer)
      clearTimeout(idle)
      const last = child
      child = undefined
      last?.removeAllListeners()
      last?.kill('SIGKILL')
      for (const entry of [...inFlight.slice(answered), ...queue.slice(head)]) entry.answer(undefined)
      inFlight = []
      queue = []
      head = 0
      answered = 0
    },
  }
}
