// What the rest of the agent sees of the uplink: the agent's side of NATS.
import type { wire } from '@holdfast/proto'
import type { Evidence } from '../evidence/contract.ts'
import type { Identity } from '../identity/contract.ts'
import type { OfferedKey, ReKeying } from '../identity/re-key.ts'
import type { SpoolContract } from '../spool/contract.ts'
import type { Upgrader } from '../upgrade/upgrader.ts'

export interface UplinkLog {
  debug(object: object, message: string): void
  info(object: object, message: string): void
  warn(object: object, message: string): void
  error(object: object, message: string): void
}

export interface UplinkDeps {
  readonly identity: Identity
  readonly spool: SpoolContract
  /** Made anew for each heartbeat. */
  readonly heartbeat: () => Promise<wire.Heartbeat.$Properties>
  /** Seconds between two heartbeats, read before each one. */
  readonly heartbeatIntervalSecs: () => number
  readonly policyState: () => { readonly hash: string; readonly version: number }
  /** An encoded wire.SignedPolicy, not verified yet. A heartbeat follows at once when the promise resolves. */
  readonly onPolicy: (signed: Uint8Array) => Promise<void>
  /** Keeps a renewed credential on the disk, in the place of the one of `before`. Absent: none is taken. */
  readonly keepCredential?: (before: Identity, jwt: string, key?: OfferedKey) => Promise<unknown>
  /** A key that this device has offered; a credential for it is taken with it. */
  readonly reKeying?: Pick<ReKeying, 'offered' | 'taken'>
  /** News of a fire drill of this device. */
  /** The collector is about to take the credential away, and says why. */
  readonly onDismissed?: (why: string) => void
  readonly onDrill?: (news: wire.DrillNews.$Properties) => void
  /** An encoded wire.SignedOrder, not verified yet; `answer` publishes an encoded wire.Answer. */
  readonly onOrder?: (signed: Uint8Array, answer: (data: Uint8Array) => void) => void
  /** Absent: no copies of files are sent. */
  readonly evidence?: Pick<Evidence, 'send'>
  /** Absent: no releases are fetched. */
  readonly upgrades?: Pick<Upgrader, 'fetch'>
  readonly now: () => number
  /** 0 to 1, for jitter. */
  readonly random: () => number
  readonly log: UplinkLog
}

export interface UplinkStatus {
  readonly connected: boolean
  readonly server: string
  /** Why there is no connection, or why publishing is refused over the one there is: a code of uplinkProblems; empty when all is well. */
  readonly problem: string
  readonly lastConnectedAtMs?: number
  readonly nextTryAtMs?: number
  readonly published: number
  readonly resent: number
}

export interface Uplink {
  /** Connects, syncs, publishes and beats for ever; resolves after the signal aborts and what is in flight was flushed (at most 3 s). */
  run(signal: AbortSignal): Promise<void>
  /** Asks for a heartbeat now. */
  beat(): void
  status(): UplinkStatus
}
