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
  LAST_ADMIN: { status: 409, message: 'At least one enabled account with a password, and without administrative units, must have the role Admin.', retryable: false, level: 'info' },
  SECOND_FACTOR_REQUIRED: { status: 403, message: 'Your roles need a second factor. Set one up on the page of your account; until then nothing else is open.', retryable: false, level: 'info' },
  SECOND_FACTOR_REFUSED: { status: 401, message: 'The code is wrong, or it was used already.', retryable: false, level: 'info' },
  PASSKEY_REFUSED: { status: 401, message: 'The passkey was not accepted.', retryable: false, level: 'info' },
  SIGN_IN_EXPIRED: { status: 401, message: 'The sign-in took too long, or began in another window. Start again.', retryable: false, level: 'info' },
  REAUTHENTICATION_REQUIRED: { status: 403, message: 'Give your present password with this change, or sign in again first.', retryable: false, level: 'info' },
  PASSWORD_WEAK: { status: 400, message: 'This password cannot be taken: {problem}.', retryable: false, level: 'debug' },
  ACCOUNT_MANAGED: { status: 409, message: 'The roles of this account follow its groups at the identity provider; change them there.', retryable: false, level: 'info' },
  OIDC_UNAVAILABLE: { status: 502, message: 'The identity provider cannot be used: {problem}.', retryable: true, level: 'warn' },
  OIDC_REFUSED: { status: 403, message: 'The identity provider let you in, but Holdfast does not: {problem}.', retryable: false, level: 'warn' },
  TOKEN_TOO_WIDE: { status: 403, message: 'A token may do no more than who makes it; you may not: {permission}.', retryable: false, level: 'warn' },
  UNIT_EXISTS: { status: 409, message: 'There is an administrative unit of this name already.', retryable: false, level: 'debug' },
  UNIT_LIMITED: { status: 403, message: 'This is for the whole organisation, and your account is limited to administrative units.', retryable: false, level: 'info' },
  UNIT_HAS_UNITS: { status: 409, message: 'There are units below this one ({count}); move or delete them first.', retryable: false, level: 'info' },
  UNIT_IN_USE: { status: 409, message: 'Accounts are limited to this unit ({count}); take it from them first.', retryable: false, level: 'info' },
  SECRET_UNREADABLE: { status: 500, message: 'A stored secret cannot be opened with the keys of this installation; enter it again.', retryable: false, level: 'error' },
  ALREADY_INITIALISED: { status: 409, message: '{dir} holds an installation already.', retryable: false, level: 'error' },
  INIT_FOLDER_NOT_EMPTY: { status: 409, message: '{dir} holds other files ({example}); choose a new or an empty folder.', retryable: false, level: 'error' },
  DATA_FOLDER_UNUSABLE: { status: 500, message: 'The data folder {dir} cannot be used: {problem}.', retryable: false, level: 'error' },
  ALREADY_RUNNING: { status: 409, message: 'A collector runs on {dir} already (process {pid}); stop it first.', retryable: false, level: 'error' },
  PORT_IN_USE: { status: 500, message: '{what} cannot listen on {host}:{port} because something else does; choose another port with --{flag} (0 takes a free one).', retryable: true, level: 'error' },
  ADDRESS_UNUSABLE: { status: 500, message: '{what} cannot listen on {host}:{port}: {problem}.', retryable: false, level: 'error' },
  NOT_INITIALISED: { status: 500, message: '{dir} holds no installation; run holdfast init --dir {dir} first.', retryable: false, level: 'error' },
  COLLECTOR_UNREACHABLE: { status: 503, message: 'The collector does not answer: {problem}.', retryable: true, level: 'error' },
  EXCEPTION_REFUSED: { status: 409, message: 'The exception was not decided: {problem}.', retryable: false, level: 'info' },
  QUESTION_REFUSED: { status: 409, message: 'The question was not asked: {problem}.', retryable: false, level: 'info' },
  QUARANTINE_REFUSED: { status: 409, message: 'The message still cannot be taken: {reason}.', retryable: false, level: 'info' },

  ENROLMENT_CODE_UNKNOWN: { status: 403, message: 'This enrolment code is not known.', retryable: false, level: 'warn' },
  ENROLMENT_CODE_EXPIRED: { status: 403, message: 'This enrolment code has expired.', retryable: false, level: 'info' },
  ENROLMENT_CODE_USED: { status: 403, message: 'This enrolment code has no uses left.', retryable: false, level: 'info' },
  ENROLMENT_CODE_REVOKED: { status: 403, message: 'This enrolment code was revoked.', retryable: false, level: 'info' },
  ENROLMENT_KEY_TAKEN: { status: 403, message: 'Another device has this key: its folder was copied. Remove the copy with holdfast-agent seal, then enrol again.', retryable: false, level: 'warn' },
  DEVICE_CHANGE_REFUSED: { status: 409, message: 'The device was not changed: {problem}.', retryable: false, level: 'info' },
  ENROLMENT_NOT_APPROVED: { status: 403, message: 'This enrolment waits for approval.', retryable: true, level: 'info' },
  ENROLMENT_REQUEST_REFUSED: { status: 403, message: 'An administrator refused this enrolment.', retryable: false, level: 'info' },
  ENROLMENT_REQUEST_EXPIRED: { status: 403, message: 'Nobody approved this enrolment in time, or the device did not come back for it; ask for a new code.', retryable: false, level: 'info' },
  ENROLMENT_PROOF_INVALID: { status: 403, message: 'The device did not prove that it holds its key.', retryable: false, level: 'warn' },

  POLICY_INVALID: { status: 400, message: 'The policy is not valid: {problem}.', retryable: false, level: 'debug' },
  DETECTION_INVALID: { status: 400, message: 'The detection settings are not valid: {problem}.', retryable: false, level: 'debug' },
  ACTIVITIES_INCOMPLETE: { status: 409, message: 'Activities of that day are not stored any more, so it cannot be counted anew. Dismiss the alert instead.', retryable: false, level: 'info' },
  TRIGGER_NOT_MANUAL: { status: 409, message: 'Only scoring that was started by hand can be ended; this trigger came from {source}.', retryable: false, level: 'debug' },
  PRIORITY_GROUP_EXISTS: { status: 409, message: 'There is a priority group of this name already.', retryable: false, level: 'debug' },
  ALERT_BULK_LIMIT: { status: 409, message: 'This would change {count} alerts, and at most {limit} can be changed at a time; narrow the filter.', retryable: false, level: 'debug' },
  ALERT_BULK_CHANGED: { status: 409, message: 'There are {count} alerts that match now, and you saw {expected}; look at them again. Nothing was changed.', retryable: false, level: 'debug' },
  UNDO_EXPIRED: { status: 409, message: 'A change can be taken back for {seconds} seconds; decide about the alert anew instead.', retryable: false, level: 'debug' },
  TUNING_REFUSED: { status: 409, message: 'The threshold cannot be changed from this alert: {problem}.', retryable: false, level: 'debug' },
  SAVED_VIEW_LIMIT: { status: 409, message: 'An account keeps at most {limit} views; delete one first.', retryable: false, level: 'debug' },
  ALERT_TRANSITION: { status: 409, message: 'An alert cannot go from {from} to {to}.', retryable: false, level: 'debug' },

  UPGRADE_REFUSED: { status: 409, message: 'The version is not rolled out: {problem}.', retryable: false, level: 'info' },
  AGENT_PACKAGE_SIGNATURE: { status: 403, message: 'The release is not signed by a release key that is trusted here, or what was signed was altered.', retryable: false, level: 'warn' },
  AGENT_PACKAGE_UNREADABLE: { status: 400, message: 'The release cannot be used: {problem}.', retryable: false, level: 'info' },
  AGENT_PACKAGE_REFUSED: { status: 409, message: 'This cannot be done with the release: {problem}.', retryable: false, level: 'info' },
  AGENT_PACKAGE_OFFSET: { status: 409, message: 'Of this release {received} bytes are here; go on from there.', retryable: true, level: 'info' },
  AGENT_PACKAGE_DAMAGED: { status: 409, message: 'What came is not what was signed; nothing of it was kept.', retryable: false, level: 'warn' },
  ROLLOUT_STATE: { status: 409, message: 'The roll-out is {state}; it cannot be {act}.', retryable: false, level: 'info' },
  REPORT_RUNNING: { status: 409, message: 'A report on this user is being made already: {id}.', retryable: true, level: 'debug' },
  REPORT_NOT_DONE: { status: 409, message: 'The report is not finished.', retryable: true, level: 'debug' },
  SHARE_OVER: { status: 410, message: 'The link has ended or is not for this account.', retryable: false, level: 'info' },
  CASE_EXISTS: { status: 409, message: 'The user has an active case already: {id}. Add the alerts to it.', retryable: false, level: 'debug' },
  CASE_LIMIT: { status: 409, message: 'There are {limit} active cases, which is the limit; resolve some, or raise the limit in the settings.', retryable: false, level: 'info' },
  CASE_ALERTS: { status: 409, message: 'These alerts cannot be taken into the case: {problem}.', retryable: false, level: 'debug' },
  CASE_STATE: { status: 409, message: 'The case is {status} already.', retryable: false, level: 'debug' },
  CASE_CLOSED: { status: 409, message: 'The case is closed; open it again first.', retryable: false, level: 'debug' },
  NOTICE_INVALID: { status: 400, message: 'The notice is not valid: {problem}.', retryable: false, level: 'debug' },
  NOTICE_TEMPLATE_EXISTS: { status: 409, message: 'There is a notice template of this name already.', retryable: false, level: 'debug' },
  NOTICE_NO_ADDRESS: { status: 409, message: 'No e-mail address of this user is known; import one from the directory.', retryable: false, level: 'info' },
  NOTICE_COPIES: { status: 403, message: 'Whoever gets a copy, or the answer, learns who the user is; only who may reveal names may choose other addresses.', retryable: false, level: 'info' },
  NOTICE_STATE: { status: 409, message: 'A notice that is {state} is not sent again.', retryable: false, level: 'debug' },
  NOTICE_MAY_ARRIVE_TWICE: { status: 409, message: 'The mail server may have taken this notice; sending it again may reach the user twice. Say so to send it all the same.', retryable: false, level: 'info' },
  MAIL_NOT_SET_UP: { status: 409, message: 'No mail server is set up; an administrator does so in the settings.', retryable: false, level: 'info' },
  MAIL_PASSWORD_NEEDED: { status: 400, message: 'Give the password again: the one that is kept goes only to the server and the account that it was given for.', retryable: false, level: 'info' },
  WEBHOOK_HOST: { status: 400, message: 'Webhooks may not go to {host}; an administrator allows hosts in the settings.', retryable: false, level: 'info' },

  CONNECTOR_FILE_INVALID: { status: 400, message: 'The file cannot be taken, and nothing was imported; problems: {count}.', retryable: false, level: 'info' },
  CONNECTOR_FILE_TOO_LARGE: { status: 413, message: 'The file is larger than {limit} bytes; send it in parts.', retryable: false, level: 'info' },
  CONNECTOR_CEILING: { status: 409, message: 'The import would make {count} of {people} people {what} ({percent} %, more than {limit} %); nothing was imported. Look at a dry run, and send it again with a confirmation if it is right.', retryable: false, level: 'warn' },
  CONNECTOR_SCIM_CEILING: { status: 409, message: 'Switching this account off would make {count} of {people} people without access within {hours} hours ({percent} %, more than {limit} %); nothing was changed. If that is right, an administrator sets scimOffConfirmedUntil in the settings of the connector directory; the directory then tries again.', retryable: true, level: 'warn' },
  CONNECTOR_SCOPE: { status: 403, message: 'The token is not for this connector.', retryable: false, level: 'warn' },

  REQUEST_OVER: { status: 409, message: 'This request is {state} already.', retryable: false, level: 'debug' },
  SECOND_PERSON: { status: 403, message: 'Somebody else must decide: nobody agrees to their own request.', retryable: false, level: 'warn' },
  ERASURE_HELD: { status: 409, message: 'The legal hold {hold} keeps everything of this person; it must be released first.', retryable: false, level: 'info' },
  ERASURE_CASE_ACTIVE: { status: 409, message: 'The case {case} of this person is active; resolve it first.', retryable: false, level: 'info' },
  ERASURE_DONE: { status: 409, message: 'This person was erased already.', retryable: false, level: 'debug' },
  AUDIT_FILE_INVALID: { status: 400, message: '{path} cannot be verified: {problem}.', retryable: false, level: 'error' },
  AUDIT_TARGET_FAILED: { status: 502, message: 'The target of audit anchors did not take the message: {problem}.', retryable: true, level: 'warn' },

  BUNDLE_NAMES: { status: 409, message: 'Names are in a bundle only while you may see this name: ask for it first, and a second person agrees.', retryable: false, level: 'info' },
  BUNDLE_WAITING: { status: 409, message: '{count} bundles of this case are being made already.', retryable: true, level: 'debug' },
  BUNDLE_NOT_HERE: { status: 409, message: 'The bundle cannot be downloaded: it is {state}.', retryable: false, level: 'debug' },
  BUNDLE_DAMAGED: { status: 409, message: 'The stored bundle cannot be opened: {problem}. Make it again.', retryable: false, level: 'error' },
  BUNDLE_NO_SPACE: { status: 507, message: 'There is no space left for the bundle.', retryable: true, level: 'error' },
  HOLD_EXISTS: { status: 409, message: 'A legal hold stands on this case already.', retryable: false, level: 'debug' },
  HOLD_OVER: { status: 409, message: 'This hold was released already.', retryable: false, level: 'debug' },
  TICKET_EXISTS: { status: 409, message: 'The case has a ticket in {target} already; send that one an update.', retryable: false, level: 'debug' },
  TICKET_TARGET_EXISTS: { status: 409, message: 'There is a system of this name already.', retryable: false, level: 'debug' },
  TICKET_SECRET_NEEDED: { status: 400, message: 'Give the secret again: the one that is kept goes only to the address and the user that it was given for.', retryable: false, level: 'info' },
  SHARE_RECIPIENT: { status: 409, message: '{account} may not see this, and you cannot give a place in it.', retryable: false, level: 'info' },
  HAND_OVER_CHANGED: { status: 409, message: 'There are {alerts} alerts and {cases} cases now; look at them again. Nothing was changed.', retryable: false, level: 'debug' },
  HAND_OVER_LIMIT: { status: 409, message: 'At most {limit} alerts are handed over at a time; decide about some first.', retryable: false, level: 'debug' },

  EVIDENCE_DAMAGED: { status: 409, message: 'The copy cannot be opened: {problem}.', retryable: false, level: 'error' },
  EVIDENCE_HELD: { status: 409, message: 'The copy is held and stays: {reason}.', retryable: false, level: 'info' },
  EVIDENCE_NOT_HERE: { status: 409, message: 'There is no content of this file here: {why}.', retryable: false, level: 'debug' },

  EXPORT_INVALID: { status: 400, message: 'The export target cannot be set up so: {problem}.', retryable: false, level: 'info' },
  EXPORT_EXISTS: { status: 409, message: 'There is an export target called {name} already.', retryable: false, level: 'debug' },
  EXPORT_LIMIT: { status: 409, message: 'There can be {limit} export targets; take one away first.', retryable: false, level: 'info' },
  EXPORT_SECRET_NEEDED: { status: 400, message: 'Give the secrets again: those that are kept go only to the receiver that they were given for.', retryable: false, level: 'info' },
  EXPORT_RANGE: { status: 400, message: 'Nothing can be sent again: {problem}.', retryable: false, level: 'debug' },

  BACKUP_DAMAGED: { status: 409, message: 'The backup cannot be used: {problem}.', retryable: false, level: 'error' },
  BACKUP_SEALED: { status: 409, message: 'The backup is sealed: {problem}.', retryable: false, level: 'error' },
  BACKUP_KEY_INVALID: { status: 400, message: 'The key for backups cannot be used: {problem}.', retryable: false, level: 'error' },
  BACKUP_NO_SPACE: { status: 507, message: 'There is not enough space in {folder}: {needMiB} MiB are needed and {freeMiB} MiB are free.', retryable: true, level: 'error' },
  BACKUP_FAILED: { status: 500, message: 'No backup was made: {problem}.', retryable: true, level: 'error' },
  RESTORE_REFUSED: { status: 409, message: 'Nothing was restored: {problem}.', retryable: false, level: 'error' },
  KEY_ROTATION_REFUSED: { status: 409, message: 'The key was not changed: {problem}.', retryable: false, level: 'warn' },

  STORE_NEWER: { status: 409, message: 'The database has schema {schema}, and this program knows {known}; use the later program.', retryable: false, level: 'error' },
  STORE_CORRUPT: { status: 500, message: 'The database is damaged: {detail}.', retryable: false, level: 'error' },
  STORE_UNREACHABLE: { status: 503, message: 'The database cannot be reached: {detail}.', retryable: true, level: 'error' },
  STORE_UNSAFE: { status: 500, message: 'The database would lose what it has confirmed: {problem}.', retryable: false, level: 'error' },
  STORE_OTHER_TOOL: { status: 501, message: 'A PostgreSQL database is {deed} with its own tools: {tool}.', retryable: false, level: 'warn' },
  STORE_MOVED: { status: 409, message: 'This file was the store until {at}, when it moved to PostgreSQL; name the database in HOLDFAST_STORE.', retryable: false, level: 'error' },
  STORE_MIGRATING: { status: 409, message: 'A migration into this database has not been finished; run holdfast migrate again.', retryable: false, level: 'error' },
  MIGRATION_REFUSED: { status: 409, message: 'Nothing was moved: {problem}.', retryable: false, level: 'error' },
  MIGRATION_UNEQUAL: { status: 500, message: 'The copy differs: {what}. The file is still the store.', retryable: false, level: 'error' },
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
