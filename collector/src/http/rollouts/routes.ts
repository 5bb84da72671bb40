import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { defaultPlan, planProblems } from '../../domain/rollout/plan.ts'
import type { Rollout } from '../../domain/rollout/rollout.ts'
import { CodedError } from '../../errors.ts'
import { groupRevision } from '../../fleet/groups.ts'
import { canTakeBack, planOf, planRevision, savePlan } from '../../fleet/offers.ts'
import { createRollouts } from '../../rollout/rollouts.ts'
import type { StoreReader } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { changeGroup, settingsAfter, settingsOfPart } from '../devices/change-group.ts'
import { GroupSettings } from '../devices/schema.ts'
import { InvalidRequest } from '../error-response.ts'
import { assertGroup, groupsSeen, principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { assertRevision, seenRevision, withRevision } from '../revision.ts'
import { changesOf, planFrom, readGroupDocuments, writeGroupDocuments } from './document.ts'
import { presentPlan, presentRollout, presentRolloutDetail, presentRolloutDevice } from './present.ts'
import { AgentPolicyApplied, AgentPolicyDiff, AgentPolicyText, Choice, type GroupDocument, HaltRequest, PlanRequest, PlanView, PreviewView, RolloutDetail, RolloutDevicePage, RolloutDeviceQuery, RolloutListQuery, RolloutPage } from './schema.ts'

const DAY_MS = 86_400_000
const VOLUME_DAYS = 7
const WithId = Type.Object({ id: Id })
const GroupParams = Type.Object({ name: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) })
const AUTO_LIMIT = 500

/** Settings as a document: nothing in it that belongs to one installation alone. */
const plain = (value: unknown): GroupDocument['settings'] => JSON.parse(JSON.stringify(value)) as GroupDocument['settings']

/** Of settings and plan together: both only rise, so that the sum is another as soon as one of them is. */
const documentRevision = async (reader: StoreReader, group: string): Promise<number> => (await groupRevision(reader, group)) + (await planRevision(reader, group))

export const rolloutRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store, fleet, now, live } = deps
  app.addContentTypeParser(['application/yaml', 'text/yaml', 'application/x-yaml'], { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const rollouts = deps.rollouts ?? createRollouts({ store, fleet, now, onChanged: ({ id, group, state }) => live.publish({ topic: 'rollout.updated', rolloutId: id, group, state }), log: { info() {}, error() {} } })

  const find = async (request: FastifyRequest, id: string, reader: StoreReader = store): Promise<Rollout> => {
    const found = await reader.rollout(id)
    if (found === undefined) throw new CodedError('NOT_FOUND', { what: 'roll-out' })
    assertGroup(request, found.group, 'roll-out')
    return found
  }
  const view = async (rollout: Rollout) => presentRollout(rollout, await store.rolloutCounts(rollout.id), await canTakeBack(store, rollout))
  const detail = async (rollout: Rollout) => {
    const [rows, from, to] = await Promise.all([store.rolloutCounts(rollout.id), store.rolloutRevision(rollout.id, 'from'), store.rolloutRevision(rollout.id, 'to')])
    return presentRolloutDetail(rollout, rows, await canTakeBack(store, rollout), { ...(from === undefined ? {} : { from: from.readable }), ...(to === undefined ? {} : { to: to.readable }) })
  }
  const choiceOf = (request: Parameters<typeof principalOf>[0], groups: readonly string[], choice: 'rings' | 'at_once' | undefined) => ({ by: principalOf(request).actor, ...(choice === undefined ? {} : { groups: new Map(groups.map((group) => [group, choice])) }) })

  app.get('/api/v1/rollouts', { schema: { tags: ['rollouts'], summary: 'Roll-outs of agent policies, the latest first.', querystring: RolloutListQuery, response: { 200: RolloutPage } } }, async (request) => {
    const { limit = 50, cursor, group, state } = request.query
    const page = await store.rollouts({ limit, ...groupsSeen(request), ...(cursor === undefined ? {} : { cursor }), ...(group === undefined ? {} : { group }), ...(state === undefined ? {} : { states: state }) })
    return { items: await Promise.all(page.items.map(view)), ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }), ...(page.total === undefined ? {} : { total: page.total }) }
  })

  app.get('/api/v1/rollouts/:id', { schema: { tags: ['rollouts'], summary: 'One roll-out with its rings.', params: WithId, response: { 200: RolloutDetail } } }, async (request) => detail(await find(request, request.params.id)))

  app.get('/api/v1/rollouts/:id/devices', { schema: { tags: ['rollouts'], summary: 'Where each device is, why, and what comes next.', params: WithId, querystring: RolloutDeviceQuery, response: { 200: RolloutDevicePage } } }, async (request) => {
    const { limit = 50, cursor, state, ring } = request.query
    const rollout = await find(request, request.params.id)
    const page = await store.rolloutDevicePage({ limit, rolloutId: rollout.id, ...(cursor === undefined ? {} : { cursor }), ...(state === undefined ? {} : { states: state }), ...(ring === undefined ? {} : { ring: ring - 1 }) })
    return { items: page.items.map((device) => presentRolloutDevice(device, rollout)), ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }), ...(page.total === undefined ? {} : { total: page.total }) }
  })

  for (const act of ['pause', 'resume'] as const) {
    app.post(`/api/v1/rollouts/:id/${act}`, { schema: { tags: ['rollouts'], summary: act === 'pause' ? 'No further device gets it until it is resumed.' : 'It goes on, also where a rule had stopped it.', params: WithId, response: { 200: RolloutDetail } } }, async (request) => {
      const rollout = await store.write(async (tx) => {
        await find(request, request.params.id, tx)
        return rollouts[act](tx, request.params.id, principalOf(request).actor)
      })
      await rollouts.settle(rollout)
      return detail(rollout)
    })
  }
  app.post('/api/v1/rollouts/:id/halt', { schema: { tags: ['rollouts'], summary: 'Stop it by hand, with a note.', params: WithId, body: HaltRequest, response: { 200: RolloutDetail } } }, async (request) => {
    const rollout = await store.write(async (tx) => {
      await find(request, request.params.id, tx)
      return rollouts.halt(tx, request.params.id, principalOf(request).actor, request.body.note ?? '')
    })
    await rollouts.settle(rollout)
    return detail(rollout)
  })
  app.post('/api/v1/rollouts/:id/roll-back', { schema: { tags: ['rollouts'], summary: 'Devices that have it get what ran before, as a higher version, at once.', params: WithId, response: { 200: RolloutDetail } } }, async (request) => {
    const { rollout, tell } = await store.write(async (tx) => {
      await find(request, request.params.id, tx)
      return rollouts.rollBack(tx, request.params.id, principalOf(request).actor)
    })
    await deps.detection.reload()
    await rollouts.settle(rollout, tell)
    return detail(await find(request, rollout.id))
  })

  app.post('/api/v1/groups/:name/rollouts', { schema: { tags: ['rollouts'], summary: 'Roll out, in rings, what the group should have and was held back.', params: GroupParams, response: { 201: RolloutDetail } } }, async (request, reply) => {
    const { name } = request.params
    assertGroup(request, name)
    const made = await store.write((tx) => fleet.compilePolicies(tx, choiceOf(request, [name], 'rings')))
    await fleet.pushPolicies(made.map(({ group }) => group))
    const [latest] = (await store.rollouts({ limit: 1, group: name })).items
    if (!made.some(({ group }) => group === name) || latest === undefined) throw new CodedError('ROLLOUT_STATE', { state: 'not needed: every device of the group should run what it has', act: 'started' })
    await rollouts.settle(latest)
    reply.code(201)
    return detail(latest)
  })

  const planView = async (reply: FastifyReply, name: string) => {
    // Before the plan, as everywhere: see revision.ts.
    const revision = await planRevision(store, name)
    const plan = await planOf(store, name)
    return withRevision(reply, { revision, plan: plan === undefined ? null : presentPlan(plan), proposed: presentPlan(defaultPlan) })
  }
  app.get('/api/v1/groups/:name/rollout-plan', { schema: { tags: ['rollouts'], summary: 'How changes of the group reach its devices.', params: GroupParams, response: { 200: PlanView } } }, async (request, reply) => {
    assertGroup(request, request.params.name)
    return planView(reply, request.params.name)
  })
  app.put('/api/v1/groups/:name/rollout-plan', { schema: { tags: ['rollouts'], summary: 'Change how changes of the group reach its devices, as they were seen (If-Match); null: at once.', params: GroupParams, body: PlanRequest, response: { 200: PlanView } } }, async (request, reply) => {
    const { plan } = request.body
    const { name } = request.params
    assertGroup(request, name)
    const seen = seenRevision(request)
    const problems = plan === null ? [] : planProblems(plan)
    if (problems.length > 0) throw new InvalidRequest(problems.map(({ pointer, detail: words }) => ({ pointer: `/plan${pointer}`, detail: words })))
    await store.write(async (tx) => {
      assertRevision(seen, await planRevision(tx, name))
      const before = await planOf(tx, name)
      await savePlan(tx, name, plan ?? undefined)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'group.rollout_plan', targetKind: 'group', targetId: name, detail: { before: before ?? null, after: plan }, atMs: now() })
    })
    return planView(reply, name)
  })

  app.post('/api/v1/groups/:name/preview', { schema: { tags: ['rollouts'], summary: 'What settings would change, have collected, and send; nothing is saved.', params: GroupParams, body: GroupSettings, response: { 200: PreviewView } } }, async (request) => {
    const { name } = request.params
    assertGroup(request, name)
    const before = await fleet.groupSettings(store, name)
    const after = settingsAfter(before, request.body)
    const nowMs = now()
    const [policy, volume, devices] = await Promise.all([fleet.previewPolicy(store, name, after), store.groupVolume(name, nowMs - VOLUME_DAYS * DAY_MS), store.devices({ limit: 1, group: name })])
    const days = Math.max((nowMs - volume.fromMs) / DAY_MS, 1 / 24)
    const seen = new Map(volume.kinds.map(({ kind, activities, bytes }) => [kind, { now: activities / days, bytes: bytes / days }]))
    const round = (value: number): number => Math.round(value * 10) / 10
    return {
      group: name, devices: devices.total ?? devices.items.length, changes: [...changesOf(before, after)], policy: policy.readable,
      volume: {
        since: new Date(volume.fromMs).toISOString(),
        perDay: [
          ...[...seen].map(([kind, { now: each, bytes }]) => ({ kind, now: round(each), expected: policy.collected(kind) ? round(each) : 0, bytes: Math.round(bytes) })),
          ...policy.kinds.filter((kind) => !seen.has(kind)).map((kind) => ({ kind, now: 0, bytes: 0 })),
        ],
      },
    }
  })

  /** Every group as a document, or those that are named. */
  const documents = async (request: FastifyRequest, groups: readonly string[]): Promise<readonly GroupDocument[]> => {
    const inReach = principalOf(request).groups
    for (const group of groups) assertGroup(request, group)
    const names = groups.length > 0 ? groups : [...new Set(['default', ...(await store.deviceGroups())])].filter((group) => inReach?.includes(group) !== false)
    return Promise.all(names.map(async (group) => {
      const { uninstall: _secret, ...settings } = await fleet.groupSettings(store, group)
      const plan = await planOf(store, group)
      return { group, settings: plain(settings), ...(plan === undefined ? {} : { rollout: presentPlan(plan) }) }
    }))
  }
  app.get('/api/v1/agent-policies', { schema: { tags: ['rollouts'], summary: 'What groups watch, as YAML.', querystring: Type.Object({ group: Type.Optional(Type.Array(Id)) }, { additionalProperties: false }), response: { 200: AgentPolicyText } } }, async (request, reply) => {
    const { group = [] } = request.query
    // One group alone has an ETag, so that whoever edits its text overwrites nothing that they never saw.
    const [only] = group
    if (only !== undefined && group.length === 1) void reply.header('etag', `"${await documentRevision(store, only)}"`)
    return { text: writeGroupDocuments(await documents(request, group)) }
  })

  const Body = Type.Union([Type.String({ maxLength: 16 * 1024 * 1024 }), Type.Object({}, { additionalProperties: true })])
  const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body))
  /** @throws NOT_FOUND where one of them is for a group out of reach */
  const documentsOf = (request: FastifyRequest): readonly GroupDocument[] => {
    const list = readGroupDocuments(textOf(request.body))
    for (const { group } of list) assertGroup(request, group)
    return list
  }
  app.post('/api/v1/agent-policies/diff', { schema: { tags: ['rollouts'], summary: 'What YAML documents would change; nothing is saved.', body: Body, response: { 200: AgentPolicyDiff } } }, async (request) => ({
    items: await Promise.all(documentsOf(request).map(async ({ group, settings, rollout }) => {
      const before = await fleet.groupSettings(store, group)
      const plan = await planOf(store, group)
      return { group, changes: [...changesOf(before, settingsOfPart(before, settings))], rolloutChanges: rollout === undefined ? [] : [...changesOf(plan, rollout === null ? undefined : planFrom(rollout))] }
    })),
  }))
  app.post('/api/v1/agent-policies', { schema: { tags: ['rollouts'], summary: 'Apply YAML documents: all of them, or none.', querystring: Type.Object({ rollout: Choice }, { additionalProperties: false }), body: Body, response: { 200: AgentPolicyApplied } } }, async (request) => {
    const list = documentsOf(request)
    const seen = request.headers['if-match'] === undefined ? undefined : seenRevision(request)
    if (seen !== undefined && list.length !== 1) throw new InvalidRequest([{ pointer: '/headers/if-match', detail: 'is for a single document' }])
    const { actor } = principalOf(request)
    const changed = new Map<string, boolean>()
    const made = await store.write(async (tx) => {
      for (const { group, settings, rollout } of list) {
        assertRevision(seen, await documentRevision(tx, group))
        if (rollout !== undefined) {
          const before = await planOf(tx, group)
          const after = rollout === null ? undefined : planFrom(rollout)
          await savePlan(tx, group, after)
          if (JSON.stringify(before) !== JSON.stringify(after)) await appendAudit(tx, { actor, action: 'group.rollout_plan', targetKind: 'group', targetId: group, detail: { before: before ?? null, after: after ?? null }, atMs: now() })
        }
        changed.set(group, await changeGroup(deps, tx, actor, group, (before) => settingsOfPart(before, settings)))
      }
      return fleet.compilePolicies(tx, choiceOf(request, list.map(({ group }) => group), request.query.rollout))
    })
    await deps.detection.reload()
    await fleet.pushPolicies(made.map(({ group }) => group))
    rollouts.wake()
    return {
      items: await Promise.all(list.slice(0, AUTO_LIMIT).map(async ({ group }) => {
        const issued = made.find((revision) => revision.group === group)
        const [latest] = (await store.rollouts({ limit: 1, group })).items
        return { group, changed: changed.get(group) === true, policyVersion: issued?.version ?? (await store.agentPolicy(group))?.version ?? 0, ...(issued !== undefined && latest?.to.version === issued.version ? { rolloutId: latest.id } : {}) }
      })),
    }
  })
}
