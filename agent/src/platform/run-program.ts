// Starts programs of the system for every adapter: no shell, a clean environment, bounded time and output.
import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, parse } from 'node:path'
import { CodedError } from '../errors.ts'
import type { Platform } from './platform.ts'

const TIMEOUT_MS = 10_000
const MAX_BYTES = 4 << 20

/** Where programs may come from; `/usr/local` is left out because more people can write there. */
const SYSTEM_FOLDERS: readonly string[] = ['/usr/sbin', '/usr/bin', '/sbin', '/bin']

export interface ProgramRules {
  /** Folder that stands for `/`. */
  readonly root: string
  readonly environment: Readonly<Record<string, string>>
  /** Folders that programs may come from; those of a POSIX system when absent. */
  readonly folders?: readonly string[]
}

export const posixEnvironment: ProgramRules['environment'] = { PATH: SYSTEM_FOLDERS.join(':'), LC_ALL: 'C' }

/**
 * Finds a program in the folders of the system.
 *
 * @param program a bare name, or an absolute path within those folders
 * @returns the absolute path to start, or undefined where there is none that this process may run
 */
export async function findProgram(root: string, program: string, trusted = SYSTEM_FOLDERS): Promise<string | undefined> {
  const name = basename(program)
  const folders = isAbsolute(program) ? trusted.filter((folder) => folder === dirname(program)) : trusted
  if (name === '' || (!isAbsolute(program) && name !== program)) return undefined
  for (const folder of folders) {
    // `/` and '' stand for the system itself; joining a drive letter to them would spoil it.
    const path = root === '/' || root === '' ? join(folder, name) : join(root, folder, name)
    if (await access(path, constants.X_OK).then(() => true, () => false)) return path
  }
  return undefined
}

/**
 * @returns a `run` for a Platform; a program that ends with a code of its own is an answer, one that was ended by time, size or a signal is an error
 * @throws PLATFORM_COMMAND_MISSING, PLATFORM_COMMAND_FAILED
 */
export function createRun({ root, environment, folders }: ProgramRules): Platform['run'] {
  return async (program, args, options = {}) => {
    const path = await findProgram(root, program, folders)
    if (path === undefined) throw new CodedError('PLATFORM_COMMAND_MISSING', { program: basename(program) })
    return new Promise((resolve, reject) => {
      const child = execFile(
        path,
        args,
        { cwd: parse(path).root, env: { ...environment }, shell: false, encoding: 'utf8', timeout: options.timeoutMs ?? TIMEOUT_MS, killSignal: 'SIGKILL', maxBuffer: options.maxBytes ?? MAX_BYTES, windowsHide: true },
        (error, stdout, stderr) => {
          if (error === null) return resolve({ code: 0, stdout, stderr })
          if (typeof error.code === 'number') return resolve({ code: error.code, stdout, stderr })
          reject(new CodedError('PLATFORM_COMMAND_FAILED', { program: basename(program), code: error.signal ?? error.code ?? 'unknown' }, { cause: error }))
        },
      )
      child.stdin?.end()
    })
  }
}
