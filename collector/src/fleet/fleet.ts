// Devices: how they get in, what they are told, what they say, and how they are put out.
//
// What must hold together is written in the caller's transaction, revocations too: the list that the broker is given is
// a setting of the store, so that a crash between the commit and the broker's answer is mended at the next start.
import { type KeyObject, randomBytes } from 'node:crypto'
import { wire } from '@holdfast/proto'
import { LRUCache } from 'lru-cache'
import { v7 as uuid } from 'uuid'
import type { Bus } from '../bus/contract.ts'
import { caPin } from '../bus/pki.ts'
import type { Revocations } from '../bus/revocations.ts'
import type { Device } from '../domain/people/device.ts'
import { agentNeeds } from '../domain/policies/agent-needs.ts'
import { CodedError } from '../errors.ts'
import type { AgentPolicyRevision, EnrolmentCode, Store, StoreReader, StoreWriter } from '../store/store.ts'
import { compileContent, isCurrent, rawPolicyKey, signRevision } from './agent-policy.ts'
import { hashSecret, makeCode, parseCode, proofHolds } from './codes.ts'
import type { EnrolmentInput, EnrolmentResult, Fleet } from './contract.ts'
import { assessDevice } from './health.ts'
import { readHeartbeat, readSync } from './heartbeat.ts'
import { createReportWriter } from './reports.ts'
import { defaultSettings, readSettings } from './settings.ts'

const DEFAULT_GROUP = 'default'
/** Another process may have changed what is cached here; found after so long. */
const CACHE_MS = 5000
const RENEWAL_CHECK_MS = 3_600_000
export const REVOCATIONS_SETTING = 'bus.revocations'
const GROUPS_SETTING = 'fleet.groups'
const settingOf = (group: string): string => `fleet.group.${group}`

export interface FleetDeps {
  /** Absent where only transactions are handed in. */
  readonly store?: Store
  /** Absent in the command line's own process: nothing is pushed and no device can enrol. */
  readonly bus?: Bus
  /** Private Ed25519 key that signs policies. */
  readonly policyKey: KeyObject
  readonly organisation: string
  readonly caPem: string
  readonly now: () => number
  readonly onDeviceChanged?: (deviceId: string) => void
  readonly log: { debug(object: object, message: string): void; info(object: object, message: string): void; warn(object: object, message: string): void; error(object: object, message: string): void }
}

/** Keys that the broker must refuse, as the store has them. */
export const storedRevocations = async (store: StoreReader): Promise<Revocations> => JSON.parse((await store.setting(REVOCATIONS_SETTING)) ?? '{}') as Revocations

async function refuseKey(tx: StoreWriter, publicKey: string, nowMs: number): Promise<void> {
  await tx.saveSetting(REVOCATIONS_SETTING, JSON.stringify({ ...(await storedRevocations(tx)), [publicKey]: Math.floor(nowMs / 1000) }))
}

function assertUsable(code: EnrolmentCode | undefined, nowMs: number): asserts code is EnrolmentCode {
  if (code === undefined) throw new CodedError('ENROLMENT_CODE_UNKNOWN')
  if (code.revoked) throw new CodedError('ENROLMENT_CODE_REVOKED')
  if (code.expiresAtMs <= nowMs) throw new CodedError('ENROLMENT_CODE_EXPIRED')
  if (code.uses >= code.maxUses) throw new CodedError('ENROLMENT_CODE_USED')
}

const savedGroups = async (store: StoreReader): Promise<readonly string[]> => JSON.parse((await store.setting(GROUPS_SETTING)) ?? '[]') as readonly string[]

/** Every group that has a device, a code or settings of its own. */
async function groupsOf(store: StoreReader): Promise<readonly string[]> {
  const codes = await store.enrolmentCodes()
  return [...new Set([DEFAULT_GROUP, ...(await store.deviceGroups()), ...codes.map((code) => code.group), ...(await savedGroups(store))])]
}

const sendPolicy = (link: Bus, deviceId: string, revision: AgentPolicyRevision): void => link.publishDown(deviceId, wire.Down.encode({ policy: wire.SignedPolicy.decode(revision.signed) }).finish())

export function createFleet(deps: FleetDeps): Fleet {
  const { bus, store, now, log, policyKey, organisation } = deps
  const pin = caPin(deps.caPem)
  const counters = { heartbeats: 0, syncs: 0, refused: 0 }
  const devices = new LRUCache<string, Device>({ max: 50_000, ttl: CACHE_MS })
  const wanted = new LRUCache<string, AgentPolicyRevision>({ max: 1000, ttl: CACHE_MS })
  /** What each group's devices are told, as far as it was asked for here; for the health of a device. */
  const heartbeatSecs = new Map<string, number>()

  const groupSettings: Fleet['groupSettings'] = async (reader, group) => {
    const settings = readSettings(await reader.setting(settingOf(group)))
    heartbeatSecs.set(group, settings.heartbeatIntervalSecs)
    return settings
  }

  const enrol = async (tx: StoreWriter, input: EnrolmentInput): Promise<EnrolmentResult> => {
    if (bus === undefined) throw new CodedError('COLLECTOR_UNREACHABLE', { problem: 'devices enrol with a collector that runs' })
    const nowMs = now()
    const parts = parseCode(input.code)
    const code = parts === undefined ? undefined : await tx.enrolmentCodeBySecretHash(hashSecret(parts.secret))
    assertUsable(code, nowMs)
    if (parts === undefined || !proofHolds(parts.secret, input)) throw new CodedError('ENROLMENT_PROOF_INVALID')
    if (!(await tx.useEnrolmentCode(code.id, nowMs))) throw new CodedError('ENROLMENT_CODE_USED')
    const before = await tx.deviceByHardwareId(input.hardwareId)
    const device: Device = {
      ...before, id: before?.id ?? `d_${randomBytes(16).toString('base64url')}`, hostname: input.hostname, os: input.os, group: code.group, hardwareId: input.hardwareId, publicKey: input.publicKey,
      status: 'active', enrolledAtMs: nowMs,
    }
    await tx.saveDevice(device)
    const replacedKey = before !== undefined && before.publicKey !== input.publicKey ? before.publicKey : undefined
    if (replacedKey !== undefined) await refuseKey(tx, replacedKey, nowMs)
    devices.delete(device.id)
    return {
      device, codeId: code.id, jwt: bus.deviceCredential(device), organisation, natsServers: bus.deviceServers, caPem: deps.caPem, policyKeys: [rawPolicyKey(policyKey).toString('base64')],
      reEnrolled: before !== undefined, ...(replacedKey === undefined ? {} : { replacedKey }),
    }
  }

  const compilePolicies: Fleet['compilePolicies'] = async (tx) => {
    const needs = agentNeeds(await tx.policies())
    const nowMs = now()
    const changed: { group: string; version: number; hash: string }[] = []
    for (const group of await groupsOf(tx)) {
      const content = compileContent(organisation, group, needs, await groupSettings(tx, group))
      const before = await tx.agentPolicy(group)
      if (before !== undefined && isCurrent(before, content, nowMs)) continue
      const revision = signRevision(content, (before?.version ?? 0) + 1, policyKey, nowMs)
      await tx.saveAgentPolicy(revision)
      changed.push({ group, version: revision.version, hash: revision.hash })
    }
    return changed
  }

  const pushPolicies = async (groups?: readonly string[]): Promise<void> => {
    wanted.clear()
    if (bus === undefined || store === undefined) return
    for (const group of groups ?? (await groupsOf(store))) {
      const revision = await store.agentPolicy(group)
      if (revision !== undefined) bus.publishPolicy(group, revision.signed)
    }
  }

  const deviceOf = async (reader: StoreReader, id: string): Promise<Device | undefined> => {
    const cached = devices.get(id)
    if (cached !== undefined) return cached
    const found = await reader.device(id)
    if (found !== undefined) devices.set(id, found)
    return found
  }
  const wantedOf = async (reader: StoreReader, group: string): Promise<AgentPolicyRevision | undefined> => {
    const cached = wanted.get(group)
    if (cached !== undefined) return cached
    const found = await reader.agentPolicy(group)
    if (found !== undefined) wanted.set(group, found)
    return found
  }

  const reports = store === undefined ? undefined : createReportWriter({ store, onWritten: (deviceId) => deps.onDeviceChanged?.(deviceId), onError: (error) => log.error({ err: error }, 'device reports could not be written') })

  const guard = (work: Promise<void>): void => void work.catch((error: unknown) => log.error({ err: error }, 'a device could not be answered; it asks again'))
  /** The device that speaks, unless it is unknown or put out. */
  const speaker = async (reader: StoreReader, deviceId: string): Promise<Device | undefined> => {
    const device = await deviceOf(reader, deviceId)
    if (device?.status === 'active') return device
    counters.refused += 1
    log.debug({ deviceId }, 'a message of an unknown or revoked device was left out')
    return undefined
  }
  const onHeartbeat = async (reader: StoreReader, link: Bus, message: { readonly deviceId: string; readonly data: Uint8Array }): Promise<void> => {
    counters.heartbeats += 1
    const report = readHeartbeat(message.data, now())
    if (report === undefined) {
      counters.refused += 1
      log.warn({ deviceId: message.deviceId, bytes: message.data.length }, 'a heartbeat cannot be read')
      return
    }
    const device = await speaker(reader, message.deviceId)
    if (device === undefined) return
    reports?.add(device.id, report)
    const revision = await wantedOf(reader, device.group)
    // What it refused it would refuse again.
    if (revision !== undefined && report.policy.runningHash !== revision.hash && report.policy.refusedVersion !== revision.version) sendPolicy(link, device.id, revision)
  }

  const onSync = async (reader: StoreReader, link: Bus, message: { readonly deviceId: string; readonly data: Uint8Array }): Promise<void> => {
    counters.syncs += 1
    const sync = readSync(message.data)
    if (sync === undefined) {
      counters.refused += 1
      log.warn({ deviceId: message.deviceId, bytes: message.data.length }, 'a sync cannot be read')
      return
    }
    const device = await speaker(reader, message.deviceId)
    if (device === undefined) return
    link.publishDown(device.id, wire.Down.encode({ watermark: { epoch: sync.epoch, committedSeq: await reader.watermark(device.id, sync.epoch) } }).finish())
    const revision = await wantedOf(reader, device.group)
    if (revision !== undefined && sync.policyHash !== revision.hash) sendPolicy(link, device.id, revision)
  }

  return {
    counters,
    async createCode(tx, { group, uses, expiresInSecs, createdBy }) {
      const { text, secretHash } = makeCode(pin)
      const createdAtMs = now()
      const code: EnrolmentCode = { id: `c_${uuid().replaceAll('-', '')}`, secretHash, group, maxUses: uses, uses: 0, createdAtMs, expiresAtMs: createdAtMs + expiresInSecs * 1000, createdBy, revoked: false }
      await tx.saveEnrolmentCode(code)
      return { code, text }
    },
    enrol,
    async revoke(tx, deviceId) {
      const device = await tx.device(deviceId)
      if (device === undefined) throw new CodedError('NOT_FOUND', { what: 'device' })
      const revoked: Device = { ...device, status: 'revoked' }
      await tx.saveDevice(revoked)
      await refuseKey(tx, device.publicKey, now())
      devices.delete(deviceId)
      return revoked
    },
    async cutOff(publicKey) {
      devices.clear()
      await bus?.revoke(publicKey)
    },
    groupSettings,
    async saveGroupSettings(tx, group, settings) {
      await tx.saveSetting(settingOf(group), JSON.stringify(settings))
      await tx.saveSetting(GROUPS_SETTING, JSON.stringify([...new Set([...(await savedGroups(tx)), group])].toSorted()))
      heartbeatSecs.set(group, settings.heartbeatIntervalSecs)
    },
    compilePolicies,
    pushPolicies,
    healthOf: (device, revision, nowMs, unexplained = 0) => assessDevice(device, revision, heartbeatSecs.get(device.group) ?? defaultSettings.heartbeatIntervalSecs, unexplained, nowMs),
    start(signal) {
      if (store === undefined || bus === undefined) return
      bus.onHeartbeat((message) => {
        if (!signal.aborted) guard(onHeartbeat(store, bus, message))
      })
      bus.onSync((message) => {
        if (!signal.aborted) guard(onSync(store, bus, message))
      })
      const renewal = setInterval(() => guard(store.write((tx) => compilePolicies(tx)).then((changed) => (changed.length > 0 ? pushPolicies(changed.map((row) => row.group)) : undefined))), RENEWAL_CHECK_MS).unref()
      signal.addEventListener('abort', () => clearInterval(renewal), { once: true })
    },
    flush: async () => reports?.flush(),
  }
}
