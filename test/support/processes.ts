// The two programs as real processes, as a user starts them.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { track } from './own-processes.ts'

export const repository = join(import.meta.dirname, '../..')
export const collectorMain = join(repository, 'collector/src/main.ts')
export const agentMain = join(repository, 'agent/src/main.ts')

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command to its end. */
export async function runCommand(script: string, args: readonly string[], options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly input?: string } = {}): Promise<Finished> {
  const child = track(spawn(process.execPath, [script, ...args], { cwd: options.cwd ?? repository, env: { ...process.env, ...options.env }, stdio: ['pipe', 'pipe', 'pipe'] }))
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  child.stdin.end(options.input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

export interface Daemon {
  readonly child: ChildProcess
  /** Everything written so far. */
  log(): string
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Starts a process and collects its output; `stop` ends it by pid, by force after 10 s. */
export function startDaemon(script: string, args: readonly string[], options: { readonly env?: NodeJS.ProcessEnv; readonly onLine?: (line: string) => void } = {}): Daemon {
  const child = track(spawn(process.execPath, [script, ...args], { cwd: repository, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] }))
  let log = ''
  let rest = ''
  child.stdout.on('data', (chunk: Buffer) => {
    log += chunk.toString()
    rest += chunk.toString()
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      options.onLine?.(rest.slice(0, end))
      rest = rest.slice(end + 1)
    }
  })
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  return {
    child,
    log: () => log,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill(signal)
      const force = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(force)
    },
  }
}

/** Polls until the probe gives a value; fails with `what` after `seconds`. */
export async function until<T>(what: string, seconds: number, probe: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const value = await probe()
    if (value !== undefined) return value
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}`)
    await sleep(50)
  }
}
