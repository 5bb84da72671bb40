// What can be seen of packages without installing them.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Report } from './report.ts'

const run = promisify(execFile)
const has = async (program: string): Promise<boolean> => run('/bin/sh', ['-c', 'command -v "$1"', 'sh', program]).then(() => true, () => false)
const BUILDER = /\/(root|home|tmp|work)\/[\w.-]+\/|node_modules\/\.pnpm/

async function inspectDeb(path: string, report: Report): Promise<void> {
  const name = path.split('/').at(-1) ?? path
  const { stdout: listing } = await run('dpkg-deb', ['--contents', path], { maxBuffer: 64 << 20 })
  await report.check(`${name}: nothing that a compiler, a test or a type checker would read`, () => {
    const stray = listing.split('\n').filter((line) => /\.(ts|map|cc|gyp)$|\.test\.js|\/node-gyp\/|\/typescript\//.test(line))
    assert.deepEqual(stray, [])
  })
  await report.check(`${name}: every file belongs to root and is writable by root only`, () => {
    const odd = listing.split('\n').filter((line) => line !== '' && !line.startsWith('l') && (!/ root\/root /.test(line) || /^.{5}w|^.{8}w/.test(line)))
    assert.deepEqual(odd, [])
  })
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-deb-'))
  try {
    await run('dpkg-deb', ['--raw-extract', path, folder], { maxBuffer: 64 << 20 })
    await report.check(`${name}: no text names the machine that built it`, async () => {
      const { stdout } = await run('grep', ['-rlIE', BUILDER.source, join(folder, 'lib'), join(folder, 'etc'), join(folder, 'DEBIAN'), join(folder, 'usr/share/doc')], { maxBuffer: 16 << 20 }).catch(() => ({ stdout: '' }))
      assert.equal(stdout.split('\n').filter((line) => line !== '' && !line.endsWith('copyright')).join('\n'), '')
    })
    await report.check(`${name}: the bill of materials names every library that is inside, and no other`, () => {
      const [doc = ''] = readdirSync(join(folder, 'usr/share/doc'))
      const bill = JSON.parse(readFileSync(join(folder, 'usr/share/doc', doc, 'sbom.cdx.json'), 'utf8')) as { bomFormat: string; specVersion: string; components: { 'bom-ref': string; name: string; version: string; purl: string }[]; dependencies: { dependsOn: string[] }[] }
      assert.deepEqual([bill.bomFormat, bill.specVersion], ['CycloneDX', '1.6'])
      const inside = new Set(listing.split('\n').flatMap((line) => /\/node_modules\/((?:@[^/]+\/)?[^/]+(?:\/node_modules\/(?:@[^/]+\/)?[^/]+)*)\/package\.json$/.exec(line)?.[1] ?? []))
      inside.delete('@holdfast/proto')
      const libraries = bill.components.filter(({ purl }) => purl.startsWith('pkg:npm/')).map((component) => component['bom-ref'])
      assert.deepEqual([...inside].filter((one) => !libraries.includes(one)), [])
      assert.deepEqual(libraries.filter((one) => !inside.has(one)), [])
      assert.ok(bill.components.some((component) => component.name === 'node' && component.version.startsWith('24.')))
    })
    if (await has('systemd-analyze')) {
      await report.check(`${name}: systemd takes its units`, async () => {
        // Below the package's own root, where the programs that the units name are.
        const units = readdirSync(join(folder, 'lib/systemd/system'))
        const { stderr } = await run('systemd-analyze', ['verify', '--root', folder, '--man=no', '--recursive-errors=no', ...units.map((unit) => `/lib/systemd/system/${unit}`)]).catch((error: { stderr?: string }) => ({ stderr: error.stderr ?? 'holdfast: systemd-analyze did not run' }))
        // Units of the distribution are not below this root.
        assert.deepEqual(stderr.split('\n').filter((line) => line !== '' && /holdfast/.test(line) && !/not found|Failed to (load|add)/.test(line)), [])
      })
      const main = name.startsWith('holdfast-agent') ? 'holdfast-agent.service' : 'holdfast.service'
      await report.check(`${name}: what systemd thinks of ${main}`, async () => {
        const { stdout } = await run('systemd-analyze', ['security', '--offline=true', '--no-pager', join(folder, 'lib/systemd/system', main)], { maxBuffer: 1 << 20 }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }))
        const exposure = Number(/Overall exposure level for .*?: ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN)
        report.figure(`${main} exposure (0 best, 10 worst)`, exposure)
        assert.ok(exposure < (main === 'holdfast.service' ? 2.5 : 7.5), `exposure ${exposure}`)
      })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  if (await has('lintian')) {
    await report.check(`${name}: lintian finds neither errors nor warnings beyond the overrides`, async () => {
      const { stdout } = await run('lintian', ['--allow-root', '--fail-on', 'none', '--tag-display-limit', '0', path], { maxBuffer: 16 << 20 })
      assert.equal(stdout.split('\n').filter((line) => /^[EW]:/.test(line)).join('\n'), '')
    })
  }
}

async function inspectRpm(path: string, report: Report): Promise<void> {
  const name = path.split('/').at(-1) ?? path
  const query = async (...what: string[]): Promise<string> => (await run('rpm', ['--query', '--package', ...what, path], { maxBuffer: 64 << 20 })).stdout
  await report.check(`${name}: configuration survives an upgrade, and nothing stands where another package is`, async () => {
    const config = (await query('--configfiles')).trim().split('\n')
    assert.ok(config.every((line) => line.startsWith('/etc/')) && config.length > 0)
    const strange = (await query('--list')).split('\n').filter((line) => line !== '' && !/^\/(etc\/(default|holdfast)|usr\/bin\/holdfast|usr\/lib\/(holdfast|systemd\/system\/holdfast)|usr\/share\/doc\/holdfast)/.test(line))
    assert.deepEqual(strange, [])
  })
  await report.check(`${name}: asks for the C library whose symbols it uses`, async () => {
    assert.match(await query('--requires'), /libc\.so\.6\(GLIBC_\d/)
  })
}

/** Checksums and signatures of a folder, by its own public key. */
async function inspectSums(out: string, report: Report): Promise<void> {
  await report.check('every file has the sum that is signed', async () => {
    await run('sha256sum', ['--check', '--quiet', '--strict', 'SHA256SUMS'], { cwd: out })
    assert.ok(verify(null, readFileSync(join(out, 'SHA256SUMS')), createPublicKey(readFileSync(join(out, 'release-key.pem'))), readFileSync(join(out, 'SHA256SUMS.sig'))))
  })
  await report.check('openssl alone verifies the signature, as the documentation says', async () => {
    const { stdout } = await run('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', 'release-key.pem', '-rawin', '-in', 'SHA256SUMS', '-sigfile', 'SHA256SUMS.sig'], { cwd: out })
    assert.match(stdout, /Verified Successfully/)
  })
}

/** Looks at every package of a folder. */
export async function inspectPackages(out: string, report: Report): Promise<void> {
  for (const name of readdirSync(out)) {
    if (name.endsWith('.deb')) await inspectDeb(join(out, name), report)
    if (name.endsWith('.rpm')) await inspectRpm(join(out, name), report)
  }
  if (existsSync(join(out, 'SHA256SUMS.sig'))) await inspectSums(out, report)
}
