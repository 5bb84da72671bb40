// What a Mac needs to make the agent's .pkg: the payload without natives, scripts, launchd job, MDM profile and `build-pkg`.
//
// Debian has neither xar nor mkbom, and a package must be signed and notarised with the organisation's own identity anyway, so
// the last step is a Mac's. Nothing of this was ever run on macOS by its makers.
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageRequest } from './deb.ts'
import { products, repository } from './product.ts'
import { run, say } from './run.ts'
import { place, settle } from './tree.ts'

/** Builds the layout, as a tarball. @returns its path */
export async function buildMacos({ version, tree, work, out, epochSecs }: PackageRequest): Promise<string> {
  say('the layout of holdfast-agent.pkg')
  const { agent } = products
  const from = join(repository, 'deploy/packages/agent/macos')
  const name = `holdfast-agent-${version}-macos-layout`
  const folder = join(work, 'macos')
  rmSync(folder, { recursive: true, force: true })
  const library = join(name, 'root', 'Library')
  const home = join(folder, library, 'Holdfast')
  mkdirSync(home, { recursive: true })
  cpSync(join(tree.root, agent.home, agent.versionFolder(version), 'agent'), join(home, 'agent'), { recursive: true })
  for (const linux of ['node_modules/@koromix', 'node_modules/sqlite3/build/Release/node_sqlite3.node']) rmSync(join(home, 'agent', linux), { recursive: true, force: true })
  const text = (file: string): string => readFileSync(join(from, file), 'utf8').replaceAll('@VERSION@', version).replaceAll('@ARCH@', 'arm64')
  place(folder, `${library}/LaunchDaemons/example.holdfast.agent.plist`, text('example.holdfast.agent.plist'))
  for (const script of ['preinstall', 'postinstall']) place(folder, `${name}/scripts/${script}`, text(script), 0o755)
  for (const file of ['holdfast-agent.mobileconfig', 'node.entitlements']) place(folder, `${name}/${file}`, text(file))
  place(folder, `${name}/build-pkg`, text('build-pkg'), 0o755)
  settle(folder, epochSecs)
  chmodSync(join(folder, name, 'build-pkg'), 0o755)
  const path = join(out, `${name}.tar.gz`)
  await run('tar', ['--create', '--format=gnu', '--sort=name', `--mtime=@${epochSecs}`, '--owner=0', '--group=0', '--numeric-owner', '--use-compress-program=gzip -n -6', '--file', path, '--directory', folder, name])
  return path
}
