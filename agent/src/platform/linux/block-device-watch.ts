// Notices devices that hold files, and media in their slots, coming, going and changing: by the kernel's uevents.
//
// Where these cannot be had (a sandbox without netlink, a container of a person's own) the names and sizes are compared every ten seconds, about 30 µs, and the
// listener is told that it is half deaf. Under another root the folder of names is watched.
import { type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'
import type { DeviceNotice } from '../platform.ts'
import { blockDeviceNames } from './block-devices.ts'
import { readText, readWord } from './read-text.ts'
import { type Uevent, watchUevents } from './uevents.ts'

const COMPARE_MS = 10_000

/** @returns a text that changes when a device or its medium does */
export function createBlockDeviceVersion(root: string): () => string {
  let knownNames = ''
  let removable: readonly string[] = []
  return () => {
    const names = blockDeviceNames(root)
    const text = names.join(' ')
    if (text !== knownNames) {
      knownNames = text
      removable = names.filter((name) => readWord(join(root, 'sys/class/block', name, 'removable')) === '1')
    }
    return `${text} ${removable.map((name) => `${name}=${readWord(join(root, 'sys/class/block', name, 'size'))}`).join(' ')}`
  }
}

/** Whether a message is about something that can hold files: disks, telephones and cameras, serial lines over Bluetooth. */
export const isAboutMedia = ({ subsystem, deviceName, path }: Uevent): boolean =>
  (subsystem === 'block' && !/^(ram|zram)\d/.test(deviceName) && !/\/virtual\/block\/(ram|zram)\d/.test(path)) || subsystem === 'usb' || (subsystem === 'tty' && deviceName.startsWith('rfcomm'))

/** Elsewhere the socket opens and stays silent: uevents go to network namespaces of the first user namespace only. */
const isFirstUserNamespace = (): boolean => /^\s*0\s+0\s+4294967295\s*$/.test(readText('/proc/self/uid_map') ?? '0 0 4294967295')

type Tell = (notice?: DeviceNotice) => void

function compareNowAndThen(root: string, tell: Tell, signal: AbortSignal): void {
  const version = createBlockDeviceVersion(root)
  let last = version()
  const timer = setInterval(() => {
    const now = version()
    if (now !== last) tell()
    last = now
  }, COMPARE_MS)
  timer.unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}

/** @param onBlockChange the content of a block device may be another one: its name */
export function watchBlockDevices(root: string, onChange: Tell, signal: AbortSignal, onBlockChange: (name: string) => void = () => {}): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
    if (root !== '/') {
      let watcher: FSWatcher | undefined
      try {
        watcher = watch(join(root, 'sys/class/block'), { persistent: false }, () => onChange())
        watcher.on('error', () => {})
      } catch {
        // No devices here.
      }
      signal.addEventListener('abort', () => watcher?.close(), { once: true })
      return
    }
    if (!isFirstUserNamespace()) {
      compareNowAndThen(root, onChange, signal)
      return onChange({ deaf: 'the agent runs in a user namespace of its own' })
    }
    try {
      watchUevents({
        onUevent(event) {
          if (!isAboutMedia(event)) return
          // What udev has found out is in its own record by now; what the kernel says makes an older reading void.
          if (event.subsystem === 'block' && !event.isProcessed) onBlockChange(event.deviceName)
          onChange()
        },
        onLost: () => onChange({ lost: true }),
      }, signal)
    } catch (error) {
      compareNowAndThen(root, onChange, signal)
      onChange({ deaf: error instanceof Error ? error.message : String(error) })
    }
  })
}
