// A PostgreSQL server of a test's own: a cluster in a temporary folder, on a free port of this machine, gone afterwards.
//
// PostgreSQL refuses to run as root: it then runs as `nobody`, to whom the folder is given. Where its programs are not installed,
// `hasPostgres` says so and tests are left out (scripts/lib/setup.sh installs them).
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)
const NOBODY = 65_534
const START_TRIES = 3
const START_MS = 30_000

function programs(): string | undefined {
  const debian = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').toSorted((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`) : []
  return [...debian, ...(process.env['PATH'] ?? '').split(':')].find((folder) => ['initdb', 'postgres'].every((name) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  }))
}

export const hasPostgres = programs() !== undefined

export interface PostgresServer {
  /** Of the user that may do everything; `database` is made when it is not there, empty or like `template`. */
  url(database: string, template?: string): Promise<string>
  readonly port: number
  readonly folder: string
  readonly pid: number
  /** A new process on the same data, after `kill`. */
  restart(): Promise<void>
  /** At once, as when the machine goes down. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** A port of this machine that nobody has at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('exit', () => resolve()) : resolve()))

/** Memory that can be taken for a disk: what is synced there costs nothing, and a process that is killed loses nothing. */
const fastFolder = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir())

/**
 * @param options.settings of postgresql.conf, over its defaults
 * @param options.onDisk where syncing is what is measured
 */
export async function startPostgres({ settings = {}, onDisk = false }: { readonly settings?: Readonly<Record<string, string>>; readonly onDisk?: boolean } = {}): Promise<PostgresServer> {
  const bin = programs()
  if (bin === undefined) throw new Error('PostgreSQL is not installed here')
  const folder = await mkdtemp(join(onDisk ? tmpdir() : fastFolder(), 'holdfast-postgres-'))
  const data = join(folder, 'data')
  const isRoot = process.getuid?.() === 0
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  if (isRoot) await chown(folder, NOBODY, NOBODY)
  await chmod(folder, 0o700)
  const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', HOME: folder }
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'holdfast', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-instructions'], { ...as, cwd: folder, env: environment })

  let port = 0
  let child: ChildProcess | undefined
  const login = (database: string) => ({ host: '127.0.0.1', port, user: 'holdfast', database })
  const begin = async (): Promise<boolean> => {
    const options = Object.entries({ listen_addresses: '127.0.0.1', unix_socket_directories: folder, port: String(port), shared_buffers: '64MB', max_connections: '100', logging_collector: 'off', ...settings })
    const started = spawn(join(bin, 'postgres'), ['-D', data, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])], { ...as, cwd: folder, env: environment, stdio: 'ignore' })
    child = started
    for (const until = Date.now() + START_MS; Date.now() < until && started.exitCode === null; await sleep(50)) {
      const client = new pg.Client(login('postgres'))
      try {
        await client.connect()
        await client.end()
        return true
      } catch {
        await client.end().catch(() => undefined)
      }
    }
    started.kill('SIGKILL')
    await ended(started)
    return false
  }
  const start = async (): Promise<void> => {
    for (let turn = 0; turn < START_TRIES; turn += 1) {
      // Somebody else may have taken the port since it was free.
      if (port === 0) port = await freePort()
      if (await begin()) return
      port = 0
    }
    await rm(folder, { recursive: true, force: true })
    throw new Error('PostgreSQL does not start')
  }
  await start()

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === undefined) return
    child.kill(signal)
    await ended(child)
  }
  return {
    get port() {
      return port
    },
    get pid() {
      return child?.pid ?? 0
    },
    folder,
    async url(database, template = 'template0') {
      const client = new pg.Client(login('postgres'))
      await client.connect()
      try {
        const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
        if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} TEMPLATE ${client.escapeIdentifier(template)}`)
      } finally {
        await client.end()
      }
      return `postgres://holdfast@127.0.0.1:${port}/${database}`
    },
    restart: start,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGINT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
