// Whoever changes something as a whole says which state of it they saw: If-Match with the revision of its ETag. `*` says that
// whatever is there may be replaced.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CodedError } from '../errors.ts'

/** @returns the revision that was seen; undefined for `*`. @throws REVISION_REQUIRED */
export function seenRevision(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']?.trim() ?? ''
  if (header === '*') return undefined
  const found = /^(?:W\/)?"(\d{1,15})"$/.exec(header)
  if (found?.[1] === undefined) throw new CodedError('REVISION_REQUIRED')
  return Number(found[1])
}

/** In the transaction of the change. @throws REVISION_CONFLICT */
export function assertRevision(seen: number | undefined, revision: number): void {
  if (seen !== undefined && seen !== revision) throw new CodedError('REVISION_CONFLICT')
}

/** The document, and its revision as the ETag. */
export function withRevision<T extends { readonly revision: number }>(reply: FastifyReply, document: T): T {
  void reply.header('etag', `"${document.revision}"`)
  return document
}
