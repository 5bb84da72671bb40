// Builds the packages of one product: scripts/package-agent and scripts/package-collector.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildDeb, type PackageRequest } from './deb.ts'
import { buildMacos } from './macos.ts'
import { buildMsi } from './msi.ts'
import { parseVersion, type Product, type ProductName, products, repository, sourceVersion } from './product.ts'
import { describeTarball, readSigningKey, writeSums } from './release.ts'
import { buildRpm } from './rpm.ts'
import { say } from './run.ts'
import { billOfMaterials } from './sbom.ts'
import { buildTarball } from './tarball.ts'
import { buildTree, settle } from './tree.ts'

const FORMATS = ['deb', 'rpm', 'tar', 'msi', 'macos'] as const
type Format = (typeof FORMATS)[number]

const USAGE = (command: string): string => `usage: scripts/package-${command} [--out FOLDER] [--version V] [--formats deb,rpm,tar${command === 'agent' ? ',msi,macos' : ''}]
       [--signing-key FILE] [--release-key FILE] [--maintainer 'NAME <MAIL>'] [--tools]

  --out FOLDER         where the packages go; ./dist/packages
  --version V          instead of that of ${command}/package.json
  --formats LIST       what to build; deb,rpm,tar
  --signing-key FILE   Ed25519 private key in PEM, or HOLDFAST_SIGNING_KEY: signs the checksums and the tarball.
                       Make one with: openssl genpkey -algorithm ed25519 -out release.pem
${command === 'agent' ? '  --release-key FILE   public key that the agent will take later releases from; that of the signing key\n' : ''}  --maintainer TEXT    for the packages, or HOLDFAST_MAINTAINER
  --tools              as root on Debian: install the build tools that are missing

SOURCE_DATE_EPOCH dates every file; without it, the last commit does, or in an unpacked archive package.json. The same source gives the same bytes.
stdout: the files that were made, one a line.
exit status: 0 built; 1 failed; 2 wrong use`

/** When the source was last changed, in seconds. */
function sourceEpoch(): number {
  const given = process.env['SOURCE_DATE_EPOCH']
  if (given !== undefined && /^\d+$/.test(given)) return Number(given)
  try {
    return Number(execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim())
  } catch {
    // An unpacked archive of the source: its files have the date of the commit that it was made from.
    return Math.floor(statSync(join(repository, 'package.json')).mtimeMs / 1000)
  }
}

function readFormats(text: string, product: Product): readonly Format[] {
  const wanted = text.split(',').map((part) => part.trim())
  for (const format of wanted) if (!FORMATS.includes(format as Format) || (product.name === 'collector' && (format === 'msi' || format === 'macos'))) throw new Error(`there is no format ${format} for ${product.package}`)
  return wanted as Format[]
}

/** The public key that the agent will trust. */
function releaseKeyOf(file: string | undefined, signing: { readonly publicPem: string } | undefined): string | undefined {
  if (file === undefined) return signing?.publicPem
  const pem = readFileSync(file, 'utf8')
  if (!pem.includes('BEGIN PUBLIC KEY')) throw new Error(`${file} is no public key in PEM`)
  return pem
}

const builders: Readonly<Record<Format, (request: PackageRequest) => Promise<string>>> = { deb: buildDeb, rpm: buildRpm, tar: buildTarball, msi: buildMsi, macos: buildMacos }

async function build(product: Product, options: Readonly<Record<string, string | boolean | undefined>>): Promise<readonly string[]> {
  const text = (name: string): string | undefined => (typeof options[name] === 'string' ? options[name] : undefined)
  const version = parseVersion(text('version') ?? sourceVersion(product))
  const formats = readFormats(text('formats') ?? 'deb,rpm,tar', product)
  const out = resolve(process.env['INIT_CWD'] ?? process.cwd(), text('out') ?? 'dist/packages')
  const keyFile = text('signing-key') ?? process.env['HOLDFAST_SIGNING_KEY']
  const signer = keyFile === undefined || keyFile === '' ? undefined : readSigningKey(keyFile)
  const epochSecs = sourceEpoch()
  if (product.name === 'collector' && !existsSync(join(repository, 'collector/console/dist/index.html'))) throw new Error('the console is not built; run: pnpm build')
  mkdirSync(out, { recursive: true })
  const work = mkdtempSync(join(tmpdir(), 'holdfast-package-'))
  try {
    const tree = await buildTree({ product, version, root: join(work, 'tree'), releaseKey: releaseKeyOf(text('release-key'), signer), natsServer: process.env['HOLDFAST_NATS_SERVER'] })
    settle(tree.root, epochSecs)
    const sbom = `${JSON.stringify(billOfMaterials(product, version, tree, epochSecs), null, 2)}\n`
    const sbomFile = join(out, `${product.package}-${version}.cdx.json`)
    writeFileSync(sbomFile, sbom)
    const request = { product, version, tree, sbom, out, work, epochSecs, maintainer: text('maintainer') ?? process.env['HOLDFAST_MAINTAINER'] ?? 'Holdfast <packages@holdfast.invalid>' }
    const made: string[] = [sbomFile]
    for (const format of formats) {
      const path = await builders[format](request)
      made.push(path)
      if (format === 'tar') describeTarball(product, version, path, signer)
    }
    writeSums(out, signer)
    if (signer === undefined) say('nothing is signed: name a key with --signing-key')
    return made
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2)
  const product = products[name as ProductName]
  let options: Record<string, string | boolean | undefined>
  try {
    const text = { type: 'string' } as const
    options = parseArgs({ args, options: { out: text, version: text, formats: text, 'signing-key': text, 'release-key': text, maintainer: text, help: { type: 'boolean', short: 'h' }, tools: { type: 'boolean' } } }).values
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE(name)}`)
    return 2
  }
  if (options['help'] === true) {
    console.log(USAGE(name))
    return 0
  }
  try {
    for (const path of await build(product, options)) console.log(path)
    return 0
  } catch (error) {
    say(`error: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

process.exitCode = await main()
