// Files of the kernel that tell of a change by poll(2) with POLLPRI alone (/proc/self/mountinfo: fs/proc_namespace.c), which no
// event loop asks for. Linux AIO (io_submit(2), IOCB_CMD_POLL since 4.18) waits for it inside the kernel and counts an
// eventfd, which the event loop reads. One wait is one answer, so it is asked again after each.
import { closeSync, openSync } from 'node:fs'
import { cLibrary } from './c-library.ts'
import { CLOEXEC, NONBLOCK, readDescriptorEvents } from './readable-descriptor.ts'

/** Numbers of the calls, which glibc has no functions for (asm/unistd_64.h, asm-generic/unistd.h). */
const CALLS: Readonly<Partial<Record<string, { readonly setup: number; readonly destroy: number; readonly submit: number; readonly getevents: number }>>> = {
  x64: { setup: 206, destroy: 207, getevents: 208, submit: 209 },
  arm64: { setup: 0, destroy: 1, submit: 2, getevents: 4 },
}
const IOCB_BYTES = 64
const IO_EVENT_BYTES = 32
const IOCB_CMD_POLL = 5
const IOCB_FLAG_RESFD = 1
const POLLPRI = 2n

/**
 * Calls back whenever the file has something urgent, until the signal aborts.
 *
 * @param onEnd the kernel has stopped to tell of it
 * @throws Error with the errno, or because of the architecture, where this cannot be had
 */
export function watchUrgent(path: string, onChange: () => void, onEnd: () => void, signal: AbortSignal): void {
  const calls = CALLS[process.arch]
  if (calls === undefined) throw new Error(`no numbers for ${process.arch}`)
  const { koffi, library } = cLibrary()
  const syscall = (types: readonly string[]) => library.func('syscall', 'long', ['long', ...types]) as (...args: readonly unknown[]) => number
  const [setup, destroy, submit, getevents] = [syscall(['long', 'void *']), syscall(['uint64']), syscall(['uint64', 'long', 'void *']), syscall(['uint64', 'long', 'long', 'void *', 'void *'])]
  const eventfd = library.func('int eventfd(unsigned int, int)') as (count: number, flags: number) => number
  const dup = library.func('int fcntl(int, int, int)') as (fd: number, command: number, from: number) => number
  const close = library.func('int close(int)') as (fd: number) => number
  const F_DUPFD_CLOEXEC = 1030

  const context = Buffer.alloc(8)
  if (setup(calls.setup, 4, context) !== 0) throw new Error(`io_setup: errno ${koffi.errno()}`)
  const id = context.readBigUInt64LE(0)
  const file = openSync(path, 'r')
  const counter = eventfd(0, CLOEXEC | NONBLOCK)
  const request = Buffer.alloc(IOCB_BYTES)
  request.writeUInt16LE(IOCB_CMD_POLL, 16)
  request.writeBigUInt64LE(POLLPRI, 24)
  request.writeUInt32LE(IOCB_FLAG_RESFD, 56)
  request.writeUInt32LE(counter, 60)
  const list = Buffer.alloc(8)
  list.writeBigUInt64LE(koffi.address(request), 0)
  const [answers, noTime] = [Buffer.alloc(4 * IO_EVENT_BYTES), Buffer.alloc(16)]
  const ask = (): boolean => {
    // The kernel reads it by its address alone: held here, or it would be collected.
    request.writeUInt32LE(file, 20)
    return submit(calls.submit, id, 1, list) === 1
  }

  let reader: { close(): void } | undefined
  let isOver = false
  const end = (): void => {
    if (isOver) return
    isOver = true
    reader?.close()
    // Ends the wait, too.
    destroy(calls.destroy, id)
    close(counter)
    closeSync(file)
  }
  try {
    reader = readDescriptorEvents(dup(counter, F_DUPFD_CLOEXEC, 0), {
      onData() {
        getevents(calls.getevents, id, 0, 4, answers, noTime)
        // Asked before anybody reads the file: what changes meanwhile is told again.
        const isAsked = ask()
        onChange()
        if (!isAsked && !isOver) {
          end()
          onEnd()
        }
      },
      onEnd() {
        end()
        onEnd()
      },
    })
    if (!ask()) throw new Error(`io_submit: errno ${koffi.errno()}`)
  } catch (error) {
    end()
    throw error
  }
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
}
