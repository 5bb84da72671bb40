// One consistent look at the settings of a device: every file, folder and process is read at most once a look.
//
// Everything lies below `root`, is bounded, and never blocks on what is not a regular file. Files of people (`homes`) are
// reached without following a link; a home on a network or FUSE file system is left out, because a dead server would hold
// the agent for ever.
import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { listBeneath, readFileBeneath, statBeneath, versionBeneath } from '../platform/linux/read-beneath.ts'
import { type FileReading, readProcText, readSystemFile } from '../platform/linux/read-text.ts'
import type { AccountInfo, MountEntry, Platform } from '../platform/platform.ts'

/** `denied`: it is there or may be, and this process cannot read it. `other`: not a regular file, or longer than the cap. */
export type TextReading = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'absent' | 'denied' | 'other' }

export interface FileStat {
  readonly ino: number
  readonly mode: number
  readonly size: number
  readonly uid: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly isFile: boolean
  readonly isLink: boolean
}

export interface ProgramAnswer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface SystemView {
  readonly elevated: boolean
  readonly homes: readonly AccountInfo[]
  readonly mounts: readonly MountEntry[]
  text(path: string): TextReading
  /** As `text`, for who only wants the words: undefined when there are none. */
  words(path: string): string | undefined
  /** As `text`, for the lists of package managers: up to 64 MiB. */
  largeText(path: string): TextReading
  /** Names in a folder, sorted; empty when it is absent or closed to this process. */
  list(folder: string): readonly string[]
  isThere(path: string): boolean
  isReadable(folder: string): boolean
  linkTarget(path: string): string | undefined
  /** The entry itself, never what a link leads to. */
  stat(path: string): FileStat | undefined
  /** Changes when the file does; for a path that ends in `/`, when any entry of the folder does. */
  version(path: string): string
  /** Changes when an entry of the folder comes, goes or is renamed. */
  folderVersion(folder: string): string
  homeText(account: AccountInfo, path: string): TextReading
  homeBytes(account: AccountInfo, path: string): Buffer | undefined
  homeList(account: AccountInfo, path: string): readonly string[]
  homeStat(account: AccountInfo, name: string): FileStat | undefined
  homeVersion(account: AccountInfo, path: string): string
  /** First bytes of a regular file, whatever its length. */
  head(path: string, bytes: number): Buffer | undefined
  homeHead(account: AccountInfo, path: string, bytes: number): Buffer | undefined
  /** As `stat`, at any depth below a home, through no link. */
  homeStatBeneath(account: AccountInfo, path: string): FileStat | undefined
  /** Target of a link that stands in the home itself. */
  homeLinkTarget(account: AccountInfo, name: string): string | undefined
  isRunning(process: string): boolean
  /** The same question is asked once a look. @throws PLATFORM_COMMAND_MISSING, PLATFORM_COMMAND_FAILED */
  run(program: string, ...args: string[]): Promise<ProgramAnswer>
}

const MAX_FILE_BYTES = 1 << 20
const MAX_LARGE_BYTES = 64 << 20
const MAX_ENTRIES = 4096
/** Uids from here on belong to people (UID_MIN of login.defs, everywhere). */
const FIRST_PERSON = 1000
/** A look waits for its programs, and the next change with it. */
const PROGRAM_MS = 3000
/** PowerShell alone takes a second to start on a slow disk, and its modules more. */
const SLOW_PROGRAM_MS = 20_000
const NETWORK = /^(nfs4?|cifs|smb3|smbfs|afs|ceph|lustre|autofs|fuse(\..*|blk)?)$/

const asText = (reading: FileReading): TextReading => (reading.kind !== 'bytes' ? reading : reading.complete ? { kind: 'text', text: reading.bytes.toString('utf8') } : { kind: 'other' })

/** The mount that a path lies on: the deepest mount point above it, the last one where several lie on each other. */
export function mountOf(mounts: readonly MountEntry[], path: string): MountEntry | undefined {
  let found: MountEntry | undefined
  for (const mount of mounts) {
    const isAbove = mount.mountPoint === '/' || path === mount.mountPoint || path.startsWith(`${mount.mountPoint}/`)
    if (isAbove && mount.mountPoint.length >= (found?.mountPoint.length ?? 0)) found = mount
  }
  return found
}

export const isOnNetwork = (mounts: readonly MountEntry[], path: string): boolean => NETWORK.test(mountOf(mounts, path)?.fileSystem ?? '')

function memo<T>(read: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    if (!known.has(key)) known.set(key, read(key))
    return known.get(key) as T
  }
}

/**
 * Names of the processes of the system, over many looks: only processes that are new since the last look are read, and
 * those that are asked for, because a process id may be given anew.
 */
export function createProcessTable(root: string): () => (name: string) => boolean {
  /** How often a process was read: the first name may be that of its parent, before the exec. */
  const known = new Map<string, { readonly name: string; readonly reads: number }>()
  const read = (pid: string): string => {
    // A zombie (state Z) does nothing any more.
    const match = /^\d+ \((.*)\) ([A-Z])/s.exec(readProcText(join(root, 'proc', pid, 'stat')) ?? '')
    return match?.[1] === undefined || match[2] === 'Z' || match[2] === 'X' ? '' : match[1]
  }
  /** Anybody can name a process as he likes: only accounts of the system count, those below the first person's uid. */
  const belongsToSystem = (pid: string): boolean => Number(/^Uid:\s+(\d+)/m.exec(readProcText(join(root, 'proc', pid, 'status')) ?? '')?.[1] ?? FIRST_PERSON) < FIRST_PERSON

  return () => {
    let pids: string[] = []
    try {
      pids = readdirSync(join(root, 'proc')).filter((name) => /^\d+$/.test(name))
    } catch {
      // No /proc here.
    }
    const there = new Set(pids)
    for (const pid of known.keys()) if (!there.has(pid)) known.delete(pid)
    for (const pid of pids) {
      const reads = known.get(pid)?.reads ?? 0
      if (reads < 3) known.set(pid, { name: read(pid), reads: reads + 1 })
    }
    return (name) => {
      // The kernel keeps 15 characters of a name.
      const short = name.slice(0, 15)
      return [...known].some(([pid, entry]) => entry.name === short && read(pid) === short && belongsToSystem(pid))
    }
  }
}

/** Says when one of these changed: inode, times, size; for links the link itself. */
function versionOf(path: string): string {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    return stat === undefined ? '-' : `${stat.ino} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.size} ${stat.mode}`
  } catch {
    return 'denied'
  }
}

export interface ViewDeps {
  readonly platform: Platform
  readonly signal: AbortSignal
  readonly processes: () => (name: string) => boolean
}

/** Takes one look. Files are read when they are asked for, and kept for this look only. */
export async function createSystemView({ platform, signal, processes }: ViewDeps): Promise<SystemView> {
  const root = platform.root ?? '/'
  const at = (path: string): string => join(root, path)
  const [accounts, mounts] = await Promise.all([platform.accounts(), platform.mounts().catch(() => [])])

  const text = memo((path) => asText(readSystemFile(at(path), MAX_FILE_BYTES)))
  const list = memo((folder): readonly string[] | undefined => {
    try {
      return readdirSync(at(folder)).slice(0, MAX_ENTRIES).toSorted()
    } catch {
      return undefined
    }
  })
  // What an admin links elsewhere (alternatives, /etc/localtime style) changes at its target, so both versions count.
  const version = memo((path): string => {
    // Drop-ins and wishes of units lie one folder deeper (`x.service.d`, `x.target.wants`).
    if (path.endsWith('/')) return `${versionOf(at(path.slice(0, -1)))} ${(list(path.slice(0, -1)) ?? []).map((name) => version(`${path}${name}${isDropIn(name) ? '/' : ''}`)).join(';')}`
    const own = versionOf(at(path))
    return own === '-' ? own : `${own} ${linkOf(at(path)) ?? ''}`
  })
  const table = memo(() => processes())
  const answers = new Map<string, Promise<ProgramAnswer>>()
  const ownLists = new Map<AccountInfo, (path: string) => readonly string[]>()

  return {
    elevated: platform.elevated,
    // A second account with the home of another adds nothing to look at.
    homes: accounts.filter((account, index) => !isOnNetwork(mounts, account.home) && accounts.findIndex(({ home }) => home === account.home) === index),
    mounts,
    text,
    words(path) {
      const reading = text(path)
      return reading.kind === 'text' ? reading.text : undefined
    },
    largeText: (path) => asText(readSystemFile(at(path), MAX_LARGE_BYTES)),
    list: (folder) => list(folder) ?? [],
    isThere: (path) => lstatSync(at(path), { throwIfNoEntry: false }) !== undefined,
    isReadable: (folder) => list(folder) !== undefined,
    linkTarget: (path) => linkOf(at(path)),
    stat: (path) => statOf(at(path)),
    homeStat: (account, name) => (name.includes('/') ? undefined : statOf(join(at(account.home), name))),
    version,
    folderVersion: (folder) => versionOf(at(folder)),
    homeText: (account, path) => asText(readFileBeneath(at(account.home), path, MAX_FILE_BYTES)),
    homeBytes(account, path) {
      const reading = readFileBeneath(at(account.home), path, MAX_FILE_BYTES)
      return reading.kind === 'bytes' && reading.complete ? reading.bytes : undefined
    },
    homeList(account, path) {
      const known = ownLists.get(account) ?? memo((folder: string) => listBeneath(at(account.home), folder, MAX_ENTRIES).names)
      ownLists.set(account, known)
      return known(path)
    },
    homeVersion: (account, path) => versionBeneath(at(account.home), path),
    head: (path, bytes) => bytesOf(readSystemFile(at(path), bytes)),
    homeHead: (account, path, bytes) => bytesOf(readFileBeneath(at(account.home), path, bytes)),
    homeStatBeneath(account, path) {
      const stat = statBeneath(at(account.home), path)
      return stat === undefined ? undefined : factsOf(stat)
    },
    homeLinkTarget: (account, name) => (name.includes('/') ? undefined : linkOf(join(at(account.home), name))),
    isRunning: (name) => table('')(name),
    run(program, ...args) {
      const question = [program, ...args].join('\0')
      const answer = answers.get(question) ?? ask(program, args)
      answers.set(question, answer)
      return answer
    },
  }

  async function ask(program: string, args: readonly string[]): Promise<ProgramAnswer> {
    // A sensor that is told to stop does not wait for it.
    let stop: (() => void) | undefined
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason as Error)
      signal.addEventListener('abort', stop, { once: true })
    })
    try {
      signal.throwIfAborted()
      return await Promise.race([platform.run(program, args, { timeoutMs: platform.os === 'linux' ? PROGRAM_MS : SLOW_PROGRAM_MS }), stopped])
    } finally {
      if (stop !== undefined) signal.removeEventListener('abort', stop)
    }
  }
}

const bytesOf = (reading: FileReading): Buffer | undefined => (reading.kind === 'bytes' ? reading.bytes : undefined)

const factsOf = (stat: Stats): FileStat => ({ ino: stat.ino, mode: stat.mode, size: stat.size, uid: stat.uid, mtimeMs: stat.mtimeMs, ctimeMs: stat.ctimeMs, isFile: stat.isFile(), isLink: stat.isSymbolicLink() })

function statOf(path: string): FileStat | undefined {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    return stat === undefined ? undefined : factsOf(stat)
  } catch {
    return undefined
  }
}

/** Names of folders that stand within a folder of units. */
export const isDropIn = (name: string): boolean => /\.(d|wants|requires)$/.test(name)

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
