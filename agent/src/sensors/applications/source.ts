// What one source of applications is: a place where a package manager writes down what it has installed.
import type { SystemView } from '../system-view.ts'

export interface InstalledApplication {
  readonly name: string
  readonly version: string
  readonly publisher: string
  /** Where it lies; empty for what is spread over the system. */
  readonly path: string
  /** `signed`, `unsigned`, `invalid`, or `ad_hoc` (signed by nobody in particular); absent where the source has no word for it. */
  readonly signature?: string
  /** Whose home it is in. */
  readonly uid?: number
}

export interface SourceReading {
  /** By a key that is the same for every version of one application. */
  readonly applications: ReadonlyMap<string, InstalledApplication>
  /** Folders that were there, for a source whose keys begin with `FOLDER `. */
  readonly places: readonly string[]
  /** Keys that are being worked on: what was known of them stays until they are done. */
  readonly inMotion: ReadonlySet<string>
}

export interface ApplicationSource {
  /** As in Application.source. */
  readonly name: string
  readonly summary: string
  /** Linux where absent. */
  readonly platforms?: readonly NodeJS.Platform[]
  /** An upgrade takes the old version away before the new one is there, so a removal must last a moment to count. */
  readonly replacesInSteps: boolean
  /** Files and folders that are watched. */
  paths(view: SystemView): readonly string[]
  /** Changes when a reading may be another one. */
  version(view: SystemView): string
  /** @returns undefined when this device has no such source, `denied` when it cannot be read */
  read(view: SystemView): SourceReading | 'denied' | undefined | Promise<SourceReading | 'denied' | undefined>
}

const MAX_CHARS = 256

/** Names come out of files that anybody may have written. */
export const tidy = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim().slice(0, MAX_CHARS)
