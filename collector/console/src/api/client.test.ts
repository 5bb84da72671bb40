import { describe, expect, test } from 'vitest'
import { createApiClient, queryString } from './client.ts'
import { ApiError, isApiError } from './problem.ts'

const answering = (status: number, text: string) => createApiClient(async () => new Response(status === 204 ? null : text, { status }))

const failure = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error: unknown = await promise.then(() => undefined, (reason: unknown) => reason)
  if (!(error instanceof ApiError)) throw new Error('It did not fail as an ApiError.', { cause: error })
  return error
}

describe('failures', () => {
  test('a problem document keeps its code, request id and places', async () => {
    const error = await failure(answering(400, JSON.stringify({ type: 'x', title: 'Bad', status: 400, code: 'REQUEST_INVALID', detail: 'Wrong.', requestId: 'r1', errors: [{ pointer: '/name', detail: 'too long' }] })).get('/x'))
    expect({ code: error.code, status: error.status, message: error.message, requestId: error.requestId, errors: error.errors }).toEqual({ code: 'REQUEST_INVALID', status: 400, message: 'Wrong.', requestId: 'r1', errors: [{ pointer: '/name', detail: 'too long' }] })
  })
  test.each([[502, '<html>bad gateway'], [500, '{"message":"no code"}'], [503, ''], [500, '[]'], [500, 'null']])('an answer %i without a code says that it is unreadable', async (status, text) => {
    const error = await failure(answering(status, text).get('/x'))
    expect([error.code, error.status]).toEqual(['ANSWER_UNREADABLE', status])
  })
  test('success that is not JSON is a failure, not data', async () => {
    expect((await failure(answering(200, '<html>').get('/x'))).code).toBe('ANSWER_UNREADABLE')
  })
  test('no answer at all is unreachable and keeps its cause', async () => {
    const cause = new TypeError('network')
    const error = await failure(createApiClient(() => Promise.reject(cause)).get('/x'))
    expect([error.code, error.cause]).toEqual(['UNREACHABLE', cause])
  })
  test('an abort passes through and is not called unreachable', async () => {
    const stop = new AbortController()
    stop.abort()
    const client = createApiClient(() => Promise.reject(new DOMException('aborted', 'AbortError')))
    await expect(client.get('/x', { signal: stop.signal })).rejects.toThrow('aborted')
  })
  test('an empty answer is no data', async () => {
    await expect(answering(204, '').send('DELETE', '/session')).resolves.toBeUndefined()
  })
  test('only the code tells errors apart', () => {
    const error = new ApiError({ code: 'NOT_FOUND', status: 404, title: 'x' })
    expect([isApiError(error), isApiError(error, 'NOT_FOUND'), isApiError(error, 'OTHER'), isApiError(new Error('NOT_FOUND'))]).toEqual([true, true, false, false])
  })
})

describe('requests', () => {
  test('a change carries the csrf token and the revision, a read carries neither', async () => {
    const seen: RequestInit[] = []
    const client = createApiClient(async (_, init) => {
      seen.push(init)
      return new Response('{}')
    })
    client.useCsrfToken('t1')
    await client.get('/alerts')
    await client.send('PATCH', '/alerts/a', { body: { status: 'confirmed' }, revision: 7 })
    expect(seen.map(({ headers }) => Object.fromEntries(new Headers(headers)))).toEqual([{ accept: 'application/json' }, { accept: 'application/json', 'content-type': 'application/json', 'if-match': '"7"', 'x-holdfast-csrf': 't1' }])
  })
  test('a list becomes a repeated key, and what is empty is left out', () => {
    expect(queryString({ severity: ['high', 'low'], status: [], cursor: undefined, search: '', limit: 50, withAlerts: true })).toBe('?severity=high&severity=low&limit=50&withAlerts=true')
    expect(queryString()).toBe('')
  })
})
