import { MAX_ACTIVITY_BYTES, wire } from '@holdfast/proto'
import { describe, expect, it } from 'vitest'
import type { InspectedFile } from '../../enrich/contract.ts'
import { activitiesOfDelete, activitiesOfRename, activitiesOfWrite, actorOf, isTemporary, isTrash } from './classify.ts'

const file = (path: string, more: Partial<InspectedFile> = {}): InspectedFile => ({ path, sizeBytes: 3, sha256: 'aa', fingerprint: 'ff', state: 'stable', mimeType: '', encrypted: false, mtimeMs: 0, ownerUid: 1000, ...more })
const all = (): boolean => true
const base = { occurredAtMs: 7, actor: { uid: 1000 } } as const

describe('a written file', () => {
  it('away from the device is a copy with its medium and source, whether new or not', () => {
    for (const created of [true, false]) {
      const activities = activitiesOfWrite({ ...base, file: file('/media/S/a'), place: 'removable', created, media: { serial: '1' }, source: { path: '/home/b', sizeBytes: 3, fingerprint: 'ff' } }, all)
      expect(activities).toMatchObject([{ kind: 'file_copied', occurredAtMs: 7, detail: { fileCopied: { destination: { path: '/media/S/a', location: wire.LocationKind.LOCATION_KIND_REMOVABLE }, source: { path: '/home/b' }, media: { serial: '1' } } } }])
    }
  })

  it('on the device is created or changed, and a copy as well when another watched file holds the same', () => {
    const kinds = (created: boolean, copy: boolean) => activitiesOfWrite({ ...base, file: file('/home/a'), place: 'local', created, ...(copy ? { source: { path: '/home/b', sizeBytes: 3, fingerprint: 'ff' } } : {}) }, all).map(({ kind }) => kind)
    expect([kinds(true, false), kinds(false, false), kinds(true, true)]).toEqual([['file_created'], ['file_changed'], ['file_copied', 'file_created']])
  })

  it('that is an archive by name and content is an archive, on a stick also a copy', () => {
    const archive = file('/x/a.zip', { mimeType: 'application/zip', encrypted: true })
    expect(activitiesOfWrite({ ...base, file: archive, place: 'local', created: true }, all)).toMatchObject([{ kind: 'archive_created', detail: { archiveCreated: { encrypted: true, memberCount: 0 } } }])
    expect(activitiesOfWrite({ ...base, file: archive, place: 'removable', created: true }, all).map(({ kind }) => kind)).toEqual(['file_copied', 'archive_created'])
  })

  it('says the way of its content, where its source lies, and how much of it is the source’s', () => {
    const [copy] = activitiesOfWrite({
      ...base, file: file('/media/S/a'), place: 'removable', created: true, sourcePlace: 'network_share', source: { path: '/home/c', sizeBytes: 3, fingerprint: 'ee', similarity: 0.834 },
      chain: [{ kind: 'origin', path: '/home/a' }, { kind: 'renamed', path: '/home/b' }, { kind: 'copied', path: '/home/c' }],
    }, all)
    expect(copy?.detail.fileCopied).toMatchObject({ source: { path: '/home/c', location: wire.LocationKind.LOCATION_KIND_NETWORK_SHARE }, similarity: 83, chain: [{ kind: 'origin', path: '/home/a' }, { kind: 'renamed' }, { kind: 'copied' }] })
  })

  it('that is a container names the known files in it when it leaves, and all of them where it is made', () => {
    const source = { path: '/home/b', sizeBytes: 3, fingerprint: 'ff' }
    const contents = { state: 'complete', encrypted: true, memberCount: 2, matchedCount: 1, members: [{ name: 'x/b', sizeBytes: 3, source }, { name: 'x/c', sizeBytes: 4 }] }
    const [copied, made] = activitiesOfWrite({ ...base, file: file('/media/S/a.zip', { mimeType: 'application/zip' }), place: 'removable', created: true, contents }, all)
    expect(copied?.detail.fileCopied).toMatchObject({ members: [{ path: '/home/b', memberName: 'x/b', fingerprint: 'ff' }], memberCount: 2, encrypted: true })
    expect(made?.detail.archiveCreated).toMatchObject({ members: [{ path: '/home/b', memberName: 'x/b' }, { memberName: 'x/c', sizeBytes: 4 }], memberCount: 2, matchedCount: 1, state: 'complete' })
  })

  it('with members without end still fits into an activity', () => {
    const members = Array.from({ length: 500 }, (_, index) => ({ name: `${'n'.repeat(1000)}${index}`, sizeBytes: 1, source: { path: `/${'p'.repeat(4000)}${index}`, sizeBytes: 1, fingerprint: 'f'.repeat(64) } }))
    for (const activity of activitiesOfWrite({ ...base, file: file('/media/S/a.zip', { mimeType: 'application/zip' }), place: 'removable', created: true, contents: { state: 'complete', encrypted: false, memberCount: 500, matchedCount: 500, members } }, all)) {
      expect(wire.Activity.encode(activity.detail).finish().length).toBeLessThan(MAX_ACTIVITY_BYTES / 2)
    }
  })

  it('is told only as far as the policy wants', () => {
    expect(activitiesOfWrite({ ...base, file: file('/home/a'), place: 'local', created: true }, (kind) => kind === 'file_copied')).toEqual([])
    expect(activitiesOfRename({ ...base, file: file('/home/.a'), from: '/home/a', place: 'local' }, (kind) => kind === 'file_renamed').map(({ kind }) => kind)).toEqual(['file_renamed'])
  })

  it('found after a gap says so', () => {
    expect(activitiesOfWrite({ ...base, file: file('/home/a'), place: 'local', created: true, recovered: true }, all)[0]?.recovered).toBe(true)
  })
})

describe('a renamed file', () => {
  it('says whether its type is disguised, in any case of letters', () => {
    const changed = (from: string, to: string) => activitiesOfRename({ ...base, file: file(to), from, place: 'local' }, all)[0]?.detail.fileRenamed?.extensionChanged
    expect([changed('/h/a.docx', '/h/a.jpg'), changed('/h/a.DOCX', '/h/b.docx'), changed('/h/a', '/h/a.mp3')]).toEqual([true, false, true])
  })

  it('is hidden when only its new name begins with a dot', () => {
    const kind = (from: string, to: string) => activitiesOfRename({ ...base, file: file(to), from, place: 'local' }, all)[0]?.kind
    expect([kind('/h/a', '/h/.a'), kind('/h/.a', '/h/.b'), kind('/h/.a', '/h/a')]).toEqual(['file_hidden', 'file_renamed', 'file_renamed'])
  })
})

describe('a deleted file', () => {
  it('carries what it was', () => {
    expect(activitiesOfDelete({ ...base, path: '/h/a', place: 'local', history: { fingerprint: 'ff', wasCopySource: true, wasExfiltrated: true } }, all)).toMatchObject([{ kind: 'file_deleted', detail: { fileDeleted: { path: '/h/a', fingerprint: 'ff', wasCopySource: true, wasExfiltrated: true, location: wire.LocationKind.LOCATION_KIND_LOCAL } } }])
  })
})

describe('names of what is not finished, and the trash', () => {
  it('are known', () => {
    expect(['/h/.goutputstream-X1', '/h/a.part', '/h/b.crdownload', '/h/c.txt~', '/h/.c.txt.swp', '/h/.data.csv.Ab3dE9', '/h/4913'].filter((path) => !isTemporary(path))).toEqual([])
    expect(['/h/report.txt', '/h/.bashrc', '/h/particle'].filter(isTemporary)).toEqual([])
    expect([isTrash('/home/a/.local/share/Trash/files/x'), isTrash('/media/S/.Trash-1000/files/x'), isTrash('/home/a/Trash/x')]).toEqual([true, true, false])
  })
})

describe('who did it', () => {
  it('is the person who signed in, over sudo, as the process says', () => {
    const process = { pid: 9, ppid: 1, name: 'cp', executable: '/usr/bin/cp', uid: 0, loginUid: 1000, parentName: 'sudo' }
    expect(actorOf({ pid: 9, process }, 33)).toMatchObject({ uid: 1000, attribution: 'process', process: { name: 'cp', parentName: 'sudo' } })
  })

  it('is the owner of the file when the process had ended, with the program by its start', () => {
    expect(actorOf({ pid: 9, program: '/usr/bin/cp' }, 33)).toEqual({ uid: 33, pid: 9, attribution: 'file_owner', process: { pid: 9, name: 'cp', executable: '/usr/bin/cp' } })
    expect(actorOf(undefined, -1)).toEqual({ attribution: 'session' })
  })
})
