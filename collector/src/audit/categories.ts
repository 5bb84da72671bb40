// What an action belongs to, by its first word. A new action falls under `other` until it has a row here.

export const auditCategories = {
  alerts: ['alert', 'alerts'],
  cases: ['case', 'cases', 'case_settings'],
  users: ['user', 'users', 'activity', 'activities', 'risk_level', 'risk_levels', 'report', 'reports', 'user_reports'],
  policies: ['policy', 'policies', 'detection', 'priority_group', 'priority_groups', 'analytics', 'quick_policy'],
  notices: ['notice', 'notices', 'notice_template', 'notification', 'notifications', 'mail'],
  evidence: ['evidence', 'content', 'custody', 'hold'],
  exports: ['export', 'exports', 'share', 'ticket', 'target', 'siem', 'bundle', 'feed'],
  privacy: ['privacy', 'retention', 'erasure', 'exception'],
  settings: ['settings', 'installation', 'backup', 'key', 'group', 'groups', 'saved_view', 'view'],
  devices: ['rollout', 'agent_package', 'agent_upgrade', 'device', 'devices', 'fleet', 'group_rules', 'enrolment', 'enrolment_code', 'enrolment_request', 'quarantine', 'overview', 'question'],
  connectors: ['connector', 'connectors', 'import', 'scim', 'token', 'api_token'],
  accounts: ['account', 'accounts', 'session', 'sessions', 'access', 'unit', 'units', 'passkey', 'totp', 'sso', 'second_factor'],
  audit: ['audit'],
} as const satisfies Record<string, readonly string[]>

export type AuditCategory = keyof typeof auditCategories | 'other'
export const AUDIT_CATEGORIES = [...Object.keys(auditCategories), 'other'] as readonly AuditCategory[]

const byWord = new Map<string, AuditCategory>(Object.entries(auditCategories).flatMap(([category, words]) => words.map((word) => [word, category as AuditCategory] as const)))

export const categoryOf = (action: string): AuditCategory => byWord.get(action.split('.')[0] ?? '') ?? 'other'
/** First words of the categories' actions; `other` has none, and is left to who reads. */
export const wordsOf = (categories: readonly AuditCategory[]): readonly string[] => categories.flatMap((category) => (category === 'other' ? [] : [...auditCategories[category]]))
