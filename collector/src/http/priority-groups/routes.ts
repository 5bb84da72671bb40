import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import { isRole } from '../../access/permissions.ts'
import type { Analysis } from '../../analysis/analysis.ts'
import { appendAudit } from '../../audit/chain.ts'
import { MAX_GROUP_MEMBERS, type PriorityGroup } from '../../domain/people/priority-group.ts'
import { CodedError } from '../../errors.ts'
import type { StoreReader, StoreWriter } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { PriorityGroupList, PriorityGroupPatch, PriorityGroupRequest, PriorityGroupView } from './schema.ts'

const Params = Type.Object({ id: Id })
const KINDS = ['account', 'email', 'upn', 'employee_id'] as const
const DEFAULT_VIEWERS = ['Analyst', 'Investigator']

/** Ids of the users whom words name. @throws REQUEST_INVALID for each word that names nobody */
async function resolve(reader: StoreReader, words: readonly string[], pointer: string): Promise<readonly string[]> {
  const byId = new Set((await reader.usersByIds(words)).map((user) => user.id))
  const names = words.filter((word) => !byId.has(word)).map((word) => ({ word, value: word.normalize('NFKC').toLowerCase() }))
  const found = await reader.usersByIdentities(names.flatMap(({ value }) => KINDS.map((kind) => ({ kind, value }))))
  const byValue = new Map(found.flatMap((user) => user.identities.map((identity) => [identity.value, user.id] as const)))
  const missing = names.filter(({ value }) => !byValue.has(value))
  if (missing.length > 0) throw new InvalidRequest(missing.slice(0, 20).map(({ word }) => ({ pointer: `${pointer}/${words.indexOf(word)}`, detail: 'names no user that was ever seen or imported' })))
  return [...new Set([...byId, ...names.flatMap(({ value }) => byValue.get(value) ?? [])])]
}

async function checkViewers(reader: StoreReader, viewers: readonly string[]): Promise<void> {
  for (const [index, viewer] of viewers.entries()) if (!isRole(viewer) && (await reader.account(viewer)) === undefined) throw new InvalidRequest([{ pointer: `/viewers/${index}`, detail: 'is neither a role nor an account' }])
}

/** A member is scored differently from now on, and so is who was one. */
async function markMembers(tx: StoreWriter, before: readonly string[], after: readonly string[]): Promise<void> {
  for (const id of new Set([...before.filter((one) => !after.includes(one)), ...after.filter((one) => !before.includes(one))])) await tx.markUser(id)
}

export const priorityGroupRoutes = (deps: HttpDeps, analysis: Analysis): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['people']
  const present = async (group: PriorityGroup): Promise<PriorityGroupView> => ({
    id: group.id, name: group.name, description: group.description, members: [...group.members], viewers: [...group.viewers],
    policies: (await store.policies()).filter(({ scope }) => [...(scope.priorityGroups ?? []), ...(scope.exclude?.priorityGroups ?? [])].some((word) => word === group.id || word.toLowerCase() === group.name.toLowerCase())).map((policy) => policy.name),
  })
  const find = async (reader: StoreReader, word: string): Promise<PriorityGroup> => {
    const group = (await reader.priorityGroups()).find((one) => one.id === word || one.name.toLowerCase() === word.toLowerCase())
    if (group === undefined) throw new CodedError('NOT_FOUND', { what: 'priority group' })
    return group
  }
  const afterChange = () => {
    analysis.facts.forget()
    deps.evaluation?.wake()
  }

  app.get('/api/v1/priority-groups', { schema: { tags, summary: 'People whose activity is scored more sensitively.', response: { 200: PriorityGroupList } } }, async () => ({ items: await Promise.all((await store.priorityGroups()).map(present)) }))

  app.post('/api/v1/priority-groups', { schema: { tags, summary: 'Make a priority group; its name stays.', body: PriorityGroupRequest, response: { 201: PriorityGroupView } } }, async (request, reply) => {
    const { name, description = '', members = [], viewers = DEFAULT_VIEWERS } = request.body
    const group = await store.write(async (tx) => {
      if ((await tx.priorityGroups()).some((one) => one.name.toLowerCase() === name.toLowerCase())) throw new CodedError('PRIORITY_GROUP_EXISTS')
      await checkViewers(tx, viewers)
      const made: PriorityGroup = { id: `pg_${uuid().replaceAll('-', '')}`, name, description, members: await resolve(tx, members, '/members'), viewers }
      await tx.savePriorityGroup(made)
      await markMembers(tx, [], made.members)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'priority_group.created', targetKind: 'priority_group', targetId: made.id, detail: { members: made.members.length, viewers }, atMs: deps.now() })
      return made
    })
    afterChange()
    return reply.code(201).send(await present(group))
  })

  app.patch('/api/v1/priority-groups/:id', { schema: { tags, summary: 'Add or remove members, change the description or who may see it.', params: Params, body: PriorityGroupPatch, response: { 200: PriorityGroupView } } }, async (request) => {
    const { add = [], remove = [], ...fields } = request.body
    const group = await store.write(async (tx) => {
      const before = await find(tx, request.params.id)
      if (fields.viewers !== undefined) await checkViewers(tx, fields.viewers)
      const out = new Set(await resolve(tx, remove, '/remove'))
      const members = [...new Set([...before.members, ...(await resolve(tx, add, '/add'))])].filter((id) => !out.has(id))
      if (members.length > MAX_GROUP_MEMBERS) throw new InvalidRequest([{ pointer: '/add', detail: `would make ${members.length} members; ${MAX_GROUP_MEMBERS} are the limit` }])
      const next: PriorityGroup = { ...before, members, ...(fields.description === undefined ? {} : { description: fields.description }), ...(fields.viewers === undefined ? {} : { viewers: fields.viewers }) }
      await tx.savePriorityGroup(next)
      await markMembers(tx, before.members, members)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'priority_group.changed', targetKind: 'priority_group', targetId: next.id, detail: { added: members.filter((id) => !before.members.includes(id)), removed: before.members.filter((id) => !members.includes(id)), ...(fields.viewers === undefined ? {} : { viewers: fields.viewers }) }, atMs: deps.now() })
      return next
    })
    afterChange()
    return present(group)
  })

  app.delete('/api/v1/priority-groups/:id', { schema: { tags, summary: 'Delete a priority group; policies that name only it watch nobody then.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    await store.write(async (tx) => {
      const group = await find(tx, request.params.id)
      await tx.deletePriorityGroup(group.id)
      await markMembers(tx, group.members, [])
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'priority_group.deleted', targetKind: 'priority_group', targetId: group.id, detail: { name: group.name, members: group.members.length }, atMs: deps.now() })
    })
    afterChange()
    return reply.code(204).send(null)
  })
}
