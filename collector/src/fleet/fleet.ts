// Devices: how they get in, what they are told, what they say, and how they are put out.
//
// What must hold together is written in the caller's transaction, revocations too: the list that the broker is given is
// a setting of the store, so that a crash between the commit and the broker's answer is mended at the next start.
import { type KeyObject, X509Certificate } from 'node:crypto'
import { wire } from '@holdfast/proto'
import { v7 as uuid } from 'uuid'
import { appendAudit } from '../audit/chain.ts'
import type { Bus } from '../bus/contract.ts'
import { caPin } from '../bus/pki.ts'
import type { DrillReport } from '../domain/drills/drill.ts'
import type { Device, DeviceReport } from '../domain/people/device.ts'
import { CodedError } from '../errors.ts'
import type { AgentPolicyRevision, DevicePolicyRevision, EnrolmentCode, Store, StoreWriter } from '../store/store.ts'
import { type PolicySigner, publicText, signaturesMissing, toldBy } from './agent-policy.ts'
import { type Addresses, createAddresses } from './addresses.ts'
import { cutOffDevice, deviceOf, movedGroup } from './care.ts'
import { createCloneWatch } from './clones.ts'
import { readHeartbeat } from './heartbeat.ts'
import { makeCode } from './codes.ts'
import type { Fleet, GroupWatchSettings } from './contract.ts'
import { admitDevice, requestApproval, waitingRequest } from './enrol.ts'
import { sweepRequests } from './enrolment-queue.ts'
import { groupsOf, raiseFloor, saveSettings, settingsOf } from './groups.ts'
import { FAULT_LIMITS } from '../domain/people/device-faults.ts'
import { groupRules, ruleFor } from './group-rules.ts'
import { assessDevice, silentAfterMs } from './health.ts'
import { createDeviceLink, type DeviceLink } from './link.ts'
import { compileGroups, previewGroup, takeBackRollout } from './offers.ts'
import { createReKeying } from './re-key.ts'
import { createReportWriter } from './reports.ts'
import { groupRevisions, wantedOfMany } from './wanted.ts'
import { defaultSettings } from './settings.ts'
import { compileDevices, planDevices, type Sessions, wantedPolicyOf } from './strict-devices.ts'
import { createFleetWatch, type FleetWatch } from './watch.ts'
import { everyTurn, type TurnOf } from '../waker.ts'

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
  /** What signs policies while that is another key, or more than one; absent: `policyKey` alone. */
  readonly signer?: PolicySigner
  /** Raw X25519 key that copies of files are sealed for; every process of an installation has the same. */
  readonly evidenceKey?: Uint8Array
  readonly organisation: string
  readonly caPem: string
  readonly now: () => number
  /** In the transaction in which a device gets a stricter policy or loses it; for the audit log. */
  readonly onStricter?: (tx: StoreWriter, revision: DevicePolicyRevision) => Promise<void>
  readonly onDrill?: (deviceId: string, report: DrillReport) => Promise<void>
  readonly onDeviceChanged?: (deviceId: string) => void
  /** It is there: with every heartbeat. */
  readonly onHeard?: (deviceId: string) => void
  /** Whether a device is for this process to answer; every process hears all of them. Always, where there is one. */
  readonly owns?: (deviceId: string) => boolean
  /** Whether what concerns the whole fleet is for this process to do. */
  readonly turnOf?: TurnOf
  /** What devices are told beside their watermarks; see ingest/pace.ts. */
  readonly toldTo?: (behind: number) => { readonly credit: number; readonly returnSpreadSecs: number }
  readonly syncsPerSecond?: number
  /** A rule moved it. */
  readonly onDeviceMoved?: (deviceId: string, group: string) => void
  /** End of the certificate that devices are shown. */
  readonly serverCertificateEndsAtMs?: () => number
  readonly log: { debug(object: object, message: string): void; info(object: object, message: string): void; warn(object: object, message: string): void; error(object: object, message: string): void }
}

/** Undefined for what is no certificate, as in tests. */
function authorityEnd(caPem: string): number | undefined {
  try {
    return new X509Certificate(caPem).validToDate.getTime()
  } catch {
    return undefined
  }
}

const rootText = ({ root }: PolicySigner): { readonly root?: string } => {
  const last = root?.chain.at(-1)
  return last === undefined ? {} : { root: Buffer.from(last).toString('base64') }
}

export function createFleet(deps: FleetDeps): Fleet {
  const { bus, store, now, log, organisation, owns = () => true, turnOf = everyTurn } = deps
  const signer: PolicySigner = deps.signer ?? { key: deps.policyKey, cosigners: [] }
  const policyKey = signer.key
  const pin = caPin(deps.caPem)
  const counters = { heartbeats: 0, syncs: 0, refused: 0 }
  const reports = store === undefined ? undefined : createReportWriter({ store, onWritten: (deviceId) => deps.onDeviceChanged?.(deviceId), onError: (error) => log.error({ err: error }, 'device reports could not be written') })
  let link: DeviceLink | undefined
  const clones = createCloneWatch()
  /** Devices that were put out, of groups that take nothing more of them. */
  const putOut = new Set<string>()
  let watch: FleetWatch | undefined
  let addresses: Addresses | undefined
  /** What each group's devices are told, as far as it was asked for here; for the health of a device. */
  const heartbeats = new Map<string, Pick<GroupWatchSettings, 'heartbeatIntervalSecs' | 'silentAfterHeartbeats' | 'quarantineRevoked'>>()
  const authorityEndsAtMs = authorityEnd(deps.caPem)

  const sessions = new Map<string, Sessions>()

  const compileInput = () => ({ organisation, key: signer, nowMs: now(), ...(deps.evidenceKey === undefined ? {} : { evidenceKey: deps.evidenceKey }) })
  const compileStricter = async (tx: StoreWriter): Promise<readonly DevicePolicyRevision[]> => {
    const made = await compileDevices(tx, { ...compileInput(), sessions })
    for (const revision of made) await deps.onStricter?.(tx, revision)
    return made
  }
  const compilePolicies: Fleet['compilePolicies'] = async (tx, choice = {}) => {
    for (const group of await groupsOf(tx)) heartbeats.set(group, await settingsOf(tx, group))
    const groups = await compileGroups(tx, { ...compileInput(), ...choice })
    return [...groups, ...(await compileStricter(tx)).map(({ group, version, hash }) => ({ group, version, hash }))]
  }
  const isWhole = (signed: Uint8Array): boolean => signaturesMissing(signed, signer) === 0
  const pushToDevice = (deviceId: string, { signed }: AgentPolicyRevision): void => {
    if (isWhole(signed)) bus?.publishDown(deviceId, wire.Down.encode({ policy: wire.SignedPolicy.decode(signed) }).finish())
  }
  const pushToDevices: Fleet['pushToDevices'] = async (group, deviceIds) => {
    link?.forget()
    if (bus === undefined || store === undefined || deviceIds.length === 0) return
    for (const [deviceId, revision] of await wantedOfMany(store, group, deviceIds)) pushToDevice(deviceId, revision)
  }
  const pushPolicies = async (groups?: readonly string[]): Promise<void> => {
    link?.forget()
    if (bus === undefined || store === undefined) return
    const wanted = new Set(groups ?? (await groupsOf(store)))
    // Those of single devices go first, so that the group's own, which is older, finds them in force.
    for (const revision of await store.devicePolicies()) if (wanted.has(revision.group)) pushToDevice(revision.deviceId, revision)
    for (const group of wanted) {
      const revisions = await groupRevisions(store, group)
      if (revisions.open.length > 0) await pushToDevices(group, (await store.groupMembers(group)).map(({ deviceId }) => deviceId))
      else if (revisions.own !== undefined && isWhole(revisions.own.signed)) bus.publishPolicy(group, revisions.own.signed)
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
      if ((await turnOf('fleet')) === undefined) {
        schedule(FOLLOW_CHECK_MS)
        return
      }
      const plan = await planDevices(store, { ...compileInput(), told: toldBy(signer), sessions })
      if (plan.issue.length > 0 || plan.forget.length > 0) {
        const made = await store.write(compileStricter)
        link?.forget()
        for (const revision of made) {
          pushToDevice(revision.deviceId, revision)
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

  const certificates = () => [
    ...(authorityEndsAtMs === undefined ? [] : [{ what: 'Authority', endsAtMs: authorityEndsAtMs, withinMs: FAULT_LIMITS.authorityEndMs }]),
    ...(deps.serverCertificateEndsAtMs === undefined ? [] : [{ what: 'Certificate of the collector', endsAtMs: deps.serverCertificateEndsAtMs(), withinMs: FAULT_LIMITS.serverCertificateEndMs }]),
  ]
  /** What must be known of a device that another process answers. */
  const overhear = (deviceId: string, report: DeviceReport): void => {
    sessions.set(deviceId, { accounts: report.sessionAccounts, atMs: report.receivedAtMs })
    void clones.heard(deviceId, report)
  }

  const healthOf: Fleet['healthOf'] = (device, revision, nowMs, unexplained = 0, drilled) => {
    const { heartbeatIntervalSecs, silentAfterHeartbeats } = heartbeats.get(device.group) ?? defaultSettings
    const found = clones.of(device.id, nowMs)
    return assessDevice(device, {
      wanted: revision, heartbeatSecs: heartbeatIntervalSecs, unexplained, nowMs, ...(silentAfterHeartbeats === undefined ? {} : { silentHeartbeats: silentAfterHeartbeats }), ...(drilled === undefined ? {} : { drilled }), ...(found === undefined ? {} : { clones: found }),
      certificates: certificates(),
    })
  }
  const applyGroupRules: Fleet['applyGroupRules'] = async (tx, devices) => {
    const { rules } = await groupRules(tx)
    const moved: { readonly device: Device; readonly from: string; readonly rule: number }[] = []
    for (const { id } of rules.length === 0 ? [] : devices) {
      // As it is in this transaction: what was read before may have been changed since.
      const device = await tx.device(id)
      const found = device === undefined ? undefined : ruleFor(rules, device)
      if (device === undefined || found === undefined || device.status !== 'active') continue
      const after = { ...device, group: found.rule.group }
      await movedGroup(tx, device, after.group)
      await tx.saveDevice(after)
      moved.push({ device: after, from: device.group, rule: found.index })
    }
    return moved
  }
  /** Rules follow what devices say of themselves: another version, another name. */
  const moveByRules = async (devices: readonly Device[]): Promise<void> => {
    if (store === undefined) return
    const { rules } = await groupRules(store)
    const due = devices.filter((device) => device.status === 'active' && ruleFor(rules, device) !== undefined)
    if (due.length === 0) return
    const moved = await store.write(async (tx) => {
      const done = await applyGroupRules(tx, due)
      for (const { device, from, rule } of done) await appendAudit(tx, { actor: { id: 'system', name: 'system' }, action: 'device.moved', targetKind: 'device', targetId: device.id, detail: { from, to: device.group, rule: rule + 1 }, atMs: now() })
      await compilePolicies(tx)
      return done
    })
    link?.forget()
    for (const { device } of moved) {
      link?.offerCredential(device)
      deps.onDeviceMoved?.(device.id, device.group)
      deps.onDeviceChanged?.(device.id)
    }
    await pushPolicies([...new Set(moved.map(({ device }) => device.group))])
  }
  const isOfQuarantine = (group: string): boolean => heartbeats.get(group)?.quarantineRevoked === true
  /** After a start, what revoked devices had sent may still be in the stream. */
  const rememberPutOut = async (from: Store): Promise<void> => {
    const groups = new Map(await Promise.all((await groupsOf(from)).map(async (group) => [group, (await settingsOf(from, group)).quarantineRevoked === true] as const)))
    if (![...groups.values()].includes(true)) return
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await from.devices({ limit: 500, status: 'revoked', gone: true, ...(cursor === undefined ? {} : { cursor }) })
      for (const { id, group } of page.items) if (groups.get(group) === true) putOut.add(id)
      cursor = page.nextCursor
    }
  }
  const silentGroups = async (from: Store) => (await groupsOf(from)).map(async (group) => {
    const settings = await settingsOf(from, group)
    heartbeats.set(group, settings)
    return { group, silentAfterMs: settings.silentAfterHeartbeats === 0 ? 0 : silentAfterMs(settings.heartbeatIntervalSecs, settings.silentAfterHeartbeats) }
  })

  return {
    counters,
    get tally() {
      return watch?.tally
    },
    followRiskLevels: () => schedule(FOLLOW_PAUSE_MS),
    async createCode(tx, { group, uses, expiresInSecs, createdBy, needsApproval = false }) {
      const { text, secretHash } = makeCode(pin)
      const createdAtMs = now()
      const code: EnrolmentCode = { id: `c_${uuid().replaceAll('-', '')}`, secretHash, group, maxUses: uses, uses: 0, createdAtMs, expiresAtMs: createdAtMs + expiresInSecs * 1000, createdBy, revoked: false, ...(needsApproval ? { needsApproval } : {}) }
      await tx.saveEnrolmentCode(code)
      return { code, text }
    },
    async enrol(tx, input) {
      if (bus === undefined) throw new CodedError('COLLECTOR_UNREACHABLE', { problem: 'devices enrol with a collector that runs' })
      const admission = await admitDevice(tx, input, now())
      putOut.delete(admission.device.id)
      link?.forget()
      return { ...admission, jwt: bus.deviceCredential(admission.device), organisation, natsServers: bus.deviceServers, caPem: deps.caPem, policyKeys: signer.root?.policyKeys ?? signer.trust?.policyKeys?.map((raw) => Buffer.from(raw).toString('base64')) ?? [publicText(policyKey)], ...rootText(signer) }
    },
    waitsFor: (reader, input) => waitingRequest(reader, input, now()),
    requestApproval: (tx, input, address) => requestApproval(tx, input, { address, nowMs: now() }),
    async revoke(tx, deviceId) {
      return cutOffDevice(tx, await deviceOf(tx, deviceId), 'revoked', now())
    },
    async cutOff(publicKey) {
      link?.forget()
      await bus?.revoke(publicKey)
    },
    async groupSettings(reader, group) {
      const settings = await settingsOf(reader, group)
      heartbeats.set(group, settings)
      return settings
    },
    saveGroupSettings: saveSettings,
    compilePolicies,
    pushPolicies,
    pushToDevices,
    previewPolicy: (reader, group, settings) => previewGroup(reader, group, settings, compileInput()),
    takeBack: (tx, rolloutId, by) => takeBackRollout(tx, rolloutId, { ...compileInput(), by }),
    healthOf,
    isPutOut: (deviceId) => putOut.has(deviceId),
    heardOf: {
      putOut(deviceId, group) {
        clones.forget(deviceId)
        link?.forget()
        if (isOfQuarantine(group)) putOut.add(deviceId)
      },
      letIn(deviceId) {
        putOut.delete(deviceId)
        link?.forget()
      },
      async settings() {
        link?.forget()
        if (store !== undefined) for (const group of await groupsOf(store)) heartbeats.set(group, await settingsOf(store, group))
      },
    },
    overhear(signal) {
      bus?.onHeartbeat(({ deviceId, data }) => {
        const heard = signal.aborted ? undefined : readHeartbeat(data, now())
        if (heard !== undefined) overhear(deviceId, heard)
      })
    },
    dismiss: ({ id: deviceId, group }, why) => {
      clones.forget(deviceId)
      if (isOfQuarantine(group)) putOut.add(deviceId)
      bus?.publishDown(deviceId, wire.Down.encode({ dismissal: { why } }).finish())
    },
    offerCredential: (device) => {
      link?.forget()
      link?.offerCredential(device)
    },
    applyGroupRules,
    start(signal) {
      if (store === undefined || bus === undefined || reports === undefined) return
      if (signer.root?.policyKeys.includes(publicText(policyKey)) === false) log.error({ root: signer.root.version }, 'the root of trust does not name the key that signs policies here: devices refuse all of them; see docs/operations/keys.md')
      const compileAndPush = async () => pushPolicies((await store.write((tx) => compilePolicies(tx))).map((row) => row.group))
      const reKeying = createReKeying({
        store, bus, signer, organisation, now, log,
        onDone(deviceId) {
          clones.forget(deviceId)
          link?.forget()
          deps.onDeviceChanged?.(deviceId)
        },
      })
      const listener = createDeviceLink({
        store, bus, reports, now, log, counters, isWhole, onSessions, onReport(deviceId, report) {
          void clones.heard(deviceId, report)
          if (clones.of(deviceId, now()) !== undefined) reKeying.begin(deviceId)
          deps.onHeard?.(deviceId)
        }, ...(deps.onDrill === undefined ? {} : { onDrill: deps.onDrill }), ...(deps.toldTo === undefined ? {} : { toldTo: deps.toldTo }), ...(deps.syncsPerSecond === undefined ? {} : { syncsPerSecond: deps.syncsPerSecond }),
        onVersionAhead: async (group, version) => {
          log.warn({ group, version }, 'devices run a later policy than the store has; a restored backup? Issuing one above it')
          await store.write((tx) => raiseFloor(tx, group, version))
          await compileAndPush()
        },
      })
      link = listener
      bus.onHeartbeat((message) => {
        if (signal.aborted) return
        if (owns(message.deviceId)) {
          listener.onHeartbeat(message)
          return
        }
        listener.strange(message.deviceId)
        const heard = readHeartbeat(message.data, now())
        if (heard !== undefined) overhear(message.deviceId, heard)
      })
      bus.onSync((message) => {
        if (!signal.aborted) listener.onSync(message)
      })
      const sweep = (): Promise<boolean> => store.write((tx) => sweepRequests(tx, now()))
      const renew = async (): Promise<void> => {
        if ((await turnOf('fleet')) === undefined) return
        await compileAndPush()
        await sweep()
      }
      const renewal = setInterval(() => void renew().catch((error: unknown) => log.error({ err: error }, 'the policies could not be issued anew; trying again in an hour')), RENEWAL_CHECK_MS).unref()
      watch = createFleetWatch({
        store, now, log, healthOf: (device, unexplained, revision, drilled) => healthOf(device, revision, now(), unexplained, drilled), wantedOf: (device) => wantedPolicyOf(store, device), ...(deps.onDeviceChanged === undefined ? {} : { onDeviceChanged: deps.onDeviceChanged }),
        groups: async () => Promise.all(await silentGroups(store)), certificates, moveByRules, turnOf,
      })
      watch.run(signal)
      addresses = createAddresses({ store, bus, now, log, onChanged: (deviceId) => deps.onDeviceChanged?.(deviceId) })
      addresses.run(signal)
      void rememberPutOut(store).catch((error: unknown) => log.error({ err: error }, 'the revoked devices could not be read; what they had sent is stored'))
      ended = false
      schedule(FOLLOW_PAUSE_MS)
      signal.addEventListener('abort', () => {
        ended = true
        clearInterval(renewal)
        reKeying.stop()
        clearTimeout(following)
      }, { once: true })
    },
    async flush() {
      await work
      await watch?.settled()
      await addresses?.settled()
      await reports?.flush()
    },
  }
}
