// What the packages call when the agent goes for good: is this allowed, and the last words.
//
// None of it is a lock. Whoever is root can delete files without asking anybody; then the silence of the device and its last
// heartbeat are what is seen. A removal by the package's own way is told by the device itself, over its own credential.
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { isUninstallToken, toWireTimestamp, wire } from '@holdfast/proto'
import { loadConfig } from '../config.ts'
import { CodedError } from '../errors.ts'
import { loadIdentity } from '../identity/identity-file.ts'
import { readKeptPolicy } from '../policy/policy-keeper.ts'
import { openSpool } from '../spool/spool.ts'
import { createUplink } from '../uplink/uplink.ts'
import { spoolFolder } from './folders.ts'
import { createLog } from './log.ts'
import { say } from './output.ts'
import { VERSION } from './version.ts'

const SENSOR = 'agent'
/** Somebody waits for the package manager meanwhile. */
const GOODBYE_MS = 15_000
const LOOK_MS = 50
/** Nothing is dropped to make room for the last two activities. */
const NO_LIMIT = 2 ** 40

/** One that has gone wrong cannot ask for a token. */
const keptPolicy = async (folder: string): Promise<wire.AgentPolicy.$Properties | undefined> => {
  const identity = await loadIdentity(folder)
  return (await readKeptPolicy(folder, identity).catch(() => undefined))?.policy
}

/** From HOLDFAST_UNINSTALL_TOKEN, or the file that HOLDFAST_UNINSTALL_TOKEN_FILE names; never from the command line, which others see. */
async function givenToken(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const token = environment['HOLDFAST_UNINSTALL_TOKEN'] ?? ''
  if (token !== '') return token
  const path = environment['HOLDFAST_UNINSTALL_TOKEN_FILE'] ?? ''
  if (path === '') return undefined
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (cause) {
    throw new CodedError('UNINSTALL_TOKEN_NEEDED', { problem: `${path} cannot be read` }, { cause })
  }
}

type Permission = 'not asked for' | 'given'

/** @throws UNINSTALL_TOKEN_NEEDED when the policy asks for a token that is not given, or another one is */
export async function permitUninstall(folder: string, environment: NodeJS.ProcessEnv): Promise<Permission> {
  const uninstall = (await keptPolicy(folder))?.uninstall
  if (uninstall?.salt == null || uninstall.tokenHash == null) return 'not asked for'
  const token = await givenToken(environment)
  if (token === undefined) throw new CodedError('UNINSTALL_TOKEN_NEEDED', { problem: 'set HOLDFAST_UNINSTALL_TOKEN, or name a file that holds it in HOLDFAST_UNINSTALL_TOKEN_FILE' })
  if (!isUninstallToken(token, { salt: uninstall.salt, tokenHash: uninstall.tokenHash })) throw new CodedError('UNINSTALL_TOKEN_NEEDED', { problem: 'this is not the one' })
  return 'given'
}

function lastWords(permission: Permission, nowMs: number): readonly Uint8Array[] {
  const at = { occurredAt: toWireTimestamp(nowMs), observedAt: toWireTimestamp(nowMs), sensor: SENSOR }
  // With the token it was somebody who may; without one nobody can tell.
  const tampered = permission === 'given' ? [] : [wire.Activity.encode({ ...at, agentTampered: { what: 'the agent was uninstalled' } }).finish()]
  return [...tampered, wire.Activity.encode({ ...at, agentStopped: { reason: 'uninstalled' } }).finish()]
}

/**
 * Spools that the agent goes, and sends it with everything that waits, for at most 15 s.
 *
 * @returns whether the collector has all of it; what it has not stays in the spool
 * @throws NOT_ENROLLED, SPOOL_LOCKED while the agent runs, SPOOL_IO
 */
export async function sayGoodbye(folder: string, environment: NodeJS.ProcessEnv, deadlineMs = GOODBYE_MS): Promise<boolean> {
  const permission = await permitUninstall(folder, environment).catch(() => 'not asked for' as const)
  const config = await loadConfig(folder, {}, environment)
  const enrolled = await loadIdentity(folder)
  const identity = config['nats.servers'].length > 0 ? { ...enrolled, natsServers: config['nats.servers'] } : enrolled
  const log = createLog('error')
  const { now } = Date
  const spool = await openSpool({ folder: spoolFolder(folder), maxBytes: NO_LIMIT, now, log })
  try {
    for (const words of lastWords(permission, now())) await spool.append(words)
    const ending = new AbortController()
    const uplink = createUplink({
      identity, spool, now, random: Math.random, log, policyState: () => ({ hash: '', version: 0 }), onPolicy: () => Promise.resolve(),
      heartbeat: () => Promise.resolve({ sentAt: toWireTimestamp(now()), agentVersion: VERSION }), heartbeatIntervalSecs: () => 3600,
    })
    const running = uplink.run(ending.signal)
    const deadline = performance.now() + deadlineMs
    const open = (): boolean => spool.figures().ackedSeq < spool.figures().lastSeq
    while (open() && performance.now() < deadline) await sleep(LOOK_MS)
    ending.abort()
    await running
    return !open()
  } finally {
    await spool.close()
  }
}

/** `holdfast-agent goodbye`, for the packages. */
export async function goodbye(folder: string): Promise<void> {
  const { deviceId, collectorUrl } = await loadIdentity(folder)
  const told = await sayGoodbye(folder, process.env)
  say(told ? `${deviceId} has told ${collectorUrl} that it goes` : `${deviceId} could not tell ${collectorUrl} that it goes; its silence will`)
  if (!told) process.exitCode = 4
}
