// A person without rights who wants the agent to read for them, or to hang: started by root, gives its rights up first.
//
// usage: hostile-user.ts UID SCRIPT JSON
//
// Works in folders that are its own. Prints one line of JSON when it is done.
import { closeSync, copyFileSync, ftruncateSync, mkdirSync, openSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'

const [uidText, script = '', json = '{}'] = process.argv.slice(2)
const uid = Number(uidText)
if (!Number.isSafeInteger(uid) || uid < 1000) throw new Error('usage: hostile-user.ts UID SCRIPT JSON')
process.setgroups?.([])
process.setgid?.(uid)
process.setuid?.(uid)
process.umask(0o022)

const report = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`)
const ignoring = (work: () => void): boolean => {
  try {
    work()
    return true
  } catch {
    // A trap that this system does not allow to be set is no trap.
    return false
  }
}

interface Input {
  readonly folders: readonly string[]
  readonly secretFolder: string
  /** A folder of this user's that nobody watches. */
  readonly outside: string
  readonly seconds: number
  readonly count: number
}

/** F-70: what is no regular file, also under the names of documents, also moved over real ones. */
async function specials({ folders, count }: Input): Promise<void> {
  let set = 0
  for (const folder of folders) {
    const fifos = Array.from({ length: count }, (_, index) => join(folder, `report-${index}.txt`))
    execFileSync('/usr/bin/mkfifo', fifos)
    set += fifos.length
    for (const [index, target] of ['/dev/zero', '/dev/tty', '/dev/random', '/proc/self/fd/0', '/proc/self/fd/1', '/proc/kmsg', '/proc/1/mem', '/proc/1/environ', '/dev/stdin'].entries()) {
      if (ignoring(() => symlinkSync(target, join(folder, `link-${index}.doc`)))) set += 1
      // A link that takes the place of a document which was just written.
      writeFileSync(join(folder, `victim-${index}.doc`), `document ${index}`)
      ignoring(() => symlinkSync(target, join(folder, `.swap-${index}`)))
      ignoring(() => renameSync(join(folder, `.swap-${index}`), join(folder, `victim-${index}.doc`)))
    }
    for (let index = 0; index < 20; index += 1) {
      writeFileSync(join(folder, `swapped-${index}.txt`), 'x'.repeat(1000))
      execFileSync('/usr/bin/mkfifo', [join(folder, `.fifo-${index}`)])
      renameSync(join(folder, `.fifo-${index}`), join(folder, `swapped-${index}.txt`))
      set += 1
    }
    await new Promise<void>((resolve) => createServer().listen(join(folder, 's.txt'), () => resolve()).on('error', () => resolve()))
    set += 1
  }
  report({ traps: set })
}

/** F-71: links to what only root may read, and a parent that is a link in one moment and a folder in the next. */
async function links({ folders, secretFolder, seconds }: Input): Promise<void> {
  let swaps = 0
  for (const folder of folders) {
    symlinkSync(join(secretFolder, 'doc.txt'), join(folder, 'plain-link.txt'))
    symlinkSync(secretFolder, join(folder, 'folder-link'))
    mkdirSync(join(folder, 'dir'))
    symlinkSync(secretFolder, join(folder, 'trap'))
  }
  const endMs = Date.now() + seconds * 1000
  while (Date.now() < endMs) {
    for (const folder of folders) {
      const [dir, aside, trap] = [join(folder, 'dir'), join(folder, 'aside'), join(folder, 'trap')]
      writeFileSync(join(dir, 'doc.txt'), `harmless ${swaps}`)
      renameSync(dir, aside)
      renameSync(trap, dir)
      // The agent hears of dir/doc.txt now, and dir is the link.
      if (swaps % 7 === 0) await new Promise((resolve) => setTimeout(resolve, swaps % 5))
      renameSync(dir, trap)
      renameSync(aside, dir)
      // The file itself, swapped for a link after it was written.
      const file = join(folder, `race-${swaps % 50}.txt`)
      ignoring(() => rmSync(file))
      writeFileSync(file, `harmless ${swaps}`)
      symlinkSync(join(secretFolder, 'doc.txt'), join(folder, '.next'))
      renameSync(join(folder, '.next'), file)
      swaps += 1
    }
    if (swaps % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  report({ swaps })
}

/** F-72: a hard link to a file of root's, and a file that changes while it is read. */
async function churn({ folders, outside, seconds }: Input): Promise<void> {
  const size = 6 << 20
  const endMs = Date.now() + seconds * 1000
  for (const [index, folder] of folders.entries()) {
    // Laid there by root before, in this user's own folder: a system without protected_hardlinks.
    renameSync(join(outside, `hard-${index}`), join(folder, 'hard-link.txt'))
    ignoring(() => utimesSync(join(folder, 'hard-link.txt'), new Date(), new Date()))
  }
  let version = 0
  while (Date.now() < endMs) {
    for (const folder of folders) {
      version += 1
      const content = Buffer.alloc(size, version % 251)
      content.writeUInt32BE(version, 0)
      content.writeUInt32BE(version, size - 4)
      const path = join(folder, 'churn.bin')
      // Written in pieces and closed after each, in place: between two pieces it is neither this version nor the last.
      for (let at = 0; at < size; at += size / 4) {
        closeSync(openSync(path, 'a'))
        const piece = openSync(path, 'r+')
        writeSync(piece, content, at, size / 4, at)
        closeSync(piece)
      }
      if (version % 5 === 0) {
        const file = openSync(path, 'r+')
        ftruncateSync(file, size / 2)
        closeSync(file)
        copyFileSync('/etc/hostname', join(folder, `small-${version % 20}.txt`))
      }
      await new Promise((resolve) => setTimeout(resolve, version % 3 === 0 ? 150 : 5))
    }
  }
  report({ versions: version })
}

/** F-73: too large, too many, too deep. */
async function bulk({ folders, count }: Input): Promise<void> {
  let depth = 0
  for (const folder of folders) {
    const sparse = openSync(join(folder, 'sparse.bin'), 'w')
    ignoring(() => ftruncateSync(sparse, 2 ** 40))
    closeSync(sparse)
    writeFileSync(join(folder, `${'n'.repeat(251)}.txt`), 'long name')
    mkdirSync(join(folder, 'many'))
    for (let index = 0; index < count; index += 1) {
      writeFileSync(join(folder, 'many', `f${index}.txt`), `${index}`)
      if (index % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    // Deeper than a path may be long: step by step.
    process.chdir(folder)
    for (depth = 0; depth < 4000; depth += 1) {
      if (!ignoring(() => mkdirSync('d'))) break
      if (!ignoring(() => process.chdir('d'))) break
    }
    ignoring(() => writeFileSync('bottom.txt', 'at the bottom'))
    process.chdir('/')
  }
  report({ depth, files: count * folders.length })
}

const scripts: Readonly<Record<string, (input: Input) => Promise<void>>> = { specials, links, churn, bulk }
const chosen = scripts[script]
if (chosen === undefined) throw new Error(`there is no script ${script}`)
await chosen(JSON.parse(json) as Input)
process.exit(0)
