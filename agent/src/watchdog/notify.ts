// sd_notify(3) of systemd: one datagram to the socket that NOTIFY_SOCKET names. The C library is loaded only where there is one.
import { createRequire } from 'node:module'
import type koffi from 'koffi'

export interface ServiceManager {
  /** `READY=1`, `WATCHDOG=1`, `STOPPING=1`, `STATUS=…`; lost in silence, as a manager that is gone needs nothing. */
  tell(state: string): void
  /** How often it wants WATCHDOG=1, in milliseconds; undefined when it does not. */
  readonly watchdogMs?: number
}

const AF_UNIX = 1
const SOCK_DGRAM_CLOEXEC = 2 | 0o2000000
const MSG_NOSIGNAL = 0x4000

/** sockaddr_un: family u16, then the path; `@` stands for the zero of an abstract name. Exported for its test. */
export function socketAddress(path: string): Buffer | undefined {
  const name = Buffer.from(path.startsWith('@') ? `\0${path.slice(1)}` : path)
  if (!/^[/@]./.test(path) || name.length > 107) return undefined
  const address = Buffer.alloc(2 + name.length + (path.startsWith('@') ? 0 : 1))
  address.writeUInt16LE(AF_UNIX, 0)
  name.copy(address, 2)
  return address
}

/** @param environment where NOTIFY_SOCKET and WATCHDOG_USEC stand; without the first, nobody is told anything */
export function serviceManager(environment: NodeJS.ProcessEnv): ServiceManager {
  const address = socketAddress(environment['NOTIFY_SOCKET'] ?? '')
  if (process.platform !== 'linux' || address === undefined) return { tell() {} }
  const usec = Number(environment['WATCHDOG_USEC'])
  const watchdogMs = Number.isFinite(usec) && usec > 0 ? usec / 1000 : undefined
  try {
    const library = (createRequire(import.meta.url)('koffi') as typeof koffi).load('libc.so.6')
    const socket = (library.func('int socket(int, int, int)') as (family: number, type: number, protocol: number) => number)(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0)
    const send = library.func('int64_t sendto(int, const void *, size_t, int, const void *, unsigned int)') as (fd: number, bytes: Buffer, length: number, flags: number, to: Buffer, toLength: number) => number
    return {
      ...(watchdogMs === undefined ? {} : { watchdogMs }),
      tell(state) {
        const bytes = Buffer.from(state)
        send(socket, bytes, bytes.length, MSG_NOSIGNAL, address, address.length)
      },
    }
  } catch {
    // No such library here: systemd will think that we do not answer, and say so.
    return { tell() {} }
  }
}
