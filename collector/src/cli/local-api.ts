// One door for every command: the API of the running collector, or the same application in this process.
import { readFileSync } from 'node:fs'
import { request as httpsRequest } from 'node:https'
import { userInfo } from 'node:os'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CodedError } from '../errors.ts'
import { openOffline } from './offline.ts'
import { isProcess } from './process-identity.ts'

export interface ApiAnswer {
  readonly status: number
  readonly body: string
  /** As it came, for what is no text. */
  readonly bytes?: Buffer
}

export interface LocalApi {
  /** @param options.body text, or a stream of a file; an answer to a file may take as long as the file is large */
  request(method: string, path: string, options?: { readonly body?: string | Buffer | Readable; readonly contentType?: string; readonly headers?: Readonly<Record<string, string>>; /** Each line of a successful answer as it comes. */ readonly onLine?: (line: string) => void }): Promise<ApiAnswer>
  close(): Promise<void>
}

const SILENT_MS = 60_000
/** The largest files take some minutes to be imported. */
const IMPORT_SILENT_MS = 3_600_000

interface RunFile {
  readonly pid: number
  /** Tells the process from a later one of the same number. */
  readonly identity: string
  readonly url: string
}

function runningCollector(dir: string): RunFile | undefined {
  try {
    const run = JSON.parse(readFileSync(join(dir, 'run', 'collector.json'), 'utf8')) as RunFile
    return isProcess(run.pid, run.identity) ? run : undefined
  } catch {
    // No file: the collector does not run.
    return undefined
  }
}

export const isCollectorRunning = (dir: string): boolean => runningCollector(dir) !== undefined

/** Who acts where no API is asked: as the API would name them. */
export const localAccount = (): { readonly id: string; readonly name: string } => ({ id: `local:${accountName()}`, name: `local:${accountName()}` })

const accountName = (): string => userInfo().username.replaceAll(/[^\w.-]/g, '-').slice(0, 64)

/** A failure is one document, whatever was asked for. */
async function readAnswer(stream: Readable, status: number, onLine: ((line: string) => void) | undefined): Promise<ApiAnswer> {
  if (onLine !== undefined && status < 400) {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) if (line !== '') onLine(line)
    return { status, body: '' }
  }
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  return { status, body: bytes.toString(), bytes }
}

function overHttps(dir: string, run: RunFile): LocalApi {
  const ca = readFileSync(join(dir, 'ca', 'ca.pem'), 'utf8')
  const token = readFileSync(join(dir, 'run', 'local.token'), 'utf8')
  return {
    request: (method, path, { body, contentType = 'application/json', headers = {}, onLine } = {}) =>
      new Promise((resolve, reject) => {
        const url = new URL(path, run.url)
        const outgoing = httpsRequest(
          { host: '127.0.0.1', port: url.port, path: `${url.pathname}${url.search}`, method, ca, servername: 'localhost', headers: { ...headers, authorization: `Bearer ${token}`, 'x-holdfast-account': accountName(), ...(body === undefined ? {} : { 'content-type': contentType }) } },
          (incoming) => {
            readAnswer(incoming, incoming.statusCode ?? 0, onLine).then(resolve, reject)
          })
        outgoing.on('error', (cause: NodeJS.ErrnoException) => reject(new CodedError('COLLECTOR_UNREACHABLE', { problem: cause.code ?? cause.message }, { cause })))
        const silentMs = body instanceof Readable ? IMPORT_SILENT_MS : SILENT_MS
        outgoing.setTimeout(silentMs, () => outgoing.destroy(new Error(`no answer within ${silentMs / 1000} s`)))
        if (!(body instanceof Readable)) outgoing.end(body)
        // A refusal may come before the end of the file: the answer is what counts then.
        else pipeline(body, outgoing).catch((cause: unknown) => setImmediate(() => reject(new CodedError('COLLECTOR_UNREACHABLE', { problem: cause instanceof Error ? cause.message : 'unknown' }, { cause }))))
      }),
    close: async () => {},
  }
}

/** @throws NOT_INITIALISED when the folder holds no installation */
export async function openLocalApi(dir: string): Promise<LocalApi> {
  const run = runningCollector(dir)
  if (run !== undefined) return overHttps(dir, run)
  const offline = await openOffline(dir)
  return {
    async request(method, path, { body, contentType = 'application/json', headers = {}, onLine } = {}) {
      const answer = await offline.app.inject({ payloadAsStream: true, method: method as 'GET', url: path, headers: { ...headers, authorization: `Bearer ${offline.token}`, 'x-holdfast-account': accountName(), ...(body === undefined ? {} : { 'content-type': contentType }) }, ...(body === undefined ? {} : { payload: body }) })
      return readAnswer(answer.stream(), answer.statusCode, onLine)
    },
    close: () => offline.close(),
  }
}
