// Notices, mail settings and notifications through the API: who may send what where, and what never leaves.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../access/permissions.ts'
import { createSealer } from '../../access/seal.ts'
import { DEFAULT_PREFERENCES, openMailSettings, openWebhook, readMailSettings, readPreferences, saveMailSettings, sealPlainSecrets, sealWebhook } from '../../notices/settings.ts'
import { buildAlert, buildPolicy, buildUser, MONDAY_MS } from '../../testing/builders.ts'
import { buildCase, buildNotice } from '../../testing/cases-contract.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { MailSettingsView, MyNotifications } from '../notifications/schema.ts'
import type { Problem } from '../primitives.ts'
import type { NoticePreview, NoticeTemplateList, NoticeTemplateView, NoticeView } from './schema.ts'

const KEY = Buffer.alloc(32, 5)
const sealer = createSealer(KEY)
let at: TestApp
beforeEach(async () => {
  at = await openTestApp(() => ({ sealKey: KEY }))
  await at.store.write(async (tx) => {
    await tx.saveUser(buildUser({ displayName: 'Alice Liddell', email: 'alice.liddell@example.com' }))
    await tx.savePolicy(buildPolicy())
    await tx.saveCase(buildCase({ contributors: ['a_Approver'] }))
    await tx.saveAlert(buildAlert({ status: 'confirmed', caseId: 'cs_1' }))
    await saveMailSettings(tx, sealer, { host: 'mail.example.com', port: 587, security: 'starttls', user: 'hf', password: 'very-secret', from: 'security@example.com' }, 1)
  })
})
afterEach(() => at.close())

const get = async <T>(role: Role, url: string): Promise<T> => (await at.app.inject({ method: 'GET', url, headers: at.as(role) })).json<T>()
const send = (role: Role, method: 'POST' | 'PUT' | 'DELETE', url: string, body: unknown = {}, revision?: number) =>
  at.app.inject({ method, url, headers: { ...at.as(role), 'content-type': 'application/json', ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }) }, payload: JSON.stringify(body) })
const codeOf = (answer: { readonly statusCode: number; json<T>(): T }): string => `${answer.statusCode} ${answer.json<Problem>().code ?? ''}`.trim()
const content = (over: object = {}) => ({ from: '', cc: [], bcc: [], subject: 'Hello', body: 'Dear {{ user.name }}, about {{ policy.name }}', format: 'text', ...over })
const notify = (role: Role, over: object = {}) => send(role, 'POST', '/api/v1/cases/cs_1/notices', content(over))

describe('a notice', () => {
  test('is queued for the user of the case, and neither the answer nor the log nor the list names them', async () => {
    const answer = await notify('Analyst')
    expect(answer.statusCode).toBe(202)
    expect(answer.json<NoticeView>()).toMatchObject({ state: 'queued', user: { pseudonym: 'ANON-AAAAAA1' }, text: 'Dear ANON-AAAAAA1, about Leaks', queuedBy: { name: 'analyst' } })
    expect(await at.store.mailWaiting()).toBe(1)
    const audit = (await at.store.auditEntries({ limit: 9 })).items.find(({ action }) => action === 'notice.queued')
    expect(JSON.parse(audit?.detail ?? '')).toMatchObject({ userId: 'u_1', uses: ['address', 'name'], revealedTo: { from: '', cc: [], bcc: [] } })
    const everything = [answer.body, audit?.detail, JSON.stringify(await get('Analyst', '/api/v1/notices')), JSON.stringify(await get('Analyst', '/api/v1/cases/cs_1/notices')), JSON.stringify(await at.store.notice(answer.json<NoticeView>().id))].join('\n')
    expect(everything).not.toMatch(/liddell|alice/i)
    expect((await at.store.case('cs_1'))?.status).toBe('active')
  })
  test('goes to other addresses only where somebody who may reveal names has chosen them', async () => {
    for (const over of [{ bcc: ['me@example.com'] }, { cc: ['me@example.com'] }, { from: 'me@example.com' }]) expect(codeOf(await notify('Analyst', over))).toBe('403 NOTICE_COPIES')
    expect((await notify('Investigator', { cc: ['hr@example.com'] })).statusCode).toBe(202)
    expect(codeOf(await send('Analyst', 'POST', '/api/v1/notice-templates', { name: 'Own', ...content({ bcc: ['me@example.com'] }) }))).toBe('403 NOTICE_COPIES')
    const template = (await send('Investigator', 'POST', '/api/v1/notice-templates', { name: 'HR', ...content({ cc: ['HR <hr@example.com>'] }) })).json<NoticeTemplateView>()
    expect((await send('Analyst', 'PUT', `/api/v1/notice-templates/${template.id}`, { name: 'HR', ...content({ cc: ['hr@example.com'], subject: 'Better' }) }, 1)).statusCode).toBe(200)
    expect((await send('Analyst', 'POST', '/api/v1/cases/cs_1/notices', { templateId: template.id, ...content({ cc: ['hr@example.com'] }) })).statusCode).toBe(202)
    expect(codeOf(await send('Analyst', 'POST', '/api/v1/cases/cs_1/notices', { templateId: template.id, ...content({ cc: ['hr@example.com', 'me@example.com'] }) }))).toBe('403 NOTICE_COPIES')
  })
  test.each([[{ subject: 'a\r\nBcc: x@y.example' }, '400 REQUEST_INVALID'], [{ body: '{{ user.email }}' }, '400 NOTICE_INVALID'], [{ cc: ['a@b.example, c@d.example'] }, '400 NOTICE_INVALID'], [{ cc: ['a@b.example\r\nX: y'] }, '400 REQUEST_INVALID'], [{ templateId: 'nt_none' }, '404 NOT_FOUND'], [{ to: ['x@y.example'] }, '400 REQUEST_INVALID']])('%j is refused', async (over, code) => {
    expect(codeOf(await notify('Investigator', over))).toBe(code)
    expect(await at.store.mailWaiting()).toBe(0)
  })
  test('needs a mail server, an address, and a case that is open', async () => {
    await at.store.write((tx) => tx.saveUser(buildUser({ displayName: 'Alice Liddell' })))
    expect(codeOf(await notify('Analyst'))).toBe('409 NOTICE_NO_ADDRESS')
    await at.store.write((tx) => saveMailSettings(tx, sealer, undefined, 2))
    expect(codeOf(await notify('Analyst'))).toBe('409 MAIL_NOT_SET_UP')
    await at.store.write((tx) => tx.saveCase(buildCase({ status: 'closed', resolution: { outcome: 'benign', reason: 'r', atMs: MONDAY_MS, by: 'a_1' } })))
    expect(codeOf(await notify('Analyst'))).toBe('409 CASE_CLOSED')
  })
  test('whose end is not known is sent again only when somebody accepts that it may arrive twice', async () => {
    await at.store.write(async (tx) => {
      await tx.saveNotice(buildNotice({ state: 'unknown', tries: 1 }))
      await tx.saveNotice(buildNotice({ id: 'no_2', state: 'sent', tries: 1 }))
    })
    expect(codeOf(await send('Analyst', 'POST', '/api/v1/notices/no_2/retry'))).toBe('409 NOTICE_STATE')
    expect(codeOf(await send('Analyst', 'POST', '/api/v1/notices/no_1/retry'))).toBe('409 NOTICE_MAY_ARRIVE_TWICE')
    expect(await at.store.mailWaiting()).toBe(0)
    expect((await send('Analyst', 'POST', '/api/v1/notices/no_1/retry', { acceptDuplicate: true })).statusCode).toBe(202)
    expect(await at.audit()).toContain('notice.retried case')
  })
  test('of a case that a guest was added to may be sent by them, of another not', async () => {
    expect((await notify('Approver')).statusCode).toBe(202)
    expect(codeOf(await notify('Read-only'))).toBe('404 NOT_FOUND')
    expect((await get<{ items: readonly unknown[] }>('Read-only', '/api/v1/notices')).items).toEqual([])
  })
})

describe('templates', () => {
  test('are made, changed as they were seen, and deleted; two do not share a name', async () => {
    const made = (await send('Analyst', 'POST', '/api/v1/notice-templates', { name: 'Reminder', ...content() })).json<NoticeTemplateView>()
    expect(codeOf(await send('Analyst', 'POST', '/api/v1/notice-templates', { name: 'reminder', ...content() }))).toBe('409 NOTICE_TEMPLATE_EXISTS')
    expect(codeOf(await send('Analyst', 'PUT', `/api/v1/notice-templates/${made.id}`, { name: 'Reminder', ...content() }))).toBe('428 REVISION_REQUIRED')
    expect(codeOf(await send('Analyst', 'PUT', `/api/v1/notice-templates/${made.id}`, { name: 'Reminder', ...content() }, 9))).toBe('412 REVISION_CONFLICT')
    expect((await get<NoticeTemplateList>('Approver', '/api/v1/notice-templates')).items.map(({ name }) => name)).toEqual(['Reminder'])
    expect((await send('Analyst', 'DELETE', `/api/v1/notice-templates/${made.id}`)).statusCode).toBe(204)
  })
  test('are shown with samples, or with the values of a case under the pseudonym', async () => {
    expect((await send('Analyst', 'POST', '/api/v1/notice-templates/preview', content())).json<NoticePreview>()).toMatchObject({ text: 'Dear Alex Example, about Data leaks', from: 'security@example.com' })
    expect((await send('Analyst', 'POST', '/api/v1/notice-templates/preview', content({ caseId: 'cs_1' }))).json<NoticePreview>().text).toBe('Dear ANON-AAAAAA1, about Leaks')
    expect(codeOf(await send('Read-only', 'POST', '/api/v1/notice-templates/preview', content({ caseId: 'cs_1' })))).toBe('404 NOT_FOUND')
  })
})

describe('the mail settings', () => {
  const settings = { host: 'mail.example.com', port: 587, security: 'starttls', user: 'hf', from: 'security@example.com' }
  test('never give the password away, and send it nowhere but where it was given for', async () => {
    const answer = await at.app.inject({ method: 'GET', url: '/api/v1/settings/mail', headers: at.as('Admin') })
    expect([answer.json<MailSettingsView>().hasPassword, answer.body.includes('very-secret')]).toEqual([true, false])
    for (const over of [{ host: 'evil.example.com' }, { port: 25 }, { user: 'other' }, { security: 'none' }]) {
      expect(codeOf(await send('Admin', 'PUT', '/api/v1/settings/mail', { ...settings, ...over }, 1))).toBe('400 MAIL_PASSWORD_NEEDED')
      expect(codeOf(await send('Admin', 'POST', '/api/v1/settings/mail/test', { ...settings, ...over }))).toBe('400 MAIL_PASSWORD_NEEDED')
    }
    expect((await send('Admin', 'PUT', '/api/v1/settings/mail', { ...settings, from: 'Other <other@example.com>' }, 1)).json<MailSettingsView>()).toMatchObject({ hasPassword: true, from: 'Other <other@example.com>' })
    expect(JSON.stringify((await at.store.auditEntries({ limit: 20 })).items)).not.toContain('very-secret')
  })
  test('keep the password sealed, and count one that this installation cannot open as none', async () => {
    expect(await at.store.setting('mail')).not.toContain('very-secret')
    expect((await send('Admin', 'PUT', '/api/v1/settings/mail', { ...settings, from: 'other@example.com' }, 1)).statusCode).toBe(200)
    const { value } = await readMailSettings(at.store)
    expect(value === undefined ? undefined : openMailSettings(sealer, value)).toEqual({ ...settings, from: 'other@example.com', password: 'very-secret' })
    await at.store.write((tx) => saveMailSettings(tx, createSealer(Buffer.alloc(32, 6)), { ...settings, security: 'starttls', password: 'of another key' }, 3))
    expect(await get<MailSettingsView>('Admin', '/api/v1/settings/mail')).toMatchObject({ isSetUp: true, hasPassword: false })
    expect(codeOf(await send('Admin', 'PUT', '/api/v1/settings/mail', settings, 3))).toBe('400 MAIL_PASSWORD_NEEDED')
    expect((await send('Admin', 'PUT', '/api/v1/settings/mail', { ...settings, password: 'a new one' }, 3)).json<MailSettingsView>().hasPassword).toBe(true)
    expect(await at.store.setting('mail')).not.toContain('a new one')
  })
  test.each([[{ from: 'a@b.example, c@d.example' }], [{ from: '' }], [{ caPem: 'nothing' }], [{ port: 0 }], [{ host: 'a b' }]])('%j is refused', async (over) => {
    expect(codeOf(await send('Admin', 'PUT', '/api/v1/settings/mail', { ...settings, ...over }, 1))).toBe('400 REQUEST_INVALID')
  })
})

describe('what an account is told', () => {
  const mine = { email: 'ada@example.com', mail: ['high_alert'], webhookUrl: '', webhookFor: [], digestMinutes: 15 }
  test('depends on its roles, and is its own', async () => {
    expect((await get<MyNotifications>('Admin', '/api/v1/me/notifications')).kinds.map(({ kind }) => kind)).toEqual(['first_alert', 'policy_health', 'fleet', 'analytics'])
    expect((await get<MyNotifications>('Auditor', '/api/v1/me/notifications')).kinds).toEqual([])
    expect((await send('Analyst', 'PUT', '/api/v1/me/notifications', mine, 0)).json<MyNotifications>()).toMatchObject({ email: 'ada@example.com', mailIsSetUp: true })
    expect((await get<MyNotifications>('Investigator', '/api/v1/me/notifications')).email).toBe('')
    expect(codeOf(await send('Analyst', 'PUT', '/api/v1/me/notifications', { ...mine, email: 'a@b.example\nc' }, 1))).toBe('400 REQUEST_INVALID')
  })
  test('a webhook goes to allowed hosts only, and its secret is shown once', async () => {
    const hook = { ...mine, webhookUrl: 'https://hooks.example.com/in', webhookFor: ['high_alert'] }
    expect(codeOf(await send('Analyst', 'PUT', '/api/v1/me/notifications', hook, 0))).toBe('400 WEBHOOK_HOST')
    expect((await send('Admin', 'PUT', '/api/v1/settings/notifications', { webhookOrigins: ['https://Hooks.example.com:443'] }, 0)).json()).toEqual({ webhookOrigins: ['https://hooks.example.com'] })
    for (const webhookUrl of ['https://hooks.example.com.evil.example/in', 'https://hooks.example.com@evil.example/', 'http://hooks.example.com/in', 'https://hooks.example.com:8443/', 'https://u:p@hooks.example.com/']) expect((await send('Analyst', 'PUT', '/api/v1/me/notifications', { ...hook, webhookUrl }, 0)).statusCode).toBe(400)
    const saved = (await send('Analyst', 'PUT', '/api/v1/me/notifications', hook, 0)).json<MyNotifications>()
    expect(saved.webhookSecret).toMatch(/^whsec_/)
    expect((await get<MyNotifications>('Analyst', '/api/v1/me/notifications')).webhookSecret).toBeUndefined()
    expect(JSON.stringify((await at.store.auditEntries({ limit: 20 })).items)).not.toContain(saved.webhookSecret)
    const secretOfStore = async () => {
      const { value } = await readPreferences(at.store, 'a_Analyst')
      return value.webhook === undefined ? undefined : openWebhook(sealer, 'a_Analyst', value.webhook).secret
    }
    expect(await at.store.setting('notifications:a_Analyst')).not.toContain(saved.webhookSecret)
    expect(await secretOfStore()).toBe(saved.webhookSecret)
    expect((await send('Analyst', 'PUT', '/api/v1/me/notifications', { ...hook, webhookUrl: 'https://hooks.example.com/elsewhere' }, 1)).json<MyNotifications>().webhookSecret).toBeUndefined()
    expect(await secretOfStore()).toBe(saved.webhookSecret)
  })
})

describe('secrets that an earlier release kept in the clear', () => {
  test('are sealed once, with their revisions and everything beside them as they were', async () => {
    const mail = { host: 'mail.example.com', port: 587, security: 'starttls', user: 'hf', password: 'plain-password', from: 'security@example.com' } as const
    const told = { ...DEFAULT_PREFERENCES, webhook: { url: 'https://hooks.example.com/in', secret: 'whsec_plain' }, webhookFor: ['high_alert'] } as const
    await at.store.write(async (tx) => {
      await tx.saveSetting('mail', JSON.stringify({ value: mail, revision: 7 }))
      await tx.saveSetting('notifications:a_Analyst', JSON.stringify({ value: told, revision: 4 }))
    })
    expect(await sealPlainSecrets(at.store, sealer)).toBe(2)
    const rows = [await at.store.setting('mail'), await at.store.setting('notifications:a_Analyst')]
    expect(rows.join('\n')).not.toMatch(/plain/)
    const [kept, preferences] = await Promise.all([readMailSettings(at.store), readPreferences(at.store, 'a_Analyst')])
    expect([kept.revision, kept.value === undefined ? undefined : openMailSettings(sealer, kept.value)]).toEqual([7, mail])
    const { webhook, ...rest } = preferences.value
    expect([preferences.revision, webhook === undefined ? undefined : { ...rest, webhook: openWebhook(sealer, 'a_Analyst', webhook) }]).toEqual([4, told])
    expect(await sealPlainSecrets(at.store, sealer)).toBe(0)
    expect([await at.store.setting('mail'), await at.store.setting('notifications:a_Analyst')]).toEqual(rows)
  })
  test('of one account do not open for another', async () => {
    const webhook = sealWebhook(sealer, 'a_Analyst', { url: 'https://hooks.example.com/in', secret: 'whsec_x' })
    expect(() => openWebhook(sealer, 'a_Approver', webhook)).toThrow(expect.objectContaining({ code: 'SECRET_UNREADABLE' }))
  })
})
