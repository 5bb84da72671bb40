// The parent's side of content inspection. A file that had to be ended, or that ended the child, is not read again.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { wire } from '@holdfast/proto'
import { writeDurably } from '../platform/durable-file.ts'
import { createKillableChild } from '../platform/killable-child.ts'
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

export function createContentInspector({ deadlineMs = DEADLINE_MS, idleMs = IDLE_MS, memoryBytes = MEMORY_BYTES, poisonFile, log }: ContentInspectorOptions): ContentInspector {
  let rules: ScannerOptions = {}
  let maxBytes = DEFAULT_FILE_BYTES
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

  const child = createKillableChild<Omit<ContentRequest, 'id'>, ContentResult>({
    program: join(import.meta.dirname, 'content-child.ts'), heapMb: HEAP_MB, semiSpaceMb: 8, deadlineMs, idleMs, memoryBytes, lookMs: LOOK_MS, queueLimit: QUEUE_LIMIT,
    greeting: () => [{ rules } satisfies ToContentChild, ...(poison.length > 0 ? [{ poison } satisfies ToContentChild] : [])],
    onRequest: () => {
      opened = undefined
    },
    answerOf(message) {
      const answer = message as ContentAnswer
      if ('opened' in answer) {
        ;({ opened } = answer)
        return undefined
      }
      const { id: _, ...result } = answer
      return result
    },
    onBroken(reason) {
      if (reason !== 'failed') log.warn({ reason }, 'content inspection of a file was ended')
      remember()
    },
  })

  return {
    configure({ types, minConfidence, maxFileBytes, customTypes, dictionaries, exactData }: wire.ContentInspection.$Properties) {
      rules = {
        types: types ?? [], minConfidence: minConfidence === undefined || minConfidence === null || minConfidence === 0 ? 75 : minConfidence,
        custom: { customTypes: (customTypes ?? []).map((one) => ({ ...one })), dictionaries: (dictionaries ?? []).map((one) => ({ ...one })), exactData: (exactData ?? []).map((one) => ({ ...one })) },
      }
      maxBytes = maxFileBytes === undefined || maxFileBytes === null || maxFileBytes === 0 ? DEFAULT_FILE_BYTES : maxFileBytes
      // A file that is being read is read to its end by the rules that it began with.
      child.tell({ rules } satisfies ToContentChild)
    },
    async inspectContent(path, { uid }: ContentOptions = {}) {
      const found = await child.ask({ path, maxBytes, ...(uid === undefined ? {} : { uid }) })
      return typeof found === 'string' ? noContent(found) : found
    },
    get pending() {
      return child.pending
    },
    get pid() {
      return child.pid
    },
    close: () => child.close(),
  }
}
