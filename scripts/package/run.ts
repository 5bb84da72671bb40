// Runs the build machine's tools.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** stdout of a program; its stderr is shown when it fails, and otherwise unless `quiet`. @throws with the program's own words */
export async function run(program: string, args: readonly string[], options: { readonly cwd?: string; readonly quiet?: boolean; readonly environment?: Readonly<Record<string, string>> } = {}): Promise<string> {
  try {
    const { stdout, stderr } = await execute(program, args, { cwd: options.cwd, maxBuffer: 64 << 20, env: { ...process.env, ...options.environment } })
    if (options.quiet !== true && stderr.trim() !== '') say(stderr.trim())
    return stdout
  } catch (cause) {
    const { stdout = '', stderr = '', code } = cause as { stdout?: string; stderr?: string; code?: number | string }
    if (code === 'ENOENT') throw new Error(`${program} is not on this machine; scripts/package-agent --tools installs what is missing`, { cause })
    throw new Error(`${program} ${args[0] ?? ''} ended with ${code}:\n${`${stdout}\n${stderr}`.trim().slice(-4000)}`, { cause })
  }
}

export const has = async (program: string): Promise<boolean> => execute('/bin/sh', ['-c', 'command -v "$1"', 'sh', program]).then(() => true, () => false)
