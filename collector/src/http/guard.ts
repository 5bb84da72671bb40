// Who asks, and whether they may: before any handler runs, for every route.
import { timingSafeEqual } from 'node:crypto'
import '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { TOKEN_PREFIX, useApiToken } from '../access/api-tokens.ts'
import { permissionsOf, ROLE_NAMES } from '../access/permissions.ts'
import { type RouteRule, routeRules } from '../access/routes.ts'
import { COOKIE, csrfOf, findSession, peekSession } from '../access/sessions.ts'
import { accessSettings, needsSecondFactor } from '../access/settings.ts'
import { isVisible, visibilityOf } from '../access/visibility.ts'
import type { Alert } from '../domain/cases/alert.ts'
import type { User } from '../domain/people/user.ts'
import { CodedError } from '../errors.ts'
import type { PersonFilter, StoreReader } from '../store/store.ts'
import type { HttpDeps, Principal } from './context.ts'

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

const sameText = (a: string, b: string): boolean => {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** A cross-site page cannot set these as a browser of ours does. */
function assertSameSite(request: FastifyRequest, token: string): void {
  const given = request.headers['x-holdfast-csrf']
  const site = request.headers['sec-fetch-site']
  if (typeof given !== 'string' || !sameText(given, csrfOf(token))) throw new CodedError('CSRF_REFUSED')
  if (site !== undefined && site !== 'same-origin') throw new CodedError('CSRF_REFUSED')
  assertOrigin(request)
}

/** Origin, where a browser sends one, must be this host. */
export function assertOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers
  if (origin === undefined) return
  let originHost: string | undefined
  try {
    originHost = new URL(origin).host
  } catch {
    originHost = undefined
  }
  if (originHost !== host) throw new CodedError('CSRF_REFUSED')
}

/** @param touch false: looking is no use of the session or the token */
async function identify(deps: HttpDeps, request: FastifyRequest, touch: boolean): Promise<Principal | undefined> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const [scheme, token] = authorization.split(' ')
    return scheme === 'Bearer' && token !== undefined ? identifyBearer(deps, request, token, touch) : undefined
  }
  const token = request.cookies[COOKIE]
  if (token === undefined) return undefined
  const found = touch ? await findSession(deps.store, token, deps.now()) : await peekSession(deps.store, token, deps.now())
  if (found === undefined) return undefined
  const { account, session } = found
  const mustEnrol = session.secondFactor !== true && needsSecondFactor(await accessSettings(deps.store), account.roles)
  const visible = await visibilityOf(deps.store, account)
  return {
    actor: { id: account.id, name: account.name, roles: account.roles }, roles: account.roles, permissions: mustEnrol ? new Set() : permissionsOf(account.roles), token, sessionExpiresAtMs: session.expiresAtMs, sessionBeganAtMs: session.createdAtMs,
    ...(visible === undefined ? {} : { visible }), ...(mustEnrol ? { mustEnrol } : {}),
  }
}

async function identifyBearer(deps: HttpDeps, request: FastifyRequest, token: string, touch: boolean): Promise<Principal | undefined> {
  if (token.startsWith(TOKEN_PREFIX)) {
    const found = await useApiToken(deps.store, token, deps.now(), touch)
    if (found === undefined) return undefined
    const visible = found.maker === undefined ? undefined : await visibilityOf(deps.store, found.maker)
    return {
      actor: { id: found.id, name: `token:${found.name}` }, roles: [], permissions: found.permissions, isToken: true, sessionExpiresAtMs: found.expiresAtMs, ...(found.connectors === undefined ? {} : { scopes: found.connectors }), ...(visible === undefined ? {} : { visible }),
    }
  }
  if (deps.localToken !== undefined && LOOPBACK.has(request.ip) && sameText(token, deps.localToken)) {
    const named = request.headers['x-holdfast-account']
    const name = typeof named === 'string' && /^[\w.-]{1,64}$/.test(named) ? named : 'owner'
    return { actor: { id: `local:${name}`, name: `local:${name}` }, roles: ROLE_NAMES, permissions: permissionsOf(ROLE_NAMES), sessionExpiresAtMs: deps.now() + 60_000 }
  }
  return undefined
}

/** Who asks, looked up once more: for connections that outlive the request, such as a live page. */
export const identifyAgain = (deps: HttpDeps, request: FastifyRequest): Promise<Principal | undefined> => identify(deps, request, false)

/** Open to a program that has a token, though they ask for no permission. */
const OPEN_TO_TOKENS = new Set(['GET /api/v1/me', 'GET /api/v1/live'])
/** Open to who must set up a second factor first. */
const OPEN_BEFORE_ENROLMENT = new Set(['GET /api/v1/me', 'DELETE /api/v1/session'])

/** @throws NOT_ALLOWED, SECOND_FACTOR_REQUIRED */
function authorise(principal: Principal, route: string, rule: RouteRule): void {
  if (principal.mustEnrol === true && rule !== 'own' && !OPEN_BEFORE_ENROLMENT.has(route)) throw new CodedError('SECOND_FACTOR_REQUIRED')
  if (rule === 'own' || rule === 'session') {
    if (principal.isToken === true && !OPEN_TO_TOKENS.has(route)) throw new CodedError('NOT_ALLOWED')
    return
  }
  if (rule !== 'public' && !principal.permissions.has(rule === 'loopback or overview.read' ? 'overview.read' : rule)) throw new CodedError('NOT_ALLOWED')
}

export function installGuard(app: FastifyInstance, deps: HttpDeps): void {
  app.decorateRequest('principal', undefined)
  app.addHook('onRoute', (route) => {
    const methods = (Array.isArray(route.method) ? route.method : [route.method]).filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
    for (const method of methods) {
      const name = `${method} ${route.url}`
      const isPage = route.url === '/' || route.url === '/*' || route.url.startsWith('/docs') || route.url.startsWith('/assets')
      if (!isPage && routeRules[name] === undefined) throw new Error(`${name} has no row in access/routes.ts`)
    }
  })
  app.addHook('onRequest', async (request) => {
    const route = `${request.method === 'HEAD' ? 'GET' : request.method} ${request.routeOptions.url ?? ''}`
    const rule = routeRules[route]
    if (rule === undefined || rule === 'public') return
    const local = rule === 'loopback or overview.read'
    // A scraper has no session. With credentials it is judged by them, also on this machine.
    if (local && LOOPBACK.has(request.ip) && request.headers.authorization === undefined && request.cookies[COOKIE] === undefined) return
    const principal = await identify(deps, request, true)
    if (principal === undefined) throw new CodedError('SESSION_REQUIRED')
    authorise(principal, route, rule)
    if (principal.token !== undefined && CHANGES.has(request.method)) assertSameSite(request, principal.token)
    request.principal = principal
  })
}

/** A token is for the connectors that it names. @throws CONNECTOR_SCOPE */
export function assertScope(request: FastifyRequest, connector: string): void {
  const { scopes } = principalOf(request)
  if (scopes !== undefined && !scopes.includes(connector)) throw new CodedError('CONNECTOR_SCOPE')
}

/** The principal of a guarded route. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === undefined) throw new CodedError('SESSION_REQUIRED')
  return request.principal
}

/** `{ visible }` of who asks, to spread into a query; empty for who may see everybody. */
export function visibleOf(request: FastifyRequest): { readonly visible?: PersonFilter } {
  const { visible } = principalOf(request)
  return visible === undefined ? {} : { visible }
}

/**
 * Lets only people through whom the asker may see; others are as if they were not there.
 *
 * @param what of the 404 for what belongs to the person: `user`, `alert`, `case`
 * @throws NOT_FOUND
 */
export function assertVisible(request: FastifyRequest, user: User | undefined, what = 'user'): asserts user is User {
  if (user === undefined || !isVisible(principalOf(request).visible, user)) throw new CodedError('NOT_FOUND', { what })
}

/** A user whom the asker may see. @throws NOT_FOUND */
export async function userOf(request: FastifyRequest, reader: StoreReader, id: string): Promise<User> {
  const user = await reader.user(id)
  assertVisible(request, user)
  return user
}

/** An alert of a user whom the asker may see. @throws NOT_FOUND */
export async function alertOf(request: FastifyRequest, reader: StoreReader, id: string): Promise<Alert> {
  const alert = await reader.alert(id)
  if (alert === undefined) throw new CodedError('NOT_FOUND', { what: 'alert' })
  if (principalOf(request).visible !== undefined) assertVisible(request, await reader.user(alert.userId), 'alert')
  return alert
}
