// What every sensor of the registry must do, whatever it watches: a new line there is covered here.
import { ACTIVITY_KINDS } from '@holdfast/proto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildBlockDevice, buildMount, createFakePlatform, type FakePlatform } from '../platform/fake-platform.ts'
import { startSensor, until } from './fake-context.ts'
import { sensors } from './registry.ts'

/** A control file of CUPS: `job-printer-uri`, `job-originating-user-name` and a `job-state` of completed. */
const PRINT_JOB = '\x02\x00\x00\x02\x00\x00\x00\x01\x01\x45\x00\x0fjob-printer-uri\x00\x12ipp://h/printers/p\x42\x00\x19job-originating-user-name\x00\x05alice\x23\x00\x09job-state\x00\x04\x00\x00\x00\x09\x03'

let device: FakePlatform
beforeEach(() => {
  // Not elevated: a watch of the whole kernel cannot be put on a folder that only plays a device.
  device = createFakePlatform({ '/etc/passwd': 'alice:x:1000:1000::/home/alice:/bin/bash\n', '/home/alice/file.txt': 'text', '/etc/ufw/ufw.conf': 'ENABLED=yes\n', '/var/lib/dpkg/status': 'Package: bash\nStatus: install ok installed\nVersion: 1\n' }, { elevated: false })
  mkdirSync(join(device.root, 'watched'))
  mkdirSync(join(device.root, 'var/spool/cups'), { recursive: true })
  mkdirSync(join(device.root, 'agent'))
})
afterEach(() => device.dispose())

/** A policy that asks for everything. */
const policy = (): Parameters<typeof startSensor>[1]['policy'] => ({
  files: { enabled: true, roots: [join(device.root, 'watched')], kinds: ['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_deleted'], hashLimitBytes: 1 << 20, removableRoots: [join(device.root, 'media')] },
  removableMedia: { enabled: true },
  securityFeatures: { enabled: true, pollIntervalSecs: 1 },
  applications: { enabled: true, pollIntervalSecs: 1, runs: true, deniedPrograms: ['ngrok'] },
  printing: { enabled: true },
})

/** Something of everything happens. */
function stir(): void {
  device.write('/watched/new.txt', 'new')
  device.write('/etc/ufw/ufw.conf', 'ENABLED=no\n')
  device.write('/var/lib/dpkg/status', 'Package: nmap\nStatus: install ok installed\nVersion: 1\n')
  device.write('/proc/4242/stat', '4242 (ngrok) S 1 4242\n')
  device.write('/proc/4242/status', 'Name:\tngrok\nPPid:\t1\nUid:\t1000\t1000\t1000\t1000\n')
  device.write('/proc/4242/comm', 'ngrok\n')
  device.write('/var/spool/cups/c00001', PRINT_JOB)
  device.setBlockDevices([buildBlockDevice()])
  device.setMounts([buildMount()])
}

test('names are kebab-case and unique', () => {
  expect(new Set(sensors.map(({ name }) => name)).size).toBe(sensors.length)
  for (const { name } of sensors) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
})

describe.each(sensors.map((sensor) => [sensor.name, sensor] as const))('%s', (_, sensor) => {
  test('says what it is, emits known kinds only, and why it is blind where it is', () => {
    expect(sensor.summary).toMatch(/^[A-Z].{10,}\.$/)
    expect(sensor.unsupportedReason).toMatch(/^[A-Z].{10,}\.?$/)
    expect(sensor.platforms.length).toBeGreaterThan(0)
    expect(sensor.emits.length).toBeGreaterThan(0)
    for (const kind of sensor.emits) expect(ACTIVITY_KINDS).toContain(kind)
  })

  test('is wanted by a policy that asks for it, and not by an empty one', () => {
    expect([sensor.wanted(policy()), sensor.wanted({})]).toEqual([true, false])
  })

  test('reports how much it sees, with a reason whenever that is not everything', async () => {
    const run = startSensor(sensor, { platform: device, agentFolder: join(device.root, 'agent'), policy: policy() })
    await until(() => run.reports.length > 0)
    await run.stop()
    for (const { tier, reason } of run.reports) expect(tier === 'full' ? reason === '' : reason !== '').toBe(true)
  })

  test('ends within a second of being told, and emits nothing after that', async () => {
    const run = startSensor(sensor, { platform: device, agentFolder: join(device.root, 'agent'), policy: policy() })
    await until(() => run.reports.length > 0)
    const stopped = run.stop()
    const late = new Promise<string>((resolve) => setTimeout(() => resolve('late'), 1000))
    expect(await Promise.race([stopped, late])).toBeUndefined()
    const emitted = run.emitted.length
    stir()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(run.emitted.length).toBe(emitted)
  })

  test('ends at once when it is told before it has begun', async () => {
    const run = startSensor(sensor, { platform: device, agentFolder: join(device.root, 'agent'), policy: policy() })
    await run.stop()
    expect(run.emitted).toEqual([])
  })

  test('starts again on the same memory after a stop, as a change of policy does it', async () => {
    const memory = new Map<string, string>()
    for (let round = 0; round < 2; round++) {
      const run = startSensor(sensor, { platform: device, agentFolder: join(device.root, 'agent'), policy: policy(), memory })
      await until(() => run.reports.length > 0)
      await run.stop()
      expect(run.emitted).toEqual([])
    }
  })

  test('emits only what it has declared', async () => {
    const run = startSensor(sensor, { platform: device, agentFolder: join(device.root, 'agent'), policy: policy() })
    await until(() => run.reports.length > 0)
    stir()
    await until(() => run.emitted.length > 0)
    await run.stop()
    for (const { kind } of run.emitted) expect(sensor.emits).toContain(kind)
  })

  test('proves that it is alive', async () => {
    const run = startSensor(sensor, { platform: device, agentFolder: join(device.root, 'agent'), policy: policy() })
    await until(() => run.reports.length > 0)
    expect(await (sensor.selfTest?.(run.context) ?? true)).toBe(true)
    await run.stop()
  })
})
