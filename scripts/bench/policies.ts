// The policies that are on in the benches: every template with its defaults.
import { toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import type { Policy } from '@holdfast/collector/domain/policies/policy.ts'
import { templates } from '@holdfast/collector/domain/policies/templates.ts'

export const benchPolicies = (nowMs: number): readonly Policy[] => templates.map((template) => toPolicy({ name: template.name, template: template.id }, `pol_bench_${template.id}`, nowMs))
