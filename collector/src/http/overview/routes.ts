import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { alertStatistics } from '../alerts/routes.ts'
import type { HttpDeps } from '../context.ts'
import { viewDevice } from '../devices/routes.ts'
import { Overview } from './schema.ts'

const DEVICES_LOOKED_AT = 500

export const overviewRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  app.get('/api/v1/overview', { schema: { tags: ['overview'], summary: 'What wants attention, and what is left to set up.', response: { 200: Overview } } }, async () => {
    const [alerts, devicePage, activities, users, quarantined, policies, accounts, codes] = await Promise.all([
      alertStatistics(deps), store.devices({ limit: DEVICES_LOOKED_AT }), store.activityCount(), store.users({ limit: 1 }), store.quarantined({ limit: 1 }), store.policies(), store.accounts(), store.enrolmentCodes(),
    ])
    const views = await Promise.all(devicePage.items.map(async (device) => (await viewDevice(deps, device)).view))
    const count = (health: string) => views.filter((view) => view.health === health).length
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
      ],
    }
  })
}
