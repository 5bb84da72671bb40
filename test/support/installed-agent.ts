// An agent as a package lays it down: versions beside each other below a home, plain JavaScript, and a launcher that starts the
// one that `current` names; and signed releases of it, as scripts/package-agent writes them. What only makes it large is left out:
// Node is a line of sh that runs ours, and the dependencies stand once beside the versions.
import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { copySource, toJavaScript } from '../../scripts/package/javascript.ts'
import { products } from '../../scripts/package/product.ts'
import { describeTarball, readSigningKey, type SigningKey } from '../../scripts/package/release.ts'
import { platformName } from '../../scripts/package/tarball.ts'
import { track } from './own-processes.ts'
import { repository } from './processes.ts'

const PAUSE_MS = 200

export interface Workshop {
  /** SPKI of the key that releases are signed with. */
  readonly publicKeyPath: string
  /** Builds a release. @param breaks changes its source below agent/src. @returns path of the tarball */
  release(version: string, breaks?: (source: string) => void): Promise<string>
  /** Lays a version down as a package would, at a home of its own. */
  home(name: string, version: string): string
}

/** A place that makes releases, with a key of its own. */
export function openWorkshop(folder: string): Workshop {
  mkdirSync(folder, { recursive: true })
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const [keyPath, publicKeyPath] = [join(folder, 'release.pem'), join(folder, 'release-key.pem')]
  writeFileSync(keyPath, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
  writeFileSync(publicKeyPath, publicKey.export({ format: 'pem', type: 'spki' }))
  const signer: SigningKey = readSigningKey(keyPath)

  const layDown = (to: string, version: string): void => {
    mkdirSync(join(to, 'bin'), { recursive: true })
    writeFileSync(join(to, 'bin/node'), `#!/bin/sh\nexec ${process.execPath} "$@"\n`, { mode: 0o755 })
    copySource(join(repository, 'agent/src'), join(to, 'agent/src'))
    writeFileSync(join(to, 'agent/src/cli/version.js'), toJavaScript(`export const VERSION = '${version}'\n`))
    writeFileSync(join(to, 'agent/package.json'), '{"type":"module"}\n')
    // The agent looks at its packages before it starts.
    mkdirSync(join(to, 'agent/node_modules'))
    writeFileSync(join(to, 'agent/node_modules/.none-of-its-own'), '')
    writeFileSync(join(to, 'release-key.pem'), signer.publicPem)
  }

  return {
    publicKeyPath,
    async release(version, breaks = () => {}) {
      const name = `holdfast-agent-${version}`
      const work = join(folder, 'work')
      rmSync(work, { recursive: true, force: true })
      const to = join(work, name, 'root/usr/lib/holdfast-agent/versions', version)
      layDown(to, version)
      breaks(join(to, 'agent/src'))
      const file = join(folder, `${name}-${platformName()}.tar.gz`)
      const tar = spawn('tar', ['--create', '--format=gnu', '--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--gzip', '--file', file, '--directory', work, name], { stdio: ['ignore', 'ignore', 'inherit'] })
      const [code] = (await once(tar, 'close')) as [number | null]
      if (code !== 0) throw new Error(`tar ended with ${code}`)
      describeTarball(products.agent, version, file, signer)
      return file
    },
    home(name, version) {
      const home = join(folder, name)
      layDown(join(home, 'versions', version), version)
      symlinkSync(join(repository, 'agent/node_modules'), join(home, 'node_modules'))
      symlinkSync(`versions/${version}`, join(home, 'current'))
      writeFileSync(join(home, 'launch'), readFileSync(join(repository, 'deploy/packages/agent/launch'), 'utf8').replaceAll(/ ?@NODE_FLAGS@/g, ''), { mode: 0o755 })
      return home
    },
  }
}

export interface InstalledAgent {
  log(): string
  stop(): Promise<void>
}

/** What a service manager does: `launch starting` before each start, and another start after each end. */
export function superviseAgent(home: string, dir: string): InstalledAgent {
  let log = ''
  let child: ChildProcess | undefined
  const want = { running: true }
  const { NODE_PATH: _path, NODE_OPTIONS: _options, ...environment } = process.env
  const launch = (...args: readonly string[]): ChildProcess => {
    const started = track(spawn(join(home, 'launch'), [...args], { env: { ...environment, HOLDFAST_AGENT_DIR: dir }, stdio: ['ignore', 'pipe', 'pipe'] }))
    for (const stream of [started.stdout, started.stderr]) stream?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-100_000)))
    return started
  }
  const keep = async (): Promise<void> => {
    while (want.running) {
      await once(launch('starting'), 'close')
      if (!want.running) return
      child = launch('run', '--dir', dir)
      await once(child, 'close')
      if (want.running) await sleep(PAUSE_MS)
    }
  }
  const running = keep()
  return {
    log: () => log,
    async stop() {
      want.running = false
      child?.kill('SIGTERM')
      await running
    },
  }
}

