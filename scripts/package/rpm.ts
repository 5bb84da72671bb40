// An .rpm, by rpmbuild, from the same tree as the .deb.
//
// RPM has no purge: what a removal leaves in /var/lib is deleted by hand (docs/deploy/linux.md). The steps around an
// installation run in %posttrans, which on an upgrade comes after the files of the version before have gone.
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { architecture, type PackageRequest } from './deb.ts'
import { copyright } from './documents.ts'
import { packageVersion, type Product } from './product.ts'
import { run, say } from './run.ts'
import { filesOf, place, settle } from './tree.ts'

/** The newest version of a library's symbols that any binary asks for, such as GLIBC_2.34; undefined when none does. */
async function newestSymbol(root: string, family: string): Promise<string | undefined> {
  const found = new Set<string>()
  for (const path of filesOf(root).filter((name) => /\/bin\/(node|nats-server)$|\.node$/.test(name))) {
    const table = await run('objdump', ['-T', join(root, path)], { quiet: true }).catch(() => '')
    for (const [symbol] of table.matchAll(new RegExp(String.raw`\b${family}_[0-9.]+`, 'g'))) found.add(symbol)
  }
  return [...found].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)
}

async function requirements(product: Product, root: string): Promise<string> {
  const bits = process.arch === 'x64' || process.arch === 'arm64' ? '(64bit)' : ''
  const [glibc, cxx] = [await newestSymbol(root, 'GLIBC'), await newestSymbol(root, 'GLIBCXX')]
  return [glibc === undefined ? 'glibc' : `libc.so.6(${glibc})${bits}`, cxx === undefined ? 'libstdc++' : `libstdc++.so.6(${cxx})${bits}`, ...product.needs.map(([, rpm]) => rpm)].join(', ')
}

const scripts = (product: Product, version: string): string => (product.name === 'agent'
  ? `%pre
if [ "$1" -ge 2 ]; then
  version=$(readlink ${product.home}/current 2>/dev/null || true)
  version=\${version##*/}
  if [ -n "$version" ] && [ -d "${product.home}/versions/$version" ]; then
    rm -rf "${product.home}/.kept-$version"
    cp -al "${product.home}/versions/$version" "${product.home}/.kept-$version"
  fi
fi
exit 0

%posttrans
${product.home}/lifecycle configured ${version} || :

%preun
if [ "$1" = 0 ]; then ${product.home}/lifecycle removing; fi

%postun
if [ "$1" = 0 ]; then
  rm -rf ${product.home}/versions ${product.home}/.kept-* ${product.home}/current /var/cache/holdfast-agent
  rmdir ${product.home} 2>/dev/null || :
fi
exit 0
`
  : `%posttrans
${product.home}/lifecycle configured || :

%preun
if [ "$1" = 0 ]; then ${product.home}/lifecycle stop; fi

%postun
if [ "$1" = 0 ]; then rm -rf /var/cache/holdfast; fi
exit 0
`)

/** Every file, folders that are only ours, and configuration that an administrator's changes survive in. */
function fileList(product: Product, root: string): string {
  const config = new Set(product.config)
  const files = filesOf(root).map((path) => `/${path}`).filter((path) => !path.startsWith(`${product.home}/`))
  return [`%dir ${product.home}`, ...readdirSync(join(root, product.home)).map((name) => `${product.home}/${name}`), ...files.map((path) => (config.has(path) ? `%config(noreplace) ${path}` : path))].join('\n')
}

const spec = (request: PackageRequest, requires: string, files: string): string => `Name: ${request.product.package}
Version: ${packageVersion(request.version)}
Release: 1
Summary: ${request.product.summary}
License: Apache-2.0
Packager: ${request.maintainer}
AutoReqProv: no
Requires: ${requires}

%description
${request.product.description}

%install
cp -a %{holdfast_tree}/. %{buildroot}/

${scripts(request.product, request.version)}
%files
%defattr(-,root,root)
${files}
`

/** Builds the .rpm. @returns its path */
export async function buildRpm(request: PackageRequest): Promise<string> {
  const { product, tree, sbom, work, out, epochSecs } = request
  say(`${product.package}.rpm`)
  const root = join(work, 'rpm-tree')
  const top = join(work, 'rpm')
  for (const folder of [root, top]) rmSync(folder, { recursive: true, force: true })
  cpSync(tree.root, root, { recursive: true, verbatimSymlinks: true })
  // Where /lib is a link, RPM wants the folder that it leads to.
  mkdirSync(join(root, 'usr/lib/systemd'), { recursive: true })
  renameSync(join(root, 'lib/systemd/system'), join(root, 'usr/lib/systemd/system'))
  rmSync(join(root, 'lib'), { recursive: true })
  place(root, `usr/share/doc/${product.package}/copyright`, copyright(product, tree))
  place(root, `usr/share/doc/${product.package}/sbom.cdx.json`, sbom)
  settle(root, epochSecs)
  mkdirSync(top, { recursive: true })
  const path = join(top, 'holdfast.spec')
  writeFileSync(path, spec(request, await requirements(product, root), fileList(product, root)))
  const defines = {
    _topdir: top, _rpmdir: top, holdfast_tree: root, _buildhost: 'holdfast', use_source_date_epoch_as_buildtime: '1', clamp_mtime_to_source_date_epoch: '1', source_date_epoch_from_changelog: '0',
    // The binaries are stripped already, and no debug package is wanted.
    __os_install_post: '%{nil}', debug_package: '%{nil}', _build_id_links: 'none', _binary_payload: 'w3.xzdio', _build_name_fmt: '%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm',
  }
  await run('rpmbuild', ['-bb', '--nodeps', '--target', architecture()[1], ...Object.entries(defines).flatMap(([name, value]) => ['--define', `${name} ${value}`]), path], { quiet: true, environment: { SOURCE_DATE_EPOCH: String(epochSecs) } })
  const name = readdirSync(top).find((file) => file.endsWith('.rpm'))
  if (name === undefined) throw new Error('rpmbuild made no package')
  cpSync(join(top, name), join(out, name))
  return join(out, name)
}
