// Every failure as application/problem+json (RFC 9457) with a stable code, and never a stack or a driver's words.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CodedError, errorTable } from '../errors.ts'
import type { Problem } from './primitives.ts'

export interface FieldProblem {
  readonly pointer: string
  readonly detail: string
}

/** A request that is wrong in named places. */
export class InvalidRequest extends CodedError {
  readonly fields: readonly FieldProblem[]

  constructor(fields: readonly FieldProblem[], code: 'REQUEST_INVALID' | 'POLICY_INVALID' | 'DETECTION_INVALID' | 'CONNECTOR_FILE_INVALID' = 'REQUEST_INVALID', count = fields.length) {
    super(code, code === 'CONNECTOR_FILE_INVALID' ? { count } : code === 'POLICY_INVALID' || code === 'DETECTION_INVALID' ? { problem: fields.map((field) => `${field.pointer} ${field.detail}`).join('; ') } : {})
    this.fields = fields
  }
}

/** Fastify's own refusals, by its code. */
const framework: Readonly<Record<string, { readonly status: number; readonly code: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'REQUEST_TOO_LARGE' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'REQUEST_MEDIA_TYPE' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'REQUEST_INVALID' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'REQUEST_INVALID' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, code: 'REQUEST_INVALID' },
}

/** Answers a failure; also what Fastify refuses before any handler of ours runs, such as an address that cannot be decoded. */
export function answerProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  let status = 500
  let code: string = 'INTERNAL'
  let detail: string = errorTable.INTERNAL.message
  let fields: readonly FieldProblem[] | undefined
  if (error instanceof CodedError) {
    const row = errorTable[error.code]
    status = row.status
    code = error.code
    detail = error.message
    if (error instanceof InvalidRequest) fields = error.fields
    const wait = error.parameters['seconds']
    if (error.code === 'TOO_MANY_TRIES' && wait !== undefined) void reply.header('retry-after', String(wait))
  } else if (error.validation !== undefined) {
    status = 400
    code = 'REQUEST_INVALID'
    detail = errorTable.REQUEST_INVALID.message
    fields = error.validation.map((problem) => ({ pointer: `/${error.validationContext ?? ''}${problem.instancePath}`, detail: problem.message ?? 'not valid' }))
  } else {
    const known = framework[error.code]
    if (known !== undefined) {
      status = known.status
      code = known.code
      detail = error.message
    } else if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
      status = error.statusCode
      code = 'REQUEST_INVALID'
      detail = errorTable.REQUEST_INVALID.message
    }
  }
  if (status >= 500) request.log.error({ err: error, code }, 'a request failed')
  const problem: Problem = { type: `urn:holdfast:error:${code}`, title: code, status, code, detail, requestId: request.id, ...(fields === undefined ? {} : { errors: [...fields] }) }
  return reply.code(status).header('content-type', 'application/problem+json').send(JSON.stringify(problem))
}

/** Every failure of a handler goes the same way. */
export const installErrorResponse = (app: FastifyInstance): void => void app.setErrorHandler(answerProblem)
