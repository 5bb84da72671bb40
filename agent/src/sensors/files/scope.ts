// Which paths a policy watches, and what kind of place each is. Plain data in, so that the reader's thread can hold a copy.
import { compileExclude, isWithin } from '../../platform/path-patterns.ts'

export { compileExclude, isWithin }

export type Place = 'local' | 'removable' | 'network_share' | 'cloud_sync' | 'remote_session'

/** What a scope is made from; structured-cloneable. */
export interface ScopeSettings {
  /** Absolute, links resolved, `~` filled in. */
  readonly roots: readonly string[]
  readonly excludes: readonly string[]
  /** The agent's own: nothing below is ever told. */
  readonly own: readonly string[]
  readonly removable: readonly string[]
  readonly networkShares: readonly string[]
  readonly cloudFolders: readonly string[]
  /** Drives that a remote session or the host of a virtual machine lends. */
  readonly remoteSessions?: readonly string[]
  /** Mounts of a desktop (GVfs, KIO), in which each folder's name begins with its kind. */
  readonly desktopMounts?: readonly string[]
}

/**
 * What a folder of a desktop's mount is, by its name: `smb-share:server=nas,share=x`, `google-drive:host=…`, `mtp:host=…`; KIO
 * has one folder a scheme.
 */
export function placeOfDesktopMount(name: string): Place {
  const scheme = /^[a-z0-9+.-]*/i.exec(name)?.[0].toLowerCase() ?? ''
  if (/^(google-drive|onedrive|gdrive)/.test(scheme)) return 'cloud_sync'
  if (/^(mtp|gphoto2|afc|cdda)/.test(scheme)) return 'removable'
  // SPICE offers the folder of its client by WebDAV over a service that is announced.
  return scheme.startsWith('dav+sd') ? 'remote_session' : 'network_share'
}

export interface Scope {
  /** The kind of place; undefined when nobody watches it. */
  placeOf(path: string): Place | undefined
  excluded(path: string): boolean
}

const within = (path: string, folders: readonly string[]): boolean => folders.some((folder) => isWithin(path, folder))

const FOLDERS = 4096

/** @returns the tests for a policy; verdicts on folders are kept for the last few thousand of them */
export function compileScope(settings: ScopeSettings): Scope {
  const matchers = settings.excludes.map(compileExclude)
  const excluded = (path: string): boolean => within(path, settings.own) || matchers.some((matches) => matches(path))
  // A verdict for a folder holds for its files only where it excludes them, so files are asked again below.
  const places = new Map<string, Place | null>()

  const placeOfFolder = (path: string): Place | null => {
    const desktop = settings.desktopMounts?.find((mount) => path.startsWith(`${mount}/`))
    if (desktop !== undefined) return placeOfDesktopMount(path.slice(desktop.length + 1))
    if (within(path, settings.remoteSessions ?? [])) return 'remote_session'
    if (within(path, settings.removable)) return 'removable'
    if (within(path, settings.networkShares)) return 'network_share'
    if (within(path, settings.cloudFolders)) return 'cloud_sync'
    if (within(path, settings.roots)) return 'local'
    return null
  }

  return {
    excluded,
    placeOf(path) {
      const folder = path.slice(0, path.lastIndexOf('/')) || '/'
      let place = places.get(folder)
      if (place === undefined) {
        place = placeOfFolder(folder)
        if (place !== null && excluded(folder)) place = null
        if (places.size >= FOLDERS) places.clear()
        places.set(folder, place)
      }
      // A root may be a single file.
      place ??= settings.roots.includes(path) ? 'local' : null
      return place === null || excluded(path) ? undefined : place
    },
  }
}
