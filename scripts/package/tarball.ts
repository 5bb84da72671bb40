// A tarball of the whole tree, for distributions without packages and for `holdfast-agent upgrade`.
//
//   holdfast-agent-1.4.0/install         copies root/ to /, and does what a package's scripts do
//   holdfast-agent-1.4.0/root            the tree (tree.ts)
//   holdfast-agent-1.4.0/sbom.cdx.json
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageRequest } from './deb.ts'
import type { Product } from './product.ts'
import { run, say } from './run.ts'
import { place, settle } from './tree.ts'

const install = ({ home, package: name, config }: Product, version: string): string => `#!/bin/sh
# Installs ${name} ${version} from this folder; as root. Configuration that is there stays as it is.
set -eu
[ "$(id -u)" = 0 ] || { echo "install: run this as root" >&2; exit 1; }
from=$(dirname "$(readlink -f "$0")")/root
for path in ${config.join(' ')}; do
  if [ -e "$path" ]; then rm -f "$from$path"; fi
done
(cd "$from" && tar -cf - .) | (cd / && tar -xf - --no-same-owner --no-overwrite-dir)
exec ${home}/lifecycle configured ${version}
`

/** linux-x64, as releases name it. */
export const platformName = (): string => `${process.platform}-${process.arch}`

/** Builds the tarball. @returns its path */
export async function buildTarball({ product, version, tree, sbom, work, out, epochSecs }: PackageRequest): Promise<string> {
  const name = `${product.package}-${version}`
  const file = join(out, `${name}-${platformName()}.tar.gz`)
  say(`${product.package}.tar.gz`)
  const folder = join(work, 'tar')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, name), { recursive: true })
  cpSync(tree.root, join(folder, name, 'root'), { recursive: true, verbatimSymlinks: true })
  place(folder, `${name}/install`, install(product, version), 0o755)
  place(folder, `${name}/sbom.cdx.json`, sbom)
  settle(folder, epochSecs)
  await run('tar', ['--create', '--format=gnu', '--sort=name', `--mtime=@${epochSecs}`, '--owner=0', '--group=0', '--numeric-owner', '--use-compress-program=gzip -n -6', '--file', file, '--directory', folder, name])
  return file
}
