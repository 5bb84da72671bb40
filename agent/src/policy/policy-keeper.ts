// Keeps the policy in force: `policy.bin` in the agent's folder is the last good SignedPolicy, byte for byte, 0600.
//
// It is verified again at every start, so a file that somebody changed is not believed. What has expired meanwhile keeps
// running: a laptop that was away must not stop watching, and its age is reported. A new policy takes this way:
//
//   size -> outer form -> signed -> by a trusted key -> body's form -> target -> expiry -> version -> content
//     -> applied on trial -> kept on disk -> in force
//
// A crash between the trial and the disk leaves the earlier policy, and the collector's next push repeats the step.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { wire } from '@holdfast/proto'
import { CodedError, type ErrorCode } from '../errors.ts'
import type { Identity } from '../identity/contract.ts'
import { makePrivateFolder, writeDurably } from '../platform/durable-file.ts'
import { contentProblem } from './content.ts'
import type { PolicyKeeper, PolicyVerdict, RunningPolicy } from './contract.ts'
import { claimedVersion, type VerifiedPolicy, verifyPolicy } from './verify.ts'

export interface PolicyKeeperDeps {
  readonly folder: string
  readonly identity: Pick<Identity, 'deviceId' | 'organisation' | 'group' | 'policyKeys'>
  readonly now: () => number
  /** Puts a policy to work; throws when this device cannot carry it out, and is then called again with the last good one. */
  readonly apply: (policy: wire.AgentPolicy.$Properties) => Promise<void>
  /** Safe mode: the kept policy may be what crashes us, so nothing is put to work; a later one is verified and kept for the next start. */
  readonly holdsBack?: boolean
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
  const kept = verifyPolicy(bytes, identity)
  checkContent(kept)
  return kept
}

/**
 * The keeper of one folder, with the last good policy loaded but not applied yet: the caller starts with `running()`.
 *
 * A kept policy that is not genuine any more is reported by `refused()`, and the built-in policy (collect nothing) runs.
 */
export async function createPolicyKeeper(deps: PolicyKeeperDeps): Promise<PolicyKeeper> {
  const { folder, identity, now, apply, holdsBack = false } = deps
  let running = builtIn(now())
  /** What a new policy is measured by: the one in force, or in safe mode the one that is held back. */
  let latest = running
  let refused: { readonly version: number; readonly code: ErrorCode } | undefined
  let queue: Promise<unknown> = Promise.resolve()

  try {
    const kept = await readKeptPolicy(folder, identity)
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

  const decide = async (signed: Uint8Array): Promise<PolicyVerdict> => {
    const next = verifyPolicy(signed, identity)
    if (next.version === latest.version && next.hash === latest.hash) return { kind: 'unchanged' }
    if (next.expiresAtMs <= now()) throw new CodedError('POLICY_EXPIRED')
    // The group's own, made before the one that runs here alone: meant for its other devices.
    if (next.version < latest.version && (next.policy.device ?? '') === '' && (latest.policy.device ?? '') !== '') return { kind: 'unchanged' }
    // Numbers of another group say nothing about this one's.
    const sameGroup = latest.version === 0 || next.policy.group === latest.policy.group
    if (sameGroup && next.version < latest.version) throw new CodedError('POLICY_OLDER')
    if (sameGroup && next.version === latest.version) throw new CodedError('POLICY_SAME_VERSION')
    checkContent(next)
    if (!holdsBack) await trial(next.policy)
    try {
      await makePrivateFolder(folder)
      await writeDurably(policyPath(folder), signed)
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
