// A real dbus-daemon, run as another account, with a notification service of python behind it where the test wants a desktop.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { NoticeAnswer } from './contract.ts'
import { createLinuxNotices } from './linux.ts'

/** `nobody`: a bus refuses an account that no file of the system names. */
const UID = 65_534
const isRoot = process.getuid?.() === 0
const canRun = isRoot && existsSync('/usr/bin/dbus-daemon')

/** A desktop in as much as a notice needs one: node, as the person, over our own wire code. */
const SERVICE = join(import.meta.dirname, 'desktop.fixture.ts')

const children: ChildProcess[] = []
const folders: string[] = []
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(undefined)
    child.once('exit', resolve)
    child.kill('SIGKILL')
  })))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** `/run/user/UID/bus` under a folder of its own, served as that uid. */
async function startBus(): Promise<{ readonly root: string; readonly address: string }> {
  const root = mkdtempSync(join(tmpdir(), 'hf-bus-'))
  folders.push(root)
  chmodSync(root, 0o755)
  const folder = join(root, 'run/user', String(UID))
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  chownSync(folder, UID, UID)
  mkdirSync(join(root, 'proc'))
  mkdirSync(join(root, 'etc'))
  writeFileSync(join(root, 'etc/locale.conf'), 'LANG=de_DE.UTF-8\n')
  const address = `unix:path=${join(folder, 'bus')}`
  const config = join(root, 'bus.conf')
  writeFileSync(config, `<busconfig><type>session</type><listen>${address}</listen><auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`)
  children.push(spawn('/usr/bin/dbus-daemon', ['--nofork', `--config-file=${config}`], { uid: UID, gid: UID, env: {}, stdio: 'ignore', cwd: '/' }))
  await vi.waitFor(() => expect(existsSync(join(folder, 'bus'))).toBe(true), { timeout: 5000 })
  return { root, address }
}

/** @param act what the person does with a notice: `none`, `close`, a choice, or `type:TEXT` */
async function startDesktop(root: string, address: string, capabilities: readonly string[], act = 'none'): Promise<() => readonly unknown[]> {
  const out = join(root, 'shown.jsonl')
  writeFileSync(out, '')
  chownSync(out, UID, UID)
  const service = spawn(process.execPath, [SERVICE, address, String(UID), out, capabilities.join(','), act], { stdio: ['ignore', 'pipe', 'inherit'], env: {}, cwd: '/' })
  children.push(service)
  await new Promise((resolve) => service.stdout.once('data', resolve))
  return () => readFileSync(out, 'utf8').trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as unknown)
}

const log = { warn: vi.fn<(object: object, message: string) => void>() }
const notice = { uid: UID, title: 'A file with <card> numbers', body: 'plan & budget.xlsx\nwas copied to a stick', key: 'rule1', urgency: 'normal' } as const

describe.skipIf(!canRun)('on a person’s own session bus', () => {
  test('a notice is shown as that person, its markup escaped where the desktop reads any', async () => {
    const { root, address } = await startBus()
    const shown = await startDesktop(root, address, ['body', 'body-markup'])
    const notices = createLinuxNotices({ root, log })
    expect(await notices.show(notice)).toBe('shown')
    expect(shown()).toEqual([{ uid: UID, app: 'Holdfast', replaces: 0, title: 'A file with <card> numbers', body: 'plan &amp; budget.xlsx\nwas copied to a stick', actions: [] }])
    // The next of the same rule takes its place on the screen.
    expect(await notices.show(notice)).toBe('shown')
    expect(shown()[1]).toMatchObject({ replaces: 1 })
    await notices.close()
  })

  test('a desktop without markup gets the text as it is', async () => {
    const { root, address } = await startBus()
    const shown = await startDesktop(root, address, ['body'])
    expect(await createLinuxNotices({ root, log }).show(notice)).toBe('shown')
    expect(shown()[0]).toMatchObject({ body: notice.body })
  })

  test('the answer comes back, also a typed one and a notice that is closed', async () => {
    for (const [act, expected] of [['business_reason', { id: 'business_reason' }], ['close', { id: 'dismissed' }], ['type:For the auditors', { id: 'business_reason', text: 'For the auditors' }]] as const) {
      const { root, address } = await startBus()
      await startDesktop(root, address, ['body', 'actions', ...(act.startsWith('type:') ? ['inline-reply'] : [])], act)
      const answers: NoticeAnswer[] = []
      const notices = createLinuxNotices({ root, log })
      expect(await notices.show({ ...notice, choices: [{ id: 'acknowledged', label: 'OK' }, { id: 'business_reason', label: 'It is for work' }], typed: 'business_reason', onAnswer: (answer) => answers.push(answer) })).toBe('shown')
      await vi.waitFor(() => expect(answers).toEqual([expected]), { timeout: 5000 })
      await notices.close()
    }
  })

  test('a bus without a desktop, as over ssh, is no session', async () => {
    const { root } = await startBus()
    expect(await createLinuxNotices({ root, log }).show(notice)).toBe('no_session')
  })

  test('the only person with a bus is who sits there', async () => {
    const { root, address } = await startBus()
    const shown = await startDesktop(root, address, ['body'])
    expect(await createLinuxNotices({ root, log }).show({ ...notice, uid: -1 })).toBe('shown')
    expect(shown()).toHaveLength(1)
  })

  test('a socket of somebody else under the person’s name is not spoken to', async () => {
    const { root } = await startBus()
    chownSync(join(root, 'run/user', String(UID)), 0, 0)
    expect(await createLinuxNotices({ root, log }).show(notice)).toBe('no_session')
  })

  test('a bus that says nothing is given up, and the outcome says so', async () => {
    const { root, address } = await startBus()
    const bus = children[0]
    await startDesktop(root, address, ['body'])
    execFileSync('/bin/kill', ['-STOP', String(bus?.pid)])
    expect(await createLinuxNotices({ root, log }).show(notice)).toBe('failed')
  }, 15_000)
})

describe('without a desktop', () => {
  test('nobody signed in, and root, are no session', async () => {
    const root = mkdtempSync(join(tmpdir(), 'hf-bus-'))
    folders.push(root)
    mkdirSync(join(root, 'proc'))
    const notices = createLinuxNotices({ root, log })
    expect([await notices.show(notice), await notices.show({ ...notice, uid: 0 }), await notices.show({ ...notice, uid: -1 })]).toEqual(['no_session', 'no_session', 'no_session'])
  })

  test('the language is the person’s choice, then the system’s', async () => {
    const root = mkdtempSync(join(tmpdir(), 'hf-bus-'))
    folders.push(root)
    for (const folder of ['proc', 'etc', 'var/lib/AccountsService/users']) mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, 'etc/passwd'), 'alice:x:4242:4242::/home/alice:/bin/bash\n')
    writeFileSync(join(root, 'etc/default'), '')
    const notices = createLinuxNotices({ root, log })
    expect(await notices.languageOf(4242)).toBeUndefined()
    writeFileSync(join(root, 'etc/locale.conf'), 'LANG="en_GB.UTF-8"\n')
    expect(await notices.languageOf(4242)).toBe('en')
    writeFileSync(join(root, 'var/lib/AccountsService/users/alice'), '[User]\nLanguage=de_DE.UTF-8\n')
    expect(await notices.languageOf(4242)).toBe('de')
  })
})
