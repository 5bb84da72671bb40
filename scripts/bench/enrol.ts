// Ten thousand enrolments against one collector, as a deployment tool causes them: everybody within minutes, from one address.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Bench, quantile, round, spread } from './bench.ts'
import type { HerdResult } from './enrol-devices.ts'
import { cpuSeconds, memory, startPeer, startProgram } from './processes.ts'

const repository = join(import.meta.dirname, '../..')
const collectorMain = join(repository, 'collector/src/main.ts')
const DEVICES = 10_000
/** Faster than the limit of one source lets in; slow enough that 10,000 devices on one machine do not starve each other. */
const WITHIN_SECS = 240
const LIMIT_SECS = 600
/** Being sent away twice is a retry; more often is a loop. */
const MOST_SENT_AWAY = 2

const command = async (...args: readonly string[]): Promise<string> => (await promisify(execFile)(process.execPath, [collectorMain, ...args], { cwd: repository })).stdout

async function untilReady(child: ReturnType<typeof startProgram>, signal: AbortSignal): Promise<string> {
  let output = ''
  let log = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4000)))
  for (;;) {
    signal.throwIfAborted()
    if (child.exitCode !== null) throw new Error(`the collector ended: ${log}`)
    const line = output.split('\n').find((each) => each.startsWith('{"ready"'))
    if (line !== undefined) return (JSON.parse(line) as { readonly url: string }).url
    await sleep(50)
  }
}

export const enrolment: Bench = {
  name: 'enrol', summary: '10,000 devices enrol with one collector, all within four minutes and from one address.', limitSecs: LIMIT_SECS + 120,
  async run(context) {
    const { folder, signal } = context
    const devices = Number(process.env['HOLDFAST_BENCH_DEVICES'] ?? DEVICES)
    const server = join(folder, 'collector')
    await command('init', '--dir', server, '--organisation', 'bench', '--json')
    const collector = startProgram(process.execPath, [collectorMain, 'serve', '--dir', server, '--http-host', '127.0.0.1', '--http-port', '0', '--bus-port', '0', '--log-level', 'warn'], { cwd: repository })
    const collectorUrl = await untilReady(collector, signal)
    const { code } = JSON.parse(await command('enrolment-code', 'create', '--dir', server, '--uses', String(devices), '--json')) as { readonly code: string }
    const peer = startPeer('enrol-devices.ts', [])
    const before = await cpuSeconds(collector.pid ?? -1)
    const herd = await peer.ask<HerdResult>({ folder: join(folder, 'devices'), collectorUrl, code, devices, withinSecs: (WITHIN_SECS * devices) / DEVICES })
    const serverCpu = (await cpuSeconds(collector.pid ?? -1)) - before
    const { peakMb } = await memory(collector.pid ?? -1)
    const stored = JSON.parse(await command('device', 'list', '--dir', server, '--limit', '1', '--json')) as { readonly total: number }
    await peer.end()
    collector.kill('SIGTERM')
    context.say(`enrol: ${herd.enrolled} of ${devices} in ${herd.seconds.toFixed(0)} s, ${herd.sentAway} sent away once or more, failures ${JSON.stringify(herd.failures)}`)
    const failed = devices - herd.enrolled
    const whole = herd.enrolled === devices && herd.distinct === devices && stored.total === devices
    return [{
      name: 'enrol.herd', unit: 'enrolments/s', better: 'higher', ours: spread([round(herd.enrolled / herd.seconds)]),
      goals: [
        { text: `all ${devices} are enrolled within ${LIMIT_SECS} s, each once`, met: whole && herd.seconds <= LIMIT_SECS },
        { text: `no device is sent away more than ${MOST_SENT_AWAY} times`, met: herd.mostSentAway <= MOST_SENT_AWAY },
      ],
      figures: {
        seconds: round(herd.seconds), failed, distinct: herd.distinct, stored: stored.total, 'sent away': herd.sentAway, 'most often': herd.mostSentAway, 'not reached': herd.unreachable,
        'p50 try ms': round(quantile(herd.tryMs, 0.5)), 'p95 try ms': round(quantile(herd.tryMs, 0.95)), 'p95 until enrolled s': round(quantile(herd.waitMs, 0.95) / 1000), 'collector CPU ms each': round((serverCpu * 1000) / devices), 'devices CPU ms each': round((herd.cpuSecs * 1000) / devices), 'peak MB': round(peakMb),
      },
    }]
  },
}
