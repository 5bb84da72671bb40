// The data folder of an installation: what stands where, how it is made and how it is read.
//
//   keys/            NATS seeds, policy.pem and evidence.pem, 0600 in 0700
//   keys/signing*.pem, ca/next*, ca/old.pem   while a key or the authority is changed, and after (signing.ts)
//   agent-packages/  releases of the agent that devices may be offered
//   evidence/        copies of files, sealed for evidence.pem, 0600 in 0700
//   bundles/         bundles of cases, sealed, 0600 in 0700, until they expire
//   ca/              ca.pem and ca-key.pem: the certificate authority
//   holdfast.db      the store
//   holdfast.yaml    configuration, every key commented out at first
//   tls/ nats/ run/  made and made anew by serve
//   audit/           anchors of the audit chain, and which people were erased
//   .initialising    there while init is at work; a folder that holds it is no installation, and init starts over in it
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { keyringFiles, readKeyring, createKeyring, type Keyring } from '../bus/keyring.ts'
import { type CertifiedKey, createAuthority } from '../bus/pki.ts'
import { loadConfig } from '../config.ts'
import { CodedError } from '../errors.ts'
import type { PolicySigner } from '../fleet/agent-policy.ts'
import { readSigner } from './signing.ts'
import { type EvidenceKeys, loadEvidenceKeys } from '../evidence/keys.ts'

export const pathsOf = (dir: string) => ({
  keys: join(dir, 'keys'), policyKey: join(dir, 'keys', 'policy.pem'), ca: join(dir, 'ca'), caPem: join(dir, 'ca', 'ca.pem'), caKey: join(dir, 'ca', 'ca-key.pem'), database: join(dir, 'holdfast.db'), config: join(dir, 'holdfast.yaml'),
  tls: join(dir, 'tls'), certificate: join(dir, 'tls', 'server.pem'), certificateKey: join(dir, 'tls', 'server-key.pem'), nats: join(dir, 'nats'), run: join(dir, 'run'), runFile: join(dir, 'run', 'collector.json'), localToken: join(dir, 'run', 'local.token'),
  anchors: join(dir, 'audit', 'anchors.jsonl'), erasures: join(dir, 'audit', 'erasures.jsonl'), evidence: join(dir, 'evidence'), agentPackages: join(dir, 'agent-packages'), bundles: join(dir, 'bundles'), exports: join(dir, 'exports'), marker: join(dir, '.initialising'),
})

export const ORGANISATION_SETTING = 'organisation'

export interface Installation {
  readonly dir: string
  readonly keyring: Keyring
  readonly authority: CertifiedKey
  readonly policyKey: KeyObject
  readonly evidenceKeys: EvidenceKeys
  readonly signer: PolicySigner
}

/** Writes a file and waits until it is on disk. */
export function writeDurably(path: string, text: string, mode = 0o600): void {
  writeFileSync(path, text, { mode, flush: true })
  syncFolder(dirname(path))
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Makes keys and authority in folders that are there. */
export async function writeSecrets(dir: string, organisation: string, nowMs: number): Promise<CertifiedKey> {
  const paths = pathsOf(dir)
  for (const [file, text] of keyringFiles(createKeyring())) writeDurably(join(paths.keys, file), text)
  writeDurably(paths.policyKey, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string)
  const authority = await createAuthority(organisation, nowMs)
  writeDurably(paths.caPem, authority.certificatePem, 0o644)
  writeDurably(paths.caKey, authority.keyPem)
  return authority
}

/** @throws NOT_INITIALISED when the folder holds no finished installation */
export function assertInitialised(dir: string): void {
  const paths = pathsOf(dir)
  // An installation whose store is elsewhere has no file of it.
  const hasStore = existsSync(paths.database) || loadConfig(dir, {}, process.env).store !== ''
  if (existsSync(paths.marker) || !hasStore || !existsSync(paths.caPem)) throw new CodedError('NOT_INITIALISED', { dir })
}

/** @throws NOT_INITIALISED; DATA_FOLDER_UNUSABLE when keys are missing, damaged or not readable */
export function loadInstallation(dir: string): Installation {
  assertInitialised(dir)
  const paths = pathsOf(dir)
  try {
    return {
      dir, keyring: readKeyring(paths.keys), policyKey: createPrivateKey(readFileSync(paths.policyKey, 'utf8')), evidenceKeys: loadEvidenceKeys(paths.keys), signer: readSigner(dir),
      authority: { certificatePem: readFileSync(paths.caPem, 'utf8'), keyPem: readFileSync(paths.caKey, 'utf8') },
    }
  } catch (cause) {
    const { code, path } = cause as NodeJS.ErrnoException
    throw new CodedError('DATA_FOLDER_UNUSABLE', { dir, problem: code === 'ENOENT' ? `${path ?? 'a key'} is missing; put keys/ and ca/ back from the backup` : code === 'EACCES' ? `${path ?? 'a key'} cannot be read by this user` : 'a file of keys/ or ca/ is damaged' }, { cause })
  }
}
