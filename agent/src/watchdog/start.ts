// `holdfast-agent run`: what is true before a worker is started. Loads little, because this process stays.
import { getCompileCacheDir } from 'node:module'
import { uptime } from 'node:os'
import { dirname } from 'node:path'
import { defaultFolder, fromHere } from '../cli/folders.ts'
import { CodedError } from '../errors.ts'
import { ORDERS } from './contract.ts'
import { forgetCheck } from './program-check.ts'
import { createWatchdog } from './watchdog.ts'
import { workerEnvironment } from './worker-environment.ts'

const levels = { info: 30, warn: 40, error: 50 } as const
/** In the form of the worker's log; the library for it would be a quarter of this process. */
const log = (level: keyof typeof levels, fields: object, message: string): void => void process.stderr.write(`${JSON.stringify({ level: levels[level], time: Date.now(), part: 'watchdog', ...fields, msg: message })}\n`)

/** As commander reads it; anything that is wrong with the line is told by the worker, which reads all of it. */
function folderOf(line: readonly string[]): string {
  const at = line.findLastIndex((word) => word === '--dir' || word.startsWith('--dir='))
  const word = line[at]
  const given = word === undefined ? undefined : word === '--dir' ? line[at + 1] : word.slice('--dir='.length)
  return fromHere(given ?? defaultFolder())
}

/**
 * Watches a worker until this process is told to stop.
 *
 * @param problem what somebody else could change of this program; empty when all is well. @param line what stands after `run`. @returns the exit code: the worker's answer, 0 after a stop in good order, 1 otherwise
 */
export async function runWatched(main: string, problem: string, line: readonly string[]): Promise<number> {
  const { environment, refused } = workerEnvironment(process.env)
  const warnings: string[] = []
  if (refused.length > 0) {
    warnings.push(`${refused.join(', ')} stood in the environment and is not passed on.`)
    log('warn', { refused }, 'the environment would load foreign code; it is not passed on')
  }
  if (problem !== '') {
    const isAccepted = environment['HOLDFAST_AGENT_UNSAFE_PROGRAM'] === 'accept'
    if (process.geteuid?.() === 0 && !isAccepted) {
      log('error', { code: 'PROGRAM_UNSAFE' }, new CodedError('PROGRAM_UNSAFE', { problem }).message)
      return 1
    }
    warnings.push(`Somebody else can change this program: ${problem}.`)
    log('warn', { code: 'PROGRAM_UNSAFE' }, `somebody else can change this program: ${problem}`)
  }
  delete environment[ORDERS]
  forgetCheck(environment)
  // Of this process's own making (platform/compiled-code.ts), so that the worker does not carry the compiler.
  const compiled = getCompileCacheDir()
  if (compiled !== undefined) environment['NODE_COMPILE_CACHE'] = dirname(compiled)
  // glibc keeps a heap for each of the worker's twenty threads otherwise.
  environment['MALLOC_ARENA_MAX'] = '2'
  const watchdog = createWatchdog({
    folder: folderOf(line), worker: ['--max-semi-space-size=2', main, 'worker', ...line], environment, warnings, log,
    manager: (await import('./notify.ts')).serviceManager(process.env), steady: process.platform === 'linux' ? () => uptime() * 1000 : () => performance.now(),
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    let at = Number.NEGATIVE_INFINITY
    process.on(signal, () => {
      // A terminal and the runner above us may both pass on one Ctrl-C.
      if (performance.now() - at < 500) return
      at = performance.now()
      watchdog.stop(signal)
    })
  }
  return watchdog.run()
}
