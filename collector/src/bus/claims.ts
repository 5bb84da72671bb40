// The claims of an installation: operator, two accounts, the collector's own users, and one user for each device.
import { answerSubject, downSubject, evidenceSubject, inboxPrefix, packageSubject, policySubject, activitySubject, heartbeatSubject, syncSubject } from '@holdfast/proto'
import { type NatsKey, signClaim } from './nkeys.ts'

const UNLIMITED = -1
const unlimited = { subs: UNLIMITED, data: UNLIMITED, payload: UNLIMITED }
const accountLimits = { ...unlimited, imports: UNLIMITED, exports: UNLIMITED, wildcards: true, conn: UNLIMITED, leaf: 0 }

export const operatorJwt = (operator: NatsKey, systemAccount: string, issuedAt: number): string =>
  signClaim({ issuer: operator, subject: operator.publicKey, name: 'holdfast', issuedAt, nats: { type: 'operator', system_account: systemAccount } })

/** @param revocations public key -> seconds; credentials issued up to then are refused */
export const accountJwt = (operator: NatsKey, account: string, issuedAt: number, revocations: Readonly<Record<string, number>>): string =>
  signClaim({
    issuer: operator, subject: account, name: 'devices', issuedAt,
    nats: {
      type: 'account',
      limits: { ...accountLimits, mem_storage: 0, disk_storage: UNLIMITED, streams: UNLIMITED, consumer: UNLIMITED, max_ack_pending: UNLIMITED, mem_max_stream_bytes: UNLIMITED, disk_max_stream_bytes: UNLIMITED },
      revocations,
    },
  })

export const systemAccountJwt = (operator: NatsKey, account: string, issuedAt: number): string =>
  signClaim({ issuer: operator, subject: account, name: 'system', issuedAt, nats: { type: 'account', limits: accountLimits } })

/** A user without limits, for the collector itself. */
export const serverUserJwt = (account: NatsKey, user: string, name: string, issuedAt: number): string =>
  signClaim({ issuer: account, subject: user, name, issuedAt, nats: { type: 'user', ...unlimited, pub: {}, sub: {} } })

/**
 * Version of what deviceUserJwt allows; one more whenever that changes. Devices report the version of their credential
 * and are sent a new one when theirs is lower, so a collector that is a release behind takes nothing back.
 * 2: copies of files as evidence. 3: answers to orders. 4: pieces of releases.
 */
export const PERMISSION_SET = 4

/** How the version stands among the claim's tags. */
export const permissionTag = (version: number): string => `hf-permissions:${version}`

/**
 * A device's user: six subjects to publish, its own to listen to, nothing under $JS, $SYS or _INBOX.
 * Allow-lists only: mixes of allow and deny have been got round.
 */
export const deviceUserJwt = (account: NatsKey, device: { readonly id: string; readonly group: string; readonly publicKey: string }, issuedAt: number): string =>
  signClaim({
    issuer: account, subject: device.publicKey, name: device.id, issuedAt,
    nats: {
      type: 'user', ...unlimited, payload: 1024 * 1024, subs: 16, tags: [permissionTag(PERMISSION_SET)],
      pub: { allow: [activitySubject(device.id), heartbeatSubject(device.id), syncSubject(device.id), evidenceSubject(device.id), answerSubject(device.id), packageSubject(device.id)] },
      sub: { allow: [downSubject(device.id), policySubject(device.group), `${inboxPrefix(device.id)}.>`] },
    },
  })
