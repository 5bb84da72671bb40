// Whom a policy watches. An exclusion wins over everything.
import type { Policy } from '../policies/policy.ts'
import type { ScoringContext, Subject } from './evaluation-input.ts'

/** An exclusion that fails for a capital letter would watch somebody who must not be watched. */
const holds = (list: readonly string[] | undefined, words: readonly (string | undefined)[]): boolean => list !== undefined && list.length > 0 && words.some((word) => word !== undefined && list.some((entry) => entry.toLowerCase() === word.toLowerCase()))

/** Whether a user is in the scope of a policy; scoring by hand under this policy brings anybody in who is not excluded. */
export function inScope(subject: Subject, { id, scope }: Pick<Policy, 'id' | 'scope'>, triggers: ScoringContext['triggers'] = []): boolean {
  const { exclude } = scope
  const priority = subject.priorityGroups ?? []
  if (holds(exclude?.users, subject.names) || holds(exclude?.groups, subject.groups) || holds(exclude?.priorityGroups, priority) || holds(exclude?.departments, [subject.department]) || holds(exclude?.countries, [subject.country])) return false
  if (scope.users === 'all' || holds(scope.users, subject.names) || holds(scope.groups, subject.groups) || holds(scope.priorityGroups, priority)) return true
  return triggers.some((trigger) => trigger.kind === 'manual' && trigger.policyId === id)
}
