import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MAX_POLICY_BYTES, toWireTimestamp, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyKeeper } from './contract.ts'
import { createPolicyKeeper, policyPath } from './policy-keeper.ts'
import { policyKeyId } from './verify.ts'

const NOW = Date.UTC(2026, 10, 24)
const DAY_MS = 86_400_000

function makeKey(): { readonly key: KeyObject; readonly raw: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { key: privateKey, raw: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32) }
}
const trusted = makeKey()
const identity = { deviceId: 'd_own', organisation: 'acme', group: 'default', policyKeys: [trusted.raw.toString('base64')] }

const buildPolicy = (change: wire.AgentPolicy.$Properties = {}): wire.AgentPolicy.$Properties => ({
  organisation: 'acme', group: 'default', version: 5, issuedAt: toWireTimestamp(NOW - DAY_MS), expiresAt: toWireTimestamp(NOW + 30 * DAY_MS), files: { enabled: true, roots: ['~', '/srv'], kinds: ['file_copied'] }, ...change,
})
function signed(policy: wire.AgentPolicy.$Properties, by: { readonly key: KeyObject; readonly raw: Buffer } = trusted): Uint8Array {
  const body = wire.AgentPolicy.encode(policy).finish()
  return wire.SignedPolicy.encode({ body, signatures: [{ keyId: policyKeyId(by.raw), signature: sign(null, body, by.key) }] }).finish()
}

let folder: string
let applied: wire.AgentPolicy.$Properties[]
let failing: (policy: wire.AgentPolicy.$Properties) => boolean
let clock: number

const open = (): Promise<PolicyKeeper> => createPolicyKeeper({
  folder, identity, now: () => clock,
  apply: async (policy) => {
    applied.push(policy)
    if (failing(policy)) throw new Error('the sensor said no')
  },
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-policy-'))
  applied = []
  failing = () => false
  clock = NOW
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a good policy', () => {
  it('is applied, kept for this account alone, and in force after a restart', async () => {
    const keeper = await open()
    expect(keeper.running()).toMatchObject({ version: 0, hash: '' })
    const bytes = signed(buildPolicy())
    expect(await keeper.consider(bytes)).toMatchObject({ kind: 'applied', running: { version: 5, appliedAtMs: NOW, expiresAtMs: NOW + 30 * DAY_MS } })
    expect(keeper.running().hash).toBe(createHash('sha256').update(wire.SignedPolicy.decode(bytes).body).digest('hex'))
    expect(applied).toHaveLength(1)
    expect((await stat(policyPath(folder))).mode & 0o777).toBe(0o600)
    const again = await open()
    expect(again.running()).toMatchObject({ version: 5, hash: keeper.running().hash })
    expect(again.refused()).toBeUndefined()
  })

  it('is told as received when it comes, and as verified when it is genuine and for this device', async () => {
    const keeper = await open()
    expect(keeper.seen()).toEqual({ receivedVersion: 0, verifiedVersion: 0 })
    await keeper.consider(signed(buildPolicy()))
    await keeper.consider(signed({ ...buildPolicy(), version: 7, group: 'another' }))
    expect(keeper.seen()).toEqual({ receivedVersion: 7, verifiedVersion: 5 })
  })

  it('that comes twice changes nothing the second time', async () => {
    const keeper = await open()
    await keeper.consider(signed(buildPolicy()))
    expect(await keeper.consider(signed(buildPolicy()))).toEqual({ kind: 'unchanged' })
    expect(applied).toHaveLength(1)
  })

  it('signed by two keys is believed when one of them is trusted', async () => {
    const body = wire.AgentPolicy.encode(buildPolicy()).finish()
    const other = makeKey()
    const signatures = [other, trusted].map(({ key, raw }) => ({ keyId: policyKeyId(raw), signature: sign(null, body, key) }))
    expect((await (await open()).consider(wire.SignedPolicy.encode({ body, signatures }).finish())).kind).toBe('applied')
  })

  it('may name kinds and features that this agent does not know', async () => {
    expect((await (await open()).consider(signed(buildPolicy({ files: { enabled: true, kinds: ['file_teleported'] }, securityFeatures: { features: ['firewall.new'] } })))).kind).toBe('applied')
  })

  it('takes its turn: policies that come together are considered one after the other', async () => {
    const keeper = await open()
    const verdicts = await Promise.all([7, 6, 8].map((version) => keeper.consider(signed(buildPolicy({ version })))))
    expect(verdicts.map((verdict) => (verdict.kind === 'refused' ? verdict.code : verdict.kind))).toEqual(['applied', 'POLICY_OLDER', 'applied'])
    expect(keeper.running().version).toBe(8)
  })
})

const unsigned = (): Uint8Array => wire.SignedPolicy.encode({ body: wire.AgentPolicy.encode(buildPolicy()).finish() }).finish()
const withBody = (body: Uint8Array): Uint8Array => wire.SignedPolicy.encode({ body, signatures: [{ keyId: policyKeyId(trusted.raw), signature: sign(null, body, trusted.key) }] }).finish()
const content = (change: wire.AgentPolicy.$Properties): (() => Uint8Array) => () => signed(buildPolicy({ version: 6, ...change }))

describe('a policy that must not run', () => {
  it.each<readonly [string, string, () => Uint8Array]>([
    ['larger than the limit', 'POLICY_TOO_LARGE', () => new Uint8Array(MAX_POLICY_BYTES + 1)],
    ['no protobuf', 'POLICY_UNREADABLE', () => Uint8Array.from([0x0a, 0xff, 0x01])],
    ['empty', 'POLICY_UNSIGNED', () => new Uint8Array()],
    ['unsigned', 'POLICY_UNSIGNED', unsigned],
    ['signed by a stranger', 'POLICY_WRONG_KEY', () => signed(buildPolicy(), makeKey())],
    ['signed, but no policy', 'POLICY_UNREADABLE', () => withBody(Uint8Array.from([0x0a, 0x7f, 0x01]))],
    ['for another group', 'POLICY_OTHER_TARGET', content({ group: 'servers' })],
    ['for another device', 'POLICY_OTHER_DEVICE', content({ device: 'd_other' })],
    ['for a device whose name only begins like this one', 'POLICY_OTHER_DEVICE', content({ device: 'd_own2' })],
    ['for this device of another group', 'POLICY_OTHER_TARGET', content({ device: 'd_own', group: 'servers' })],
    ['for this device, but older', 'POLICY_OLDER', content({ device: 'd_own', version: 4 })],
    ['for this device, of the same version', 'POLICY_SAME_VERSION', content({ device: 'd_own', version: 5 })],
    ['for another organisation', 'POLICY_OTHER_FLEET', content({ organisation: 'other' })],
    ['expired', 'POLICY_EXPIRED', content({ issuedAt: toWireTimestamp(NOW - 2 * DAY_MS), expiresAt: toWireTimestamp(NOW) })],
    ['without an end', 'POLICY_INVALID', content({ expiresAt: null })],
    ['older', 'POLICY_OLDER', content({ version: 4 })],
    ['of the same version with another body', 'POLICY_SAME_VERSION', content({ version: 5, removableMedia: { enabled: true } })],
    ['of version 0', 'POLICY_INVALID', content({ version: 0 })],
    ['of a version beyond safe numbers', 'POLICY_INVALID', content({ version: 2 ** 60 })],
    ['ending before it begins', 'POLICY_INVALID', content({ issuedAt: toWireTimestamp(NOW + 40 * DAY_MS) })],
    ['with a relative path', 'POLICY_INVALID', content({ files: { roots: ['srv'] } })],
    ['with a path that climbs', 'POLICY_INVALID', content({ files: { roots: ['/srv/../etc'] } })],
    ['with a control character in a path', 'POLICY_INVALID', content({ files: { removableRoots: ['/media\n'] } })],
    ['with an empty pattern', 'POLICY_INVALID', content({ files: { excludes: [''] } })],
    ['with too many roots', 'POLICY_INVALID', content({ files: { roots: Array.from({ length: 257 }, (_, index) => `/r${index}`) } })],
    ['with a hash limit beyond safe numbers', 'POLICY_INVALID', content({ files: { hashLimitBytes: 2 ** 60 } })],
    ['with a spool of a few bytes', 'POLICY_INVALID', content({ reporting: { spoolMaxBytes: 1000 } })],
    ['with a heartbeat once a day', 'POLICY_INVALID', content({ reporting: { heartbeatIntervalSecs: 86_400 } })],
    ['with a feature that is no name', 'POLICY_INVALID', content({ securityFeatures: { features: ['; rm -rf /'] } })],
  ])('%s: %s, and the last good one runs on', async (_, code, make) => {
    const keeper = await open()
    await keeper.consider(signed(buildPolicy()))
    const before = await readFile(policyPath(folder))
    expect(await keeper.consider(make())).toMatchObject({ kind: 'refused', code })
    expect(keeper.refused()?.code).toBe(code)
    expect(keeper.running().version).toBe(5)
    expect(applied).toHaveLength(1)
    expect(await readFile(policyPath(folder))).toEqual(before)
  })

  it('is forgotten as a refusal once another one is applied', async () => {
    const keeper = await open()
    await keeper.consider(unsigned())
    expect(keeper.refused()).toEqual({ version: 5, code: 'POLICY_UNSIGNED' })
    await keeper.consider(signed(buildPolicy()))
    expect(keeper.refused()).toBeUndefined()
  })

  it('because a sensor cannot carry it out, gives way to the last good one', async () => {
    const keeper = await open()
    await keeper.consider(signed(buildPolicy()))
    failing = ({ version }) => version === 6
    expect(await keeper.consider(signed(buildPolicy({ version: 6 })))).toMatchObject({ kind: 'refused', code: 'POLICY_INVALID', version: 6 })
    expect(applied.map(({ version }) => version)).toEqual([5, 6, 5])
    expect(keeper.running().version).toBe(5)
    expect((await open()).running().version).toBe(5)
  })

  it('because the disk cannot keep it, gives way to the last good one', async () => {
    const keeper = await open()
    await rm(folder, { recursive: true })
    await writeFile(folder, 'in the way')
    expect(await keeper.consider(signed(buildPolicy()))).toMatchObject({ kind: 'refused', code: 'POLICY_NOT_KEPT' })
    expect(keeper.running().version).toBe(0)
  })
})

describe('a policy for this device alone', () => {
  it('takes the place of the group’s, keeps it over a restart, and gives way to a later one of the group', async () => {
    const keeper = await open()
    await keeper.consider(signed(buildPolicy()))
    expect(await keeper.consider(signed(buildPolicy({ device: 'd_own', version: 6, files: { enabled: true, roots: ['~', '/srv', '/data'] } })))).toMatchObject({ kind: 'applied', running: { version: 6 } })
    const again = await open()
    expect(again.running().policy).toMatchObject({ device: 'd_own', files: { roots: ['~', '/srv', '/data'] } })
    expect(await again.consider(signed(buildPolicy({ version: 7 })))).toMatchObject({ kind: 'applied' })
    expect(again.running().policy.device ?? '').toBe('')
  })

  it('is not touched by an earlier one that its group is sent, and that is no refusal', async () => {
    const keeper = await open()
    await keeper.consider(signed(buildPolicy({ device: 'd_own', version: 6 })))
    expect(await keeper.consider(signed(buildPolicy()))).toEqual({ kind: 'unchanged' })
    expect(keeper.refused()).toBeUndefined()
    expect(keeper.running().version).toBe(6)
  })
})

describe('one flipped bit', () => {
  const policy = signed(buildPolicy({ files: { enabled: true, roots: ['~'] } }))
  const flips = Array.from({ length: policy.length * 8 }, (_, index) => Uint8Array.from(policy, (byte, at) => (at === index >> 3 ? byte ^ (1 << (index & 7)) : byte)))
  const refusals = ['POLICY_UNREADABLE', 'POLICY_UNSIGNED', 'POLICY_WRONG_KEY', 'POLICY_ROOT_REFUSED']

  it('anywhere in a policy that is sent makes it refused with its reason, and the good one still fits afterwards', async () => {
    const keeper = await open()
    const verdicts = await Promise.all(flips.map((bytes) => keeper.consider(bytes)))
    for (const verdict of verdicts) expect(verdict).toMatchObject({ kind: 'refused', code: expect.toBeOneOf(refusals) })
    expect(applied).toEqual([])
    expect((await keeper.consider(policy)).kind).toBe('applied')
  })

  it('anywhere in the policy that is kept makes the built-in one run, and says why', async () => {
    for (const bytes of flips.filter((_, index) => index % 5 === 0)) {
      await writeFile(policyPath(folder), bytes)
      const keeper = await open()
      expect(keeper.running().version).toBe(0)
      expect(keeper.refused()?.code).toBeOneOf(refusals)
    }
  })
})

describe('age', () => {
  it('does not stop a policy that was good when it came, also over a restart', async () => {
    await (await open()).consider(signed(buildPolicy()))
    clock = NOW + 60 * DAY_MS
    expect((await open()).running()).toMatchObject({ version: 5, expiresAtMs: NOW + 30 * DAY_MS })
  })
})

describe('a policy that says whom to trust next', () => {
  const next = makeKey()
  const PEM = `-----BEGIN CERTIFICATE-----\n${'A'.repeat(200)}\n-----END CERTIFICATE-----\n`
  const trust = (...keys: readonly { readonly raw: Buffer }[]): wire.Trust.$Properties => ({ policyKeys: keys.map(({ raw }) => raw), authorities: [PEM] })
  let kept: { readonly policyKeys: readonly string[]; readonly authorities: readonly string[] }[]
  const keeping = (fails: () => boolean = () => false): Promise<PolicyKeeper> => {
    kept = []
    return createPolicyKeeper({
      folder, identity: { ...identity, policyKeys: kept.at(-1)?.policyKeys ?? identity.policyKeys }, now: () => clock, apply: async () => {},
      keepTrust: async (what) => {
        if (fails()) throw new Error('the disk is full')
        kept.push(what)
      },
    })
  }
  const namesOf = (...keys: readonly { readonly raw: Buffer }[]): readonly string[] => keys.map(({ raw }) => raw.toString('base64'))

  it('is believed from a key that is trusted, and then the next key signs alone', async () => {
    const keeper = await keeping()
    expect((await keeper.consider(signed(buildPolicy({ version: 6 }), next))).kind).toBe('refused')
    expect((await keeper.consider(signed(buildPolicy({ version: 6, trust: trust(trusted, next) })))).kind).toBe('applied')
    expect(kept).toEqual([{ policyKeys: namesOf(trusted, next), authorities: [PEM] }])
    expect((await keeper.consider(signed(buildPolicy({ version: 7, trust: trust(next) }), next))).kind).toBe('applied')
    // Added before, dropped after: a crash in between leaves a device that trusts what it kept.
    expect(kept.slice(1).map(({ policyKeys }) => policyKeys)).toEqual([namesOf(trusted, next), namesOf(next)])
    expect(await keeper.consider(signed(buildPolicy({ version: 8 })))).toMatchObject({ kind: 'refused', code: 'POLICY_WRONG_KEY' })
  })

  it('is refused when it would leave nobody to trust, or is no key and no certificate', async () => {
    const keeper = await keeping()
    for (const bad of [{ policyKeys: [], authorities: [PEM] }, { policyKeys: [trusted.raw], authorities: [] }, { policyKeys: [Buffer.alloc(31)], authorities: [PEM] }, { policyKeys: [trusted.raw], authorities: ['no certificate'] }]) expect(await keeper.consider(signed(buildPolicy({ version: 9, trust: bad })))).toMatchObject({ kind: 'refused', code: 'POLICY_INVALID' })
    expect(kept).toEqual([])
  })

  it('is not in force when what it says cannot be kept', async () => {
    const keeper = await keeping(() => true)
    expect(await keeper.consider(signed(buildPolicy({ version: 6, trust: trust(trusted, next) })))).toMatchObject({ kind: 'refused', code: 'POLICY_NOT_KEPT' })
    expect(keeper.running().version).toBe(0)
  })
})
