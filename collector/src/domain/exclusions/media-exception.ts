// An exception for one removable medium and one person, asked for on the device and granted for a time.
//
//   pending ─grant─> granted ─end─> ended        by the time of the activity: what happened before the end and arrives after it
//      │ └─refuse─> refused └─revoke─> revoked   is judged as it was
//      └─7 days─> expired
//
// A medium is known by its serial number with its physical device id, or with vendor and product; one without a number of its own
// cannot be told from another and is granted to nobody. Grants hold on every device of the organisation; only the device that asked warns accordingly.
import type { Activity, Media } from '../risk/activity.ts'

export type ExceptionState = 'pending' | 'granted' | 'refused' | 'revoked' | 'ended' | 'expired'
export const EXCEPTION_STATES = ['pending', 'granted', 'refused', 'revoked', 'ended', 'expired'] as const satisfies readonly ExceptionState[]

export type ExceptionMedium = Pick<Media, 'vendor' | 'model' | 'serial' | 'vendorId' | 'productId' | 'deviceId'>

export interface MediaException {
  /** `ex_` and 32 hex digits, made of the activity's id: one that arrives twice is one request. */
  readonly id: string
  /** The device's own number of it, 32 hex digits. */
  readonly requestId: string
  readonly deviceId: string
  readonly userId: string
  readonly account?: string
  readonly medium: ExceptionMedium
  readonly reason: string
  /** How long it was asked for. */
  readonly hours: number
  readonly via: string
  readonly requestedAtMs: number
  readonly state: ExceptionState
  readonly decidedAtMs?: number
  readonly decidedBy?: { readonly id: string; readonly name: string }
  readonly note?: string
  readonly fromMs?: number
  readonly untilMs?: number
  /** It covers what is copied to the medium, too. */
  readonly copies?: boolean
  /** What the device answered to the last decision: `shown`, `no_session`, `failed`, `unknown`; absent while it has not heard of it. */
  readonly told?: string
}

/** How long a request waits for a decision. */
export const REQUEST_LIFE_MS = 7 * 86_400_000
/** Longest that an exception may hold: what is to last is an entry of the group. */
export const MAX_EXCEPTION_HOURS = 24 * 90

const folded = (text: string | undefined): string => text?.trim().toLowerCase() ?? ''

/** Whether the medium can be told from every other one: by a number of its own. The port that it is in, or a loop device, is none. */
export const isNameable = ({ deviceId, vendorId, productId, serial }: ExceptionMedium): boolean => folded(serial) !== '' && (/^(?!loop:)(?!.*:port )./.test(folded(deviceId)) || (folded(vendorId) !== '' && folded(productId) !== ''))

const isSame = (granted: ExceptionMedium, media: ExceptionMedium): boolean =>
  isNameable(granted) && folded(granted.serial) === folded(media.serial) && (folded(granted.deviceId) !== '' && folded(media.deviceId) !== ''
    ? folded(granted.deviceId) === folded(media.deviceId)
    : folded(granted.vendorId) !== '' && folded(granted.vendorId) === folded(media.vendorId) && folded(granted.productId) === folded(media.productId))

const withMedium: ReadonlySet<Activity['kind']> = new Set<Activity['kind']>(['removable_media_connected', 'removable_media_mounted', 'removable_media_unmounted', 'removable_media_disconnected'])

/** The exception that an activity falls under, whether or not it still scores. */
export function exceptionOf(activity: Pick<Activity, 'media' | 'userId' | 'occurredAtMs'>, granted: readonly MediaException[]): MediaException | undefined {
  const { media, userId, occurredAtMs } = activity
  return media === undefined ? undefined : granted.find((one) => one.userId === userId && one.fromMs !== undefined && one.untilMs !== undefined && occurredAtMs >= one.fromMs && occurredAtMs < one.untilMs && isSame(one.medium, media))
}

/** Whether it takes the activity out of scoring: that the medium came and went always, what is copied to it only where the grant says so. */
export const isCovered = ({ kind, file }: Pick<Activity, 'kind' | 'file'>, { copies }: MediaException): boolean => withMedium.has(kind) || (copies === true && kind === 'file_copied' && file?.location === 'removable')
