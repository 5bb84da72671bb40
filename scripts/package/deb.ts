// A .deb, by dpkg-deb.
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { changelog, copyright, manual } from './documents.ts'
import { packageVersion, type Product, repository } from './product.ts'
import { run, say } from './run.ts'
import { filesOf, place, settle, type Tree } from './tree.ts'

export interface PackageRequest {
  readonly product: Product
  readonly version: string
  readonly tree: Tree
  readonly sbom: string
  readonly out: string
  readonly work: string
  readonly epochSecs: number
  readonly maintainer: string
}

/** Node's name of the machine -> [Debian's, RPM's]. */
export const architectures: Readonly<Record<string, readonly [string, string]>> = { x64: ['amd64', 'x86_64'], arm64: ['arm64', 'aarch64'] }

export function architecture(): readonly [string, string] {
  const found = architectures[process.arch]
  if (found === undefined) throw new Error(`packages are built for ${Object.keys(architectures).join(' and ')}, not for ${process.arch}`)
  return found
}

/** Packages of the libraries that the binaries name, with the versions whose symbols they use. Found by dpkg-shlibdeps. */
async function libraries(root: string, work: string): Promise<string> {
  const folder = join(work, 'shlibdeps')
  mkdirSync(join(folder, 'debian'), { recursive: true })
  writeFileSync(join(folder, 'debian/control'), 'Source: holdfast\n\nPackage: holdfast\nArchitecture: any\n')
  const binaries = filesOf(root).filter((path) => /\/bin\/(node|nats-server)$|\.node$/.test(path)).map((path) => join(root, path))
  const text = await run('dpkg-shlibdeps', ['--ignore-missing-info', '-O', ...binaries.map((path) => `-e${path}`)], { cwd: folder, quiet: true })
  return /shlibs:Depends=(.*)/.exec(text)?.[1] ?? ''
}

const gzip = (text: string): Buffer => {
  const bytes = gzipSync(text, { level: 9 })
  // The system that compressed, in the tenth byte; the time stamp is zero already.
  bytes[9] = 255
  return bytes
}

function placeDocuments({ product, version, tree, sbom, epochSecs, maintainer }: PackageRequest, root: string): void {
  const folder = `usr/share/doc/${product.package}`
  place(root, `${folder}/copyright`, copyright(product, tree))
  place(root, `${folder}/changelog.gz`, gzip(changelog(product, packageVersion(version), epochSecs, maintainer)))
  place(root, `${folder}/sbom.cdx.json`, sbom)
  place(root, `usr/share/man/man8/${product.command}.8.gz`, gzip(manual(product, version, epochSecs)))
}

const control = (request: PackageRequest, depends: string, sizeKib: number): string => `Package: ${request.product.package}
Version: ${packageVersion(request.version)}
Architecture: ${architecture()[0]}
Maintainer: ${request.maintainer}
Installed-Size: ${sizeKib}
Depends: ${[depends, 'debconf (>= 0.5) | debconf-2.0', ...request.product.needs.map(([debian]) => debian)].filter((part) => part !== '').join(', ')}
Section: admin
Priority: optional
Description: ${request.product.summary}
${request.product.description.split('\n').map((line) => ` ${line}`).join('\n')}
`

/** Builds the .deb. @returns its path */
export async function buildDeb(request: PackageRequest): Promise<string> {
  const { product, version, tree, work, out, epochSecs } = request
  say(`${product.package}.deb`)
  const root = join(work, 'deb')
  rmSync(root, { recursive: true, force: true })
  // dpkg-deb packs what it finds: the tree is shared with the other packages.
  cpSync(tree.root, root, { recursive: true, verbatimSymlinks: true })
  placeDocuments(request, root)
  const from = join(repository, 'deploy/packages', product.name, 'debian')
  place(root, `usr/share/lintian/overrides/${product.package}`, readFileSync(join(from, 'lintian-overrides'), 'utf8'))
  const depends = await libraries(root, work)
  // Each file in whole KiB, as policy 5.6.20 has it; folders are left out, whose size depends on the builder's file system.
  const sizeKib = filesOf(root).reduce((sum, path) => sum + Math.ceil(lstatSync(join(root, path)).size / 1024), 0)
  // Of all but DEBIAN/ itself.
  const sums = filesOf(root).filter((path) => !path.startsWith('etc/') && !path.startsWith('usr/bin/')).map((path) => `${createHash('md5').update(readFileSync(join(root, path))).digest('hex')}  ${path}`)
  place(root, 'DEBIAN/control', control(request, depends, sizeKib))
  place(root, 'DEBIAN/md5sums', `${sums.join('\n')}\n`)
  place(root, 'DEBIAN/conffiles', `${product.config.join('\n')}\n`)
  place(root, 'DEBIAN/templates', readFileSync(join(from, 'templates'), 'utf8'))
  for (const script of readdirSync(from).filter((name) => ['config', 'preinst', 'postinst', 'prerm', 'postrm'].includes(name))) place(root, `DEBIAN/${script}`, readFileSync(join(from, script), 'utf8').replaceAll('@VERSION@', version), 0o755)
  settle(root, epochSecs)
  const path = join(out, `${product.package}_${packageVersion(version)}_${architecture()[0]}.deb`)
  // One thread: with more of them, xz's bytes depend on the machine.
  await run('dpkg-deb', ['--build', '--root-owner-group', '-Zxz', '-z3', '--threads-max=1', root, path], { quiet: true, environment: { SOURCE_DATE_EPOCH: String(epochSecs) } })
  return path
}
