import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type, { type Static } from 'typebox'
import type { Analysis } from '../../analysis/analysis.ts'
import { appendAudit } from '../../audit/chain.ts'
import type { RiskLevelSettings } from '../../domain/adaptive/risk-level.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf, visibleOf } from '../guard.ts'
import { lookUp } from '../look-up.ts'
import { Page, PageQuery, Severity } from '../primitives.ts'
import { presentRiskLevel } from '../users/report-routes.ts'
import { RiskLevelView } from '../users/report-schema.ts'

const Counted = Type.Object({ severity: Severity, count: Type.Integer({ minimum: 1, maximum: 100 }) }, { additionalProperties: false })
const Rule = Type.Object({
  alert: Type.Optional(Severity), confirmed: Type.Optional(Counted), insights: Type.Optional(Counted), sequences: Type.Optional(Counted),
}, { additionalProperties: false, description: 'Any of the conditions suffices: an alert of a severity, confirmed alerts, exfiltration days, sequences in alerts.' })
export const RiskLevelSettingsView = Type.Object({
  enabled: Type.Boolean(), windowDays: Type.Integer({ minimum: 5, maximum: 30 }), lifeDays: Type.Integer({ minimum: 5, maximum: 30 }), resetOnDismissal: Type.Boolean(),
  rules: Type.Object({ elevated: Rule, moderate: Rule, minor: Rule }, { additionalProperties: false }),
}, { additionalProperties: false })
export type RiskLevelSettingsView = Static<typeof RiskLevelSettingsView>
const Query = Type.Object({ ...PageQuery, level: Type.Optional(Type.Array(Type.Union([Type.Literal('minor'), Type.Literal('moderate'), Type.Literal('elevated')]))) }, { additionalProperties: false })

export const riskLevelRoutes = (deps: HttpDeps, { riskLevels }: Analysis): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['users']

  app.get('/api/v1/risk-levels', { schema: { tags, summary: 'Users who have a risk level, the highest first.', querystring: Query, response: { 200: Page(RiskLevelView) } } }, async (request) => {
    const { limit = 50, cursor, level } = request.query
    const page = await store.riskLevels({ limit, ...visibleOf(request), ...(cursor === undefined ? {} : { cursor }), ...(level === undefined ? {} : { levels: level }) })
    const { users } = await lookUp(store, page.items.map((state) => state.userId))
    return { items: page.items.map((state) => presentRiskLevel(users.get(state.userId), state.userId, state)), ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
  })

  app.get('/api/v1/risk-levels/settings', { schema: { tags, summary: 'What makes a level, and how long it lasts.', response: { 200: RiskLevelSettingsView } } }, async () => (await riskLevels.settings()) as RiskLevelSettingsView)

  app.put('/api/v1/risk-levels/settings', { schema: { tags, summary: 'Change the rules; levels follow at the next look at each user.', body: RiskLevelSettingsView, response: { 200: RiskLevelSettingsView } } }, async (request) => {
    const settings = request.body as RiskLevelSettings
    await store.write(async (tx) => {
      const before = await riskLevels.settings(tx)
      await riskLevels.saveSettings(tx, settings)
      await tx.markAllUsers()
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'risk_levels.changed', targetKind: 'settings', targetId: 'risk_levels', detail: { before, after: settings }, atMs: deps.now() })
    })
    deps.evaluation?.wake()
    return request.body
  })
}
