// What the console asks of `permissions` in GET /me. What is never allowed is not shown.
import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../api/queries.ts'

/** Names of the collector's table of permissions, as far as a screen depends on them. */
export type Permission =
  | 'overview.read' | 'alert.read' | 'alert.triage' | 'alert.export' | 'case.contribute' | 'case.manage' | 'case.export' | 'hold.read' | 'hold.manage' | 'notice.manage' | 'activity.read' | 'user.read' | 'user.report' | 'user.score' | 'user.reveal' | 'evidence.read' | 'device.read' | 'device.manage' | 'enrolment.manage' | 'policy.read' | 'policy.manage' | 'settings.manage' | 'upgrade.manage'
  | 'exception.decide' | 'question.read' | 'question.ask' | 'question.approve'
  | 'account.manage' | 'privacy.approve' | 'privacy.manage' | 'export.manage' | 'connector.manage' | 'audit.read'

/** Whether the signed-in account may; false while it is not known. `settings.manage` is about the whole organisation here: an account of an administrative unit changes its device groups alone (`useMayGroups`). */
export const useMay = (): ((permission: Permission) => boolean) => {
  const { data } = useQuery(meQuery())
  return (permission) => data?.permissions.includes(permission) === true && !(permission === 'settings.manage' && data.ofUnits === true)
}

/** Of device groups: whether the account may change what they watch, and the rules on who belongs to them, which are the organisation's. */
export const useMayGroups = (): { readonly settings: boolean; readonly rules: boolean } => {
  const { data } = useQuery(meQuery())
  return { settings: data?.permissions.includes('settings.manage') === true, rules: data?.permissions.includes('device.manage') === true && data.ofUnits !== true }
}
