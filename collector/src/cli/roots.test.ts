// Roots of trust and signatures from outside, from making a key to a policy that has enough of them.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFleet } from '../fleet/fleet.ts'
import { publicText, signaturesMissing } from '../fleet/agent-policy.ts'
import { offerGroup, savePlan, takeBackRollout } from '../fleet/offers.ts'
import { defaultPlan } from '../domain/rollout/plan.ts'
import { saveSettings, settingsOf } from '../fleet/groups.ts'
import { decodeSignedRoot, signersOf } from '../fleet/trust-root.ts'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { buildDevice } from '../testing/builders.ts'
import { deliver, pendingPolicies } from './countersign.ts'
import { initialise } from './init.ts'
import { loadInstallation, pathsOf } from './installation.ts'
import { accept, deliverFile, makeHolderKey, propose } from './key-holders.ts'
import { listKeys, rotate } from './keys.ts'
import { lastRoot, readRoots } from './roots.ts'
import { describeFile, readPrivateKey, readSigningFile, signFile, writeSigningFile } from './signing-file.ts'

let root: string
let dir: string
let path: string
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-roots-'))
  dir = join(root, 'data')
  path = join(root, 'signing.json')
  await initialise({ dir, organisation: 'example', names: [] })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const holder = (name: string) => {
  const file = join(root, `${name}.pem`)
  return { file, publicKey: makeHolderKey(file) }
}
const sign = (...holders: readonly { readonly file: string }[]): void => holders.forEach(({ file }) => writeSigningFile(path, signFile(readSigningFile(path), readPrivateKey(file))))
const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: { readonly code?: string; readonly message: string }) => `${error.code} ${error.message}`)
const inStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
  const store = await openSqliteStore({ path: pathsOf(dir).database })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
const compile = (): Promise<void> => inStore(async (store) => {
  const { policyKey, signer, authority } = loadInstallation(dir)
  const fleet = createFleet({ store, policyKey, signer, organisation: 'example', caPem: authority.certificatePem, now: Date.now, log: { debug() {}, info() {}, warn() {}, error() {} } })
  await store.write((tx) => fleet.compilePolicies(tx))
})
const policyOf = (): Promise<{ readonly signed: Uint8Array; readonly policy: wire.AgentPolicy }> => inStore(async (store) => {
  const { signed } = (await store.agentPolicy('default')) ?? { signed: new Uint8Array() }
  return { signed, policy: wire.AgentPolicy.decode(wire.SignedPolicy.decode(signed).body) }
})

describe('a root of trust', { timeout: 60_000 }, () => {
  it('is kept when enough holders have signed it, with the signature of the key that devices believe, and stands in every policy', async () => {
    const [alice, bob, carol] = [holder('alice'), holder('bob'), holder('carol')]
    expect(statSync(alice.file).mode & 0o777).toBe(0o600)
    await propose(dir, path, { rootKeys: [alice, bob, carol].map(({ publicKey }) => publicKey), rootThreshold: 2, newEpoch: false })
    expect(describeFile(readSigningFile(path)).join('\n')).toContain('2 of 3 root keys sign the next one')
    sign(alice)
    expect(await codeOf(accept(dir, path))).toContain('1 more of its own root keys must sign')
    expect(lastRoot(dir)).toBeUndefined()
    sign(bob)
    expect(await accept(dir, path)).toMatchObject({ version: 1, epoch: 0, policyThreshold: 1 })
    expect(statSync(join(dir, 'keys', 'root-1.bin')).mode & 0o777).toBe(0o600)
    const { signer } = loadInstallation(dir)
    const { body, signatures } = decodeSignedRoot(readRoots(dir)[0] ?? new Uint8Array())
    expect(signersOf('root', body, signatures, [publicText(signer.key)])).toHaveLength(1)
    await compile()
    const { signed, policy } = await policyOf()
    expect([policy.rootVersion, policy.epoch, wire.SignedPolicy.decode(signed).roots.length]).toEqual([1, 0, 1])
    expect(listKeys(dir).find(({ name }) => name === 'root')?.state).toContain('version 1')
    expect(await inStore(async (store) => (await store.auditEntries({ limit: 5, action: 'key.root_accepted' })).items.length)).toBe(1)
  })

  it('is followed by one that the holders of the one before have signed, and by no other', async () => {
    const [alice, bob, mallory] = [holder('alice'), holder('bob'), holder('mallory')]
    await propose(dir, path, { rootKeys: [alice.publicKey, bob.publicKey], rootThreshold: 2, newEpoch: false })
    sign(alice, bob)
    await accept(dir, path)
    await propose(dir, path, { rootKeys: [mallory.publicKey], rootThreshold: 1, newEpoch: true })
    sign(mallory)
    expect(await codeOf(accept(dir, path))).toContain('2 more of the root keys of the root before it must sign')
    await propose(dir, path, { newEpoch: true })
    sign(alice)
    sign(alice)
    expect(readSigningFile(path).items[0]?.signatures).toHaveLength(1)
    expect(await codeOf(accept(dir, path))).toContain('1 more')
    sign(bob)
    expect(await accept(dir, path)).toMatchObject({ version: 2, epoch: 1 })
    expect(readRoots(dir)).toHaveLength(2)
  })

  it('names the key that signs policies and the authority of today, before either is changed', async () => {
    const alice = holder('alice')
    await propose(dir, path, { rootKeys: [alice.publicKey], newEpoch: false })
    sign(alice)
    await accept(dir, path)
    await rotate(dir, 'policy', { step: 'announce', dryRun: false, force: false })
    expect(await codeOf(rotate(dir, 'policy', { step: 'switch', dryRun: false, force: false }))).toContain('the root of trust does not name it')
    await propose(dir, path, { newEpoch: false })
    const stale = readFileSync(path, 'utf8')
    sign(alice)
    await accept(dir, path)
    await rotate(dir, 'policy', { step: 'switch', dryRun: false, force: false })
    expect(loadInstallation(dir).signer.root?.policyKeys).toHaveLength(2)
    writeFileSync(path, stale)
    sign(alice)
    expect(await codeOf(accept(dir, path))).toContain('the next one is 3')
    // A root that names keys of before alone would leave the collector without a voice.
    await rotate(dir, 'authority', { step: 'announce', dryRun: false, force: false })
    expect(await codeOf(rotate(dir, 'authority', { step: 'switch', dryRun: false, force: false }))).toContain('does not name it')
  })

  it('refuses what is no key, what nobody can meet, and a file that holds nothing to sign', async () => {
    const alice = holder('alice')
    expect(() => makeHolderKey(alice.file)).toThrow(/is there already/)
    expect(await codeOf(propose(dir, path, { newEpoch: false }))).toContain('--root-key')
    expect(await codeOf(propose(dir, path, { rootKeys: [alice.publicKey], rootThreshold: 2, newEpoch: false }))).toContain('2 of 1 root keys cannot sign')
    expect(await codeOf(propose(dir, path, { rootKeys: [alice.publicKey, alice.publicKey], newEpoch: false }))).toContain('different root keys')
    writeFileSync(path, '{}')
    expect(() => readSigningFile(path)).toThrow(/nothing to sign/)
    writeFileSync(join(root, 'no.pem'), 'no key')
    expect(() => readPrivateKey(join(root, 'no.pem'))).toThrow(/no private key/)
    expect(existsSync(join(dir, 'keys', 'root-1.bin'))).toBe(false)
  })
})

describe('policies that take a signature from outside', { timeout: 60_000 }, () => {
  it('wait until it is delivered, keep their body, and count each key once', async () => {
    const [alice, bob] = [holder('alice'), holder('bob')]
    await propose(dir, path, { rootKeys: [alice.publicKey], outsideKeys: [bob.publicKey], policyThreshold: 2, newEpoch: false })
    sign(alice)
    await accept(dir, path)
    await compile()
    const { signer } = loadInstallation(dir)
    const before = await policyOf()
    expect(signaturesMissing(before.signed, signer)).toBe(1)
    const file = await inStore((store) => pendingPolicies(store, signer))
    expect(file?.items.map(({ id }) => id)).toEqual([`group default v${before.policy.version}`])
    writeSigningFile(path, file ?? { format: 'holdfast-signing-1', purpose: 'policy', items: [] })
    expect(describeFile(readSigningFile(path)).join('\n')).toContain('"group": "default"')
    // Somebody whom the root does not name signs in vain.
    sign(alice)
    expect(await deliverFile(dir, path)).toMatchObject({ signed: 0, whole: 0 })
    sign(bob)
    expect(await deliverFile(dir, path)).toEqual({ signed: 1, whole: 1, gone: 0 })
    const after = await policyOf()
    expect(signaturesMissing(after.signed, signer)).toBe(0)
    expect(Buffer.from(wire.SignedPolicy.decode(after.signed).body).equals(Buffer.from(wire.SignedPolicy.decode(before.signed).body))).toBe(true)
    expect(await inStore((store) => pendingPolicies(store, signer))).toBeUndefined()
    expect(await inStore((store) => store.write((tx) => deliver(tx, signer, readSigningFile(path))))).toEqual({ signed: 0, whole: 0, gone: 1 })
  })
})

describe('a roll-out that is taken back after the key was changed', { timeout: 60_000 }, () => {
  it('brings back what was watched, and not who was trusted', async () => {
    await compile()
    await inStore((store) => store.write(async (tx) => {
      await tx.saveDevice(buildDevice({ id: 'd_1' }))
      await savePlan(tx, 'default', { ...defaultPlan, firstDevices: ['d_1'] })
    }))
    const input = () => ({ organisation: 'example', key: loadInstallation(dir).signer, nowMs: Date.now(), by: { id: 'a', name: 'a' } })
    const offered = await inStore((store) => store.write(async (tx) => {
      await saveSettings(tx, 'default', { ...(await settingsOf(tx, 'default')), heartbeatIntervalSecs: 7 })
      await offerGroup(tx, 'default', input())
      return (await tx.openRollouts('default'))[0]
    }))
    expect(offered?.state).toBe('active')
    for (const step of ['announce', 'switch', 'retire'] as const) await rotate(dir, 'policy', { step, dryRun: false, force: true })
    const { signer } = loadInstallation(dir)
    await inStore((store) => store.write((tx) => takeBackRollout(tx, offered?.id ?? '', input())))
    const back = await inStore((store) => store.rolloutRevision(offered?.id ?? '', 'back'))
    const { body, signatures } = wire.SignedPolicy.decode(back?.signed ?? new Uint8Array())
    const { trust, reporting } = wire.AgentPolicy.decode(body)
    expect((trust?.policyKeys ?? []).map((raw) => Buffer.from(raw).toString('base64'))).toEqual([publicText(signer.key)])
    expect(signersOf('policy', body, signatures.map(({ keyId, signature }) => ({ keyId: keyId ?? '', signature: signature ?? new Uint8Array() })), [publicText(signer.key)])).toHaveLength(1)
    expect(reporting?.heartbeatIntervalSecs).not.toBe(7)
  })
})
