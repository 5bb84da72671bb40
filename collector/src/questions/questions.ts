// Live questions: who may ask what of which devices, that somebody else agrees where the organisation wants it, and the answers.
//
// A question goes out as an order, signed for one device, and waits until the device answers or its time is over. What a device
// answers is JSON that it wrote itself: it is kept as text, shown as text, and never read for more than that.
import { randomUUID } from 'node:crypto'
import { type Actor, appendAudit } from '../audit/chain.ts'
import { type Asking, type DeviceAnswer, type Question, QUESTION_LIMITS, questionProblem } from '../domain/questions.ts'
import { CodedError } from '../errors.ts'
import { type NewOrder, orderId, type Orders } from '../fleet/orders.ts'
import type { Store, StoreReader, StoreWriter } from '../store/store.ts'

const HOUR_MS = 3_600_000
const SETTING = 'question_settings'
const SYSTEM: Actor = { id: 'system', name: 'system' }

export interface QuestionSettings {
  /** Somebody with the role Approver must agree to each question. */
  readonly needsSecond: boolean
}

export async function questionSettings(store: StoreReader): Promise<QuestionSettings> {
  const text = await store.setting(SETTING)
  return text === undefined ? { needsSecond: false } : (JSON.parse(text) as QuestionSettings)
}
export const saveQuestionSettings = (tx: StoreWriter, settings: QuestionSettings): Promise<void> => tx.saveSetting(SETTING, JSON.stringify(settings))

export interface Wanted {
  readonly question: Question
  readonly reason: string
  readonly deviceIds?: readonly string[]
  readonly group?: string
  readonly minutes: number
}

const audit = (tx: StoreWriter, actor: Actor, action: string, { id }: Asking, atMs: number, detail: Readonly<Record<string, unknown>>): Promise<void> =>
  appendAudit(tx, { actor, action: `question.${action}`, targetKind: 'question', targetId: id, detail, atMs })

async function devicesFor(tx: StoreWriter, { deviceIds = [], group }: Wanted): Promise<readonly string[]> {
  const members = group === undefined ? [] : (await tx.groupMembers(group)).map(({ deviceId }) => deviceId)
  const ids = [...new Set([...deviceIds, ...members])]
  if (ids.length > QUESTION_LIMITS.devices) throw new CodedError('QUESTION_REFUSED', { problem: `it is for ${ids.length} devices, ${QUESTION_LIMITS.devices} are the most` })
  const known = await Promise.all(ids.map((id) => tx.device(id)))
  if (deviceIds.some((id) => !known.some((device) => device?.id === id))) throw new CodedError('NOT_FOUND', { what: 'device' })
  const active = known.flatMap((device) => (device?.status === 'active' ? [device.id] : []))
  if (active.length === 0) throw new CodedError('QUESTION_REFUSED', { problem: 'it is for no device that is active' })
  return active
}

/**
 * Writes a question down; it goes out with Questions.send unless a second person must agree first.
 *
 * @throws QUESTION_REFUSED, NOT_FOUND
 */
export async function ask(tx: StoreWriter, wanted: Wanted, actor: Actor, atMs: number): Promise<Asking> {
  const problem = questionProblem(wanted.question)
  if (problem !== undefined) throw new CodedError('QUESTION_REFUSED', { problem: `${wanted.question.kind} ${problem}` })
  if ((await tx.askedSince(actor.id, atMs - HOUR_MS)) >= QUESTION_LIMITS.perHour) throw new CodedError('QUESTION_REFUSED', { problem: `you have asked ${QUESTION_LIMITS.perHour} questions within an hour, which is the most` })
  const devices = await devicesFor(tx, wanted)
  const { needsSecond } = await questionSettings(tx)
  const asking: Asking = {
    id: `qu_${randomUUID().replaceAll('-', '')}`, question: wanted.question, reason: wanted.reason, askedBy: { id: actor.id, name: actor.name }, askedAtMs: atMs, expiresAtMs: atMs + wanted.minutes * 60_000, state: needsSecond ? 'waiting' : 'open', ...(wanted.group === undefined ? {} : { group: wanted.group }),
  }
  await tx.saveAsking(asking)
  for (const deviceId of devices) await tx.saveAnswer({ askingId: asking.id, deviceId, state: 'open' })
  await audit(tx, actor, needsSecond ? 'requested' : 'asked', asking, atMs, { kind: wanted.question.kind, ...(wanted.question.folder === undefined ? {} : { folder: wanted.question.folder, name: wanted.question.name }), reason: wanted.reason, devices })
  return asking
}

const isLocal = (id: string): boolean => id.startsWith('local:')

/** @throws NOT_FOUND, REQUEST_OVER, SECOND_PERSON */
export async function decideQuestion(tx: StoreWriter, id: string, grant: boolean, actor: Actor, atMs: number): Promise<Asking> {
  const asked = await tx.asking(id)
  if (asked === undefined) throw new CodedError('NOT_FOUND', { what: 'question' })
  if (asked.state !== 'waiting' || asked.expiresAtMs <= atMs) throw new CodedError('REQUEST_OVER', { state: asked.state === 'waiting' ? 'expired' : asked.state })
  if (asked.askedBy.id === actor.id || (isLocal(asked.askedBy.id) && isLocal(actor.id))) throw new CodedError('SECOND_PERSON')
  const decided: Asking = { ...asked, state: grant ? 'open' : 'refused', decidedBy: { id: actor.id, name: actor.name }, decidedAtMs: atMs }
  await tx.saveAsking(decided)
  await audit(tx, actor, grant ? 'approved' : 'refused', decided, atMs, { askedBy: asked.askedBy.id })
  return decided
}

async function settleAsking(tx: StoreWriter, asking: Asking): Promise<void> {
  if ((await tx.answersOf(asking.id)).every(({ state }) => state !== 'open')) await tx.saveAsking({ ...asking, state: 'done' })
}

/** Keeps what a device answered, once. @returns whether it was wanted */
export async function keepAnswer(tx: StoreWriter, askingId: string, { deviceId, outcome, data }: { readonly deviceId: string; readonly outcome: string; readonly data: Buffer }, atMs: number): Promise<boolean> {
  const asking = await tx.asking(askingId)
  const open = (await tx.answersOf(askingId)).find((row) => row.deviceId === deviceId && row.state === 'open')
  if (asking === undefined || open === undefined || data.length > QUESTION_LIMITS.answerBytes) return false
  const isAnswered = outcome === 'answered'
  const answer: DeviceAnswer = { ...open, state: isAnswered ? 'answered' : 'refused', answeredAtMs: atMs, bytes: data.length, ...(isAnswered ? { answer: data.toString('utf8') } : { code: outcome }) }
  await tx.saveAnswer(answer)
  await audit(tx, SYSTEM, 'answered', asking, atMs, { device: deviceId, outcome, bytes: data.length, askedBy: asking.askedBy.id })
  await settleAsking(tx, asking)
  return true
}

/** Ends what is past its time. @returns those */
export async function expireQuestions(tx: StoreWriter, nowMs: number): Promise<readonly Asking[]> {
  const over = (await tx.askings({ limit: 500, states: ['waiting', 'open'] })).items.filter(({ expiresAtMs }) => expiresAtMs <= nowMs)
  for (const asking of over) {
    const silent = (await tx.answersOf(asking.id)).filter(({ state }) => state === 'open')
    for (const row of silent) await tx.saveAnswer({ ...row, state: 'expired' })
    await tx.saveAsking({ ...asking, state: asking.state === 'open' && silent.length === 0 ? 'done' : 'expired' })
    await audit(tx, SYSTEM, 'expired', asking, nowMs, { silent: silent.length })
  }
  return over
}

export interface Questions {
  /** Hands in again what is open. */
  start(): Promise<void>
  send(asking: Asking): Promise<void>
}

const onWire = ({ kind, folder, name }: Question): NonNullable<NewOrder['order']['question']> =>
  kind === 'mounts' ? { mounts: {} } : kind === 'security_features' ? { securityFeatures: {} } : kind === 'applications' ? { applications: {} } : kind === 'sensor_state' ? { sensorState: {} } : { fileHashes: { folder: folder ?? '', name: name ?? '' } }

export function createQuestions({ store, orders, now, onChanged }: { readonly store: Store; readonly orders: Orders; readonly now: () => number; readonly onChanged: (askingId: string) => void }): Questions {
  const send = async (asking: Asking): Promise<void> => {
    if (asking.state !== 'open' || asking.expiresAtMs <= now()) return
    for (const { deviceId, state } of await store.answersOf(asking.id)) {
      if (state !== 'open') continue
      orders.send({
        deviceId, id: orderId('qu', asking.id, deviceId), expiresAtMs: asking.expiresAtMs, order: { question: onWire(asking.question) },
        onAnswer: async (answer) => {
          if (await store.write((tx) => keepAnswer(tx, asking.id, answer, now()))) onChanged(asking.id)
        },
      })
    }
  }
  return {
    async start() {
      for (const asking of (await store.askings({ limit: 500, states: ['open'] })).items) await send(asking)
    },
    send,
  }
}
