import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareVersions, isVersion, readReleaseKey, verifyRelease } from './release.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const BYTES = Buffer.from('a tarball')
let folder: string
let tarball: string

const facts = (change: Readonly<Record<string, unknown>> = {}): string => JSON.stringify({ format: 1, product: 'holdfast-agent', version: '1.4.0', platform: 'linux-x64', file: 'x.tar.gz', sizeBytes: BYTES.length, sha256: createHash('sha256').update(BYTES).digest('hex'), ...change })
async function lay(descriptor: string, key: KeyObject = privateKey, bytes: Buffer = BYTES): Promise<void> {
  await writeFile(tarball, bytes)
  await writeFile(`${tarball}.json`, descriptor)
  await writeFile(`${tarball}.json.sig`, sign(null, Buffer.from(descriptor), key))
}
const verified = () => verifyRelease(tarball, { key: publicKey, platform: 'linux-x64' })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-release-'))
  tarball = join(folder, 'x.tar.gz')
})
afterEach(() => rm(folder, { recursive: true }))

describe('a release', () => {
  it('is taken when it is signed and whole', async () => {
    await lay(facts())
    expect(await verified()).toMatchObject({ version: '1.4.0', sizeBytes: BYTES.length })
  })

  it.each<readonly [string, string, () => Promise<void>]>([
    ['signed by a stranger', 'UPGRADE_SIGNATURE', () => lay(facts(), generateKeyPairSync('ed25519').privateKey)],
    ['with another tarball of the same size', 'UPGRADE_SIGNATURE', () => lay(facts(), privateKey, Buffer.from('A tarball'))],
    ['with a longer tarball', 'UPGRADE_SIGNATURE', () => lay(facts(), privateKey, Buffer.concat([BYTES, BYTES]))],
    ['of another program', 'UPGRADE_OTHER_TARGET', () => lay(facts({ product: 'holdfast-collector' }))],
    ['for another machine', 'UPGRADE_OTHER_TARGET', () => lay(facts({ platform: 'linux-arm64' }))],
    ['whose version climbs out of its folder', 'UPGRADE_UNREADABLE', () => lay(facts({ version: '../../../etc' }))],
    ['of a format to come', 'UPGRADE_UNREADABLE', () => lay(facts({ format: 2 }))],
    ['of a size that is none', 'UPGRADE_UNREADABLE', () => lay(facts({ sizeBytes: 2 ** 40 }))],
    ['without a sum', 'UPGRADE_UNREADABLE', () => lay(facts({ sha256: undefined }))],
    ['that is no JSON', 'UPGRADE_UNREADABLE', () => lay('x')],
    ['without a signature', 'UPGRADE_UNREADABLE', async () => {
      await lay(facts())
      await rm(`${tarball}.json.sig`)
    }],
    ['without a tarball', 'UPGRADE_UNREADABLE', async () => {
      await lay(facts())
      await rm(tarball)
    }],
  ])('%s is refused: %s', async (_, code, make) => {
    await make()
    await expect(verified()).rejects.toMatchObject({ code })
  })

  it('cannot be taken by a version that carries no key, or a key of another kind', async () => {
    await expect(readReleaseKey(join(folder, 'none'))).rejects.toMatchObject({ code: 'UPGRADE_NO_KEY' })
    await writeFile(join(folder, 'ec.pem'), generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'pem', type: 'spki' }))
    await expect(readReleaseKey(join(folder, 'ec.pem'))).rejects.toMatchObject({ code: 'UPGRADE_NO_KEY' })
  })
})

describe('versions', () => {
  it('are in the order of semantic versions', () => {
    const sorted = ['1.0.0-rc.1', '1.0.0-rc.2', '1.0.0-rc.10', '1.0.0', '1.0.1', '1.9.0', '1.10.0', '2.0.0']
    expect(sorted.toReversed().toSorted(compareVersions)).toEqual(sorted)
    expect(compareVersions('1.4.0', '1.4.0')).toBe(0)
  })

  it.each(['', '1.0', 'v1.0.0', '1.0.0/..', '1.0.0-', '..', '1.0.0 ', '1.0.0-a/b'])('"%s" is none', (text) => {
    expect(isVersion(text)).toBe(false)
  })
})
