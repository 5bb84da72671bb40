import { hostname, release } from 'node:os'
import { join } from 'node:path'
import type { BlockDevice, Platform } from '../platform.ts'
import { createRun, posixEnvironment } from '../run-program.ts'
import { createAccounts } from './accounts.ts'
import { blockDeviceNames, blockDeviceOfNumber, bytesWritten, readBlockDevice } from './block-devices.ts'
import { readHardwareId } from './hardware-id.ts'
import { watchKernelRules } from './kernel-rules.ts'
import { watchBlockDevices } from './block-device-watch.ts'
import { createMountWatch } from './mount-watch.ts'
import { parseMountInfo } from './mountinfo.ts'
import { readPortableDevices } from './portable-devices.ts'
import { readProcess } from './processes.ts'
import { readText } from './read-text.ts'
import { readSessions } from './sessions.ts'
import { createVolumeReader } from './volume-content.ts'

/** A device with ten thousand mounts has 2 MiB of them. */
const MAX_MOUNTINFO_BYTES = 16 << 20

/** os-release(5): `KEY=value` or `KEY="value"`. */
export function parseOsRelease(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/^([A-Z_]+)=(?:"([^"\n]*)"|'([^'\n]*)'|([^\n]*))$/gm)].map((match) => [match[1] ?? '', match[2] ?? match[3] ?? match[4] ?? '']))
}

/**
 * The facts of a Linux device.
 *
 * @param root folder that stands for `/`; programs and accounts are looked up under it too
 */
export function createLinuxPlatform(root = '/'): Platform {
  const run = createRun({ root, environment: posixEnvironment })
  const accounts = createAccounts(root, run)
  const volumes = createVolumeReader(root, run)
  return {
    os: 'linux',
    elevated: process.geteuid?.() === 0,
    root,
    mounts: async () => parseMountInfo(readText(join(root, 'proc/self/mountinfo'), MAX_MOUNTINFO_BYTES) ?? ''),
    watchMounts: createMountWatch(root),
    watchBlockDevices: (onChange, signal) => watchBlockDevices(root, onChange, signal, (name) => volumes.forget(name)),
    async blockDevice(device) {
      const known = blockDeviceOfNumber(root, device)
      if (known !== undefined) return known
      return blockDeviceNames(root)
        .map((name): BlockDevice | undefined => readBlockDevice(root, name))
        .find((found) => found?.device === device || found?.name === device)
    },
    blockDevices: async () => blockDeviceNames(root).flatMap((name) => readBlockDevice(root, name) ?? []),
    portableDevices: async () => readPortableDevices(root),
    volumeContent: (device) => volumes.read(device),
    bytesWritten: (name) => bytesWritten(root, name),
    // There is one kernel, whatever folder stands for its files.
    ...(root === '/' ? { watchKernelRules } : {}),
    process: (pid) => readProcess(root, pid),
    accountByUid: (uid) => accounts.byUid(uid),
    accounts: async () => accounts.all(),
    sessions: async () => readSessions(root),
    hardwareId: async () => readHardwareId(root),
    async description() {
      const osRelease = parseOsRelease(readText(join(root, 'etc/os-release')) ?? readText(join(root, 'usr/lib/os-release')) ?? '')
      return { os: osRelease.get('ID') ?? 'linux', osVersion: osRelease.get('VERSION_ID') ?? osRelease.get('BUILD_ID') ?? '', kernel: release(), hostname: hostname() }
    },
    run,
  }
}
