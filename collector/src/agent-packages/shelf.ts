// The folder of releases: tarballs as they were uploaded, under the sum that was signed for them, 0600 in 0700.
//
//   incoming/<sha256>.part     what is here of one that is on its way
//   <sha256>.tar.gz            a whole one, compared with its sum
//
// A crash leaves a part that is longer or shorter than whoever uploads thinks (it asks), or torn (the sum finds out).
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { openIncomingFolder } from '../incoming-folder.ts'
import { syncToDisk } from '../sync-to-disk.ts'

const SUM = /^[0-9a-f]{64}$/

export interface PackageShelf {
  /** Whether all of it is here. */
  has(id: string): Promise<boolean>
  /** Bytes that are here of one on its way. */
  received(id: string): Promise<number>
  /** Adds at the end. @param at where the end must be. @returns false when it is elsewhere, and nothing was written */
  append(id: string, at: number, data: Uint8Array): Promise<boolean>
  /** A part becomes a whole one. @returns false when it is not what was signed, and is gone */
  finish(id: string): Promise<boolean>
  /** A piece of a whole one; shorter at its end. undefined when it is not here */
  read(id: string, offset: number, bytes: number): Promise<Uint8Array | undefined>
  remove(id: string): Promise<void>
}

/** Opens the folder, making it where it is absent. */
export async function openPackageShelf(folder: string): Promise<PackageShelf> {
  const files = await openIncomingFolder(folder, { names: SUM, ending: '.tar.gz' })
  return {
    has: (id) => stat(files.pathOf(id)).then(() => true, () => false),
    received: files.received, append: files.append, remove: files.remove,
    async finish(id) {
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(files.partOf(id))) hash.update(chunk as Buffer)
      if (hash.digest('hex') !== id) {
        await files.dropPart(id)
        return false
      }
      await syncToDisk(files.partOf(id))
      await files.finish(id)
      return true
    },
    async read(id, offset, bytes) {
      let file: Awaited<ReturnType<typeof open>>
      try {
        file = await open(files.pathOf(id), 'r')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
      try {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, offset)
        return buffer.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },
  }
}
