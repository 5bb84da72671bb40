import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { protectUninstall, toWireTimestamp, wire } from '@holdfast/proto'
import { createUser } from 'nkeys.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveIdentity } from '../identity/identity-file.ts'
import { policyPath } from '../policy/policy-keeper.ts'
import { policyKeyId } from '../policy/verify.ts'
import { openSpool } from '../spool/spool.ts'
import { readCode } from './enrolment.ts'
import { spoolFolder } from './folders.ts'
import { permitUninstall, sayGoodbye } from './goodbye.ts'

const TOKEN = 'ABCD-EFGH-IJKL-MNOP'
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
const log = { debug() {}, info() {}, warn() {}, error() {} }
let folder: string

/** What the policy keeper leaves in the folder. */
async function keepPolicy(uninstall?: wire.UninstallProtection.$Properties): Promise<void> {
  const body = wire.AgentPolicy.encode({ organisation: 'acme', group: 'default', version: 3, issuedAt: toWireTimestamp(Date.now() - 1000), expiresAt: toWireTimestamp(Date.now() + 86_400_000), ...(uninstall === undefined ? {} : { uninstall }) }).finish()
  await writeFile(policyPath(folder), wire.SignedPolicy.encode({ body, signatures: [{ keyId: policyKeyId(raw), signature: sign(null, body, privateKey) }] }).finish(), { mode: 0o600 })
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-goodbye-'))
  const key = createUser()
  await saveIdentity(folder, {
    // Port 9 takes no connections.
    deviceId: 'd_own', group: 'default', organisation: 'acme', collectorUrl: 'https://localhost:9', natsServers: ['tls://127.0.0.1:9'], caPem: '-----BEGIN CERTIFICATE-----\n', policyKeys: [raw.toString('base64')],
    jwt: 'x.y.z', seed: new TextDecoder().decode(key.getSeed()), publicKey: key.getPublicKey(),
  })
})
afterEach(() => rm(folder, { recursive: true }))

describe('a removal', () => {
  it('needs no token where no policy, or one without a token, is kept', async () => {
    expect(await permitUninstall(folder, {})).toBe('not asked for')
    await keepPolicy()
    expect(await permitUninstall(folder, {})).toBe('not asked for')
  })

  it('needs the token of the policy, from the environment or a file', async () => {
    await keepPolicy(protectUninstall(TOKEN))
    await expect(permitUninstall(folder, {})).rejects.toMatchObject({ code: 'UNINSTALL_TOKEN_NEEDED' })
    await expect(permitUninstall(folder, { HOLDFAST_UNINSTALL_TOKEN: 'another' })).rejects.toMatchObject({ code: 'UNINSTALL_TOKEN_NEEDED' })
    await expect(permitUninstall(folder, { HOLDFAST_UNINSTALL_TOKEN_FILE: join(folder, 'none') })).rejects.toMatchObject({ code: 'UNINSTALL_TOKEN_NEEDED' })
    expect(await permitUninstall(folder, { HOLDFAST_UNINSTALL_TOKEN: TOKEN })).toBe('given')
    await writeFile(join(folder, 'token'), `${TOKEN}\n`)
    expect(await permitUninstall(folder, { HOLDFAST_UNINSTALL_TOKEN_FILE: join(folder, 'token') })).toBe('given')
  })

  it('leaves its last words in the spool when the collector cannot be reached, and says that it could not', async () => {
    expect(await sayGoodbye(folder, {}, 50)).toBe(false)
    const spool = await openSpool({ folder: spoolFolder(folder), maxBytes: 2 ** 30, now: Date.now, log })
    const run = await spool.read(1, { maxActivities: 10, maxBytes: 1 << 20 })
    await spool.close()
    const words = (run?.activities ?? []).map((bytes) => wire.Activity.decode(bytes))
    expect(words.map(({ agentTampered, agentStopped }) => agentTampered?.what ?? agentStopped?.reason)).toEqual(['the agent was uninstalled', 'uninstalled'])
  })

  it('with the token is no tampering', async () => {
    await keepPolicy(protectUninstall(TOKEN))
    await sayGoodbye(folder, { HOLDFAST_UNINSTALL_TOKEN: TOKEN }, 50)
    const spool = await openSpool({ folder: spoolFolder(folder), maxBytes: 2 ** 30, now: Date.now, log })
    expect(spool.figures().lastSeq).toBe(1)
    await spool.close()
  })
})

describe('the enrolment code', () => {
  it('comes from the flag, a file or the environment, and from one of them only', async () => {
    await writeFile(join(folder, 'code'), 'HF1-FILE\n')
    expect(await readCode({ code: 'HF1-FLAG' }, { HOLDFAST_ENROLMENT_CODE: 'HF1-ENV' })).toBe('HF1-FLAG')
    expect(await readCode({ codeFile: join(folder, 'code') }, {})).toBe('HF1-FILE')
    expect(await readCode({}, { HOLDFAST_ENROLMENT_CODE: 'HF1-ENV' })).toBe('HF1-ENV')
    for (const wrong of [{}, { code: 'a', codeFile: 'b' }, { codeFile: join(folder, 'none') }]) await expect(readCode(wrong, {})).rejects.toMatchObject({ code: 'COMMAND_USE' })
  })
})
