// An upload on disk while it is imported: it may be larger than memory, and is read only when it is there as a whole.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportFile } from '../../connectors/imports.ts'
import { CodedError } from '../../errors.ts'

const CHUNK_BYTES = 256 * 1024

/** Takes the whole stream, and removes it when the work has ended. @throws CONNECTOR_FILE_TOO_LARGE */
export async function withUpload<T>(stream: AsyncIterable<Uint8Array>, maxBytes: number, work: (file: ImportFile) => Promise<T>): Promise<T> {
  // A folder of its own, which only we may open.
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-import-'))
  try {
    const path = join(folder, 'upload')
    const digest = createHash('sha256')
    let bytes = 0
    const handle = await open(path, 'wx', 0o600)
    try {
      for await (const chunk of stream) {
        bytes += chunk.length
        if (bytes > maxBytes) throw new CodedError('CONNECTOR_FILE_TOO_LARGE', { limit: maxBytes })
        digest.update(chunk)
        await handle.write(chunk)
      }
    } finally {
      await handle.close()
    }
    return await work({ bytes, hash: digest.digest('hex'), open: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer> })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
