// A person without rights asks for a stick, somebody grants it, the person is told on their own desktop, what is done with the
// stick meanwhile scores nothing, and it ends. Then the device is asked live questions. The real agent runs on a stage with the
// stick of a umockdev record, a loop device behind it. Needs root, umockdev and dbus-daemon.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { chmod, chown, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from '../support/collector.ts'
import { track } from '../support/own-processes.ts'
import { agentMain, repository, until } from '../support/processes.ts'
import { applyPolicies, watch } from '../support/real-agent.ts'

const run = promisify(execFile)
const media = join(import.meta.dirname, '../support/media')
const desktop = join(import.meta.dirname, '../../agent/src/notice/desktop.fixture.ts')
/** `nobody`: a bus refuses an account that no file of the system names. */
const UID = 65_534
const BUS_FOLDER = `/run/user/${UID}`
const canRun = process.geteuid?.() === 0 && existsSync('/usr/bin/umockdev-run') && existsSync('/usr/bin/dbus-daemon') && !existsSync(BUS_FOLDER)

interface Row {
  readonly kind: string
  readonly summary: string
  readonly exception?: { readonly id: string; readonly reason: string }
  readonly excluded?: { readonly rule: string }
  readonly media?: Readonly<Record<string, unknown>>
}
interface Exception {
  readonly id: string
  readonly state: string
  readonly told?: string
  readonly reason: string
  readonly medium: { readonly serial?: string }
}
interface Asking {
  readonly state: string
  readonly devices: readonly { readonly state: string; readonly code?: string; readonly answer?: string }[]
}

let installation: Installation
let agent: ChildProcess
let log = ''
let deviceId: string
let home: string
let disclosure: string
let shown: string
let loop: string
const children: ChildProcess[] = []

const within = (asUid: number, ...command: readonly string[]) => run('nsenter', ['-t', String(agent.pid), '-m', ...(asUid === 0 ? [] : ['-S', String(asUid), '-G', String(asUid)]), '--', ...command], { cwd: '/' })
/** As somebody who may read programs below a folder of root's alone, as an installed agent may be read by everybody: a checkout may lie anywhere. */
const asPerson = (command: readonly string[], env: NodeJS.ProcessEnv) =>
  run('setpriv', ['--reuid', String(UID), '--regid', String(UID), '--clear-groups', '--inh-caps', '+dac_read_search', '--ambient-caps', '+dac_read_search', '--', ...command], { cwd: '/', env })
const activities = async (kind: string): Promise<readonly Row[]> => (await installation.client.get<{ items: readonly Row[] }>(`/api/v1/activities?deviceId=${deviceId}&kind=${kind}&limit=50`)).items
const notices = (): readonly { readonly title: string; readonly body: string; readonly uid: number }[] => readFileSync(shown, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { title: string; body: string; uid: number })
const json = async <T>(...args: string[]): Promise<T> => JSON.parse(await installation.holdfast(...args, '--json')) as T
const exception = async (): Promise<Exception> => {
  const [found] = (await json<{ items: readonly Exception[] }>('exception', 'list')).items
  if (found === undefined) throw new Error('no exception was asked for')
  return found
}

beforeAll(async () => {
  if (!canRun) return
  installation = await install()
  await chmod(installation.folder, 0o755)
  home = join(installation.folder, 'work')
  await mkdir(home)
  await chown(home, UID, UID)
  await applyPolicies(installation)
  await watch(installation, { roots: [home], removableRoots: ['/media'] })
  await installation.holdfast('warning', 'set', 'sticks', '--to', 'removable', '--unallowed-device', '--ask', 'reason')

  mkdirSync(BUS_FOLDER, { recursive: true, mode: 0o700 })
  chownSync(BUS_FOLDER, UID, UID)
  const config = join(installation.folder, 'bus.conf')
  writeFileSync(config, `<busconfig><type>session</type><listen>unix:path=${BUS_FOLDER}/bus</listen><auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`, { mode: 0o644 })
  children.push(track(spawn('/usr/bin/dbus-daemon', ['--nofork', `--config-file=${config}`], { uid: UID, gid: UID, env: {}, stdio: 'ignore', cwd: '/' })))
  await until('the bus', 10, () => (existsSync(`${BUS_FOLDER}/bus`) ? true : undefined))
  shown = join(installation.folder, 'shown.jsonl')
  writeFileSync(shown, '')
  chownSync(shown, UID, UID)
  const service = track(spawn(process.execPath, [desktop, `unix:path=${BUS_FOLDER}/bus`, String(UID), shown, 'body,actions', 'none'], { stdio: ['ignore', 'pipe', 'inherit'], env: {}, cwd: '/' }))
  children.push(service)
  await new Promise((resolve) => service.stdout?.once('data', resolve))

  const tree = join(installation.folder, 'tree')
  await run('/usr/bin/umockdev-run', ['-d', join(media, 'stick.umockdev'), '--', '/bin/sh', '-c', `D=$UMOCKDEV_DIR; export LD_PRELOAD=; cp -a "$D" "${tree}"`])
  const image = join(installation.folder, 'stick.img')
  await run('truncate', ['-s', '32M', image])
  await run('mkfs.ext4', ['-q', '-L', 'STICK', '-E', `root_owner=${UID}:${UID}`, image])
  loop = basename((await run('losetup', ['--show', '-f', image])).stdout.trim())
  const dir = await installation.enrolAgent('laptop')
  deviceId = (JSON.parse(readFileSync(join(dir, 'identity.json'), 'utf8')) as { deviceId: string }).deviceId
  disclosure = join(installation.folder, 'public', 'what-is-collected.json')
  agent = track(spawn('unshare', ['--mount', '--', 'sh', join(media, 'stage.sh'), tree, loop, process.execPath, agentMain, 'run', '--dir', dir, '--disclosure-file', disclosure], { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] }))
  for (const stream of [agent.stdout, agent.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()))
  await until('the agent to run the wanted policy', 60, async () => {
    if (agent.exitCode !== null) throw new Error(`the agent ended: ${log.slice(-3000)}`)
    const state = await installation.client.get<{ policy: { state: string; wantedVersion: number }; tiers: { full: number; degraded: number } }>(`/api/v1/devices/${deviceId}`)
    return log.includes('"ready"') && state.policy.state === 'current' && state.policy.wantedVersion > 0 && state.tiers.full + state.tiers.degraded > 0 ? true : undefined
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${log.slice(-3000)}`)
  })
  await within(0, 'mkdir', '-p', '/media/nobody/STICK')
  await within(0, 'mount', '/dev/sdb', '/media/nobody/STICK')
  await until('the mount', 20, async () => ((await activities('removable_media_mounted')).some((row) => row.media?.['serial'] === '4C530001') ? true : undefined))
}, 120_000)

afterAll(async () => {
  if (!canRun) return
  const ended = once(agent, 'exit')
  agent.kill('SIGTERM')
  await ended
  for (const child of children) child.kill('SIGKILL')
  await run('losetup', ['-d', `/dev/${loop}`]).catch(() => undefined)
  rmSync(BUS_FOLDER, { recursive: true, force: true })
  await installation.close()
}, 60_000)

const copy = async (name: string): Promise<Row> => {
  writeFileSync(join(home, name), `${name};customers\n`.repeat(200))
  chownSync(join(home, name), UID, UID)
  await within(UID, 'cp', join(home, name), `/media/nobody/STICK/${name}`)
  return until(`the copy of ${name}`, 20, async () => (await activities('file_copied')).find(({ summary }) => summary.startsWith(name)))
}

describe.skipIf(!canRun)('an exception for a stick', () => {
  test('is asked for by the person, granted for a time, told on their desktop, and revoked', async () => {
    expect((await copy('before.csv')).exception).toBeUndefined()
    await until('the warning', 20, () => (notices().some(({ title }) => title === 'Please check: before.csv') ? true : undefined))
    const asked = await asPerson([process.execPath, agentMain, 'request-exception', '--reason', 'for the auditors', '--hours', '2', '--medium', '4C530001', '--json'], { HOLDFAST_AGENT_DISCLOSURE_FILE: disclosure, HOME: '/nonexistent' })
    expect(JSON.parse(asked.stdout)).toEqual({ outcome: 'asked' })
    const request = await until('the request', 20, async () => exception().catch(() => undefined))
    expect(request).toMatchObject({ state: 'pending', reason: 'for the auditors', medium: { serial: '4C530001' } })

    await installation.holdfast('exception', 'grant', request.id, '--note', 'until the audit is over')
    await until('the device to have told the person', 20, async () => ((await exception()).told === 'shown' ? true : undefined))
    const told = notices().find(({ title }) => title === 'You may use the medium')
    expect([told?.uid, told?.body]).toEqual([UID, expect.stringContaining('until the audit is over')])
    const covered = await copy('covered.csv')
    expect(covered).toMatchObject({ exception: { id: request.id, reason: 'for the auditors' }, excluded: { rule: `exception.${request.id}` } })
    expect(notices().map(({ title }) => title)).not.toContain('Please check: covered.csv')

    await installation.holdfast('exception', 'revoke', request.id)
    await until('the person to be told', 20, () => (notices().some(({ title }) => title === 'Your permission has ended') ? true : undefined))
    expect((await copy('after.csv')).exception).toBeUndefined()
    const audit = await installation.holdfast('audit', 'list', '--json')
    for (const action of ['requested', 'granted', 'revoked']) expect(audit).toContain(`exception.${action}`)
  }, 90_000)
})

describe.skipIf(!canRun)('a live question', () => {
  const ask = (...args: string[]) => json<Asking>('question', 'ask', ...args, '--device', deviceId, '--reason', 'case 14', '--wait', '15')
  test('is answered by the device from its closed list, and the person can read that it was asked', async () => {
    const mounts = await ask('mounts')
    expect(mounts.state).toBe('done')
    expect(mounts.devices[0]?.answer).toContain('"/media/ANON/STICK","source":"/dev/sdb"')
    const hashes = await ask('file_hashes', '--folder', home, '--name', '*.csv')
    expect(hashes.devices[0]?.answer).toMatch(/before\.csv","sizeBytes":\d+,"sha256":"[0-9a-f]{64}"/)
    expect(hashes.devices[0]?.answer).not.toContain(';customers')
    expect((await ask('file_hashes', '--folder', '/etc', '--name', '*')).devices[0]).toMatchObject({ state: 'refused', code: 'folder_not_watched' })
    expect((await ask('sensor_state')).devices[0]?.answer).toContain('"removable-media"')
    await until('the disclosure', 10, () => (readFileSync(disclosure, 'utf8').includes(`hashes of files in ${home}`) ? true : undefined))
  }, 60_000)
})
