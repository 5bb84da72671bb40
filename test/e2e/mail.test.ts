// Mail against a real SMTP server that takes, refuses, dawdles and hangs up: what is said of a message is what happened to it.
import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMailer, type MailSettings } from '@holdfast/collector/exports/mail.ts'
import { createSealer } from '@holdfast/collector/access/seal.ts'
import { createDelivery, type Delivery } from '@holdfast/collector/notices/delivery.ts'
import { createNotifications } from '@holdfast/collector/notices/notifications.ts'
import { readMailSettings, saveMailSettings, saveNotificationSettings, savePreferences, sealWebhook, DEFAULT_PREFERENCES, readNotificationState } from '@holdfast/collector/notices/settings.ts'
import type { Store } from '@holdfast/collector/store/store.ts'
import { buildAccount, buildAlert, buildPolicy, buildUser, MONDAY_MS } from '@holdfast/collector/testing/builders.ts'
import { buildCase, buildNotice } from '@holdfast/collector/testing/cases-contract.ts'
import { openTemporaryStore } from '@holdfast/collector/testing/temporary-store.ts'
import type { SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type MailSink, openMailSink } from '../support/mail-sink.ts'

let folder: string
let key: Buffer
let cert: Buffer
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-mail-'))
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem'), '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { stdio: 'ignore' })
  key = readFileSync(join(folder, 'key.pem'))
  cert = readFileSync(join(folder, 'cert.pem'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const sinks: MailSink[] = []
async function openSink(options: SMTPServerOptions = {}): Promise<MailSink> {
  const sink = await openMailSink({ key, cert, ...options })
  sinks.push(sink)
  return sink
}
afterEach(async () => {
  await Promise.all(sinks.splice(0).map((sink) => sink.close()))
})
const settingsOf = (sink: MailSink, over: Partial<MailSettings> = {}): MailSettings => ({ host: 'localhost', port: sink.port, security: 'none', from: 'Security <security@example.com>', ...over })
const sealer = createSealer(Buffer.alloc(32, 9))
const FAST = { connectMs: 3000, silentMs: 1500 }
const message = { to: ['alice@example.com'], subject: 'Grüße', text: 'Hällo\n.\nend', messageId: '<m1@holdfast>', atMs: MONDAY_MS } as const

describe('a message arrives as it was written', () => {
  test('with its copies, both forms of its text, and the hidden copies in no header', async () => {
    const sink = await openSink()
    const outcome = await createMailer(settingsOf(sink)).send({ ...message, cc: ['Boss <boss@example.com>'], bcc: ['archive@example.com'], html: '<p>Hällo</p>' })
    expect(outcome).toMatchObject({ kind: 'sent', refused: 0, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const [mail] = sink.mails
    expect([mail?.subject, mail?.text?.trim(), mail?.html, mail?.messageId, mail?.from?.value[0]?.address]).toEqual(['Grüße', 'Hällo\n.\nend', '<p>Hällo</p>', '<m1@holdfast>', 'security@example.com'])
    expect(sink.recipients).toEqual([['alice@example.com', 'boss@example.com', 'archive@example.com']])
    expect(mail?.headerLines.map(({ line }) => line).join('\n')).not.toContain('archive@example.com')
  })
  test.each(['starttls', 'tls'] as const)('over %s, with a sign-in, to a server whose authority is known', async (security) => {
    const sink = await openSink({ secure: security === 'tls', disabledCommands: [], authOptional: false, onAuth: (auth, _session, done) => (auth.username === 'hf' && auth.password === 'right' ? done(null, { user: 'hf' }) : done(new Error('Invalid username or password'))) })
    const mailer = createMailer(settingsOf(sink, { security, user: 'hf', password: 'right', caPem: cert.toString() }), FAST)
    expect(await mailer.verify()).toEqual({ kind: 'good' })
    expect((await mailer.send(message)).kind).toBe('sent')
    expect(await createMailer(settingsOf(sink, { security, user: 'hf', password: 'wrong', caPem: cert.toString() }), FAST).verify()).toMatchObject({ kind: 'failed', failure: 'auth' })
    expect(await createMailer(settingsOf(sink, { security, user: 'hf', password: 'right' }), FAST).verify()).toMatchObject({ kind: 'failed', failure: 'tls' })
  })
})

describe('what a server does is told apart', () => {
  test('a name that nobody knows, a port that nobody listens on, and a server that cannot do TLS', async () => {
    const sink = await openSink()
    expect(await createMailer(settingsOf(sink, { host: 'no-such-host.invalid' }), FAST).verify()).toMatchObject({ kind: 'failed', failure: 'dns' })
    expect(await createMailer(settingsOf(sink, { security: 'starttls' }), FAST).send(message)).toMatchObject({ kind: 'failed', failure: 'tls', retryable: true })
    await sinks.pop()?.close()
    expect(await createMailer(settingsOf(sink), FAST).send(message)).toMatchObject({ kind: 'failed', failure: 'refused', retryable: true })
    expect(sink.mails).toEqual([])
  })
  test.each([[450, true], [550, false]])('a recipient who is refused with %i', async (code, retryable) => {
    const sink = await openSink({ onRcptTo: (_address, _session, done) => done(Object.assign(new Error('<alice@example.com> no'), { responseCode: code })) })
    const outcome = await createMailer(settingsOf(sink), FAST).send(message)
    expect(outcome).toMatchObject({ kind: 'failed', failure: 'recipient', retryable })
    expect(outcome.answer).not.toContain('alice')
  })
  test('a person who is refused while a copy is taken has not got it', async () => {
    const sink = await openSink({ onRcptTo: ({ address }, _session, done) => (address === 'alice@example.com' ? done(Object.assign(new Error('no'), { responseCode: 550 })) : done()) })
    expect(await createMailer(settingsOf(sink), FAST).send({ ...message, bcc: ['archive@example.com'] })).toMatchObject({ kind: 'failed', failure: 'recipient', retryable: false })
  })
  test.each([[451, true], [554, false]])('a message that is refused with %i after it was read', async (code, retryable) => {
    const sink = await openSink({ onData: (stream, _session, done) => void stream.resume().on('end', () => done(Object.assign(new Error('no'), { responseCode: code }))) })
    expect(await createMailer(settingsOf(sink), FAST).send(message)).toMatchObject({ kind: 'failed', failure: 'message', retryable })
  })
  test('a server that hangs up after the message leaves it unknown', async () => {
    const sink: MailSink = await openSink({ onData: (stream) => void stream.resume().on('end', () => sink.hangUp()) })
    const outcome = await createMailer(settingsOf(sink), FAST).send(message)
    expect(outcome.kind).toBe('unknown')
  })
  test('a server that never answers after the message leaves it unknown, one that never greets has not got it', async () => {
    const silent = await openSink({ onData: (stream) => void stream.resume() })
    expect((await createMailer(settingsOf(silent), { connectMs: 3000, silentMs: 500 }).send(message)).kind).toBe('unknown')
    const mute = await openSink({ onConnect: () => {} })
    expect(await createMailer(settingsOf(mute), { connectMs: 500, silentMs: 500 }).send(message)).toMatchObject({ kind: 'failed', retryable: true })
  })
})

describe('a queued notice', () => {
  let store: Store
  let temporary: Awaited<ReturnType<typeof openTemporaryStore>>
  let nowMs: number
  let states: string[]
  let delivery: Delivery
  const newDelivery = () => createDelivery({ store, sealer, now: () => nowMs, consoleUrl: 'https://hf.example', organisation: 'Example', log: { warn: () => {}, error: () => {} }, onNotice: (notice) => states.push(notice.state), mailer: (settings) => createMailer(settings, FAST) })
  beforeEach(async () => {
    temporary = await openTemporaryStore()
    store = temporary.store
    nowMs = MONDAY_MS
    states = []
    delivery = newDelivery()
    await store.write(async (tx) => {
      await tx.saveAccount(buildAccount({ name: 'ada', roles: ['Analyst'] }))
      await tx.saveUser(buildUser({ displayName: 'Alice Liddell', email: 'alice@example.com' }))
      await tx.savePolicy(buildPolicy())
      await tx.saveCase(buildCase())
      await tx.saveNotice(buildNotice({ body: 'Hello {{ user.name }}', bcc: ['archive@example.com'] }))
      await tx.saveMail({ id: 'ml_1', kind: 'notice', ref: 'no_1', state: 'queued', tries: 0, createdAtMs: nowMs, nextAtMs: nowMs, payload: '{}' })
    })
  })
  afterEach(() => temporary.remove())
  const use = (sink: MailSink) => store.write((tx) => saveMailSettings(tx, sealer, settingsOf(sink), 1))

  test('waits until a mail server is set up, goes out once, and the case says so without the name', async () => {
    expect(await delivery.drain()).toBe(0)
    const sink = await openSink()
    await use(sink)
    expect(await delivery.drain()).toBe(1)
    expect(await delivery.drain()).toBe(0)
    expect([sink.mails.length, sink.mails[0]?.text?.trim(), sink.recipients[0]]).toEqual([1, 'Hello Alice Liddell', ['alice@example.com', 'archive@example.com']])
    expect(await store.notice('no_1')).toMatchObject({ state: 'sent', tries: 1, sentAtMs: nowMs, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const { items } = await store.caseNotes({ caseId: 'cs_1', limit: 9 })
    expect(items.map(({ kind, text, authorId }) => [kind, text, authorId])).toEqual([['notice', 'A notice was sent to the user.\nSubject: Reminder', 'a_1']])
    expect(JSON.stringify([items, (await store.caseEvents({ caseId: 'cs_1', limit: 9 })).items, (await store.auditEntries({ limit: 9 })).items, await store.notice('no_1')])).not.toMatch(/liddell|alice/i)
    expect((await store.case('cs_1'))?.status).toBe('active')
  })
  test('is tried again after a pause, also by the next process, and arrives once with one id', async () => {
    let isBusy = true
    const sink = await openSink({ onMailFrom: (_address, _session, done) => (isBusy ? done(Object.assign(new Error('busy'), { responseCode: 421 })) : done()) })
    await use(sink)
    await delivery.drain()
    expect(await store.notice('no_1')).toMatchObject({ state: 'queued', tries: 1, nextAtMs: MONDAY_MS + 60_000 })
    isBusy = false
    expect(await newDelivery().drain()).toBe(0)
    nowMs += 60_000
    expect(await newDelivery().drain()).toBe(1)
    expect([sink.mails.map(({ messageId }) => messageId), (await store.notice('no_1'))?.state]).toEqual([['<no_1@holdfast>'], 'sent'])
  })
  test('whose answer was lost is not sent again, also after the process was killed in between', async () => {
    const sink = await openSink({ onData: (stream) => void stream.resume() })
    await use(sink)
    await delivery.drain()
    expect([(await store.notice('no_1'))?.state, states]).toEqual(['unknown', ['unknown']])
    nowMs += 86_400_000
    expect(await newDelivery().drain()).toBe(0)
    await store.write(async (tx) => {
      await tx.saveNotice(buildNotice({ id: 'no_2' }))
      await tx.saveMail({ id: 'ml_2', kind: 'notice', ref: 'no_2', state: 'sending', tries: 0, createdAtMs: 0, nextAtMs: 0, payload: '{}' })
    })
    expect(await newDelivery().drain()).toBe(0)
    expect(await store.notice('no_2')).toMatchObject({ state: 'unknown', answer: 'The collector stopped while the message was being handed over.' })
    expect((await store.caseNotes({ caseId: 'cs_1', limit: 9 })).items.every(({ text }) => text.includes('the user may have it or not'))).toBe(true)
  })
  test('two that drain at once send each message once', async () => {
    const sink = await openSink()
    await use(sink)
    await Promise.all([delivery.drain(), delivery.drain(), delivery.drain()])
    expect(sink.mails).toHaveLength(1)
  })
})

describe('reviewers are told', () => {
  let store: Store
  let temporary: Awaited<ReturnType<typeof openTemporaryStore>>
  let nowMs: number
  let hook: Server
  let posts: { readonly headers: Record<string, string>; readonly body: string }[]
  let statuses: number[]
  const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const start = () => {
    const delivery = createDelivery({ store, sealer, now: () => nowMs, consoleUrl: 'https://hf.example', organisation: 'Example', log: { warn: () => {}, error: () => {} }, mailer: (settings) => createMailer(settings, FAST) })
    const notifications = createNotifications({ store, now: () => nowMs, log: { error: () => {} }, policyWarnings: async () => [{ id: 'p_1', name: 'Leaks', messages: ['No device.'] }], analyticsNews: async () => [], onQueued: () => {} })
    return { delivery, notifications }
  }
  beforeEach(async () => {
    temporary = await openTemporaryStore()
    store = temporary.store
    nowMs = Date.now()
    posts = []
    statuses = []
    hook = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        posts.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() })
        response.writeHead(statuses.shift() ?? 204).end()
      })
    })
    await new Promise<void>((ready) => hook.listen(0, '127.0.0.1', ready))
    const origin = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`
    await store.write(async (tx) => {
      for (const [id, roles] of [['a_1', ['Analyst']], ['a_2', ['Analyst']], ['a_3', ['Admin']]] as const) await tx.saveAccount(buildAccount({ id, name: id, roles }))
      await tx.saveUser(buildUser({ displayName: 'Alice Liddell', email: 'alice@example.com', identities: [{ kind: 'email', value: 'alice@example.com' }] }))
      await tx.savePolicy(buildPolicy())
      await tx.saveAlert(buildAlert({ id: 'al_old', severity: 'high', score: 90 }))
      await saveNotificationSettings(tx, { webhookOrigins: [origin] }, 1)
      await savePreferences(tx, 'a_1', { ...DEFAULT_PREFERENCES, email: 'ada@example.com' }, 1)
      await savePreferences(tx, 'a_2', { ...DEFAULT_PREFERENCES, webhook: sealWebhook(sealer, 'a_2', { url: `${origin}/in`, secret: SECRET }), webhookFor: ['high_alert', 'assignment'] }, 1)
      await savePreferences(tx, 'a_3', { ...DEFAULT_PREFERENCES, email: 'admin@example.com' }, 1)
    })
  })
  afterEach(async () => {
    await new Promise((done) => hook.close(done))
    await temporary.remove()
  })

  test('of a burst in one message each, by their roles, without names, once; and nothing of the past', async () => {
    const sink = await openSink()
    await store.write((tx) => saveMailSettings(tx, sealer, settingsOf(sink), 1))
    const { delivery, notifications } = start()
    expect(await notifications.look()).toBe(0)
    nowMs += 1000
    await store.write((tx) => tx.saveAlerts(Array.from({ length: 40 }, (_, index) => buildAlert({ id: `al_${index}`, severity: 'high', score: 80, createdAtMs: nowMs, updatedAtMs: nowMs }))))
    expect(await notifications.look()).toBe(40)
    expect(await start().notifications.look()).toBe(0)
    nowMs += 60_000
    await delivery.drain()
    expect(sink.mails.map((mail) => [mail.to === undefined || Array.isArray(mail.to) ? '' : mail.to.text, mail.subject])).toEqual([['ada@example.com', '[Holdfast] 40 new alerts of high severity']])
    expect(sink.mails[0]?.text).toContain('https://hf.example/alerts/al_39')
    expect(posts).toHaveLength(1)
    const [post] = posts
    // Standard Webhooks 1.0: HMAC-SHA256 over id.timestamp.body.
    const signature = createHmac('sha256', Buffer.alloc(32, 7)).update(`${post?.headers['webhook-id']}.${post?.headers['webhook-timestamp']}.${post?.body}`).digest('base64')
    expect(post?.headers['webhook-signature']).toBe(`v1,${signature}`)
    const sent = JSON.parse(post?.body ?? '') as { readonly data: { readonly items: readonly unknown[] } }
    expect(sent.data.items).toHaveLength(40)
    expect(JSON.stringify([sink.mails.map(({ text }) => text), posts])).not.toMatch(/liddell|alice/i)
    // The next one waits for the pause that the account has chosen.
    await store.write((tx) => tx.saveAlert(buildAlert({ id: 'al_new', severity: 'high', createdAtMs: nowMs, updatedAtMs: nowMs })))
    await notifications.look()
    nowMs += 60_000
    await delivery.drain()
    expect(sink.mails).toHaveLength(1)
    nowMs += 15 * 60_000
    await delivery.drain()
    expect(sink.mails).toHaveLength(2)
  })
  test('of what somebody else has given them, and of the first alert of a policy', async () => {
    const sink = await openSink()
    await store.write((tx) => saveMailSettings(tx, sealer, settingsOf(sink), 1))
    const { delivery, notifications } = start()
    await notifications.look()
    nowMs += 1000
    await store.write(async (tx) => {
      await tx.savePolicy(buildPolicy({ name: 'Fresh' }, 'p_2'))
      await tx.saveAlert(buildAlert({ id: 'al_2', policyId: 'p_2', assigneeId: 'a_1', createdAtMs: nowMs, updatedAtMs: nowMs }))
      await tx.appendAlertHistory({ alertId: 'al_2', atMs: nowMs, actorId: 'a_2', what: 'assigned', to: 'a_1' })
      await tx.saveAlert(buildAlert({ id: 'al_3', assigneeId: 'a_1', createdAtMs: nowMs, updatedAtMs: nowMs }))
      await tx.appendAlertHistory({ alertId: 'al_3', atMs: nowMs, actorId: 'a_1', what: 'assigned', to: 'a_1' })
    })
    expect(await notifications.look()).toBe(2)
    nowMs += 60_000
    await delivery.drain()
    expect(new Set(sink.mails.map(({ subject }) => subject))).toEqual(new Set(['[Holdfast] The first alert of a policy', '[Holdfast] The first alert of a policy; Something was given to you']))
    expect(sink.mails).toHaveLength(2)
  })
  test('once a week of policies that have something wrong', async () => {
    const sink = await openSink()
    await store.write((tx) => saveMailSettings(tx, sealer, settingsOf(sink), 1))
    const { delivery, notifications } = start()
    await notifications.look()
    nowMs += 7 * 86_400_000
    expect(await notifications.look()).toBe(1)
    expect(await notifications.look()).toBe(0)
    nowMs += 60_000
    await delivery.drain()
    expect(sink.mails.map(({ text }) => text?.includes('Leaks: No device.'))).toEqual([true, true])
  })
  test('in silence while no mail server is set up, and a webhook that fails is tried again with the same id', async () => {
    expect((await readMailSettings(store)).value).toBeUndefined()
    const { delivery, notifications } = start()
    await notifications.look()
    nowMs += 1000
    await store.write((tx) => tx.saveAlert(buildAlert({ id: 'al_2', severity: 'high', createdAtMs: nowMs, updatedAtMs: nowMs })))
    await notifications.look()
    expect(await store.mailWaiting()).toBe(1)
    statuses.push(503)
    nowMs += 30_000
    await delivery.drain()
    expect(await readNotificationState(store, 'a_2', 'webhook')).toMatchObject({ ok: false, answer: 'HTTP 503' })
    nowMs += 60_000
    await delivery.drain()
    expect([posts.length, new Set(posts.map(({ headers }) => headers['webhook-id'])).size, await store.mailWaiting()]).toEqual([2, 1, 0])
    expect(await readNotificationState(store, 'a_2', 'webhook')).toMatchObject({ ok: true })
  })
  test('about nobody whom they may not see', async () => {
    const sink = await openSink()
    await store.write((tx) => saveMailSettings(tx, sealer, settingsOf(sink), 1))
    const { notifications } = start()
    await notifications.look()
    nowMs += 1000
    await store.write(async (tx) => {
      await tx.savePriorityGroup({ id: 'pg_1', name: 'Board', description: '', members: ['u_1'], viewers: ['a_2'] })
      await tx.saveAlert(buildAlert({ id: 'al_2', severity: 'high', createdAtMs: nowMs, updatedAtMs: nowMs }))
    })
    await notifications.look()
    expect((await store.dueMail(nowMs + 86_400_000, 9)).map(({ kind, ref }) => `${kind} ${ref}`)).toEqual(['webhook a_2'])
  })
})

test('a redirect of a webhook is not followed', async () => {
  const { postWebhook } = await import('@holdfast/collector/notices/delivery.ts')
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.writeHead(307, { location: '/elsewhere' }).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const outcome = await postWebhook({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, secret: `whsec_${Buffer.alloc(32).toString('base64')}` }, 'x', '{}', Date.now())
  expect([outcome.kind, outcome.answer, asked]).toEqual(['failed', 'HTTP 307', 1])
  await new Promise((done) => server.close(done))
})
