// A drill from its plan to its report.
import { randomBytes } from 'node:crypto'
import { watch as watchFolder } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { wire } from '@holdfast/proto'
import { CodedError } from '../errors.ts'
import { makePrivateFolder, writeDurably } from '../platform/durable-file.ts'
import type { Platform } from '../platform/platform.ts'
import { CANARIES, type Drill, type DrillKind, planDrill } from './acts.ts'
import { type DrillPlan, type DrillProgress, type DrillReport, MAX_DRILL_MS } from './contract.ts'
import { forgetLeftovers, noteLeftovers, removeLeftovers, sweepLeftovers } from './leftovers.ts'
import { readPrivateJson } from './private-file.ts'
import { type Attempt, hasArrived, makeReport, type SensorWord } from './report.ts'

/** The agent answers a plan within a moment, unless it does not run, or is older than drills. */
const TAKEN_MS = 5000
/** How long the canaries may take to be seen; a sensor that is not asked for new files says nothing of them. */
const SEEN_MS = 3000
/** After all signals have arrived: an alert comes a moment after the score of its parts. */
const ALERT_MS = 1500
/** Notifications of a folder may be lost. */
const LOOK_MS = 500

export interface DrillOptions {
  /** `drill/` of the agent's folder. */
  readonly folder: string
  readonly platform: Platform
  readonly policy: wire.AgentPolicy.$Properties
  readonly signals: readonly DrillKind[]
  readonly sensors: ReadonlyMap<string, SensorWord>
  readonly timeoutMs: number
  /** Ends the drill at once, with everything taken back. */
  readonly signal: AbortSignal
  readonly now: () => number
  /** A step begins. */
  readonly onStep: (words: string) => void
}

const readProgress = async (folder: string, id: string): Promise<DrillProgress | undefined> => {
  const found = (await readPrivateJson(join(folder, 'progress.json'))) as DrillProgress | undefined
  return found?.format === 1 && found.id === id ? found : undefined
}

/** Resolves when `isSo` holds of the progress, with it; undefined after the time or the signal. */
async function untilProgress(folder: string, id: string, ms: number, signal: AbortSignal, isSo: (progress: DrillProgress) => boolean): Promise<DrillProgress | undefined> {
  const end = new AbortController()
  const until = AbortSignal.any([signal, end.signal])
  let wake: () => void = () => {}
  const watcher = watchFolder(folder, { signal: until }, () => wake())
  watcher.on('error', () => {})
  const deadline = performance.now() + ms
  try {
    while (!until.aborted && performance.now() < deadline) {
      const progress = await readProgress(folder, id)
      if (progress !== undefined && isSo(progress)) return progress
      await Promise.race([new Promise<void>((resolve) => (wake = resolve)), sleep(Math.min(LOOK_MS, Math.max(1, deadline - performance.now())), undefined, { signal: until }).catch(() => undefined)])
    }
    return undefined
  } finally {
    end.abort()
  }
}

async function announce(folder: string, plan: DrillPlan, signal: AbortSignal): Promise<void> {
  await writeDurably(join(folder, 'plan.json'), JSON.stringify(plan))
  const taken = await untilProgress(folder, plan.id, TAKEN_MS, signal, () => true)
  if (taken === undefined) throw new CodedError('DRILL_NOT_TAKEN', { problem: 'it gave no answer within 5 s; it may be older than fire drills' })
  if (taken.refused !== '') throw new CodedError('DRILL_NOT_TAKEN', { problem: taken.refused })
}

/** @returns the attempts, each with its time or why it was not made */
async function act(drill: Drill, { signal, now, onStep }: DrillOptions, sensorFor: (kind: DrillKind) => string): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = []
  for (const { kind, act: words, ready, perform } of drill.steps) {
    const head = { kind, sensor: sensorFor(kind), act: words }
    if (signal.aborted) {
      attempts.push(head)
      continue
    }
    onStep(words)
    try {
      await ready?.()
      const actedAtMs = now()
      await perform()
      attempts.push({ ...head, actedAtMs })
    } catch (error) {
      attempts.push({ ...head, problem: { outcome: 'not_done', reason: `This system refuses it (${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}).`, fix: 'In a container that may not mount, or where a program is missing: run the drill on the host, or leave the signal out with --signal.' } })
    }
  }
  return attempts
}

/**
 * Announces, acts, waits, takes everything back, and leaves the report for the agent. Whatever happens in between, what was
 * put on the system is taken away again; what a kill prevents, the next drill or start of the agent does.
 *
 * @throws DRILL_NOT_TAKEN, DRILL_RUNNING; nothing was done then
 */
export async function runDrill(options: DrillOptions, sensorFor: (kind: DrillKind) => string): Promise<DrillReport> {
  const { folder, platform, signal, now, timeoutMs, sensors } = options
  await makePrivateFolder(folder)
  const before = (await readPrivateJson(join(folder, 'leftovers.json'))) as { readonly pid?: number } | undefined
  await sweepLeftovers(folder, platform)
  if ((await readPrivateJson(join(folder, 'leftovers.json'))) !== undefined) throw new CodedError('DRILL_RUNNING', { pid: before?.pid ?? 0 })
  const id = randomBytes(16).toString('hex')
  const untilSeen = async (): Promise<void> => void (await untilProgress(folder, id, SEEN_MS, signal, ({ kinds }) => (kinds.file_created?.seen ?? 0) >= CANARIES))
  const untilMounted = async (): Promise<void> => void (await untilProgress(folder, id, SEEN_MS, signal, ({ kinds }) => kinds.removable_media_mounted !== undefined))
  const drill = await planDrill({ id, folder, policy: options.policy, platform, signals: options.signals, sensors, untilSeen, untilMounted })
  const startedAtMs = now()
  const plan: DrillPlan = { format: 1, id, pid: process.pid, startedAtMs, endsAtMs: startedAtMs + Math.min(MAX_DRILL_MS, timeoutMs + 300_000), acts: drill.acts }
  let attempts: readonly Attempt[] = []
  let progress: DrillProgress | undefined
  if (drill.steps.length > 0) {
    await announce(folder, plan, signal)
    await noteLeftovers(folder, drill.leftovers)
    try {
      attempts = await act(drill, options, sensorFor)
      const report = (latest: DrillProgress): DrillReport => makeReport(id, { startedAtMs, endedAtMs: now() }, attempts, latest, sensors, false)
      const tried = attempts.filter(({ actedAtMs }) => actedAtMs !== undefined).length
      const arrived = (isSo: (outcome: { readonly outcome: string }) => boolean) => (latest: DrillProgress): boolean => report(latest).signals.filter(isSo).length >= tried
      if (tried > 0 && (await untilProgress(folder, id, timeoutMs, signal, arrived((row) => hasArrived(row as never)))) !== undefined) await untilProgress(folder, id, ALERT_MS, signal, arrived(({ outcome }) => outcome === 'alerted'))
      progress = await readProgress(folder, id)
    } finally {
      await removeLeftovers(drill.leftovers, platform)
      await forgetLeftovers(folder)
    }
  }
  const report = makeReport(id, { startedAtMs, endedAtMs: now() }, [...attempts, ...drill.left], progress, sensors, signal.aborted)
  await writeDurably(join(folder, 'report.json'), JSON.stringify(report))
  return report
}

/** Takes a plan away that nobody acts on. */
export const dropPlan = (folder: string): Promise<void> => rm(join(folder, 'plan.json'), { force: true })
