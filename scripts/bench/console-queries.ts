// What the console asks the server, page by page, with the filters that people use; and what it never asks.

/** Where a question is about something, these are it. */
export interface Subjects {
  readonly user: string
  readonly pseudonym: string
  readonly device: string
  readonly alert: string
  readonly caseId: string
  readonly policy: string
  readonly account: string
}

const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)

/** Name -> path below /api/v1. */
export const consoleQueries: Readonly<Record<string, (of: Subjects) => string>> = {
  me: () => 'me', account: () => 'account', 'account sessions': () => 'account/sessions', 'access notices': () => 'access/notices', overview: () => 'overview', doctor: () => 'doctor', backups: () => 'backups',
  alerts: () => 'alerts?from=now-30d&limit=50', 'alerts by score': () => 'alerts?status=needs_review&sort=-score&limit=50', 'alerts rare factor': () => 'alerts?factor=cumulative&assignee=nobody&hasCase=false&limit=50', 'alerts overdue': () => 'alerts?overdue=true&limit=50',
  'alerts of a user': ({ user }) => `alerts?userId=${user}&limit=50`, 'alert statistics': () => 'alerts/statistics', 'alert assignees': () => 'alerts/assignees', alert: ({ alert }) => `alerts/${alert}`, 'alert tuning': ({ alert }) => `alerts/${alert}/tuning`,
  cases: () => 'cases?limit=50', 'case statistics': () => 'cases/statistics', case: ({ caseId }) => `cases/${caseId}`, 'case notes': ({ caseId }) => `cases/${caseId}/notes`, 'case events': ({ caseId }) => `cases/${caseId}/events`, 'case activities': ({ caseId }) => `cases/${caseId}/activities?limit=50`,
  'case chart': ({ caseId }) => `cases/${caseId}/chart`, 'case notices': ({ caseId }) => `cases/${caseId}/notices`, 'case bundles': ({ caseId }) => `cases/${caseId}/bundles`, 'case tickets': ({ caseId }) => `cases/${caseId}/tickets`, 'case holds': ({ caseId }) => `cases/${caseId}/holds`,
  notices: () => 'notices?limit=50', 'notice templates': () => 'notice-templates', 'hand-over': ({ account }) => `hand-over?fromId=${account}`,
  activities: () => 'activities?limit=50', 'activities of a week': () => 'activities?from=now-7d&limit=50', 'activities of a kind': () => 'activities?kind=file_copied&limit=50', 'activities of a rare kind': () => 'activities?kind=security_feature_changed&limit=50',
  'activities of an absent kind': () => 'activities?kind=agent_tampered&limit=50', 'activities of a kind in a day': () => `activities?kind=file_renamed&from=${day(21)}T00:00:00Z&to=${day(20)}T00:00:00Z&limit=50`,
  'activities of a device': ({ device }) => `activities?deviceId=${device}&limit=50`, 'activities of a device in a week': ({ device }) => `activities?deviceId=${device}&from=now-14d&to=now-7d&limit=50`, 'activities of a user': ({ user }) => `activities?userId=${user}&limit=50`,
  'scored activities of a user': ({ user }) => `activities?userId=${user}&scope=scored&limit=50`, 'activities of a user by score': ({ user }) => `activities?userId=${user}&sort=-score&limit=50`, 'activities of a user by text': ({ user }) => `activities?userId=${user}&q=forecast&limit=50`, 'activities of an alert': ({ alert }) => `activities?alertId=${alert}&scope=alert&limit=50`,
  users: () => 'users?limit=50', 'users by risk': () => 'users?sort=-riskScore&limit=50', 'users with alerts': () => 'users?openAlerts=true&sort=-riskScore&limit=50', 'users by pseudonym': ({ pseudonym }) => `users?search=${pseudonym}`, 'high-impact users': () => 'users?highImpact=true&limit=50',
  user: ({ user }) => `users/${user}`, 'user chart': ({ user }) => `users/${user}/chart`, 'user chart of a day': ({ user }) => `users/${user}/chart?from=${day(11)}&to=${day(10)}`, 'user profile': ({ user }) => `users/${user}/profile`, 'user chronology': ({ user }) => `users/${user}/chronology`, 'user report': ({ user }) => `users/${user}/report?from=${day(30)}&to=${day(0)}`,
  'user triggers': ({ user }) => `users/${user}/triggers`, 'dismissed activities': ({ user }) => `users/${user}/dismissed-activities`, 'user risk level': ({ user }) => `users/${user}/risk-level`, 'user reports': () => 'user-reports', 'risk levels': () => 'risk-levels?limit=50', 'risk level settings': () => 'risk-levels/settings', 'priority groups': () => 'priority-groups',
  analytics: () => 'analytics?days=30', 'evidence files': ({ user }) => `evidence/files?userId=${user}&limit=50`, holds: () => 'holds',
  devices: () => 'devices?limit=50', 'devices by name': () => 'devices?search=ws77&limit=50', 'devices with a fault': () => 'devices?fault=SILENT&limit=50', 'devices that see less': () => 'devices?seesLess=true&limit=50', device: ({ device }) => `devices/${device}`, 'device faults': () => 'device-faults', 'device tags': () => 'device-tags',
  'fleet notices': () => 'fleet-notices?limit=50', 'group rules': () => 'group-rules', rollouts: () => 'rollouts', 'agent versions': () => 'agent-versions', 'agent upgrades': () => 'agent-upgrades', 'upgrade plan': () => 'groups/default/upgrade-plan', groups: () => 'groups', group: () => 'groups/default', 'rollout plan': () => 'groups/default/rollout-plan', 'agent policies': () => 'agent-policies', 'enrolment codes': () => 'enrolment-codes', 'enrolment requests': () => 'enrolment-requests',
  policies: () => 'policies', policy: ({ policy }) => `policies/${policy}`, 'policy health': ({ policy }) => `policies/${policy}/health`, indicators: () => 'indicators', templates: () => 'templates', 'detection settings': () => 'detection-settings', 'detection defaults': () => 'detection-settings/defaults', sigma: () => 'sigma',
  questions: () => 'questions', exceptions: () => 'exceptions', 'privacy requests': () => 'privacy-requests', 'retention runs': () => 'retention-runs', audit: () => 'audit?limit=50', 'audit facets': () => 'audit/facets', 'audit verified': () => 'audit/verify', 'who looked at': ({ user }) => `audit/who-looked-at?user=${user}`,
  exports: () => 'exports', accounts: () => 'accounts', units: () => 'units', quarantine: () => 'quarantine', connectors: () => 'connectors', tokens: () => 'tokens', 'saved views': () => 'saved-views?resource=alerts', 'share links': () => 'share-links', notifications: () => 'me/notifications', 'signing key': () => 'signing-key',
  settings: () => 'settings',
}

/** Routes that are not in the table above, and why. */
export const notAsked: readonly { readonly route: RegExp; readonly why: string }[] = [
  { route: /^\/(livez|readyz|version|ca\.pem|openapi\.json|metrics)$/, why: 'for machines' },
  { route: /^\/(scim|api\/v1\.0)\//, why: 'for machines' },
  { route: /^\/api\/v1\/(setup|session\/)/, why: 'before there is a session' },
  { route: /^\/api\/v1\/live$/, why: 'a WebSocket' },
  { route: /\/(export|content|preview)$/, why: 'a download, as long as what is downloaded' },
  { route: /^\/api\/v1\/([a-z-]+\/)*settings(\/|$)|\/settings$/, why: 'one row of the settings' },
  { route: /^\/api\/v1\/(evidence|bundles|questions|exceptions|exports|connectors|user-reports|rollouts|accounts|agent-packages|agent-upgrades)\/:/, why: 'about one thing that this installation does not have; a look-up by its key' },
  { route: /^\/api\/v1\/user-reports\/shared\//, why: 'about one thing that this installation does not have; a look-up by its key' },
]
