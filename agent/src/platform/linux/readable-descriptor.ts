// Descriptors of the kernel that Node has no class for (netlink, eventfd), read by its own event loop: no thread, no poll, no
// child, nothing at rest.
//
// libuv watches any descriptor that epoll takes, but Node hands it only those whose kind it knows. So a socket of a pair is
// given to `net.Socket`, and before the event loop has looked at it, dup3(2) puts the descriptor that is meant under its
// number: from then on every read(2) of the socket is one of that descriptor. A datagram is one chunk, as long as the reads of
// libuv (64 KiB) are longer than the longest datagram.
import { Socket } from 'node:net'
import { cLibrary } from './c-library.ts'

const AF_UNIX = 1
const SOCK_STREAM = 1
export const CLOEXEC = 0o2000000
export const NONBLOCK = 0o4000

export interface DescriptorListener {
  onData(chunk: Buffer): void
  /** It is not read any more, and closed: after an error (`ENOBUFS`, …) or an end; not after `close`. */
  onEnd(code: string): void
}

/**
 * Reads a non-blocking descriptor, which belongs to this from now on, until it ends or is closed. Does not keep the process alive.
 *
 * @throws Error with the errno when the kernel refuses
 */
export function readDescriptorEvents(fd: number, listener: DescriptorListener): { close(): void } {
  const { koffi, library } = cLibrary()
  const close = library.func('int close(int)') as (fd: number) => number
  const socketpair = library.func('int socketpair(int, int, int, void *)') as (family: number, type: number, protocol: number, pair: Buffer) => number
  const dup3 = library.func('int dup3(int, int, int)') as (from: number, to: number, flags: number) => number
  const pair = Buffer.alloc(8)
  if (socketpair(AF_UNIX, SOCK_STREAM | CLOEXEC | NONBLOCK, 0, pair) !== 0) {
    const errno = koffi.errno()
    close(fd)
    throw new Error(`socketpair: errno ${errno}`)
  }
  const [own, other] = [pair.readInt32LE(0), pair.readInt32LE(4)]
  const socket = new Socket({ fd: own, readable: true, writable: false })
  const isTaken = dup3(fd, own, CLOEXEC) === own
  const errno = koffi.errno()
  close(fd)
  close(other)
  let isClosed = false
  let code = 'END'
  socket.on('data', (chunk: Buffer) => {
    if (!isClosed) listener.onData(chunk)
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    code = error.code ?? 'UNKNOWN'
  })
  socket.on('close', () => {
    if (isClosed) return
    isClosed = true
    listener.onEnd(code)
  })
  socket.unref()
  const end = (): void => {
    isClosed = true
    socket.destroy()
  }
  if (!isTaken) {
    end()
    throw new Error(`dup3: errno ${errno}`)
  }
  return { close: end }
}
