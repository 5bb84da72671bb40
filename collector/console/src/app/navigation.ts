import { IconActivityHeartbeat, IconAlertTriangle, IconBriefcase, IconChecklist, IconDeviceLaptop, IconEye, IconFileSearch, IconHistory, IconMail, IconMessageQuestion, IconPackage, IconPlug, IconReportAnalytics, IconRocket, IconSettings, IconShieldCheck, IconUsers } from '@tabler/icons-react'
import type { Permission } from './permissions.ts'

/** The main menu, in the order of a day's work. */
export const navigation = [
  { to: '/', key: 'overview', icon: IconActivityHeartbeat, permission: 'overview.read' },
  { to: '/alerts', key: 'alerts', icon: IconAlertTriangle, permission: 'alert.read' },
  { to: '/cases', key: 'cases', icon: IconBriefcase, permission: 'case.contribute' },
  { to: '/content', key: 'content', icon: IconFileSearch, permission: 'evidence.read' },
  { to: '/users', key: 'users', icon: IconUsers, permission: 'user.read' },
  { to: '/reports', key: 'reports', icon: IconReportAnalytics, permission: 'user.report' },
  { to: '/devices', key: 'devices', icon: IconDeviceLaptop, permission: 'device.read' },
  { to: '/groups', key: 'groups', icon: IconEye, permission: 'device.read' },
  { to: '/rollouts', key: 'rollouts', icon: IconRocket, permission: 'device.read' },
  { to: '/agent-versions', key: 'agentVersions', icon: IconPackage, permission: 'device.read' },
  { to: '/policies', key: 'policies', icon: IconShieldCheck, permission: 'policy.read' },
  { to: '/requests', key: 'requests', icon: IconChecklist, permission: 'privacy.approve' },
  { to: '/exceptions', key: 'exceptions', icon: IconPlug, permission: 'exception.decide' },
  { to: '/questions', key: 'questions', icon: IconMessageQuestion, permission: 'question.read' },
  { to: '/notices', key: 'notices', icon: IconMail, permission: 'case.contribute' },
  { to: '/audit', key: 'audit', icon: IconHistory, permission: 'audit.read' },
  { to: '/settings', key: 'settings', icon: IconSettings, permission: undefined },
] as const satisfies readonly { readonly to: string; readonly key: string; readonly icon: unknown; readonly permission: Permission | undefined }[]
