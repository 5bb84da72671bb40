// Fire drills at the collector: which marks are believed, what became of each act, and the answer to the device.
//
//   ingest transaction: admit() -> commit -> arrived(): "stored" to the device -> scored from the store, by the policies that are on
//                       -> kept -> "scored", with the alert that it would have been, to the device
//   heartbeat: reported() -> kept with what arrived, audited once
import { wire } from '@holdfast/proto'
import { LRUCache } from 'lru-cache'
import type { Bus } from '../bus/contract.ts'
import { type DeviceDrill, type DrillReport, judgeDrill } from '../domain/drills/drill.ts'
import { DRILL_ACCOUNT, DRILL_LIMITS } from '../domain/drills/names.ts'
import type { CompiledDetection } from '../domain/exclusions/compile-detection.ts'
import type { UserIdentity } from '../domain/people/user.ts'
import type { Store, StoreWriter } from '../store/store.ts'

const DAY_MS = 86_400_000

export interface DrillsDeps {
  readonly store: Store
  readonly bus: Pick<Bus, 'publishDown'>
  readonly detection: () => CompiledDetection
  readonly now: () => number
  readonly log: { error(object: object, message: string): void }
  /** In the transaction that keeps the report of a drill; for the audit log. */
  readonly onEnded?: (tx: StoreWriter, drill: DeviceDrill) => Promise<void>
  readonly onChanged?: (deviceId: string) => void
}

export interface Drills {
  /** Whether a mark is believed; counts the activity. Called inside the transaction that stores it. */
  admit(tx: StoreWriter, deviceId: string, drillId: string): Promise<boolean>
  /** After the commit. */
  arrived(acts: readonly { readonly deviceId: string; readonly drillId: string; readonly epoch: string; readonly seq: number }[]): void
  /** What a device says of its last drill, with each heartbeat. */
  reported(deviceId: string, report: DrillReport): Promise<void>
  /** Resolves when everything that arrived was answered. */
  settled(): Promise<void>
}

/** Who the activities of a device's drills belong to. */
export const drillIdentity = (deviceId: string): UserIdentity => ({ kind: 'device_account', value: `${DRILL_ACCOUNT}@${deviceId.toLowerCase()}` })

export function createDrills({ store, bus, detection, now, log, onEnded, onChanged }: DrillsDeps): Drills {
  let work: Promise<void> = Promise.resolve()
  /** Drills whose acts wait to be scored: a burst is scored once. */
  const waiting = new Set<string>()
  /** Reports that are kept already; they come again with every heartbeat. */
  const known = new LRUCache<string, string>({ max: 50_000 })

  const tell = (deviceId: string, drill: string, arrivals: readonly wire.DrillArrival.$Properties[]): void => bus.publishDown(deviceId, wire.Down.encode({ drill: { drill, arrivals: [...arrivals] } }).finish())

  const score = async (deviceId: string, drillId: string): Promise<void> => {
    const subject = await store.userByIdentity(drillIdentity(deviceId))
    if (subject === undefined) return
    const [{ items }, policies] = await Promise.all([store.activities({ userId: subject.id, deviceId, limit: 4 * DRILL_LIMITS.activities }), store.policies()])
    const arrivals = judgeDrill(items.filter(({ drill }) => drill === drillId), policies, detection(), now())
    await store.write(async (tx) => {
      const before = await tx.drill(deviceId, drillId)
      if (before !== undefined) await tx.saveDrill({ ...before, arrivals })
    })
    tell(deviceId, drillId, arrivals.map(({ activityId, indicators, alert }) => {
      const [, epoch = '', seq = '0'] = activityId.split('.')
      return { epoch, seq: Number(seq), scored: true, indicators: [...indicators], ...(alert === undefined ? {} : { policy: alert.policy, score: alert.score }) }
    }))
    onChanged?.(deviceId)
  }

  return {
    async admit(tx, deviceId, drillId) {
      const nowMs = now()
      const before = await tx.drill(deviceId, drillId)
      if (before === undefined && (await tx.drillsSince(deviceId, nowMs - DAY_MS)) >= DRILL_LIMITS.drillsADay) return false
      if ((before?.activities ?? 0) >= DRILL_LIMITS.activities) return false
      await tx.saveDrill({ ...(before ?? { deviceId, id: drillId, firstAtMs: nowMs, arrivals: [] }), activities: (before?.activities ?? 0) + 1 })
      return true
    },
    arrived(acts) {
      for (const [key, group] of Map.groupBy(acts, ({ deviceId, drillId }) => `${deviceId} ${drillId}`)) {
        const [deviceId = '', drillId = ''] = key.split(' ')
        tell(deviceId, drillId, group.map(({ epoch, seq }) => ({ epoch, seq })))
        if (waiting.has(key)) continue
        waiting.add(key)
        const before = work
        const next = async (): Promise<void> => {
          await before
          waiting.delete(key)
          await score(deviceId, drillId)
        }
        work = next().catch((error: unknown) => log.error({ err: error, deviceId }, 'a fire drill could not be scored'))
      }
    },
    async reported(deviceId, report) {
      const name = `${report.id} ${report.endedAtMs}`
      if (known.get(deviceId) === name) return
      const changed = await store.write(async (tx) => {
        const before = await tx.drill(deviceId, report.id)
        if (before?.report?.endedAtMs === report.endedAtMs) return false
        const last = await tx.lastDrill(deviceId)
        // A drill of which nothing arrived is told all the same; an old one that is told again is not news.
        if (before === undefined && (last?.report?.endedAtMs ?? 0) >= report.endedAtMs) return false
        const drill: DeviceDrill = { ...(before ?? { deviceId, id: report.id, firstAtMs: now(), activities: 0, arrivals: [] }), report }
        await tx.saveDrill(drill)
        await onEnded?.(tx, drill)
        return true
      })
      known.set(deviceId, name)
      if (changed) onChanged?.(deviceId)
    },
    async settled() {
      await work
    },
  }
}

