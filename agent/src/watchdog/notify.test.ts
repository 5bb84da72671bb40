import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import koffi from 'koffi'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serviceManager, socketAddress } from './notify.ts'

describe.runIf(process.platform === 'linux')('a service manager', () => {
  let folder: string
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'holdfast-notify-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('that listens on a datagram socket hears each state as one message', () => {
    const library = koffi.load('libc.so.6')
    const socket = (library.func('int socket(int, int, int)') as (...a: number[]) => number)(1, 2 | 0o4000, 0)
    const address = socketAddress(join(folder, 'notify')) ?? Buffer.alloc(0)
    expect((library.func('int bind(int, const void *, unsigned int)') as (fd: number, to: Buffer, length: number) => number)(socket, address, address.length)).toBe(0)
    const receive = library.func('int64_t recv(int, void *, size_t, int)') as (fd: number, into: Buffer, length: number, flags: number) => number
    const next = (): string => {
      const bytes = Buffer.alloc(200)
      const length = receive(socket, bytes, bytes.length, 0)
      return length < 0 ? '' : bytes.toString('utf8', 0, length)
    }
    const manager = serviceManager({ NOTIFY_SOCKET: join(folder, 'notify'), WATCHDOG_USEC: '60000000' })
    expect(manager.watchdogMs).toBe(60_000)
    manager.tell('READY=1\nSTATUS=The agent runs.')
    manager.tell('WATCHDOG=1')
    expect([next(), next(), next()]).toEqual(['READY=1\nSTATUS=The agent runs.', 'WATCHDOG=1', ''])
    ;(library.func('int close(int)') as (fd: number) => number)(socket)
    // Nobody listens any more: it is told nothing, and nobody waits.
    expect(() => manager.tell('STOPPING=1')).not.toThrow()
  })

  it('that is not there is told nothing', () => {
    expect(serviceManager({}).watchdogMs).toBeUndefined()
    expect(() => serviceManager({ NOTIFY_SOCKET: 'vsock:2:1' }).tell('READY=1')).not.toThrow()
  })
})
