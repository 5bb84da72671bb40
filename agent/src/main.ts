#!/usr/bin/env -S node --max-semi-space-size=2
// Composition root of the agent: the commands, and the one that runs everything (cli/run.ts).
//
//   holdfast-agent run      this process becomes the watchdog (watchdog/start.ts), and starts
//   holdfast-agent worker   the agent itself; started by hand it runs without a watchdog
//
// What must be true before anything else is loaded stands here, and nothing of ours is imported above it:
//   umask      whatever this process makes is for its own account
//   threads    libuv reads the size of its pool at the first use; SQLite, files and kernel calls share it, and a few of them block
//   flags      of the first line: the space for young objects grows to 40 MB otherwise, for a process that idles
//   compiled   stripping types loads a compiler (12 MB) and is half of the start: what was compiled once is kept beside the
//              code, in a folder of this account's own; where that cannot be written, everything works as without
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

process.umask(0o077)
const compiled = join(import.meta.dirname, '../../.cache/compiled')
enableCompileCache(compiled)
process.env['UV_THREADPOOL_SIZE'] ??= '12'
const [, , command = '', ...line] = process.argv
process.title = command === 'worker' ? 'holdfast-agent worker' : 'holdfast-agent'
// Whoever reads our output may have seen enough (`| head`); that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

if (command === 'run' && !line.some((word) => word === '-h' || word === '--help')) {
  const { programProblem } = await import('./watchdog/program-check.ts')
  const problem = await programProblem(join(import.meta.dirname, '..'))
  const { warmUp } = await import('./platform/compiled-code.ts')
  warmUp(compiled, [import.meta.dirname, join(import.meta.dirname, '../../proto')])
  // Before the commands are loaded: this process lives for weeks, and does little.
  const { runWatched } = await import('./watchdog/start.ts')
  process.exit(await runWatched(import.meta.filename, problem, line))
}

const { buildProgram, runProgram } = await import('./cli/program.ts')
const program = buildProgram(async (folder, flags) => {
  // Loaded only for run: the other commands need neither spool nor sensors.
  const { joinWatchdog } = await import('./watchdog/worker-link.ts')
  // First of all, because the watchdog waits for a sign of life.
  const link = joinWatchdog()
  const { runAgent } = await import('./cli/run.ts')
  await runAgent(folder, flags, link)
  // Threads that wait for the kernel would keep the process alive.
  process.exit(0)
})
await runProgram(program, process.argv)
