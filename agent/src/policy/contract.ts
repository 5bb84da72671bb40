// What the rest of the agent sees of the policy in force.
import type { wire } from '@holdfast/proto'
import type { ErrorCode } from '../errors.ts'

export interface RunningPolicy {
  readonly policy: wire.AgentPolicy.$Properties
  /** 0 for the built-in policy of a device that has had none yet: nothing is collected but the agent's own state. */
  readonly version: number
  /** Hex SHA-256 of SignedPolicy.body; empty for the built-in policy. */
  readonly hash: string
  readonly appliedAtMs: number
  readonly expiresAtMs?: number
}

export type PolicyVerdict =
  | { readonly kind: 'applied'; readonly running: RunningPolicy }
  /** Good, and kept for the next start: in safe mode nothing is put to work. */
  | { readonly kind: 'held'; readonly version: number }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly version: number }

export interface PolicyKeeper {
  running(): RunningPolicy
  /** The last refusal since the policy in force was applied. */
  refused(): { readonly version: number; readonly code: ErrorCode } | undefined
  /** Versions of the latest that came, as it claims, and of the latest that was genuine and meant for this device; 0 for none since the start. */
  seen(): { readonly receivedVersion: number; readonly verifiedVersion: number }
  /**
   * Verifies (signature before parsing), validates, applies on trial and keeps; the last good policy stays in force when
   * anything fails. One at a time, in order.
   */
  consider(signed: Uint8Array): Promise<PolicyVerdict>
}
