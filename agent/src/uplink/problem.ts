// Why there is no connection, or why publishing is refused: a bounded set of codes.

export const uplinkProblems = [
  'UNREACHABLE', 'HOST_UNKNOWN', 'TLS_UNTRUSTED', 'TLS_MISSING', 'PROXY_FAILED', 'NOT_AUTHORISED', 'TIMED_OUT', 'CONNECTION_LOST', 'RETRY_AFTER', 'CREDENTIAL_INVALID',
  'PERMISSION_DENIED', 'STREAM_MISSING', 'STREAM_FULL', 'PUBLISH_REFUSED', 'PUBLISH_TIMED_OUT', 'UNKNOWN',
] as const
export type UplinkProblem = (typeof uplinkProblems)[number]

const byCode: Readonly<Record<string, UplinkProblem>> = {
  CONNECTION_REFUSED: 'UNREACHABLE', ECONNREFUSED: 'UNREACHABLE', EHOSTUNREACH: 'UNREACHABLE', ENETUNREACH: 'UNREACHABLE',
  PROXY_FAILED: 'PROXY_FAILED',
  ENOTFOUND: 'HOST_UNKNOWN', EAI_AGAIN: 'HOST_UNKNOWN',
  TLS: 'TLS_UNTRUSTED', SERVER_OPT_NA: 'TLS_MISSING',
  AUTHORIZATION_VIOLATION: 'NOT_AUTHORISED', AUTHENTICATION_EXPIRED: 'NOT_AUTHORISED', AUTHENTICATION_TIMEOUT: 'NOT_AUTHORISED', ACCOUNT_EXPIRED: 'NOT_AUTHORISED',
  BAD_AUTHENTICATION: 'CREDENTIAL_INVALID', BAD_CREDS: 'CREDENTIAL_INVALID', 'nkeys: invalid seed': 'CREDENTIAL_INVALID',
  TIMEOUT: 'TIMED_OUT', CONNECTION_TIMEOUT: 'TIMED_OUT', ETIMEDOUT: 'TIMED_OUT',
  ECONNRESET: 'CONNECTION_LOST', EPIPE: 'CONNECTION_LOST', CONNECTION_CLOSED: 'CONNECTION_LOST', DISCONNECT: 'CONNECTION_LOST',
}
/** OpenSSL's reasons for refusing a certificate, as Node names them, and protocol failures. */
const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|EPROTO)/

/** The code of whatever a connection ended with; never a driver's text. */
export function problemOf(error: unknown): UplinkProblem {
  if (error === undefined || error === null) return 'CONNECTION_LOST'
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; depth += 1) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
    const known = byCode[code]
    if (known !== undefined) return known
    if (TLS_CODE.test(code)) return 'TLS_UNTRUSTED'
    if (/revoked|authentication/i.test(cause.message)) return 'NOT_AUTHORISED'
    // nats names its inner error `chainedError`.
    cause = 'chainedError' in cause && cause.chainedError !== undefined ? cause.chainedError : cause.cause
  }
  return 'UNKNOWN'
}

/** The code of a JetStream answer that is no acknowledgement. @param errCode JetStream's own number, 0 when there is none */
export function problemOfAnswer(errCode: number, status: number): UplinkProblem {
  // JSStreamStoreFailedF and the limits that a stream with discard-new answers with.
  if ([10077, 10047, 10023].includes(errCode)) return 'STREAM_FULL'
  return status === 503 ? 'STREAM_MISSING' : 'PUBLISH_REFUSED'
}
