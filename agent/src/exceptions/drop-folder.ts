// How the command of a person without rights reaches the agent of root: a file in a folder where everybody may lay one down.
//
// The folder belongs to the agent and has the mode of a letter box (1733): nobody but the agent can list it, and nobody can take
// away what another laid down. Who asks is the owner of the file, as the kernel says; nothing in the file is believed about that.
// A file is read once and removed: regular, with one name only (a second name could be that of another person's file), small, and
// opened without following a link or waiting for a writer. The answer is a file beside it, `<id>.answer`, for a minute.
import { constants, watch as watchFolder } from 'node:fs'
import { chmod, chown, lstat, mkdir, open, readdir, rm, rmdir, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const MAX_BYTES = 8 * 1024
const MAX_FILES = 64
const GATHER_MS = 200
const ANSWER_MS = 60_000
const NAME = /^[0-9a-f]{32}\.json$/

export interface Dropped {
  readonly uid: number
  readonly reason: string
  readonly hours: number
  readonly named?: string
}

export interface DropFolderDeps {
  readonly folder: string
  readonly take: (dropped: Dropped) => Promise<string>
  readonly log: { warn(object: object, message: string): void }
}

/** @returns undefined for what is no request, whatever it is */
export async function readDropped(path: string): Promise<Dropped | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => undefined)
  if (file === undefined) return undefined
  try {
    const stat = await file.stat()
    if (!stat.isFile() || stat.nlink !== 1 || stat.size > MAX_BYTES) return undefined
    const buffer = Buffer.alloc(MAX_BYTES)
    const { bytesRead } = await file.read(buffer, 0, MAX_BYTES, 0)
    const asked: unknown = JSON.parse(buffer.toString('utf8', 0, bytesRead))
    if (typeof asked !== 'object' || asked === null || !('reason' in asked) || typeof asked.reason !== 'string') return undefined
    const hours = 'hours' in asked && typeof asked.hours === 'number' ? asked.hours : 24
    const named = 'medium' in asked && typeof asked.medium === 'string' && asked.medium !== '' ? asked.medium.slice(0, 256) : undefined
    return { uid: stat.uid, reason: asked.reason, hours, ...(named === undefined ? {} : { named }) }
  } catch {
    // Half written, or no JSON.
    return undefined
  } finally {
    await file.close()
  }
}

/** Never follows a link and never goes into a folder: other people write here while root deletes. */
const remove = (path: string): Promise<unknown> => unlink(path).catch(() => rmdir(path)).catch(() => undefined)

/** Takes requests until the signal aborts. Rejects where the folder cannot be made, or is somebody else's. */
export async function watchDropFolder({ folder, take, log }: DropFolderDeps, signal: AbortSignal): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const stat = await lstat(folder)
  if (!stat.isDirectory() || stat.uid !== process.geteuid?.()) throw new Error('the folder of requests belongs to somebody else')
  await chmod(folder, 0o1733)

  const answer = async (name: string, uid: number, outcome: string): Promise<void> => {
    const path = join(folder, name.replace(/\.json$/, '.answer'))
    await writeFile(path, outcome, { flag: 'wx', mode: 0o600 })
    await chown(path, uid, -1).catch(() => undefined)
    setTimeout(() => void rm(path, { force: true }), ANSWER_MS).unref()
  }
  const look = async (): Promise<void> => {
    const names = await readdir(folder)
    for (const name of names.filter((one) => NAME.test(one)).slice(0, MAX_FILES)) {
      const path = join(folder, name)
      const dropped = await readDropped(path)
      await remove(path)
      if (dropped !== undefined) await answer(name, dropped.uid, await take(dropped)).catch((error: unknown) => log.warn({ err: error }, 'a request could not be answered'))
    }
    // Whatever else lies there is nobody's business and does not stay.
    const nowMs = Date.now()
    for (const name of names.filter((one) => !NAME.test(one)).slice(0, MAX_FILES)) {
      const found = await lstat(join(folder, name)).catch(() => undefined)
      if (found !== undefined && nowMs - found.mtimeMs > ANSWER_MS) await remove(join(folder, name))
    }
  }
  let looking: Promise<void> = Promise.resolve()
  let due = false
  const soon = (): void => {
    if (due) return
    due = true
    setTimeout(() => {
      due = false
      looking = looking.then(look).catch((error: unknown) => log.warn({ err: error }, 'requests of people cannot be read'))
    }, GATHER_MS).unref()
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve()
    const watcher = watchFolder(folder, { persistent: false, signal }, soon)
    watcher.on('error', () => resolve())
    watcher.on('close', resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
    soon()
  })
  await looking
}
