// What is done to single devices and to many at once, the rules on groups, the faults by name, and notices on the fleet.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { type Actor, appendAudit } from '../../audit/chain.ts'
import { deviceFaults, FAULT_CODES } from '../../domain/people/device-faults.ts'
import type { Device } from '../../domain/people/device.ts'
import type { FleetNotice } from '../../domain/people/fleet-notice.ts'
import { CodedError } from '../../errors.ts'
import { cutOffDevice, type DevicePatch, mergeDevice, patchDevice, unmergeDevice } from '../../fleet/care.ts'
import { fitsRule, groupRules, networkProblem, saveGroupRules } from '../../fleet/group-rules.ts'
import { clearFleetNotice } from '../../fleet/notices.ts'
import type { StoreReader, StoreWriter } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { assertGroup, deviceInReach, groupsSeen, principalOf, userOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { assertRevision, seenRevision } from '../revision.ts'
import { viewDevice } from './routes.ts'
import { DeviceBulkRequest, DeviceBulkResult, DeviceFaultList, DevicePatchRequest, DeviceTagList, DeviceView, FleetNoticePage, FleetNoticeQuery, FleetNoticeView, GroupRulesRequest, GroupRulesView, MergeRequest, ReasonRequest } from './schema.ts'

const Params = Type.Object({ id: Id })
const schema = { tags: ['devices'] }

const presentNotice = ({ key: _key, raisedAtMs, clearedAtMs, ...notice }: FleetNotice): FleetNoticeView => ({ ...notice, raisedAt: new Date(raisedAtMs).toISOString(), ...(clearedAtMs === undefined ? {} : { clearedAt: new Date(clearedAtMs).toISOString() }) })

const patchOf = ({ maintenance, ...rest }: Omit<DevicePatchRequest, never>): DevicePatch => ({ ...rest, ...(maintenance === undefined ? {} : { maintenance: maintenance === null ? null : { untilMs: Date.parse(maintenance.until), reason: maintenance.reason } }) })

async function* everyDevice(store: StoreReader, seen: { readonly groups?: readonly string[] } = {}): AsyncGenerator<Device> {
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await store.devices({ limit: 500, ...seen, ...(cursor === undefined ? {} : { cursor }) })
    yield* page.items
    cursor = page.nextCursor
  }
}

export const deviceCareRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store, fleet } = deps
  const view = async (device: Device): Promise<DeviceView> => (await viewDevice(deps, device)).view

  /** Tells the bus what a commit has changed of a device's group. */
  const follow = async (moved: readonly Device[]): Promise<void> => {
    for (const device of moved) {
      deps.detection.joined(device.id, device.group)
      fleet.offerCredential(device)
      deps.live.publish({ topic: 'device.updated', deviceId: device.id })
    }
    if (moved.length > 0) await fleet.pushPolicies([...new Set(moved.map(({ group }) => group))])
  }
  const byRules = async (tx: StoreWriter, devices: readonly Device[], actor: Actor): Promise<readonly Device[]> => {
    const moved = await fleet.applyGroupRules(tx, devices)
    for (const { device, from, rule } of moved) await appendAudit(tx, { actor, action: 'device.moved', targetKind: 'device', targetId: device.id, detail: { from, to: device.group, rule: rule + 1 }, atMs: deps.now() })
    if (moved.length > 0) await fleet.compilePolicies(tx)
    return moved.map(({ device }) => device)
  }
  const change = async (request: FastifyRequest, tx: StoreWriter, id: string, patch: DevicePatch): Promise<{ readonly device: Device; readonly moved: readonly Device[] }> => {
    const { actor } = principalOf(request)
    await deviceInReach(request, tx, id)
    if (patch.group !== undefined && patch.group !== null) assertGroup(request, patch.group)
    if (patch.owner !== undefined && patch.owner !== null) await userOf(request, tx, patch.owner)
    const { before, after } = await patchDevice(tx, id, patch, actor.name, deps.now())
    const { owner, ...shown } = patch
    await appendAudit(tx, { actor, action: 'device.changed', targetKind: 'device', targetId: id, detail: { ...shown, ...(owner === undefined ? {} : { owner: owner === null ? 'nobody' : 'a user' }) }, atMs: deps.now() })
    const ruled = patch.addTags !== undefined || patch.removeTags !== undefined || patch.group === null ? await byRules(tx, [after], actor) : []
    if (before.group !== after.group) {
      await appendAudit(tx, { actor, action: 'device.moved', targetKind: 'device', targetId: id, detail: { from: before.group, to: after.group }, atMs: deps.now() })
      await fleet.compilePolicies(tx)
    }
    return { device: ruled[0] ?? after, moved: before.group === after.group ? ruled : [after] }
  }
  const retire = async (request: FastifyRequest, tx: StoreWriter, id: string, reason: string): Promise<{ readonly before: Device; readonly after: Device }> => {
    const { actor } = principalOf(request)
    const before = await deviceInReach(request, tx, id)
    if (before.retired !== undefined) throw new CodedError('DEVICE_CHANGE_REFUSED', { problem: 'it is retired already' })
    const after = await cutOffDevice(tx, before, 'retired', deps.now(), { retired: { atMs: deps.now(), by: actor.name, reason } })
    await clearFleetNotice(tx, `silent:${id}`, { by: actor, atMs: deps.now() })
    await appendAudit(tx, { actor, action: 'device.retired', targetKind: 'device', targetId: id, detail: { reason }, atMs: deps.now() })
    return { before, after }
  }
  const cutOff = async ({ id, group, publicKey, status }: Device, why: NonNullable<Device['cutOff']>['why']): Promise<void> => {
    if (status === 'active') {
      fleet.dismiss({ id, group }, why)
      await fleet.cutOff(publicKey)
    }
    deps.live.publish({ topic: 'device.updated', deviceId: id })
  }

  app.patch('/api/v1/devices/:id', { schema: { ...schema, summary: 'Change tags, owner, group and maintenance of a device.', params: Params, body: DevicePatchRequest, response: { 200: DeviceView } } }, async (request) => {
    const { device, moved } = await store.write((tx) => change(request, tx, request.params.id, patchOf(request.body)))
    await follow(moved)
    deps.live.publish({ topic: 'device.updated', deviceId: device.id })
    return view(device)
  })

  app.post('/api/v1/devices/bulk', { schema: { ...schema, summary: 'The same for many devices, each by itself; also retires them.', body: DeviceBulkRequest, response: { 200: DeviceBulkResult } } }, async (request) => {
    const { ids, retire: retiring, ...fields } = request.body
    const patch = patchOf(fields)
    const failed: { id: string; code: string; detail: string }[] = []
    const moved: Device[] = []
    const gone: Device[] = []
    // One transaction each: what cannot be changed keeps nothing else from being changed.
    for (const id of ids) {
      try {
        await store.write(async (tx) => {
          if (Object.keys(patch).length > 0) moved.push(...(await change(request, tx, id, patch)).moved)
          if (retiring !== undefined) gone.push((await retire(request, tx, id, retiring.reason)).before)
        })
        deps.live.publish({ topic: 'device.updated', deviceId: id })
      } catch (error) {
        if (!(error instanceof CodedError)) throw error
        failed.push({ id, code: error.code, detail: error.message })
      }
    }
    await follow(moved)
    for (const device of gone) await cutOff(device, 'retired')
    return { changed: ids.length - failed.length, failed }
  })

  app.post('/api/v1/devices/:id/retire', { schema: { ...schema, summary: 'Take a device out of use: it is cut off and leaves lists and counts; its history stays.', params: Params, body: ReasonRequest, response: { 200: DeviceView } } }, async (request) => {
    const { before, after } = await store.write((tx) => retire(request, tx, request.params.id, request.body.reason))
    await cutOff(before, 'retired')
    return view(after)
  })

  app.post('/api/v1/devices/:id/re-key', { schema: { ...schema, summary: 'Take the key of a cloned device away: it and its copy have to be enrolled anew, and are told why.', params: Params, body: ReasonRequest, response: { 200: DeviceView } } }, async (request) => {
    const { actor } = principalOf(request)
    const [before, after] = await store.write(async (tx) => {
      const device = await deviceInReach(request, tx, request.params.id)
      const cut = await cutOffDevice(tx, device, 'cloned', deps.now())
      for (const key of [`cloned:${device.id}`, `numbers_twice:${device.id}`]) await clearFleetNotice(tx, key, { by: actor, atMs: deps.now() })
      await appendAudit(tx, { actor, action: 'device.re_keyed', targetKind: 'device', targetId: device.id, detail: { reason: request.body.reason }, atMs: deps.now() })
      return [device, cut] as const
    })
    await cutOff(before, 'cloned')
    return view(after)
  })

  app.post('/api/v1/devices/:id/merge', { schema: { ...schema, summary: 'Show the history of this device under another one, and cut it off.', params: Params, body: MergeRequest, response: { 200: DeviceView } } }, async (request) => {
    const { actor } = principalOf(request)
    const [before, after] = await store.write(async (tx) => {
      const device = await deviceInReach(request, tx, request.params.id)
      await deviceInReach(request, tx, request.body.into)
      const merged = await mergeDevice(tx, device.id, request.body.into, deps.now())
      await clearFleetNotice(tx, `silent:${device.id}`, { by: actor, atMs: deps.now() })
      await appendAudit(tx, { actor, action: 'device.merged', targetKind: 'device', targetId: device.id, detail: { into: request.body.into }, atMs: deps.now() })
      return [device, merged] as const
    })
    await cutOff(before, 'merged')
    deps.live.publish({ topic: 'device.updated', deviceId: request.body.into })
    return view(after)
  })

  app.post('/api/v1/devices/:id/unmerge', { schema: { ...schema, summary: 'Let a merged device stand by itself again.', params: Params, response: { 200: DeviceView } } }, async (request) => {
    const after = await store.write(async (tx) => {
      await deviceInReach(request, tx, request.params.id)
      const device = await unmergeDevice(tx, request.params.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'device.unmerged', targetKind: 'device', targetId: device.id, atMs: deps.now() })
      return device
    })
    deps.live.publish({ topic: 'device.updated', deviceId: after.id })
    return view(after)
  })

  app.get('/api/v1/device-faults', { schema: { ...schema, summary: 'Every fault that a device can have, what to do, and how many devices have it.', response: { 200: DeviceFaultList } } }, async (request) => {
    const counts = new Map((await store.faultCounts(principalOf(request).groups)).map(({ code, devices }) => [code, devices]))
    return { items: FAULT_CODES.map((code) => ({ code, severity: deviceFaults[code].severity, when: deviceFaults[code].when, en: { ...deviceFaults[code].en }, de: { ...deviceFaults[code].de }, devices: counts.get(code) ?? 0 })) }
  })

  app.get('/api/v1/device-tags', { schema: { ...schema, summary: 'Tags in use.', response: { 200: DeviceTagList } } }, async (request) => ({ items: [...(await store.deviceTags(principalOf(request).groups))] }))

  app.get('/api/v1/fleet-notices', { schema: { ...schema, summary: 'What administrators are told of the fleet, latest first.', querystring: FleetNoticeQuery, response: { 200: FleetNoticePage } } }, async (request) => {
    const { limit = 50, cursor, open, deviceId } = request.query
    const page = await store.fleetNotices({ limit, ...groupsSeen(request), ...(cursor === undefined ? {} : { cursor }), ...(open === undefined ? {} : { open }), ...(deviceId === undefined ? {} : { deviceId }) })
    return { items: page.items.map(presentNotice), ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }), ...(page.total === undefined ? {} : { total: page.total }) }
  })

  app.post('/api/v1/fleet-notices/:id/clear', { schema: { ...schema, summary: 'Say that a notice is dealt with; it comes again when its cause does.', params: Params, response: { 200: FleetNoticeView } } }, async (request) => {
    const found = await store.fleetNotice(request.params.id)
    if (found === undefined || !(await noticeInReach(request, found))) throw new CodedError('NOT_FOUND', { what: 'notice' })
    const cleared = await store.write((tx) => clearFleetNotice(tx, found.key, { by: principalOf(request).actor, atMs: deps.now() }))
    return presentNotice(cleared ?? found)
  })

  /** The same as the list says: about a device or a roll-out of the asker's groups. */
  const noticeInReach = async (request: FastifyRequest, { deviceId, rolloutId }: FleetNotice): Promise<boolean> => {
    const { groups } = principalOf(request)
    if (groups === undefined) return true
    const group = deviceId === undefined ? (rolloutId === undefined ? undefined : (await store.rollout(rolloutId))?.group) : (await store.device(deviceId))?.group
    return group !== undefined && groups.includes(group)
  }
  const rulesView = async (request: FastifyRequest): Promise<GroupRulesView> => {
    const { revision, rules } = await groupRules(store)
    const matches = rules.map(() => 0)
    if (rules.length > 0) for await (const device of everyDevice(store, groupsSeen(request))) {
      const index = device.keepsGroup === true ? -1 : rules.findIndex((rule) => fitsRule(rule, device))
      if (index >= 0) matches[index] = (matches[index] ?? 0) + 1
    }
    // Rules of groups out of reach are as if they were not there; nobody who sees a part of them may change them.
    const { groups } = principalOf(request)
    const shown = rules.flatMap((rule, index) => (groups?.includes(rule.group) === false ? [] : [{ rule: { ...rule }, devices: matches[index] ?? 0 }]))
    return { revision, rules: shown.map(({ rule }) => rule) as GroupRulesView['rules'], matches: shown.map(({ devices }) => devices) }
  }
  app.get('/api/v1/group-rules', { schema: { ...schema, summary: 'Rules that say which group a device belongs to; the first that fits counts.', response: { 200: GroupRulesView } } }, async (request, reply) => {
    const found = await rulesView(request)
    return reply.header('etag', `"${found.revision}"`).send(found)
  })
  app.put('/api/v1/group-rules', { schema: { ...schema, summary: 'Replace the rules, and move the devices that they fit.', body: GroupRulesRequest, response: { 200: GroupRulesView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const seen = seenRevision(request)
    const problems = request.body.rules.flatMap(({ network }, index) => {
      const detail = network === undefined ? undefined : networkProblem(network)
      return detail === undefined ? [] : [{ pointer: `/body/rules/${index}/network`, detail }]
    })
    if (problems.length > 0) throw new InvalidRequest(problems)
    const moved = await store.write(async (tx) => {
      const before = await groupRules(tx)
      assertRevision(seen, before.revision)
      await saveGroupRules(tx, request.body.rules)
      await appendAudit(tx, { actor, action: 'group_rules.changed', targetKind: 'group', targetId: 'rules', detail: { before: before.rules, after: request.body.rules }, atMs: deps.now() })
      const devices: Device[] = []
      for await (const device of everyDevice(tx)) devices.push(device)
      return byRules(tx, devices, actor)
    })
    await follow(moved)
    const found = await rulesView(request)
    return reply.header('etag', `"${found.revision}"`).send(found)
  })
}
