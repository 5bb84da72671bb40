// Processes of a bench: children that speak over IPC, a nats-server, and what /proc says of them. All end by pid.
import { type ChildProcess, execFile, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { connect } from 'nats'

const CLOCK_TICKS = 100
const running = new Set<ChildProcess>()

/** Children that lead a process group: what they start ends with them, also when they are killed. */
const leaders = new Set<ChildProcess>()

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nobody is left in it.
  }
}

/** Ends whatever a bench left behind, at the latest when the program ends. */
export function endAll(): void {
  for (const child of leaders) killGroup(child)
  for (const child of running) child.kill('SIGKILL')
}

function watch(child: ChildProcess): ChildProcess {
  running.add(child)
  child.on('exit', () => running.delete(child))
  return child
}

export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  const force = setTimeout(() => child.kill('SIGKILL'), 5000)
  await gone
  clearTimeout(force)
}

export interface Peer {
  readonly child: ChildProcess
  readonly pid: number
  /** Sends one message and waits for the one that answers it. */
  ask<T>(message: object): Promise<T>
  end(): Promise<void>
}

/**
 * A child that answers each message with one message; its stderr goes through.
 *
 * @param options.through a program with its arguments that starts ours, such as `unshare -m`
 * @param options.leads starts processes of its own: they end with it
 */
export function startPeer(script: string, args: readonly string[], options: { readonly execArgv?: readonly string[]; readonly through?: readonly string[]; readonly uid?: number; readonly leads?: boolean; readonly env?: NodeJS.ProcessEnv } = {}): Peer {
  const [first, ...rest] = options.through ?? []
  const execPath = first ?? process.execPath
  const before = first === undefined ? [] : [...rest, process.execPath]
  const child = watch(fork(join(import.meta.dirname, script), args, { execPath, execArgv: [...before, '--disable-warning=ExperimentalWarning', ...(options.execArgv ?? [])], env: { ...process.env, ...options.env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], detached: options.leads === true, ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }) }))
  if (options.leads === true) leaders.add(child)
  return {
    child,
    pid: child.pid ?? -1,
    ask: <T>(message: object) =>
      new Promise<T>((resolve, reject) => {
        if (!child.connected) {
          reject(new Error(`${script} is gone`))
          return
        }
        const ended = (code: number | null) => reject(new Error(`${script} ended with ${code ?? 'a signal'}`))
        child.once('exit', ended)
        child.once('message', (answer) => {
          child.off('exit', ended)
          if (typeof answer === 'object' && answer !== null && 'failed' in answer) reject(new Error(`${script}: ${String(answer.failed)}`))
          else resolve(answer as T)
        })
        child.send(message)
      }),
    async end() {
      // A child whose channel closes exits by itself.
      const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
      if (child.connected) child.disconnect()
      await Promise.race([gone, sleep(3000, undefined, { ref: false })])
      await end(child)
      if (leaders.delete(child)) killGroup(child)
    },
  }
}

/** The other side of startPeer. */
export function serveParent(handle: (message: Record<string, unknown>) => Promise<object>): void {
  process.on('message', (message: Record<string, unknown>) => {
    handle(message).then(
      (answer) => process.send?.(answer),
      (error: unknown) => process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
  })
  process.on('disconnect', () => process.exit())
}

/** A program that is watched by its output only. */
export function startProgram(command: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): ChildProcess {
  return watch(spawn(command, args, { ...(options.cwd === undefined ? {} : { cwd: options.cwd }), env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] }))
}

export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

export interface NatsServer {
  readonly url: string
  readonly pid: number
  readonly version: string
  stop(): Promise<void>
}

/** A real nats-server with JetStream on files, on loopback. */
export async function startNatsServer(folder: string): Promise<NatsServer> {
  const { stdout } = await promisify(execFile)(join(import.meta.dirname, '../get-nats-server'))
  const port = await freePort()
  await mkdir(folder, { recursive: true })
  const config = join(folder, 'nats.conf')
  await writeFile(config, `host: 127.0.0.1\nport: ${port}\nmax_payload: 1MB\njetstream { store_dir: ${JSON.stringify(join(folder, 'jetstream'))} }\n`)
  const child = startProgram(stdout.trim(), ['-c', config])
  let log = ''
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()))
  const url = `nats://127.0.0.1:${port}`
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null || tries > 100) throw new Error(`nats-server did not start: ${log}`)
    try {
      const connection = await connect({ servers: url, reconnect: false, timeout: 1000 })
      const version = connection.info?.version ?? '?'
      await connection.close()
      return { url, pid: child.pid ?? -1, version, stop: () => end(child) }
    } catch {
      await sleep(50)
    }
  }
}

/** User and system CPU of a process in seconds, all its threads; 10 ms resolution. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS
}

/** Resident memory in MB: now, and the highest since it started. */
export async function memory(pid: number): Promise<{ readonly nowMb: number; readonly peakMb: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024
  return { nowMb: of('VmRSS'), peakMb: of('VmHWM') }
}

/** A process and its children, as they live now. */
export async function treeOf(pid: number): Promise<readonly number[]> {
  const found = [pid]
  for (const parent of found) {
    const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8').catch(() => '')
    found.push(...children.trim().split(' ').filter((text) => text !== '').map(Number))
  }
  return found
}

export interface TreeUse {
  readonly cpuSecs: number
  /** Sum over the processes; what they share counts as often as they share it. */
  readonly rssMb: number
  /** The same, shared memory divided among those who share it, on this machine. */
  readonly pssMb: number
  /** What would be in use if no other process ran the same programs: each one's own, and the largest part that they share. */
  readonly aloneMb: number
  readonly processes: number
}

/** What a process and its children have used so far, and hold now. */
export async function useOfTree(pid: number): Promise<TreeUse> {
  const use = { cpuSecs: 0, rssMb: 0, pssMb: 0, aloneMb: 0, processes: 0 }
  let shared = 0
  for (const each of await treeOf(pid)) {
    const rollup = await readFile(`/proc/${each}/smaps_rollup`, 'utf8').catch(() => '')
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) / 1024
    use.cpuSecs += await cpuSeconds(each).catch(() => 0)
    use.rssMb += of('Rss')
    use.pssMb += of('Pss')
    use.aloneMb += of('Private_Clean') + of('Private_Dirty')
    shared = Math.max(shared, of('Shared_Clean') + of('Shared_Dirty'))
    use.processes += 1
  }
  use.aloneMb += shared
  return use
}
