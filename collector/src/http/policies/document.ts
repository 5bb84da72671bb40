// The policy of a request body.
import type { PolicyInput } from '../../domain/policies/policy-document.ts'
import { readPolicyDocuments } from '../../domain/policies/read-document.ts'
import { InvalidRequest } from '../error-response.ts'

/** The policy of a request, as JSON or as YAML text. @throws POLICY_INVALID naming each place */
export function readDocument(body: unknown): PolicyInput {
  const { inputs, problems } = readPolicyDocuments(typeof body === 'string' ? body : JSON.stringify(body ?? null))
  const [input, another] = inputs
  if (problems.length > 0) throw new InvalidRequest(problems.map(({ pointer, detail, line }) => ({ pointer, detail: typeof body === 'string' ? `line ${line}: ${detail}` : detail })), 'POLICY_INVALID')
  if (input === undefined || another !== undefined) throw new InvalidRequest([{ pointer: '/', detail: 'holds more than one policy; send them one by one' }], 'POLICY_INVALID')
  return input
}
