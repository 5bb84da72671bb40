// Media that an organisation hands out to a group of devices: what they do scores nothing, and stays visible.
//
// An entry names one device (vendor, product and serial number), a kind of device (vendor and product), or a class. Like every
// list of an organisation's own it holds because somebody answers for it: so it has a reason, may have an end, and covers what is
// copied to the medium only when it says so; else only that the medium came, went and was mounted. It holds from `from` on and
// before `until`, by the time of the activity: an entry ends by itself, and what happened before its end and arrives after it is
// judged as it was. A medium can pretend to be another one.
import type { Activity } from '../risk/activity.ts'
import { exceptionOf, isCovered, type MediaException } from './media-exception.ts'

export const MEDIA_CLASSES = ['mass_storage', 'card', 'optical', 'mtp', 'ptp', 'bluetooth'] as const
export type MediaClass = (typeof MEDIA_CLASSES)[number]

export interface AllowedMedium {
  /** Four hex digits, as on USB; with `productId`. */
  readonly vendorId?: string
  readonly productId?: string
  /** With both of the above. */
  readonly serial?: string
  /** Alone. */
  readonly deviceClass?: MediaClass
  readonly reason: string
  /** RFC 3339. */
  readonly from?: string
  readonly until?: string
  /** Ids of the users that it holds for; absent: everybody on the group's devices. */
  readonly users?: readonly string[]
  /** It covers what is copied to the medium, too. */
  readonly copies?: boolean
}

/** What groups allow, and which group a device is in. */
export interface MediaAllowances {
  readonly groups: ReadonlyMap<string, readonly AllowedMedium[]>
  readonly groupOf: (deviceId: string) => string | undefined
  /** Exceptions of single people that hold, or held lately. */
  readonly exceptions?: readonly MediaException[]
}

export const noAllowances: MediaAllowances = { groups: new Map(), groupOf: () => undefined }

/** What is wrong with an entry, in words; undefined when nothing is. */
export function allowedMediumProblem({ vendorId, productId, serial, deviceClass, reason, from, until, users }: AllowedMedium): string | undefined {
  if (reason.trim() === '') return 'has no reason'
  if ((vendorId === undefined) !== (productId === undefined)) return 'needs vendor and product together'
  if (serial !== undefined && vendorId === undefined) return 'has a serial number without vendor and product: numbers are unique within a product at most'
  if ((deviceClass === undefined) === (vendorId === undefined)) return 'names either vendor and product or a class'
  if (users?.length === 0) return 'holds for nobody'
  const [begin, end] = [from === undefined ? -Infinity : Date.parse(from), until === undefined ? Infinity : Date.parse(until)]
  return Number.isNaN(begin) || Number.isNaN(end) ? 'has a time that is none' : begin >= end ? 'ends before it begins' : undefined
}

const folded = (text: string | undefined): string => text?.trim().toLowerCase() ?? ''

const about: ReadonlySet<Activity['kind']> = new Set<Activity['kind']>(['removable_media_connected', 'removable_media_mounted', 'removable_media_unmounted', 'removable_media_disconnected'])

type EntryJudge = (activity: Activity) => boolean

function compileEntry({ vendorId, productId, serial, deviceClass, from, until, users, copies }: AllowedMedium): EntryJudge {
  const [vendor, product, number] = [folded(vendorId), folded(productId), folded(serial)]
  const [fromMs, untilMs] = [from === undefined ? -Infinity : Date.parse(from), until === undefined ? Infinity : Date.parse(until)]
  const people = users === undefined ? undefined : new Set(users)
  return ({ kind, media, file, occurredAtMs, userId }) => {
    if (media === undefined || occurredAtMs < fromMs || occurredAtMs >= untilMs || people?.has(userId) === false) return false
    if (!about.has(kind) && !(copies === true && kind === 'file_copied' && file?.location === 'removable')) return false
    if (deviceClass !== undefined) return media.deviceClass === deviceClass
    return vendor !== '' && vendor === folded(media.vendorId) && product === folded(media.productId) && (number === '' || number === folded(media.serial))
  }
}

/** Finds the entry that holds for an activity, as `allowedMedia.<group>[2]`, or the exception, as `exception.<id>`. */
export function compileAllowedMedia({ groups, groupOf, exceptions = [] }: MediaAllowances): (activity: Activity) => string | undefined {
  const judges = new Map([...groups].filter(([, list]) => list.length > 0).map(([group, list]) => [group, list.map(compileEntry)]))
  if (judges.size === 0 && exceptions.length === 0) return () => undefined
  return (activity) => {
    if (activity.media === undefined) return undefined
    const group = groupOf(activity.deviceId)
    const index = group === undefined ? -1 : (judges.get(group)?.findIndex((judge) => judge(activity)) ?? -1)
    if (index >= 0) return `allowedMedia.${group ?? ''}[${index}]`
    const exception = exceptionOf(activity, exceptions)
    return exception === undefined || !isCovered(activity, exception) ? undefined : `exception.${exception.id}`
  }
}

/** One sentence; undefined for a rule that is no entry of a group, or none any more. */
export function explainAllowedMedium(rule: string, { groups, exceptions = [] }: MediaAllowances): string | undefined {
  const exception = rule.startsWith('exception.') ? exceptions.find(({ id }) => id === rule.slice('exception.'.length)) : undefined
  if (exception !== undefined) return `An exception allows the person this medium until ${new Date(exception.untilMs ?? 0).toISOString()}: ${exception.reason}`
  const [, group = '', index = ''] = /^allowedMedia\.(.+)\[(\d+)\]$/.exec(rule) ?? []
  const entry = groups.get(group)?.[Number(index)]
  if (entry === undefined || index === '') return undefined
  const { vendorId, productId, serial, deviceClass, until, reason } = entry
  const what = deviceClass === undefined ? [vendorId, productId, serial].filter((part) => part !== undefined).join(':') : `every device of class ${deviceClass}`
  return `The group ${group} allows ${what}${until === undefined ? '' : ` until ${until}`}: ${reason}`
}
