import { describe, expect, test } from 'vitest'
import { classOfProgram } from '../program-class.ts'
import type { StartedProgram } from './started.ts'
import { createUploadFilter, isOwnPlace, profileFolders } from './uploads.ts'

const buildProgram = (over: Partial<StartedProgram> = {}): StartedProgram => ({ pid: 7, ppid: 1, name: 'chromium', executable: '/usr/lib/chromium/chromium', uid: 1000, parentName: 'sh', arguments: ['chromium'], cwd: '/', input: '', container: '', ...over })

function createDevice(names: readonly string[] = ['chromium', 'thunderbird']) {
  const running = new Map<number, StartedProgram>([[7, buildProgram()], [8, buildProgram({ pid: 8, name: 'cat', executable: '/usr/bin/cat' })]])
  let nowMs = 1_000_000
  let reads = 0
  const looks = {
    called: (pid: number) => { reads += 1; return [running.get(pid)?.name ?? ''] },
    read: (pid: number) => running.get(pid),
  }
  const filter = createUploadFilter(new Set(names), looks, () => nowMs)
  filter.setScope({ roots: ['/home'], excludes: ['*.private'], own: ['/home/agent'], removable: [], networkShares: [], cloudFolders: [], remoteSessions: [] })
  const open = (path: string, { pid = 7, written = false, key = path } = {}): string | undefined => (filter.isChosen(pid) ? filter.opened({ pid, path, key, written })?.path : undefined)
  return { running, filter, open, wait: (ms: number) => { nowMs += ms }, reads: () => reads }
}

describe('whose reads count', () => {
  test('a program of a class, asked for once; others are asked again after a while, because numbers are used again', () => {
    const { filter, running, wait, reads } = createDevice()
    expect([filter.isChosen(7), filter.isChosen(7), filter.isChosen(8), filter.isChosen(8), filter.isChosen(9)]).toEqual([true, true, false, false, false])
    expect(reads()).toBe(3)
    running.set(8, buildProgram({ pid: 8, executable: '/usr/lib/thunderbird/thunderbird', name: 'thunderbird' }))
    expect(filter.isChosen(8)).toBe(false)
    wait(10_001)
    expect(filter.isChosen(8)).toBe(true)
  })
  test('a start of something else under the same number ends it, and the last one that ends leaves nobody', () => {
    const { filter, running } = createDevice()
    expect([filter.isChosen(7), filter.anyLeft()]).toEqual([true, true])
    running.set(7, buildProgram({ executable: '/usr/bin/vim', name: 'vim' }))
    expect(filter.started(7, ['vim'])).toBe(false)
    expect([filter.isChosen(7), filter.anyLeft()]).toEqual([false, false])
    running.set(7, buildProgram())
    expect(filter.started(7, ['chromium'])).toBe(true)
    running.delete(7)
    expect(filter.anyLeft()).toBe(false)
  })
  test('a program that the organisation allows is not looked at', () => {
    expect(createDevice(['thunderbird']).filter.isChosen(7)).toBe(false)
  })
})

describe('the portal of sandboxes', () => {
  const portal = buildProgram({ pid: 20, name: 'xdg-document-po', executable: '/usr/libexec/xdg-document-portal' })
  const sandboxed = (pid: number, id: string, over: Partial<StartedProgram> = {}): StartedProgram => buildProgram({ pid, container: `flatpak-${id}`, executable: `/app/bin/${id}`, ...over })
  const createPortal = (...programs: readonly StartedProgram[]) => {
    const device = createDevice(['xdg-document-po', 'chromium', 'firefox'])
    device.running.delete(7)
    for (const program of [portal, ...programs]) device.running.set(program.pid, program)
    for (const program of programs) device.filter.isChosen(program.pid)
    const opened = device.filter.isChosen(20) ? device.filter.opened({ pid: 20, path: '/home/a/plan.pdf', key: 'k', written: false }) : undefined
    return opened === undefined ? undefined : [opened.program.pid, opened.programClass]
  }
  test('stands for the one sandboxed browser of the same person, for itself among several, and for nobody where there is none', () => {
    const firefox = sandboxed(21, 'org.mozilla.firefox', { name: 'firefox' })
    expect(createPortal(firefox)).toEqual([21, 'browser'])
    expect(createPortal(firefox, sandboxed(22, 'org.chromium.Chromium', { name: 'chromium' }))).toEqual([20, 'sandbox_portal'])
    expect(createPortal({ ...firefox, uid: 1001 })).toBeUndefined()
    expect(createPortal({ ...firefox, container: '' })).toBeUndefined()
    expect(createPortal()).toBeUndefined()
  })
  test('alone is no reason to watch reads', () => {
    const device = createDevice(['xdg-document-po'])
    device.running.set(20, portal)
    expect([device.filter.started(20, ['xdg-document-po']), device.filter.isChosen(20), device.filter.anyLeft()]).toEqual([false, true, false])
  })
})

describe('which files count', () => {
  test('those of watched places, once a minute', () => {
    const { open, wait } = createDevice()
    expect([open('/home/a/plan.pdf'), open('/home/a/plan.pdf'), open('/srv/plan.pdf'), open('/home/a/diary.private'), open('/home/agent/x')]).toEqual(['/home/a/plan.pdf', undefined, undefined, undefined, undefined])
    wait(60_001)
    expect(open('/home/a/plan.pdf')).toBe('/home/a/plan.pdf')
  })
  test('not what the program has just written itself, also under its new name, but later', () => {
    const { open, wait } = createDevice()
    open('/home/a/x.crdownload', { written: true, key: 'inode 5' })
    expect(open('/home/a/x.zip', { key: 'inode 5' })).toBeUndefined()
    wait(10_001)
    expect(open('/home/a/x.zip', { key: 'inode 5' })).toBe('/home/a/x.zip')
  })
  test('not its profile, wherever its command line puts that', () => {
    const { open, running } = createDevice()
    running.set(7, buildProgram({ arguments: ['chromium', '--user-data-dir=/home/a/own profile/'] }))
    expect([open('/home/a/own profile/Default/History'), open('/home/a/own profiles.txt')]).toEqual([undefined, '/home/a/own profiles.txt'])
    expect(profileFolders(['firefox', '--profile', '/p/one', '-P', 'work', '--disk-cache-dir=/c'])).toEqual(['/p/one', '/c'])
  })
})

test.each([
  ['/home/a/.config/chromium/Default/Cookies', true], ['/home/a/.mozilla/firefox/x/places.sqlite', true], ['/home/a/.cache/thumbnails/x.png', true], ['/home/a/.local/share/fonts/x.ttf', true], ['/home/a/.var/app/org.mozilla.firefox/x', true],
  ['/home/a/snap/firefox/common/.mozilla/x', true], ['/home/a/snap/chromium/common/chromium/Default/x', true], ['/home/a/snap/firefox/4848/x', true], ['/home/a/x.part', true],
  ['/home/a/snap/firefox/common/Downloads/plan.pdf', false], ['/home/a/.ssh/id_ed25519', false], ['/home/a/.aws/credentials', false], ['/home/a/projects/.env', false], ['/home/a/Documents/plan.pdf', false], ['/home/a/config/plan', false],
])('%s is a program’s own: %s', (path, expected) => expect(isOwnPlace(path)).toBe(expected))

test.each([
  ['/opt/google/chrome/chrome', 'browser'], ['/snap/firefox/4848/usr/lib/firefox/firefox', 'browser'], ['/app/extra/chrome', 'browser'], ['/usr/lib/slack/slack', 'chat'], ['/opt/Signal/signal-desktop', 'chat'], ['/usr/lib/thunderbird/thunderbird-bin', 'mail'],
  ['/usr/libexec/xdg-document-portal', 'sandbox_portal'], ['/usr/bin/flameshot', 'screenshot'], [String.raw`C:\x\chrome.exe`, 'browser'], ['chrome.exe', 'browser'], ['/usr/bin/vim', undefined], ['', undefined],
])('%s is %s', (path, expected) => expect(classOfProgram(path)).toBe(expected))
