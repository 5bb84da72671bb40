// A person without rights who wants the agent to read for them, or to hang: started by root, gives its rights up first.
//
// usage: hostile-user.ts UID SCRIPT JSON
//
// Works in folders that are its own. Prints one line of JSON when it is done.
import { closeSync, copyFileSync, type FSWatcher, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, watch, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { execFileSync, spawn } from 'node:child_process'

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
  /** Processes of the agent, and its folder. */
  readonly pids?: readonly number[]
  readonly agentFolder?: string
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

/** F-18: as many activities as one user can make. */
async function flood({ folders, seconds }: Input): Promise<void> {
  let writes = 0
  const endMs = Date.now() + seconds * 1000
  while (Date.now() < endMs) {
    for (const folder of folders) {
      for (let index = 0; index < 50; index += 1) {
        writeFileSync(join(folder, `touched-${writes % 5000}.txt`), String(writes))
        writes += 1
      }
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  report({ writes })
}

/** F-75: names that are no text, look like something else, or would like to be run. */
async function names({ folders }: Input): Promise<void> {
  const odd = ['line\nbreak', 'esc\u001b[31mred', 'right\u202egpj.exe', '--help', '$(touch pwned)', '`id`', "'; DROP TABLE x; --", '%2e%2e%2f', 'trailing.', 'CON', 'ads:b', '\\..\\..', '{"level":50,"msg":"forged"}', ' ', '…', 'n'.repeat(255)]
  const bytes = [Buffer.from([0xff, 0xfe, 0x41]), Buffer.from([0xc3, 0x28]), Buffer.from([0xed, 0xa0, 0x80])]
  let made = 0
  for (const folder of folders) {
    for (const name of [...odd.map((one) => Buffer.from(one)), ...bytes]) {
      if (ignoring(() => writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), `content ${made}`))) made += 1
    }
    // As long as a path may be, in folders of long names.
    process.chdir(folder)
    for (let length = folder.length; length + 201 < 3900; length += 201) {
      mkdirSync('d'.repeat(200), { recursive: true })
      process.chdir('d'.repeat(200))
    }
    writeFileSync('deep.txt', 'deep')
    process.chdir('/')
    made += 1
  }
  report({ made })
}

/** F-77: kills what it can, uses up what is counted by user, and pulls the watched folders away. */
async function exhaust({ folders, outside, count, pids = [] }: Input): Promise<void> {
  let killed = 0
  for (const pid of pids) if (ignoring(() => process.kill(pid, 'SIGKILL'))) killed += 1
  const watchers: FSWatcher[] = []
  ignoring(() => {
    for (let index = 0; index < 200_000; index += 1) watchers.push(watch(outside))
  })
  const open: number[] = []
  ignoring(() => {
    for (let index = 0; index < 100_000; index += 1) open.push(openSync('/dev/null', 'r'))
  })
  for (const fd of open.splice(-100)) closeSync(fd)
  const children = Array.from({ length: count }, () => spawn('/bin/sleep', ['20'], { stdio: 'ignore' }).on('error', () => {}))
  let pulls = 0
  for (const folder of folders) {
    for (let index = 0; index < 20; index += 1) {
      const dir = join(folder, 'pulled')
      mkdirSync(dir, { recursive: true })
      writeFileSync(join(dir, `f${index}.txt`), `pulled ${index}`)
      if (index % 2 === 0) rmSync(dir, { recursive: true })
      else renameSync(dir, join(folder, `pulled-away-${index}`))
      pulls += 1
    }
    mkdirSync(join(folder, 'pulled'), { recursive: true })
    writeFileSync(join(folder, 'pulled', 'after.txt'), 'after all that')
  }
  await new Promise((resolve) => setTimeout(resolve, 2000))
  for (const child of children) child.kill('SIGKILL')
  for (const watcher of watchers) watcher.close()
  report({ killed, watchers: watchers.length, descriptors: open.length, pulls })
}

/** F-78: reads what it can of the agent's folder and processes. */
async function spy({ pids = [], agentFolder = '' }: Input): Promise<void> {
  const readable: string[] = []
  const look = (path: string, depth: number): void => {
    ignoring(() => {
      if (readFileSync(path).length > 0) readable.push(path)
    })
    if (depth > 0) ignoring(() => {
      for (const name of readdirSync(path)) look(join(path, name), depth - 1)
    })
  }
  for (const name of ['', 'identity.json', 'policy.bin', 'status.json', 'agent.yaml', 'watchdog.json', 'agent.running', 'spool/spool.db', 'spool/spool.db-wal', 'spool/spool.state', 'lineage/lineage.db', 'content/labels.json', 'evidence']) look(join(agentFolder, name), 3)
  for (const pid of pids) for (const name of ['environ', 'mem', 'maps', 'smaps', 'auxv', 'stack', 'syscall', 'fd', 'map_files', 'cwd', 'root', 'exe']) look(`/proc/${pid}/${name}`, 1)
  report({ readable })
}

const scripts: Readonly<Record<string, (input: Input) => Promise<void>>> = { specials, links, churn, bulk, flood, names, exhaust, spy }
const chosen = scripts[script]
if (chosen === undefined) throw new Error(`there is no script ${script}`)
await chosen(JSON.parse(json) as Input)
process.exit(0)
