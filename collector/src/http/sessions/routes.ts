// Set-up, sign-in with a name and a password, the second step, passkeys, and the way out.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import { isReplay, spendRecoveryCode, totpStep } from '../../access/one-time-codes.ts'
import { accountIdOf, authenticationOptions, checkPasskey, siteOf } from '../../access/passkeys.ts'
import { DUMMY_HASH, hashPassword, passwordProblem, verifyPassword } from '../../access/passwords.ts'
import { createPending } from '../../access/pending.ts'
import type { Role } from '../../access/permissions.ts'
import type { Sealer } from '../../access/seal.ts'
import { closeSession, csrfOf, peekSession } from '../../access/sessions.ts'
import { createThrottle } from '../../access/throttle.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import type { Account, StoreWriter } from '../../store/store.ts'
import { announcePowers } from '../access/notices.ts'
import { presentAccount } from '../accounts/present.ts'
import { AccountView } from '../accounts/schema.ts'
import type { HttpDeps } from '../context.ts'
import { assertOrigin, principalOf } from '../guard.ts'
import type { OidcExit } from './oidc-routes.ts'
import { Me, type Preferences, SecondFactorRequest, SetupRequest, SetupState, SignInAnswer, SignInRequest, WebAuthnJson } from './schema.ts'
import { auditRefusal, beginSession, clearSessionCookie, setSessionCookie } from './sign-in.ts'

export const SETUP_SETTING = 'setup_code_hash'
const STEP_COOKIE = '__Host-holdfast-step'
const stepCookie = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const
/** Tries for one account from one address, for one account from everywhere, and for one address, in a quarter of an hour. */
const ACCOUNT_TRIES = 10
const NAME_TRIES = 100
const ADDRESS_TRIES = 100
const FACTOR_TRIES = 5
const WINDOW_SECS = 900
/** For the second step. */
const STEP_SECS = 300
/** The first account can try everything; give duties to separate people afterwards. */
const FIRST_ROLES: readonly Role[] = ['Admin', 'Analyst', 'Investigator', 'Auditor']

/** A password was right; or a passkey is asked for, of anybody. */
type Step = { readonly accountId?: string; readonly challenge?: string }

export const setupCodeHash = (code: string): string => createHash('sha256').update(code.trim()).digest('hex')

export const totpPurpose = (accountId: string): string => `totp ${accountId}`

export const sessionRoutes = (deps: HttpDeps, sealer: Sealer, exit: OidcExit): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const throttles = { account: createThrottle(ACCOUNT_TRIES, WINDOW_SECS), name: createThrottle(NAME_TRIES, WINDOW_SECS), address: createThrottle(ADDRESS_TRIES, WINDOW_SECS), factor: createThrottle(FACTOR_TRIES, WINDOW_SECS) }
  const steps = createPending<Step>(STEP_SECS)
  const take = (throttle: keyof typeof throttles, key: string) => {
    const seconds = throttles[throttle].take(key, deps.now())
    if (seconds !== undefined) throw new CodedError('TOO_MANY_TRIES', { seconds })
  }
  const putStep = (reply: FastifyReply, step: Step): void => void reply.setCookie(STEP_COOKIE, steps.put(step, deps.now()), { ...stepCookie, maxAge: STEP_SECS })

  app.get('/api/v1/setup', { schema: { tags: ['sessions'], summary: 'Whether the first account must be made.', response: { 200: SetupState } } }, async () => ({ needed: (await store.accounts()).length === 0, organisation: deps.organisation }))

  app.post('/api/v1/setup', { schema: { tags: ['sessions'], summary: 'Make the first account with the set-up code.', body: SetupRequest, response: { 201: AccountView } } }, async (request, reply) => {
    assertOrigin(request)
    take('address', request.ip)
    const { setupCode, name, password } = request.body
    const problem = passwordProblem(password, name)
    if (problem !== undefined) throw new CodedError('PASSWORD_WEAK', { problem })
    const passwordHash = await hashPassword(password)
    const account = await store.write(async (tx) => {
      const wanted = await tx.setting(SETUP_SETTING)
      const given = setupCodeHash(setupCode)
      if (wanted === undefined || !timingSafeEqual(Buffer.from(wanted), Buffer.from(given)) || (await tx.accounts()).length > 0) throw new CodedError('SETUP_REFUSED')
      const made: Account = { id: `a_${uuid().replaceAll('-', '')}`, name, passwordHash, roles: FIRST_ROLES, disabled: false, createdAtMs: deps.now(), passwordChangedAtMs: deps.now() }
      await tx.saveAccount(made)
      await appendAudit(tx, { actor: { id: made.id, name }, action: 'account.set_up', targetKind: 'account', targetId: made.id, detail: { roles: FIRST_ROLES }, atMs: deps.now() })
      await announcePowers(tx, { id: made.id, name }, made, [], deps.now())
      return made
    })
    return reply.code(201).send(presentAccount(account, []))
  })

  app.post('/api/v1/session', { schema: { tags: ['sessions'], summary: 'Sign in with a name and a password; an account with a second factor has one more step.', body: SignInRequest, response: { 200: SignInAnswer } } }, async (request, reply) => {
    assertOrigin(request)
    const { name, password } = request.body
    const folded = name.toLowerCase()
    take('address', request.ip)
    take('account', `${request.ip} ${folded}`)
    take('name', folded)
    const account = await store.accountByName(name)
    const right = await verifyPassword(password, account === undefined || account.passwordHash === '' ? DUMMY_HASH : account.passwordHash)
    if (!right || account === undefined || account.disabled) {
      await auditRefusal(deps, request, account?.id, 'password')
      throw new CodedError('SIGN_IN_REFUSED')
    }
    throttles.account.reset(`${request.ip} ${folded}`)
    throttles.name.reset(folded)
    const site = siteOf(request.headers.host)
    const keys = (account.passkeys ?? []).filter((key) => key.rpId === site.rpId)
    if (account.totp !== undefined || (account.passkeys ?? []).length > 0) {
      const options = keys.length === 0 ? undefined : await authenticationOptions(site, keys)
      putStep(reply, { accountId: account.id, ...(options === undefined ? {} : { challenge: options.challenge }) })
      const factors = [...(account.totp === undefined ? [] : ['totp' as const]), ...(options === undefined ? [] : ['passkey' as const]), ...((account.recoveryCodes ?? []).length === 0 ? [] : ['recovery' as const])]
      return { name: account.name, step: 'second_factor' as const, factors, ...(options === undefined ? {} : { passkeyOptions: options as unknown as Record<string, unknown> }) }
    }
    setSessionCookie(reply, await store.write((tx) => beginSession(deps, tx, request, account, { method: 'password', secondFactor: false })))
    return { name: account.name, step: 'done' as const }
  })

  /** Takes a factor of an account that was read in this transaction, so that two uses of one code cannot both pass. */
  const spend = async (tx: StoreWriter, account: Account, given: SecondFactorRequest, step: Step, request: FastifyRequest): Promise<void> => {
    if (given.kind === 'totp') {
      const found = account.totp === undefined ? undefined : totpStep(sealer.open(account.totp.secret, totpPurpose(account.id)), given.code.replaceAll(' ', ''), deps.now())
      if (account.totp === undefined || found === undefined || isReplay(account.totp, found)) throw new CodedError('SECOND_FACTOR_REFUSED')
      await tx.saveAccount({ ...account, totp: { ...account.totp, lastStep: found } })
    } else if (given.kind === 'recovery') {
      const left = spendRecoveryCode(account.recoveryCodes ?? [], given.code)
      if (left === undefined) throw new CodedError('SECOND_FACTOR_REFUSED')
      await tx.saveAccount({ ...account, recoveryCodes: left })
      await appendAudit(tx, { actor: { id: account.id, name: account.name }, action: 'account.recovery_code_used', targetKind: 'account', targetId: account.id, detail: { left: left.length }, atMs: deps.now() })
    } else {
      if (step.challenge === undefined) throw new CodedError('PASSKEY_REFUSED')
      const key = await checkPasskey(account, given.response, step.challenge, siteOf(request.headers.host), deps.now())
      await tx.saveAccount({ ...account, passkeys: (account.passkeys ?? []).map((one) => (one.id === key.id ? key : one)) })
    }
  }

  app.post('/api/v1/session/second-factor', { schema: { tags: ['sessions'], summary: 'The second step: a code, a recovery code or a passkey.', body: SecondFactorRequest, response: { 200: SignInAnswer } } }, async (request, reply) => {
    assertOrigin(request)
    take('address', request.ip)
    const id = request.cookies[STEP_COOKIE]
    const step = steps.get(id, deps.now())
    if (step?.accountId === undefined || id === undefined) throw new CodedError('SIGN_IN_EXPIRED')
    const { accountId } = step
    take('factor', accountId)
    const account = await store.account(accountId)
    if (account === undefined || account.disabled) throw new CodedError('SIGN_IN_EXPIRED')
    let token: string
    try {
      token = await store.write(async (tx) => {
        const now = await tx.account(accountId)
        // What was changed since the password was checked makes that step void.
        if (now === undefined || now.disabled || now.passwordHash !== account.passwordHash) throw new CodedError('SIGN_IN_EXPIRED')
        await spend(tx, now, request.body, step, request)
        return beginSession(deps, tx, request, now, { method: 'password', secondFactor: true })
      })
    } catch (error) {
      if (error instanceof CodedError && (error.code === 'SECOND_FACTOR_REFUSED' || error.code === 'PASSKEY_REFUSED')) await auditRefusal(deps, request, accountId, request.body.kind)
      throw error
    }
    steps.forget(id)
    throttles.factor.reset(accountId)
    void reply.clearCookie(STEP_COOKIE, stepCookie)
    setSessionCookie(reply, token)
    return { name: account.name, step: 'done' as const }
  })

  app.post('/api/v1/session/passkey/options', { schema: { tags: ['sessions'], summary: 'What a passkey is asked, for signing in without name and password.', response: { 200: WebAuthnJson } } }, async (request, reply) => {
    assertOrigin(request)
    take('address', request.ip)
    const options = await authenticationOptions(siteOf(request.headers.host))
    putStep(reply, { challenge: options.challenge })
    return options as unknown as Record<string, unknown>
  })

  app.post('/api/v1/session/passkey', { schema: { tags: ['sessions'], summary: 'Sign in with a passkey.', body: Type.Object({ response: WebAuthnJson }, { additionalProperties: false }), response: { 200: SignInAnswer } } }, async (request, reply) => {
    assertOrigin(request)
    take('address', request.ip)
    const step = steps.take(request.cookies[STEP_COOKIE], deps.now())
    if (step?.challenge === undefined) throw new CodedError('SIGN_IN_EXPIRED')
    const { challenge } = step
    const accountId = accountIdOf(request.body.response)
    try {
      const { account, token } = await store.write(async (tx) => {
        const found = accountId === undefined ? undefined : await tx.account(accountId)
        if (found === undefined || found.disabled) throw new CodedError('PASSKEY_REFUSED')
        await spend(tx, found, { kind: 'passkey', response: request.body.response }, { challenge }, request)
        return { account: found, token: await beginSession(deps, tx, request, found, { method: 'passkey', secondFactor: true }) }
      })
      void reply.clearCookie(STEP_COOKIE, stepCookie)
      setSessionCookie(reply, token)
      return { name: account.name, step: 'done' as const }
    } catch (error) {
      if (error instanceof CodedError && error.code === 'PASSKEY_REFUSED') await auditRefusal(deps, request, accountId !== undefined && (await store.account(accountId)) !== undefined ? accountId : undefined, 'passkey')
      throw error
    }
  })

  app.delete('/api/v1/session', { schema: { tags: ['sessions'], summary: 'Sign out; of the identity provider too, where it has a page for that.', response: { 200: Type.Object({ logoutUrl: Type.String() }, { additionalProperties: false }), 204: Type.Null() } } }, async (request, reply) => {
    const { token, actor } = principalOf(request)
    let logoutUrl: string | undefined
    if (token !== undefined) {
      const found = await peekSession(store, token, deps.now())
      await store.write(async (tx) => {
        await closeSession(tx, token)
        await appendAudit(tx, { actor, action: 'session.ended', targetKind: 'account', targetId: actor.id, atMs: deps.now() })
      })
      // A provider that does not answer keeps nobody in.
      logoutUrl = found?.session.oidc === undefined ? undefined : await exit.logoutUrl(found.session.oidc, siteOf(request.headers.host).origin).catch(() => undefined)
    }
    clearSessionCookie(reply)
    return logoutUrl === undefined ? reply.code(204).send(null) : reply.code(200).send({ logoutUrl })
  })

  app.get('/api/v1/me', { schema: { tags: ['sessions'], summary: 'Who is signed in, and what they may do.', response: { 200: Me } } }, async (request) => {
    const principal = principalOf(request)
    const preferences = principal.token === undefined ? undefined : (await store.account(principal.actor.id))?.preferences
    return {
      accountId: principal.actor.id, name: principal.actor.name, roles: [...principal.roles], permissions: [...principal.permissions], organisation: deps.organisation,
      sessionExpiresAt: new Date(principal.sessionExpiresAtMs).toISOString(), csrfToken: principal.token === undefined ? '' : csrfOf(principal.token),
      ...(principal.mustEnrol === true ? { mustEnrol: true } : {}), ...(principal.visible === undefined ? {} : { limited: true }), ...(principal.isLimited === true ? { ofUnits: true } : {}), ...(preferences === undefined ? {} : { preferences: preferences as Preferences }),
    }
  })
}
