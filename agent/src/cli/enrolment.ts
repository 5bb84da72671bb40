// enrol and unenrol.
import { readFile, rm } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { CodedError } from '../errors.ts'
import { readStatus, statusPath } from '../health/status-file.ts'
import { parseCollectorUrl } from '../identity/collector-http.ts'
import { enrol, type EnrolRequest } from '../identity/enrol.ts'
import { enrolPatiently, type EnrolmentWait, forgetWait } from '../identity/enrol-patiently.ts'
import { proxyFor } from '../identity/proxy.ts'
import { backoffMs, retryAfterMs } from '../uplink/backoff.ts'
import { loadIdentity, removeIdentity } from '../identity/identity-file.ts'
import { currentPlatform } from '../platform/current.ts'
import { policyPath } from '../policy/policy-keeper.ts'
import { lineageFolder, spoolFolder } from './folders.ts'
import { printJson, say } from './output.ts'
import { VERSION } from './version.ts'

/**
 * The enrolment code: of the flag, of a file (`-` is standard input), or HOLDFAST_ENROLMENT_CODE. The last two stand in no list of processes.
 *
 * @throws COMMAND_USE when there is none, or two
 */
export async function readCode(options: { readonly code?: string; readonly codeFile?: string }, environment: NodeJS.ProcessEnv): Promise<string> {
  const { code, codeFile } = options
  if (code !== undefined && codeFile !== undefined) throw new CodedError('COMMAND_USE', { problem: 'Say --code or --code-file, not both' })
  if (code !== undefined) return code
  if (codeFile === undefined) {
    const given = environment['HOLDFAST_ENROLMENT_CODE'] ?? ''
    if (given === '') throw new CodedError('COMMAND_USE', { problem: 'An enrolment code is needed: --code, --code-file or HOLDFAST_ENROLMENT_CODE' })
    return given
  }
  try {
    return (codeFile === '-' ? await text(process.stdin) : await readFile(codeFile, 'utf8')).trim()
  } catch (cause) {
    throw new CodedError('COMMAND_USE', { problem: `${codeFile} cannot be read` }, { cause })
  }
}

function sayWait({ why, problem, key, until }: EnrolmentWait, ms: number, isFirst: boolean): void {
  const again = `asking again in ${Math.ceil(ms / 1000)} s`
  if (why !== 'approval') return say(`${problem} ${again}`)
  // Every half minute for a week is no news.
  if (isFirst) say(`this device waits for approval; its key ends in ${key ?? '?'}. On the collector: Devices, Waiting for approval, or holdfast enrolment-request list. It is given up on ${until ?? 'a later day'}; ${again}`)
}

/**
 * `holdfast-agent enrol`: waits while the collector has it wait, for approval or because too many come at once.
 *
 * @throws what enrol() throws; ENROLMENT_WAITS only without `wait`
 */
export async function enrolDevice(folder: string, options: { readonly collector: string; readonly code: string; readonly force: boolean; readonly wait: boolean; readonly json: boolean }): Promise<void> {
  const collectorUrl = parseCollectorUrl(options.collector)
  const { hostname, port } = new URL(collectorUrl)
  const proxy = proxyFor(folder, hostname, Number(port || 443), process.env)
  const request: EnrolRequest = { folder, collectorUrl, code: options.code, force: options.force, agentVersion: VERSION, platform: await currentPlatform(), ...(proxy === undefined ? {} : { proxy }) }
  let waits = 0
  const { deviceId, group, organisation, reEnrolled } = options.wait
    ? await enrolPatiently(request, { random: Math.random, told: retryAfterMs, failed: backoffMs, onWait: (wait, ms) => sayWait(wait, ms, (waits += 1) === 1) })
    : await enrol(request)
  await forgetWait(folder)
  if (options.json) printJson({ deviceId, group, organisation, reEnrolled })
  else say(`enrolled as ${deviceId} in group ${group} of ${organisation}${reEnrolled ? ' (the device was known; its history goes on)' : ''}`)
  const running = (await readStatus(folder, Date.now())).kind === 'running'
  if (!options.json) say(running ? 'restart the agent, so that it uses its new identity' : `start it with: holdfast-agent run --dir ${folder}`)
}

async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new CodedError('COMMAND_USE', { problem: 'There is nobody to ask here; say --yes' })
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim())
  } finally {
    lines.close()
  }
}

/**
 * `holdfast-agent unenrol`: forgets identity and policy here. The collector is not told: revoke the device there.
 *
 * @throws NOT_ENROLLED, SPOOL_LOCKED while the agent runs, COMMAND_USE
 */
export async function unenrolDevice(folder: string, options: { readonly yes: boolean; readonly purge: boolean }): Promise<void> {
  const { deviceId, collectorUrl } = await loadIdentity(folder)
  const found = await readStatus(folder, Date.now())
  if (found.kind === 'running' || found.kind === 'hung') throw new CodedError('SPOOL_LOCKED', { pid: found.status.pid })
  const question = options.purge ? `Forget that this is ${deviceId} and delete every activity that was not sent yet?` : `Forget that this is ${deviceId}?`
  if (!options.yes && !(await confirm(question))) {
    say('nothing was changed')
    return
  }
  await removeIdentity(folder)
  const leftovers = [policyPath(folder), statusPath(folder), ...(options.purge ? [spoolFolder(folder), lineageFolder(folder), join(folder, 'memory'), join(folder, 'agent.running')] : [])]
  for (const path of leftovers) await rm(path, { recursive: true, force: true })
  say(`${deviceId} is forgotten here${options.purge ? ', with everything that was not sent' : '; what was not sent yet stays in the spool'}. Revoke it on ${collectorUrl} too: holdfast device revoke ${deviceId}`)
}
