// One hash over everything that this agent runs: its own code, the packages that it loads, and Node. The collector compares it
// from heartbeat to heartbeat: another hash without another version is a program that somebody changed.
//
// Files are taken in the order of their paths below their package, so the same installation gives the same hash wherever it
// lies. Root on the device can make the agent say anything; what this shows is the edit that nobody thought of hiding.
import { open, readdir, realpath } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { getCompileCacheDir } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const CODE = /\.(?:js|mjs|cjs|ts|json|node|proto)$/
const NOT_RUN = /\.(?:test|fixture)\.ts$|\.d\.(?:ts|mts|cts)$/
const MAX_FILES = 20_000
/** One piece of memory for everything that is read: 150 MB in pieces of their own would stay as garbage for minutes. */
const CHUNK_BYTES = 256 << 10
/** A rest after each full piece: it takes some five seconds, beside everything else. */
const REST_MS = 5

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for (const entry of (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* filesBelow(path)
    else if (entry.isFile() && CODE.test(entry.name) && !NOT_RUN.test(entry.name)) yield path
  }
}

/** Names of the packages in a node_modules folder. */
async function packagesOf(modules: string): Promise<readonly string[]> {
  const names = await readdir(modules).catch((): string[] => [])
  const nested = await Promise.all(names.filter((name) => !name.startsWith('.')).map(async (name) => (name.startsWith('@') ? (await readdir(join(modules, name))).map((inner) => `${name}/${inner}`) : [name])))
  return nested.flat().filter((name) => !name.startsWith('@types/')).toSorted()
}

/**
 * @param root folder of the agent's package
 * @param options.restMs between two pieces; 0 in tests
 * @returns 64 hex digits; rejects when a file cannot be read, or the signal aborts
 */
export async function hashProgram(root: string, options: { readonly node?: string; readonly restMs?: number; readonly signal?: AbortSignal } = {}): Promise<string> {
  const { node = process.execPath, restMs = REST_MS, signal } = options
  const whole = createHash('sha256')
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES)
  let files = 0
  const take = async (name: string, path: string): Promise<void> => {
    signal?.throwIfAborted()
    files += 1
    if (files > MAX_FILES) throw new RangeError('more files than a program has')
    const content = createHash('sha256')
    const file = await open(path, 'r')
    try {
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, buffer.length, null)
        if (bytesRead === 0) break
        content.update(buffer.subarray(0, bytesRead))
        if (restMs > 0 && bytesRead === buffer.length) await sleep(restMs, undefined, { ref: false })
      }
    } finally {
      await file.close()
    }
    whole.update(`${name}\0${content.digest('hex')}\n`)
  }
  const takeFolder = async (label: string, folder: string): Promise<void> => {
    for await (const path of filesBelow(folder)) await take(`${label}/${relative(folder, path)}`, path)
  }
  await takeFolder('src', join(root, 'src'))
  const modules = join(root, 'node_modules')
  for (const name of await packagesOf(modules)) await takeFolder(name, await realpath(join(modules, name)))
  await take('node', await realpath(node))
  return whole.digest('hex')
}

/** As hashProgram, in a child of low priority: thousands of files leave their garbage there. @returns empty when the signal aborts first */
export function hashProgramApart(root: string, signal: AbortSignal): Promise<string> {
  const compiled = getCompileCacheDir()
  const child = spawn(process.execPath, ['--max-semi-space-size=1', join(import.meta.dirname, 'program-hash-child.ts'), root], {
    cwd: '/', env: compiled === undefined ? {} : { NODE_COMPILE_CACHE: dirname(compiled) }, stdio: ['ignore', 'pipe', 'ignore'], signal, killSignal: 'SIGKILL',
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('latin1')))
  child.unref()
  return new Promise((resolve, reject) => {
    child.once('error', (error) => (signal.aborted ? resolve('') : reject(error)))
    child.once('close', (code) => (/^[0-9a-f]{64}$/.test(out) ? resolve(out) : signal.aborted ? resolve('') : reject(new Error(`the hash of the program ended with ${code}`))))
  })
}
