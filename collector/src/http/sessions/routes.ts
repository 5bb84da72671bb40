import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { createHash, timingSafeEqual } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import { DUMMY_HASH, hashPassword, verifyPassword } from '../../access/passwords.ts'
import { isRole, type Role, ROLE_NAMES, roles } from '../../access/permissions.ts'
import { closeSession, COOKIE, csrfOf, openSession } from '../../access/sessions.ts'
import { createThrottle } from '../../access/throttle.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import type { Account, StoreReader } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { assertOrigin, principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { AccountList, AccountView, Me, SetupRequest, SetupState, SignInRequest } from './schema.ts'

export const SETUP_SETTING = 'setup_code_hash'
/** Tries for one account from one address, and for one address, in a quarter of an hour. */
const ACCOUNT_TRIES = 10
const ADDRESS_TRIES = 100
const WINDOW_SECS = 900
/** The first account can try everything; give duties to separate people afterwards. */
const FIRST_ROLES: readonly Role[] = ['Admin', 'Analyst', 'Investigator', 'Auditor']

export const setupCodeHash = (code: string): string => createHash('sha256').update(code.trim()).digest('hex')

export const presentAccount = (account: Account): AccountView => ({ id: account.id, name: account.name, roles: [...account.roles], disabled: account.disabled, createdAt: new Date(account.createdAtMs).toISOString() })

const otherAdmins = async (store: StoreReader, except: string): Promise<number> => (await store.accounts()).filter((account) => account.id !== except && !account.disabled && account.roles.includes('Admin')).length

export const sessionRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const byAccount = createThrottle(ACCOUNT_TRIES, WINDOW_SECS)
  const byAddress = createThrottle(ADDRESS_TRIES, WINDOW_SECS)
  const take = (throttle: typeof byAccount, key: string) => {
    const seconds = throttle.take(key, deps.now())
    if (seconds !== undefined) throw new CodedError('TOO_MANY_TRIES', { seconds })
  }
  const rolesOf = (names: readonly string[]): readonly string[] => {
    const unknown = names.find((name) => !isRole(name))
    if (unknown !== undefined) throw new InvalidRequest([{ pointer: '/body/roles', detail: `there is no role "${unknown}"` }])
    return names
  }

  app.get('/api/v1/setup', { schema: { tags: ['sessions'], summary: 'Whether the first account must be made.', response: { 200: SetupState } } }, async () => ({ needed: (await store.accounts()).length === 0, organisation: deps.organisation }))

  app.post('/api/v1/setup', { schema: { tags: ['sessions'], summary: 'Make the first account with the set-up code.', body: SetupRequest, response: { 201: AccountView } } }, async (request, reply) => {
    assertOrigin(request)
    take(byAddress, request.ip)
    const { setupCode, name, password } = request.body
    const passwordHash = await hashPassword(password)
    const account = await store.write(async (tx) => {
      const wanted = await tx.setting(SETUP_SETTING)
      const given = setupCodeHash(setupCode)
      if (wanted === undefined || !timingSafeEqual(Buffer.from(wanted), Buffer.from(given)) || (await tx.accounts()).length > 0) throw new CodedError('SETUP_REFUSED')
      const made: Account = { id: `a_${uuid().replaceAll('-', '')}`, name, passwordHash, roles: FIRST_ROLES, disabled: false, createdAtMs: deps.now(), passwordChangedAtMs: deps.now() }
      await tx.saveAccount(made)
      await appendAudit(tx, { actor: { id: made.id, name }, action: 'account.set_up', targetKind: 'account', targetId: made.id, detail: { roles: FIRST_ROLES }, atMs: deps.now() })
      return made
    })
    return reply.code(201).send(presentAccount(account))
  })

  app.post('/api/v1/session', { schema: { tags: ['sessions'], summary: 'Sign in.', body: SignInRequest, response: { 200: Type.Object({ name: Type.String() }) } } }, async (request, reply) => {
    assertOrigin(request)
    const { name, password } = request.body
    take(byAddress, request.ip)
    take(byAccount, `${request.ip} ${name.toLowerCase()}`)
    const account = await store.accountByName(name)
    const right = await verifyPassword(password, account?.passwordHash ?? DUMMY_HASH)
    if (!right || account === undefined || account.disabled) {
      await store.write((tx) => appendAudit(tx, { actor: { id: '-', name: '-' }, action: 'session.refused', targetKind: 'account', targetId: account?.id ?? '-', detail: { address: request.ip }, atMs: deps.now() }))
      throw new CodedError('SIGN_IN_REFUSED')
    }
    byAccount.reset(`${request.ip} ${name.toLowerCase()}`)
    const token = await store.write(async (tx) => {
      const opened = await openSession(tx, account, { address: request.ip, userAgent: request.headers['user-agent'] ?? '' }, deps.now())
      await appendAudit(tx, { actor: { id: account.id, name: account.name }, action: 'session.created', targetKind: 'account', targetId: account.id, detail: { address: request.ip }, atMs: deps.now() })
      return opened
    })
    void reply.setCookie(COOKIE, token, { path: '/', httpOnly: true, secure: true, sameSite: 'strict' })
    return { name: account.name }
  })

  app.delete('/api/v1/session', { schema: { tags: ['sessions'], summary: 'Sign out.', response: { 204: Type.Null() } } }, async (request, reply) => {
    const { token, actor } = principalOf(request)
    if (token !== undefined) {
      await store.write(async (tx) => {
        await closeSession(tx, token)
        await appendAudit(tx, { actor, action: 'session.ended', targetKind: 'account', targetId: actor.id, atMs: deps.now() })
      })
    }
    void reply.clearCookie(COOKIE, { path: '/', httpOnly: true, secure: true, sameSite: 'strict' })
    return reply.code(204).send(null)
  })

  app.get('/api/v1/me', { schema: { tags: ['sessions'], summary: 'Who is signed in, and what they may do.', response: { 200: Me } } }, async (request) => {
    const principal = principalOf(request)
    return {
      accountId: principal.actor.id, name: principal.actor.name, roles: [...principal.roles], permissions: [...principal.permissions], organisation: deps.organisation,
      sessionExpiresAt: new Date(principal.sessionExpiresAtMs).toISOString(), csrfToken: principal.token === undefined ? '' : csrfOf(principal.token),
    }
  })

  app.get('/api/v1/accounts', { schema: { tags: ['accounts'], summary: 'Accounts of the console.', response: { 200: AccountList } } }, async () => ({ items: (await store.accounts()).map(presentAccount), roles: ROLE_NAMES.map((name) => ({ name, permissions: [...roles[name]] })) }))

  app.post('/api/v1/accounts', { schema: { tags: ['accounts'], summary: 'Make an account.', body: Type.Object({ name: SetupRequest.properties.name, password: SetupRequest.properties.password, roles: Type.Array(Type.String(), { minItems: 1, maxItems: 6 }) }, { additionalProperties: false }), response: { 201: AccountView } } }, async (request, reply) => {
    const given = rolesOf(request.body.roles)
    const passwordHash = await hashPassword(request.body.password)
    const account = await store.write(async (tx) => {
      if ((await tx.accountByName(request.body.name)) !== undefined) throw new CodedError('ACCOUNT_EXISTS')
      const made: Account = { id: `a_${uuid().replaceAll('-', '')}`, name: request.body.name, passwordHash, roles: given, disabled: false, createdAtMs: deps.now(), passwordChangedAtMs: deps.now() }
      await tx.saveAccount(made)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'account.created', targetKind: 'account', targetId: made.id, detail: { roles: given }, atMs: deps.now() })
      return made
    })
    return reply.code(201).send(presentAccount(account))
  })

  app.patch('/api/v1/accounts/:id', { schema: { tags: ['accounts'], summary: 'Change roles, disable or enable an account; its sessions end.', params: Type.Object({ id: Id }), body: Type.Object({ roles: Type.Optional(Type.Array(Type.String(), { maxItems: 6 })), disabled: Type.Optional(Type.Boolean()) }, { additionalProperties: false }), response: { 200: AccountView } } }, async (request) => {
    const changed = await store.write(async (tx) => {
      const account = await tx.account(request.params.id)
      if (account === undefined) throw new CodedError('NOT_FOUND', { what: 'account' })
      const next = { ...account, roles: rolesOf(request.body.roles ?? account.roles), disabled: request.body.disabled ?? account.disabled }
      if ((next.disabled || !next.roles.includes('Admin')) && (await otherAdmins(tx, account.id)) === 0) throw new CodedError('LAST_ADMIN')
      await tx.saveAccount(next)
      await tx.deleteSessionsOf(account.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'account.changed', targetKind: 'account', targetId: account.id, detail: { before: { roles: account.roles, disabled: account.disabled }, after: { roles: next.roles, disabled: next.disabled } }, atMs: deps.now() })
      return next
    })
    return presentAccount(changed)
  })
}
