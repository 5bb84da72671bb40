// A folder of files that arrive piece by piece, 0600 in 0700:
//
//   incoming/<name>.part   what is here of one that is on its way
//   <name><ending>         a whole one
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncToDisk } from './sync-to-disk.ts'

export interface IncomingFolder {
  /** Of a whole one. @throws RangeError when it is no name, as from here on */
  pathOf(name: string): string
  partOf(name: string): string
  /** Bytes that are here of one on its way; 0 when there is none. */
  readonly received: (name: string) => Promise<number>
  /** Adds at the end. @param at where the end must be. @returns false when it is elsewhere, and nothing was written */
  readonly append: (name: string, at: number, data: Uint8Array) => Promise<boolean>
  /** A part, synced before, becomes a whole one. */
  finish(name: string): Promise<void>
  dropPart(name: string): Promise<void>
  /** Whole or not. */
  readonly remove: (name: string) => Promise<void>
}

/** Opens the folder, making it where it is absent. Names come from our own records; `names` holds even where one of those was forged. */
export async function openIncomingFolder(folder: string, { names, ending }: { readonly names: RegExp; readonly ending: string }): Promise<IncomingFolder> {
  const incoming = join(folder, 'incoming')
  for (const path of [folder, incoming]) {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await chmod(path, 0o700)
  }
  const named = (name: string): string => {
    if (!names.test(name)) throw new RangeError('no name of a file that arrives')
    return name
  }
  const pathOf = (name: string): string => join(folder, `${named(name)}${ending}`)
  const partOf = (name: string): string => join(incoming, `${named(name)}.part`)
  return {
    pathOf, partOf,
    received: (name) => stat(partOf(name)).then(({ size }) => size, () => 0),
    async append(name, at, data) {
      const file = await open(partOf(name), 'a', 0o600)
      try {
        if ((await file.stat()).size !== at) return false
        await file.appendFile(data)
        return true
      } finally {
        await file.close()
      }
    },
    async finish(name) {
      await rename(partOf(name), pathOf(name))
      await syncToDisk(folder)
    },
    dropPart: (name) => rm(partOf(name), { force: true }),
    async remove(name) {
      await rm(pathOf(name), { force: true })
      await rm(partOf(name), { force: true })
      await syncToDisk(folder)
    },
  }
}
