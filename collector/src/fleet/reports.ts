// Writes device reports in groups: ten thousand devices that report within a second cost a few transactions.
import { LRUCache } from 'lru-cache'
import type { DeviceReport } from '../domain/people/device.ts'
import type { Store } from '../store/store.ts'

const FLUSH_MS = 200
const ROWS_A_TRANSACTION = 2000
/** A device is announced at most this often while nothing that a page shows has changed. */
const ANNOUNCE_MS = 10_000

export interface ReportWriter {
  add(deviceId: string, report: DeviceReport): void
  flush(): Promise<void>
}

/** What a page shows at once; counters that move with every heartbeat are not part of it. */
const shown = (report: DeviceReport): string => JSON.stringify([report.policy, report.agentVersion, report.hostname, report.sensors.map((sensor) => [sensor.name, sensor.tier, sensor.reason]), report.sessionAccounts, report.spool.lastSeq === report.spool.ackedSeq, report.safeMode, report.program?.changedAtMs, report.clockMoved?.atMs])

export function createReportWriter({ store, onWritten, onError }: { readonly store: Store; readonly onWritten: (deviceId: string) => void; readonly onError: (error: unknown) => void }): ReportWriter {
  const pending = new Map<string, DeviceReport>()
  const announced = new LRUCache<string, { readonly atMs: number; readonly shown: string }>({ max: 50_000 })
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const announce = (deviceId: string, report: DeviceReport) => {
    const before = announced.get(deviceId)
    const now = shown(report)
    if (before !== undefined && before.shown === now && report.receivedAtMs - before.atMs < ANNOUNCE_MS) return
    announced.set(deviceId, { atMs: report.receivedAtMs, shown: now })
    onWritten(deviceId)
  }

  const writeAll = async (): Promise<void> => {
    while (pending.size > 0) {
      const rows = [...pending].slice(0, ROWS_A_TRANSACTION)
      for (const [deviceId] of rows) pending.delete(deviceId)
      try {
        await store.write(async (tx) => {
          for (const [deviceId, report] of rows) await tx.saveReport(deviceId, report)
        })
      } catch (error) {
        onError(error)
        // The next heartbeat brings the same news; holding these back would only grow.
        return
      }
      for (const [deviceId, report] of rows) announce(deviceId, report)
    }
  }

  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    // One after the other; what came in meanwhile is written by the later one.
    writing = writing.then(writeAll)
    await writing
  }

  return {
    flush,
    add(deviceId, report) {
      pending.set(deviceId, report)
      timer ??= setTimeout(() => void flush(), FLUSH_MS).unref()
    },
  }
}
