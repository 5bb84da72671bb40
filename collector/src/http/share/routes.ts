// Links from one account to another: to a case, an alert, a report or a user. A link is for its recipient alone, ends, and
// can be revoked. To a case it may give a place as a contributor, when who shares may give one: for as long as it lives.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { v4, v7 as uuid } from 'uuid'
import Type from 'typebox'
import { permissionsOf } from '../../access/permissions.ts'
import { isVisible, visibilityOf } from '../../access/visibility.ts'
import { type Actor, appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import { endShare, grantShare } from '../../escalation/links.ts'
import { readMailSettings, readPreferences } from '../../notices/settings.ts'
import type { ShareKind, ShareLink } from '../../store/escalation.ts'
import type { Account, StoreReader, StoreWriter } from '../../store/store.ts'
import { caseOf } from '../cases/access.ts'
import { accountNames } from '../cases/present.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { alertOf, principalOf, userOf } from '../guard.ts'
import { namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { OpenedLink, ShareLinkList, ShareLinkQuery, ShareLinkRequest, ShareLinkView } from './schema.ts'

const DAY_MS = 86_400_000
const Params = Type.Object({ id: Id })
const iso = (ms: number): string => new Date(ms).toISOString()
const isLive = (link: ShareLink, nowMs: number): boolean => link.revokedAtMs === undefined && link.expiresAtMs > nowMs
const permissionOf = { case: 'case.contribute', alert: 'alert.read', report: 'user.report', user: 'user.read' } as const satisfies Record<ShareKind, string>
const pageOf = { case: '/cases', alert: '/alerts', report: '/reports', user: '/users' } as const satisfies Record<ShareKind, string>

export const shareRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['share']

  /** What is shared, as the sharer may see it. @returns whose it is @throws NOT_FOUND, NOT_ALLOWED */
  const subjectOf = async (request: FastifyRequest, reader: StoreReader, kind: ShareKind, ref: string): Promise<string> => {
    if (!principalOf(request).permissions.has(permissionOf[kind])) throw new CodedError('NOT_ALLOWED')
    if (kind === 'case') return (await caseOf(request, reader, ref)).userId
    if (kind === 'alert') return (await alertOf(request, reader, ref)).userId
    if (kind === 'user') return (await userOf(request, reader, ref)).id
    const report = await reader.report(ref)
    if (report === undefined) throw new CodedError('NOT_FOUND', { what: 'report' })
    return (await userOf(request, reader, report.userId)).id
  }
  /** Whether the recipient sees it without a link. */
  const seesAlready = async (reader: StoreReader, to: Account, kind: ShareKind, ref: string): Promise<boolean> => {
    const permissions = permissionsOf(to.roles)
    if (!permissions.has(permissionOf[kind])) return false
    return kind !== 'case' || permissions.has('case.manage') || (await reader.case(ref))?.contributors.includes(to.id) === true
  }
  const present = async (request: FastifyRequest, links: readonly ShareLink[]): Promise<readonly ShareLinkView[]> => {
    const { actor, permissions } = principalOf(request)
    const [naming, users] = await Promise.all([accountNames(store), store.usersByIds([...new Set(links.map(({ userId }) => userId))])])
    const known = new Map(users.map((user) => [user.id, user]))
    return links.map((link) => ({
      id: link.id, kind: link.kind, ref: link.ref, url: `${deps.collectorUrl}/shared/${link.id}`, pseudonym: known.get(link.userId)?.pseudonym ?? 'ANON', by: naming(link.byId), to: naming(link.toId), createdAt: iso(link.createdAtMs), expiresAt: iso(link.expiresAtMs), isLive: isLive(link, deps.now()), givesAccess: link.grants,
      mayRevoke: isLive(link, deps.now()) && (link.byId === actor.id || permissions.has('case.manage')), ...(link.note === undefined ? {} : { note: namesOf(request).text(link.note, known.get(link.userId)) }), ...(link.openedAtMs === undefined ? {} : { openedAt: iso(link.openedAtMs) }), ...(link.revokedAtMs === undefined ? {} : { revokedAt: iso(link.revokedAtMs) }),
    }))
  }
  const presentOne = async (request: FastifyRequest, link: ShareLink): Promise<ShareLinkView> => {
    const [view] = await present(request, [link])
    if (view === undefined) throw new CodedError('NOT_FOUND', { what: 'link' })
    return view
  }
  /** One's own links, those to oneself; to a thing that one may see, all of them. */
  const linksFor = async (request: FastifyRequest, ref: string | undefined, all: boolean): Promise<readonly ShareLink[]> => {
    const { actor, permissions } = principalOf(request)
    const live = all ? {} : { liveAtMs: deps.now() }
    if (ref !== undefined && permissions.has('case.manage')) return store.shareLinks({ ref, ...live })
    const [mine, toMe] = await Promise.all([store.shareLinks({ byId: actor.id, ...live }), store.shareLinks({ toId: actor.id, ...live })])
    return [...mine, ...toMe.filter((link) => link.byId !== actor.id)].filter((link) => ref === undefined || link.ref === ref).toSorted((a, b) => b.createdAtMs - a.createdAtMs)
  }
  const queueMail = async (tx: StoreWriter, link: ShareLink, actor: Actor): Promise<boolean> => {
    const { value: preferences } = await readPreferences(tx, link.toId)
    if (preferences.email === '' || (await readMailSettings(tx)).value === undefined) return false
    const what = { case: 'a case', alert: 'an alert', report: 'a report', user: 'a view of a user' }[link.kind]
    // No note and no name: mail is read on many screens.
    const item = { kind: 'assignment', atMs: link.createdAtMs, text: `${actor.name} shares ${what} with you, until ${iso(link.expiresAtMs).slice(0, 10)}.`, path: `/shared/${link.id}` }
    await tx.saveMail({ id: `ml_${uuid().replaceAll('-', '')}`, kind: 'notification', ref: link.toId, state: 'queued', tries: 0, createdAtMs: link.createdAtMs, nextAtMs: link.createdAtMs, payload: JSON.stringify([item]) })
    return true
  }

  app.get('/api/v1/share-links', { schema: { tags, summary: 'Links that one gave or got; of one thing also those of others, for who manages cases.', querystring: ShareLinkQuery, response: { 200: ShareLinkList } } }, async (request) => {
    const { actor } = principalOf(request)
    const [links, accounts] = await Promise.all([linksFor(request, request.query.ref, request.query.all === true), store.accounts()])
    const visible = principalOf(request).visible
    const users = new Map((await store.usersByIds([...new Set(links.map(({ userId }) => userId))])).map((user) => [user.id, user]))
    const seen = links.filter((link) => {
      const user = users.get(link.userId)
      return user !== undefined && isVisible(visible, user)
    })
    return { items: [...(await present(request, seen))], recipients: accounts.filter((account) => !account.disabled && account.id !== actor.id && permissionsOf(account.roles).has('case.contribute')).map(({ id, name }) => ({ id, name })) }
  })

  app.post('/api/v1/share-links', { schema: { tags, summary: 'Share a case, an alert, a report or a user with an account of this installation.', body: ShareLinkRequest, response: { 201: ShareLinkView } } }, async (request, reply) => {
    const { kind, ref, toId, days, note, mail = false, view } = request.body
    const { actor, permissions } = principalOf(request)
    if (toId === actor.id) throw new InvalidRequest([{ pointer: '/toId', detail: 'is your own account' }])
    const atMs = deps.now()
    const { link, mailed } = await store.write(async (tx) => {
      const userId = await subjectOf(request, tx, kind, ref)
      const [to, user] = [await tx.account(toId), await tx.user(userId)]
      if (to === undefined || to.disabled || user === undefined) throw new InvalidRequest([{ pointer: '/toId', detail: 'there is no such account' }])
      const already = await seesAlready(tx, to, kind, ref)
      const grants = !already && kind === 'case' && permissions.has('case.manage') && permissionsOf(to.roles).has('case.contribute')
      if ((!already && !grants) || !isVisible(await visibilityOf(tx, to), user)) throw new CodedError('SHARE_RECIPIENT', { account: to.name })
      const made: ShareLink = {
        // Random, so that an address tells nothing of the others.
        id: `sl_${v4().replaceAll('-', '')}`, kind, ref, path: `${pageOf[kind]}/${encodeURIComponent(ref)}${view === undefined || view === '' ? '' : `?${view}`}`, userId, toId, byId: actor.id, createdAtMs: atMs, expiresAtMs: atMs + days * DAY_MS, grants, ...(note === undefined || note.trim() === '' ? {} : { note: note.trim() }),
      }
      await tx.saveShareLink(made)
      if (kind === 'case') await tx.appendCaseEvent({ caseId: ref, atMs, actorId: actor.id, what: 'shared', detail: { account: toId, until: iso(made.expiresAtMs) } })
      await appendAudit(tx, { actor, action: 'share.created', targetKind: kind, targetId: ref, subjects: [userId], detail: { link: made.id, account: toId, days, grants, ...(note === undefined ? {} : { note }) }, atMs })
      return { link: made, mailed: mail && (await queueMail(tx, made, actor)) }
    })
    if (mailed) deps.delivery?.wake()
    return reply.code(201).send(await presentOne(request, link))
  })

  app.post('/api/v1/share-links/:id/open', { schema: { tags, summary: 'Where a link leads, for the account that it is for.', params: Params, response: { 200: OpenedLink } } }, async (request) => {
    const { actor } = principalOf(request)
    const atMs = deps.now()
    const link = await store.write(async (tx) => {
      const found = await tx.shareLink(request.params.id)
      // One answer for what never was, what is over, and what is for somebody else.
      if (found === undefined || !isLive(found, atMs) || (found.toId !== actor.id && found.byId !== actor.id)) throw new CodedError('SHARE_OVER')
      const opened = found.toId === actor.id ? await grantShare(tx, found, actor, atMs) : found
      await appendAudit(tx, { actor, action: 'share.opened', targetKind: found.kind, targetId: found.ref, subjects: [found.userId], detail: { link: found.id }, atMs })
      return opened
    })
    if (link.kind === 'case') deps.live.publish({ topic: 'case.updated', caseId: link.ref, userId: link.userId })
    return { path: link.path, ...(link.note === undefined ? {} : { note: namesOf(request).text(link.note, await store.user(link.userId)) }) }
  })

  app.delete('/api/v1/share-links/:id', { schema: { tags, summary: 'Revoke a link, and with it the place in the case that it gave.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    const { actor, permissions } = principalOf(request)
    const link = await store.write(async (tx) => {
      const found = await tx.shareLink(request.params.id)
      if (found === undefined || (found.byId !== actor.id && !permissions.has('case.manage'))) throw new CodedError('NOT_FOUND', { what: 'link' })
      if (found.byId !== actor.id) await subjectOf(request, tx, found.kind, found.ref)
      if (found.revokedAtMs !== undefined) return found
      const ended = await endShare(tx, { ...found, revokedAtMs: deps.now() }, actor, deps.now())
      await appendAudit(tx, { actor, action: 'share.revoked', targetKind: found.kind, targetId: found.ref, subjects: [found.userId], detail: { link: found.id, account: found.toId }, atMs: deps.now() })
      return ended
    })
    if (link.kind === 'case') deps.live.publish({ topic: 'case.updated', caseId: link.ref, userId: link.userId })
    return reply.code(204).send(null)
  })
}
