import { describe, expect, it } from 'vitest'
import type { Doer } from './notification.ts'
import { event, type Handle, type NotificationRecord } from './records.ts'
import { compileScope } from './scope.ts'
import { createTranslator, type Translator } from './translate.ts'

const handle = (key: string): Handle => ({ key, fsid: '00', bytes: Buffer.from(key) })
const alive: Doer = { pid: 7, process: { pid: 7, ppid: 1, name: 'cp', executable: '/bin/cp', uid: 5, parentName: 'sh' } }

function setUp(doerOf: (pid: number) => Doer = () => alive): { readonly translator: Translator; readonly resolved: string[] } {
  const resolved: string[] = []
  const known: Readonly<Record<string, string>> = { home: '/home', docs: '/home/docs', bin: '/usr/bin', away: '/away', work: '/away/workdir', stick: '/media/S' }
  const translator = createTranslator({
    ownPid: 1, now: () => 99, doerOf: (pid) => doerOf(pid), onStart() {},
    openedFile: (fd) => (fd === 9 ? { path: '/home/by-descriptor', birthtimeMs: 50 } : undefined),
    isPrepared: (path) => path.startsWith('/away/workdir/'), isThere: (path) => path.endsWith('/changed'), isBelow: (path) => path.endsWith('/copied-up'),
    resolve: ({ key }) => {
      resolved.push(key)
      return known[key]
    },
  })
  translator.setScope(compileScope({ roots: ['/home'], excludes: ['*.tmp'], own: [], removable: ['/media/S'], networkShares: [], cloudFolders: [] }))
  return { translator, resolved }
}
const record = (mask: number, folder: string, name: string, more: Partial<NotificationRecord> = {}): NotificationRecord => ({ mask, pid: 7, fd: -1, folder: handle(folder), name, ...more })
const { create, closeWrite, onDirectory, rename, overflow, openExec } = event

describe('writes', () => {
  it('are told when the file is closed, new or not, merged or not', () => {
    const { translator } = setUp()
    const { notifications } = translator.translate([record(create | closeWrite, 'home', 'a'), record(create, 'home', 'b'), record(closeWrite, 'home', 'b'), record(closeWrite, 'home', 'c')])
    expect(notifications).toMatchObject([{ kind: 'written', path: '/home/a', created: true, place: 'local', atMs: 99 }, { path: '/home/b', created: true }, { path: '/home/c', created: false }])
  })

  it('outside the scope, excluded, or by the agent itself are not told', () => {
    const { translator } = setUp()
    const found = translator.translate([record(closeWrite, 'away', 'a'), record(closeWrite, 'home', 'a.tmp'), record(closeWrite, 'home', 'own', { pid: 1 })])
    expect(found.notifications).toEqual([])
    expect(found.own).toEqual(['/home/own'])
  })

  it('keep who created the file when that process has ended by its close', () => {
    let ended = false
    const { translator } = setUp(() => (ended ? { pid: 7 } : alive))
    translator.translate([record(create, 'stick', 'a')])
    ended = true
    expect(translator.translate([record(closeWrite, 'stick', 'a')]).notifications).toMatchObject([{ doer: { process: { name: 'cp' } } }])
  })

  it('that came and went between two reads are nobody\'s business', () => {
    const { translator } = setUp()
    expect(translator.translate([record(create | closeWrite | event.delete, 'home', 'x'), record(create, 'home', 'y'), record(event.delete, 'home', 'y')]).notifications).toEqual([])
    expect(translator.translate([record(event.delete, 'home', 'z')]).notifications).toMatchObject([{ kind: 'deleted', path: '/home/z' }])
  })
})

describe('folders', () => {
  it('that are new are known by the record that made them: nobody has to ask for their path', () => {
    const { translator, resolved } = setUp()
    const { notifications } = translator.translate([
      record(create | onDirectory, 'home', 'new', { target: handle('n1') }), record(create | onDirectory, 'n1', 'deep', { target: handle('n2') }), record(create | closeWrite, 'n2', 'f'),
    ])
    expect(notifications).toMatchObject([{ path: '/home/new/deep/f' }])
    expect(resolved).toEqual(['home'])
  })

  it('that are renamed take all that is known below them along', () => {
    const { translator } = setUp()
    translator.translate([record(closeWrite, 'docs', 'a')])
    const { notifications } = translator.translate([record(rename | onDirectory, 'home', 'docs', { newFolder: handle('home'), newName: 'papers', target: handle('docs') }), record(closeWrite, 'docs', 'a')])
    expect(notifications).toMatchObject([{ kind: 'renamed', isFolder: true, from: '/home/docs', path: '/home/papers' }, { kind: 'written', path: '/home/papers/a' }])
  })

  it('that are gone before anybody asked are passed over', () => {
    const { translator } = setUp()
    expect(translator.translate([record(closeWrite, 'unknown', 'a')]).notifications).toEqual([])
  })
})

describe('renames', () => {
  it('say on which side somebody watches', () => {
    const { translator } = setUp()
    const { notifications } = translator.translate([
      record(rename, 'home', 'a', { newFolder: handle('home'), newName: 'b' }), record(rename, 'away', 'a', { newFolder: handle('home'), newName: 'in' }),
      record(rename, 'home', 'b', { newFolder: handle('away'), newName: 'out' }), record(rename, 'away', 'a', { newFolder: handle('away'), newName: 'b' }),
    ])
    expect(notifications.map((found) => (found.kind === 'renamed' ? [found.fromPlace, found.place] : []))).toEqual([['local', 'local'], [undefined, 'local'], ['local', undefined]])
  })
})

describe('a lost queue and programs', () => {
  it('are noticed', () => {
    const { translator } = setUp(() => ({ pid: 7 }))
    const { notifications, overflow: lost } = translator.translate([
      { mask: overflow, pid: 0, fd: -1 }, record(openExec, 'bin', 'cp'), record(openExec, 'bin', 'ld-linux-x86-64.so.2'), record(create | closeWrite, 'stick', 'a'),
    ])
    expect(lost).toBe(true)
    expect(notifications).toMatchObject([{ path: '/media/S/a', place: 'removable', doer: { pid: 7, program: '/usr/bin/cp' } }])
  })
})

describe('file systems without handles', () => {
  it('tell of a file by its descriptor, and that it is new once', () => {
    const { translator } = setUp()
    const written: NotificationRecord = { mask: closeWrite, pid: 7, fd: 9 }
    expect(translator.translate([written, written, { ...written, fd: 8 }, { ...written, pid: 1 }]).notifications).toMatchObject([
      { kind: 'written', path: '/home/by-descriptor', created: true, place: 'local', doer: { pid: 7 } }, { kind: 'written', path: '/home/by-descriptor', created: false },
    ])
  })
})

describe('an overlay', () => {
  it('is not heard when it copies a file up, and tells of a deletion when it covers one', () => {
    const { translator } = setUp()
    const work = (name: string, to: string): NotificationRecord => record(rename, 'work', name, { newFolder: handle('home'), newName: to })
    expect(translator.translate([record(create | closeWrite, 'home', 'copied-up')]).notifications).toMatchObject([{ kind: 'written', created: false }])
    expect(translator.translate([work('#1', 'changed'), work('#2', 'gone'), record(rename, 'home', 'old', { newFolder: handle('work'), newName: '#3' })]).notifications).toMatchObject([{ kind: 'deleted', path: '/home/gone' }])
  })
})
