// Sign-in through the identity provider: away, back, and the provider's word that somebody signed out there.
//
// Coming back is a navigation that another site began, so the answer is a page of ours that goes on by itself: only then
// does the browser send the session's cookie, which is for this site alone.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import { wouldLoseLastAdmin } from '../../access/admins.ts'
import { createOidc, type Oidc, type OidcIdentity, type OidcTransaction } from '../../access/oidc.ts'
import { siteOf } from '../../access/passkeys.ts'
import { createPending } from '../../access/pending.ts'
import type { Sealer } from '../../access/seal.ts'
import { type AccessSettings, accessSettings, CLIENT_SECRET, type OidcSettings, rolesOfGroups } from '../../access/settings.ts'
import { createThrottle } from '../../access/throttle.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import type { Account, Session, StoreWriter } from '../../store/store.ts'
import { announcePowers } from '../access/notices.ts'
import type { HttpDeps } from '../context.ts'
import { SignInMethods } from './schema.ts'
import { auditRefusal, beginSession, setSessionCookie } from './sign-in.ts'

export const CALLBACK_PATH = '/api/v1/session/oidc/callback'
const COOKIE = '__Host-holdfast-sso'
/** Lax: it must come along when the provider sends the browser back. */
const cookie = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const
const STEP_SECS = 600
const TRIES = 100
const WINDOW_SECS = 900
const PROVIDER = { id: 'oidc', name: 'identity provider' } as const

export interface OidcExit {
  logoutUrl(session: NonNullable<Session['oidc']>, returnTo: string): Promise<string | undefined>
}

const idTokenPurpose = (subject: string): string => `id token ${subject}`

export function openOidc(deps: HttpDeps, sealer: Sealer): { readonly oidc: Oidc; readonly exit: OidcExit } {
  const oidc = createOidc((settings) => (settings.clientSecret === undefined ? undefined : sealer.open(settings.clientSecret, CLIENT_SECRET)), deps.now)
  return {
    oidc,
    exit: {
      async logoutUrl(session, returnTo) {
        const { oidc: settings } = await accessSettings(deps.store)
        if (settings?.enabled !== true || settings.issuer !== session.issuer) return undefined
        return oidc.logoutUrl(settings, sealer.open(session.idToken, idTokenPurpose(session.subject)), `${returnTo}/`)
      },
    },
  }
}

async function freeName(tx: StoreWriter, wanted: string): Promise<string> {
  const clean = wanted.normalize('NFKC').replaceAll(/\s+/g, '.').slice(0, 56) || 'account'
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? clean : `${clean}-${number}`
    if ((await tx.accountByName(name)) === undefined) return name
  }
}

/**
 * The account of who came back: known by issuer and subject; or kept by an administrator or a directory under an e-mail
 * address that the provider has verified; or made, where settings say so.
 * @throws OIDC_REFUSED
 */
async function accountOf(tx: StoreWriter, identity: OidcIdentity, settings: OidcSettings, nowMs: number): Promise<{ readonly account: Account; readonly isNew: boolean }> {
  const known = await tx.accountBySso(identity.issuer, identity.subject)
  if (known !== undefined) return { account: known, isNew: false }
  const sso = { issuer: identity.issuer, subject: identity.subject }
  const waiting = identity.email !== undefined && identity.emailVerified ? (await tx.accounts()).filter((account) => account.sso === undefined && account.email?.toLowerCase() === identity.email) : []
  if (waiting.length > 1) throw new CodedError('OIDC_REFUSED', { problem: 'several accounts have this e-mail address' })
  const [found] = waiting
  if (found !== undefined) return { account: { ...found, sso }, isNew: false }
  if (!settings.justInTime) throw new CodedError('OIDC_REFUSED', { problem: 'there is no account for you yet; ask an administrator' })
  if (identity.email !== undefined && !identity.emailVerified) throw new CodedError('OIDC_REFUSED', { problem: 'it has not verified your e-mail address' })
  return {
    account: { id: `a_${uuid().replaceAll('-', '')}`, name: await freeName(tx, identity.name), passwordHash: '', roles: [], disabled: false, createdAtMs: nowMs, passwordChangedAtMs: 0, sso, ...(identity.email === undefined ? {} : { email: identity.email }) },
    isNew: true,
  }
}

/** Saves the account with the roles that its groups give now; a change ends its other sessions. */
async function settle(tx: StoreWriter, { account, isNew }: { readonly account: Account; readonly isNew: boolean }, identity: OidcIdentity, settings: AccessSettings, nowMs: number): Promise<Account> {
  const oidc = settings.oidc
  let roles = account.roles
  // A directory that keeps the account over SCIM is the one to say its roles.
  if (oidc?.rolesFromGroups === true && account.provisioned === undefined) {
    if (identity.groups === undefined) throw new CodedError('OIDC_REFUSED', { problem: `it told nothing under "${oidc.groupsClaim}", which roles follow` })
    roles = rolesOfGroups(settings, identity.groups)
    if (await wouldLoseLastAdmin(tx, account.id, { ...account, roles })) roles = [...roles, 'Admin']
    if (roles.length === 0) throw new CodedError('OIDC_REFUSED', { problem: 'none of your groups gives a role' })
  }
  const next: Account = { ...account, roles }
  const before = [...account.roles].toSorted().join()
  await tx.saveAccount(next)
  if (isNew) await appendAudit(tx, { actor: PROVIDER, action: 'account.created', targetKind: 'account', targetId: next.id, detail: { roles, by: 'first sign-in' }, atMs: nowMs })
  else if (before !== [...roles].toSorted().join()) {
    await tx.deleteSessionsOf(next.id)
    await appendAudit(tx, { actor: PROVIDER, action: 'account.changed', targetKind: 'account', targetId: next.id, detail: { before: { roles: account.roles }, after: { roles } }, atMs: nowMs })
  }
  await announcePowers(tx, PROVIDER, next, account.roles, nowMs)
  return next
}

export const oidcRoutes = (deps: HttpDeps, sealer: Sealer, oidc: Oidc): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const transactions = createPending<OidcTransaction>(STEP_SECS)
  const byAddress = createThrottle(TRIES, WINDOW_SECS)
  const enabled = async (): Promise<{ readonly settings: AccessSettings; readonly provider: OidcSettings }> => {
    const settings = await accessSettings(store)
    if (settings.oidc?.enabled !== true) throw new CodedError('NOT_FOUND', { what: 'identity provider' })
    return { settings, provider: settings.oidc }
  }
  /** A page of ours that goes on by itself, without a script. Its address is made here alone. */
  const goOn = (reply: FastifyReply, path: string): FastifyReply =>
    reply.type('text/html; charset=utf-8').send(`<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${path}"><title>Holdfast</title><p><a href="${path}">Continue</a></p></html>`)
  const failed = (reply: FastifyReply, error: CodedError): FastifyReply => {
    const problem = error.parameters['problem']
    return goOn(reply, `/?${new URLSearchParams({ signIn: error.code, ...(problem === undefined ? {} : { problem: String(problem) }) }).toString().replaceAll('&', '&amp;')}`)
  }

  app.get('/api/v1/session/methods', { schema: { tags: ['sessions'], summary: 'Ways to sign in besides a name and a password.', response: { 200: SignInMethods } } }, async () => {
    const { oidc: provider } = await accessSettings(store)
    return provider?.enabled === true ? { oidc: { label: provider.label } } : {}
  })

  app.get('/api/v1/session/oidc/start', { schema: { tags: ['sessions'], summary: 'Off to the identity provider.' } }, async (request, reply) => {
    const seconds = byAddress.take(request.ip, deps.now())
    try {
      if (seconds !== undefined) throw new CodedError('TOO_MANY_TRIES', { seconds })
      const { provider } = await enabled()
      const { url, transaction } = await oidc.start(provider, `${siteOf(request.headers.host).origin}${CALLBACK_PATH}`)
      void reply.setCookie(COOKIE, transactions.put(transaction, deps.now()), { ...cookie, maxAge: STEP_SECS })
      return await reply.redirect(url, 303)
    } catch (error) {
      if (error instanceof CodedError && error.code !== 'NOT_FOUND') return failed(reply, error)
      throw error
    }
  })

  app.get(CALLBACK_PATH, { schema: { tags: ['sessions'], summary: 'Back from the identity provider.' } }, async (request, reply) => {
    const transaction = transactions.take(request.cookies[COOKIE], deps.now())
    void reply.clearCookie(COOKIE, cookie)
    let accountId: string | undefined
    try {
      const { settings, provider } = await enabled()
      if (transaction === undefined) throw new CodedError('SIGN_IN_EXPIRED')
      const identity = await oidc.finish(provider, transaction, request.url.split('?')[1] ?? '')
      const token = await store.write(async (tx) => {
        const found = await accountOf(tx, identity, provider, deps.now())
        accountId = found.isNew ? undefined : found.account.id
        if (found.account.disabled) throw new CodedError('OIDC_REFUSED', { problem: 'your account is disabled' })
        const account = await settle(tx, found, identity, settings, deps.now())
        return beginSession(deps, tx, request, account, {
          method: 'oidc', secondFactor: true, oidc: { issuer: identity.issuer, subject: identity.subject, ...(identity.sid === undefined ? {} : { sid: identity.sid }), idToken: sealer.seal(identity.idToken, idTokenPurpose(identity.subject)) },
        })
      })
      setSessionCookie(reply, token)
      return goOn(reply, '/')
    } catch (error) {
      if (!(error instanceof CodedError) || error.code === 'NOT_FOUND') throw error
      await auditRefusal(deps, request, accountId, 'oidc')
      request.log.warn({ code: error.code, problem: error.parameters['problem'] }, 'a sign-in through the identity provider failed')
      return failed(reply, error)
    }
  })

  await app.register(async (scope) => {
    // The provider posts a form, and no browser is involved.
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 16_384 }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))))
    scope.post('/api/v1/session/oidc/logout', { schema: { tags: ['sessions'], summary: 'The identity provider says that somebody signed out there (Back-Channel Logout 1.0).', body: Type.Object({ logout_token: Type.String({ minLength: 10, maxLength: 16_000 }) }), response: { 200: Type.Null() } } }, async (request, reply) => {
      const { provider } = await enabled()
      const { logout_token: logoutToken } = request.body as { readonly logout_token: string }
      const { issuer, ...by } = await oidc.readLogoutToken(provider, logoutToken)
      await store.write(async (tx) => {
        const account = by.subject === undefined ? undefined : await tx.accountBySso(issuer, by.subject)
        await tx.deleteSsoSessions(issuer, by)
        await appendAudit(tx, { actor: PROVIDER, action: 'session.ended', targetKind: 'account', targetId: account?.id ?? '-', detail: { by: 'back-channel logout' }, atMs: deps.now() })
      })
      return reply.code(200).send(null)
    })
  })
}
