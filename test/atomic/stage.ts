// Starts the stage, and says why there is none.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Act, Seen } from './act.ts'

const CHECKOUT = join(import.meta.dirname, '../..')
/** A folder with more programs than this system has, laid over it; empty for none. */
const LAYER = process.env['HOLDFAST_ATOMIC_LAYER'] ?? ''
const NAMESPACES = ['--mount', '--pid', '--fork', '--uts', '--ipc', '--net', '--kill-child']
const run = promisify(execFile)

async function onStage(command: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-stage-'))
  try {
    const { stdout, stderr } = await run('/usr/bin/unshare', [...NAMESPACES, '--', '/bin/sh', join(CHECKOUT, 'test/atomic/stage.sh'), folder, CHECKOUT, LAYER, ...command], { timeout: 110_000, killSignal: 'SIGKILL', maxBuffer: 16 << 20 })
    if (stderr !== '' && process.env['HOLDFAST_ATOMIC_NOISE'] !== undefined) process.stderr.write(stderr)
    return stdout
  } finally {
    // The mounts went with their namespace.
    rmdirSync(folder)
  }
}

/** @returns undefined where acts can be done, else the reason why not */
export function whyNoStage(): string | undefined {
  if (process.platform !== 'linux') return 'acts are for Linux'
  if (process.getuid?.() !== 0) return 'only root can make a stage'
  try {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-stage-'))
    try {
      execFileSync('/usr/bin/unshare', [...NAMESPACES, '--', '/bin/sh', join(CHECKOUT, 'test/atomic/stage.sh'), folder, CHECKOUT, LAYER, '/bin/true'], { stdio: 'pipe', timeout: 30_000 })
    } finally {
      rmdirSync(folder)
    }
    return undefined
  } catch (error) {
    return `namespaces or overlays are not allowed here: ${String((error as { stderr?: Buffer }).stderr ?? error).trim().slice(0, 200)}`
  }
}

/** Does one act on a stage of its own. @returns what the sensors told, in order */
export const perform = async (act: Act): Promise<readonly Seen[]> => JSON.parse(await onStage([process.execPath, join(CHECKOUT, 'test/atomic/inside.ts'), JSON.stringify(act)])) as readonly Seen[]
