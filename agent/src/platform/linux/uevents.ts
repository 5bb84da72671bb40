// Uevents: what the kernel (lib/kobject_uevent.c) and udev (libudev-monitor) tell of devices, through NETLINK_KOBJECT_UEVENT.
//
//   group 1, kernel   "add@/devices/…\0" then "KEY=value\0" for each property
//   group 2, udev     "libudev\0", magic u32 0xfeedcafe in network order, header length u32, offset and length of the
//                     properties u32 each in the order of the machine, …; properties as above. Comes when udev has done its work
//
// Only root may send to these groups. A message is a hint all the same: what is so is read from sysfs.
import { listenNetlink } from './netlink.ts'

const NETLINK_KOBJECT_UEVENT = 15
const KERNEL_GROUP = 1
const UDEV_GROUP = 2
/** Room for some thousand messages: the kernel counts 768 bytes and more for each. */
const RECEIVE_BYTES = 4 << 20
const UDEV_PREFIX = 'libudev\0'
const UDEV_MAGIC = 0xfeedcafe

export interface Uevent {
  /** `add`, `remove`, `change`, `bind`, … */
  readonly action: string
  /** Below /sys. */
  readonly path: string
  readonly subsystem: string
  readonly deviceType: string
  /** Name below /dev; empty where there is none. */
  readonly deviceName: string
  /** From udev, when it has done its work. */
  readonly isProcessed: boolean
}

/** @returns undefined for what is no such message; text is taken as it comes */
export function parseUevent(message: Buffer): Uevent | undefined {
  let properties: Buffer
  const isProcessed = message.length >= 24 && message.toString('latin1', 0, 8) === UDEV_PREFIX
  if (isProcessed) {
    const [from, length] = [message.readUInt32LE(16), message.readUInt32LE(20)]
    if (message.readUInt32BE(8) !== UDEV_MAGIC || from + length > message.length) return undefined
    properties = message.subarray(from, from + length)
  } else {
    const head = message.indexOf(0)
    if (head < 0 || message.lastIndexOf('@', head) < 0) return undefined
    properties = message.subarray(head + 1)
  }
  const facts = new Map<string, string>()
  for (const line of properties.toString('utf8').split('\0')) {
    const at = line.indexOf('=')
    if (at > 0) facts.set(line.slice(0, at), line.slice(at + 1))
  }
  const [action, path] = [facts.get('ACTION'), facts.get('DEVPATH')]
  if (action === undefined || path === undefined) return undefined
  return { action, path, subsystem: facts.get('SUBSYSTEM') ?? '', deviceType: facts.get('DEVTYPE') ?? '', deviceName: (facts.get('DEVNAME') ?? '').replace(/^\/dev\//, ''), isProcessed }
}

export interface UeventListener {
  onUevent(event: Uevent): void
  /** Messages were lost; they are heard again from now on. */
  onLost(): void
}

/**
 * Hears of devices until the signal aborts.
 *
 * @throws Error with the errno when the kernel does not allow it
 */
export function watchUevents(listener: UeventListener, signal: AbortSignal): void {
  listenNetlink({ protocol: NETLINK_KOBJECT_UEVENT, groups: [KERNEL_GROUP, UDEV_GROUP], receiveBytes: RECEIVE_BYTES }, {
    onMessage(message) {
      const event = parseUevent(message)
      if (event !== undefined) listener.onUevent(event)
    },
    onLost: () => listener.onLost(),
  }, signal)
}
