// poll(2) over a few descriptors, and the one that wakes whoever waits in it.
import { readSync, writeSync } from 'node:fs'
import { cLibrary } from '../../platform/linux/c-library.ts'

const POLLIN = 1
const CLOEXEC_NONBLOCK = 0o2004000

/** An eventfd(2): written by one thread, polled by another. @throws Error with the errno */
export function createWakeFd(): number {
  const { koffi, library } = cLibrary()
  const fd = (library.func('int eventfd(unsigned int, int)') as (initial: number, flags: number) => number)(0, CLOEXEC_NONBLOCK)
  if (fd < 0) throw new Error(`eventfd: errno ${koffi.errno()}`)
  return fd
}

export function wake(fd: number): void {
  const one = Buffer.alloc(8)
  one.writeBigUInt64LE(1n)
  writeSync(fd, one)
}

/** Takes back what woke. */
export function calm(fd: number): void {
  try {
    readSync(fd, Buffer.alloc(8))
  } catch {
    // Nobody has woken it.
  }
}

/** @returns a function that waits for any of the descriptors, for ever with -1; a negative descriptor is left out. It gives one answer for each. */
export function createWait(count: number): (fds: readonly number[], timeoutMs: number) => readonly boolean[] {
  const poll = cLibrary().library.func('int poll(void *, unsigned long, int)') as (fds: Buffer, count: number, timeoutMs: number) => number
  const entries = Buffer.alloc(8 * count)
  return (fds, timeoutMs) => {
    fds.forEach((fd, index) => {
      entries.writeInt32LE(fd, index * 8)
      entries.writeInt16LE(POLLIN, index * 8 + 4)
      entries.writeInt16LE(0, index * 8 + 6)
    })
    const ready = poll(entries, fds.length, timeoutMs)
    return fds.map((_, index) => ready > 0 && entries.readInt16LE(index * 8 + 6) !== 0)
  }
}
