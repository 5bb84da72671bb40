// Roots of trust of an installation: keys/root-<version>.bin, one encoded wire.SignedRoot each, from the first one on; backups
// hold them with the keys.
//
//   propose   a file for the holders of root keys, from what signs and vouches now        (the collector may run)
//   keys sign each holder adds a signature, on a machine of their own                     (signing-file.ts)
//   accept    what enough of them have signed is kept, and told to devices from the next start
//
// The first root is signed by the key that signs policies, too: devices that have none yet believe that key, and it adds its
// signature when the root is accepted.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MAX_ROOTS } from '@holdfast/proto'
import { CodedError } from '../errors.ts'
import { type PolicySigner, publicText, type SignerRoot } from '../fleet/agent-policy.ts'
import { decodeRoot, decodeSignedRoot, encodeRoot, encodeSignedRoot, rootProblems, signBody, type TrustRoot } from '../fleet/trust-root.ts'
import { signaturesOf, type SigningFile } from './signing-file.ts'

const folderOf = (dir: string): string => join(dir, 'keys')
const pathOf = (dir: string, version: number): string => join(folderOf(dir), `root-${version}.bin`)

const refuse = (problem: string): never => {
  throw new CodedError('KEY_ROTATION_REFUSED', { problem })
}

/** Every root, from the first to the last. @throws errors of the file system */
export function readRoots(dir: string): readonly Uint8Array[] {
  const versions = readdirSync(folderOf(dir)).flatMap((name) => /^root-(\d+)\.bin$/.exec(name)?.[1] ?? []).map(Number).toSorted((a, b) => a - b)
  return versions.map((version) => readFileSync(pathOf(dir, version)))
}

export function lastRoot(dir: string): TrustRoot | undefined {
  const last = readRoots(dir).at(-1)
  return last === undefined ? undefined : decodeSignedRoot(last).root
}

/** What the signer of policies needs of them; undefined where there is none. */
export function signerRoot(dir: string): SignerRoot | undefined {
  const chain = readRoots(dir).slice(-MAX_ROOTS)
  const last = chain.at(-1)
  if (last === undefined) return undefined
  const { version, epoch, policyKeys, policyThreshold } = decodeSignedRoot(last).root
  return { version, epoch, policyKeys, policyThreshold, chain }
}

export interface Proposal {
  /** Base64 of raw public keys; absent: as in the root before. */
  readonly rootKeys?: readonly string[]
  readonly rootThreshold?: number
  /** Keys that sign policies beside those of the collector, kept outside of it. */
  readonly outsideKeys?: readonly string[]
  readonly policyThreshold?: number
  /** Puts every policy of before out of force: after a theft. */
  readonly newEpoch: boolean
}

/**
 * The root that would say what holds now.
 *
 * @throws KEY_ROTATION_REFUSED: without root keys, with a threshold that nobody can meet
 */
export function proposeRoot(dir: string, organisation: string, signer: PolicySigner, authorities: readonly string[], wanted: Proposal, nowMs: number): SigningFile {
  const before = lastRoot(dir)
  const rootKeys = wanted.rootKeys ?? before?.rootKeys ?? refuse('the first root names its keys: --root-key, once for each')
  const root: TrustRoot = {
    organisation, version: (before?.version ?? 0) + 1, issuedAtMs: nowMs, rootKeys, rootThreshold: wanted.rootThreshold ?? Math.min(before?.rootThreshold ?? 1, rootKeys.length),
    policyKeys: [...new Set([signer.key, ...signer.cosigners].map(publicText).concat(wanted.outsideKeys ?? []))], policyThreshold: wanted.policyThreshold ?? before?.policyThreshold ?? 1,
    epoch: (before?.epoch ?? 0) + (wanted.newEpoch ? 1 : 0), authorities,
  }
  return { format: 'holdfast-signing-1', purpose: 'root', items: [{ id: `root ${root.version}`, body: Buffer.from(encodeRoot(root)).toString('base64'), signatures: [] }] }
}

/**
 * Keeps a root that enough have signed.
 *
 * @throws KEY_ROTATION_REFUSED with what is missing
 */
export function acceptRoot(dir: string, organisation: string, signer: PolicySigner, presentAuthority: string, file: SigningFile): TrustRoot {
  const [item] = file.items
  if (item === undefined || file.purpose !== 'root' || file.items.length > 1) return refuse('the file holds no root')
  const before = lastRoot(dir)
  const body = Buffer.from(item.body, 'base64')
  const root = decodeRoot(body)
  // By the collector's own keys as well: whoever has no root yet believes them.
  const signatures = [...signaturesOf(item), ...(before === undefined ? [signer.key, ...signer.cosigners].map((key) => signBody('root', body, key)) : [])]
  const problems = [
    ...rootProblems({ root, body, signatures }, before, organisation),
    ...(root.policyKeys.includes(publicText(signer.key)) ? [] : ['it does not name the key that signs policies here now; propose another one']),
    ...(root.authorities.some((pem) => pem.trim() === presentAuthority.trim()) ? [] : ['it does not name the authority that vouches for the collector now; propose another one']),
  ]
  if (problems.length > 0) refuse(problems.join('; '))
  const path = pathOf(dir, root.version)
  writeFileSync(`${path}.tmp`, encodeSignedRoot(body, signatures), { mode: 0o600, flush: true })
  renameSync(`${path}.tmp`, path)
  return root
}
