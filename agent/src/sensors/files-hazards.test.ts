// The sensor where the ground moves: overlays, subvolumes, file systems without handles, folders that are mounted twice, storms
// of mounts, names that are no text, trees as deep as the kernel allows. Real mounts, in a folder of their own.
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SensedActivity } from '../activity.ts'
import type { Enrichment } from '../enrich/contract.ts'
import { createEnrichment } from '../enrich/enrichment.ts'
import { createLinuxPlatform } from '../platform/linux/platform.ts'
import type { Platform } from '../platform/platform.ts'
import { descriptorsFor, markOf, pathThrough } from './files/marks.ts'
import { watchFanotify } from './files/watch-fanotify.ts'
import { createFilesSensor } from './files.ts'
import type { Sensor, SensorContext, TierReport } from './sensor.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const isRoot = process.platform === 'linux' && process.geteuid?.() === 0
const run = promisify(execFile)
const log = { debug() {}, info() {}, warn() {}, error() {} }
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 30_000, interval: 20 })
const has = (program: string): boolean => ['/usr/bin', '/usr/sbin', '/bin', '/sbin'].some((place) => existsSync(join(place, program)))

let folder: string
let media: string
let platform: Platform
let enrichment: Enrichment
let activities: SensedActivity[]
let reports: TierReport[]
let stop: AbortController
let running: Promise<void> | undefined
let mounted: string[]

const of = (kind: string): readonly SensedActivity[] => activities.filter((activity) => activity.kind === kind)
const pathOf = ({ detail }: SensedActivity): string => (detail.fileCopied?.destination ?? detail.fileCreated?.file ?? detail.fileChanged?.file ?? detail.fileRenamed?.file)?.path ?? detail.fileDeleted?.path ?? ''
const pathsOf = (kind: string): readonly string[] => of(kind).map(pathOf)
const shell = async (line: string, cwd = folder): Promise<void> => void (await run('sh', ['-c', line], { cwd }))
const mount = (args: readonly string[], point: string): void => {
  mkdirSync(point, { recursive: true })
  execFileSync('mount', [...args, point])
  mounted.unshift(point)
}
const start = async (roots: readonly string[], sensor: Sensor = createFilesSensor()): Promise<void> => {
  const context: SensorContext = {
    policy: { files: { enabled: true, roots: [...roots], excludes: [], kinds: ['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_deleted'], hashLimitBytes: 1 << 20, removableRoots: [media], networkShareRoots: [], cloudSyncRoots: [] } },
    platform, enrichment, signal: stop.signal, now: Date.now, log, pace: () => 1,
    emit: async (activity) => void activities.push(activity), report: (state) => void reports.push(state),
    memory: { get: async () => undefined, set: async () => {} },
  }
  running = sensor.start(context)
  running.catch(() => {})
  await Promise.race([running, until(() => expect(reports.length).toBeGreaterThan(0))])
}

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'files-hazards-')))
  media = join(folder, 'media')
  mkdirSync(media)
  platform = createLinuxPlatform()
  activities = []
  reports = []
  mounted = []
  stop = new AbortController()
  enrichment = await createEnrichment({ folder: join(folder, 'agent'), platform, now: Date.now, log, walkEntriesPerSecond: 50_000 })
})
afterEach(async () => {
  stop.abort()
  await running?.catch(() => {})
  running = undefined
  await enrichment.close()
  for (const point of mounted) execFileSync('umount', ['--lazy', point])
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

describe.runIf(isRoot)('an overlay', () => {
  it('is watched by its upper folder: made, changed, renamed and deleted files have its paths, and who did it', async () => {
    for (const name of ['lower', 'upper', 'work']) mkdirSync(join(folder, name))
    for (const name of ['old', 'doomed']) writeFileSync(join(folder, 'lower', name), name)
    const root = join(folder, 'merged')
    mount(['-t', 'overlay', 'overlay', '-o', `lowerdir=${join(folder, 'lower')},upperdir=${join(folder, 'upper')},workdir=${join(folder, 'work')}`], root)
    await start([root])
    expect(reports.at(-1)).toMatchObject({ tier: 'full' })
    await shell('mkdir sub; echo 1 > sub/new; echo 2 >> old; rm doomed; mv sub/new sub/named', root)
    await until(() => expect(pathsOf('file_deleted')).toEqual([join(root, 'doomed')]))
    await until(() => expect(pathsOf('file_changed')).toContain(join(root, 'old')))
    await until(() => expect([...pathsOf('file_created'), ...pathsOf('file_renamed')]).toContain(join(root, 'sub/named')))
    expect(of('file_deleted')[0]).toMatchObject({ actor: { process: { name: 'rm' } } })
    expect(activities.map(pathOf).filter((path) => !path.startsWith(root))).toEqual([])
  })

  it('whose upper folder cannot be seen has descriptors and chokidar, and says so', () => {
    const entry = { id: 1, mountPoint: '/', root: '/', source: 'overlay', fileSystem: 'overlay', device: '0:40', options: 'rw', superOptions: String.raw`rw,lowerdir=/l,upperdir=/var/lib/a\134\054b/upper,workdir=/var/lib/a\134\054b/work` }
    const below = { ...entry, id: 2, mountPoint: '/var', fileSystem: 'ext4', device: '8:1', superOptions: 'rw' }
    expect(markOf('/', [entry, below], () => false)).toEqual({ path: '/', mountPoint: '/' })
    const mark = markOf('/', [entry, below], () => true)
    expect(mark).toEqual({ path: '/var/lib/a,b/upper', mountPoint: '/var', overlay: { upper: '/var/lib/a,b/upper', work: '/var/lib/a,b/work', merged: '/', lower: ['/l'] } })
    expect(pathThrough(mark, '/var/lib/a,b/upper/home/x')).toBe('/home/x')
    expect(pathThrough(mark, '/var/lib/other')).toBeUndefined()
    expect(descriptorsFor('/', 95, [entry])).toMatchObject({ fix: expect.stringContaining('host') as string })
    const fuse = { ...entry, mountPoint: '/home/eve/mnt', fileSystem: 'fuse.sshfs', superOptions: 'rw,user_id=1000,group_id=1000' }
    expect(descriptorsFor('/home/eve/mnt', 19, [fuse])).toBeUndefined()
  })
})

describe.runIf(isRoot && has('bindfs') && existsSync('/dev/fuse'))('a file system without handles', () => {
  it('tells by descriptors who wrote, once a write, and by chokidar what was moved there or deleted', async () => {
    const below = join(folder, 'below')
    const root = join(folder, 'fuse')
    mkdirSync(below)
    mkdirSync(root)
    execFileSync('bindfs', [below, root])
    mounted.unshift(root)
    await start([root])
    expect(reports.at(-1)).toMatchObject({ tier: 'degraded', reason: expect.stringContaining('no file handles') as string })
    await shell('echo 1 > a', root)
    await until(() => expect(activities.map(pathOf)).toContain(join(root, 'a')))
    expect(activities.find((activity) => pathOf(activity) === join(root, 'a'))).toMatchObject({ actor: { attribution: 'process', uid: 0 } })
    await shell('rm a', root)
    await until(() => expect(pathsOf('file_deleted')).toEqual([join(root, 'a')]))
    expect(activities.filter((activity) => activity.kind !== 'file_deleted' && pathOf(activity) === join(root, 'a'))).toHaveLength(1)
  })
})

describe.runIf(isRoot && has('mkfs.btrfs'))('a btrfs subvolume', () => {
  it('that is mounted by itself is marked at the top where that is mounted, and told by descriptors where not', async () => {
    const image = join(folder, 'btrfs.img')
    const top = join(folder, 'top')
    const root = join(folder, 'home')
    execFileSync('truncate', ['-s', '160M', image])
    execFileSync('mkfs.btrfs', ['-q', image])
    mount(['-o', 'loop', image], top)
    await shell('btrfs subvolume create top/home')
    const device = execFileSync('findmnt', ['-n', '-o', 'SOURCE', top], { encoding: 'utf8' }).trim()
    mount(['-o', 'subvol=home', device], root)
    await start([root])
    expect(reports.at(-1)).toMatchObject({ tier: 'full' })
    await shell('echo 1 > a; mv a b', root)
    await until(() => expect([...pathsOf('file_created'), ...pathsOf('file_renamed')]).toContain(join(root, 'b')))
    execFileSync('umount', [top])
    mounted = mounted.filter((point) => point !== top)
    await until(() => expect(reports.at(-1)).toMatchObject({ tier: 'degraded', reason: expect.stringContaining('subvolume') as string, fix: expect.stringContaining('subvolid=5') as string }))
    await shell('echo 2 > later; sleep 0.5', root)
    await until(() => expect(activities.find((activity) => pathOf(activity) === join(root, 'later'))).toMatchObject({ actor: { attribution: 'process' } }))
  })
})

describe.runIf(isRoot)('mounts', () => {
  it('of one file system at two places give the path that the policy names', async () => {
    const whole = join(folder, 'whole')
    const bound = join(folder, 'bound')
    mount(['-t', 'tmpfs', 'tmpfs'], whole)
    mkdirSync(join(whole, 'people'))
    mkdirSync(join(whole, 'other'))
    mount(['--bind', join(whole, 'people')], bound)
    await start([bound])
    await shell('echo 1 > whole/people/a; echo 2 > whole/other/b; echo 3 > bound/c')
    await until(() => expect(pathsOf('file_created').toSorted()).toEqual([join(bound, 'a'), join(bound, 'c')]))
  })

  it('below a watched folder belong to it, also when they come later', async () => {
    const root = join(folder, 'home')
    mount(['-t', 'tmpfs', 'tmpfs'], join(root, 'before'))
    await start([root])
    await shell('echo 1 > home/before/a')
    await until(() => expect(pathsOf('file_created')).toEqual([join(root, 'before/a')]))
    const watches = reports.at(-1)?.watches ?? 0
    mount(['-t', 'tmpfs', 'tmpfs'], join(root, 'later'))
    await until(() => expect(reports.at(-1)?.watches).toBe(watches + 1))
    await shell('echo 2 > home/later/b')
    await until(() => expect(pathsOf('file_created')).toContain(join(root, 'later/b')))
  })

  it('that come and go in a storm neither lose a copy to a stick nor keep it busy', async () => {
    const image = join(folder, 'stick.img')
    const stick = join(media, 'STICK')
    execFileSync('truncate', ['-s', '32M', image])
    execFileSync('mkfs.ext4', ['-q', '-F', image])
    mkdirSync(join(folder, 'home'))
    await start([join(folder, 'home')])
    mount(['-o', 'loop', image], stick)
    await until(() => expect(reports.at(-1)?.watches).toBeGreaterThanOrEqual(2))
    const storm = shell(`mkdir s; for i in $(seq 40); do mount -t tmpfs t s && umount s; done`)
    await shell(`for i in $(seq 60); do echo $i > '${stick}'/f$i; done`)
    await storm
    await until(() => expect(new Set(pathsOf('file_copied')).size).toBe(60))
    execFileSync('umount', [stick])
    mounted = mounted.filter((point) => point !== stick)
  })
})

describe.runIf(isRoot)('names and trees', () => {
  it('with a line break, with bytes that are no text, and 1,500 folders deep are told', async () => {
    const root = join(folder, 'home')
    mkdirSync(root)
    await start([root])
    await shell(String.raw`printf x > 'two
lines'; printf x > "$(printf 'b\344d')"`, root)
    await until(() => expect(pathsOf('file_created').toSorted()).toEqual([join(root, String.raw`b\xe4d`), join(root, 'two\nlines')]))
    // Deeper than a path may be long, one step at a time.
    await run(process.execPath, ['-e', 'const fs = require("fs"); for (let i = 0; i < 1500; i += 1) { fs.mkdirSync("d"); process.chdir("d") } fs.writeFileSync("deep", "deep")'], { cwd: root })
    await run('sh', ['-c', 'echo after > after'], { cwd: root })
    await until(() => expect(pathsOf('file_created')).toContain(join(root, 'after')))
    expect(pathsOf('file_created').some((path) => path.endsWith('/d/d/deep'))).toBe(true)
  })

  it('keep the right path while a folder above them is renamed again and again', async () => {
    const root = join(folder, 'home')
    mkdirSync(root)
    await start([root])
    await shell('mkdir a; for i in $(seq 30); do mkdir -p a/x; echo $i > a/x/f$i; mv a b; mv b a; done', root)
    await until(() => expect(new Set(pathsOf('file_created').map((path) => path.slice(path.lastIndexOf('/') + 1))).size).toBe(30))
    await until(() => expect(activities.length).toBeGreaterThanOrEqual(30))
    expect(pathsOf('file_created').filter((path) => !/\/home\/[ab]\/x\/f\d+$/.test(path))).toEqual([])
  })
})

describe.runIf(isRoot)('fanotify', () => {
  it('that the kernel refuses is replaced by chokidar with the reason, and comes back by itself when it may', async () => {
    const root = join(folder, 'home')
    mkdirSync(root)
    let mayStart = false
    await start([root], createFilesSensor({ retryMs: 50, startReader: (options) => (mayStart ? watchFanotify(options) : Promise.reject(new Error('fanotify_init: errno 24'))) }))
    expect(reports.at(-1)).toMatchObject({ tier: 'degraded', reason: expect.stringContaining('errno 24') as string })
    await shell('echo 1 > by-chokidar', root)
    await until(() => expect(pathsOf('file_created')).toEqual([join(root, 'by-chokidar')]))
    mayStart = true
    await until(() => expect(reports.at(-1)).toMatchObject({ tier: 'full', reason: '' }))
    await shell('echo 2 > by-fanotify', root)
    await until(() => expect(of('file_created')[1]).toMatchObject({ actor: { attribution: 'process' } }))
    expect(pathsOf('file_created')).toEqual([join(root, 'by-chokidar'), join(root, 'by-fanotify')])
  })
})
