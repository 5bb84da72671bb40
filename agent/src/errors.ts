// Every error of the agent: one row each. The code is the only thing to branch on; messages may change.
// docs/reference/errors.md is generated from this table.

export interface ErrorRow {
  /** `{name}` is filled from the parameters. */
  readonly message: string
  readonly retryable: boolean
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  /** Exit code where a command ends with it: 1 failed, 2 wrong use, 3 not enrolled, 4 cannot reach the collector, 5 refused. */
  readonly exit: 1 | 2 | 3 | 4 | 5
}

export const errorTable = {
  CONFIG_UNKNOWN_KEY: { message: 'Unknown configuration key {key} at line {line}; the nearest known key is {nearest}.', retryable: false, level: 'error', exit: 2 },
  CONFIG_INVALID: { message: 'Configuration {key}: {problem}.', retryable: false, level: 'error', exit: 2 },
  COMMAND_USE: { message: '{problem}.', retryable: false, level: 'error', exit: 2 },
  NOT_ENROLLED: { message: 'This device is not enrolled; run holdfast-agent enrol first.', retryable: false, level: 'error', exit: 3 },

  ALREADY_ENROLLED: { message: 'This folder holds the identity of {device}; --force enrols it again and keeps its spool.', retryable: false, level: 'error', exit: 5 },
  IDENTITY_UNSAFE: { message: 'The identity of this device is not safe: {problem}.', retryable: false, level: 'error', exit: 1 },
  IDENTITY_UNREADABLE: { message: 'The identity of this device cannot be read: {problem}. Enrol again with --force.', retryable: false, level: 'error', exit: 1 },
  PROGRAM_UNSAFE: { message: 'Somebody else than root can change this program: {problem}. Install it where only root writes.', retryable: false, level: 'error', exit: 1 },
  SEAL_UNSENT: { message: '{count} activities and {copies} copies of files were not sent yet. Start the agent and wait until they are, or say --discard-unsent.', retryable: false, level: 'warn', exit: 5 },
  AGENT_NOT_RUNNING: { message: 'The agent does not run here: {problem}.', retryable: true, level: 'warn', exit: 1 },

  DRILL_NEEDS_ROOT: { message: 'A fire drill makes real changes to this system and takes them back: run it as root, on Linux, where the agent runs as root too.', retryable: false, level: 'error', exit: 2 },
  DRILL_NOT_TAKEN: { message: 'The agent that runs does not take part in the drill: {problem}. Nothing was done.', retryable: true, level: 'error', exit: 1 },
  DRILL_RUNNING: { message: 'Another fire drill (process {pid}) runs on this device.', retryable: true, level: 'error', exit: 1 },

  SPOOL_RECORD_TOO_LARGE: { message: 'An activity of {size} bytes is larger than {limit}.', retryable: false, level: 'warn', exit: 1 },
  SPOOL_RECORD_EMPTY: { message: 'An activity without bytes cannot be spooled.', retryable: false, level: 'warn', exit: 1 },
  SPOOL_CLOSED: { message: 'The spool is closed.', retryable: false, level: 'debug', exit: 1 },
  SPOOL_NEWER_FORMAT: { message: 'The spool has format {found}; this agent reads up to {known}. Nothing was changed; install the newer agent again.', retryable: false, level: 'error', exit: 1 },
  SPOOL_IO: { message: 'The spool cannot write to its disk.', retryable: true, level: 'error', exit: 1 },
  SPOOL_LOCKED: { message: 'Another agent (process {pid}) uses this folder.', retryable: false, level: 'error', exit: 1 },

  PLATFORM_COMMAND_FAILED: { message: '{program} ended with {code}.', retryable: true, level: 'warn', exit: 1 },
  PLATFORM_COMMAND_MISSING: { message: '{program} is not on this device.', retryable: false, level: 'debug', exit: 1 },

  ENROLMENT_CODE_INVALID: { message: 'This is no enrolment code: {problem}.', retryable: false, level: 'error', exit: 2 },
  ENROLMENT_REFUSED: { message: 'The collector refused the enrolment: {code}.', retryable: false, level: 'error', exit: 5 },
  ENROLMENT_WAITS: { message: 'The collector has this device wait for approval (request {requestId}, key …{key}). Ask whoever runs it; the same command goes on waiting.', retryable: true, level: 'info', exit: 4 },
  ENROLMENT_PIN_MISMATCH: { message: 'The collector shows another certificate authority than the enrolment code names.', retryable: false, level: 'error', exit: 5 },
  COLLECTOR_UNREACHABLE: { message: 'Cannot reach the collector: {problem}.', retryable: true, level: 'warn', exit: 4 },

  UPGRADE_NO_KEY: { message: 'This version was built without a key for later releases; install the package instead.', retryable: false, level: 'error', exit: 5 },
  UPGRADE_SIGNATURE: { message: 'The release is not signed by the key that this agent takes releases from, or it was altered.', retryable: false, level: 'error', exit: 5 },
  UPGRADE_OTHER_TARGET: { message: 'The release is {found}; this device takes holdfast-agent for {wanted}.', retryable: false, level: 'error', exit: 5 },
  UPGRADE_UNREADABLE: { message: 'The release cannot be used: {problem}.', retryable: false, level: 'error', exit: 1 },
  UPGRADE_NOT_NEWER: { message: 'Version {version} is not newer than {running}, which runs; --allow-older takes an older one.', retryable: false, level: 'warn', exit: 5 },
  UPGRADE_UNDER_WAY: { message: 'Another version is on probation here; wait for its end.', retryable: true, level: 'warn', exit: 5 },
  UPGRADE_NO_ROOM: { message: 'There is no room for the release: {needed} bytes are needed in {folder}.', retryable: true, level: 'error', exit: 1 },
  UPGRADE_RETURNED: { message: 'Version {version} did not come up well ({reason}); version {running} runs again.', retryable: false, level: 'error', exit: 1 },
  UNINSTALL_TOKEN_NEEDED: { message: 'The policy of the organisation asks for an uninstall token: {problem}.', retryable: false, level: 'error', exit: 5 },

  CREDENTIAL_REFUSED: { message: 'The renewed credential is not taken, and the present one stays: {problem}.', retryable: false, level: 'warn', exit: 5 },

  ORDER_REFUSED: { message: 'An order of the collector is not taken: {problem}.', retryable: false, level: 'warn', exit: 5 },
  EXCEPTION_NOT_ASKED: { message: 'The exception was not asked for: {problem}.', retryable: true, level: 'warn', exit: 1 },

  POLICY_UNSIGNED: { message: 'The policy carries no signature.', retryable: false, level: 'error', exit: 5 },
  POLICY_WRONG_KEY: { message: 'The policy is signed by a key that this device does not trust, or it was altered.', retryable: false, level: 'error', exit: 5 },
  POLICY_TOO_FEW_SIGNATURES: { message: 'The policy is signed by {count} of the {threshold} keys that it takes.', retryable: false, level: 'error', exit: 5 },
  POLICY_ROOT_REFUSED: { message: 'The root of trust that came with the policy is not taken: {problem}.', retryable: false, level: 'error', exit: 5 },
  POLICY_OLDER: { message: 'The policy is older than the one that runs.', retryable: false, level: 'warn', exit: 5 },
  POLICY_SAME_VERSION: { message: 'The policy has the version of the one that runs, and another body.', retryable: false, level: 'error', exit: 5 },
  POLICY_EXPIRED: { message: 'The policy has expired.', retryable: false, level: 'warn', exit: 5 },
  POLICY_OTHER_FLEET: { message: 'The policy is for another organisation.', retryable: false, level: 'error', exit: 5 },
  POLICY_OTHER_TARGET: { message: 'The policy is for another group.', retryable: false, level: 'error', exit: 5 },
  POLICY_OTHER_DEVICE: { message: 'The policy is for another device of the group.', retryable: false, level: 'error', exit: 5 },
  POLICY_TOO_LARGE: { message: 'The policy has {size} bytes, more than {limit}.', retryable: false, level: 'error', exit: 5 },
  POLICY_UNREADABLE: { message: 'The policy cannot be read.', retryable: false, level: 'error', exit: 5 },
  POLICY_NOT_KEPT: { message: 'The policy could not be written to the disk, so the earlier one runs on.', retryable: true, level: 'error', exit: 1 },
  POLICY_INVALID: { message: 'The policy asks for what this agent cannot do: {problem}.', retryable: false, level: 'error', exit: 5 },
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
