// A signed-in client of the collector's API, as a browser would be one.
import { request as httpsRequest } from 'node:https'
import WebSocket from 'ws'

export interface Client {
  get<T>(path: string): Promise<T>
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers?: Record<string, string>): Promise<T>
  /** Calls back with every live message until closed. */
  live(onMessage: (message: { topic: string; alertId?: string; userId?: string; deviceId?: string }) => void): Promise<() => void>
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly cookies: readonly string[]
}

function call(url: string, ca: string, method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body)
    const outgoing = httpsRequest(new URL(path, url), { method, ca, headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), origin: url, ...headers } }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString(), cookies: incoming.headers['set-cookie'] ?? [] }))
      incoming.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(payload)
  })
}

const parse = <T>(answer: Answer, what: string): T => {
  if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${answer.body}`)
  return (answer.body === '' ? undefined : JSON.parse(answer.body)) as T
}

/** Makes the first account with the set-up code, signs in, and returns a client. */
export async function signIn(options: { readonly url: string; readonly ca: string; readonly setupCode?: string; readonly name: string; readonly password: string }): Promise<Client> {
  const { url, ca, name, password } = options
  if (options.setupCode !== undefined) parse(await call(url, ca, 'POST', '/api/v1/setup', { setupCode: options.setupCode, name, password }, {}), 'set-up')
  const session = await call(url, ca, 'POST', '/api/v1/session', { name, password }, {})
  parse(session, 'sign-in')
  const cookie = session.cookies.map((line) => line.split(';')[0]).join('; ')
  const me = parse<{ csrfToken: string }>(await call(url, ca, 'GET', '/api/v1/me', undefined, { cookie }), 'me')
  return {
    get: async <T>(path: string) => parse<T>(await call(url, ca, 'GET', path, undefined, { cookie }), path),
    send: async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      parse<T>(await call(url, ca, method, path, body, { cookie, 'x-holdfast-csrf': me.csrfToken, ...headers }), path),
    live: (onMessage) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${url.replace('https', 'wss')}/api/v1/live`, { ca, headers: { cookie, origin: url } })
        socket.on('message', (data: Buffer) => onMessage(JSON.parse(data.toString()) as { topic: string }))
        socket.on('error', reject)
        socket.on('open', () => resolve(() => socket.close()))
      }),
  }
}
