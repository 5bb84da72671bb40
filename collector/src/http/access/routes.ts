// Administrative units, how people sign in, and who was given powers.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import type { Oidc } from '../../access/oidc.ts'
import type { Role } from '../../access/permissions.ts'
import type { Sealer } from '../../access/seal.ts'
import { type AccessSettings, accessSettings, CLIENT_SECRET, type OidcSettings, saveAccessSettings } from '../../access/settings.ts'
import { fold, scopeOf } from '../../access/visibility.ts'
import { appendAudit } from '../../audit/chain.ts'
import { inTreeOrder, limitsOf, pathOf, type UnitList as UnitLimitList, unitProblems, unitsBelow } from '../../domain/people/unit-tree.ts'
import { CodedError } from '../../errors.ts'
import type { AdministrativeUnit, StoreReader } from '../../store/store.ts'
import { rolesNamed } from '../accounts/routes.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { CALLBACK_PATH } from '../sessions/oidc-routes.ts'
import { POWERS_GRANTED } from './notices.ts'
import { settleProvisioned } from './provisioned.ts'
import { AccessNoticeList, AccessSettingsRequest, AccessSettingsView, type OidcRequest, OidcTest, UnitList, UnitRequest, UnitView } from './schema.ts'

const Params = Type.Object({ id: Id })
const NOTICES_MS = 30 * 86_400_000
const NOTICES = 50
export const SCIM_BASE = '/scim/accounts/v2'

/** @throws REVISION_REQUIRED */
function revisionOf(header: string | undefined): number {
  const found = /^(?:W\/)?"(\d+)"$/.exec(header ?? '')
  if (found?.[1] === undefined) throw new CodedError('REVISION_REQUIRED')
  return Number(found[1])
}

/** Never with secrets, sealed or not. */
const shownOidc = ({ clientSecret, ...oidc }: OidcSettings) => ({ ...oidc, scopes: [...oidc.scopes], hasClientSecret: clientSecret !== undefined })
const shown = ({ oidc, ...settings }: AccessSettings) => ({
  ...settings, requireSecondFactor: [...settings.requireSecondFactor], groupRoles: settings.groupRoles.map(({ group, roles }) => ({ group, roles: [...roles] })), ...(oidc === undefined ? {} : { oidc: shownOidc(oidc) }),
})

export const accessRoutes = (deps: HttpDeps, sealer: Sealer, oidc: Oidc): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['access']
  const limitedTo = async (reader: StoreReader, id: string): Promise<number> => (await reader.accounts()).filter((account) => account.units?.includes(id) === true).length
  const present = async (units: readonly AdministrativeUnit[], unit: AdministrativeUnit): Promise<UnitView> => {
    const path = pathOf(units, unit.id)
    const limits = limitsOf(path)
    const { visible = {}, groups } = await scopeOf(store, { id: '', roles: [], units: [unit.id] })
    const { hidden: _hidden, ...places } = visible
    const own = (list: UnitLimitList): Pick<UnitView, UnitLimitList> => (unit[list] === undefined ? {} : { [list]: [...unit[list]] })
    const inherited = (list: UnitLimitList): Pick<UnitView, UnitLimitList> => (unit[list] !== undefined || limits[list] === undefined ? {} : { [list]: [...limits[list]] })
    return {
      id: unit.id, name: unit.name, ...(unit.parentId === undefined ? {} : { parentId: unit.parentId }), ...own('departments'), ...own('countries'), ...own('groups'), path: path.map(({ name }) => name),
      inherits: { ...inherited('departments'), ...inherited('countries'), ...inherited('groups') }, devices: groups === undefined ? null : [...groups],
      accounts: await limitedTo(store, unit.id), below: unitsBelow(units, unit.id).length, people: (await store.users({ limit: 1, visible: places })).total ?? 0,
    }
  }
  const presentSaved = async (id: string): Promise<UnitView> => {
    const units = await store.units()
    return present(units, await find(store, id))
  }
  const unitOf = (id: string, { name, parentId, departments, countries, groups }: UnitRequest): AdministrativeUnit => ({
    id, name, ...(parentId === undefined || parentId === null ? {} : { parentId }), ...(departments === undefined ? {} : { departments: [...new Set(departments.map(fold))] }), ...(countries === undefined ? {} : { countries: [...new Set(countries.map(fold))] }),
    ...(groups === undefined ? {} : { groups: [...new Set(groups)] }),
  })
  /** @throws UNIT_EXISTS, REQUEST_INVALID with what does not fit into the tree */
  const assertFits = async (reader: StoreReader, unit: AdministrativeUnit): Promise<void> => {
    const units = await reader.units()
    if (units.some((other) => other.id !== unit.id && fold(other.name) === fold(unit.name))) throw new CodedError('UNIT_EXISTS')
    const problems = unitProblems(units, unit)
    if (problems.length > 0) throw new InvalidRequest(problems.map(({ pointer, detail }) => ({ pointer: `/body${pointer}`, detail })))
  }
  const find = async (reader: StoreReader, id: string): Promise<AdministrativeUnit> => {
    const unit = (await reader.units()).find((one) => one.id === id)
    if (unit === undefined) throw new CodedError('NOT_FOUND', { what: 'administrative unit' })
    return unit
  }

  app.get('/api/v1/units', { schema: { tags, summary: 'Administrative units from the top down, and what there is to name in them.', response: { 200: UnitList } } }, async () => {
    const [places, units, groups] = await Promise.all([store.personPlaces(), store.units(), store.deviceGroups()])
    return { items: await Promise.all(inTreeOrder(units).map((unit) => present(units, unit))), departments: [...places.departments], countries: [...places.countries], groups: [...new Set(['default', ...groups])].toSorted() }
  })
  app.post('/api/v1/units', { schema: { tags, summary: 'Make a unit: accounts that are given it see only its people and devices, and those of the units below.', body: UnitRequest, response: { 201: UnitView } } }, async (request, reply) => {
    const unit = unitOf(`un_${uuid().replaceAll('-', '')}`, request.body)
    await store.write(async (tx) => {
      await assertFits(tx, unit)
      await tx.saveUnit(unit)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'unit.created', targetKind: 'unit', targetId: unit.id, detail: { after: unit }, atMs: deps.now() })
    })
    return reply.code(201).send(await presentSaved(unit.id))
  })
  app.put('/api/v1/units/:id', { schema: { tags, summary: 'Change a unit, or move it under another; it holds at once, for the units below as well.', params: Params, body: UnitRequest, response: { 200: UnitView } } }, async (request) => {
    const unit = unitOf(request.params.id, request.body)
    await store.write(async (tx) => {
      const before = await find(tx, unit.id)
      await assertFits(tx, unit)
      await tx.saveUnit(unit)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'unit.changed', targetKind: 'unit', targetId: unit.id, detail: { before, after: unit }, atMs: deps.now() })
    })
    return presentSaved(unit.id)
  })
  app.delete('/api/v1/units/:id', { schema: { tags, summary: 'Delete a unit that limits nobody and has none below it.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    await store.write(async (tx) => {
      const before = await find(tx, request.params.id)
      const count = await limitedTo(tx, before.id)
      if (count > 0) throw new CodedError('UNIT_IN_USE', { count })
      const below = unitsBelow(await tx.units(), before.id).length
      if (below > 0) throw new CodedError('UNIT_HAS_UNITS', { count: below })
      await tx.deleteUnit(before.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'unit.deleted', targetKind: 'unit', targetId: before.id, detail: { before }, atMs: deps.now() })
    })
    return reply.code(204).send(null)
  })

  const view = (settings: AccessSettings): AccessSettingsView => ({ ...shown(settings), redirectUri: new URL(CALLBACK_PATH, deps.collectorUrl).href, scimBase: new URL(SCIM_BASE, deps.collectorUrl).href })
  const oidcOf = (wanted: OidcRequest, before: OidcSettings | undefined): OidcSettings => {
    const { clientSecret, ...rest } = wanted
    // A secret goes to no other provider than the one that it was entered for.
    const kept = before?.issuer === wanted.issuer ? before.clientSecret : undefined
    const sealed = clientSecret === undefined ? kept : clientSecret === null ? undefined : sealer.seal(clientSecret, CLIENT_SECRET)
    return { ...rest, ...(sealed === undefined ? {} : { clientSecret: sealed }) }
  }

  app.get('/api/v1/settings/access', { schema: { tags, summary: 'How people sign in.', response: { 200: AccessSettingsView } } }, async (_request, reply) => {
    const settings = await accessSettings(store)
    void reply.header('etag', `"${settings.revision}"`)
    return view(settings)
  })
  app.put('/api/v1/settings/access', { schema: { tags, summary: 'Change how people sign in; it holds at once.', body: AccessSettingsRequest, response: { 200: AccessSettingsView } } }, async (request, reply) => {
    const revision = revisionOf(request.headers['if-match'])
    const { requireSecondFactor, groupRoles, oidc: wanted } = request.body
    rolesNamed(requireSecondFactor, '/body/requireSecondFactor')
    groupRoles.forEach(({ roles }, index) => rolesNamed(roles, `/body/groupRoles/${index}/roles`))
    const settings = await store.write(async (tx) => {
      const before = await accessSettings(tx)
      if (before.revision !== revision) throw new CodedError('REVISION_CONFLICT')
      const provider = wanted === undefined ? before.oidc : wanted === null ? undefined : oidcOf(wanted, before.oidc)
      const next: AccessSettings = { revision: before.revision + 1, requireSecondFactor: requireSecondFactor as readonly Role[], groupRoles: groupRoles as AccessSettings['groupRoles'], ...(provider === undefined ? {} : { oidc: provider }) }
      await saveAccessSettings(tx, next)
      await settleProvisioned(tx, principalOf(request).actor, deps.now())
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'access.changed', targetKind: 'settings', targetId: 'access', detail: { before: shown(before), after: shown(next), clientSecretChanged: before.oidc?.clientSecret !== next.oidc?.clientSecret }, atMs: deps.now() })
      return next
    })
    void reply.header('etag', `"${settings.revision}"`)
    return view(settings)
  })
  app.post('/api/v1/settings/access/oidc-test', { schema: { tags, summary: 'Whether the identity provider is found, and what it says of itself; saves nothing.', body: Type.Object({ issuer: Type.String({ minLength: 8, maxLength: 500 }), clientId: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }), response: { 200: OidcTest } } }, async (request) => {
    const { authorizationEndpoint, endSession, scopes } = await oidc.discover({ enabled: true, issuer: request.body.issuer, clientId: request.body.clientId, label: '', scopes: [], groupsClaim: 'groups', rolesFromGroups: false, justInTime: false })
    return { authorizationEndpoint, endSession, scopes: [...scopes] }
  })

  app.get('/api/v1/access/notices', { schema: { tags, summary: 'Who was given powers in the last 30 days, for those who give them and those who check; empty for others.', response: { 200: AccessNoticeList } } }, async (request) => {
    const { permissions } = principalOf(request)
    if (!permissions.has('account.manage') && !permissions.has('audit.read')) return { items: [] }
    const { items } = await store.auditEntries({ limit: NOTICES, action: POWERS_GRANTED, fromMs: deps.now() - NOTICES_MS })
    return {
      items: items.map((entry) => {
        const detail = JSON.parse(entry.detail) as { readonly account: string; readonly roles: string[]; readonly isSelf: boolean }
        return { seq: entry.seq, at: new Date(entry.atMs).toISOString(), actor: entry.actorName, account: detail.account, roles: detail.roles, isSelf: detail.isSelf }
      }),
    }
  })
}
