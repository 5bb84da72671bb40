// A mail server that takes what it is sent, or does what a test makes it do instead.
import type { AddressInfo, Socket } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'

export interface MailSink {
  readonly port: number
  readonly mails: readonly ParsedMail[]
  /** Addresses of each message's envelope. */
  readonly recipients: readonly (readonly string[])[]
  /** Cuts every connection without a word. */
  readonly hangUp: () => void
  readonly close: () => Promise<void>
}

/** @param options of smtp-server; `onData` of a test takes the place of ours */
export async function openMailSink(options: SMTPServerOptions = {}): Promise<MailSink> {
  const mails: ParsedMail[] = []
  const recipients: string[][] = []
  const sockets = new Set<Socket>()
  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession, done: (error?: Error) => void): Promise<void> => {
    try {
      mails.push(await simpleParser(stream))
      recipients.push(session.envelope.rcptTo.map(({ address }) => address))
      done()
    } catch (error) {
      done(error as Error)
    }
  }
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, disableReverseLookup: true, onData: (stream, session, done) => void take(stream, session, done), ...options })
  // Clients that give up are what the tests are about.
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    port: (server.server.address() as AddressInfo).port, mails, recipients,
    hangUp: () => {
      for (const socket of sockets) socket.destroy()
    },
    close: () => new Promise((done) => server.close(() => done())),
  }
}
