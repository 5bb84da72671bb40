// One's own account: password, second factors, sessions and preferences.
//
// A change of how one signs in ends every other session and gives this one a new token; a session of more than some
// minutes must show the password again, so that an unlocked screen is not enough.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { makeRecoveryCodes, makeTotpSecret, totpStep, totpUri } from '../../access/one-time-codes.ts'
import { registerPasskey, registrationOptions, siteOf } from '../../access/passkeys.ts'
import { verifyPassword } from '../../access/passwords.ts'
import { createPending } from '../../access/pending.ts'
import type { Sealer } from '../../access/seal.ts'
import { peekSession, sessionIdOf, sessionIdOfToken } from '../../access/sessions.ts'
import { accessSettings, needsSecondFactor } from '../../access/settings.ts'
import { createThrottle } from '../../access/throttle.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import type { Account, Session, StoreReader, StoreWriter } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { totpPurpose } from '../sessions/routes.ts'
import { Preferences, WebAuthnJson } from '../sessions/schema.ts'
import { beginSession, clearSessionCookie, setSessionCookie } from '../sessions/sign-in.ts'
import { presentPasskey, presentSessions } from './present.ts'
import { hashNewPassword } from './routes.ts'
import { OwnAccount, PasskeyCreate, PasskeyRemove, PasskeyView, PasswordChange, ProofRequest, RecoveryCodes, SessionList, TotpBegin, TotpConfirm } from './schema.ts'

/** For so long the sign-in itself is the proof. */
const FRESH_MS = 600_000
const ENROL_SECS = 600
const PASSWORD_TRIES = 10
const CODE_TRIES = 10
const WINDOW_SECS = 900
const MOST_PASSKEYS = 20
const tags = ['account']

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const ownAccountRoutes = (deps: HttpDeps, sealer: Sealer): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const passwordTries = createThrottle(PASSWORD_TRIES, WINDOW_SECS)
  const codeTries = createThrottle(CODE_TRIES, WINDOW_SECS)
  const secrets = createPending<{ readonly secret: string }>(ENROL_SECS)
  const challenges = createPending<{ readonly challenge: string }>(ENROL_SECS)

  /** @throws NOT_FOUND for the command line and for tokens, which have no account */
  const self = async (request: FastifyRequest, reader: StoreReader = store): Promise<{ readonly account: Account; readonly session: Session }> => {
    const { token } = principalOf(request)
    const found = token === undefined ? undefined : await peekSession(reader, token, deps.now())
    if (found === undefined) throw new CodedError('NOT_FOUND', { what: 'account' })
    return found
  }
  const isFresh = (session: Session): boolean => deps.now() - session.createdAtMs < FRESH_MS
  const checkPassword = async (account: Account, password: string): Promise<void> => {
    const seconds = passwordTries.take(account.id, deps.now())
    if (seconds !== undefined) throw new CodedError('TOO_MANY_TRIES', { seconds })
    if (!(await verifyPassword(password, account.passwordHash))) throw new CodedError('REAUTHENTICATION_REQUIRED')
    passwordTries.reset(account.id)
  }
  /** @throws REAUTHENTICATION_REQUIRED */
  const prove = async (request: FastifyRequest, password: string | undefined): Promise<{ readonly account: Account; readonly session: Session }> => {
    const found = await self(request)
    if (password !== undefined) await checkPassword(found.account, password)
    else if (!isFresh(found.session)) throw new CodedError('REAUTHENTICATION_REQUIRED')
    return found
  }
  /** Saves a change of how one signs in. @returns the token of the session that goes on, the only one */
  const change = async (request: FastifyRequest, reply: FastifyReply, action: string, next: (account: Account) => Account, shown: boolean, detail: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    const token = await store.write(async (tx: StoreWriter) => {
      const { account, session } = await self(request, tx)
      const changed = next(account)
      await tx.saveAccount(changed)
      await tx.deleteSessionsOf(account.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action, targetKind: 'account', targetId: account.id, detail, atMs: deps.now() })
      const { method = 'password', oidc, secondFactor = false } = session
      return beginSession(deps, tx, request, changed, { method, secondFactor: secondFactor || shown, ...(oidc === undefined ? {} : { oidc }) })
    })
    setSessionCookie(reply, token)
  }
  /** The last second factor of who must have one stays. @throws SECOND_FACTOR_REQUIRED */
  const assertFactorRemains = async (account: Account): Promise<void> => {
    if (account.totp === undefined && (account.passkeys ?? []).length === 0 && needsSecondFactor(await accessSettings(store), account.roles)) throw new CodedError('SECOND_FACTOR_REQUIRED')
  }

  app.get('/api/v1/account', { schema: { tags, summary: 'The account that is signed in.', response: { 200: OwnAccount } } }, async (request) => {
    const { account, session } = await self(request)
    return {
      id: account.id, name: account.name, ...(account.email === undefined ? {} : { email: account.email }), roles: [...account.roles], hasPassword: account.passwordHash !== '', totp: account.totp !== undefined,
      ...(account.totp === undefined ? {} : { totpEnrolledAt: new Date(account.totp.enrolledAtMs).toISOString() }), recoveryCodesLeft: (account.recoveryCodes ?? []).length, passkeys: (account.passkeys ?? []).map(presentPasskey),
      secondFactorRequired: needsSecondFactor(await accessSettings(store), account.roles), needsPassword: !isFresh(session), preferences: (account.preferences ?? {}) as Preferences,
    }
  })

  app.put('/api/v1/account/preferences', { schema: { tags, summary: 'Time zone and language, on every machine.', body: Preferences, response: { 200: Preferences } } }, async (request) => {
    if (request.body.timeZone !== undefined && !isTimeZone(request.body.timeZone)) throw new InvalidRequest([{ pointer: '/body/timeZone', detail: 'is no time zone' }])
    await store.write(async (tx) => {
      const { account } = await self(request, tx)
      await tx.saveAccount({ ...account, preferences: request.body })
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'account.preferences_changed', targetKind: 'account', targetId: account.id, atMs: deps.now() })
    })
    return request.body
  })

  app.post('/api/v1/account/password', { schema: { tags, summary: 'Change the password; every other session ends.', body: PasswordChange, response: { 204: Type.Null() } } }, async (request, reply) => {
    const { account } = await self(request)
    await checkPassword(account, request.body.password)
    const passwordHash = await hashNewPassword(request.body.newPassword, account.name)
    await change(request, reply, 'account.password_changed', (now) => {
      // Another change came first: the password that was checked is not the present one any more.
      if (now.passwordHash !== account.passwordHash) throw new CodedError('REAUTHENTICATION_REQUIRED')
      return { ...now, passwordHash, passwordChangedAtMs: deps.now() }
    }, false)
    return reply.code(204).send(null)
  })

  app.post('/api/v1/account/totp', { schema: { tags, summary: 'A new secret for an authenticator app; it counts once a code of it came back.', body: ProofRequest, response: { 200: TotpBegin } } }, async (request) => {
    const { account } = await prove(request, request.body.password)
    const secret = makeTotpSecret()
    secrets.keep(account.id, { secret }, deps.now())
    return { secret, uri: totpUri(secret, account.name, deps.organisation) }
  })

  app.post('/api/v1/account/totp/confirm', { schema: { tags, summary: 'The first code of the new secret; answers with recovery codes, where there were none.', body: TotpConfirm, response: { 200: RecoveryCodes } } }, async (request, reply) => {
    const { account } = await self(request)
    const seconds = codeTries.take(account.id, deps.now())
    if (seconds !== undefined) throw new CodedError('TOO_MANY_TRIES', { seconds })
    const waiting = secrets.get(account.id, deps.now())
    if (waiting === undefined) throw new CodedError('SIGN_IN_EXPIRED')
    const step = totpStep(waiting.secret, request.body.code, deps.now())
    if (step === undefined) throw new CodedError('SECOND_FACTOR_REFUSED')
    secrets.forget(account.id)
    const fresh = (account.recoveryCodes ?? []).length === 0 ? makeRecoveryCodes() : undefined
    const totp = { secret: sealer.seal(waiting.secret, totpPurpose(account.id)), lastStep: step, enrolledAtMs: deps.now() }
    await change(request, reply, 'account.totp_enrolled', (now) => ({ ...now, totp, ...(fresh === undefined ? {} : { recoveryCodes: fresh.hashes }) }), true)
    return { codes: [...(fresh?.codes ?? [])] }
  })

  app.post('/api/v1/account/totp/remove', { schema: { tags, summary: 'No codes any more.', body: ProofRequest, response: { 204: Type.Null() } } }, async (request, reply) => {
    const { account } = await prove(request, request.body.password)
    const without = (now: Account): Account => {
      const { totp: _totp, ...rest } = now
      return rest
    }
    await assertFactorRemains(without(account))
    await change(request, reply, 'account.totp_removed', without, false)
    return reply.code(204).send(null)
  })

  app.post('/api/v1/account/recovery-codes', { schema: { tags, summary: 'Ten new recovery codes in the place of the old ones.', body: ProofRequest, response: { 200: RecoveryCodes } } }, async (request, reply) => {
    const { account } = await prove(request, request.body.password)
    if (account.totp === undefined && (account.passkeys ?? []).length === 0) throw new InvalidRequest([{ pointer: '/body', detail: 'there is no second factor to recover' }])
    const { codes, hashes } = makeRecoveryCodes()
    await change(request, reply, 'account.recovery_codes_made', (now) => ({ ...now, recoveryCodes: hashes }), false)
    return { codes: [...codes] }
  })

  app.post('/api/v1/account/passkeys/options', { schema: { tags, summary: 'What an authenticator is asked, for a new passkey.', body: ProofRequest, response: { 200: WebAuthnJson } } }, async (request) => {
    const { account } = await prove(request, request.body.password)
    if ((account.passkeys ?? []).length >= MOST_PASSKEYS) throw new InvalidRequest([{ pointer: '/body', detail: `an account has at most ${MOST_PASSKEYS} passkeys` }])
    const options = await registrationOptions(account, siteOf(request.headers.host), deps.organisation)
    challenges.keep(account.id, { challenge: options.challenge }, deps.now())
    return options as unknown as Record<string, unknown>
  })

  app.post('/api/v1/account/passkeys', { schema: { tags, summary: 'Keep the passkey that was made.', body: PasskeyCreate, response: { 201: PasskeyView } } }, async (request, reply) => {
    const { account } = await self(request)
    const waiting = challenges.take(account.id, deps.now())
    if (waiting === undefined) throw new CodedError('SIGN_IN_EXPIRED')
    const key = await registerPasskey(request.body.response, waiting.challenge, siteOf(request.headers.host), request.body.name, deps.now())
    await change(request, reply, 'account.passkey_added', (now) => ({ ...now, passkeys: [...(now.passkeys ?? []).filter((one) => one.id !== key.id), key] }), true, { name: key.name })
    return reply.code(201).send(presentPasskey(key))
  })

  app.post('/api/v1/account/passkeys/remove', { schema: { tags, summary: 'Forget a passkey.', body: PasskeyRemove, response: { 204: Type.Null() } } }, async (request, reply) => {
    const { id, password } = request.body
    const { account } = await prove(request, password)
    if (account.passkeys?.some((key) => key.id === id) !== true) throw new CodedError('NOT_FOUND', { what: 'passkey' })
    const without = (now: Account): Account => ({ ...now, passkeys: (now.passkeys ?? []).filter((key) => key.id !== id) })
    await assertFactorRemains(without(account))
    await change(request, reply, 'account.passkey_removed', without, false)
    return reply.code(204).send(null)
  })

  app.get('/api/v1/account/sessions', { schema: { tags, summary: 'Where the account is signed in.', response: { 200: SessionList } } }, async (request) => {
    const { account, session } = await self(request)
    return { items: presentSessions(await store.sessionsOf(account.id), deps.now(), sessionIdOf(session)) }
  })

  app.delete('/api/v1/account/sessions/:id', { schema: { tags, summary: 'Sign out elsewhere.', params: Type.Object({ id: Id }), response: { 204: Type.Null() } } }, async (request, reply) => {
    await store.write(async (tx) => {
      const { account } = await self(request, tx)
      const session = (await tx.sessionsOf(account.id)).find((one) => sessionIdOf(one) === request.params.id)
      if (session === undefined) throw new CodedError('NOT_FOUND', { what: 'session' })
      await tx.deleteSession(session.tokenHash)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'session.ended', targetKind: 'account', targetId: account.id, detail: { session: request.params.id }, atMs: deps.now() })
    })
    const { token } = principalOf(request)
    if (token !== undefined && sessionIdOfToken(token) === request.params.id) clearSessionCookie(reply)
    return reply.code(204).send(null)
  })
}
