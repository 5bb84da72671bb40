// A nats-server that an earlier collector of a folder left behind is found by its pid file, and ended after a look at its
// command line: the pid may belong to somebody else by now.
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { BusLog } from './log.ts'
import { configPath, pidPath } from './server-config.ts'

const run = promisify(execFile)
const STOP_MS = 5000

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is alive too.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function commandLine(pid: number): Promise<string> {
  if (existsSync('/proc/self/cmdline')) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    } catch {
      // It ended meanwhile.
      return ''
    }
  }
  return run('/bin/ps', ['-o', 'command=', '-p', String(pid)]).then(({ stdout }) => stdout, () => '')
}

/** Ends a server that an earlier collector of this folder left behind. */
export async function endStale(folder: string, log: BusLog): Promise<void> {
  const path = pidPath(folder)
  if (!existsSync(path)) return
  const pid = Number(readFileSync(path, 'utf8'))
  const ours = async () => (await commandLine(pid)).includes(configPath(folder))
  if (Number.isSafeInteger(pid) && pid > 1 && (await ours())) {
    log.warn({ pid }, 'ending a nats-server that an earlier collector left behind')
    for (const [signal, waitMs] of [['SIGTERM', STOP_MS], ['SIGKILL', STOP_MS]] as const) {
      if (!(await ours())) break
      process.kill(pid, signal)
      for (const until = Date.now() + waitMs; Date.now() < until && isAlive(pid) && (await ours());) await sleep(50)
    }
  }
  rmSync(path, { force: true })
}
