// Whatever a sensor cannot see on a device, it says why and what an administrator can do: over the registry, on every system.
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createFakePlatform, type FakePlatform } from '../platform/fake-platform.ts'
import { DEFAULT_TIMES, superviseSensor } from '../runner/supervisor.ts'
import { startSensor, until } from './fake-context.ts'
import { sensors } from './registry.ts'
import type { Sensor, TierReport } from './sensor.ts'

const systems = ['linux', 'darwin', 'win32', 'freebsd'] as const
let device: FakePlatform | undefined
afterEach(() => device?.dispose())

const policyFor = ({ root }: FakePlatform): Parameters<typeof startSensor>[1]['policy'] => ({
  files: { enabled: true, roots: [join(root, 'watched'), join(root, 'nowhere')], kinds: ['file_copied', 'file_created'], removableRoots: [join(root, 'media')] },
  removableMedia: { enabled: true }, securityFeatures: { enabled: true, pollIntervalSecs: 1 }, applications: { enabled: true, pollIntervalSecs: 1, runs: true, deniedPrograms: ['ngrok'], transfers: true }, printing: { enabled: true },
})

/** A device on which little can be read: programs are missing or refuse, and lists are closed. */
function poorDevice(os: NodeJS.Platform, elevated: boolean): FakePlatform {
  const poor = createFakePlatform({ '/etc/passwd': 'alice:x:1000:1000::/home/alice:/bin/bash\n', '/etc/ssh/sshd_config': 'PermitRootLogin yes\n', '/etc/sudoers': 'root ALL=(ALL) ALL\n' }, { os, elevated })
  for (const folder of ['watched', 'agent', 'etc/sudoers.d', 'home/alice']) mkdirSync(join(poor.root, folder), { recursive: true })
  chmodSync(join(poor.root, 'etc/sudoers'), 0)
  for (const program of ['ufw', 'iptables-save', 'nft', 'auditctl', 'fdesetup', 'csrutil', 'spctl', 'powershell', 'wevtutil', 'reg', 'socketfilterfw', 'manage-bde']) poor.setProgram(program, () => ({ code: 1, stdout: '', stderr: 'Access is denied.' }))
  return poor
}

const mute = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const supervise = (sensor: Sensor, platform: FakePlatform) =>
  superviseSensor(sensor, { platform, enrichment: {} as never, emit: async () => {}, emitDegraded: () => {}, memory: { get: async () => undefined, set: async () => {} }, now: () => 1_800_000_000_000, log: mute, times: DEFAULT_TIMES, pace: () => 1, onChange: () => {} })

/** Reports that leave the reader alone. */
const unexplained = (reports: readonly TierReport[]): readonly TierReport[] => reports.filter(({ tier, reason, fix }) => (tier === 'full' ? reason !== '' || fix !== '' : reason.length < 6 || fix.length < 6))

describe.each(sensors.map((sensor) => [sensor.name, sensor] as const))('%s', (_, sensor) => {
  test.each(systems.filter((os) => !sensor.platforms.includes(os)))('is blind on %s, with the reason and what to do', (os) => {
    device = createFakePlatform({}, { os })
    const status = supervise(sensor, device).status()
    expect(status.tier).toBe('blind')
    expect(unexplained([status as TierReport])).toEqual([])
  })

  // A watch of the whole kernel cannot be put on a folder that only plays a device, so these two are not root here.
  const rights = ['files', 'processes'].includes(sensor.name) ? [false] : [true, false]
  test.each(systems.filter((os) => sensor.platforms.includes(os)).flatMap((os) => rights.map((elevated) => [os, elevated ? 'as root' : 'without root', elevated] as const)))('on %s %s explains whatever it does not see', async (os, _words, elevated) => {
    device = poorDevice(os, elevated)
    const run = startSensor(sensor, { platform: device, agentFolder: join(device.root, 'agent'), policy: policyFor(device) })
    await until(() => run.reports.length > 0)
    await run.stop()
    expect(unexplained(run.reports)).toEqual([])
  })

  test('says what to do also where no policy asks for it', () => {
    device = createFakePlatform({}, { os: sensor.platforms[0] ?? 'linux' })
    const status = supervise(sensor, device).status()
    expect([status.tier, status.reason !== '', status.fix !== '']).toEqual(['off', true, true])
  })
})

test('a sensor that gives a reason and nothing to do is given the way to the causes', async () => {
  device = createFakePlatform({}, { os: 'linux' })
  const silent: Sensor = {
    name: 'silent', summary: 'Nothing.', emits: ['file_deleted'], platforms: ['linux'], unsupportedReason: 'Not here.', wanted: () => true,
    start: async (context) => {
      context.report({ tier: 'degraded', reason: 'Something is missing.', fix: '' })
      await new Promise<void>((resolve) => context.signal.addEventListener('abort', () => resolve(), { once: true }))
    },
  }
  const supervised = supervise(silent, device)
  await (await supervised.follow({}))?.alive
  expect(supervised.status().fix).toContain('holdfast-agent doctor')
  await supervised.stop()
})
