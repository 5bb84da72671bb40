// The whole sensor on real file systems: a loop-mounted ext4 stands for a stick. As somebody else than root the same
// tests show what chokidar sees, on a plain folder that stands for one.
import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { wire } from '@holdfast/proto'
import koffi from 'koffi'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SensedActivity } from '../activity.ts'
import type { Enrichment } from '../enrich/contract.ts'
import { createEnrichment } from '../enrich/enrichment.ts'
import { createLinuxPlatform } from '../platform/linux/platform.ts'
import type { Platform } from '../platform/platform.ts'
import { createFilesSensor } from './files.ts'
import type { Sensor, SensorContext, TierReport } from './sensor.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const root = process.geteuid?.() === 0
const run = promisify(execFile)
const KINDS = ['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_hidden', 'file_deleted', 'archive_created']
const log = { debug() {}, info() {}, warn() {}, error() {} }

let folder: string
let home: string
let media: string
let platform: Platform
let enrichment: Enrichment
let activities: SensedActivity[]
let reports: TierReport[]
let stop: AbortController
let running: Promise<void> | undefined
let mounted: string[]

/** Another process, because what the agent itself does is not told. */
const shell = async (line: string): Promise<void> => void (await run('sh', ['-c', line], { cwd: home }))
const of = (kind: string): readonly SensedActivity[] => activities.filter((activity) => activity.kind === kind)
const pathOf = ({ detail }: SensedActivity): string =>
  (detail.fileCopied?.destination ?? detail.fileCreated?.file ?? detail.fileChanged?.file ?? detail.fileRenamed?.file ?? detail.fileHidden?.file ?? detail.archiveCreated?.archive)?.path ?? detail.fileDeleted?.path ?? ''
const dup2 = (source: number, target: number): number => (koffi.load('libc.so.6').func('int dup2(int, int)') as (source: number, target: number) => number)(source, target)
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 30_000, interval: 20 })

const context = (more: Partial<SensorContext> = {}, files: Partial<wire.FileWatch.$Properties> = {}): SensorContext => ({
  policy: { files: { enabled: true, roots: [home], excludes: ['**/.git/**', '*.skip'], kinds: KINDS, hashLimitBytes: 1 << 20, removableRoots: [media], networkShareRoots: [], cloudSyncRoots: [join(home, 'Cloud')], ...files } },
  platform, enrichment, signal: stop.signal, now: Date.now, log, pace: () => 1,
  emit: async (activity) => void activities.push(activity),
  report: (state) => void reports.push(state),
  memory: { get: async () => undefined, set: async () => {} },
  ...more,
})
const start = async (sensor: Sensor, given = context()): Promise<void> => {
  const before = reports.length
  running = sensor.start(given)
  running.catch(() => {})
  await Promise.race([running, until(() => expect(reports.length).toBeGreaterThan(before))])
}
const end = async (): Promise<void> => {
  stop.abort()
  await running
  running = undefined
  stop = new AbortController()
}
const mountStick = (name = 'STICK'): string => {
  const image = join(folder, `${name}.img`)
  const point = join(media, name)
  mkdirSync(point, { recursive: true })
  execFileSync('truncate', ['-s', '64M', image])
  execFileSync('mkfs.ext4', ['-q', '-F', '-N', '20000', image])
  execFileSync('mount', ['-o', 'loop', image, point])
  mounted.push(point)
  return point
}
const unmount = (point: string): void => {
  execFileSync('umount', [point])
  mounted = mounted.filter((other) => other !== point)
}

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'files-')))
  home = join(folder, 'home')
  media = join(folder, 'media')
  for (const path of [home, media, join(home, 'Cloud')]) mkdirSync(path)
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
  rmSync(folder, { recursive: true, force: true })
})

describe.runIf(root)('copies to a stick, as root', () => {
  it('are all told, also into fresh folders, with source, medium and who did it; the stick can be taken out and put in again', async () => {
    await start(createFilesSensor())
    expect(reports.at(-1)).toMatchObject({ tier: 'full', reason: '' })
    const stick = mountStick()
    await until(() => expect(reports.at(-1)?.watches).toBeGreaterThan(reports[0]?.watches ?? 0))
    await shell('for d in $(seq 30); do mkdir -p docs/$d; for f in $(seq 10); do echo "content $d $f" > docs/$d/$f.txt; done; done')
    await until(() => expect(of('file_created')).toHaveLength(300))
    await shell(`cp -r docs "${stick}/"`)
    await until(() => expect(of('file_copied')).toHaveLength(300))
    const copy = of('file_copied').find((activity) => pathOf(activity) === join(stick, 'docs/7/3.txt'))
    expect(copy).toMatchObject({
      actor: { attribution: 'process', uid: 0, account: 'root', process: { name: 'cp' } },
      detail: { fileCopied: { source: { path: join(home, 'docs/7/3.txt') }, media: { bus: 'loop', mountPoint: stick, fileSystem: 'ext4' }, destination: { location: 2, state: 'stable' } } },
    })
    expect(new Set(of('file_copied').map(pathOf)).size).toBe(300)
    unmount(stick)
    execFileSync('mount', ['-o', 'loop', join(folder, 'STICK.img'), stick])
    mounted.push(stick)
    // No pause: what is written before the mount was noticed is found afterwards.
    await shell(`echo again > "${stick}/again.txt"`)
    await until(() => expect(of('file_copied').map(pathOf)).toContain(join(stick, 'again.txt')))
  })

  it('of a file that was there before the agent find their source', async () => {
    writeFileSync(join(home, 'old.txt'), 'older than the agent')
    const stick = mountStick()
    await start(createFilesSensor())
    await shell(`cp old.txt "${stick}/renamed.jpg"`)
    await until(() => expect(of('file_copied')).toMatchObject([{ detail: { fileCopied: { source: { path: join(home, 'old.txt') } } } }]))
  })

  it('that move the file tell that what is deleted has left the device', async () => {
    const stick = mountStick()
    await start(createFilesSensor())
    await shell('echo plan > plan.txt')
    await until(() => expect(of('file_created')).toHaveLength(1))
    await shell(`mv plan.txt "${stick}/"`)
    await until(() => expect(of('file_deleted')).toHaveLength(1))
    expect(of('file_copied')).toMatchObject([{ detail: { fileCopied: { source: { path: join(home, 'plan.txt') } } } }])
    expect(of('file_deleted')).toMatchObject([{ detail: { fileDeleted: { wasCopySource: true, wasExfiltrated: true } } }])
  })

  it('written in many steps are one, a second copy later is another, and a temporary name does not show', async () => {
    const stick = mountStick()
    await start(createFilesSensor())
    await shell(`for i in $(seq 20); do echo $i >> "${stick}/log.txt"; done`)
    await until(() => expect(of('file_copied')).toHaveLength(1))
    await shell(`echo other > "${stick}/log.txt"`)
    await until(() => expect(of('file_copied')).toHaveLength(2))
    await shell(`echo synced > "${stick}/.data.csv.Ab12Cd" && mv "${stick}/.data.csv.Ab12Cd" "${stick}/data.csv"`)
    await until(() => expect(of('file_copied').map(pathOf)).toEqual([join(stick, 'log.txt'), join(stick, 'log.txt'), join(stick, 'data.csv')]))
  })
})

describe.runIf(root)('what happens on the device, as root', () => {
  it('is told kind by kind, and not where the policy excludes it', async () => {
    await start(createFilesSensor())
    await shell('mkdir .git && echo x > .git/index && echo x > a.skip && echo one > a.txt')
    await until(() => expect(of('file_created').map(pathOf)).toEqual([join(home, 'a.txt')]))
    await shell('echo two >> a.txt')
    await until(() => expect(of('file_changed')).toHaveLength(1))
    await shell('mv a.txt a.jpg')
    await until(() => expect(of('file_renamed')).toMatchObject([{ detail: { fileRenamed: { oldPath: join(home, 'a.txt'), extensionChanged: true } } }]))
    await shell('mv a.jpg .a.jpg')
    await until(() => expect(of('file_hidden')).toMatchObject([{ detail: { fileHidden: { oldPath: join(home, 'a.jpg') } } }]))
    await shell('rm .a.jpg')
    await until(() => expect(of('file_deleted')).toMatchObject([{ detail: { fileDeleted: { path: join(home, '.a.jpg'), wasExfiltrated: false } }, actor: { process: { name: 'rm' } } }]))
    await shell('echo packed | gzip > b.gz')
    await until(() => expect(of('archive_created').map(pathOf)).toEqual([join(home, 'b.gz')]))
    await shell('mv b.gz Cloud/')
    await until(() => expect(of('file_copied')).toMatchObject([{ detail: { fileCopied: { destination: { path: join(home, 'Cloud/b.gz'), location: 4 }, source: { path: join(home, 'b.gz') } } } }]))
    expect(activities).toHaveLength(7)
  })

  it('by an editor that writes anew and renames is a change', async () => {
    await start(createFilesSensor())
    await shell('echo one > a.txt')
    await until(() => expect(of('file_created')).toHaveLength(1))
    await shell('echo two > .goutputstream-AB && mv .goutputstream-AB a.txt')
    await until(() => expect(of('file_changed').map(pathOf)).toEqual([join(home, 'a.txt')]))
    await shell('mv a.txt a.txt~ && echo three > a.txt && rm a.txt~')
    await until(() => expect(of('file_changed')).toHaveLength(2))
    expect(activities).toHaveLength(3)
  })

  it('keeps its path when a folder above is renamed at once', async () => {
    await start(createFilesSensor())
    await shell('for i in $(seq 20); do mkdir new$i && echo $i > new$i/f && mv new$i kept$i; done')
    // Told before or after the rename, but told, and nothing under a name that it never had.
    await until(() => expect(new Set(of('file_created').map((activity) => pathOf(activity).replace('/new', '/kept')))).toEqual(new Set(Array.from({ length: 20 }, (_, index) => join(home, `kept${index + 1}/f`)))))
    expect(of('file_created')).toHaveLength(20)
    await shell('mkdir gather && echo a > gather/a && echo b > gather/b')
    await until(() => expect(of('file_created')).toHaveLength(22))
    await shell('mv gather Cloud/')
    await until(() => expect(of('file_copied').map(pathOf).toSorted()).toEqual([join(home, 'Cloud/gather/a'), join(home, 'Cloud/gather/b')]))
  })

  it('by a hostile user neither holds the agent nor shows a secret', async () => {
    chmodSync(folder, 0o755)
    chownSync(home, 12_345, 12_345)
    await start(createFilesSensor())
    await run('setpriv', ['--reuid', '12345', '--regid', '12345', '--clear-groups', 'sh', '-c', 'for i in $(seq 100); do mkfifo p$i; done; ln -s /etc/shadow s; truncate -s 1T sparse; printf x > "$(printf "caf\\351")"; echo fine > fine'], { cwd: home })
    await until(() => expect(of('file_created').map(pathOf).toSorted()).toEqual([join(home, 'caf\\xe9'), join(home, 'fine'), join(home, 'sparse')].toSorted()))
    expect(of('file_created').find((activity) => pathOf(activity).endsWith('sparse'))).toMatchObject({ actor: { uid: 12_345 }, detail: { fileCreated: { file: { state: 'too_big', sha256: '' } } } })
  })
})

describe.runIf(root)('what could be missed, as root', () => {
  it('is not, over a change of policy', async () => {
    const sensor = createFilesSensor()
    await start(sensor)
    for (let round = 0; round < 5; round++) {
      const writing = shell(`for i in $(seq 40); do echo $i > r${round}-$i; done`)
      await end()
      await start(sensor)
      await writing
    }
    await until(() => expect(new Set(of('file_created').map(pathOf)).size).toBe(200))
    expect(of('file_created')).toHaveLength(200)
  })

  it('emits nothing after its end, which comes within a second', async () => {
    await start(createFilesSensor())
    await shell('for i in $(seq 50); do echo $i > $i; done')
    const begun = performance.now()
    await end()
    expect(performance.now() - begun).toBeLessThan(1000)
    const told = activities.length
    await shell('echo late > late')
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(activities).toHaveLength(told)
  })

  it('after an overflow of the queue is a gap and then found again, file by file', async () => {
    let release: (() => void) | undefined
    const held = new Promise<void>((resolve) => { release = resolve })
    await start(createFilesSensor({ unlimitedQueue: false }), context({
      emit: async (activity) => {
        activities.push(activity)
        await held
      },
    }))
    const limit = Number(readFileSync('/proc/sys/fs/fanotify/max_queued_events', 'utf8'))
    const count = Math.min(limit, 16_384) + 14_000
    await run('sh', ['-c', `mkdir many && cd many && seq ${count} | xargs touch`], { cwd: home })
    release?.()
    await until(() => expect(of('telemetry_gap')[0]).toMatchObject({ detail: { telemetryGap: { sensor: 'files', reason: 'queue_overflow' } } }))
    await until(() => expect(new Set([...of('file_created'), ...of('file_changed')].map(pathOf)).size).toBe(count))
    expect(activities.some((activity) => activity.recovered === true)).toBe(true)
  })

  it('shows in the self-test and ends the run when the facility dies', async () => {
    const groups = (): readonly string[] => readdirSync('/proc/self/fd').filter((name) => existsSync(`/proc/self/fdinfo/${name}`) && readFileSync(`/proc/self/fdinfo/${name}`, 'utf8').includes('fanotify flags'))
    const earlier = new Set(groups())
    const sensor = createFilesSensor()
    const given = context()
    await start(sensor, given)
    expect(await sensor.selfTest?.(given)).toBe(true)
    expect(activities).toEqual([])
    // A folder in its place: every read fails from now on. Closed, its number would go to whatever is opened next.
    const unreadable = openSync('/', 'r')
    const own = groups().filter((fd) => !earlier.has(fd)).map(Number)
    expect(own.map((fd) => dup2(unreadable, fd))).toEqual(own)
    closeSync(unreadable)
    await expect(running).rejects.toThrow(/EISDIR/)
    running = undefined
    expect(await sensor.selfTest?.(given)).toBe(false)
    stop.abort()
  })
})

describe('without root', () => {
  beforeEach(() => {
    platform = { ...platform, elevated: false }
  })

  it('the sensor says that it is degraded and what to do about it', async () => {
    const sensor = createFilesSensor()
    const given = context()
    await start(sensor, given)
    expect(reports.at(-1)).toMatchObject({ tier: 'degraded', reason: 'not root: chokidar, no process names', fix: 'Run the agent as root.' })
    expect(await sensor.selfTest?.(given)).toBe(true)
  })

  it('changes are told with the owner of the file, and a folder under the removable roots stands for a stick', async () => {
    await start(createFilesSensor())
    mkdirSync(join(media, 'STICK'))
    await shell('echo one > a.txt; echo x > a.skip')
    await until(() => expect(of('file_created').map(pathOf)).toEqual([join(home, 'a.txt')]))
    expect(of('file_created')[0]?.actor).toMatchObject({ attribution: 'file_owner', uid: process.getuid?.() })
    await shell(`cp a.txt "${media}/STICK/b.txt"`)
    await until(() => expect(of('file_copied')).toMatchObject([{ detail: { fileCopied: { source: { path: join(home, 'a.txt') }, destination: { path: join(media, 'STICK/b.txt'), location: 2 } } } }]))
    await shell('rm a.txt')
    await until(() => expect(of('file_deleted')).toMatchObject([{ detail: { fileDeleted: { wasExfiltrated: true } } }]))
  })

  it('ends within a second and emits nothing after', async () => {
    await start(createFilesSensor())
    const begun = performance.now()
    await end()
    expect(performance.now() - begun).toBeLessThan(1000)
    await shell('echo late > late')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(activities).toEqual([])
  })
})
