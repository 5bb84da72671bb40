import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { hostname, release } from 'node:os'
import type { AccountInfo, Platform } from '../platform.ts'
import { watchByPolling } from '../poll-watch.ts'
import { createRun, posixEnvironment } from '../run-program.ts'
import { accountsOf, parseDiskutil, parseDscl, parseIdLine, parseMount, parsePlatformUuid, parseProductVersion, parseUsbProfile, parseWho } from './facts.ts'

const POLL_MS = 2000

/**
 * The facts of a macOS device, from the system's own programs. What one of them cannot tell is an empty answer.
 * A BSD that lacks these programs gets the portable part: mounts, sessions, name and version of the kernel.
 *
 * @param run starts a program; the system's own when absent
 */
export function createDarwinPlatform(run: Platform['run'] = createRun({ root: '/', environment: posixEnvironment })): Platform {
  const output = (program: string, ...args: string[]): Promise<string> => run(program, args).then(({ stdout }) => stdout, () => '')
  const blockDevices: Platform['blockDevices'] = async () => {
    const [disks, usb] = await Promise.all([output('/usr/sbin/diskutil', 'info', '-all'), output('/usr/sbin/system_profiler', 'SPUSBDataType', '-json')])
    return parseDiskutil(disks, parseUsbProfile(usb))
  }
  const accounts = async (): Promise<readonly AccountInfo[]> => {
    const [uids, homes] = await Promise.all([output('/usr/bin/dscl', '.', '-list', '/Users', 'UniqueID'), output('/usr/bin/dscl', '.', '-list', '/Users', 'NFSHomeDirectory')])
    return accountsOf(parseDscl(uids), parseDscl(homes))
  }
  return {
    os: process.platform,
    elevated: process.geteuid?.() === 0,
    mounts: async () => parseMount(await output('/sbin/mount')),
    watchMounts: (onChange, signal) => watchByPolling(async () => (await readdir('/Volumes')).join('\0'), POLL_MS, onChange, signal),
    watchBlockDevices: (onChange, signal) => watchByPolling(async () => (await readdir('/dev')).filter((name) => /^disk\d/.test(name)).join('\0'), POLL_MS, onChange, signal),
    blockDevice: async (device) => (await blockDevices()).find((each) => each.name === device.replace(/^\/dev\//, '')),
    blockDevices,
    // Without /proc a question about a process costs a process; the sensors here do not ask.
    process: () => undefined,
    accountByUid: async (uid) => (Number.isSafeInteger(uid) && uid >= 0 ? parseIdLine(await output('/usr/bin/id', '-P', String(uid))) : undefined),
    accounts,
    sessions: async () => parseWho(await output('/usr/bin/who')),
    async hardwareId() {
      const uuid = parsePlatformUuid(await output('/usr/sbin/ioreg', '-rd1', '-c', 'IOPlatformExpertDevice'))
      return createHash('sha256').update(['holdfast hardware 1', ...(uuid === undefined ? ['hostname', hostname()] : ['ioreg', uuid])].join('\n')).digest('hex')
    },
    async description() {
      return { os: process.platform === 'darwin' ? 'macos' : process.platform, osVersion: parseProductVersion(await output('/usr/bin/sw_vers')), kernel: release(), hostname: hostname() }
    },
    run,
  }
}
