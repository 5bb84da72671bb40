// Reads the beginning of a removable volume, once for each connection and change. A failing or hostile device may hold whoever
// reads from it for minutes, so a child does it (`od`, which prints what it read) and is given up after a few seconds.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BlockDevice, Platform, VolumeContent } from '../platform.ts'
import { HEAD_BYTES, parseSuperblock } from './superblock.ts'

const TIMEOUT_MS = 3000
/** Who waits for a device inside the kernel cannot be killed: it is left behind. */
const GIVE_UP_MS = 3500
const MAX_KNOWN = 256

export interface VolumeReader {
  read(device: BlockDevice): Promise<VolumeContent | undefined>
  /** The content may be another one now. */
  forget(name: string): void
}

export function createVolumeReader(root: string, run: Platform['run']): VolumeReader {
  const known = new Map<string, { readonly key: string; readonly content: Promise<VolumeContent | undefined> }>()
  const readHead = async (name: string): Promise<VolumeContent | undefined> => {
    try {
      const { stdout } = await run('od', ['-An', '-v', '-tx1', `-N${HEAD_BYTES}`, join(root, 'dev', name)], { timeoutMs: TIMEOUT_MS })
      const head = Buffer.from(stdout.replace(/\s+/g, ''), 'hex')
      return head.length === 0 ? undefined : parseSuperblock(head)
    } catch {
      // Whatever it is, it is told of without this.
      return undefined
    }
  }
  const read = async (name: string): Promise<VolumeContent | undefined> => {
    const done = new AbortController()
    const late = sleep(GIVE_UP_MS, undefined, { ref: false, signal: done.signal }).catch(() => undefined)
    try {
      return await Promise.race([readHead(name), late])
    } finally {
      done.abort()
    }
  }
  return {
    read({ name, device, instance, sizeBytes }) {
      if (!/^[\w.!-]+$/.test(name)) return Promise.resolve(undefined)
      const key = `${device} ${instance ?? ''} ${sizeBytes}`
      const before = known.get(name)
      if (before?.key === key) return before.content
      const content = read(name)
      known.set(name, { key, content })
      if (known.size > MAX_KNOWN) known.delete(known.keys().next().value ?? '')
      return content
    },
    forget: (name) => void known.delete(name),
  }
}
