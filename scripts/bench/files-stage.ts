// The stage of the F workloads: where it may, a file system of its own in a private mount namespace, so that nothing but
// the workload is on it and nothing stays behind. Runs one workload with one watcher for each question.
import { execFile } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { quantile } from './bench.ts'
import { type Peer, serveParent, startPeer, useOfTree } from './processes.ts'

const clock = () => performance.timeOrigin + performance.now()
/** Nothing new for so long: what is missing now is lost. */
const SILENCE_MS = 8000
const QUIET_BEFORE_MS = 1500
const PROBE_MS = 20
/** Each question costs the watcher a little, too. */
const COUNT_MS = 250
const COLD_LIMIT_MS = 60_000

interface Workload {
  readonly mode: string
  readonly folders: number
  readonly files: number
  readonly perSec: number
  readonly fresh: boolean
  readonly salt: number
}

let folder = ''

async function freshRoot(): Promise<string> {
  const root = join(folder, 'watched')
  await promisify(execFile)('umount', [root]).catch(() => {})
  await rm(root, { recursive: true, force: true })
  await mkdir(root, { recursive: true })
  if (process.env['HOLDFAST_BENCH_STAGED'] === '1') await promisify(execFile)('mount', ['-t', 'tmpfs', '-o', 'size=2g,mode=755', 'bench', root])
  return root
}

/** As holdfast-agent is started: the flags of its first line. */
const FLAGS: readonly string[] = (readFileSync(join(import.meta.dirname, '../../agent/src/main.ts'), 'utf8').split('\n', 1)[0] ?? '').split(' ').filter((word) => word.startsWith('--'))

async function startWatcher(mode: string, root: string): Promise<{ readonly peer: Peer; readonly pid: number; readonly how: string }> {
  const own = join(folder, 'agent')
  await rm(own, { recursive: true, force: true })
  await mkdir(own, { mode: 0o700 })
  const peer = startPeer('files-watcher.ts', [], mode === 'ours' ? { execArgv: FLAGS, env: { UV_THREADPOOL_SIZE: '12' } } : {})
  return { peer, ...await peer.ask<{ how: string; pid: number }>({ do: 'start', mode, root, folder: own }) }
}

/** Waits until so many were seen, or nothing comes any more. */
async function untilSeen(peer: Peer, wanted: number): Promise<void> {
  let last = -1
  let since = clock()
  for (;;) {
    const { count } = await peer.ask<{ count: number }>({ do: 'count' })
    if (count !== last) since = clock()
    last = count
    if (count >= wanted || clock() - since > SILENCE_MS) return
    await sleep(COUNT_MS)
  }
}

async function run({ mode, folders, files, perSec, fresh, salt }: Workload): Promise<object> {
  const root = await freshRoot()
  const maker = startPeer('files-maker.ts', [])
  if (!fresh) await maker.ask({ do: 'folders', root, folders })
  const { peer, pid, how } = await startWatcher(mode, root)
  try {
    await sleep(QUIET_BEFORE_MS)
    const before = await useOfTree(pid)
    const made = await maker.ask<{ openedAtMs: readonly number[]; secs: number }>({ do: 'files', root, folders, files, perSec, fresh, salt })
    await untilSeen(peer, files)
    const after = await useOfTree(pid)
    const { seen } = await peer.ask<{ seen: readonly (readonly [string, number])[] }>({ do: 'seen' })
    const first = new Map<string, number>()
    for (const [path, atMs] of seen) if (!first.has(basename(path))) first.set(basename(path), atMs)
    const latencies: number[] = []
    for (const [index, openedAtMs] of made.openedAtMs.entries()) {
      const atMs = first.get(`f${String(index).padStart(6, '0')}.txt`)
      if (atMs !== undefined) latencies.push(atMs - openedAtMs)
    }
    return { how, lost: files - latencies.length, p50Ms: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99), cpuUs: ((after.cpuSecs - before.cpuSecs) * 1e6) / files, rssMb: after.rssMb, pssMb: after.pssMb, aloneMb: after.aloneMb, makerSecs: made.secs }
  } finally {
    await peer.ask({ do: 'stop' }).catch(() => {})
    await peer.end()
    await maker.end()
  }
}

/** A big tree that is already there: how long until the first activity, and what the watcher holds then. */
async function cold(mode: string, folders: number, files: number, isEmpty: boolean): Promise<object> {
  const root = await freshRoot()
  const maker = startPeer('files-maker.ts', [])
  await maker.ask({ do: 'folders', root, folders })
  await maker.ask({ do: 'files', root, folders, files, perSec: 0, fresh: false, quiet: true, isEmpty, salt: 1 })
  await maker.end()
  const last = join(root, `d${String(folders - 1).padStart(5, '0')}`)
  mkdirSync(last, { recursive: true })
  const startedAtMs = clock()
  const starting = startWatcher(mode, root)
  let probes = 0
  const timer = setInterval(() => writeFileSync(join(last, `probe-${probes++}.txt`), `probe ${probes} ${startedAtMs}`), PROBE_MS)
  let peer: Peer | undefined
  let pid = -1
  try {
    const started = await Promise.race([starting, sleep(COLD_LIMIT_MS, undefined, { ref: false })])
    if (started === undefined) throw new Error(`${mode} did not start within ${COLD_LIMIT_MS} ms`)
    ;({ peer, pid } = started)
    let firstAtMs: number | undefined
    while (firstAtMs === undefined && clock() - startedAtMs < COLD_LIMIT_MS) {
      const { seen } = await peer.ask<{ seen: readonly (readonly [string, number])[] }>({ do: 'seen' })
      firstAtMs = seen.find(([path]) => basename(path).startsWith('probe-'))?.[1]
      if (firstAtMs === undefined) await sleep(10)
    }
    clearInterval(timer)
    const atFirst = await useOfTree(pid)
    await sleep(QUIET_BEFORE_MS)
    // The walk of the watched folders goes on for a while after the start; its memory counts.
    let peak = atFirst
    for (let look = 0; look < 20; look += 1) {
      await sleep(500)
      const now = await useOfTree(pid)
      if (now.rssMb > peak.rssMb) peak = now
    }
    return { how: started.how, firstMs: firstAtMs === undefined ? Number.POSITIVE_INFINITY : firstAtMs - startedAtMs, rssMb: peak.rssMb, pssMb: peak.pssMb, processes: peak.processes, cpuSecs: peak.cpuSecs }
  } finally {
    clearInterval(timer)
    await peer?.ask({ do: 'stop' }).catch(() => {})
    await peer?.end()
  }
}

/** Nothing happens: what the watcher costs a second. */
async function idle(mode: string, secs: number): Promise<object> {
  const root = await freshRoot()
  const { peer, pid, how } = await startWatcher(mode, root)
  try {
    await sleep(3000)
    const before = await useOfTree(pid)
    const startedAtMs = clock()
    await sleep(secs * 1000)
    const after = await useOfTree(pid)
    return { how, cpuPercent: ((after.cpuSecs - before.cpuSecs) * 100_000) / (clock() - startedAtMs), rssMb: after.rssMb, pssMb: after.pssMb }
  } finally {
    await peer.ask({ do: 'stop' }).catch(() => {})
    await peer.end()
  }
}

/** What a watcher costs whoever copies: `cp -r` of small files beside the same copy that nobody watches. */
async function slow(mode: string, files: number): Promise<object> {
  const root = await freshRoot()
  const maker = startPeer('files-maker.ts', [])
  const from = join(folder, 'copied')
  await rm(from, { recursive: true, force: true })
  await mkdir(from)
  await maker.ask({ do: 'folders', root: from, folders: 200 })
  await maker.ask({ do: 'files', root: from, folders: 200, files, perSec: 0, fresh: false, quiet: true, salt: 1 })
  await maker.end()
  const watcher = mode === 'none' ? undefined : await startWatcher(mode, root)
  try {
    await sleep(QUIET_BEFORE_MS)
    const copy = async (to: string): Promise<number> => {
      const startedAtMs = clock()
      await promisify(execFile)('cp', ['-r', from, join(root, to)])
      return clock() - startedAtMs
    }
    // Warms the cache for whoever comes first.
    await copy('warm')
    await sleep(SILENCE_MS / 4)
    return { ms: await copy('timed') }
  } finally {
    await watcher?.peer.ask({ do: 'stop' }).catch(() => {})
    await watcher?.peer.end()
    await rm(from, { recursive: true, force: true })
  }
}

serveParent(async (message) => {
  folder = String(message['folder'])
  await mkdir(folder, { recursive: true })
  if (message['do'] === 'run') return run(message as unknown as Workload)
  if (message['do'] === 'cold') return cold(String(message['mode']), Number(message['folders']), Number(message['files']), message['isEmpty'] === true)
  if (message['do'] === 'slow') return slow(String(message['mode']), Number(message['files']))
  if (message['do'] === 'idle') return idle(String(message['mode']), Number(message['secs']))
  await promisify(execFile)('umount', [join(folder, 'watched')]).catch(() => {})
  return { done: true }
})
