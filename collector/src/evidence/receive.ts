// Takes copies from devices, part by part. See proto/telemetry/v1/evidence.proto for what is said.
//
// Not a byte of a request is trusted: sizes are capped before decoding, the sender is the subject's device, and everything else that
// is shown of a copy comes from the activity that it names, which must be a copy of a file by this device. `complete` is answered
// after the content was opened, its hash compared, and the record committed; the device deletes its own on that word alone.
import { hash } from 'node:crypto'
import { fromWireTimestamp, MAX_EVIDENCE_CHUNK_BYTES, MAX_EVIDENCE_SKIPS, wire } from '@holdfast/proto'
import { v7 as uuid } from 'uuid'
import { appendAudit } from '../audit/chain.ts'
import type { Activity } from '../domain/risk/activity.ts'
import { CodedError } from '../errors.ts'
import type { EvidenceItem } from '../store/evidence.ts'
import type { Store, StoreWriter } from '../store/store.ts'
import { appendCustody, recordCustody } from './custody.ts'
import type { EvidenceKeys } from './keys.ts'
import { readEvidenceSettings } from './settings.ts'
import type { Vault } from './vault.ts'
import { verifyCopy } from './verify-copy.ts'

const MESSAGE_LIMIT = MAX_EVIDENCE_CHUNK_BYTES + 4096
/** 1 GiB and what sealing adds: no policy may ask for more. */
const SEALED_LIMIT = 2 ** 30 + 2 ** 20
const REF = /^[0-9a-f]{32}$/
const SHA = /^[0-9a-f]{64}$/
const REASONS = new Set(['excluded', 'too_large', 'over_day_quota', 'rate_limited', 'queue_full', 'denied', 'special', 'gone', 'unstable', 'timeout', 'unread', 'disk_full', 'folder_full', 'damaged', 'refused'])
/** The activity is on its way, or its ingest is busy. */
const ACTIVITY_RETRY_SECS = 2
const QUOTA_RETRY_SECS = 900
/** Requests of one device that wait here; an agent has one on its way. */
const WAITING_LIMIT = 4
const WARNED_SETTING = 'evidence.quota_warned'
const system = { id: 'system', name: 'holdfast' }

type Answer = wire.EvidenceAnswer.$Properties

export interface ReceiverDeps {
  readonly store: Store
  readonly vault: Vault
  readonly keys: EvidenceKeys
  readonly now: () => number
  readonly onReceived: (item: EvidenceItem) => void
  /** A quota is used up to the share of the settings. */
  readonly onQuota?: (scope: string, percent: number) => void
  readonly log: { info(object: object, message: string): void; warn(object: object, message: string): void; error(object: object, message: string): void }
}

export interface Receiver {
  /** @returns an encoded EvidenceAnswer; undefined when the request gets none: it cannot be read, or its device is none of ours */
  handle(message: { readonly deviceId: string; readonly data: Uint8Array }): Promise<Uint8Array | undefined>
  readonly counters: { received: number; bytes: number; damaged: number; skipped: number; refused: number }
}

const refuse = (code: string, retryAfterSecs?: number): Answer => ({ refused: code, ...(retryAfterSecs === undefined ? { final: true } : { retryAfterSecs }) })
const isCount = (value: number | null | undefined, max: number): value is number => value !== undefined && value !== null && Number.isSafeInteger(value) && value >= 0 && value <= max

function readRequest(data: Uint8Array): wire.EvidenceRequest | undefined {
  if (data.length > MESSAGE_LIMIT) return undefined
  try {
    return wire.EvidenceRequest.decode(data)
  } catch {
    // Not protobuf: the sender is broken or hostile, and there is nothing to keep of it.
    return undefined
  }
}

export function createReceiver({ store, vault, keys, now, onReceived, onQuota = () => {}, log }: ReceiverDeps): Receiver {
  const counters = { received: 0, bytes: 0, damaged: 0, skipped: 0, refused: 0 }
  /** Copies that did not verify once: a torn part is sent again, a bad one is bad for good. */
  const failedOnce = new Set<string>()

  const actorOf = (deviceId: string) => ({ id: deviceId, name: deviceId })

  const quotaProblem = async (deviceId: string, bytes: number): Promise<string | undefined> => {
    const settings = await readEvidenceSettings(store)
    const [own, all] = await Promise.all([store.evidenceUse(deviceId), store.evidenceUse()])
    return own.bytes + bytes > settings.deviceQuotaBytes ? 'QUOTA_DEVICE' : all.bytes + bytes > settings.organisationQuotaBytes ? 'QUOTA_ORGANISATION' : undefined
  }

  /** Tells once that a quota comes to its end, and again after it had room in between. */
  const warnOfQuota = async (deviceId: string): Promise<void> => {
    const settings = await readEvidenceSettings(store)
    const [own, all] = await Promise.all([store.evidenceUse(deviceId), store.evidenceUse()])
    const shares = [[deviceId, Math.floor((own.bytes / settings.deviceQuotaBytes) * 100)], ['organisation', Math.floor((all.bytes / settings.organisationQuotaBytes) * 100)]] as const
    const warned = new Set(JSON.parse((await store.setting(WARNED_SETTING)) ?? '[]') as string[])
    const over = shares.filter(([, percent]) => percent >= settings.warnAtPercent)
    const news = over.filter(([scope]) => !warned.has(scope))
    const eased = shares.filter(([scope, percent]) => percent < settings.warnAtPercent && warned.has(scope))
    if (news.length === 0 && eased.length === 0) return
    await store.write(async (tx) => {
      for (const [scope, percent] of news) await appendAudit(tx, { actor: system, action: 'evidence.quota_warning', targetKind: scope === 'organisation' ? 'organisation' : 'device', targetId: scope === 'organisation' ? '-' : scope, detail: { percent }, atMs: now() })
      await tx.saveSetting(WARNED_SETTING, JSON.stringify([...warned].filter((scope) => !eased.some(([other]) => other === scope)).concat(news.map(([scope]) => scope))))
    })
    for (const [scope, percent] of news) {
      log.warn({ scope, percent }, 'the room for evidence comes to its end')
      onQuota(scope, percent)
    }
  }

  const finish = async (item: EvidenceItem, name: string): Promise<Answer> => {
    await vault.sync(name)
    let facts: Awaited<ReturnType<typeof verifyCopy>>
    try {
      facts = await verifyCopy(vault.partOf(name), keys.privateKeys, item)
    } catch (error) {
      if (!(error instanceof CodedError) || error.code !== 'EVIDENCE_DAMAGED') throw error
      await vault.dropPart(name)
      if (!failedOnce.has(item.id)) {
        if (failedOnce.size > 1000) failedOnce.clear()
        failedOnce.add(item.id)
        return { receivedBytes: 0 }
      }
      counters.damaged += 1
      const problem = String(error.parameters['problem'] ?? '')
      await store.write(async (tx) => {
        await tx.saveEvidence({ ...item, state: 'damaged', reason: problem, sealedBytes: 0 })
        await recordCustody(tx, { evidenceId: item.id, actor: system, what: 'refuted', detail: { problem }, atMs: now() })
      })
      log.error({ evidenceId: item.id, deviceId: item.deviceId, problem }, 'a copy of a file could not be verified twice')
      return refuse('COPY_DAMAGED')
    }
    failedOnce.delete(item.id)
    await vault.finish(name)
    const atMs = now()
    const whole: EvidenceItem = { ...item, ...facts, state: 'verified', receivedAtMs: atMs }
    await store.write(async (tx) => {
      await tx.saveEvidence(whole)
      await appendCustody(tx, { evidenceId: item.id, actor: actorOf(item.deviceId), what: 'received', detail: { sealedBytes: item.sealedBytes }, atMs })
      await recordCustody(tx, { evidenceId: item.id, actor: system, what: 'verified', detail: { sha256: facts.sha256, activitySha256: item.activitySha256 ?? '', same: item.activitySha256 === undefined ? 'not known' : item.activitySha256 === facts.sha256 }, atMs })
    })
    counters.received += 1
    counters.bytes += item.sealedBytes
    onReceived(whole)
    await warnOfQuota(item.deviceId)
    return { complete: true, receivedBytes: item.sealedBytes }
  }

  /** What is said to a device about a copy that has a record already. */
  const standing = async (item: EvidenceItem): Promise<Answer> => {
    if (item.state === 'verified' || item.state === 'deleted') return { complete: true, receivedBytes: item.sealedBytes }
    if (item.state === 'damaged') return refuse('COPY_DAMAGED')
    const received = await vault.received(item.storedName ?? '')
    return received === item.sealedBytes && received > 0 ? finish(item, item.storedName ?? '') : { receivedBytes: received }
  }

  const checkActivity = async (deviceId: string, epoch: string, seq: number): Promise<Activity | Answer> => {
    const [activity] = await store.activitiesByIds([`${deviceId}.${epoch}.${seq}`])
    if (activity === undefined) return (await store.watermark(deviceId, epoch)) >= seq ? refuse('ACTIVITY_LOST') : refuse('ACTIVITY_NOT_HERE', ACTIVITY_RETRY_SECS)
    return activity.kind === 'file_copied' && activity.file !== undefined ? activity : refuse('ACTIVITY_UNFIT')
  }

  const onOffer = async (deviceId: string, offer: wire.EvidenceOffer.$Properties): Promise<Answer> => {
    const { id = '', epoch = '', sha256 = '', keyId = '' } = offer
    const capturedAtMs = fromWireTimestamp(offer.capturedAt)
    const { seq, plainBytes, sealedBytes } = offer
    if (!REF.test(id ?? '') || !REF.test(epoch ?? '') || !SHA.test(sha256 ?? '') || !isCount(seq, Number.MAX_SAFE_INTEGER) || !isCount(plainBytes, 2 ** 30) || !isCount(sealedBytes, SEALED_LIMIT) || sealedBytes <= plainBytes || capturedAtMs === undefined) return refuse('OFFER_UNREADABLE')
    if (!keys.privateKeys.has(keyId ?? '')) return refuse('KEY_UNKNOWN')
    const known = await store.evidenceByDeviceRef(deviceId, id ?? '')
    if (known !== undefined && known.state !== 'refused') return standing(known)
    const activity = await checkActivity(deviceId, epoch ?? '', seq)
    if (!('kind' in activity)) return activity
    const problem = await quotaProblem(deviceId, sealedBytes)
    const item: EvidenceItem = {
      id: known?.id ?? `ev_${uuid().replaceAll('-', '')}`, deviceId, deviceRef: id ?? '', activityId: activity.id, userId: activity.userId, state: problem === undefined ? 'receiving' : 'refused', ...(problem === undefined ? {} : { reason: problem.toLowerCase() }),
      sizeBytes: plainBytes, sealedBytes, sha256: sha256 ?? '', ...(activity.file?.sha256 === undefined ? {} : { activitySha256: activity.file.sha256 }), keyId: keyId ?? '', storedName: known?.storedName ?? vault.newName(), capturedAtMs, holds: [],
    }
    // A device that asks again and again about a full quota writes nothing more.
    if (known?.state !== item.state) {
      await store.write(async (tx) => {
        await tx.saveEvidence(item)
        if (known === undefined) await appendCustody(tx, { evidenceId: item.id, actor: actorOf(deviceId), what: 'captured', detail: { sha256: item.sha256, sizeBytes: plainBytes, keyId: item.keyId }, atMs: capturedAtMs })
        if (problem === undefined) await appendCustody(tx, { evidenceId: item.id, actor: actorOf(deviceId), what: 'sent', detail: { sealedBytes }, atMs: now() })
      })
    }
    return problem === undefined ? { receivedBytes: 0 } : refuse(problem, QUOTA_RETRY_SECS)
  }

  const onChunk = async (deviceId: string, { id, offset, data }: wire.EvidenceChunk.$Properties): Promise<Answer> => {
    const item = REF.test(id ?? '') ? await store.evidenceByDeviceRef(deviceId, id ?? '') : undefined
    const name = item?.storedName
    if (item === undefined || name === undefined || item.state !== 'receiving') return item === undefined ? refuse('OFFER_FIRST', ACTIVITY_RETRY_SECS) : standing(item)
    const at = offset ?? 0
    const bytes = data ?? new Uint8Array()
    if (!isCount(at, SEALED_LIMIT) || bytes.length === 0 || bytes.length > MAX_EVIDENCE_CHUNK_BYTES || at + bytes.length > item.sealedBytes) return refuse('CHUNK_UNFIT', ACTIVITY_RETRY_SECS)
    // Elsewhere: this one was here already, or what came after a restart is missing. The device goes on from where we stand.
    if (!(await vault.append(name, at, bytes))) return standing(item)
    return at + bytes.length === item.sealedBytes ? finish(item, name) : { receivedBytes: at + bytes.length }
  }

  const onSkips = async (deviceId: string, { skips, uncounted }: wire.EvidenceSkips.$Properties): Promise<Answer> => {
    const list = (skips ?? []).slice(0, MAX_EVIDENCE_SKIPS).flatMap(({ epoch, seq, reason, at, sizeBytes }) => {
      const atMs = fromWireTimestamp(at)
      if (!REF.test(epoch ?? '') || !isCount(seq, Number.MAX_SAFE_INTEGER) || !REASONS.has(reason ?? '') || atMs === undefined) return []
      return [{ activityId: `${deviceId}.${epoch ?? ''}.${seq}`, reason: reason ?? '', atMs, sizeBytes: isCount(sizeBytes, Number.MAX_SAFE_INTEGER) ? sizeBytes : 0 }]
    })
    const users = new Map((await store.activitiesByIds(list.map(({ activityId }) => activityId))).map((activity) => [activity.id, activity.userId]))
    await store.write(async (tx: StoreWriter) => {
      await tx.saveSkippedEvidence(list.map(({ activityId, reason, atMs, sizeBytes }): EvidenceItem => ({
        id: `ev_${hash('sha256', `${activityId} ${reason}`, 'hex').slice(0, 32)}`, deviceId, deviceRef: '', activityId, userId: users.get(activityId) ?? '', state: 'skipped', reason, sizeBytes, sealedBytes: 0, capturedAtMs: atMs, holds: [],
      })))
      if (isCount(uncounted, Number.MAX_SAFE_INTEGER) && uncounted > 0) await appendAudit(tx, { actor: actorOf(deviceId), action: 'evidence.skips_uncounted', targetKind: 'device', targetId: deviceId, detail: { count: uncounted }, atMs: now() })
    })
    counters.skipped += list.length
    return { complete: true }
  }

  const answer = async (deviceId: string, data: Uint8Array): Promise<Uint8Array | undefined> => {
    const request = readRequest(data)
    const device = await store.device(deviceId)
    if (request === undefined || device?.status !== 'active') {
      counters.refused += 1
      return undefined
    }
    const said: Answer = request.offer ? await onOffer(deviceId, request.offer) : request.chunk ? await onChunk(deviceId, request.chunk) : request.skips ? await onSkips(deviceId, request.skips) : refuse('REQUEST_EMPTY')
    if ((said.refused ?? '') !== '') counters.refused += 1
    return wire.EvidenceAnswer.encode(said).finish()
  }

  const lines = new Map<string, { last: Promise<unknown>; waiting: number }>()
  return {
    counters,
    // One after the other for each device: two chunks of one copy never meet.
    async handle({ deviceId, data }) {
      const line = lines.get(deviceId) ?? { last: Promise.resolve(), waiting: 0 }
      if (line.waiting >= WAITING_LIMIT) return undefined
      lines.set(deviceId, line)
      line.waiting += 1
      const mine = line.last.then(() => answer(deviceId, data)).catch((error: unknown) => {
        log.error({ err: error, deviceId }, 'a part of a copy could not be taken; the device sends it again')
        return undefined
      }).finally(() => {
        line.waiting -= 1
        if (line.waiting === 0) lines.delete(deviceId)
      })
      line.last = mine
      return mine
    },
  }
}
