// Rules that stand in the kernel and in no file: told at once, with who changed them, and asked for seldom where they are told.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFakePlatform, type FakePlatform } from '../../platform/fake-platform.ts'
import type { KernelRules, Platform, ProcessInfo, RuleChanger } from '../../platform/platform.ts'
import { type FakeRun, startSensor, until } from '../fake-context.ts'
import { securityFeaturesSensor } from '../security-features.ts'

let device: FakePlatform
let run: FakeRun | undefined
let enabledState = 1
const bells = new Map<KernelRules, (changer: RuleChanger) => void>()
beforeEach(() => {
  enabledState = 1
  bells.clear()
  device = createFakePlatform({ '/etc/passwd': 'root:x:0:0::/root:/bin/bash\nalice:x:1000:1000::/home/alice:/bin/bash\n', '/usr/sbin/auditctl': '' })
  device.setProgram('auditctl', () => ({ code: 0, stdout: `enabled ${enabledState}\n`, stderr: '' }))
})
afterEach(async () => {
  await run?.stop()
  run = undefined
  device.dispose()
})

async function start(platform: Partial<Platform>): Promise<FakeRun> {
  run = startSensor(securityFeaturesSensor, { platform: { ...device, ...platform }, policy: { securityFeatures: { enabled: true, features: ['audit.kernel'], pollIntervalSecs: 1 } } })
  const now = run
  await until(() => now.reports.length > 0)
  return now
}
const telling: Partial<Platform> = { watchKernelRules: (rules, onChange) => void bells.set(rules, onChange) }
const asked = (): number => device.started.filter((command) => command === 'auditctl -s').length

describe('rules of the kernel', { timeout: 30_000 }, () => {
  test('a change that the kernel tells is told without waiting for the next question, with the person who signed in', async () => {
    const now = await start({ ...telling, process: (pid): ProcessInfo | undefined => (pid === 77 ? { pid, ppid: 5, name: 'auditctl', executable: '/usr/sbin/auditctl', uid: 0, loginUid: 1000, parentName: 'sudo' } : undefined) })
    enabledState = 0
    bells.get('audit')?.({ pid: 77 })
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]).toMatchObject({ actor: { uid: 1000, attribution: 'process', process: { name: 'auditctl', parentName: 'sudo' } }, detail: { securityFeatureChanged: { feature: 'audit.kernel', toValue: 'enabled 0', seenBy: 'kernel' } } })
    expect(asked()).toBe(2)
  })

  test('a program that has ended is named as far as the kernel knows it, and nobody is accused', async () => {
    const now = await start({ ...telling, process: () => undefined })
    enabledState = 0
    bells.get('audit')?.({ pid: 77, name: 'nft' })
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]?.actor).toEqual({ process: { pid: 77, name: 'nft' } })
  })

  test('a bell without a change tells nothing', async () => {
    const now = await start(telling)
    bells.get('audit')?.({})
    await until(() => asked() === 2)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(now.emitted).toEqual([])
  })

  test('where the kernel refuses to tell, the sensor asks as often as before and sees the change all the same', async () => {
    const now = await start({ watchKernelRules: () => { throw new Error('netlink 9: errno 1') } })
    enabledState = 0
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]).toMatchObject({ detail: { securityFeatureChanged: { feature: 'audit.kernel', seenBy: 'command' } } })
  })
})
