import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { questionProblem, QUESTION_LIMITS } from '../domain/questions.ts'
import type { NewOrder } from '../fleet/orders.ts'
import { buildDevice, MONDAY_MS } from '../testing/builders.ts'
import { openTemporaryStore } from '../testing/temporary-store.ts'
import { ask, createQuestions, decideQuestion, expireQuestions, keepAnswer, saveQuestionSettings, type Wanted } from './questions.ts'

const ada = { id: 'a_1', name: 'ada' }
const bob = { id: 'a_2', name: 'bob' }

let temporary: Awaited<ReturnType<typeof openTemporaryStore>>
beforeEach(async () => {
  temporary = await openTemporaryStore()
  await temporary.store.write(async (tx) => {
    await tx.saveDevice(buildDevice({ id: 'd_1', publicKey: 'U1' }))
    await tx.saveDevice(buildDevice({ id: 'd_2', publicKey: 'U2', hardwareId: 'e'.repeat(64) }))
    await tx.saveDevice(buildDevice({ id: 'd_gone', publicKey: 'U3', hardwareId: 'f'.repeat(64), status: 'revoked' }))
  })
})
afterEach(() => temporary.remove())

const put = (over: Partial<Wanted> = {}, actor = ada, atMs = MONDAY_MS) => temporary.store.write((tx) => ask(tx, { question: { kind: 'mounts' }, reason: 'case 14', deviceIds: ['d_1'], minutes: 60, ...over }, actor, atMs))
const audits = async (): Promise<readonly string[]> => (await temporary.store.auditEntries({ limit: 90, ascending: true })).items.map(({ action }) => action)

describe('asking', () => {
  test('is of devices that are there, of a group within the limit, and audited with who, what and which device', async () => {
    const asking = await put({ group: 'default' })
    expect((await temporary.store.answersOf(asking.id)).map(({ deviceId, state }) => [deviceId, state])).toEqual([['d_1', 'open'], ['d_2', 'open']])
    const [entry] = (await temporary.store.auditEntries({ limit: 1 })).items
    expect([entry?.action, entry?.actorId, JSON.parse(entry?.detail ?? '{}')]).toMatchObject(['question.asked', 'a_1', { kind: 'mounts', reason: 'case 14', devices: ['d_1', 'd_2'] }])
    await expect(put({ deviceIds: ['d_none'] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(put({ deviceIds: ['d_gone'] })).rejects.toMatchObject({ code: 'QUESTION_REFUSED' })
    await expect(put({ deviceIds: Array.from({ length: 201 }, (_, n) => `d_${n}`) })).rejects.toMatchObject({ code: 'QUESTION_REFUSED' })
  })
  test('stops at the limit of an hour', async () => {
    for (let n = 0; n < QUESTION_LIMITS.perHour; n += 1) await put()
    await expect(put()).rejects.toMatchObject({ code: 'QUESTION_REFUSED' })
    expect((await put({}, bob)).state).toBe('open')
    expect((await put({}, ada, MONDAY_MS + 3_600_001)).state).toBe('open')
  })
  test.each([
    [{ kind: 'mounts', folder: '/x' }], [{ kind: 'file_hashes' }], [{ kind: 'file_hashes', folder: 'x', name: '*' }], [{ kind: 'file_hashes', folder: '/a/../b', name: '*' }], [{ kind: 'file_hashes', folder: '/a', name: 'b/c' }], [{ kind: 'file_hashes', folder: '/a', name: '[a]' }], [{ kind: 'file_hashes', folder: '/a', name: '****' }], [{ kind: 'file_hashes', folder: '/a\0', name: '*' }],
  ] as const)('%j is refused', (question) => {
    expect(questionProblem(question)).toBeDefined()
  })
  test('waits for somebody else where the organisation wants it, and goes nowhere before', async () => {
    const sent: NewOrder[] = []
    const questions = createQuestions({ store: temporary.store, orders: { send: (order) => void sent.push(order), withdraw() {}, heard() {}, waiting: 0 }, now: () => MONDAY_MS, onChanged() {} })
    await temporary.store.write((tx) => saveQuestionSettings(tx, { needsSecond: true }))
    const asking = await put()
    await questions.send(asking)
    await questions.start()
    expect([asking.state, sent]).toEqual(['waiting', []])
    await expect(temporary.store.write((tx) => decideQuestion(tx, asking.id, true, ada, MONDAY_MS))).rejects.toMatchObject({ code: 'SECOND_PERSON' })
    await expect(temporary.store.write((tx) => decideQuestion(tx, asking.id, true, bob, MONDAY_MS + 4_000_000))).rejects.toMatchObject({ code: 'REQUEST_OVER' })
    await questions.send(await temporary.store.write((tx) => decideQuestion(tx, asking.id, true, bob, MONDAY_MS)))
    expect(sent.map(({ deviceId, order }) => [deviceId, order])).toEqual([['d_1', { question: { mounts: {} } }]])
    const refused = await put()
    expect((await temporary.store.write((tx) => decideQuestion(tx, refused.id, false, bob, MONDAY_MS))).state).toBe('refused')
    expect(await audits()).toEqual(['question.requested', 'question.approved', 'question.requested', 'question.refused'])
  })
})

describe('an answer', () => {
  test('is kept once, with its size in the audit log, and the last one ends the question', async () => {
    const asking = await put({ deviceIds: ['d_1', 'd_2'] })
    const answer = (deviceId: string, outcome: string, text: string) => temporary.store.write((tx) => keepAnswer(tx, asking.id, { deviceId, outcome, data: Buffer.from(text) }, MONDAY_MS + 5))
    expect([await answer('d_1', 'answered', '[1]'), await answer('d_1', 'answered', '[2]'), await answer('d_3', 'answered', '[]')]).toEqual([true, false, false])
    expect((await temporary.store.asking(asking.id))?.state).toBe('open')
    expect(await answer('d_2', 'folder_not_watched', '')).toBe(true)
    expect((await temporary.store.asking(asking.id))?.state).toBe('done')
    expect(await temporary.store.answersOf(asking.id)).toMatchObject([{ state: 'answered', answer: '[1]', bytes: 3 }, { state: 'refused', code: 'folder_not_watched' }])
    expect(JSON.parse((await temporary.store.auditEntries({ limit: 9 })).items.at(1)?.detail ?? '{}')).toMatchObject({ device: 'd_1', outcome: 'answered', bytes: 3, askedBy: 'a_1' })
  })
  test('of a device that was away the whole time is none, and the question ends', async () => {
    const asking = await put()
    expect(await temporary.store.write((tx) => expireQuestions(tx, MONDAY_MS + 3_599_999))).toEqual([])
    await temporary.store.write((tx) => expireQuestions(tx, MONDAY_MS + 3_600_000))
    expect([(await temporary.store.asking(asking.id))?.state, (await temporary.store.answersOf(asking.id))[0]?.state]).toEqual(['expired', 'expired'])
    expect(await temporary.store.write((tx) => keepAnswer(tx, asking.id, { deviceId: 'd_1', outcome: 'answered', data: Buffer.from('[]') }, MONDAY_MS + 3_600_001))).toBe(false)
    expect(await audits()).toEqual(['question.asked', 'question.expired'])
  })
})
