// What devices say over the bus, and what they are answered: a heartbeat may be answered with the wanted policy and with
// a renewed credential, a sync with the watermark and the policy.
import { wire } from '@holdfast/proto'
import { LRUCache } from 'lru-cache'
import { PERMISSION_SET } from '../bus/claims.ts'
import type { Bus } from '../bus/contract.ts'
import type { DrillReport } from '../domain/drills/drill.ts'
import type { Device, DeviceReport } from '../domain/people/device.ts'
import type { AgentPolicyRevision, Store } from '../store/store.ts'
import { carryOver } from './carry-over.ts'
import { readHeartbeat, readSync } from './heartbeat.ts'
import type { ReportWriter } from './reports.ts'
import { createRestoredGaps } from './restored-gaps.ts'
import { groupRevisions, wantedFor, wantedOf as wantedAmong } from './wanted.ts'

/** Another process may have changed what is cached here; found after so long. */
const CACHE_MS = 5000
/** A device that claims ever higher versions costs its group a new policy this often and not more. */
const FLOOR_PAUSE_MS = 600_000
/** No restored backup is further behind; a larger claim is no honest one. */
const FLOOR_STEP = 100_000
/** A device that was moved and still refuses the policies of its group is offered its credential again this often. */
const OFFER_PAUSE_MS = 20_000
/** A device that does not take its renewed credential is offered another this often. */
const RENEWAL_PAUSE_MS = 600_000
/**
 * A renewed credential is dated back by more than a transaction takes: a revocation that is being written while the device
 * still reads as active carries a later second, and the broker refuses what was issued before it.
 */
const RENEWAL_DATED_BACK_MS = 60_000
const DEVICES = 50_000
const RETURN_LEAST_SECS = 5
const RETURN_MOST_SECS = 300

interface Message {
  readonly deviceId: string
  readonly data: Uint8Array
}

export interface LinkDeps {
  readonly store: Store
  readonly bus: Bus
  readonly reports: ReportWriter
  readonly now: () => number
  /** Whether enough keys have signed it; absent: always. Devices refuse it otherwise, and are not sent it. */
  readonly isWhole?: (signed: Uint8Array) => boolean
  readonly log: { debug(object: object, message: string): void; info(object: object, message: string): void; warn(object: object, message: string): void; error(object: object, message: string): void }
  readonly counters: { heartbeats: number; syncs: number; refused: number }
  /** Who has a session on a device, with every heartbeat. */
  readonly onSessions: (deviceId: string, report: DeviceReport) => void
  /** The last fire drill of a device, with every heartbeat that knows of one. */
  readonly onDrill?: (deviceId: string, report: DrillReport) => Promise<void>
  /** Every heartbeat, in the order in which they came. */
  readonly onReport?: (deviceId: string, report: DeviceReport) => void
  /** What a device is told beside its watermark. @param behind numbers that it holds above it */
  readonly toldTo?: (behind: number) => { readonly credit: number; readonly returnSpreadSecs: number }
  /** Syncs that are answered in a second; who asks above that is told to come back. */
  readonly syncsPerSecond?: number
  /** Devices of the group run a later version than the store knows. */
  readonly onVersionAhead: (group: string, version: number) => Promise<void>
}

export interface DeviceLink {
  onHeartbeat(message: Message): void
  onSync(message: Message): void
  /** Another process answers this device: what is known of its last report here may grow old. */
  strange(deviceId: string): void
  /** What is known of devices and policies may be out of date. */
  forget(): void
  /** A credential for the group that the device is in now; it is offered again with its heartbeats until it has taken it. */
  offerCredential(device: Device): void
}

interface Lookup<T extends object> {
  get(key: string): Promise<T | undefined>
  forget(key?: string): void
}

/**
 * A cache in front of the store. Calls for one key that meet share one read, so that they go on in the order in which
 * they came: an earlier heartbeat never overtakes a later one.
 */
function createLookup<T extends object>(max: number, read: (key: string) => Promise<T | undefined>): Lookup<T> {
  const cache = new LRUCache<string, T>({ max, ttl: CACHE_MS })
  const reading = new Map<string, Promise<T | undefined>>()
  return {
    async get(key) {
      const known = cache.get(key)
      if (known !== undefined) return known
      let shared = reading.get(key)
      if (shared === undefined) {
        const mine = read(key).then((found) => {
          // Forgotten while it was read: what was found may be out of date.
          if (found !== undefined && reading.get(key) === mine) cache.set(key, found)
          return found
        }).finally(() => {
          if (reading.get(key) === mine) reading.delete(key)
        })
        shared = mine
        reading.set(key, mine)
      }
      return shared
    },
    forget(key) {
      if (key === undefined) {
        cache.clear()
        reading.clear()
      } else {
        cache.delete(key)
        reading.delete(key)
      }
    },
  }
}

export function createDeviceLink({ store, bus, reports, now, isWhole = () => true, log, counters, onSessions, onDrill, onReport, toldTo, syncsPerSecond = Infinity, onVersionAhead }: LinkDeps): DeviceLink {
  const devices = createLookup(DEVICES, (id) => store.device(id))
  const wanted = createLookup(1000, (group) => groupRevisions(store, group))
  const raisedAt = new Map<string, number>()
  const moved = new LRUCache<string, { readonly group: string; readonly issuedAtMs: number; readonly offeredAtMs: number }>({ max: DEVICES })
  const renewedAt = new LRUCache<string, number>({ max: DEVICES })
  const lastReports = new LRUCache<string, DeviceReport>({ max: DEVICES })
  const nothing = { count: () => [], merge: <T>(a: T): T => a }
  const restored = createRestoredGaps({
    now, log, watermark: (deviceId, epoch) => store.watermark(deviceId, epoch),
    record: async (run) => {
      await store.write((tx) => tx.ingest([run], nothing.count, nothing.merge))
    },
  })

  const refuse = (message: Message, why: string) => {
    counters.refused += 1
    log.warn({ deviceId: message.deviceId, bytes: message.data.length }, why)
  }
  /** The device that speaks, unless it is unknown or put out. */
  const speaker = async (message: Message): Promise<Device | undefined> => {
    const device = await devices.get(message.deviceId)
    if (device?.status === 'active') return device
    counters.refused += 1
    log.debug({ deviceId: message.deviceId }, 'a message of an unknown or revoked device was left out')
    return undefined
  }
  const sendPolicy = (deviceId: string, { signed }: AgentPolicyRevision): void => {
    if (isWhole(signed)) bus.publishDown(deviceId, wire.Down.encode({ policy: wire.SignedPolicy.decode(signed) }).finish())
  }

  /** What its group's devices should run is cached; which of it holds for this one never is. */
  const wantedOf = async (device: Device): Promise<AgentPolicyRevision | undefined> => {
    const revisions = await wanted.get(device.group)
    return revisions === undefined ? undefined : wantedAmong(store, device, revisions)
  }

  const answerPolicy = async (device: Device, { policy }: DeviceReport): Promise<void> => {
    const revision = await wantedOf(device)
    if (revision === undefined || policy.runningHash === revision.hash) return
    const ahead = policy.runningVersion - revision.version
    if (ahead >= 0 && ahead <= FLOOR_STEP && policy.runningHash !== '') {
      if (now() - (raisedAt.get(device.group) ?? -FLOOR_PAUSE_MS) < FLOOR_PAUSE_MS) return
      // What is cached may be the older one of two that were made a moment ago.
      if ((await wantedFor(store, device))?.version !== revision.version) {
        wanted.forget(device.group)
        return
      }
      raisedAt.set(device.group, now())
      await onVersionAhead(device.group, policy.runningVersion)
    // What it refused it would refuse again, unless its clock was to blame, or it was in another group.
    } else if (policy.refusedVersion !== revision.version || policy.refusedReason === 'POLICY_EXPIRED' || policy.refusedReason === 'POLICY_OTHER_TARGET') sendPolicy(device.id, revision)
  }

  /** Devices of before a change of permissions get it without enrolling again: a later claim for the key that they have. */
  const renewCredential = async (id: string, { permissionSet = 0 }: DeviceReport): Promise<void> => {
    const nowMs = now()
    if (permissionSet >= PERMISSION_SET || nowMs - (renewedAt.get(id) ?? -RENEWAL_PAUSE_MS) < RENEWAL_PAUSE_MS) return
    renewedAt.set(id, nowMs)
    // Not the cached one: it may have been put out, or have another key, since.
    const device = await store.device(id)
    if (device?.status !== 'active') return
    const jwt = bus.renewedCredential(device, nowMs - RENEWAL_DATED_BACK_MS)
    if (jwt === undefined) return
    bus.publishDown(id, wire.Down.encode({ credential: { jwt } }).finish())
    log.info({ deviceId: id, from: permissionSet, to: PERMISSION_SET }, 'a device is offered a credential with the permissions of today')
  }

  const offerCredential = (device: Device): void => {
    if (device.status !== 'active') return
    const last = moved.get(device.id)
    // Dated back as a renewal is, and later than what it has.
    const issuedAtMs = Math.max(now() - RENEWAL_DATED_BACK_MS, device.enrolledAtMs + 1000, (last?.issuedAtMs ?? 0) + 1000)
    const jwt = bus.renewedCredential(device, issuedAtMs)
    moved.set(device.id, { group: device.group, issuedAtMs, offeredAtMs: now() })
    if (jwt !== undefined) bus.publishDown(device.id, wire.Down.encode({ credential: { jwt } }).finish())
  }
  /** Until it says that it is in the group, as the group of the policy that it runs shows. */
  const offerAgain = (device: Device, { policy }: DeviceReport): void => {
    if (policy.refusedReason !== 'POLICY_OTHER_TARGET' || now() - (moved.get(device.id)?.offeredAtMs ?? 0) < OFFER_PAUSE_MS) return
    void devices.get(device.id).then((known) => known === undefined ? undefined : offerCredential(known))
  }

  const hear = async (message: Message): Promise<void> => {
    counters.heartbeats += 1
    const heard = readHeartbeat(message.data, now())
    if (heard === undefined) {
      refuse(message, 'a heartbeat cannot be read')
      return
    }
    const { drill, ...told } = heard
    const device = await speaker(message)
    if (device === undefined) return
    // What is cached of the device may be older than its last heartbeat.
    const report = carryOver(lastReports.get(device.id) ?? device.report, told)
    lastReports.set(device.id, report)
    reports.add(device.id, report)
    onSessions(device.id, report)
    onReport?.(device.id, report)
    offerAgain(device, report)
    await answerPolicy(device, report)
    await renewCredential(device.id, report)
    if (drill !== undefined) await onDrill?.(device.id, drill)
  }

  let syncs = { sinceMs: now(), count: 0 }
  /** An answer costs the store three reads; those that are too many must not wait for each other until all have given up. */
  const mustComeBack = (deviceId: string): boolean => {
    const nowMs = now()
    if (nowMs - syncs.sinceMs >= 1000 || nowMs < syncs.sinceMs) syncs = { sinceMs: nowMs, count: 0 }
    syncs.count += 1
    if (syncs.count <= syncsPerSecond) return false
    // Further away the more there are, so that they come at the speed at which they can be answered.
    const seconds = Math.min(RETURN_MOST_SECS, RETURN_LEAST_SECS + Math.ceil(syncs.count / syncsPerSecond))
    bus.publishDown(deviceId, wire.Down.encode({ retryAfter: { seconds: seconds + Math.floor(Math.random() * seconds), reason: 'too many devices at a time' } }).finish())
    return true
  }
  const synchronise = async (message: Message): Promise<void> => {
    counters.syncs += 1
    if (mustComeBack(message.deviceId)) return
    const sync = readSync(message.data)
    if (sync === undefined) {
      refuse(message, 'a sync cannot be read')
      return
    }
    const device = await speaker(message)
    if (device === undefined) return
    const committedSeq = await store.watermark(device.id, sync.epoch)
    bus.publishDown(device.id, wire.Down.encode({ watermark: { epoch: sync.epoch, committedSeq, ...toldTo?.(sync.lastSeq - committedSeq) } }).finish())
    restored.seen(device.id, sync.epoch, sync.firstHeldSeq, committedSeq)
    const revision = await wantedOf(device)
    if (revision !== undefined && sync.policyHash !== revision.hash) sendPolicy(device.id, revision)
  }

  const guard = (work: Promise<void>): void => void work.catch((error: unknown) => log.error({ err: error }, 'a device could not be answered; it asks again'))
  return {
    onHeartbeat: (message) => guard(hear(message)),
    onSync: (message) => guard(synchronise(message)),
    offerCredential,
    strange: (deviceId) => void lastReports.delete(deviceId),
    forget() {
      devices.forget()
      wanted.forget()
    },
  }
}
