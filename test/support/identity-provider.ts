// A real OpenID Connect provider on this machine, whose people and their groups a test decides.
import { createSign, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export interface Person {
  readonly email: string
  readonly emailVerified: boolean
  readonly groups: readonly string[]
}

export interface IdentityProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** By the name that they type. */
  readonly people: Map<string, Person>
  /** A logout token as the provider sends it when somebody signs out there. */
  logoutToken(claims: Readonly<Record<string, unknown>>): string
  close(): Promise<void>
}

/** @param consoles addresses that may be come back to, as `https://host:port` */
export async function startIdentityProvider(consoles: readonly string[]): Promise<IdentityProvider> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const people = new Map<string, Person>()
  const [clientId, clientSecret] = ['holdfast', 'a secret of the client']
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: consoles.map((url) => `${url}/api/v1/session/oidc/callback`), post_logout_redirect_uris: consoles.map((url) => `${url}/`), response_types: ['code'], grant_types: ['authorization_code'] }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['of the test'] },
    claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, id) => {
      const person = people.get(id)
      return person === undefined ? undefined : { accountId: id, claims: async () => ({ sub: id, preferred_username: id, email: person.email, email_verified: person.emailVerified, groups: [...person.groups] }) }
    },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => void answer(request, response))
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return {
    issuer, clientId, clientSecret, people,
    logoutToken(claims) {
      const body = `${part({ alg: 'RS256', kid: 'test', typ: 'logout+jwt' })}.${part({ iss: issuer, aud: clientId, iat: Math.floor(Date.now() / 1000), jti: 'x', events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, ...claims })}`
      return `${body}.${createSign('RSA-SHA256').update(body).sign(privateKey, 'base64url')}`
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
