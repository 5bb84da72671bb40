// The templates: one file and one line each.
import { dataLeaks } from './templates/data-leaks.ts'
import { securityPolicyViolations } from './templates/security-policy-violations.ts'
import type { PolicyTemplate } from './templates/template.ts'

export const templates: readonly PolicyTemplate[] = [dataLeaks, securityPolicyViolations]

export const templateById = (id: string): PolicyTemplate | undefined => templates.find((template) => template.id === id)
