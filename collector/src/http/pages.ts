// The console's files, its page with a fresh nonce for every answer, and the headers that every answer carries.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CodedError } from '../errors.ts'
import type { HttpDeps } from './context.ts'

const NO_CONSOLE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Holdfast</title><h1>The console is not built</h1><p>Run <code>pnpm build</code> in the checkout, then load this page again. The API works: see <a href="/docs">/docs</a>.</p></html>'

/** The headers of one answer; also for what is refused before any hook runs. */
export function securityHeaders(url: string, nonce: string): Readonly<Record<string, string>> {
  return {
    // The API's own documentation page brings inline styles; it shows no data.
    'content-security-policy': url.startsWith('/docs')
      ? "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
      : `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'`,
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
    ...(url.startsWith('/assets/') ? {} : { 'cache-control': 'no-store' }),
  }
}

export const newNonce = (): string => randomBytes(16).toString('base64')

export function installHeaders(app: FastifyInstance): void {
  app.decorateRequest('cspNonce', '')
  app.addHook('onRequest', async (request, reply) => {
    request.cspNonce = newNonce()
    void reply.headers(securityHeaders(request.url, request.cspNonce))
  })
}

export async function installPages(app: FastifyInstance, { consoleDir }: HttpDeps): Promise<void> {
  const built = consoleDir !== undefined && existsSync(join(consoleDir, 'index.html'))
  const index = built ? readFileSync(join(consoleDir, 'index.html'), 'utf8') : NO_CONSOLE
  const page = (request: FastifyRequest, reply: FastifyReply) => reply.type('text/html; charset=utf-8').send(index.replaceAll('__CSP_NONCE__', request.cspNonce))
  if (built) await app.register(fastifyStatic, { root: consoleDir, index: false, wildcard: true, serve: true, prefix: '/', cacheControl: false, decorateReply: false, globIgnore: ['index.html'] })
  app.get('/', { schema: { hide: true } }, page)
  app.setNotFoundHandler((request, reply) => {
    // A path of the console's own router; what looks like the API or a file is not there.
    if (request.method === 'GET' && !/^\/(api|assets|docs)(\/|$)/.test(request.url) && !/\.[a-z0-9]+$/i.test(request.url.split('?')[0] ?? '')) return page(request, reply)
    throw new CodedError('NOT_FOUND', { what: 'resource' })
  })
}
