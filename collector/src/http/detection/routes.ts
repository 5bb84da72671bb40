import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { defaultExclusions } from '../../domain/exclusions/default-exclusions.ts'
import { readSettings } from '../../domain/exclusions/read-settings.ts'
import { type DetectionSettings, LIMITS } from '../../domain/exclusions/settings.ts'
import type { DetectionSettingsDocument } from '../../domain/exclusions/settings-schema.ts'
import { unwantedApplications } from '../../domain/risk/unwanted-applications.ts'
import { CodedError } from '../../errors.ts'
import { compileStored, readDetection, saveDetection, type StoredDetection } from '../../ingest/detection.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { DetectionDefaults, DetectionTest, DetectionVerdict, DetectionView } from './schema.ts'
import { casesOf, tryOut } from './try-out.ts'

/** Checked settings of a body. @throws DETECTION_INVALID naming list, entry and reason */
function settingsOf(value: unknown): DetectionSettings {
  const read = readSettings(value)
  if ('problems' in read) throw new InvalidRequest(read.problems, 'DETECTION_INVALID')
  return read.settings
}

const present = ({ version, updatedAtMs, settings }: StoredDetection): DetectionView => ({ version, ...(updatedAtMs === undefined ? {} : { updatedAt: new Date(updatedAtMs).toISOString() }), settings: settings as unknown as DetectionSettingsDocument })

export const detectionRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store, detection } = deps
  const tags = ['detection']

  app.get('/api/v1/detection-settings', { schema: { tags, summary: 'Exclusions, domains, groups and variants in force.', response: { 200: DetectionView } } }, async (_request, reply) => {
    const stored = await readDetection(store)
    void reply.header('etag', `"${stored.version}"`)
    return present(stored)
  })

  app.get('/api/v1/detection-settings/defaults', { schema: { tags, summary: 'Default exclusions, classes of applications and limits.', response: { 200: DetectionDefaults } } }, async () => {
    const off = new Set((await readDetection(store)).settings.defaultExclusionsOff)
    return {
      limits: LIMITS, exclusions: defaultExclusions.map(({ id, system, paths, why }) => ({ id, system, paths: [...paths], why, on: !off.has(id) })),
      applicationClasses: Object.entries(unwantedApplications).map(([name, { summary, severity, source }]) => ({ class: name, summary, severity, source })),
    }
  })

  app.put('/api/v1/detection-settings', { schema: { tags, summary: 'Change the settings; what is counted from now on is counted under them. If-Match guards against a change meanwhile.', body: Type.Unknown(), response: { 200: DetectionView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const settings = settingsOf(request.body)
    const wanted = request.headers['if-match']
    const stored = await store.write(async (tx) => {
      const before = await readDetection(tx)
      if (wanted !== undefined && wanted !== '*' && wanted.replace(/^W\//, '') !== `"${before.version}"`) throw new CodedError('REVISION_CONFLICT')
      const next = await saveDetection(tx, settings, deps.now())
      await appendAudit(tx, { actor, action: 'detection.changed', targetKind: 'detection', targetId: String(next.version), detail: { before: before.settings, after: settings }, atMs: deps.now() })
      return next
    })
    await detection.reload()
    void reply.header('etag', `"${stored.version}"`)
    return present(stored)
  })

  app.post('/api/v1/detection-settings/test', { schema: { tags, summary: 'What the settings, or a draft, say of an activity, a path, a domain or an application.', body: DetectionTest, response: { 200: DetectionVerdict } } }, async (request) => {
    const cases = casesOf(request.body, deps.now())
    if (request.body.settings === undefined) return tryOut(cases, detection.compiled, detection.stored.settings, detection.allowances)
    const settings = settingsOf(request.body.settings)
    return tryOut(cases, await compileStored(store, settings, detection.allowances), settings, detection.allowances)
  })
}
