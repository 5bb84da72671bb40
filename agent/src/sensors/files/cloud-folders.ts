// Which folders of a person a cloud client keeps the same elsewhere: read from the client's own settings.
//
// The settings belong to the person, who may write anything into them. They are read without following links and up to a cap;
// a folder that would make the whole home or system "the cloud" is left out, so that nobody hides in a flood of his own.
import { constants, readdirSync } from 'node:fs'
import { lstat, open } from 'node:fs/promises'
import { join } from 'node:path'
import { readFileBeneath } from '../../platform/linux/read-beneath.ts'
import type { MountEntry } from '../../platform/platform.ts'
import { isWithin } from './scope.ts'

const SETTINGS_BYTES = 1 << 20
const FOLDERS_EACH = 64

/** One client: where its settings are below a home, and the folders that they name. */
interface Client {
  readonly name: string
  /** Folder of the settings below a home, and the file; `*` at the end of the folder stands for the rest of one name. */
  readonly folder: string
  readonly file: string
  readonly systems: readonly NodeJS.Platform[]
  /** @returns folders, absolute or below `~` */
  read(text: string): readonly string[]
}

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].flatMap((match) => match[1] ?? [])
const unescapeXml = (text: string): string => text.replace(/&(lt|gt|quot|apos|amp);/g, (_whole, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name] ?? '')
/** Paths anywhere in the JSON: Dropbox has one object an account. */
function pathsOfJson(text: string): string[] {
  const accounts: unknown = JSON.parse(text)
  return Object.values(accounts as object).flatMap((account: unknown) => (typeof account === 'object' && account !== null && 'path' in account && typeof account.path === 'string' ? account.path : []))
}
/** `0\Folders\1\localPath=/home/a/Nextcloud/`, in Qt's INI format. */
const localPaths = (text: string): string[] => all(text, /^.*[\\/]Folders(?:WithPlaceholders)?[\\/][^=\n]*[\\/]localPath=(.+)$/gm)
const unix: readonly NodeJS.Platform[] = ['linux', 'darwin']

const clients: readonly Client[] = [
  { name: 'Dropbox', folder: '.dropbox', file: 'info.json', systems: unix, read: pathsOfJson },
  { name: 'Dropbox', folder: 'AppData/Local/Dropbox', file: 'info.json', systems: ['win32'], read: pathsOfJson },
  // abraunegg's client; an account more is a folder `onedrive-work` or so.
  { name: 'OneDrive', folder: '.config/onedrive*', file: 'config', systems: ['linux'], read: (text) => { const named = all(text, /^\s*sync_dir\s*=\s*"(.+)"/gm); return named.length > 0 ? named : ['~/OneDrive'] } },
  { name: 'Nextcloud', folder: '.config/Nextcloud', file: 'nextcloud.cfg', systems: ['linux'], read: localPaths },
  { name: 'Nextcloud', folder: '.var/app/com.nextcloud.desktopclient.nextcloud/config/Nextcloud', file: 'nextcloud.cfg', systems: ['linux'], read: localPaths },
  { name: 'Nextcloud', folder: 'Library/Preferences/Nextcloud', file: 'nextcloud.cfg', systems: ['darwin'], read: localPaths },
  { name: 'Nextcloud', folder: 'AppData/Roaming/Nextcloud', file: 'nextcloud.cfg', systems: ['win32'], read: localPaths },
  { name: 'ownCloud', folder: '.config/ownCloud', file: 'owncloud.cfg', systems: ['linux'], read: localPaths },
  { name: 'Syncthing', folder: '.config/syncthing', file: 'config.xml', systems: ['linux'], read: (text) => all(text, /<folder\s[^>]*\bpath="([^"]+)"/g).map(unescapeXml) },
  { name: 'Syncthing', folder: '.local/state/syncthing', file: 'config.xml', systems: ['linux'], read: (text) => all(text, /<folder\s[^>]*\bpath="([^"]+)"/g).map(unescapeXml) },
  { name: 'Syncthing', folder: 'Library/Application Support/Syncthing', file: 'config.xml', systems: ['darwin'], read: (text) => all(text, /<folder\s[^>]*\bpath="([^"]+)"/g).map(unescapeXml) },
  // The file names the folder of the client's data, which lies in the one of the libraries.
  { name: 'Seafile', folder: '.ccnet', file: 'seafile.ini', systems: unix, read: (text) => [text.trim().replace(/\/\.?seafile-data\/?$/, '')] },
]

/** Clients whose settings are a database or sealed: the folder that they use unless the person chose another. */
const defaults: readonly { readonly name: string; readonly sign: string; readonly folder: string; readonly systems: readonly NodeJS.Platform[] }[] = [
  { name: 'Insync', sign: '.config/Insync', folder: 'Insync', systems: ['linux'] },
  { name: 'MEGA', sign: '.local/share/data/Mega Limited/MEGAsync', folder: 'MEGA', systems: ['linux'] },
  { name: 'MEGA', sign: '.local/share/data/Mega Limited/MEGAsync', folder: 'MEGAsync', systems: ['linux'] },
  { name: 'MEGA', sign: '.megaCmd', folder: 'MEGA', systems: ['linux'] },
  { name: 'pCloud', sign: '.pcloud', folder: 'pCloudDrive', systems: ['linux'] },
  { name: 'iCloud', sign: 'Library/Mobile Documents', folder: 'Library/Mobile Documents', systems: ['darwin'] },
  // Whatever uses Apple's File Provider: OneDrive, Google Drive, Dropbox, Box.
  { name: 'File Provider', sign: 'Library/CloudStorage', folder: 'Library/CloudStorage', systems: ['darwin'] },
  { name: 'Box', sign: 'Box', folder: 'Box', systems: ['darwin', 'win32'] },
  { name: 'OneDrive', sign: 'OneDrive', folder: 'OneDrive', systems: ['win32'] },
  { name: 'iCloud', sign: 'iCloudDrive', folder: 'iCloudDrive', systems: ['win32'] },
  { name: 'Google Drive', sign: 'My Drive', folder: 'My Drive', systems: ['win32'] },
]

export interface CloudFolder {
  readonly path: string
  readonly service: string
}

export interface CloudFolders {
  readonly folders: readonly CloudFolder[]
  /** Folders in which settings lie or may appear, to be watched for changes. */
  readonly settings: readonly string[]
}

/** Text of a settings file; undefined when it is absent, a link, no file or too long. */
async function textOf(home: string, relative: string, os: NodeJS.Platform): Promise<string | undefined> {
  if (os === 'linux') {
    const reading = readFileBeneath(home, relative, SETTINGS_BYTES)
    return reading.kind === 'bytes' && reading.complete ? reading.bytes.toString('utf8') : undefined
  }
  try {
    // Opened first and looked at then: between a look and an opening it could become a link, or a FIFO that holds us.
    const file = await open(join(home, relative), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    try {
      const stat = await file.stat()
      return stat.isFile() && stat.size <= SETTINGS_BYTES ? await file.readFile('utf8') : undefined
    } finally {
      await file.close()
    }
  } catch {
    return undefined
  }
}

const isFolder = (path: string): Promise<boolean> => lstat(path).then((stat) => stat.isDirectory(), () => false)

/** Folders of a name that ends with `*`; the name as it is otherwise. */
function foldersOf(home: string, folder: string): readonly string[] {
  if (!folder.endsWith('*')) return [folder]
  const [, above = '', start = ''] = /^(.*)\/([^/]*)\*$/.exec(folder) ?? []
  try {
    return readdirSync(join(home, above), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name.startsWith(start)).slice(0, FOLDERS_EACH).map((entry) => `${above}/${entry.name}`)
  } catch {
    return []
  }
}

const absolute = (path: string, home: string): string => (path === '~' ? home : path.startsWith('~/') || path.startsWith('$HOME/') ? join(home, path.slice(path.indexOf('/') + 1)) : path).replace(/(?<=.)\/+$/, '')
const SYSTEM = /^\/(bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|Users|Library|System|Applications|Volumes)?$/

/** @param homes of the people of this device */
export async function findCloudFolders(homes: readonly string[], os: NodeJS.Platform): Promise<CloudFolders> {
  const folders = new Map<string, CloudFolder>()
  const settings = new Set<string>()
  const add = (path: string, home: string, service: string): void => {
    const whole = absolute(path, home)
    if ((!whole.startsWith('/') && os !== 'win32') || SYSTEM.test(whole) || homes.some((other) => isWithin(other, whole)) || folders.size >= FOLDERS_EACH * Math.max(1, homes.length)) return
    folders.set(whole, { path: whole, service })
  }
  for (const home of homes) {
    for (const above of ['', '.config', '.local/state']) if (await isFolder(join(home, above))) settings.add(join(home, above))
    for (const client of clients) {
      if (!client.systems.includes(os)) continue
      for (const folder of foldersOf(home, client.folder)) {
        if (!await isFolder(join(home, folder))) continue
        settings.add(join(home, folder))
        const text = await textOf(home, `${folder}/${client.file}`, os)
        if (text === undefined) continue
        let found: readonly string[]
        try {
          found = client.read(text)
        } catch {
          continue
        }
        for (const path of found.slice(0, FOLDERS_EACH)) add(path, home, client.name)
      }
    }
    for (const { name, sign, folder, systems } of defaults) {
      if (systems.includes(os) && await isFolder(join(home, sign)) && await isFolder(join(home, folder))) add(folder.startsWith('/') ? folder : join(home, folder), home, name)
    }
  }
  return { folders: [...folders.values()], settings: [...settings] }
}

/** Kinds of rclone remotes that are a cloud; the others are servers. */
const CLOUD_REMOTES = new Set(['drive', 'google photos', 'gphotos', 'onedrive', 'dropbox', 'box', 'pcloud', 'mega', 'jottacloud', 'yandex', 'protondrive', 'iclouddrive', 'koofr', 'zoho', 'sharefile', 'putio', 's3', 'b2', 'azureblob', 'google cloud storage', 'swift', 'storj'])

/**
 * Whether a mount is a cloud: by its file system, or by what its owner's rclone settings say of the remote.
 *
 * @param homes where rclone's settings may be
 */
export async function isCloudMount({ fileSystem, source }: MountEntry, homes: readonly string[], os: NodeJS.Platform): Promise<boolean> {
  if (/^fuse\.(google-drive-ocamlfuse|onedriver|pcloud|pCloud\.fs|dropbox|dbxfs|drivefs|gcsfuse|s3fs|mega-fuse|insync|odrive|expandrive|icloudpd)$/i.test(fileSystem) || /^(google-drive-ocamlfuse|onedriver|pCloud(\.fs)?|DriveFS)$/i.test(source)) return true
  if (fileSystem !== 'fuse.rclone') return false
  const [, remote = ''] = /^(.+?)(?:\{\w+\})?:/.exec(source) ?? []
  for (const home of homes) {
    const text = await textOf(home, '.config/rclone/rclone.conf', os)
    const section = text?.split(/^\[/m).find((part) => part.startsWith(`${remote}]`))
    const type = /^type\s*=\s*(.+?)\s*$/m.exec(section ?? '')?.[1]
    if (type !== undefined) return CLOUD_REMOTES.has(type)
  }
  return false
}
