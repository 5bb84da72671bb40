// Policies that wait for signatures of keys which are kept outside of the collector.
//
// Where a root asks for more signatures than the collector has keys, what it compiles is stored and not sent. `keys pending`
// writes it into a file, holders of keys sign it elsewhere (signing-file.ts), and `keys deliver` adds what they signed: the body, its
// hash and its version stay, so that nothing else changes, and a collector that runs sends it with the devices' next heartbeats.
import { wire } from '@holdfast/proto'
import { CodedError } from '../errors.ts'
import { type PolicySigner, signaturesMissing } from '../fleet/agent-policy.ts'
import { signersOf } from '../fleet/trust-root.ts'
import type { AgentPolicyRevision, StoreReader, StoreWriter } from '../store/store.ts'
import { signaturesOf, type SigningFile } from './signing-file.ts'

interface Place {
  readonly id: string
  readonly revision: AgentPolicyRevision
  readonly save: (tx: StoreWriter, signed: Uint8Array) => Promise<void>
}

/** Every revision that a device should run now, or may be told to. */
async function places(reader: StoreReader): Promise<readonly Place[]> {
  const found: Place[] = []
  for (const group of await reader.deviceGroups()) {
    const own = await reader.agentPolicy(group)
    if (own !== undefined) found.push({ id: `group ${group}`, revision: own, save: (tx, signed) => tx.saveAgentPolicy({ ...own, signed }) })
    for (const { id } of await reader.openRollouts(group)) {
      for (const role of ['to', 'back'] as const) {
        const revision = await reader.rolloutRevision(id, role)
        if (revision !== undefined) found.push({ id: `rollout ${id} ${role}`, revision, save: (tx, signed) => tx.saveRolloutRevision({ ...revision, signed }) })
      }
    }
  }
  for (const revision of await reader.devicePolicies()) found.push({ id: `device ${revision.deviceId}`, revision, save: (tx, signed) => tx.saveDevicePolicy({ ...revision, signed }) })
  return found
}

const bodyOf = ({ signed }: AgentPolicyRevision): Uint8Array => wire.SignedPolicy.decode(signed).body

/** What has too few signatures; undefined when nothing has. */
export async function pendingPolicies(reader: StoreReader, signer: PolicySigner): Promise<SigningFile | undefined> {
  const waiting = (await places(reader)).filter(({ revision }) => signaturesMissing(revision.signed, signer) > 0)
  const items = waiting.map(({ id, revision }) => ({
    id: `${id} v${revision.version}`, body: Buffer.from(bodyOf(revision)).toString('base64'),
    signatures: wire.SignedPolicy.decode(revision.signed).signatures.map(({ keyId, signature }) => ({ keyId: keyId ?? '', signature: Buffer.from(signature ?? []).toString('base64') })),
  }))
  return items.length === 0 ? undefined : { format: 'holdfast-signing-1', purpose: 'policy', items }
}

export interface Delivery {
  /** Policies that got a signature. */
  readonly signed: number
  /** Of these, so many may be sent now. */
  readonly whole: number
  /** Items of the file that nothing here waits for any more. */
  readonly gone: number
}

/**
 * Adds signatures to what waits for them; only those of keys that the root names, and that hold.
 *
 * @throws KEY_ROTATION_REFUSED when there is no root, or the file holds no policies
 */
export async function deliver(tx: StoreWriter, signer: PolicySigner, file: SigningFile): Promise<Delivery> {
  const { root } = signer
  if (root === undefined || file.purpose !== 'policy') throw new CodedError('KEY_ROTATION_REFUSED', { problem: root === undefined ? 'no root of trust asks for signatures from outside' : 'the file holds no policies' })
  const waiting = (await places(tx)).filter(({ revision }) => signaturesMissing(revision.signed, signer) > 0)
  const matched = new Set<number>()
  let [signed, whole] = [0, 0]
  for (const { revision, save } of waiting) {
    const body = bodyOf(revision)
    const before = wire.SignedPolicy.decode(revision.signed)
    const given = file.items.flatMap((item, index) => (Buffer.from(item.body, 'base64').equals(body) ? (matched.add(index), signaturesOf(item)) : []))
    const known = new Set(before.signatures.map(({ keyId }) => keyId))
    const genuine = new Set(signersOf('policy', body, given, root.policyKeys).map((text) => given.find((one) => signersOf('policy', body, [one], [text]).length > 0)))
    const added = [...genuine].filter((one) => one !== undefined && !known.has(one.keyId)).map((one) => ({ keyId: one?.keyId ?? '', signature: one?.signature ?? new Uint8Array() }))
    if (added.length === 0) continue
    const bytes = wire.SignedPolicy.encode({ body: before.body, roots: before.roots, signatures: [...before.signatures, ...added] }).finish()
    await save(tx, bytes)
    signed += 1
    if (signaturesMissing(bytes, signer) === 0) whole += 1
  }
  return { signed, whole, gone: file.items.length - matched.size }
}
