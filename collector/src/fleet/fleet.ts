// Devices: how they get in, what they are told, what they say, and how they are put out.
//
// What must hold together is written in the caller's transaction, revocations too: the list that the broker is given is
// a setting of the store, so that a crash between the commit and the broker's answer is mended at the next start.
import type { KeyObject } from 'node:crypto'
import { wire } from '@holdfast/proto'
import { v7 as uuid } from 'uuid'
import type { Bus } from '../bus/contract.ts'
import { caPin } from '../bus/pki.ts'
import type { DrillReport } from '../domain/drills/drill.ts'
import type { Device, DeviceReport } from '../domain/people/device.ts'
import { CodedError } from '../errors.ts'
import type { DevicePolicyRevision, EnrolmentCode, Store, StoreWriter } from '../store/store.ts'
import { rawPolicyKey } from './agent-policy.ts'
import { makeCode } from './codes.ts'
import type { Fleet } from './contract.ts'
import { admitDevice } from './enrol.ts'
import { compileGroups, groupsOf, raiseFloor, saveSettings, settingsOf } from './groups.ts'
import { assessDevice } from './health.ts'
import { createDeviceLink, type DeviceLink } from './link.ts'
import { createReportWriter } from './reports.ts'
import { refuseKey } from './revoked-keys.ts'
import { defaultSettings } from './settings.ts'
import { compileDevices, planDevices, type Sessions } from './strict-devices.ts'

const RENEWAL_CHECK_MS = 3_600_000
/** Changes of levels and sessions that come together are looked at together. */
const FOLLOW_PAUSE_MS = 250
/** Levels are looked at again at the latest after this: whatever was missed is made good. */
const FOLLOW_CHECK_MS = 60_000

export interface FleetDeps {
  /** Absent where only transactions are handed in. */
  readonly store?: Store
  /** Absent in the command line's own process: nothing is pushed and no device can enrol. */
  readonly bus?: Bus
  /** Private Ed25519 key that signs policies. */
  readonly policyKey: KeyObject
  /** Raw X25519 key that copies of files are sealed for; every process of an installation has the same. */
  readonly evidenceKey?: Uint8Array
  readonly organisation: string
  readonly caPem: string
  readonly now: () => number
  /** In the transaction in which a device gets a stricter policy or loses it; for the audit log. */
  readonly onStricter?: (tx: StoreWriter, revision: DevicePolicyRevision) => Promise<void>
  readonly onDrill?: (deviceId: string, report: DrillReport) => Promise<void>
  readonly onDeviceChanged?: (deviceId: string) => void
  readonly log: { debug(object: object, message: string): void; info(object: object, message: string): void; warn(object: object, message: string): void; error(object: object, message: string): void }
}

export function createFleet(deps: FleetDeps): Fleet {
  const { bus, store, now, log, policyKey, organisation } = deps
  const pin = caPin(deps.caPem)
  const counters = { heartbeats: 0, syncs: 0, refused: 0 }
  const reports = store === undefined ? undefined : createReportWriter({ store, onWritten: (deviceId) => deps.onDeviceChanged?.(deviceId), onError: (error) => log.error({ err: error }, 'device reports could not be written') })
  let link: DeviceLink | undefined
  /** What each group's devices are told, as far as it was asked for here; for the health of a device. */
  const heartbeatSecs = new Map<string, number>()

  const sessions = new Map<string, Sessions>()

  const compileStricter = async (tx: StoreWriter): Promise<readonly DevicePolicyRevision[]> => {
    const made = await compileDevices(tx, { organisation, key: policyKey, nowMs: now(), sessions })
    for (const revision of made) await deps.onStricter?.(tx, revision)
    return made
  }
  const compilePolicies: Fleet['compilePolicies'] = async (tx) => {
    for (const group of await groupsOf(tx)) heartbeatSecs.set(group, (await settingsOf(tx, group)).heartbeatIntervalSecs)
    const groups = await compileGroups(tx, { organisation, key: policyKey, nowMs: now(), ...(deps.evidenceKey === undefined ? {} : { evidenceKey: deps.evidenceKey }) })
    return [...groups, ...(await compileStricter(tx)).map(({ group, version, hash }) => ({ group, version, hash }))]
  }
  const pushToDevice = (revision: DevicePolicyRevision): void => bus?.publishDown(revision.deviceId, wire.Down.encode({ policy: wire.SignedPolicy.decode(revision.signed) }).finish())
  const pushPolicies = async (groups?: readonly string[]): Promise<void> => {
    link?.forget()
    if (bus === undefined || store === undefined) return
    const wanted = new Set(groups ?? (await groupsOf(store)))
    // Those of single devices go first, so that the group's own, which is older, finds them in force.
    for (const revision of await store.devicePolicies()) if (wanted.has(revision.group)) pushToDevice(revision)
    for (const group of wanted) {
      const revision = await store.agentPolicy(group)
      if (revision !== undefined) bus.publishPolicy(group, revision.signed)
    }
  }

  let following: NodeJS.Timeout | undefined
  let followAtMs = Infinity
  let work: Promise<void> = Promise.resolve()
  let ended = true
  const schedule = (ms: number): void => {
    // What is due sooner stays: a fleet that reports all the time must not put it off for ever.
    if (ended || followAtMs <= performance.now() + ms) return
    clearTimeout(following)
    followAtMs = performance.now() + ms
    following = setTimeout(() => {
      followAtMs = Infinity
      // One after the other; the later one sees what the earlier one did.
      work = work.then(follow)
    }, ms).unref()
  }
  /** Gives devices of people at risk their policy and takes it back, as things stand now. */
  const follow = async (): Promise<void> => {
    if (store === undefined || ended) return
    try {
      const plan = await planDevices(store, { organisation, nowMs: now(), sessions })
      if (plan.issue.length > 0 || plan.forget.length > 0) {
        const made = await store.write(compileStricter)
        link?.forget()
        for (const revision of made) {
          pushToDevice(revision)
          deps.onDeviceChanged?.(revision.deviceId)
        }
      }
      schedule(Math.max(1000, Math.min(FOLLOW_CHECK_MS, (plan.nextEndMs ?? Infinity) - now() + 1)))
    } catch (error) {
      log.error({ err: error }, 'the policies of devices of people at risk could not be looked at; trying again in a minute')
      schedule(FOLLOW_CHECK_MS)
    }
  }
  const onSessions = (deviceId: string, { sessionAccounts, receivedAtMs }: DeviceReport): void => {
    const before = sessions.get(deviceId)
    sessions.set(deviceId, { accounts: sessionAccounts, atMs: receivedAtMs })
    if (before === undefined ? sessionAccounts.length > 0 : before.accounts.join('\n') !== sessionAccounts.join('\n')) schedule(FOLLOW_PAUSE_MS)
  }

  return {
    counters,
    followRiskLevels: () => schedule(FOLLOW_PAUSE_MS),
    async createCode(tx, { group, uses, expiresInSecs, createdBy }) {
      const { text, secretHash } = makeCode(pin)
      const createdAtMs = now()
      const code: EnrolmentCode = { id: `c_${uuid().replaceAll('-', '')}`, secretHash, group, maxUses: uses, uses: 0, createdAtMs, expiresAtMs: createdAtMs + expiresInSecs * 1000, createdBy, revoked: false }
      await tx.saveEnrolmentCode(code)
      return { code, text }
    },
    async enrol(tx, input) {
      if (bus === undefined) throw new CodedError('COLLECTOR_UNREACHABLE', { problem: 'devices enrol with a collector that runs' })
      const admission = await admitDevice(tx, input, now())
      link?.forget()
      return { ...admission, jwt: bus.deviceCredential(admission.device), organisation, natsServers: bus.deviceServers, caPem: deps.caPem, policyKeys: [rawPolicyKey(policyKey).toString('base64')] }
    },
    async revoke(tx, deviceId) {
      const device = await tx.device(deviceId)
      if (device === undefined) throw new CodedError('NOT_FOUND', { what: 'device' })
      const revoked: Device = { ...device, status: 'revoked' }
      await tx.saveDevice(revoked)
      await refuseKey(tx, device.publicKey, now())
      return revoked
    },
    async cutOff(publicKey) {
      link?.forget()
      await bus?.revoke(publicKey)
    },
    async groupSettings(reader, group) {
      const settings = await settingsOf(reader, group)
      heartbeatSecs.set(group, settings.heartbeatIntervalSecs)
      return settings
    },
    saveGroupSettings: saveSettings,
    compilePolicies,
    pushPolicies,
    healthOf: (device, revision, nowMs, unexplained = 0) => assessDevice(device, revision, heartbeatSecs.get(device.group) ?? defaultSettings.heartbeatIntervalSecs, unexplained, nowMs),
    start(signal) {
      if (store === undefined || bus === undefined || reports === undefined) return
      const compileAndPush = async () => pushPolicies((await store.write((tx) => compilePolicies(tx))).map((row) => row.group))
      const listener = createDeviceLink({
        store, bus, reports, now, log, counters, onSessions, ...(deps.onDrill === undefined ? {} : { onDrill: deps.onDrill }),
        onVersionAhead: async (group, version) => {
          log.warn({ group, version }, 'devices run a later policy than the store has; a restored backup? Issuing one above it')
          await store.write((tx) => raiseFloor(tx, group, version))
          await compileAndPush()
        },
      })
      link = listener
      bus.onHeartbeat((message) => {
        if (!signal.aborted) listener.onHeartbeat(message)
      })
      bus.onSync((message) => {
        if (!signal.aborted) listener.onSync(message)
      })
      const renewal = setInterval(() => void compileAndPush().catch((error: unknown) => log.error({ err: error }, 'the policies could not be issued anew; trying again in an hour')), RENEWAL_CHECK_MS).unref()
      ended = false
      schedule(FOLLOW_PAUSE_MS)
      signal.addEventListener('abort', () => {
        ended = true
        clearInterval(renewal)
        clearTimeout(following)
      }, { once: true })
    },
    async flush() {
      await work
      await reports?.flush()
    },
  }
}
