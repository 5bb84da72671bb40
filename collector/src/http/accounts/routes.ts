// Accounts, as an administrator keeps them: roles, units, sessions; at least one administrator always.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import { assertAdminRemains } from '../../access/admins.ts'
import { hashPassword, passwordProblem } from '../../access/passwords.ts'
import { isRole, permissions, ROLE_NAMES, roles } from '../../access/permissions.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import type { Account, StoreReader, StoreWriter } from '../../store/store.ts'
import { announcePowers } from '../access/notices.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { NewPassword } from '../sessions/schema.ts'
import { presentAccount, presentSessions } from './present.ts'
import { AccountCreate, AccountList, AccountPatch, AccountView, SessionList } from './schema.ts'

const Params = Type.Object({ id: Id })

/** @throws REQUEST_INVALID */
export function rolesNamed(names: readonly string[], pointer = '/body/roles'): readonly string[] {
  const unknown = names.find((name) => !isRole(name))
  if (unknown !== undefined) throw new InvalidRequest([{ pointer, detail: `there is no role "${unknown}"` }])
  return names
}

/** @throws PASSWORD_WEAK */
export async function hashNewPassword(password: string, accountName: string): Promise<string> {
  const problem = passwordProblem(password, accountName)
  if (problem !== undefined) throw new CodedError('PASSWORD_WEAK', { problem })
  return hashPassword(password)
}

async function unitsNamed(reader: StoreReader, ids: readonly string[]): Promise<readonly string[]> {
  const known = new Set((await reader.units()).map((unit) => unit.id))
  const unknown = ids.findIndex((id) => !known.has(id))
  if (unknown >= 0) throw new InvalidRequest([{ pointer: `/body/units/${unknown}`, detail: 'there is no unit of this id' }])
  return ids
}

/** What the audit log holds of an account before and after. */
const facts = (account: Account) => ({ roles: account.roles, disabled: account.disabled, units: account.units ?? [], email: account.email })

export const accountRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['accounts']
  const find = async (reader: StoreReader, id: string): Promise<Account> => {
    const account = await reader.account(id)
    if (account === undefined) throw new CodedError('NOT_FOUND', { what: 'account' })
    return account
  }
  const present = async (account: Account): Promise<AccountView> => presentAccount(account, await store.sessionsOf(account.id))

  app.get('/api/v1/accounts', { schema: { tags, summary: 'Accounts of the console.', response: { 200: AccountList } } }, async () => ({
    items: await Promise.all((await store.accounts()).map(present)), roles: ROLE_NAMES.map((name) => ({ name, permissions: [...roles[name]] })), permissions: Object.entries(permissions).map(([name, description]) => ({ name, description })),
  }))

  app.post('/api/v1/accounts', { schema: { tags, summary: 'Make an account; without a password it is for the identity provider alone.', body: AccountCreate, response: { 201: AccountView } } }, async (request, reply) => {
    const { name, password, roles: given, units = [], email } = request.body
    if (password === undefined && email === undefined) throw new InvalidRequest([{ pointer: '/body/password', detail: 'is needed, but for an account with an e-mail address that signs in through the identity provider' }])
    const checked = rolesNamed(given)
    const passwordHash = password === undefined ? '' : await hashNewPassword(password, name)
    const { actor } = principalOf(request)
    const account = await store.write(async (tx) => {
      if ((await tx.accountByName(name)) !== undefined) throw new CodedError('ACCOUNT_EXISTS')
      const made: Account = { id: `a_${uuid().replaceAll('-', '')}`, name, passwordHash, roles: checked, disabled: false, createdAtMs: deps.now(), passwordChangedAtMs: deps.now(), ...(units.length === 0 ? {} : { units: await unitsNamed(tx, units) }), ...(email === undefined ? {} : { email }) }
      await tx.saveAccount(made)
      await appendAudit(tx, { actor, action: 'account.created', targetKind: 'account', targetId: made.id, detail: facts(made), atMs: deps.now() })
      await announcePowers(tx, actor, made, [], deps.now())
      return made
    })
    return reply.code(201).send(presentAccount(account, []))
  })

  app.patch('/api/v1/accounts/:id', { schema: { tags, summary: 'Change roles, units or e-mail address, disable or enable an account; its sessions end.', params: Params, body: AccountPatch, response: { 200: AccountView } } }, async (request) => {
    const { roles: given, disabled, units, email } = request.body
    const { actor } = principalOf(request)
    const changed = await store.write(async (tx) => {
      const account = await find(tx, request.params.id)
      if (given !== undefined && account.provisioned !== undefined && [...given].toSorted().join() !== [...account.roles].toSorted().join()) throw new CodedError('ACCOUNT_MANAGED')
      const { email: oldEmail, units: oldUnits, ...rest } = account
      const newEmail = email === null ? undefined : (email ?? oldEmail)
      const newUnits = units === undefined ? oldUnits : await unitsNamed(tx, units)
      const next: Account = { ...rest, roles: rolesNamed(given ?? account.roles), disabled: disabled ?? account.disabled, ...(newEmail === undefined ? {} : { email: newEmail }), ...(newUnits === undefined || newUnits.length === 0 ? {} : { units: newUnits }) }
      await assertAdminRemains(tx, account.id, next)
      await tx.saveAccount(next)
      await tx.deleteSessionsOf(account.id)
      await appendAudit(tx, { actor, action: 'account.changed', targetKind: 'account', targetId: account.id, detail: { before: facts(account), after: facts(next) }, atMs: deps.now() })
      await announcePowers(tx, actor, next, account.disabled ? [] : account.roles, deps.now())
      return next
    })
    return present(changed)
  })

  app.delete('/api/v1/accounts/:id', { schema: { tags, summary: 'Delete an account with its sessions; its tokens are useless from then on, and the audit log keeps its name.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    await store.write(async (tx) => {
      const account = await find(tx, request.params.id)
      await assertAdminRemains(tx, account.id)
      await forgetAccount(tx, account.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'account.deleted', targetKind: 'account', targetId: account.id, detail: { name: account.name, ...facts(account) }, atMs: deps.now() })
    })
    return reply.code(204).send(null)
  })

  app.post('/api/v1/accounts/:id/password', { schema: { tags, summary: 'Set a new password for somebody who forgot theirs; sessions end, the second factor stays.', params: Params, body: Type.Object({ newPassword: NewPassword }, { additionalProperties: false }), response: { 200: AccountView } } }, async (request) => {
    const passwordHash = await hashNewPassword(request.body.newPassword, (await find(store, request.params.id)).name)
    const changed = await store.write(async (tx) => {
      const account = await find(tx, request.params.id)
      const next = { ...account, passwordHash, passwordChangedAtMs: deps.now() }
      await tx.saveAccount(next)
      await tx.deleteSessionsOf(account.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'account.password_reset', targetKind: 'account', targetId: account.id, atMs: deps.now() })
      return next
    })
    return present(changed)
  })

  app.delete('/api/v1/accounts/:id/second-factor', { schema: { tags, summary: 'Take codes, passkeys and recovery codes from an account that lost them; its sessions end.', params: Params, response: { 200: AccountView } } }, async (request) => {
    const changed = await store.write(async (tx) => {
      const account = await find(tx, request.params.id)
      const { totp: _totp, passkeys: _passkeys, recoveryCodes: _codes, ...next } = account
      await tx.saveAccount(next)
      await tx.deleteSessionsOf(account.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'account.second_factor_reset', targetKind: 'account', targetId: account.id, atMs: deps.now() })
      return next
    })
    return present(changed)
  })

  app.get('/api/v1/accounts/:id/sessions', { schema: { tags, summary: 'Where somebody is signed in.', params: Params, response: { 200: SessionList } } }, async (request) => {
    const account = await find(store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'account.sessions_viewed', targetKind: 'account', targetId: account.id, atMs: deps.now() }))
    return { items: presentSessions(await store.sessionsOf(account.id), deps.now()) }
  })

  app.delete('/api/v1/accounts/:id/sessions', { schema: { tags, summary: 'Sign somebody out everywhere.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    await store.write(async (tx) => {
      const account = await find(tx, request.params.id)
      await tx.deleteSessionsOf(account.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'account.sessions_ended', targetKind: 'account', targetId: account.id, atMs: deps.now() })
    })
    return reply.code(204).send(null)
  })
}

/** Takes an account out, and its id out of who may see groups. */
export async function forgetAccount(tx: StoreWriter, id: string): Promise<void> {
  await tx.deleteAccount(id)
  for (const token of await tx.apiTokens()) if (token.makerId === id && !token.revoked) await tx.saveApiToken({ ...token, revoked: true })
}
