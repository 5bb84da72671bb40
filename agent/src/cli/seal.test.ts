import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createUser } from 'nkeys.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadIdentity, saveIdentity } from '../identity/identity-file.ts'
import { openSpool } from '../spool/spool.ts'
import { createLog } from './log.ts'
import { sealFolder } from './seal.ts'

let folder: string
let printed: string[]

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'holdfast-seal-')), 'agent')
  const key = createUser()
  await saveIdentity(folder, { deviceId: 'd_1', group: 'default', organisation: 'o', collectorUrl: 'https://localhost:1', natsServers: ['tls://localhost:1'], seed: new TextDecoder().decode(key.getSeed()), publicKey: key.getPublicKey(), jwt: 'a.b.c', caPem: '-----BEGIN CERTIFICATE-----', policyKeys: [] })
  printed = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text))
    return true
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(join(folder, '..'), { recursive: true, force: true })
})

async function spool(count: number): Promise<void> {
  const open = await openSpool({ folder: join(folder, 'spool'), maxBytes: 10_000_000, now: Date.now, log: createLog('error') })
  for (let n = 0; n < count; n += 1) await open.append(Uint8Array.of(1, 2, 3))
  await open.close()
}

describe('sealing an image', () => {
  it('is refused while something was not sent, and changes nothing then', async () => {
    await spool(3)
    await writeFile(join(folder, 'agent.yaml'), 'x: 1\n')
    await expect(sealFolder(folder, { discardUnsent: false, json: true })).rejects.toMatchObject({ code: 'SEAL_UNSENT', message: expect.stringContaining('3 activities') as string })
    expect((await loadIdentity(folder)).deviceId).toBe('d_1')
    await sealFolder(folder, { discardUnsent: true, json: true })
    expect(await readdir(folder)).toEqual(['agent.yaml'])
    expect(JSON.parse(printed.join(''))).toMatchObject({ sealed: 'd_1', discarded: 3, enrolsAtStart: false })
  })

  it('keeps how the next start enrols, and leaves no file that is not known to stay', async () => {
    await spool(0)
    for (const name of ['identity.pending', 'identity.dismissed', 'something-new']) await writeFile(join(folder, name), 'x')
    const code = `HF1-${'A'.repeat(26)}-${'B'.repeat(26)}`
    await sealFolder(folder, { discardUnsent: false, json: true, enrol: { collector: 'https://holdfast.example:8443', code } })
    expect(await readdir(folder)).toEqual(['enrolment'])
    expect(await readFile(join(folder, 'enrolment'), 'utf8')).toContain(`code=${code}\n`)
  })

  it('is refused where nothing is enrolled, and with a code that is none', async () => {
    await expect(sealFolder(folder, { discardUnsent: true, json: true, enrol: { collector: 'https://holdfast.example', code: 'nonsense' } })).rejects.toMatchObject({ code: 'ENROLMENT_CODE_INVALID' })
    await sealFolder(folder, { discardUnsent: true, json: true })
    await expect(sealFolder(folder, { discardUnsent: true, json: true })).rejects.toMatchObject({ code: 'NOT_ENROLLED' })
  })
})
