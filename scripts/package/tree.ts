// The files of a product as they will stand on a machine, below a staging folder.
//
//   agent       /usr/lib/holdfast-agent/{launch,enrol,lifecycle}         belong to no version
//               /usr/lib/holdfast-agent/versions/V/{bin/node,agent/…}     one version, beside others
//   collector   /usr/lib/holdfast/{lifecycle,bin/{node,nats-server,holdfast},collector/…}
//
// Each holds Node itself, so that a device's own never matters, and the JavaScript of the source (javascript.ts).
import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { copySource, toJavaScript } from './javascript.ts'
import { type Component, copyModules } from './modules.ts'
import { NOTIFIES, type Product, repository } from './product.ts'
import { run, say } from './run.ts'

export interface Tree {
  readonly root: string
  readonly components: readonly Component[]
  readonly nodeVersion: string
  readonly natsVersion: string | undefined
}

export interface TreeRequest {
  readonly product: Product
  readonly version: string
  /** Folder to fill; not there yet. */
  readonly root: string
  /** PEM of the key that later releases are signed with; it goes into the agent. */
  readonly releaseKey: string | undefined
  readonly natsServer: string | undefined
}

const sources = (product: Product): string => join(repository, 'deploy/packages', product.name)

/** @param mode 0644 or 0755 */
export function place(root: string, path: string, text: string | Buffer, mode = 0o644): void {
  const target = join(root, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, text, { mode })
  chmodSync(target, mode)
}

async function binary(from: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(realpathSync(from), to)
  chmodSync(to, 0o755)
  await run('strip', ['--strip-unneeded', '--remove-section=.comment', '--remove-section=.note', to])
}

function findNative(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? findNative(join(folder, entry.name)) : entry.name.endsWith('.node') ? [join(folder, entry.name)] : []))
}

/** No file of a library is run as a program. */
function clearModes(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) clearModes(path)
    else chmodSync(path, 0o644)
  }
}

/** The contract's package: generated code as it is, its own source as JavaScript, and exports that say so. */
function placeProto(to: string): void {
  const from = join(repository, 'proto')
  copySource(join(from, 'src'), join(to, 'src'))
  for (const file of readdirSync(join(from, 'gen')).filter((name) => name.endsWith('.js'))) place(to, `gen/${file}`, readFileSync(join(from, 'gen', file)))
  place(to, 'package.json', `${readFileSync(join(from, 'package.json'), 'utf8').replaceAll('.ts"', '.js"').trim()}\n`)
}

/** The program's own folder: JavaScript, the dependencies, and for the collector the built console. */
async function placeProgram(product: Product, version: string, home: string): Promise<readonly Component[]> {
  const from = join(repository, product.name)
  const to = join(home, product.name)
  copySource(join(from, 'src'), join(to, 'src'))
  writeFileSync(join(to, 'src/cli/version.js'), toJavaScript(`export const VERSION = '${version}'\n`))
  const { name, type } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { name: string; type: string }
  place(to, 'package.json', `${JSON.stringify({ name, version, private: true, type }, null, 2)}\n`)
  const components = await copyModules(product, join(to, 'node_modules'))
  placeProto(join(to, 'node_modules/@holdfast/proto'))
  clearModes(join(to, 'node_modules'))
  for (const file of findNative(join(to, 'node_modules'))) {
    await run('strip', ['--strip-unneeded', file])
  }
  if (product.name === 'collector') cpSync(join(repository, 'collector/console/dist'), join(to, 'console/dist'), { recursive: true })
  return components
}

/** `Type=` and what goes with it. */
export const serviceType = (product: Product): string => (NOTIFIES[product.name] ? 'Type=notify\nNotifyAccess=main\nWatchdogSec=60s' : 'Type=exec')

function fill(text: string, product: Product): string {
  return text.replaceAll('@TYPE@', serviceType(product)).replaceAll(/ ?@NODE_FLAGS@/g, product.nodeFlags.map((flag) => ` ${flag}`).join(''))
}

function placeSystem(product: Product, root: string): void {
  const from = sources(product)
  const text = (name: string): string => fill(readFileSync(join(from, name), 'utf8'), product)
  for (const unit of readdirSync(from).filter((name) => name.endsWith('.service'))) place(root, `lib/systemd/system/${unit}`, text(unit))
  place(root, `etc/default/${product.name === 'agent' ? 'holdfast-agent' : 'holdfast'}`, text('default'))
  place(root, `${product.home}/lifecycle`, text('lifecycle'), 0o755)
  mkdirSync(join(root, 'usr/bin'), { recursive: true })
  if (product.name === 'agent') {
    for (const name of ['launch', 'enrol']) place(root, `${product.home}/${name}`, text(name), 0o755)
    place(root, 'etc/holdfast-agent/agent.yaml', text('agent.yaml'))
    symlinkSync('../lib/holdfast-agent/launch', join(root, 'usr/bin/holdfast-agent'))
  } else {
    place(root, `${product.home}/bin/holdfast`, text('holdfast'), 0o755)
    symlinkSync('../lib/holdfast/bin/holdfast', join(root, 'usr/bin/holdfast'))
  }
}

/** Fills the staging folder. @throws with words when a tool or a part is missing */
export async function buildTree({ product, version, root, releaseKey, natsServer }: TreeRequest): Promise<Tree> {
  const home = join(root, product.home, product.versionFolder(version))
  say(`the files of ${product.package} ${version}`)
  const node = join(repository, 'node_modules/node/bin/node')
  const components = await placeProgram(product, version, home)
  await binary(node, join(home, 'bin/node'))
  let natsVersion: string | undefined
  if (product.name === 'collector') {
    if (natsServer === undefined) throw new Error('the collector carries a nats-server: name one in HOLDFAST_NATS_SERVER, or run scripts/get-nats-server')
    await binary(natsServer, join(home, 'bin/nats-server'))
    natsVersion = /v?(\d+\.\d+\.\d+)/.exec(await run(natsServer, ['--version']))?.[1]
  }
  if (product.name === 'agent' && releaseKey !== undefined) place(home, 'release-key.pem', releaseKey)
  placeSystem(product, root)
  return { root, components, nodeVersion: (await run(node, ['--version'])).trim().slice(1), natsVersion }
}

/** One time for every file and plain modes, so that the same source gives the same bytes whatever the umask of the builder was. */
export function settle(root: string, epochSecs: number): void {
  const visit = (path: string): void => {
    const facts = lstatSync(path)
    if (facts.isSymbolicLink()) return
    if (facts.isDirectory()) for (const entry of readdirSync(path)) visit(join(path, entry))
    chmodSync(path, facts.isDirectory() || (facts.mode & 0o100) !== 0 ? 0o755 : 0o644)
    utimesSync(path, epochSecs, epochSecs)
  }
  visit(root)
}

/** Every file of the tree, from its root, sorted. */
export function filesOf(root: string): readonly string[] {
  const visit = (path: string): readonly string[] => readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? visit(join(path, entry.name)) : [relative(root, join(path, entry.name))]))
  return visit(root).toSorted()
}
