// A nats-server as a child of the collector: started, watched, started again when it dies or loses its files, and ended
// with the collector.
//
// A collector that is killed cannot end its child. On Linux the kernel does it (the parent-death signal, set by setpriv);
// elsewhere, and where a child slips through, the next collector of this data folder finds it by its pid file and ends
// it, after a look at its command line: the pid may belong to somebody else by now.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, rmSync, statfsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { CodedError } from '../errors.ts'
import type { BusLog } from './log.ts'
import { greeting, reservePort } from './ports.ts'
import { configPath, pidPath, type ServerFiles, watchedPaths, writeServerFiles, writeWhole } from './server-config.ts'
import { endStale } from './stale-server.ts'

const run = promisify(execFile)
const SETPRIV = '/usr/bin/setpriv'
const READY_MS = 20_000
/** Growth of the heap after which Go collects (100 unless told): of each connection it would otherwise hold as much garbage again. */
const COLLECT_AT_PERCENT = '50'
const STOP_MS = 5000
const CHECK_MS = 2000
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000
/** Room that the server needs before it is worth another try, after a write of it failed. */
const ROOM_BYTES = 16 * 1024 * 1024
/** It is tried again no sooner than this, in case it is not the room. */
const STORE_RETRY_MS = 10_000
/** After a write that failed the server refuses every later one until it is started again, also when there is room. */
const STORE_FAILED = /^JetStream failed to store a msg on stream|^JetStream resource limits exceeded|^JetStream out of .* resources/

/** A server that ran for so long is taken for well: the next pause is the first one again. */
const STEADY_MS = 60_000

export interface ServerOptions extends Omit<ServerFiles, 'accounts'> {
  readonly serverPath: string
  /** Whose stream it is. */
  readonly account: string
  /** Read anew at every start. */
  readonly accounts: () => Readonly<Record<string, string>>
  readonly log: BusLog
}

export interface BusServer {
  readonly port: number
  /** Of the child that runs now. */
  readonly pid: number | undefined
  /** How often it had to be started again. */
  readonly restarts: number
  /** All its files have been seen, so that their loss will be noticed. */
  readonly watching: boolean
  /** Reads certificate and key again. */
  reload(): void
  stop(): Promise<void>
}

function forwardLog(child: ChildProcess, log: BusLog, remember: (line: string) => void, onStoreFailed: () => void): void {
  if (child.stderr === null) return
  createInterface({ input: child.stderr }).on('line', (line) => {
    const found = /^\[\d+\]\s+(?:\S+ \S+ )?\[(\w+)\] (.*)$/.exec(line)
    const text = (found?.[2] ?? line).slice(0, 500)
    if (found?.[1] === 'FTL' || found?.[1] === 'ERR' || found === null) remember(text)
    if (STORE_FAILED.test(text)) onStoreFailed()
    if (found?.[1] === 'FTL') log.error({ text }, 'nats-server')
    // A client that was refused is an error to the server; here it is news. One that hung up at once is not even that.
    else if (!text.endsWith('TLS handshake error: EOF') && (found?.[1] === 'ERR' || found?.[1] === 'WRN')) log.warn({ text }, 'nats-server')
    else log.debug({ text }, 'nats-server')
  })
}

/** Bytes that may be written; 0 where nobody knows. */
function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}

let deathSignal: Promise<boolean> | undefined
const hasDeathSignal = (): Promise<boolean> => {
  deathSignal ??= process.platform === 'linux' ? run(SETPRIV, ['--pdeathsig', 'KILL', '--', '/bin/true']).then(() => true, () => false) : Promise.resolve(false)
  return deathSignal
}

/**
 * Starts the server and resolves when it takes connections. Its port stays the same over restarts.
 * @throws PORT_IN_USE, ADDRESS_UNUSABLE, BUS_SERVER_FAILED
 */
export async function startServer(options: ServerOptions): Promise<BusServer> {
  const { folder, log, host } = options
  await endStale(folder, log)
  const port = await reservePort(host, options.port, 'nats-server', 'bus-port')
  const withSetpriv = await hasDeathSignal()
  const ending = new AbortController()
  let child: ChildProcess | undefined
  let restarts = 0
  let armed = new Set<string>()
  const lastWords: string[] = []
  let storeFailed = false
  let storeRetriedAt = -Infinity

  const launch = async (): Promise<{ readonly ended: Promise<string> }> => {
    writeServerFiles({ ...options, port, accounts: options.accounts() })
    armed = new Set()
    storeFailed = false
    const command = [options.serverPath, '-c', configPath(folder)]
    const [program, ...args] = withSetpriv ? [SETPRIV, '--pdeathsig', 'KILL', '--', ...command] : command
    const started = spawn(program ?? options.serverPath, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder, env: { PATH: '/usr/bin:/bin', HOME: folder, GOGC: COLLECT_AT_PERCENT } })
    child = started
    forwardLog(started, log, (line) => {
      lastWords.push(line)
      if (lastWords.length > 3) lastWords.shift()
    }, () => {
      storeFailed = true
    })
    const ended = new Promise<string>((resolve) => {
      started.once('error', (error) => resolve(error.message))
      started.once('exit', (code, signal) => resolve(signal ?? `exit code ${code ?? '?'}`))
    })
    if (started.pid !== undefined) writeWhole(pidPath(folder), `${started.pid}\n`)
    let over: string | undefined
    void ended.then((why) => (over = why))
    for (const until = Date.now() + READY_MS; ;) {
      if ((await greeting(host, port)) === options.name) return { ended }
      if (over !== undefined || Date.now() > until) {
        started.kill('SIGKILL')
        throw new CodedError('BUS_SERVER_FAILED', { problem: lastWords.at(-1) ?? over ?? 'it does not answer' })
      }
      await sleep(25)
    }
  }

  const supervise = async (first: { readonly ended: Promise<string> }): Promise<void> => {
    let { ended } = first
    let since = Date.now()
    let pauseMs = FIRST_PAUSE_MS
    while (!ending.signal.aborted) {
      const why = await ended
      if (ending.signal.aborted) return
      if (Date.now() - since > STEADY_MS) pauseMs = FIRST_PAUSE_MS
      log.warn({ why, pauseMs }, 'nats-server ended; starting it again')
      for (;;) {
        await sleep(pauseMs, undefined, { signal: ending.signal }).catch(() => {})
        if (ending.signal.aborted) return
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
        restarts += 1
        try {
          ;({ ended } = await launch())
          since = Date.now()
          log.info({ port, restarts }, 'nats-server runs again')
          break
        } catch (error) {
          log.error({ err: error }, 'nats-server does not start')
        }
      }
    }
  }

  const check = setInterval(() => {
    const paths = watchedPaths(folder, options.account)
    const missing = paths.filter((path) => !existsSync(path))
    if (missing.some((path) => armed.has(path))) {
      log.warn({ missing: missing.length }, 'files of the running nats-server are gone; starting it again')
      armed.clear()
      child?.kill('SIGKILL')
      return
    }
    for (const path of paths) if (!missing.includes(path)) armed.add(path)
    if (!storeFailed || performance.now() - storeRetriedAt < STORE_RETRY_MS || roomIn(folder) < ROOM_BYTES) return
    log.warn({}, 'nats-server could not write and would not try again; there is room, so it is started again')
    storeFailed = false
    storeRetriedAt = performance.now()
    child?.kill('SIGKILL')
  }, CHECK_MS)
  check.unref()
  const killNow = () => void child?.kill('SIGKILL')
  process.once('exit', killNow)
  const release = () => {
    clearInterval(check)
    process.off('exit', killNow)
  }

  let supervision: Promise<void>
  try {
    supervision = supervise(await launch())
  } catch (error) {
    release()
    throw error
  }

  return {
    port,
    get pid() {
      return child?.pid
    },
    get restarts() {
      return restarts
    },
    get watching() {
      return armed.size === watchedPaths(folder, options.account).length
    },
    reload: () => void child?.kill('SIGHUP'),
    async stop() {
      ending.abort()
      const last = child
      if (last !== undefined && last.exitCode === null && last.signalCode === null) {
        const gone = new Promise((resolve) => last.once('exit', resolve))
        last.kill('SIGTERM')
        const force = setTimeout(() => last.kill('SIGKILL'), STOP_MS)
        await gone
        clearTimeout(force)
      }
      await supervision
      release()
      rmSync(pidPath(folder), { force: true })
    },
  }
}
