// Probation: a new version runs, the version before it decides.
//
//   D/upgrade/probation     lines of name=value, there while a version is on probation; launch (plain sh) reads it too, because
//                           the new version may be unable to read anything
//       from, to            versions
//       starts              starts of the service since; launch counts them, and goes back after the third
//       until               seconds since 1970; launch goes back at a start after it, the first one excepted
//       connected, blind, policy   how the agent was before: 1 or 0, sensors that see nothing, version of the policy that ran
//   D/upgrade/result.json   {result: confirmed | returned, from, to, reason?, at}: how the last one ended
//
// Two look: `watch` (a process of the version before) sees at once that the new one is well or not, and launch goes back when
// nobody watches: after a power cut, or when the watcher itself was ended. Neither needs the network to go back.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AgentStatus } from '../health/status-file.ts'
import { removeDurably, writeDurably } from '../platform/durable-file.ts'
import { isVersion } from './release.ts'

/** How the agent was before an upgrade: no worse is asked of the new version. */
export interface Before {
  readonly connected: boolean
  readonly blind: number
  readonly policyVersion: number
}

export interface Probation extends Before {
  readonly from: string
  readonly to: string
  readonly untilMs: number
}

export interface UpgradeResult {
  readonly result: 'confirmed' | 'returned'
  readonly from: string
  readonly to: string
  readonly reason?: string
  readonly at: string
}

const folderOf = (folder: string): string => join(folder, 'upgrade')
const probationPath = (folder: string): string => join(folderOf(folder), 'probation')
const resultPath = (folder: string): string => join(folderOf(folder), 'result.json')

export async function writeProbation(folder: string, { from, to, untilMs, connected, blind, policyVersion }: Probation): Promise<void> {
  await mkdir(folderOf(folder), { recursive: true, mode: 0o700 })
  await writeDurably(probationPath(folder), `from=${from}\nto=${to}\nstarts=0\nuntil=${Math.ceil(untilMs / 1000)}\nconnected=${connected ? 1 : 0}\nblind=${blind}\npolicy=${policyVersion}\n`)
}

/** undefined when no version is on probation, or the file says nothing that could be used. */
export async function readProbation(folder: string): Promise<Probation | undefined> {
  const text = await readFile(probationPath(folder), 'utf8').catch(() => '')
  const values = new Map(text.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const))
  const number = (name: string): number => Number(/^\d{1,12}$/.exec(values.get(name) ?? '')?.[0] ?? Number.NaN)
  const [from, to, until] = [values.get('from') ?? '', values.get('to') ?? '', number('until')]
  if (!isVersion(from) || !isVersion(to) || Number.isNaN(until)) return undefined
  return { from, to, untilMs: until * 1000, connected: number('connected') === 1, blind: number('blind') || 0, policyVersion: number('policy') || 0 }
}

/** Ends a probation. */
export async function writeResult(folder: string, result: UpgradeResult): Promise<void> {
  await mkdir(folderOf(folder), { recursive: true, mode: 0o700 })
  await writeDurably(resultPath(folder), `${JSON.stringify(result)}\n`)
  await removeDurably(probationPath(folder))
}

/** How the last upgrade ended; undefined before the first. */
export async function readResult(folder: string): Promise<UpgradeResult | undefined> {
  try {
    const value = JSON.parse(await readFile(resultPath(folder), 'utf8')) as Partial<UpgradeResult>
    return (value.result === 'confirmed' || value.result === 'returned') && typeof value.from === 'string' && typeof value.to === 'string' ? (value as UpgradeResult) : undefined
  } catch {
    return undefined
  }
}

const blindOnes = ({ sensors }: AgentStatus): number => sensors.filter(({ tier }) => tier === 'blind').length

/** Nobody knows how many sensors saw nothing: more than there are. */
const UNKNOWN_BLIND = 1000

/** What an agent that runs is measured by; of one that does not run, nothing is asked but that the next one runs. */
export const describeBefore = (status: AgentStatus | undefined): Before => (status === undefined ? { connected: false, blind: UNKNOWN_BLIND, policyVersion: 0 } : { connected: status.uplink.connected, blind: blindOnes(status), policyVersion: status.policy.runningVersion })

/**
 * Why the agent that runs is not as well as the one before it; undefined when it is.
 *
 * A device that was offline need not be online now; one that was must be, so that it can be told what to do next.
 */
export function shortcoming(status: AgentStatus | undefined, { to, connected, blind, policyVersion }: Probation): string | undefined {
  if (status === undefined) return 'not running'
  if (status.agentVersion !== to) return 'another version runs'
  if (status.spool.problem !== '') return 'spool'
  if (status.policy.runningVersion < policyVersion) return 'policy'
  if (blindOnes(status) > blind) return 'sensors'
  if (connected && !status.uplink.connected) return 'not connected'
  return undefined
}
