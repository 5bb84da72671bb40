// Uevents: what the kernel (lib/kobject_uevent.c) and udev (libudev-monitor) tell of devices, through NETLINK_KOBJECT_UEVENT.
//
//   group 1, kernel   "add@/devices/…\0" then "KEY=value\0" for each property
//   group 2, udev     "libudev\0", magic u32 0xfeedcafe in network order, header length u32, offset and length of the
//                     properties u32 each in the order of the machine, …; properties as above. Comes when udev has done its work
//
// Only root may send to these groups. A message is a hint all the same: what is so is read from sysfs. When the queue was full
// (ENOBUFS) the socket is opened anew before anybody looks, so that nothing falls between.
import { cLibrary } from './c-library.ts'
import { CLOEXEC, NONBLOCK, readDescriptorEvents } from './readable-descriptor.ts'

const AF_NETLINK = 16
const SOCK_RAW = 3
const NETLINK_KOBJECT_UEVENT = 15
const GROUPS_KERNEL_AND_UDEV = 3
const SOL_SOCKET = 1
const SO_RCVBUF = 8
const SO_RCVBUFFORCE = 33
/** Room for some thousand messages: the kernel counts 768 bytes and more for each. */
const RECEIVE_BYTES = 4 << 20
const UDEV_PREFIX = 'libudev\0'
const UDEV_MAGIC = 0xfeedcafe
/** After a failure; a descriptor that ends at once must not be opened in a circle. */
const REOPEN_MS = 1000

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

function openSocket(): number {
  const { koffi, library } = cLibrary()
  const socket = library.func('int socket(int, int, int)') as (family: number, type: number, protocol: number) => number
  const bind = library.func('int bind(int, void *, unsigned int)') as (fd: number, address: Buffer, length: number) => number
  const setsockopt = library.func('int setsockopt(int, int, int, void *, unsigned int)') as (fd: number, level: number, name: number, value: Buffer, length: number) => number
  const fd = socket(AF_NETLINK, SOCK_RAW | CLOEXEC | NONBLOCK, NETLINK_KOBJECT_UEVENT)
  if (fd < 0) throw new Error(`socket: errno ${koffi.errno()}`)
  const size = Buffer.alloc(4)
  size.writeInt32LE(RECEIVE_BYTES)
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, size, size.length) !== 0) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, size, size.length)
  const address = Buffer.alloc(12)
  address.writeUInt16LE(AF_NETLINK, 0)
  address.writeUInt32LE(GROUPS_KERNEL_AND_UDEV, 8)
  if (bind(fd, address, address.length) !== 0) {
    const errno = koffi.errno()
    ;(library.func('int close(int)') as (fd: number) => number)(fd)
    throw new Error(`bind: errno ${errno}`)
  }
  return fd
}

/**
 * Hears of devices until the signal aborts.
 *
 * @throws Error with the errno when the kernel does not allow it
 */
export function watchUevents(listener: UeventListener, signal: AbortSignal): void {
  if (signal.aborted) return
  let reader: { close(): void } | undefined
  let again: NodeJS.Timeout | undefined
  const open = (): void => {
    reader = readDescriptorEvents(openSocket(), {
      onData(chunk) {
        const event = parseUevent(chunk)
        if (event !== undefined) listener.onUevent(event)
      },
      onEnd(code) {
        if (code === 'ENOBUFS') reopen()
        else again = setTimeout(reopen, REOPEN_MS)
      },
    })
  }
  const reopen = (): void => {
    if (signal.aborted) return
    try {
      open()
      listener.onLost()
    } catch {
      again = setTimeout(reopen, REOPEN_MS)
    }
  }
  open()
  signal.addEventListener('abort', () => {
    clearTimeout(again)
    reader?.close()
  }, { once: true })
}
