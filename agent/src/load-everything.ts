// Loads what the agent, its threads and its children load, so that it is compiled, and ends (platform/compiled-code.ts). Files
// that insist on being a thread's or a child's are compiled before they complain. What lives long only: a child that ends after
// its work may carry the compiler.
import { spawnSync } from 'node:child_process'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { CHILD_FLAGS } from './enrich/inspector.ts'

const PARTS = ['./watchdog/start.ts', './watchdog/notify.ts', './watchdog/worker-link.ts', './cli/program.ts', './cli/run.ts', './sensors/files/reader.ts', './sensors/processes/reader.ts', './sensors/files/watch-chokidar.ts']
const CHILD = './enrich/inspect-child.ts'

for (const part of PARTS) {
  try {
    await import(part)
  } catch {
    // What it needs is not here; where it runs, it is.
  }
}
flushCompileCache()
// V8 keeps code for each set of flags.
const options = { stdio: 'ignore', env: process.env, cwd: '/' } as const
// Without a parent the child has nothing to wait for and ends.
spawnSync(process.execPath, [...CHILD_FLAGS, join(import.meta.dirname, CHILD)], options)
spawnSync(process.execPath, [...process.execArgv, join(import.meta.dirname, 'main.ts'), '--version'], options)
process.exit(0)
