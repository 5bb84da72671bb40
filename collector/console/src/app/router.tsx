// Every page and its address. A page's code loads when it is first opened.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { AuthGate } from './auth-gate.tsx'
import { CrashPage, NotFoundPage } from './fallback-pages.tsx'
import { parseSearchParams, stringifySearchParams } from './search-params.ts'

const root = createRootRoute({ component: AuthGate, notFoundComponent: NotFoundPage })

const routeTree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: lazyRouteComponent(() => import('../pages/overview/overview-page.tsx'), 'OverviewPage') }),
  createRoute({ getParentRoute: () => root, path: '/alerts', component: lazyRouteComponent(() => import('../pages/alerts/alerts-page.tsx'), 'AlertsPage') }),
  createRoute({ getParentRoute: () => root, path: '/alerts/$alertId', component: lazyRouteComponent(() => import('../pages/alerts/alert-page.tsx'), 'AlertPage') }),
  createRoute({ getParentRoute: () => root, path: '/content', component: lazyRouteComponent(() => import('../pages/content/content-page.tsx'), 'ContentPage') }),
  createRoute({ getParentRoute: () => root, path: '/cases', component: lazyRouteComponent(() => import('../pages/cases/cases-page.tsx'), 'CasesPage') }),
  createRoute({ getParentRoute: () => root, path: '/cases/$caseId', component: lazyRouteComponent(() => import('../pages/cases/case-page.tsx'), 'CasePage') }),
  createRoute({ getParentRoute: () => root, path: '/notices', component: lazyRouteComponent(() => import('../pages/notices/notices-page.tsx'), 'NoticesPage') }),
  createRoute({ getParentRoute: () => root, path: '/users', component: lazyRouteComponent(() => import('../pages/users/users-page.tsx'), 'UsersPage') }),
  createRoute({ getParentRoute: () => root, path: '/users/$userId', component: lazyRouteComponent(() => import('../pages/users/user-page.tsx'), 'UserPage') }),
  createRoute({ getParentRoute: () => root, path: '/reports', component: lazyRouteComponent(() => import('../pages/reports/reports-page.tsx'), 'ReportsPage') }),
  createRoute({ getParentRoute: () => root, path: '/reports/$reportId', component: lazyRouteComponent(() => import('../pages/reports/report-page.tsx'), 'ReportPage') }),
  createRoute({ getParentRoute: () => root, path: '/reports/shared/$token', component: lazyRouteComponent(() => import('../pages/reports/report-page.tsx'), 'SharedReportPage') }),
  createRoute({ getParentRoute: () => root, path: '/devices', component: lazyRouteComponent(() => import('../pages/devices/devices-page.tsx'), 'DevicesPage') }),
  createRoute({ getParentRoute: () => root, path: '/devices/$deviceId', component: lazyRouteComponent(() => import('../pages/devices/device-page.tsx'), 'DevicePage') }),
  createRoute({ getParentRoute: () => root, path: '/rollouts', component: lazyRouteComponent(() => import('../pages/rollouts/rollouts-page.tsx'), 'RolloutsPage') }),
  createRoute({ getParentRoute: () => root, path: '/rollouts/$rolloutId', component: lazyRouteComponent(() => import('../pages/rollouts/rollout-page.tsx'), 'RolloutPage') }),
  createRoute({ getParentRoute: () => root, path: '/agent-versions', component: lazyRouteComponent(() => import('../pages/agent-versions/agent-versions-page.tsx'), 'AgentVersionsPage') }),
  createRoute({ getParentRoute: () => root, path: '/agent-versions/$upgradeId', component: lazyRouteComponent(() => import('../pages/agent-versions/upgrade-page.tsx'), 'UpgradePage') }),
  createRoute({ getParentRoute: () => root, path: '/groups', component: lazyRouteComponent(() => import('../pages/groups/groups-page.tsx'), 'GroupsPage') }),
  createRoute({ getParentRoute: () => root, path: '/groups/$groupName', component: lazyRouteComponent(() => import('../pages/groups/group-page.tsx'), 'GroupPage') }),
  createRoute({ getParentRoute: () => root, path: '/policies', component: lazyRouteComponent(() => import('../pages/policies/policies-page.tsx'), 'PoliciesPage') }),
  createRoute({ getParentRoute: () => root, path: '/policies/new', component: lazyRouteComponent(() => import('../pages/policies/policy-page.tsx'), 'NewPolicyPage') }),
  createRoute({ getParentRoute: () => root, path: '/policies/$policyId', component: lazyRouteComponent(() => import('../pages/policies/policy-page.tsx'), 'PolicyPage') }),
  createRoute({ getParentRoute: () => root, path: '/exceptions', component: lazyRouteComponent(() => import('../pages/exceptions/exceptions-page.tsx'), 'ExceptionsPage') }),
  createRoute({ getParentRoute: () => root, path: '/questions', component: lazyRouteComponent(() => import('../pages/questions/questions-page.tsx'), 'QuestionsPage') }),
  createRoute({ getParentRoute: () => root, path: '/requests', component: lazyRouteComponent(() => import('../pages/audit/requests-page.tsx'), 'RequestsPage') }),
  createRoute({ getParentRoute: () => root, path: '/audit/who-looked-at', component: lazyRouteComponent(() => import('../pages/audit/looks-page.tsx'), 'LooksPage') }),
  createRoute({ getParentRoute: () => root, path: '/settings/privacy', component: lazyRouteComponent(() => import('../pages/settings/privacy-page.tsx'), 'PrivacyPage') }),
  createRoute({ getParentRoute: () => root, path: '/audit', component: lazyRouteComponent(() => import('../pages/audit/audit-page.tsx'), 'AuditPage') }),
  createRoute({ getParentRoute: () => root, path: '/holds', component: lazyRouteComponent(() => import('../pages/escalation/pages.tsx'), 'HoldsPage') }),
  createRoute({ getParentRoute: () => root, path: '/share-links', component: lazyRouteComponent(() => import('../pages/escalation/pages.tsx'), 'ShareLinksPage') }),
  createRoute({ getParentRoute: () => root, path: '/shared/$linkId', component: lazyRouteComponent(() => import('../pages/escalation/pages.tsx'), 'SharedPage') }),
  createRoute({ getParentRoute: () => root, path: '/account', component: lazyRouteComponent(() => import('../pages/account/account-page.tsx'), 'AccountPage') }),
  createRoute({ getParentRoute: () => root, path: '/settings/exports', component: lazyRouteComponent(() => import('../pages/settings/exports-page.tsx'), 'ExportsPage') }),
  createRoute({ getParentRoute: () => root, path: '/settings/access', component: lazyRouteComponent(() => import('../pages/settings/access-page.tsx'), 'AccessPage') }),
  createRoute({ getParentRoute: () => root, path: '/settings/all', component: lazyRouteComponent(() => import('../pages/settings/all-settings-page.tsx'), 'AllSettingsPage') }),
  createRoute({ getParentRoute: () => root, path: '/settings/system', component: lazyRouteComponent(() => import('../pages/settings/system-page.tsx'), 'SystemPage') }),
  createRoute({ getParentRoute: () => root, path: '/settings', component: lazyRouteComponent(() => import('../pages/settings/settings-page.tsx'), 'SettingsPage') }),
])

export const createConsoleRouter = (options: Partial<Pick<Parameters<typeof createRouter>[0], 'history'>> = {}) =>
  createRouter({ routeTree, defaultPreload: 'intent', parseSearch: parseSearchParams, stringifySearch: stringifySearchParams, scrollRestoration: true, defaultErrorComponent: CrashPage, ...options })
