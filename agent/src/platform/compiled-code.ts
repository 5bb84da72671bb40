// Compiled code on the disk, made before it is needed.
//
// Node strips types with a compiler that stays in memory once it was used: 12 to 20 MB in each process and each thread that
// loads a file for the first time. So the first `run` of an installation or an upgrade lets a process that ends at once load
// everything; then this process begins again and finds all of it compiled. `ready` in the folder says for which files that was
// done: their names, sizes and times, Node's version and its flags, each of which V8 keeps other code for. Where the folder cannot be written, everything works as without.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { dirname, join } from 'node:path'

const READY = 'ready'
const WARM_MS = 60_000
const CACHE = 'NODE_COMPILE_CACHE'

/** What the compiled code was made from: SHA-256, hex. */
export function codeVersion(folders: readonly string[]): string {
  const sum = createHash('sha256').update(`${process.version} ${process.execArgv.join(' ')}\n`)
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }).toSorted((a, b) => (join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1))) {
      if (!entry.isFile() || !/\.(?:ts|js)$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      const { size, mtimeMs } = statSync(path)
      sum.update(`${path} ${size} ${mtimeMs}\n`)
    }
  }
  return sum.digest('hex')
}

/**
 * Compiles all that `run` will load, once for each version of the code, and begins this process again with the folder in its
 * environment: set any later, it misses the file that a process begins with, which alone would bring the compiler.
 *
 * @param compiled the folder of compiled code; @param folders what the code stands in
 */
export function warmUp(compiled: string, folders: readonly string[]): void {
  // One that has begun again, or that somebody speaks to, goes on as it is. Absent before Node 23.11 and on Windows.
  if (process.env[CACHE] === compiled || process.send !== undefined || process.execve === undefined) return
  const stamp = join(compiled, READY)
  try {
    const version = codeVersion(folders)
    if (readText(stamp) !== version) {
      spawnSync(process.execPath, [...process.execArgv, join(import.meta.dirname, '../load-everything.ts')], { cwd: '/', env: { [CACHE]: compiled }, stdio: 'ignore', timeout: WARM_MS, killSignal: 'SIGKILL' })
      writeFileSync(stamp, version, { mode: 0o600 })
    }
  } catch {
    // Not writable, or not there: the compiler is loaded then, which costs memory and nothing else.
    return
  }
  process.execve(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], { ...process.env, [CACHE]: compiled })
}

/** Where a thread or a child of this process finds compiled code: this process's own folder, else the given one. */
export function compiledFolder(otherwise: string): string {
  // Node makes a folder for its version below the one that it was given.
  const used = getCompileCacheDir()
  return used === undefined ? otherwise : dirname(used)
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
