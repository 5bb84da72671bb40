// The mail server, where webhooks may go, and what each account is told.
import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { v7 as uuid } from 'uuid'
import type { Sealer } from '../../access/seal.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import { addressOf, createMailer, type MailSettings } from '../../exports/mail.ts'
import { postWebhook } from '../../notices/delivery.ts'
import { mayHear } from '../../notices/notifications.ts'
import { type KeptMailSettings, NOTIFICATION_KINDS, notificationKinds, type NotificationPreferences, type NotificationState, openMailSettings, openWebhook, readMailSettings, readNotificationSettings, readNotificationState, readPreferences, saveMailSettings, saveNotificationSettings, savePreferences, sealWebhook, unlessUnreadable } from '../../notices/settings.ts'
import type { StoreReader } from '../../store/store.ts'
import { revisionOf } from '../cases/access.ts'
import type { HttpDeps, Principal } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { MailSettingsRequest, MailSettingsView, MailTest, MailTestRequest, MyNotifications, MyNotificationsRequest, MyNotificationsTest, NotificationSettingsView } from './schema.ts'

const DEFAULT_PORT = 587

/** What is written down of the settings: never the password. */
const facts = (settings: MailSettings | undefined) => (settings === undefined ? {} : { host: settings.host, port: settings.port, security: settings.security, user: settings.user ?? '', from: settings.from, hasPassword: settings.password !== undefined })

/**
 * The settings that a request asks for. A password that is kept goes only where it was given for: to the same server, over
 * a connection that is no less safe, for the same account.
 */
function wantedMail(request: MailSettingsRequest, kept: MailSettings | undefined): MailSettings | undefined {
  if (request.host === '') return undefined
  if (addressOf(request.from.trim()) === undefined) throw new InvalidRequest([{ pointer: '/from', detail: 'is not exactly one address' }])
  const caPem = request.caPem?.trim() ?? ''
  if (caPem !== '' && !/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/.test(caPem)) throw new InvalidRequest([{ pointer: '/caPem', detail: 'is no certificate in PEM' }])
  const user = request.user.trim()
  const base = { host: request.host, port: request.port, security: request.security, from: request.from.trim(), ...(caPem === '' ? {} : { caPem }) }
  if (user === '') return base
  if (request.password !== undefined && request.password !== '') return { ...base, user, password: request.password }
  const isSame = kept?.host === request.host && kept.port === request.port && kept.user === user && kept.security === request.security && (kept.caPem ?? '') === caPem
  if (!isSame || kept.password === undefined) throw new CodedError('MAIL_PASSWORD_NEEDED')
  return { ...base, user, password: kept.password }
}

export const notificationRoutes = (deps: HttpDeps, sealer: Sealer): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['settings']
  /** A password that cannot be read any more counts as none. */
  const openKept = (kept: KeptMailSettings | undefined): MailSettings | undefined => {
    if (kept === undefined) return undefined
    const { password: _, ...rest } = kept
    return unlessUnreadable(() => openMailSettings(sealer, kept)) ?? rest
  }

  const presentMail = async (reader: StoreReader): Promise<{ view: MailSettingsView; revision: number }> => {
    const [{ value: kept, revision }, waiting] = await Promise.all([readMailSettings(reader), reader.mailWaiting()])
    const value = openKept(kept)
    return { revision, view: { isSetUp: value !== undefined, host: value?.host ?? '', port: value?.port ?? DEFAULT_PORT, security: value?.security ?? 'starttls', user: value?.user ?? '', hasPassword: value?.password !== undefined, from: value?.from ?? '', caPem: value?.caPem ?? '', waiting } }
  }

  app.get('/api/v1/settings/mail', { schema: { tags, summary: 'The mail server, without its password.', response: { 200: MailSettingsView } } }, async (_request, reply) => {
    const { view, revision } = await presentMail(store)
    void reply.header('etag', `"${revision}"`)
    return view
  })

  app.put('/api/v1/settings/mail', { schema: { tags, summary: 'Set the mail server; an empty host takes it away.', body: MailSettingsRequest, response: { 200: MailSettingsView } } }, async (request, reply) => {
    const wanted = revisionOf(request)
    await store.write(async (tx) => {
      const before = await readMailSettings(tx)
      if (before.revision !== wanted) throw new CodedError('REVISION_CONFLICT')
      const old = openKept(before.value)
      const next = wantedMail(request.body, old)
      await saveMailSettings(tx, sealer, next, wanted + 1)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'mail.settings_changed', targetKind: 'settings', targetId: 'mail', detail: { before: facts(old), after: facts(next) }, atMs: deps.now() })
    })
    deps.delivery?.wake()
    const { view, revision } = await presentMail(store)
    void reply.header('etag', `"${revision}"`)
    return view
  })

  app.post('/api/v1/settings/mail/test', { schema: { tags, summary: 'Try settings without keeping them: connect and sign in, and send a message where one says so.', body: MailTestRequest, response: { 200: MailTest } } }, async (request) => {
    const { to, ...given } = request.body
    const settings = wantedMail(given, openKept((await readMailSettings(store)).value))
    if (settings === undefined) throw new InvalidRequest([{ pointer: '/host', detail: 'is empty' }])
    const address = to === undefined || to === '' ? undefined : addressOf(to)
    if (to !== undefined && to !== '' && address === undefined) throw new InvalidRequest([{ pointer: '/to', detail: 'is not exactly one address' }])
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'mail.tested', targetKind: 'settings', targetId: 'mail', detail: { ...facts(settings), sends: address !== undefined }, atMs: deps.now() }))
    const mailer = createMailer(settings)
    const outcome = address === undefined ? await mailer.verify() : await mailer.send({ to: [address], subject: '[Holdfast] Test of the mail settings', text: 'This message shows that Holdfast can send mail through this server.\n', messageId: `<test-${uuid()}@holdfast>`, atMs: deps.now() })
    if (outcome.kind === 'good') return { ok: true, answer: '' }
    if (outcome.kind === 'sent') return { ok: true, answer: outcome.answer }
    return { ok: false, failure: outcome.kind === 'unknown' ? 'unknown' : outcome.failure, answer: outcome.answer }
  })

  app.get('/api/v1/settings/notifications', { schema: { tags, summary: 'Where webhooks may go.', response: { 200: NotificationSettingsView } } }, async (_request, reply) => {
    const { value, revision } = await readNotificationSettings(store)
    void reply.header('etag', `"${revision}"`)
    return { webhookOrigins: [...value.webhookOrigins] }
  })
  app.put('/api/v1/settings/notifications', { schema: { tags, summary: 'Allow hosts for webhooks.', body: NotificationSettingsView, response: { 200: NotificationSettingsView } } }, async (request, reply) => {
    const wanted = revisionOf(request)
    // As the URL of a webhook will be compared: without a standard port, in lower case.
    const origins = request.body.webhookOrigins.map((text, index) => {
      if (!URL.canParse(text)) throw new InvalidRequest([{ pointer: `/webhookOrigins/${index}`, detail: 'is no address' }])
      return new URL(text).origin
    })
    await store.write(async (tx) => {
      const before = await readNotificationSettings(tx)
      if (before.revision !== wanted) throw new CodedError('REVISION_CONFLICT')
      await saveNotificationSettings(tx, { webhookOrigins: origins }, wanted + 1)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'notifications.settings_changed', targetKind: 'settings', targetId: 'notifications', detail: { before: before.value, after: { webhookOrigins: origins } }, atMs: deps.now() })
    })
    void reply.header('etag', `"${wanted + 1}"`)
    return { webhookOrigins: origins }
  })

  const presentMine = async (principal: Principal, webhookSecret?: string): Promise<{ view: MyNotifications; revision: number }> => {
    const id = principal.actor.id
    const [{ value, revision }, mail, settings, lastMail, lastWebhook] = await Promise.all([readPreferences(store, id), readMailSettings(store), readNotificationSettings(store), readNotificationState(store, id, 'mail'), readNotificationState(store, id, 'webhook')])
    const last = (state: NotificationState) => ({ at: new Date(state.atMs).toISOString(), ok: state.ok, answer: state.answer })
    return {
      revision,
      view: {
        email: value.email, mail: [...value.mail], webhookUrl: value.webhook?.url ?? '', webhookFor: [...value.webhookFor], digestMinutes: value.digestMinutes, kinds: NOTIFICATION_KINDS.filter((kind) => mayHear(principal.roles, kind)).map((kind) => ({ kind, doc: notificationKinds[kind].doc })),
        mailIsSetUp: mail.value !== undefined, webhookOrigins: [...settings.value.webhookOrigins], ...(webhookSecret === undefined ? {} : { webhookSecret }), ...(lastMail === undefined ? {} : { lastMail: last(lastMail) }), ...(lastWebhook === undefined ? {} : { lastWebhook: last(lastWebhook) }),
      },
    }
  }

  app.get('/api/v1/me/notifications', { schema: { tags: ['sessions'], summary: 'What one is told, and where.', response: { 200: MyNotifications } } }, async (request, reply) => {
    const { view, revision } = await presentMine(principalOf(request))
    void reply.header('etag', `"${revision}"`)
    return view
  })

  app.put('/api/v1/me/notifications', { schema: { tags: ['sessions'], summary: 'Choose what one is told, and where.', body: MyNotificationsRequest, response: { 200: MyNotifications } } }, async (request, reply) => {
    const principal = principalOf(request)
    const wanted = revisionOf(request)
    const { email, mail, webhookUrl, webhookFor, digestMinutes, newSecret } = request.body
    if (email !== '' && addressOf(email) === undefined) throw new InvalidRequest([{ pointer: '/email', detail: 'is not exactly one address' }])
    let secret: string | undefined
    await store.write(async (tx) => {
      const [before, settings] = await Promise.all([readPreferences(tx, principal.actor.id), readNotificationSettings(tx)])
      if (before.revision !== wanted) throw new CodedError('REVISION_CONFLICT')
      let webhook: NotificationPreferences['webhook']
      if (webhookUrl !== '') {
        const url = URL.canParse(webhookUrl) ? new URL(webhookUrl) : undefined
        if (url === undefined || url.username !== '' || url.password !== '') throw new InvalidRequest([{ pointer: '/webhookUrl', detail: 'is no address without a name and a password' }])
        if (!settings.value.webhookOrigins.includes(url.origin)) throw new CodedError('WEBHOOK_HOST', { host: url.host })
        const kept = before.value.webhook
        // A secret belongs to one receiver.
        if (kept === undefined || new URL(kept.url).origin !== url.origin || newSecret === true) secret = `whsec_${randomBytes(32).toString('base64')}`
        webhook = secret === undefined && kept !== undefined ? { ...kept, url: webhookUrl } : sealWebhook(sealer, principal.actor.id, { url: webhookUrl, secret: secret ?? '' })
      }
      await savePreferences(tx, principal.actor.id, { email, mail, webhookFor, digestMinutes, ...(webhook === undefined ? {} : { webhook }) }, wanted + 1)
      await appendAudit(tx, { actor: principal.actor, action: 'notifications.changed', targetKind: 'account', targetId: principal.actor.id, detail: { email, mail, webhookUrl, webhookFor, digestMinutes }, atMs: deps.now() })
    })
    const { view, revision } = await presentMine(principal, secret)
    void reply.header('etag', `"${revision}"`)
    return view
  })

  app.post('/api/v1/me/notifications/test', { schema: { tags: ['sessions'], summary: 'Send oneself a message.', body: MyNotificationsTest, response: { 200: MailTest } } }, async (request) => {
    const { actor } = principalOf(request)
    const [{ value }, mail, settings] = await Promise.all([readPreferences(store, actor.id), readMailSettings(store), readNotificationSettings(store)])
    await store.write((tx) => appendAudit(tx, { actor, action: 'notifications.tested', targetKind: 'account', targetId: actor.id, detail: { channel: request.body.channel }, atMs: deps.now() }))
    if (request.body.channel === 'webhook') {
      if (value.webhook === undefined) throw new InvalidRequest([{ pointer: '/channel', detail: 'no webhook is set' }])
      const { origin, host } = new URL(value.webhook.url)
      if (!settings.value.webhookOrigins.includes(origin)) throw new CodedError('WEBHOOK_HOST', { host })
      const outcome = await postWebhook(openWebhook(sealer, actor.id, value.webhook), `test_${uuid()}`, JSON.stringify({ type: 'holdfast.test', timestamp: new Date(deps.now()).toISOString(), data: {} }), deps.now())
      return outcome.kind === 'sent' ? { ok: true, answer: outcome.answer } : { ok: false, failure: 'protocol', answer: outcome.answer }
    }
    if (mail.value === undefined) throw new CodedError('MAIL_NOT_SET_UP')
    if (value.email === '') throw new InvalidRequest([{ pointer: '/channel', detail: 'no address is set' }])
    const outcome = await createMailer(openMailSettings(sealer, mail.value)).send({ to: [value.email], subject: '[Holdfast] Test of your notifications', text: 'This is where Holdfast will tell you what you asked for.\n', messageId: `<test-${uuid()}@holdfast>`, atMs: deps.now() })
    if (outcome.kind === 'sent') return { ok: true, answer: outcome.answer }
    return { ok: false, failure: outcome.kind === 'unknown' ? 'unknown' : outcome.failure, answer: outcome.answer }
  })
}
