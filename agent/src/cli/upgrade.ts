// `holdfast-agent upgrade`: takes a signed release, runs it on probation, and returns by itself when it does not come up well.
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { CodedError } from '../errors.ts'
import { type AgentStatus, readStatus } from '../health/status-file.ts'
import { createRun, posixEnvironment } from '../platform/run-program.ts'
import { describeBefore, type Probation, readProbation, readResult, shortcoming, type UpgradeResult, writeProbation, writeResult } from '../upgrade/probation.ts'
import { compareVersions, isVersion, readReleaseKey, verifyRelease } from '../upgrade/release.ts'
import { hasSystemd } from '../upgrade/service-manager.ts'
import { currentVersion, installedVersions, keepOnly, switchTo, unpackVersion } from '../upgrade/versions.ts'
import { print, printJson, say } from './output.ts'

const DEFAULT_PROBATION_SECS = 180
const LOOK_MS = 500
/** As well as before for so long, by the same process: then it stays. */
const STEADY_MS = 15_000
/** launch looks at the end only where nobody watches. */
const UNWATCHED_MS = 60_000
const UNIT = 'holdfast-agent.service'
const WATCH_UNIT = 'holdfast-agent-probation.service'

export interface UpgradeOptions {
  readonly from?: string
  readonly probationSecs?: string
  readonly allowOlder: boolean
  readonly wait: boolean
  readonly watch: boolean
  readonly back: boolean
  /** Puts this version, which a package laid down, on probation; the caller switches. */
  readonly probe?: string
  readonly json: boolean
}

const run = createRun({ root: '/', environment: posixEnvironment })

/** The folder of versions that this program belongs to. @throws COMMAND_USE from a checkout */
function homeOf(): string {
  const home = process.env['HOLDFAST_AGENT_HOME'] ?? ''
  if (home === '' || !existsSync(join(home, 'versions'))) throw new CodedError('COMMAND_USE', { problem: 'Only an installed agent can be upgraded; a checkout is updated with git' })
  return home
}

const liveStatus = async (folder: string): Promise<AgentStatus | undefined> => {
  const found = await readStatus(folder, Date.now())
  return found.kind === 'running' ? found.status : undefined
}

/** Ends the process that runs; whatever supervises it starts the current version. */
async function restartAgent(folder: string): Promise<void> {
  if (hasSystemd()) {
    await run('systemctl', ['restart', '--no-block', UNIT])
    return
  }
  const status = await liveStatus(folder)
  // The watchdog, where there is one: it would start the version that it is of itself again.
  if (status !== undefined) process.kill(status.watchdog?.pid ?? status.pid, 'SIGTERM')
}

async function goBack(home: string, folder: string, { from, to }: Probation, reason: string): Promise<UpgradeResult> {
  const result = { result: 'returned', from, to, reason, at: new Date().toISOString() } as const
  await switchTo(home, from)
  await writeResult(folder, result)
  await restartAgent(folder)
  return result
}

/**
 * Looks at the version on probation until it is confirmed or gone back from.
 *
 * @param options.steadyMs smaller in tests
 * @returns undefined when none is on probation
 */
export async function watchProbation(home: string, folder: string, options: { readonly steadyMs?: number } = {}): Promise<UpgradeResult | undefined> {
  let well: { readonly process: string; readonly sinceMs: number } | undefined
  let reason = 'not running'
  for (;;) {
    const probation = await readProbation(folder)
    // launch was quicker, or there was none.
    if (probation === undefined) return readResult(folder)
    const status = await liveStatus(folder)
    const problem = shortcoming(status, probation)
    const now = performance.now()
    const process = status === undefined ? '' : `${status.pid} ${status.startedAt}`
    if (problem !== undefined) [reason, well] = [problem, undefined]
    else if (well?.process !== process) well = { process, sinceMs: now }
    else if (now - well.sinceMs >= (options.steadyMs ?? STEADY_MS)) {
      const { from, to } = probation
      const result = { result: 'confirmed', from, to, at: new Date().toISOString() } as const
      await writeResult(folder, result)
      await keepOnly(home, [from, to])
      return result
    }
    if (Date.now() >= probation.untilMs) return goBack(home, folder, probation, reason)
    await sleep(LOOK_MS)
  }
}

function probationMs(text: string | undefined): number {
  const seconds = Number(/^\d{1,5}$/.exec(text ?? String(DEFAULT_PROBATION_SECS))?.[0] ?? Number.NaN)
  if (Number.isNaN(seconds) || seconds < 20) throw new CodedError('COMMAND_USE', { problem: '--probation must be at least 20 seconds' })
  return seconds * 1000
}

async function begin(folder: string, from: string, to: string, forMs: number): Promise<void> {
  await writeProbation(folder, { from, to, untilMs: Date.now() + forMs + (hasSystemd() ? UNWATCHED_MS : 0), ...describeBefore(await liveStatus(folder)) })
}

/** Verified, unpacked beside the version that runs, switched to, started. @throws UPGRADE_… */
async function take(home: string, folder: string, tarball: string, options: UpgradeOptions): Promise<{ readonly from: string; readonly to: string }> {
  const from = await currentVersion(home)
  if (from === undefined) throw new CodedError('UPGRADE_UNREADABLE', { problem: 'the version that runs is not there as a whole' })
  if ((await readProbation(folder)) !== undefined) throw new CodedError('UPGRADE_UNDER_WAY')
  const key = await readReleaseKey(join(home, 'versions', from, 'release-key.pem'))
  const forMs = probationMs(options.probationSecs)
  const { version: to } = await verifyRelease(tarball, { key, platform: `${process.platform}-${process.arch}` })
  if (compareVersions(to, from) === 0 || (compareVersions(to, from) < 0 && !options.allowOlder)) throw new CodedError('UPGRADE_NOT_NEWER', { version: to, running: from })
  await unpackVersion(home, tarball, to)
  await begin(folder, from, to, forMs)
  await switchTo(home, to)
  if (hasSystemd()) await run('systemctl', ['start', '--no-block', WATCH_UNIT])
  await restartAgent(folder)
  return { from, to }
}

/** The newest version beside the one that runs. @throws UPGRADE_UNREADABLE when there is none */
async function takeBack(home: string, folder: string): Promise<UpgradeResult> {
  const to = await currentVersion(home)
  const from = (await installedVersions(home)).filter((version) => version !== to).toSorted(compareVersions).at(-1)
  if (to === undefined || from === undefined) throw new CodedError('UPGRADE_UNREADABLE', { problem: 'there is no other version to go back to' })
  return goBack(home, folder, { from, to, untilMs: 0, ...describeBefore(undefined) }, 'by hand')
}

function report(result: UpgradeResult | undefined, json: boolean): void {
  if (json) printJson(result ?? { result: 'none' })
  else if (result === undefined) print('no upgrade yet')
  else print(result.result === 'confirmed' ? `version ${result.to} runs and is well; ${result.from} is kept beside it` : `version ${result.to} did not come up well (${result.reason ?? 'unknown'}); version ${result.from} runs again`)
}

/**
 * @throws UPGRADE_NO_KEY, UPGRADE_SIGNATURE, UPGRADE_OTHER_TARGET, UPGRADE_UNREADABLE, UPGRADE_NOT_NEWER, UPGRADE_UNDER_WAY before
 * anything was changed; UPGRADE_RETURNED when the version before runs again; COMMAND_USE
 */
export async function upgradeAgent(folder: string, options: UpgradeOptions): Promise<void> {
  const home = homeOf()
  const { probe, from } = options
  if (probe !== undefined) {
    const current = await currentVersion(home)
    if (current !== undefined && isVersion(probe) && current !== probe) await begin(folder, current, probe, probationMs(options.probationSecs))
    return
  }
  if (options.back) {
    report(await takeBack(home, folder), options.json)
    return
  }
  if (from === undefined && !options.watch) {
    report(await readResult(folder), options.json)
    return
  }
  if (from !== undefined) {
    const taken = await take(home, folder, from, options)
    say(`version ${taken.to} is on probation beside ${taken.from}`)
    if (!options.wait) return
  }
  // Under systemd the unit watches too, so that this process may end; both come to the same verdict.
  const result = await watchProbation(home, folder)
  report(result, options.json)
  if (result?.result === 'returned') throw new CodedError('UPGRADE_RETURNED', { version: result.to, running: result.from, reason: result.reason ?? 'unknown' })
}
