// A watcher of the F workloads as its own process: `ours` is the agent's files sensor with enrichment, runner and spool;
// the others are what it is compared with. Each loads its own libraries only, so that nobody pays for another's.
import { closeSync, readSync, writeFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { wire } from '@holdfast/proto'
import { serveParent } from './processes.ts'

// As the agent does: without it the compiler stays in memory.
enableCompileCache(join(import.meta.dirname, '../../.cache/compiled'))

const clock = () => performance.timeOrigin + performance.now()

interface Watcher {
  /** Path and the moment at which it was known: durable in the spool for ours. */
  seen(): readonly (readonly [string, number])[] | Promise<readonly (readonly [string, number])[]>
  count(): number
  readonly how: string
  /** The process that watches, where it is not this one. */
  readonly pid?: number
  stop(): Promise<void>
}

const KINDS = ['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_hidden', 'file_deleted', 'archive_created', 'file_downloaded']
const say = (object: object, message: string) => console.error(message, object)
const log = { debug() {}, info() {}, warn: say, error: say }

/** The agent without its uplink: sensor, enrichment, runner, spool. */
async function startOurs(root: string, folder: string): Promise<Watcher> {
  const { createEnrichment } = await import('@holdfast/agent/enrich/enrichment.ts')
  const { steadyClock } = await import('@holdfast/agent/health/steady-clock.ts')
  const { currentPlatform } = await import('@holdfast/agent/platform/current.ts')
  const { createRunner } = await import('@holdfast/agent/runner/runner.ts')
  const { filesSensor } = await import('@holdfast/agent/sensors/files.ts')
  const { openSpool } = await import('@holdfast/agent/spool/spool.ts')
  const platform = await currentPlatform()
  const now = Date.now
  // Numbers alone while it is measured; what they stand for is read from the spool afterwards.
  let durableAtMs = new Float64Array(1 << 16)
  let count = 0
  const spool = await openSpool({ folder: join(folder, 'spool'), maxBytes: 1024 ** 3, now, log })
  const append = async (bytes: Uint8Array) => {
    const seq = await spool.append(bytes)
    if (seq >= durableAtMs.length) {
      const longer = new Float64Array(durableAtMs.length * 2)
      longer.set(durableAtMs)
      durableAtMs = longer
    }
    durableAtMs[seq] = clock()
    count += 1
    return seq
  }
  const enrichment = await createEnrichment({ folder: join(folder, 'lineage'), agentFolder: folder, platform, now, log })
  const runner = await createRunner({ folder, sensors: [filesSensor], platform, enrichment, spool: { append }, version: 'bench', now, steady: steadyClock, log })
  await runner.start({ files: { enabled: true, roots: [root], kinds: KINDS } })
  return {
    how: runner.sensors().map(({ name, tier, reason }) => `${name} ${tier}${reason === '' ? '' : `: ${reason}`}`).join(),
    count: () => count,
    async seen() {
      const found: (readonly [string, number])[] = []
      for (let from = 1; ;) {
        const run = await spool.read(from, { maxActivities: 5000, maxBytes: 8 << 20 })
        if (run === undefined) return found
        for (const [index, bytes] of run.activities.entries()) {
          const activity = wire.Activity.decode(bytes)
          const path = activity.fileCreated?.file?.path ?? activity.fileChanged?.file?.path ?? activity.fileCopied?.destination?.path
          if (path != null) found.push([path, durableAtMs[run.firstSeq + index] ?? Number.NaN])
        }
        from = run.firstSeq + run.activities.length
      }
    },
    async stop() {
      await runner.stop('bench')
      await enrichment.close()
      await spool.close()
    },
  }
}

const READ_PAUSE_MS = 5
const READ_BYTES = 1024 * 1024

/** The kernel's notifications alone: names, no paths, no reading, no spool. */
async function startNotifications(root: string): Promise<Watcher> {
  const { openFanotify } = await import('@holdfast/agent/sensors/files/fanotify.ts')
  const { event, parseRecords } = await import('@holdfast/agent/sensors/files/records.ts')
  const seen: (readonly [string, number])[] = []
  const group = openFanotify()
  const errno = group.markFileSystem(root)
  if (errno !== 0) throw new Error(`the file system cannot be marked: errno ${errno}`)
  const buffer = Buffer.alloc(READ_BYTES)
  const timer = setInterval(() => {
    for (;;) {
      let bytes = 0
      try {
        bytes = readSync(group.fd, buffer)
      } catch {
        // EAGAIN: nothing more for now.
        return
      }
      const atMs = clock()
      for (const { mask, name } of parseRecords(buffer.subarray(0, bytes))) {
        if ((mask & event.overflow) !== 0) console.error('the queue of notifications ran over')
        if ((mask & event.closeWrite) !== 0 && name !== undefined) seen.push([name, atMs])
      }
    }
  }, READ_PAUSE_MS)
  return {
    how: 'fanotify', count: () => seen.length, seen: () => seen,
    async stop() {
      clearInterval(timer)
      closeSync(group.fd)
    },
  }
}

async function startChokidar(root: string): Promise<Watcher> {
  const { watch } = await import('chokidar')
  const seen: (readonly [string, number])[] = []
  const watcher = watch(root, { ignoreInitial: true })
  watcher.on('add', (path) => seen.push([path, clock()]))
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', resolve)
    watcher.once('error', reject)
  })
  return { how: 'chokidar', count: () => seen.length, seen: () => seen, stop: () => watcher.close() }
}

/** A program that prints one line an event; only its own process counts. */
async function startProgramOf(command: string, args: readonly string[], pathOf: (line: string) => string | undefined, ready: (line: string) => boolean): Promise<Watcher> {
  const { startProgram, end } = await import('./processes.ts')
  const child = startProgram(command, args)
  const seen: (readonly [string, number])[] = []
  const began = Promise.withResolvers<void>()
  const read = (stream: NodeJS.ReadableStream | null): void => {
    let rest = ''
    stream?.on('data', (chunk: Buffer) => {
      const atMs = clock()
      const lines = (rest + chunk.toString('latin1')).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (ready(line)) began.resolve()
        const path = pathOf(line)
        if (path !== undefined) seen.push([path, atMs])
      }
    })
  }
  read(child.stdout)
  read(child.stderr)
  child.once('error', (error) => began.reject(error))
  await Promise.race([began.promise, sleep(COLD_START_MS, undefined, { ref: false })])
  return { how: command, pid: child.pid ?? -1, count: () => seen.length, seen: () => seen, stop: () => end(child) }
}

const COLD_START_MS = 30_000

const startInotifywait = (root: string): Promise<Watcher> =>
  startProgramOf('inotifywait', ['-m', '-r', '-e', 'close_write', '-e', 'create', '--format', '%e %w%f', root], (line) => (line.startsWith('CLOSE_WRITE') ? line.slice(line.indexOf(' ') + 1) : undefined), (line) => line.startsWith('Watches established'))

/** It watches whole file systems; `-c` is that of its working folder. It says nothing when it is ready, so it is asked. */
async function startFatrace(root: string): Promise<Watcher> {
  const probe = join(root, '.ready')
  let ready = false
  const asking = setInterval(() => writeFileSync(probe, ''), 5)
  const watcher = await startProgramOf('sh', ['-c', `cd '${root}' && exec fatrace -c -f '+<W'`], (line) => {
    const path = line.slice(line.indexOf('/'))
    return / (?:[A-Z+<>]*)W[A-Z+<>]* +\//.test(line) && !path.endsWith('/.ready') ? path : undefined
  }, (line) => {
    const is = line.endsWith('/.ready')
    if (is && !ready) clearInterval(asking)
    ready ||= is
    return is
  })
  clearInterval(asking)
  return { ...watcher, how: 'fatrace' }
}

async function startParcel(root: string): Promise<Watcher> {
  const { default: parcel } = await import('@parcel/watcher')
  const seen: (readonly [string, number])[] = []
  // Without the name of a backend it takes watchman where that is installed.
  const subscription = await parcel.subscribe(root, (_error, events) => {
    const atMs = clock()
    for (const { type, path } of events) if (type === 'create') seen.push([path, atMs])
  }, { backend: 'inotify' })
  return { how: '@parcel/watcher', count: () => seen.length, seen: () => seen, stop: () => subscription.unsubscribe() }
}

const starts: Readonly<Record<string, (root: string, folder: string) => Promise<Watcher>>> = { ours: startOurs, fanotify: startNotifications, chokidar: startChokidar, inotifywait: startInotifywait, fatrace: startFatrace, parcel: startParcel }

let watcher: Watcher | undefined

serveParent(async (message) => {
  if (message['do'] === 'start') {
    const start = starts[String(message['mode'])]
    if (start === undefined) throw new Error(`there is no watcher ${String(message['mode'])}`)
    watcher = await start(String(message['root']), String(message['folder']))
    return { how: watcher.how, pid: watcher.pid ?? process.pid }
  }
  if (message['do'] === 'count') return { count: watcher?.count() ?? 0 }
  if (message['do'] === 'seen') return { seen: (await watcher?.seen()) ?? [] }
  await watcher?.stop()
  return { stopped: true }
})
