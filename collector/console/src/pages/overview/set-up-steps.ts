// What the steps of the set-up ask for beyond their page: who may do them, and the command of those that no page does.
import type { Permission } from '../../app/permissions.ts'

const steps: Readonly<Record<string, { readonly permission: Permission; readonly command?: string }>> = {
  account: { permission: 'account.manage' }, duties: { permission: 'account.manage' }, policy: { permission: 'policy.manage' }, code: { permission: 'enrolment.manage' }, device: { permission: 'enrolment.manage' }, data: { permission: 'device.read' },
  decision: { permission: 'alert.triage' }, hr: { permission: 'connector.manage', command: 'holdfast hr import FILE' }, directory: { permission: 'connector.manage', command: 'holdfast directory import FILE' },
  priority_group: { permission: 'policy.manage', command: 'holdfast priority-group create NAME' }, exclusions: { permission: 'settings.manage', command: 'holdfast detection show' }, preview: { permission: 'policy.manage' }, health: { permission: 'policy.manage' },
}

/** Who may do the step; a step that is not known here is anybody's who sees the overview. */
export const stepPermission = (id: string): Permission => steps[id]?.permission ?? 'overview.read'
export const stepCommand = (id: string): string | undefined => steps[id]?.command
