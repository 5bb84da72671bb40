// Keeps a worker running. This is the process that `holdfast-agent run` is: small, without anything that could hang, and the
// only one that the service manager knows. The worker (cli/run.ts) holds spool, sensors and uplink.
//
//   start ──beat, beat, …──> silent ──ping, no answer──> SIGKILL to its process group ─┐
//     ▲                        exit code 70, a signal ─────────────────────────────────┤
//     └──── back-off 1 s … 60 s; five crashes in ten minutes: in safe mode ◄───────────┘
//
// An exit code below 6 from a worker that never was ready is an answer to who started us (not enrolled, folder in use, …) and
// is passed on. Out of safe mode leads: its time, a policy that has not crashed yet, a stop and a start.
import { type ChildProcess, spawn } from 'node:child_process'
import { type CrashLog, openCrashLog } from './crash-log.ts'
import { DEFAULT_TIMES, type FromWatchdog, type FromWorker, ORDERS, type Orders, type WatchdogTimes } from './contract.ts'
import type { ServiceManager } from './notify.ts'

export interface WatchdogDeps {
  /** The agent's, where the crashes are remembered. */
  readonly folder: string
  /** Arguments for Node that start a worker. */
  readonly worker: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  readonly warnings?: readonly string[]
  readonly times?: Partial<WatchdogTimes>
  /** Milliseconds since the boot, of a clock that nobody can set. */
  readonly steady: () => number
  readonly log: (level: 'info' | 'warn' | 'error', fields: object, message: string) => void
  readonly manager: ServiceManager
  /** What the worker writes: to where this process does, or nowhere. */
  readonly output?: 'inherit' | 'ignore'
}

export interface Watchdog {
  /** Watches until it is told to stop, or a worker ends with an answer. @returns the exit code */
  run(): Promise<number>
  /** Ends the worker in good order; a second time at once. */
  stop(why: string): void
}

interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly wasReady: boolean
  readonly livedMs: number
  /** Why the watchdog killed it. */
  readonly killedFor?: string
}

const howItEnded = ({ code, signal, killedFor }: End): string => killedFor ?? (signal === null ? `exit code ${code}` : `signal ${signal}`)

/** Codes of a refusal: wrong use, not enrolled, refused. Others may pass by themselves once the agent has run. */
const isAnswer = ({ code, signal, wasReady }: End): boolean => signal === null && code !== null && ([2, 3, 5].includes(code) || (!wasReady && [1, 4].includes(code)))

export function createWatchdog(deps: WatchdogDeps): Watchdog {
  const times: WatchdogTimes = { ...DEFAULT_TIMES, ...deps.times }
  const { log, steady, manager } = deps
  const crashes: CrashLog = openCrashLog(deps.folder, times, steady)
  let child: ChildProcess | undefined
  let restarts = 0
  let lastEnd = ''
  let stopping: string | undefined
  let leaving: string | undefined
  let killedFor: string | undefined
  let toldManagerAt = 0
  let endWait: (() => void) | undefined

  const kill = (why?: string): void => {
    killedFor ??= why
    // Its whole group: what it had started for reading files goes with it.
    try {
      if (child?.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      child?.kill('SIGKILL')
    }
  }

  const tell = (message: FromWatchdog): void => {
    if (child?.connected === true) child.send(message, () => {})
  }

  const askToEnd = (why: string): void => {
    tell({ say: 'stop', why })
    const asked = child
    setTimeout(() => {
      // Another one may run by then.
      if (child === asked) kill('it did not stop')
    }, times.stopMs).unref()
  }

  const leaveSafeMode = (why: string): void => {
    if (leaving !== undefined || stopping !== undefined || crashes.safeMode() === undefined) return
    leaving = why
    log('info', { why }, 'safe mode ends')
    crashes.leaveSafeMode()
    askToEnd(why)
  }

  /** One worker, from its start to its end. */
  const runWorker = (orders: Orders): Promise<End> => {
    killedFor = undefined
    leaving = undefined
    const startedAt = steady()
    let wasReady = false
    const started = spawn(process.execPath, [...deps.worker], {
      env: { ...deps.environment, [ORDERS]: JSON.stringify(orders) }, stdio: ['ignore', deps.output ?? 'inherit', deps.output ?? 'inherit', 'ipc'],
      // A group of its own, for kill; and Ctrl-C reaches this process alone, which passes it on once.
      detached: process.platform !== 'win32',
    })
    child = started
    let deadline: NodeJS.Timeout
    const watch = (ms: number, onSilence: () => void): void => {
      clearTimeout(deadline)
      const dueAt = performance.now() + ms
      deadline = setTimeout(() => {
        // We stood still ourselves (a stopped machine, a frozen group): what the worker said meanwhile is yet to be read.
        if (performance.now() - dueAt > times.pingMs) watch(ms, onSilence)
        else onSilence()
      }, ms)
    }
    const onBeat = (): void => {
      watch(times.silentMs, () => {
        tell({ say: 'ping' })
        watch(times.pingMs, () => {
          log('error', { pid: started.pid }, 'the worker does not answer and is killed')
          kill(`it did not answer for ${Math.round((times.silentMs + times.pingMs) / 1000)} s`)
        })
      })
      // As long as the worker lives; without one the manager waits, and then starts us anew.
      if (manager.watchdogMs !== undefined && performance.now() - toldManagerAt > manager.watchdogMs / 4) {
        manager.tell('WATCHDOG=1')
        toldManagerAt = performance.now()
      }
    }
    watch(times.firstBeatMs, () => kill(`it gave no sign of life within ${Math.round(times.firstBeatMs / 1000)} s of its start`))
    started.on('message', (message) => {
      const said = message as FromWorker
      onBeat()
      if (said.say === 'ready') {
        wasReady = true
        manager.tell(`READY=1\nSTATUS=${orders.safeMode === undefined ? 'The agent runs.' : 'SAFE MODE: nothing is watched.'}`)
      } else if (said.say === 'try-policy') leaveSafeMode(said.why)
    })
    const safeModeEnd = orders.safeMode === undefined ? undefined : setTimeout(() => leaveSafeMode('its time is up'), orders.safeMode.retryInMs)
    return new Promise((resolve) => {
      const ended = (code: number | null, signal: NodeJS.Signals | null): void => {
        clearTimeout(deadline)
        clearTimeout(safeModeEnd)
        child = undefined
        resolve({ code, signal, wasReady, livedMs: steady() - startedAt, ...(killedFor === undefined ? {} : { killedFor }) })
      }
      started.once('exit', ended)
      started.once('error', () => ended(null, null))
    })
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      endWait = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  return {
    async run() {
      for (;;) {
        const safeMode = crashes.safeMode()
        if (safeMode !== undefined) log('error', safeMode, 'the agent starts in safe mode')
        const end = await runWorker({ watchdogPid: process.pid, restarts, lastEnd, warnings: deps.warnings ?? [], ...(safeMode === undefined ? {} : { safeMode }) })
        if (stopping !== undefined) {
          if (end.code === 0) crashes.forget()
          return end.code ?? 1
        }
        if (isAnswer(end)) return end.code ?? 1
        restarts += 1
        if (leaving !== undefined) {
          lastEnd = ''
          continue
        }
        lastEnd = howItEnded(end)
        const waitMs = crashes.crashed(lastEnd, end.livedMs)
        log('error', { how: lastEnd, restarts, waitMs }, 'the worker ended and is started again')
        manager.tell(`STATUS=The worker ended (${lastEnd}) and is started again.`)
        await pause(waitMs)
        if (stopping !== undefined) return 0
      }
    },
    stop(why) {
      if (stopping !== undefined) return kill()
      stopping = why
      manager.tell('STOPPING=1')
      endWait?.()
      askToEnd(why)
    },
  }
}
