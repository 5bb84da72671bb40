// The templates: one file and one line each.
import { dataLeaks } from './templates/data-leaks.ts'
import { dataLeaksByPriorityUsers } from './templates/data-leaks-by-priority-users.ts'
import { dataLeaksByRiskyUsers } from './templates/data-leaks-by-risky-users.ts'
import { dataTheftByDepartingUsers } from './templates/data-theft-by-departing-users.ts'
import { patientDataMisuse } from './templates/patient-data-misuse.ts'
import { securityPolicyViolations } from './templates/security-policy-violations.ts'
import { securityPolicyViolationsByDepartingUsers } from './templates/security-policy-violations-by-departing-users.ts'
import { securityPolicyViolationsByPriorityUsers } from './templates/security-policy-violations-by-priority-users.ts'
import { securityPolicyViolationsByRiskyUsers } from './templates/security-policy-violations-by-risky-users.ts'
import type { PolicyTemplate } from './templates/template.ts'

export const templates: readonly PolicyTemplate[] = [
  dataLeaks,
  dataTheftByDepartingUsers,
  dataLeaksByPriorityUsers,
  dataLeaksByRiskyUsers,
  securityPolicyViolations,
  securityPolicyViolationsByDepartingUsers,
  securityPolicyViolationsByPriorityUsers,
  securityPolicyViolationsByRiskyUsers,
  patientDataMisuse,
]

const byWord = new Map<string, PolicyTemplate>(templates.flatMap((template) => [template.id, ...template.aliases].map((word) => [word, template] as const)))

/** Every word that names a template. */
export const TEMPLATE_WORDS: readonly string[] = [...byWord.keys()]

/** The template of an id or of one of its aliases, in any letter case, with `-` or blanks for `_`. */
export const templateById = (id: string): PolicyTemplate | undefined => byWord.get(id) ?? byWord.get(id.trim().toLowerCase().replaceAll(/[\s-]+/g, '_'))
