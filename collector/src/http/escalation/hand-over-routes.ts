// Everything open that a colleague has goes to another: a holiday, an illness, a new job.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { permissionsOf } from '../../access/permissions.ts'
import { isVisible, visibilityOf } from '../../access/visibility.ts'
import { appendAudit } from '../../audit/chain.ts'
import type { Alert } from '../../domain/cases/alert.ts'
import { type Case, changeCase } from '../../domain/cases/case.ts'
import { CodedError } from '../../errors.ts'
import type { Account, StoreReader } from '../../store/store.ts'
import { act } from '../alerts/deeds.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf, visibleOf } from '../guard.ts'
import { namesOf } from '../names.ts'
import { HandOverPreview, HandOverQuery, HandOverRequest, HandOverResult } from './schema.ts'

/** In one transaction. */
const MOST = 2000
const SAMPLE = 20

interface Load {
  readonly alerts: readonly Alert[]
  readonly cases: readonly Case[]
}

export const handOverRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['escalation']

  /** What an account has to do, as far as the asker may see it. @throws HAND_OVER_LIMIT */
  const loadOf = async (request: FastifyRequest, reader: StoreReader, accountId: string): Promise<Load> => {
    const alerts: Alert[] = []
    const cases: Case[] = []
    let cursor: string | undefined
    do {
      const page = await reader.alerts({ ...visibleOf(request), status: ['needs_review', 'confirmed'], assignees: [accountId], sort: 'created_at', descending: true, limit: 500, ...(cursor === undefined ? {} : { cursor }) })
      alerts.push(...page.items)
      cursor = page.nextCursor
      if (alerts.length > MOST) throw new CodedError('HAND_OVER_LIMIT', { limit: MOST })
    } while (cursor !== undefined)
    do {
      const page = await reader.cases({ ...visibleOf(request), status: ['active'], assigneeId: accountId, sort: 'opened_at', descending: true, limit: 500, ...(cursor === undefined ? {} : { cursor }) })
      cases.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    return { alerts, cases }
  }
  const accountOf = async (reader: StoreReader, id: string, pointer: string): Promise<Account> => {
    const account = await reader.account(id)
    if (account === undefined) throw new InvalidRequest([{ pointer, detail: 'there is no such account' }])
    return account
  }
  const mayTake = (account: Account): boolean => !account.disabled && ['alert.triage', 'case.manage'].every((permission) => permissionsOf(account.roles).has(permission as 'alert.triage'))

  app.get('/api/v1/hand-over', { schema: { tags, summary: 'What an account has open, and who could take it.', querystring: HandOverQuery, response: { 200: HandOverPreview } } }, async (request) => {
    const from = await accountOf(store, request.query.fromId, '/querystring/fromId')
    const [{ alerts, cases }, accounts] = await Promise.all([loadOf(request, store, from.id), store.accounts()])
    const users = new Map((await store.usersByIds([...alerts, ...cases].slice(0, SAMPLE * 2).map(({ userId }) => userId))).map((user) => [user.id, user]))
    const who = (id: string): string => users.get(id)?.pseudonym ?? 'ANON'
    return {
      from: { id: from.id, name: from.name }, alerts: alerts.length, cases: cases.length, recipients: accounts.filter((account) => account.id !== from.id && mayTake(account)).map(({ id, name }) => ({ id, name })),
      sample: [...cases.map((found) => ({ kind: 'case' as const, id: found.id, text: `${namesOf(request).text(found.name, users.get(found.userId))} · ${who(found.userId)}` })), ...alerts.map((alert) => ({ kind: 'alert' as const, id: alert.id, text: `${alert.severity} ${alert.score} · ${who(alert.userId)}` }))].slice(0, SAMPLE),
    }
  })

  app.post('/api/v1/hand-over', { schema: { tags, summary: 'Give everything open of one account to another, as it was previewed.', body: HandOverRequest, response: { 200: HandOverResult } } }, async (request) => {
    const { fromId, toId, reason, expected } = request.body
    const { actor } = principalOf(request)
    if (fromId === toId) throw new InvalidRequest([{ pointer: '/toId', detail: 'is the same account' }])
    const atMs = deps.now()
    const done = await store.write(async (tx) => {
      const [from, to] = [await accountOf(tx, fromId, '/fromId'), await accountOf(tx, toId, '/toId')]
      if (!mayTake(to)) throw new InvalidRequest([{ pointer: '/toId', detail: `${to.name} may not work on alerts and cases` }])
      const { alerts, cases } = await loadOf(request, tx, from.id)
      if (alerts.length !== expected.alerts || cases.length !== expected.cases) throw new CodedError('HAND_OVER_CHANGED', { alerts: alerts.length, cases: cases.length })
      // What the recipient may not see stays where it is, and is told.
      const visible = await visibilityOf(tx, to)
      const users = new Map((await tx.usersByIds([...new Set([...alerts, ...cases].map(({ userId }) => userId))])).map((user) => [user.id, user]))
      const sees = ({ userId }: { readonly userId: string }): boolean => {
        const user = users.get(userId)
        return user !== undefined && isVisible(visible, user)
      }
      const failed = [...alerts, ...cases].filter((one) => !sees(one)).map(({ id }) => ({ id, code: 'NOT_VISIBLE' }))
      const given = await act(tx, { actor, wanted: alerts.filter(sees).map(({ id }) => ({ id })), deed: { kind: 'assign', assigneeId: to.id }, atMs, find: (id) => tx.alert(id) })
      const moved: Case[] = []
      for (const found of cases.filter(sees)) {
        const next = changeCase(found, { assigneeId: to.id }, actor.id, atMs)
        await tx.saveCase(next)
        await tx.appendCaseEvent({ caseId: found.id, atMs, actorId: actor.id, what: 'assigned', detail: { from: from.id, to: to.id } })
        await appendAudit(tx, { actor, action: 'case.changed', targetKind: 'case', targetId: found.id, detail: { before: { assigneeId: from.id }, after: { assigneeId: to.id }, handOver: true }, atMs })
        moved.push(next)
      }
      await appendAudit(tx, { actor, action: 'case.handed_over', targetKind: 'account', targetId: from.id, detail: { recipientId: to.id, reason, alerts: given.changed.length, cases: moved.length, left: failed.length }, atMs })
      return { alerts: given.changed, cases: moved, failed: [...failed, ...given.failed.map(({ id, code }) => ({ id, code: code as string }))] }
    })
    for (const alert of done.alerts) deps.live.publish({ topic: 'alert.updated', alertId: alert.id, severity: alert.severity, userId: alert.userId })
    for (const found of done.cases) deps.live.publish({ topic: 'case.updated', caseId: found.id, userId: found.userId })
    return { alerts: done.alerts.length, cases: done.cases.length, failed: done.failed }
  })
}
