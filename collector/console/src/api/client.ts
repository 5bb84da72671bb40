// The one place that talks HTTP. Answers have the types of the contract; the collector validates them against the same schemas.
import { ApiError, errorOfAnswer } from './problem.ts'

export type QueryValue = string | number | boolean | undefined | readonly string[]

export interface RequestOptions {
  readonly query?: Readonly<Record<string, QueryValue>>
  /** JSON, or a Blob as it is. */
  readonly body?: unknown
  /** Sent as `If-Match: "<revision>"`. */
  readonly revision?: number
  readonly signal?: AbortSignal
}

export interface ApiClient {
  get<T>(path: string, options?: RequestOptions): Promise<T>
  /** With the revision of its ETag, for a later If-Match; 0 when there is none. */
  getWithRevision<T>(path: string, options?: RequestOptions): Promise<{ readonly value: T; readonly revision: number }>
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options?: RequestOptions): Promise<T>
  /**
   * Sends and reads the answer line by line as it comes (application/x-ndjson).
   *
   * @param onLine each line; not called when the answer is one JSON document
   * @returns the document, when the answer is one
   */
  lines<T, L>(path: string, options: RequestOptions, onLine: (line: L) => void): Promise<T | undefined>
  /** A content as it is, with the name that the collector gives it. */
  blob(method: 'GET' | 'POST', path: string, options?: RequestOptions): Promise<{ readonly content: Blob; readonly name: string }>
  /** The token of GET /me, sent with every change. */
  useCsrfToken(token: string | undefined): void
}

export const API_BASE = '/api/v1'

/** `?a=1&b=x&b=y`; what is undefined or empty is left out. */
export const queryString = (query: Readonly<Record<string, QueryValue>> = {}): string => {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue
    if (typeof value === 'object') for (const one of value) parameters.append(key, one)
    else parameters.append(key, String(value))
  }
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

const readBody = async (answer: Response): Promise<unknown> => {
  const text = await answer.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!answer.ok) return undefined
    throw new ApiError({ code: 'ANSWER_UNREADABLE', status: answer.status, title: 'The collector answered with something that is not JSON.' }, { cause })
  }
}

/**
 * A client over `fetch`.
 *
 * @throws ApiError with the collector's code, UNREACHABLE when there was no answer, ANSWER_UNREADABLE when it was not JSON. An abort passes through.
 */
export const createApiClient = (fetchAnswer: (input: string, init: RequestInit) => Promise<Response>): ApiClient => {
  let csrfToken: string | undefined
  const fetchIt = async (method: string, path: string, { query, body, revision, signal }: RequestOptions, accept: string): Promise<Response> => {
    const headers: Record<string, string> = { accept }
    if (body !== undefined) headers['content-type'] = body instanceof Blob ? 'application/octet-stream' : 'application/json'
    if (revision !== undefined) headers['if-match'] = `"${revision}"`
    if (method !== 'GET' && csrfToken !== undefined) headers['x-holdfast-csrf'] = csrfToken
    try {
      return await fetchAnswer(`${API_BASE}${path}${queryString(query)}`, {
        method, headers, credentials: 'same-origin', ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }), ...(signal === undefined ? {} : { signal }),
      })
    } catch (cause) {
      if (signal?.aborted === true) throw cause
      throw new ApiError({ code: 'UNREACHABLE', status: 0, title: 'The collector does not answer.' }, { cause })
    }
  }
  const request = async <T>(method: string, path: string, options: RequestOptions = {}): Promise<T> => {
    const answer = await fetchIt(method, path, options, 'application/json')
    const content = await readBody(answer)
    if (!answer.ok) throw errorOfAnswer(answer.status, content)
    return content as T
  }
  const getWithRevision = async <T>(path: string, options: RequestOptions = {}): Promise<{ readonly value: T; readonly revision: number }> => {
    const answer = await fetchIt('GET', path, options, 'application/json')
    const content = await readBody(answer)
    if (!answer.ok) throw errorOfAnswer(answer.status, content)
    return { value: content as T, revision: Number(/"(\d+)"/.exec(answer.headers.get('etag') ?? '')?.[1] ?? 0) }
  }
  const lines = async <T, L>(path: string, options: RequestOptions, onLine: (line: L) => void): Promise<T | undefined> => {
    const answer = await fetchIt('POST', path, options, 'application/x-ndjson')
    if (!answer.ok || answer.body === null || answer.headers.get('content-type')?.includes('x-ndjson') !== true) {
      const content = await readBody(answer)
      if (!answer.ok) throw errorOfAnswer(answer.status, content)
      return content as T
    }
    let rest = ''
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const whole = (rest + part.value).split('\n')
      rest = whole.pop() ?? ''
      for (const line of whole) if (line !== '') onLine(JSON.parse(line) as L)
    }
    return undefined
  }
  const blob = async (method: string, path: string, options: RequestOptions = {}): Promise<{ readonly content: Blob; readonly name: string }> => {
    const answer = await fetchIt(method, path, options, '*/*')
    if (!answer.ok) throw errorOfAnswer(answer.status, await readBody(answer))
    return { content: await answer.blob(), name: /filename="([\w.-]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'content.bin' }
  }
  return {
    blob,
    lines,
    getWithRevision,
    get: (path, options) => request('GET', path, options),
    send: (method, path, options) => request(method, path, options),
    useCsrfToken: (token) => {
      csrfToken = token
    },
  }
}

export const api = createApiClient((input, init) => globalThis.fetch(input, init))
