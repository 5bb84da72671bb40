// Which of the files that a browser, mail or chat program opens may have been chosen by a person to be sent.
//
// Left out is what such programs read for themselves: their profiles and caches, what desktops keep in hidden folders, and
// what they have written themselves a moment ago (a download is looked at before it is shown). A document that a person
// only looks at in a browser is opened in the same way as one that is sent: what is told is therefore `possible`.
import { compileScope, isWithin, type ScopeSettings } from '../files/scope.ts'
import { classOfProgram, type ProgramClass, UPLOAD_CLASSES } from '../program-class.ts'
import type { OpenedFile } from './read-marks.ts'
import type { StartedProgram } from './started.ts'

/** A file that the same program opens again within this time was told of already: one upload opens it several times. */
const AGAIN_MS = 60_000
/** So long after its last write a file counts as the program's own. */
const OWN_MS = 10_000
const REMEMBERED = 4096
/** What was once said of a pid that is of no interest: pids are used again. */
const OTHERS_MS = 10_000
const MAX_OTHERS = 8192

/** Hidden folders and files in which programs and desktops keep their own things. Keys (`.ssh`, `.gnupg`, `.aws`) are a person's. */
const OWN_PLACES = /\/\.(?:config|cache|local|mozilla|thunderbird|librewolf|waterfox|var\/app|pki|fonts?|icons|themes|gtk[^/]*|gnome[^/]*|kde[^/]*|dbus|nv|java|steam|pulse|Xauthority|XCompose|ICEauthority|drirc|fontconfig|fonts\.conf|asoundrc|mime\.types|mailcap|directory|DS_Store|Trash[^/]*|vscode|electron[^/]*|Skype|zoom|TelegramDesktop|signal)(?:\/|$)/
/** Profiles of snaps: of their homes only what desktops call documents is a person's. */
const SNAP_PROFILE = /\/snap\/[^/]+\/(?:common|current|x?\d+)\/(?!Desktop\/|Documents\/|Downloads\/|Pictures\/|Music\/|Videos\/)/
const UNFINISHED = /\.(?:crdownload|part|partial|tmp|temp|opdownload|lock)$/i

/** Whether programs of these classes keep it for themselves. */
export const isOwnPlace = (path: string): boolean => OWN_PLACES.test(path) || SNAP_PROFILE.test(path) || UNFINISHED.test(path)

/** Folders that a command line gives a browser as its profile. */
export function profileFolders(words: readonly string[]): readonly string[] {
  const found: string[] = []
  words.forEach((word, index) => {
    const value = /^--?(?:user-data-dir|profile|profile-directory|disk-cache-dir)=(.+)$/.exec(word)?.[1] ?? (/^--?(?:profile|P|user-data-dir)$/.test(word) ? words[index + 1] : undefined)
    if (value?.startsWith('/') === true) found.push(value.replace(/\/+$/, ''))
  })
  return found
}

interface Chosen {
  readonly program: StartedProgram
  readonly programClass: ProgramClass
  readonly profiles: readonly string[]
}

export interface Opened {
  readonly program: StartedProgram
  readonly programClass: ProgramClass
  readonly path: string
}

export interface UploadFilter {
  setScope(settings: ScopeSettings): void
  /** A pid runs another program now, by these names. @returns whether it is one that can send what it opens */
  started(pid: number, called: readonly string[]): boolean
  isChosen(pid: number): boolean
  /** Tells of a file once, if it may have been sent. */
  opened(file: OpenedFile): Opened | undefined
  /** Whether any program of these classes is left. */
  anyLeft(): boolean
}

/**
 * @param names names of programs that count; allowed ones are left out of it
 * @param read what /proc says of a pid; undefined when it is gone
 * @param now milliseconds of a clock that never jumps
 */
export function createUploadFilter(names: ReadonlySet<string>, read: (pid: number) => StartedProgram | undefined, now: () => number): UploadFilter {
  let scope = compileScope({ roots: [], excludes: [], own: [], removable: [], networkShares: [], cloudFolders: [] })
  const chosen = new Map<number, Chosen>()
  const others = new Map<number, number>()
  const written = new Map<string, number>()
  const told = new Map<string, number>()
  const remember = <K>(map: Map<K, number>, key: K, limit: number): void => {
    map.delete(key)
    if (map.size >= limit) for (const oldest of map.keys()) { map.delete(oldest); break }
    map.set(key, now())
  }
  const within = (map: ReadonlyMap<string, number>, key: string, ms: number): boolean => now() - (map.get(key) ?? Number.NEGATIVE_INFINITY) < ms

  const look = (pid: number): boolean => {
    const program = read(pid)
    const called = [program?.executable ?? '', program?.name ?? '']
    const programClass = classOfProgram(...called)
    if (program === undefined || programClass === undefined || !UPLOAD_CLASSES.has(programClass) || !called.some((name) => names.has(name.slice(name.lastIndexOf('/') + 1).toLowerCase()))) {
      chosen.delete(pid)
      if (others.size >= MAX_OTHERS) others.clear()
      others.set(pid, now())
      return false
    }
    others.delete(pid)
    chosen.set(pid, { program, programClass, profiles: profileFolders(program.arguments) })
    return true
  }

  return {
    setScope(settings) {
      scope = compileScope(settings)
    },
    started(pid, called) {
      chosen.delete(pid)
      others.delete(pid)
      return called.some((name) => names.has(name)) && look(pid)
    },
    isChosen(pid) {
      if (chosen.has(pid)) return true
      const at = others.get(pid)
      return at !== undefined && now() - at < OTHERS_MS ? false : look(pid)
    },
    opened({ pid, path, key, written: isWritten }) {
      const known = chosen.get(pid)
      if (known === undefined) return undefined
      if (isWritten) {
        remember(written, key, REMEMBERED)
        return undefined
      }
      if (within(written, key, OWN_MS) || isOwnPlace(path) || known.profiles.some((folder) => isWithin(path, folder)) || scope.placeOf(path) === undefined) return undefined
      const once = `${known.program.executable} ${known.program.uid} ${path}`
      if (within(told, once, AGAIN_MS)) return undefined
      remember(told, once, REMEMBERED)
      return { program: known.program, programClass: known.programClass, path }
    },
    anyLeft() {
      for (const [pid, { program }] of chosen) if (read(pid)?.executable !== program.executable) chosen.delete(pid)
      return chosen.size > 0
    },
  }
}
