// The installation that a load is put on, as its own process, and what it uses meanwhile.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import { cpuSeconds, end, memory, startProgram, treeOf } from '../bench/processes.ts'
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
  /** Stops it. @returns activities that are stored, and alerts */
  stop(): Promise<{ readonly activities: number; readonly alerts: number }>
}

const command = async (...args: readonly string[]): Promise<string> => (await promisify(execFile)(process.execPath, [collectorMain, ...args], { cwd: repository })).stdout

async function count(dir: string): Promise<{ readonly activities: number; readonly alerts: number }> {
  const store = await openSqliteStore({ path: join(dir, 'holdfast.db') })
  try {
    return { activities: await store.activityCount(), alerts: (await store.alerts({ limit: 1, sort: 'created_at', descending: true })).total ?? 0 }
  } finally {
    await store.close()
  }
}

/** Starts the installation in `dir`, and makes it where there is none. */
export async function startServer(dir: string, devices: number): Promise<Server & { readonly before: number }> {
  const isNew = !existsSync(join(dir, 'holdfast.db'))
  const setupCode = isNew ? (JSON.parse(await command('init', '--dir', dir, '--organisation', 'load', '--json')) as { readonly setupCode: string }).setupCode : undefined
  const before = isNew ? 0 : (await count(dir)).activities
  const child = startProgram(process.execPath, [collectorMain, 'serve', '--dir', dir, '--http-host', '127.0.0.1', '--http-port', '0', '--bus-port', '0', '--log-level', 'warn'], { cwd: repository })
  let output = ''
  let log = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4000)))
  const deadline = Date.now() + READY_SECS * 1000
  let ready: string | undefined
  while ((ready = output.split('\n').find((line) => line.startsWith('{"ready"') && line.endsWith('}'))) === undefined) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the collector did not start: ${log}`)
    await sleep(50)
  }
  const { url } = JSON.parse(ready) as { readonly url: string }
  if (setupCode !== undefined) {
    const client = await signIn({ url, ca: await readFile(join(dir, 'ca', 'ca.pem'), 'utf8'), setupCode, name: 'load', password: PASSWORD })
    for (const [name, template] of [['Data leaks', 'data_leaks'], ['Security policy violations', 'security_policy_violations']] as const) await client.send('POST', '/api/v1/policies', { name, template })
  }
  const { code } = JSON.parse(await command('enrolment-code', 'create', '--dir', dir, '--uses', String(devices), '--json')) as { readonly code: string }
  const pid = child.pid ?? -1
  return {
    url, code, before,
    async use() {
      const use = { collector: { rssMb: 0, cpuSecs: 0 }, broker: { rssMb: 0, cpuSecs: 0 } }
      for (const each of await treeOf(pid)) {
        const name = await readFile(`/proc/${each}/comm`, 'utf8').catch(() => '')
        const part = name.startsWith('nats-server') ? use.broker : use.collector
        part.rssMb += await memory(each).then(({ nowMb }) => nowMb, () => 0)
        part.cpuSecs += await cpuSeconds(each).catch(() => 0)
      }
      return use
    },
    async stop() {
      await end(child)
      return count(dir)
    },
  }
}
