// What the address of the content explorer says: whose files, filters, and the file that is open.
import { listOf, textOf, textsOf } from '../../app/search-params.ts'

export const DESTINATIONS = ['removable', 'network_share', 'cloud_sync', 'local', 'remote_session', 'unknown'] as const
export const STATES = ['verified', 'receiving', 'refused', 'skipped', 'damaged', 'deleted', 'none'] as const

/** Whose files: one of a case, an alert, a person. */
export interface ContentScope {
  readonly caseId?: string
  readonly alertId?: string
  readonly userId?: string
}

export interface ContentSearch {
  readonly text?: string
  readonly fileType: readonly string[]
  readonly destination: readonly (typeof DESTINATIONS)[number][]
  readonly state: readonly (typeof STATES)[number][]
  readonly finding?: string
  readonly label?: string
  readonly deviceId?: string
  readonly sha256?: string
  /** UTC days. */
  readonly from?: string
  readonly to?: string
  readonly minKiB?: string
  readonly maxKiB?: string
  /** Activity id of the open file. */
  readonly file?: string
}

const TEXTS = ['text', 'finding', 'label', 'deviceId', 'sha256', 'file'] as const
const day = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined)
const number = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? value : undefined)
const defined = <T extends object>(record: T): T => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T

export const parseContentSearch = (search: Readonly<Record<string, unknown>>): ContentSearch => ({
  fileType: textsOf(search['fileType']), destination: listOf(search['destination'], DESTINATIONS), state: listOf(search['state'], STATES),
  ...defined(Object.fromEntries(TEXTS.map((key) => [key, textOf(search[key])]))), ...defined({ from: day(search['from']), to: day(search['to']), minKiB: number(search['minKiB']), maxKiB: number(search['maxKiB']) }),
} as ContentSearch)

/** The same for the API; a check sum that is too short to ask for is left out. */
export const toFileQuery = (scope: ContentScope, { file: _file, minKiB, maxKiB, from, to, sha256, ...rest }: ContentSearch) => ({
  ...scope, ...rest, ...(from === undefined ? {} : { from: `${from}T00:00:00Z` }), ...(to === undefined ? {} : { to: `${to}T00:00:00Z` }), ...(minKiB === undefined ? {} : { minBytes: Number(minKiB) * 1024 }), ...(maxKiB === undefined ? {} : { maxBytes: Number(maxKiB) * 1024 }),
  ...(sha256 !== undefined && /^[0-9a-fA-F]{4,64}$/.test(sha256) ? { sha256 } : {}),
})

export const hasFilters = ({ file: _file, ...filters }: ContentSearch): boolean => Object.values(filters).some((value: unknown) => (Array.isArray(value) ? value.length > 0 : value !== undefined))
