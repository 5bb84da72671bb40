// SCIM 2.0 for accounts of the console: an identity provider makes, disables and deletes them, and its groups give roles.
//
// A base of its own beside that for watched people: the two are never the same resources, and a token for one is none
// for the other. An account that was made by hand is never taken over by name: it may be the last way in.
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import { assertAdminRemains } from '../../access/admins.ts'
import { appendAudit } from '../../audit/chain.ts'
import { GROUP_SCHEMA, type ScimResource, USER_SCHEMA } from '../../connectors/directory/scim-map.ts'
import { parseFilter, patchResource, ScimRefusal } from '../../connectors/directory/scim-patch.ts'
import { isObject, textAt } from '../../connectors/json-file.ts'
import type { Account, ScimStored, StoreReader, StoreWriter } from '../../store/store.ts'
import { forgetAccount } from '../accounts/routes.ts'
import { installScim, nameOf, ownDocument, pageOf, SCIM_ID, scimAnswer as answer, type ScimKind, scimList, scimSelfDescription } from '../connectors/scim-plumbing.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf } from '../guard.ts'
import { membersOf, settleProvisioned } from './provisioned.ts'
import { SCIM_BASE } from './routes.ts'

type StoredKind = 'Account' | 'AccountGroup'
const storedKind = (kind: ScimKind): StoredKind => (kind === 'User' ? 'Account' : 'AccountGroup')
const fold = (name: string): string => name.normalize('NFKC').toLowerCase()

/** The first address, or the one that is marked. */
function emailOf(document: ScimResource): string | undefined {
  const list = Array.isArray(document['emails']) ? document['emails'].filter(isObject) : []
  const value = textAt(list.find((one) => one['primary'] === true) ?? list[0] ?? {}, 'value').toLowerCase()
  return /^[^@\s]+@[^@\s]+$/.test(value) && value.length <= 254 ? value : undefined
}

/** Entra sends booleans as text. */
const isActive = (document: ScimResource): boolean => !['false', false].includes(typeof document['active'] === 'string' ? document['active'].toLowerCase() : (document['active'] as boolean))

function accountName(document: ScimResource): string {
  const name = nameOf('User', document)
  if (!/^\S{1,64}$/.test(name)) throw new ScimRefusal(400, 'userName must have 1 to 64 characters and no spaces', 'invalidValue')
  return name
}

export const scimAccountRoutes = (deps: HttpDeps): FastifyPluginAsync => async (app) => {
  const { store } = deps
  const present = (stored: ScimStored): ScimResource => {
    const kind = stored.kind === 'Account' ? 'User' : 'Group'
    return { ...stored.document, id: stored.id, meta: { resourceType: kind, created: new Date(stored.createdAtMs).toISOString(), lastModified: new Date(stored.changedAtMs).toISOString(), location: `${deps.collectorUrl}${SCIM_BASE}/${kind}s/${stored.id}` } }
  }
  const idOf = (request: FastifyRequest): string => (request.params as { readonly id: string }).id
  const found = async (reader: StoreReader, kind: ScimKind, id: string): Promise<ScimStored> => {
    const stored = SCIM_ID.test(id) ? await reader.scimResource(storedKind(kind), id) : undefined
    if (stored === undefined) throw new ScimRefusal(404, `there is no ${kind.toLowerCase()} of this id`)
    return stored
  }
  const storedOf = (kind: ScimKind, id: string, document: Record<string, unknown>, before?: ScimStored): ScimStored => {
    const externalId = textAt(document, 'externalId')
    return { kind: storedKind(kind), id, name: fold(nameOf(kind, document)), ...(externalId === '' ? {} : { externalId }), createdAtMs: before?.createdAtMs ?? deps.now(), changedAtMs: deps.now(), document }
  }
  const assertFree = async (tx: StoreWriter, kind: ScimKind, name: string, id: string): Promise<void> => {
    const { items } = await tx.scimResources({ kind: storedKind(kind), name: fold(name), offset: 0, limit: 1 })
    const account = kind === 'User' ? (await tx.accounts()).find((one) => fold(one.name) === fold(name)) : undefined
    if (items.some((other) => other.id !== id) || (account !== undefined && account.id !== id)) throw new ScimRefusal(409, `there is a ${kind.toLowerCase()} of this name already`, 'uniqueness')
  }

  /** Writes the account of a user resource: name, address, and whether it is let in. */
  const saveAccount = async (tx: StoreWriter, request: FastifyRequest, stored: ScimStored): Promise<void> => {
    const before = await tx.account(stored.id)
    const { email: _email, ...rest } = before ?? { id: stored.id, passwordHash: '', roles: [], createdAtMs: deps.now(), passwordChangedAtMs: 0 }
    const email = emailOf(stored.document)
    const next: Account = { ...rest, name: accountName(stored.document), disabled: !isActive(stored.document), provisioned: { changedAtMs: deps.now(), ...(stored.externalId === undefined ? {} : { externalId: stored.externalId }) }, ...(email === undefined ? {} : { email }) }
    await assertAdminRemains(tx, next.id, next)
    await tx.saveAccount(next)
    if (next.disabled) await tx.deleteSessionsOf(next.id)
    const facts = (account: Account | undefined) => (account === undefined ? undefined : { name: account.name, disabled: account.disabled, email: account.email })
    await appendAudit(tx, { actor: principalOf(request).actor, action: before === undefined ? 'account.created' : 'account.changed', targetKind: 'account', targetId: next.id, detail: { by: 'scim', before: facts(before), after: facts(next) }, atMs: deps.now() })
  }
  /** Keeps a resource, and what follows from it for accounts and their roles. */
  const keep = async (tx: StoreWriter, request: FastifyRequest, kind: ScimKind, stored: ScimStored, before?: ScimStored): Promise<void> => {
    await assertFree(tx, kind, nameOf(kind, stored.document), stored.id)
    await tx.saveScimResource(stored)
    if (kind === 'User') await saveAccount(tx, request, stored)
    else await appendAudit(tx, { actor: principalOf(request).actor, action: `account_group.${before === undefined ? 'created' : 'changed'}`, targetKind: 'account_group', targetId: stored.id, detail: { before: before === undefined ? undefined : { name: before.name, members: membersOf(before) }, after: { name: stored.name, members: membersOf(stored) } }, atMs: deps.now() })
    await settleProvisioned(tx, principalOf(request).actor, deps.now(), kind === 'User' ? [stored.id] : [...membersOf(before), ...membersOf(stored)])
  }

  const routesOf = (scope: FastifyInstance, kind: ScimKind): void => {
    const base = `${SCIM_BASE}/${kind}s`
    const schema = { schema: { tags: ['scim'], summary: `SCIM 2.0 for accounts: ${kind}s.` } }

    scope.get(base, schema, async (request, reply) => {
      const query = request.query as Readonly<Record<string, string | undefined>>
      const filter = parseFilter(query['filter'], kind)
      const { start, limit } = pageOf(query)
      const { total, items } = await store.scimResources({ kind: storedKind(kind), offset: start - 1, limit, ...(filter === undefined ? {} : { [filter.attribute]: filter.attribute === 'name' ? fold(filter.value) : filter.value }) })
      return answer(reply, 200, scimList(total, start, items.map(present)))
    })
    scope.get(`${base}/:id`, schema, async (request, reply) => answer(reply, 200, present(await found(store, kind, idOf(request)))))
    scope.post(base, schema, async (request, reply) => {
      const stored = storedOf(kind, `${kind === 'User' ? 'a' : 'ag'}_${uuid().replaceAll('-', '')}`, ownDocument(request.body, kind))
      await store.write((tx) => keep(tx, request, kind, stored))
      return answer(reply.header('location', `${deps.collectorUrl}${base}/${stored.id}`), 201, present(stored))
    })
    const replace = (request: FastifyRequest, next: (before: ScimStored) => Record<string, unknown>): Promise<ScimStored> =>
      store.write(async (tx) => {
        const before = await found(tx, kind, idOf(request))
        const stored = storedOf(kind, before.id, next(before), before)
        await keep(tx, request, kind, stored, before)
        return stored
      })
    scope.put(`${base}/:id`, schema, async (request, reply) => answer(reply, 200, present(await replace(request, () => ownDocument(request.body, kind)))))
    scope.patch(`${base}/:id`, schema, async (request, reply) => answer(reply, 200, present(await replace(request, (before) => ownDocument(patchResource(before.document, request.body), kind)))))
    scope.delete(`${base}/:id`, schema, async (request, reply) => {
      await store.write(async (tx) => {
        const before = await found(tx, kind, idOf(request))
        const { actor } = principalOf(request)
        await tx.deleteScimResource(storedKind(kind), before.id)
        if (kind === 'User') {
          await assertAdminRemains(tx, before.id)
          await forgetAccount(tx, before.id)
        } else await settleProvisioned(tx, actor, deps.now(), membersOf(before))
        await appendAudit(tx, { actor, action: kind === 'User' ? 'account.deleted' : 'account_group.deleted', targetKind: kind === 'User' ? 'account' : 'account_group', targetId: before.id, detail: { by: 'scim', name: before.name }, atMs: deps.now() })
      })
      return reply.code(204).send()
    })
  }

  await app.register(async (scope) => {
    installScim(scope)
    scimSelfDescription(scope, SCIM_BASE, 'A token with the permission account.provision.', [
      { id: USER_SCHEMA, name: 'User', attributes: ['userName', 'externalId', 'displayName', 'emails', 'active'] }, { id: GROUP_SCHEMA, name: 'Group', attributes: ['displayName', 'externalId', 'members'] },
    ])
    routesOf(scope, 'User')
    routesOf(scope, 'Group')
  })
}
