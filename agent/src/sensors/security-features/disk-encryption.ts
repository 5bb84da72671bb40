// Whether the disks of the system are encrypted: the device under a mount, or one of the layers under it, is dm-crypt.
import type { MountEntry } from '../../platform/platform.ts'
import { mountOf, type SystemView } from '../system-view.ts'
import { absent, disabled, enabled, type Feature, unknown, weakened } from './feature.ts'

/** Folders that hold what people and the system write. */
const PLACES = ['/', '/home', '/var', '/srv']
const MAX_LAYERS = 8

/** Walks device-mapper layers down (LUKS on LVM on RAID, or the other way round) until one says CRYPT. */
function isEncrypted(view: SystemView, folder: string, layer = 0): boolean {
  if ((view.words(`${folder}/dm/uuid`) ?? '').startsWith('CRYPT-')) return true
  if (layer >= MAX_LAYERS) return false
  const below = view.list(`${folder}/slaves`)
  return below.length > 0 && below.every((name) => isEncrypted(view, `/sys/class/block/${name}`, layer + 1))
}

/** btrfs has a device number of its own, so the name of its source is asked too. */
function folderOf(view: SystemView, mount: MountEntry): string | undefined {
  const byNumber = `/sys/dev/block/${mount.device}`
  if (view.isThere(byNumber)) return byNumber
  const name = mount.source.startsWith('/dev/mapper/') ? view.list('/sys/class/block').find((each) => view.words(`/sys/class/block/${each}/dm/name`)?.trim() === mount.source.slice('/dev/mapper/'.length)) : /^\/dev\/([\w-]+)$/.exec(mount.source)?.[1]
  return name !== undefined && view.isThere(`/sys/class/block/${name}`) ? `/sys/class/block/${name}` : undefined
}

export const diskEncryption: Feature = {
  id: 'disk.encryption',
  summary: 'The disks of the system and of the homes are encrypted (dm-crypt, LUKS).',
  paths: ['/etc/crypttab'],
  isLive: true,
  read(view) {
    const states = new Map<string, 'encrypted' | 'plain' | 'unknown'>()
    for (const place of PLACES) {
      const mount = mountOf(view.mounts, place)
      if (mount === undefined || states.has(mount.mountPoint)) continue
      const folder = folderOf(view, mount)
      // ZFS encrypts by itself and says so only to its own programs.
      if (mount.fileSystem === 'zfs') states.set(mount.mountPoint, 'unknown')
      else if (folder !== undefined) states.set(mount.mountPoint, isEncrypted(view, folder) ? 'encrypted' : 'plain')
    }
    const all = [...states.values()]
    const value = [...states].map(([place, state]) => `${place} ${state}`).join(', ')
    if (all.length === 0) return absent('the system is on no disk of its own')
    if (all.includes('unknown')) return unknown(value, 'Encryption of ZFS is not read yet.')
    return all.every((state) => state === 'encrypted') ? enabled(value) : all.includes('encrypted') ? weakened(value) : disabled(value)
  },
}
