// A Debian that has nothing, in memory and in namespaces of its own; and what stands for systemd in it.
import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Finished {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Machine {
  readonly root: string
  /** A line as root's shell takes it, in root's home. */
  shell(line: string, environment?: Readonly<Record<string, string>>): Promise<Finished>
  /** As shell; @throws when it ends with anything but 0 */
  ok(line: string, environment?: Readonly<Record<string, string>>): Promise<string>
  path(inside: string): string
  read(inside: string): string
}

/** Must run in its own mount, network and host name namespaces: everything goes with the process. */
export async function bootMachine(tarball: string, packages: string, root: string): Promise<Machine> {
  mkdirSync(root, { recursive: true })
  await run('mount', ['--make-rprivate', '/'])
  await run('mount', ['-t', 'tmpfs', '-o', 'size=3g,mode=0755', 'holdfast-clean', root])
  await run('tar', ['--extract', '--numeric-owner', '--file', tarball, '--directory', root])
  for (const folder of ['proc', 'sys', 'dev', 'run', 'tmp', 'media']) mkdirSync(join(root, folder), { recursive: true })
  await run('mount', ['-t', 'proc', 'proc', join(root, 'proc')])
  await run('mount', ['--rbind', '/sys', join(root, 'sys')])
  await run('mount', ['--rbind', '/dev', join(root, 'dev')])
  await run('mount', ['-t', 'tmpfs', 'run', join(root, 'run')])
  await run('hostname', ['clean'])
  // What an installer writes, and debootstrap does not.
  writeFileSync(join(root, 'etc/hosts'), '127.0.0.1 localhost\n127.0.1.1 clean\n')
  writeFileSync(join(root, 'etc/machine-id'), `${randomBytes(16).toString('hex')}\n`)
  await run('ip', ['link', 'set', 'lo', 'up'])
  for (const name of readdirSync(packages, { recursive: true }) as string[]) if (/\.(deb|tar\.gz|json|sig)$/.test(name)) cpSync(join(packages, name), join(root, 'root', name))
  const shell = async (line: string, environment: Readonly<Record<string, string>> = {}): Promise<Finished> => {
    const child = spawn('chroot', [root, '/bin/sh', '-c', `cd /root; ${line}`], { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive', TERM: 'dumb', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    return { code: code ?? -1, stdout, stderr }
  }
  return {
    root, shell,
    ok: async (line, environment) => {
      const { code, stdout, stderr } = await shell(line, environment)
      assert.equal(code, 0, `${line}\n${stdout}\n${stderr}`.slice(-3000))
      return stdout
    },
    path: (inside) => join(root, inside),
    read: (inside) => readFileSync(join(root, inside), 'utf8'),
  }
}

export interface Service {
  /** As `systemctl start`: nothing where a condition of the unit does not hold. */
  start(): Promise<void>
  stop(): Promise<void>
  log(): string
  readonly running: boolean
  /** Of the main process; 0 when none runs. */
  readonly pid: number
}

const PAUSE_MS = 300

/** Runs a unit's ExecStartPre and ExecStart with its user, environment, capabilities and Restart=, as its text says. */
export function createService(machine: Machine, unit: string): Service {
  const lines = (key: string): readonly string[] => machine.read(`/lib/systemd/system/${unit}`).split('\n').flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []))
  let child: ChildProcess | undefined
  const want = { running: false }
  let log = ''
  let loop: Promise<void> = Promise.resolve()

  function launch(command: string, limited: boolean): ChildProcess {
    const [user] = lines('User')
    const capabilities = lines('CapabilityBoundingSet')[0]
    const bounding = capabilities === undefined || !limited ? [] : ['--bounding-set', ['-all', ...capabilities.split(' ').filter((name) => name !== '').map((name) => `+${name.replace('CAP_', '').toLowerCase()}`)].join(',')]
    const identity = user === undefined || !limited ? [] : ['--reuid', user, '--regid', user, '--init-groups']
    const environment = Object.fromEntries(lines('Environment').map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))
    const started = spawn('chroot', [machine.root, 'setpriv', '--no-new-privs', ...identity, ...bounding, '--', ...command.split(' ')], { env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [started.stdout, started.stderr]) stream?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-200_000)))
    return started
  }

  async function keepRunning(): Promise<void> {
    while (want.running) {
      for (const text of lines('ExecStartPre')) await once(launch(text.replace(/^\+/, ''), !text.startsWith('+')), 'close')
      if (!want.running) return
      child = launch(lines('ExecStart')[0] ?? '', true)
      await once(child, 'close')
      child = undefined
      if (lines('Restart')[0] === undefined) return
      if (want.running) await sleep(PAUSE_MS)
    }
  }

  return {
    async start() {
      const condition = lines('ConditionPathExists')[0]
      if (want.running || (condition !== undefined && !existsSync(machine.path(condition)))) return
      for (const [key, base] of [['RuntimeDirectory', '/run'], ['StateDirectory', '/var/lib'], ['CacheDirectory', '/var/cache']] as const) for (const name of lines(key)) if (!existsSync(machine.path(`${base}/${name}`))) await machine.ok(`mkdir -m ${lines(`${key}Mode`)[0] ?? '0755'} ${base}/${name}`)
      want.running = true
      loop = keepRunning()
    },
    async stop() {
      want.running = false
      child?.kill('SIGTERM')
      await loop
    },
    log: () => log,
    get running() {
      return child !== undefined
    },
    get pid() {
      return child?.pid ?? 0
    },
  }
}
