// Keeps the policy in force: `policy.bin` in the agent's folder is the last good SignedPolicy, byte for byte, 0600.
//
// It is verified again at every start, so a file that somebody changed is not believed. What has expired meanwhile keeps
// running: a laptop that was away must not stop watching, and its age is reported. A new policy takes this way:
//
//   size -> outer form -> roots that came with it -> signed -> by enough trusted keys -> body's form -> target -> epoch -> expiry
//     -> version -> content -> applied on trial -> kept on disk -> in force
//
// A root (identity/root.ts) is taken before anything else, and kept whatever becomes of the policy: it proves itself, and a device that
// could not carry out one policy must not go on believing a key that was stolen. What might sign before stays good for the kept
// policy alone, until one under the new root takes its place.
//
// Without a root a policy may say what is trusted from then on (`trust`): the next key, while the present one still signs. What it names is
// added before the policy is kept, and what it does not name is dropped after, so that a crash in between leaves a device
// that trusts its kept policy and whatever the collector signs with.
//
// A crash between the trial and the disk leaves the earlier policy, and the collector's next push repeats the step.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { wire } from '@holdfast/proto'
import { CodedError, type ErrorCode } from '../errors.ts'
import { isAuthority, readRoot } from '../identity/root.ts'
import { makePrivateFolder, writeDurably } from '../platform/durable-file.ts'
import { contentProblem } from './content.ts'
import type { PolicyKeeper, PolicyVerdict, RunningPolicy } from './contract.ts'
import { claimedVersion, rootWith, type Target, type VerifiedPolicy, verifyKept, verifyPolicy } from './verify.ts'

export interface PolicyKeeperDeps {
  readonly folder: string
  readonly identity: Target
  readonly now: () => number
  /** Puts a policy to work; throws when this device cannot carry it out, and is then called again with the last good one. */
  readonly apply: (policy: wire.AgentPolicy.$Properties) => Promise<void>
  /** Keeps on disk what is trusted from now on; absent: nothing of it changes here. */
  readonly keepTrust?: (trust: Trusted) => Promise<void>
  /** Safe mode: the kept policy may be what crashes us, so nothing is put to work; a later one is verified and kept for the next start. */
  readonly holdsBack?: boolean
}

/** Keys that may sign policies, base64; authorities in PEM, one after the other. */
export interface Trusted {
  readonly policyKeys: readonly string[]
  readonly authorities: readonly string[]
  /** Base64; with it, `earlierPolicyKeys` is what might sign before, and is empty again when a policy under it is kept. */
  readonly root?: string
  readonly earlierPolicyKeys?: readonly string[]
}

const MOST_TRUSTED = 8

/** What a policy wants to be trusted; undefined when it says nothing. @throws POLICY_INVALID */
export function trustOf({ trust }: wire.AgentPolicy.$Properties): Trusted | undefined {
  if (trust == null) return undefined
  const keys = (trust.policyKeys ?? []).map((raw) => Buffer.from(raw))
  const authorities = trust.authorities ?? []
  const fits = keys.length > 0 && authorities.length > 0 && keys.length <= MOST_TRUSTED && authorities.length <= MOST_TRUSTED && keys.every((raw) => raw.length === 32) && authorities.every(isAuthority)
  if (!fits) throw new CodedError('POLICY_INVALID', { problem: 'what it wants to be trusted is not whole' })
  return { policyKeys: keys.map((raw) => raw.toString('base64')), authorities }
}

export const policyPath = (folder: string): string => join(folder, 'policy.bin')

const builtIn = (now: number): RunningPolicy => ({ policy: {}, version: 0, hash: '', appliedAtMs: now })

function checkContent({ policy }: VerifiedPolicy): void {
  const problem = contentProblem(policy)
  if (problem !== undefined) throw new CodedError('POLICY_INVALID', { problem })
}

/** The last good policy of a folder, verified again; undefined when there is none. @throws any POLICY_ code but the ones of age */
export async function readKeptPolicy(folder: string, identity: PolicyKeeperDeps['identity']): Promise<VerifiedPolicy | undefined> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(policyPath(folder))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new CodedError('POLICY_UNREADABLE', {}, { cause: error })
  }
  const kept = verifyKept(bytes, identity)
  checkContent(kept)
  return kept
}

/**
 * The keeper of one folder, with the last good policy loaded but not applied yet: the caller starts with `running()`.
 *
 * A kept policy that is not genuine any more is reported by `refused()`, and the built-in policy (collect nothing) runs.
 */
export async function createPolicyKeeper(deps: PolicyKeeperDeps): Promise<PolicyKeeper> {
  const { folder, now, apply, keepTrust, holdsBack = false } = deps
  // Laid over the identity, whose group is changed by others while this runs.
  let trusted: Partial<Pick<Target, 'policyKeys' | 'root' | 'earlierPolicyKeys'>> = {}
  const target = (): Target => ({ ...deps.identity, ...trusted })
  let running = builtIn(now())
  /** What a new policy is measured by: the one in force, or in safe mode the one that is held back. */
  let latest: RunningPolicy & { readonly epoch?: number } = running
  let refused: { readonly version: number; readonly code: ErrorCode } | undefined
  let seen = { receivedVersion: 0, verifiedVersion: 0 }
  let queue: Promise<unknown> = Promise.resolve()

  try {
    const kept = await readKeptPolicy(folder, target())
    if (kept !== undefined) latest = { ...kept, appliedAtMs: now() }
    if (!holdsBack) running = latest
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    refused = { version: 0, code: error.code }
  }

  const trial = async (policy: wire.AgentPolicy.$Properties): Promise<void> => {
    try {
      await apply(policy)
    } catch (cause) {
      // The caller reports what went wrong with the new one; a second failure is the runner's to report, sensor by sensor.
      await apply(running.policy).catch(() => undefined)
      throw new CodedError('POLICY_INVALID', { problem: cause instanceof CodedError ? cause.code : 'a sensor cannot carry it out' }, { cause })
    }
  }

  /** A later root is kept at once, with what might sign before for the sake of the kept policy. */
  const takeRoot = async (signed: Uint8Array): Promise<void> => {
    const before = target()
    const root = rootWith(signed, before)
    if (root === undefined) return
    const earlierPolicyKeys = latest.version === 0 ? [] : [...new Set([...(before.earlierPolicyKeys ?? []), ...before.policyKeys])]
    const { authorities, ...next } = { policyKeys: root.policyKeys, authorities: root.authorities, root: root.text, earlierPolicyKeys }
    try {
      await keepTrust?.({ ...next, authorities })
    } catch (cause) {
      throw new CodedError('POLICY_NOT_KEPT', {}, { cause })
    }
    trusted = next
  }

  /** What is to be trusted once the policy is kept: under a root only that the keys of before are forgotten. */
  const trustWith = ({ policy }: VerifiedPolicy): Trusted | undefined => {
    const { root, policyKeys, organisation, earlierPolicyKeys = [] } = target()
    if (keepTrust === undefined) return undefined
    if (root === undefined) return trustOf(policy)
    return earlierPolicyKeys.length === 0 ? undefined : { policyKeys, authorities: readRoot(root, organisation).authorities, root, earlierPolicyKeys: [] }
  }

  const keep = async (signed: Uint8Array, trust: Trusted | undefined): Promise<void> => {
    const { policyKeys: before } = target()
    await makePrivateFolder(folder)
    if (trust !== undefined && trust.root === undefined) {
      trusted = { ...trusted, policyKeys: [...new Set([...before, ...trust.policyKeys])] }
      await keepTrust?.({ ...trust, policyKeys: target().policyKeys })
    }
    await writeDurably(policyPath(folder), signed)
    if (trust === undefined || (trust.root === undefined && target().policyKeys.length === trust.policyKeys.length)) return
    const { authorities: _, ...next } = trust
    trusted = { ...trusted, ...next }
    // It is on the disk, so it is in force; what is not forgotten there now is with the next policy.
    await keepTrust?.(trust).catch(() => undefined)
  }

  /** @throws POLICY_OLDER, POLICY_SAME_VERSION. @returns whether there is nothing to do */
  const compare = (next: VerifiedPolicy): boolean => {
    if (next.epoch > (latest.epoch ?? 0)) return false
    // The group's own, made before the one that runs here alone: meant for its other devices.
    if (next.version < latest.version && (next.policy.device ?? '') === '' && (latest.policy.device ?? '') !== '') return true
    // Numbers of another group say nothing about this one's.
    const sameGroup = latest.version === 0 || next.policy.group === latest.policy.group
    if (sameGroup && next.version < latest.version) throw new CodedError('POLICY_OLDER')
    if (sameGroup && next.version === latest.version) throw new CodedError('POLICY_SAME_VERSION')
    return false
  }

  const decide = async (signed: Uint8Array): Promise<PolicyVerdict> => {
    seen = { ...seen, receivedVersion: claimedVersion(signed) }
    await takeRoot(signed)
    const next = verifyPolicy(signed, target())
    seen = { ...seen, verifiedVersion: next.version }
    if (next.version === latest.version && next.hash === latest.hash) return { kind: 'unchanged' }
    if (next.expiresAtMs <= now()) throw new CodedError('POLICY_EXPIRED')
    if (compare(next)) return { kind: 'unchanged' }
    checkContent(next)
    const trust = trustWith(next)
    if (!holdsBack) await trial(next.policy)
    try {
      await keep(signed, trust)
    } catch (cause) {
      // What would be gone after a restart is not in force: the older one on disk and the newer one reported would differ.
      if (!holdsBack) await apply(running.policy).catch(() => undefined)
      throw new CodedError('POLICY_NOT_KEPT', {}, { cause })
    }
    latest = { ...next, appliedAtMs: now() }
    refused = undefined
    if (holdsBack) return { kind: 'held', version: next.version }
    running = latest
    return { kind: 'applied', running }
  }

  return {
    running: () => running,
    refused: () => refused,
    seen: () => seen,
    consider(signed) {
      const verdict = queue.then(() => decide(signed)).catch((error: unknown): PolicyVerdict => {
        if (!(error instanceof CodedError)) throw error
        refused = { version: claimedVersion(signed), code: error.code }
        return { kind: 'refused', code: error.code, version: refused.version }
      })
      queue = verdict.catch(() => undefined)
      return verdict
    },
  }
}
