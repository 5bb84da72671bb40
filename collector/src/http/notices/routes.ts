import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import type { Case } from '../../domain/cases/case.ts'
import type { Notice, NoticeContent, NoticeTemplate } from '../../domain/cases/notice.ts'
import type { User } from '../../domain/people/user.ts'
import { CodedError } from '../../errors.ts'
import { addressOf } from '../../exports/mail.ts'
import { mailOf } from '../../notices/address.ts'
import { checkContent, type NoticeValues, noticeVariables, renderNotice, sampleValues, usesPerson } from '../../notices/render.ts'
import { readCaseSettings, readMailSettings } from '../../notices/settings.ts'
import { starterTemplates } from '../../notices/starters.ts'
import type { StoreReader } from '../../store/store.ts'
import { assertActive, caseOf, contributorOf, revisionOf } from '../cases/access.ts'
import { accountNames } from '../cases/present.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf, visibleOf } from '../guard.ts'
import { lookUp } from '../look-up.ts'
import { namesOf } from '../names.ts'
import { Id, PageQuery } from '../primitives.ts'
import { NoticePage, NoticePreview, NoticePreviewRequest, NoticeRequest, NoticeRetry, NoticeTemplateList, NoticeTemplateRequest, NoticeTemplateView, NoticeView } from './schema.ts'

const Params = Type.Object({ id: Id })
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const contentOf = ({ from, cc, bcc, subject, body, format }: NoticeContent): NoticeContent => ({ from: from.trim(), cc, bcc, subject, body, format })

/** Addresses that learn who the user is: copies, and where an answer goes. */
const routing = (content: Pick<NoticeContent, 'from' | 'cc' | 'bcc'>): string => JSON.stringify([content.from, content.cc, content.bcc].map((part) => (typeof part === 'string' ? (addressOf(part) ?? part) : part.map((one) => addressOf(one) ?? one).toSorted())))
const DIRECT = routing({ from: '', cc: [], bcc: [] })

/** Whoever may not reveal names sends nothing to other addresses than those that somebody who may has chosen. @throws NOTICE_COPIES */
function assertRouting(request: FastifyRequest, content: NoticeContent, chosen: readonly NoticeContent[]): void {
  const wanted = routing(content)
  if (wanted !== DIRECT && !principalOf(request).permissions.has('user.reveal') && !chosen.some((one) => routing(one) === wanted)) throw new CodedError('NOTICE_COPIES')
}

export const noticeRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['notices']

  const presentTemplate = (template: NoticeTemplate, naming: Awaited<ReturnType<typeof accountNames>>): NoticeTemplateView => {
    const { updatedAtMs, updatedBy, ...rest } = template
    return { ...rest, cc: [...rest.cc], bcc: [...rest.bcc], updatedAt: new Date(updatedAtMs).toISOString(), updatedBy: naming(updatedBy) }
  }

  /** Values of a case; those of the person are left out. */
  const valuesOf = async (reader: StoreReader, found: Case, sender: string): Promise<NoticeValues> => {
    const [alerts, { value: settings }] = await Promise.all([reader.alertsOfCase(found.id), readCaseSettings(reader)])
    const policy = alerts[0] === undefined ? undefined : await reader.policy(alerts[0].policyId)
    return {
      'case.id': found.id, 'case.name': found.name, 'case.opened': day(found.openedAtMs), 'policy.name': policy?.name ?? '', 'alert.count': String(alerts.length), today: day(deps.now()), 'organisation.name': deps.organisation, 'sender.name': sender, 'training.url': settings.trainingUrl,
    }
  }

  /** A notice as it may be read here: the person under the pseudonym, unless revealed. */
  const presentNotices = async (request: FastifyRequest, notices: readonly Notice[]): Promise<NoticeView[]> => {
    const [{ users }, cases, naming] = await Promise.all([lookUp(store, notices.map((notice) => notice.userId)), store.casesByIds([...new Set(notices.map((notice) => notice.caseId))]), accountNames(store)])
    const caseNames = new Map(cases.map((found) => [found.id, found.name]))
    const names = namesOf(request)
    return notices.map((notice) => {
      const user = users.get(notice.userId)
      const ref = names.ref(user, notice.userId)
      const { subject, text } = renderNotice(notice, { ...(notice.values as NoticeValues), 'user.name': ref.displayName ?? ref.pseudonym })
      const mask = (words: string): string => names.text(words, user)
      return {
        id: notice.id, caseId: notice.caseId, caseName: mask(caseNames.get(notice.caseId) ?? notice.caseId), user: ref, ...(notice.templateName === undefined ? {} : { template: notice.templateName }), from: notice.from, cc: notice.cc.map(mask), bcc: notice.bcc.map(mask),
        subject: mask(subject), text: mask(text), format: notice.format, state: notice.state, tries: notice.tries, queuedAt: new Date(notice.queuedAtMs).toISOString(), queuedBy: naming(notice.queuedBy),
        ...(notice.sentAtMs === undefined ? {} : { sentAt: new Date(notice.sentAtMs).toISOString() }), ...(notice.nextAtMs === undefined ? {} : { nextTryAt: new Date(notice.nextAtMs).toISOString() }), ...(notice.answer === undefined ? {} : { answer: mask(notice.answer) }), ...(notice.sha256 === undefined ? {} : { sha256: notice.sha256 }),
      }
    })
  }
  const presentOne = async (request: FastifyRequest, notice: Notice): Promise<NoticeView> => {
    const [view] = await presentNotices(request, [notice])
    if (view === undefined) throw new CodedError('NOT_FOUND', { what: 'notice' })
    return view
  }

  app.get('/api/v1/notice-templates', { schema: { tags, summary: 'Templates of notices, the variables that they may hold, and templates to begin with.', response: { 200: NoticeTemplateList } } }, async () => {
    const [templates, naming, mail] = await Promise.all([store.noticeTemplates(), accountNames(store), readMailSettings(store)])
    return {
      items: templates.map((template) => presentTemplate(template, naming)), variables: Object.entries(noticeVariables).map(([name, row]) => ({ name, ...row })), starters: starterTemplates.map((starter) => ({ ...starter, cc: [...starter.cc], bcc: [...starter.bcc] })),
      mail: { isSetUp: mail.value !== undefined, ...(mail.value === undefined ? {} : { from: mail.value.from }) },
    }
  })

  const assertName = async (reader: StoreReader, name: string, id?: string): Promise<void> => {
    if ((await reader.noticeTemplates()).some((other) => other.id !== id && other.name.toLowerCase() === name.toLowerCase())) throw new CodedError('NOTICE_TEMPLATE_EXISTS')
  }

  app.post('/api/v1/notice-templates', { schema: { tags, summary: 'Make a template.', body: NoticeTemplateRequest, response: { 201: NoticeTemplateView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const content = contentOf(request.body)
    checkContent(content)
    const made = await store.write(async (tx) => {
      await assertName(tx, request.body.name)
      assertRouting(request, content, [])
      const template: NoticeTemplate = { id: `nt_${uuid().replaceAll('-', '')}`, name: request.body.name.trim(), ...content, updatedAtMs: deps.now(), updatedBy: actor.id, revision: 1 }
      await tx.saveNoticeTemplate(template)
      await appendAudit(tx, { actor, action: 'notice_template.created', targetKind: 'notice_template', targetId: template.id, detail: { after: { name: template.name, ...content } }, atMs: deps.now() })
      return template
    })
    void reply.header('etag', '"1"')
    return reply.code(201).send(presentTemplate(made, await accountNames(store)))
  })

  app.put('/api/v1/notice-templates/:id', { schema: { tags, summary: 'Change a template; notices that were sent stay as they were.', params: Params, body: NoticeTemplateRequest, response: { 200: NoticeTemplateView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const revision = revisionOf(request)
    const content = contentOf(request.body)
    checkContent(content)
    const changed = await store.write(async (tx) => {
      const before = await tx.noticeTemplate(request.params.id)
      if (before === undefined) throw new CodedError('NOT_FOUND', { what: 'notice template' })
      if (before.revision !== revision) throw new CodedError('REVISION_CONFLICT')
      await assertName(tx, request.body.name, before.id)
      assertRouting(request, content, [before])
      const template: NoticeTemplate = { ...before, name: request.body.name.trim(), ...content, updatedAtMs: deps.now(), updatedBy: actor.id, revision: before.revision + 1 }
      await tx.saveNoticeTemplate(template)
      await appendAudit(tx, { actor, action: 'notice_template.changed', targetKind: 'notice_template', targetId: template.id, detail: { before: { name: before.name, ...contentOf(before) }, after: { name: template.name, ...content } }, atMs: deps.now() })
      return template
    })
    void reply.header('etag', `"${changed.revision}"`)
    return presentTemplate(changed, await accountNames(store))
  })

  app.delete('/api/v1/notice-templates/:id', { schema: { tags, summary: 'Delete a template; notices that were sent stay.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    await store.write(async (tx) => {
      const before = await tx.noticeTemplate(request.params.id)
      if (before === undefined) throw new CodedError('NOT_FOUND', { what: 'notice template' })
      await tx.deleteNoticeTemplate(before.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'notice_template.deleted', targetKind: 'notice_template', targetId: before.id, detail: { before: { name: before.name, ...contentOf(before) } }, atMs: deps.now() })
    })
    return reply.code(204).send(null)
  })

  app.post('/api/v1/notice-templates/preview', { schema: { tags, summary: 'What a notice would look like.', body: NoticePreviewRequest, response: { 200: NoticePreview } } }, async (request) => {
    const { caseId, ...given } = request.body
    const content = contentOf(given)
    checkContent(content)
    const { value: mail } = await readMailSettings(store)
    const from = content.from === '' ? (mail?.from ?? '') : content.from
    if (caseId === undefined) return { ...renderNotice(content, sampleValues()), from }
    const found = await caseOf(request, store, caseId)
    const ref = namesOf(request).ref(await store.user(found.userId), found.userId)
    return { ...renderNotice(content, { ...(await valuesOf(store, found, principalOf(request).actor.name)), 'user.name': ref.displayName ?? ref.pseudonym }), from }
  })

  app.get('/api/v1/notices', { schema: { tags, summary: 'Notices of all cases that one may see, newest first.', querystring: Type.Object(PageQuery, { additionalProperties: false }), response: { 200: NoticePage } } }, async (request) => {
    const { limit = 50, cursor } = request.query
    const page = await store.notices({ limit, ...visibleOf(request), ...contributorOf(request), ...(cursor === undefined ? {} : { cursor }) })
    return { ...page, items: await presentNotices(request, page.items) }
  })

  app.get('/api/v1/cases/:id/notices', { schema: { tags, summary: 'Notices of a case, newest first.', params: Params, querystring: Type.Object(PageQuery, { additionalProperties: false }), response: { 200: NoticePage } } }, async (request) => {
    const found = await caseOf(request, store, request.params.id)
    const { limit = 50, cursor } = request.query
    const page = await store.notices({ limit, caseId: found.id, ...(cursor === undefined ? {} : { cursor }) })
    return { ...page, items: await presentNotices(request, page.items) }
  })

  app.post('/api/v1/cases/:id/notices', { schema: { tags, summary: 'Send a notice to the user of a case, and to nobody else but the copies. The case stays open.', params: Params, body: NoticeRequest, response: { 202: NoticeView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const { templateId, ...given } = request.body
    const content = contentOf(given)
    checkContent(content)
    const atMs = deps.now()
    const { notice, user } = await store.write(async (tx): Promise<{ notice: Notice; user: User }> => {
      const found = await caseOf(request, tx, request.params.id)
      assertActive(found)
      if ((await readMailSettings(tx)).value === undefined) throw new CodedError('MAIL_NOT_SET_UP')
      const person = await tx.user(found.userId)
      if (person === undefined || mailOf(person) === undefined) throw new CodedError('NOTICE_NO_ADDRESS')
      const template = templateId === undefined ? undefined : await tx.noticeTemplate(templateId)
      if (templateId !== undefined && template === undefined) throw new CodedError('NOT_FOUND', { what: 'notice template' })
      assertRouting(request, content, template === undefined ? [] : [template])
      const id = `no_${uuid().replaceAll('-', '')}`
      const values = await valuesOf(tx, found, actor.name)
      // What cannot be made is refused now, not when nobody looks.
      renderNotice(content, { ...values, 'user.name': person.displayName })
      const made: Notice = { id, caseId: found.id, userId: found.userId, ...content, ...(template === undefined ? {} : { templateId: template.id, templateName: template.name }), values: { ...values }, state: 'queued', tries: 0, queuedAtMs: atMs, queuedBy: actor.id, messageId: `<${id}@holdfast>` }
      await tx.saveNotice(made)
      await tx.saveMail({ id: `ml_${uuid().replaceAll('-', '')}`, kind: 'notice', ref: id, state: 'queued', tries: 0, createdAtMs: atMs, nextAtMs: atMs, payload: '{}' })
      await tx.appendCaseEvent({ caseId: found.id, atMs, actorId: actor.id, what: 'notice_queued', detail: { notice: id, subject: content.subject, ...(template === undefined ? {} : { template: template.name }) } })
      await appendAudit(tx, {
        actor, action: 'notice.queued', targetKind: 'case', targetId: found.id, atMs,
        detail: { notice: id, userId: found.userId, ...(template === undefined ? {} : { template: template.id }), isChanged: template !== undefined && JSON.stringify(contentOf(template)) !== JSON.stringify(content), uses: usesPerson(content) ? ['address', 'name'] : ['address'], revealedTo: { from: content.from, cc: content.cc, bcc: content.bcc } },
      })
      return { notice: made, user: person }
    })
    deps.live.publish({ topic: 'notice.sent', noticeId: notice.id, caseId: notice.caseId, userId: user.id, state: notice.state })
    deps.delivery?.wake()
    return reply.code(202).send(await presentOne(request, notice))
  })

  app.post('/api/v1/notices/:id/retry', { schema: { tags, summary: 'Send a notice again that failed, or whose end is not known.', params: Params, body: NoticeRetry, response: { 202: NoticeView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const atMs = deps.now()
    const notice = await store.write(async (tx) => {
      const before = await tx.notice(request.params.id)
      if (before === undefined) throw new CodedError('NOT_FOUND', { what: 'notice' })
      assertActive(await caseOf(request, tx, before.caseId))
      if (before.state !== 'failed' && before.state !== 'unknown') throw new CodedError('NOTICE_STATE', { state: before.state })
      if (before.state === 'unknown' && request.body.acceptDuplicate !== true) throw new CodedError('NOTICE_MAY_ARRIVE_TWICE')
      if ((await readMailSettings(tx)).value === undefined) throw new CodedError('MAIL_NOT_SET_UP')
      const { nextAtMs: _next, ...rest } = before
      // Tries count on, so that the notes of two failures are two.
      const next: Notice = { ...rest, state: 'queued' }
      await tx.saveNotice(next)
      await tx.saveMail({ id: `ml_${uuid().replaceAll('-', '')}`, kind: 'notice', ref: before.id, state: 'queued', tries: 0, createdAtMs: atMs, nextAtMs: atMs, payload: '{}' })
      await tx.appendCaseEvent({ caseId: before.caseId, atMs, actorId: actor.id, what: 'notice_retried', detail: { notice: before.id, was: before.state } })
      await appendAudit(tx, { actor, action: 'notice.retried', targetKind: 'case', targetId: before.caseId, detail: { notice: before.id, was: before.state, mayArriveTwice: before.state === 'unknown' }, atMs })
      return next
    })
    deps.delivery?.wake()
    return reply.code(202).send(await presentOne(request, notice))
  })
}
