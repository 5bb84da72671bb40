// A watcher of the F workloads as its own process: `ours` is the agent's files sensor with enrichment, runner and spool;
// the others are what it is compared with. Each loads its own libraries only, so that nobody pays for another's.
import { closeSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { wire } from '@holdfast/proto'
import { serveParent } from './processes.ts'

const clock = () => performance.timeOrigin + performance.now()

interface Watcher {
  /** Path and the moment at which it was known: durable in the spool for ours. */
  seen(): readonly (readonly [string, number])[]
  count(): number
  readonly how: string
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
  const kept: { readonly bytes: Uint8Array; readonly atMs: number }[] = []
  const spool = await openSpool({ folder: join(folder, 'spool'), maxBytes: 1024 ** 3, now, log })
  const append = async (bytes: Uint8Array) => {
    const seq = await spool.append(bytes)
    kept.push({ bytes, atMs: clock() })
    return seq
  }
  const enrichment = await createEnrichment({ folder: join(folder, 'lineage'), agentFolder: folder, platform, now, log })
  const runner = await createRunner({ folder, sensors: [filesSensor], platform, enrichment, spool: { append }, version: 'bench', now, steady: steadyClock, log })
  await runner.start({ files: { enabled: true, roots: [root], kinds: KINDS } })
  return {
    how: runner.sensors().map(({ name, tier, reason }) => `${name} ${tier}${reason === '' ? '' : `: ${reason}`}`).join(),
    count: () => kept.length,
    seen: () => kept.flatMap(({ bytes, atMs }) => {
      const activity = wire.Activity.decode(bytes)
      const path = activity.fileCreated?.file?.path ?? activity.fileChanged?.file?.path ?? activity.fileCopied?.destination?.path
      return path === undefined || path === null ? [] : [[path, atMs] as const]
    }),
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

let watcher: Watcher | undefined

serveParent(async (message) => {
  if (message['do'] === 'start') {
    const root = String(message['root'])
    const { mode } = message
    watcher = mode === 'ours' ? await startOurs(root, String(message['folder'])) : mode === 'fanotify' ? await startNotifications(root) : await startChokidar(root)
    return { how: watcher.how }
  }
  if (message['do'] === 'count') return { count: watcher?.count() ?? 0 }
  if (message['do'] === 'seen') return { seen: watcher?.seen() ?? [] }
  await watcher?.stop()
  return { stopped: true }
})
