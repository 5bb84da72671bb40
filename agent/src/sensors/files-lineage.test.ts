// Where copies come from, by the whole sensor on real file systems: what people do to hide a copy, and what programs do when they save.
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SensedActivity } from '../activity.ts'
import type { Enrichment } from '../enrich/contract.ts'
import { createEnrichment } from '../enrich/enrichment.ts'
import { createLinuxPlatform } from '../platform/linux/platform.ts'
import type { Platform } from '../platform/platform.ts'
import { createFilesSensor } from './files.ts'
import type { SensorContext } from './sensor.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const root = process.geteuid?.() === 0
const run = promisify(execFile)
let walked: number
const log = { debug: (_object: object, message: string): void => void (walked += Number(message === 'watched folders are listed')), info() {}, warn() {}, error() {} }
const KINDS = ['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_hidden', 'file_deleted', 'archive_created', 'files_staged']
const has = (program: string): boolean => ['/usr/bin', '/bin', '/usr/local/bin'].some((folder) => existsSync(join(folder, program)))

let folder: string
let home: string
let media: string
let enrichment: Enrichment
let platform: Platform
let activities: SensedActivity[]
let stop: AbortController
let running: Promise<void>
let watches: number
let mounted: string[]

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 20 })
/** Another process, because what the agent itself does is not told. */
const shell = async (line: string): Promise<void> => void (await run('sh', ['-c', line], { cwd: home }))
const copies = (): readonly wire.FileCopied.$Properties[] => activities.flatMap(({ detail }) => detail.fileCopied ?? [])
const copyTo = (path: string): wire.FileCopied.$Properties | undefined => copies().find(({ destination }) => destination?.path === path)
const archive = (path: string): wire.ArchiveCreated.$Properties | undefined => activities.flatMap(({ detail }) => detail.archiveCreated ?? []).findLast((made) => made.archive?.path === path)
const created = (path: string): void => expect(activities.some(({ kind, detail }) => (kind === 'file_created' && detail.fileCreated?.file?.path === path) || (kind === 'file_copied' && detail.fileCopied?.destination?.path === path))).toBe(true)

const mountStick = async (name: string): Promise<string> => {
  const image = join(folder, `${name}.img`)
  const point = join(media, name)
  mkdirSync(point, { recursive: true })
  execFileSync('truncate', ['-s', '32M', image])
  execFileSync('mkfs.ext4', ['-q', '-F', image])
  const before = watches
  execFileSync('mount', ['-o', 'loop', image, point])
  mounted.push(point)
  await until(() => expect(watches).toBeGreaterThan(before))
  return point
}

const start = async (): Promise<void> => {
  stop = new AbortController()
  watches = 0
  walked = 0
  enrichment = await createEnrichment({ folder: join(folder, 'agent'), platform, now: Date.now, log, walkEntriesPerSecond: 50_000 })
  const context: Partial<SensorContext> = {
    policy: { files: { enabled: true, roots: [home], excludes: [], kinds: KINDS, hashLimitBytes: 1 << 20, removableRoots: [media], networkShareRoots: [], cloudSyncRoots: [join(home, 'Cloud')] } },
    platform, enrichment, signal: stop.signal, now: Date.now, log,
    emit: async (activity) => void activities.push(activity),
    report: (state) => { watches = state.watches ?? 0 },
    memory: { get: async () => undefined, set: async () => {} },
  }
  running = createFilesSensor().start(context as SensorContext)
  running.catch(() => {})
  if (root) await until(() => expect(watches).toBeGreaterThan(0))
}

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'files-lineage-')))
  home = join(folder, 'home')
  media = join(folder, 'media')
  for (const path of [home, media, join(home, 'Cloud')]) mkdirSync(path)
  activities = []
  mounted = []
  const own = createLinuxPlatform()
  // Only the person of this test: settings of others are none of its business.
  platform = { ...own, elevated: own.elevated, accounts: async () => [{ name: 'alice', uid: 1000, home }] }
  await start()
})
afterEach(async () => {
  stop.abort()
  await running.catch(() => {})
  await enrichment.close()
  for (const point of mounted) execFileSync('umount', ['--lazy', point])
  rmSync(folder, { recursive: true, force: true })
})

describe.runIf(root)('the source of a copy', () => {
  it('is found through a rename, a copy chain, a zip and a second stick', async () => {
    await shell('mkdir -p plans && for i in 1 2 3; do echo "secret plan $i of the year" > plans/p$i.txt; done')
    await until(() => [1, 2, 3].forEach((index) => created(join(home, `plans/p${index}.txt`))))
    await shell('mv plans/p1.txt plans/holiday.jpg')
    await until(() => expect(activities.some(({ kind }) => kind === 'file_renamed')).toBe(true))
    await shell('cp plans/holiday.jpg b.jpg')
    await until(() => expect(copyTo(join(home, 'b.jpg'))).toBeDefined())
    await shell('cp b.jpg c.dat')
    await until(() => expect(copyTo(join(home, 'c.dat'))).toBeDefined())
    const first = await mountStick('FIRST')
    await shell(`cp c.dat "${first}/x.bin"`)
    await until(() => expect(copyTo(join(first, 'x.bin'))).toBeDefined())
    expect(copyTo(join(first, 'x.bin'))).toMatchObject({
      source: { path: join(home, 'c.dat') },
      chain: [{ kind: 'origin', path: join(home, 'plans/p1.txt') }, { kind: 'renamed', path: join(home, 'plans/holiday.jpg') }, { kind: 'copied', path: join(home, 'b.jpg') }, { kind: 'copied', path: join(home, 'c.dat') }],
    })
    await shell('zip -q all.zip c.dat plans/p2.txt plans/p3.txt')
    await until(() => expect(archive(join(home, 'all.zip'))).toMatchObject({ memberCount: 3, matchedCount: 3, encrypted: false, state: 'complete' }))
    await shell('mv all.zip photos.raw')
    const second = await mountStick('SECOND')
    await shell(`cp photos.raw "${second}/photos.zip"`)
    await until(() => expect(copyTo(join(second, 'photos.zip'))).toBeDefined())
    const copy = copyTo(join(second, 'photos.zip'))
    expect(copy).toMatchObject({ source: { path: join(home, 'photos.raw') }, chain: [{ kind: 'origin', path: join(home, 'all.zip') }, { kind: 'renamed', path: join(home, 'photos.raw') }], memberCount: 3 })
    expect(copy?.members?.map(({ path, memberName }) => [memberName, path]).toSorted()).toEqual([['c.dat', join(home, 'c.dat')], ['plans/p2.txt', join(home, 'plans/p2.txt')], ['plans/p3.txt', join(home, 'plans/p3.txt')]])
    // One content, one identity, from the first stick to the member of the archive on the second.
    expect(copy?.members?.find(({ memberName }) => memberName === 'c.dat')?.fingerprint).toBe(copyTo(join(first, 'x.bin'))?.destination?.fingerprint)
  })

  it('of files from before the agent is found in an archive that is made on the stick itself', async () => {
    stop.abort()
    await running
    await enrichment.close()
    // Written while nobody looks.
    mkdirSync(join(home, 'old'))
    for (const index of [1, 2]) writeFileSync(join(home, `old/f${index}`), `old content ${index} `.repeat(5000))
    await start()
    await until(() => expect(walked).toBe(1))
    const stick = await mountStick('STICK')
    await shell(`zip -qr -P geheim "${stick}/o.zip" old`)
    await until(() => expect(copyTo(join(stick, 'o.zip'))).toMatchObject({ memberCount: 2, encrypted: true }))
    expect(copyTo(join(stick, 'o.zip'))?.members?.map(({ path }) => path).toSorted()).toEqual([join(home, 'old/f1'), join(home, 'old/f2')])
  })

  it('that was changed since is found by what they have in common, with their share', async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => `row ${index * 7919 % 10_007} of the price list, ${index * index % 977}`)
    writeFileSync(join(folder, 'made.csv'), lines.join('\n'))
    await shell('cp ../made.csv prices.csv')
    await until(() => created(join(home, 'prices.csv')))
    writeFileSync(join(folder, 'changed.csv'), [...lines.slice(0, 900), 'a line more', ...lines.slice(900, 1800)].join('\n'))
    const stick = await mountStick('STICK')
    await shell(`cp ../changed.csv "${stick}/other.txt"`)
    await until(() => expect(copyTo(join(stick, 'other.txt'))).toMatchObject({ source: { path: join(home, 'prices.csv') } }))
    expect(copyTo(join(stick, 'other.txt'))?.similarity).toBeGreaterThan(50)
    expect(copyTo(join(stick, 'other.txt'))?.similarity).toBeLessThan(100)
  })
})

describe.runIf(root)('an archive', () => {
  it('that is added to is told again, with what came in', async () => {
    await shell('echo first file > a.txt; echo second file > b.txt; zip -q x.zip a.txt')
    await until(() => expect(archive(join(home, 'x.zip'))).toMatchObject({ memberCount: 1, matchedCount: 1 }))
    await shell('zip -q -u x.zip b.txt')
    await until(() => expect(archive(join(home, 'x.zip'))).toMatchObject({ memberCount: 2, matchedCount: 2 }))
    expect(archive(join(home, 'x.zip'))?.members?.map(({ path }) => path).toSorted()).toEqual([join(home, 'a.txt'), join(home, 'b.txt')])
  })

  it.runIf(has('7zz'))('of every kind names its members and their files', async () => {
    await shell('mkdir d; for i in 1 2 3; do echo "number $i of the files" > d/$i.txt; done')
    await until(() => [1, 2, 3].forEach((index) => created(join(home, `d/${index}.txt`))))
    await shell('tar cf a.tar d; tar czf a.tgz d; tar cf a.tzst --zstd d; 7zz a -bso0 a.7z d; 7zz a -bso0 -pgeheim e.7z d; 7zz a -bso0 -pgeheim -mhe=on h.7z d')
    for (const name of ['a.tar', 'a.tgz', 'a.tzst', 'a.7z', 'e.7z']) {
      await until(() => expect({ name, ...archive(join(home, name)) }).toMatchObject({ name, memberCount: 3, matchedCount: 3, encrypted: name === 'e.7z', state: 'complete' }))
    }
    await until(() => expect(archive(join(home, 'h.7z'))).toMatchObject({ memberCount: 0, encrypted: true, state: 'encrypted' }))
  })

  it('that is unpacked elsewhere makes copies of its sources, also when those are gone', async () => {
    await shell('mkdir d; echo "the one and only content" > d/only.txt')
    await until(() => created(join(home, 'd/only.txt')))
    await shell('tar czf a.tgz d')
    await until(() => expect(archive(join(home, 'a.tgz'))).toMatchObject({ matchedCount: 1 }))
    await shell('rm d/only.txt')
    await until(() => expect(activities.some(({ kind }) => kind === 'file_deleted')).toBe(true))
    await shell('mkdir away; tar xzf a.tgz -C away')
    await until(() => expect(copyTo(join(home, 'away/d/only.txt'))).toMatchObject({ source: { path: join(home, 'd/only.txt') } }))
  })
})

describe.runIf(root)('a cloud folder', () => {
  it('gets a file by a move within the same file system, and the source is told', async () => {
    await shell('echo for the cloud > plan.txt')
    await until(() => created(join(home, 'plan.txt')))
    await shell('mv plan.txt Cloud/')
    await until(() => expect(copyTo(join(home, 'Cloud/plan.txt'))).toMatchObject({ source: { path: join(home, 'plan.txt') }, destination: { location: 4 } }))
  })

  it('gets a file by rsync under its own name, not under the temporary one', async () => {
    await shell('echo synchronised > plan.txt')
    await until(() => created(join(home, 'plan.txt')))
    await shell(has('rsync') ? 'rsync -a plan.txt Cloud/' : 'cp plan.txt Cloud/.plan.txt.Ab12Cd && mv Cloud/.plan.txt.Ab12Cd Cloud/plan.txt')
    await until(() => expect(copyTo(join(home, 'Cloud/plan.txt'))).toMatchObject({ source: { path: join(home, 'plan.txt') } }))
    expect(copies()).toHaveLength(1)
  })

  it('is one as soon as its client says so, and another when it says another', async () => {
    await run('sh', ['-c', `mkdir -p .dropbox Own Other && printf '{"personal":{"path":"%s/Own"}}' "$PWD" > .dropbox/info.json`], { cwd: home })
    const written = async (path: string): Promise<void> => {
      let round = 0
      await vi.waitFor(async () => {
        await shell(`echo ${round} > ${path}-${round += 1}`)
        await vi.waitFor(() => expect(copyTo(join(home, `${path}-${round}`))).toMatchObject({ destination: { location: 4 } }), { timeout: 1000, interval: 20 })
      }, { timeout: 20_000, interval: 50 })
    }
    await written('Own/a')
    await run('sh', ['-c', `printf '{"personal":{"path":"%s/Other"}}' "$PWD" > .dropbox/info.json`], { cwd: home })
    await written('Other/b')
  })

  it('gets a file by a hard link', async () => {
    await shell('echo linked content > plan.txt')
    await until(() => created(join(home, 'plan.txt')))
    await shell('ln plan.txt Cloud/linked.txt')
    await until(() => expect(copyTo(join(home, 'Cloud/linked.txt'))).toMatchObject({ source: { path: join(home, 'plan.txt') } }))
  })
})

describe.runIf(root)('many files that are gathered in one folder', () => {
  it('are told as one activity with the first of them', async () => {
    await shell('for d in sales plans people; do mkdir $d; for i in 1 2 3 4 5 6 7; do echo "$d number $i" > $d/$d-$i.txt; done; done')
    await until(() => created(join(home, 'people/people-7.txt')))
    await shell('mkdir out && cp sales/* plans/* out/ && mv people/* out/')
    await until(() => expect(activities.filter(({ kind }) => kind === 'files_staged')).toHaveLength(1))
    expect(activities.find(({ kind }) => kind === 'files_staged')?.detail.filesStaged).toMatchObject({ folder: join(home, 'out'), count: 20, sourceFolders: 3 })
  })
})

describe.runIf(root)('what programs do', () => {
  it('is no copy when an editor saves by a rename', async () => {
    await shell('echo one > note.txt')
    await until(() => created(join(home, 'note.txt')))
    await shell('cp note.txt .note.txt.Xy12Zz && echo two >> .note.txt.Xy12Zz && mv .note.txt.Xy12Zz note.txt')
    await until(() => expect(activities.some(({ kind }) => kind === 'file_changed')).toBe(true))
    expect(copies()).toEqual([])
  })

  it('is a copy when blocks are shared instead of copied', async () => {
    await shell('echo shared blocks > a.txt')
    await until(() => created(join(home, 'a.txt')))
    // Where the file system cannot share blocks, `auto` copies them: the sensor has to see the same.
    await shell('cp --reflink=auto a.txt b.txt')
    await until(() => expect(copyTo(join(home, 'b.txt'))).toMatchObject({ source: { path: join(home, 'a.txt') } }))
  })

  it('is a copy when a key is gathered that was only listed before; other files are new', async () => {
    stop.abort()
    await running
    await enrichment.close()
    mkdirSync(join(home, '.ssh'))
    for (const name of ['id_ed25519', 'known_hosts']) writeFileSync(join(home, '.ssh', name), `what is in ${name}, and long enough`)
    await start()
    await until(() => expect(walked).toBeGreaterThan(0))
    await shell('mkdir out && cp .ssh/id_ed25519 .ssh/known_hosts out/')
    await until(() => {
      created(join(home, 'out/known_hosts'))
      expect(copyTo(join(home, 'out/id_ed25519'))).toMatchObject({ source: { path: join(home, '.ssh/id_ed25519') } })
    })
    expect(copyTo(join(home, 'out/known_hosts'))).toBeUndefined()
  })
})
