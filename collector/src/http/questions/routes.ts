// Live questions to devices, their approval, and what the devices answered.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { type Asking, QUESTION_LIMITS } from '../../domain/questions.ts'
import { CodedError } from '../../errors.ts'
import { ask, decideQuestion, questionSettings, saveQuestionSettings } from '../../questions/questions.ts'
import type { StoreReader } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { assertGroup, deviceInReach, groupsSeen, principalOf } from '../guard.ts'
import { namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { AskingListQuery, AskingPage, AskingView, AskRequest, QuestionDecision, QuestionSettingsView } from './schema.ts'

const Params = Type.Object({ id: Id })
const iso = (ms: number): string => new Date(ms).toISOString()
const MAX_DEPTH = 6

/** An answer with each of its texts masked by itself: over the whole, a path would run into the next field. */
function maskAnswer(answer: string, mask: (text: string) => string): string {
  const walk = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return mask(value)
    if (typeof value !== 'object' || value === null) return value
    if (depth >= MAX_DEPTH) return '…'
    return Array.isArray(value) ? value.map((one) => walk(one, depth + 1)) : Object.fromEntries(Object.entries(value).map(([key, one]) => [mask(key), walk(one, depth + 1)]))
  }
  try {
    return JSON.stringify(walk(JSON.parse(answer), 0))
  } catch {
    // A device that writes no JSON is a device that was changed: its text is shown as text.
    return mask(answer)
  }
}

export const questionRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const view = async (request: FastifyRequest, asking: Asking, whole: boolean): Promise<AskingView> => {
    const names = namesOf(request)
    const answers = await store.answersOf(asking.id)
    const devices = await Promise.all(answers.map(async (row) => {
      const device = await store.device(row.deviceId)
      return {
        deviceId: row.deviceId, ...(device === undefined ? {} : { deviceName: names.host(device.hostname) }), state: row.state, ...(row.answeredAtMs === undefined ? {} : { answeredAt: iso(row.answeredAtMs) }), ...(row.bytes === undefined ? {} : { bytes: row.bytes }),
        ...(row.code === undefined ? {} : { code: row.code }), ...(whole && row.answer !== undefined ? { answer: maskAnswer(row.answer, (text) => names.text(text, undefined)) } : {}),
      }
    }))
    // A state that the clock has overtaken is over, also before anybody wrote it down.
    const state = (asking.state === 'open' || asking.state === 'waiting') && asking.expiresAtMs <= deps.now() ? 'expired' : asking.state
    return {
      id: asking.id, question: { ...asking.question }, reason: names.text(asking.reason, undefined), askedBy: asking.askedBy.name, isOwn: asking.askedBy.id === principalOf(request).actor.id, askedAt: iso(asking.askedAtMs), expiresAt: iso(asking.expiresAtMs), state,
      ...(asking.group === undefined ? {} : { group: asking.group }), ...(asking.decidedBy === undefined ? {} : { decidedBy: asking.decidedBy.name }), devices,
    }
  }
  /** A question all of whose devices are in reach of the asker. @throws NOT_FOUND */
  const askingInReach = async (request: FastifyRequest, reader: StoreReader, id: string): Promise<Asking> => {
    const asking = await reader.asking(id)
    if (asking === undefined) throw new CodedError('NOT_FOUND', { what: 'question' })
    if (principalOf(request).groups !== undefined) {
      for (const { deviceId } of await reader.answersOf(id)) await deviceInReach(request, reader, deviceId).catch(() => {
        throw new CodedError('NOT_FOUND', { what: 'question' })
      })
    }
    return asking
  }
  const follow = async (asking: Asking): Promise<void> => {
    await deps.questions?.send(asking)
    deps.live.publish({ topic: 'question.state', askingId: asking.id })
  }

  app.get('/api/v1/questions', { schema: { tags: ['questions'], summary: 'Live questions that were asked of devices, newest first, without the answers.', querystring: AskingListQuery, response: { 200: AskingPage } } }, async (request) => {
    const { limit = 50, cursor, deviceId, state } = request.query
    const page = await store.askings({ limit, ...groupsSeen(request), ...(cursor === undefined ? {} : { cursor }), ...(deviceId === undefined ? {} : { deviceId }), ...(state === undefined ? {} : { states: state }) })
    return { items: await Promise.all(page.items.map((row) => view(request, row, false))), ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
  })
  app.post('/api/v1/questions', { schema: { tags: ['questions'], summary: 'Ask devices a question of the closed list. It goes out signed, and waits for those that are away.', body: AskRequest, response: { 201: AskingView } } }, async (request, reply) => {
    const { minutes = QUESTION_LIMITS.defaultMinutes, question, reason, deviceIds, group } = request.body
    if (group !== undefined) assertGroup(request, group)
    for (const deviceId of deviceIds ?? []) await deviceInReach(request, store, deviceId)
    const asking = await store.write((tx) => ask(tx, { question, reason, minutes, ...(deviceIds === undefined ? {} : { deviceIds }), ...(group === undefined ? {} : { group }) }, principalOf(request).actor, deps.now()))
    await follow(asking)
    return reply.code(201).send(await view(request, asking, false))
  })
  app.get('/api/v1/questions/:id', { schema: { tags: ['questions'], summary: 'One question with the answers of its devices. Each look is audited.', params: Params, response: { 200: AskingView } } }, async (request) => {
    const asking = await askingInReach(request, store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'question.viewed', targetKind: 'question', targetId: asking.id, atMs: deps.now() }))
    return view(request, asking, true)
  })
  app.post('/api/v1/questions/:id/decision', { schema: { tags: ['questions'], summary: 'Agree to somebody else’s question, or refuse it.', params: Params, body: QuestionDecision, response: { 200: AskingView } } }, async (request) => {
    const asking = await store.write(async (tx) => {
      await askingInReach(request, tx, request.params.id)
      return decideQuestion(tx, request.params.id, request.body.grant, principalOf(request).actor, deps.now())
    })
    await follow(asking)
    return view(request, asking, false)
  })

  app.get('/api/v1/settings/questions', { schema: { tags: ['questions'], summary: 'Whether a question needs a second person.', response: { 200: QuestionSettingsView } } }, () => questionSettings(store))
  app.put('/api/v1/settings/questions', { schema: { tags: ['questions'], summary: 'Change that.', body: QuestionSettingsView, response: { 200: QuestionSettingsView } } }, async (request) => {
    const atMs = deps.now()
    await store.write(async (tx) => {
      const before = await questionSettings(tx)
      await saveQuestionSettings(tx, request.body)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'settings.questions_changed', targetKind: 'settings', targetId: 'questions', detail: { before, after: request.body }, atMs })
    })
    return request.body
  })
}
