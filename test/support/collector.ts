// A whole installation in a temporary folder: initialised, served, with a signed-in client.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, signIn } from '../../scripts/demo-run/client.ts'
import { agentMain, collectorMain, type Daemon, runCommand, startDaemon, until } from './processes.ts'

export interface Installation {
  readonly folder: string
  readonly dir: string
  url: string
  natsUrl: string
  readonly ca: string
  readonly password: string
  client: Client
  daemon: Daemon
  /** Starts the collector again on the same ports, after it was killed or stopped. */
  restart(): Promise<void>
  /** `holdfast ...` with --dir; throws unless it exits 0. */
  holdfast(...args: string[]): Promise<string>
  enrolAgent(name: string, options?: { readonly collectorUrl?: string }): Promise<string>
  close(): Promise<void>
}

const PASSWORD = 'correct horse battery staple'

export async function install(options: { readonly serve?: readonly string[] } = {}): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'))
  const dir = join(folder, 'collector')
  const initialised = await runCommand(collectorMain, ['init', '--dir', dir, '--organisation', 'test', '--json'])
  if (initialised.code !== 0) throw new Error(`init: ${initialised.stderr}`)
  const { setupCode } = JSON.parse(initialised.stdout) as { setupCode: string }
  const ca = await readFile(join(dir, 'ca', 'ca.pem'), 'utf8')

  const serve = async (httpPort: string, busPort: string): Promise<{ daemon: Daemon; url: string; nats: string }> => {
    let ready: { url: string; nats: string } | undefined
    const daemon = startDaemon(collectorMain, ['serve', '--dir', dir, '--http-host', '127.0.0.1', '--http-port', httpPort, '--bus-port', busPort, ...(options.serve ?? [])], {
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
  const client = await signIn({ url: first.url, ca, setupCode, name: 'tester', password: PASSWORD })
  const installation: Installation = {
    folder, dir, ca, url: first.url, natsUrl: first.nats, password: PASSWORD, client, daemon: first.daemon,
    async restart() {
      await installation.daemon.stop()
      const again = await serve(new URL(installation.url).port, new URL(installation.natsUrl).port)
      installation.daemon = again.daemon
      installation.url = again.url
      installation.client = await signIn({ url: again.url, ca, name: 'tester', password: PASSWORD })
    },
    async holdfast(...args) {
      const done = await runCommand(collectorMain, [...args, '--dir', dir])
      if (done.code !== 0) throw new Error(`holdfast ${args.join(' ')} ended with ${done.code}: ${done.stderr}`)
      return done.stdout
    },
    async enrolAgent(name, enrolOptions = {}) {
      const code = JSON.parse(await installation.holdfast('enrolment-code', 'create', '--json')) as { code: string }
      const agentDir = join(folder, name)
      const done = await runCommand(agentMain, ['enrol', '--collector', enrolOptions.collectorUrl ?? installation.url, '--code', code.code, '--dir', agentDir])
      if (done.code !== 0) throw new Error(`enrol: ${done.stderr}`)
      return agentDir
    },
    async close() {
      await installation.daemon.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return installation
}
