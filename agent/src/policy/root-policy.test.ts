// The keeper under a root of trust: how many must sign, what a new epoch puts out of force, and what stays through it all.
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT_CONTEXT, toWireTimestamp, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { policyKeyId } from '../identity/signatures.ts'
import { createTestAuthority } from '../identity/test-authority.ts'
import { createPolicyKeeper, type Trusted } from './policy-keeper.ts'
import type { Target } from './verify.ts'

const make = (): KeyObject => generateKeyPairSync('ed25519').privateKey
const rawOf = (key: KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32)
const textOf = (key: KeyObject): string => rawOf(key).toString('base64')
const [alice, bob, online, later] = [make(), make(), make(), make()]
const { caPem } = createTestAuthority('keeper')
const signatures = (body: Uint8Array, keys: readonly KeyObject[], context = '') => keys.map((key) => ({ keyId: policyKeyId(rawOf(key)), signature: sign(null, Buffer.concat([Buffer.from(context), body]), key) }))

function root(version: number, policyKeys: readonly KeyObject[], policyThreshold: number, policyEpoch: number, signers: readonly KeyObject[] = [alice, bob, ...(version === 1 ? [online] : [])]): Uint8Array {
  const body = wire.TrustRoot.encode({ organisation: 'acme', version, issuedAt: toWireTimestamp(Date.now()), rootKeys: [rawOf(alice), rawOf(bob)], rootThreshold: 2, policyKeys: policyKeys.map(rawOf), policyThreshold, policyEpoch, authorities: [caPem] }).finish()
  return wire.SignedRoot.encode({ body, signatures: signatures(body, signers, ROOT_CONTEXT) }).finish()
}
function policy(version: number, keys: readonly KeyObject[], roots: readonly Uint8Array[] = [], change: wire.AgentPolicy.$Properties = {}): Uint8Array {
  const body = wire.AgentPolicy.encode({ organisation: 'acme', group: 'default', version, issuedAt: toWireTimestamp(Date.now() - 1000), expiresAt: toWireTimestamp(Date.now() + 86_400_000), files: { enabled: true, roots: [`/v${version}`], kinds: ['file_copied'] }, ...change }).finish()
  return wire.SignedPolicy.encode({ body, signatures: signatures(body, keys), roots: [...roots] }).finish()
}

let folder: string
let identity: Target & { group: string }
let failing: boolean
const open = () => createPolicyKeeper({
  folder, identity, now: Date.now,
  apply: async () => {
    if (failing) throw new Error('a sensor cannot')
  },
  keepTrust: async ({ policyKeys, root: text, earlierPolicyKeys = [] }: Trusted) => void (identity = { ...identity, policyKeys, earlierPolicyKeys, ...(text === undefined ? {} : { root: text }) }),
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-root-policy-'))
  identity = { deviceId: 'd_1', organisation: 'acme', group: 'default', policyKeys: [textOf(online)] }
  failing = false
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const under = { rootVersion: 1 }
const first = [root(1, [online], 1, 0)]

describe('a threshold of signatures', () => {
  const chain = [root(1, [online, bob], 2, 0)]

  it('takes as many different keys as the root says', async () => {
    const keeper = await open()
    expect(await keeper.consider(policy(1, [online], chain, under))).toMatchObject({ kind: 'refused', code: 'POLICY_TOO_FEW_SIGNATURES' })
    expect(await keeper.consider(policy(1, [online, online], chain, under))).toMatchObject({ kind: 'refused', code: 'POLICY_TOO_FEW_SIGNATURES' })
    expect(await keeper.consider(policy(1, [online, later], chain, under))).toMatchObject({ kind: 'refused', code: 'POLICY_TOO_FEW_SIGNATURES' })
    expect(await keeper.consider(policy(1, [later], chain, under))).toMatchObject({ kind: 'refused', code: 'POLICY_WRONG_KEY' })
    expect((await keeper.consider(policy(1, [online, bob], chain, under))).kind).toBe('applied')
    expect((await open()).running().version).toBe(1)
  })
})

describe('another root', () => {
  it('with a new epoch begins versions anew, also below the highest there is, and nothing of before runs again', async () => {
    const keeper = await open()
    await keeper.consider(policy(5, [online], first, under))
    const forward = policy(Number.MAX_SAFE_INTEGER, [online], first, under)
    expect((await keeper.consider(forward)).kind).toBe('applied')
    expect(await keeper.consider(policy(6, [online], first, under))).toMatchObject({ code: 'POLICY_OLDER' })
    // The key stays in this root: it is the epoch that tells them apart.
    const chain = [...first, root(2, [online, later], 1, 1)]
    expect((await keeper.consider(policy(7, [later], chain, { rootVersion: 2, epoch: 1 }))).kind).toBe('applied')
    expect(await keeper.consider(forward)).toMatchObject({ kind: 'refused', code: 'POLICY_OLDER' })
    expect(await keeper.consider(policy(6, [later], chain, { rootVersion: 2, epoch: 1 }))).toMatchObject({ kind: 'refused', code: 'POLICY_OLDER' })
    expect(await keeper.consider(policy(8, [online], chain, { rootVersion: 2, epoch: 2 }))).toMatchObject({ kind: 'refused', code: 'POLICY_ROOT_REFUSED' })
    expect((await open()).running().version).toBe(7)
  })

  it('is kept whatever becomes of the policy that brought it, and the kept policy of before runs on, also after a restart', async () => {
    const keeper = await open()
    await keeper.consider(policy(5, [online], first, under))
    failing = true
    const chain = [...first, root(2, [later], 1, 1)]
    expect(await keeper.consider(policy(6, [later], chain, { rootVersion: 2, epoch: 1 }))).toMatchObject({ kind: 'refused', code: 'POLICY_INVALID' })
    failing = false
    expect(identity.policyKeys).toEqual([textOf(later)])
    expect(identity.earlierPolicyKeys).toEqual([textOf(online)])
    const again = await open()
    expect(again.running()).toMatchObject({ version: 5 })
    expect(again.refused()).toBeUndefined()
    // What the earlier key signs anew is not taken.
    expect(await again.consider(policy(9, [online], chain, under))).toMatchObject({ kind: 'refused', code: 'POLICY_WRONG_KEY' })
    expect((await again.consider(policy(7, [later], chain, { rootVersion: 2, epoch: 1 }))).kind).toBe('applied')
    expect(identity.earlierPolicyKeys).toEqual([])
    expect((await open()).running().version).toBe(7)
  })

  it('of somebody who has the policy key alone changes nothing', async () => {
    const keeper = await open()
    await keeper.consider(policy(5, [online], first, under))
    const before = identity
    expect(await keeper.consider(policy(6, [online], [...first, root(2, [later], 1, 3, [online])], under))).toMatchObject({ kind: 'refused', code: 'POLICY_ROOT_REFUSED' })
    expect((await keeper.consider(policy(6, [online], first, { ...under, trust: { policyKeys: [rawOf(later)], authorities: [caPem] } }))).kind).toBe('applied')
    expect(identity).toEqual(before)
    expect(await keeper.consider(policy(7, [later], first, under))).toMatchObject({ kind: 'refused', code: 'POLICY_WRONG_KEY' })
  })

  it('that a policy was made under and that did not come with it is asked for', async () => {
    expect(await (await open()).consider(policy(1, [online], [], under))).toMatchObject({ kind: 'refused', code: 'POLICY_ROOT_REFUSED' })
  })
})

describe('a device that is moved', () => {
  it('to another group after its trust has changed takes the policies of the new group', async () => {
    const moving = { ...identity }
    const keeper = await createPolicyKeeper({ folder, identity: moving, now: Date.now, apply: async () => {}, keepTrust: async () => {} })
    await keeper.consider(policy(1, [online], first, under))
    moving.group = 'servers'
    expect(await keeper.consider(policy(1, [online], first, { ...under, group: 'servers' }))).toMatchObject({ kind: 'applied' })
  })
})
