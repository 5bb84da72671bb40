// Mail over SMTP, one connection a message.
//
// What a try came to is told apart by how far it got:
//   the server said no, before or after the message      failed, for good (5xx) or for now (4xx)
//   the connection broke before the message was whole    failed, for now: a server may not deliver half a message
//   it broke after the final dot and before the answer   unknown: the server may have taken it (RFC 1047)
// The last one must not be sent again in silence.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'

export interface MailSettings {
  readonly host: string
  readonly port: number
  /** `tls` from the first byte; `starttls` or nothing is sent; `none` in the clear. */
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user?: string
  readonly password?: string
  /** Address, with or without a name in front. */
  readonly from: string
  /** Authority of the server's certificate, beside those that the system knows. */
  readonly caPem?: string
}

export interface MailMessage {
  /** Instead of that of the settings. */
  readonly from?: string
  readonly to: readonly string[]
  readonly cc?: readonly string[]
  readonly bcc?: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** With its angle brackets; of every try of one message the same. */
  readonly messageId?: string
  readonly atMs: number
}

/** Which part of a try failed. */
export type MailFailure = 'dns' | 'refused' | 'unreachable' | 'timeout' | 'tls' | 'auth' | 'sender' | 'recipient' | 'message' | 'connection_lost' | 'protocol'

export type SendOutcome =
  | { readonly kind: 'sent'; readonly answer: string; readonly sha256: string; /** How many copies the server did not take. */ readonly refused: number }
  | { readonly kind: 'failed'; readonly failure: MailFailure; readonly answer: string; readonly retryable: boolean }
  | { readonly kind: 'unknown'; readonly answer: string; readonly sha256: string }

export type VerifyOutcome = { readonly kind: 'good' } | { readonly kind: 'failed'; readonly failure: MailFailure; readonly answer: string }

export interface Mailer {
  send(message: MailMessage): Promise<SendOutcome>
  /** Connects and signs in, and sends nothing. */
  verify(): Promise<VerifyOutcome>
}

export interface MailerOptions {
  readonly connectMs: number
  readonly silentMs: number
}

const DEFAULT_OPTIONS: MailerOptions = { connectMs: 10_000, silentMs: 30_000 }
const MAX_ANSWER = 300

const LOCAL = String.raw`[A-Za-z0-9.!#$%&'*+/=?^_{|}~\u0060-]{1,64}`
/** One address: `a@b.example` or `Name <a@b.example>`. Control characters, quotes, lists and groups are none. */
const ADDRESS = new RegExp(String.raw`^(?:[^<>@,;:"\\\u0000-\u001f\u007f\u2028\u2029]{1,100}<(${LOCAL}@[A-Za-z0-9.-]{1,190})>|(${LOCAL}@[A-Za-z0-9.-]{1,190}))$`, 'u')

/** The bare address of what somebody wrote, or undefined when it is not exactly one. */
export function addressOf(text: string): string | undefined {
  const found = ADDRESS.exec(text)
  return found?.[1] ?? found?.[2]
}

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]+/g

/** The server's words without addresses, which would name people, and without control characters. */
export const withoutAddresses = (text: string): string => text.replaceAll(/[^\s<>@]+@[^\s<>@]+/g, '(address)').replaceAll(CONTROL, ' ').trim().slice(0, MAX_ANSWER)

interface SmtpFailure extends Error {
  readonly code?: string
  readonly command?: string
  readonly response?: string
  readonly responseCode?: number
}

const NETWORK: Readonly<Record<string, MailFailure>> = { EDNS: 'dns', ENOTFOUND: 'dns', EAI_AGAIN: 'dns', ECONNREFUSED: 'refused', EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', ETIMEDOUT: 'timeout', ETLS: 'tls', EAUTH: 'auth', ENOAUTH: 'auth', EPROTOCOL: 'protocol' }
const COMMANDS: Readonly<Record<string, MailFailure>> = { 'MAIL FROM': 'sender', 'RCPT TO': 'recipient', DATA: 'message' }

/** Node's own words are more exact than the library's classes, and come first. */
function failureOf(error: SmtpFailure): MailFailure {
  const word = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'].find((one) => error.message.includes(one))
  if (word !== undefined) return NETWORK[word] ?? 'protocol'
  if (error.responseCode === undefined && /certificate|self.signed|altnames|SSL|TLS|wrong version number/i.test(error.message)) return 'tls'
  return NETWORK[error.code ?? ''] ?? COMMANDS[error.command ?? ''] ?? (error.code === 'ECONNECTION' || error.code === 'ESOCKET' ? 'connection_lost' : 'protocol')
}

const answerOf = (error: SmtpFailure): string => withoutAddresses(error.response ?? error.message)

/** A server that says 5xx to a message will say so again; a wrong password or certificate may be put right meanwhile. */
const isRetryable = (error: SmtpFailure, failure: MailFailure): boolean => failure === 'auth' || failure === 'tls' || error.responseCode === undefined || error.responseCode < 500

type Answer = (error?: Error | null) => void

/** One step of a connection: its own answer, or the failure or end of the connection, whichever is first. */
async function step(connection: SMTPConnection, start: (answer: Answer) => void): Promise<void> {
  const listeners: { off?: () => void } = {}
  try {
    await new Promise<void>((resolve, reject) => {
      const ended = (): void => reject(Object.assign(new Error('The server closed the connection'), { code: 'ECONNECTION' }))
      connection.once('error', reject)
      connection.once('end', ended)
      listeners.off = () => {
        connection.off('error', reject)
        connection.off('end', ended)
      }
      start((error) => (error === undefined || error === null ? resolve() : reject(error)))
    })
  } finally {
    listeners.off?.()
  }
}

/** What a socket still says when nobody asks any more is of no use to anybody. */
function abandon(connection: SMTPConnection | undefined): void {
  connection?.on('error', () => {})
  connection?.close()
}

/** Sends mail through one server; the settings were checked by whoever stored them. */
export function createMailer(settings: MailSettings, options: MailerOptions = DEFAULT_OPTIONS): Mailer {
  const { host, port, security, user, password = '', caPem } = settings
  const open = async (): Promise<SMTPConnection> => {
    const connection = new SMTPConnection({
      host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none', connectionTimeout: options.connectMs, greetingTimeout: options.connectMs, dnsTimeout: options.connectMs, socketTimeout: options.silentMs,
      allowInternalNetworkInterfaces: true, maxResponseSize: 64 * 1024, logger: false, ...(caPem === undefined ? {} : { tls: { ca: caPem } }),
    })
    try {
      await step(connection, (answer) => connection.connect(answer))
      if (user !== undefined) await step(connection, (answer) => connection.login({ user, pass: password }, answer))
      return connection
    } catch (error) {
      abandon(connection)
      throw error
    }
  }

  const compose = async (message: MailMessage): Promise<Buffer> => {
    const node = new MailComposer({
      from: message.from ?? settings.from, to: [...message.to], cc: [...(message.cc ?? [])], subject: message.subject, text: message.text, ...(message.html === undefined ? {} : { html: message.html }),
      ...(message.messageId === undefined ? {} : { messageId: message.messageId }), date: new Date(message.atMs), headers: { 'auto-submitted': 'auto-generated' }, disableFileAccess: true, disableUrlAccess: true,
    }).compile()
    return new Promise((resolve, reject) => node.build((error, built) => (built === undefined ? reject(error ?? new Error('the message is empty')) : resolve(built))))
  }

  return {
    async send(message) {
      const bytes = await compose(message)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const from = message.from ?? settings.from
      const to = [...message.to, ...(message.cc ?? []), ...(message.bcc ?? [])].map((text) => addressOf(text) ?? text)
      let isWhole = false
      let result: { readonly response?: string; readonly rejected?: readonly string[]; readonly rejectedErrors?: readonly { readonly response?: string }[] } | undefined
      let connection: SMTPConnection | undefined
      try {
        const opened = (connection = await open())
        let given = false
        // Read only once the server has asked for the message; at its end the final dot follows.
        const body = new Readable({
          read() {
            isWhole = given
            this.push(given ? null : bytes)
            given = true
          },
        })
        await step(opened, (answer) => opened.send({ from: addressOf(from) ?? from, to }, body, (error, info) => {
          result = info as typeof result
          answer(error)
        }))
        const refused = result?.rejected ?? []
        // Copies may have gone out, so it is not tried again; that whom it is for did not get it is what counts.
        if (message.to.some((one) => refused.includes(addressOf(one) ?? one))) return { kind: 'failed', failure: 'recipient', answer: withoutAddresses(result?.rejectedErrors?.[0]?.response ?? ''), retryable: false }
        return { kind: 'sent', answer: withoutAddresses(result?.response ?? ''), sha256, refused: refused.length }
      } catch (error) {
        const failure = failureOf(error as SmtpFailure)
        const answer = answerOf(error as SmtpFailure)
        if (isWhole && (error as SmtpFailure).responseCode === undefined) return { kind: 'unknown', answer, sha256 }
        return { kind: 'failed', failure, answer, retryable: isRetryable(error as SmtpFailure, failure) }
      } finally {
        abandon(connection)
      }
    },
    async verify() {
      try {
        const connection = await open()
        connection.on('error', () => {})
        connection.quit()
        return { kind: 'good' }
      } catch (error) {
        return { kind: 'failed', failure: failureOf(error as SmtpFailure), answer: answerOf(error as SmtpFailure) }
      }
    },
  }
}
