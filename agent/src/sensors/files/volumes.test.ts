import { describe, expect, it } from 'vitest'
import type { BlockDevice, MountEntry, Platform } from '../../platform/platform.ts'
import { mountOf, readVolumes } from './volumes.ts'

const mount = (mountPoint: string, source: string, device: string, fileSystem = 'ext4'): MountEntry => ({ id: 1, mountPoint, root: '/', source, fileSystem, device, options: 'rw' })
const device = (name: string, number: string, bus: string, removable = false): BlockDevice => ({ name, device: number, removable, bus, vendor: 'V', model: 'M', serial: 'S', vendorId: '', productId: '', sizeBytes: 5, label: 'STICK', disk: name })

const platform = (mounts: readonly MountEntry[], devices: readonly BlockDevice[]): Platform =>
  ({ mounts: async () => mounts, blockDevice: async (key: string) => devices.find((found) => found.device === key || found.name === key) }) as Partial<Platform> as Platform

describe('removable volumes', () => {
  it('are what hangs on an outside bus wherever it is mounted, and loop devices below a removable root only', async () => {
    const volumes = await readVolumes(platform(
      [mount('/', '/dev/vda', '254:0'), mount('/data', '/dev/sdb1', '8:17', 'vfat'), mount('/media/a/LOOP', '/dev/loop0', '7:0'), mount('/snap/x', '/dev/loop1', '7:1', 'squashfs'), mount('/mnt/disk', '/dev/sda2', '8:2'), mount('/media/a/FUSE', '/dev/sdc1', '0:55', 'fuseblk')],
      [device('vda', '254:0', 'virtio'), device('sdb1', '8:17', 'usb', true), device('loop0', '7:0', 'loop'), device('loop1', '7:1', 'loop'), device('sda2', '8:2', 'ata'), device('sdc1', '8:33', 'usb')],
    ), ['/media', '/mnt'])
    expect(volumes.removable.map(({ mount: { mountPoint } }) => mountPoint)).toEqual(['/data', '/media/a/LOOP', '/media/a/FUSE'])
    expect(volumes.removable[0]?.media).toMatchObject({ bus: 'usb', serial: 'S', volumeLabel: 'STICK', deviceNode: '/dev/sdb1', mountPoint: '/data', fileSystem: 'vfat', capacityBytes: 5 })
  })

  it('leave out the kernel\'s own file systems and name the shares', async () => {
    const volumes = await readVolumes(platform([mount('/proc', 'proc', '0:4', 'proc'), mount('/srv/nfs', 'server:/x', '0:50', 'nfs4'), mount('/home/a/ssh', 'a@b:', '0:51', 'fuse.sshfs')], []), ['/media'])
    expect(volumes).toMatchObject({ removable: [], networkMounts: ['/srv/nfs', '/home/a/ssh'] })
    expect(volumes.mounts.map(({ mountPoint }) => mountPoint)).not.toContain('/proc')
  })
})

describe('where files go by a mount', () => {
  const homes = ['/home/a']
  const volumes = (...mounts: readonly MountEntry[]) => readVolumes(platform(mounts, []), ['/media'], homes)

  it('is a share, a cloud, or a drive that the other end of a session or the host lends', async () => {
    expect(await volumes(
      mount('/srv/smb', '//nas/x', '0:60', 'cifs'), mount('/srv/smb3', '//nas/y', '0:61', 'smb3'), mount('/home/a/dav', 'https://dav', '0:62', 'davfs'), mount('/home/a/gd', 'google-drive-ocamlfuse', '0:63', 'fuse.google-drive-ocamlfuse'),
      mount('/home/a/thinclient_drives', 'xrdp-chansrv', '0:64', 'fuse.xrdp-chansrv'), mount('/mnt/host', 'share', '0:65', 'virtiofs'), mount('/mnt/hgfs', 'vmhgfs-fuse', '0:66', 'fuse.vmhgfs-fuse'), mount('/media/sf_x', 'x', '0:67', 'vboxsf'),
      mount('/mnt/c', 'C:', '0:68', '9p'), mount('/tmp/.x2go-a/media/disk', 'a@client:', '0:69', 'fuse.sshfs'), mount('/home/a/tsclient/C', 'horizon', '0:70', 'fuse.something'), mount('/run/user/1000/gvfs', 'gvfsd-fuse', '0:71', 'fuse.gvfsd-fuse'),
    )).toMatchObject({
      networkMounts: ['/srv/smb', '/srv/smb3', '/home/a/dav'], cloudMounts: ['/home/a/gd'], desktopMounts: ['/run/user/1000/gvfs'],
      remoteMounts: ['/home/a/thinclient_drives', '/mnt/host', '/mnt/hgfs', '/media/sf_x', '/mnt/c', '/tmp/.x2go-a/media/disk', '/home/a/tsclient/C'],
    })
  })

  it('is nowhere when the mount is the home or the root itself', async () => {
    expect(await volumes(mount('/', 'root', '0:60', 'virtiofs'), mount('/home', 'nas:/home', '0:61', 'nfs4'), mount('/home/a', 'nas:/home/a', '0:62', 'nfs4'))).toMatchObject({ networkMounts: [], remoteMounts: [] })
  })
})

describe('the mount of a path', () => {
  it('is the deepest, and the later of two at one point', () => {
    const mounts = [mount('/', 'a', '1:1'), mount('/home', 'b', '1:2'), mount('/home', 'c', '1:3')]
    expect([mountOf('/home/x', mounts)?.source, mountOf('/homes', mounts)?.source]).toEqual(['c', 'a'])
  })
})
