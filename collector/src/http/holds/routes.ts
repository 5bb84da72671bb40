// Legal holds: while one stands, nothing of the person goes, neither by retention nor by erasure nor by hand.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import { isVisible } from '../../access/visibility.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import type { LegalHold } from '../../store/privacy.ts'
import type { StoreReader } from '../../store/store.ts'
import { caseOf } from '../cases/access.ts'
import { accountNames } from '../cases/present.ts'
import type { HttpDeps } from '../context.ts'
import { assertVisible, principalOf } from '../guard.ts'
import { namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { HoldList, HoldQuery, HoldReason, HoldView } from './schema.ts'

const Params = Type.Object({ id: Id })
const iso = (ms: number): string => new Date(ms).toISOString()

export const holdRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['holds']

  const present = async (request: FastifyRequest, holds: readonly LegalHold[]): Promise<readonly HoldView[]> => {
    const names = namesOf(request)
    const { visible } = principalOf(request)
    const [naming, users, cases] = await Promise.all([accountNames(store), store.usersByIds([...new Set(holds.map(({ userId }) => userId))]), store.casesByIds(holds.flatMap(({ caseId }) => (caseId === undefined ? [] : [caseId])))])
    const known = new Map(users.map((user) => [user.id, user]))
    return holds.flatMap((hold): readonly HoldView[] => {
      const user = known.get(hold.userId)
      if (user === undefined || !isVisible(visible, user)) return []
      const found = cases.find(({ id }) => id === hold.caseId)
      return [{
        id: hold.id, user: names.ref(user, hold.userId), reason: names.text(hold.reason, user), by: naming(hold.byId), at: iso(hold.atMs), ...(hold.caseId === undefined ? {} : { caseId: hold.caseId }), ...(found === undefined ? {} : { caseName: names.text(found.name, user) }),
        ...(hold.releasedAtMs === undefined ? {} : { releasedAt: iso(hold.releasedAtMs) }), ...(hold.releasedById === undefined ? {} : { releasedBy: naming(hold.releasedById) }), ...(hold.releaseReason === undefined ? {} : { releaseReason: names.text(hold.releaseReason, user) }),
      }]
    })
  }
  const presentOne = async (request: FastifyRequest, hold: LegalHold): Promise<HoldView> => {
    const [view] = await present(request, [hold])
    if (view === undefined) throw new CodedError('NOT_FOUND', { what: 'hold' })
    return view
  }
  /** Copies of files of the person that are here. */
  const copiesOf = async (userId: string): Promise<readonly string[]> => {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await store.evidenceList({ userId, limit: 500, states: ['verified', 'receiving'], ...(cursor === undefined ? {} : { cursor }) })
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    return ids
  }
  const holdOf = async (request: FastifyRequest, reader: StoreReader, id: string): Promise<LegalHold> => {
    const hold = (await reader.holds({ released: true })).find((one) => one.id === id)
    if (hold === undefined) throw new CodedError('NOT_FOUND', { what: 'hold' })
    assertVisible(request, await reader.user(hold.userId), 'hold')
    return hold
  }

  app.get('/api/v1/holds', { schema: { tags, summary: 'Legal holds, newest first.', querystring: HoldQuery, response: { 200: HoldList } } }, async (request) => {
    const { userId, caseId, released } = request.query
    const items = await present(request, await store.holds({ ...(userId === undefined ? {} : { userId }), ...(caseId === undefined ? {} : { caseId }), ...(released === undefined ? {} : { released }) }))
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'hold.listed', targetKind: 'hold', targetId: '-', detail: { rows: items.length }, subjects: [...new Set(items.map(({ user }) => user.id))], atMs: deps.now() }))
    return { items: [...items] }
  })

  app.get('/api/v1/cases/:id/holds', { schema: { tags, summary: 'Legal holds on the person of a case, whichever case they came from.', params: Params, response: { 200: HoldList } } }, async (request) => {
    const found = await caseOf(request, store, request.params.id)
    return { items: [...(await present(request, await store.holds({ userId: found.userId, released: true })))] }
  })

  app.post('/api/v1/cases/:id/holds', { schema: { tags, summary: 'Hold everything of the person of a case: nothing of it goes until the hold is released.', params: Params, body: HoldReason, response: { 201: HoldView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const { reason } = request.body
    const atMs = deps.now()
    const hold = await store.write(async (tx) => {
      const found = await caseOf(request, tx, request.params.id)
      if ((await tx.holds({ caseId: found.id })).length > 0) throw new CodedError('HOLD_EXISTS')
      const made: LegalHold = { id: `lh_${uuid().replaceAll('-', '')}`, userId: found.userId, caseId: found.id, reason: reason.trim(), byId: actor.id, atMs }
      await tx.placeHold(made)
      await tx.appendCaseEvent({ caseId: found.id, atMs, actorId: actor.id, what: 'hold_placed', detail: { hold: made.id, reason: made.reason } })
      await appendAudit(tx, { actor, action: 'hold.placed', targetKind: 'case', targetId: found.id, detail: { hold: made.id, reason }, atMs })
      return made
    })
    // The person is held from here on, and with them every copy. Custody says so copy by copy.
    const copies = (await deps.evidence?.hold(await copiesOf(hold.userId), hold.id, 'legal hold', actor))?.length
    deps.live.publish({ topic: 'case.updated', caseId: hold.caseId ?? '', userId: hold.userId })
    return reply.code(201).send({ ...(await presentOne(request, hold)), ...(copies === undefined ? {} : { copies }) })
  })

  app.post('/api/v1/holds/:id/release', { schema: { tags, summary: 'Release a hold, with a reason; retention goes on where it stopped.', params: Params, body: HoldReason, response: { 200: HoldView } } }, async (request) => {
    const { actor } = principalOf(request)
    const { reason } = request.body
    const atMs = deps.now()
    const before = await store.write(async (tx) => {
      const hold = await holdOf(request, tx, request.params.id)
      if (hold.releasedAtMs !== undefined) throw new CodedError('HOLD_OVER')
      await tx.releaseHold(hold.id, { reason: reason.trim(), byId: actor.id, atMs })
      if (hold.caseId !== undefined && (await tx.case(hold.caseId)) !== undefined) await tx.appendCaseEvent({ caseId: hold.caseId, atMs, actorId: actor.id, what: 'hold_released', detail: { hold: hold.id, reason: reason.trim() } })
      await appendAudit(tx, { actor, action: 'hold.released', targetKind: 'user', targetId: hold.userId, detail: { hold: hold.id, ...(hold.caseId === undefined ? {} : { caseId: hold.caseId }), reason }, atMs })
      return hold
    })
    await deps.evidence?.release(await copiesOf(before.userId), before.id, 'legal hold', actor)
    if (before.caseId !== undefined) deps.live.publish({ topic: 'case.updated', caseId: before.caseId, userId: before.userId })
    return presentOne(request, await holdOf(request, store, before.id))
  })
}
