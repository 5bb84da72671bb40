// One credential on two computers: heartbeats of two agents take turns under one device.
//
// An agent is known by its spool, its host name and when it started, by our clock. An agent that starts again is another
// one once, and the earlier one never comes back; a heartbeat that was on its way for long looks like another agent once.
// When the earlier one comes back again and again, both are alive.
import { LRUCache } from 'lru-cache'
import type { DeviceReport } from '../domain/people/device.ts'

/** Starts that differ by less are one: heartbeats take their time. */
const START_SLACK_MS = 45_000
/** Both were heard within this. */
const WINDOW_MS = 15 * 60_000
/** So often has the earlier one come back. */
const RETURNS = 2
/** A clone that was not heard again for so long is none any more. */
const KEEP_MS = 86_400_000
const DEVICES = 50_000

interface Instance {
  readonly epoch: string
  readonly hostname: string
  readonly startedAtMs: number
  readonly heardAtMs: number
}

interface Watched {
  readonly last: Instance
  readonly other?: Instance
  readonly returns: number
}

export interface CloneWatch {
  /** @returns whether this report is the one that shows it */
  heard(deviceId: string, report: Pick<DeviceReport, 'spool' | 'hostname' | 'uptimeSecs' | 'receivedAtMs'>): boolean
  /** Host names of the computers, where there is more than one of a device. */
  of(deviceId: string, nowMs: number): readonly string[] | undefined
  forget(deviceId: string): void
}

const isSame = (a: Instance, b: Instance): boolean => a.epoch === b.epoch && a.hostname === b.hostname && Math.abs(a.startedAtMs - b.startedAtMs) < START_SLACK_MS

export function createCloneWatch(): CloneWatch {
  const watched = new LRUCache<string, Watched>({ max: DEVICES })
  return {
    heard(deviceId, { spool, hostname, uptimeSecs, receivedAtMs }) {
      const now: Instance = { epoch: spool.epoch, hostname, startedAtMs: receivedAtMs - uptimeSecs * 1000, heardAtMs: receivedAtMs }
      const before = watched.get(deviceId)
      if (before === undefined || isSame(before.last, now)) {
        watched.set(deviceId, { ...before, last: now, returns: before?.returns ?? 0 })
        return false
      }
      const { last, other, returns } = before
      const cameBack = other !== undefined && isSame(other, now) && receivedAtMs - other.heardAtMs < WINDOW_MS
      const next = cameBack ? returns + 1 : 0
      watched.set(deviceId, { last: now, other: last, returns: next })
      return next === RETURNS
    },
    of(deviceId, nowMs) {
      const found = watched.get(deviceId)
      if (found?.other === undefined || found.returns < RETURNS || nowMs - found.other.heardAtMs > KEEP_MS) return undefined
      return [...new Set([found.last.hostname, found.other.hostname])].toSorted()
    },
    forget: (deviceId) => void watched.delete(deviceId),
  }
}
