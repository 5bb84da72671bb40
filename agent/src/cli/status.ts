import { join } from 'node:path'
import type { DrillReport } from '../drill/contract.ts'
import { readPrivateJson } from '../drill/private-file.ts'
import { parseReport } from '../drill/report.ts'
import { CodedError } from '../errors.ts'
import { type Dismissal, loadIdentity, readDismissal } from '../identity/identity-file.ts'
import { enrolmentWait, type EnrolmentWait } from '../identity/enrol-patiently.ts'
import { type AgentStatus, readStatus } from '../health/status-file.ts'
import { drillFolder } from './folders.ts'
import { formatAge, formatBytes, print, printJson, printTable, say } from './output.ts'

function uplinkLine({ uplink, collectorUrl }: AgentStatus, now: number): string {
  if (uplink.connected) return `connected to ${uplink.server}`
  const since = uplink.lastConnectedAt === undefined ? 'never connected yet' : `last connected ${formatAge(Date.parse(uplink.lastConnectedAt), now)}`
  return `not connected to ${collectorUrl}: ${uplink.problem || 'connecting'} (${since}; activities wait in the spool)`
}

function policyLine({ policy }: AgentStatus, now: number): string {
  const { runningVersion, runningHash, expiresAt, refusedReason, refusedVersion } = policy
  const running = runningVersion === 0 ? 'none yet: nothing is collected but the agent’s own state' : `version ${runningVersion} (${runningHash.slice(0, 12)}), ${expiresAt === undefined ? '' : `${Date.parse(expiresAt) < now ? 'EXPIRED' : 'good'} until ${expiresAt.slice(0, 10)}`}`
  return refusedReason === undefined ? running : `${running}; refused version ${refusedVersion ?? 0}: ${refusedReason}`
}

function evidenceLine(evidence: AgentStatus['evidence']): string {
  if (evidence === undefined) return ''
  const { on, waiting, bytes, maxBytes, captured, sent, skipped, problem } = evidence
  return `${on ? `copies of files are kept: ${captured} captured, ${sent} sent` : 'switched off'}, ${waiting} waiting (${formatBytes(bytes)}${maxBytes > 0 ? ` of ${formatBytes(maxBytes)}` : ''}), ${skipped} skipped${problem === '' ? '' : `; ${problem}`}`
}

type Seen = AgentStatus['sensors'][number]

function selfTest({ lastSelfTestAtMs, selfTestPassed }: Seen, now: number): string {
  return lastSelfTestAtMs === undefined ? 'not run' : `${selfTestPassed === true ? 'passed' : 'FAILED'} ${formatAge(lastSelfTestAtMs, now)}`
}

/** A table of what each sensor sees, and below it, for each that does not see all it should, why and what to do. */
function printSensors(sensors: readonly Seen[], now: number): void {
  printTable(['SENSOR', 'SEES', 'EMITTED', 'WATCHES', 'SELF-TEST', 'RESTARTS'], sensors.map((sensor) => [sensor.name, sensor.tier, String(sensor.emitted), String(sensor.watches), selfTest(sensor, now), String(sensor.restarts)]))
  for (const { name, tier, reason, fix } of sensors.filter((sensor) => sensor.tier !== 'full')) {
    print(`\n${name} is ${tier}: ${reason}`)
    if (fix !== '') print(`  -> ${fix}`)
  }
}

export const drillLine = (report: DrillReport | undefined, now: number): string => {
  if (report === undefined) return 'never; holdfast-agent drill shows how soon this device is seen'
  const missed = report.signals.filter(({ outcome }) => !['alerted', 'scored', 'not_expected'].includes(outcome)).map(({ kind }) => kind)
  return `${report.outcome} ${formatAge(report.endedAtMs, now)}${missed.length === 0 ? '' : `; not seen: ${missed.join(', ')}`}`
}

export const lastDrill = async (folder: string): Promise<DrillReport | undefined> => parseReport(await readPrivateJson(join(drillFolder(folder), 'report.json')))

function printStatus(status: AgentStatus, drill: DrillReport | undefined, now: number): void {
  const { spool } = status
  print(`device     ${status.deviceId} (group ${status.group}, organisation ${status.organisation})`)
  print(`agent      version ${status.agentVersion}, process ${status.pid}, started ${formatAge(Date.parse(status.startedAt), now)}${status.elevated ? '' : ', without root'}`)
  print(`collector  ${uplinkLine(status, now)}`)
  print(`spool      ${spool.lastSeq - spool.ackedSeq} waiting, ${spool.lastSeq} in all, ${formatBytes(spool.bytes)} of ${formatBytes(spool.maxBytes)}${spool.dropped > 0 ? `, ${spool.dropped} DROPPED` : ''}${spool.problem === '' ? '' : `; CANNOT WRITE: ${spool.problem}`}`)
  print(`policy     ${policyLine(status, now)}`)
  if (status.evidence?.on === true || (status.evidence?.waiting ?? 0) > 0) print(`evidence   ${evidenceLine(status.evidence)}`)
  print(`usage      ${formatBytes(status.usage.rssBytes)}, ${(status.usage.cpuMillis / 10).toFixed(1)} % of a core`)
  print(`drill      ${drillLine(drill, now)}`)
  const { watchdog } = status
  if (watchdog?.safeMode !== undefined) print(`SAFE MODE  nothing is watched. ${watchdog.safeMode}`)
  else if (watchdog !== undefined && watchdog.restarts > 0) print(`watchdog   had to start it again, ${watchdog.restarts} in all${watchdog.lastEnd === '' ? '' : `; the last time: ${watchdog.lastEnd}`}`)
  for (const warning of status.warnings) print(`warning    ${warning}`)
  print('')
  printSensors(status.sensors, now)
}

const dismissals: Readonly<Record<Dismissal['why'], string>> = {
  revoked: 'an administrator revoked it', retired: 'an administrator retired the device', merged: 'its history went on under another device',
  cloned: 'the same key was used on two computers; images are made with holdfast-agent seal',
}
const dismissedLine = ({ why, atMs }: Dismissal, nowMs: number): string => `CUT OFF    the collector took its credential away ${formatAge(atMs, nowMs)}: ${dismissals[why]}. Enrol it again with a new code: holdfast-agent enrol --force`

const waitLine = ({ why, collectorUrl, key, since, until, nextTryAt, problem }: EnrolmentWait, now: number): string =>
  `enrolment  ${why === 'approval' ? `waits for approval at ${collectorUrl} since ${formatAge(Date.parse(since), now)} (key …${key ?? '?'}${until === undefined ? '' : `, until ${until.slice(0, 16)} UTC`})` : problem}; ${Date.parse(nextTryAt) > now ? `asks again at ${nextTryAt.slice(0, 19)} UTC` : 'nobody asks at the moment: run holdfast-agent enrol again'}`

/**
 * `holdfast-agent status`.
 *
 * @throws NOT_ENROLLED, AGENT_NOT_RUNNING (after what is known was printed)
 */
export async function showStatus(folder: string, options: { readonly json: boolean }): Promise<void> {
  const now = Date.now()
  const found = await readStatus(folder, now)
  if (found.kind === 'denied') throw new CodedError('IDENTITY_UNREADABLE', { problem: `this account may not read ${folder}; use the agent's own (usually root)` })
  if (found.kind === 'never') {
    const wait = await enrolmentWait(folder)
    if (wait !== undefined) {
      if (options.json) printJson({ running: false, enrolment: wait })
      else print(waitLine(wait, now))
    }
    // Says NOT_ENROLLED, or why the folder is of no use, before it says that nothing runs.
    const { deviceId } = await loadIdentity(folder)
    if (options.json) printJson({ running: false, deviceId })
    throw new CodedError('AGENT_NOT_RUNNING', { problem: 'it was never started; run holdfast-agent run' })
  }
  const drill = await lastDrill(folder)
  const dismissal = await readDismissal(folder)
  if (dismissal !== undefined && !options.json) say(dismissedLine(dismissal, now))
  if (options.json) printJson({ running: found.kind === 'running', ...found.status, ...(drill === undefined ? {} : { lastDrill: drill }), ...(dismissal === undefined ? {} : { dismissed: { why: dismissal.why, at: new Date(dismissal.atMs).toISOString() } }) })
  else if (found.kind === 'running') printStatus(found.status, drill, now)
  if (found.kind === 'running') return
  const last = formatAge(Date.parse(found.status.updatedAt), now)
  if (!options.json && found.kind === 'hung') say(`process ${found.status.pid} is there`)
  throw new CodedError('AGENT_NOT_RUNNING', { problem: found.kind === 'hung' ? `process ${found.status.pid} gave its last sign of life ${last}` : `it stopped; its last sign of life was ${last}` })
}
