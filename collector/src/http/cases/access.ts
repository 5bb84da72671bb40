// Whose case it is to see: analysts and investigators see every case of people whom they may see, others those that they
// were added to. For everybody else a case is not there.
import type { FastifyRequest } from 'fastify'
import { isVisible } from '../../access/visibility.ts'
import type { Case } from '../../domain/cases/case.ts'
import { CodedError } from '../../errors.ts'
import type { StoreReader } from '../../store/store.ts'
import { principalOf } from '../guard.ts'

/** `{ contributorId }` for who sees only cases that they were added to, to spread into a query. */
export function contributorOf(request: FastifyRequest): { readonly contributorId?: string } {
  const { permissions, actor } = principalOf(request)
  return permissions.has('case.manage') ? {} : { contributorId: actor.id }
}

/** A case that the asker may see. @throws NOT_FOUND */
export async function caseOf(request: FastifyRequest, reader: StoreReader, id: string): Promise<Case> {
  const { permissions, actor, visible } = principalOf(request)
  const found = await reader.case(id)
  if (found === undefined || !(permissions.has('case.manage') || found.contributors.includes(actor.id))) throw new CodedError('NOT_FOUND', { what: 'case' })
  if (visible === undefined) return found
  const user = await reader.user(found.userId)
  if (user === undefined || !isVisible(visible, user)) throw new CodedError('NOT_FOUND', { what: 'case' })
  return found
}

/** The revision of an If-Match header such as `"3"`. @throws REVISION_REQUIRED */
export function revisionOf(request: FastifyRequest): number {
  const found = /^(?:W\/)?"(\d+)"$/.exec(request.headers['if-match'] ?? '')
  if (found?.[1] === undefined) throw new CodedError('REVISION_REQUIRED')
  return Number(found[1])
}

/** A case as it was seen. @throws NOT_FOUND, REVISION_REQUIRED, REVISION_CONFLICT */
export async function seenCaseOf(request: FastifyRequest, reader: StoreReader, id: string): Promise<Case> {
  const revision = revisionOf(request)
  const found = await caseOf(request, reader, id)
  if (found.revision !== revision) throw new CodedError('REVISION_CONFLICT')
  return found
}

/** @throws CASE_CLOSED */
export function assertActive(found: Case): void {
  if (found.status === 'closed') throw new CodedError('CASE_CLOSED')
}
