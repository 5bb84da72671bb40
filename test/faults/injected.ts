// System calls of a running process that fail for a while: strace is attached with an injection, and leaves again.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { end, track } from '../support/own-processes.ts'
import { until } from '../support/processes.ts'
import type { FaultContext } from './fault.ts'

/** `calls` as strace names them, such as `fdatasync,fsync`; `error` such as `EIO`; `when` as strace has it, such as `1` or `3+7`. */
export interface Injection {
  readonly calls: string
  readonly error: string
  readonly when?: string
}

/** Attaches to every thread of a process; resolves when the calls fail. @returns what lets go of it */
export async function inject(context: FaultContext, pid: number, { calls, error, when }: Injection): Promise<() => Promise<void>> {
  const tracer = track(spawn('strace', ['-f', '-p', String(pid), '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}${when === undefined ? '' : `:when=${when}`}`], { stdio: ['ignore', 'ignore', 'pipe'] }))
  let words = ''
  tracer.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const release = async (): Promise<void> => {
    // It detaches by itself on SIGTERM, and leaves what it traced as it was.
    await end(tracer, 'SIGTERM')
  }
  context.defer(release)
  await until('strace to be attached', 10, () => {
    if (tracer.exitCode !== null) throw new Error(`strace may not attach: ${words}`)
    return words.includes('attached') ? true : undefined
  })
  return release
}

/** Processor time of a process and of nothing else, in thousandths of a core, over so many milliseconds. */
export async function cpuMillis(pid: number, overMs: number): Promise<number> {
  const ticks = async (): Promise<number> => {
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ') ?? []
    return Number(fields[11]) + Number(fields[12])
  }
  const before = await ticks()
  await sleep(overMs)
  // A tick is a hundredth of a second.
  return Math.round((((await ticks()) - before) * 10_000) / overMs)
}

/** How many files a process may have open from now on; resolves with what it was before. */
export async function limitFiles(pid: number, most: number): Promise<number> {
  const before = Number(/Max open files\s+(\d+)/.exec(await readFile(`/proc/${pid}/limits`, 'utf8'))?.[1] ?? 1024)
  const child = track(spawn('prlimit', ['--pid', String(pid), `--nofile=${most}:`], { stdio: 'ignore' }))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`prlimit ended with ${code}`)
  return before
}
