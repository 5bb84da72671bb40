// What one row of the table of security features is, and the words for its states.
import { createHash } from 'node:crypto'
import type { KernelRules } from '../../platform/platform.ts'
import type { SystemView } from '../system-view.ts'

/**
 * `enabled`: as strong as the row's rule asks. `weakened`: there, with less force. `disabled`: switched off. `absent`: this
 * device has no such thing. `unknown`: it could not be read; that never counts as a change.
 */
export type FeatureState = 'enabled' | 'disabled' | 'weakened' | 'absent' | 'unknown'

export interface FeatureReading {
  readonly state: FeatureState
  /** What was read, for a person to compare; at most 512 characters are sent. */
  readonly value: string
  /** Whose setting it is, where every account has its own. */
  readonly uid?: number
  /** Which of several things of one feature it is about (a log file); they are compared one by one. */
  readonly part?: string
  /** What the next look needs to know of this one: kept on the device, never sent, and no change by itself. */
  readonly memo?: string
  /** Something happened rather than that something is: after the change is told, this is what it stands at. */
  readonly settles?: { readonly state: FeatureState; readonly value: string }
  /** What an account or a part that came after the first look stood at before: else it is new and taken in silence. */
  readonly since?: { readonly state: FeatureState; readonly value: string }
  /** With `unknown`: what would help. */
  readonly fix?: string
}

/** What the baseline holds of one feature. */
export interface Recall {
  /** The agent has never read this feature before. */
  readonly isFirst: boolean
  readonly parts: readonly string[]
  of(reading?: { readonly uid?: number; readonly part?: string }): { readonly state: FeatureState; readonly value: string; readonly memo: string } | undefined
}

export const nothingKnown: Recall = { isFirst: true, parts: [], of: () => undefined }

export interface Feature {
  /** `area.name`, stable: the collector's classes go by its prefix. */
  readonly id: string
  readonly summary: string
  /** Files that it depends on; one that ends in `/` stands for all entries of a folder. They are watched, and read again only when one changed. */
  readonly paths: readonly string[]
  /** The same below the home of each account. */
  readonly homePaths?: readonly string[]
  /** Part of its state is in no file that changes (a process, /proc, /sys): read at every poll. */
  readonly isLive?: boolean
  /** Asks a program, so at most every `everyMs` (a minute), or when one of `paths` changed. */
  readonly asksProgram?: boolean
  /** How old a reading may be that costs much, while none of `paths` changes. */
  readonly everyMs?: number
  /** Read when the kernel tells that these have changed; where it does, `everyMs` is a net far below. */
  readonly kernelRules?: KernelRules
  /** Whether the kernel tells of all of it; yes when absent. */
  readonly isTold?: (view: SystemView) => boolean
  read(view: SystemView, recall: Recall): FeatureReading | readonly FeatureReading[] | Promise<FeatureReading | readonly FeatureReading[]>
}

export const enabled = (value = 'on'): FeatureReading => ({ state: 'enabled', value })
export const disabled = (value = 'off'): FeatureReading => ({ state: 'disabled', value })
export const weakened = (value: string): FeatureReading => ({ state: 'weakened', value })
export const absent = (value = 'not installed'): FeatureReading => ({ state: 'absent', value })
export const unknown = (value: string, fix = ''): FeatureReading => ({ state: 'unknown', value, fix })

export const NEEDS_ROOT = 'Run the agent as root.'

/** Twelve hex digits that change with the text: enough to see that two values differ, too little to be text. */
export const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** Lines that say something: without comments, white space at their ends and empty ones. */
export const meaningfulLines = (text: string): readonly string[] =>
  text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith(';'))

/** Value of `KEY=value` in a shell-like file, the last one as a shell would see it; without quotes. */
export function shellValue(text: string, key: string): string | undefined {
  const line = meaningfulLines(text).findLast((each) => each.replace(/^export\s+/, '').startsWith(`${key}=`))
  return line?.slice(line.indexOf('=') + 1).replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1$/, '$2').trim()
}

/** Files that editors, sed and package managers leave beside the real one. */
export const isLeftover = (name: string): boolean => name === '.placeholder' || /(~|\.swp|\.swx|\.dpkg-(new|old|dist|tmp|bak)|\.rpm(new|save|orig)|\.ucf-(old|dist|new))$/.test(name) || /^(\.#|sed\w{6}$)/.test(name)

/** Sections of an INI file, keys as they are written, the last of equal keys wins. */
export function parseIni(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let current = new Map<string, string>()
  sections.set('', current)
  for (const line of meaningfulLines(text)) {
    const name = /^\[(.+)\]$/.exec(line)?.[1]
    if (name !== undefined) {
      current = sections.get(name) ?? new Map<string, string>()
      sections.set(name, current)
      continue
    }
    const at = line.indexOf('=')
    if (at > 0) current.set(line.slice(0, at).trim(), line.slice(at + 1).trim())
  }
  return sections
}
