// Media that a group allows, as a form holds them: one line of fields each, an end in the viewer's own time.
import type { GroupSettings } from '@holdfast/collector/contract'

type Entry = NonNullable<GroupSettings['allowedMedia']>[number]

export const MEDIA_KINDS = ['usb', 'mass_storage', 'card', 'optical', 'mtp', 'ptp', 'bluetooth'] as const
export type MediaKind = (typeof MEDIA_KINDS)[number]

export interface AllowedRow {
  /** `usb`: a device or a kind of device; else every device of the class. */
  readonly kind: MediaKind
  /** VENDOR:PRODUCT[:SERIAL]. */
  readonly device: string
  readonly reason: string
  /** As `datetime-local` has it; empty for no end. */
  readonly until: string
  readonly copies: boolean
  /** As it came: people and a begin, which the form does not show, are written back. */
  readonly kept?: Entry
}

const DEVICE = /^([0-9a-f]{4}):([0-9a-f]{4})(?::(.{1,256}))?$/i
const MOST = 500
const REASON_CHARS = 500

const pad = (number: number): string => String(number).padStart(2, '0')
const localOf = (iso: string): string => {
  const at = new Date(iso)
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`
}

export const emptyRow: AllowedRow = { kind: 'usb', device: '', reason: '', until: '', copies: false }

export const allowedRowsOf = (list: readonly Entry[]): readonly AllowedRow[] => list.map((entry) => ({
  kind: entry.deviceClass ?? 'usb', device: [entry.vendorId, entry.productId, entry.serial].filter((part) => part !== undefined).join(':'), reason: entry.reason, until: entry.until === undefined ? '' : localOf(entry.until), copies: entry.copies === true, kept: entry,
}))

/** The collector's words; an end that was not touched keeps its seconds. */
export const allowedMediaOf = (rows: readonly AllowedRow[]): Entry[] => rows.map(({ kind, device, reason, until, copies, kept }) => {
  const [, vendorId, productId, serial] = DEVICE.exec(device.trim()) ?? []
  const end = kept?.until !== undefined && localOf(kept.until) === until ? kept.until : until === '' ? undefined : new Date(until).toISOString()
  return {
    ...(kind !== 'usb' ? { deviceClass: kind } : vendorId === undefined || productId === undefined ? {} : { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase(), ...(serial === undefined ? {} : { serial }) }),
    reason: reason.trim(), ...(end === undefined ? {} : { until: end }), ...(kept?.from === undefined ? {} : { from: kept.from }), ...(kept?.users === undefined ? {} : { users: kept.users }), ...(copies ? { copies } : kept?.copies === undefined ? {} : { copies: false }),
  }
})

export const deviceIsValid = ({ kind, device }: AllowedRow): boolean => kind !== 'usb' || DEVICE.test(device.trim())
export const reasonIsValid = ({ reason }: AllowedRow): boolean => reason.trim() !== '' && reason.trim().length <= REASON_CHARS
export const untilIsValid = ({ until }: AllowedRow): boolean => until === '' || !Number.isNaN(Date.parse(until))
/** Whether the collector will take it. */
export const allowedMediaAreValid = (rows: readonly AllowedRow[]): boolean => rows.length <= MOST && rows.every((row) => deviceIsValid(row) && reasonIsValid(row) && untilIsValid(row))
export const hasEnded = ({ until }: AllowedRow, nowMs: number): boolean => until !== '' && Date.parse(until) <= nowMs
