// The labels that documents had when they were last seen, so that a lowered one is noticed. A bounded map in one file.
import { readFile } from 'node:fs/promises'
import { writeDurably } from '../platform/durable-file.ts'
import type { Label } from './labels.ts'

const MAX_PATHS = 20_000
const WRITE_MS = 5000

export interface LabelMemory {
  get(path: string): Label | undefined
  /** `undefined` forgets. */
  set(path: string, label: Label | undefined): void
  close(): Promise<void>
}

const isLabel = (value: unknown): value is Label => typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'name' in value && typeof value.name === 'string'

/** A file that is damaged is as good as none: the next sight of each document begins anew. */
export async function openLabelMemory(file: string, log: { warn(object: object, message: string): void }): Promise<LabelMemory> {
  const labels = new Map<string, Label>()
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text !== undefined) {
    try {
      const kept: unknown = JSON.parse(text)
      for (const entry of Array.isArray(kept) ? kept : []) if (Array.isArray(entry) && typeof entry[0] === 'string' && isLabel(entry[1])) labels.set(entry[0], entry[1])
    } catch (error) {
      log.warn({ error: String(error) }, 'what labels were known cannot be read')
    }
  }
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()
  const write = (): void => {
    timer = undefined
    writing = writing.then(() => writeDurably(file, JSON.stringify([...labels]))).catch((error: unknown) => log.warn({ error: String(error) }, 'labels cannot be kept'))
  }
  return {
    get: (path) => labels.get(path),
    set(path, label) {
      if (labels.get(path)?.id === label?.id && (label !== undefined || !labels.has(path))) return
      labels.delete(path)
      if (label !== undefined) labels.set(path, label)
      if (labels.size > MAX_PATHS) labels.delete(labels.keys().next().value ?? '')
      timer ??= setTimeout(write, WRITE_MS).unref()
    },
    async close() {
      if (timer !== undefined) {
        clearTimeout(timer)
        write()
      }
      await writing
    },
  }
}
