// Where the identity lives: `identity.json` in the agent's folder, 0600 in 0700, replaced as one step.
//
// `identity.pending` holds the seed of an enrolment that is under way. It is on disk before the collector hears of the key,
// so that after a crash between the collector's answer and our write the same key asks again.
// A file that others may read or that somebody else owns is refused: its key may be theirs by now.
import { lstat, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError } from '../errors.ts'
import { makePrivateFolder, removeDurably, writeDurably } from '../platform/durable-file.ts'
import type { Identity } from './contract.ts'
import { readCredential } from './credential.ts'
import type { OfferedKey } from './re-key.ts'

const FILE = 'identity.json'
const PENDING = 'identity.pending'
const DISMISSED = 'identity.dismissed'

/** What each field looks like, or each entry of it. Not a schema of the library: the agent would carry its 15 MB for as long as it runs. */
const FIELDS = {
  deviceId: /^[A-Za-z0-9_-]{1,64}$/, group: /^[A-Za-z0-9_-]{1,64}$/, organisation: /^.{1,256}$/, collectorUrl: /^https:\/\//, seed: /^SU[A-Z2-7]{56}$/, publicKey: /^U[A-Z2-7]{55}$/, jwt: /^\S+$/, caPem: /^-----BEGIN /,
} as const satisfies Partial<Record<keyof Identity, RegExp>>
const LISTS = { natsServers: /^\S+$/, policyKeys: /^[A-Za-z0-9+/]{43}=$/ } as const satisfies Partial<Record<keyof Identity, RegExp>>
const OPTIONAL = { root: /^[A-Za-z0-9+/]{1,22000}={0,2}$/ } as const satisfies Partial<Record<keyof Identity, RegExp>>

export const identityPath = (folder: string): string => join(folder, FILE)

const isAbsent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

/** Why this file or folder may not be trusted, if so; modes mean nothing on Windows, where the folder's list of rights does it. */
async function danger(path: string, what: 'file' | 'folder'): Promise<string | undefined> {
  const facts = what === 'file' ? await lstat(path) : await stat(path)
  if (what === 'file' && !facts.isFile()) return `${path} is not a regular file`
  const uid = process.geteuid?.()
  if (uid === undefined) return undefined
  if (facts.uid !== uid) return `${path} belongs to uid ${facts.uid}, but the agent runs as uid ${uid}; give it back with: chown -R ${uid} ${path}`
  const open = facts.mode & (what === 'file' ? 0o077 : 0o022)
  if (open !== 0) return `others may ${what === 'file' ? 'use' : 'write to'} ${path} (mode ${(facts.mode & 0o777).toString(8)}); its key may be known to them: enrol again with --force, or, if nobody looked, chmod ${what === 'file' ? '600' : '700'} ${path}`
  return undefined
}

/**
 * The identity that enrolment left in the folder.
 *
 * @throws NOT_ENROLLED, IDENTITY_UNSAFE (rights or owner), IDENTITY_UNREADABLE (damaged, or not readable by this account)
 */
export async function loadIdentity(folder: string): Promise<Identity> {
  const path = identityPath(folder)
  let text: string
  try {
    const problem = (await danger(path, 'file')) ?? (await danger(folder, 'folder'))
    if (problem !== undefined) throw new CodedError('IDENTITY_UNSAFE', { problem })
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof CodedError) throw error
    if (isAbsent(error)) throw new CodedError('NOT_ENROLLED', {}, { cause: error })
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new CodedError('IDENTITY_UNREADABLE', { problem: code === 'EACCES' ? `this account may not read ${folder}; use the agent's own (usually root)` : code }, { cause: error })
  }
  const identity = parseIdentity(text)
  if (identity === undefined) throw new CodedError('IDENTITY_UNREADABLE', { problem: `${path} is damaged` })
  return identity
}

function parseIdentity(text: string): Identity | undefined {
  let stored: Readonly<Record<string, unknown>>
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    stored = { ...value }
  } catch {
    return undefined
  }
  const fits = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value)
  const whole = stored['format'] === 1
    && Object.entries(FIELDS).every(([key, form]) => fits(stored[key], form))
    && Object.entries(OPTIONAL).every(([key, form]) => stored[key] === undefined || fits(stored[key], form))
    && (stored['earlierPolicyKeys'] === undefined || (Array.isArray(stored['earlierPolicyKeys']) && stored['earlierPolicyKeys'].every((key) => fits(key, LISTS.policyKeys))))
    && Object.entries(LISTS).every(([key, form]) => Array.isArray(stored[key]) && stored[key].every((entry) => fits(entry, form)))
  if (!whole) return undefined
  const { format: _, ...identity } = stored
  // Every field was read by its row just above.
  return identity as unknown as Identity
}

/** Writes the identity and forgets the pending key. */
export async function saveIdentity(folder: string, identity: Identity): Promise<void> {
  await makePrivateFolder(folder)
  await writeDurably(identityPath(folder), `${JSON.stringify({ format: 1, ...identity }, null, 2)}\n`)
  await removeDurably(join(folder, PENDING))
  await removeDurably(join(folder, DISMISSED))
}

const DISMISSALS = ['revoked', 'retired', 'cloned', 'merged'] as const
export interface Dismissal {
  readonly why: (typeof DISMISSALS)[number]
  readonly atMs: number
}

/** Why the collector took the credential away, for whoever asks this device; the credential stays. */
export async function keepDismissal(folder: string, why: string, atMs: number): Promise<void> {
  const known = DISMISSALS.find((one) => one === why)
  if (known !== undefined) await writeDurably(join(folder, DISMISSED), `${known} ${atMs}\n`)
}

export async function readDismissal(folder: string): Promise<Dismissal | undefined> {
  const [name = '', at = ''] = (await readFile(join(folder, DISMISSED), 'utf8').catch(() => '')).trim().split(' ')
  const why = DISMISSALS.find((one) => one === name)
  return why === undefined || !/^\d{1,15}$/.test(at) ? undefined : { why, atMs: Number(at) }
}

/**
 * Puts a renewed credential in the place of the one that `before` has, and the group that it is for; everything else of the file stays.
 *
 * @param key the key that it is for, where that is another one
 * @returns the group of the device from now on
 * @throws CREDENTIAL_REFUSED when the file holds another identity by now, NOT_ENROLLED, IDENTITY_…, errors of the disk
 */
export async function renewCredential(folder: string, before: Pick<Identity, 'publicKey' | 'jwt'>, jwt: string, key: Partial<OfferedKey> = {}): Promise<string> {
  const stored = await loadIdentity(folder)
  // Somebody enrolled anew while the agent ran: that identity is the later one.
  if (stored.publicKey !== before.publicKey || stored.jwt !== before.jwt) throw new CodedError('CREDENTIAL_REFUSED', { problem: 'the folder holds another identity by now' })
  const group = readCredential(jwt)?.group ?? stored.group
  await writeDurably(identityPath(folder), `${JSON.stringify({ format: 1, ...stored, ...key, group, jwt }, null, 2)}\n`)
  return group
}

/**
 * Puts what is trusted from now on in the place of what was: keys that may sign policies, and the authorities of the collector.
 * It came in a policy that a trusted key had signed, or in a root. Everything else of the file stays.
 *
 * @throws CREDENTIAL_REFUSED when the folder holds another identity by now, NOT_ENROLLED, IDENTITY_…, errors of the disk
 */
export async function keepTrust(folder: string, before: Pick<Identity, 'publicKey'>, trust: Pick<Identity, 'policyKeys' | 'caPem' | 'root' | 'earlierPolicyKeys'>): Promise<void> {
  const stored = await loadIdentity(folder)
  if (stored.publicKey !== before.publicKey) throw new CodedError('CREDENTIAL_REFUSED', { problem: 'the folder holds another identity by now' })
  if (stored.caPem === trust.caPem && (trust.root ?? stored.root) === stored.root && JSON.stringify([stored.policyKeys, stored.earlierPolicyKeys ?? []]) === JSON.stringify([trust.policyKeys, trust.earlierPolicyKeys ?? []])) return
  await writeDurably(identityPath(folder), `${JSON.stringify({ format: 1, ...stored, ...trust }, null, 2)}\n`)
}

export async function removeIdentity(folder: string): Promise<void> {
  await removeDurably(join(folder, DISMISSED))
  await removeDurably(identityPath(folder))
  await removeDurably(join(folder, PENDING))
}

/** The seed of an enrolment that did not come to its end; `make` gives a new one, which is on disk when this resolves. */
export async function pendingSeed(folder: string, make: () => string): Promise<string> {
  const path = join(folder, PENDING)
  const kept = await readFile(path, 'utf8').then((text) => text.trim(), () => '')
  if (/^SU[A-Z2-7]{56}$/.test(kept) && (await danger(path, 'file')) === undefined) return kept
  const seed = make()
  await makePrivateFolder(folder)
  await writeDurably(path, `${seed}\n`)
  return seed
}
