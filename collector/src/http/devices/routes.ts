import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import type { Device } from '../../domain/people/device.ts'
import type { GroupWatchSettings } from '../../fleet/contract.ts'
import { groupRevision } from '../../fleet/groups.ts'
import { defaultCapture, defaultEdge, defaultInspection, defaultTransfers } from '../../fleet/settings.ts'
import { sessionIdentity, wantedPolicyOf } from '../../fleet/strict-devices.ts'
import type { StoreReader } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { assertGroup, deviceInReach, groupsSeen, principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { Choice } from '../rollouts/schema.ts'
import { assertRevision, seenRevision, withRevision } from '../revision.ts'
import { changeGroup, settingsAfter } from './change-group.ts'
import { awaitedOf, unexplainedCount, withUnexplained } from '../../domain/people/ledger.ts'
import { presentDevice, presentDeviceDetail } from './present.ts'
import { DeviceDetail, DeviceListQuery, DevicePage, DeviceView, GroupSettings, GroupView } from './schema.ts'

const GroupParams = Type.Object({ name: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) })

export async function viewDevice(deps: HttpDeps, device: Device) {
  const wanted = await wantedPolicyOf(deps.store, device)
  const why = wanted !== undefined && 'deviceId' in wanted ? wanted.why : undefined
  const people = [...(why?.userIds ?? []), ...(device.owner === undefined ? [] : [device.owner])]
  const pseudonyms = new Map(people.length === 0 ? [] : (await deps.store.usersByIds(people)).map((user) => [user.id, user.pseudonym]))
  const ledger = withUnexplained(await deps.store.ledger(device.id), awaitedOf(device, deps.now()))
  const drill = await deps.store.lastDrill(device.id)
  return { wanted, ledger, drill, view: presentDevice(device, deps.fleet.healthOf(device, wanted, deps.now(), unexplainedCount(ledger), drill !== undefined), wanted, ledger, pseudonyms, drill, deps.now()) }
}

const inspectionOf = ({ inspection = defaultInspection }: GroupWatchSettings) => ({
  ...inspection, types: [...inspection.types], dictionaries: inspection.dictionaries.map((one) => ({ ...one, phrases: [...one.phrases] })), exactData: [...inspection.exactData], labels: [...inspection.labels],
  customTypes: inspection.customTypes.map(({ keywords, ...one }) => ({ ...one, ...(keywords === undefined ? {} : { keywords: [...keywords] }) })),
})
const transfersOf = ({ transfers = defaultTransfers }: GroupWatchSettings) => ({ ...transfers, allowedPrograms: [...transfers.allowedPrograms], knownDestinations: [...transfers.knownDestinations] })
const edgeOf = ({ edge = defaultEdge }: GroupWatchSettings) => ({ languages: [...edge.languages], rules: edge.rules.map((rule) => ({ ...rule, kinds: [...rule.kinds], destinations: [...rule.destinations], types: [...rule.types], labels: [...rule.labels], texts: rule.texts.map((text) => ({ ...text })) })) })
const captureOf = ({ evidence = defaultCapture }: GroupWatchSettings) => ({ ...evidence, destinations: [...evidence.destinations], fileTypes: [...evidence.fileTypes], privatePaths: [...evidence.privatePaths] })

/** Who has a session on a device, as everywhere else: under pseudonyms. */
async function pseudonymsOf(store: StoreReader, device: Device): Promise<readonly string[]> {
  return Promise.all((device.report?.sessionAccounts ?? []).map(async (name) => {
    return (await store.userByIdentity(sessionIdentity(name, device.id)))?.pseudonym ?? 'ANON'
  }))
}

export const deviceRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store, fleet } = deps
  const groupView = async (name: string) => {
    // Before the settings: whoever changes what is older than its revision would overwrite what they never saw.
    const revision = await groupRevision(store, name)
    const [settings, wanted, devices] = await Promise.all([fleet.groupSettings(store, name), store.agentPolicy(name), store.devices({ limit: 1, group: name })])
    return {
      name, revision, devices: devices.total ?? devices.items.length, policyVersion: wanted?.version ?? 0, policyHash: wanted?.hash ?? '',
      settings: { ...settings, evidence: captureOf(settings), inspection: inspectionOf(settings), transfers: transfersOf(settings), allowedMedia: [...(settings.allowedMedia ?? [])], edge: edgeOf(settings) } as GroupSettings,
    }
  }

  app.get('/api/v1/devices', { schema: { tags: ['devices'], summary: 'Devices with health and policy revision.', querystring: DeviceListQuery, response: { 200: DevicePage } } }, async (request) => {
    const { limit = 50, cursor, group, search, seesLess, drill, fault, tag, status, gone } = request.query
    const page = await store.devices({ limit, ...groupsSeen(request), ...(cursor === undefined ? {} : { cursor }), ...(group === undefined ? {} : { group }), ...(search === undefined ? {} : { search }),
      ...(seesLess === true ? { seesLess } : {}), ...(drill === undefined ? {} : { drill: drill === 'never' ? ['never'] as const : ['failed', 'stopped'] as const }),
      ...(fault === undefined ? {} : { fault: fault.split(',') }), ...(tag === undefined ? {} : { tag }), ...(status === undefined ? {} : { status }), ...(gone === true ? { gone } : {}) })
    const items = await Promise.all(page.items.map(async (device) => (await viewDevice(deps, device)).view))
    return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }), ...(page.total === undefined ? {} : { total: page.total }) }
  })

  app.get('/api/v1/devices/:id', { schema: { tags: ['devices'], summary: 'One device with sensors and loss ledger.', params: Type.Object({ id: Id }), response: { 200: DeviceDetail } } }, async (request) => {
    const device = await deviceInReach(request, store, request.params.id)
    const { view, wanted, ledger, drill } = await viewDevice(deps, device)
    const merged = await Promise.all((await store.mergedDevices(device.id)).map(async ({ id, hostname, enrolledAtMs, lastSeenAtMs }) => ({ id, hostname, enrolledAt: new Date(enrolledAtMs).toISOString(), ...(lastSeenAtMs === undefined ? {} : { lastSeenAt: new Date(lastSeenAtMs).toISOString() }), ledger: withUnexplained(await store.ledger(id)) })))
    return presentDeviceDetail(device, view, wanted, ledger, await pseudonymsOf(store, device), drill, merged)
  })

  app.post('/api/v1/devices/:id/revoke', { schema: { tags: ['devices'], summary: 'Cut a device off; its history stays.', params: Type.Object({ id: Id }), response: { 200: DeviceView } } }, async (request) => {
    const { actor } = principalOf(request)
    const device = await store.write(async (tx) => {
      await deviceInReach(request, tx, request.params.id)
      const revoked = await fleet.revoke(tx, request.params.id)
      await appendAudit(tx, { actor, action: 'device.revoked', targetKind: 'device', targetId: revoked.id, atMs: deps.now() })
      return revoked
    })
    fleet.dismiss(device, 'revoked')
    await fleet.cutOff(device.publicKey)
    deps.live.publish({ topic: 'device.updated', deviceId: device.id })
    return (await viewDevice(deps, device)).view
  })

  app.get('/api/v1/groups', { schema: { tags: ['devices'], summary: 'Device groups and what they watch.', response: { 200: Type.Object({ items: Type.Array(GroupView) }) } } }, async (request) => {
    const { groups } = principalOf(request)
    const names = [...new Set(['default', ...(await store.deviceGroups())])].filter((name) => groups?.includes(name) !== false)
    return { items: await Promise.all(names.map(groupView)) }
  })

  app.get('/api/v1/groups/:name', { schema: { tags: ['devices'], summary: 'One device group.', params: GroupParams, response: { 200: GroupView } } }, async (request, reply) => {
    assertGroup(request, request.params.name)
    return withRevision(reply, await groupView(request.params.name))
  })

  app.put('/api/v1/groups/:name/settings', { schema: { tags: ['devices'], summary: 'Change what a group watches; agents get it as the group’s plan says, or as `rollout` says.', params: GroupParams, querystring: Type.Object({ rollout: Choice }, { additionalProperties: false }), body: GroupSettings, response: { 200: GroupView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const { name } = request.params
    const { rollout } = request.query
    assertGroup(request, name)
    const seen = seenRevision(request)
    const changed = await store.write(async (tx) => {
      assertRevision(seen, await groupRevision(tx, name))
      await changeGroup(deps, tx, actor, name, (before) => settingsAfter(before, request.body))
      return fleet.compilePolicies(tx, { by: actor, ...(rollout === undefined ? {} : { groups: new Map([[name, rollout]]) }) })
    })
    await deps.detection.reload()
    await fleet.pushPolicies(changed.map((revision) => revision.group))
    deps.rollouts?.wake()
    return withRevision(reply, await groupView(name))
  })
}
