// The agent's MSI, by wixl.
//
// What cannot be made on Linux comes from the folder that HOLDFAST_WINDOWS_RUNTIME names: node.exe, node_sqlite3.node,
// koffi.node (all win32-x64) and winsw.exe, which speaks the service protocol for node.exe. Nothing of this was ever run on
// Windows by its makers; the tables of the MSI are looked at in tests (test/packages).
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { PackageRequest } from './deb.ts'
import { products, repository } from './product.ts'
import { run, say } from './run.ts'

const RUNTIME = ['node.exe', 'node_sqlite3.node', 'koffi.node', 'winsw.exe'] as const

/** MSI knows three numbers up to 255.255.65535. */
function msiVersion(version: string): string {
  const [major = 0, minor = 0, patch = 0] = version.split('-')[0]?.split('.').map(Number) ?? []
  if (major > 255 || minor > 255 || patch > 65_535) throw new Error(`${version} is beyond what an MSI can have: 255.255.65535`)
  return `${major}.${minor}.${patch}`
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

interface Parts {
  readonly xml: string
  readonly components: readonly string[]
}

/** wixl takes only sources relative to where it runs. One component a file: MSI's own rule for files that are repaired one by one. Ids are numbers, because paths are too long for them. */
function directory(work: string, folder: string, count: () => number): Parts {
  const components: string[] = []
  const visit = (at: string): string => readdirSync(at, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((entry) => {
    const path = join(at, entry.name)
    const id = count()
    if (entry.isDirectory()) return `<Directory Id="D${id}" Name="${escape(entry.name)}">${visit(path)}</Directory>`
    components.push(`C${id}`)
    return `<Component Id="C${id}" Guid="*" Win64="yes"><File Id="F${id}" Name="${escape(entry.name)}" Source="${escape(relative(work, path))}" KeyPath="yes"/></Component>`
  }).join('\n')
  return { xml: visit(folder), components }
}

/** Builds the MSI. @throws with words when the runtime folder is not complete */
export async function buildMsi({ version, tree, work, out, maintainer }: PackageRequest): Promise<string> {
  const runtime = process.env['HOLDFAST_WINDOWS_RUNTIME'] ?? ''
  const missing = RUNTIME.filter((name) => !existsSync(join(runtime, name)))
  if (runtime === '' || missing.length > 0) throw new Error(`the MSI needs ${RUNTIME.join(', ')} in the folder that HOLDFAST_WINDOWS_RUNTIME names${runtime === '' ? '' : `; ${missing.join(', ')} missing`} (docs/deploy/windows-intune.md)`)
  say('holdfast-agent.msi')
  const { agent } = products
  const from = join(repository, 'deploy/packages/agent/windows')
  const root = join(work, 'msi')
  rmSync(root, { recursive: true, force: true })
  cpSync(join(tree.root, agent.home, agent.versionFolder(version), 'agent'), join(root, 'agent'), { recursive: true })
  // The natives of the build machine give way to those of Windows.
  rmSync(join(root, 'agent/node_modules/@koromix'), { recursive: true, force: true })
  const koffi = join(root, 'agent/node_modules/@koromix/koffi-win32-x64')
  mkdirSync(join(koffi, 'win32_x64'), { recursive: true })
  writeFileSync(join(koffi, 'package.json'), '{"name":"@koromix/koffi-win32-x64","main":"./index.js"}\n')
  writeFileSync(join(koffi, 'index.js'), "module.exports = require('./win32_x64/koffi.node')\n")
  cpSync(join(runtime, 'koffi.node'), join(koffi, 'win32_x64/koffi.node'))
  cpSync(join(runtime, 'node_sqlite3.node'), join(root, 'agent/node_modules/sqlite3/build/Release/node_sqlite3.node'))
  mkdirSync(join(root, 'bin'))
  cpSync(join(runtime, 'node.exe'), join(root, 'bin/node.exe'))
  for (const name of ['holdfast-agent-service.xml', 'enrol.cmd']) cpSync(join(from, name), join(root, name))
  // Beside the program's own files: it becomes the service.
  mkdirSync(join(work, 'msi-service'), { recursive: true })
  cpSync(join(runtime, 'winsw.exe'), join(work, 'msi-service/winsw.exe'))
  let counter = 0
  const { xml, components } = directory(work, root, () => (counter += 1))
  const source = readFileSync(join(from, 'holdfast-agent.wxs'), 'utf8')
    .replace('@FILES@', () => xml).replace('@REFERENCES@', () => components.map((id) => `<ComponentRef Id="${id}"/>`).join(''))
    .replaceAll('@VERSION@', msiVersion(version)).replaceAll('@MANUFACTURER@', escape(maintainer.replace(/ <.*/, '')))
  writeFileSync(join(work, 'holdfast-agent.wxs'), source)
  const path = join(out, `holdfast-agent-${version}-x64.msi`)
  await run('wixl', ['--arch', 'x64', '--output', path, 'holdfast-agent.wxs'], { cwd: work, quiet: true })
  return path
}
