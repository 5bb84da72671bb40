// Files of drills: read only when they are ours alone, whatever stands there.
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

const MAX_BYTES = 256 * 1024

/** JSON of a regular file that belongs to this account and that nobody else may read or write; undefined otherwise. */
export async function readPrivateJson(path: string): Promise<unknown> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => undefined)
  if (file === undefined) return undefined
  try {
    const stat = await file.stat()
    const uid = process.geteuid?.()
    if (!stat.isFile() || stat.size > MAX_BYTES || (uid !== undefined && (stat.uid !== uid || (stat.mode & 0o077) !== 0))) return undefined
    return JSON.parse(await file.readFile('utf8')) as unknown
  } catch {
    // Half written, or no JSON: as good as not there.
    return undefined
  } finally {
    await file.close()
  }
}
