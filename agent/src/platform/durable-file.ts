// Small files that must be whole after a crash: written beside their place, synced, then renamed over it, then the folder synced.
// What a crash can leave behind is the old content, or a stray `<name>.new` that the next write replaces.
import { constants } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Folders of the agent are for its own account alone. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; there the rename is journalled.
  const folder = await open(path, constants.O_RDONLY).catch(() => undefined)
  try {
    await folder?.sync().catch(() => undefined)
  } finally {
    await folder?.close()
  }
}

/**
 * Replaces a file as one step.
 *
 * @param options.mode 0600 when absent
 * @param options.sync false for what may be lost with the power, such as a status
 */
export async function writeDurably(path: string, content: string | Uint8Array, options: { readonly mode?: number; readonly sync?: boolean } = {}): Promise<void> {
  const { mode = 0o600, sync = true } = options
  const beside = `${path}.new`
  await rm(beside, { force: true })
  // O_EXCL: a link that somebody put there is not followed.
  const file = await open(beside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode)
  try {
    await file.writeFile(content)
    // The mode of open() passes through the umask.
    await file.chmod(mode)
    if (sync) await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, path)
  if (sync) await syncFolder(dirname(path))
}

/** Removes a file so that it stays removed after a crash; an absent file is fine. */
export async function removeDurably(path: string): Promise<void> {
  await rm(path, { force: true })
  await syncFolder(dirname(path))
}
