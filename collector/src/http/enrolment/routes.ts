import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { createThrottle } from '../../access/throttle.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import { raiseFleetNotice } from '../../fleet/notices.ts'
import type { EnrolmentCode } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { EnrolAnswer, EnrolmentCodeCreated, EnrolmentCodeRequest, EnrolmentCodeView, EnrolRequest } from './schema.ts'

/** Enrolments that one address may try in a minute; a roll-out behind one proxy fits. */
const ENROL_LIMIT = 600

const stateOf = (code: EnrolmentCode, nowMs: number): EnrolmentCodeView['state'] => (code.revoked ? 'revoked' : code.uses >= code.maxUses ? 'used_up' : code.expiresAtMs <= nowMs ? 'expired' : 'open')

export const enrolmentRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store, fleet } = deps
  const throttle = createThrottle(ENROL_LIMIT, 60)
  const present = (code: EnrolmentCode): EnrolmentCodeView => ({
    id: code.id, group: code.group, maxUses: code.maxUses, uses: code.uses, createdAt: new Date(code.createdAtMs).toISOString(), expiresAt: new Date(code.expiresAtMs).toISOString(), createdBy: code.createdBy, state: stateOf(code, deps.now()),
  })

  app.get('/api/v1/enrolment-codes', { schema: { tags: ['enrolment'], summary: 'Enrolment codes; never the codes themselves.', response: { 200: Type.Object({ items: Type.Array(EnrolmentCodeView) }) } } }, async () => ({ items: (await store.enrolmentCodes()).map(present) }))

  app.post('/api/v1/enrolment-codes', { schema: { tags: ['enrolment'], summary: 'Make a code; it is shown once.', body: EnrolmentCodeRequest, response: { 201: EnrolmentCodeCreated } } }, async (request, reply) => {
    const { group = 'default', uses = 1, expiresInSecs = 86_400 } = request.body
    const { actor } = principalOf(request)
    const { code, text } = await store.write(async (tx) => {
      const made = await fleet.createCode(tx, { group, uses, expiresInSecs, createdBy: actor.name })
      await appendAudit(tx, { actor, action: 'enrolment_code.created', targetKind: 'enrolment_code', targetId: made.code.id, detail: { group, uses, expiresInSecs }, atMs: deps.now() })
      // The group has a policy before its first device asks for one.
      await fleet.compilePolicies(tx)
      return made
    })
    return reply.code(201).send({
      id: code.id, code: text, group: code.group, uses: code.maxUses, expiresAt: new Date(code.expiresAtMs).toISOString(), collectorUrl: deps.collectorUrl,
      installCommand: `holdfast-agent enrol --collector ${deps.collectorUrl} --code ${text}`,
    })
  })

  app.delete('/api/v1/enrolment-codes/:id', { schema: { tags: ['enrolment'], summary: 'Make a code useless.', params: Type.Object({ id: Id }), response: { 200: EnrolmentCodeView } } }, async (request) => {
    const code = (await store.enrolmentCodes()).find((row) => row.id === request.params.id)
    if (code === undefined) throw new CodedError('NOT_FOUND', { what: 'enrolment code' })
    const revoked = { ...code, revoked: true }
    await store.write(async (tx) => {
      await tx.saveEnrolmentCode(revoked)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'enrolment_code.revoked', targetKind: 'enrolment_code', targetId: code.id, atMs: deps.now() })
    })
    return present(revoked)
  })

  app.post('/api/v1/enrol', { schema: { tags: ['enrolment'], summary: 'For a device: exchange a code for a credential.', body: EnrolRequest, response: { 200: EnrolAnswer } } }, async (request) => {
    const wait = throttle.take(request.ip, deps.now())
    if (wait !== undefined) throw new CodedError('TOO_MANY_TRIES', { seconds: wait })
    const result = await store.write(async (tx) => {
      const enrolled = await fleet.enrol(tx, request.body)
      await appendAudit(tx, {
        actor: { id: `code:${enrolled.codeId}`, name: 'enrolment code' }, action: enrolled.reEnrolled ? 'device.re_enrolled' : 'device.enrolled', targetKind: 'device', targetId: enrolled.device.id,
        detail: { hostname: enrolled.device.hostname, group: enrolled.device.group, address: request.ip }, atMs: deps.now(),
      })
      return enrolled
    }).catch(async (error: unknown) => {
      // The refusal took its transaction back; that somebody has a copy of a key is told all the same.
      if (error instanceof CodedError && error.code === 'ENROLMENT_KEY_TAKEN') await store.write(async (tx) => {
        const holder = await tx.deviceByPublicKey(request.body.publicKey)
        if (holder !== undefined) await raiseFleetNotice(tx, { kind: 'key_reused', key: `key-reused:${holder.id}`, deviceId: holder.id, detail: `Somebody tried to enrol a second computer with the key of ${holder.hostname}, from ${request.ip}.`, fix: 'Its folder was copied. Take its key away here if nobody did that on purpose; images are made with holdfast-agent seal.', atMs: deps.now() })
      })
      throw error
    })
    deps.detection.joined(result.device.id, result.device.group)
    if (result.replacedKey !== undefined) await fleet.cutOff(result.replacedKey)
    deps.live.publish({ topic: 'device.enrolled', deviceId: result.device.id, codeId: result.codeId })
    return {
      deviceId: result.device.id, group: result.device.group, organisation: result.organisation, jwt: result.jwt, natsServers: [...result.natsServers], caPem: result.caPem, policyKeys: [...result.policyKeys], reEnrolled: result.reEnrolled,
    }
  })
}
