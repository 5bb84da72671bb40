// One hash over everything that this agent runs: its own code, the packages that it loads, and Node. The collector compares it
// from heartbeat to heartbeat: another hash without another version is a program that somebody changed.
//
// Files are taken in the order of their paths below their package, so the same installation gives the same hash wherever it
// lies. Root on the device can make the agent say anything; what this shows is the edit that nobody thought of hiding.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, realpath } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const CODE = /\.(?:js|mjs|cjs|ts|json|node|proto)$/
const NOT_RUN = /\.(?:test|fixture)\.ts$|\.d\.(?:ts|mts|cts)$/
const MAX_FILES = 20_000
const CHUNK_BYTES = 1 << 20
/** A rest after each piece: 150 MB are read within ten seconds, beside everything else. */
const REST_MS = 15

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
  let files = 0
  const take = async (name: string, path: string): Promise<void> => {
    signal?.throwIfAborted()
    files += 1
    if (files > MAX_FILES) throw new RangeError('more files than a program has')
    const content = createHash('sha256')
    let sinceRest = 0
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
      content.update(chunk)
      sinceRest += chunk.length
      if (restMs > 0 && sinceRest >= CHUNK_BYTES) {
        sinceRest = 0
        await sleep(restMs, undefined, { ref: false })
      }
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
