// Somebody copies a file to where a rule asks for care: the real agent says so on a real session bus of that person, offline or
// not, and the console can tell that the person was warned and what they answered. Needs root and dbus-daemon.
import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { chmod, chown, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { applyPolicies, type RealAgent, runAgent, watch } from '../support/real-agent.ts'
import { asUid } from '../support/stick.ts'

/** `nobody`: a bus refuses an account that no file of the system names. */
const UID = 65_534
const BUS_FOLDER = `/run/user/${UID}`
const canRun = process.geteuid?.() === 0 && existsSync('/usr/bin/dbus-daemon') && !existsSync(BUS_FOLDER)
const desktop = join(import.meta.dirname, '../../agent/src/notice/desktop.fixture.ts')

interface Told {
  readonly items: readonly { readonly kind: string; readonly sentence?: string; readonly facts?: readonly { readonly name: string; readonly value: unknown }[]; readonly detail?: Readonly<Record<string, unknown>> }[]
}

let installation: Installation
let agent: RealAgent
let home: string
let cloud: string
let shown: string
const children: ChildProcess[] = []

beforeAll(async () => {
  if (!canRun) return
  installation = await install()
  await chmod(installation.folder, 0o755)
  home = join(installation.folder, 'home')
  cloud = join(installation.folder, 'cloud')
  for (const folder of [home, cloud]) {
    await mkdir(folder)
    await chown(folder, UID, UID)
  }
  await applyPolicies(installation)
  await watch(installation, { roots: [home], cloudFolders: [cloud] })
  await installation.holdfast('warning', 'set', 'cloud', '--to', 'cloud_sync', '--ask', 'reason')

  mkdirSync(BUS_FOLDER, { recursive: true, mode: 0o700 })
  chownSync(BUS_FOLDER, UID, UID)
  const config = join(installation.folder, 'bus.conf')
  writeFileSync(config, `<busconfig><type>session</type><listen>unix:path=${BUS_FOLDER}/bus</listen><auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`, { mode: 0o644 })
  children.push(spawn('/usr/bin/dbus-daemon', ['--nofork', `--config-file=${config}`], { uid: UID, gid: UID, env: {}, stdio: 'ignore', cwd: '/' }))
  await until('the bus', 10, () => (existsSync(`${BUS_FOLDER}/bus`) ? true : undefined))
  shown = join(installation.folder, 'shown.jsonl')
  writeFileSync(shown, '')
  chownSync(shown, UID, UID)
  const service = spawn(process.execPath, [desktop, `unix:path=${BUS_FOLDER}/bus`, String(UID), shown, 'body,actions', 'business_reason'], { stdio: ['ignore', 'pipe', 'inherit'], env: {}, cwd: '/' })
  children.push(service)
  await new Promise((resolve) => service.stdout.once('data', resolve))
  agent = await runAgent(installation, await installation.enrolAgent('laptop'))
}, 120_000)

afterAll(async () => {
  if (!canRun) return
  await agent.stop()
  for (const child of children) child.kill('SIGKILL')
  rmSync(BUS_FOLDER, { recursive: true, force: true })
  await installation.close()
}, 60_000)

describe.skipIf(!canRun)('a warning', () => {
  test('is shown on the person’s own bus, names the file without its folder, and is told with its answer', async () => {
    writeFileSync(join(home, 'customers.csv'), 'name;town\n'.repeat(200))
    chownSync(join(home, 'customers.csv'), UID, UID)
    await asUid(UID, '/bin/cp', join(home, 'customers.csv'), join(cloud, 'customers.csv'))
    const notice = await until('the notice', 30, () => readFileSync(shown, 'utf8').split('\n')[0] || undefined)
    expect(JSON.parse(notice)).toMatchObject({ uid: UID, app: 'Holdfast', title: 'Please check: customers.csv', actions: ['acknowledged', 'I understand', 'business_reason', 'It is for my work'] })
    const told = await until('both activities', 30, async () => {
      const page = await installation.client.get<Told>(`/api/v1/activities?deviceId=${agent.deviceId}&kind=warning_shown&limit=10`)
      return page.items.length >= 2 ? page.items : undefined
    })
    const text = JSON.stringify(told)
    expect(text).toContain('The person was warned by cloud')
    expect(text).toContain('The person answered a warning by cloud: it is for work')
  }, 90_000)
})
