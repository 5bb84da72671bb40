// The kernel's process connector (Documentation/driver-api/connector.rst, linux/cn_proc.h), through the C library.
//
//   nlmsghdr 16 bytes | cn_msg 20 bytes | proc_event: what u32, cpu u32, timestamp u64, then for EXEC: pid u32, tgid u32
//
// A filter in the kernel lets only EXEC through: forks, exits and threads would be many times as much.
import { cLibrary } from '../../platform/linux/c-library.ts'
import { bpf } from '../../platform/linux/netlink.ts'

const AF_NETLINK = 16
const SOCK_DGRAM_CLOEXEC_NONBLOCK = 2 | 0o2000000 | 0o4000
const NETLINK_CONNECTOR = 11
const CN_IDX_PROC = 1
const PROC_CN_MCAST_LISTEN = 1
const SOL_SOCKET = 1
const SO_ATTACH_FILTER = 26
const SO_RCVBUFFORCE = 33
const RECEIVE_BYTES = 4 << 20
const ENOBUFS = 105
const EINTR = 4
const EAGAIN = 11

const WHAT_AT = 36
const TGID_AT = WHAT_AT + 20
const EVENT_EXEC = 2
const EVENT_NONE = 0

/** BPF loads in network order what the connector wrote in the order of the machine. */
const swapped = (value: number): number => (value << 24) >>> 0

const FILTER = Buffer.concat([
  bpf(0x20, WHAT_AT),
  bpf(0x15, swapped(EVENT_EXEC), 1, 0),
  bpf(0x15, swapped(EVENT_NONE), 0, 1),
  bpf(0x06, 0xffffffff),
  bpf(0x06, 0),
])

/** The pid that has just started a program; undefined for any other message. Exported for its test. */
export function parseExec(message: Buffer): number | undefined {
  return message.length >= TGID_AT + 4 && message.readUInt32LE(WHAT_AT) === EVENT_EXEC ? message.readUInt32LE(TGID_AT) : undefined
}

export interface ProcessConnector {
  readonly fd: number
  /** Hands over what is there; never waits. @returns false when the kernel had to drop some */
  drain(onExec: (pid: number) => void): boolean
  threadId(): number
  close(): void
}

const MAX_MESSAGES = 4096

/** @throws Error with the errno when the kernel does not allow it */
export function openConnector(): ProcessConnector {
  const { koffi, library } = cLibrary()
  const socket = library.func('int socket(int, int, int)') as (family: number, type: number, protocol: number) => number
  const bind = library.func('int bind(int, void *, unsigned int)') as (fd: number, address: Buffer, length: number) => number
  const setsockopt = library.func('int setsockopt(int, int, int, void *, unsigned int)') as (fd: number, level: number, name: number, value: Buffer, length: number) => number
  const send = library.func('long send(int, void *, size_t, int)') as (fd: number, message: Buffer, length: number, flags: number) => number
  const receive = library.func('long recv(int, void *, size_t, int)') as (fd: number, buffer: Buffer, length: number, flags: number) => number
  const close = library.func('int close(int)') as (fd: number) => number
  const gettid = library.func('int gettid()') as () => number

  const fd = socket(AF_NETLINK, SOCK_DGRAM_CLOEXEC_NONBLOCK, NETLINK_CONNECTOR)
  if (fd < 0) throw new Error(`socket: errno ${koffi.errno()}`)
  const fail = (what: string): never => {
    const errno = koffi.errno()
    close(fd)
    throw new Error(`${what}: errno ${errno}`)
  }
  // struct sock_fprog: length u16, then a pointer at 8 on 64 bits.
  const program = Buffer.alloc(16)
  program.writeUInt16LE(FILTER.length / 8, 0)
  program.writeBigUInt64LE(koffi.address(FILTER), 8)
  if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, program, program.length) !== 0) fail('filter')
  const size = Buffer.alloc(4)
  size.writeInt32LE(RECEIVE_BYTES)
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, size, size.length)

  const address = Buffer.alloc(12)
  address.writeUInt16LE(AF_NETLINK, 0)
  address.writeUInt32LE(CN_IDX_PROC, 8)
  if (bind(fd, address, address.length) !== 0) fail('bind')
  const listen = Buffer.alloc(40)
  listen.writeUInt32LE(listen.length, 0)
  listen.writeUInt16LE(3, 4)
  listen.writeUInt32LE(CN_IDX_PROC, 16)
  listen.writeUInt32LE(1, 20)
  listen.writeUInt16LE(4, 32)
  listen.writeUInt32LE(PROC_CN_MCAST_LISTEN, 36)
  if (send(fd, listen, listen.length, 0) !== listen.length) fail('listen')

  const buffer = Buffer.alloc(256)
  return {
    fd,
    drain(onExec) {
      let isWhole = true
      for (let left = MAX_MESSAGES; left > 0; left--) {
        const length = receive(fd, buffer, buffer.length, 0)
        if (length <= 0) {
          const errno = length === 0 ? EAGAIN : koffi.errno()
          if (errno === ENOBUFS) isWhole = false
          else if (errno === EINTR) continue
          else if (errno === EAGAIN) break
          else throw new Error(`recv: errno ${errno}`)
          continue
        }
        const pid = parseExec(buffer.subarray(0, length))
        if (pid !== undefined) onExec(pid)
      }
      return isWhole
    },
    threadId: () => gettid(),
    close: () => void close(fd),
  }
}
