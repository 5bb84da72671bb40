// The HTTP API of a collector that runs, asked by every role with what its OpenAPI document allows and a little more.
//
// An input is one request as JSON: {"as":"Analyst","route":"PATCH /api/v1/alerts/{id}","path":{…},"query":{…},"headers":{…},
// "body":…}. `@user`, `@device`, `@policy`, `@account` in it stand for what is there. Whatever is no such text goes to the port
// byte by byte, behind TLS.
import { connect } from 'node:tls'
import { isRole, permissionsOf, ROLE_NAMES, type Role } from '@holdfast/collector/access/permissions.ts'
import { routeRules } from '@holdfast/collector/access/routes.ts'
import { type ErrorCode, errorTable } from '@holdfast/collector/errors.ts'
import { openTestApp } from '@holdfast/collector/testing/test-app.ts'
import fc, { type Arbitrary } from 'fast-check'
import { install, type Installation } from '../../support/collector.ts'
import { asOperator } from '../../support/operator.ts'
import { type RawAnswer, rawRequest } from '../../support/raw-http.ts'
import { Broken, type FuzzTarget, holds } from '../target.ts'

type Json = Readonly<Record<string, unknown>>

interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly maxItems?: number
}

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean; readonly schema?: Schema }[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
}

/** They would end the sessions with which this asks, or ask every role for a second factor. */
const LEFT_OUT = new Set(['DELETE /api/v1/session', 'PUT /api/v1/settings/access', 'POST /api/v1/session', 'POST /api/v1/setup'])
const DEPTH = 5
const NAMES = ['@user', '@device', '@policy', '@account', 'none', 'default', 'hr', 'al_1', '../../x', '%2e%2e', '\u0000', 'x'.repeat(300), '..;/', '__proto__']
const anyText = fc.oneof(fc.constantFrom(...NAMES, '', '2026-03-02', '2026-03-02T09:00:00Z', '=1+1', '<img src=x>', '{{x}}', '127.0.0.1', 'https://127.0.0.1:1/', 'a@example.com'), fc.string({ unit: 'binary', maxLength: 24 }))

function textOf({ pattern, minLength = 0, maxLength = 200 }: Schema): Arbitrary<string> {
  if (pattern !== undefined) {
    try {
      return fc.oneof({ weight: 4, arbitrary: fc.stringMatching(new RegExp(pattern)) }, { weight: 1, arbitrary: anyText })
    } catch {
      // A pattern with what the generator cannot make, such as a look-ahead.
      return anyText
    }
  }
  return fc.oneof({ weight: 3, arbitrary: anyText }, { weight: 1, arbitrary: fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 20) }) }, { weight: 1, arbitrary: fc.constant('x'.repeat(Math.min(maxLength + 1, 5000))) })
}

/** Values of a schema, one in twenty of another kind altogether. */
function valueOf(schema: Schema, depth = 0): Arbitrary<unknown> {
  return fc.oneof({ weight: 19, arbitrary: properValue(schema, depth) }, { weight: 1, arbitrary: fc.oneof(fc.constantFrom(null, true, -1, 1e308, [], {}, '', [null]), fc.jsonValue({ maxDepth: 2 })) })
}

function properValue(schema: Schema, depth: number): Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => valueOf(one, depth + 1)))
  const type = Array.isArray(schema.type) ? (schema.type as readonly string[])[0] : schema.type
  if (type === 'string') return textOf(schema)
  const least = Math.max(Math.ceil(schema.minimum ?? -5), -(2 ** 31))
  if (type === 'integer' || type === 'number') return fc.oneof(fc.integer({ min: least, max: Math.max(least, Math.floor(Math.min(schema.maximum ?? 500, 2 ** 31 - 1))) }), fc.constantFrom(0, 1, schema.minimum ?? -1, schema.maximum ?? 2 ** 53, (schema.maximum ?? 0) + 1))
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (depth > DEPTH) return fc.constant(type === 'array' ? [] : {})
  if (type === 'array') return fc.array(schema.items === undefined ? fc.jsonValue({ maxDepth: 1 }) : valueOf(schema.items, depth + 1), { maxLength: Math.min(schema.maxItems ?? 3, 3) })
  if (schema.properties !== undefined) {
    const required = schema.required ?? []
    // Mostly whole, so that a handler is reached.
    return fc.record(Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, valueOf(one, depth + 1)])), { requiredKeys: [...required] })
  }
  const [of] = Object.values(schema.patternProperties ?? {})
  return of === undefined ? fc.dictionary(fc.constantFrom('id', 'name', 'kind', '__proto__'), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }) : fc.dictionary(textOf({ maxLength: 30 }), valueOf(of, depth + 1), { maxKeys: 3 })
}

function requestOf(route: string, { parameters = [], requestBody }: Operation): Arbitrary<Json> {
  const of = (place: string, need: boolean): Arbitrary<Json> => {
    const here = parameters.filter((one) => one.in === place)
    return fc.record(Object.fromEntries(here.map(({ name, schema = {} }) => [name, place === 'path' ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: valueOf(schema) }) : valueOf(schema)])), { requiredKeys: need ? here.map(({ name }) => name) : here.filter(({ required }) => required === true).map(({ name }) => name) })
  }
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema
  return fc.record({
    as: fc.constantFrom(...ROLE_NAMES, ...ROLE_NAMES, 'nobody'), route: fc.constant(route), path: of('path', true), query: of('query', false),
    headers: fc.record({ 'if-match': fc.constantFrom('"0"', '"1"', '*', 'x', '"-1"', '""') }, { requiredKeys: [] }),
    ...(schema === undefined ? {} : { body: valueOf(schema) }),
  }, { requiredKeys: schema === undefined ? ['as', 'route', 'path'] : ['as', 'route', 'path', 'body'] })
}

async function openApi(): Promise<Readonly<Record<string, Operation>>> {
  const at = await openTestApp()
  try {
    const { paths } = (await at.app.inject({ method: 'GET', url: '/openapi.json' })).json<{ readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }>()
    return Object.fromEntries(Object.entries(paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation])))
  } finally {
    await at.close()
  }
}

interface Session {
  readonly cookie: string
  readonly csrf: string
}

const PASSWORD = 'correct horse battery staple'

async function openSession(installation: Installation, name: string): Promise<Session> {
  const answer = await rawRequest(installation.url, installation.ca, 'POST', '/api/v1/session', { body: JSON.stringify({ name, password: PASSWORD }), headers: { 'content-type': 'application/json' } })
  const cookie = [answer.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0]).join('; ')
  const me = await rawRequest(installation.url, installation.ca, 'GET', '/api/v1/me', { headers: { cookie } })
  if (me.status !== 200) throw new Error(`signing in as ${name}: ${answer.status} ${answer.body} ${me.body}`)
  return { cookie, csrf: (JSON.parse(me.body) as { readonly csrfToken: string }).csrfToken }
}

/** Bytes behind TLS, as they are; whatever comes back does not matter. */
function sendRaw(url: string, ca: string, bytes: Buffer): Promise<void> {
  const { port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port), ca, servername: 'localhost', checkServerIdentity: () => undefined }, () => void socket.write(bytes))
    socket.setTimeout(150, () => socket.destroy())
    socket.on('data', () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve())
  })
}

const isJsonObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function parse(input: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(input.toString('utf8'))
    return isJsonObject(value) && typeof value['route'] === 'string' && /^[A-Z]{3,7} \//.test(value['route']) ? value : undefined
  } catch {
    // Then it is sent as it is.
    return undefined
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) ?? '')
/** What a proxy or a browser could send; Node's own client refuses the rest before it leaves. */
const asHeader = (value: unknown): string => asText(value).replaceAll(/[^\x20-\x7e]/g, '')

function judge(answer: RawAnswer, asked: { readonly route: string; readonly role: string; readonly dir: string }): void {
  const { status, body, code } = answer
  const says = `${asked.role}, ${asked.route}: ${status} ${body.slice(0, 300)}`
  if (status >= 500) {
    const row = Object.hasOwn(errorTable, code) && code !== 'INTERNAL' ? errorTable[code as ErrorCode] : undefined
    holds((row !== undefined && row.status === status) || asked.route.endsWith('/readyz'), `an answer of ${status}: ${says}`)
  }
  if (status >= 400 && asked.route.includes('/api/')) {
    holds(asText(answer.headers['content-type']).startsWith('application/problem+json'), `a refusal that is no problem document: ${says}`)
    holds(Object.hasOwn(errorTable, code), `a code that is not in the table: ${says}`)
  }
  holds((status < 400 || !/\n\s+at |SQLITE_|node_modules|TypeError/.test(body)) && !body.includes(asked.dir), `an answer that tells of the inside: ${says}`)
  const rule = routeRules[asked.route.replaceAll(/\{(\w+)\}/g, ':$1')]
  if (rule === undefined || rule === 'public' || rule === 'session' || rule === 'own' || rule === 'loopback or overview.read') return
  // An address that is too long is refused before anybody asks who sends it.
  if (status === 414 || status === 431) return
  const may = isRole(asked.role) && permissionsOf([asked.role]).has(rule)
  if (!may) holds(status === 401 || status === 403, `a role without ${rule} is not refused: ${says}`)
}

interface Known {
  readonly sessions: ReadonlyMap<string, Session>
  readonly names: Readonly<Record<string, string>>
}

/** An account of each role, and something of each kind that can be named. */
async function furnish(installation: Installation): Promise<Known> {
  const made = async (path: string, body: unknown): Promise<string> => {
    const answer = await asOperator(installation, 'POST', path, { body: JSON.stringify(body) })
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body}`)
    return (JSON.parse(answer.body) as { readonly id: string }).id
  }
  const sessions = new Map<Role, Session>()
  for (const role of ROLE_NAMES) {
    const name = `fuzz-${role.toLowerCase()}`
    await made('/api/v1/accounts', { name, password: PASSWORD, roles: [role] })
    sessions.set(role, await openSession(installation, name))
  }
  const account = await made('/api/v1/accounts', { name: 'spare', password: PASSWORD, roles: ['Read-only'] })
  const policy = await made('/api/v1/policies', { name: 'Leaks', template: 'data_leaks' })
  const people = await asOperator(installation, 'POST', '/api/v1/connectors/hr/imports', { body: 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-20,2026-03-31\n', headers: { 'content-type': 'text/csv' } })
  if (people.status >= 300) throw new Error(`an import: ${people.body}`)
  const [user] = (JSON.parse((await asOperator(installation, 'GET', '/api/v1/users')).body) as { readonly items: readonly { readonly id: string }[] }).items
  await installation.enrolAgent('device')
  const [device] = (JSON.parse((await asOperator(installation, 'GET', '/api/v1/devices')).body) as { readonly items: readonly { readonly id: string }[] }).items
  return { sessions, names: { '@account': account, '@policy': policy, '@user': user?.id ?? 'none', '@device': device?.id ?? 'none' } }
}

const first = (route: string, as: string, more: Json = {}): Buffer => Buffer.from(JSON.stringify({ as, route, ...more }))

export const httpTarget: FuzzTarget = {
  name: 'http', title: 'Every route of the OpenAPI document, asked by every role and by nobody, and bytes that are no HTTP.',
  oracle: 'No answer of 500 and no word of the inside; refusals are problem documents with a code of the table; who lacks the permission is refused; the collector lives and logs no failed request.',
  maxBytes: 16 * 1024, isRemote: true, limitMs: 8000, words: [...NAMES, '"query":{"limit":"-1"}', '"body":null', 'if-match', 'cursor'],
  seeds: () => [first('GET /api/v1/alerts', 'Analyst', { query: { severity: 'high', limit: 1 } }), first('PATCH /api/v1/devices/{id}', 'Admin', { path: { id: '@device' }, body: { tags: ['a'] } }), Buffer.from('GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n')],
  async made() {
    const operations = Object.entries(await openApi()).filter(([route]) => !LEFT_OUT.has(route))
    return fc.oneof(...operations.map(([route, operation]) => requestOf(route, operation))).map((request) => Buffer.from(JSON.stringify(request)))
  },
  async open() {
    const installation = await install()
    let known: Known
    try {
      known = await furnish(installation)
    } catch (error) {
      await installation.close()
      throw error
    }
    let logged = installation.daemon.log().length
    const named = (text: string): string => text.replaceAll(/@(?:user|device|policy|account)/g, (name) => known.names[name] ?? name)
    const ask = async (request: Json): Promise<void> => {
      const route = String(request['route'])
      if (LEFT_OUT.has(route)) return
      const role = typeof request['as'] === 'string' && known.sessions.has(request['as']) ? request['as'] : 'nobody'
      const [method = 'GET', template = '/'] = route.split(' ')
      const parts = isJsonObject(request['path']) ? request['path'] : {}
      const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(named(asText(parts[name])).toWellFormed() || 'none')).replaceAll(/[^\x21-\x7e]/g, '')
      const query = new URLSearchParams(Object.entries(isJsonObject(request['query']) ? request['query'] : {}).map(([key, value]) => [key, named(asText(value))]))
      const session = known.sessions.get(role)
      const extra = Object.fromEntries(Object.entries(isJsonObject(request['headers']) ? request['headers'] : {}).filter(([name]) => /^[a-z-]{1,40}$/.test(name) && !['host', 'connection', 'content-length', 'transfer-encoding', 'cookie', 'expect', 'upgrade', 'authorization'].includes(name)).map(([name, value]) => [name, asHeader(value)]))
      const answer = await rawRequest(installation.url, installation.ca, method, `${path}${query.size === 0 ? '' : `?${query.toString()}`}`, {
        headers: { ...(session === undefined ? {} : { cookie: session.cookie, 'x-holdfast-csrf': session.csrf }), origin: installation.url, ...('body' in request ? { 'content-type': 'application/json' } : {}), ...extra },
        ...('body' in request ? { body: named(JSON.stringify(request['body'])) } : {}),
      }).catch((error: unknown) => {
        // Node's client refuses a method or a path by itself; a connection that ends without an answer does not.
        if (error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'ECONNREFUSED')) throw new Broken(`${role}, ${route}: no answer (${error.code})`)
        return undefined
      })
      if (answer !== undefined) judge(answer, { route, role, dir: installation.dir })
    }
    return {
      async run(input) {
        const request = parse(input)
        if (request === undefined) await sendRaw(installation.url, installation.ca, input)
        else await ask(request)
        holds(installation.daemon.child.exitCode === null, `the collector ended: ${installation.daemon.log().slice(-2000)}`)
        const news = installation.daemon.log().slice(logged)
        logged += news.length
        const failed = /^.*(?:a request failed|unhandled|cannot go on).*$/m.exec(news)?.[0]
        holds(failed === undefined, `the log says: ${failed?.slice(0, 1500)}`)
      },
      close: () => installation.close(),
    }
  },
}
