// Sign-in through an identity provider: OpenID Connect, authorization code flow with PKCE (RFC 6749, 7636; OpenID Connect
// Core 1.0, RP-Initiated Logout and Back-Channel Logout 1.0).
//
// State, nonce and verifier are random for each sign-in and never leave this process but in the request to the
// provider. The issuer of the answer, of the discovery document and of the ID token must be the one that was asked, the
// token's signature must be the provider's, and what was begun with one provider is never finished with another.
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import * as client from 'openid-client'
import { CodedError } from '../errors.ts'
import type { OidcSettings } from './settings.ts'

const TIMEOUT_SECS = 10
const CONFIGURATION_LIFE_MS = 600_000
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const LOGOUT_AGE_SECS = 300

/** What is remembered between leaving for the provider and coming back. */
export interface OidcTransaction {
  readonly issuer: string
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Who came back. */
export interface OidcIdentity {
  readonly issuer: string
  readonly subject: string
  readonly sid?: string
  readonly email?: string
  readonly emailVerified: boolean
  /** A name for the account, as the provider proposes it. */
  readonly name: string
  /** Absent: the provider told nothing about groups. */
  readonly groups?: readonly string[]
  readonly idToken: string
}

export interface Oidc {
  start(settings: OidcSettings, redirectUri: string): Promise<{ readonly url: string; readonly transaction: OidcTransaction }>
  /** @param query of the address that the browser came back to. @throws OIDC_UNAVAILABLE, OIDC_REFUSED */
  finish(settings: OidcSettings, transaction: OidcTransaction, query: string): Promise<OidcIdentity>
  /** Where the browser ends its session at the provider; undefined when the provider has no such page. */
  logoutUrl(settings: OidcSettings, idToken: string, returnTo: string): Promise<string | undefined>
  /** @throws OIDC_REFUSED for a token that the provider did not make for this */
  readLogoutToken(settings: OidcSettings, token: string): Promise<{ readonly issuer: string; readonly sid?: string; readonly subject?: string }>
  /** What discovery finds. @throws OIDC_UNAVAILABLE with the reason in words */
  discover(settings: OidcSettings): Promise<{ readonly authorizationEndpoint: string; readonly endSession: boolean; readonly scopes: readonly string[] }>
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** What went wrong, for the one who sets it up. */
export function explain(error: unknown, issuer: string): string {
  const chain: { readonly code?: unknown; readonly message?: unknown; readonly status?: unknown }[] = []
  for (let at: unknown = error; typeof at === 'object' && at !== null && chain.length < 6; at = (at as { cause?: unknown }).cause) chain.push(at)
  const codes = chain.map(({ code }) => text(code) ?? '')
  const has = (...wanted: readonly string[]): boolean => codes.some((code) => wanted.includes(code))
  const host = new URL(issuer).host
  if (has('ENOTFOUND', 'EAI_AGAIN')) return `the name ${host} cannot be resolved from this server`
  if (has('ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH')) return `nobody answers at ${host}`
  if (codes.some((code) => /CERT|SELF_SIGNED|UNABLE_TO/.test(code))) return `the certificate of ${host} is not trusted here; give its authority to the server with NODE_EXTRA_CA_CERTS`
  if (has('OAUTH_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT')) return `${host} did not answer within ${TIMEOUT_SECS} seconds`
  if (has('OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED')) return 'what it answered names another issuer than the one that is set'
  if (has('OAUTH_PARSE_ERROR', 'OAUTH_RESPONSE_IS_NOT_JSON')) return `what ${host} answered is no discovery document; is the issuer right?`
  if (has('OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_INVALID_RESPONSE')) return `${host} has no discovery document at this issuer, or its answer is not valid`
  const provider = chain.map((one) => text((one as { error?: unknown }).error)).find((word) => word !== undefined)
  if (provider !== undefined) return `it answered ${provider.slice(0, 60)}`
  return `its answer could not be taken (${codes.find((code) => code !== '') ?? 'unknown'})`
}

/** Provider and callback may be plain HTTP only on this machine. @throws OIDC_UNAVAILABLE */
function issuerUrl(issuer: string): URL {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (url === undefined || (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) || url.username !== '' || url.hash !== '' || url.search !== '') throw new CodedError('OIDC_UNAVAILABLE', { problem: 'the issuer must be an https address without query' })
  return url
}

/** @param secretOf opens the sealed client secret */
export function createOidc(secretOf: (settings: OidcSettings) => string | undefined, now: () => number): Oidc {
  let known: { readonly key: string; readonly atMs: number; readonly configuration: client.Configuration } | undefined
  let keys: { readonly uri: string; readonly atMs: number; readonly list: readonly (JsonWebKey & { readonly kid?: string })[] } | undefined

  const configure = async (settings: OidcSettings, fresh = false): Promise<client.Configuration> => {
    const url = issuerUrl(settings.issuer)
    const key = JSON.stringify([settings.issuer, settings.clientId, settings.clientSecret])
    if (!fresh && known?.key === key && now() - known.atMs < CONFIGURATION_LIFE_MS) return known.configuration
    const secret = secretOf(settings)
    const auth: client.ClientAuth = secret === undefined ? client.None() : (server, self, body, headers) => {
      const basic = server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') ?? true
      return (basic ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret))(server, self, body, headers)
    }
    try {
      const configuration = await client.discovery(url, settings.clientId, {}, auth, { timeout: TIMEOUT_SECS, execute: [client.enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [client.allowInsecureRequests] : [])] })
      known = { key, atMs: now(), configuration }
      return configuration
    } catch (cause) {
      throw new CodedError('OIDC_UNAVAILABLE', { problem: explain(cause, settings.issuer) }, { cause })
    }
  }

  const keyOf = async (uri: string, kid: string | undefined): Promise<JsonWebKey | undefined> => {
    const find = () => keys?.list.find((one) => kid === undefined || one.kid === kid)
    if (keys?.uri !== uri || now() - keys.atMs > CONFIGURATION_LIFE_MS || find() === undefined) {
      const answer = await fetch(uri, { signal: AbortSignal.timeout(TIMEOUT_SECS * 1000), redirect: 'error' })
      keys = { uri, atMs: now(), list: ((await answer.json()) as { keys: (JsonWebKey & { kid?: string })[] }).keys }
    }
    return find()
  }

  return {
    async start(settings, redirectUri) {
      const configuration = await configure(settings)
      const transaction = { issuer: settings.issuer, clientId: settings.clientId, redirectUri, state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri, scope: [...new Set(['openid', ...settings.scopes])].join(' '), state: transaction.state, nonce: transaction.nonce, code_challenge: await client.calculatePKCECodeChallenge(transaction.verifier), code_challenge_method: 'S256',
      })
      return { url: url.href, transaction }
    },

    async finish(settings, transaction, query) {
      if (transaction.issuer !== settings.issuer || transaction.clientId !== settings.clientId) throw new CodedError('SIGN_IN_EXPIRED')
      const configuration = await configure(settings)
      try {
        const tokens = await client.authorizationCodeGrant(configuration, new URL(`${transaction.redirectUri}?${query}`), { pkceCodeVerifier: transaction.verifier, expectedState: transaction.state, expectedNonce: transaction.nonce, idTokenExpected: true })
        const claims = tokens.claims()
        if (claims === undefined || tokens.id_token === undefined) throw new Error('no ID token')
        const wanted = [settings.groupsClaim, 'email', 'preferred_username']
        // Some providers tell only the subject in the token, and the rest when they are asked.
        const more = wanted.some((claim) => claims[claim] === undefined) && configuration.serverMetadata().userinfo_endpoint !== undefined ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {}
        const all: Readonly<Record<string, unknown>> = { ...more, ...claims }
        const groups = all[settings.groupsClaim]
        const email = text(all['email'])?.toLowerCase()
        const sid = text(all['sid'])
        return {
          issuer: settings.issuer, subject: claims.sub, ...(sid === undefined ? {} : { sid }), ...(email === undefined ? {} : { email }), emailVerified: all['email_verified'] === true, name: text(all['preferred_username']) ?? email ?? claims.sub, idToken: tokens.id_token,
          ...(groups === undefined ? {} : { groups: (Array.isArray(groups) ? groups : [groups]).filter((group) => typeof group === 'string') }),
        }
      } catch (cause) {
        throw new CodedError('OIDC_UNAVAILABLE', { problem: explain(cause, settings.issuer) }, { cause })
      }
    },

    async logoutUrl(settings, idToken, returnTo) {
      const configuration = await configure(settings)
      return configuration.serverMetadata().end_session_endpoint === undefined ? undefined : client.buildEndSessionUrl(configuration, { id_token_hint: idToken, post_logout_redirect_uri: returnTo }).href
    },

    async readLogoutToken(settings, token) {
      const refuse = (problem: string): never => {
        throw new CodedError('OIDC_REFUSED', { problem })
      }
      const uri = (await configure(settings)).serverMetadata().jwks_uri
      const [head, body, signature] = token.split('.')
      if (uri === undefined || head === undefined || body === undefined || signature === undefined) return refuse('the logout token is not one')
      const read = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>
      let header: Record<string, unknown>
      let claims: Record<string, unknown>
      try {
        header = read(head)
        claims = read(body)
      } catch {
        return refuse('the logout token is not one')
      }
      const algorithm = { RS256: 'rsa', PS256: 'rsa', ES256: 'ec', EdDSA: 'ed25519' }[text(header['alg']) ?? '']
      const key = await keyOf(uri, text(header['kid']))
      if (algorithm === undefined || key === undefined) return refuse('the logout token is signed with a key that the provider does not name')
      const publicKey = createPublicKey({ key, format: 'jwk' })
      const options = header['alg'] === 'PS256' ? { padding: 6, saltLength: 32 } : header['alg'] === 'ES256' ? { dsaEncoding: 'ieee-p1363' as const } : {}
      if (publicKey.asymmetricKeyType !== algorithm || !verify(algorithm === 'ed25519' ? null : 'sha256', Buffer.from(`${head}.${body}`), { key: publicKey, ...options }, Buffer.from(signature, 'base64url'))) return refuse('the logout token is not signed by the provider')
      const audience = Array.isArray(claims['aud']) ? (claims['aud'] as unknown[]) : [claims['aud']]
      const age = now() / 1000 - Number(claims['iat'])
      const events = claims['events'] as Readonly<Record<string, unknown>> | undefined
      const expired = claims['exp'] !== undefined && Number(claims['exp']) < now() / 1000
      if (claims['iss'] !== settings.issuer || !audience.includes(settings.clientId) || !(Math.abs(age) < LOGOUT_AGE_SECS) || expired || events?.[LOGOUT_EVENT] === undefined || claims['nonce'] !== undefined) return refuse('the logout token is not for this, or not of now')
      const sid = text(claims['sid'])
      const subject = text(claims['sub'])
      if (sid === undefined && subject === undefined) return refuse('the logout token names nobody')
      return { issuer: settings.issuer, ...(sid === undefined ? {} : { sid }), ...(subject === undefined ? {} : { subject }) }
    },

    async discover(settings) {
      const metadata = (await configure(settings, true)).serverMetadata()
      if (metadata.authorization_endpoint === undefined || metadata.token_endpoint === undefined) throw new CodedError('OIDC_UNAVAILABLE', { problem: 'its discovery document names no endpoint for the code flow' })
      return { authorizationEndpoint: metadata.authorization_endpoint, endSession: metadata.end_session_endpoint !== undefined, scopes: metadata.scopes_supported ?? [] }
    },
  }
}
