// Why a record did not arrive: one word to branch on, what the other side said, and what somebody can do about it.

export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  readonly names: string
  readonly validFrom: string
  readonly validTo: string
  /** SHA-256, upper-case hex with colons. */
  readonly fingerprint: string
}

/** Kind -> what to do. The console has its own words for these. */
export const problemKinds = {
  dns: 'The name of the receiver is not known. Check the spelling and the name server of this machine.',
  address: 'The receiver is at an address that exports may not connect to. If it is a receiver of your own network, allow private addresses for this target.',
  refused: 'Nothing listens at that address and port. Check that the receiver runs, and the port.',
  unreachable: 'The network does not reach the receiver. Check routes and firewalls.',
  timeout: 'The receiver did not answer in time. Check that it is well, and that no firewall swallows the connection.',
  tls: 'The receiver cannot be trusted with this certificate. Give the authority that signed it, or renew it.',
  auth: 'The receiver does not accept the credentials. Make a new token or password there and give it here.',
  redirect: 'The receiver sends us elsewhere, and redirects are not followed. Give the final address.',
  status: 'The receiver answers with an error. Its words say more.',
  reset: 'The receiver ended the connection in the middle. Its log may say why.',
  protocol: 'What answers does not speak the protocol of this target. Check address, port and kind of the target.',
  refuses_all: 'The receiver refuses every record, which is rarely the fault of the records. Check index, format and source type; then resume.',
  record: 'The receiver refuses this record for good.',
  too_large: 'The record is larger than the receiver takes.',
  file: 'The file cannot be written. Check space and permissions of the folder.',
  secret: 'The stored secret cannot be read any more. Give it again.',
} as const

export type ProblemKind = keyof typeof problemKinds

export interface Problem {
  readonly kind: ProblemKind
  readonly detail: string
  readonly status?: number
  readonly certificate?: CertificateFacts
  /** The receiver asked to be left alone for so long. */
  readonly retryAfterMs?: number
}

/** A try that did not come to an end that counts. */
export class ExportFailure extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(`${problem.kind}: ${problem.detail}`, options)
    this.name = 'ExportFailure'
    this.problem = problem
  }
}

const MAX_WORDS = 300

/** Somebody else's words, fit to be kept: no control characters, short, and without what we sent as a secret. */
export function wordsOf(text: string, secrets: readonly string[] = []): string {
  let out = text
  for (const secret of secrets) if (secret.length >= 4) out = out.replaceAll(secret, '***')
  return out.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim().slice(0, MAX_WORDS)
}

const CODES: Readonly<Record<string, ProblemKind>> = {
  ENOTFOUND: 'dns', EAI_AGAIN: 'dns', ECONNREFUSED: 'refused', EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', EADDRNOTAVAIL: 'unreachable', ETIMEDOUT: 'timeout', ECONNRESET: 'reset', EPIPE: 'reset', ENOSPC: 'file', EACCES: 'file', EROFS: 'file', ELOOP: 'file', EMSGSIZE: 'too_large',
}

/** A failure of a socket or a file in our words. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ExportFailure) return error.problem
  const { code = '', message } = error as NodeJS.ErrnoException
  if (/CERT|SSL|TLS|SELF_SIGNED|ALTNAME|UNABLE_TO/.test(code)) return { kind: 'tls', detail: wordsOf(`${code}: ${message}`) }
  if (code.startsWith('HPE_')) return { kind: 'protocol', detail: code }
  const kind = CODES[code]
  return kind === undefined ? { kind: 'protocol', detail: wordsOf(code === '' ? message : code) } : { kind, detail: code }
}
