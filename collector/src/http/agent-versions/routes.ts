import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { distrustReleaseKey, receivePiece, registerPackage, releaseKeys, removePackage, trustReleaseKey } from '../../agent-packages/packages.ts'
import type { PackageShelf } from '../../agent-packages/shelf.ts'
import { canGoBack, createUpgrades, upgradePlanOf } from '../../agent-packages/upgrades.ts'
import { type AgentPackage, type AgentUpgrade, packageFor } from '../../domain/rollout/upgrade.ts'
import { CodedError } from '../../errors.ts'
import type { HttpDeps } from '../context.ts'
import { assertGroup, groupsSeen, principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { HaltRequest } from '../rollouts/schema.ts'
import { presentPlan } from '../rollouts/present.ts'
import { presentKey, presentPackage, presentUpgrade, presentUpgradeDetail, presentUpgradeDevice } from './present.ts'
import { AgentPackageView, AgentUpgradeDetail, AgentUpgradeDevicePage, AgentUpgradeDeviceQuery, AgentUpgradePage, AgentUpgradeQuery, AgentVersionsView, NewAgentPackage, NewAgentUpgrade, NewReleaseKey, PieceQuery, ReleaseKeyView, UpgradePlanView } from './schema.ts'

const WithId = Type.Object({ id: Id })
const tags = ['agent versions']

/** Where no process keeps releases, as in tests of other rooms. */
const noShelf: PackageShelf = { has: async () => false, received: async () => 0, append: async () => false, finish: async () => false, read: async () => undefined, remove: async () => {} }

export const agentVersionRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store, now, live } = deps
  const shelf = deps.packageShelf ?? noShelf
  const upgrades = deps.upgrades ?? createUpgrades({ store, now, onChanged: ({ id, group, state }) => live.publish({ topic: 'rollout.updated', rolloutId: id, group, state }), log: { info() {}, error() {} } })
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  const onDisk = async (found: AgentPackage): Promise<number> => ((await shelf.has(found.id)) ? found.sizeBytes : shelf.received(found.id))
  const packageOf = async (id: string): Promise<AgentPackage> => {
    const found = await store.agentPackage(id)
    if (found === undefined) throw new CodedError('NOT_FOUND', { what: 'release' })
    return found
  }
  const view = async (found: AgentPackage) => presentPackage(found, await onDisk(found), await store.agentCounts())
  const find = async (request: FastifyRequest, id: string): Promise<AgentUpgrade> => {
    const found = await store.agentUpgrade(id)
    if (found === undefined) throw new CodedError('NOT_FOUND', { what: 'roll-out' })
    assertGroup(request, found.group, 'roll-out')
    return found
  }
  const detail = async (upgrade: AgentUpgrade) => {
    const [rows, others, packages, canBack] = await Promise.all([store.upgradeCounts(upgrade.id), store.agentDevices(upgrade.group, upgrade.id), store.agentPackages(), canGoBack(store, upgrade)])
    return presentUpgradeDetail(upgrade, rows, canBack, others, packages)
  }

  app.get('/api/v1/agent-versions', { schema: { tags, summary: 'Releases that are here, keys they must be signed by, and what devices run.', response: { 200: AgentVersionsView } } }, async (request) => {
    const [packages, keys, counts] = await Promise.all([store.agentPackages(), releaseKeys(store), store.agentCounts()])
    const { groups } = groupsSeen(request)
    const seen = groups === undefined ? counts : counts.filter(({ group }) => groups.includes(group))
    return { packages: await Promise.all(packages.map(async (found) => presentPackage(found, await onDisk(found), seen))), keys: keys.map(presentKey), fleet: seen.map(({ agentVersion, ...rest }) => ({ ...rest, version: agentVersion })) }
  })

  app.post('/api/v1/agent-packages/keys', { schema: { tags, summary: 'Take releases that are signed by this key.', body: NewReleaseKey, response: { 201: ReleaseKeyView } } }, async (request, reply) => {
    const key = await store.write((tx) => trustReleaseKey(tx, request.body.pem, principalOf(request).actor, now()))
    reply.code(201)
    return presentKey(key)
  })
  app.delete('/api/v1/agent-packages/keys/:id', { schema: { tags, summary: 'Take no further release of this key.', params: WithId } }, async (request, reply) => {
    await store.write((tx) => distrustReleaseKey(tx, request.params.id, principalOf(request).actor, now()))
    return reply.code(204).send()
  })

  app.post('/api/v1/agent-packages', { schema: { tags, summary: 'Register a release by what was signed about it; its file follows in pieces.', body: NewAgentPackage, response: { 201: AgentPackageView } } }, async (request, reply) => {
    const { descriptor, signature } = request.body
    const found = await store.write((tx) => registerPackage(tx, { descriptor: Buffer.from(descriptor, 'base64'), signature: Buffer.from(signature, 'base64') }, principalOf(request).actor, now()))
    reply.code(201)
    return view(found)
  })
  app.put('/api/v1/agent-packages/:id/content', { schema: { tags, summary: 'One piece of a release’s file, at most 1 MiB, at the end of what is here.', consumes: ['application/octet-stream'], params: WithId, querystring: PieceQuery, response: { 200: AgentPackageView } } }, async (request) => {
    const found = await packageOf(request.params.id)
    if (!Buffer.isBuffer(request.body) || request.body.length === 0) throw new CodedError('AGENT_PACKAGE_UNREADABLE', { problem: 'a piece is bytes (application/octet-stream), and not empty' })
    const received = await receivePiece(shelf, found, request.query.offset, request.body)
    if (received < found.sizeBytes || found.isWhole) return view(found)
    const whole = { ...found, isWhole: true }
    await store.write((tx) => tx.saveAgentPackage(whole))
    upgrades.wake()
    return view(whole)
  })
  app.delete('/api/v1/agent-packages/:id', { schema: { tags, summary: 'Forget a release that no roll-out brings.', params: WithId } }, async (request, reply) => {
    await store.write((tx) => removePackage(tx, request.params.id, principalOf(request).actor, now()))
    await shelf.remove(request.params.id)
    return reply.code(204).send()
  })

  app.get('/api/v1/agent-upgrades', { schema: { tags, summary: 'Roll-outs of agent versions, the latest first.', querystring: AgentUpgradeQuery, response: { 200: AgentUpgradePage } } }, async (request) => {
    const { limit = 50, cursor, group } = request.query
    const page = await store.agentUpgrades({ limit, ...groupsSeen(request), ...(cursor === undefined ? {} : { cursor }), ...(group === undefined ? {} : { group }) })
    return { items: await Promise.all(page.items.map(async (one) => presentUpgrade(one, await store.upgradeCounts(one.id), await canGoBack(store, one)))), ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }), ...(page.total === undefined ? {} : { total: page.total }) }
  })
  app.post('/api/v1/agent-upgrades', { schema: { tags, summary: 'Roll a version out to a group’s devices, ring by ring.', body: NewAgentUpgrade, response: { 201: AgentUpgradeDetail } } }, async (request, reply) => {
    const { group, version, plan } = request.body
    assertGroup(request, group)
    const upgrade = await store.write((tx) => upgrades.start(tx, { group, version, ...(plan === undefined ? {} : { plan }) }, principalOf(request).actor))
    await upgrades.settle(upgrade)
    reply.code(201)
    return detail(upgrade)
  })
  app.get('/api/v1/agent-upgrades/:id', { schema: { tags, summary: 'One roll-out of a version with its rings.', params: WithId, response: { 200: AgentUpgradeDetail } } }, async (request) => detail(await find(request, request.params.id)))
  app.get('/api/v1/agent-upgrades/:id/devices', { schema: { tags, summary: 'Where each device is, why, and what comes next.', params: WithId, querystring: AgentUpgradeDeviceQuery, response: { 200: AgentUpgradeDevicePage } } }, async (request) => {
    const { limit = 50, cursor, state, ring } = request.query
    const upgrade = await find(request, request.params.id)
    const [page, packages] = await Promise.all([store.upgradeDevicePage({ limit, upgradeId: upgrade.id, ...(cursor === undefined ? {} : { cursor }), ...(state === undefined ? {} : { states: state }), ...(ring === undefined ? {} : { ring: ring - 1 }) }), store.agentPackages()])
    const items = await Promise.all(page.items.map(async (device) => {
      const agent = await store.agentDevice(device.deviceId)
      return presentUpgradeDevice(device, upgrade, agent, agent === undefined ? 0 : (packageFor(agent, upgrade.agentVersion, packages)?.sizeBytes ?? 0))
    }))
    return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }), ...(page.total === undefined ? {} : { total: page.total }) }
  })
  for (const act of ['pause', 'resume'] as const) {
    app.post(`/api/v1/agent-upgrades/:id/${act}`, { schema: { tags, summary: act === 'pause' ? 'No further device gets it, and none goes on fetching, until it is resumed.' : 'It goes on, also where a rule had stopped it.', params: WithId, response: { 200: AgentUpgradeDetail } } }, async (request) => {
      await find(request, request.params.id)
      const upgrade = await store.write((tx) => upgrades[act](tx, request.params.id, principalOf(request).actor))
      await upgrades.settle(upgrade)
      return detail(upgrade)
    })
  }
  app.post('/api/v1/agent-upgrades/:id/halt', { schema: { tags, summary: 'Stop it by hand, with a note.', params: WithId, body: HaltRequest, response: { 200: AgentUpgradeDetail } } }, async (request) => {
    await find(request, request.params.id)
    const upgrade = await store.write((tx) => upgrades.halt(tx, request.params.id, principalOf(request).actor, request.body.note ?? ''))
    await upgrades.settle(upgrade)
    return detail(upgrade)
  })
  app.post('/api/v1/agent-upgrades/:id/roll-back', { schema: { tags, summary: 'Devices that have it go back to the version that stands beside it, at once.', params: WithId, response: { 200: AgentUpgradeDetail } } }, async (request) => {
    await find(request, request.params.id)
    const { upgrade, tell } = await store.write((tx) => upgrades.rollBack(tx, request.params.id, principalOf(request).actor))
    await upgrades.settle(upgrade, tell)
    return detail(upgrade)
  })
  app.get('/api/v1/groups/:name/upgrade-plan', { schema: { tags, summary: 'How a version would reach the group’s devices if nothing else is said.', params: Type.Object({ name: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) }), response: { 200: UpgradePlanView } } }, async (request) => {
    assertGroup(request, request.params.name)
    return { plan: presentPlan(await upgradePlanOf(store, request.params.name)) }
  })
}
