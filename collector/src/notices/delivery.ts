// Takes what is queued to the mail server or the webhook, and writes down what came of it.
//
//   queued --(row says `sending`, committed)--> the server --> sent | failed | unknown, and the row is gone
//                                                          \-> queued again, later, when the failure may pass
//
// The row says `sending` on disk before the first byte goes out. A row that says so when the collector starts was cut off
// in between: it may have arrived, so it counts as unknown and is not sent again by itself. Webhooks carry an id that
// their receiver keeps apart, so that those are sent again.
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import type { Sealer } from '../access/seal.ts'
import { appendAudit } from '../audit/chain.ts'
import { afterTry, type Notice, type NoticeOutcome, RETRY_PAUSES_MS } from '../domain/cases/notice.ts'
import { createMailer, type Mailer, type MailSettings, type SendOutcome, withoutAddresses } from '../exports/mail.ts'
import type { QueuedMail } from '../store/cases.ts'
import type { Store, StoreWriter } from '../store/store.ts'
import { mailOf } from './address.ts'
import { composeDigest, type DigestItem } from './digest.ts'
import { type NoticeValues, renderNotice } from './render.ts'
import { openMailSettings, type OpenWebhook, openWebhook, readMailSettings, readNotificationSettings, readPreferences, saveNotificationState, unlessUnreadable } from './settings.ts'
import { createWaker, everyTurn, type TurnOf } from '../waker.ts'

const POLL_MS = 30_000
const A_ROUND = 20
const WEBHOOK_MS = 10_000
const CUT_OFF = 'The collector stopped while the message was being handed over.'
/** Rests before a row is tried that could not be written down. */
const RETRY_MS = 10_000

export interface DeliveryDeps {
  readonly store: Store
  /** Opens the password of the mail server and the secrets of webhooks. */
  readonly sealer: Sealer
  readonly now: () => number
  /** Address of the console, for links. */
  readonly consoleUrl: string
  readonly organisation: string
  readonly log: { warn(context: object, message: string): void; error(context: object, message: string): void }
  /** Whether it is this process's to do; always where there is one. */
  readonly turnOf?: TurnOf
  readonly onNotice?: (notice: Notice) => void
  /** For tests of what a server does. */
  readonly mailer?: (settings: MailSettings) => Mailer
}

export interface Delivery {
  wake(): void
  /** Sends what is due. @returns how many tries were made */
  drain(): Promise<number>
  run(signal: AbortSignal): Promise<void>
}

const outcomeOf = (outcome: SendOutcome): NoticeOutcome => {
  if (outcome.kind === 'sent') return { kind: 'sent', answer: outcome.refused === 0 ? outcome.answer : `${outcome.answer} (${outcome.refused} of the copies refused)`, sha256: outcome.sha256 }
  return outcome.kind === 'unknown' ? outcome : { kind: 'failed', answer: `${outcome.failure}: ${outcome.answer}`, retryable: outcome.retryable }
}

/** What the case remembers of a notice. */
const words = (notice: Notice): string => {
  const name = notice.templateName === undefined ? 'A notice' : `The notice “${notice.templateName}”`
  if (notice.state === 'sent') return `${name} was sent to the user.\nSubject: ${notice.subject}`
  if (notice.state === 'unknown') return `${name} was handed to the mail server, and the answer was lost: the user may have it or not. It is not sent again by itself.\nSubject: ${notice.subject}`
  return `${name} could not be sent: ${notice.answer ?? ''}\nSubject: ${notice.subject}`
}

async function settleNotice(tx: StoreWriter, mail: QueuedMail, outcome: NoticeOutcome, atMs: number): Promise<Notice | undefined> {
  const before = await tx.notice(mail.ref)
  if (before === undefined) {
    await tx.deleteMail(mail.id)
    return undefined
  }
  const notice = afterTry(before, outcome, atMs)
  await tx.saveNotice(notice)
  if (notice.nextAtMs !== undefined) {
    await tx.saveMail({ ...mail, state: 'queued', tries: notice.tries, nextAtMs: notice.nextAtMs })
    return notice
  }
  await tx.deleteMail(mail.id)
  await tx.appendCaseNote({ id: `cn_${notice.id}_${notice.tries}`, caseId: notice.caseId, atMs, authorId: notice.queuedBy, kind: 'notice', text: words(notice) })
  await tx.appendCaseEvent({ caseId: notice.caseId, atMs, actorId: notice.queuedBy, what: `notice_${notice.state}`, detail: { notice: notice.id, subject: notice.subject, answer: notice.answer ?? '', ...(notice.sha256 === undefined ? {} : { sha256: notice.sha256 }) } })
  await appendAudit(tx, { actor: { id: 'system', name: 'system' }, action: `notice.${notice.state}`, targetKind: 'case', targetId: notice.caseId, detail: { notice: notice.id, by: notice.queuedBy, tries: notice.tries, ...(notice.sha256 === undefined ? {} : { sha256: notice.sha256 }) }, atMs })
  return notice
}

async function settleOther(tx: StoreWriter, mail: QueuedMail, outcome: NoticeOutcome, atMs: number): Promise<void> {
  const pause = outcome.kind === 'failed' && outcome.retryable ? RETRY_PAUSES_MS[mail.tries] : undefined
  if (pause === undefined) await tx.deleteMail(mail.id)
  else await tx.saveMail({ ...mail, state: 'queued', tries: mail.tries + 1, nextAtMs: atMs + pause })
  await saveNotificationState(tx, mail.ref, { atMs, channel: mail.kind === 'webhook' ? 'webhook' : 'mail', ok: outcome.kind === 'sent', answer: outcome.answer })
}

/** One POST as Standard Webhooks has it; redirects are not followed, and of the answer only its status counts. */
export async function postWebhook(webhook: OpenWebhook, id: string, payload: string, atMs: number): Promise<NoticeOutcome> {
  const at = new Date(atMs)
  try {
    const answer = await fetch(webhook.url, {
      method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(WEBHOOK_MS), body: payload,
      headers: { 'content-type': 'application/json', 'user-agent': 'holdfast', 'webhook-id': id, 'webhook-timestamp': String(Math.floor(atMs / 1000)), 'webhook-signature': new Webhook(webhook.secret).sign(id, at, payload) },
    })
    await answer.body?.cancel()
    if (answer.ok) return { kind: 'sent', answer: `HTTP ${answer.status}`, sha256: '' }
    return { kind: 'failed', answer: `HTTP ${answer.status}`, retryable: answer.status >= 500 || answer.status === 429 || answer.status === 408 }
  } catch (error) {
    const cause = (error as Error).cause as { readonly code?: string } | undefined
    return { kind: 'failed', answer: withoutAddresses(cause?.code ?? (error as Error).message), retryable: true }
  }
}

export function createDelivery({ store, sealer, now, consoleUrl, organisation, log, onNotice, mailer = createMailer, turnOf = everyTurn }: DeliveryDeps): Delivery {
  const waker = createWaker()
  let running: Promise<number> | undefined
  let unreadable = false

  const finish = async (mail: QueuedMail, outcome: NoticeOutcome): Promise<void> => {
    const notice = await store.write(async (tx) => {
      if (mail.kind === 'notice') return settleNotice(tx, mail, outcome, now())
      await settleOther(tx, mail, outcome, now())
      return undefined
    })
    if (notice !== undefined) onNotice?.(notice)
  }

  const sendNotice = async (mail: QueuedMail, settings: MailSettings): Promise<NoticeOutcome> => {
    const notice = await store.notice(mail.ref)
    const user = notice === undefined ? undefined : await store.user(notice.userId)
    const address = user === undefined ? undefined : mailOf(user)
    if (notice === undefined || user === undefined || address === undefined) return { kind: 'failed', answer: 'No e-mail address of the user is known any more.', retryable: false }
    const { subject, text, html } = renderNotice(notice, { ...(notice.values as NoticeValues), 'user.name': user.displayName })
    return outcomeOf(await mailer(settings).send({ ...(notice.from === '' ? {} : { from: notice.from }), to: [address], cc: notice.cc, bcc: notice.bcc, subject, text, ...(html === undefined ? {} : { html }), messageId: notice.messageId, atMs: now() }))
  }

  const sendDigest = async (mail: QueuedMail, settings: MailSettings): Promise<NoticeOutcome> => {
    const { value: preferences } = await readPreferences(store, mail.ref)
    if (preferences.email === '') return { kind: 'failed', answer: 'The account has no address any more.', retryable: false }
    const items = JSON.parse(mail.payload) as readonly DigestItem[]
    const { subject, text } = composeDigest(items, consoleUrl, organisation)
    return outcomeOf(await mailer(settings).send({ to: [preferences.email], subject, text, messageId: `<${mail.id}@holdfast>`, atMs: now() }))
  }

  const sendWebhook = async (mail: QueuedMail): Promise<NoticeOutcome> => {
    const [{ value: preferences }, { value: settings }] = await Promise.all([readPreferences(store, mail.ref), readNotificationSettings(store)])
    const { webhook } = preferences
    if (webhook === undefined || !settings.webhookOrigins.includes(new URL(webhook.url).origin)) return { kind: 'failed', answer: 'The account has no webhook to an allowed host any more.', retryable: false }
    const opened = unlessUnreadable(() => openWebhook(sealer, mail.ref, webhook))
    if (opened === undefined) return { kind: 'failed', answer: 'The secret of the webhook cannot be read any more; make a new one.', retryable: false }
    const items = JSON.parse(mail.payload) as readonly DigestItem[]
    return postWebhook(opened, mail.id, JSON.stringify({ type: 'holdfast.notifications', timestamp: new Date(now()).toISOString(), data: { items } }), now())
  }

  const tryOne = async (mail: QueuedMail, settings: MailSettings | undefined): Promise<boolean> => {
    if (mail.kind !== 'webhook' && settings === undefined) return false
    await store.write((tx) => tx.saveMail({ ...mail, state: 'sending' }))
    let outcome: NoticeOutcome
    try {
      outcome = mail.kind === 'webhook' || settings === undefined ? await sendWebhook(mail) : mail.kind === 'notice' ? await sendNotice(mail, settings) : await sendDigest(mail, settings)
    } catch (error) {
      log.error({ err: error, mail: mail.id }, 'a message could not be made')
      outcome = { kind: 'failed', answer: 'The message could not be made; the log of the collector says why.', retryable: false }
    }
    await finish(mail, outcome)
    return true
  }

  /** Undefined while there is no server, or no password that can be read: mail waits. */
  const mailSettings = async (): Promise<MailSettings | undefined> => {
    const { value: kept } = await readMailSettings(store)
    const settings = kept === undefined ? undefined : unlessUnreadable(() => openMailSettings(sealer, kept))
    const isUnreadable = kept !== undefined && settings === undefined
    if (isUnreadable && !unreadable) log.error({}, 'the password of the mail server cannot be read with this installation’s key; mail waits until it is given again')
    unreadable = isUnreadable
    return settings
  }

  const round = async (): Promise<number> => {
    const settings = await mailSettings()
    const due = await store.dueMail(now(), A_ROUND)
    let tries = 0
    for (const mail of due) if (await tryOne(mail, settings)) tries += 1
    return tries
  }

  /** What was cut off by the end of the process before. */
  const recover = async (): Promise<void> => {
    for (const mail of await store.interruptedMail()) {
      if (mail.kind === 'webhook') await store.write((tx) => tx.saveMail({ ...mail, state: 'queued' }))
      else await finish(mail, { kind: 'unknown', answer: CUT_OFF })
    }
  }

  const drain = (): Promise<number> => {
    // One at a time: two rounds would take the same rows.
    running = (running ?? recover().then(() => 0)).catch(() => 0).then(async () => {
      let total = 0
      for (let tries = await round(); tries > 0; tries = await round()) total += tries
      return total
    })
    return running
  }

  return {
    wake: () => waker.wake(),
    drain,
    async run(signal) {
      while (!signal.aborted) {
        waker.begin()
        try {
          const turn = await turnOf('mail')
          // What the process before was sending when it ended is for this one to settle.
          if (turn === 'taken') running = undefined
          if (turn !== undefined) await drain()
        } catch (error) {
          log.error({ err: error }, 'mail could not be sent')
          await sleep(RETRY_MS, undefined, { signal }).catch(() => {})
        }
        await waker.rest(signal, POLL_MS)
      }
    },
  }
}
