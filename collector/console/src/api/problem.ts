import type { Problem } from '@holdfast/collector/contract'

/** What went wrong with a request. `code` is the only thing to branch on; two codes are the console's own: UNREACHABLE and ANSWER_UNREADABLE. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly requestId: string | undefined
  readonly errors: NonNullable<Problem['errors']>

  constructor(problem: Pick<Problem, 'code' | 'status' | 'title'> & Partial<Problem>, options?: ErrorOptions) {
    super(problem.detail ?? problem.title, options)
    this.name = 'ApiError'
    this.code = problem.code
    this.status = problem.status
    this.requestId = problem.requestId
    this.errors = problem.errors ?? []
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const textOf = (row: Record<string, unknown>, key: string): string | undefined => (typeof row[key] === 'string' ? row[key] : undefined)

/** The error of an answer that is not 2xx; anything that is not a problem document becomes ANSWER_UNREADABLE with the HTTP status. */
export const errorOfAnswer = (status: number, body: unknown): ApiError => {
  if (!isRecord(body) || typeof body['code'] !== 'string') return new ApiError({ code: 'ANSWER_UNREADABLE', status, title: `The collector answered ${status} without saying why.` })
  const text = (key: string): string | undefined => textOf(body, key)
  const errors = Array.isArray(body['errors'])
    ? body['errors'].filter(isRecord).map((row) => ({ pointer: textOf(row, 'pointer') ?? '', detail: textOf(row, 'detail') ?? '' }))
    : []
  const detail = text('detail')
  const requestId = text('requestId')
  return new ApiError({ code: body['code'], status, title: text('title') ?? body['code'], errors, ...(detail === undefined ? {} : { detail }), ...(requestId === undefined ? {} : { requestId }) })
}

export const isApiError = (error: unknown, code?: string): error is ApiError => error instanceof ApiError && (code === undefined || error.code === code)
