// What is written into a case, and what its user did: notes, history, activities, chart.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type ActivityKind, activityKinds } from '@holdfast/proto'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import { presentActivity } from '../activities/present.ts'
import { ActivityListQuery, ActivityPage } from '../activities/schema.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { lookUp } from '../look-up.ts'
import { namesOf } from '../names.ts'
import { Id, PageQuery } from '../primitives.ts'
import { chartOf } from '../users/chart.ts'
import { UserChart, UserChartQuery } from '../users/schema.ts'
import { caseOf } from './access.ts'
import { accountNames, presentEvent, presentNote } from './present.ts'
import { CaseEventPage, CaseNotePage, CaseNoteQuery, CaseNoteRequest, CaseNoteView } from './schema.ts'

const Params = Type.Object({ id: Id })
const isKind = (kind: string): kind is ActivityKind => Object.hasOwn(activityKinds, kind)
const { kind: KindQuery, from: FromQuery, to: ToQuery } = ActivityListQuery.properties
const CaseActivityQuery = Type.Object({ ...PageQuery, kind: KindQuery, from: FromQuery, to: ToQuery }, { additionalProperties: false })

export const caseRecordRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['cases']

  app.get('/api/v1/cases/:id/notes', { schema: { tags, summary: 'Notes of a case, newest first; they are never changed.', params: Params, querystring: CaseNoteQuery, response: { 200: CaseNotePage } } }, async (request) => {
    const found = await caseOf(request, store, request.params.id)
    const { limit = 50, cursor, search } = request.query
    const page = await store.caseNotes({ caseId: found.id, limit, ...(cursor === undefined ? {} : { cursor }), ...(search === undefined ? {} : { text: search }) })
    const [user, naming] = await Promise.all([store.user(found.userId), accountNames(store)])
    return { ...page, items: page.items.map((note) => presentNote(note, user, naming, namesOf(request))) }
  })

  app.post('/api/v1/cases/:id/notes', { schema: { tags, summary: 'Write a note; it stays as it is.', params: Params, body: CaseNoteRequest, response: { 201: CaseNoteView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const atMs = deps.now()
    const { note, found } = await store.write(async (tx) => {
      const inside = await caseOf(request, tx, request.params.id)
      const written = { id: `cn_${uuid().replaceAll('-', '')}`, caseId: inside.id, atMs, authorId: actor.id, kind: 'note' as const, text: request.body.text }
      await tx.appendCaseNote(written)
      await appendAudit(tx, { actor, action: 'case.noted', targetKind: 'case', targetId: inside.id, detail: { note: written.id }, atMs })
      return { note: written, found: inside }
    })
    deps.live.publish({ topic: 'case.updated', caseId: found.id, userId: found.userId })
    const [user, naming] = await Promise.all([store.user(found.userId), accountNames(store)])
    return reply.code(201).send(presentNote(note, user, naming, namesOf(request)))
  })

  app.get('/api/v1/cases/:id/events', { schema: { tags, summary: 'What was done in a case, newest first.', params: Params, querystring: Type.Object(PageQuery, { additionalProperties: false }), response: { 200: CaseEventPage } } }, async (request) => {
    const found = await caseOf(request, store, request.params.id)
    const { limit = 50, cursor } = request.query
    const page = await store.caseEvents({ caseId: found.id, limit, ...(cursor === undefined ? {} : { cursor }) })
    const [user, naming] = await Promise.all([store.user(found.userId), accountNames(store)])
    return { ...page, items: page.items.map((event) => presentEvent(event, user, naming, namesOf(request))) }
  })

  app.get('/api/v1/cases/:id/activities', { schema: { tags, summary: 'What the user of a case did, newest first.', params: Params, querystring: CaseActivityQuery, response: { 200: ActivityPage } } }, async (request) => {
    const found = await caseOf(request, store, request.params.id)
    const { limit = 50, cursor, from, to, kind } = request.query
    const unknown = kind?.find((name) => !isKind(name))
    if (unknown !== undefined) throw new InvalidRequest([{ pointer: '/querystring/kind', detail: `there is no kind "${unknown}"` }])
    const page = await store.activities({ limit, userId: found.userId, ...(cursor === undefined ? {} : { cursor }), ...(from === undefined ? {} : { fromMs: Date.parse(from) }), ...(to === undefined ? {} : { toMs: Date.parse(to) }), ...(kind === undefined ? {} : { kinds: kind.filter(isKind) }) })
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'activities.listed', targetKind: 'user', targetId: found.userId, detail: { rows: page.items.length, caseId: found.id }, atMs: deps.now() }))
    const known = await lookUp(store, [found.userId], page.items.map((activity) => activity.deviceId))
    return { ...page, items: page.items.map((activity) => presentActivity(activity, known.users.get(activity.userId), known.devices.get(activity.deviceId)?.hostname, deps.detection, namesOf(request))) }
  })

  app.get('/api/v1/cases/:id/chart', { schema: { tags, summary: 'One point for each day and indicator of the user of a case.', params: Params, querystring: UserChartQuery, response: { 200: UserChart } } }, async (request) => {
    const found = await caseOf(request, store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'user.viewed', targetKind: 'user', targetId: found.userId, detail: { view: 'chart', caseId: found.id }, atMs: deps.now() }))
    const user = await store.user(found.userId)
    if (user === undefined) throw new CodedError('NOT_FOUND', { what: 'user' })
    // What a contributor may know of a person ends where the triggering events begin.
    return chartOf(deps, user, request.query, { triggers: principalOf(request).permissions.has('user.read'), names: namesOf(request) })
  })
}
