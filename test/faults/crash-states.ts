// A model file system that knows what is synced: what a power cut may leave of a process's files.
//
// A program is run once under strace, which writes down every call that changes a file, with its bytes. From that record
// the folder can be made as it was after any call, and as a power cut there would have left it:
//   data        what was written before an fsync or fdatasync of its file began, and that sync ended, is there; every other
//               write is there, is not, or is there in whole sectors of 512 bytes, each independently of the others
//   names       creations, renames and removals happen in their order (a journal), so a cut leaves a first part of them;
//               only a sync of their folder makes them durable
// `all` keeps everything, which is what a kill -9 leaves; `none` keeps only what is synced; otherwise chance decides.
//
// Not modelled: memory that is mapped (SQLite's -shm, which the first opening after a crash makes anew), and a disk that
// lies about a sync. The model is held against the real folder at the end of the record, so a call that it does not know
// is found.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { track } from '../support/own-processes.ts'
import { repository } from '../support/processes.ts'
import type { seeded } from '../support/random.ts'
import type { Injection } from './injected.ts'

export const mayTrace = (): boolean => spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0

type Inode = number
type Change =
  | { readonly kind: 'write'; readonly inode: Inode; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly inode: Inode; readonly size: number }
  | { readonly kind: 'link'; readonly path: string; readonly inode: Inode }
  | { readonly kind: 'unlink'; readonly path: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  /** Of a file; what came before `since` is durable. */
  | { readonly kind: 'sync'; readonly inode: Inode; readonly since: number }
  | { readonly kind: 'sync_folder'; readonly since: number }
  /** A line that the program wrote to its standard output. */
  | { readonly kind: 'say'; readonly line: string }

export interface CrashRecord {
  readonly changes: readonly Change[]
  readonly before: ReadonlyMap<string, Buffer>
}

export interface CutOptions {
  readonly keep: 'all' | 'none' | 'some'
  readonly random: ReturnType<typeof seeded>
}

const CALLS = 'openat,open,creat,close,write,pwrite64,writev,pwritev,ftruncate,truncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,link,linkat,copy_file_range,sendfile'
const SECTOR = 512
/** Mapped, or of no meaning after a crash. */
const isLeftOut = (path: string): boolean => path.endsWith('-shm') || path.endsWith('.lock') || path.endsWith('.lock-journal')

const textOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex')
const strings = (args: string): readonly Buffer[] => [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map((found) => textOf(found[1] ?? ''))
const numberAfterString = (args: string): readonly number[] => args.slice(args.lastIndexOf('"') + 1).split(',').map((part) => part.trim()).filter((part) => /^-?\d+$/.test(part)).map(Number)

/** Builds the record from strace's lines; a call counts when it ends, a sync from when it begins. */
class Recorder {
  readonly changes: Change[] = []
  readonly #root: string
  readonly #names = new Map<string, Inode>()
  readonly #descriptors = new Map<number, { readonly inode?: Inode; readonly folder?: boolean; append: boolean; at: number }>()
  readonly #sizes = new Map<Inode, number>()
  #inodes = 0
  #rest = ''

  constructor(root: string, before: ReadonlyMap<string, Buffer>) {
    this.#root = root
    for (const [path, bytes] of before) {
      this.#names.set(path, (this.#inodes += 1))
      this.#sizes.set(this.#inodes, bytes.length)
    }
  }

  get inodeOf(): ReadonlyMap<string, Inode> {
    return this.#names
  }

  #inside(bytes: Buffer | undefined): string | undefined {
    const path = bytes?.toString() ?? ''
    return path.startsWith(`${this.#root}/`) ? path.slice(this.#root.length + 1) : undefined
  }

  #open(args: string, fd: number): void {
    const [path] = strings(args)
    this.#descriptors.delete(fd)
    if (args.includes('O_DIRECTORY') || path?.toString() === this.#root) {
      if (path?.toString().startsWith(this.#root) === true) this.#descriptors.set(fd, { folder: true, append: false, at: 0 })
      return
    }
    const name = this.#inside(path)
    if (name === undefined || isLeftOut(name)) return
    let inode = this.#names.get(name)
    if (inode === undefined) {
      if (!args.includes('O_CREAT')) return
      inode = this.#inodes += 1
      this.#names.set(name, inode)
      this.#sizes.set(inode, 0)
      this.changes.push({ kind: 'link', path: name, inode })
    } else if (args.includes('O_TRUNC')) this.#truncate(inode, 0)
    this.#descriptors.set(fd, { inode, append: args.includes('O_APPEND'), at: 0 })
  }

  #truncate(inode: Inode, size: number): void {
    this.#sizes.set(inode, size)
    this.changes.push({ kind: 'truncate', inode, size })
  }

  #write(fd: number, bytes: Buffer, at: number | undefined): void {
    if (fd === 1) {
      this.#rest += bytes.toString()
      for (let end = this.#rest.indexOf('\n'); end >= 0; end = this.#rest.indexOf('\n')) {
        this.changes.push({ kind: 'say', line: this.#rest.slice(0, end) })
        this.#rest = this.#rest.slice(end + 1)
      }
      return
    }
    const open = this.#descriptors.get(fd)
    if (open?.inode === undefined) return
    const from = at ?? (open.append ? this.#sizes.get(open.inode) ?? 0 : open.at)
    if (at === undefined) open.at = from + bytes.length
    this.#sizes.set(open.inode, Math.max(this.#sizes.get(open.inode) ?? 0, from + bytes.length))
    this.changes.push({ kind: 'write', inode: open.inode, at: from, bytes })
  }

  #name(call: string, args: string): void {
    const [first, second] = strings(args).map((one) => this.#inside(one))
    if (first === undefined || isLeftOut(first)) return
    const inode = this.#names.get(first)
    if (call.startsWith('rename')) {
      if (second === undefined || inode === undefined) throw new Error(`a rename that the model does not know: ${first}`)
      this.#names.delete(first)
      this.#names.set(second, inode)
      this.changes.push({ kind: 'rename', from: first, to: second })
    } else if (call.startsWith('unlink')) {
      this.#names.delete(first)
      this.changes.push({ kind: 'unlink', path: first })
    } else throw new Error(`${call} is not in the model`)
  }

  take(call: string, args: string, result: number, began: number): void {
    if (result < 0) return
    const fd = Number(/^\d+/.exec(args)?.[0] ?? -1)
    const [bytes] = strings(args)
    if (call === 'openat' || call === 'open' || call === 'creat') this.#open(args, result)
    else if (call === 'close') this.#descriptors.delete(fd)
    else if (call === 'write') this.#write(fd, (bytes ?? Buffer.alloc(0)).subarray(0, result), undefined)
    else if (call === 'pwrite64') this.#write(fd, (bytes ?? Buffer.alloc(0)).subarray(0, result), numberAfterString(args).at(-1))
    else if (call === 'writev') this.#write(fd, Buffer.concat([...strings(args)]).subarray(0, result), undefined)
    else if (call === 'ftruncate') {
      const inode = this.#descriptors.get(fd)?.inode
      if (inode !== undefined) this.#truncate(inode, Number(args.split(',')[1]))
    } else if (call === 'fsync' || call === 'fdatasync') {
      const open = this.#descriptors.get(fd)
      if (open?.folder === true) this.changes.push({ kind: 'sync_folder', since: began })
      else if (open?.inode !== undefined) this.changes.push({ kind: 'sync', inode: open.inode, since: began })
    } else if (/^(?:rename|unlink|link)/.test(call)) this.#name(call, args)
    // What else would change a file that is ours.
    else if (this.#descriptors.get(fd)?.inode !== undefined) throw new Error(`${call} is not in the model`)
  }
}

async function filesIn(root: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !isLeftOut(entry.name)) found.set(path.slice(root.length + 1), await readFile(path))
  }
  return found
}

/**
 * Runs a script with this Node under strace and writes down what it does to the files below `root`.
 *
 * @param root there already; what it holds counts as durable
 * @param injection calls of it that fail
 * @throws Error when the script fails, or the model does not come to the same files
 */
export async function recordCrashes(root: string, script: string, args: readonly string[], folder: string, injection?: Injection): Promise<CrashRecord> {
  const before = await filesIn(root)
  const trace = join(folder, `trace-${process.hrtime.bigint()}`)
  const child = track(spawn('strace', ['-f', '-qq', '-xx', '-s', '8388608', '-e', `trace=${CALLS}`, '-e', 'signal=none', ...(injection === undefined ? [] : ['-e', `inject=${injection.calls}:error=${injection.error}:when=${injection.when ?? '1+'}`]), '-o', trace, process.execPath, script, ...args], { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] }))
  let problem = ''
  child.stdout.resume()
  child.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${problem.slice(-2000)}`)

  const recorder = new Recorder(root, before)
  const begun = new Map<string, { readonly args: string; readonly began: number }>()
  for await (const line of createInterface({ input: createReadStream(trace) })) {
    const whole = /^(\d+) +(\w+)\((.*)\) += (-?\d+)/.exec(line)
    if (whole !== null) {
      recorder.take(whole[2] ?? '', whole[3] ?? '', Number(whole[4]), recorder.changes.length)
      continue
    }
    const start = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/.exec(line)
    if (start !== null) {
      begun.set(`${start[1]} ${start[2]}`, { args: start[3] ?? '', began: recorder.changes.length })
      continue
    }
    const end = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+)/.exec(line)
    const known = end === null ? undefined : begun.get(`${end[1]} ${end[2]}`)
    if (end !== null && known !== undefined) recorder.take(end[2] ?? '', `${known.args}${end[3] ?? ''}`, Number(end[4]), known.began)
  }
  await rm(trace)
  const record: CrashRecord = { changes: recorder.changes, before }
  const [model, real] = [contentAt(record, record.changes.length, () => 'whole', record.changes.length), await filesIn(root)]
  for (const path of new Set([...model.keys(), ...real.keys()])) {
    if (Buffer.compare(model.get(path) ?? Buffer.alloc(0), real.get(path) ?? Buffer.alloc(0)) !== 0 || model.has(path) !== real.has(path)) throw new Error(`the model of the file system does not have ${path} as it is (${model.get(path)?.length} bytes for ${real.get(path)?.length})`)
  }
  return record
}

type Fate = 'whole' | 'gone' | 'torn'

function contentAt({ changes, before }: CrashRecord, until: number, fate: (index: number) => Fate, names: number, tear: (sectors: number) => boolean = () => true): Map<string, Buffer> {
  const linked = new Map<string, Inode>()
  const contents = new Map<Inode, Buffer>()
  let inode = 0
  for (const [path, bytes] of before) {
    linked.set(path, (inode += 1))
    contents.set(inode, Buffer.from(bytes))
  }
  const grown = (of: Inode, size: number): Buffer => {
    const old = contents.get(of) ?? Buffer.alloc(0)
    if (old.length >= size) return old
    const bytes = Buffer.concat([old], size)
    contents.set(of, bytes)
    return bytes
  }
  for (const [index, change] of changes.slice(0, until).entries()) {
    if (change.kind === 'link' && index < names) linked.set(change.path, change.inode)
    else if (change.kind === 'unlink' && index < names) linked.delete(change.path)
    else if (change.kind === 'rename' && index < names) {
      const of = linked.get(change.from)
      linked.delete(change.from)
      if (of !== undefined) linked.set(change.to, of)
    } else if (change.kind === 'truncate' && fate(index) !== 'gone') contents.set(change.inode, Buffer.from(grown(change.inode, change.size).subarray(0, change.size)))
    else if (change.kind === 'write') {
      const what = fate(index)
      if (what === 'gone') continue
      const { at, bytes } = change
      for (let from = 0; from < bytes.length;) {
        const to = what === 'whole' ? bytes.length : Math.min(bytes.length, from + SECTOR - ((at + from) % SECTOR))
        if (what === 'whole' || tear(from)) bytes.copy(grown(change.inode, at + to), at + from, from, to)
        from = to
      }
    }
  }
  return new Map([...linked].flatMap(([path, of]): [string, Buffer][] => [[path, contents.get(of) ?? Buffer.alloc(0)]]))
}

/** Where a cut makes a difference: after each change that is one, and before the first. */
export const crashPoints = ({ changes }: CrashRecord): readonly number[] => [0, ...changes.flatMap((change, index) => (change.kind === 'say' ? [] : [index + 1]))]

/** What the program had said before a point. */
export const saidUntil = ({ changes }: CrashRecord, point: number): readonly string[] => changes.slice(0, point).flatMap((change) => (change.kind === 'say' ? [change.line] : []))

/** Writes the folder as a cut after the first `point` changes may leave it. `into` must not be there. */
export async function leaveCrash(record: CrashRecord, point: number, { keep, random }: CutOptions, into: string): Promise<void> {
  const { changes } = record
  const synced = new Map<Inode, number>()
  let durableNames = 0
  for (const change of changes.slice(0, point)) {
    if (change.kind === 'sync') synced.set(change.inode, Math.max(synced.get(change.inode) ?? 0, change.since))
    else if (change.kind === 'sync_folder') durableNames = Math.max(durableNames, change.since)
  }
  const names = keep === 'all' ? point : keep === 'none' ? durableNames : random.between(durableNames, point)
  const fates = new Map<number, Fate>()
  const fate = (index: number): Fate => {
    const change = changes[index]
    if (keep === 'all' || change === undefined || !('inode' in change) || index < (synced.get(change.inode) ?? 0)) return 'whole'
    if (keep === 'none') return 'gone'
    const chance = random.next()
    const known = fates.get(index) ?? (chance < 0.4 ? 'whole' : chance < 0.75 ? 'gone' : 'torn')
    fates.set(index, known)
    return known
  }
  await mkdir(into, { recursive: true, mode: 0o700 })
  for (const [path, bytes] of contentAt(record, point, fate, names, () => random.next() < 0.5)) {
    await mkdir(dirname(join(into, path)), { recursive: true, mode: 0o700 })
    await writeFile(join(into, path), bytes, { mode: 0o600 })
  }
}
