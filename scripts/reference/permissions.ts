import { permissions, type Permission, ROLE_NAMES, roles } from '@holdfast/collector/access/permissions.ts'
import { routeRules } from '@holdfast/collector/access/routes.ts'
import { topics } from '@holdfast/collector/http/live/hub.ts'
import { code, note, table } from './markdown.ts'

const holds = (role: (typeof ROLE_NAMES)[number], permission: string): boolean => (roles[role] as readonly Permission[]).some((held) => held === permission)

const ruleText = (rule: string): string => (rule === 'public' ? 'nobody need sign in' : rule === 'session' ? 'any account' : rule.startsWith('loopback or ') ? `this machine, or ${code(rule.slice('loopback or '.length))}` : code(rule))

export const permissionsPage = (): string =>
  [
    note('collector/src/access/'),
    '# Roles and permissions\n\nDuties are apart: an administrator runs the system and does not read alerts, an analyst sees pseudonyms, an investigator may reveal a name with a reason, an auditor sees the audit log and nothing else. An account may have several roles; their permissions add up.\n\n',
    table(['permission', 'allows', ...ROLE_NAMES], Object.entries(permissions).map(([name, doc]) => [code(name), doc, ...ROLE_NAMES.map((role) => (holds(role, name) ? 'yes' : ''))])),
    '\n## Routes\n\nA route that is not in this table does not start. The command line on the collector’s own machine acts with every role, under the name of the system account.\n\n',
    table(['route', 'asks for'], Object.entries(routeRules).map(([route, rule]) => [code(route), ruleText(rule)])),
    '\n## Live announcements\n\n',
    table(['topic', 'heard with'], Object.entries(topics).map(([topic, permission]) => [code(topic), code(permission)])),
  ].join('')
