import { wire } from '@holdfast/proto'
import { describe, expect, it } from 'vitest'
import type { SensedActivity } from '../../activity.ts'
import { createStaging, staging, withoutSharedEnd } from './staging.ts'

const LOCAL = wire.LocationKind.LOCATION_KIND_LOCAL
const MINUTE_MS = 60_000
const copy = (from: string, to: string, atMs = 0, fingerprint = from): SensedActivity => ({
  kind: 'file_copied', occurredAtMs: atMs, actor: { uid: 1000 },
  detail: { fileCopied: { source: { path: from, sizeBytes: 10, location: LOCAL }, destination: { path: to, sizeBytes: 10, fingerprint, location: LOCAL, state: 'stable' } } },
})
const move = (from: string, to: string, atMs = 0): SensedActivity => ({ kind: 'file_renamed', occurredAtMs: atMs, detail: { fileRenamed: { file: { path: to, sizeBytes: 10, fingerprint: from, location: LOCAL }, oldPath: from } } })
const told = (activities: readonly SensedActivity[]): readonly (SensedActivity | undefined)[] => {
  const gathering = createStaging()
  return activities.map((activity) => gathering.saw(activity)).filter((found) => found !== undefined)
}
const gather = (count: number, folders = 4, make = copy, everyMs = 1000): readonly SensedActivity[] => Array.from({ length: count }, (_, index) => make(`/home/a/project-${index % folders}/f${index}`, `/home/a/out/f${index}`, index * everyMs))

describe('files that are gathered in one folder', () => {
  it('are told once there are enough from enough folders, with the first of them and who did it', () => {
    expect(told(gather(staging.files - 1))).toEqual([])
    const [found] = told(gather(staging.files))
    expect(found).toMatchObject({ kind: 'files_staged', actor: { uid: 1000 }, detail: { filesStaged: { folder: '/home/a/out', count: 20, sizeBytes: 200, sourceFolders: 4, withinSecs: 19 } } })
    expect(found?.detail.filesStaged?.files?.[0]).toMatchObject({ path: '/home/a/project-0/f0', fingerprint: '/home/a/project-0/f0' })
  })
  it('are told again each time that they are twice as many, and not for each file', () => {
    expect(told(gather(170)).map((found) => found?.detail.filesStaged?.count)).toEqual([20, 40, 80, 160])
    expect(told(gather(170)).at(-1)?.detail.filesStaged?.files).toHaveLength(64)
  })
  it('are told of moves as of copies', () => {
    expect(told(gather(20, 4, move))).toHaveLength(1)
  })
  it('are not when they come from too few folders, over too long a time, or are the same file again and again', () => {
    expect(told(gather(60, 2))).toEqual([])
    expect(told(gather(60, 4, copy, MINUTE_MS))).toEqual([])
    expect(told(Array.from({ length: 60 }, (_, index) => copy(`/home/a/p${index % 5}/f`, `/home/a/out/f${index}`, index, 'one content')))).toEqual([])
  })
})

describe('what is no gathering', () => {
  it('is the copy of a tree, however many folders it has', () => {
    expect(withoutSharedEnd('/home/a/project/src/x', '/mnt/backup/src/x')).toEqual(['/home/a/project', '/mnt/backup'])
    expect(told(Array.from({ length: 100 }, (_, index) => copy(`/home/a/project/d${index % 9}/f${index}`, `/home/a/backup/d${index % 9}/f${index}`)))).toEqual([])
  })
  it('is what leaves the device, what was unpacked, and a rename in place', () => {
    const away = gather(40).map((activity) => ({ ...activity, detail: { fileCopied: { ...activity.detail.fileCopied, destination: { ...activity.detail.fileCopied?.destination, location: wire.LocationKind.LOCATION_KIND_REMOVABLE } } } }))
    const unpacked = gather(40).map((activity) => ({ ...activity, detail: { fileCopied: { ...activity.detail.fileCopied, chain: [{ kind: 'origin', path: '/x' }, { kind: 'packed', path: '/home/a/x.zip' }] } } }))
    expect(told([...away, ...unpacked, ...Array.from({ length: 40 }, (_, index) => move(`/home/a/out/f${index}`, `/home/a/out/g${index}`))])).toEqual([])
  })
})
