// Lines of JSON in one file, readable by the collector's account only. What was appended is on disk before it counts as
// sent. At its size the file becomes `.1`, `.1` becomes `.2`, and the last one goes.
//
// A crash may leave half a line at the end, or whole lines that do not count as sent yet: half a line is cut off when the
// file is opened again, and whole lines may come twice, under the same record ids.
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ExportFailure, problemOf } from '../problem.ts'
import { lineOf } from '../render.ts'
import type { FilePlace, Format } from '../targets.ts'
import { DELIVERED, type Sender } from './sender.ts'
import { syncToDisk } from '../../sync-to-disk.ts'

/** Of the parts in which the end of the file is looked through. */
const PART = 64 * 1024

/** Cuts off what stands behind the last end of a line. @returns the size then */
async function mend(file: FileHandle): Promise<number> {
  const { size } = await file.stat()
  let end = size
  while (end > 0) {
    const from = Math.max(0, end - PART)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - from), 0, end - from, from)
    const at = buffer.subarray(0, bytesRead).lastIndexOf(0x0a)
    end = at < 0 ? from : from + at + 1
    if (at >= 0) break
  }
  if (end < size) await file.truncate(end)
  return end
}

/** @param folder made when it is not there; only its owner may look into it */
export function createFileSender(place: FilePlace, format: Format, folder: string): Sender {
  const path = join(folder, place.fileName)
  let file: FileHandle | undefined
  let size = 0

  const opened = async (): Promise<FileHandle> => {
    if (file !== undefined) return file
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // A link in the place of the file would lead what is written elsewhere.
    file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW, 0o600)
    await file.chmod(0o600)
    size = await mend(file)
    await syncToDisk(folder)
    return file
  }
  const release = async (): Promise<void> => {
    const held = file
    file = undefined
    await held?.close()
  }
  const rotate = async (): Promise<void> => {
    await release()
    await rm(`${path}.${place.keep}`, { force: true })
    for (let number = place.keep - 1; number >= 1; number -= 1) {
      await rename(`${path}.${number}`, `${path}.${number + 1}`).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      })
    }
    if (place.keep > 0) await rename(path, `${path}.1`)
    else await rm(path)
    await syncToDisk(folder)
  }

  return {
    async send(records) {
      try {
        const text = records.map(({ finding }) => `${lineOf(finding, format)}\n`).join('')
        await opened()
        if (size > 0 && size + Buffer.byteLength(text) > place.maxBytes) await rotate()
        const handle = await opened()
        await handle.appendFile(text)
        await handle.datasync()
        size += Buffer.byteLength(text)
        return DELIVERED
      } catch (cause) {
        // What was written in part is mended when it is opened again.
        await release().catch(() => {})
        const problem = problemOf(cause)
        throw new ExportFailure({ ...problem, kind: 'file' }, { cause })
      }
    },
    close: () => void release().catch(() => {}),
  }
}
