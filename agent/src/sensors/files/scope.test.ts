import { describe, expect, it } from 'vitest'
import { compileExclude, compileScope, isWithin } from './scope.ts'

describe('a folder', () => {
  it('holds itself and what is below it, not what only begins like it', () => {
    expect([isWithin('/a/b', '/a'), isWithin('/a', '/a'), isWithin('/ab', '/a'), isWithin('/x', '/')]).toEqual([true, true, false, true])
  })
})

describe('an exclude', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['**/node_modules/**', ['/home/a/node_modules', '/home/a/node_modules/x/y.js'], ['/home/a/node_modules.txt', '/home/node_module/x']],
    ['.cache', ['/home/a/.cache/x', '/home/a/.cache'], ['/home/a/.cached']],
    ['/var/cache/**', ['/var/cache', '/var/cache/apt/a.deb'], ['/home/var/cache/x', '/var/cache2']],
    ['*.tmp', ['/home/a/x.tmp'], ['/home/a/x.tmp.txt']],
    ['**/*.log', ['/home/a.log', '/home/b/c.log'], ['/home/log']],
    ['/home/*/Downloads/**', ['/home/ann/Downloads/x/y'], ['/home/ann/Documents/x', '/srv/ann/Downloads/x']],
    ['**/{build,dist}/**', ['/home/a/dist/x.js', '/home/a/build/y/z'], ['/home/a/disty/x']],
    ['report-?.txt', ['/home/a/report-1.txt'], ['/home/a/report-10.txt']],
  ]
  it.each(cases)('%s means what people expect', (glob, excluded, kept) => {
    const matches = compileExclude(glob)
    expect(excluded.filter((path) => !matches(path))).toEqual([])
    expect(kept.filter(matches)).toEqual([])
  })
})

describe('a scope', () => {
  const scope = compileScope({
    roots: ['/home', '/srv/one.txt'], excludes: ['**/.git/**', '*.tmp'], own: ['/home/.agent'], removable: ['/media/a/STICK'], networkShares: ['/mnt/share'], cloudFolders: ['/home/ann/Cloud'],
  })

  it('tells the kind of place, the narrower one before the root around it', () => {
    expect(['/home/ann/a', '/home/ann/Cloud/x/a', '/media/a/STICK/a', '/mnt/share/a', '/srv/one.txt'].map((path) => scope.placeOf(path))).toEqual(['local', 'cloud_sync', 'removable', 'network_share', 'local'])
  })

  it('does not watch what is outside, excluded, or the agent itself', () => {
    expect(['/etc/passwd', '/srv/two.txt', '/home/ann/.git/index', '/home/ann/a.tmp', '/home/.agent/spool', '/media/a/STICKS/a'].map((path) => scope.placeOf(path))).toEqual(Array(6).fill(undefined))
  })
})

describe('mounts of a desktop', () => {
  it('are shares, clouds, telephones or the other end of a session by the name of the folder in them', () => {
    const scope = compileScope({ roots: [], excludes: [], own: [], removable: [], networkShares: [], cloudFolders: [], desktopMounts: ['/run/user/1000/gvfs'] })
    const place = (name: string) => scope.placeOf(`/run/user/1000/gvfs/${name}/x.txt`)
    expect([place('smb-share:server=nas,share=x'), place('sftp:host=h,user=a'), place('dav+sd:host=Spice%20client%20folder'), place('google-drive:host=gmail.com,user=a'), place('mtp:host=Phone'), place('dav:host=x,ssl=true')])
      .toEqual(['network_share', 'network_share', 'remote_session', 'cloud_sync', 'removable', 'network_share'])
  })
})
