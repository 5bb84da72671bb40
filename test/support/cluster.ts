// An installation of several processes on one machine: PostgreSQL, nats-servers of one cluster, and any number of each role.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, type PostgresServer, startPostgres } from '@holdfast/collector/testing/postgres-server.ts'
import { type Client, signIn } from '../../scripts/demo-run/client.ts'
import { adopt, childrenOf, commandLine, killPid, processesOf } from './own-processes.ts'
import { collectorMain, type Daemon, runCommand, startDaemon, until } from './processes.ts'

export type ClusterRole = 'bus' | 'ingest' | 'evaluate' | 'http' | 'deliver'

export interface Member {
  readonly name: string
  readonly role: ClusterRole
  running(): boolean
  log(): string
  /** Resolves when it says that it is ready. */
  start(): Promise<void>
  /** Without a word when the signal is SIGKILL; its nats-server goes with it. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Process id of its nats-server. */
  brokerPid(): number | undefined
}

export interface Cluster {
  readonly folder: string
  readonly dir: string
  readonly url: string
  readonly ca: string
  readonly client: Client
  readonly postgres: PostgresServer
  /** Address of the database. */
  readonly store: string
  readonly natsServers: readonly string[]
  readonly members: readonly Member[]
  of(role: ClusterRole): readonly Member[]
  /** `holdfast ...` with --dir; throws unless it exits 0. */
  holdfast(...args: string[]): Promise<string>
  close(): Promise<void>
}

const PASSWORD = 'correct horse battery staple'

/** @param count how many processes of each role */
export async function startCluster(count: Readonly<Record<ClusterRole, number>>, serve: readonly string[] = []): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-cluster-'))
  const dir = join(folder, 'collector')
  const postgres = await startPostgres()
  const members: Member[] = []
  const close = async (): Promise<void> => {
    await Promise.all(members.map((member) => member.stop()))
    for (const pid of processesOf(folder)) killPid(pid, 'SIGKILL')
    await postgres.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const store = await postgres.url('holdfast')
    const env = { HOLDFAST_STORE: store }
    const initialised = await runCommand(collectorMain, ['init', '--dir', dir, '--organisation', 'test', '--json'], { env })
    if (initialised.code !== 0) throw new Error(`init: ${initialised.stderr}`)
    const { setupCode } = JSON.parse(initialised.stdout) as { setupCode: string }
    const ca = await readFile(join(dir, 'ca', 'ca.pem'), 'utf8')
    const ports = await Promise.all(Array.from({ length: count.bus }, async () => ({ client: await freePort(), route: await freePort() })))
    const natsServers = ports.map(({ client }) => `tls://127.0.0.1:${client}`)
    const routes = count.bus > 1 ? ['--bus-routes', ports.map(({ route }) => `127.0.0.1:${route}`).join(',')] : []
    const httpPorts = await Promise.all(Array.from({ length: count.http }, freePort))

    const member = (role: ClusterRole, index: number): Member => {
      const name = `${role}-${index + 1}`
      const own = role === 'bus' ? ['--bus-host', '127.0.0.1', '--bus-port', String(ports[index]?.client), '--bus-cluster-port', String(ports[index]?.route), '--bus-folder', join(folder, name), ...routes]
        : role === 'http' ? ['--http-host', '127.0.0.1', '--http-port', String(httpPorts[index])] : []
      const replicas = ['--bus-replicas', String(Math.min(3, count.bus))]
      const args = ['serve', '--dir', dir, '--roles', role, '--instance', name, '--nats-servers', natsServers.join(','), ...replicas, ...own, ...serve]
      let daemon: Daemon | undefined
      let before = ''
      const isRunning = (): boolean => daemon !== undefined && daemon.child.exitCode === null && daemon.child.signalCode === null
      return {
        name, role,
        running: isRunning,
        log: () => `${before}${daemon?.log() ?? ''}`.slice(-200_000),
        async start() {
          before = `${before}${daemon?.log() ?? ''}`.slice(-100_000)
          let ready = false
          const started = startDaemon(collectorMain, args, {
            env,
            onLine(line) {
              ready ||= line.startsWith('{"ready"')
            },
          })
          daemon = started
          await until(`${name} to be ready`, 90, () => {
            if (started.child.exitCode !== null) throw new Error(`${name} ended: ${started.log().slice(-3000)}`)
            // Killed while it started: whoever did it knows.
            return ready || started.child.signalCode !== null ? true : undefined
          })
        },
        stop: async (signal) => {
          await daemon?.stop(signal)
        },
        brokerPid() {
          const pid = daemon?.child.pid
          const broker = pid === undefined ? undefined : childrenOf(pid).find((child) => commandLine(child).includes('nats-server'))
          if (broker !== undefined) adopt(broker, folder)
          return broker
        },
      }
    }
    for (const role of ['bus', 'ingest', 'evaluate', 'http', 'deliver'] as const) for (let index = 0; index < count[role]; index += 1) members.push(member(role, index))
    await Promise.all(members.map((one) => one.start()))
    const url = `https://127.0.0.1:${httpPorts[0]}`
    const client = await signIn({ url, ca, setupCode, name: 'tester', password: PASSWORD })
    return {
      folder, dir, url, ca, client, postgres, store, natsServers, members, close,
      of: (role) => members.filter((one) => one.role === role),
      async holdfast(...args) {
        const done = await runCommand(collectorMain, [...args, '--dir', dir], { env })
        if (done.code !== 0) throw new Error(`holdfast ${args.join(' ')} ended with ${done.code}: ${done.stderr}`)
        return done.stdout
      },
    }
  } catch (error) {
    const words = members.map((one) => `${one.name}: ${one.log().slice(-600)}`).join('\n')
    await close()
    throw new Error(`the cluster did not start: ${error instanceof Error ? error.message : String(error)}\n${words}`, { cause: error })
  }
}
