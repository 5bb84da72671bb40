// Whether anybody but this account and root can change what this process runs: the program, Node, what they load, and every
// folder above them. What the environment would make Node load is not passed on to the worker at all (worker-environment.ts).
import { type Stats, lstatSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Folders below which this many entries are looked at; more is no installation of ours. */
const MAX_ENTRIES = 20_000

export interface Unsafe {
  readonly path: string
  readonly problem: string
}

function problemOf({ uid, mode }: Pick<Stats, 'uid' | 'mode'>, isFolder: boolean, trusted: ReadonlySet<number>): string | undefined {
  if (!trusted.has(uid)) return `it belongs to account ${uid}`
  // In a sticky folder nobody replaces what belongs to somebody else.
  if (isFolder && (mode & 0o1000) !== 0) return undefined
  return (mode & 0o022) === 0 ? undefined : 'others than its owner may write to it'
}

/** The first unsafe thing from / down to a path, links resolved. */
function checkWay(path: string, trusted: ReadonlySet<number>): Unsafe | undefined {
  const parts: string[] = []
  for (let at = path; ; at = dirname(at)) {
    parts.unshift(at)
    if (dirname(at) === at) break
  }
  for (const part of parts) {
    const stats = lstatSync(part)
    const problem = problemOf(stats, stats.isDirectory(), trusted)
    if (problem !== undefined) return { path: part, problem }
  }
  return undefined
}

/** The first unsafe thing below a folder. */
function checkBelow(folder: string, depth: number, trusted: ReadonlySet<number>, budget: { left: number }): Unsafe | undefined {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    budget.left -= 1
    if (budget.left < 0) return undefined
    if (entry.isSymbolicLink()) continue
    const path = join(folder, entry.name)
    const problem = problemOf(lstatSync(path), entry.isDirectory(), trusted)
    if (problem !== undefined) return { path, problem }
    const below = entry.isDirectory() && depth > 0 ? checkBelow(path, depth - 1, trusted, budget) : undefined
    if (below !== undefined) return below
  }
  return undefined
}

/** Compiled code that Node believes without a look at its source. */
const compiledCode = (code: string): string => join(code, '../.cache/compiled')

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/**
 * Looks at this program, as far as ownership and modes say something (not on Windows).
 *
 * @param root folder of the agent's package
 * @returns the first thing that somebody else could change; undefined when all is well
 */
export function findUnsafeProgram(root: string, options: { readonly uid?: number; readonly node?: string } = {}): Unsafe | undefined {
  const { uid = process.geteuid?.(), node = process.execPath } = options
  if (uid === undefined) return undefined
  const trusted = new Set([0, uid])
  const budget = { left: MAX_ENTRIES }
  const code = realpathSync(root)
  const way = checkWay(realpathSync(node), trusted) ?? checkWay(join(code, 'src'), trusted) ?? checkBelow(join(code, 'src'), 12, trusted, budget)
  if (way !== undefined) return way
  const compiled = compiledCode(code)
  if (isThere(compiled)) {
    const unsafe = checkWay(realpathSync(compiled), trusted) ?? checkBelow(compiled, 2, trusted, budget)
    if (unsafe !== undefined) return unsafe
  }
  // The packages: where they lie really, and what lies directly in them.
  const modules = join(code, 'node_modules')
  for (const name of readdirSync(modules).flatMap((entry) => (entry.startsWith('@') ? readdirSync(join(modules, entry)).map((inner) => `${entry}/${inner}`) : [entry]))) {
    if (name.startsWith('.')) continue
    const real = realpathSync(resolve(modules, name))
    const unsafe = checkWay(real, trusted) ?? (lstatSync(real).isDirectory() ? checkBelow(real, 1, trusted, budget) : undefined)
    if (unsafe !== undefined) return unsafe
  }
  return undefined
}
