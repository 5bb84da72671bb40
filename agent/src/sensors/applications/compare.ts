// What changed between the applications that were known and those that are there now.
import type { ActivityKind, wire } from '@holdfast/proto'
import type { SensedActivity } from '../sensor.ts'
import type { InstalledApplication, SourceReading } from './source.ts'

export type Known = ReadonlyMap<string, InstalledApplication>

export interface Change {
  readonly kind: ActivityKind
  readonly key: string
  /** What is there after it; undefined for a removal. */
  readonly after: InstalledApplication | undefined
  readonly uid?: number
  readonly detail: SensedActivity['detail']
}

export interface Comparison {
  readonly changes: readonly Change[]
  /** What is known from now on. */
  readonly known: Known
  /** Known, not there, and not yet believed to be gone. */
  readonly missing: readonly string[]
}

const describe = (source: string, { name, version, publisher, path, signature }: InstalledApplication): wire.Application.$Properties => ({ name, version, source, publisher, path, ...(signature === undefined ? {} : { signature }) })

/**
 * A home that is locked or not mounted takes its folders away without removing anything: what was known of a folder in a
 * home that is not there any more is kept.
 */
const isBehindClosedDoor = (key: string, { uid }: InstalledApplication, places: readonly string[]): boolean => uid !== undefined && !places.some((place) => key.startsWith(`${place} `))

const owner = ({ uid }: InstalledApplication): { readonly uid?: number } => (uid === undefined ? {} : { uid })

/** @param believesRemoval whether a key that is missing has been so for long enough */
export function compareApplications(source: string, before: Known, reading: SourceReading, believesRemoval: (key: string) => boolean): Comparison {
  const known = new Map<string, InstalledApplication>()
  const changes: Change[] = []
  const missing: string[] = []
  for (const [key, application] of before) {
    if (reading.applications.has(key)) continue
    const stays = reading.inMotion.has(key) || isBehindClosedDoor(key, application, reading.places)
    if (!stays && believesRemoval(key)) {
      changes.push({ kind: 'application_removed', key, after: undefined, ...owner(application), detail: { applicationRemoved: { application: describe(source, application) } } })
      continue
    }
    known.set(key, application)
    if (!stays) missing.push(key)
  }
  for (const [key, application] of reading.applications) {
    const old = before.get(key)
    known.set(key, application)
    if (old === undefined) changes.push({ kind: 'application_installed', key, after: application, ...owner(application), detail: { applicationInstalled: { application: describe(source, application) } } })
    else if (old.version !== application.version) changes.push({ kind: 'application_updated', key, after: application, ...owner(application), detail: { applicationUpdated: { application: describe(source, application), oldVersion: old.version } } })
  }
  return { changes, known, missing }
}
