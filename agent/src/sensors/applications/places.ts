// Folders in which installers keep what they have installed: of the system, and of each account below its home.
import type { AccountInfo } from '../../platform/platform.ts'
import type { FileStat, SystemView } from '../system-view.ts'

/** A folder, and how it may be read: as the system's, or without following a link below somebody's home. */
export interface Place {
  readonly folder: string
  readonly uid?: number
  /** A home itself, in which something changes all the time. */
  readonly isHome?: boolean
  names(): readonly string[]
  text(relative: string): string | undefined
  list(relative: string): readonly string[]
  version(): string
  /** Of a file or folder in it. */
  versionOf(relative: string): string
  stat(relative: string): FileStat | undefined
  head(relative: string, bytes: number): Buffer | undefined
}

const systemPlace = (view: SystemView, folder: string): Place => ({
  folder,
  names: () => view.list(folder),
  text: (relative) => view.words(`${folder}/${relative}`),
  list: (relative) => view.list(`${folder}/${relative}`),
  version: () => view.folderVersion(folder),
  versionOf: (relative) => view.version(`${folder}/${relative}`),
  stat: (relative) => view.stat(`${folder}/${relative}`),
  head: (relative, bytes) => view.head(`${folder}/${relative}`, bytes),
})

const homePlace = (view: SystemView, account: AccountInfo, path: string): Place => ({
  folder: path === '' ? account.home : `${account.home}/${path}`,
  uid: account.uid,
  ...(path === '' ? { isHome: true } : {}),
  names: () => view.homeList(account, path),
  text(relative) {
    const reading = view.homeText(account, `${path}/${relative}`)
    return reading.kind === 'text' ? reading.text : undefined
  },
  list: (relative) => view.homeList(account, `${path}/${relative}`),
  version: () => view.homeVersion(account, path),
  versionOf: (relative) => view.homeVersion(account, `${path}/${relative}`),
  stat: (relative) => view.homeStatBeneath(account, `${path}/${relative}`),
  head: (relative, bytes) => view.homeHead(account, `${path}/${relative}`, bytes),
})

/** `*` stands for one level, which must begin with the text before it. */
function expand(pattern: string, list: (folder: string) => readonly string[]): readonly string[] {
  let paths = ['']
  for (const part of pattern.split('/').filter((each) => each !== '')) {
    const [before, after] = part.split('*')
    paths = paths.flatMap((path) => (after === undefined ? [`${path}/${part}`] : list(path === '' ? '/' : path).filter((name) => name.startsWith(before ?? '') && name.endsWith(after)).map((name) => `${path}/${name}`)))
  }
  return paths
}

/**
 * @param system absolute folders, with `*` for versions
 * @param own the same below each home
 */
export function placesOf(view: SystemView, system: readonly string[], own: readonly string[]): readonly Place[] {
  return [
    ...system.flatMap((pattern) => expand(pattern, (folder) => view.list(folder))).map((folder) => systemPlace(view, folder)),
    ...view.homes.flatMap((account) => own.flatMap((pattern) => expand(pattern, (folder) => view.homeList(account, folder)).map((path) => homePlace(view, account, path.slice(1))))),
  ]
}
