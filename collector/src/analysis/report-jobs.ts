// User activity reports, made in the background one after the other.
//
// A report that is asked for is a row; whatever process serves takes the rows up, oldest first. One that a stop or a crash
// cut short is begun again by the next start: nothing is written before it is whole, so nothing of it is ever half there.
import type { CompiledDetection } from '../domain/exclusions/compile-detection.ts'
import type { Activity } from '../domain/risk/activity.ts'
import { matchingIndicators } from '../domain/risk/count.ts'
import { CodedError } from '../errors.ts'
import type { StoredReport } from '../store/reports.ts'
import type { Store } from '../store/store.ts'
import { readPicture, type UserPicture } from './user-picture.ts'
import { createWaker, everyTurn, TURN_POLL_MS, type TurnOf } from '../waker.ts'

const DAY_MS = 86_400_000
const READ_AT_ONCE = 500
const SAVE_EVERY_MS = 500
/** A report that fails so often is at fault itself. */
const MOST_TRIES = 3
const MOST_ROWS = 20

export interface TallyRow {
  readonly name: string
  readonly events: number
  readonly bytes: number
}

/** What came out, as the store keeps it. */
export interface ReportResult {
  readonly picture: UserPicture
  readonly activities: number
  /** Activities that any indicator counts. */
  readonly scored: number
  readonly categories: readonly { readonly category: string; readonly events: number; readonly excludedEvents: number; readonly days: number }[]
  readonly kinds: readonly TallyRow[]
  readonly devices: readonly TallyRow[]
  readonly programs: readonly TallyRow[]
  readonly destinations: readonly TallyRow[]
  /** Activities in each hour of the day, UTC, from 0. */
  readonly hours: readonly number[]
}

class Tally {
  readonly #rows = new Map<string, { events: number; bytes: number }>()
  add(name: string | undefined, bytes: number): void {
    if (name === undefined || name === '') return
    const row = this.#rows.get(name) ?? { events: 0, bytes: 0 }
    row.events += 1
    row.bytes += bytes
    this.#rows.set(name, row)
  }
  top(): readonly TallyRow[] {
    return [...this.#rows].map(([name, row]) => ({ name, ...row })).toSorted((a, b) => b.events - a.events || (a.name < b.name ? -1 : 1)).slice(0, MOST_ROWS)
  }
}

function categoriesOf({ points }: UserPicture): ReportResult['categories'] {
  return [...Map.groupBy(points, (point) => point.category)].map(([category, own]) => ({
    category, events: own.reduce((sum, point) => sum + point.events, 0), excludedEvents: own.reduce((sum, point) => sum + point.excludedEvents, 0), days: new Set(own.map((point) => point.day)).size,
  })).toSorted((a, b) => b.events - a.events)
}

/** Sums over activities, one by one. */
function createTallies() {
  const kinds = new Tally()
  const devices = new Tally()
  const programs = new Tally()
  const destinations = new Tally()
  const hours = Array.from({ length: 24 }, () => 0)
  let scored = 0
  return {
    add(activity: Activity, detection: CompiledDetection): void {
      const bytes = activity.file?.sizeBytes ?? 0
      kinds.add(activity.kind, bytes)
      devices.add(activity.deviceId, bytes)
      programs.add(activity.process?.executable?.split(/[/\\]/).at(-1), bytes)
      if (activity.kind === 'file_copied') destinations.add(activity.file?.location, bytes)
      const hour = new Date(activity.occurredAtMs).getUTCHours()
      hours[hour] = (hours[hour] ?? 0) + 1
      if (matchingIndicators(activity, detection).length > 0) scored += 1
    },
    result: () => ({ scored, kinds: kinds.top(), devices: devices.top(), programs: programs.top(), destinations: destinations.top(), hours }),
  }
}

export interface ReportJobs {
  /** There may be a new report. */
  wake(): void
  run(signal: AbortSignal): Promise<void>
  /** Makes everything that waits; for the command line and tests. */
  drain(signal?: AbortSignal): Promise<number>
}

export interface ReportJobDeps {
  readonly store: Store
  readonly detection: () => CompiledDetection
  readonly now: () => number
  /** After each step that somebody may watch. */
  readonly onState?: (report: StoredReport) => void
  /** Whether it is this process's to do; always where there is one. */
  readonly turnOf?: TurnOf
  readonly log?: { error(detail: object, message: string): void }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export function createReportJobs({ store, detection, now, onState = () => {}, turnOf = everyTurn, log }: ReportJobDeps): ReportJobs {
  const waker = createWaker()

  /** Saves, unless somebody has deleted the report meanwhile. @returns whether it is still there */
  const save = async (report: StoredReport, result?: string): Promise<boolean> => {
    const there = await store.write(async (tx) => {
      if ((await tx.report(report.id)) === undefined) return false
      await tx.saveActivityReport(report, result)
      return true
    })
    if (there) onState(report)
    return there
  }

  const make = async (queued: StoredReport, signal: AbortSignal | undefined): Promise<void> => {
    const { code: _code, ...rest } = queued
    let report: StoredReport = { ...rest, state: 'running', progress: 0, startedAtMs: now(), tries: queued.tries + 1 }
    if (!(await save(report))) return
    const { userId, fromDay, toDay } = report
    const fromMs = fromDay * DAY_MS
    const toMs = (toDay + 1) * DAY_MS
    const compiled = detection()
    const picture = await readPicture(store, compiled, { userId, from: fromDay, to: toDay, triggers: true })
    const tallies = createTallies()
    let activities = 0
    let cursor: string | undefined
    let savedAtMs = performance.now()
    for (;;) {
      signal?.throwIfAborted()
      const found = await store.explore({ userId, fromMs, toMs, ascending: true, limit: READ_AT_ONCE, ...(cursor === undefined ? {} : { cursor }) })
      for (const { activity } of found) tallies.add(activity, compiled)
      activities += found.length
      const last = found.at(-1)
      if (last === undefined || found.length < READ_AT_ONCE) break
      cursor = last.cursor
      if (performance.now() - savedAtMs > SAVE_EVERY_MS) {
        savedAtMs = performance.now()
        report = { ...report, activities, progress: Math.min(99, Math.floor((100 * (last.activity.occurredAtMs - fromMs)) / (toMs - fromMs))) }
        if (!(await save(report))) return
      }
      await nextTurn()
    }
    const result: ReportResult = { picture, activities, categories: categoriesOf(picture), ...tallies.result() }
    await save({ ...report, state: 'done', progress: 100, endedAtMs: now(), activities }, JSON.stringify(result))
  }

  const drain = async (signal?: AbortSignal): Promise<number> => {
    let made = 0
    for (;;) {
      const [next] = await store.unfinishedReports()
      if (next === undefined) return made
      try {
        await make(next, signal)
        made += 1
      } catch (error) {
        if (signal?.aborted === true) return made
        log?.error({ err: error, report: next.id }, 'a report could not be made')
        const over = next.tries + 1 >= MOST_TRIES
        await save({ ...next, state: over ? 'failed' : 'queued', tries: next.tries + 1, code: error instanceof CodedError ? error.code : 'INTERNAL', ...(over ? { endedAtMs: now() } : {}) })
        await nextTurn()
      }
    }
  }

  return {
    wake: () => waker.wake(),
    async run(signal) {
      while (!signal.aborted) {
        waker.begin()
        if ((await turnOf('reports')) !== undefined) await drain(signal)
        await waker.rest(signal, turnOf === everyTurn ? undefined : TURN_POLL_MS)
      }
    },
    drain,
  }
}
