// The installation that a load is put on, as its own process, and what it uses meanwhile.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { loadConfig } from '@holdfast/collector/config.ts'
import { openStore } from '@holdfast/collector/store/open-store.ts'
import { cpuSeconds, end, freePort, memory, startProgram, treeOf } from '../bench/processes.ts'
import { signIn } from '../demo-run/client.ts'

const repository = join(import.meta.dirname, '../..')
const collectorMain = join(repository, 'collector/src/main.ts')
const PASSWORD = 'correct horse battery staple'
const READY_SECS = 60

/** Of the collector's own processes, or of the broker. */
export interface Use {
  readonly rssMb: number
  readonly cpuSecs: number
}

export interface Server {
  readonly url: string
  /** Enrolment code of this run. */
  readonly code: string
  use(): Promise<{ readonly collector: Use; readonly broker: Use }>
  /** Ends the collector with kill -9. */
  kill(): Promise<void>
  /** Starts it again on the same ports. @returns milliseconds until it said that it is ready */
  startAgain(): Promise<number>
  /** Ends the broker with kill -9; the collector starts it again. */
  killBroker(): Promise<void>
  /** Stops it. */
  stop(): Promise<Kept>
}

/** What the store holds. */
export interface Kept {
  readonly activities: number
  readonly alerts: number
  readonly doubledAlerts: number
}

const command = async (...args: readonly string[]): Promise<string> => (await promisify(execFile)(process.execPath, [collectorMain, ...args], { cwd: repository })).stdout

async function count(dir: string): Promise<Kept> {
  const store = await openStore(loadConfig(dir, {}, process.env), join(dir, 'holdfast.db'))
  try {
    let [alerts, doubledAlerts] = [0, 0]
    const open = new Set<string>()
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await store.alerts({ limit: 500, sort: 'created_at', descending: true, ...(cursor === undefined ? {} : { cursor }) })
      for (const { userId, policyId, status } of page.items) {
        alerts += 1
        if (status !== 'needs_review') continue
        if (open.has(`${userId} ${policyId}`)) doubledAlerts += 1
        open.add(`${userId} ${policyId}`)
      }
      cursor = page.nextCursor
    }
    return { activities: await store.activityCount(), alerts, doubledAlerts }
  } finally {
    await store.close()
  }
}

interface Running {
  readonly child: ReturnType<typeof startProgram>
  readonly url: string
  readonly readyMs: number
}

async function serve(dir: string, ports: { readonly http: number; readonly bus: number }): Promise<Running> {
  const begunAt = performance.now()
  const child = startProgram(process.execPath, ['--max-semi-space-size=4', collectorMain, 'serve', '--dir', dir, '--http-host', '127.0.0.1', '--http-port', String(ports.http), '--bus-port', String(ports.bus), '--log-level', 'warn'], { cwd: repository })
  let output = ''
  let log = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4000)))
  const deadline = Date.now() + READY_SECS * 1000
  let ready: string | undefined
  while ((ready = output.split('\n').find((line) => line.startsWith('{"ready"') && line.endsWith('}'))) === undefined) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the collector did not start: ${log}`)
    await sleep(10)
  }
  return { child, url: (JSON.parse(ready) as { readonly url: string }).url, readyMs: performance.now() - begunAt }
}

const isBroker = async (pid: number): Promise<boolean> => (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).startsWith('nats-server')

/** Starts the installation in `dir`, and makes it where there is none. */
export async function startServer(dir: string, devices: number): Promise<Server & { readonly before: number }> {
  const isNew = !existsSync(join(dir, 'holdfast.yaml'))
  const setupCode = isNew ? (JSON.parse(await command('init', '--dir', dir, '--organisation', 'load', '--json')) as { readonly setupCode: string }).setupCode : undefined
  const before = isNew ? 0 : (await count(dir)).activities
  // The same ports after a crash: devices know no others.
  const ports = { http: await freePort(), bus: await freePort() }
  let running = await serve(dir, ports)
  const { url } = running
  if (setupCode !== undefined) {
    const client = await signIn({ url, ca: await readFile(join(dir, 'ca', 'ca.pem'), 'utf8'), setupCode, name: 'load', password: PASSWORD })
    for (const [name, template] of [['Data leaks', 'data_leaks'], ['Security policy violations', 'security_policy_violations']] as const) await client.send('POST', '/api/v1/policies', { name, template })
  }
  const { code } = JSON.parse(await command('enrolment-code', 'create', '--dir', dir, '--uses', String(devices), '--json')) as { readonly code: string }
  const pidOf = (): number => running.child.pid ?? -1
  return {
    url, code, before,
    async use() {
      const use = { collector: { rssMb: 0, cpuSecs: 0 }, broker: { rssMb: 0, cpuSecs: 0 } }
      for (const each of await treeOf(pidOf())) {
        const part = (await isBroker(each)) ? use.broker : use.collector
        part.rssMb += await memory(each).then(({ nowMb }) => nowMb, () => 0)
        part.cpuSecs += await cpuSeconds(each).catch(() => 0)
      }
      return use
    },
    kill: () => end(running.child, 'SIGKILL'),
    async startAgain() {
      running = await serve(dir, ports)
      return running.readyMs
    },
    async killBroker() {
      for (const each of await treeOf(pidOf())) if (await isBroker(each)) process.kill(each, 'SIGKILL')
    },
    async stop() {
      await end(running.child)
      return count(dir)
    },
  }
}
