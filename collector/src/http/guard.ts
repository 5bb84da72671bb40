// Who asks, and whether they may: before any handler runs, for every route.
import { timingSafeEqual } from 'node:crypto'
import '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { TOKEN_PREFIX, useApiToken } from '../access/api-tokens.ts'
import { organisationWide, permissionsOf, ROLE_NAMES } from '../access/permissions.ts'
import { isOrganisationWide, type RouteRule, routeRules } from '../access/routes.ts'
import { COOKIE, csrfOf, findSession, peekSession } from '../access/sessions.ts'
import { accessSettings, needsSecondFactor } from '../access/settings.ts'
import { isVisible, scopeOf } from '../access/visibility.ts'
import type { Alert } from '../domain/cases/alert.ts'
import type { Device } from '../domain/people/device.ts'
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

/** What an account is limited to, and what that takes from its permissions. */
async function limitsOf(deps: HttpDeps, account: Parameters<typeof scopeOf>[1] | undefined, given: Principal['permissions']): Promise<Pick<Principal, 'visible' | 'groups' | 'isLimited' | 'permissions'>> {
  if (account === undefined) return { permissions: given }
  const scope = await scopeOf(deps.store, account)
  return (account.units ?? []).length === 0 ? { ...scope, permissions: given } : { ...scope, permissions: new Set([...given].filter((permission) => !organisationWide.has(permission))), isLimited: true }
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
  return {
    actor: { id: account.id, name: account.name, roles: account.roles }, roles: account.roles, token, sessionExpiresAtMs: session.expiresAtMs, sessionBeganAtMs: session.createdAtMs,
    ...(await limitsOf(deps, account, mustEnrol ? new Set() : permissionsOf(account.roles))), ...(mustEnrol ? { mustEnrol } : {}),
  }
}

async function identifyBearer(deps: HttpDeps, request: FastifyRequest, token: string, touch: boolean): Promise<Principal | undefined> {
  if (token.startsWith(TOKEN_PREFIX)) {
    const found = await useApiToken(deps.store, token, deps.now(), touch)
    if (found === undefined) return undefined
    return {
      actor: { id: found.id, name: `token:${found.name}` }, roles: [], isToken: true, sessionExpiresAtMs: found.expiresAtMs, ...(await limitsOf(deps, found.maker, found.permissions)), ...(found.connectors === undefined ? {} : { scopes: found.connectors }),
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

/** @throws NOT_ALLOWED, SECOND_FACTOR_REQUIRED, UNIT_LIMITED */
function authorise(principal: Principal, route: string, rule: RouteRule): void {
  if (principal.mustEnrol === true && rule !== 'own' && !OPEN_BEFORE_ENROLMENT.has(route)) throw new CodedError('SECOND_FACTOR_REQUIRED')
  if (rule === 'own' || rule === 'session') {
    if (principal.isToken === true && !OPEN_TO_TOKENS.has(route)) throw new CodedError('NOT_ALLOWED')
    return
  }
  if (rule === 'public') return
  const permission = rule === 'loopback or overview.read' ? 'overview.read' : rule
  // Whose roles would allow it is told why it is closed all the same.
  if (principal.isLimited === true && isOrganisationWide(route, rule)) throw new CodedError(principal.permissions.has(permission) || permissionsOf(principal.roles).has(permission) ? 'UNIT_LIMITED' : 'NOT_ALLOWED')
  if (!principal.permissions.has(permission)) throw new CodedError('NOT_ALLOWED')
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

/** `{ groups }` of who asks, to spread into a query of devices; empty for who may see all of them. */
export function groupsSeen(request: FastifyRequest): { readonly groups?: readonly string[] } {
  const { groups } = principalOf(request)
  return groups === undefined ? {} : { groups }
}

const reaches = (request: FastifyRequest, group: string): boolean => principalOf(request).groups?.includes(group) !== false

/**
 * Lets only device groups through that are in reach of the asker; others are as if they were not there.
 *
 * @param what of the 404 for what belongs to the group: `group`, `roll-out`, `enrolment code`
 * @throws NOT_FOUND
 */
export function assertGroup(request: FastifyRequest, group: string, what = 'group'): void {
  if (!reaches(request, group)) throw new CodedError('NOT_FOUND', { what })
}

/** A device in reach of the asker. @throws NOT_FOUND */
export async function deviceInReach(request: FastifyRequest, reader: StoreReader, id: string): Promise<Device> {
  const device = await reader.device(id)
  if (device === undefined || !reaches(request, device.group)) throw new CodedError('NOT_FOUND', { what: 'device' })
  return device
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
