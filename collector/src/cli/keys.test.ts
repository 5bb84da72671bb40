import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSession } from '../access/sessions.ts'
import { caPin } from '../bus/pki.ts'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { buildAccount, buildDevice } from '../testing/builders.ts'
import { initialise } from './init.ts'
import { loadInstallation, pathsOf } from './installation.ts'
import { listKeys, rotate } from './keys.ts'
import { identityOf } from './process-identity.ts'
import { rotationState, stepAuthority, stepPolicyKey } from './signing.ts'

let root: string
let dir: string
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-keys-'))
  dir = join(root, 'data')
  await initialise({ dir, organisation: 'example', names: [] })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const inStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
  const store = await openSqliteStore({ path: pathsOf(dir).database })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
const turn = (kind: Parameters<typeof rotate>[1], over: Partial<Parameters<typeof rotate>[2]> = {}) => rotate(dir, kind, { dryRun: false, force: false, ...over })
const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: { readonly code?: string }) => error.code ?? 'no code')
const actions = () => inStore(async (store) => (await store.auditEntries({ limit: 50, action: 'key.rotated' })).items.map(({ targetId, detail }) => `${targetId} ${(JSON.parse(detail) as { readonly step?: string }).step ?? ''}`.trim()).toReversed())

describe('the key that signs policies', { timeout: 60_000 }, () => {
  it('is changed in three steps, of which each names the keys that devices trust and that sign', async () => {
    const before = loadInstallation(dir).signer
    expect([before.cosigners.length, before.trust]).toEqual([0, undefined])
    await turn('policy', { step: 'announce' })
    const announced = loadInstallation(dir).signer
    expect([announced.key.equals(before.key), announced.cosigners.length, announced.trust?.policyKeys?.length, announced.trust?.authorities?.length]).toEqual([true, 1, 2, 1])
    await turn('policy', { step: 'switch' })
    const switched = loadInstallation(dir).signer
    expect([switched.key.equals(announced.cosigners[0] ?? before.key), switched.cosigners[0]?.equals(before.key), switched.trust?.policyKeys?.length]).toEqual([true, true, 2])
    await turn('policy', { step: 'retire' })
    const retired = loadInstallation(dir)
    expect([retired.signer.key.equals(switched.key), retired.signer.cosigners.length, retired.signer.trust?.policyKeys?.length]).toEqual([true, 0, 1])
    // What seals secrets and signs bundles stays.
    expect(retired.policyKey.equals(before.key)).toBe(true)
    expect(statSync(join(dir, 'keys', 'signing.pem')).mode & 0o777).toBe(0o600)
    expect(await actions()).toEqual(['policy announce', 'policy switch', 'policy retire'])
  })

  it('refuses a step out of order, a running collector, and to leave a device behind without being told to', async () => {
    expect(await codeOf(turn('policy', { step: 'switch' }))).toBe('KEY_ROTATION_REFUSED')
    expect(await codeOf(turn('policy'))).toBe('CONFIG_INVALID')
    expect(await codeOf(turn('evidence', { step: 'switch' }))).toBe('CONFIG_INVALID')
    await turn('policy', { step: 'announce' })
    await inStore((store) => store.write((tx) => tx.saveDevice(buildDevice({ id: 'd_away' }))))
    expect(await turn('policy', { step: 'switch', dryRun: true })).toMatchObject({ done: false, behind: ['d_away'] })
    expect(await codeOf(turn('policy', { step: 'switch' }))).toBe('KEY_ROTATION_REFUSED')
    expect(rotationState(dir).policy).toBe('announced')
    const { run, runFile } = pathsOf(dir)
    mkdirSync(run, { recursive: true })
    writeFileSync(runFile, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid), url: 'https://127.0.0.1:1' }))
    expect(await codeOf(turn('policy', { step: 'switch', force: true }))).toBe('KEY_ROTATION_REFUSED')
    rmSync(runFile)
    expect(await turn('policy', { step: 'switch', force: true })).toMatchObject({ done: true, behind: ['d_away'] })
  })

  it('goes on from where a crash cut a switch short', () => {
    stepPolicyKey(dir, 'announce')
    const next = loadInstallation(dir).signer.cosigners[0]
    writeFileSync(join(dir, 'keys', 'signing-old.pem'), readFileSync(join(dir, 'keys', 'policy.pem')))
    stepPolicyKey(dir, 'switch')
    expect(next === undefined ? false : loadInstallation(dir).signer.key.equals(next)).toBe(true)
  })
})

describe('other keys', { timeout: 60_000 }, () => {
  it('of the authority: the next one is told, then vouches, and the earlier one goes; server certificates are made anew', async () => {
    const first = caPin(loadInstallation(dir).authority.certificatePem)
    await turn('authority', { step: 'announce' })
    expect(loadInstallation(dir).signer.trust?.authorities).toHaveLength(2)
    await turn('authority', { step: 'switch' })
    const { authority, signer } = loadInstallation(dir)
    expect(caPin(authority.certificatePem)).not.toBe(first)
    expect((signer.trust?.authorities ?? []).map((pem) => caPin(pem))).toEqual([caPin(authority.certificatePem), first])
    await turn('authority', { step: 'retire' })
    expect(loadInstallation(dir).signer.trust?.authorities).toHaveLength(1)
    expect(existsSync(join(dir, 'tls'))).toBe(false)
  })

  it('of the authority, where a crash came between the two files of a switch', async () => {
    await stepAuthority(dir, 'example', 'announce', Date.now())
    const next = caPin(readFileSync(join(dir, 'ca', 'next.pem'), 'utf8'))
    renameSync(join(dir, 'ca', 'next-key.pem'), join(dir, 'ca', 'ca-key.pem'))
    await stepAuthority(dir, 'example', 'switch', Date.now())
    expect(caPin(loadInstallation(dir).authority.certificatePem)).toBe(next)
  })

  it('of evidence: what was sealed for the earlier one still opens', async () => {
    const before = loadInstallation(dir).evidenceKeys
    await turn('evidence')
    const after = loadInstallation(dir).evidenceKeys
    expect([after.keyId === before.keyId, after.privateKeys.has(before.keyId), after.privateKeys.size]).toEqual([false, true, 2])
  })

  it('of sessions and the bus: everybody signs in again, and the collector has another key under the same account', async () => {
    await inStore((store) => store.write(async (tx) => {
      await tx.saveAccount(buildAccount())
      await openSession(tx, buildAccount(), { address: '127.0.0.1', userAgent: 'test' }, Date.now())
    }))
    const before = loadInstallation(dir).keyring
    await turn('sessions')
    await turn('bus-user')
    expect(await inStore((store) => store.sessionsOf(buildAccount().id))).toEqual([])
    const after = loadInstallation(dir).keyring
    expect([after.collector.publicKey === before.collector.publicKey, after.account.publicKey === before.account.publicKey]).toEqual([false, true])
  })

  it('are listed without a secret, and those that cannot be changed yet say so', () => {
    const rows = listKeys(dir)
    const { keyring } = loadInstallation(dir)
    for (const { seed } of Object.values(keyring)) expect(JSON.stringify(rows).includes(seed)).toBe(false)
    expect(rows.filter(({ how }) => how.startsWith('cannot be changed yet')).map(({ name }) => name)).toEqual(['installation', 'account', 'operator'])
  })
})
