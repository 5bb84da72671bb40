// What is remembered from one look to the next: files that come, go and change, logs that shrink, accounts that are new.
import { wire } from '@holdfast/proto'
import { renameSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFakePlatform, type FakePlatform } from '../../platform/fake-platform.ts'
import { type FakeMemory, type FakeRun, startSensor, until } from '../fake-context.ts'
import { securityFeaturesSensor } from '../security-features.ts'

const ROOT_HOME = '/root'

const { FEATURE_STATE_ENABLED: ENABLED, FEATURE_STATE_WEAKENED: WEAKENED, FEATURE_STATE_ABSENT: ABSENT } = wire.FeatureState
let device: FakePlatform
let memory: FakeMemory
let run: FakeRun | undefined
beforeEach(() => {
  device = createFakePlatform({ '/etc/passwd': 'root:x:0:0::/root:/bin/bash\nalice:x:1000:1000::/home/alice:/bin/bash\n', [`${ROOT_HOME}/x`]: '', '/home/alice/.bashrc': 'a\n', '/etc/skel/.bashrc': 'a\n' })
  memory = new Map()
})
afterEach(async () => {
  await run?.stop()
  run = undefined
  device.dispose()
})

async function start(...features: readonly string[]): Promise<FakeRun> {
  run = startSensor(securityFeaturesSensor, { platform: device, memory, policy: { securityFeatures: { enabled: true, features: [...features], pollIntervalSecs: 1 } } })
  const now = run
  await until(() => now.reports.length > 0)
  return now
}
const changes = (of: FakeRun): readonly wire.SecurityFeatureChanged.$Properties[] => of.emitted.flatMap(({ detail }) => detail.securityFeatureChanged ?? [])
/** Two polls have looked and told nothing more. */
const settle = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2200))

describe('files that make programs start', { timeout: 30_000 }, () => {
  test('what came, what is another and what went has a name', async () => {
    device.write('/etc/cron.d/old', '1')
    device.write('/etc/cron.d/same', '1')
    const now = await start('persistence.cron')
    device.write('/etc/cron.d/new', '1')
    await until(() => changes(now).length === 1)
    device.write('/etc/cron.d/old', '2')
    await until(() => changes(now).length === 2)
    device.remove('/etc/cron.d/old')
    await until(() => changes(now).length === 3)
    expect(changes(now).map(({ toValue }) => toValue?.replace(/^.*?; /, ''))).toEqual(['new cron.d/new', 'changed cron.d/old', 'gone cron.d/old'])
    expect(new Set(changes(now).map(({ from, to, seenBy }) => `${from} ${to} ${seenBy}`))).toEqual(new Set([`${ENABLED} ${ENABLED} file`]))
  })

  test('a drop-in one folder deeper is seen, also in a folder that comes later', async () => {
    device.write('/etc/systemd/system/a.service', '1')
    device.write('/etc/systemd/system/a.service.d/x.conf', '1')
    const now = await start('persistence.systemd')
    device.write('/etc/systemd/system/a.service.d/x.conf', '2')
    await until(() => changes(now).length === 1)
    device.write('/etc/systemd/system/b.service.d/y.conf', '1')
    await until(() => changes(now).some(({ toValue }) => toValue?.includes('b.service.d/y.conf') === true))
    expect(changes(now)[0]?.toValue).toContain('changed systemd/system/a.service.d/x.conf')
  })

  test('what an editor leaves behind is nobody’s start-up', async () => {
    device.write('/etc/cron.d/a', '1')
    const now = await start('persistence.cron')
    device.write('/etc/cron.d/a~', '1')
    device.write('/etc/cron.d/a.dpkg-new', '1')
    await settle()
    expect(changes(now)).toEqual([])
  })

  test('a new account is compared with /etc/skel: what it got from there is no change, what it did not is one', async () => {
    const now = await start('persistence.shell_profiles')
    device.write('/home/bob/.bashrc', 'a\n')
    device.write('/home/eve/.bashrc', 'a\n')
    device.write('/home/eve/.bash_logout', 'x\n')
    device.write('/etc/passwd', 'alice:x:1000:1000::/home/alice:/bin/bash\nbob:x:1001:1001::/home/bob:/bin/bash\neve:x:1002:1002::/home/eve:/bin/bash\n')
    await until(() => changes(now).length === 1)
    await settle()
    expect(now.emitted.map(({ actor }) => actor)).toEqual([{ uid: 1002, attribution: 'file_owner' }])
    expect(changes(now)[0]?.toValue).toContain('new ~eve/.bash_logout')
  })

  test('a change while the agent was off is told late, with its name', async () => {
    device.write('/etc/cron.d/a', '1')
    const first = await start('persistence.cron')
    await first.stop()
    device.write('/etc/cron.d/b', '1')
    const second = await start('persistence.cron')
    await until(() => second.emitted.length === 1)
    expect([second.emitted[0]?.recovered, changes(second)[0]?.toValue?.endsWith('; new cron.d/b')]).toEqual([true, true])
  })
})

describe('what was written down', { timeout: 30_000 }, () => {
  const LOG = '/var/log/auth.log'
  const long = 'line\n'.repeat(200)

  test('a log that is cut is told once, and again when it is cut again', async () => {
    device.write(LOG, long)
    const now = await start('logging.files')
    truncateSync(join(device.root, LOG), 0)
    await until(() => changes(now).length === 1)
    await settle()
    expect(changes(now)).toMatchObject([{ from: ENABLED, to: WEAKENED, toValue: '/var/log/auth.log cut from 1000 to 0 bytes' }])
    device.write(LOG, long)
    await settle()
    device.write(LOG, 'x')
    await until(() => changes(now).length === 2)
    expect(changes(now)[1]).toMatchObject({ from: ENABLED, to: WEAKENED })
  })

  test('a log that is removed is absent, and kept again when it comes back', async () => {
    device.write(LOG, long)
    const now = await start('logging.files')
    device.remove(LOG)
    await until(() => changes(now).length === 1)
    device.write(LOG, 'x')
    await until(() => changes(now).length === 2)
    expect(changes(now).map(({ to }) => to)).toEqual([ABSENT, ENABLED])
  })

  test('growth and rotation by a new name are none, and neither is a copy that is cut afterwards', async () => {
    device.write(LOG, long)
    device.write('/var/log/other.log', long)
    const now = await start('logging.files')
    device.write(LOG, `${long}more`)
    await settle()
    renameSync(join(device.root, LOG), join(device.root, `${LOG}.1`))
    device.write(LOG, '')
    device.write('/var/log/other.log.1', long)
    truncateSync(join(device.root, '/var/log/other.log'), 0)
    await settle()
    expect(changes(now)).toEqual([])
  })

  test('the journal may drop its oldest file, and not its running one', async () => {
    const file = (name: string, bytes: number): void => device.write(`/var/log/journal/m/${name}`, 'x'.repeat(bytes))
    for (const [name, bytes] of [['system.journal', 8000], ['system@1.journal', 8000], ['system@2.journal', 8000]] as const) file(name, bytes)
    const now = await start('logging.journal_files')
    device.remove('/var/log/journal/m/system@1.journal')
    await settle()
    expect(changes(now)).toEqual([])
    device.remove('/var/log/journal/m/system.journal')
    await until(() => changes(now).length === 1)
    expect(changes(now)[0]).toMatchObject({ to: WEAKENED })
  })

  test('a history that loses a few lines is kept; one that is emptied, removed or led to nowhere is told', async () => {
    const history = '/home/alice/.bash_history'
    device.write(history, long)
    const now = await start('shell.history_files')
    device.write(history, long.slice(100))
    await settle()
    expect(changes(now)).toEqual([])
    device.write(history, '\n')
    await until(() => changes(now).length === 1)
    device.remove(history)
    await until(() => changes(now).length === 2)
    symlinkSync('/dev/null', join(device.root, history))
    await until(() => changes(now).length === 3)
    expect(changes(now).map(({ to }) => to)).toEqual([WEAKENED, ABSENT, WEAKENED])
  })
})

describe('accounts', { timeout: 30_000 }, () => {
  test('a second root is told by name, and an account whose home is another’s is looked at once', async () => {
    const now = await start('accounts.superusers', 'accounts.local', 'persistence.shell_profiles')
    device.write('/etc/passwd', 'root:x:0:0::/root:/bin/bash\nalice:x:1000:1000::/home/alice:/bin/bash\nbutter:x:1001:0::/root:/bin/bash\n')
    await until(() => changes(now).length === 2)
    await settle()
    expect(changes(now).map(({ feature, toValue }) => `${feature} ${toValue}`)).toEqual(['accounts.superusers butter (uid 1001, gid 0)', expect.stringMatching(/^accounts.local 3 rows, \w{12}; new butter$/)])
  })

  test('of a password that changes no more is told than whose', async () => {
    device.write('/etc/shadow', 'root:*:1::::::\nalice:$6$secret:1::::::\n')
    const now = await start('accounts.passwords')
    device.write('/etc/shadow', 'root:*:1::::::\nalice:$6$other:1::::::\n')
    await until(() => changes(now).length === 1)
    device.write('/etc/shadow', 'root:*:1::::::\nalice::1::::::\n')
    await until(() => changes(now).length === 2)
    expect(changes(now)[0]?.toValue).toMatch(/^2 rows, \w{12}; changed alice$/)
    expect(changes(now)[1]).toMatchObject({ to: WEAKENED, toValue: expect.stringContaining('alice has no password') as string })
    expect(JSON.stringify([...memory])).not.toContain('secret')
  })
})
