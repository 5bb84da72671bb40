import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { MAX_ROOT_BYTES, MAX_ROOTS, ROOT_CONTEXT, toWireTimestamp, wire } from '@holdfast/proto'
import { describe, expect, it } from 'vitest'
import { followRoots, readRoot, type Trusting } from './root.ts'
import { policyKeyId } from './signatures.ts'
import { createTestAuthority } from './test-authority.ts'

interface Key {
  readonly key: KeyObject
  readonly raw: Buffer
  readonly text: string
}
const make = (): Key => {
  const key = generateKeyPairSync('ed25519').privateKey
  const raw = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32)
  return { key, raw, text: raw.toString('base64') }
}
const [alice, bob, carol, online, later, stranger] = [make(), make(), make(), make(), make(), make()]
const { caPem } = createTestAuthority('root test')

const content = (change: wire.TrustRoot.$Properties = {}): wire.TrustRoot.$Properties => ({
  organisation: 'acme', version: 1, issuedAt: toWireTimestamp(Date.now()), rootKeys: [alice.raw, bob.raw, carol.raw], rootThreshold: 2, policyKeys: [online.raw], policyThreshold: 1, policyEpoch: 0, authorities: [caPem], ...change,
})
function rootOf(change: wire.TrustRoot.$Properties, signers: readonly Key[]): Uint8Array {
  const body = wire.TrustRoot.encode(content(change)).finish()
  return wire.SignedRoot.encode({ body, signatures: signers.map(({ key, raw }) => ({ keyId: policyKeyId(raw), signature: sign(null, Buffer.concat([Buffer.from(ROOT_CONTEXT), body]), key) })) }).finish()
}
const first = rootOf({}, [alice, bob, online])
const second = rootOf({ version: 2, policyKeys: [later.raw], policyEpoch: 1 }, [bob, carol])
const fresh: Trusting = { organisation: 'acme', policyKeys: [online.text] }
const having = (root: Uint8Array): Trusting => ({ ...fresh, policyKeys: [later.text], root: Buffer.from(root).toString('base64') })
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'taken'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

describe('a device without a root', () => {
  it('takes the first one when its own keys and a key that it takes policies from have signed it, and follows to the last', () => {
    expect(followRoots(fresh, [first])).toMatchObject({ version: 1, epoch: 0, policyKeys: [online.text], rootThreshold: 2 })
    expect(followRoots(fresh, [first, second])).toMatchObject({ version: 2, epoch: 1, policyKeys: [later.text] })
  })

  it('takes none that nobody whom it believes has signed, and none that begins later', () => {
    expect(codeOf(() => followRoots(fresh, [rootOf({}, [alice, bob])]))).toBe('POLICY_ROOT_REFUSED')
    expect(codeOf(() => followRoots(fresh, [rootOf({}, [alice, bob, stranger])]))).toBe('POLICY_ROOT_REFUSED')
    expect(codeOf(() => followRoots(fresh, [second]))).toBe('POLICY_ROOT_REFUSED')
  })
})

describe('a device with a root', () => {
  it('keeps what it has when nothing later comes, and goes on from there', () => {
    expect(followRoots(having(first), [])).toBeUndefined()
    expect(followRoots(having(first), [first])).toBeUndefined()
    expect(followRoots(having(second), [first, second])).toBeUndefined()
    expect(followRoots(having(first), [first, second])?.version).toBe(2)
    // A chain that begins later than the first one is enough for whoever has that.
    expect(followRoots(having(first), [second])?.version).toBe(2)
  })

  it.each<readonly [string, () => readonly Uint8Array[]]>([
    ['one of two signatures', () => [first, rootOf({ version: 2 }, [alice])]],
    ['the same signature twice', () => [first, rootOf({ version: 2 }, [alice, alice])]],
    ['signatures of the online key', () => [first, rootOf({ version: 2 }, [online, online])]],
    ['keys of its own alone', () => [first, rootOf({ version: 2, rootKeys: [stranger.raw], rootThreshold: 1 }, [stranger])]],
    ['the keys before, and not its own', () => [first, rootOf({ version: 2, rootKeys: [stranger.raw], rootThreshold: 1 }, [alice, bob])]],
    ['a version left out', () => [first, rootOf({ version: 3 }, [alice, bob])]],
    ['another root of the version that it has', () => [rootOf({ policyKeys: [stranger.raw] }, [alice, bob, online])]],
    ['another organisation', () => [first, rootOf({ version: 2, organisation: 'other' }, [alice, bob])]],
    ['a threshold above its keys', () => [first, rootOf({ version: 2, policyThreshold: 2 }, [alice, bob])]],
    ['a threshold of nobody', () => [first, rootOf({ version: 2, rootThreshold: 0 }, [alice, bob])]],
    ['one key twice', () => [first, rootOf({ version: 2, policyKeys: [online.raw, online.raw], policyThreshold: 2 }, [alice, bob])]],
    ['a key that is none', () => [first, rootOf({ version: 2, policyKeys: [Buffer.alloc(31)] }, [alice, bob])]],
    ['no authority', () => [first, rootOf({ version: 2, authorities: [] }, [alice, bob])]],
    ['something that is no certificate', () => [first, rootOf({ version: 2, authorities: ['-----BEGIN PRIVATE KEY-----'] }, [alice, bob])]],
    ['no root at all', () => [Uint8Array.from([0x0a, 0x7f, 1])]],
    ['more bytes than a root has', () => [new Uint8Array(MAX_ROOT_BYTES + 1)]],
    ['too many', () => Array.from({ length: MAX_ROOTS + 1 }, () => first)],
  ])('takes none with %s', (_, chain) => {
    expect(codeOf(() => followRoots(having(first), chain()))).toBe('POLICY_ROOT_REFUSED')
  })

  it('never goes back to a lower epoch', () => {
    expect(codeOf(() => followRoots(having(second), [second, rootOf({ version: 3, policyEpoch: 0 }, [alice, bob])]))).toBe('POLICY_ROOT_REFUSED')
    expect(followRoots(having(second), [second, rootOf({ version: 3, policyEpoch: 1 }, [alice, bob])])?.epoch).toBe(1)
  })

  it('gives its keys up for others when both have signed', () => {
    const third = rootOf({ version: 2, rootKeys: [stranger.raw], rootThreshold: 1 }, [alice, carol, stranger])
    expect(followRoots(having(first), [first, third, rootOf({ version: 3, rootKeys: [stranger.raw], rootThreshold: 1 }, [stranger])])?.version).toBe(3)
    expect(codeOf(() => followRoots(having(first), [first, third, rootOf({ version: 3 }, [alice, bob, carol])]))).toBe('POLICY_ROOT_REFUSED')
  })
})

describe('a root that came with the enrolment', () => {
  it('is read when its own keys have signed it for this organisation', () => {
    const text = Buffer.from(second).toString('base64')
    expect(readRoot(text, 'acme')).toMatchObject({ version: 2, text })
    expect(codeOf(() => readRoot(text, 'other'))).toBe('POLICY_ROOT_REFUSED')
    expect(codeOf(() => readRoot(Buffer.from(rootOf({}, [alice])).toString('base64'), 'acme'))).toBe('POLICY_ROOT_REFUSED')
  })
})
