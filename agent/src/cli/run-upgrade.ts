// `holdfast-agent upgrade` as a process of its own: it outlives the agent, which it ends, and has its own memory to unpack in.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { upgradeFolder } from '../upgrade/offer.ts'
import { hasSystemd } from '../upgrade/service-manager.ts'

const CODE = /^([A-Z][A-Z_]+): /m

/**
 * Runs it with the program that runs now. Without a service manager that watches the new version, the process stays and does.
 *
 * @returns the code of a refusal; undefined when there was none
 */
export async function runUpgradeApart(folder: string, options: readonly string[]): Promise<string | undefined> {
  await mkdir(upgradeFolder(folder), { recursive: true, mode: 0o700 })
  // A file and no pipe: whoever reads a pipe is ended on the way.
  const path = join(upgradeFolder(folder), 'log')
  const log = await open(path, 'w', 0o600)
  try {
    const child = spawn(process.execPath, [process.argv[1] ?? '', 'upgrade', ...options, ...(hasSystemd() && !options.includes('--back') ? ['--no-wait'] : []), '--json', '--dir', folder], { detached: true, stdio: ['ignore', log.fd, log.fd] })
    child.unref()
    const [code] = (await once(child, 'close')) as [number | null]
    if (code === 0) return undefined
  } finally {
    await log.close()
  }
  return CODE.exec(await readFile(path, 'utf8').catch(() => ''))?.[1] ?? 'UPGRADE_UNREADABLE'
}
