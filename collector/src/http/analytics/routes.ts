import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Analysis } from '../../analysis/analysis.ts'
import { appendAudit } from '../../audit/chain.ts'
import { analyse } from '../../domain/analytics/analytics.ts'
import { templateById } from '../../domain/policies/templates.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import { ANALYTICS_SETTING } from '../../fleet/groups.ts'
import type { StoreReader } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf } from '../guard.ts'
import { AnalyticsQuery, AnalyticsSwitch, AnalyticsView } from './schema.ts'

const LEAST_DAYS = 10
const MOST_DAYS = 90

export const analyticsEnabled = async (store: StoreReader): Promise<boolean> => (await store.setting(ANALYTICS_SETTING)) === 'on'

export const analyticsRoutes = (deps: HttpDeps, analysis: Analysis): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps

  app.get('/api/v1/analytics', { schema: { tags: ['analytics'], summary: 'Shares of users by kind of risk, without names and without any policy; the window grows from 10 to 90 days.', querystring: AnalyticsQuery, response: { 200: AnalyticsView } } }, async (request) => {
    const ten = await analysis.busiest.of(LEAST_DAYS)
    const observedDays = ten.firstDay === undefined ? 0 : dayOf(deps.now()) - ten.firstDay + 1
    const days = request.query.days ?? Math.min(MOST_DAYS, Math.max(LEAST_DAYS, observedDays))
    const { users } = days === LEAST_DAYS ? ten : await analysis.busiest.of(days)
    const found = analyse(users)
    return {
      enabled: await analyticsEnabled(store), days, observedDays, isGrowing: observedDays < MOST_DAYS, users: found.users, kinds: found.kinds.map((row) => ({ ...row })), topIndicators: found.topIndicators.map((row) => ({ ...row })),
      recommended: { ...found.recommended, templateName: templateById(found.recommended.template)?.name ?? found.recommended.template, thresholds: { ...found.recommended.thresholds } },
    }
  })

  app.put('/api/v1/analytics', { schema: { tags: ['analytics'], summary: 'Whether devices report everything that indicators count, also what no policy needs.', body: AnalyticsSwitch, response: { 200: AnalyticsSwitch } } }, async (request) => {
    const { enabled } = request.body
    const groups = await store.write(async (tx) => {
      await tx.saveSetting(ANALYTICS_SETTING, enabled ? 'on' : 'off')
      await appendAudit(tx, { actor: principalOf(request).actor, action: enabled ? 'analytics.switched_on' : 'analytics.switched_off', targetKind: 'settings', targetId: 'analytics', atMs: deps.now() })
      return (await deps.fleet.compilePolicies(tx)).map((revision) => revision.group)
    })
    await deps.fleet.pushPolicies(groups)
    return { enabled }
  })
}
