// Small volumes of their own for faults of full disks. They are mounted in the private mount namespace that main.ts has
// made for the whole run, so they end with it whatever happens.
import { cp, mkdir, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../support/own-processes.ts'
import { type FaultContext, must } from './fault.ts'

/** Set by main.ts in a run that has mounts of its own. */
export const PRIVATE_MOUNTS = 'HOLDFAST_FAULT_PRIVATE_MOUNTS'

interface VolumeOptions {
  /** Names that it has room for. */
  readonly inodes?: number
  /** Takes over what lies in the folder. */
  readonly keep?: boolean
}

/** Mounts an empty volume over a folder, which is made when it is not there. */
export async function mountVolume(context: FaultContext, folder: string, mebibytes: number, { inodes, keep = false }: VolumeOptions = {}): Promise<void> {
  must(process.env[PRIVATE_MOUNTS] === '1', 'needs root, and mounts of its own (unshare)')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const aside = keep ? await mkdtemp(join(tmpdir(), 'holdfast-fault-aside-')) : undefined
  if (aside !== undefined) await cp(folder, aside, { recursive: true, preserveTimestamps: true })
  await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0700${inodes === undefined ? '' : `,nr_inodes=${inodes}`}`, 'tmpfs', folder])
  context.defer(async () => {
    await run('umount', ['-l', folder], { allowFailure: true })
  })
  if (aside === undefined) return
  await run('cp', ['-a', `${aside}/.`, folder])
  await rm(aside, { recursive: true, force: true })
}

/** Writes until the volume is full, to the last byte, or until so many bytes are left. @returns bytes written */
export async function fillVolume(path: string, leaveBytes = 0): Promise<number> {
  const file = await open(path, 'w')
  let written = 0
  let size = 1 << 20
  const block = Buffer.alloc(size, 0x66)
  try {
    while (size >= 1) {
      try {
        written += (await file.write(block, 0, size)).bytesWritten
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        size >>= 1
      }
    }
    if (leaveBytes > 0) await file.truncate(Math.max(0, written - leaveBytes))
  } finally {
    await file.close()
  }
  return written
}
