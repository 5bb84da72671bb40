// Requests for exceptions for removable media, and their decisions.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { MediaException } from '../../domain/exclusions/media-exception.ts'
import { CodedError } from '../../errors.ts'
import { decideException, revokeException } from '../../exceptions/exceptions.ts'
import { isVisible } from '../../access/visibility.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf } from '../guard.ts'
import { namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { presentException } from './present.ts'
import { ExceptionDecision, ExceptionEnd, ExceptionListQuery, ExceptionPage, ExceptionView } from './schema.ts'

const Params = Type.Object({ id: Id })

export const exceptionRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const view = async (request: FastifyRequest, row: MediaException): Promise<ExceptionView> => {
    const [user, device] = await Promise.all([store.user(row.userId), store.device(row.deviceId)])
    return presentException(row, user, device?.hostname, deps.now(), namesOf(request))
  }
  /** @throws NOT_FOUND, also for people who are not the account's to see */
  const seen = async (request: FastifyRequest, id: string): Promise<MediaException> => {
    const row = await store.mediaException(id)
    const user = row === undefined ? undefined : await store.user(row.userId)
    if (row === undefined || user === undefined || !isVisible(principalOf(request).visible, user)) throw new CodedError('NOT_FOUND', { what: 'exception' })
    return row
  }
  /** Scoring and the device follow once it is committed. */
  const follow = async (exception: MediaException): Promise<void> => {
    await deps.detection.reload()
    deps.exceptions?.tell(exception)
    deps.live.publish({ topic: 'exception.decided', exceptionId: exception.id })
  }

  app.get('/api/v1/exceptions', { schema: { tags: ['exceptions'], summary: 'Requests for exceptions for removable media, newest first.', querystring: ExceptionListQuery, response: { 200: ExceptionPage } } }, async (request) => {
    const { limit = 50, cursor, state, userId, deviceId } = request.query
    const page = await store.mediaExceptions({ limit, ...(cursor === undefined ? {} : { cursor }), ...(state === undefined ? {} : { states: state }), ...(userId === undefined ? {} : { userId }), ...(deviceId === undefined ? {} : { deviceId }) })
    const { visible } = principalOf(request)
    const users = new Map((await store.usersByIds([...new Set(page.items.map((row) => row.userId))])).map((user) => [user.id, user]))
    const shown = page.items.filter((row) => {
      const user = users.get(row.userId)
      return user !== undefined && isVisible(visible, user)
    })
    const items = await Promise.all(shown.map((row) => view(request, row)))
    // A state that the clock has overtaken is not what was asked for.
    return { items: items.filter((row) => state === undefined || state.includes(row.state)), ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
  })
  app.get('/api/v1/exceptions/:id', { schema: { tags: ['exceptions'], summary: 'One request and what became of it.', params: Params, response: { 200: ExceptionView } } }, async (request) => view(request, await seen(request, request.params.id)))
  app.post('/api/v1/exceptions/:id/decision', { schema: { tags: ['exceptions'], summary: 'Grant a request for a time, or refuse it with a reason. Not one’s own.', params: Params, body: ExceptionDecision, response: { 200: ExceptionView } } }, async (request) => {
    const { actor } = principalOf(request)
    await seen(request, request.params.id)
    const account = await store.account(actor.id)
    const decided = await store.write((tx) => decideException(tx, request.params.id, request.body, actor, account ?? { name: actor.name }, deps.now()))
    await follow(decided)
    return view(request, decided)
  })
  app.post('/api/v1/exceptions/:id/revoke', { schema: { tags: ['exceptions'], summary: 'End an exception before its time.', params: Params, body: ExceptionEnd, response: { 200: ExceptionView } } }, async (request) => {
    await seen(request, request.params.id)
    const revoked = await store.write((tx) => revokeException(tx, request.params.id, request.body.note, principalOf(request).actor, deps.now()))
    await follow(revoked)
    return view(request, revoked)
  })
}
