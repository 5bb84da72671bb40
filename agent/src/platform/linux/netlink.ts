// Netlink sockets that are only listened to: membership, a filter in the kernel, and what to do when the kernel had to drop
// messages (ENOBUFS): the socket is opened anew before anybody looks, so that nothing falls between.
import { cLibrary } from './c-library.ts'
import { CLOEXEC, NONBLOCK, readDescriptorEvents } from './readable-descriptor.ts'

const AF_NETLINK = 16
const SOCK_RAW = 3
const SOL_SOCKET = 1
const SO_RCVBUF = 8
const SO_ATTACH_FILTER = 26
const SO_RCVBUFFORCE = 33
const SOL_NETLINK = 270
const NETLINK_ADD_MEMBERSHIP = 1
/** After a failure; a descriptor that ends at once must not be opened in a circle. */
const REOPEN_MS = 1000

export interface NetlinkGroup {
  /** NETLINK_…, of linux/netlink.h. */
  readonly protocol: number
  /** Numbers of groups, from 1. */
  readonly groups: readonly number[]
  /** Program of classic BPF: instructions of `bpf`. */
  readonly filter?: Buffer
  readonly receiveBytes?: number
}

/** One instruction of classic BPF (linux/filter.h): code u16, jump if true u8, jump if false u8, value u32. */
export function bpf(code: number, value: number, ifTrue = 0, ifFalse = 0): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16LE(code, 0)
  bytes.writeUInt8(ifTrue, 2)
  bytes.writeUInt8(ifFalse, 3)
  bytes.writeUInt32LE(value >>> 0, 4)
  return bytes
}

/** BPF loads in network order what the kernel wrote in the order of the machine. */
export const networkShort = (value: number): number => ((value & 0xff) << 8) | (value >> 8)

const TYPE_AT = 4

/** Lets only messages of one type (nlmsghdr) through: whatever else is told wakes nobody. */
export const onlyType = (type: number): Buffer => Buffer.concat([bpf(0x28, TYPE_AT), bpf(0x15, networkShort(type), 0, 1), bpf(0x06, 0xffffffff), bpf(0x06, 0)])

function openNetlink({ protocol, groups, filter, receiveBytes }: NetlinkGroup): number {
  const { koffi, library } = cLibrary()
  const socket = library.func('int socket(int, int, int)') as (family: number, type: number, protocol: number) => number
  const bind = library.func('int bind(int, void *, unsigned int)') as (fd: number, address: Buffer, length: number) => number
  const setsockopt = library.func('int setsockopt(int, int, int, void *, unsigned int)') as (fd: number, level: number, name: number, value: Buffer, length: number) => number
  const fd = socket(AF_NETLINK, SOCK_RAW | CLOEXEC | NONBLOCK, protocol)
  if (fd < 0) throw new Error(`socket: errno ${koffi.errno()}`)
  const must = (what: string, result: number): void => {
    if (result === 0) return
    const errno = koffi.errno()
    ;(library.func('int close(int)') as (fd: number) => number)(fd)
    throw new Error(`${what} of netlink ${protocol}: errno ${errno}`)
  }
  const number = Buffer.alloc(4)
  if (receiveBytes !== undefined) {
    number.writeInt32LE(receiveBytes)
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, number, number.length) !== 0) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, number, number.length)
  }
  if (filter !== undefined) {
    // struct sock_fprog: number of instructions, and at 8 the pointer.
    const program = Buffer.alloc(16)
    program.writeUInt16LE(filter.length / 8, 0)
    program.writeBigUInt64LE(koffi.address(filter), 8)
    must('filter', setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, program, program.length))
  }
  const address = Buffer.alloc(12)
  address.writeUInt16LE(AF_NETLINK, 0)
  must('bind', bind(fd, address, address.length))
  for (const group of groups) {
    number.writeInt32LE(group)
    must('membership', setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, number, number.length))
  }
  return fd
}

export interface NetlinkListener {
  /** One datagram; only the kernel, or root, can have sent it. */
  onMessage(message: Buffer): void
  /** Messages were lost; they are heard again from now on. */
  onLost(): void
}

/**
 * Listens until the signal aborts.
 *
 * @throws Error with the errno when the kernel does not allow it
 */
export function listenNetlink(group: NetlinkGroup, listener: NetlinkListener, signal: AbortSignal): void {
  if (signal.aborted) return
  let reader: { close(): void } | undefined
  let again: NodeJS.Timeout | undefined
  const open = (): void => {
    reader = readDescriptorEvents(openNetlink(group), {
      onData: (chunk) => listener.onMessage(chunk),
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
