// A source whose applications are folders or files in some known places, as most installers beside those of the system are.
import { type Place, placesOf } from './places.ts'
import type { ApplicationSource, InstalledApplication, SourceReading } from './source.ts'

/** What stands at a place: a key within it, and what is there; undefined for what is not whole yet. */
export type Entry = readonly [key: string, found: Omit<InstalledApplication, 'uid' | 'path'> & { readonly path?: string } | undefined]

export interface FolderRule {
  readonly name: string
  readonly summary: string
  readonly platforms?: readonly NodeJS.Platform[]
  /** Absolute folders, `*` for any text of one level. */
  readonly system: readonly string[]
  /** The same below each home. */
  readonly own: readonly string[]
  /** Files and folders within a place, relative to it, that change when its applications do; the place itself when absent. Folders end in `/`. */
  readonly watched?: (place: Place) => readonly string[]
  readonly entries: (place: Place) => Iterable<Entry>
}

/** What one place can hold: more is no installation but a heap. */
const MAX_ENTRIES = 2000

const watchedIn = ({ watched }: FolderRule, place: Place): readonly string[] => watched?.(place) ?? ['/']
const pathIn = (place: Place, relative: string): string => (relative === '/' ? `${place.folder}/` : `${place.folder}/${relative}`)
const versionIn = (place: Place, relative: string): string => (relative === '/' ? place.version() : place.versionOf(relative.replace(/\/$/, '')))

export function folderSource(rule: FolderRule): ApplicationSource {
  const { name, summary, platforms, system, own, entries } = rule
  const read = (places: readonly Place[]): SourceReading => {
    const applications = new Map<string, InstalledApplication>()
    const inMotion = new Set<string>()
    for (const place of places) {
      let left = MAX_ENTRIES
      for (const [within, found] of entries(place)) {
        if (left-- <= 0) break
        const key = `${place.folder} ${within}`
        if (found === undefined) inMotion.add(key)
        else applications.set(key, { ...found, path: `${place.folder}/${found.path ?? within}`, ...(place.uid === undefined ? {} : { uid: place.uid }) })
      }
    }
    return { applications, inMotion, places: places.map(({ folder }) => folder) }
  }
  return {
    name, summary, ...(platforms === undefined ? {} : { platforms }),
    replacesInSteps: true,
    // A watch on a home would never be quiet: there the clock is enough.
    paths: (view) => placesOf(view, system, own).flatMap((place) => (place.isHome === true ? [] : watchedIn(rule, place).map((relative) => pathIn(place, relative)))),
    version: (view) => placesOf(view, system, own).map((place) => `${place.folder} ${watchedIn(rule, place).map((relative) => versionIn(place, relative)).join(' ')}`).join('|'),
    read(view) {
      const places = placesOf(view, system, own)
      return places.some((place) => place.version() !== '' && place.version() !== '-') ? read(places) : undefined
    },
  }
}

/** JSON that anybody may have written; undefined for what is no object. */
export function parseObject(json: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}

export const objectIn = (value: unknown, key: string): Readonly<Record<string, unknown>> | undefined => {
  const inner = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined
  return typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>) : undefined
}

export const textIn = (value: unknown, key: string): string => {
  const inner = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined
  return typeof inner === 'string' ? inner : ''
}

/** `foo-1.2.3-x86_64` -> name and version; a name without a version is whole. */
export function splitVersion(text: string): { readonly name: string; readonly version: string } {
  const [, name, version] = /^(.+?)[-_ ]v?(\d+(?:\.\d+)*[^\s/]*)$/.exec(text) ?? []
  return name === undefined || version === undefined ? { name: text, version: '' } : { name, version: version.replace(/[-_](?:x86_64|amd64|aarch64|arm64|i[36]86|armhf|linux).*$/i, '') }
}

/** The highest of several versions, by their numbers. */
export const highest = (versions: readonly string[]): string | undefined => versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)
