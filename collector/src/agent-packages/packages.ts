// Releases that devices may be offered: registered by what was signed about them, then uploaded piece by piece.
//
// The signature is verified here so that a mistake is found by whoever uploads and not by the first ring. It protects no device:
// each verifies again, with a key that came with the version that it runs and not from here.
import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import { isVersion } from '@holdfast/proto'
import { type Actor, appendAudit } from '../audit/chain.ts'
import type { AgentPackage, ReleaseKey } from '../domain/rollout/upgrade.ts'
import { CodedError } from '../errors.ts'
import type { StoreReader, StoreWriter } from '../store/store.ts'
import type { PackageShelf } from './shelf.ts'

const KEYS_SETTING = 'agent_packages.keys'
const PRODUCT = 'holdfast-agent'
/** What devices take at most. */
const MAX_BYTES = 1 << 30
const MAX_DESCRIPTOR_BYTES = 65_536
const MAX_KEYS = 20
const RUNNING = new Set(['active', 'paused', 'halted', 'completed', 'rolling_back'])

export async function releaseKeys(reader: StoreReader): Promise<readonly ReleaseKey[]> {
  const text = await reader.setting(KEYS_SETTING)
  return text === undefined ? [] : (JSON.parse(text) as readonly ReleaseKey[])
}

const keyIdOf = (key: KeyObject): string => hash('sha256', key.export({ format: 'der', type: 'spki' }).subarray(-32), 'hex').slice(0, 16)

/**
 * Takes releases that are signed by this key from now on.
 *
 * @param pem SPKI of an Ed25519 public key
 * @throws AGENT_PACKAGE_UNREADABLE
 */
export async function trustReleaseKey(tx: StoreWriter, pem: string, by: Actor, atMs: number): Promise<ReleaseKey> {
  let key: KeyObject | undefined
  try {
    // A private key would be read as well, and has no business here.
    key = /PRIVATE KEY/.test(pem) ? undefined : createPublicKey(pem)
  } catch {
    // Said below.
  }
  if (key?.asymmetricKeyType !== 'ed25519') throw new CodedError('AGENT_PACKAGE_UNREADABLE', { problem: 'this is no Ed25519 public key in PEM' })
  const keys = await releaseKeys(tx)
  const keyId = keyIdOf(key)
  const known = keys.find((one) => one.keyId === keyId)
  if (known !== undefined) return known
  if (keys.length >= MAX_KEYS) throw new CodedError('AGENT_PACKAGE_REFUSED', { problem: `there are ${MAX_KEYS} keys already` })
  const added: ReleaseKey = { keyId, pem: key.export({ format: 'pem', type: 'spki' }) as string, addedAtMs: atMs, by: { id: by.id, name: by.name } }
  await tx.saveSetting(KEYS_SETTING, JSON.stringify([...keys, added]))
  await appendAudit(tx, { actor: by, action: 'agent_package.key_added', targetKind: 'release_key', targetId: keyId, detail: {}, atMs })
  return added
}

/** Packages that it signed stay. @throws NOT_FOUND */
export async function distrustReleaseKey(tx: StoreWriter, keyId: string, by: Actor, atMs: number): Promise<void> {
  const keys = await releaseKeys(tx)
  if (!keys.some((one) => one.keyId === keyId)) throw new CodedError('NOT_FOUND', { what: 'release key' })
  await tx.saveSetting(KEYS_SETTING, JSON.stringify(keys.filter((one) => one.keyId !== keyId)))
  await appendAudit(tx, { actor: by, action: 'agent_package.key_removed', targetKind: 'release_key', targetId: keyId, detail: {}, atMs })
}

function parseDescriptor(bytes: Buffer): Pick<AgentPackage, 'id' | 'version' | 'platform' | 'sizeBytes'> {
  const unreadable = (problem: string): never => {
    throw new CodedError('AGENT_PACKAGE_UNREADABLE', { problem })
  }
  let value: Readonly<Record<string, unknown>>
  try {
    value = { ...(JSON.parse(bytes.toString('utf8')) as object) }
  } catch {
    return unreadable('its descriptor is no JSON')
  }
  const { format, product, version, platform, sizeBytes, sha256 } = value
  if (format !== 1 || product !== PRODUCT) return unreadable(`it is a descriptor of ${String(product)} in format ${String(format)}, and not of ${PRODUCT}`)
  if (typeof version !== 'string' || !isVersion(version)) return unreadable('its version is none')
  if (typeof platform !== 'string' || !/^[a-z0-9]{1,16}-[a-z0-9]{1,16}$/.test(platform)) return unreadable('its platform is none')
  if (typeof sizeBytes !== 'number' || !Number.isSafeInteger(sizeBytes) || sizeBytes < 1 || sizeBytes > MAX_BYTES) return unreadable('its size is none')
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return unreadable('its sum is none')
  return { id: sha256, version, platform, sizeBytes }
}

/**
 * Writes a release down; its file is to follow (receivePiece).
 *
 * @param descriptor X.tar.gz.json, byte for byte
 * @returns the same when it is known already
 * @throws AGENT_PACKAGE_SIGNATURE, AGENT_PACKAGE_UNREADABLE, AGENT_PACKAGE_REFUSED
 */
export async function registerPackage(tx: StoreWriter, { descriptor, signature }: { readonly descriptor: Buffer; readonly signature: Buffer }, by: Actor, atMs: number): Promise<AgentPackage> {
  const keys = await releaseKeys(tx)
  if (keys.length === 0) throw new CodedError('AGENT_PACKAGE_REFUSED', { problem: 'no release key is trusted yet; add the public key of whoever makes your releases first' })
  if (descriptor.length > MAX_DESCRIPTOR_BYTES) throw new CodedError('AGENT_PACKAGE_UNREADABLE', { problem: 'its descriptor is too large' })
  const signer = signature.length === 64 ? keys.find(({ pem }) => verify(null, descriptor, createPublicKey(pem), signature)) : undefined
  if (signer === undefined) throw new CodedError('AGENT_PACKAGE_SIGNATURE')
  const facts = parseDescriptor(descriptor)
  const known = await tx.agentPackage(facts.id)
  if (known !== undefined) return known
  const other = (await tx.agentPackages()).find((one) => one.version === facts.version && one.platform === facts.platform && one.keyId === signer.keyId)
  if (other !== undefined) throw new CodedError('AGENT_PACKAGE_REFUSED', { problem: `there is another release of version ${facts.version} for ${facts.platform}; one version is one release` })
  const added: AgentPackage = { ...facts, keyId: signer.keyId, descriptor: descriptor.toString('base64'), signature: signature.toString('base64'), addedAtMs: atMs, by: { id: by.id, name: by.name }, isWhole: false }
  await tx.saveAgentPackage(added)
  await appendAudit(tx, { actor: by, action: 'agent_package.added', targetKind: 'agent_package', targetId: facts.id, detail: { version: facts.version, platform: facts.platform, key: signer.keyId, sizeBytes: facts.sizeBytes }, atMs })
  return added
}

/**
 * One piece of a release's file, at its end.
 *
 * @returns the bytes that are here; all of them when it is whole
 * @throws AGENT_PACKAGE_OFFSET with how much is here, AGENT_PACKAGE_DAMAGED when all came and is not what was signed
 */
export async function receivePiece(shelf: PackageShelf, found: AgentPackage, at: number, data: Uint8Array): Promise<number> {
  if (await shelf.has(found.id)) return found.sizeBytes
  if (at + data.length > found.sizeBytes) throw new CodedError('AGENT_PACKAGE_DAMAGED')
  if (!(await shelf.append(found.id, at, data))) throw new CodedError('AGENT_PACKAGE_OFFSET', { received: await shelf.received(found.id) })
  if (at + data.length < found.sizeBytes) return at + data.length
  if (!(await shelf.finish(found.id))) throw new CodedError('AGENT_PACKAGE_DAMAGED')
  return found.sizeBytes
}

/** @throws NOT_FOUND, AGENT_PACKAGE_REFUSED while a roll-out brings it */
export async function removePackage(tx: StoreWriter, id: string, by: Actor, atMs: number): Promise<void> {
  const found = await tx.agentPackage(id)
  if (found === undefined) throw new CodedError('NOT_FOUND', { what: 'release' })
  const user = (await tx.latestAgentUpgrades()).find(({ agentVersion, state }) => agentVersion === found.version && RUNNING.has(state))
  if (user !== undefined) throw new CodedError('AGENT_PACKAGE_REFUSED', { problem: `the group ${user.group} is to run version ${found.version}` })
  await tx.deleteAgentPackage(id)
  await appendAudit(tx, { actor: by, action: 'agent_package.removed', targetKind: 'agent_package', targetId: id, detail: { version: found.version, platform: found.platform }, atMs })
}
