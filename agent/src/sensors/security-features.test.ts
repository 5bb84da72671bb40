import { wire } from '@holdfast/proto'
import { renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFakePlatform, type FakePlatform } from '../platform/fake-platform.ts'
import { type FakeMemory, type FakeRun, startSensor, until } from './fake-context.ts'
import { chosenFeatures, securityFeaturesSensor } from './security-features.ts'

const { FEATURE_STATE_ENABLED: ENABLED, FEATURE_STATE_DISABLED: DISABLED, FEATURE_STATE_WEAKENED: WEAKENED, FEATURE_STATE_ABSENT: ABSENT } = wire.FeatureState
const UFW = '/etc/ufw/ufw.conf'
/** An interval that no test waits for: what is seen, the watch has seen. */
const SELDOM = 3600

let device: FakePlatform
let memory: FakeMemory
let run: FakeRun | undefined
beforeEach(() => {
  device = createFakePlatform({ [UFW]: 'ENABLED=yes\n' })
  memory = new Map()
})
afterEach(async () => {
  await run?.stop()
  run = undefined
  device.dispose()
})

const start = (features: readonly string[] = ['firewall.ufw'], pollIntervalSecs = SELDOM): FakeRun => {
  run = startSensor(securityFeaturesSensor, { platform: device, memory, policy: { securityFeatures: { enabled: true, features: [...features], pollIntervalSecs } } })
  return run
}
const looked = async (of: FakeRun): Promise<void> => until(() => of.reports.length > 0)
const changes = (of: FakeRun): readonly wire.SecurityFeatureChanged.$Properties[] => of.emitted.flatMap(({ detail }) => detail.securityFeatureChanged ?? [])

describe('a change that is watched', () => {
  test('switching a firewall off and on again is seen by its file, with both states and values', async () => {
    device.setSessions([{ account: 'alice', remote: false, host: '' }])
    const now = start()
    await looked(now)
    expect(now.emitted).toEqual([])
    device.write(UFW, 'ENABLED=no\n')
    await until(() => now.emitted.length === 1)
    // As `sed -i` and ufw itself do it.
    device.write('/etc/ufw/ufw.conf.new', 'ENABLED=yes\n')
    renameSync(join(device.root, '/etc/ufw/ufw.conf.new'), join(device.root, UFW))
    await until(() => now.emitted.length === 2)
    expect(changes(now)).toEqual([
      { feature: 'firewall.ufw', from: ENABLED, to: DISABLED, fromValue: expect.stringMatching(/^ENABLED=yes, \w{12}$/) as string, toValue: expect.stringMatching(/^ENABLED=no, \w{12}$/) as string, seenBy: 'file' },
      { feature: 'firewall.ufw', from: DISABLED, to: ENABLED, fromValue: expect.stringMatching(/^ENABLED=no, /) as string, toValue: expect.stringMatching(/^ENABLED=yes, /) as string, seenBy: 'file' },
    ])
    expect(now.emitted[0]).toMatchObject({ actor: { account: 'alice', attribution: 'session' }, occurredAtMs: 1_800_000_000_000 })
    expect(now.emitted[0]?.recovered).toBeUndefined()
  })

  test('removing the package is a change to absent', async () => {
    const now = start()
    await looked(now)
    device.remove('/etc/ufw')
    await until(() => now.emitted.length === 1)
    expect(changes(now)[0]).toMatchObject({ to: ABSENT })
  })

  test('a setting of an account is its owner’s doing', async () => {
    device.write('/etc/passwd', 'alice:x:1000:1000::/home/alice:/bin/bash\n')
    device.write('/home/alice/.bashrc', '')
    const now = start(['shell.history'])
    await looked(now)
    device.write('/home/alice/.bashrc', 'unset HISTFILE\n')
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]).toMatchObject({ actor: { uid: 1000, attribution: 'file_owner' }, detail: { securityFeatureChanged: { feature: 'shell.history', to: WEAKENED } } })
  })

  test('a setting of the kernel, which no watch sees, is found by the poll', async () => {
    device.write('/proc/sys/kernel/randomize_va_space', '2\n')
    const now = start(['kernel.randomize_va_space'], 1)
    await looked(now)
    device.write('/proc/sys/kernel/randomize_va_space', '0\n')
    await until(() => now.emitted.length === 1)
    expect(changes(now)).toEqual([{ feature: 'kernel.randomize_va_space', from: ENABLED, to: DISABLED, fromValue: '2', toValue: '0', seenBy: 'poll' }])
  })

  test('a program is asked at once when its file changes, and not at every poll', async () => {
    device.write('/usr/sbin/nft', '')
    let ruleset = 'table ip f {\n chain i {\n type filter hook input priority 0; policy drop;\n }\n}\n'
    device.setProgram('nft', () => ({ code: 0, stdout: ruleset, stderr: '' }))
    const now = start(['firewall.nftables', 'kernel.sysrq'], 1)
    device.write('/proc/sys/kernel/sysrq', '0\n')
    await looked(now)
    await until(() => now.emitted.length > 0 || memory.size > 0)
    device.write('/proc/sys/kernel/sysrq', '1\n')
    await until(() => changes(now).some(({ feature }) => feature === 'kernel.sysrq'))
    expect(device.started).toHaveLength(1)
    ruleset = ''
    device.write(UFW, 'ENABLED=no\n')
    await until(() => changes(now).some(({ feature }) => feature === 'firewall.nftables'))
    expect(changes(now).at(-1)).toMatchObject({ to: DISABLED, toValue: 'no rules', seenBy: 'command' })
  })
})

describe('a change that nobody saw', () => {
  test('while the agent was off is said late', async () => {
    const first = start()
    await looked(first)
    await first.stop()
    device.write(UFW, 'ENABLED=no\n')
    const second = start()
    await until(() => second.emitted.length === 1)
    expect(second.emitted[0]).toMatchObject({ recovered: true, detail: { securityFeatureChanged: { from: ENABLED, to: DISABLED } } })
    await second.stop()
    const third = start()
    await looked(third)
    expect(third.emitted).toEqual([])
  })

  test('a feature that a policy asks for anew begins without a change', async () => {
    const first = start(['preload'])
    await looked(first)
    await first.stop()
    const second = start(['preload', 'firewall.ufw'])
    await looked(second)
    expect(second.emitted).toEqual([])
  })

  test('what a policy does not ask for is forgotten, so that it is not judged later', async () => {
    const first = start(['firewall.ufw'])
    await looked(first)
    await first.stop()
    const without = start(['preload'])
    await looked(without)
    await without.stop()
    device.write(UFW, 'ENABLED=no\n')
    const again = start(['firewall.ufw'])
    await looked(again)
    expect(again.emitted).toEqual([])
  })

  test('a damaged memory is a first start', async () => {
    memory.set('baseline', '{"parts":1,"generation":"a"}')
    const now = start()
    await looked(now)
    expect(now.emitted).toEqual([])
    device.write(UFW, 'ENABLED=no\n')
    await until(() => now.emitted.length === 1)
    expect(now.emitted).toHaveLength(1)
  })
})

describe('what cannot be read', () => {
  test('is no change: the tier is degraded, and the last known state is compared when it can be read again', async () => {
    const now = start()
    await looked(now)
    device.remove(UFW)
    device.write('/etc/ufw/ufw.conf/folder', '')
    await until(() => now.reports.at(-1)?.tier === 'degraded')
    expect(now.reports.at(-1)).toMatchObject({ reason: '/etc/ufw/ufw.conf cannot be read', fix: 'Run the agent as root.' })
    expect(changes(now).filter(({ to }) => to === DISABLED)).toEqual([])
    device.remove('/etc/ufw/ufw.conf')
    device.write(UFW, 'ENABLED=no\n')
    await until(() => changes(now).some(({ to }) => to === DISABLED))
    expect(now.reports.at(-1)?.tier).toBe('full')
  })

  test('an endless device in place of a file hangs nothing', async () => {
    device.remove('/etc/ufw')
    device.write('/etc/ufw/x', '')
    symlinkSync('/dev/zero', join(device.root, UFW))
    const now = start()
    await looked(now)
    expect(now.reports.at(-1)?.tier).toBe('degraded')
  })
})

describe('limits', () => {
  test('a value has at most 512 characters', async () => {
    const now = start(['preload'])
    await looked(now)
    device.write('/etc/ld.so.preload', '/usr/lib/ä.so\n'.repeat(500))
    await until(() => now.emitted.length === 1)
    expect(changes(now)[0]?.toValue).toHaveLength(512)
  })

  test('a program that hangs does not keep the sensor from ending', async () => {
    device.write('/usr/sbin/nft', '')
    let asked = false
    const hanging = { ...device, run: () => new Promise<never>(() => { asked = true }) }
    run = startSensor(securityFeaturesSensor, { platform: hanging, memory, policy: { securityFeatures: { enabled: true, features: ['firewall.nftables'] } } })
    await until(() => asked)
    await run.stop()
    expect(run.emitted).toEqual([])
  })

  test('names that this agent does not know choose nothing', () => {
    expect(chosenFeatures(['firewall.of-the-future'])).toEqual([])
    expect(chosenFeatures([]).length).toBeGreaterThan(50)
  })
})
