// The folder of sealed copies: as they were received, under names that were made here, 0600 in 0700.
//
//   incoming/<name>.part   what is here of a copy that is on its way
//   <name>.sealed          a whole copy, verified once
//
// A crash leaves a part that is longer or shorter than the device thinks (the device asks), or torn (it does not verify and is
// sent again), or a sealed file whose record still says `receiving` (it is verified again).
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openIncomingFolder } from '../incoming-folder.ts'
import { syncToDisk } from '../sync-to-disk.ts'

const NAME = /^[0-9a-f]{32}$/

export interface Vault {
  newName(): string
  /** Of a whole copy. */
  pathOf(name: string): string
  partOf(name: string): string
  /** Bytes that are here of a copy on its way; 0 when there is none. */
  received(name: string): Promise<number>
  /** Adds at the end. @param at where the end must be. @returns false when it is elsewhere, and nothing was written */
  append(name: string, at: number, data: Uint8Array): Promise<boolean>
  /** Waits until all of a part is on disk. */
  sync(name: string): Promise<void>
  /** A part becomes a whole copy. */
  finish(name: string): Promise<void>
  dropPart(name: string): Promise<void>
  /** Of all copies, whole or not. */
  names(): Promise<readonly string[]>
  /** Overwrites nothing: on today's disks that promises nothing; the copy is sealed, and its record is a tombstone. */
  remove(name: string): Promise<void>
}

/** Opens the folder, making it where it is absent. */
export async function openVault(folder: string): Promise<Vault> {
  const files = await openIncomingFolder(folder, { names: NAME, ending: '.sealed' })
  return {
    ...files,
    newName: () => randomBytes(16).toString('hex'),
    sync: (name) => syncToDisk(files.partOf(name)),
    names: async () => [...(await readdir(folder)), ...(await readdir(join(folder, 'incoming')))].flatMap((file) => /^([0-9a-f]{32})\.(?:sealed|part)$/.exec(file)?.[1] ?? []),
  }
}
