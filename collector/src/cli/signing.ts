// Which keys sign policies and which authorities vouch for the collector, and how one takes the place of another so that no
// device is left behind.
//
//   step       keys/                                  signed by      devices are to trust
//   before     policy.pem                             policy         (as enrolled)
//   announce   policy.pem  signing-next.pem           policy, next   policy, next
//   switch     signing.pem signing-old.pem            new, old       new, old
//   retire     signing.pem                            new            new
//
// The same for authorities: ca/ca.pem is the present one, ca/next.pem the announced, ca/old.pem the one before, which only vouches
// for certificates that a device may still see. policy.pem stays in every step: it also seals secrets, signs bundles and
// checkpoints of the audit log, and none of that is a device's business.
//
// Every file is written whole under another name and then renamed; what a crash leaves is one of the steps above.
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createAuthority } from '../bus/pki.ts'
import { writeWhole } from '../bus/server-config.ts'
import { CodedError } from '../errors.ts'
import { type PolicySigner, policyKeyId, rawPolicyKey } from '../fleet/agent-policy.ts'
import { signerRoot } from './roots.ts'

export const STEPS = ['announce', 'switch', 'retire'] as const
export type Step = (typeof STEPS)[number]

const keyFiles = (dir: string) => ({ first: join(dir, 'keys', 'policy.pem'), present: join(dir, 'keys', 'signing.pem'), next: join(dir, 'keys', 'signing-next.pem'), old: join(dir, 'keys', 'signing-old.pem') })
const caFiles = (dir: string) => ({ present: join(dir, 'ca', 'ca.pem'), presentKey: join(dir, 'ca', 'ca-key.pem'), next: join(dir, 'ca', 'next.pem'), nextKey: join(dir, 'ca', 'next-key.pem'), old: join(dir, 'ca', 'old.pem') })

const read = (path: string): KeyObject | undefined => (existsSync(path) ? createPrivateKey(readFileSync(path, 'utf8')) : undefined)
const textOf = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

/** The signer of a folder. @throws errors of the file system and of damaged keys */
export function readSigner(dir: string): PolicySigner {
  const files = keyFiles(dir)
  const present = read(files.present) ?? createPrivateKey(readFileSync(files.first, 'utf8'))
  const cosigners = [read(files.next), read(files.old)].filter((key) => key !== undefined)
  const authorities = authoritiesOf(dir)
  // Devices that were never told keep what they enrolled with; from the first change on, they are told always.
  const isTold = existsSync(files.present) || cosigners.length > 0 || authorities.length > 1 || existsSync(join(dir, 'ca', 'changed'))
  const root = signerRoot(dir)
  return { key: present, cosigners, ...(root === undefined ? {} : { root }), ...(isTold ? { trust: { policyKeys: [present, ...cosigners].map((key) => rawPolicyKey(key)), authorities: [...authorities] } } : {}) }
}

/** Every authority that devices are to trust now, PEM. */
export const authoritiesOf = (dir: string): readonly string[] => [caFiles(dir).present, caFiles(dir).next, caFiles(dir).old].flatMap((path) => textOf(path) ?? [])

/** `next` when one is announced, `old` when one is to be retired. */
export interface RotationState {
  readonly policy: 'settled' | 'announced' | 'switched'
  readonly authority: 'settled' | 'announced' | 'switched'
}

const stateOf = (next: string, old: string): RotationState['policy'] => (existsSync(next) ? 'announced' : existsSync(old) ? 'switched' : 'settled')
export const rotationState = (dir: string): RotationState => ({ policy: stateOf(keyFiles(dir).next, keyFiles(dir).old), authority: stateOf(caFiles(dir).next, caFiles(dir).old) })

const WANTED: Readonly<Record<Step, RotationState['policy']>> = { announce: 'settled', switch: 'announced', retire: 'switched' }
const NEXT: Readonly<Record<RotationState['policy'], Step>> = { settled: 'announce', announced: 'switch', switched: 'retire' }

/** @throws KEY_ROTATION_REFUSED when the step is not the next one */
export function assertNext(state: RotationState['policy'], step: Step): void {
  if (WANTED[step] !== state) throw new CodedError('KEY_ROTATION_REFUSED', { problem: `the next step is --step ${NEXT[state]}` })
}

/** One step of the key that signs policies. */
export function stepPolicyKey(dir: string, step: Step): void {
  assertNext(rotationState(dir).policy, step)
  const files = keyFiles(dir)
  if (step === 'announce') writeWhole(files.next, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string)
  else if (step === 'switch') {
    // Old first: a crash in between leaves it beside the announced one, and the step can be taken again.
    writeWhole(files.old, readFileSync(existsSync(files.present) ? files.present : files.first, 'utf8'))
    renameSync(files.next, files.present)
  } else rmSync(files.old)
}

/** One step of the certificate authority. Server certificates are made anew by the next start. */
export async function stepAuthority(dir: string, organisation: string, step: Step, nowMs: number): Promise<void> {
  assertNext(rotationState(dir).authority, step)
  const files = caFiles(dir)
  writeWhole(join(dir, 'ca', 'changed'), '')
  if (step === 'announce') {
    const made = await createAuthority(organisation, nowMs)
    writeWhole(files.nextKey, made.keyPem)
    writeWhole(files.next, made.certificatePem)
  } else if (step === 'switch') {
    writeWhole(files.old, readFileSync(files.present, 'utf8'))
    // Gone already where a crash cut this step short and it is taken again.
    if (existsSync(files.nextKey)) renameSync(files.nextKey, files.presentKey)
    writeWhole(files.present, readFileSync(files.next, 'utf8'))
    rmSync(files.next)
    rmSync(join(dir, 'tls'), { recursive: true, force: true })
  } else rmSync(files.old)
}

/** How a key is named to people. */
export const keyIdOf = (key: KeyObject): string => policyKeyId(rawPolicyKey(key))
