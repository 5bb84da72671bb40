// One credential on two computers: the one that was enrolled gets another key by itself, and the copy is left with one that is
// refused.
//
//   detected -> both are ordered to make a key -> offers are gathered -> the one of the enrolled hardware gets a credential
//     -> it says that it has it on the disk -> the store has the new key, the broker refuses the old one, the copy is told why
//
// Nothing is changed before the device has said so: what fails on the way leaves everything as it was, and is tried again later.
// Where two offer with the same hardware (an image that took the firmware's id along) nobody can tell which is the device; then
// people decide, as they can at any time (`device re-key`). What is under way is in memory only.
import { MAX_ANSWER_CHUNK_BYTES, toWireTimestamp, wire } from '@holdfast/proto'
import { appendAudit } from '../audit/chain.ts'
import type { Bus } from '../bus/contract.ts'
import type { Device } from '../domain/people/device.ts'
import type { Store } from '../store/store.ts'
import type { PolicySigner } from './agent-policy.ts'
import { signedByUser } from './codes.ts'
import { clearFleetNotice } from './notices.ts'
import { orderId, signOrder } from './orders.ts'
import { refuseKey } from './revoked-keys.ts'

export interface ReKeyTimes {
  /** How long offers are gathered: both computers are to have answered. */
  readonly gatherMs: number
  /** How long the device has to take its credential. */
  readonly takeMs: number
  /** Before it is tried again. */
  readonly pauseMs: number
}
const usual: ReKeyTimes = { gatherMs: 8000, takeMs: 60_000, pauseMs: 600_000 }

export interface ReKeyDeps {
  readonly store: Store
  readonly bus: Pick<Bus, 'publishDown' | 'onAnswer' | 'deviceCredential' | 'revoke'>
  readonly signer: Pick<PolicySigner, 'key' | 'cosigners'>
  readonly organisation: string
  readonly now: () => number
  readonly log: { info(object: object, message: string): void; warn(object: object, message: string): void; error(object: object, message: string): void }
  /** It has another key now; caches of devices are out of date. */
  readonly onDone: (deviceId: string) => void
  readonly times?: Partial<ReKeyTimes>
}

export interface ReKeying {
  /** Begins, unless it is under way or was tried a moment ago. */
  begin(deviceId: string): void
  stop(): void
  settled(): Promise<void>
}

interface Offer {
  readonly publicKey: string
  readonly hardwareId: string
}

interface UnderWay {
  readonly order: string
  readonly offers: Offer[]
  chosen?: string
  timer?: NodeJS.Timeout
}

export const reKeyProofText = (order: string, deviceId: string, publicKey: string, hardwareId: string): string => ['holdfast-re-key', order, deviceId, publicKey, hardwareId].join('\n')

function readOffer(data: Uint8Array, order: string, deviceId: string): Offer | undefined {
  try {
    const { publicKey, hardwareId, proof } = JSON.parse(Buffer.from(data).toString('utf8')) as Record<string, unknown>
    if (typeof publicKey !== 'string' || typeof hardwareId !== 'string' || typeof proof !== 'string' || !/^U[A-Z2-7]{55}$/.test(publicKey) || !/^[0-9a-f]{64}$/.test(hardwareId)) return undefined
    return signedByUser(publicKey, reKeyProofText(order, deviceId, publicKey, hardwareId), Buffer.from(proof, 'base64url')) ? { publicKey, hardwareId } : undefined
  } catch {
    return undefined
  }
}

export function createReKeying({ store, bus, signer, organisation, now, log, onDone, times }: ReKeyDeps): ReKeying {
  const { gatherMs, takeMs, pauseMs } = { ...usual, ...times }
  const underWay = new Map<string, UnderWay>()
  const triedAtMs = new Map<string, number>()
  let stopped = false
  let work: Promise<unknown> = Promise.resolve()
  const run = (what: () => Promise<void>): void => {
    work = work.then(what).catch((error: unknown) => log.error({ err: error }, 'a cloned device could not be given another key; it is tried again'))
  }
  const giveUp = (deviceId: string, why: string): void => {
    clearTimeout(underWay.get(deviceId)?.timer)
    underWay.delete(deviceId)
    log.warn({ deviceId, why }, 'a cloned device was not given another key by itself')
  }
  const after = (mine: UnderWay, ms: number, what: () => void): void => {
    clearTimeout(mine.timer)
    mine.timer = setTimeout(what, ms).unref()
  }

  const choose = async (deviceId: string, mine: UnderWay): Promise<void> => {
    const device = await store.device(deviceId)
    if (stopped || underWay.get(deviceId) !== mine || device?.status !== 'active') return
    const own = [...new Set(mine.offers.filter(({ hardwareId }) => hardwareId === device.hardwareId).map(({ publicKey }) => publicKey))]
    const [chosen] = own
    if (chosen === undefined || own.length > 1) return giveUp(deviceId, own.length > 1 ? 'more than one computer has the hardware that was enrolled' : 'the hardware that was enrolled has not answered')
    mine.chosen = chosen
    bus.publishDown(deviceId, wire.Down.encode({ credential: { jwt: bus.deviceCredential({ ...device, publicKey: chosen }) } }).finish())
    after(mine, takeMs, () => giveUp(deviceId, 'it has not taken its credential'))
  }

  const finish = async (deviceId: string, mine: UnderWay): Promise<void> => {
    const { chosen } = mine
    if (chosen === undefined || underWay.get(deviceId) !== mine) return
    clearTimeout(mine.timer)
    underWay.delete(deviceId)
    const old = await store.write(async (tx): Promise<Device | undefined> => {
      const device = await tx.device(deviceId)
      if (device?.status !== 'active' || device.publicKey === chosen) return undefined
      await tx.saveDevice({ ...device, publicKey: chosen })
      await refuseKey(tx, device.publicKey, now())
      for (const key of [`cloned:${deviceId}`, `numbers_twice:${deviceId}`]) await clearFleetNotice(tx, key, { atMs: now() })
      await appendAudit(tx, { actor: { id: 'system', name: 'system' }, action: 'device.re_keyed', targetKind: 'device', targetId: deviceId, detail: { reason: 'two computers spoke with its key', bySystem: true, offers: mine.offers.length }, atMs: now() })
      return device
    })
    if (old === undefined) return
    log.info({ deviceId }, 'a cloned device has another key; its copy is refused from now on')
    bus.publishDown(deviceId, wire.Down.encode({ dismissal: { why: 'cloned', key: old.publicKey } }).finish())
    await bus.revoke(old.publicKey)
    onDone(deviceId)
  }

  bus.onAnswer(({ deviceId, data }) => {
    const mine = underWay.get(deviceId)
    if (mine === undefined || data.length > MAX_ANSWER_CHUNK_BYTES) return
    let answer: wire.Answer
    try {
      answer = wire.Answer.decode(data)
    } catch {
      return
    }
    if (answer.order !== mine.order) return
    if (answer.outcome === 'taken') run(() => finish(deviceId, mine))
    const offer = answer.outcome === 'offered' && mine.chosen === undefined ? readOffer(answer.data, mine.order, deviceId) : undefined
    if (offer !== undefined && mine.offers.length < 16) mine.offers.push(offer)
  })

  return {
    begin(deviceId) {
      if (stopped || underWay.has(deviceId) || now() - (triedAtMs.get(deviceId) ?? -pauseMs) < pauseMs) return
      triedAtMs.set(deviceId, now())
      const mine: UnderWay = { order: orderId('rk', deviceId, String(now())), offers: [] }
      underWay.set(deviceId, mine)
      const signed = signOrder({ organisation, device: deviceId, id: mine.order, issuedAt: toWireTimestamp(now()), expiresAt: toWireTimestamp(now() + gatherMs + takeMs), reKey: {} }, signer)
      bus.publishDown(deviceId, wire.Down.encode({ order: wire.SignedOrder.decode(signed) }).finish())
      after(mine, gatherMs, () => run(() => choose(deviceId, mine)))
    },
    stop() {
      stopped = true
      for (const { timer } of underWay.values()) clearTimeout(timer)
      underWay.clear()
    },
    settled: async () => void (await work),
  }
}
