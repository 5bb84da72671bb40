// node_modules of a product, without what only installing or reading needs.
//
// pnpm lays the production dependencies out as plain folders; then the packages that can be reached from the product stay,
// and of each the files that a running program can open. What is left out is listed here, not guessed.
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { run } from './run.ts'
import { type Product, repository } from './product.ts'

/** Dependencies that a package only needs while it is installed or built. */
const ONLY_TO_INSTALL: Readonly<Record<string, readonly string[]>> = {
  // The driver is compiled on the build machine; fetching and compiling are over.
  sqlite3: ['node-addon-api', 'prebuild-install', 'tar', 'node-gyp'],
}

/** Compiled when the checkout was installed; compiling them once more takes a minute and gives the same. */
const COMPILED: Readonly<Record<string, readonly string[]>> = { sqlite3: ['build/Release/node_sqlite3.node'] }

/** Below a package's folder: not for a running program. */
const LEFT_OUT: readonly (readonly [RegExp, RegExp])[] = [
  [/^sqlite3$/, /^(deps|src|node-addon-api@.*|binding\.gyp|build\/(?!Release$|Release\/node_sqlite3\.node$).*)$/],
  [/^koffi$/, /^(doc|lib|vendor|cnoke\.cjs|src\/(?!koffi$|koffi\/(.*\.c?js|src)$).*)$/],
  // Debian, Ubuntu, Red Hat and SUSE have glibc.
  [/^@koromix\/koffi-linux-/, /^musl_.*$/],
  // Built for another runtime than Node.
  [/^bare-/, /^prebuilds$/],
  [/^pino$/, /^index\.html$/],
  [/.*/, /(^|\/)(test|tests|__tests__|\.github|\.vscode|\.husky|docs?|examples?|benchmarks?|coverage|Makefile|\.[a-z]+rc(\.[a-z]+)?|\.(npmignore|editorconfig|gitattributes|taprc|eslintrc\.\w+|prettierrc\w*|travis\.yml|npmrc|airtap\.yml|borp\.yaml|c8rc\.json|nycrc))$/i],
  [/.*/, /(\.d\.[cm]?ts|\.map|\.md|\.markdown|\.flow|\.[cm]?ts|\.tsbuildinfo|\.gyp|\.gypi|\.cc|\.hh?|\.c|\.yml|\.bak|\.sh|\.test\.[cm]?js)$/i],
]
/** Code all the same. */
const KEPT = new Set(['yaml/dist/doc'])

export interface Component {
  readonly name: string
  readonly version: string
  readonly license: string
  /** Folder below node_modules. */
  readonly path: string
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: unknown
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** Folder of a dependency, looked for as Node does: beside, then further up. */
function resolveFrom(folder: string, top: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const candidate = join(at, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (at === top) return undefined
  }
}

/** Every package that the product can reach, by its folder. */
function reachable(top: string): Map<string, Manifest> {
  const found = new Map<string, Manifest>()
  const visit = (folder: string): void => {
    const manifest = manifestOf(folder)
    const skip = ONLY_TO_INSTALL[manifest.name] ?? []
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies })) {
      if (skip.includes(name)) continue
      const next = resolveFrom(folder, top, name)
      if (next === undefined || found.has(next)) continue
      found.set(next, manifestOf(next))
      visit(next)
    }
  }
  visit(top)
  return found
}

const leftOut = (name: string, path: string): boolean => !KEPT.has(`${name}/${path}`) && LEFT_OUT.some(([packages, files]) => packages.test(name) && files.test(path))
/** A command of a package: nobody runs it on a device. */
const isCommand = (path: string): boolean => readFileSync(path).subarray(0, 2).toString() === '#!'

function copyPackage(from: string, to: string, name: string): void {
  const root = realpathSync(from)
  cpSync(root, to, {
    recursive: true, dereference: true,
    filter: (path) => {
      const inside = relative(root, path)
      if (inside === '') return true
      // Nested packages are copied on their own, when something needs them.
      if (inside.split('/').includes('node_modules')) return false
      return !leftOut(name, inside) && (lstatSync(path).isDirectory() || !isCommand(path))
    },
  })
}

const licenseOf = ({ license }: Manifest): string => (typeof license === 'string' ? license : typeof license === 'object' && license !== null && 'type' in license && typeof license.type === 'string' ? license.type : 'NOASSERTION')

/**
 * Copies the production dependencies of a product to `to` (a node_modules folder that is not there yet).
 *
 * @returns every package that was copied, by name; the workspace's own are left to the caller
 */
export async function copyModules(product: Product, to: string): Promise<readonly Component[]> {
  const work = mkdtempSync(join(tmpdir(), 'holdfast-modules-'))
  try {
    const top = join(work, 'tree')
    await run('pnpm', ['--config.node-linker=hoisted', '--filter', `@holdfast/${product.name}`, '--prod', 'deploy', '--legacy', '--ignore-scripts', top], { cwd: repository, quiet: true })
    const components: Component[] = []
    for (const [folder, manifest] of reachable(top)) {
      if (manifest.name.startsWith('@holdfast/')) continue
      const path = relative(join(top, 'node_modules'), folder)
      mkdirSync(dirname(join(to, path)), { recursive: true })
      copyPackage(folder, join(to, path), manifest.name)
      for (const file of COMPILED[manifest.name] ?? []) cpSync(join(realpathSync(join(repository, product.name, 'node_modules', manifest.name)), file), join(to, path, file))
      components.push({ name: manifest.name, version: manifest.version, license: licenseOf(manifest), path })
    }
    removeEmpty(to)
    return components.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function removeEmpty(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) removeEmpty(join(folder, entry.name))
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true })
}
