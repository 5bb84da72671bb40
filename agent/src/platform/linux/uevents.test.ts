import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isAboutMedia } from './block-device-watch.ts'
import { cLibrary } from './c-library.ts'
import { watchUrgent } from './kernel-poll.ts'
import { createMountWatch } from './mount-watch.ts'
import { parseUevent, type Uevent, watchUevents } from './uevents.ts'

const message = (head: string, properties: Readonly<Record<string, string>>): Buffer => Buffer.from([head, ...Object.entries(properties).map(([key, value]) => `${key}=${value}`), ''].join('\0'))
const block = { ACTION: 'add', DEVPATH: '/devices/x/block/sdb', SUBSYSTEM: 'block', DEVTYPE: 'disk', DEVNAME: 'sdb' }

/** As udev builds it (libudev-monitor, monitor_netlink_header). */
function fromUdev(properties: Readonly<Record<string, string>>): Buffer {
  const body = Buffer.from([...Object.entries(properties).map(([key, value]) => `${key}=${value}`), ''].join('\0'))
  const head = Buffer.alloc(40)
  head.write('libudev\0', 0, 'latin1')
  head.writeUInt32BE(0xfeedcafe, 8)
  head.writeUInt32LE(40, 12)
  head.writeUInt32LE(40, 16)
  head.writeUInt32LE(body.length, 20)
  return Buffer.concat([head, body])
}

describe('what is read', () => {
  test('of the kernel and of udev is the same, but for who has said it', () => {
    const told = { action: 'add', path: '/devices/x/block/sdb', subsystem: 'block', deviceType: 'disk', deviceName: 'sdb' }
    expect(parseUevent(message('add@/devices/x/block/sdb', block))).toEqual({ ...told, isProcessed: false })
    expect(parseUevent(fromUdev({ ...block, DEVNAME: '/dev/sdb' }))).toEqual({ ...told, isProcessed: true })
  })

  test.each([
    ['nothing', Buffer.alloc(0)], ['no end', Buffer.from('add@/devices')], ['no head', message('hello', block)], ['no device', message('add@/x', { ACTION: 'add' })],
    ['udev without its magic', Buffer.from(`libudev\0${'\0'.repeat(40)}`)], ['udev with an offset beyond the end', (() => {
      const bytes = fromUdev(block)
      bytes.writeUInt32LE(0xffffff, 20)
      return bytes
    })()],
  ])('%s is no message', (_, bytes) => expect(parseUevent(bytes)).toBeUndefined())

  test('hostile values stay values', () => {
    expect(parseUevent(message('add@/x', { ...block, DEVNAME: '../../etc/=passwd\n' }))?.deviceName).toBe('../../etc/=passwd\n')
  })

  test('only what can hold files is about media', () => {
    const of = (event: Partial<Uevent>): boolean => isAboutMedia({ action: 'add', path: '/devices/x', subsystem: '', deviceType: '', deviceName: '', isProcessed: false, ...event })
    expect([of({ subsystem: 'block', deviceName: 'sdb' }), of({ subsystem: 'usb' }), of({ subsystem: 'tty', deviceName: 'rfcomm0' }), of({ subsystem: 'tty', deviceName: 'tty1' }), of({ subsystem: 'power_supply' }), of({ subsystem: 'block', path: '/devices/virtual/block/zram0' })]).toEqual([true, true, true, false, false, false])
  })
})

/** Root may send a message through the kernel, which adds a number and hands it to all who listen. */
function createInjector(): { send(text: Buffer): void; close(): void } {
  const { library } = cLibrary()
  const socket = library.func('int socket(int, int, int)') as (a: number, b: number, c: number) => number
  const sendto = library.func('long send(int, void *, size_t, int)') as (fd: number, bytes: Buffer, length: number, flags: number) => number
  const connect = library.func('int connect(int, void *, unsigned int)') as (fd: number, bytes: Buffer, length: number) => number
  const closeFd = library.func('int close(int)') as (fd: number) => number
  const fd = socket(16, 3, 15)
  const kernel = Buffer.alloc(12)
  kernel.writeUInt16LE(16, 0)
  connect(fd, kernel, 12)
  return {
    send(text) {
      const head = Buffer.alloc(16)
      head.writeUInt32LE(16 + text.length, 0)
      head.writeUInt16LE(0x10, 4)
      head.writeUInt16LE(1, 6)
      const bytes = Buffer.concat([head, text])
      sendto(fd, bytes, bytes.length, 0)
    },
    close: () => void closeFd(fd),
  }
}

describe.skipIf(process.geteuid?.() !== 0)('what is heard from this kernel', () => {
  const path = `/devices/virtual/block/holdfast-test-${process.pid}`
  const name = `hf${process.pid}`

  test('is every message of a storm, in order, and nothing at rest or after the end', async () => {
    const stop = new AbortController()
    const heard: string[] = []
    const inject = createInjector()
    try {
      await new Promise<void>((resolve) => {
        watchUevents({ onUevent: ({ path: at, deviceName }) => {
          if (at !== path) return
          heard.push(deviceName)
          if (heard.length === 1000) resolve()
        }, onLost: () => heard.push('lost') }, stop.signal)
        for (let at = 0; at < 1000; at++) inject.send(message(`add@${path}`, { ...block, DEVPATH: path, DEVNAME: `${name}-${at}` }))
      })
      expect(heard).toEqual(Array.from({ length: 1000 }, (_, at) => `${name}-${at}`))
    } finally {
      stop.abort()
      inject.close()
    }
  })

  test('after more than the queue can hold it says that some were lost, and hears again', async () => {
    const stop = new AbortController()
    const inject = createInjector()
    try {
      const heard: string[] = []
      let again: (() => void) | undefined
      const heardAgain = new Promise<void>((resolve) => {
        again = resolve
      })
      await new Promise<void>((resolve) => {
        watchUevents({ onUevent: ({ deviceName }) => {
          if (deviceName !== `${name}-after`) return
          heard.push('after')
          again?.()
        }, onLost: () => {
          heard.push('lost')
          resolve()
        } }, stop.signal)
        const text = message(`add@${path}`, { ...block, DEVPATH: path, PADDING: 'x'.repeat(1500) })
        for (let at = 0; at < 6000; at++) inject.send(text)
      })
      inject.send(message(`add@${path}`, { ...block, DEVPATH: path, DEVNAME: `${name}-after` }))
      await heardAgain
      expect(heard).toEqual(['lost', 'after'])
    } finally {
      stop.abort()
      inject.close()
    }
  })

  /** Mounts and unmounts something, and waits until each change was told. */
  async function followMounts(): Promise<readonly string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-mount-'))
    const stop = new AbortController()
    let told = 0
    const seen: string[] = []
    let next: (() => void) | undefined
    const ended = createMountWatch('/')(() => {
      told += 1
      next?.()
    }, stop.signal)
    const isMounted = (): boolean => readFileSync('/proc/self/mountinfo', 'utf8').includes(folder)
    try {
      for (const [program, args] of [['mount', ['-t', 'tmpfs', 'none', folder]], ['umount', [folder]]] as const) {
        const before = told
        const change = new Promise<void>((resolve) => {
          next = resolve
        })
        execFileSync(program, args)
        await change
        seen.push(`${program} ${told > before ? 'told' : 'not told'}, ${isMounted() ? 'there' : 'gone'}`)
      }
    } finally {
      stop.abort()
      await ended
      if (isMounted()) execFileSync('umount', [folder])
      rmdirSync(folder)
    }
    return seen
  }
  const both = ['mount told, there', 'umount told, gone']

  test('and of the mount table is each change, by whatever program', async () => expect(await followMounts()).toEqual(both))

  test('and so it is by a child where the kernel cannot be asked to wait', async () => {
    // The numbers of the calls are known for two architectures.
    const arch = Object.getOwnPropertyDescriptor(process, 'arch') as PropertyDescriptor
    Object.defineProperty(process, 'arch', { ...arch, value: 'riscv64' })
    try {
      expect(() => watchUrgent('/proc/self/mountinfo', () => {}, () => {}, new AbortController().signal)).toThrow('riscv64')
      expect(await followMounts()).toEqual(both)
    } finally {
      Object.defineProperty(process, 'arch', arch)
    }
  })
})
