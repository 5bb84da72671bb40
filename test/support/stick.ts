// A real stick: an ext4 image behind a loop device, mounted where a desktop would mount it. Needs root.
import { execFile } from 'node:child_process'
import { chmod, chown, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Stick {
  readonly path: string
  /** Unmounts it; the loop device goes with the mount. */
  remove(): Promise<void>
}

/** Makes and mounts a stick of `mib` MiB under `root`/`account`/STICK that the account may write to. */
export async function insertStick(folder: string, root: string, account: string, uid: number, mib = 96): Promise<Stick> {
  const image = join(folder, `stick-${account}.img`)
  const path = join(root, account, 'STICK')
  await mkdir(path, { recursive: true })
  await run('truncate', ['-s', `${mib}M`, image])
  await run('mkfs.ext4', ['-q', '-L', 'STICK', '-E', `root_owner=${uid}:${uid}`, image])
  await run('mount', ['-o', 'loop', image, path])
  await chown(path, uid, uid)
  await chmod(path, 0o755)
  return {
    path,
    async remove() {
      await run('umount', [path]).catch(() => run('umount', ['-l', path]))
    },
  }
}

/** Runs a program as an account without rights. */
export const asUid = async (uid: number, program: string, ...args: string[]): Promise<void> => void (await run(program, args, { uid, gid: uid, cwd: '/' }))
