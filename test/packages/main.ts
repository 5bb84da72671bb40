// Packages on a machine that has nothing: builds them, makes a clean Debian root, and runs life.ts in it.
//
// usage: pnpm package-test [--short] [--json] [--keep FOLDER]
//   --short   builds the agent's .deb and looks into it (dpkg-deb, lintian, bill of materials, units), without a root
//   --json    the last line is {passed, failed, seconds, …} either way; --json says nothing else on stdout
//   --keep    build into FOLDER and leave the packages there; those that are there are taken as they are
//
// The full test needs root, debootstrap and a Debian mirror, which is the one that this machine uses. The root is made once
// and kept in the cache folder; each run gets a copy of it in memory, in its own mount, process, host name and network
// namespaces: nothing of this machine is touched, its ports neither.
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { inspectPackages } from './inspect.ts'
import { createReport } from './report.ts'

const run = promisify(execFile)
const repository = join(import.meta.dirname, '../..')
const SUITE = 'bookworm'
/** Of the version that the agent is upgraded to. */
const NEXT_VERSION = '99.0.0'
/** Of one that does not come up. */
const BROKEN_VERSION = '99.1.0'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

async function build(script: string, out: string, key: string, ...more: string[]): Promise<void> {
  const child = spawn(join(repository, 'scripts', script), ['--out', out, '--signing-key', key, ...more], { stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve))
  if (code !== 0) throw new Error(`scripts/${script} ended with ${code}`)
}

/** The mirror that this machine's apt uses, without the security one. */
async function mirror(): Promise<string> {
  const { stdout } = await run('apt-get', ['indextargets', '--format', '$(SITE) $(RELEASE)', 'Created-By: Packages'])
  const found = stdout.split('\n').find((line) => line.endsWith(` ${SUITE}`))?.split(' ')[0]
  if (found === undefined) throw new Error(`this machine's apt names no mirror of ${SUITE}`)
  return found
}

/** A minimal Debian, as a tarball in the cache. */
async function cleanRoot(work: string): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'holdfast')
  const path = join(cache, `${SUITE}-minbase.tar`)
  if (existsSync(path)) return path
  say(`making a clean ${SUITE} root (once)`)
  mkdirSync(cache, { recursive: true })
  const root = join(work, 'root')
  // systemd-analyze and lintian look from outside; inside is what minbase has, and util-linux's and mount's tools.
  await run('debootstrap', ['--variant=minbase', SUITE, root, await mirror()], { maxBuffer: 64 << 20 })
  await run('tar', ['--create', '--numeric-owner', '--one-file-system', '--exclude=./dev/*', '--exclude=./var/cache/apt/archives/*.deb', '--file', `${path}.new`, '--directory', root, '.'])
  await run('mv', [`${path}.new`, path])
  rmSync(root, { recursive: true, force: true })
  return path
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { short: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, keep: { type: 'string' } } })
  const started = performance.now()
  const work = mkdtempSync(join(tmpdir(), 'holdfast-packages-'))
  const report = createReport(say)
  try {
    const out = values.keep ?? join(work, 'out')
    mkdirSync(out, { recursive: true })
    const key = join(work, 'release.pem')
    await writeFile(key, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
    if (!readdirSync(out).some((name) => name.endsWith('.deb'))) {
      await build('package-agent', out, key, '--formats', values.short ? 'deb' : 'deb,rpm,tar')
      if (!values.short) {
        await build('package-agent', join(out, 'next'), key, '--version', NEXT_VERSION, '--formats', 'deb,rpm')
        await build('package-agent', join(out, 'broken'), key, '--version', BROKEN_VERSION, '--formats', 'tar')
        await build('package-collector', out, key, '--formats', 'deb,rpm,tar')
      }
    }
    await inspectPackages(out, report)
    if (!values.short) {
      if (process.getuid?.() !== 0) throw new Error('the full test needs root; pnpm package-test --short does not')
      const root = await cleanRoot(work)
      const child = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', '--net', '--uts', '--mount-proc', process.execPath, join(import.meta.dirname, 'life.ts'), root, out, join(work, 'clean')], { stdio: ['ignore', 'pipe', 'inherit'] })
      let lines = ''
      child.stdout.on('data', (chunk: Buffer) => (lines += chunk.toString()))
      await new Promise((resolve) => child.on('exit', resolve))
      report.take(lines)
    }
  } catch (error) {
    report.failed('the test itself', error)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  console.log(JSON.stringify({ ...report.summary(), seconds: Math.round((performance.now() - started) / 1000) }))
  return report.summary().failed === 0 ? 0 : 1
}

process.exit(await main())
