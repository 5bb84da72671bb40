import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Header, pack } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { currentVersion, installedVersions, keepOnly, switchTo, unpackVersion } from './versions.ts'

const TREE = 'root'
const INSIDE = `holdfast-agent-2.0.0/${TREE}/usr/lib/holdfast-agent/versions/2.0.0`
let home: string
let tarball: string

async function lay(version: string): Promise<void> {
  for (const file of ['bin/node', 'agent/src/main.js']) {
    await mkdir(join(home, 'versions', version, file, '..'), { recursive: true })
    await writeFile(join(home, 'versions', version, file), version)
  }
}
const whole: readonly (readonly [Partial<Header> & { readonly name: string }, string])[] = [[{ name: `${INSIDE}/bin/node`, mode: 0o755 }, 'node'], [{ name: `${INSIDE}/agent/src/main.js`, mode: 0o644 }, 'main']]
async function archive(entries: readonly (readonly [Partial<Header> & { readonly name: string }, string])[]): Promise<void> {
  const writing = pack()
  for (const [header, text] of entries) writing.entry(header, text)
  writing.finalize()
  await pipeline(writing, createGzip(), createWriteStream(tarball))
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'holdfast-versions-'))
  tarball = join(home, 'release.tar.gz')
  await lay('1.0.0')
  await switchTo(home, '1.0.0')
})
afterEach(() => rm(home, { recursive: true }))

describe('versions beside each other', () => {
  it('are unpacked whole, for every account to read, and switched to in one step', async () => {
    await archive([[{ name: 'holdfast-agent-2.0.0/install', mode: 0o755 }, 'not of the version'], ...whole])
    await unpackVersion(home, tarball, '2.0.0')
    expect(await currentVersion(home)).toBe('1.0.0')
    expect(await readFile(join(home, 'versions/2.0.0/bin/node'), 'utf8')).toBe('node')
    expect((await stat(join(home, 'versions/2.0.0/bin/node'))).mode & 0o777).toBe(0o755)
    expect((await stat(join(home, 'versions/2.0.0/agent'))).mode & 0o777).toBe(0o755)
    await switchTo(home, '2.0.0')
    expect(await readlink(join(home, 'current'))).toBe('versions/2.0.0')
    expect((await installedVersions(home)).toSorted()).toEqual(['1.0.0', '2.0.0'])
    await keepOnly(home, ['2.0.0'])
    expect(await installedVersions(home)).toEqual(['2.0.0'])
  })

  it('are not switched to unless they are there as a whole', async () => {
    await mkdir(join(home, 'versions/3.0.0'))
    await expect(switchTo(home, '3.0.0')).rejects.toMatchObject({ code: 'UPGRADE_UNREADABLE' })
    expect(await currentVersion(home)).toBe('1.0.0')
  })
})

describe('an archive that is not what was signed for', () => {
  it.each<readonly [string, readonly (readonly [Partial<Header> & { readonly name: string }, string])[]]>([
    ['holds another version', [[{ name: `a/${TREE}/usr/lib/holdfast-agent/versions/9.9.9/bin/node` }, 'x']]],
    ['climbs', [...whole, [{ name: `${INSIDE}/../../../../../../etc/cron.d/x` }, 'x']]],
    ['has a link', [...whole, [{ name: `${INSIDE}/agent/evil`, type: 'symlink', linkname: '/etc' }, '']]],
    ['has a file twice', [...whole, ...whole]],
  ])('%s: leaves nothing behind', async (_, entries) => {
    await archive(entries)
    await expect(unpackVersion(home, tarball, '2.0.0')).rejects.toMatchObject({ code: 'UPGRADE_UNREADABLE' })
    expect(existsSync(join(home, 'versions/2.0.0'))).toBe(false)
    expect(existsSync(join(home, 'versions/.2.0.0.new'))).toBe(false)
    expect(await currentVersion(home)).toBe('1.0.0')
  })

  it('is cut short: leaves nothing behind', async () => {
    await archive(whole)
    await writeFile(tarball, (await readFile(tarball)).subarray(0, 60))
    await expect(unpackVersion(home, tarball, '2.0.0')).rejects.toMatchObject({ code: 'UPGRADE_UNREADABLE' })
    expect(existsSync(join(home, 'versions/.2.0.0.new'))).toBe(false)
  })
})
