import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { connectorHealth } from '../../connectors/health.ts'
import { type ImportReport, ImportRefused, SettingsRefused, settingsKey } from '../../connectors/imports.ts'
import { checkSettings, CONNECTOR_IDS, type ConnectorId, connectors as rows, isConnectorId } from '../../connectors/registry.ts'
import { CodedError } from '../../errors.ts'
import type { ConnectorRun } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { assertScope, principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { ConnectorRunView, ConnectorView, ImportQuery, ImportView } from './schema.ts'
import { withUpload } from './spool.ts'

const Params = Type.Object({ id: Id })
/** Enough to find the last good one behind a row of refused ones. */
const RUNS_LOOKED_AT = 50
const SettingsBody = Type.Record(Type.String(), Type.Unknown())

const iso = (ms: number): string => new Date(ms).toISOString()
const presentRun = ({ id, atMs, actorId, connector: _connector, ...run }: ConnectorRun): ConnectorRunView => ({ id, at: iso(atMs), by: actorId, ...run })

const presentReport = ({ connector, dryRun, runId, totals, problemCount, problems, changes }: ImportReport): ImportView => ({
  connector, dryRun, ...(runId === undefined ? {} : { runId }), totals, problemCount, problems: problems.map(({ line, problem }) => ({ line, problem })), changes: changes.map((change) => ({ ...change, fields: [...change.fields] })),
})

/** The connector of a path, when the asker may use it. @throws NOT_FOUND, CONNECTOR_SCOPE */
function connectorOf(request: FastifyRequest<{ Params: { readonly id: string } }>): ConnectorId {
  const { id } = request.params
  if (!isConnectorId(id)) throw new CodedError('NOT_FOUND', { what: 'connector' })
  assertScope(request, id)
  return id
}

function readSettings(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>
  } catch {
    // Told below, as every other wrong form.
  }
  throw new InvalidRequest([{ pointer: '/querystring/settings', detail: 'must be a JSON object' }])
}

/** What connectors refuse, in the words of the API. */
function translate(error: unknown): unknown {
  if (error instanceof ImportRefused) return new InvalidRequest(error.problems.map(({ line, problem }) => ({ pointer: `/lines/${line}`, detail: problem })), 'CONNECTOR_FILE_INVALID', Number(error.parameters['count'] ?? 0))
  if (error instanceof SettingsRefused) return new InvalidRequest(error.fields.map(({ pointer, detail }) => ({ pointer: `/settings${pointer}`, detail })))
  return error
}

export const connectorRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store, connectors } = deps

  app.get('/api/v1/connectors', { schema: { tags: ['connectors'], summary: 'Connectors and whether they still bring something.', response: { 200: Type.Object({ items: Type.Array(ConnectorView) }) } } }, async (request) => {
    const { scopes } = principalOf(request)
    const items = await Promise.all(CONNECTOR_IDS.filter((id) => scopes === undefined || scopes.includes(id)).map(async (id): Promise<ConnectorView> => {
      const runs = await store.connectorRuns(id, RUNS_LOOKED_AT)
      const health = connectorHealth(id, runs, deps.now())
      const { title, summary, maxBytes } = rows[id]
      return {
        id, title, summary, maxBytes, state: health.state, ...(health.lastDoneAtMs === undefined ? {} : { lastDoneAt: iso(health.lastDoneAtMs) }), ...(health.warning === undefined ? {} : { warning: health.warning }),
        ...(runs[0] === undefined ? {} : { lastRun: presentRun(runs[0]) }),
      }
    }))
    return { items }
  })

  app.get('/api/v1/connectors/:id/runs', { schema: { tags: ['connectors'], summary: 'Imports of a connector, newest first.', params: Params, querystring: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }, { additionalProperties: false }), response: { 200: Type.Object({ items: Type.Array(ConnectorRunView) }) } } },
    async (request) => ({ items: (await store.connectorRuns(connectorOf(request), request.query.limit ?? RUNS_LOOKED_AT)).map(presentRun) }))

  app.get('/api/v1/connectors/:id/settings', { schema: { tags: ['connectors'], summary: 'Columns and rules of a connector.', params: Params, response: { 200: SettingsBody } } }, async (request) => connectors.settings(connectorOf(request)))

  app.put('/api/v1/connectors/:id/settings', { schema: { tags: ['connectors'], summary: 'Replace columns and rules of a connector.', params: Params, body: SettingsBody, response: { 200: SettingsBody } } }, async (request) => {
    const id = connectorOf(request)
    // A token brings files; what they mean, a person decides.
    if (principalOf(request).scopes !== undefined) throw new CodedError('NOT_ALLOWED')
    const wrong = checkSettings(id, request.body, deps.now())
    if (wrong.length > 0) throw new InvalidRequest(wrong.map(({ pointer, detail }) => ({ pointer: `/body${pointer}`, detail })))
    await store.write(async (tx) => {
      const before = await tx.setting(settingsKey(id))
      await tx.saveSetting(settingsKey(id), JSON.stringify(request.body))
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'connector.configured', targetKind: 'connector', targetId: id, detail: { before: before === undefined ? {} : JSON.parse(before) as unknown, after: request.body }, atMs: deps.now() })
    })
    return request.body
  })

  await app.register(async (scope) => {
    // Files of any type, as they come; nothing is held in memory.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.post('/api/v1/connectors/:id/imports', { schema: { tags: ['connectors'], summary: 'Import a file: all of it, or nothing.', params: Params, querystring: ImportQuery, response: { 200: ImportView } } }, async (request) => {
      const id = connectorOf(request as FastifyRequest<{ Params: { readonly id: string } }>)
      const { settings: text, ...options } = request.query as ImportQuery
      const settings = readSettings(text)
      const { actor } = principalOf(request)
      const body = request.body as AsyncIterable<Uint8Array> | undefined
      if (body === undefined || body === null) throw new InvalidRequest([{ pointer: '/body', detail: 'must be the file' }])
      try {
        return presentReport(await withUpload(body, rows[id].maxBytes, (file) =>
          connectors.run(id, file, { ...options, ...(settings === undefined ? {} : { settings }) }, actor.id, (tx, run) =>
            appendAudit(tx, { actor, action: 'connector.imported', targetKind: 'connector', targetId: id, atMs: deps.now(), detail: { run: run.id, fileHash: run.fileHash, rows: run.rows, problems: run.problems, usersCreated: run.usersCreated, usersChanged: run.usersChanged, triggers: run.triggers, activities: run.activities, confirmed: options.confirm === true } }))))
      } catch (error) {
        throw translate(error)
      }
    })
  })
}
