// SCIM 2.0 (RFC 7643 and 7644): a directory keeps people and groups up to date here by itself.
//
// A user resource is one of our users, under its id; what the directory wrote comes back as it was written. A user who is
// deactivated or deleted stays as a person, with the triggering event that the account is gone.
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import { appendAudit } from '../../audit/chain.ts'
import { TWO_PEOPLE } from '../../connectors/apply.ts'
import type { Fact, RowProblem } from '../../connectors/facts.ts'
import { assertScimCeiling } from '../../connectors/directory/scim-ceiling.ts'
import { ENTERPRISE_SCHEMA, GROUP_SCHEMA, groupOfScim, personOfScim, type ScimResource, USER_SCHEMA } from '../../connectors/directory/scim-map.ts'
import { parseFilter, patchResource, ScimRefusal } from '../../connectors/directory/scim-patch.ts'
import { textAt } from '../../connectors/json-file.ts'
import { normaliseName } from '../../connectors/names.ts'
import type { ScimStored, StoreWriter } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { assertScope, principalOf } from '../guard.ts'
import { installScim, nameOf, ownDocument, pageOf, SCIM_ID, scimAnswer as answer, type ScimKind, scimList, scimSelfDescription } from './scim-plumbing.ts'

const plural = (kind: string): string => `${kind}s`
type Kind = ScimKind

/** @throws ScimRefusal for what cannot be applied; a person who may be two is a conflict */
function refuse(kind: Kind, [first]: readonly RowProblem[]): void {
  if (first === undefined) return
  const conflict = first.problem === TWO_PEOPLE
  throw new ScimRefusal(conflict ? 409 : 400, `the ${kind.toLowerCase()} ${first.problem}`, conflict ? 'uniqueness' : 'invalidValue')
}

export const scimRoutes = (deps: HttpDeps): FastifyPluginAsync => async (app) => {
  const { store, connectors } = deps

  const present = (stored: ScimStored): ScimResource => ({
    ...stored.document, id: stored.id,
    meta: { resourceType: stored.kind, created: new Date(stored.createdAtMs).toISOString(), lastModified: new Date(stored.changedAtMs).toISOString(), location: `${deps.collectorUrl}/scim/v2/${plural(stored.kind)}/${stored.id}` },
  })
  const found = async (reader: Pick<StoreWriter, 'scimResource'>, kind: Kind, id: string): Promise<ScimStored> => {
    const stored = SCIM_ID.test(id) ? await reader.scimResource(kind, id) : undefined
    if (stored === undefined) throw new ScimRefusal(404, `there is no ${kind.toLowerCase()} of this id`)
    return stored
  }

  /** Writes a resource and what follows from it for the people, in one transaction. */
  const keep = async (request: FastifyRequest, kind: Kind, action: 'created' | 'changed' | 'deleted', change: (tx: StoreWriter) => Promise<{ readonly stored: ScimStored; readonly facts: readonly Fact[] }>): Promise<ScimStored> => {
    const { actor } = principalOf(request)
    const { stored, users } = await store.write(async (tx) => {
      const made = await change(tx)
      const people = await tx.personCount()
      const { problems, users: touched, totals } = await connectors.applyIn(tx, 'directory', made.facts)
      refuse(kind, problems)
      await assertScimCeiling(tx, { off: totals.accountsOff, people, nowMs: deps.now() })
      await appendAudit(tx, { actor, action: `scim.${action}`, targetKind: kind.toLowerCase(), targetId: made.stored.id, atMs: deps.now() })
      return { stored: made.stored, users: touched }
    })
    connectors.announce(users)
    return stored
  }
  const assertFree = async (tx: StoreWriter, kind: Kind, name: string, id?: string): Promise<void> => {
    const { items } = await tx.scimResources({ kind, name: normaliseName(name), offset: 0, limit: 1 })
    if (items.some((other) => other.id !== id)) throw new ScimRefusal(409, `there is a ${kind.toLowerCase()} of this name already`, 'uniqueness')
  }
  /** Whoever was in the group before may be in it no more. */
  const membersOf = (group: ScimStored | undefined): readonly string[] => {
    const fact = group === undefined ? undefined : groupOfScim(group.document, 1)
    return fact?.type === 'group' ? fact.members : []
  }
  const factsOf = (kind: Kind, resource: ScimStored, before?: ScimStored): readonly Fact[] => {
    if (kind === 'User') return [personOfScim(resource.document, 1, resource.id)]
    const fact = groupOfScim(resource.document, 1)
    return [fact.type === 'group' ? { ...fact, former: membersOf(before) } : fact]
  }
  const stored = (kind: Kind, id: string, document: Record<string, unknown>, before?: ScimStored): ScimStored => {
    const externalId = textAt(document, 'externalId')
    return { kind, id, name: normaliseName(nameOf(kind, document)), ...(externalId === '' ? {} : { externalId }), createdAtMs: before?.createdAtMs ?? deps.now(), changedAtMs: deps.now(), document }
  }
  /** Group membership as facts when a group was renamed or is gone: whoever was in it is not any more. */
  const emptied = (before: ScimStored): Fact => ({ type: 'group', line: 1, name: textAt(before.document, 'displayName'), members: [], former: membersOf(before) })

  const routesOf = (scope: FastifyInstance, kind: Kind): void => {
    const base = `/scim/v2/${plural(kind)}`
    const hidden = { schema: { tags: ['scim'], summary: `SCIM 2.0: ${plural(kind)}.` } }

    scope.get(base, hidden, async (request, reply) => {
      const query = request.query as Readonly<Record<string, string | undefined>>
      const filter = parseFilter(query['filter'], kind)
      const { start, limit } = pageOf(query)
      const { total, items } = await store.scimResources({
        kind, offset: start - 1, limit, ...(filter === undefined ? {} : { [filter.attribute]: filter.attribute === 'name' ? normaliseName(filter.value) : filter.value }),
      })
      return answer(reply, 200, scimList(total, start, items.map(present)))
    })
    scope.get(`${base}/:id`, hidden, async (request, reply) => answer(reply, 200, present(await found(store, kind, (request.params as { id: string }).id))))

    scope.post(base, hidden, async (request, reply) => {
      const document = ownDocument(request.body, kind)
      const made = await keep(request, kind, 'created', async (tx) => {
        await assertFree(tx, kind, nameOf(kind, document))
        // The id must be that of the person, who may be known already.
        const draft = stored(kind, `scim-${uuid().replaceAll('-', '')}`, document)
        if (kind === 'Group') {
          await tx.saveScimResource(draft)
          return { stored: draft, facts: factsOf(kind, draft) }
        }
        const { problems } = await connectors.applyIn(tx, 'directory', factsOf(kind, draft))
        refuse(kind, problems)
        const userId = (await tx.connectorItems('directory ids', [draft.id])).get(draft.id) ?? draft.id
        if ((await tx.scimResource('User', userId)) !== undefined) throw new ScimRefusal(409, 'the person has another user here already', 'uniqueness')
        const final = { ...draft, id: userId }
        await tx.saveScimResource(final)
        return { stored: final, facts: factsOf(kind, final) }
      })
      return answer(reply.header('location', `${deps.collectorUrl}${base}/${made.id}`), 201, present(made))
    })

    const replace = async (request: FastifyRequest, next: (before: ScimStored) => Record<string, unknown>): Promise<ScimStored> =>
      keep(request, kind, 'changed', async (tx) => {
        const before = await found(tx, kind, (request.params as { id: string }).id)
        const after = stored(kind, before.id, next(before), before)
        await assertFree(tx, kind, after.name, after.id)
        await tx.saveScimResource(after)
        return { stored: after, facts: [...(kind === 'Group' && before.name !== after.name ? [emptied(before)] : []), ...factsOf(kind, after, before)] }
      })
    scope.put(`${base}/:id`, hidden, async (request, reply) => answer(reply, 200, present(await replace(request, () => ownDocument(request.body, kind)))))
    scope.patch(`${base}/:id`, hidden, async (request, reply) => answer(reply, 200, present(await replace(request, (before) => ownDocument(patchResource(before.document, request.body), kind)))))

    scope.delete(`${base}/:id`, hidden, async (request, reply) => {
      await keep(request, kind, 'deleted', async (tx) => {
        const before = await found(tx, kind, (request.params as { id: string }).id)
        await tx.deleteScimResource(kind, before.id)
        return { stored: before, facts: [kind === 'Group' ? emptied(before) : { type: 'gone', line: 1, directoryId: before.id }] }
      })
      return reply.code(204).send()
    })
  }

  await app.register(async (scope) => {
    installScim(scope)
    scope.addHook('preHandler', async (request) => assertScope(request, 'directory'))

    scimSelfDescription(scope, '/scim/v2', 'A token for the connector directory.', [
      { id: USER_SCHEMA, name: 'User', attributes: ['userName', 'externalId', 'displayName', 'name', 'emails', 'title', 'userType', 'active', 'roles', 'addresses'] },
      { id: GROUP_SCHEMA, name: 'Group', attributes: ['displayName', 'externalId', 'members'] },
      { id: ENTERPRISE_SCHEMA, name: 'EnterpriseUser', attributes: ['employeeNumber', 'department', 'manager'] },
    ])
    routesOf(scope, 'User')
    routesOf(scope, 'Group')
  })
}
