// The whole HTTP application, built without listening, so that tests and the command line can inject requests.
import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import websocket from '@fastify/websocket'
import fastify, { type FastifyInstance, type FastifyReply, LogController } from 'fastify'
import { createAnalysis } from '../analysis/analysis.ts'
import { createSealer } from '../access/seal.ts'
import { accessRoutes } from './access/routes.ts'
import { scimAccountRoutes } from './access/scim-account-routes.ts'
import { ownAccountRoutes } from './accounts/own-routes.ts'
import { accountRoutes } from './accounts/routes.ts'
import { activityRoutes } from './activities/routes.ts'
import { alertRoutes } from './alerts/routes.ts'
import { tuningRoutes } from './alerts/tuning-routes.ts'
import { whatIfRoutes } from './alerts/what-if-routes.ts'
import { analyticsRoutes } from './analytics/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { auditTargetRoutes } from './audit/target-routes.ts'
import { createPeople } from '../privacy/people.ts'
import { createRetention } from '../privacy/retention.ts'
import { installAnswers } from './privacy/answers.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { caseRecordRoutes } from './cases/record-routes.ts'
import { caseRoutes } from './cases/routes.ts'
import { bundleRoutes } from './escalation/bundle-routes.ts'
import { handOverRoutes } from './escalation/hand-over-routes.ts'
import { ticketRoutes } from './escalation/ticket-routes.ts'
import { holdRoutes } from './holds/routes.ts'
import { shareRoutes } from './share/routes.ts'
import { connectorRoutes } from './connectors/routes.ts'
import { scimRoutes } from './connectors/scim-routes.ts'
import { tokenRoutes } from './connectors/token-routes.ts'
import { CodedError } from '../errors.ts'
import type { HttpDeps } from './context.ts'
import { detectionRoutes } from './detection/routes.ts'
import { agentVersionRoutes } from './agent-versions/routes.ts'
import { deviceCareRoutes } from './devices/care-routes.ts'
import { deviceRoutes } from './devices/routes.ts'
import { rolloutRoutes } from './rollouts/routes.ts'
import { doctorRoutes } from './doctor/routes.ts'
import { enrolmentRoutes } from './enrolment/routes.ts'
import { answerProblem, installErrorResponse } from './error-response.ts'
import { installGuard } from './guard.ts'
import { readMediaAllowances } from '../fleet/allowed-media.ts'
import { openDetection } from '../ingest/detection.ts'
import { questionRoutes } from './questions/routes.ts'
import { exceptionRoutes } from './exceptions/routes.ts'
import { evidenceRoutes } from './evidence/routes.ts'
import { feedRoutes } from './exports/feed-routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { liveRoutes } from './live/routes.ts'
import { noticeRoutes } from './notices/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { overviewRoutes } from './overview/routes.ts'
import { installHeaders, installPages, newNonce, securityHeaders } from './pages.ts'
import { policyRoutes } from './policies/routes.ts'
import { priorityGroupRoutes } from './priority-groups/routes.ts'
import { quarantineRoutes } from './quarantine/routes.ts'
import { riskLevelRoutes } from './risk-levels/routes.ts'
import { settingRoutes } from './settings/routes.ts'
import { savedViewRoutes } from './saved-views/routes.ts'
import { oidcRoutes, openOidc } from './sessions/oidc-routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { createReportJobs, type ReportJobs } from '../analysis/report-jobs.ts'
import { personRoutes } from './users/person-routes.ts'
import { storedReportRoutes } from './users/stored-report-routes.ts'
import { userReportRoutes } from './users/report-routes.ts'
import { userRoutes } from './users/routes.ts'
import { compileValidator } from './validation.ts'

const BODY_LIMIT = 1024 * 1024
const REQUEST_TIMEOUT_MS = 30_000

/** Reports of a process that does nothing in the background: begun when they are asked for, finished before it ends. */
function ownReports(app: FastifyInstance, deps: HttpDeps): ReportJobs {
  const jobs = createReportJobs({ store: deps.store, detection: () => deps.detection.compiled, now: deps.now })
  let last: Promise<unknown> = Promise.resolve()
  app.addHook('onClose', async () => void (await last))
  return { ...jobs, wake: () => void (last = last.then(() => jobs.drain()).catch(() => {})) }
}

/** Without `detection` the settings are read from the store: a process that counts nothing shares them with nobody. */
export async function buildApp(given: Omit<HttpDeps, 'detection'> & Partial<Pick<HttpDeps, 'detection'>>): Promise<FastifyInstance> {
  const deps: HttpDeps = { ...given, detection: given.detection ?? (await openDetection(given.store, readMediaAllowances)) }
  const app = fastify({
    ...(deps.https === undefined ? {} : { https: deps.https }),
    ...(deps.log === undefined ? { logger: false } : { loggerInstance: deps.log as never }),
    logController: new LogController({ disableRequestLogging: true }), bodyLimit: BODY_LIMIT, requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: 0, trustProxy: false, genReqId: () => crypto.randomUUID(), forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => void answerProblem(error, request, (reply as never as FastifyReply).headers(securityHeaders(request.url, newNonce()))),
  }) as unknown as FastifyInstance
  app.setValidatorCompiler(compileValidator as never)
  installErrorResponse(app)
  installHeaders(app)
  await app.register(cookie)
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: 'Holdfast', version: deps.version, description: 'Every screen of the console as JSON. Errors are application/problem+json with a stable code.' } } })
  await app.register(swaggerUi, { routePrefix: '/docs' })
  await app.register(websocket, { options: { maxPayload: 4096 } })
  installGuard(app, deps)
  const people = deps.people ?? createPeople(deps.store)
  installAnswers(app, deps, people)

  app.get('/livez', { schema: { hide: true } }, async () => ({ ok: true }))
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const parts = { store: await deps.store.setting('readyz').then(() => true, () => false), bus: deps.bus?.connected ?? false, draining: deps.draining() }
    return reply.code(parts.store && parts.bus && !parts.draining ? 200 : 503).send(parts)
  })
  app.get('/version', { schema: { hide: true } }, async () => ({ name: 'holdfast', version: deps.version }))
  app.get('/ca.pem', { schema: { hide: true } }, async (_request, reply) => reply.type('application/x-pem-file').send(deps.caPem))
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    if (deps.metrics === undefined) throw new CodedError('NOT_FOUND', { what: 'resource' })
    return reply.type(deps.metrics.contentType).send(await deps.metrics.text())
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    deps.metrics?.httpAnswered(request.method, route, reply.statusCode, reply.elapsedTime / 1000)
    const { traceparent } = request.headers
    deps.tracing?.record({
      name: `${request.method} ${route}`, kind: 'server', startedAtMs: Date.now() - reply.elapsedTime, endedAtMs: Date.now(), ok: reply.statusCode < 500, attributes: { 'http.request.method': request.method, 'http.route': route, 'http.response.status_code': reply.statusCode },
      ...(typeof traceparent === 'string' ? { traceparent } : {}),
    })
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())

  const sealer = createSealer(deps.sealKey ?? randomBytes(32))
  const { oidc, exit } = openOidc(deps, sealer)
  await app.register(sessionRoutes(deps, sealer, exit))
  await app.register(oidcRoutes(deps, sealer, oidc))
  await app.register(accountRoutes(deps))
  await app.register(ownAccountRoutes(deps, sealer))
  await app.register(accessRoutes(deps, sealer, oidc))
  const analysis = deps.analysis ?? createAnalysis({
    store: deps.store, now: deps.now, healthOf: (device) => deps.fleet.healthOf(device, undefined, deps.now()).health, variants: () => new Set(deps.detection.stored.settings.variants.map(({ indicator, id }) => `${indicator}#${id}`)),
    onLevel: ({ userId, level }) => deps.live.publish({ topic: 'user.risk_level', userId, level }),
    ...(deps.evaluation === undefined ? {} : { population: deps.evaluation.population }), ...(deps.riskLevels === undefined ? {} : { riskLevels: deps.riskLevels }),
  })
  await app.register(overviewRoutes(deps, analysis))
  await app.register(alertRoutes(deps))
  await app.register(whatIfRoutes(deps, analysis))
  await app.register(tuningRoutes(deps, analysis))
  await app.register(savedViewRoutes(deps))
  await app.register(caseRoutes(deps))
  await app.register(caseRecordRoutes(deps))
  await app.register(bundleRoutes(deps))
  await app.register(ticketRoutes(deps, sealer))
  await app.register(handOverRoutes(deps))
  await app.register(holdRoutes(deps))
  await app.register(shareRoutes(deps))
  await app.register(noticeRoutes(deps))
  await app.register(notificationRoutes(deps, sealer))
  await app.register(activityRoutes(deps))
  await app.register(userRoutes(deps))
  await app.register(userReportRoutes(deps, analysis))
  await app.register(personRoutes(deps))
  await app.register(storedReportRoutes(deps, deps.reports ?? ownReports(app, deps)))
  await app.register(riskLevelRoutes(deps, analysis))
  await app.register(priorityGroupRoutes(deps, analysis))
  await app.register(analyticsRoutes(deps, analysis))
  await app.register(evidenceRoutes(deps))
  await app.register(deviceRoutes(deps))
  await app.register(rolloutRoutes(deps))
  await app.register(agentVersionRoutes(deps))
  await app.register(deviceCareRoutes(deps))
  await app.register(detectionRoutes(deps))
  await app.register(enrolmentRoutes(deps))
  await app.register(policyRoutes(deps, analysis))
  await app.register(auditRoutes(deps))
  await app.register(auditTargetRoutes(deps, sealer))
  await app.register(privacyRoutes(deps, deps.retention ?? createRetention({ store: deps.store, now: deps.now, ...(deps.installationKey === undefined ? {} : { key: deps.installationKey }) })))
  await app.register(exceptionRoutes(deps))
  await app.register(questionRoutes(deps))
  await app.register(exportRoutes(deps, sealer))
  await app.register(feedRoutes(deps))
  await app.register(doctorRoutes(deps))
  await app.register(settingRoutes(deps))
  await app.register(quarantineRoutes(deps))
  await app.register(connectorRoutes(deps))
  await app.register(tokenRoutes(deps))
  await app.register(scimRoutes(deps))
  await app.register(scimAccountRoutes(deps))
  await app.register(async (scope) => liveRoutes(scope, deps))
  await installPages(app, deps)
  return app
}
