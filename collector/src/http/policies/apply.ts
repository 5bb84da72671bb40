// Making and changing a policy: one door for documents, quick policies and what is tuned from an alert.
import { v7 as uuid } from 'uuid'
import type { Analysis } from '../../analysis/analysis.ts'
import { type Actor, appendAudit } from '../../audit/chain.ts'
import { type PolicyInput, toDocument, toPolicy } from '../../domain/policies/policy-document.ts'
import type { Policy } from '../../domain/policies/policy.ts'
import { templateById } from '../../domain/policies/templates.ts'
import { CodedError } from '../../errors.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'

export interface ApplyOptions {
  /** For the audit log. */
  readonly detail?: Readonly<Record<string, unknown>>
  /** The name must be free. */
  readonly isNew?: boolean
  /** That was seen; another one is refused. */
  readonly version?: number
}

export interface PolicyChanges {
  /** Makes the policy of the document's name, or changes it. @throws POLICY_INVALID, REVISION_CONFLICT */
  apply(actor: Actor, document: PolicyInput, options?: ApplyOptions): Promise<Policy>
  /** What follows from a change, after its commit. */
  afterChange(groups: readonly string[], policyId: string): Promise<void>
}

export function createPolicyChanges(deps: HttpDeps, analysis: Analysis): PolicyChanges {
  const { store, fleet } = deps
  const draft = (document: PolicyInput, id: string, previous?: Policy): Policy => {
    if (previous !== undefined && previous.template !== templateById(document.template)?.id) throw new InvalidRequest([{ pointer: '/template', detail: 'cannot change; make a policy of another name' }], 'POLICY_INVALID')
    return toPolicy(document, id, deps.now(), previous)
  }
  const afterChange = async (groups: readonly string[], policyId: string): Promise<void> => {
    analysis.facts.forget()
    await deps.detection.reload()
    await fleet.pushPolicies(groups)
    deps.evaluation?.wake()
    deps.live.publish({ topic: 'policy.updated', policyId })
  }
  return {
    afterChange,
    async apply(actor, document, { detail = {}, isNew = false, version } = {}) {
      const { policy, groups } = await store.write(async (tx) => {
        const previous = await tx.policyByName(document.name)
        if (isNew && previous !== undefined) throw new InvalidRequest([{ pointer: '/name', detail: 'is the name of another policy' }], 'POLICY_INVALID')
        if (version !== undefined && previous?.version !== version) throw new CodedError('REVISION_CONFLICT')
        const next = draft(document, previous?.id ?? `p_${uuid().replaceAll('-', '')}`, previous)
        await tx.savePolicy(next)
        await tx.markAllUsers()
        await appendAudit(tx, { actor, action: previous === undefined ? 'policy.created' : 'policy.changed', targetKind: 'policy', targetId: next.id, detail: { ...detail, version: next.version, ...(previous === undefined ? {} : { before: toDocument(previous) }), after: toDocument(next) }, atMs: deps.now() })
        return { policy: next, groups: (await fleet.compilePolicies(tx)).map((revision) => revision.group) }
      })
      await afterChange(groups, policy.id)
      return policy
    },
  }
}
