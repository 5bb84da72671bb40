// The demo: a collector, a real agent on this machine, and a person who takes documents along.
//
// usage: scripts/demo [--once]
//   --once   run headless, print a summary as JSON on the last line, exit 0 only when the expected alerts came
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Client, signIn } from './client.ts'
import { buildStage } from './stage.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const once = process.argv.includes('--once')
const isolated = process.env['HOLDFAST_DEMO_ISOLATED'] === '1'

/** Documents copied first, to cross the line, then in each later round. */
const FIRST_ROUND = 24
const ROUNDS = 8
const ROUND_SIZE = 4

const say = (line: string) => process.stderr.write(`${line}\n`)
const children: ChildProcess[] = []

function start(name: string, script: string, args: readonly string[], logTo: string): { readonly child: ChildProcess; readonly firstLine: Promise<string> } {
  const child = spawn(process.execPath, [join(root, script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: process.env })
  children.push(child)
  let log = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString()
    void writeFile(logTo, log)
  })
  const firstLine = new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.on('exit', (code) => reject(new Error(`${name} ended with ${code}:\n${log.slice(-3000)}`)))
  })
  firstLine.catch(() => {})
  return { child, firstLine }
}

const command = async (script: string, ...args: string[]): Promise<string> => (await run(process.execPath, [join(root, script), ...args], { cwd: root, maxBuffer: 16 << 20 })).stdout

async function until<T>(what: string, seconds: number, probe: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const value = await probe()
    if (value !== undefined) return value
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}`)
    await sleep(100)
  }
}

interface AlertRow {
  readonly id: string
  readonly policy: string
  readonly template: string
  readonly severity: string
  readonly score: number
  readonly headline: string
}

interface AlertDetail extends AlertRow {
  readonly reasons: readonly { readonly code: string; readonly points: number; readonly reason: string; readonly indicator?: string }[]
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await Promise.race([ended, sleep(8000).then(() => child.kill('SIGKILL'))])
}

async function main(): Promise<number> {
  const startedAt = Date.now()
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-demo-'))
  let unmount = async (): Promise<void> => {}
  const cleanUp = async () => {
    for (const child of children.toReversed()) await stopChild(child)
    await unmount().catch(() => {})
    await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      say('\nstopping')
      void cleanUp().then(() => process.exit(0))
    })
  }

  try {
    const stage = await buildStage(folder, isolated, FIRST_ROUND + ROUNDS * ROUND_SIZE, say)
    const server = join(folder, 'collector')
    const device = join(folder, 'agent')

    say('starting the collector')
    const initialised = JSON.parse(await command('collector/src/main.ts', 'init', '--dir', server, '--organisation', 'demo', '--json')) as { setupCode: string }
    const collector = start('collector', 'collector/src/main.ts', ['serve', '--dir', server, '--http-host', '127.0.0.1', '--http-port', once ? '0' : process.env['HOLDFAST_DEMO_PORT'] ?? '8443', '--bus-port', '0'], join(folder, 'collector.log'))
    const ready = JSON.parse(await collector.firstLine) as { url: string }
    const ca = await readFile(join(server, 'ca', 'ca.pem'), 'utf8')
    const password = randomBytes(12).toString('base64url')
    const client = await signIn({ url: ready.url, ca, setupCode: initialised.setupCode, name: 'demo', password })

    for (const [file, text] of Object.entries({
      'data-leaks.yaml': 'name: Data leaks\ntemplate: data_leaks\n',
      'security.yaml': 'name: Security policy violations\ntemplate: security_policy_violations\n',
    })) {
      await writeFile(join(folder, file), text)
      await command('collector/src/main.ts', 'policy', 'apply', '-f', join(folder, file), '--dir', server)
    }
    const group = await client.get<{ settings: Record<string, unknown> }>('/api/v1/groups/default')
    await client.send('PUT', '/api/v1/groups/default/settings', { ...group.settings, roots: [stage.home], removableRoots: [stage.removableRoot], pollIntervalSecs: 1, heartbeatIntervalSecs: 2 }, { 'if-match': '*' })

    say('enrolling this machine')
    const code = JSON.parse(await command('collector/src/main.ts', 'enrolment-code', 'create', '--dir', server, '--json')) as { code: string }
    await command('agent/src/main.ts', 'enrol', '--collector', ready.url, '--code', code.code, '--dir', device)
    start('agent', 'agent/src/main.ts', ['run', '--dir', device], join(folder, 'agent.log'))
    const enrolled = await until('the agent to run the wanted policy', 60, async () => {
      const page = await client.get<{ items: { id: string; policy: { state: string }; tiers: { full: number; degraded: number } }[] }>('/api/v1/devices')
      return page.items.find((row) => row.policy.state === 'current' && row.tiers.full + row.tiers.degraded > 0)
    })
    // The sensors have their baselines once each has passed its first self-test or reported its tier.
    await sleep(1500)

    const announced: { at: number; topic: string; alertId: string }[] = []
    const closeLive = await client.live((message) => {
      if (message.alertId !== undefined) announced.push({ at: Date.now(), topic: message.topic, alertId: message.alertId })
    })

    say(`${stage.account} copies documents to ${stage.elevated ? 'a mounted stick' : 'a folder that stands for a stick'}`)
    await stage.mountStick()
    unmount = () => stage.unmountStick()
    const documents = Array.from({ length: FIRST_ROUND + ROUNDS * ROUND_SIZE }, (_, index) => join(stage.home, 'Documents/project-atlas', `design-${String(index).padStart(3, '0')}.txt`))
    const latencies: number[] = []
    let next = 0
    for (let round = 0; round <= ROUNDS; round += 1) {
      const size = round === 0 ? FIRST_ROUND : ROUND_SIZE
      const before = announced.length
      const begun = Date.now()
      await stage.asPerson('/bin/cp', ...documents.slice(next, next + size), stage.stick)
      next += size
      const seen = await until('an alert about the copies', 30, async () => announced[before])
      // From the first byte of the round: the copying itself is part of what a person would wait for.
      latencies.push(seen.at - begun)
      await sleep(300)
    }
    if (stage.firewall) {
      say('the firewall is switched off')
      await stage.switchFirewallOff()
    }
    const application = await stage.installApplication()
    if (application !== undefined) say(`${application} is installed`)
    await stage.unmountStick()
    unmount = async () => {}

    const wanted = ['data_leaks', ...(stage.firewall ? ['security_policy_violations'] : [])]
    // The installed wiper is the second half of the security alert: switched off, then installed.
    const applicationSeen = async (alerts: readonly AlertRow[]): Promise<boolean> => {
      if (application === undefined) return true
      const details = await Promise.all(alerts.filter((row) => row.template === 'security_policy_violations').map((row) => client.get<AlertDetail>(`/api/v1/alerts/${row.id}`)))
      return details.some((row) => row.reasons.some((part) => part.indicator === 'unwanted_application_installed'))
    }
    const alerts = await until('the expected alerts', 30, async () => {
      const page = await client.get<{ items: AlertRow[] }>('/api/v1/alerts?sort=-score')
      return wanted.every((template) => page.items.some((row) => row.template === template)) && (await applicationSeen(page.items)) ? page.items : undefined
    })
    // Everything that the agent has spooled must be committed or explained before anything is called lost or not.
    const ledger = await until('the spool to be empty', 30, async () => {
      const detail = await client.get<{ unexplained: number; spool?: { lastSeq: number; ackedSeq: number } }>(`/api/v1/devices/${enrolled.id}`)
      return detail.spool !== undefined && detail.spool.lastSeq === detail.spool.ackedSeq ? detail : undefined
    })
    const overview = await client.get<{ activities: number; quarantined: number }>('/api/v1/overview')
    const copies = await countCopies(client)
    closeLive()

    const lost = ledger.unexplained + overview.quarantined + Math.max(0, documents.length - copies)
    const details = await Promise.all(alerts.map((row) => client.get<AlertDetail>(`/api/v1/alerts/${row.id}`)))
    const summary = {
      activities: overview.activities,
      alerts: details.map((row) => ({ policy: row.policy, template: row.template, severity: row.severity, score: row.score, reasons: row.reasons.map(({ code: reasonCode, points, reason }) => ({ code: reasonCode, points, reason })) })),
      latencyMsP95: percentile(latencies, 0.95),
      copies, lost, leftOut: stage.leftOut, seconds: Math.round((Date.now() - startedAt) / 1000),
    }
    for (const row of details) {
      say(`\n${row.severity.toUpperCase()} ${row.score}  ${row.policy}: ${row.headline}`)
      for (const part of row.reasons) say(`  ${part.points >= 0 ? '+' : ''}${part.points}  ${part.reason}`)
    }
    if (stage.leftOut.length > 0) say(`\nleft out: ${stage.leftOut.join('; ')}`)
    if (!once) {
      say(`\nThe console: ${ready.url}   (its certificate is the demo's own)\n  account  demo\n  password ${password}\nCtrl-C ends the demo and removes ${folder}`)
      await new Promise(() => {})
    }
    await cleanUp()
    console.log(JSON.stringify(summary))
    return lost === 0 ? 0 : 1
  } catch (error) {
    for (const name of ['collector.log', 'agent.log']) say(`--- ${name}\n${(await readFile(join(folder, name), 'utf8').catch(() => '(none)')).slice(-4000)}`)
    await cleanUp()
    throw error
  }
}

/** Distinct documents that arrived as copies on the stick. */
async function countCopies(client: Client): Promise<number> {
  const paths = new Set<string>()
  let cursor: string | undefined
  do {
    const page: { items: { file?: { path: string; location: string } }[]; nextCursor?: string } = await client.get(`/api/v1/activities?kind=file_copied&limit=500${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
    for (const item of page.items) if (item.file?.location === 'removable') paths.add(item.file.path)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return paths.size
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(`the demo failed: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  },
)
