import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import { raiseFleetNotice } from '../../fleet/notices.ts'
import type { EnrolmentRequest } from '../../domain/people/enrolment-request.ts'
import type { EnrolmentResult } from '../../fleet/contract.ts'
import { askAgainSecs, type Decision, decideRequests } from '../../fleet/enrolment-queue.ts'
import type { EnrolmentCode } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { assertGroup, groupsSeen, principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { createEnrolmentLimit } from './limits.ts'
import { EnrolAnswer, EnrolmentCodeCreated, EnrolmentCodeRequest, EnrolmentCodeView, EnrolmentDecisionRequest, EnrolmentDecisionResult, EnrolmentRequestPage, EnrolmentRequestQuery, type EnrolmentRequestView, EnrolRequest, EnrolWaiting } from './schema.ts'

const instant = (ms: number): string => new Date(ms).toISOString()
const FINGERPRINT_CHARACTERS = 8

const presentRequest = ({ publicKey, hardwareId: _hardware, requestedAtMs, expiresAtMs, decidedAtMs, ...request }: EnrolmentRequest): EnrolmentRequestView => ({
  ...request, fingerprint: publicKey.slice(-FINGERPRINT_CHARACTERS), requestedAt: instant(requestedAtMs), expiresAt: instant(expiresAtMs), ...(decidedAtMs === undefined ? {} : { decidedAt: instant(decidedAtMs) }),
})
const presentWaiting = (request: EnrolmentRequest, nowMs: number): EnrolWaiting => ({ state: 'waiting', requestId: request.id, expiresAt: instant(request.expiresAtMs), askAgainSecs: askAgainSecs(request, nowMs) })

const stateOf = (code: EnrolmentCode, nowMs: number): EnrolmentCodeView['state'] => (code.revoked ? 'revoked' : code.uses >= code.maxUses ? 'used_up' : code.expiresAtMs <= nowMs ? 'expired' : 'open')

export const enrolmentRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store, fleet } = deps
  const limit = createEnrolmentLimit()
  const present = (code: EnrolmentCode): EnrolmentCodeView => ({
    id: code.id, group: code.group, maxUses: code.maxUses, uses: code.uses, createdAt: new Date(code.createdAtMs).toISOString(), expiresAt: new Date(code.expiresAtMs).toISOString(), createdBy: code.createdBy, needsApproval: code.needsApproval === true, state: stateOf(code, deps.now()),
  })

  app.get('/api/v1/enrolment-codes', { schema: { tags: ['enrolment'], summary: 'Enrolment codes; never the codes themselves.', response: { 200: Type.Object({ items: Type.Array(EnrolmentCodeView) }) } } }, async (request) => {
    const { groups } = principalOf(request)
    return { items: (await store.enrolmentCodes()).filter(({ group }) => groups?.includes(group) !== false).map(present) }
  })

  app.post('/api/v1/enrolment-codes', { schema: { tags: ['enrolment'], summary: 'Make a code; it is shown once.', body: EnrolmentCodeRequest, response: { 201: EnrolmentCodeCreated } } }, async (request, reply) => {
    const { group = 'default', uses = 1, expiresInSecs = 86_400, needsApproval = false } = request.body
    const { actor } = principalOf(request)
    assertGroup(request, group)
    const { code, text } = await store.write(async (tx) => {
      const made = await fleet.createCode(tx, { group, uses, expiresInSecs, createdBy: actor.name, needsApproval })
      await appendAudit(tx, { actor, action: 'enrolment_code.created', targetKind: 'enrolment_code', targetId: made.code.id, detail: { group, uses, expiresInSecs, ...(needsApproval ? { needsApproval } : {}) }, atMs: deps.now() })
      // The group has a policy before its first device asks for one.
      await fleet.compilePolicies(tx)
      return made
    })
    return reply.code(201).send({
      id: code.id, code: text, group: code.group, uses: code.maxUses, expiresAt: new Date(code.expiresAtMs).toISOString(), needsApproval: code.needsApproval === true, collectorUrl: deps.collectorUrl,
      installCommand: `holdfast-agent enrol --collector ${deps.collectorUrl} --code ${text}`,
    })
  })

  app.delete('/api/v1/enrolment-codes/:id', { schema: { tags: ['enrolment'], summary: 'Make a code useless.', params: Type.Object({ id: Id }), response: { 200: EnrolmentCodeView } } }, async (request) => {
    const code = (await store.enrolmentCodes()).find((row) => row.id === request.params.id)
    if (code === undefined) throw new CodedError('NOT_FOUND', { what: 'enrolment code' })
    assertGroup(request, code.group, 'enrolment code')
    const revoked = { ...code, revoked: true }
    await store.write(async (tx) => {
      await tx.saveEnrolmentCode(revoked)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'enrolment_code.revoked', targetKind: 'enrolment_code', targetId: code.id, atMs: deps.now() })
    })
    return present(revoked)
  })

  app.get('/api/v1/enrolment-requests', { schema: { tags: ['enrolment'], summary: 'Devices that asked under a code that needs approval, the oldest first.', querystring: EnrolmentRequestQuery, response: { 200: EnrolmentRequestPage } } }, async (request) => {
    const { limit: rows = 50, cursor, state, codeId } = request.query
    const page = await store.enrolmentRequests({ limit: rows, ...groupsSeen(request), ...(cursor === undefined ? {} : { cursor }), ...(state === undefined ? {} : { states: [state] }), ...(codeId === undefined ? {} : { codeId }) })
    return { ...page, items: page.items.map(presentRequest) }
  })

  app.post('/api/v1/enrolment-requests/decisions', { schema: { tags: ['enrolment'], summary: 'Approve or refuse devices that wait, one or many.', body: EnrolmentDecisionRequest, response: { 200: EnrolmentDecisionResult } } }, async (request) => {
    const { ids, approve, note } = request.body
    const { groups, actor } = principalOf(request)
    const { decisions, waiting } = await store.write(async (tx) => {
      // Those of groups out of reach are as if they were not there.
      const hidden = groups === undefined ? [] : (await Promise.all(ids.map((id) => tx.enrolmentRequest(id)))).flatMap((found) => (found === undefined || groups.includes(found.group) ? [] : [found.id]))
      const decided = await decideRequests(tx, ids.filter((id) => !hidden.includes(id)), { approve, actor, nowMs: deps.now(), ...(note === undefined ? {} : { note }) })
      return { decisions: [...decided, ...hidden.map((id): Decision => ({ id, outcome: 'not_found' }))], waiting: await tx.waitingEnrolments() }
    })
    for (const { outcome, request: decided } of decisions) if (outcome === 'done' && decided !== undefined) deps.live.publish({ topic: 'enrolment.request', requestId: decided.id, codeId: decided.codeId, state: decided.state })
    return { items: decisions.map(({ request: decided, ...rest }) => ({ ...rest, ...(decided === undefined ? {} : { request: presentRequest(decided) }) })), done: decisions.filter(({ outcome }) => outcome === 'done').length, waiting }
  })

  const tellOfCopiedKey = (publicKey: string, address: string): Promise<void> => store.write(async (tx) => {
    const holder = await tx.deviceByPublicKey(publicKey)
    if (holder !== undefined) await raiseFleetNotice(tx, { kind: 'key_reused', key: `key-reused:${holder.id}`, deviceId: holder.id, detail: `Somebody tried to enrol a second computer with the key of ${holder.hostname}, from ${address}.`, fix: 'Its folder was copied. Take its key away here if nobody did that on purpose; images are made with holdfast-agent seal.', atMs: deps.now() })
  })
  /** What the device waits for, or what it gets. */
  const answerDevice = async (input: EnrolRequest, address: string): Promise<EnrolmentRequest | EnrolmentResult> => {
    // Read only: codes that are of no use, and devices that ask again and again, take no turn from those who write.
    const standing = await fleet.waitsFor(store, input)
    if (standing !== undefined) return standing
    const result = await store.write(async (tx) => {
      const waits = await fleet.requestApproval(tx, input, address)
      if (waits !== undefined) return waits
      const enrolled = await fleet.enrol(tx, input)
      await appendAudit(tx, {
        actor: { id: `code:${enrolled.codeId}`, name: 'enrolment code' }, action: enrolled.reEnrolled ? 'device.re_enrolled' : 'device.enrolled', targetKind: 'device', targetId: enrolled.device.id,
        detail: { hostname: enrolled.device.hostname, group: enrolled.device.group, address }, atMs: deps.now(),
      })
      return enrolled
    })
    if ('state' in result) deps.live.publish({ topic: 'enrolment.request', requestId: result.id, codeId: result.codeId, state: result.state })
    return result
  }

  app.post('/api/v1/enrol', { schema: { tags: ['enrolment'], summary: 'For a device: exchange a code for a credential; 202 while the device waits for approval.', body: EnrolRequest, response: { 200: EnrolAnswer, 202: EnrolWaiting } } }, async (request, reply) => {
    const seconds = limit.take(request.ip, request.body.publicKey, deps.now())
    if (seconds !== undefined) throw new CodedError('TOO_MANY_TRIES', { seconds })
    const result = await answerDevice(request.body, request.ip).catch(async (error: unknown) => {
      // The refusal took its transaction back; that somebody has a copy of a key is told all the same.
      if (error instanceof CodedError && error.code === 'ENROLMENT_KEY_TAKEN') await tellOfCopiedKey(request.body.publicKey, request.ip)
      throw error
    })
    if ('state' in result) {
      const waiting = presentWaiting(result, deps.now())
      return reply.code(202).header('retry-after', String(waiting.askAgainSecs)).send(waiting)
    }
    deps.detection.joined(result.device.id, result.device.group)
    if (result.replacedKey !== undefined) await fleet.cutOff(result.replacedKey)
    deps.live.publish({ topic: 'device.enrolled', deviceId: result.device.id, codeId: result.codeId })
    return reply.code(200).send({
      deviceId: result.device.id, group: result.device.group, organisation: result.organisation, jwt: result.jwt, natsServers: [...result.natsServers], caPem: result.caPem, policyKeys: [...result.policyKeys], ...(result.root === undefined ? {} : { root: result.root }), reEnrolled: result.reEnrolled,
    })
  })
}
