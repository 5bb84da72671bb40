// One HTTP request to a receiver that may be slow, broken or hostile: no redirect is followed, the whole exchange has one
// deadline, of the answer no more than 64 KiB is read, and a connection is used again while it is good.
import { Agent, request, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { SecureContext } from 'node:tls'
import { type ConnectChoice, openSocket } from './connect.ts'
import { ExportFailure, problemOf } from './problem.ts'

const MAX_ANSWER = 64 * 1024

export interface ExchangeOptions extends ConnectChoice {
  /** From the first byte to the end of the answer. */
  readonly wholeMs: number
}

export interface Exchange {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** At most 64 KiB. */
  readonly body: string
}

export interface HttpClient {
  /** @throws ExportFailure */
  post(path: string, headers: Readonly<Record<string, string>>, body: string | Uint8Array): Promise<Exchange>
  /** @throws ExportFailure */
  send(method: 'GET' | 'POST' | 'PATCH', path: string, headers: Readonly<Record<string, string>>, body?: string | Uint8Array): Promise<Exchange>
  close(): void
}

/** @returns undefined when the text is no http or https address without credentials */
export function readUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' && url.hash === '' ? url : undefined
}

async function readAnswer(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer) {
    const bytes = chunk as Buffer
    chunks.push(bytes.subarray(0, MAX_ANSWER - size))
    size += bytes.length
    // More than that nobody needs; the connection is not used again.
    if (size >= MAX_ANSWER) {
      answer.destroy()
      break
    }
  }
  return Buffer.concat(chunks).toString('utf8')
}

type Connected = (error: Error | null, socket?: Duplex) => void

/** A client for one receiver; one request at a time. */
export function createHttpClient(base: URL, tls: SecureContext | undefined, options: ExchangeOptions): HttpClient {
  const isTls = base.protocol === 'https:'
  const port = Number(base.port === '' ? (isTls ? 443 : 80) : base.port)
  const agent = Object.assign(new Agent({ keepAlive: true, maxSockets: 1 }), {
    createConnection: (_options: unknown, connected: Connected): undefined => {
      openSocket(base.hostname, port, isTls ? tls : undefined, options).then((socket) => connected(null, socket), (error: unknown) => connected(error as Error))
      return undefined
    },
  })

  const once = async (method: string, path: string, headers: Readonly<Record<string, string>>, body: string | Uint8Array | undefined): Promise<{ readonly answer?: Exchange; readonly error?: unknown; readonly reused: boolean }> => {
    const outgoing = request({ agent, method, path, setHost: false, headers: { host: base.host, 'user-agent': 'holdfast', ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) } })
    const timer = setTimeout(() => outgoing.destroy(new ExportFailure({ kind: 'timeout', detail: `no whole answer within ${options.wholeMs / 1000} s` })), options.wholeMs)
    try {
      const answer = await new Promise<Exchange>((resolve, reject) => {
        // Also what a request that was given up still says.
        outgoing.on('error', reject)
        outgoing.on('response', (incoming) => {
          readAnswer(incoming).then((text) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }), reject)
        })
        outgoing.end(body)
      })
      return { answer, reused: outgoing.reusedSocket }
    } catch (error) {
      outgoing.destroy()
      return { error, reused: outgoing.reusedSocket }
    } finally {
      clearTimeout(timer)
    }
  }

  const send: HttpClient['send'] = async (method, path, headers, body) => {
    const { answer, error, reused } = await once(method, path, headers, body)
    if (answer !== undefined) return answer
    const problem = problemOf(error)
    // The other end had closed an idle connection; that says nothing about the receiver.
    if (reused && problem.kind === 'reset') return send(method, path, headers, body)
    throw new ExportFailure(problem, { cause: error })
  }
  return { post: (path, headers, body) => send('POST', path, headers, body), send, close: () => agent.destroy() }
}
