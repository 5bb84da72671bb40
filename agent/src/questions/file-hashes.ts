// The one question that touches files: hashes of the files of one folder, by a name. Never what is in them.
//
//   folder   absolute, without `.`, `..`, NUL or a link in it, below a root that the policy watches, outside of what it excludes
//   name     of files in that folder; `*` for any run of characters but `/`, three at most; nothing else is a pattern
//   files    1,000 at most, 5 seconds, each opened without following a link and with the rights of its own owner
//
// All of it is checked here, whatever the collector checked: the order is genuine, and its arguments are still not trusted.
import { realpath } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { wire } from '@holdfast/proto'
import type { Enrichment } from '../enrich/contract.ts'
import { compileExclude, isWithin } from '../platform/path-patterns.ts'
import type { AccountInfo } from '../platform/platform.ts'

export const MAX_FILES = 1000
const MAX_MS = 5000
const MAX_STARS = 3
const MAX_FOLDER = 1024
const MAX_NAME = 128
/** Larger files have a fingerprint only, as everywhere. */
const HASH_LIMIT = 64 << 20

export interface HashedFile {
  readonly path: string
  readonly sizeBytes: number
  /** Empty where it was not read to its end; `state` says why. */
  readonly sha256: string
  readonly state: string
  readonly changedAt: string
  readonly uid: number
}

export interface FileHashAnswer {
  readonly files: readonly HashedFile[]
  /** There was more than the limits of count and time allow. */
  readonly cut: boolean
}

export interface FileHashDeps {
  readonly enrichment: Pick<Enrichment, 'inspect' | 'list'>
  readonly policy: wire.AgentPolicy.$Properties
  readonly accounts: readonly AccountInfo[]
  /** Folders of the agent itself: never told of. */
  readonly own: readonly string[]
  /** Milliseconds of a clock that never jumps. */
  readonly steady: () => number
}

/** @returns undefined for what is no pattern of ours */
export function compileName(name: string): ((name: string) => boolean) | undefined {
  if (name === '' || name.length > MAX_NAME || /[/\0?[\]{}\\]/.test(name) || name === '.' || name === '..') return undefined
  const parts = name.split('*')
  if (parts.length - 1 > MAX_STARS) return undefined
  // By hand and not as an expression: nothing that a pattern says can make this slow.
  const [head = '', ...rest] = parts
  const tail = rest.pop()
  if (tail === undefined) return (one) => one === name
  return (one) => {
    if (one.length < head.length + tail.length || !one.startsWith(head) || !one.endsWith(tail)) return false
    let at = head.length
    for (const part of rest) {
      const found = one.indexOf(part, at)
      if (found < 0 || found + part.length > one.length - tail.length) return false
      at = found + part.length
    }
    return true
  }
}

/** Roots of a policy with `~` filled in for each home. */
function rootsOf({ files }: wire.AgentPolicy.$Properties, accounts: readonly AccountInfo[]): readonly string[] {
  if (files?.enabled !== true) return []
  const named = [...(files.roots ?? []), ...(files.removableRoots ?? []), ...(files.networkShareRoots ?? []), ...(files.cloudSyncRoots ?? [])]
  return named.flatMap((root) => (root === '~' ? accounts.map(({ home }) => home) : root.startsWith('~/') ? accounts.map(({ home }) => `${home}${root.slice(1)}`) : [root])).filter((root) => root.startsWith('/') && root !== '/').map((root) => root.replace(/\/+$/, ''))
}

/** Why a folder is not looked into; undefined when it may be. */
async function folderProblem(folder: string, { policy, accounts, own }: FileHashDeps): Promise<'folder_invalid' | 'folder_not_watched' | 'folder_excluded' | 'folder_gone' | undefined> {
  if (!folder.startsWith('/') || folder.length > MAX_FOLDER || folder.includes('\0') || folder.split('/').slice(1).some((part) => part === '' || part === '.' || part === '..')) return 'folder_invalid'
  if (!rootsOf(policy, accounts).some((root) => isWithin(folder, root))) return 'folder_not_watched'
  const excludes = [...(policy.files?.excludes ?? []), ...(policy.evidence?.privatePaths ?? [])].map((glob) => compileExclude(glob.startsWith('~/') ? `**/${glob.slice(2)}` : glob))
  if (own.some((one) => isWithin(folder, one)) || excludes.some((matches) => matches(folder) || matches(`${folder}/x`))) return 'folder_excluded'
  // A link anywhere in it would lead out of the root. A file system that hangs is not waited for.
  const patience = new AbortController()
  const real = await Promise.race([realpath(folder).catch(() => ''), sleep(MAX_MS, '', { signal: patience.signal, ref: false }).catch(() => '')])
  patience.abort()
  return real === folder ? undefined : real === '' ? 'folder_gone' : 'folder_not_watched'
}

/** @returns a code of why not, or the answer */
export async function hashFiles({ folder, name }: { readonly folder: string; readonly name: string }, deps: FileHashDeps): Promise<FileHashAnswer | string> {
  const isWanted = compileName(name)
  if (isWanted === undefined) return 'name_invalid'
  const problem = await folderProblem(folder, deps)
  if (problem !== undefined) return problem
  const { enrichment, steady, policy } = deps
  const since = steady()
  const listing = await enrichment.list(folder)
  if (listing === undefined) return 'folder_gone'
  const excludes = [...(policy.files?.excludes ?? []), ...(policy.evidence?.privatePaths ?? [])].map(compileExclude)
  const wanted = listing.files.filter(({ path }) => isWanted(path.slice(folder.length + 1)) && !excludes.some((matches) => matches(path)))
  const files: HashedFile[] = []
  for (const { path } of wanted.slice(0, MAX_FILES)) {
    if (steady() - since > MAX_MS) break
    const { sizeBytes, sha256, state, mtimeMs, ownerUid } = await enrichment.inspect(path, { hashLimitBytes: HASH_LIMIT })
    files.push({ path, sizeBytes, sha256, state, changedAt: new Date(mtimeMs).toISOString(), uid: ownerUid })
  }
  return { files, cut: listing.cut || files.length < wanted.length }
}
