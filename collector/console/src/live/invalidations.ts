import type { LiveMessage } from '@holdfast/collector/contract'

/** Query keys that a message makes stale. The alert list is not among them: its news is announced in a bar. */
export const staleKeys = (message: LiveMessage): readonly (readonly string[])[] => {
  switch (message.topic) {
    case 'alert.created':
      return [['alerts', 'statistics'], ['overview'], ['users']]
    case 'alert.updated':
      return [['alerts', 'one', message.alertId], ['alerts', 'statistics'], ['overview'], ['users']]
    case 'case.updated':
      return [['cases', 'one', message.caseId], ['cases', 'part', message.caseId], ['cases', 'list'], ['cases', 'statistics']]
    case 'notice.sent':
      return [['cases', 'part', message.caseId], ['notices', 'list']]
    case 'bundle.state':
      return [['cases', 'part', message.caseId, 'bundles']]
    case 'device.enrolled':
      return [['devices'], ['overview'], ['enrolment-codes']]
    case 'enrolment.request':
      return [['enrolment-requests'], ['enrolment-codes'], ['overview']]
    case 'device.updated':
      return [['devices', 'one', message.deviceId], ['devices', 'list'], ['overview']]
    case 'evidence.received':
      return [['evidence', 'files']]
    case 'report.state':
      return [['reports', 'one', message.reportId], ['reports', 'list']]
    case 'export.state':
      return [['exports']]
    case 'rollout.updated':
      return [['rollouts'], ['groups'], ['agent-upgrades'], ['agent-versions']]
    case 'policy.updated':
      return [['policies'], ['groups'], ['devices']]
    case 'user.risk_level':
      return [['users', 'risk-level', message.userId]]
    case 'exception.requested':
    case 'exception.decided':
      return [['exceptions'], ['activities']]
    case 'question.state':
      return [['questions', 'list'], ['questions', 'one', message.askingId]]
    case 'privacy.requested':
      return [['privacy', 'requests']]
    case 'privacy.decided':
      // What the account may see may have changed, in every text.
      return [['privacy', 'requests'], ['users'], ['alerts'], ['activities'], ['cases']]
    default:
      return []
  }
}
