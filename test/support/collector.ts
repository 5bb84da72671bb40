// A whole installation in a temporary folder: initialised, served, with a signed-in client.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, signIn } from '../../scripts/demo-run/client.ts'
import { adopt, childrenOf, commandLine, killPid, processesOf } from './own-processes.ts'
import { rawRequest } from './raw-http.ts'
import { agentMain, collectorMain, type Daemon, runCommand, startDaemon, until } from './processes.ts'

export interface Installation {
  readonly folder: string
  readonly dir: string
  url: string
  natsUrl: string
  readonly ca: string
  readonly password: string
  /** Good for the first account; used up unless `account: false` was asked for. */
  readonly setupCode: string
  client: Client
  /** Signs in again, for a client that was made by somebody else (the console). */
  signIn(name?: string): Promise<void>
  daemon: Daemon
  /** Ends the collector, without a word to it when the signal is SIGKILL. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Starts the collector again on the same ports, after it was killed or stopped. Sessions outlive it. */
  start(): Promise<void>
  restart(): Promise<void>
  /** Starts the collector and kills it while it starts. */
  startAndKill(afterMs: number): Promise<void>
  /** Process id of the supervised nats-server, or undefined while it is gone. */
  brokerPid(): number | undefined
  /** `holdfast ...` with --dir; throws unless it exits 0. */
  holdfast(...args: string[]): Promise<string>
  /** The text of /metrics. */
  metrics(): Promise<string>
  enrolAgent(name: string, options?: { readonly collectorUrl?: string }): Promise<string>
  close(): Promise<void>
}

const PASSWORD = 'correct horse battery staple'

export interface InstallOptions {
  /** More arguments of `holdfast serve`. */
  readonly serve?: readonly string[]
  /** Between `holdfast init` and the first start. */
  readonly prepare?: (dir: string) => Promise<void>
  /** More of the environment of `holdfast serve`. */
  readonly env?: NodeJS.ProcessEnv
  /** `false`: nobody has an account yet, and `client` is refused until signIn(). */
  readonly account?: boolean
}

export async function install(options: InstallOptions = {}): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'))
  const dir = join(folder, 'collector')
  const initialised = await runCommand(collectorMain, ['init', '--dir', dir, '--organisation', 'test', '--json'])
  if (initialised.code !== 0) throw new Error(`init: ${initialised.stderr}`)
  const { setupCode } = JSON.parse(initialised.stdout) as { setupCode: string }
  await options.prepare?.(dir)
  const ca = await readFile(join(dir, 'ca', 'ca.pem'), 'utf8')

  const serveArguments = (httpPort: string, busPort: string) => ['serve', '--dir', dir, '--http-host', '127.0.0.1', '--http-port', httpPort, '--bus-port', busPort, ...(options.serve ?? [])]
  const serve = async (httpPort: string, busPort: string): Promise<{ daemon: Daemon; url: string; nats: string }> => {
    let ready: { url: string; nats: string } | undefined
    const daemon = startDaemon(collectorMain, serveArguments(httpPort, busPort), {
      ...(options.env === undefined ? {} : { env: options.env }),
      onLine: (line) => {
        if (line.startsWith('{"ready"')) ready = JSON.parse(line) as { url: string; nats: string }
      },
    })
    const addresses = await until('the collector to be ready', 60, () => {
      if (daemon.child.exitCode !== null) throw new Error(`the collector ended: ${daemon.log().slice(-4000)}`)
      return ready
    })
    return { daemon, ...addresses }
  }

  const first = await serve('0', '0')
  const nobody = (): never => {
    throw new Error('nobody has signed in')
  }
  const client = options.account === false ? { get: nobody, send: nobody, live: nobody } : await signIn({ url: first.url, ca, setupCode, name: 'tester', password: PASSWORD })
  const installation: Installation = {
    folder, dir, ca, url: first.url, natsUrl: first.nats, password: PASSWORD, setupCode, client, daemon: first.daemon,
    async signIn(name = 'tester') {
      installation.client = await signIn({ url: installation.url, ca, name, password: PASSWORD })
    },
    stop: (signal) => installation.daemon.stop(signal),
    async start() {
      const again = await serve(new URL(installation.url).port, new URL(installation.natsUrl).port)
      installation.daemon = again.daemon
      installation.url = again.url
      installation.brokerPid()
    },
    async restart() {
      await installation.stop()
      await installation.start()
    },
    async startAndKill(afterMs) {
      const daemon = startDaemon(collectorMain, serveArguments(new URL(installation.url).port, new URL(installation.natsUrl).port))
      await sleep(afterMs)
      await daemon.stop('SIGKILL')
    },
    brokerPid() {
      const { pid } = installation.daemon.child
      const broker = pid === undefined ? undefined : childrenOf(pid).find((child) => commandLine(child).includes('nats-server'))
      if (broker !== undefined) adopt(broker, dir)
      return broker
    },
    async holdfast(...args) {
      const done = await runCommand(collectorMain, [...args, '--dir', dir])
      if (done.code !== 0) throw new Error(`holdfast ${args.join(' ')} ended with ${done.code}: ${done.stderr}`)
      return done.stdout
    },
    metrics: async () => {
      const answer = await rawRequest(installation.url, ca, 'GET', '/metrics')
      if (answer.status !== 200) throw new Error(`/metrics answers ${answer.status}`)
      return answer.body
    },
    async enrolAgent(name, enrolOptions = {}) {
      const code = JSON.parse(await installation.holdfast('enrolment-code', 'create', '--json')) as { code: string }
      const agentDir = join(folder, name)
      const done = await runCommand(agentMain, ['enrol', '--collector', enrolOptions.collectorUrl ?? installation.url, '--code', code.code, '--dir', agentDir])
      if (done.code !== 0) throw new Error(`enrol: ${done.stderr}`)
      return agentDir
    },
    async close() {
      await installation.stop()
      // A broker that outlived a killed collector.
      for (const pid of processesOf(dir)) killPid(pid, 'SIGKILL')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  installation.brokerPid()
  return installation
}
