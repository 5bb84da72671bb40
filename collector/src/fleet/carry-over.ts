// What one heartbeat alone does not tell: that the program changed without an upgrade, that the clock moved, that
// nothing gets through. It is kept in the report itself, so that it lasts over restarts of the collector.
import type { DeviceReport } from '../domain/people/device.ts'

/** Below this a time service is at work, or a heartbeat was on its way for long. */
const CLOCK_STEP_MS = 5 * 60_000
/** Somebody has seen it by then, or nobody will. */
const KEEP_MS = 30 * 86_400_000

function programOf(before: DeviceReport | undefined, { programHash = '', agentVersion, receivedAtMs }: DeviceReport): DeviceReport['program'] {
  const known = before?.program
  if (programHash === '') return known
  // An upgrade explains any change, and there is nothing to compare the first one with.
  if (known === undefined || known.agentVersion !== agentVersion) return { hash: programHash, agentVersion }
  if (known.hash !== programHash) return { hash: programHash, agentVersion, changedAtMs: receivedAtMs }
  const isOld = known.changedAtMs !== undefined && receivedAtMs - known.changedAtMs > KEEP_MS
  return isOld ? { hash: known.hash, agentVersion } : known
}

function clockOf(before: DeviceReport | undefined, report: DeviceReport): DeviceReport['clockMoved'] {
  const known = before?.clockMoved !== undefined && report.receivedAtMs - before.clockMoved.atMs <= KEEP_MS ? before.clockMoved : undefined
  if (before === undefined) return known
  const byMs = report.sentAtMs - report.receivedAtMs - (before.sentAtMs - before.receivedAtMs)
  return Math.abs(byMs) > CLOCK_STEP_MS ? { atMs: report.receivedAtMs, byMs } : known
}

/** Nothing of what it holds has been acknowledged since then. */
function waitingOf(before: DeviceReport | undefined, { spool, receivedAtMs }: DeviceReport): number | undefined {
  if (spool.lastSeq <= spool.ackedSeq) return undefined
  const stands = before !== undefined && before.spool.epoch === spool.epoch && before.spool.ackedSeq === spool.ackedSeq && before.spool.lastSeq > before.spool.ackedSeq
  return stands ? (before.waitingSinceMs ?? before.receivedAtMs) : receivedAtMs
}

/** @param before the last report of the same device. @returns the report with what is kept of those before */
export function carryOver(before: DeviceReport | undefined, report: DeviceReport): DeviceReport {
  const program = programOf(before, report)
  const clockMoved = clockOf(before, report)
  const waitingSinceMs = waitingOf(before, report)
  return { ...report, ...(program === undefined ? {} : { program }), ...(clockMoved === undefined ? {} : { clockMoved }), ...(waitingSinceMs === undefined ? {} : { waitingSinceMs }) }
}
