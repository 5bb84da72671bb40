// Where the demo happens: a person with documents, a stick, and a system whose settings may be changed.
//
// As root all of it lives in a private mount namespace: /etc, /usr and /var are overlays whose upper layers are in the
// demo's own folder, the stick is a loop device that goes away with its mount. Nothing outlives the process but what
// the kernel frees by itself. Without root only the demo's own folder is used, and `leftOut` says what that costs.
import { execFile } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Stage {
  readonly folder: string
  readonly elevated: boolean
  /** Account that does the copying. */
  readonly account: string
  readonly home: string
  readonly removableRoot: string
  readonly stick: string
  /** What a demo with more rights or a network would also show. */
  readonly leftOut: readonly string[]
  /** The security feature that will be switched off, or undefined where that cannot be done harmlessly. */
  readonly firewall: boolean
  asPerson(program: string, ...args: string[]): Promise<void>
  mountStick(): Promise<void>
  unmountStick(): Promise<void>
  switchFirewallOff(): Promise<void>
  installApplication(): Promise<string | undefined>
}

const PERSON = { name: 'alice', uid: 47_001 }

const has = async (program: string): Promise<boolean> => run('/bin/sh', ['-c', 'command -v "$1"', 'sh', program]).then(() => true, () => false)

/** Makes the documents that will be copied: real files of 2 KiB to 200 KiB, all different. */
async function writeDocuments(home: string, count: number): Promise<void> {
  const folder = join(home, 'Documents', 'project-atlas')
  await mkdir(folder, { recursive: true })
  for (let index = 0; index < count; index += 1) {
    const line = `Atlas design note ${index}: wall thickness ${index * 7} mm, supplier ${index % 5}, revision ${index * index}.\n`
    await writeFile(join(folder, `design-${String(index).padStart(3, '0')}.txt`), line.repeat(20 + ((index * 97) % 2000)))
  }
}

async function overlay(folder: string, target: string): Promise<void> {
  const base = join(folder, 'overlay', target.replaceAll('/', '_'))
  const upper = join(base, 'upper')
  const work = join(base, 'work')
  await mkdir(upper, { recursive: true })
  await mkdir(work, { recursive: true })
  await run('mount', ['-t', 'overlay', 'overlay', '-o', `lowerdir=${target},upperdir=${upper},workdir=${work}`, target])
}

/**
 * @param folder an empty folder that the demo owns
 * @param isolated the process runs as root in a mount namespace of its own
 * @param options.offline nothing is fetched: what is not installed is left out
 */
export async function buildStage(folder: string, isolated: boolean, documents: number, say: (line: string) => void, options: { readonly offline?: boolean } = {}): Promise<Stage> {
  // The person passes through to the home folder and the stick; what the collector keeps has its own 0700.
  await chmod(folder, 0o711)
  const leftOut: string[] = []
  const removableRoot = join(folder, 'media')
  if (!isolated) {
    const home = join(folder, 'home', 'me')
    const stick = join(removableRoot, 'me', 'STICK')
    await writeDocuments(home, documents)
    leftOut.push('a mounted volume (the stick is a plain folder): needs root', 'switching a security feature off: needs root', 'installing a package: needs root')
    return {
      folder, elevated: false, account: userInfo().username, home, removableRoot, stick, leftOut, firewall: false,
      asPerson: async (program, ...args) => void (await run(program, args)),
      mountStick: async () => void (await mkdir(stick, { recursive: true })),
      unmountStick: async () => {},
      switchFirewallOff: async () => {},
      installApplication: async () => undefined,
    }
  }

  for (const target of ['/etc', '/usr', '/var']) await overlay(folder, target)
  const home = join(folder, 'home', PERSON.name)
  const stick = join(removableRoot, PERSON.name, 'STICK')
  await mkdir(join(folder, 'home'), { recursive: true })
  await run('useradd', ['--uid', String(PERSON.uid), '--create-home', '--home-dir', home, '--shell', '/bin/sh', PERSON.name])
  await writeDocuments(home, documents)
  await run('chown', ['-R', `${PERSON.uid}:${PERSON.uid}`, home])
  await mkdir(stick, { recursive: true })
  const image = join(folder, 'stick.img')
  await run('truncate', ['-s', '64M', image])
  await run('mkfs.ext4', ['-q', '-L', 'STICK', '-E', `root_owner=${PERSON.uid}:${PERSON.uid}`, image])

  const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }, maxBuffer: 64 << 20 }
  const apt = options.offline !== true && (await has('apt-get'))
  let online = false
  let firewall = await has('ufw')
  if (apt) {
    say('preparing a firewall inside the demo’s own view of the system')
    online = await run('apt-get', ['update', '-qq'], quiet).then(() => true, () => false)
    if (!firewall && online) firewall = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'ufw'], quiet).then(() => true, () => false)
  }
  // The rules go to a network namespace that ends with the command; the settings file is what stays, in the overlay.
  if (firewall) firewall = await run('unshare', ['-n', 'ufw', '--force', 'enable'], quiet).then(() => true, () => false)
  if (!firewall) leftOut.push('switching the firewall off: ufw could not be installed here')

  return {
    folder, elevated: true, account: PERSON.name, home, removableRoot, stick, leftOut, firewall,
    asPerson: async (program, ...args) => void (await run('setpriv', ['--reuid', String(PERSON.uid), '--regid', String(PERSON.uid), '--clear-groups', '--', program, ...args])),
    mountStick: async () => void (await run('mount', ['-o', 'loop', image, stick])),
    unmountStick: async () => void (await run('umount', [stick])),
    switchFirewallOff: async () => void (await run('unshare', ['-n', 'ufw', 'disable'], quiet)),
    installApplication: async () => {
      // A file wiper is what a leaver might fetch; without a network a package built here goes through the same dpkg.
      if (online && (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'wipe'], quiet).then(() => true, () => false))) return 'wipe'
      if (!(await has('dpkg-deb'))) return undefined
      const tree = join(folder, 'package')
      await mkdir(join(tree, 'DEBIAN'), { recursive: true })
      await writeFile(join(tree, 'DEBIAN', 'control'), 'Package: shred-and-go\nVersion: 1.0\nArchitecture: all\nMaintainer: Nobody <nobody@localhost>\nDescription: a file wiper\n')
      await run('dpkg-deb', ['--build', tree, join(folder, 'shred-and-go.deb')])
      await run('dpkg', ['-i', join(folder, 'shred-and-go.deb')], quiet)
      return 'shred-and-go'
    },
  }
}
