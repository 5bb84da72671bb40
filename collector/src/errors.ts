// Every error of the collector: one row each. The code is the only thing to branch on; messages may change.
// docs/reference/errors.md is generated from this table.

export interface ErrorRow {
  /** HTTP status where it reaches a client. */
  readonly status: number
  /** `{name}` is filled from the parameters. */
  readonly message: string
  readonly retryable: boolean
  readonly level: 'debug' | 'info' | 'warn' | 'error'
}

export const errorTable = {
  CONFIG_UNKNOWN_KEY: { status: 500, message: 'Unknown configuration key {key} at line {line}; the nearest known key is {nearest}.', retryable: false, level: 'error' },
  CONFIG_INVALID: { status: 500, message: 'Configuration {key}: {problem}.', retryable: false, level: 'error' },

  REQUEST_INVALID: { status: 400, message: 'The request does not have the right shape.', retryable: false, level: 'debug' },
  NOT_FOUND: { status: 404, message: 'There is no {what} with this id.', retryable: false, level: 'debug' },
  SESSION_REQUIRED: { status: 401, message: 'Sign in first.', retryable: false, level: 'debug' },
  NOT_ALLOWED: { status: 403, message: 'Your roles do not allow this.', retryable: false, level: 'info' },
  REVISION_REQUIRED: { status: 428, message: 'Send the revision that you saw in If-Match.', retryable: false, level: 'debug' },
  REVISION_CONFLICT: { status: 412, message: 'Somebody changed this meanwhile; load it again.', retryable: false, level: 'debug' },
  INTERNAL: { status: 500, message: 'Something failed inside; the request id finds it in the log.', retryable: true, level: 'error' },

  CSRF_REFUSED: { status: 403, message: 'The request did not come from a page of this server.', retryable: false, level: 'warn' },
  SIGN_IN_REFUSED: { status: 401, message: 'Name or password is wrong.', retryable: false, level: 'info' },
  SETUP_REFUSED: { status: 403, message: 'The set-up code is wrong, or the first account was made already.', retryable: false, level: 'warn' },
  TOO_MANY_TRIES: { status: 429, message: 'Too many tries; wait {seconds} seconds.', retryable: true, level: 'warn' },
  ACCOUNT_EXISTS: { status: 409, message: 'There is an account of this name already.', retryable: false, level: 'debug' },
  LAST_ADMIN: { status: 409, message: 'At least one enabled account must have the role Admin.', retryable: false, level: 'info' },
  ALREADY_INITIALISED: { status: 409, message: '{dir} holds an installation already.', retryable: false, level: 'error' },
  INIT_FOLDER_NOT_EMPTY: { status: 409, message: '{dir} holds other files ({example}); choose a new or an empty folder.', retryable: false, level: 'error' },
  DATA_FOLDER_UNUSABLE: { status: 500, message: 'The data folder {dir} cannot be used: {problem}.', retryable: false, level: 'error' },
  ALREADY_RUNNING: { status: 409, message: 'A collector runs on {dir} already (process {pid}); stop it first.', retryable: false, level: 'error' },
  PORT_IN_USE: { status: 500, message: '{what} cannot listen on {host}:{port} because something else does; choose another port with --{flag} (0 takes a free one).', retryable: true, level: 'error' },
  ADDRESS_UNUSABLE: { status: 500, message: '{what} cannot listen on {host}:{port}: {problem}.', retryable: false, level: 'error' },
  NOT_INITIALISED: { status: 500, message: '{dir} holds no installation; run holdfast init --dir {dir} first.', retryable: false, level: 'error' },
  COLLECTOR_UNREACHABLE: { status: 503, message: 'The collector does not answer: {problem}.', retryable: true, level: 'error' },
  QUARANTINE_REFUSED: { status: 409, message: 'The message still cannot be taken: {reason}.', retryable: false, level: 'info' },

  ENROLMENT_CODE_UNKNOWN: { status: 403, message: 'This enrolment code is not known.', retryable: false, level: 'warn' },
  ENROLMENT_CODE_EXPIRED: { status: 403, message: 'This enrolment code has expired.', retryable: false, level: 'info' },
  ENROLMENT_CODE_USED: { status: 403, message: 'This enrolment code has no uses left.', retryable: false, level: 'info' },
  ENROLMENT_CODE_REVOKED: { status: 403, message: 'This enrolment code was revoked.', retryable: false, level: 'info' },
  ENROLMENT_PROOF_INVALID: { status: 403, message: 'The device did not prove that it holds its key.', retryable: false, level: 'warn' },

  POLICY_INVALID: { status: 400, message: 'The policy is not valid: {problem}.', retryable: false, level: 'debug' },
  DETECTION_INVALID: { status: 400, message: 'The detection settings are not valid: {problem}.', retryable: false, level: 'debug' },
  ACTIVITIES_INCOMPLETE: { status: 409, message: 'Activities of that day are not stored any more, so it cannot be counted anew. Dismiss the alert instead.', retryable: false, level: 'info' },
  TRIGGER_NOT_MANUAL: { status: 409, message: 'Only scoring that was started by hand can be ended; this trigger came from {source}.', retryable: false, level: 'debug' },
  PRIORITY_GROUP_EXISTS: { status: 409, message: 'There is a priority group of this name already.', retryable: false, level: 'debug' },
  ALERT_TRANSITION: { status: 409, message: 'An alert cannot go from {from} to {to}.', retryable: false, level: 'debug' },

  CONNECTOR_FILE_INVALID: { status: 400, message: 'The file cannot be taken, and nothing was imported; problems: {count}.', retryable: false, level: 'info' },
  CONNECTOR_FILE_TOO_LARGE: { status: 413, message: 'The file is larger than {limit} bytes; send it in parts.', retryable: false, level: 'info' },
  CONNECTOR_CEILING: { status: 409, message: 'The import would make {count} of {people} people {what} ({percent} %, more than {limit} %); nothing was imported. Look at a dry run, and send it again with a confirmation if it is right.', retryable: false, level: 'warn' },
  CONNECTOR_SCIM_CEILING: { status: 409, message: 'Switching this account off would make {count} of {people} people without access within {hours} hours ({percent} %, more than {limit} %); nothing was changed. If that is right, an administrator sets scimOffConfirmedUntil in the settings of the connector directory; the directory then tries again.', retryable: true, level: 'warn' },
  CONNECTOR_SCOPE: { status: 403, message: 'The token is not for this connector.', retryable: false, level: 'warn' },

  STORE_CORRUPT: { status: 500, message: 'The database is damaged: {detail}.', retryable: false, level: 'error' },
  STORE_BUSY: { status: 503, message: 'The database is busy.', retryable: true, level: 'warn' },
  BUS_SERVER_FAILED: { status: 500, message: 'nats-server does not start: {problem}.', retryable: true, level: 'error' },
  BUS_STREAM_UNSAFE: { status: 500, message: 'The stream {stream} could lose activities: {problem}. Copy what it holds, delete it, and start again.', retryable: false, level: 'error' },
  BUS_CLAIMS_REFUSED: { status: 503, message: 'NATS did not take the account with its revocations: {problem}.', retryable: true, level: 'error' },
  BUS_SERVER_MISSING: { status: 500, message: 'No nats-server of at least {version} was found; run ./scripts/get-nats-server in the checkout, put one on the PATH, or set bus.serverPath.', retryable: false, level: 'error' },
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errorTable

/** A failure with a stable code. Parameters may hold ids and limits, never names, paths of users or secrets. */
export class CodedError extends Error {
  readonly code: ErrorCode
  readonly parameters: Readonly<Record<string, string | number>>

  constructor(code: ErrorCode, parameters: Readonly<Record<string, string | number>> = {}, options?: ErrorOptions) {
    super(errorTable[code].message.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? `{${name}}`)), options)
    this.name = 'CodedError'
    this.code = code
    this.parameters = parameters
  }
}
