// A whole installation with a real agent on this machine: collector, broker, agent, a person with documents and a stick.
// Where it may, in a private mount namespace, so that the stick is a mounted file system and nothing stays behind.
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import sqlite3 from 'sqlite3'
import { type Client, signIn } from '../demo-run/client.ts'
import { endAll, type Peer, serveParent, startPeer, startProgram, useOfTree } from './processes.ts'
import { openScreen, type Screen } from './screen.ts'

const run = promisify(execFile)
const repository = join(import.meta.dirname, '../..')
const collectorMain = join(repository, 'collector/src/main.ts')
const agentMain = join(repository, 'agent/src/main.ts')
const PERSON_UID = 47_002
const PASSWORD = 'correct horse battery staple'
const staged = process.env['HOLDFAST_BENCH_STAGED'] === '1'
const clock = () => performance.timeOrigin + performance.now()

const flagsOf = (script: string): readonly string[] => (readFileSync(script, 'utf8').split('\n', 1)[0] ?? '').split(' ').filter((word) => word.startsWith('--'))

interface Installed {
  readonly client: Client
  readonly device: string
  readonly home: string
  agentPid: number
  readonly documents: string
  readonly stick: string
  readonly copier: Peer
  readonly screen: Screen | undefined
  readonly announced: { readonly atMs: number; readonly topic: string }[]
}

let installed: Installed | undefined

async function command(script: string, ...args: string[]): Promise<string> {
  return (await run(process.execPath, [script, ...args], { cwd: repository })).stdout
}

async function until<T>(what: string, seconds: number, probe: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const value = await probe()
    if (value !== undefined) return value
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}`)
    await sleep(20)
  }
}

/** Starts a program with the flags of its first line, as it is started from the PATH. */
function startService(script: string, args: readonly string[]): { readonly pid: number; ready(): string | undefined; log(): string } {
  const child = startProgram(process.execPath, [...flagsOf(script), script, ...args], { cwd: repository })
  let output = ''
  let log = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4000)))
  return {
    pid: child.pid ?? -1, log: () => log,
    ready: () => {
      if (child.exitCode !== null) throw new Error(`${script} ended: ${log}`)
      return output.split('\n').find((line) => line.startsWith('{"ready"'))
    },
  }
}

async function mountStick(folder: string, stick: string): Promise<void> {
  await mkdir(stick, { recursive: true })
  if (!staged) return
  const image = join(folder, 'stick.img')
  await run('truncate', ['-s', '64M', image])
  await run('mkfs.ext4', ['-q', '-L', 'STICK', '-E', `root_owner=${PERSON_UID}:${PERSON_UID}`, image])
  await run('mount', ['-o', 'loop', image, stick])
}

async function writeDocuments(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let index = 0; index < count; index += 1) await writeFile(join(folder, `design-${index}.txt`), `Design note ${index}, revision ${randomBytes(16).toString('hex')}.\n`.repeat(40))
  if (staged) {
    for (let index = 0; index < count; index += 1) await chown(join(folder, `design-${index}.txt`), PERSON_UID, PERSON_UID)
    await chown(folder, PERSON_UID, PERSON_UID)
  }
}

async function install(folder: string, documents: number, withScreen: boolean): Promise<Installed> {
  // The person passes through; what collector and agent keep has modes of its own.
  await chmod(folder, 0o711)
  const server = join(folder, 'collector')
  const device = join(folder, 'agent')
  const home = join(folder, 'home')
  const stick = join(folder, 'media', 'STICK')
  const { setupCode } = JSON.parse(await command(collectorMain, 'init', '--dir', server, '--organisation', 'bench', '--json')) as { setupCode: string }
  const collector = startService(collectorMain, ['serve', '--dir', server, '--http-host', '127.0.0.1', '--http-port', '0', '--bus-port', '0'])
  const { url } = JSON.parse(await until('the collector', 60, () => collector.ready())) as { url: string }
  const ca = await readFile(join(server, 'ca', 'ca.pem'), 'utf8')
  const client = await signIn({ url, ca, setupCode, name: 'bench', password: PASSWORD })
  for (const template of ['data_leaks', 'security_policy_violations']) {
    const file = join(folder, `${template}.yaml`)
    await writeFile(file, `name: ${template}\ntemplate: ${template}\n`)
    await command(collectorMain, 'policy', 'apply', '-f', file, '--dir', server)
  }
  const group = await client.get<{ settings: Record<string, unknown> }>('/api/v1/groups/default')
  // A file system of its own: what others do on this machine's is not this agent's idle time.
  await mkdir(home)
  if (staged) await run('mount', ['-t', 'tmpfs', '-o', 'size=256m,mode=755', 'bench', home])
  await writeDocuments(join(home, 'documents'), documents)
  await client.send('PUT', '/api/v1/groups/default/settings', { ...group.settings, roots: [home], removableRoots: [join(folder, 'media')] }, { 'if-match': '*' })
  const { code } = JSON.parse(await command(collectorMain, 'enrolment-code', 'create', '--dir', server, '--json')) as { code: string }
  await command(agentMain, 'enrol', '--collector', url, '--code', code, '--dir', device)
  const agent = startService(agentMain, ['run', '--dir', device])
  await until('the agent to run the wanted policy', 60, async () => {
    agent.ready()
    const page = await client.get<{ items: { policy: { state: string }; tiers: { full: number; degraded: number } }[] }>('/api/v1/devices')
    return page.items.find((row) => row.policy.state === 'current' && row.tiers.full + row.tiers.degraded > 0)
  })
  await mountStick(folder, stick)
  const announced: { atMs: number; topic: string }[] = []
  await client.live((message) => {
    if (message.topic.startsWith('alert.')) announced.push({ atMs: clock(), topic: message.topic })
  })
  const screen = withScreen ? await openScreen(url, 'bench', PASSWORD) : undefined
  await sleep(3000)
  return { client, device, home, agentPid: agent.pid, documents: join(home, 'documents'), stick, copier: startPeer('installed-copier.ts', [], staged ? { uid: PERSON_UID } : {}), screen, announced }
}

/** Copies documents to the stick: the first ones cross the line, each later one changes the alert that is there. */
async function timeCopies({ client, copier, documents, stick, announced, screen }: Installed, first: number, timed: number): Promise<object> {
  const copy = async (index: number) => (await copier.ask<{ closedAtMs: number }>({ from: join(documents, `design-${index}.txt`), to: join(stick, `design-${index}.txt`) })).closedAtMs
  for (let index = 0; index < first; index += 1) await copy(index)
  await until('the first alert', 30, () => announced.at(-1))
  // An alert that somebody reads changes under his eyes; the list only says that there is something new.
  const alert = (await client.get<{ items: { id: string }[] }>('/api/v1/alerts')).items[0]
  await screen?.open(`/alerts/${alert?.id ?? ''}`)
  const message: number[] = []
  const shown: number[] = []
  for (let index = first; index < first + timed; index += 1) {
    // Whatever the copies before have caused has arrived.
    let seen = -1
    while (seen !== announced.length) {
      seen = announced.length
      await sleep(250 + (index % 7) * 30)
    }
    // The number of copies stands in the alert's headline.
    const appears = screen?.timeOf(`: ${index + 1} files on`)
    const closedAtMs = await copy(index)
    const arrived = await until('an alert', 20, () => announced.find(({ atMs }) => atMs > closedAtMs))
    message.push(arrived.atMs - closedAtMs)
    const shownAtMs = await appears
    if (screen !== undefined && shownAtMs === undefined) throw new Error(`the screen does not show the alert: ${(await screen.text()).slice(0, 2000)}`)
    if (shownAtMs !== undefined) shown.push(shownAtMs - closedAtMs)
  }
  return { message, shown, topics: [...new Set(announced.map(({ topic }) => topic))] }
}

async function idle({ agentPid }: Installed, secs: number): Promise<object> {
  await sleep(5000)
  const before = await useOfTree(agentPid)
  const startedAtMs = clock()
  await sleep(secs * 1000)
  const after = await useOfTree(agentPid)
  return { cpuPercent: ((after.cpuSecs - before.cpuSecs) * 100_000) / (clock() - startedAtMs), rssMb: after.rssMb, pssMb: after.pssMb, aloneMb: after.aloneMb, processes: after.processes }
}

async function stopAgent({ agentPid }: Installed): Promise<void> {
  process.kill(agentPid, 'SIGTERM')
  await until('the agent to end', 20, () => (existsSync(`/proc/${agentPid}`) && !/\) Z /.test(readFileSync(`/proc/${agentPid}/stat`, 'utf8')) ? undefined : true))
}

/** Rows of the spool that name a file; a second reader of the database is what SQLite is made for. */
async function openSpoolView(folder: string): Promise<{ has(name: string): Promise<boolean>; close(): Promise<void> }> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(join(folder, 'spool.db'), sqlite3.OPEN_READONLY, (problem) => (problem === null ? resolve(opened) : reject(problem)))
  })
  return {
    has: (name) => new Promise((resolve) => database.get('SELECT 1 AS found FROM activity WHERE instr(body, ?) > 0 LIMIT 1', Buffer.from(name), (_problem: Error | null, row: unknown) => resolve(row !== undefined))),
    close: () => new Promise((resolve) => database.close(() => resolve())),
  }
}

/** A big tree is there before the installed agent starts: how long until something that is done in its last folder is durable. */
async function cold(there: Installed, folders: number, files: number): Promise<object> {
  await stopAgent(there)
  const root = join(there.home, 'tree')
  await mkdir(root)
  if (staged) await run('mount', ['-t', 'tmpfs', '-o', 'size=4g,nr_inodes=0,mode=755', 'bench', root])
  const maker = startPeer('files-maker.ts', [])
  await maker.ask({ do: 'folders', root, folders })
  await maker.ask({ do: 'files', root, folders, files, perSec: 0, fresh: false, quiet: true, isEmpty: true, salt: 1 })
  await maker.end()
  const last = join(root, `d${String(folders - 1).padStart(5, '0')}`)
  const startedAtMs = clock()
  const agent = startService(agentMain, ['run', '--dir', there.device])
  there.agentPid = agent.pid
  let probes = 0
  // Made, and given another name: one of the two is what the policies want to hear of.
  const timer = setInterval(() => {
    const path = join(last, `first-probe-${probes++}`)
    writeFileSync(`${path}.txt`, `probe ${probes} ${startedAtMs}`)
    renameSync(`${path}.txt`, `${path}.dat`)
  }, 20)
  const view = await openSpoolView(join(there.device, 'spool'))
  let firstMs = Number.POSITIVE_INFINITY
  while (firstMs > 60_000 && clock() - startedAtMs < 60_000) {
    if (await view.has('first-probe-')) firstMs = clock() - startedAtMs
    else await sleep(4)
  }
  clearInterval(timer)
  await view.close()
  let peak = await useOfTree(agent.pid)
  for (let look = 0; look < 20; look += 1) {
    await sleep(500)
    const now = await useOfTree(agent.pid)
    if (now.pssMb > peak.pssMb) peak = now
  }
  // Half a minute later it has given back what the start took.
  await sleep(35_000)
  const rest = await useOfTree(agent.pid)
  return { firstMs, ...peak, restPssMb: rest.pssMb, restAloneMb: rest.aloneMb, restRssMb: rest.rssMb }
}

/** The collector is away while activities come; the spool's writer is killed twice. Then everything is sent. */
async function outage(there: Installed, activities: number): Promise<object> {
  await stopAgent(there)
  const folder = join(there.device, 'spool')
  let written: { lastSeq: number; bodyBytes: number; appendsPerSec: number } | undefined
  for (const share of [1, 2, 3]) {
    const writer = startPeer('outage-writer.ts', [])
    const asked = writer.ask<NonNullable<typeof written>>({ folder, upTo: activities, seed: share }).catch(() => undefined)
    // Killed in the middle of its work, and once more.
    if (share < 3) {
      const size = (): number => (existsSync(join(folder, 'spool.db')) ? statSync(join(folder, 'spool.db')).size : 0)
      await Promise.race([asked, until('a third of them', 1200, () => (size() > (share * activities * 250) / 3 ? true : undefined))])
      writer.child.kill('SIGKILL')
    }
    written = await asked
    await writer.end()
  }
  if (written === undefined) throw new Error('the spool was not filled')
  const bytesOnDisk = ['spool.db', 'spool.db-wal'].reduce((sum, name) => sum + (existsSync(join(folder, name)) ? statSync(join(folder, name)).size : 0), 0)
  const before = await useOfTree(process.pid)
  const agent = startService(agentMain, ['run', '--dir', there.device])
  there.agentPid = agent.pid
  const startedAtMs = clock()
  const { lastSeq } = written
  await until('the spool to be empty', Math.max(120, activities / 2000), async () => {
    await sleep(200)
    const text = await readFile(join(there.device, 'status.json'), 'utf8').catch(() => '')
    try {
      const status = JSON.parse(text) as { pid: number; startedAt: string; spool: { ackedSeq: number; lastSeq: number; dropped: number } }
      return Date.parse(status.startedAt) >= startedAtMs - 2000 && status.spool.ackedSeq >= lastSeq ? true : undefined
    } catch {
      return undefined
    }
  })
  const secs = (clock() - startedAtMs) / 1000
  const use = await useOfTree(agent.pid)
  const { items: [device] } = await there.client.get<{ items: { id: string }[] }>('/api/v1/devices')
  const page = await there.client.get<{ ledger: { kind: string; epoch: string; firstSeq: number; lastSeq: number }[] }>(`/api/v1/devices/${device?.id ?? ''}`)
  const of = (kind: string): number => page.ledger.filter((row) => row.kind === kind).reduce((sum, row) => sum + row.lastSeq - row.firstSeq + 1, 0)
  return { lastSeq, lost: of('gap') + of('unexplained'), received: of('received'), perSec: activities / secs, bodyBytes: written.bodyBytes, diskBytes: bytesOnDisk / activities, appendsPerSec: written.appendsPerSec, agentCpuUs: (use.cpuSecs * 1e6) / activities, peakRssMb: use.rssMb, cpuBefore: before.cpuSecs }
}

process.on('exit', endAll)

serveParent(async (message) => {
  if (message['do'] === 'install') {
    installed = await install(String(message['folder']), Number(message['documents']), message['screen'] === true)
    return { installed: true, screen: installed.screen !== undefined }
  }
  if (installed === undefined) throw new Error('install comes first')
  if (message['do'] === 'copies') return timeCopies(installed, Number(message['first']), Number(message['timed']))
  if (message['do'] === 'cold') return cold(installed, Number(message['folders']), Number(message['files']))
  if (message['do'] === 'outage') return outage(installed, Number(message['activities']))
  if (message['do'] === 'idle') return idle(installed, Number(message['secs']))
  await installed.screen?.close()
  await installed.copier.end()
  endAll()
  await sleep(500)
  if (staged) await run('umount', [installed.stick]).catch(() => {})
  return { done: true }
})
