import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { alertStatistics } from '../alerts/routes.ts'
import type { Analysis } from '../../analysis/analysis.ts'
import { policyHealth } from '../../domain/policies/health.ts'
import { analyticsEnabled } from '../analytics/routes.ts'
import type { HttpDeps } from '../context.ts'
import { groupsSeen, visibleOf } from '../guard.ts'
import { viewDevice } from '../devices/routes.ts'
import { Overview } from './schema.ts'

const DEVICES_LOOKED_AT = 500
const RUNS_LOOKED_AT = 500

export const overviewRoutes = (deps: HttpDeps, analysis: Analysis): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  app.get('/api/v1/overview', { schema: { tags: ['overview'], summary: 'What wants attention, and what is left to set up.', response: { 200: Overview } } }, async (request) => {
    const seen = visibleOf(request)
    const [alerts, devicePage, activities, users, quarantined, policies, accounts, codes] = await Promise.all([
      alertStatistics(deps, seen.visible), store.devices({ limit: DEVICES_LOOKED_AT, ...groupsSeen(request) }), store.activityCount(), store.users({ limit: 1, ...seen }), store.quarantined({ limit: 1 }), store.policies(), store.accounts(), store.enrolmentCodes(),
    ])
    const views = await Promise.all(devicePage.items.map(async (device) => (await viewDevice(deps, device)).view))
    const count = (health: string) => views.filter((view) => view.health === health).length
    const [groups, runs, analytics, facts, looked] = await Promise.all([
      store.priorityGroups(), store.connectorRuns(undefined, RUNS_LOOKED_AT), analyticsEnabled(store), analysis.facts.all(), store.auditEntries({ limit: 1, action: 'policy.previewed' }),
    ])
    const imported = (connector: string): boolean => runs.some((run) => run.connector === connector && run.outcome === 'done')
    const warnings = [...facts.values()].filter((one) => policyHealth(one).status === 'warnings').length
    const on = policies.filter((policy) => policy.status === 'on')
    const waitsForHr = on.some((policy) => policy.triggerEvents.some((kind) => kind.startsWith('hr_')))
    const decided = alerts.counts.some((row) => row.status !== 'needs_review' && row.count > 0)
    return {
      alerts,
      devices: { healthy: count('healthy'), degraded: count('degraded'), offline: count('offline'), neverSeen: count('never_seen'), behindPolicy: views.filter((view) => view.policy.state === 'behind' || view.policy.state === 'refused').length, unexplainedGaps: views.filter((view) => view.unexplained > 0).length },
      activities, users: users.total ?? 0, quarantined: quarantined.total ?? 0,
      checklist: [
        { id: 'account', title: 'Make the first account', done: accounts.length > 0, required: true, link: '/settings' },
        { id: 'duties', title: 'Give duties to separate people', done: accounts.length > 1, required: false, link: '/settings' },
        { id: 'policy', title: 'Switch a policy on', done: policies.some((policy) => policy.status === 'on'), required: true, link: '/policies' },
        { id: 'code', title: 'Make an enrolment code', done: codes.length > 0, required: true, link: '/devices?add=1' },
        { id: 'device', title: 'Enrol the first device', done: devicePage.items.length > 0, required: true, link: '/devices?add=1' },
        { id: 'data', title: 'See the first activity arrive', done: activities > 0, required: true, link: '/devices' },
        { id: 'decision', title: 'Decide on the first alert', done: decided, required: false, link: '/alerts' },
        { id: 'analytics', title: 'Look what analytics says, or switch it on', done: analytics || on.length > 0, required: false, link: '/' },
        { id: 'hr', title: 'Import HR events, so that leavers are seen in time', done: imported('hr'), required: waitsForHr, link: '/policies' },
        { id: 'directory', title: 'Import people and their departments, so that peers can be compared', done: imported('directory'), required: false, link: '/users' },
        { id: 'priority_group', title: 'Name the people whose activity matters most', done: groups.some((group) => group.members.length > 0), required: on.some((policy) => policy.template.endsWith('priority_users')), link: '/policies' },
        { id: 'exclusions', title: 'Say what is noise here: exclusions and domains', done: deps.detection.stored.version > 0, required: false, link: '/policies' },
        { id: 'preview', title: 'Preview a policy before it is on', done: looked.items.length > 0, required: false, link: '/policies' },
        { id: 'health', title: 'Solve what keeps policies from finding anything', done: on.length > 0 && warnings === 0, required: false, link: '/policies' },
      ],
    }
  })
}
