// Looks over the fleet all the time: who fell silent, who is back, and what is wrong with whom.
//
// Silence is looked for every few seconds in one indexed query a group. Faults are computed for every device in turn and kept
// beside it, for filters and counts; a round takes at most a twentieth of the time, however large the fleet is.
import { setImmediate as breathe } from 'node:timers/promises'
import { deviceFaults, type FaultCode } from '../domain/people/device-faults.ts'
import type { Device } from '../domain/people/device.ts'
import { awaitedOf, unexplainedCount, withUnexplained } from '../domain/people/ledger.ts'
import type { Store, StoreWriter } from '../store/store.ts'
import { everyTurn, type TurnOf } from '../waker.ts'
import type { DeviceHealth, WantedPolicy } from './contract.ts'
import { clearFleetNotice, raiseFleetNotice } from './notices.ts'
import { createTally, type FleetTally } from './tally.ts'

const SILENCE_EVERY_MS = 2000
const FAULTS_LEAST_MS = 3000
/** Rest after a round of faults, in times of what the round took. */
const REST = 20
const PAGE = 200
/** More that fall silent at once are told as one: a network that broke, not so many devices. */
const TOGETHER = 25
const SILENT_AT_ONCE = 2000

/** Faults that somebody is told of, once they were found twice in a row. */
const TOLD = { UNEXPLAINED_GAP: 'device_gap', CLONED: 'device_cloned', NUMBERS_TWICE: 'device_cloned', PROGRAM_CHANGED: 'device_program_changed' } as const satisfies Partial<Record<FaultCode, string>>
type Told = keyof typeof TOLD
const isTold = (code: string): code is Told => Object.hasOwn(TOLD, code)

export interface FleetWatchDeps {
  readonly store: Store
  readonly now: () => number
  readonly log: { error(object: object, message: string): void }
  /** Groups with what makes a device of them silent; 0: nobody is told. */
  readonly groups: () => Promise<readonly { readonly group: string; readonly silentAfterMs: number }[]>
  readonly healthOf: (device: Device, unexplained: number, wanted: WantedPolicy | undefined, drilled: boolean) => DeviceHealth
  readonly wantedOf: (device: Device) => Promise<WantedPolicy | undefined>
  readonly onDeviceChanged?: (deviceId: string) => void
  /** What every device trusts, with its end and from when on that is told. */
  readonly certificates?: () => readonly { readonly what: string; readonly endsAtMs: number; readonly withinMs: number }[]
  /** Those that a rule on groups moves. */
  readonly moveByRules?: (devices: readonly Device[]) => Promise<void>
  readonly turnOf?: TurnOf
}

export interface FleetWatch {
  /** One look for silence. @param sinceMs since when devices could be heard at all */
  lookForSilence(sinceMs: number): Promise<void>
  /** One round over the faults of every device. */
  lookForFaults(): Promise<void>
  /** Figures of the last whole round; undefined before the first. */
  readonly tally: FleetTally | undefined
  run(signal: AbortSignal): void
  settled(): Promise<void>
}

const inMaintenance = ({ maintenance }: Device, nowMs: number): boolean => maintenance !== undefined && maintenance.untilMs > nowMs

export function createFleetWatch({ store, now, log, groups, healthOf, wantedOf, onDeviceChanged, certificates = () => [], moveByRules, turnOf = everyTurn }: FleetWatchDeps): FleetWatch {
  /** Codes of each device at the last round, and those that somebody was told of. */
  const foundBefore = new Map<string, string>()
  const told = new Map<string, string>()
  let lastTally: FleetTally | undefined

  /** Notices of devices that are heard again, that were cut off, or in maintenance, end. */
  const clearSilence = async (after: ReadonlyMap<string, number>): Promise<void> => {
    const ended: string[] = []
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await store.fleetNotices({ limit: 500, open: true, kind: ['device_silent'], ...(cursor === undefined ? {} : { cursor }) })
      for (const { key, deviceId = '' } of page.items) {
        const device = await store.device(deviceId)
        const nowMs = now()
        if (device === undefined || device.status === 'revoked' || inMaintenance(device, nowMs) || (after.get(device.group) ?? 0) === 0 || nowMs - (device.lastSeenAtMs ?? 0) <= (after.get(device.group) ?? 0)) ended.push(key)
      }
      cursor = page.nextCursor
    }
    if (ended.length > 0) await store.write(async (tx) => {
      for (const key of ended) await clearFleetNotice(tx, key, { atMs: now() })
    })
  }

  const raiseSilence = async (tx: StoreWriter, { id, hostname, lastSeenAtMs = 0 }: Device, atMs: number): Promise<boolean> =>
    (await raiseFleetNotice(tx, { kind: 'device_silent', key: `silent:${id}`, deviceId: id, detail: `${hostname} fell silent: nothing was heard of it since ${new Date(lastSeenAtMs).toISOString()}.`, fix: deviceFaults.OFFLINE.en.fix, atMs })) !== undefined

  /** It was told, and not heard since; also where somebody said that it is dealt with. */
  const isKnownSilent = async ({ id, lastSeenAtMs = 0 }: Device): Promise<boolean> => {
    const [last] = (await store.fleetNotices({ limit: 1, deviceId: id, kind: ['device_silent'] })).items
    return last !== undefined && (last.clearedAtMs === undefined || (last.clearedBy !== undefined && last.raisedAtMs > lastSeenAtMs))
  }

  const lookForSilence = async (sinceMs: number): Promise<void> => {
    const known = await groups()
    await clearSilence(new Map(known.map(({ group, silentAfterMs }) => [group, silentAfterMs])))
    for (const { group, silentAfterMs } of known) {
      const nowMs = now()
      // After a start nobody can have been heard yet.
      if (silentAfterMs === 0 || nowMs - sinceMs < silentAfterMs) continue
      const silent: Device[] = []
      for (const device of await store.silentDevices(group, nowMs - silentAfterMs, SILENT_AT_ONCE)) {
        if (!inMaintenance(device, nowMs) && !(await isKnownSilent(device))) silent.push(device)
      }
      const together = silent.length > TOGETHER ? await store.openFleetNotice(`silent-together:${group}`) : undefined
      if (silent.length === 0) {
        if ((await store.openFleetNotice(`silent-together:${group}`)) !== undefined) await store.write((tx) => clearFleetNotice(tx, `silent-together:${group}`, { atMs: nowMs }))
        continue
      }
      if (silent.length > TOGETHER) {
        if (together === undefined) await store.write((tx) => raiseFleetNotice(tx, { kind: 'devices_silent', key: `silent-together:${group}`, detail: `${silent.length} devices of the group ${group} fell silent together.`, fix: 'Look at what they share first: the network, the name or the port of the collector, a certificate, an upgrade.', atMs: nowMs }))
        continue
      }
      await store.write(async (tx) => {
        for (const device of silent) await raiseSilence(tx, device, nowMs)
      })
      for (const { id } of silent) onDeviceChanged?.(id)
    }
  }

  const lookAt = async (device: Device): Promise<{ readonly device: Device; readonly codes: readonly FaultCode[]; readonly health: DeviceHealth }> => {
    const [ledger, wanted, drill] = await Promise.all([store.ledger(device.id), wantedOf(device), store.lastDrill(device.id)])
    const health = healthOf(device, unexplainedCount(withUnexplained(ledger, awaitedOf(device, now()))), wanted, drill !== undefined)
    return { device, health, codes: [...new Set(health.faults.map(({ code }) => code))].toSorted() }
  }

  const tell = async (tx: StoreWriter, device: Device, health: DeviceHealth): Promise<void> => {
    const open = new Map(health.faults.flatMap((fault) => (isTold(fault.code) ? [[fault.code, fault] as const] : [])))
    for (const code of Object.keys(TOLD) as readonly Told[]) {
      const key = `${code.toLowerCase()}:${device.id}`
      const fault = open.get(code)
      if (fault === undefined || device.status === 'revoked') await clearFleetNotice(tx, key, { atMs: now() })
      else if (!inMaintenance(device, now())) await raiseFleetNotice(tx, { kind: TOLD[code], key, deviceId: device.id, detail: `${device.hostname}: ${fault.detail}`, fix: fault.fix, atMs: now() })
    }
  }

  /** One notice a certificate, not one a device: all of them trust the same. */
  const lookForCertificates = async (): Promise<void> => {
    const rows = certificates().map((row) => ({ ...row, key: `certificate:${row.what.toLowerCase().replaceAll(' ', '-')}`, near: row.endsAtMs - now() < row.withinMs }))
    const changed: (typeof rows)[number][] = []
    for (const row of rows) if (((await store.openFleetNotice(row.key)) !== undefined) !== row.near) changed.push(row)
    if (changed.length > 0) await store.write(async (tx) => {
      for (const { key, what, endsAtMs, near } of changed) {
        if (near) await raiseFleetNotice(tx, { kind: 'device_certificate', key, detail: `${what} ends at ${new Date(endsAtMs).toISOString()}. After that no device can connect.`, fix: deviceFaults.CERTIFICATE_ENDS.en.fix, atMs: now() })
        else await clearFleetNotice(tx, key, { atMs: now() })
      }
    })
  }

  const lookForFaults = async (): Promise<void> => {
    await lookForCertificates()
    const tally = createTally()
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await store.devices({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
      const found = []
      for (const device of page.items) found.push(await lookAt(device))
      for (const { device, codes, health: { health } } of found) tally.add(device, health, codes)
      const changed = found.filter(({ device, codes }) => foundBefore.get(device.id) !== codes.join(' '))
      // What was found twice in a row lasts; a batch that is on its way does not.
      const lasting = found.filter(({ device, codes }) => foundBefore.get(device.id) === codes.join(' ') && (told.get(device.id) ?? '') !== codes.filter(isTold).join(' '))
      if (changed.length > 0 || lasting.length > 0) {
        await store.write(async (tx) => {
          for (const { device, codes } of changed) await tx.saveDeviceFaults(device.id, codes)
          for (const { device, health } of lasting) await tell(tx, device, health)
        })
        for (const { device, codes } of changed) foundBefore.set(device.id, codes.join(' '))
        for (const { device, codes } of lasting) told.set(device.id, codes.filter(isTold).join(' '))
      }
      await moveByRules?.(page.items)
      cursor = page.nextCursor
      await breathe()
    }
    lastTally = tally.end(now())
  }
  let work: Promise<unknown> = Promise.resolve()
  const guard = async (what: () => Promise<void>): Promise<void> => {
    try {
      await what()
    } catch (error) {
      log.error({ err: error }, 'the fleet could not be looked over; trying again soon')
    }
  }

  return {
    lookForSilence,
    lookForFaults,
    get tally() {
      return lastTally
    },
    run(signal) {
      const sinceMs = now()
      let faultsAt = performance.now() + FAULTS_LEAST_MS
      const look = async (): Promise<void> => {
        if ((await turnOf('watch')) === undefined) return
        await guard(() => lookForSilence(sinceMs))
        if (performance.now() < faultsAt || signal.aborted) return
        const begun = performance.now()
        await guard(lookForFaults)
        faultsAt = performance.now() + Math.max(FAULTS_LEAST_MS, (performance.now() - begun) * REST)
      }
      let timer: NodeJS.Timeout | undefined
      const lookAndRest = async (): Promise<void> => {
        await look()
        next()
      }
      const next = (): void => {
        if (signal.aborted) return
        timer = setTimeout(() => {
          work = lookAndRest()
        }, SILENCE_EVERY_MS).unref()
      }
      signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
      next()
    },
    settled: async () => void (await work),
  }
}
