import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readOffer } from './offer.ts'
import { writeProbation, writeResult } from './probation.ts'
import { createUpgrader, type Upgrader } from './upgrader.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const PIECE = 1000
let root: string
let folder: string
let home: string
let ran: (readonly string[])[]
let outcome: string | undefined
let ending: AbortController

const content = Buffer.alloc(10_500, 'release')
function release(version: string, over: Readonly<Record<string, unknown>> = {}, key = privateKey): wire.UpgradeOrder.$Properties {
  const descriptor = Buffer.from(JSON.stringify({ format: 1, product: 'holdfast-agent', version, platform: 'linux-x64', file: 'x', sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex'), ...over }))
  return { offer: 4, descriptor, signature: sign(null, descriptor, key) }
}
const open = (version = '1.0.0', over: Partial<Parameters<typeof createUpgrader>[0]> = {}): Promise<Upgrader> =>
  createUpgrader({ folder, home, version, elevated: true, platform: 'linux-x64', runUpgrade: async (options) => (ran.push(options), outcome), onChange() {}, log: { info() {}, warn() {} }, ...over })

/** The collector's side: pieces of a content, and what was asked for. */
function link(bytes: Buffer, asked: number[] = []) {
  return {
    quiet: true, asked,
    async request(data: Uint8Array) {
      const { offset } = wire.PackageRequest.decode(data)
      asked.push(offset)
      return wire.PackagePiece.encode({ data: bytes.subarray(offset, offset + PIECE) }).finish()
    },
  }
}
async function until(found: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await found()); tries += 1) {
    if (tries > 500) throw new Error('it did not come')
    await sleep(10)
  }
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-upgrader-'))
  ;[folder, home, ran, outcome, ending] = [join(root, 'agent'), join(root, 'home'), [], undefined, new AbortController()]
  await mkdir(folder, { recursive: true })
  await mkdir(join(home, 'versions/1.0.0'), { recursive: true })
  await writeFile(join(home, 'versions/1.0.0/release-key.pem'), publicKey.export({ format: 'pem', type: 'spki' }))
})
afterEach(async () => {
  ending.abort()
  await rm(root, { recursive: true, force: true })
})

describe('a release that is offered', () => {
  it('is fetched piece by piece, compared with what was signed, and handed on with its proof', async () => {
    const upgrader = await open()
    expect(await upgrader.order('up_1', release('1.1.0'))).toBe('taken')
    expect(await upgrader.state()).toMatchObject({ platform: 'linux-x64', unable: '', offer: 4, state: 'fetching', receivedBytes: 0 })
    const one = link(content)
    void upgrader.fetch(one, ending.signal)
    await until(() => ran.length === 1)
    expect(one.asked).toEqual(Array.from({ length: 11 }, (_, index) => index * PIECE))
    const path = ran[0]?.[1] ?? ''
    expect(await readFile(path)).toEqual(content)
    expect(await readFile(`${path}.json`)).toEqual(release('1.1.0').descriptor)
    expect((await upgrader.state()).state).toBe('installing')
  })

  it('goes on where it stopped, over another connection and after a restart', async () => {
    const upgrader = await open()
    await upgrader.order('up_1', release('1.1.0'))
    const cut = new AbortController()
    const first = link(content)
    const request = first.request.bind(first)
    void upgrader.fetch({ ...first, quiet: true, request: async (data) => {
      if (first.asked.length === 4) cut.abort()
      return request(data)
    } }, cut.signal)
    await until(() => cut.signal.aborted)
    await sleep(50)
    const again = await open()
    expect(Number((await again.state()).receivedBytes)).toBeGreaterThanOrEqual(4 * PIECE)
    const second = link(content)
    void again.fetch(second, ending.signal)
    await until(() => ran.length === 1)
    expect(second.asked[0]).toBeGreaterThanOrEqual(4 * PIECE)
    expect(await readFile(ran[0]?.[1] ?? '')).toEqual(content)
  })

  it('of which other bytes come is fetched once more, and then refused', async () => {
    const upgrader = await open()
    await upgrader.order('up_1', release('1.1.0'))
    const other = link(Buffer.alloc(content.length, 'other'))
    void upgrader.fetch(other, ending.signal)
    await until(async () => (await upgrader.state()).state === 'refused')
    expect(await upgrader.state()).toMatchObject({ reason: 'UPGRADE_SIGNATURE', offer: 4 })
    expect(other.asked.filter((offset) => offset === 0)).toHaveLength(2)
    expect(ran).toEqual([])
    expect(existsSync(join(folder, 'upgrade/release.tar.gz'))).toBe(false)
  })

  it.each([
    ['signed by another key', () => release('1.1.0', {}, generateKeyPairSync('ed25519').privateKey), 'UPGRADE_SIGNATURE'],
    ['altered after it was signed', () => ({ ...release('1.1.0'), descriptor: Buffer.from('{"format":1}') }), 'UPGRADE_SIGNATURE'],
    ['for another machine', () => release('1.1.0', { platform: 'linux-arm64' }), 'UPGRADE_OTHER_TARGET'],
    ['older than what runs', () => release('0.9.0'), 'UPGRADE_NOT_NEWER'],
    ['another program', () => release('1.1.0', { product: 'holdfast-collector' }), 'UPGRADE_OTHER_TARGET'],
  ])('is refused before a byte is asked for when it is %s', async (_name, make, reason) => {
    const upgrader = await open()
    expect(await upgrader.order('up_1', make())).toBe(reason)
    expect(await upgrader.state()).toMatchObject({ offer: 4, state: 'refused', reason })
    const one = link(content)
    void upgrader.fetch(one, ending.signal)
    await sleep(50)
    expect([one.asked, ran]).toEqual([[], []])
  })

  it('is done once: an order that comes again is answered from the disk, also after a restart', async () => {
    const upgrader = await open()
    await upgrader.order('up_1', release('1.1.0'))
    const before = await readOffer(folder)
    const again = await open()
    expect(await again.order('up_1', release('1.1.0'))).toBe('taken')
    expect(await readOffer(folder)).toEqual(before)
  })

  it('that the command refuses is reported with its code', async () => {
    outcome = 'UPGRADE_UNREADABLE'
    const upgrader = await open()
    await upgrader.order('up_1', release('1.1.0'))
    void upgrader.fetch(link(content), ending.signal)
    await until(async () => (await upgrader.state()).state === 'refused')
    expect((await upgrader.state()).reason).toBe('UPGRADE_UNREADABLE')
  })

  it('waits while another is on probation', async () => {
    const upgrader = await open()
    await writeProbation(folder, { from: '0.9.0', to: '1.0.0', untilMs: Date.now() + 60_000, connected: true, blind: 0, policyVersion: 1 })
    expect(await upgrader.order('up_1', release('1.1.0'))).toBe('busy')
  })

  it('is nothing for a device that cannot, and its heartbeat says why', async () => {
    for (const [over, unable] of [[{ home: undefined }, 'NOT_INSTALLED'], [{ elevated: false }, 'NOT_ROOT'], [{ platform: 'darwin-arm64' }, 'PLATFORM']] as const) {
      const upgrader = await open('1.0.0', over)
      expect((await upgrader.state()).unable).toBe(unable)
      expect(await upgrader.order('up_1', release('1.1.0'))).toBe('UPGRADE_NO_KEY')
    }
  })
})

describe('what became of it', () => {
  const installed = async (): Promise<void> => {
    const upgrader = await open()
    await upgrader.order('up_1', release('1.1.0'))
    void upgrader.fetch(link(content), ending.signal)
    await until(() => ran.length === 1)
  }
  it('is told by whichever version runs: on probation, then confirmed', async () => {
    await installed()
    await writeProbation(folder, { from: '1.0.0', to: '1.1.0', untilMs: Date.now() + 60_000, connected: true, blind: 0, policyVersion: 1 })
    const next = await open('1.1.0')
    expect(await next.state()).toMatchObject({ offer: 4, state: 'probation' })
    await writeResult(folder, { result: 'confirmed', from: '1.0.0', to: '1.1.0', at: new Date().toISOString() })
    expect(await next.state()).toMatchObject({ offer: 4, state: 'confirmed', reason: '' })
    await until(() => !existsSync(join(folder, 'upgrade/release.tar.gz')))
  })
  it('is told by the version before when it runs again', async () => {
    await installed()
    await writeResult(folder, { result: 'returned', from: '1.0.0', to: '1.1.0', reason: 'not running', at: new Date().toISOString() })
    expect(await (await open()).state()).toMatchObject({ state: 'returned', reason: 'RETURNED_NOT_RUNNING' })
  })
  it('is taken up again when a loss of power came between, and ends after a few tries', async () => {
    await installed()
    for (let tries = 2; tries <= 3; tries += 1) {
      await open()
      await until(() => ran.length === tries)
    }
    const last = await open()
    await until(async () => (await last.state()).state === 'refused')
    expect((await last.state()).reason).toBe('UPGRADE_CUT_OFF')
  })
})

describe('an order to leave a version', () => {
  it('goes back to the one beside it, and only from that version', async () => {
    const upgrader = await open('1.0.0')
    expect(await upgrader.order('up_2', { offer: 5, leave: '1.1.0' })).toBe('runs')
    expect(ran).toEqual([])
    expect(await upgrader.order('up_3', { offer: 5, leave: '1.0.0' })).toBe('taken')
    await until(() => ran.length === 1)
    expect(ran).toEqual([['--back']])
  })
  it('lets go of a release that is still being fetched', async () => {
    const upgrader = await open()
    await upgrader.order('up_1', release('1.1.0'))
    expect(await upgrader.order('up_2', { offer: 5, leave: '1.1.0' })).toBe('runs')
    expect(await upgrader.state()).toMatchObject({ offer: 5, state: 'refused', reason: 'WITHDRAWN' })
    const one = link(content)
    void upgrader.fetch(one, ending.signal)
    await sleep(50)
    expect(one.asked).toEqual([])
  })
})
