// `holdfast-agent drill`.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CodedError } from '../errors.ts'
import { DRILL_KINDS, type DrillKind, sensorOf } from '../drill/acts.ts'
import type { DrillReport, SignalResult } from '../drill/contract.ts'
import { runDrill } from '../drill/run-drill.ts'
import { readStatus } from '../health/status-file.ts'
import { loadIdentity } from '../identity/identity-file.ts'
import { currentPlatform } from '../platform/current.ts'
import { readKeptPolicy } from '../policy/policy-keeper.ts'
import { STARTING } from '../runner/supervisor.ts'
import { drillFolder } from './folders.ts'
import { print, printJson, printTable, say } from './output.ts'

const STARTING_MS = 20_000

export interface DrillCommand {
  readonly signals: readonly string[]
  readonly timeoutSecs: number
  readonly json: boolean
}

const seconds = (ms: number | undefined): string => (ms === undefined ? '-' : ms < 10_000 ? `${(ms / 1000).toFixed(2)} s` : `${Math.round(ms / 1000)} s`)

const words: Readonly<Record<SignalResult['outcome'], string>> = { alerted: 'ALERT', scored: 'scored', stored: 'stored only', kept: 'not sent', missed: 'MISSED', not_done: 'not done', not_expected: 'not expected' }

function printReport(report: DrillReport): void {
  print(`Fire drill ${report.id.slice(0, 8)}: ${report.outcome}`)
  print('')
  printTable(['SIGNAL', 'OUTCOME', 'ON DISK', 'STORED', 'SCORED', 'ALERT', 'COUNTED BY'], report.signals.map((row) => [
    row.kind, words[row.outcome], seconds(row.durableMs), seconds(row.storedMs), seconds(row.scoredMs), seconds(row.alertedMs), row.policy === undefined ? row.indicators.join(' ') : `${row.indicators.join(' ')} (${row.policy}, score ${row.score ?? 0})`,
  ]))
  const open = report.signals.filter(({ reason }) => reason !== '')
  if (open.length > 0) print('')
  for (const { kind, reason, fix } of open) print(`${kind}: ${reason}${fix === '' ? '' : `\n  -> ${fix}`}`)
  print('\nTimes are from the act to the news of it on this device. Everything was taken back; none of it counts for anybody.')
}

/** A sensor that starts takes in what is there in silence: what is done meanwhile is no news to it. */
async function settledStatus(folder: string): Promise<Awaited<ReturnType<typeof readStatus>>> {
  const deadline = performance.now() + STARTING_MS
  for (;;) {
    const status = await readStatus(folder, Date.now())
    if (status.kind !== 'running' || performance.now() > deadline || !status.status.sensors.some(({ reason }) => reason === STARTING.reason)) return status
    await sleep(250)
  }
}

function chosen(signals: readonly string[]): readonly DrillKind[] {
  const unknown = signals.find((signal) => !DRILL_KINDS.includes(signal as DrillKind))
  if (unknown !== undefined) throw new CodedError('COMMAND_USE', { problem: `There is no drill for ${unknown}; there is one for ${DRILL_KINDS.join(', ')}` })
  return signals.length === 0 ? DRILL_KINDS : DRILL_KINDS.filter((kind) => signals.includes(kind))
}

/**
 * Acts, measures, prints.
 *
 * @returns whether every signal that this device can be expected to see was scored in time
 * @throws DRILL_NEEDS_ROOT, NOT_ENROLLED, AGENT_NOT_RUNNING, DRILL_NOT_TAKEN, DRILL_RUNNING, COMMAND_USE
 */
export async function drillDevice(folder: string, { signals, timeoutSecs, json }: DrillCommand): Promise<boolean> {
  const kinds = chosen(signals)
  if (!Number.isFinite(timeoutSecs) || timeoutSecs < 1 || timeoutSecs > 600) throw new CodedError('COMMAND_USE', { problem: '--timeout is a number of seconds from 1 to 600' })
  const platform = await currentPlatform()
  if (platform.os !== 'linux' || !platform.elevated) throw new CodedError('DRILL_NEEDS_ROOT')
  const identity = await loadIdentity(folder)
  const status = await settledStatus(folder)
  if (status.kind !== 'running') throw new CodedError('AGENT_NOT_RUNNING', { problem: 'a drill measures the agent that runs; start it with holdfast-agent run' })
  const kept = await readKeptPolicy(folder, identity)
  if (kept === undefined) throw new CodedError('DRILL_NOT_TAKEN', { problem: 'no policy has arrived yet, so it watches nothing' })
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort())
  const report = await runDrill({
    folder: drillFolder(folder), platform, policy: kept.policy, signals: kinds, sensors: new Map(status.status.sensors.map((sensor) => [sensor.name, sensor])), timeoutMs: timeoutSecs * 1000, signal: stop.signal, now: Date.now,
    onStep: (step) => (json ? undefined : say(step)),
  }, (kind) => sensorOf[kind])
  if (json) printJson(report)
  else printReport(report)
  return report.outcome === 'passed'
}

/** Where the agent and the command meet. */
export const reportPath = (folder: string): string => join(drillFolder(folder), 'report.json')
