// Every process that a test starts, so that none outlives it: ended by process id, children before parents are gone.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'

const started = new Set<ChildProcess>()
/** Process ids of children of children (the broker of a collector), with what must stand in their command line. */
const adopted = new Map<number, string>()

/** Remembers a process that somebody else started; `mark` must be in its command line when it is ended, for ids are used again. */
export const adopt = (pid: number, mark: string): void => void adopted.set(pid, mark)

export function track<T extends ChildProcess>(child: T): T {
  started.add(child)
  child.once('exit', () => started.delete(child))
  return child
}

export const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null

/** Ends a process and waits for its end; by force after `graceMs`. */
export async function end(child: ChildProcess, signal: NodeJS.Signals, graceMs = 10_000): Promise<void> {
  if (!isRunning(child)) return
  const ended = once(child, 'exit')
  child.kill(signal)
  const force = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await ended
  clearTimeout(force)
}

export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Process ids whose command line names this text: a temporary folder of our own, never a program. */
export const processesOf = (folder: string): readonly number[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => pid !== process.pid && commandLine(pid).includes(folder))

export function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter((text) => text !== '').map(Number)
  } catch {
    return []
  }
}

export function killPid(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}

export async function endEverything(): Promise<void> {
  await Promise.all([...started].map((child) => end(child, 'SIGKILL')))
  for (const [pid, mark] of adopted) if (commandLine(pid).includes(mark)) killPid(pid, 'SIGKILL')
  adopted.clear()
}

// Not even an exception of the runner itself leaves a process behind.
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL')
  for (const [pid, mark] of adopted) if (commandLine(pid).includes(mark)) killPid(pid, 'SIGKILL')
})

/** Runs a program of the system to its end; throws with its words when it fails. */
export async function run(program: string, args: readonly string[], options: { readonly env?: NodeJS.ProcessEnv; readonly input?: string; readonly allowFailure?: boolean } = {}): Promise<string> {
  const child = track(spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...options.env } }))
  let out = ''
  let problem = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()))
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0 && options.allowFailure !== true) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${problem.slice(-2000)}`)
  return out
}
