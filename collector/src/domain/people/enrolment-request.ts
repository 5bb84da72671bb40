// A device that has shown a code which asks for approval, and waits until an administrator says yes or no.
//
//   waiting ──► approved ──► enrolled        `enrolled` once the device has fetched its credential
//      │            │
//      ├─► refused  │
//      └────────────┴─► expired              nobody decided, or the device never came back
//
// The request is of one key: who asks again shows the same key, and nobody else can fetch what was approved.

export type EnrolmentRequestState = 'waiting' | 'approved' | 'refused' | 'expired' | 'enrolled'

export interface EnrolmentRequest {
  readonly id: string
  readonly codeId: string
  readonly group: string
  readonly publicKey: string
  readonly hardwareId: string
  readonly hostname: string
  readonly os: string
  readonly agentVersion: string
  /** Where it asked from. */
  readonly address: string
  readonly state: EnrolmentRequestState
  readonly requestedAtMs: number
  /** Of waiting and approved ones: when they are given up. */
  readonly expiresAtMs: number
  /** A device of the same hardware, if there was one. */
  readonly knownDeviceId?: string
  readonly decidedAtMs?: number
  /** Account that decided. */
  readonly decidedBy?: string
  readonly note?: string
  /** Once enrolled. */
  readonly deviceId?: string
}

/** How long a request waits for a decision, and how long an approved one waits for its device. */
export const REQUEST_WAIT_MS = 7 * 86_400_000
/** Host names and addresses of requests that are decided are kept for so long. */
export const REQUEST_KEPT_MS = 90 * 86_400_000
