// Where a process without the role http is asked how it is: /livez, /readyz and /metrics, in plain HTTP, nothing else.
import { createServer } from 'node:http'
import { CodedError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'

export interface ProbeSources {
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>
  /** Part by part, whether it works. */
  readonly ready: () => Promise<Readonly<Record<string, boolean>>>
}

/**
 * Listens until it is closed.
 *
 * @param listen `host:port`
 * @throws CONFIG_INVALID, PORT_IN_USE, ADDRESS_UNUSABLE
 */
export async function startProbe(listen: string, { metrics, ready }: ProbeSources): Promise<{ readonly port: number; close(): void }> {
  const [, host = '', portText = ''] = /^(.+):(\d{1,5})$/.exec(listen) ?? []
  const port = Number(portText)
  if (host === '' || port > 65_535) throw new CodedError('CONFIG_INVALID', { key: 'probe.listen', problem: `must be host:port; "${listen}" is not` })
  const server = createServer((request, response) => {
    const answer = (status: number, type: string, text: string): void => void response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
    const json = (status: number, value: unknown): void => answer(status, 'application/json', JSON.stringify(value))
    const route = async (): Promise<void> => {
      if (request.method !== 'GET') json(405, { ok: false })
      else if (request.url === '/livez') json(200, { ok: true })
      else if (request.url === '/metrics') answer(200, metrics.contentType, await metrics.text())
      else if (request.url === '/readyz') {
        const parts = await ready()
        json(Object.values(parts).every(Boolean) ? 200 : 503, parts)
      } else json(404, { ok: false })
    }
    route().catch(() => json(500, { ok: false }))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(new CodedError(cause.code === 'EADDRINUSE' ? 'PORT_IN_USE' : 'ADDRESS_UNUSABLE', { what: 'The probe', host, port, flag: 'probe-listen', problem: cause.code ?? 'unknown' }, { cause })))
    server.listen({ host: host.replaceAll(/^\[|\]$/g, ''), port }, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
