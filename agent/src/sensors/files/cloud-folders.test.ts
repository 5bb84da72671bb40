import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MountEntry } from '../../platform/platform.ts'
import { findCloudFolders, isCloudMount } from './cloud-folders.ts'
import { watchSettings } from './settings-watch.ts'

let home: string
const put = (path: string, text: string): void => {
  mkdirSync(join(home, path, '..'), { recursive: true })
  writeFileSync(join(home, path), text)
}
const found = async (os: NodeJS.Platform = 'linux'): Promise<readonly string[]> => (await findCloudFolders([home], os)).folders.map(({ service, path }) => `${service} ${path.replace(home, '~')}`)
const mount = (fileSystem: string, source: string): MountEntry => ({ id: 1, mountPoint: '/home/a/x', root: '/', source, fileSystem, device: '0:9', options: 'rw' })

beforeEach(() => { home = realpathSync(mkdtempSync(join(tmpdir(), 'cloud-'))) })
afterEach(() => rmSync(home, { recursive: true, force: true }))

describe('folders that a cloud client keeps elsewhere', () => {
  it('are read from the settings of each client', async () => {
    put('.dropbox/info.json', JSON.stringify({ personal: { path: join(home, 'Dropbox'), host: 1 }, business: { path: join(home, 'Dropbox (Firm)') } }))
    put('.config/onedrive/config', '# settings\nsync_dir = "~/OneDrive"\nskip_file = "*.tmp"\n')
    put('.config/onedrive-work/config', 'sync_dir = "~/Work Drive/"\n')
    put('.config/Nextcloud/nextcloud.cfg', `[Accounts]\nversion=2\n0\\Folders\\1\\localPath=${home}/Nextcloud/\n0\\Folders\\1\\targetPath=/\n0\\FoldersWithPlaceholders\\2\\localPath=${home}/Photos/\n`)
    put('.config/ownCloud/owncloud.cfg', `0\\Folders\\1\\localPath=${home}/ownCloud/\n`)
    put('.local/state/syncthing/config.xml', `<configuration><folder id="x" label="A" path="~/Sync" type="sendreceive"/><folder id="y" path="${home}/B &amp; C"></folder></configuration>`)
    put('.ccnet/seafile.ini', `${home}/Seafile/.seafile-data\n`)
    mkdirSync(join(home, '.config/Insync'))
    mkdirSync(join(home, 'Insync'))
    expect(await found()).toEqual([
      'Dropbox ~/Dropbox', 'Dropbox ~/Dropbox (Firm)', 'OneDrive ~/OneDrive', 'OneDrive ~/Work Drive', 'Nextcloud ~/Nextcloud', 'Nextcloud ~/Photos', 'ownCloud ~/ownCloud', 'Syncthing ~/Sync', 'Syncthing ~/B & C', 'Seafile ~/Seafile', 'Insync ~/Insync',
    ])
  })

  it('are Apple’s own places on macOS', async () => {
    mkdirSync(join(home, 'Library/Mobile Documents'), { recursive: true })
    mkdirSync(join(home, 'Library/CloudStorage/OneDrive-Firm'), { recursive: true })
    expect(await found('darwin')).toEqual(['iCloud ~/Library/Mobile Documents', 'File Provider ~/Library/CloudStorage'])
  })

  it('are the default one where the settings name none, and none without settings', async () => {
    expect(await found()).toEqual([])
    put('.config/onedrive/config', '# nothing set\n')
    expect(await found()).toEqual(['OneDrive ~/OneDrive'])
  })
})

describe('settings of a person who means harm', () => {
  it('make neither the whole home nor the system a cloud folder', async () => {
    put('.dropbox/info.json', JSON.stringify({ a: { path: '/' }, b: { path: home }, c: { path: '/usr' }, d: { path: join(home, '..') }, e: { path: 'relative' }, f: { path: '/etc/' }, g: 7, h: null }))
    expect(await found()).toEqual([])
  })
  it('that are a link, no settings at all, or without end are left out', async () => {
    mkdirSync(join(home, '.dropbox'))
    symlinkSync('/etc/passwd', join(home, '.dropbox/info.json'))
    put('.config/Nextcloud/nextcloud.cfg', `0\\Folders\\1\\localPath=${home}/N/\n${'x'.repeat(2 << 20)}`)
    put('.ccnet/seafile.ini', '\0\0')
    put('.config/syncthing/config.xml', '<folder path="')
    expect(await found()).toEqual([])
  })
})

describe('a mount', () => {
  it('is a cloud by its file system, and one of rclone by the kind of its remote', async () => {
    put('.config/rclone/rclone.conf', '[firm]\ntype = onedrive\ntoken = x\n\n[nas]\ntype = sftp\nhost = nas\n')
    const cloud = (fileSystem: string, source: string) => isCloudMount(mount(fileSystem, source), [home], 'linux')
    expect(await Promise.all([cloud('fuse.google-drive-ocamlfuse', 'google-drive-ocamlfuse'), cloud('fuse.onedriver', 'onedriver'), cloud('fuse.rclone', 'firm:Documents'), cloud('fuse.rclone', 'nas:/srv'), cloud('fuse.rclone', 'other:'), cloud('fuse.sshfs', 'a@b:')])).toEqual([true, true, true, false, false, false])
  })
})

describe('a change of settings', () => {
  it('is told once for a burst, also of a client that was not there before, and not for what else comes and goes', async () => {
    let changes = 0
    const watch = watchSettings(() => { changes += 1 }, (folder) => folder === home)
    try {
      watch.update((await findCloudFolders([home], 'linux')).settings)
      put('notes.txt', 'no settings')
      put('.dropbox/info.json', '{}')
      await vi.waitFor(() => expect(changes).toBe(1), { timeout: 10_000, interval: 20 })
      watch.update((await findCloudFolders([home], 'linux')).settings)
      for (let index = 0; index < 20; index += 1) put('.dropbox/info.json', JSON.stringify({ personal: { path: join(home, `D${index}`) } }))
      put('.dropbox/sync.log', 'noise')
      await vi.waitFor(() => expect(changes).toBe(2), { timeout: 10_000, interval: 20 })
    } finally {
      watch.close()
    }
  })
})
