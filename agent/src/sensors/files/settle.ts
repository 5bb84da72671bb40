// Waits until a file is quiet: a file that is written in several steps is one activity, not many.
//
// New local files are told almost at once (an editor's temporary file is renamed within that time); changes and copies
// after 100 ms without another close, or after two seconds of steady writing. Pure: the clock comes in.
import type { Notification } from './notification.ts'

export type Written = Extract<Notification, { readonly kind: 'written' }>

export const QUICK_MS = 6
export const QUIET_MS = 100
export const LONGEST_MS = 2000

interface Entry {
  readonly written: Written
  readonly firstMs: number
  readonly dueMs: number
}

export interface Settler {
  add(written: Written, nowMs: number): void
  /** Takes out a path that is not quiet yet. */
  take(path: string): Written | undefined
  /** A folder got another name: what waits below it is there now. */
  moveFolder(from: string, to: string): void
  /** Paths that are quiet, at most `limit`. */
  due(nowMs: number, limit: number): readonly Written[]
  /** Milliseconds until the next path is due; undefined when nothing waits. */
  nextMs(nowMs: number): number | undefined
  readonly size: number
}

export function createSettler(): Settler {
  // Two queues with a constant wait each, so that both are in the order of their due times.
  const quick = new Map<string, Entry>()
  const quiet = new Map<string, Entry>()
  const headOf = (queue: Map<string, Entry>): Entry | undefined => queue.values().next().value

  const drain = (queue: Map<string, Entry>, nowMs: number, limit: number, into: Written[]): void => {
    for (const [path, entry] of queue) {
      if (entry.dueMs > nowMs || into.length >= limit) return
      queue.delete(path)
      into.push(entry.written)
    }
  }

  return {
    add(written, nowMs) {
      const before = quick.get(written.path) ?? quiet.get(written.path)
      quick.delete(written.path)
      quiet.delete(written.path)
      const isQuick = written.created && written.place === 'local' && before === undefined
      const firstMs = before?.firstMs ?? nowMs
      const doer = written.doer?.process === undefined && before?.written.doer !== undefined ? before.written.doer : written.doer
      const merged: Written = { ...written, created: written.created || before?.written.created === true, ...(doer === undefined ? {} : { doer }) }
      const dueMs = isQuick ? nowMs + QUICK_MS : Math.min(nowMs + QUIET_MS, firstMs + LONGEST_MS)
      ;(isQuick ? quick : quiet).set(written.path, { written: merged, firstMs, dueMs })
    },
    take(path) {
      const entry = quick.get(path) ?? quiet.get(path)
      quick.delete(path)
      quiet.delete(path)
      return entry?.written
    },
    moveFolder(from, to) {
      for (const queue of [quick, quiet]) {
        const below = [...queue].filter(([path]) => path.startsWith(`${from}/`))
        for (const [path, entry] of below) {
          const moved = to + path.slice(from.length)
          queue.delete(path)
          queue.set(moved, { ...entry, written: { ...entry.written, path: moved } })
        }
      }
    },
    due(nowMs, limit) {
      const found: Written[] = []
      drain(quick, nowMs, limit, found)
      drain(quiet, nowMs, limit, found)
      return found
    },
    nextMs(nowMs) {
      const next = Math.min(headOf(quick)?.dueMs ?? Number.POSITIVE_INFINITY, headOf(quiet)?.dueMs ?? Number.POSITIVE_INFINITY)
      return Number.isFinite(next) ? Math.max(0, next - nowMs) : undefined
    },
    get size() {
      return quick.size + quiet.size
    },
  }
}
